//! `serde_json` text is the wire format, for the generated types: every door of `serde_json`, structs and enums of an
//! app's own around them, exact decimals wherever text gets through, another format, and what `Debug` shows.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::print_stderr)]
#![allow(clippy::indexing_slicing)]

#[path = "serde_json_text/derived.rs"]
mod derived;
#[path = "serde_json_text/secrets.rs"]
mod secrets;
mod support;

use graph_call_records::odata_runtime::{self, Decimal, Expanded};
use graph_call_records::{CallRecord, CallType, Endpoint, PstnCallLogRow, Session};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// 28 decimal places: every digit that a Decimal holds.
const DIGITS: &str = "0.9876543210987654321098765432";

/// In the order in which it is written.
const RECORD: &str = r##"{"@odata.etag":"e","id":"r-1","endDateTime":"2031-05-06T07:08:09.1234567Z","modalities":["audio","x"],"type":"groupCall","version":9007199254740993,"organizer_v2":{"identity":{"user":{"id":"u","tomorrow":[1.5,null]}}},"participants_v2@odata.count":131,"participants_v2@odata.nextLink":"https://h/p","participants_v2":[{"id":"p"}],"sessions":[{"caller":{"@odata.type":"#microsoft.graph.callRecords.participantEndpoint","cpuCoresCount":8},"isTest":false}],"x":{"y":0.5}}"##;

fn record() -> CallRecord {
    let record: CallRecord = odata_runtime::from_str(RECORD).expect("record");
    assert_eq!(record.version, Some(9_007_199_254_740_993));
    assert!(matches!(record.sessions.as_ref().unwrap()[0].caller, Some(Endpoint::Participant(_))));
    record
}

fn row(json: &str) -> PstnCallLogRow {
    odata_runtime::from_str(json).expect("row")
}

#[test]
fn every_way_in() {
    let expected = record();
    assert_eq!(serde_json::from_str::<CallRecord>(RECORD).unwrap(), expected);
    assert_eq!(serde_json::from_slice::<CallRecord>(RECORD.as_bytes()).unwrap(), expected);
    assert_eq!(serde_json::from_reader::<_, CallRecord>(RECORD.as_bytes()).unwrap(), expected);
    let tree: serde_json::Value = serde_json::from_str(RECORD).unwrap();
    assert_eq!(serde_json::from_value::<CallRecord>(tree.clone()).unwrap(), expected);
    assert_eq!(CallRecord::deserialize(&tree).unwrap(), expected);
    let mut stream = serde_json::Deserializer::from_str("{\"id\":\"a\"} {\"id\":\"b\"}").into_iter::<CallRecord>();
    assert_eq!(stream.next().unwrap().unwrap().id.as_deref(), Some("a"));
    assert_eq!(stream.next().unwrap().unwrap().id.as_deref(), Some("b"));
    assert_eq!(serde_json::from_str::<Option<CallRecord>>("null").unwrap(), None);
    assert_eq!(serde_json::from_str::<Vec<CallType>>(r#"["groupCall"]"#).unwrap(), [CallType::GroupCall]);
}

#[test]
fn every_way_out() {
    let record = record();
    assert_eq!(odata_runtime::to_string(&record).unwrap(), RECORD);
    assert_eq!(serde_json::to_string(&record).unwrap(), RECORD);
    assert_eq!(serde_json::to_vec(&record).unwrap(), RECORD.as_bytes());
    let mut written = Vec::new();
    serde_json::to_writer(&mut written, &record).unwrap();
    assert_eq!(written, RECORD.as_bytes());
    let tree: serde_json::Value = serde_json::from_str(RECORD).unwrap();
    assert_eq!(serde_json::to_value(&record).unwrap(), tree);
    assert_eq!(serde_json::to_value(CallType::GroupCall).unwrap(), "groupCall");
}

/// Trap 4: through the caller's formatter, with raw text only at the leaves.
#[test]
fn pretty_text_indents() {
    let session =
        r#"{"id":"s","modalities":["audio"],"segments@odata.nextLink":"l","segments":[{"id":"g"}],"x":{"y": 1}}"#;
    let session: Session = odata_runtime::from_str(session).unwrap();
    let pretty = r#"{
  "id": "s",
  "modalities": [
    "audio"
  ],
  "segments@odata.nextLink": "l",
  "segments": [
    {
      "id": "g"
    }
  ],
  "x": {"y": 1}
}"#;
    assert_eq!(serde_json::to_string_pretty(&session).unwrap(), pretty);
    let mut written = Vec::new();
    serde_json::to_writer_pretty(&mut written, &session).unwrap();
    assert_eq!(written, pretty.as_bytes());
    assert_eq!(serde_json::from_str::<Session>(pretty).unwrap(), session);
}

/// A struct of an app's own.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Held {
    at: u32,
    record: CallRecord,
    rows: Vec<PstnCallLogRow>,
    sessions: Option<Expanded<Session>>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flat {
    at: u32,
    #[serde(flatten)]
    record: CallRecord,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
#[allow(clippy::large_enum_variant)]
enum Tagged {
    Record(CallRecord),
    Row { row: PstnCallLogRow },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant)]
enum Untagged {
    Number(u32),
    Record(CallRecord),
}

/// Text to value to text to value, and through a tree.
fn there_and_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(json: &str) -> T {
    let value: T = serde_json::from_str(json).unwrap();
    let written = serde_json::to_string(&value).unwrap();
    let tree: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), tree);
    assert_eq!(serde_json::from_str::<T>(&written).unwrap(), value);
    assert_eq!(serde_json::to_value(&value).unwrap(), tree);
    assert_eq!(serde_json::from_value::<T>(tree).unwrap(), value);
    value
}

