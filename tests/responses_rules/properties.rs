//! W-6, W-7, W-10, W-21 to W-24, W-27, W-33 to W-35: what an object may hold, repeat and leave out.

use graph_call_records::graph::{Entity, Identity, IdentitySet, ResourceData};
use graph_call_records::odata_runtime::{from_slice, from_str, to_string};
use graph_call_records::{
    CallRecord, FeedbackTokenSet, Media, MediaStream, NetworkInfo, PstnCallLogRow, Segment, Session,
};

use super::{refused, survives};

#[test]
fn w_06_unknown_annotations_stop_nothing_and_short_names_are_known() {
    let json = r##"{"@contoso.secret":{"a":[1]},"id":"a","id@contoso.note":null,"@type":"#graph.x","modalities@odata.type":"#Collection(x)","sessions@count":3,"sessions@nextLink":"n","sessions":[]}"##;
    let record: CallRecord = survives(json);
    assert_eq!(record.id.as_deref(), Some("a"));
    assert!(record.extra.is_empty(), "none of these is an undeclared property");
    assert_eq!(record.extra.type_name(), Some("graph.x"));
    assert_eq!(record.extra.control("@contoso.secret").unwrap().as_json(), r#"{"a":[1]}"#);
    assert_eq!(record.extra.controls().count(), 3);
    let sessions = record.sessions.as_ref().unwrap();
    assert_eq!((sessions.count(), sessions.next_link()), (Some(3), Some("n")));
}

#[test]
fn w_07_only_a_link_says_that_there_is_more() {
    let sessions = |rest: &str| survives::<CallRecord>(&format!("{{\"sessions\":[]{rest}}}")).sessions.unwrap();
    assert!(
        !sessions(r#","sessions@odata.nextLink":"https://h/?$skiptoken=x""#).is_complete(),
        "empty, and more to come"
    );
    for rest in ["", r#","sessions@odata.nextLink":null"#, r#","sessions@odata.nextLink":"""#] {
        assert!(sessions(rest).is_complete(), "{rest}");
    }
    assert!(sessions(r#","sessions@odata.count":9"#).is_complete(), "a count is not a link");
}

#[test]
fn w_10_a_count_is_an_int64_and_may_be_a_string() {
    for (count, value) in [("61", 61), ("\"61\"", 61), ("9007199254740993", 9_007_199_254_740_993)] {
        let record: CallRecord = survives(&format!("{{\"sessions@odata.count\":{count},\"sessions\":[{{}}]}}"));
        let sessions = record.sessions.unwrap();
        assert_eq!((sessions.count(), sessions.len()), (Some(value), 1));
    }
    assert!(refused::<CallRecord>(r#"{"sessions@odata.count":"many","sessions":[]}"#).contains("sessions@odata.count"));
}

#[test]
fn w_21_untyped_values_keep_their_text() {
    let json = r#"{"x":[1.0, 1e2, "a\u0041", null, {"y": [[], {}]}],"y":123456789012345678901234567890.10}"#;
    let tokens: FeedbackTokenSet = survives(json);
    assert_eq!(to_string(&tokens).unwrap(), json);
    assert_eq!(tokens.extra.get("y").unwrap().as_json(), "123456789012345678901234567890.10");
    let data: ResourceData = survives(r##"{"n@odata.type":"#Int64","n":7}"##);
    assert_eq!(data.extra.get("n").unwrap().decode::<i64>().unwrap(), 7);
    assert!(data.extra.control("n@odata.type").is_some());
}

#[test]
fn w_22_undeclared_names_are_kept_with_their_nulls_and_their_case() {
    let json = r#"{"id":"a","Id":"b","ID":null,"guest":null,"größe":1.50}"#;
    let identity: Identity = survives(json);
    assert_eq!(identity.id.as_deref(), Some("a"));
    let undeclared: Vec<&str> = identity.extra.iter().map(|(name, _)| name).collect();
    assert_eq!(undeclared, ["Id", "ID", "guest", "größe"]);
    assert!(identity.extra.get("guest").unwrap().is_null());
    assert_eq!(to_string(&identity).unwrap(), json, "no name dangles");
    assert_eq!(format!("{:?}", identity.extra), r#"{"Id", "ID", "guest", "größe"}"#, "names only");
    // On types that are not open too: what a service adds tomorrow is kept.
    let row: PstnCallLogRow = survives(r#"{"id":"r","tomorrow":{"a": 1}}"#);
    assert_eq!(row.extra.len(), 1);
}

#[test]
fn w_22_of_a_repeated_property_the_last_stands() {
    let set: IdentitySet = survives(r#"{"user":{"id":"a"},"x":1,"user":{"id":"b"},"x":2}"#);
    assert_eq!(set.user.as_ref().unwrap().id.as_deref(), Some("b"));
    assert_eq!(set.extra.get("x").unwrap().as_json(), "2");
}

#[test]
fn w_23_a_stream_is_known_by_its_annotations() {
    let json =
        r#"{"id":"a","recording@odata.mediaReadLink":"https://h/r","recording@odata.mediaContentType":"audio/wav"}"#;
    let entity: Entity = survives(json);
    assert!(entity.extra.is_empty());
    assert_eq!(entity.extra.control("recording@odata.mediaReadLink").unwrap().as_json(), "\"https://h/r\"");
}

/// In a response; that a request can tell unset, null and value apart waits for the write models (issue F).
#[test]
fn w_24_absent_is_not_empty() {
    let absent: CallRecord = survives(r#"{"id":"a"}"#);
    assert!(absent.sessions.is_none() && absent.modalities.is_none());
    let empty: CallRecord = survives(r#"{"id":"a","sessions":[],"modalities":[]}"#);
    assert!(empty.sessions.as_ref().is_some_and(|it| it.is_empty()));
    assert!(empty.modalities.as_ref().is_some_and(Vec::is_empty));
    assert_ne!(absent, empty);
    let null: CallRecord = survives(r#"{"id":"a","sessions":null,"modalities":null}"#);
    assert_eq!(null, absent, "with omit-values=nulls they are one");
}

#[test]
fn w_27_an_etag_is_kept_verbatim() {
    let record: CallRecord = survives(r#"{"@odata.etag":"W/\"JzEtRU\"","id":"a"}"#);
    let etag = record.extra.control("@odata.etag").unwrap();
    assert_eq!(etag.as_json(), r#""W/\"JzEtRU\"""#);
    assert_eq!(etag.decode::<String>().unwrap(), "W/\"JzEtRU\"");
}

#[test]
fn w_33_a_byte_order_mark_is_skipped_and_no_json_is_no_value() {
    let record: CallRecord = from_slice("\u{feff}{\"id\":\"a\"}".as_bytes()).unwrap();
    assert_eq!(record.id.as_deref(), Some("a"));
    for body in
        ["", " ", "\u{feff}", "<html><body>Sign in</body></html>", "null", "[]", "\"\"", "{", "{}{}", "{\"id\":}"]
    {
        assert!(from_str::<CallRecord>(body).is_err(), "{body}");
    }
    assert!(from_slice::<CallRecord>(b"{\"id\":\"\xff\"}").is_err(), "not UTF-8");
    assert!(from_str::<CallRecord>(r#"{"id":"\ud800"}"#).is_err(), "a lone surrogate");
    let deep = |levels: usize| format!("{{\"x\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
    assert!(from_str::<CallRecord>(&deep(127)).is_ok());
    let error = from_str::<CallRecord>(&deep(128)).unwrap_err();
    assert_eq!(error.path(), "$.x", "nesting stops at 128 levels");
    assert!(from_str::<CallRecord>(&"[".repeat(1_000_000)).is_err(), "and not at the end of the stack");
}

/// A collection of what cannot be null names the item; a null collection is none.
#[test]
fn w_34_null_in_a_collection_is_named_by_its_index() {
    assert_eq!(
        refused::<CallRecord>(r#"{"modalities":["audio",null]}"#),
        "null, which cannot be held here, at byte 23 in $.modalities[1]"
    );
    assert_eq!(
        refused::<CallRecord>(r#"{"sessions":[{},{"segments":[null]}]}"#),
        "null, which cannot be held here, at byte 29 in $.sessions[1].segments[0]"
    );
    assert!(survives::<Segment>(r#"{"media":null}"#).media.is_none());
}

/// The metadata calls all of these non-nullable.
#[test]
fn w_35_every_property_may_be_left_out() {
    assert_eq!(survives::<CallRecord>("{}"), CallRecord::default());
    assert_eq!(survives::<Session>("{}"), Session::default());
    assert_eq!(survives::<NetworkInfo>("{}"), NetworkInfo::default());
    assert_eq!(survives::<MediaStream>("{}"), MediaStream::default());
    let network: NetworkInfo = survives(r#"{"connectionType":null,"wifiBand":null,"traceRouteHops":null}"#);
    assert_eq!(network, NetworkInfo::default());
}

/// R-7: an error names the place, in full.
#[test]
fn an_error_names_the_path() {
    let json = r#"{"sessions":[{},{"segments":[{"media":[{},{"streams":[{"averageJitter":"16 ms"}]}]}]}]}"#;
    let error = from_str::<CallRecord>(json).unwrap_err();
    assert_eq!(error.path(), "$.sessions[1].segments[0].media[1].streams[0].averageJitter");
    assert_eq!(error.offset(), json.find("\"16 ms\"").unwrap());
    assert!(!error.to_string().contains("16 ms"), "values may be personal data");
    assert!(from_str::<Media>(r#"{"streams":{}}"#).is_err());
}
