//! The system query options of one request, and how they are written.

use std::fmt::{self, Display, Formatter, Write as _};
use std::marker::PhantomData;

use super::encode::encode;
use super::expand::Expand;
use super::select::Select;

/// The system query options of a request for a `T`, or of an expansion that leads to one.
///
/// `Display` writes the query as it stands in a URL, without the `?`, and nothing when nothing was asked:
/// option names with a literal `$` (W-32), `&` between them, names percent-encoded (W-31), and inside
/// an expansion `;` between the options (OASIS OData URL Conventions 4.01, section 5.1.3).
pub struct Options<T> {
    pub(super) untyped: Untyped,
    of: PhantomData<fn() -> T>,
}

impl<T> Options<T> {
    /// No option at all: the service's own default.
    #[must_use]
    pub fn new() -> Self {
        Self { untyped: Untyped::default(), of: PhantomData }
    }

    /// Adds properties to `$select`. One that is there already is not repeated.
    pub fn select(&mut self, properties: impl Select<T>) {
        properties.add_to(self);
    }

    /// Adds navigation properties to `$expand`. One that is there already is not repeated, since OData
    /// forbids that: its options and the new ones are put together.
    pub fn expand(&mut self, navigation: impl Expand<T>) {
        navigation.add_to(self);
    }

    /// Whether nothing was asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.untyped.is_empty()
    }
}

impl<T> Default for Options<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Clone for Options<T> {
    fn clone(&self) -> Self {
        Self { untyped: self.untyped.clone(), of: PhantomData }
    }
}

impl<T> Display for Options<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.untyped.write(f, '&')
    }
}

/// Names of properties are no secret (values of a filter will be): they are shown.
impl<T> fmt::Debug for Options<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("select", &self.untyped.select).field("expand", &self.untyped.expand).finish()
    }
}

/// The options without the type that they are checked against, so that they nest.
#[derive(Debug, Clone, Default)]
pub(super) struct Untyped {
    select: Vec<&'static str>,
    expand: Vec<(&'static str, Untyped)>,
}

impl Untyped {
    pub(super) fn select(&mut self, name: &'static str) {
        if !self.select.contains(&name) {
            self.select.push(name);
        }
    }

    pub(super) fn expand(&mut self, name: &'static str, options: Self) {
        match self.expand.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => known.merge(options),
            None => self.expand.push((name, options)),
        }
    }

    fn merge(&mut self, other: Self) {
        for name in other.select {
            self.select(name);
        }
        for (name, options) in other.expand {
            self.expand(name, options);
        }
    }

    fn is_empty(&self) -> bool {
        self.select.is_empty() && self.expand.is_empty()
    }

    fn write(&self, f: &mut Formatter<'_>, separator: char) -> fmt::Result {
        if !self.select.is_empty() {
            f.write_str("$select=")?;
            separated(f, &self.select, |f, name| encode(name).fmt(f))?;
        }
        if !self.expand.is_empty() {
            if !self.select.is_empty() {
                f.write_char(separator)?;
            }
            f.write_str("$expand=")?;
            separated(f, &self.expand, |f, (name, options)| {
                encode(name).fmt(f)?;
                if options.is_empty() {
                    return Ok(());
                }
                f.write_char('(')?;
                options.write(f, ';')?;
                f.write_char(')')
            })?;
        }
        Ok(())
    }
}

fn separated<T>(
    f: &mut Formatter<'_>,
    items: &[T],
    mut write: impl FnMut(&mut Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_char(',')?;
        }
        write(f, item)?;
    }
    Ok(())
}