#[test]
fn an_apps_own_struct_holds_a_record() {
    let json = format!(r#"{{"at":1,"record":{RECORD},"rows":[{{"charge":{DIGITS}}}],"sessions":[{{"id":"s"}}]}}"#);
    let held: Held = serde_json::from_str(&json).unwrap();
    assert_eq!(held.record, record());
    assert_eq!(held.rows[0].charge.unwrap().to_string(), DIGITS);
    assert_eq!(serde_json::to_string(&held).unwrap(), json);
}

#[test]
fn flatten_tag_and_untagged_hold_a_record() {
    let inner = RECORD.trim_start_matches('{');
    let flat: Flat = there_and_back(&format!("{{\"at\":7,{inner}"));
    assert_eq!((flat.at, flat.record), (7, record()));
    let flat: Flat = there_and_back(&format!("{},\"at\":7}}", RECORD.trim_end_matches('}').to_owned() + "}"));
    assert_eq!(flat.record, record());
    let tagged: Tagged = there_and_back(&format!("{{\"kind\":\"Record\",{inner}"));
    assert_eq!(tagged, Tagged::Record(record()));
    let untagged: Untagged = there_and_back(RECORD);
    assert_eq!(untagged, Untagged::Record(record()));
    assert_eq!(there_and_back::<Untagged>("7"), Untagged::Number(7));
}

/// Discriminators last, inside `Expanded`, undeclared: text all the way, so every digit is there (W-14).
#[test]
fn every_digit_gets_through_text() {
    const LAST: &str = r##""@odata.type":"#microsoft.graph.callRecords.participantEndpoint""##;
    let of = |json: &str| {
        assert_eq!(json.matches(DIGITS).count(), 1, "{json}");
        let record: CallRecord = serde_json::from_str(json).unwrap();
        let written = serde_json::to_string(&record).unwrap();
        assert_eq!(written.matches(DIGITS).count(), 1, "{written}");
        assert_eq!(serde_json::from_reader::<_, CallRecord>(json.as_bytes()).unwrap(), record);
        record
    };
    let endpoint = |record: &CallRecord| {
        let Some(Endpoint::Participant(it)) = record.sessions.as_ref().unwrap()[0].caller.clone() else { panic!() };
        it
    };
    let record = of(&format!(r#"{{"sessions":[{{"caller":{{"x":{DIGITS},"name":"a",{LAST}}}}}]}}"#));
    assert_eq!(endpoint(&record).extra.get("x").unwrap().decode::<Decimal>().unwrap().to_string(), DIGITS);
    let record = of(&format!(r#"{{"sessions":[{{"caller":{{"name":"a","@t.x":{DIGITS},{LAST}}}}}]}}"#));
    assert_eq!(endpoint(&record).extra.control("@t.x").unwrap().as_json(), DIGITS);
    let record = of(&format!(r#"{{"x":[{{"y":{DIGITS}}}]}}"#));
    assert_eq!(record.extra.get("x").unwrap().as_json(), format!(r#"[{{"y":{DIGITS}}}]"#));

    let charge = format!("{{\"charge\":{DIGITS}}}");
    for row in
        [serde_json::from_str(&charge).unwrap(), serde_json::from_slice(charge.as_bytes()).unwrap(), row(&charge)]
    {
        let row: PstnCallLogRow = row;
        assert_eq!(row.charge.unwrap().to_string(), DIGITS);
        assert_eq!(serde_json::to_string(&row).unwrap(), charge);
    }
    let rows: Expanded<PstnCallLogRow> = serde_json::from_str(&format!("[{charge}]")).unwrap();
    assert_eq!(rows[0].charge.unwrap().to_string(), DIGITS);
    assert_eq!(serde_json::to_string(&rows).unwrap(), format!("[{charge}]"));
}

/// A `serde_json::Value`, or serde's buffer under `flatten`, `tag` and `untagged`, has made a float of it.
#[test]
fn where_a_buffer_has_made_a_float_15_digits_are_taken_and_more_is_an_error() {
    let tagged =
        |charge: &str| serde_json::from_str::<Tagged>(&format!(r#"{{"kind":"Row","row":{{"charge":{charge}}}}}"#));
    let tree = |charge: &str| {
        let tree: serde_json::Value = serde_json::from_str(&format!("{{\"charge\":{charge}}}")).unwrap();
        serde_json::from_value::<PstnCallLogRow>(tree)
    };
    for charge in ["0.123456789012345", "-98765.4321098765", "12.5", "7"] {
        let Tagged::Row { row } = tagged(charge).unwrap() else { panic!() };
        assert_eq!(row.charge.unwrap().to_string(), charge);
        assert_eq!(tree(charge).unwrap().charge.unwrap().to_string(), charge);
    }
    for charge in ["0.1234567890123456", DIGITS] {
        let error = tagged(charge).unwrap_err().to_string();
        assert!(error.contains("not a Decimal that can be held exactly"), "{error}");
        let error = tree(charge).unwrap_err().to_string();
        assert!(error.contains("not a Decimal that can be held exactly") && error.contains("$.charge"), "{error}");
    }
    // As a string (W-13), every digit comes through a buffer too.
    let quoted = format!("\"{DIGITS}\"");
    assert_eq!(tree(&quoted).unwrap().charge.unwrap().to_string(), DIGITS);
    // And out: what a float cannot hold is refused, not rounded.
    assert!(serde_json::to_value(row(&format!("{{\"charge\":{DIGITS}}}"))).is_err());
    assert_eq!(serde_json::to_value(row(r#"{"charge":12.50}"#)).unwrap()["charge"], 12.5);
}

/// A format that is not JSON text: the right value, or an error.
#[test]
fn cbor() {
    let through = |record: &CallRecord| {
        let mut bytes = Vec::new();
        ciborium::into_writer(record, &mut bytes).unwrap();
        ciborium::from_reader::<CallRecord, _>(bytes.as_slice()).unwrap()
    };
    let record = record();
    assert_eq!(through(&record), record);
    assert_eq!(odata_runtime::to_string(&through(&record)).unwrap(), RECORD);

    let row = row(&format!(r#"{{"charge":{DIGITS},"connectionCharge":0.00,"duration":7}}"#));
    let mut bytes = Vec::new();
    ciborium::into_writer(&row, &mut bytes).unwrap();
    let back: PstnCallLogRow = ciborium::from_reader(bytes.as_slice()).unwrap();
    assert_eq!(back.charge.unwrap().to_string(), DIGITS);
    assert_eq!(back.connection_charge.unwrap().to_string(), "0.00");

    let undeclared: CallRecord = odata_runtime::from_str(&format!("{{\"x\":{DIGITS}}}")).unwrap();
    assert!(ciborium::into_writer(&undeclared, Vec::new()).is_err(), "no number of CBOR's is that one");
}

#[test]
fn errors_of_serde_json_name_the_path() {
    let json = r#"{"at":1,"record":{"sessions":[{"caller":{"userAgent":{"platform":{}}}}]},"rows":[]}"#;
    let error = serde_json::from_str::<Held>(json).unwrap_err().to_string();
    assert!(error.contains("$.sessions[0].caller.userAgent.platform"), "{error}");
    assert!(serde_json::from_str::<CallRecord>("{\"id\":\"a\"").is_err(), "cut off");
    assert!(serde_json::from_str::<CallRecord>("{} {}").is_err(), "something follows");
    assert!(serde_json::from_str::<CallRecord>("[]").is_err());
    assert!(serde_json::from_value::<CallRecord>(serde_json::Value::Null).is_err());
}
