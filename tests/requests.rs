//! Requests on the wire: method, URL, headers, body, and what comes of the answer.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use graph_call_records::requests::GetCallRecord;
use graph_call_records::{CallRecord, CallType, Client, Endpoint, Error, Participant, Segment, Session};
use odata_runtime::client::StaticToken;
use odata_runtime::http::Method;
use odata_runtime::testing::{Exchange, InMemory};

const ID: &str = "3f0c4d5e-8a51-4c1e-9d2b-6f3f2b1a7c90";

fn client(service: &InMemory) -> Client {
    Client::builder().transport(service.clone()).tokens(StaticToken::new("secret-token")).build().expect("client")
}

fn get(client: &Client) -> GetCallRecord {
    client.communications().call_records().by_id(ID).get()
}

#[tokio::test]
async fn a_record_by_id_with_select_and_nested_expand() {
    let service = InMemory::new();
    let query = "$select=id,type,startDateTime&$expand=sessions($select=id,caller;$expand=segments),participants_v2";
    service.expect(
        Exchange::get(format!("/v1.0/communications/callRecords/{ID}?{query}"))
            .header("request-id", "b2b6")
            .json(include_str!("responses/one-record.json")),
    );

    let record = get(&client(&service))
        .select((CallRecord::ID, CallRecord::TYPE))
        .select(CallRecord::START_DATE_TIME)
        .expand(CallRecord::SESSIONS.select((Session::ID, Session::CALLER)).expand(Session::SEGMENTS))
        .expand(CallRecord::PARTICIPANTS_V2)
        .send()
        .await
        .expect("record");

    service.verify().expect("exactly this request");
    let requests = service.requests();
    let [request] = requests.as_slice() else { panic!("one request, not {}", requests.len()) };
    assert_eq!(request.method(), Method::GET);
    assert_eq!(
        request.uri().to_string(),
        format!("https://graph.microsoft.com/v1.0/communications/callRecords/{ID}?{query}")
    );
    let header = |name: &str| request.headers().get(name).map(|it| it.to_str().expect("ASCII"));
    assert_eq!(header("authorization"), Some("Bearer secret-token"));
    assert_eq!(header("accept"), Some("application/json"));
    assert_eq!(header("prefer"), Some("include-unknown-enum-members"), "W-2");
    assert_eq!(header("client-request-id").map(str::len), Some(36), "E-5");
    assert!(request.body().is_empty());

    assert_eq!(record.r#type, Some(CallType::GroupCall));
    let callers: Vec<&str> = record
        .sessions
        .iter()
        .flatten()
        .filter_map(|session| match &session.caller {
            Some(Endpoint::Participant(it)) => it.associated_identity.as_ref()?.user_principal_name.as_deref(),
            _ => None,
        })
        .collect();
    assert_eq!(callers, ["grace@contoso.example"]);
    assert!(!record.sessions.expect("sessions").is_complete());
}

#[tokio::test]
async fn without_options_there_is_no_query() {
    let service = InMemory::new();
    service.expect(Exchange::get(format!("/v1.0/communications/callRecords/{ID}")).json("{}"));
    let record = get(&client(&service)).send().await.expect("record");
    service.verify().expect("exactly this request");
    assert_eq!(record, CallRecord::default());
}

#[tokio::test]
async fn an_error_answers_questions() {
    let service = InMemory::new();
    let body = r#"{"error": {"code": "Forbidden", "message": "not allowed", "innerError":
        {"date": "2026-03-04T08:15:30", "request-id": "5a1c", "client-request-id": "77"}}}"#;
    service.expect(Exchange::get(format!("/v1.0/communications/callRecords/{ID}")).status(403).json(body));
    let error = get(&client(&service)).send().await.expect_err("refused");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(403));
    assert_eq!(error.code(), Some("Forbidden"));
    assert_eq!(error.request_id(), Some("5a1c"));
    let help = error.help().expect("help");
    assert!(help.contains("CallRecords.Read.All"), "{help}");
    assert!(!format!("{error} {error:?}").contains("secret-token"));
}

#[tokio::test]
async fn a_record_that_is_gone_is_not_found() {
    let service = InMemory::new();
    let body = r#"{"error": {"code": "NotFound", "message": ""}}"#;
    service.expect(Exchange::get(format!("/v1.0/communications/callRecords/{ID}")).status(404).json(body));
    let error: Error = get(&client(&service)).send().await.expect_err("gone");
    assert!(error.is_not_found());
}

/// W-31: an empty id would be the whole collection, a dot segment something else altogether.
#[tokio::test]
async fn w_31_empty_ids_and_dot_segments_are_refused_before_anything_is_sent() {
    for id in ["", ".", ".."] {
        let service = InMemory::new();
        let request = client(&service).communications().call_records().by_id(id).get();
        let error = request.send().await.expect_err("refused");
        assert!(error.status().is_none());
        assert!(service.requests().is_empty(), "{id:?} was sent");
    }
}

/// W-31: whatever stands in an id, it stays one segment of the path.
#[tokio::test]
async fn w_31_an_id_is_one_segment() {
    let service = InMemory::new();
    service.expect(Exchange::get("/v1.0/communications/callRecords/a%2Fb%3Fc%23d%20e%3A%40%25f").json("{}"));
    client(&service).communications().call_records().by_id("a/b?c#d e:@%f").get().send().await.expect("sent");
    service.verify().expect("exactly this request");
}

/// Requests own what they need: a task may take them along.
#[test]
fn requests_and_clients_can_be_sent_anywhere() {
    fn anywhere<T: Send + 'static>(_: &T) {}
    fn unpin<T: Unpin>(_: &T) {}
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    let client = client(&InMemory::new());
    shared(&client);
    let request = get(&client).expand((CallRecord::SESSIONS.expand(Session::SEGMENTS), CallRecord::ORGANIZER_V2));
    shared(&request);
    unpin(&request);
    anywhere(&request.send());
    let _ = (Participant::IDENTITY.name(), Segment::MEDIA.name());
}
