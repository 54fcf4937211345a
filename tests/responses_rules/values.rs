//! W-12 to W-16, W-18 to W-20: values, exact or refused.

use graph_call_records::graph::{ChangeNotification, DetailsInfo};
use graph_call_records::odata_runtime::{
    Binary, Date, Decimal, SignedDuration, Time, Timestamp, Untyped, Uuid, Value, from_str, to_string,
};
use graph_call_records::{CallRecord, DeviceInfo, MediaStream, NetworkInfo, PstnCallLogRow};

use super::{refused, survives};

fn stream(property: &str, value: &str) -> MediaStream {
    survives(&format!("{{\"{property}\":{value}}}"))
}

#[test]
#[allow(clippy::float_cmp)] // Exact, or wrong.
fn w_12_numbers_and_the_three_that_are_strings() {
    let ratio =
        |value: &str| survives::<DeviceInfo>(&format!("{{\"micGlitchRate\":{value}}}")).mic_glitch_rate.unwrap();
    assert_eq!([ratio("0"), ratio("-0.5"), ratio("1e-3"), ratio("16777217")], [0.0, -0.5, 0.001, 16_777_216.0]);
    assert_eq!([ratio("\"INF\""), ratio("\"-INF\"")], [f32::INFINITY, f32::NEG_INFINITY]);
    assert_eq!([ratio("\"Infinity\""), ratio("\"-Infinity\"")], [f32::INFINITY, f32::NEG_INFINITY]);
    let nan: DeviceInfo = from_str(r#"{"micGlitchRate":"NaN"}"#).unwrap();
    assert!(nan.mic_glitch_rate.unwrap().is_nan());
    assert_eq!(to_string(&nan).unwrap(), r#"{"micGlitchRate":"NaN"}"#);
    assert_eq!(serde_json::to_string(&nan).unwrap(), r#"{"micGlitchRate":"NaN"}"#);
    for value in ["1e39", "-3.5e38", "\"0.5\"", "\"nan\"", "true", "NaN"] {
        assert!(from_str::<DeviceInfo>(&format!("{{\"micGlitchRate\":{value}}}")).is_err(), "{value}");
    }
    let error = refused::<DeviceInfo>(r#"{"micGlitchRate":1e39}"#);
    assert_eq!(error, "not an f32 at byte 17 in $.micGlitchRate", "no infinity in silence");
}

#[test]
fn w_12_integers_are_exact() {
    let port = |value: &str| survives::<NetworkInfo>(&format!("{{\"port\":{value}}}")).port.unwrap();
    assert_eq!([port("50021"), port("-1"), port("1.0"), port("5e1")], [50021, -1, 1, 50]);
    for value in ["2147483648", "1.5", "1e10", "true", "\"\"", "\"0x10\"", "[1]"] {
        let error = refused::<NetworkInfo>(&format!("{{\"port\":{value}}}"));
        assert_eq!(error, "not an i32 at byte 8 in $.port", "{value}");
    }
}

#[test]
fn w_13_int64_and_decimal_may_be_strings() {
    for version in ["9007199254740993", "\"9007199254740993\""] {
        let record: CallRecord = survives(&format!("{{\"version\":{version}}}"));
        assert_eq!(record.version, Some(9_007_199_254_740_993));
        assert_eq!(to_string(&record).unwrap(), r#"{"version":9007199254740993}"#);
    }
    let limits = [i64::MIN, i64::MAX];
    assert_eq!(limits.map(|it| survives::<CallRecord>(&format!("{{\"version\":\"{it}\"}}")).version), limits.map(Some));
    assert!(refused::<CallRecord>(r#"{"version":9223372036854775808}"#).contains("not an i64"));
    let row: PstnCallLogRow = survives(r#"{"charge":"12.50","connectionCharge":12.50}"#);
    assert_eq!(row.charge, row.connection_charge);
}

#[test]
fn w_14_a_decimal_never_passes_through_a_float() {
    for (text, written) in [
        ("0.1234567890123456789012345678", "0.1234567890123456789012345678"),
        ("79228162514264337593543950335", "79228162514264337593543950335"),
        ("-12345678901234567890.12345678", "-12345678901234567890.12345678"),
        ("0.00", "0.00"),
        ("0.1", "0.1"),
        ("1.25E+3", "1250"),
        ("125e-4", "0.0125"),
    ] {
        let row: PstnCallLogRow = survives(&format!("{{\"charge\":{text}}}"));
        assert_eq!(row.charge.unwrap().to_string(), written);
        assert_eq!(to_string(&row).unwrap(), format!("{{\"charge\":{written}}}"));
        assert_eq!(serde_json::to_string(&row).unwrap(), format!("{{\"charge\":{written}}}"));
    }
    assert_eq!(survives::<PstnCallLogRow>(r#"{"charge":0.10}"#).charge, Some(Decimal::new(1, 1)));
    for text in ["0.12345678901234567890123456789", "79228162514264337593543950336", "1e29", "\"1,5\"", "\"INF\""] {
        let error = refused::<PstnCallLogRow>(&format!("{{\"charge\":{text}}}"));
        assert_eq!(error, "not a Decimal that can be held exactly at byte 10 in $.charge", "{text}");
    }
}

#[test]
fn w_15_durations() {
    let nanos = |text: &str| stream("averageJitter", &format!("\"{text}\"")).average_jitter.unwrap().as_nanos();
    for (text, expected) in [
        ("PT0S", 0),
        ("P0D", 0),
        ("PT0.016S", 16_000_000),
        ("-PT0.0000001S", -100),
        ("PT36H", 129_600_000_000_000),
        ("P365D", 31_536_000_000_000_000),
        ("P730D", 63_072_000_000_000_000),
        ("P12DT23H59M59.999999999000S", 1_123_199_999_999_999),
        ("P10675199DT2H48M5.4775807S", 922_337_203_685_477_580_700),
    ] {
        assert_eq!(nanos(text), expected, "{text}");
    }
    for text in ["", "P", "PT", "PT1.S", "P1Y", "P1M", "P1W", "+PT1S", "PT1S1M", "P1D1H", "1S", "PT-1S", "pt1s"] {
        let error = refused::<MediaStream>(&format!("{{\"averageJitter\":\"{text}\"}}"));
        assert_eq!(error, "not a Duration at byte 17 in $.averageJitter", "{text}");
    }
    let error = refused::<MediaStream>(r#"{"averageJitter":"PT0.0000000001S"}"#);
    assert_eq!(error, "finer than a nanosecond, which cannot be held, at byte 17 in $.averageJitter");
    assert!(refused::<MediaStream>(r#"{"averageJitter":"P99999999999999999999D"}"#).contains("too long to be held"));
}

#[test]
fn w_16_instants() {
    let at = |text: &str| stream("startDateTime", &format!("\"{text}\"")).start_date_time.unwrap();
    for (text, same) in [
        ("2031-05-06T07:08:09.1234567Z", "2031-05-06T07:08:09.1234567Z"),
        ("2031-05-06T07:08:09.123456789000Z", "2031-05-06T07:08:09.123456789Z"),
        ("2031-05-06T07:08Z", "2031-05-06T07:08:00Z"),
        ("2031-05-06t09:08:00+02:00", "2031-05-06T07:08:00Z"),
        ("2031-05-05T23:08:00-08:00", "2031-05-06T07:08:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        ("-0044-03-15T12:00:00z", "-000044-03-15T12:00:00Z"),
    ] {
        assert_eq!(at(text), same.parse::<Timestamp>().unwrap(), "{text}");
    }
    // Written in the wire's own form, in any time zone of the machine.
    let year_one = r#"{"startDateTime":"0001-01-01T00:00:00Z"}"#;
    assert_eq!(to_string(&survives::<MediaStream>(year_one)).unwrap(), year_one);
    for text in [
        "",
        "2031-05-06",
        "2031-05-06T07:08:09",
        "2031-05-06T24:00:00Z",
        "2031-02-30T00:00:00Z",
        "2031-05-06T07:08:09.Z",
        "2031-05-06T07:08:09.1234567890123Z",
        "2031-05-06 07:08:09Z",
        "31-05-06T07:08:09Z",
        "NA",
    ] {
        let error = refused::<MediaStream>(&format!("{{\"startDateTime\":\"{text}\"}}"));
        assert_eq!(error, "not a DateTimeOffset at byte 17 in $.startDateTime", "{text}");
    }
    for (text, what) in [
        ("2031-05-06T07:08:09.0000000001Z", "finer than a nanosecond, which cannot be held,"),
        ("2031-06-30T23:59:60Z", "a leap second, which cannot be held,"),
        ("9999-12-31T23:59:59-14:00", "a DateTimeOffset too early or too late to be held,"),
    ] {
        let error = refused::<MediaStream>(&format!("{{\"startDateTime\":\"{text}\"}}"));
        assert_eq!(error, format!("{what} at byte 17 in $.startDateTime"), "legal, and refused rather than changed");
    }
}

/// An undeclared property, read as what the app knows it to be.
fn undeclared<T: Value>(value: &str) -> Result<T, String> {
    let details: DetailsInfo = survives(&format!("{{\"x\":{value}}}"));
    details.extra.get("x").expect("kept").decode().map_err(|error| error.to_string())
}

#[test]
fn w_18_binary_in_either_alphabet_padded_or_not() {
    for text in ["T0RhdGE=", "_-8=", "_-8", "/+8=", "/+8"] {
        assert!(undeclared::<Binary>(&format!("\"{text}\"")).is_ok(), "{text}");
    }
    assert_eq!(undeclared::<Binary>("\"T0RhdGE\"").unwrap().as_ref(), b"OData");
    assert_eq!(undeclared::<Binary>("\"_-8\"").unwrap(), undeclared::<Binary>("\"/+8=\"").unwrap());
    assert!(undeclared::<Binary>("\"T0*hdGE\"").is_err());
}

#[test]
fn w_19_guids_in_either_case_dates_and_times() {
    let of =
        |id: &str| survives::<ChangeNotification>(&format!("{{\"subscriptionId\":\"{id}\"}}")).subscription_id.unwrap();
    assert_eq!(of("5A5A5A5A-1111-4222-8333-44444444AAAA"), of("5a5a5a5a-1111-4222-8333-44444444aaaa"));
    for text in ["", "5a5a5a5a111142228333444444444444", "{5a5a5a5a-1111-4222-8333-444444444444}", "NA"] {
        let error = refused::<ChangeNotification>(&format!("{{\"subscriptionId\":\"{text}\"}}"));
        assert_eq!(error, "not a Guid at byte 18 in $.subscriptionId", "{text}");
    }
    assert_eq!(undeclared::<Uuid>("\"5a5a5a5a-1111-4222-8333-444444444444\"").unwrap().get_version_num(), 4);
    assert_eq!(undeclared::<Date>("\"2031-05-06\"").unwrap(), "2031-05-06".parse().unwrap());
    assert_eq!(undeclared::<Time>("\"07:08\"").unwrap(), "07:08:00".parse().unwrap());
    assert_eq!(undeclared::<Time>("\"07:08:09.1234567\"").unwrap(), "07:08:09.1234567".parse().unwrap());
    assert!(undeclared::<Date>("\"2031-5-6\"").is_err() && undeclared::<Time>("\"7:08\"").is_err());
    assert_eq!(undeclared::<SignedDuration>("\"P1DT1S\"").unwrap().as_secs(), 86401);
}

#[test]
fn w_20_geojson_is_kept_raw() {
    let point = r#"{ "type": "Point", "coordinates": [4.8952000, 52.37], "crs": {"type": "name"} }"#;
    assert_eq!(undeclared::<Untyped>(point).unwrap().as_json(), point);
}
