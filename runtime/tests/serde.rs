//! The serde shim: every door of `serde_json`, the buffers of serde's enums, another format.
//!
//! The shim asks `serde_json` for raw text by a name that is private to it (trap 2), and knows its
//! serializers by their type names: these tests pin both.

#![cfg(feature = "serde")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod types;

use odata_runtime::{Expanded, Untyped};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use types::{Report, Sensor, Station, report};

const DIGITS: &str = "0.1234567890123456789012345678";

/// A 28-digit decimal at every place where text could be lost, discriminators last.
fn hard() -> String {
    format!(
        r##"{{"@odata.etag":"W/1","price":{DIGITS},"sensor":{{"label":"a","offset":{DIGITS},"@odata.type":"#w.thermalSensor"}},"stations@odata.nextLink":"https://h/x","stations":[{{"price":{DIGITS}}}],"undeclared":[{DIGITS},{{"deep":{DIGITS}}}]}}"##
    )
}

/// As `hard`, in the order in which it is written.
fn hard_written() -> String {
    hard().replace(
        &format!(r##""label":"a","offset":{DIGITS},"@odata.type":"#w.thermalSensor""##),
        &format!(r##""@odata.type":"#w.thermalSensor","label":"a","offset":{DIGITS}"##),
    )
}

#[test]
fn w_14_every_digit_through_every_door_of_serde_json() {
    let json = hard();
    let it = report(&json);
    assert_eq!(it.price.unwrap().to_string(), DIGITS);
    let Some(Sensor::Thermal(sensor)) = &it.sensor else { panic!() };
    assert_eq!(sensor.offset.unwrap().to_string(), DIGITS);
    assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), it);
    assert_eq!(serde_json::from_slice::<Report>(json.as_bytes()).unwrap(), it);
    assert_eq!(serde_json::from_reader::<_, Report>(json.as_bytes()).unwrap(), it);
    assert_eq!(serde_json::to_string(&it).unwrap(), hard_written());
    assert_eq!(odata_runtime::to_string(&it).unwrap(), hard_written());
    let mut written = Vec::new();
    serde_json::to_writer(&mut written, &it).unwrap();
    assert_eq!(written, hard_written().as_bytes());
}

#[test]
fn trap_04_pretty_text_indents() {
    let it = report(r#"{"id":"a","price":1.50,"tags":["b"],"stations":[{"name":"c"}],"x":{"y": 1}}"#);
    let pretty = r#"{
  "id": "a",
  "price": 1.50,
  "tags": [
    "b"
  ],
  "stations": [
    {
      "name": "c"
    }
  ],
  "x": {"y": 1}
}"#;
    assert_eq!(serde_json::to_string_pretty(&it).unwrap(), pretty);
}

