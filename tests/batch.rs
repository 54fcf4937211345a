//! Several requests of the call records API in one exchange (W-29), and what a recording of it shows.
#![allow(missing_docs, clippy::expect_used)]

use graph_call_records::{CallRecord, Client, Session};
use odata_runtime::client::{StaticToken, Transport};
use odata_runtime::testing::{Exchange, InMemory, Recorder, Replay};

const ONE: &str = "8d2f51a0-3c77-4a1e-b0f4-6e1d9c2a7b35";
const TWO: &str = "1b7e6c90-5a1d-4c3e-8f20-94d7a6b3c811";

fn client(service: impl Transport) -> Client {
    Client::builder().transport(service).tokens(StaticToken::new("a token")).build().expect("client")
}

/// A record with its segments, the sessions of another one, which is gone, and the PSTN calls of a day.
async fn ask(client: &Client) -> Vec<String> {
    let records = client.communications().call_records();
    let (from, to) = ("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z");
    let mut batch = client.batch();
    let one = batch.add(records.by_id(ONE).get().expand(CallRecord::SESSIONS.expand(Session::SEGMENTS)));
    let two = batch.add(records.by_id(TWO).sessions().list().page_size(10));
    let rows = batch.add(records.get_pstn_calls(from.parse().expect("a time"), to.parse().expect("a time")));
    let mut answers = batch.send().await.expect("the answers");
    let one = answers.take(one).expect("a record");
    let two = answers.take(two).expect_err("it is gone");
    let rows = answers.take(rows).expect("rows");
    vec![
        format!("{:?} {:?}", one.id, one.sessions.map(|it| it.len())),
        format!("{} {}", two.is_not_found(), two.help().is_some()),
        format!("{} {:?}", rows.len(), rows.first().map(|it| it.duration)),
    ]
}

const REQUESTS: &str = r#"{"requests":[
  {"id":"0","method":"GET","url":"communications/callRecords/8d2f51a0-3c77-4a1e-b0f4-6e1d9c2a7b35?$expand=sessions($expand=segments)",
   "headers":{"accept":"application/json","prefer":"include-unknown-enum-members"}},
  {"id":"1","method":"GET","url":"communications/callRecords/1b7e6c90-5a1d-4c3e-8f20-94d7a6b3c811/sessions",
   "headers":{"accept":"application/json","prefer":"include-unknown-enum-members, odata.maxpagesize=10"}},
  {"id":"2","method":"GET","url":"communications/callRecords/microsoft.graph.callRecords.getPstnCalls(fromDateTime=2026-11-01T00%3A00%3A00Z,toDateTime=2026-11-02T00%3A00%3A00Z)",
   "headers":{"accept":"application/json","prefer":"include-unknown-enum-members"}}
]}"#;

const RESPONSES: &str = r##"{"responses":[
  {"id":"2","status":200,"headers":{"Content-Type":"application/json"},"body":{"@odata.count":1,"value":[
    {"id":"row-1","duration":61,"userPrincipalName":"hush.berg@corp.example","callerNumber":"+4930901820"}]}},
  {"id":"1","status":404,"headers":{"Content-Type":"application/json","request-id":"r-1"},"body":{"error":{"code":"NotFound","message":"gone"}}},
  {"id":"0","status":200,"headers":{"Content-Type":"application/json"},"body":{"id":"8d2f51a0-3c77-4a1e-b0f4-6e1d9c2a7b35","sessions":[
    {"id":"s-1","caller":{"@odata.type":"#microsoft.graph.callRecords.participantEndpoint","name":"HUSH-LAPTOP"}}]}}
]}"##;

#[tokio::test]
async fn w29_a_batch_of_call_records_and_a_recording_of_it() {
    let service = InMemory::new();
    service.expect(Exchange::post("/v1.0/$batch").expects_json(REQUESTS).json(RESPONSES));
    let folder = tempfile::tempdir().expect("a folder");
    let recorder = Recorder::new(service.clone(), folder.path(), Client::SERVICE);
    let seen = ask(&client(recorder.clone())).await;
    service.verify().expect("all of it");
    assert_eq!(seen, [format!("Some({ONE:?}) Some(1)"), "true true".to_owned(), "1 Some(Some(61))".to_owned()]);

    let files = recorder.finish().expect("the files");
    let text: String = files.iter().map(|it| std::fs::read_to_string(it).expect("a file")).collect();
    for hidden in ["hush", "HUSH", "901820", "corp.example"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    let replay = Replay::open(folder.path()).expect("the recording");
    assert_eq!(ask(&client(replay.clone())).await, seen);
    replay.verify().expect("all of it");
}
