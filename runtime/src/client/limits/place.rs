//! Which limits a request falls under, and by which key.

use super::limit::{Counted, Limit};
use crate::client::operation::Operation;
use crate::client::outgoing::Outgoing;

/// Where a request goes, as limits see it.
pub(in crate::client) struct Place<'o> {
    operation: Option<&'static Operation>,
    /// Below the service root: of the first page first, since a link to a later one has whatever form it likes (CR-32).
    paths: [Option<&'o str>; 2],
    is_later: bool,
}

impl Outgoing {
    pub(in crate::client) fn place(&self) -> Place<'_> {
        let below = |url: &'_ str| url.strip_prefix(self.client.root()).map(str::len);
        let path = |url| below(url).and_then(|length| url.get(url.len() - length..));
        Place {
            operation: self.operation,
            paths: [self.continues.as_deref().and_then(path), path(&self.url)],
            is_later: self.continues.is_some(),
        }
    }
}

impl Place<'_> {
    /// The key that this limit counts the request by; `None`: it does not count it.
    pub(super) fn under(&self, limit: &Limit) -> Option<String> {
        match limit.counted {
            Counted::FirstPages if self.is_later => return None,
            Counted::LaterPages if !self.is_later => return None,
            _ => {}
        }
        let Some(template) = limit.path else { return Some(String::new()) };
        if let Some(operation) = self.operation {
            let below = operation.template.strip_prefix(template)?;
            if !below.is_empty() && !below.starts_with('/') {
                return None;
            }
            if !template.contains('{') {
                return Some(String::new());
            }
        }
        self.paths.into_iter().flatten().find_map(|path| key(template, path))
    }
}

/// What stands in a path in place of a template's keys, if the path is at the template or below it. Keys are segments, or
/// stand in parentheses after one.
fn key(template: &str, path: &str) -> Option<String> {
    let path = path.split(['?', '#']).next()?;
    let mut segments = path.split('/').skip(1);
    let mut key = String::new();
    let mut opened: Option<&str> = None;
    for wanted in template.split('/').skip(1) {
        if wanted.starts_with('{') {
            // A segment with parentheses is no key but a function; in a key they are encoded.
            let value = match opened.take() {
                Some(value) => value,
                None => segments.next().filter(|it| !it.is_empty() && !it.contains('('))?,
            };
            key.push('/');
            key.push_str(value);
        } else if opened.is_some() {
            return None;
        } else {
            let rest = segments.next()?.strip_prefix(wanted)?;
            if !rest.is_empty() {
                opened = Some(rest.strip_prefix('(')?.strip_suffix(')')?.trim_matches('\''));
            }
        }
    }
    opened.is_none().then_some(key)
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn keys_of_either_style() {
        for (template, path, wanted) in [
            ("/orders/{id}", "/orders/7", Some("/7")),
            ("/orders/{id}", "/orders/a%20b/lines?$top=1", Some("/a%20b")),
            ("/orders/{id}", "/orders('7')/lines", Some("/7")),
            ("/orders/{id}/lines/{id}", "/orders/7/lines(3)", Some("/7/3")),
            ("/orders", "/orders", Some("")),
            ("/orders", "/orders?$top=1", Some("")),
            ("/orders", "/orders/7", Some("")),
            ("/orders/{id}", "/orders", None),
            ("/orders/{id}", "/orders/", None),
            ("/orders/{id}", "/ordersx/7", None),
            ("/orders/{id}", "/orders/shop.between(from=1,to=2)", None),
            ("/orders/{id}", "/$metadata#orders('7')/lines", None),
            ("/orders/{id}/lines", "/orders/7/parts", None),
            ("/orders/lines", "/orders(7)/lines", None),
            ("/orders", "", None),
        ] {
            assert_eq!(key(template, path).as_deref(), wanted, "{template} {path}");
        }
    }
}
