//! No body, token or header makes any of it panic, or comes back as something that a browser would take for a page.

use graph_call_records::CallRecord;
use graph_call_records::graph::{ChangeNotificationCollection, ChangeNotificationEncryptedContent};
use odata_runtime::bytes::Bytes;
use odata_runtime::from_str;
use odata_runtime::http::{HeaderValue, Method, Request, Response};
use odata_runtime::notifications::{ClientStates, DecryptionKeys, Incoming, MAX_TOKEN, Notification, ResourceId};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::issuer::{Issuer, TENANT, claims, header, signed_as};
use super::{is_no_page, received};

/// What a webhook would answer, and what it would go on with.
fn answered(request: &Request<Bytes>) -> (Response<Bytes>, Option<ChangeNotificationCollection>) {
    match received(request) {
        Ok(Incoming::Handshake(answer)) => (answer, None),
        Ok(Incoming::Delivery(it)) => (odata_runtime::notifications::accepted(), Some(it.collection)),
        Err(refused) => {
            let _ = format!("{refused} {refused:?}");
            (refused.response(), None)
        }
    }
}

/// Bodies: noise, JSON of any kind, and what begins like a delivery.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let words = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "null",
        "\"value\"",
        "\"resourceData\"",
        "\"@odata.type\"",
        "\"clientState\"",
        "\"s\"",
        "\"resource\"",
        "\"communications/callRecords/x\"",
        "\"encryptedContent\"",
        "\"validationTokens\"",
        "0.1",
        "\"\\ud800\"",
        "\"<script>\"",
        "1e999",
        "true",
    ]);
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        prop::collection::vec(words.clone(), 0..60).prop_map(|it| it.concat().into_bytes()),
        prop::collection::vec(words, 0..30).prop_map(|it| format!("{{\"value\":[{{{}}}]}}", it.concat()).into_bytes()),
    ]
}

proptest! {
    #[test]
    fn r9_no_request_panics_or_comes_back_as_a_page(
        method in prop::sample::select(vec![Method::POST, Method::GET]),
        query in "(validationToken=)?[ -~]{0,40}",
        media in prop::collection::vec(any::<u8>(), 0..20),
        body in bodies(),
    ) {
        let Ok(uri) = format!("https://app.example/hook?{query}").parse() else { return Ok(()) };
        let mut request: Request<Bytes> = Request::new(Bytes::from(body));
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        if let Ok(media) = HeaderValue::from_bytes(&media) {
            request.headers_mut().insert("content-type", media);
        }
        let (answer, _) = answered(&request);
        prop_assert!(is_no_page(&answer));
        prop_assert!(answer.body().len() <= MAX_TOKEN);
        prop_assert!(!answer.body().contains(&b'<'));
    }

    #[test]
    fn r9_no_body_panics_on_its_way_through(body in bodies()) {
        let request = super::post(body);
        let (_, collection) = answered(&request);
        let Some(mut collection) = collection else { return Ok(()) };
        for item in collection.value.iter().flatten() {
            if let Ok(id) = item.resource_as::<CallRecord>() {
                prop_assert_eq!(ResourceId::new(id.as_str()), Ok(id));
            }
        }
        let _ = format!("{collection:?}");
        let states = ClientStates::new(["s"]).unwrap();
        let before = collection.value.as_ref().map_or(0, Vec::len);
        let dropped = states.keep(&mut collection);
        prop_assert_eq!(before - dropped, collection.value.as_ref().map_or(0, Vec::len));
    }

    /// Whatever text is an id makes a path of one segment.
    #[test]
    fn n8_ids_are_guids_or_nothing(id in "[0-9a-fA-F-]{30,40}|\\PC{0,50}") {
        if let Ok(id) = ResourceId::<CallRecord>::new(&id) {
            prop_assert_eq!(id.as_str().len(), 36);
            prop_assert!(id.as_str().bytes().all(|it| it == b'-' || it.is_ascii_hexdigit() && !it.is_ascii_uppercase()));
        }
    }

    #[test]
    fn r10_no_content_panics_and_all_is_refused_alike(
        data in ".{0,60}",
        key in "[A-Za-z0-9+/]{0,344}={0,2}",
        signature in "[A-Za-z0-9+/]{43}=",
        certificate in "old|new|.{0,5}",
    ) {
        let keys = DecryptionKeys::new().with_pem("old", include_bytes!("data/old.pem")).unwrap();
        let content = json!({ "data": data, "dataKey": key, "dataSignature": signature, "encryptionCertificateId": certificate });
        let content: ChangeNotificationEncryptedContent = from_str(&content.to_string()).unwrap();
        prop_assert!(keys.decrypt::<CallRecord>(&content).is_err());
    }

    #[test]
    fn r10_no_token_panics(token in "\\PC{0,80}|[A-Za-z0-9_-]{0,40}\\.[A-Za-z0-9_-]{0,40}\\.[A-Za-z0-9_-]{0,40}") {
        let delivery: ChangeNotificationCollection =
            from_str(&json!({ "value": [{ "tenantId": TENANT }], "validationTokens": [token] }).to_string()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        prop_assert!(runtime.block_on(Issuer::new().validator().check(&delivery)).is_err());
    }

    /// Signed as it should be, whatever it says: only what says all of it is believed.
    #[test]
    fn r10_no_claims_panic(claim in "aud|iss|tid|appid|exp|nbf|azp", value in prop_oneof![
        Just(Value::Null), any::<bool>().prop_map(Value::from), any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from), ".{0,20}".prop_map(Value::from), Just(json!([])), Just(json!({ "a": [] })),
    ]) {
        let mut altered = claims(1, TENANT);
        altered[&claim] = value;
        let token = signed_as(&header("k1"), &altered);
        let delivery: ChangeNotificationCollection =
            from_str(&json!({ "value": [{ "tenantId": TENANT }], "validationTokens": [token] }).to_string()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let checked = runtime.block_on(Issuer::new().validator().check(&delivery));
        // `azp` is nothing that version 1 has, an `exp` may be far away, a `nbf` long ago.
        prop_assert!(checked.is_err() || ["azp", "exp", "nbf"].contains(&claim.as_str()), "{claim}");
    }
}
