//! Which values a service declares to be secret or personal, in JSON.

use crate::client::Service;
use crate::testing::tokens::{Token, plain, tokens};

/// What is to be done with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Nobody has said anything about it.
    Ordinary,
    /// The name of a type, or of a property.
    Name,
    /// The number of a version: what looks like an address is none.
    Version,
    /// It is declared to be personal.
    Personal,
    /// It stands somewhere within what is declared to be personal.
    Within,
    /// It is declared to be secret.
    Secret,
    /// It stands somewhere within what is declared to be secret.
    WithinSecret,
}

/// The declarations of a service: ends of paths of property names.
pub(super) struct Rules {
    pub(super) secret: Vec<Vec<&'static str>>,
    pub(super) personal: Vec<Vec<&'static str>>,
}

impl Rules {
    pub(super) fn new(service: &Service) -> Self {
        let paths = |all: &'static [&'static str]| all.iter().map(|it| it.split('/').collect()).collect();
        Self { secret: paths(service.secret), personal: paths(service.personal) }
    }

    /// Shows every token of a JSON text, cut off or not, with what is to be done with it. The text is the body of a
    /// request to `target`, or of its answer: `id` in the answer of `/readers` belongs to `readers`.
    pub(super) fn walk<'t>(&self, target: &str, json: &'t str, mut show: impl FnMut(Token<'t>, Class)) {
        // Of every object and array that is open: its class, and for an object whether a name comes next.
        let mut open: Vec<(Class, Option<bool>)> = Vec::new();
        let heads: Vec<_> = names(target).rev().take(2).collect(); // the last may be a key
        // The names that lead to the value, and how many of them belong to each open object: none or one.
        let mut path: Vec<String> = Vec::new();
        for token in tokens(json) {
            let (outer, names) = open.last().copied().unwrap_or((Class::Ordinary, None));
            match token {
                Token::Text(text) if names == Some(true) => {
                    path.push(plain(text).unwrap_or_else(|| text.to_owned()));
                    set_names(&mut open, false);
                    show(token, Class::Name);
                    continue;
                }
                Token::Mark(mark @ ('{' | '[')) => {
                    let class = if names.is_some() { self.of(&heads, &path, outer) } else { outer };
                    open.push((class, (mark == '{').then_some(true)));
                }
                Token::Mark('}' | ']') => {
                    if open.pop().is_some_and(|(_, names)| names == Some(false)) {
                        path.pop();
                    }
                }
                Token::Mark(',') if names == Some(false) => {
                    path.pop();
                    set_names(&mut open, true);
                }
                Token::Text(_) | Token::Word(_) => {
                    show(token, if names.is_some() { self.of(&heads, &path, outer) } else { outer });
                    continue;
                }
                Token::Mark(_) | Token::Space(_) => {}
            }
            show(token, Class::Name);
        }
    }

    fn of(&self, heads: &[&str], path: &[String], outer: Class) -> Class {
        let is_control = path.last().filter(|name| name.contains('@'));
        // The envelope of a collection, or of a value that is no object, is no property.
        let inner = path.split_first().filter(|(first, _)| *first == "value").map_or(path, |(_, inner)| inner);
        let leads = |rule: &[&str]| {
            let (head, rest) = rule.split_first().unwrap_or((&"", &[]));
            heads.contains(head) && inner.len() == rest.len() && ends(inner, rest)
        };
        let any = |rules: &[Vec<&str>]| rules.iter().any(|rule| ends(path, rule) || leads(rule));
        match is_control {
            Some(name) if name.ends_with("@odata.type") || name.ends_with("@type") => Class::Name,
            Some(_) => Class::Ordinary,
            None if any(&self.secret) => Class::Secret,
            None if matches!(outer, Class::Secret | Class::WithinSecret) => Class::WithinSecret,
            None if any(&self.personal) => Class::Personal,
            None if outer == Class::Personal => Class::Within,
            None if outer == Class::Ordinary && path.last().is_some_and(|it| it.ends_with("ersion")) => Class::Version,
            None => outer,
        }
    }
}

fn ends(path: &[String], rule: &[&str]) -> bool {
    path.len() >= rule.len()
        && path.iter().rev().zip(rule.iter().rev()).all(|(name, rule)| name == rule || *rule == "*")
}

/// The segments of a path, without keys and parameters in parentheses.
fn names(target: &str) -> impl DoubleEndedIterator<Item = &str> {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    path.split('/').filter_map(|segment| segment.split('(').next()).filter(|it| !it.is_empty())
}

fn set_names(open: &mut [(Class, Option<bool>)], come: bool) {
    if let Some((_, names)) = open.last_mut() {
        *names = Some(come);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, clippy::panic)]

    use super::Class::{Name, Ordinary, Personal, Secret, Within};
    use super::Rules;
    use crate::client::Service;
    use crate::testing::tokens::Token;

    const SHOP: Service =
        Service::new("https://shop.example", "s").secret(&["pin"]).personal(&["mail", "buyer/id", "seat"]);

    #[test]
    fn a_path_ends_as_declared_and_what_is_within_belongs_to_it() {
        let json = r#"{"id":1,"buyer":[{"id":2,"x":{"id":3}}],"seat":{"id":4,"a@odata.type":5,"n@odata.count":6,"pin":[7]},"mail":8,"cut":{"mail":9"#;
        let mut seen = Vec::new();
        Rules::new(&SHOP).walk("/v1/x", json, |token, class| {
            if let Token::Word(_) = token {
                seen.push(class);
            }
        });
        assert_eq!(seen, [Ordinary, Personal, Ordinary, Within, Name, Ordinary, Secret, Personal, Personal]);
    }

    #[test]
    fn a_star_is_any_one_name() {
        const OPEN: Service = Service::new("https://shop.example", "s").personal(&["buyers/*/id"]);
        let mut seen = Vec::new();
        let json = r#"{"buyers":[{"guest":{"id":1,"x":{"id":2}},"id":3}],"guest":{"id":4}}"#;
        Rules::new(&OPEN).walk("/v1/orders", json, |token, class| {
            if let Token::Word(_) = token {
                seen.push(class);
            }
        });
        assert_eq!(seen, [Personal, Ordinary, Ordinary, Ordinary]);
    }

    #[test]
    fn the_path_of_a_request_leads_to_its_answer() {
        let of = |target: &str, json: &str| {
            let mut seen = Vec::new();
            Rules::new(&SHOP).walk(target, json, |token, class| {
                if let Token::Word(_) = token {
                    seen.push(class);
                }
            });
            seen
        };
        for target in ["/v1/buyer", "/v1/buyer/7?$top=1", "/v1/orders(1)/buyer('7')"] {
            assert_eq!(of(target, r#"{"value":[{"id":1,"x":{"id":2}}]}"#), [Personal, Ordinary], "{target}");
            assert_eq!(of(target, r#"{"id":1,"value":2}"#), [Personal, Ordinary], "{target}");
        }
        assert_eq!(of("/v1/orders/7/mail", r#"{"value":1}"#), [Personal]);
        assert_eq!(of("/v1/orders", r#"{"value":[{"id":1}]}"#), [Ordinary]);
    }
}
