//! Objects: keys, control information, what is not declared, derived types, expanded collections.

// How an app fills a type that is non_exhaustive and not its own.
#![allow(clippy::field_reassign_with_default)]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod types;

use std::fmt::Write as _;

use odata_runtime::{Expanded, Extra, Redacted, Untyped, from_slice, from_str, to_string};
use types::{Company, Employee, Party, Person, Report, Sensor, Station, WindSensor, refusal, report, rewritten};

fn untyped(json: &str) -> Untyped {
    Untyped::from_json(json).unwrap()
}

#[test]
fn keys_in_any_order_and_with_escapes() {
    let it = report(r#"{"co\u0064e":1,"id":"a","valid":true,"\u0069d":"b"}"#);
    assert_eq!((it.code, it.id.as_deref(), it.valid), (Some(1), Some("b"), Some(true)));
    assert!(it.extra.is_empty());
}

#[test]
fn w_22_undeclared_properties_are_kept_in_order() {
    let json = r#"{"id":"a","ID":null,"é":[1.50],"odd key":"x","":{}}"#;
    let it = report(json);
    let names: Vec<_> = it.extra.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["ID", "é", "odd key", ""]);
    assert!(it.extra.get("ID").unwrap().is_null());
    assert_eq!(it.extra.get("é").unwrap().as_json(), "[1.50]");
    assert_eq!(to_string(&it).unwrap(), json);
}

