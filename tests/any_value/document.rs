//! JSON documents of a type of the metadata. Every decision is taken from a tape of numbers that proptest makes and
//! shrinks; at its end the answer is always 0, the simplest choice, so that documents end too.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use odata_codegen::model::Primitive;
use proptest::collection::vec;
use proptest::prelude::*;

use super::support::odata::{Item, Property, SCHEMA, Type};

/// Any document of that type.
pub(crate) fn of(root: &'static str) -> impl Strategy<Value = String> {
    vec(any::<u16>(), 0..1200).prop_map(|tape| Writer { tape: tape.into_iter() }.object(root))
}

/// Names that no type declares, as JSON strings: other case, other scripts, escapes, nothing at all.
static UNDECLARED: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let names =
        [r#""NoSound""#, r#""Id""#, r#""größe""#, r#""""#, r#""a \"b\"\\""#, r#""\u0061\ud83d\ude00""#, r#""x.y""#];
    let declared: BTreeSet<&str> = SCHEMA.declared();
    assert!(names.iter().all(|name| !declared.contains(name.trim_matches('"'))));
    names.to_vec()
});

const UNTYPED: &[&str] = &[
    "null",
    "false",
    "0.10",
    "-1E+400",
    "12345678901234567890123456789.0000",
    r#""a\u000a\/""#,
    "[ ]",
    r#"{ "a" : null ,"a":[ 1,[{}],"b" ] }"#,
    r##"{"@odata.type":"#microsoft.graph.identity","id":null}"##,
];

const STRINGS: &[&str] = &[
    r#""a""#,
    r#""""#,
    r#""2031-01-01""#,
    r#""\"\\\/\b\f\n\r\t\u0000\u001f""#,
    r#""\u00e4ä\ud83d\ude00😀\u2028""#,
    r##""#microsoft.graph.identity""##,
];