#[test]
fn a_tree_takes_what_it_holds_and_refuses_the_rest() {
    let json =
        r#"{"id":"a","version":9007199254740993,"ratio":0.5,"price":0.123456789012345,"any":{"b":[1.5,null,"c"]}}"#;
    let it = report(json);
    let tree = serde_json::to_value(&it).unwrap();
    assert_eq!(tree, serde_json::from_str::<serde_json::Value>(json).unwrap());
    assert_eq!(serde_json::from_value::<Report>(tree.clone()).unwrap(), it);
    assert_eq!(Report::deserialize(&tree).unwrap(), it);

    let refused = |json: &str| serde_json::to_value(report(json)).unwrap_err().to_string();
    assert!(refused(&hard()).contains("more digits"));
    assert!(refused(&format!("{{\"any\":{DIGITS}}}")).contains("more digits"));
    assert!(refused(r#"{"any":1e400}"#).contains("more digits"));
    let large = report(r#"{"price":-9223372036854775807}"#);
    assert_eq!(serde_json::to_value(&large).unwrap()["price"], -9_223_372_036_854_775_807_i64);
}

/// Doubles with 17 digits come and go as untyped values.
#[test]
fn a_tree_takes_untyped_doubles() {
    let it = report(r#"{"any":0.30000000000000004}"#);
    let tree = serde_json::to_value(&it).unwrap();
    assert_eq!(serde_json::from_value::<Report>(tree).unwrap(), it);
}

#[test]
fn a_decimal_that_was_a_float_is_taken_with_15_digits_and_refused_with_more() {
    let tree = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
    let it: Report = serde_json::from_value(tree(r#"{"price":0.123456789012345}"#)).unwrap();
    assert_eq!(it.price.unwrap().to_string(), "0.123456789012345");
    let error = serde_json::from_value::<Report>(tree(&hard())).unwrap_err().to_string();
    assert!(error.contains("not a Decimal that can be held exactly") && error.contains("$.price"), "{error}");
    assert!(serde_json::from_value::<Report>(tree(r#"{"version":9007199254740993.0}"#)).is_err());
    let text = format!("{{\"price\":\"{DIGITS}\"}}");
    assert_eq!(serde_json::from_value::<Report>(tree(&text)).unwrap().price.unwrap().to_string(), DIGITS);
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Holder {
    name: String,
    report: Report,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flat {
    name: String,
    #[serde(flatten)]
    report: Report,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Tagged {
    Plain(Report),
    Held { report: Report },
}

#[allow(clippy::large_enum_variant)]
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(i32),
    Report(Report),
}

/// Through JSON text and back.
fn there_and_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(json: &str) -> T {
    let it: T = serde_json::from_str(json).unwrap();
    let written = serde_json::to_string(&it).unwrap();
    assert_eq!(serde_json::from_str::<T>(&written).unwrap(), it);
    assert_eq!(serde_json::to_value(&it).unwrap(), serde_json::from_str::<serde_json::Value>(json).unwrap());
    it
}

const PLAIN: &str = r##""id":"a","version":-3,"price":12.5,"at":"2031-05-06T07:08:09Z","valid":true,"sensor":{"@odata.type":"#test.weather.windSensor","knots":1},"stations@odata.count":9,"stations":[{"name":"b"}],"x":[1,null,{}],"@odata.etag":"e""##;

#[test]
fn trap_02_inside_structs_and_under_flatten_tag_and_untagged() {
    let plain = report(&format!("{{{PLAIN}}}"));
    let held = there_and_back::<Holder>(&format!("{{\"name\":\"n\",\"report\":{{{PLAIN}}}}}"));
    assert_eq!(held.report, plain);
    let flat = there_and_back::<Flat>(&format!("{{\"name\":\"n\",{PLAIN}}}"));
    assert_eq!(flat.report, plain);
    let tagged = there_and_back::<Tagged>(&format!("{{\"kind\":\"Plain\",{PLAIN}}}"));
    assert_eq!(tagged, Tagged::Plain(report(&format!("{{{PLAIN}}}"))));
    let tagged = there_and_back::<Tagged>(&format!("{{\"kind\":\"Held\",\"report\":{{{PLAIN}}}}}"));
    assert_eq!(tagged, Tagged::Held { report: report(&format!("{{{PLAIN}}}")) });
    let untagged = there_and_back::<Untagged>(&format!("{{{PLAIN}}}"));
    assert_eq!(untagged, Untagged::Report(plain));
}

#[test]
fn w_14_writing_under_flatten_keeps_every_digit() {
    let flat = Flat { name: "n".to_owned(), report: report(&hard()) };
    let written = serde_json::to_string(&flat).unwrap();
    assert_eq!(written.matches(DIGITS).count(), 5);
    let error = serde_json::from_str::<Flat>(&written).unwrap_err().to_string();
    assert!(error.contains("not a Decimal"), "serde's buffer holds floats: {error}");
}

#[test]
fn another_format_takes_every_digit_as_a_string() {
    for json in [format!("{{{PLAIN}}}"), format!(r#"{{"price":{DIGITS},"ratio":0.1,"mean":"NaN","blob":"AQID"}}"#)] {
        let it = report(&json);
        let mut bytes = Vec::new();
        ciborium::into_writer(&it, &mut bytes).unwrap();
        let back: Report = ciborium::from_reader(bytes.as_slice()).unwrap();
        assert_eq!(odata_runtime::to_string(&back).unwrap(), odata_runtime::to_string(&it).unwrap());
    }
    let untyped = report(&hard());
    assert!(ciborium::into_writer(&untyped, Vec::new()).unwrap_err().to_string().contains("more digits"));
}

#[test]
fn errors_carry_the_path() {
    let error = serde_json::from_str::<Holder>(r#"{"name":"n","report":{"stations":[{"name":1}]}}"#);
    let error = error.unwrap_err().to_string();
    assert!(error.contains("not a string at byte 21 in $.stations[0].name"), "{error}");
    assert!(serde_json::from_str::<Report>("{\"id\":\"a\"").is_err());
    assert!(serde_json::from_str::<Report>("null").is_err());
    assert_eq!(serde_json::from_str::<Option<Report>>("null").unwrap(), None);
}

#[test]
fn a_variant_at_the_top_states_its_type() {
    let json = r##"{"@odata.type":"#test.weather.windSensor","knots":1}"##;
    let it: Sensor = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&it).unwrap(), json);
    assert_eq!(serde_json::from_value::<Sensor>(serde_json::to_value(&it).unwrap()).unwrap(), it);
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Anything {
    Known(Untyped),
}

#[test]
fn the_values_of_the_runtime_stand_alone() {
    let Anything::Known(null) = serde_json::from_str("null").unwrap();
    assert!(null.is_null());
    assert_eq!(serde_json::to_string(&Untyped::from_json("[1.50]").unwrap()).unwrap(), "[1.50]");
    let stations: Expanded<Station> = serde_json::from_str(r#"[{"name":"a"}]"#).unwrap();
    assert_eq!(serde_json::to_string(&stations).unwrap(), r#"[{"name":"a"}]"#);
}
