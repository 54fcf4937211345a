//! Laws: whatever the value, the grammar accepts its literal.

use odata_runtime::{Binary, Date, Decimal, Enumeration, Flags, Literal, SignedDuration, Time, Timestamp, Uuid};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::corpus::Corpus;
use crate::requests::{root, shown};
use crate::types::Member;

/// Runs values of one type through the grammar: as a literal of the rule, and in a path.
fn accepted<V: Literal + std::fmt::Debug>(corpus: &Corpus, rule: &str, values: impl Strategy<Value = V>) {
    let mut runner = TestRunner::new(Config { cases: 32, failure_persistence: None, ..Config::default() });
    let law = |value: V| {
        let path = shown(&root().segment("items").function("Model.f", &[("x", &value)]));
        let literal = path.strip_prefix("items/Model.f(x=").unwrap().strip_suffix(')').unwrap();
        prop_assert!(corpus.accepts(rule, literal), "{}: {:?} was written {}", rule, value, literal);
        prop_assert!(corpus.accepts("primitiveLiteral", literal), "{:?} was written {}", value, literal);
        prop_assert!(corpus.accepts("odataRelativeUri", &path), "{}", path);
        Ok(())
    };
    runner.run(&values, law).unwrap_or_else(|fault| panic!("{rule}: {fault}"));
}

fn timestamp() -> impl Strategy<Value = Timestamp> {
    let seconds = Timestamp::MIN.as_second()..Timestamp::MAX.as_second();
    (seconds, 0..1_000_000_000).prop_map(|(second, nano)| Timestamp::new(second, nano).unwrap())
}

fn time() -> impl Strategy<Value = Time> {
    (0..24_i8, 0..60_i8, 0..60_i8, 0..1_000_000_000).prop_map(|(h, m, s, n)| Time::new(h, m, s, n).unwrap())
}

/// A name of the wire: what is no identifier is kept, but no literal of the grammar.
fn member() -> impl Strategy<Value = Member> {
    "[a-zA-Z_][a-zA-Z0-9_]{0,20}".prop_map(|name| Member::from_wire(&name))
}

#[test]
fn r8_the_grammar_accepts_every_literal() {
    let Some(corpus) = Corpus::open("r8_the_grammar_accepts_every_literal") else { return };
    let corpus = &corpus;
    accepted(corpus, "boolean", any::<bool>());
    accepted(corpus, "sbyteLiteral", any::<i8>());
    accepted(corpus, "byte", any::<u8>());
    accepted(corpus, "int16Literal", any::<i16>());
    accepted(corpus, "int32Literal", any::<i32>());
    accepted(corpus, "int64Literal", any::<i64>());
    accepted(corpus, "singleLiteral", any::<f32>());
    accepted(corpus, "doubleLiteral", any::<f64>());
    let decimal = (any::<i64>(), 0..=28_u32).prop_map(|(digits, scale)| Decimal::new(digits, scale));
    accepted(corpus, "decimalLiteral", decimal);
    accepted(corpus, "guid", any::<u128>().prop_map(Uuid::from_u128));
    accepted(corpus, "dateTimeOffsetLiteral", timestamp());
    let date = (-9999..=9999_i16, 1..=12_i8, 1..=28_i8);
    accepted(corpus, "date", date.prop_map(|(year, month, day)| Date::new(year, month, day).unwrap()));
    accepted(corpus, "timeOfDayLiteral", time());
    let duration = (any::<i32>(), -999_999_999..1_000_000_000_i32);
    accepted(corpus, "durationLiteral", duration.prop_map(|(s, n)| SignedDuration::new(s.into(), n)));
    // `pct-encoded-no-SQUOTE` leaves out %70 to %7F, where only `~` and letters can be written without: `{`, `|`, `}`
    // and DEL have no form at all in the grammar. A URL has no other form for them than the one that we write.
    let string = "(?s).{0,30}".prop_map(|text| text.replace(['{', '|', '}', '\u{7f}'], "%"));
    accepted(corpus, "stringLiteral", string);
    accepted(corpus, "binaryLiteral", any::<Vec<u8>>().prop_map(Binary::from));
    accepted(corpus, "enumLiteral", member());
    let flags = prop::collection::vec(member(), 0..4).prop_map(|members| members.into_iter().collect::<Flags<_>>());
    accepted(corpus, "enumLiteral", flags);
}
