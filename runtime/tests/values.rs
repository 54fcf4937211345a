//! What a property may hold: read, written, refused.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod types;

use odata_runtime::{Binary, Decimal, Enumeration, Flags, Timestamp, Untyped};
use types::{Access, Sky, refusal, report, rewritten};

/// Each is `(text of a property, text that it is written as)`.
fn all_rewritten(property: &str, cases: &[(&str, &str)]) {
    for (read, written) in cases {
        let expected = format!("{{\"{property}\":{written}}}");
        assert_eq!(rewritten(&format!("{{\"{property}\":{read}}}")), expected, "{read}");
    }
}

fn all_refused(property: &str, what: &str, cases: &[&str]) {
    for case in cases {
        let json = format!("{{\"{property}\":{case}}}");
        let at = json.len() - case.len() - 1;
        assert_eq!(refusal(&json), format!("{what} at byte {at} in $.{property}"), "{case}");
    }
}

#[test]
fn w_1_an_unlisted_member_is_kept() {
    all_rewritten("sky", &[("\"clear\"", "\"clear\""), ("\"Clear\"", "\"Clear\"")]);
    all_rewritten("sky", &[("\"\"", "\"\""), ("\"12\"", "\"12\""), ("\"a\\u0062\"", "\"ab\"")]);
    assert_eq!(report(r#"{"sky":"unknown"}"#).sky, Some(Sky::Unknown));
    assert_eq!(report(r#"{"sky":"unknownFutureValue"}"#).sky, Some(Sky::UnknownFutureValue));
    let Some(Sky::Unlisted(foggy)) = report(r#"{"sky":"foggy"}"#).sky else { panic!() };
    assert_eq!(foggy.as_str(), "foggy");
    all_refused("sky", "not a string", &["1", "{}", "true"]);
}

#[test]
fn w_1_flags_keep_unknown_names_in_wire_order() {
    let it = report(r#"{"access":"write, admin,read"}"#);
    let access = it.access.unwrap();
    assert!(access.contains(&Access::Read) && access.contains(&Access::Write));
    assert!(access.contains(&Access::from_wire("admin")));
    assert_eq!(access.to_string(), "write,admin,read");
    assert_eq!(access, [Access::Read, Access::Write, Access::from_wire("admin")].into_iter().collect());
    assert_ne!(access, [Access::Read, Access::Write].into_iter().collect());
    all_rewritten("access", &[("\"\"", "\"\""), ("\"0\"", "\"0\""), ("\"read,write\"", "\"read,write\"")]);
}

#[test]
fn w_1_flags_are_a_set() {
    let mut access: Flags<Access> = Flags::new();
    assert!(access.insert(Access::Read));
    assert!(!access.insert(Access::Read));
    assert!(!access.remove(&Access::Write));
    assert!(access.remove(&Access::Read));
    assert!(access.is_empty());
}

#[test]
fn w_12_integers_take_what_is_an_integer() {
    all_rewritten("code", &[("7", "7"), ("-0", "0"), ("1.0", "1"), ("12e2", "1200"), ("1.50e1", "15")]);
    all_rewritten("code", &[("-2147483648", "-2147483648"), ("2147483647", "2147483647")]);
    all_refused("code", "not an i32", &["1.5", "2147483648", "-2147483649", "1e99", "1e-1", "true", "[]"]);
    all_rewritten("tiny", &[("-128", "-128"), ("127", "127")]);
    all_refused("tiny", "not an i8", &["128", "-129"]);
    all_rewritten("byte", &[("255", "255"), ("0", "0")]);
    all_refused("byte", "not a u8", &["256", "-1"]);
    all_refused("short", "not an i16", &["540000"]);
}

#[test]
fn w_13_integers_as_strings() {
    let max = "9223372036854775807";
    all_rewritten("version", &[(&format!("\"{max}\""), max), (max, max), ("\"-1\"", "-1"), ("\"+1\"", "1")]);
    all_rewritten("version", &[("-9223372036854775808", "-9223372036854775808")]);
    all_refused(
        "version",
        "not an i64",
        &[
            "9223372036854775808",
            "\"9223372036854775808\"",
            "\"\"",
            "\" 1\"",
            "\"++1\"",
            "\"+\"",
            "\"+-1\"",
            "\"0x1\"",
            "\"1.5\"",
        ],
    );
}

#[test]
fn w_12_floats() {
    all_rewritten("mean", &[("\"INF\"", "\"INF\""), ("\"-INF\"", "\"-INF\""), ("\"NaN\"", "\"NaN\"")]);
    all_rewritten("ratio", &[("\"Infinity\"", "\"INF\""), ("\"-Infinity\"", "\"-INF\""), ("\"NaN\"", "\"NaN\"")]);
    all_rewritten("mean", &[("1", "1.0"), ("0.1", "0.1"), ("1e300", "1e300"), ("-0.0", "-0.0")]);
    all_rewritten("mean", &[("123456789012345678901234567890", "1.2345678901234568e29")]);
    all_rewritten("ratio", &[("0.1", "0.1"), ("3.4028235e38", "3.4028235e38")]);
    all_refused("ratio", "not an f32", &["1e39", "-1e39", "\"1\"", "\"inf\"", "{}"]);
    all_refused("mean", "not an f64", &["1e309", "-1e309", "\"x\"", "true"]);
}

#[test]
fn w_12_a_single_is_rounded_once() {
    // By way of an f64 this would be rounded twice, to 1.0.
    let it = report(r#"{"ratio":1.000000059604644775390626}"#);
    assert_eq!(it.ratio, Some(f32::from_bits(0x3f80_0001)));
}

#[test]
fn w_14_decimals_keep_every_digit_and_the_scale() {
    let digits = "7.922816251426433759354395033";
    all_rewritten("price", &[(digits, digits), ("0.00", "0.00"), ("1.50", "1.50"), ("\"1.50\"", "1.50")]);
    all_rewritten("price", &[("0.1234567890123456789012345", "0.1234567890123456789012345")]);
    all_rewritten("price", &[("1.2e3", "1200"), ("\"12E-4\"", "0.0012"), ("-0", "-0"), ("1.20e1", "12.0")]);
    all_rewritten("price", &[("79228162514264337593543950335", "79228162514264337593543950335")]);
    all_rewritten(
        "price",
        &[("0e99999", "0"), ("1.000000000000000000000000000000000", "1.0000000000000000000000000000")],
    );
    all_refused(
        "price",
        "not a Decimal that can be held exactly",
        &[
            "79228162514264337593543950336",
            "0.12345678901234567890123456789",
            "1e29",
            "1e-29",
            "1e99999999999",
            "\"\"",
            "\"NaN\"",
            "\"1,5\"",
            "\"01\"",
            "true",
        ],
    );
    assert_eq!(report(r#"{"price":0.00}"#).price.unwrap().scale(), 2);
    assert_eq!(report(r#"{"price":0.1}"#).price, Some(Decimal::new(1, 1)));
}

#[test]
fn w_15_durations() {
    all_rewritten(
        "length",
        &[
            ("\"PT0S\"", "\"PT0S\""),
            ("\"P0D\"", "\"PT0S\""),
            ("\"-PT0.0000001S\"", "\"-PT0.0000001S\""),
            ("\"P10675199DT2H48M5.4775807S\"", "\"P10675199DT2H48M5.4775807S\""),
            ("\"P12DT23H59M59.999999999000S\"", "\"P12DT23H59M59.999999999S\""),
            ("\"P365D\"", "\"P365D\""),
            ("\"PT36H\"", "\"P1DT12H\""),
            ("\"PT90M\"", "\"PT1H30M\""),
            ("\"PT1M0.5S\"", "\"PT1M0.5S\""),
            ("\"P1DT0.5S\"", "\"P1DT0.5S\""),
            ("\"P00000000000000000000000001D\"", "\"P1D\""),
            ("\"-P106751991167300DT15H30M8S\"", "\"-P106751991167300DT15H30M8S\""),
        ],
    );
    all_refused(
        "length",
        "not a Duration",
        &[
            "\"P\"",
            "\"PT\"",
            "\"P1DT\"",
            "\"PT1.S\"",
            "\"PT.5S\"",
            "\"P1Y\"",
            "\"P1M\"",
            "\"P1W\"",
            "\"PT1M1H\"",
            "\"PT1H1H\"",
            "\"P1S\"",
            "\"PT1D\"",
            "\"PTT1S\"",
            "\"+PT1S\"",
            "\"PT1.5H\"",
            "\"PT1.0000000000000S\"",
            "\"\"",
            "\"PT1\"",
            "\"PT-1S\"",
            "1",
        ],
    );
    all_refused("length", "a Duration too long to be held,", &["\"P106751991167301D\"", "\"P99999999999999999999D\""]);
    all_refused("length", "finer than a nanosecond, which cannot be held,", &["\"PT1.000000000999S\""]);
}

#[test]
fn w_16_date_time_offsets() {
    all_rewritten(
        "at",
        &[
            ("\"2031-05-06T07:08:09Z\"", "\"2031-05-06T07:08:09Z\""),
            ("\"2031-05-06T07:08Z\"", "\"2031-05-06T07:08:00Z\""),
            ("\"2031-05-06t07:08:09.1234567z\"", "\"2031-05-06T07:08:09.1234567Z\""),
            ("\"2031-05-06T07:08:09.123456789000Z\"", "\"2031-05-06T07:08:09.123456789Z\""),
            ("\"2031-05-06T00:30:00+02:00\"", "\"2031-05-05T22:30:00Z\""),
            ("\"2031-12-31T23:30:00-14:00\"", "\"2032-01-01T13:30:00Z\""),
            ("\"0001-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00Z\""),
            ("\"0000-02-29T00:00:00Z\"", "\"0000-02-29T00:00:00Z\""),
            ("\"-0044-03-15T12:00:00.5Z\"", "\"-0044-03-15T12:00:00.5Z\""),
            ("\"9999-12-30T22:00:00.999999999Z\"", "\"9999-12-30T22:00:00.999999999Z\""),
        ],
    );
    all_refused(
        "at",
        "not a DateTimeOffset",
        &[
            "\"2031-05-06T24:00:00Z\"",
            "\"2031-05-06T23:60:00Z\"",
            "\"2031-13-06T00:00Z\"",
            "\"2031-02-29T00:00Z\"",
            "\"2031-05-06\"",
            "\"2031-05-06T07:08:09\"",
            "\"2031-05-06T07:08:09.Z\"",
            "\"2031-05-06 07:08:09Z\"",
            "\"2031-05-06T07:08:09+2:00\"",
            "\"2031-05-06T07:08:09+24:00\"",
            "\"2031-05-06T07:08:09.1234567890000Z\"",
            "\"31-05-06T07:08:09Z\"",
            "\"02031-05-06T07:08:09Z\"",
            "\"2031-05-06T07:08:09Z \"",
            "\"2031-05-06T7:08:09Z\"",
            "\"2031-05-06T07:08:0\u{665}Z\"",
            "\"\"",
            "0",
        ],
    );
    all_refused("at", "a leap second, which cannot be held,", &["\"2016-12-31T23:59:60Z\""]);
    all_refused("at", "finer than a nanosecond, which cannot be held,", &["\"2031-05-06T07:08:09.1234567891Z\""]);
    let late = "a DateTimeOffset too early or too late to be held,";
    all_refused("at", late, &["\"9999-12-31T23:59:59.9999999Z\"", "\"-9999-01-01T00:00:00Z\""]);
}

#[test]
fn w_16_a_timestamp_is_an_instant() {
    let it = report(r#"{"at":"1970-01-01T00:00:00.0000001Z"}"#);
    assert_eq!(it.at, Some(Timestamp::new(0, 100).unwrap()));
}

#[test]
fn w_18_binary_in_both_alphabets() {
    all_rewritten("blob", &[("\"T0RhdGE\"", "\"T0RhdGE=\""), ("\"T0RhdGE=\"", "\"T0RhdGE=\""), ("\"\"", "\"\"")]);
    all_rewritten("blob", &[("\"-_-_\"", "\"+/+/\""), ("\"+/+/\"", "\"+/+/\"")]);
    all_refused("blob", "not base64", &["\"+_+_\"", "\"a\"", "\"a b=\"", "1"]);
    assert_eq!(report(r#"{"blob":"AQID"}"#).blob, Some(Binary::from(vec![1, 2, 3])));
}

#[test]
fn w_19_guids_dates_and_times() {
    let lower = "\"0a1b2c3d-0000-4000-8000-00000000abcd\"";
    all_rewritten("key", &[(lower, lower), (&lower.to_uppercase(), lower)]);
    all_refused(
        "key",
        "not a Guid",
        &["\"0a1b2c3d00004000800000000000abcd\"", "\"{0a1b2c3d-0000-4000-8000-00000000abcd}\"", "\"\""],
    );
    all_rewritten("day", &[("\"2031-05-06\"", "\"2031-05-06\""), ("\"-0001-01-01\"", "\"-0001-01-01\"")]);
    all_refused("day", "not a Date", &["\"2031-5-6\"", "\"2031-05-06T\"", "\"2031-04-31\"", "\"10000-01-01\""]);
    all_rewritten("time", &[("\"07:08\"", "\"07:08:00\""), ("\"00:00:00.0000001\"", "\"00:00:00.0000001\"")]);
    all_refused("time", "not a TimeOfDay", &["\"24:00\"", "\"7:08\"", "\"07:08:09Z\"", "\"07:08:\"", "\"07\""]);
}

#[test]
fn w_20_w_21_untyped_keeps_its_text() {
    for text in [r#"{"a" : [1.50, null, {"b":"\u00e9"}]}"#, "1.2300e5", "[ ]", r#""x\/y""#, "true"] {
        assert_eq!(report(&format!("{{\"any\": {text} }}")).any.unwrap().as_json(), text);
        assert_eq!(rewritten(&format!("{{\"any\": {text} }}")), format!("{{\"any\":{text}}}"));
    }
    assert!(Untyped::from_json("null").unwrap().is_null());
    assert_eq!(Untyped::from_json("[1, null]").unwrap().decode::<Vec<Untyped>>().unwrap().len(), 2);
    assert!(Untyped::from_json("{").is_err());
    assert!(Untyped::from_json("1 2").is_err());
    assert_eq!(Untyped::encode(&vec![1_i32, 2]).unwrap().decode::<Vec<i64>>().unwrap(), [1, 2]);
}

#[test]
fn w_34_null_in_a_collection_is_an_error_that_names_the_index() {
    let what = "null, which cannot be held here,";
    assert_eq!(refusal(r#"{"tags":["a",null]}"#), format!("{what} at byte 13 in $.tags[1]"));
}

#[test]
fn w_35_null_and_absent_properties_are_none() {
    assert_eq!(report(r#"{"id":null,"sensor":null,"tags":null,"price":null}"#), report("{}"));
    assert_eq!(report(r#"{"tags":[]}"#).tags, Some(vec![]));
}

#[test]
fn strings_are_escaped_where_they_must_be() {
    all_rewritten(
        "id",
        &[(r#""\"\\\/\b\n\u0001\u007f\ud83d\ude00\u2028""#, "\"\\\"\\\\/\\u0008\\n\\u0001\u{7f}\u{1f600}\u{2028}\"")],
    );
}