const CONTROLS: &[(&str, &str)] = &[
    ("@odata.etag", r#""W/\"1\"""#),
    ("@odata.id", r#""communications/callRecords/1""#),
    ("@odata.context", r#""https://h/v1.0/$metadata#x""#),
    ("@contoso.note", r#"{"a" :[1.50]}"#),
    ("x@odata.type", r##""#Int64""##),
    ("@removed", r#"{"reason":"changed"}"#),
];

struct Writer {
    tape: std::vec::IntoIter<u16>,
}

impl Writer {
    fn below(&mut self, end: usize) -> usize {
        usize::from(self.tape.next().unwrap_or(0)) % end
    }

    /// Once in `times`; never at the end of the tape.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A number of up to `digits` digits.
    fn digits(&mut self, digits: usize) -> String {
        let mut text: String = (0..self.below(digits)).map(|_| char::from(b'0' + self.digit())).collect();
        text.insert(0, char::from(b'1' + self.digit() % 9));
        text
    }

    fn digit(&mut self) -> u8 {
        u8::try_from(self.below(10)).expect("a digit")
    }

    fn object(&mut self, declared: &str) -> String {
        let base = SCHEMA.ty(declared);
        let mut name = declared;
        if !base.derived.is_empty() && self.once_in(2) {
            name = self.pick(&base.derived).as_str();
        }
        let ty = SCHEMA.ty(name);
        let mut members = Vec::new();
        for property in &ty.properties {
            let is_leaf = matches!(property.item, Item::Primitive(_) | Item::Enum(_));
            if self.once_in(if is_leaf { 3 } else { 2 }) {
                self.property(property, &mut members);
            }
        }
        while self.once_in(4) {
            let (name, value) = (*self.pick(&UNDECLARED), *self.pick(UNTYPED));
            members.push(format!("{name}: {value}"));
        }
        while self.once_in(8) {
            let (name, value) = self.pick(CONTROLS);
            members.push(format!("\"{name}\":{value}"));
        }
        self.type_names(ty, &mut members);
        let separator = self.pick(&[",", " ,\n\t", ", "]);
        format!("{{{}}}", members.join(separator))
    }

    /// States the type: not at all, once or more often, in any spelling, anywhere.
    fn type_names(&mut self, ty: &Type, members: &mut Vec<String>) {
        let name = match self.below(6) {
            0 | 1 => return,
            2 => "contoso.unknown".to_owned(),
            3 => ty.names.last().expect("a name").to_ascii_uppercase(),
            _ => self.pick(&ty.names).clone(),
        };
        let before = self.pick(&["#", "", "https://h/v1.0/$metadata#"]);
        let key = self.pick(&["@odata.type", "@type"]);
        for _ in 0..=usize::from(self.once_in(4)) {
            let at = self.below(members.len() + 1);
            members.insert(at, format!("\"{key}\":\"{before}{name}\""));
        }
    }

    fn property(&mut self, property: &Property, members: &mut Vec<String>) {
        let Property { name, is_collection, is_expanded, .. } = property;
        let mut noted = Vec::new();
        if *is_expanded && self.once_in(2) {
            let count = *self.pick(&["0", "9007199254740993", r#""60""#, "null"]);
            noted.push(format!("\"{name}@{}\":{count}", self.pick(&["odata.count", "count"])));
        }
        if *is_expanded && self.once_in(2) {
            let link = *self.pick(&[r#""https:\/\/h/v1.0/x?$skiptoken=a%20b""#, r#""""#, "null"]);
            noted.push(format!("\"{name}@{}\":{link}", self.pick(&["odata.nextLink", "nextLink"])));
        }
        let mut own = Vec::new();
        // Of duplicates the last stands.
        for _ in 0..=usize::from(self.once_in(12)) {
            let value = if self.once_in(5) {
                "null".to_owned()
            } else if *is_collection {
                let items: Vec<String> = (0..self.below(3)).map(|_| self.item(&property.item)).collect();
                format!("[{}]", items.join(*self.pick(&[",", " , "])))
            } else {
                self.item(&property.item)
            };
            own.push(format!("\"{name}\":{value}"));
        }
        // Annotations come before or after (CR-33).
        let (first, second) = if self.once_in(2) { (noted, own) } else { (own, noted) };
        members.extend(first);
        members.extend(second);
    }

    fn item(&mut self, item: &Item) -> String {
        match item {
            Item::Structured(name) => self.object(name),
            Item::Enum(members) if self.once_in(4) => {
                let unlisted = *self.pick(&["", "17", "UNKNOWN", "neverHeardOf", "a,b"]);
                assert!(!members.iter().any(|member| member == unlisted));
                format!("{unlisted:?}")
            }
            Item::Enum(members) => format!("{:?}", self.pick(members)),
            Item::Primitive(primitive) => self.primitive(*primitive),
        }
    }

    fn primitive(&mut self, primitive: Primitive) -> String {
        match primitive {
            Primitive::Boolean => (*self.pick(&["false", "true"])).to_owned(),
            Primitive::String => (*self.pick(STRINGS)).to_owned(),
            Primitive::Guid => self.guid(),
            Primitive::Int32 => self.integer(9, &["2147483647", "-2147483648"]),
            Primitive::Int64 => self.integer(18, &["9223372036854775807", "-9223372036854775808"]),
            Primitive::Single => self.single(),
            Primitive::Decimal => self.decimal(),
            Primitive::DateTimeOffset => self.date_time_offset(),
            Primitive::Duration => self.duration(),
            other => panic!("the metadata has a type that no document is made of: {other:?}"),
        }
    }

    fn sign(&mut self) -> &'static str {
        if self.once_in(2) { "-" } else { "" }
    }

    /// As a number, a string (W-13) or in another notation of the same value.
    fn integer(&mut self, digits: usize, limits: &[&str]) -> String {
        let text = match self.below(6) {
            0 => "0".to_owned(),
            1 => (*self.pick(limits)).to_owned(),
            _ => format!("{}{}", self.sign(), self.digits(digits)),
        };
        match self.below(6) {
            4 => format!("\"{text}\""),
            5 => format!("{text}.0"),
            _ => text,
        }
    }

    /// NaN is left to a test of its own: it equals nothing.
    fn single(&mut self) -> String {
        match self.below(8) {
            0 => "0".to_owned(),
            1 => (*self.pick(&[r#""INF""#, r#""-INF""#, r#""Infinity""#, "3.4028235e38", "1e-46", "-0.0"])).to_owned(),
            2 => format!("{}{}E-{}", self.sign(), self.digits(9), self.below(50)),
            _ => format!("{}0.{}", self.sign(), self.digits(12)),
        }
    }

    fn decimal(&mut self) -> String {
        let text = match self.below(5) {
            0 => "0.00".to_owned(),
            1 => format!("{}{}", self.sign(), self.digits(28)),
            2 => format!("{}0.{}", self.sign(), self.digits(28)),
            3 => format!("{}{}e-{}", self.sign(), self.digits(10), self.below(10)),
            _ => format!("{}{}.{}", self.sign(), self.digits(14), self.digits(14)),
        };
        if self.once_in(4) { format!("\"{text}\"") } else { text }
    }

    fn guid(&mut self) -> String {
        let hex = |it: &mut Self, len: usize| -> String {
            (0..len).map(|_| char::from(*it.pick(b"0123456789abcdef"))).collect()
        };
        let parts: Vec<String> = [8, 4, 4, 4, 12].into_iter().map(|len| hex(self, len)).collect();
        let text = parts.join("-");
        if self.once_in(3) { format!("\"{}\"", text.to_ascii_uppercase()) } else { format!("\"{text}\"") }
    }

    /// Of a second: none, or up to nine digits and zeros after them.
    fn fraction(&mut self) -> String {
        match self.below(4) {
            0 => String::new(),
            1 => format!(".{:03}000000000", self.below(1000)),
            _ => format!(".{}", self.digits(9)),
        }
    }

    fn date_time_offset(&mut self) -> String {
        let year = *self.pick(&["2031", "0001", "1600", "9998", "0000", "-0044"]);
        let (month, day) = (1 + self.below(12), 1 + self.below(28));
        let (hour, minute) = (self.below(24), self.below(60));
        let second = if self.once_in(5) { String::new() } else { format!(":{:02}{}", self.below(60), self.fraction()) };
        let zone = *self.pick(&["Z", "+00:00", "-08:00", "+14:00", "z"]);
        format!("\"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}{second}{zone}\"")
    }

    fn duration(&mut self) -> String {
        let sign = self.sign();
        let text = match self.below(6) {
            0 => "PT0S".to_owned(),
            1 => format!("P{}D", self.digits(5)),
            2 => format!("PT{}H{}M", self.digits(4), self.below(100)),
            3 => "P10675199DT2H48M5.4775807S".to_owned(),
            4 => format!("P{}DT{}H0M{}{}S", self.below(400), self.below(30), self.below(60), self.fraction()),
            _ => format!("PT{}{}S", self.below(60), self.fraction()),
        };
        format!("\"{sign}{text}\"")
    }
}
