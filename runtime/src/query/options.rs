//! The system query options of one request.

use std::fmt::{self, Display, Formatter};
use std::marker::PhantomData;

use super::expand::Expand;
use super::filter::Filter;
use super::order::OrderBy;
use super::search::Search;
use super::select::Select;
use super::untyped::Untyped;
use super::uses::Use;

/// The system query options of a request for a `T`, or of an expansion that leads to one.
///
/// `Display` writes the query as it stands in a URL, without the `?`, and nothing when nothing was asked:
/// option names with a literal `$` (W-32), `&` between them, names and values percent-encoded (W-31), and inside
/// an expansion `;` between the options (OASIS OData URL Conventions 4.01, section 5.1.3). `Debug` shows no value.
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

    /// Sets `$filter`. If there is a condition already, both must hold.
    pub fn filter(&mut self, condition: Filter<T>) {
        self.untyped.refuse(condition.fault);
        self.untyped.filter(condition.expression);
    }

    /// Sets `$search`. If there is a search already, both must be found.
    pub fn search(&mut self, search: impl Into<Search>) {
        self.untyped.search(search.into());
    }

    /// Adds to `$orderby`. What is there already counts more.
    pub fn order_by(&mut self, order: impl OrderBy<T>) {
        order.add_to(self);
    }

    /// Sets `$top`: at most so many items.
    pub fn top(&mut self, items: u64) {
        self.untyped.top = Some(items);
    }

    /// Sets `$skip`: not the first items, so many of them.
    pub fn skip(&mut self, items: u64) {
        self.untyped.skip = Some(items);
    }

    /// Sets `$count`: the number of items as well.
    pub fn count(&mut self) {
        self.untyped.count = true;
    }

    /// Adds an option that has no method: a service's own, or a form of a system query option that the types do
    /// not cover. It stands after all others, once for each call. Both texts are percent-encoded here: in the
    /// name `$` and `@` stay, in the value what has a meaning in OData, `( ) , / : ; = $ @ *`; but a quote, `&`,
    /// `+`, `%` and a space do not. Quotes inside of strings have to be doubled by the caller.
    pub fn raw_query(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.untyped.raw.push((name.into(), value.into()));
    }

    /// Whether nothing was asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.untyped.is_empty()
    }

    /// What `$filter` asks of which properties. Not that of expansions.
    pub(crate) fn filtered(&self) -> Vec<Use> {
        self.untyped.filtered()
    }

    /// The properties that `$orderby` orders by, each once: of a path, the first. Not those of expansions.
    pub(crate) fn sorted(&self) -> impl Iterator<Item = &str> {
        self.untyped.sorted().into_iter()
    }

    /// The navigation properties that `$expand` expands. Not those within them.
    pub(crate) fn expanded(&self) -> impl Iterator<Item = &str> {
        self.untyped.expanded()
    }

    /// Why these options cannot be sent, if they cannot: a list of values to compare with is empty, or a text to
    /// search for.
    #[must_use]
    pub fn fault(&self) -> Option<&'static str> {
        self.untyped.fault
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

impl<T> fmt::Debug for Options<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.untyped.fmt(f)
    }
}