#[test]
fn w_22_a_declared_property_is_not_written_twice() {
    let mut it = report(r#"{"id":"a"}"#);
    it.extra.insert("id", untyped("1"));
    it.extra.insert("new", untyped("2"));
    assert_eq!(it.extra.insert("new", untyped("3")), Some(untyped("2")));
    assert_eq!(to_string(&it).unwrap(), r#"{"id":"a","new":3}"#);
    assert_eq!(it.extra.remove("new"), Some(untyped("3")));
    assert_eq!(it.extra.remove("new"), None);
}

#[test]
fn w_6_control_information_is_apart_and_written_back() {
    let json = r#"{"@odata.etag":"W/\"1\"","stations@odata.context":"x","@vendor.note":{"a":1},"id":"a"}"#;
    let it = report(json);
    assert!(it.extra.is_empty());
    assert_eq!(it.extra.control("@odata.etag").unwrap().as_json(), r#""W/\"1\"""#);
    assert_eq!(it.extra.control("stations@odata.context").unwrap().as_json(), "\"x\"");
    assert_eq!(it.extra.controls().count(), 3);
    assert_eq!(to_string(&it).unwrap(), json);
    assert_eq!(it, report(r#"{"id":"a"}"#), "control information describes a response");
}

#[test]
fn control_information_is_set_and_removed_by_its_key() {
    let mut it = report(r#"{"id":"a"}"#);
    assert_eq!(it.extra.insert("@odata.etag", untyped("\"e\"")), None);
    assert_eq!(it.extra.insert("@odata.type", untyped("\"#w.Report\"")), None);
    assert_eq!(it.extra.type_name(), Some("w.Report"));
    let written = r##"{"@odata.type":"#w.Report","@odata.etag":"e","id":"a"}"##;
    assert_eq!(to_string(&it).unwrap(), written);
    assert_eq!(it.extra.remove("@odata.type"), Some(untyped("\"#w.Report\"")));
    assert_eq!(it.extra.remove("@odata.etag"), Some(untyped("\"e\"")));
    assert_eq!(to_string(&it).unwrap(), r#"{"id":"a"}"#);
}

#[test]
fn cr_34_of_duplicates_the_last_property_and_the_first_type_stand() {
    let it = report(r##"{"@odata.type":"#a.b","x":1,"id":"a","y":0,"id":"b","x":2,"@odata.type":"#c.d"}"##);
    assert_eq!(it.id.as_deref(), Some("b"));
    assert_eq!(it.extra.len(), 2);
    assert_eq!(to_string(&it).unwrap(), r##"{"@odata.type":"#a.b","id":"b","y":0,"x":2}"##);
    assert_eq!(it.extra.type_name(), Some("a.b"));
}

#[test]
fn extra_is_one_word_and_prints_names_only() {
    assert_eq!(size_of::<Extra>(), size_of::<usize>());
    let it = report(r#"{"secret":"hunter2","@odata.etag":"hunter3"}"#);
    let shown = format!("{:?}", it.extra);
    assert_eq!(shown, r#"{"secret"}"#);
    assert!(!format!("{it:?}").contains("hunter"));
}

#[test]
fn extra_compares_undeclared_properties_and_the_type() {
    let same = |one, two| report(one).extra == report(two).extra;
    assert!(same(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#));
    assert!(!same(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":2}"#));
    assert!(!same(r#"{"a":1}"#, r#"{"a":1,"b":2}"#));
    assert!(same(r##"{"@odata.type":"#w.x"}"##, r#"{"@odata.type":"https://h/$metadata#W.X"}"#));
    assert!(!same(r##"{"@odata.type":"#w.x"}"##, "{}"));
}

#[test]
fn w_33_a_byte_order_mark_is_skipped_and_the_rest_is_not() {
    assert_eq!(from_slice::<Report>(b"\xef\xbb\xbf{\"id\":\"a\"}").unwrap(), report(r#"{"id":"a"}"#));
    assert_eq!(from_slice::<Report>(b"\xef\xbb\xbf{\"code\":true}").unwrap_err().offset(), 11);
    assert_eq!(refusal("{} x"), "malformed JSON (trailing characters) at byte 3 in $");
    for malformed in ["", " ", "{", "{\"id\"}", "{\"x\":}", "{\"id\":\"a\",}", "{\"x\":nul}", "{\"x\":01}", "{'id':1}"]
    {
        assert!(refusal(malformed).starts_with("malformed JSON"), "{malformed}");
    }
    assert_eq!(refusal("null"), "null, which cannot be held here, at byte 0 in $");
    assert_eq!(from_slice::<Report>(b"{\"id\":\"\xff\"}").unwrap_err().to_string(), "not UTF-8 at byte 7 in $");
    assert!(refusal(r#"{"x":"\ud800"}"#).contains("hex escape"), "a lone surrogate, even where it is skipped");
}

#[test]
fn w_33_nesting_stops_at_128_levels() {
    let nested = |key: &str, levels| format!("{{\"{key}\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
    for key in ["any", "unknown", "@x.y"] {
        assert!(from_str::<Report>(&nested(key, 127)).is_ok());
        assert!(refusal(&nested(key, 128)).contains("nested deeper than 128 levels"), "{key}");
    }
    let reports = |levels| format!("{}{{}}{}", "{\"previous\":".repeat(levels), "}".repeat(levels));
    assert!(from_str::<Report>(&reports(127)).is_ok());
    assert!(refusal(&reports(128)).contains("nested deeper than 128 levels"));
    let brackets_in_strings = format!("{{\"any\":\"{}\\\"\"}}", "[".repeat(400));
    assert!(from_str::<Report>(&brackets_in_strings).is_ok());
}

#[test]
fn errors_name_the_path_and_never_the_text() {
    let json = r#"{"stations":[{},{"sensors":[{"celsius":"hunter2"}]}]}"#;
    let error = from_str::<Report>(json).unwrap_err();
    assert_eq!(error.path(), "$.stations[1].sensors[0].celsius");
    assert_eq!(error.offset(), json.find("\"hunter2\"").unwrap());
    assert_eq!(error.to_string(), "not an f64 at byte 39 in $.stations[1].sensors[0].celsius");
    assert_eq!(refusal(r#"{"odd key":nope}"#), "malformed JSON (expected ident) at byte 12 in $[\"odd key\"]");
    assert_eq!(refusal(r#"{"@odata.type":1}"#), "not a string at byte 15 in $[\"@odata.type\"]");
    assert_eq!(refusal(r#"{"previous":[]}"#), "not an object at byte 12 in $.previous");
    assert_eq!(refusal(r#"{"stations":{}}"#), "not an array at byte 12 in $.stations");
}

// Derived types in a closed base.

fn sensor(json: &str) -> Sensor {
    from_str(json).unwrap()
}

/// Written as it was read.
fn kept(json: &str) {
    assert_eq!(to_string(&sensor(json)).unwrap(), json);
}

#[test]
fn w_4_types_by_every_spelling_of_their_names() {
    for name in [
        "#test.weather.windSensor",
        "test.weather.windSensor",
        "#w.windSensor",
        "#Test.Weather.WINDSENSOR",
        "https://h/v1/$metadata#test.weather.windSensor",
        "#w.\u{77}indSensor",
    ] {
        let json = format!(r#"{{"@odata.type":"{name}","label":"a","knots":1}}"#);
        assert!(matches!(sensor(&json), Sensor::Wind(it) if it.knots == Some(1)), "{name}");
        kept(&json);
    }
    assert!(matches!(sensor(r##"{"@type":"#w.windSensor"}"##), Sensor::Wind(_)));
    assert!(matches!(sensor(r##"{"@odata.type":"#w.\u0077indSensor"}"##), Sensor::Wind(_)));
}

#[test]
fn w_4_an_unknown_type_is_the_base_with_its_name() {
    let json = r##"{"@odata.type":"#test.weather.rainSensor","label":"a","knots":"many"}"##;
    let Sensor::Other(it) = sensor(json) else { panic!() };
    assert_eq!(it.extra.type_name(), Some("test.weather.rainSensor"));
    assert_eq!(it.label.as_deref(), Some("a"));
    assert_eq!(it.extra.get("knots").unwrap().as_json(), "\"many\"");
    kept(json);
    kept(r##"{"@odata.type":"#test.weather.sensor","label":"a"}"##);
}

#[test]
fn w_5_the_type_may_stand_anywhere() {
    let json = r##" { "label" : "a" , "x" : { "@odata.type" : "#no" , "y" : [ "}" ] } , "@odata.type" : "#test.weather.thermalSensor" } "##;
    assert!(matches!(sensor(json), Sensor::Thermal(it) if it.extra.len() == 1));
    let first = " \n{\t\"@odata.type\" :\r\n \"#test.weather.windSensor\" }";
    assert!(matches!(sensor(first), Sensor::Wind(_)));
}

#[test]
fn w_5_a_type_not_stated_is_inferred_and_not_written() {
    for (json, wind) in [
        (r#"{"label":"a","knots":1}"#, true),
        (r#"{"knots":1,"extra":{"celsius":1}}"#, true),
        (r#"{"label":"a"}"#, false),
        (r#"{"extra":null}"#, false),
        (r#"{"knots":1,"celsius":2.0}"#, false),
    ] {
        assert_eq!(matches!(sensor(json), Sensor::Wind(_)), wind, "{json}");
        assert_eq!(matches!(sensor(json), Sensor::Other(_)), !wind, "{json}");
        kept(json);
    }
    assert!(matches!(sensor(r#"{"knots":null}"#), Sensor::Other(_)), "nulls never decide");
    assert!(matches!(sensor(r#"{"knots":1,"celsius":null}"#), Sensor::Wind(_)));
    assert!(matches!(sensor(r#"{"@odata.type":null,"knots":1}"#), Sensor::Wind(_)));
}

#[test]
fn a_value_that_the_app_builds_states_its_type() {
    let mut wind = WindSensor::default();
    wind.knots = Some(3);
    let built = Sensor::Wind(Box::new(wind));
    let json = r##"{"@odata.type":"#test.weather.windSensor","knots":3}"##;
    assert_eq!(to_string(&built).unwrap(), json);
    assert_eq!(sensor(json), built, "nothing is remembered about a type that is stated canonically");
    let base = Sensor::Other(Box::default());
    assert_eq!(to_string(&base).unwrap(), "{}");
    let thermal = Sensor::Thermal(Box::default());
    assert_eq!(to_string(&thermal).unwrap(), r##"{"@odata.type":"#test.weather.thermalSensor"}"##);
}

#[test]
fn read_as_the_declared_type_it_states_what_it_stated() {
    for json in [r##"{"@odata.type":"#test.weather.windSensor","knots":1}"##, r#"{"knots":1}"#] {
        let it: WindSensor = from_str(json).unwrap();
        assert_eq!(to_string(&it).unwrap(), json);
    }
}

#[test]
fn a_malformed_known_type_is_an_error_not_the_base() {
    let error = from_str::<Sensor>(r##"{"@odata.type":"#w.windSensor","knots":"fast"}"##).unwrap_err();
    assert_eq!(error.to_string(), "not an i32 at byte 39 in $.knots");
    assert_eq!(from_str::<Sensor>("[]").unwrap_err().to_string(), "not an object at byte 0 in $");
    assert!(from_str::<Sensor>(r#"{"a":1,"#).is_err());
}

// Derived types behind a plain base.

const CLERK: &str = r##"{"@odata.type":"#test.weather.employee","displayName":"Ada","age":36,"badge":"7","desk":1.0}"##;

#[test]
fn a_base_is_downcast_and_upcast_without_loss() {
    let party: Party = from_str(CLERK).unwrap();
    assert_eq!(party.type_name(), Some("test.weather.employee"));
    assert!(party.is::<Employee>() && party.is::<Person>() && !party.is::<Company>());
    assert_eq!(party.downcast::<Company>().unwrap(), None);
    let clerk = party.downcast::<Employee>().unwrap().unwrap();
    assert_eq!((clerk.age, clerk.badge.as_deref()), (Some(36), Some("7")));
    assert_eq!(to_string(&clerk).unwrap(), CLERK);
    assert_eq!(Party::upcast(&clerk).unwrap(), party);
    let person = party.downcast::<Person>().unwrap().unwrap();
    assert_eq!(to_string(&Party::upcast(&person).unwrap()).unwrap().len(), CLERK.len());
}

#[test]
fn upcast_states_the_type() {
    let mut person = Person::default();
    person.age = Some(1);
    let party = Party::upcast(&person).unwrap();
    assert!(party.is::<Person>() && !party.is::<Employee>());
    assert_eq!(party.downcast::<Person>().unwrap().unwrap().age, Some(1));
}

#[test]
fn a_downcast_of_what_is_malformed_is_an_error() {
    let party: Party = from_str(r##"{"@odata.type":"#w.Person","age":"old"}"##).unwrap();
    assert_eq!(party.downcast::<Person>().unwrap_err().path(), "$.age");
    let silent: Party = from_str(r#"{"age":1}"#).unwrap();
    assert!(!silent.is::<Person>());
}

// Expanded collections.

#[test]
fn cr_33_annotations_before_and_after_the_array() {
    for json in [
        r#"{"stations":[{"name":"a"}],"stations@odata.count":7,"stations@odata.nextLink":"https://h/x?t=1"}"#,
        r#"{"stations@odata.nextLink":"https://h/x?t=1","stations@odata.count":"7","stations":[{"name":"a"}]}"#,
        r#"{"stations@count":7,"stations":[{"name":"a"}],"stations@nextLink":"https://h/x?t=1"}"#,
    ] {
        let it = report(json);
        let stations = it.stations.as_ref().unwrap();
        assert_eq!((stations.len(), stations.count()), (1, Some(7)));
        assert_eq!(stations.next_link(), Some("https://h/x?t=1"));
        assert!(!stations.is_complete());
        assert_eq!(it.extra.controls().count(), 0);
        let written =
            r#"{"stations@odata.count":7,"stations@odata.nextLink":"https://h/x?t=1","stations":[{"name":"a"}]}"#;
        assert_eq!(to_string(&it).unwrap(), written);
    }
}

#[test]
fn a_link_without_its_array_is_kept() {
    let json = r#"{"stations@odata.nextLink":"https://h/x"}"#;
    let stations = report(json).stations.unwrap();
    assert_eq!((stations.len(), stations.next_link()), (0, Some("https://h/x")));
    assert!(!stations.is_complete());
    assert_eq!(rewritten(json), json);
    assert_eq!(rewritten(r#"{"stations@odata.count":2}"#), r#"{"stations@odata.count":2}"#);
}

#[test]
fn w_7_no_link_is_the_end() {
    for json in [
        r#"{"stations":[]}"#,
        r#"{"stations":[],"stations@odata.nextLink":null}"#,
        r#"{"stations@odata.nextLink":"","stations":[]}"#,
    ] {
        assert!(report(json).stations.unwrap().is_complete(), "{json}");
    }
    assert_eq!(report(r#"{"stations@odata.nextLink":null}"#).stations, None);
    assert_eq!(
        refusal(r#"{"stations@odata.nextLink":1}"#),
        "not a string at byte 27 in $[\"stations@odata.nextLink\"]"
    );
}

#[test]
fn annotations_that_no_slot_takes_are_control_information() {
    let json = r#"{"tags@odata.count":1,"nobody@odata.nextLink":"x","stations@odata.context":"y","tags":["a"]}"#;
    assert_eq!(report(json).extra.controls().count(), 3);
    assert_eq!(rewritten(json), json);
}

#[test]
fn expanded_collections_iterate_every_way() {
    let mut it = report(r#"{"stations":[{"name":"a"},{"name":"b"}]}"#);
    let names: Vec<_> = it.stations.iter().flatten().filter_map(|it| it.name.as_deref()).collect();
    assert_eq!(names, ["a", "b"]);
    for station in it.stations.iter_mut().flatten() {
        station.name = None;
    }
    let stations = it.stations.unwrap();
    assert_eq!(stations.first(), Some(&Station::default()));
    assert_eq!(stations.into_iter().collect::<Expanded<_>>(), vec![Station::default(); 2].into());
}

#[test]
fn debug_of_a_link_leaves_the_token_out() {
    let it = report(r#"{"stations@odata.nextLink":"https://h/x?$skiptoken=hunter2"}"#);
    let shown = format!("{it:?}");
    assert!(shown.contains("https://h/x") && !shown.contains("hunter2"));
}

#[test]
fn secrets_print_stars() {
    assert_eq!(format!("{:?}", Redacted(&Some("hunter2"))), "Some(***)");
    assert_eq!(format!("{:?}", Redacted(&None::<String>)), "None");
}

// Traps of shared experience, by number.

#[test]
fn trap_07_the_first_type_wins_on_both_ways() {
    let fast = r##"{"@odata.type":"#w.windSensor","@odata.type":"#w.thermalSensor","knots":1}"##;
    let slow = r##"{"knots":1,"@odata.type":"#w.windSensor","@odata.type":"#w.thermalSensor"}"##;
    for json in [fast, slow] {
        assert!(matches!(sensor(json), Sensor::Wind(_)));
        assert_eq!(to_string(&sensor(json)).unwrap(), r##"{"@odata.type":"#w.windSensor","knots":1}"##);
    }
}

#[test]
fn trap_08_the_annotation_of_the_last_property_may_come_after_it() {
    let it: Station = from_str(r#"{"name":"a","sensors":[],"sensors@odata.nextLink":"x","name":"b"}"#).unwrap();
    assert_eq!(it.sensors.unwrap().next_link(), Some("x"));
    assert_eq!(it.name.as_deref(), Some("b"));
}

#[test]
fn trap_09_many_undeclared_properties_are_deduplicated_once() {
    let mut json = String::from("{");
    for at in 0..200_000 {
        write!(json, "\"k{}\":{at},", at % 150_000).unwrap();
    }
    json.push_str("\"id\":\"a\"}");
    let it = report(&json);
    assert_eq!(it.extra.len(), 150_000);
    let last = it.extra.iter().last().unwrap();
    assert_eq!((last.0, last.1.as_json()), ("k49999", "199999"));
    assert_eq!(it.extra.iter().next().unwrap().0, "k50000");
}
