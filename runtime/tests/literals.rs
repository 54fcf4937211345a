//! Values as they stand in a URL: in keys, in parameters of functions, in conditions.
#![cfg(feature = "testing")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test fails so

mod shop;

use odata_runtime::client::{Client, Operation, Path, Service, StaticToken};
use odata_runtime::testing::InMemory;
use odata_runtime::{
    Binary, Date, Decimal, Enumeration, Flags, Literal, SignedDuration, Time, Timestamp, Untyped, Uuid,
};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use shop::{Color, Order, Parcel, Right};

static SERVICE: Service = Service::new("https://shop.example.com/v1.0", "s");
static GET: Operation = Operation::new("/orders");

#[allow(clippy::needless_pass_by_value)] // or each call would have an ampersand
fn literal(value: impl Literal) -> String {
    let mut text = String::new();
    value.write_literal(&mut text);
    text
}

#[test]
fn numbers_are_their_digits() {
    assert_eq!([literal(i8::MIN), literal(u8::MAX), literal(i16::MIN)], ["-128", "255", "-32768"]);
    assert_eq!([literal(i32::MIN), literal(i64::MIN)], ["-2147483648", "-9223372036854775808"]);
    assert_eq!([literal(0.1_f32), literal(-0.1), literal(1e300)], ["0.1", "-0.1", "1e300"]);
    assert_eq!([literal(f64::INFINITY), literal(f32::NEG_INFINITY), literal(f64::NAN)], ["INF", "-INF", "NaN"]);
    assert_eq!(literal(Decimal::new(-1000, 2)), "-10.00");
    assert_eq!(literal(Decimal::MAX), "79228162514264337593543950335");
    assert_eq!([literal(true), literal(false)], ["true", "false"]);
}

#[test]
fn w31_strings_double_their_quotes() {
    for (value, expected) in [("", "''"), ("it's", "'it''s'"), ("''", "''''''"), ("a b/%2F", "'a b/%2F'")] {
        assert_eq!(literal(value), expected);
        assert_eq!(literal(String::from(value)), expected);
    }
}

#[test]
fn w16_cr14_dates_and_times_are_full() {
    let at = |text: &str| literal(text.parse::<Timestamp>().unwrap());
    assert_eq!(at("2024-05-01T10:00+02:00"), "2024-05-01T08:00:00Z");
    assert_eq!(at("2024-05-01T00:00:00.120Z"), "2024-05-01T00:00:00.12Z");
    assert_eq!(at("0001-01-01T00:00:00.0000001Z"), "0001-01-01T00:00:00.0000001Z");
    assert_eq!(literal(Date::constant(2024, 2, 29)), "2024-02-29");
    assert_eq!(literal(Time::constant(7, 8, 0, 0)), "07:08:00");
    assert_eq!(literal(Time::constant(7, 8, 9, 1_000)), "07:08:09.000001");
}

#[test]
fn w15_durations_and_bytes_have_a_prefix() {
    assert_eq!(literal(SignedDuration::from_hours(26)), "duration'P1DT2H'");
    assert_eq!(literal(SignedDuration::new(0, -100)), "duration'-PT0.0000001S'");
    assert_eq!(literal(SignedDuration::ZERO), "duration'PT0S'");
    assert_eq!(literal(Binary::from(vec![0xFB, 0xFF])), "binary'-_8'");
    assert_eq!(literal(Binary::default()), "binary''");
    assert_eq!(literal(Uuid::from_u128(0xA0)), "00000000-0000-0000-0000-0000000000a0");
}

#[test]
fn w3_enumerations_have_the_name_of_their_type() {
    assert_eq!(literal(Color::Red), "shop.color'red'");
    assert_eq!(literal(Color::from_wire("new")), "shop.color'new'");
    assert_eq!(literal([Right::Read, Right::Write].into_iter().collect::<Flags<_>>()), "shop.right'read,write'");
    assert_eq!(literal(Flags::<Right>::new()), "shop.right'0'");
}

/// The path that a request goes to, or why it is refused; then nothing was sent.
fn target(path: impl FnOnce(&Path) -> Path) -> Result<String, String> {
    let service = InMemory::new();
    let client: Client =
        Client::builder(&SERVICE).tokens(StaticToken::new("t")).transport(service.clone()).build().unwrap();
    let request = path(&client.path().segment("orders")).get::<Untyped>(&GET);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    // The script is empty, so that even what is sent gets no answer.
    let error = runtime.block_on(request.send()).unwrap_err();
    match &service.requests()[..] {
        [request] => Ok(request.uri().path().strip_prefix("/v1.0/orders").unwrap().to_owned()),
        sent => {
            assert!(error.is_refused() && sent.is_empty(), "{error}");
            Err(error.to_string())
        }
    }
}

