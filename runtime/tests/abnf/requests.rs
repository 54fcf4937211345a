//! Cases of query options and paths: built again by the public methods, written, and compared.

use odata_runtime::Literal;
use odata_runtime::client::{Argument, Client, Path, Service, StaticToken};
use odata_runtime::query::{Many, Navigation, Options, Property, it};
use odata_runtime::testing::InMemory;
use odata_runtime::{Date, Decimal, Time, Timestamp, Uuid};
use percent_encoding::percent_decode_str;

use crate::build::{Kind, filter, size, string, term};
use crate::expression::{self, Expression};
use crate::search::{self, Sought};
use crate::types::{Any, name};

pub(crate) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

/// An option as the test reads it: its name without `$` and in lower case, and what it says.
#[derive(Debug, PartialEq)]
pub(crate) enum Asked {
    Names(String, Vec<String>),
    Expand(Vec<(String, Vec<Asked>)>),
    Filter(Expression),
    OrderBy(Vec<(Expression, bool)>),
    Search(Sought),
    Plain(String, String),
}

/// Reads a query; nothing if it holds what cannot be asked. The order of options is open.
pub(crate) fn read(query: &str, separator: char) -> Option<Vec<Asked>> {
    let mut asked: Vec<Asked> = split(query, separator).into_iter().map(option).collect::<Option<_>>()?;
    asked.sort_by_key(|option| format!("{option:?}"));
    Some(asked)
}

fn option(text: &str) -> Option<Asked> {
    let (name, value) = text.split_once('=')?;
    // Percent-decoded last: in a query a decoded `&` or `;` would end the option.
    let value = decoded(value);
    let name = name.to_ascii_lowercase();
    let plain = name.strip_prefix('$').unwrap_or(&name);
    match plain {
        "filter" => Some(Asked::Filter(expression::read(&value)?)),
        "orderby" => {
            let items = split(&value, ',').into_iter().map(|item| {
                let (by, descending) = match item.rsplit_once([' ', '\t']) {
                    Some((by, "desc")) => (by, true),
                    Some((by, "asc")) => (by, false),
                    _ => (item, false),
                };
                Some((expression::read(by)?, descending))
            });
            Some(Asked::OrderBy(items.collect::<Option<_>>()?))
        }
        "select" => {
            let names: Vec<String> = value.split(',').map(str::to_owned).collect();
            let simple = |name: &String| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            names.iter().all(simple).then_some(Asked::Names(plain.to_owned(), names))
        }
        "expand" => {
            // Not decoded yet, since what it holds is split again.
            let items = split(text.split_once('=')?.1, ',').into_iter().map(|item| {
                let (name, options) = match item.strip_suffix(')').and_then(|item| item.split_once('(')) {
                    Some((name, options)) => (name, read(options, ';')?),
                    None => (item, Vec::new()),
                };
                let simple = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                simple.then(|| (name.to_owned(), options))
            });
            Some(Asked::Expand(items.collect::<Option<_>>()?))
        }
        "search" => Some(Asked::Search(search::read(&value)?)),
        "top" | "skip" => value.parse::<u64>().ok().map(|_| Asked::Plain(plain.to_owned(), value)),
        "count" => (value == "true").then(|| Asked::Plain(plain.to_owned(), value)),
        // Without the `$`, which only OData 4.01 lets one leave out, it could be mistaken for an option of the app.
        _ if name.starts_with('$') || value.starts_with(['{', '[']) => None,
        _ => Some(Asked::Plain(decoded(text.split_once('=')?.0), value)),
    }
}

/// At every separator outside of parentheses and quotes.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut depth, mut quoted, mut start) = (0_i32, false, 0);
    let mut parts = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ if c == separator && depth == 0 && !quoted => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => (),
        }
    }
    parts.push(&text[start..]);
    parts
}

/// The same options, asked by the public methods.
pub(crate) fn ask(query: &[Asked]) -> Option<Options<Any>> {
    let mut options = Options::new();
    for asked in query {
        match asked {
            Asked::Names(_, names) => {
                for property in names {
                    options.select(Property::<Any, Any>::new(name(property)));
                }
            }
            Asked::Expand(items) => {
                for (navigation, inner) in items {
                    expand(&mut options, navigation, inner)?;
                }
            }
            Asked::Filter(condition) => options.filter(filter(condition)?),
            Asked::OrderBy(items) => {
                for (by, descending) in items {
                    order(&mut options, by, *descending)?;
                }
            }
            Asked::Search(words) => options.search(search::built(words)),
            Asked::Plain(name, value) => match name.as_str() {
                "top" => options.top(value.parse().ok()?),
                "skip" => options.skip(value.parse().ok()?),
                "count" => options.count(),
                _ => options.raw_query(name, value),
            },
        }
    }
    options.fault().is_none().then_some(options)
}

/// The query of a condition on the item itself, which is a string.
pub(crate) fn ask_item(query: &[Asked]) -> Option<Options<String>> {
    let [Asked::Filter(Expression::Call(function, arguments))] = query else { return None };
    let ("endswith", [Expression::Path(path), Expression::Literal(end)]) = (function.as_str(), &arguments[..]) else {
        return None;
    };
    let mut options = Options::new();
    options.filter(it::<String>().ends_with(string(end).filter(|_| path.is_empty())?));
    Some(options)
}

