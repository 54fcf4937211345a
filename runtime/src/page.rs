//! One page of a collection.

use std::fmt;
use std::ops::Deref;

use crate::{DecodeError, EncodeError, Extra, Reader, Sink, Value};

/// One page of a collection: the items that came, the count, and the link to the next page (OASIS JSON Format
/// 4.01, section 4).
///
/// It derefs to a slice of its items. [`is_last`](Self::is_last) tells whether there are more: an empty page may
/// well have one after it (W-7). What else the service says beside the items is kept in [`extra`](Self::extra).
#[derive(Clone, PartialEq)]
pub struct Page<T> {
    /// `Some`, but while it is read.
    items: Option<Vec<T>>,
    count: Option<i64>,
    next_link: Option<String>,
    extra: Extra,
}

impl<T> Page<T> {
    /// The items of this page.
    #[must_use]
    pub fn items(&self) -> &[T] {
        self.items.as_deref().unwrap_or_default()
    }

    /// The items, owned.
    #[must_use]
    pub fn into_items(self) -> Vec<T> {
        self.items.unwrap_or_default()
    }

    /// The number of items as the service counts them, if it says: of all pages or of this one, with or without a
    /// filter, as it likes (W-10).
    #[must_use]
    pub fn count(&self) -> Option<i64> {
        self.count
    }

    /// The link to the next page. Opaque, and it may be relative: a request's `pages` follow it.
    #[must_use]
    pub fn next_link(&self) -> Option<&str> {
        self.next_link.as_deref()
    }

    /// Whether there is no page after this one.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.next_link.is_none()
    }

    /// What the service says beside the items: control information such as `@odata.context`, and what is unknown.
    #[must_use]
    pub fn extra(&self) -> &Extra {
        &self.extra
    }

    /// Leaves out the first items.
    #[cfg(feature = "client")]
    pub(crate) fn skip(&mut self, count: usize) {
        if let Some(items) = &mut self.items {
            items.drain(..count.min(items.len()));
        }
    }

    /// What relative links are relative to (W-8).
    #[cfg(feature = "client")]
    pub(crate) fn context(&self) -> Option<String> {
        let value = self.extra.control("@odata.context").or_else(|| self.extra.control("@context"))?;
        value.decode().ok()
    }

    /// The link that the service sends as that of the property which the collection is, `lines@odata.nextLink`
    /// (CR-3), where it stands beside `value` and can mean nothing else.
    fn take_stray_link(&mut self) -> Option<String> {
        let is_link = |name: &str| name.ends_with("@odata.nextLink") || name.ends_with("@nextLink");
        let strays = self.extra.controls().filter(|(name, value)| is_link(name) && !value.is_null());
        let mut links = strays.map(|(name, value)| (name.to_owned(), value.decode::<String>()));
        // Of two of them there is no telling.
        let (Some((name, Ok(link))), None) = (links.next(), links.next()) else {
            return None;
        };
        drop(links);
        self.extra.remove(&name);
        Some(link)
    }
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<T> From<Vec<T>> for Page<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items: Some(items), count: None, next_link: None, extra: Extra::default() }
    }
}

impl<T> Deref for Page<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.items()
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_items().into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items().iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for Page<T> {
    /// The query of the link is left out: it holds a token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.next_link.as_deref().and_then(|link| link.split(['?', '#']).next());
        f.debug_struct("Page")
            .field("items", &self.items())
            .field("count", &self.count)
            .field("next_link", &path)
            .finish_non_exhaustive()
    }
}

impl<T: Value> Value for Page<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self { items: None, ..Self::default() };
        let (mut short_count, mut short_link) = (None, None);
        reader.object(
            &mut [
                ("@odata.count", &mut it.count),
                ("@odata.nextLink", &mut it.next_link),
                ("value", &mut it.items),
                ("@count", &mut short_count),
                ("@nextLink", &mut short_link),
            ],
            &mut it.extra,
        )?;
        if it.items.is_none() {
            return Err(reader.fault("not a page: there is no array `value`"));
        }
        it.count = it.count.or(short_count);
        // Null and "" say that there is none (W-7).
        let link = it.next_link.or(short_link);
        it.next_link = None;
        it.next_link = link.or_else(|| it.take_stray_link()).filter(|link: &String| !link.is_empty());
        Ok(it)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.object(
            &[("@odata.count", &self.count), ("@odata.nextLink", &self.next_link), ("value", &self.items)],
            &self.extra,
        )
    }
}