#[test]
fn keys_in_parentheses() {
    assert_eq!(target(|it| it.keyed("x")).unwrap(), "('x')");
    assert_eq!(target(|it| it.keyed("O'Neil/1")).unwrap(), "('O''Neil%2F1')");
    assert_eq!(target(|it| it.keyed(7).segment("lines")).unwrap(), "(7)/lines");
    assert_eq!(target(|it| it.keys(&[("a", &1), ("b", &"x")])).unwrap(), "(a=1,b='x')");
    assert_eq!(target(|it| it.keyed("..")).unwrap(), "('..')");
    assert!(target(|it| it.keyed("")).unwrap_err().contains("a key is empty"));
}

#[test]
fn keys_as_segments() {
    let at: Timestamp = "2024-05-01T00:00:00Z".parse().unwrap();
    assert_eq!(target(|it| it.key(at)).unwrap(), "/2024-05-01T00%3A00%3A00Z");
    assert_eq!(target(|it| it.key(Date::constant(2024, 2, 29))).unwrap(), "/2024-02-29");
    assert_eq!(target(|it| it.key(Decimal::new(15, 1))).unwrap(), "/1.5");
    assert_eq!(target(|it| it.key(255_u8)).unwrap(), "/255");
    for (key, what) in [("", "empty"), (".", "`.`"), ("..", "`..`")] {
        assert!(target(|it| it.key(key)).unwrap_err().contains(what));
        assert!(target(|it| it.segment("lines").key(key).segment("parts")).unwrap_err().contains(what));
    }
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_before_it_is_sent() {
    let service = InMemory::new();
    let client: Client =
        Client::builder(&SERVICE).tokens(StaticToken::new("t")).transport(service.clone()).build().unwrap();
    let mut request = client.path().segment("parcels").get::<Parcel>(&GET);
    request.expand(Parcel::SENT_BY.filter(Order::NAME.in_(Vec::<String>::new())));
    let error = request.send().await.unwrap_err();
    assert!(error.is_refused() && error.to_string().contains("no values"), "{error}");
    assert!(service.requests().is_empty());
}

#[test]
fn cr14_cr15_functions_actions_and_casts_by_their_qualified_names() {
    let (from, to): (Timestamp, Timestamp) =
        ("2024-05-01T00:00:00Z".parse().unwrap(), "2024-05-02T00:00:00.5Z".parse().unwrap());
    assert_eq!(
        target(|it| it.function("shop.sales.between", &[("from", &from), ("to", &to)])).unwrap(),
        "/shop.sales.between(from=2024-05-01T00%3A00%3A00Z,to=2024-05-02T00%3A00%3A00.5Z)"
    );
    assert_eq!(target(|it| it.function("shop.latest", &[])).unwrap(), "/shop.latest()");
    assert_eq!(
        target(|it| it.function("shop.of", &[("color", &Color::Red), ("named", &"a'b, c")])).unwrap(),
        "/shop.of(color=shop.color'red',named='a''b%2C%20c')"
    );
    assert_eq!(target(|it| it.key("1").cast("shop.parcel").action("shop.renew")).unwrap(), "/1/shop.parcel/shop.renew");
}

proptest! {
    /// What a service reads after decoding once and undoubling quotes is what was given.
    #[test]
    fn r8_any_string_key_is_read_as_it_was_given(key in "(?s).*") {
        prop_assume!(!key.is_empty());
        let path = target(|it| it.keyed(&key)).unwrap();
        let inner = path.strip_prefix("('").and_then(|path| path.strip_suffix("')")).unwrap();
        prop_assert!(inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%'".contains(&byte)), "{}", inner);
        let decoded = percent_decode_str(inner).decode_utf8().unwrap();
        prop_assert_eq!(decoded.matches('\'').count() % 2, 0);
        prop_assert_eq!(decoded.replace("''", "'"), key);
    }

    #[test]
    fn r8_any_key_segment_is_read_as_it_was_given(key in "(?s).*") {
        let dots = matches!(&*key, "" | "." | "..");
        match target(|it| it.key(&key)) {
            Ok(path) => {
                let segment = path.strip_prefix('/').unwrap();
                prop_assert!(!dots && !segment.contains(['/', '?', '#', '\\']), "{}", segment);
                prop_assert_eq!(percent_decode_str(segment).decode_utf8().unwrap(), key);
            }
            Err(_) => prop_assert!(dots),
        }
    }
}
