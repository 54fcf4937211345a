//! Collections that the service may cut short.

use std::fmt;
use std::ops::{Deref, DerefMut};

#[cfg(feature = "client")]
use crate::client::{Client, Error, Items};
use crate::{Annotation, DecodeError, EncodeError, Reader, Sink, Value};

/// An expanded collection: the items that came, the count, and the link to those that did not.
///
/// The service cuts long collections and says so beside them (`sessions@odata.nextLink`).
/// It derefs to a slice of the items that came; [`is_complete`](Self::is_complete) tells
/// whether they are all. Count and link are written back, under their 4.0 names.
#[derive(Clone, PartialEq)]
pub struct Expanded<T> {
    items: Vec<T>,
    count: Option<i64>,
    next_link: Option<Box<str>>,
    /// Only annotations came, no array: none is written.
    absent: bool,
}

impl<T> Expanded<T> {
    /// The number of items as the service counts them, if it was asked to; what it counts is up
    /// to the service.
    #[must_use]
    pub fn count(&self) -> Option<i64> {
        self.count
    }

    /// The URL of the items that did not come. Opaque: to be requested as it is.
    #[must_use]
    pub fn next_link(&self) -> Option<&str> {
        self.next_link.as_deref()
    }

    /// Whether all items are here: the array came, and no link to more of them.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.absent && self.next_link.is_none()
    }

    /// The items, owned.
    #[must_use]
    pub fn into_items(self) -> Vec<T> {
        self.items
    }
}

#[cfg(feature = "client")]
impl<T> Expanded<T> {
    /// The items that came, and then those that did not: the stream follows the link, page after page.
    ///
    /// A cursor of the stream goes on after the items that came. A link that is relative is taken as relative to
    /// the service root. Nothing is asked before the items that came have been taken.
    pub fn stream(self, client: impl AsRef<Client>) -> Items<T> {
        Items::continued(self.items, self.next_link.as_deref(), client.as_ref())
    }
}

#[cfg(feature = "client")]
impl<T: Value> Expanded<T> {
    /// The whole collection: those that did not come are asked for. Nothing is asked if all came.
    ///
    /// # Errors
    ///
    /// When a page of the rest cannot be had. To keep what came before it, take the [`stream`](Self::stream).
    pub async fn all(self, client: impl AsRef<Client>) -> Result<Self, Error> {
        let count = self.count;
        let items: Vec<T> = self.stream(client).try_collect().await?;
        Ok(Self { count, ..Self::from(items) })
    }
}

impl<T> Default for Expanded<T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<T> From<Vec<T>> for Expanded<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, count: None, next_link: None, absent: false }
    }
}

impl<T> FromIterator<T> for Expanded<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::from(Vec::from_iter(items))
    }
}

impl<T> Deref for Expanded<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> DerefMut for Expanded<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items
    }
}

impl<T> IntoIterator for Expanded<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Expanded<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut Expanded<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}

impl<T: fmt::Debug> fmt::Debug for Expanded<T> {
    /// The query of the link is left out: it holds a token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.next_link.as_deref().and_then(|link| link.split(['?', '#']).next());
        f.debug_struct("Expanded")
            .field("items", &self.items)
            .field("count", &self.count)
            .field("next_link", &path)
            .finish_non_exhaustive()
    }
}

impl<T: Value> Value for Expanded<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.array().map(Self::from)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        self.items.write(sink)
    }

    fn fill(slot: &mut Option<Self>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let items = if reader.null()? { None } else { Some(reader.array()?) };
        // Its annotations may have come before it (CR-33).
        let noted = slot.take().map(|it| (it.count, it.next_link)).unwrap_or_default();
        let (count, next_link) = noted;
        if items.is_some() || count.is_some() || next_link.is_some() {
            let absent = items.is_none();
            *slot = Some(Self { items: items.unwrap_or_default(), count, next_link, absent });
        }
        Ok(())
    }

    fn annotate(slot: &mut Option<Self>, annotation: Annotation, reader: &mut Reader<'_>) -> Result<bool, DecodeError> {
        // Null and "" say that there is none (W-7).
        let mut count = None;
        let mut next_link = None;
        match annotation {
            _ if reader.null()? => {}
            Annotation::Count => count = Some(i64::read(reader)?),
            Annotation::NextLink => {
                next_link = Some(reader.text()?).filter(|link| !link.is_empty()).map(Box::from);
            }
        }
        if count.is_some() || next_link.is_some() {
            let it = slot.get_or_insert_with(|| Self { absent: true, ..Self::default() });
            it.count = count.or(it.count);
            it.next_link = next_link.or(it.next_link.take());
        }
        Ok(true)
    }

    fn members(&self, name: &str, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        if let Some(count) = self.count {
            sink.member(&format!("{name}@odata.count"))?;
            sink.integer(count)?;
        }
        if let Some(link) = &self.next_link {
            sink.member(&format!("{name}@odata.nextLink"))?;
            sink.text(link)?;
        }
        if self.absent {
            return Ok(());
        }
        sink.member(name)?;
        self.write(sink)
    }
}
