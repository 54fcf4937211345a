//! Which values a service declares to be secret or personal, in JSON and in URLs.

use percent_encoding::percent_decode_str;

use super::shape::{self, Shape};
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
    /// It is declared to be secret, or stands within.
    Secret,
}

/// The declarations of a service: ends of paths of property names.
pub(super) struct Rules {
    secret: Vec<Vec<&'static str>>,
    personal: Vec<Vec<&'static str>>,
}

impl Rules {
    pub(super) fn new(service: &Service) -> Self {
        let paths = |all: &'static [&'static str]| all.iter().map(|it| it.split('/').collect()).collect();
        Self { secret: paths(service.secret), personal: paths(service.personal) }
    }

    /// Shows every token of a JSON text, cut off or not, with what is to be done with it.
    pub(super) fn walk<'t>(&self, json: &'t str, mut show: impl FnMut(Token<'t>, Class)) {
        // Of every object and array that is open: its class, and for an object whether a name comes next.
        let mut open: Vec<(Class, Option<bool>)> = Vec::new();
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
                    let class = if names.is_some() { self.of(&path, outer) } else { outer };
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
                    show(token, if names.is_some() { self.of(&path, outer) } else { outer });
                    continue;
                }
                Token::Mark(_) | Token::Space(_) => {}
            }
            show(token, Class::Name);
        }
    }

    /// The literals of a request target that are compared with, or given for, what is declared by this name.
    pub(super) fn literals(&self, target: &str) -> Vec<(String, Class)> {
        let text = percent_decode_str(target).decode_utf8_lossy();
        let mut found = Vec::new();
        let mut name = "";
        let mut rest = &*text;
        while let Some(first) = rest.chars().next() {
            let word = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '/' | '.'));
            let (word, after) = rest.split_at(word.unwrap_or(rest.len()));
            if first == '\'' {
                let (literal, after) = quoted(rest);
                found.push((self.named(name), literal));
                rest = after;
            } else if word.is_empty() {
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            } else {
                if shape::whole(word) == Some(Shape::Guid) {
                    found.push((self.named(name), word.to_owned()));
                } else if !after.starts_with('(') && !OPERATORS.contains(&word) {
                    name = word.rsplit('/').next().unwrap_or(word);
                }
                rest = after;
            }
        }
        found.into_iter().filter(|it| it.0 != Class::Ordinary).map(|(class, literal)| (literal, class)).collect()
    }

    fn of(&self, path: &[String], outer: Class) -> Class {
        let is_control = path.last().filter(|name| name.contains('@'));
        let ends = |rules: &[Vec<&str>]| {
            rules
                .iter()
                .any(|rule| path.len() >= rule.len() && path.iter().rev().zip(rule.iter().rev()).all(|(a, b)| a == b))
        };
        match is_control {
            Some(name) if name.ends_with("@odata.type") || name.ends_with("@type") => Class::Name,
            Some(_) => Class::Ordinary,
            None if outer == Class::Secret || ends(&self.secret) => Class::Secret,
            None if ends(&self.personal) => Class::Personal,
            None if outer == Class::Personal => Class::Within,
            None if outer == Class::Ordinary && path.last().is_some_and(|it| it.ends_with("ersion")) => Class::Version,
            None => outer,
        }
    }

    fn named(&self, name: &str) -> Class {
        let ends = |rules: &[Vec<&str>]| rules.iter().any(|rule| rule.last().is_some_and(|last| *last == name));
        if ends(&self.secret) {
            Class::Secret
        } else if ends(&self.personal) {
            Class::Personal
        } else {
            Class::Ordinary
        }
    }
}

const OPERATORS: [&str; 10] = ["eq", "ne", "gt", "ge", "lt", "le", "in", "and", "or", "not"];

fn set_names(open: &mut [(Class, Option<bool>)], come: bool) {
    if let Some((_, names)) = open.last_mut() {
        *names = Some(come);
    }
}

/// The text of the literal that `text` starts with, and what follows it.
fn quoted(text: &str) -> (String, &str) {
    let mut literal = String::new();
    let mut rest = text.get(1..).unwrap_or_default();
    loop {
        let (piece, after) = rest.split_once('\'').unwrap_or((rest, ""));
        literal.push_str(piece);
        match after.strip_prefix('\'') {
            Some(after) => {
                literal.push('\'');
                rest = after;
            }
            None => return (literal, after),
        }
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
        Rules::new(&SHOP).walk(json, |token, class| {
            if let Token::Word(_) = token {
                seen.push(class);
            }
        });
        assert_eq!(seen, [Ordinary, Personal, Ordinary, Within, Name, Ordinary, Secret, Personal, Personal]);
    }

    #[test]
    fn literals_of_a_url() {
        let of = |target: &str| Rules::new(&SHOP).literals(target);
        let both = [("it's".to_owned(), Personal), ("b".to_owned(), Personal)];
        assert_eq!(of("/orders?$filter=lines/any(l:l/mail%20in%20(%27it%27%27s%27,'b'))%20and%20x%20eq%20'c'"), both);
        assert_eq!(of("/find(pin='1')"), [("1".to_owned(), Secret)]);
        let guid = "0f8fad5b-d9cb-469f-a165-70867728950e";
        assert_eq!(of(&format!("/o?$filter=buyer/id%20eq%20{guid}")), [(guid.to_owned(), Personal)]);
        assert_eq!(of(&format!("/orders/{guid}?$filter=contains(mail,'")), [(String::new(), Personal)]);
    }
}