fn expand(options: &mut Options<Any>, navigation: &str, inner: &[Asked]) -> Option<()> {
    let navigation = Navigation::<Any, Any, Many>::new(name(navigation));
    if inner.is_empty() {
        options.expand(navigation);
    }
    for asked in inner {
        match asked {
            Asked::Names(_, names) => {
                for property in names {
                    options.expand(navigation.select(Property::<Any, Any>::new(name(property))));
                }
            }
            Asked::Expand(items) => {
                for (deeper, inner) in items {
                    inner.is_empty().then_some(())?;
                    options.expand(navigation.expand(Navigation::<Any, Any, Many>::new(name(deeper))));
                }
            }
            Asked::Filter(condition) => options.expand(navigation.filter(filter(condition)?)),
            Asked::Search(words) => options.expand(navigation.search(search::built(words))),
            Asked::Plain(name, value) => match name.as_str() {
                "top" => options.expand(navigation.top(value.parse().ok()?)),
                "skip" => options.expand(navigation.skip(value.parse().ok()?)),
                "count" => options.expand(navigation.count()),
                _ => return None,
            },
            Asked::OrderBy(_) => return None,
        }
    }
    Some(())
}

/// By a term of whichever type it can be.
pub(crate) fn order(options: &mut Options<Any>, by: &Expression, descending: bool) -> Option<()> {
    fn add<V: Kind + Literal>(options: &mut Options<Any>, by: &Expression, descending: bool) -> Option<()> {
        let by = term::<V>(by)?;
        if descending {
            options.order_by(by.descending());
        } else {
            options.order_by(by);
        }
        Some(())
    }
    if let Expression::Path(path) = by
        && let Some(size) = size(path)
    {
        options.order_by(size);
        return Some(());
    }
    add::<String>(options, by, descending)
        .or_else(|| add::<Decimal>(options, by, descending))
        .or_else(|| add::<i32>(options, by, descending))
        .or_else(|| add::<Date>(options, by, descending))
        .or_else(|| add::<Time>(options, by, descending))
}

pub(crate) static SERVICE: Service = Service::new("https://shop.example.com", "s");

pub(crate) fn root() -> Path {
    let client: Client =
        Client::builder(&SERVICE).tokens(StaticToken::new("t")).transport(InMemory::new()).build().unwrap();
    client.path()
}

/// The path as it stands in the URL, which `Debug` shows, without its first slash.
pub(crate) fn shown(path: &Path) -> String {
    let shown = format!("{path:?}");
    let shown = shown.strip_prefix("Path(\"/").unwrap().strip_suffix("\")").unwrap();
    assert!(!shown.contains(['\\', '"', ' ']), "{shown}");
    shown.to_owned()
}

/// The same path, gone down by the public methods. Nothing if it holds what they do not offer.
pub(crate) fn path(text: &str) -> Option<String> {
    let mut path = root();
    for segment in split(text, '/') {
        path = step(&path, &decoded(segment))?;
    }
    Some(shown(&path))
}

fn step(path: &Path, segment: &str) -> Option<Path> {
    let Some((name, arguments)) = segment.strip_suffix(')').and_then(|segment| segment.split_once('(')) else {
        return (!segment.starts_with('$')).then(|| path.segment(segment));
    };
    if name.starts_with('$') {
        return None;
    }
    if arguments.is_empty() {
        return Some(path.function(name, &[]));
    }
    if let Some(key) = literal(arguments) {
        return Some(path.segment(name).keyed(&*key));
    }
    let arguments: Option<Vec<(&'static str, Box<dyn Literal>)>> = split(arguments, ',')
        .into_iter()
        .map(|argument| {
            let (name, value) = argument.split_once('=')?;
            Some((crate::types::name(name), literal(value)?))
        })
        .collect();
    let arguments = arguments?;
    let arguments: Vec<(&'static str, &dyn Literal)> =
        arguments.iter().map(|(name, value)| (*name, &**value)).collect();
    if !name.contains('.') {
        return Some(path.segment(name).keys(&arguments));
    }
    let arguments: Vec<(&'static str, &dyn Argument)> =
        arguments.iter().map(|(name, value)| (*name, value as &dyn Argument)).collect();
    Some(path.function(name, &arguments))
}

/// A literal as the value that it stands for.
pub(crate) fn literal(text: &str) -> Option<Box<dyn Literal>> {
    fn json<T: odata_runtime::Value + Literal + 'static>(text: &str) -> Option<Box<dyn Literal>> {
        odata_runtime::from_str::<T>(&format!("\"{text}\"")).ok().map(|value| Box::new(value) as Box<dyn Literal>)
    }
    if text.starts_with('\'') {
        return string(text).map(|text| Box::new(text) as Box<dyn Literal>);
    }
    if text.bytes().any(|byte| !byte.is_ascii_alphanumeric() && !b"-+.:".contains(&byte)) {
        return None;
    }
    json::<i64>(text)
        .or_else(|| json::<Decimal>(text))
        .or_else(|| json::<Date>(text))
        .or_else(|| json::<Timestamp>(text))
        .or_else(|| json::<Time>(text))
        .or_else(|| json::<Uuid>(text))
}
