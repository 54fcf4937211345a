//! R-13, E-4: `Debug` shows no secret and no value that a type does not declare.

use graph_call_records::CallRecord;
use graph_call_records::graph::{ChangeNotificationCollection, Subscription};

const SECRET: &str = "c2VjcmV0LXZhbHVl";

/// What `{:?}` and `{:#?}` show, none of which is the secret.
fn shown(value: &impl std::fmt::Debug) -> String {
    let shown = format!("{value:?}{value:#?}");
    assert!(!shown.contains(SECRET), "{shown}");
    shown
}

#[test]
fn a_subscription_shows_no_secret() {
    let json =
        format!(r#"{{"id":"sub-1","clientState":"{SECRET}","encryptionCertificate":"{SECRET}","later":"{SECRET}"}}"#);
    let subscription: Subscription = serde_json::from_str(&json).unwrap();
    assert_eq!(subscription.client_state.as_deref(), Some(SECRET), "an app reads it all the same");
    assert_eq!(serde_json::to_string(&subscription).unwrap(), json, "and writes it");
    let shown = shown(&subscription);
    assert!(shown.contains("sub-1") && shown.contains("client_state: Some(***)"), "{shown}");
    assert!(shown.contains("\"later\""), "names of undeclared properties are shown: {shown}");
    let empty: Subscription = serde_json::from_str("{}").unwrap();
    assert!(format!("{empty:?}").contains("client_state: None"));
}

#[test]
fn a_notification_shows_no_secret() {
    let json = format!(
        r##"{{"validationTokens":["{SECRET}","{SECRET}"],"value":[{{"clientState":"{SECRET}","encryptedContent":{{"data":"{SECRET}","dataKey":"{SECRET}","dataSignature":"{SECRET}","encryptionCertificateId":"cert-1"}},"resourceData":{{"@odata.type":"#x","id":"{SECRET}"}}}}]}}"##
    );
    let notifications: ChangeNotificationCollection = serde_json::from_str(&json).unwrap();
    let shown = shown(&notifications);
    assert!(shown.contains("cert-1") && shown.contains("Some(***)"), "{shown}");
}

#[test]
fn undeclared_properties_control_information_and_links_show_no_value() {
    let json = format!(
        r#"{{"id":"r","x":"{SECRET}","y":{{"{SECRET}":1}},"@odata.etag":"{SECRET}","sessions":[],"sessions@odata.nextLink":"https://h/s?$skiptoken={SECRET}"}}"#
    );
    let record: CallRecord = serde_json::from_str(&json).unwrap();
    let shown = shown(&record);
    assert!(shown.contains(r#"{"x", "y"}"#), "{shown}");
    shown_one(&record);
}

/// The kept text by itself.
fn shown_one(record: &CallRecord) {
    for (_, value) in record.extra.iter().chain(record.extra.controls()) {
        shown(value);
    }
}

#[test]
fn errors_quote_nothing() {
    for json in [
        format!(r#"{{"expirationDateTime":"{SECRET}"}}"#),
        format!(r#"{{"includeResourceData":"{SECRET}"}}"#),
        format!(r#"{{"x":"{SECRET}"#),
    ] {
        let error = serde_json::from_str::<Subscription>(&json).unwrap_err();
        assert!(!format!("{error} {error:?}").contains(SECRET), "{error}");
    }
}
