//! Options without the type that they are checked against, so that they nest; and how they are written.

use std::fmt::{self, Formatter, Write as _};

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::encode::{RESERVED, encode};
use super::expression::{Expression, Junction};
use super::order::Sort;
use super::render::Style;
use super::search::Search;
use super::uses::Use;

/// What stays in the name of a raw option.
const RAW_NAME: &AsciiSet = &RESERVED.remove(b'$').remove(b'@');

/// What stays in the value of a raw option: characters with a meaning in OData and none in a URL's query.
const RAW_VALUE: &AsciiSet =
    &RAW_NAME.remove(b'(').remove(b')').remove(b',').remove(b'/').remove(b':').remove(b';').remove(b'=').remove(b'*');

#[derive(Clone, Default)]
pub(super) struct Untyped {
    select: Vec<&'static str>,
    expand: Vec<(&'static str, Untyped)>,
    filter: Option<Expression>,
    search: Option<Search>,
    order_by: Vec<Sort>,
    pub(super) top: Option<u64>,
    pub(super) skip: Option<u64>,
    pub(super) count: bool,
    pub(super) raw: Vec<(String, String)>,
    /// The first thing that cannot be sent, here or in an expansion.
    pub(super) fault: Option<&'static str>,
}

impl Untyped {
    pub(super) fn refuse(&mut self, fault: Option<&'static str>) {
        self.fault = self.fault.or(fault);
    }

    pub(super) fn select(&mut self, name: &'static str) {
        if !self.select.contains(&name) {
            self.select.push(name);
        }
    }

    pub(super) fn expand(&mut self, name: &'static str, options: Self) {
        self.refuse(options.fault);
        match self.expand.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => known.merge(options),
            None => self.expand.push((name, options)),
        }
    }

    pub(super) fn filter(&mut self, condition: Expression) {
        self.filter = Some(match self.filter.take() {
            Some(known) => known.joined(Junction::And, condition),
            None => condition,
        });
    }

    pub(super) fn search(&mut self, search: Search) {
        self.refuse(search.fault);
        self.search = Some(match self.search.take() {
            Some(known) => known.and(search),
            None => search,
        });
    }

    /// What is ordered by already is not again: it could change nothing.
    pub(super) fn sort(&mut self, sort: Sort) {
        if self.order_by.iter().all(|known| known.by != sort.by) {
            self.order_by.push(sort);
        }
    }

    fn merge(&mut self, other: Self) {
        for name in other.select {
            self.select(name);
        }
        for (name, options) in other.expand {
            self.expand(name, options);
        }
        if let Some(condition) = other.filter {
            self.filter(condition);
        }
        if let Some(search) = other.search {
            self.search(search);
        }
        for sort in other.order_by {
            self.sort(sort);
        }
        self.top = other.top.or(self.top);
        self.skip = other.skip.or(self.skip);
        self.count |= other.count;
        self.raw.extend(other.raw);
        self.refuse(other.fault);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.select.is_empty()
            && self.expand.is_empty()
            && self.filter.is_none()
            && self.search.is_none()
            && self.order_by.is_empty()
            && self.top.is_none()
            && self.skip.is_none()
            && !self.count
            && self.raw.is_empty()
    }

    pub(super) fn expanded(&self) -> impl Iterator<Item = &str> {
        self.expand.iter().map(|(name, _)| *name)
    }

    pub(super) fn filtered(&self) -> Vec<Use> {
        self.filter.as_ref().map(Expression::uses).unwrap_or_default()
    }

    pub(super) fn sorted(&self) -> Vec<&'static str> {
        let mut found = Vec::new();
        for sort in &self.order_by {
            sort.by.collect_properties(&mut found);
        }
        found
    }

    pub(super) fn write(&self, f: &mut Formatter<'_>, separator: char) -> fmt::Result {
        let mut list = List { f, separator, any: false };
        if !self.select.is_empty() {
            separated(list.option("$select=")?, &self.select, |f, name| write!(f, "{}", encode(name)))?;
        }
        if !self.expand.is_empty() {
            separated(list.option("$expand=")?, &self.expand, |f, (name, options)| {
                write!(f, "{}", encode(name))?;
                if options.is_empty() {
                    return Ok(());
                }
                f.write_char('(')?;
                options.write(f, ';')?;
                f.write_char(')')
            })?;
        }
        if let Some(condition) = &self.filter {
            condition.write(list.option("$filter=")?, Style::Url)?;
        }
        if let Some(search) = &self.search {
            search.write(list.option("$search=")?, Style::Url)?;
        }
        if !self.order_by.is_empty() {
            separated(list.option("$orderby=")?, &self.order_by, |f, sort| sort.write(f, Style::Url))?;
        }
        if let Some(items) = self.top {
            write!(list.option("$top=")?, "{items}")?;
        }
        if let Some(items) = self.skip {
            write!(list.option("$skip=")?, "{items}")?;
        }
        if self.count {
            list.option("$count=true")?;
        }
        for (name, value) in &self.raw {
            let f = list.option("")?;
            write!(f, "{}={}", utf8_percent_encode(name, RAW_NAME), utf8_percent_encode(value, RAW_VALUE))?;
        }
        Ok(())
    }
}

/// Options with a separator between them.
struct List<'l, 'f> {
    f: &'l mut Formatter<'f>,
    separator: char,
    any: bool,
}

impl<'f> List<'_, 'f> {
    fn option(&mut self, name: &str) -> Result<&mut Formatter<'f>, fmt::Error> {
        if self.any {
            self.f.write_char(self.separator)?;
        }
        self.any = true;
        self.f.write_str(name)?;
        Ok(self.f)
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

/// Names and operators; values may be personal data or secrets and are not shown.
impl fmt::Debug for Untyped {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Options");
        shown.field("select", &self.select).field("expand", &self.expand);
        if let Some(condition) = &self.filter {
            shown.field("filter", &Shown(|f: &mut Formatter<'_>| condition.write(f, Style::Shown)));
        }
        if let Some(search) = &self.search {
            shown.field("search", search);
        }
        if !self.order_by.is_empty() {
            shown.field(
                "order_by",
                &Shown(|f: &mut Formatter<'_>| separated(f, &self.order_by, |f, sort| sort.write(f, Style::Shown))),
            );
        }
        if let Some(items) = self.top {
            shown.field("top", &items);
        }
        if let Some(items) = self.skip {
            shown.field("skip", &items);
        }
        if self.count {
            shown.field("count", &self.count);
        }
        if !self.raw.is_empty() {
            shown.field("raw_query", &self.raw.iter().map(|(name, _)| name).collect::<Vec<_>>());
        }
        if let Some(fault) = self.fault {
            shown.field("fault", &fault);
        }
        shown.finish()
    }
}

struct Shown<F>(F);

impl<F: Fn(&mut Formatter<'_>) -> fmt::Result> fmt::Debug for Shown<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        (self.0)(f)
    }
}
