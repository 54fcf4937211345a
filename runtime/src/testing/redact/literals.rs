//! Which literals in the URL of a request are secret or personal.

use percent_encoding::percent_decode_str;

use super::rules::{Class, Rules};
use super::shape::{self, Shape};

impl Rules {
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
        found.extend(self.keys(target));
        found.into_iter().filter(|it| it.0 != Class::Ordinary).map(|(class, literal)| (literal, class)).collect()
    }

    /// The keys in a path that are the `id`s of what is declared.
    fn keys(&self, target: &str) -> Vec<(Class, String)> {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let segments: Vec<_> = path.split('/').map(|it| percent_decode_str(it).decode_utf8_lossy()).collect();
        let class = |name: &str| self.class(|rule| rule.ends_with(&[name, "id"]));
        let next = segments.windows(2).filter_map(|pair| {
            let key = pair.get(1).filter(|it| is_key(it))?;
            Some((class(pair.first()?), key.to_string()))
        });
        let within = segments.iter().filter_map(|segment| {
            let (name, key) = segment.split_once('(')?;
            let key = key.strip_suffix(')').unwrap_or(key);
            Some((class(name), if key.starts_with('\'') { quoted(key).0 } else { key.to_owned() }))
        });
        next.chain(within).collect()
    }

    /// What is to be done with what is called `name`, as it is declared for the last name of any path.
    fn named(&self, name: &str) -> Class {
        self.class(|rule| rule.last().is_some_and(|last| *last == name))
    }

    fn class(&self, is: impl Fn(&[&str]) -> bool) -> Class {
        let any = |rules: &[Vec<&str>]| rules.iter().any(|rule| is(rule));
        if any(&self.secret) {
            Class::Secret
        } else if any(&self.personal) {
            Class::Personal
        } else {
            Class::Ordinary
        }
    }
}

/// Whether a segment is a key and not the name of a property: a GUID or a mail address, or digits in plenty.
fn is_key(segment: &str) -> bool {
    shape::whole(segment).is_some() || segment.chars().filter(char::is_ascii_digit).count() >= 4
}

const OPERATORS: [&str; 10] = ["eq", "ne", "gt", "ge", "lt", "le", "in", "and", "or", "not"];

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
    use super::super::rules::Class::{Personal, Secret};
    use super::Rules;
    use crate::client::Service;

    const SHOP: Service =
        Service::new("https://shop.example", "s").secret(&["pin"]).personal(&["mail", "buyer/id", "seat"]);

    #[test]
    fn keys_of_a_url() {
        for (target, key) in [
            ("/v1/buyer/Q12345", "Q12345"),
            ("/v1/buyer/a%40b.example/x", "a@b.example"),
            ("/v1/buyer('it''s')", "it's"),
            ("/v1/buyer(17)?x=1", "17"),
        ] {
            assert_eq!(Rules::new(&SHOP).literals(target), [(key.to_owned(), Personal)], "{target}");
        }
        for target in ["/v1/orders/12345/lines('x')", "/v1/buyer/$count", "/v1/buyer/orders_v2"] {
            assert_eq!(Rules::new(&SHOP).literals(target), [], "{target}");
        }
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
