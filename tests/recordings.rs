//! A recording of the call records API shows none of the people, places and secrets that its answers hold, and still
//! answers the same questions.
#![allow(missing_docs, clippy::expect_used)]

use std::fs;

use graph_call_records::requests::SubscriptionCreate;
use graph_call_records::{CallRecord, Client, Session};
use odata_runtime::client::{StaticToken, Transport};
use odata_runtime::testing::{Exchange, InMemory, Recorder, Replay};

const RECORD: &str = "/v1.0/communications/callRecords/8d2f51a0-3c77-4a1e-b0f4-6e1d9c2a7b35";

const NOTIFIED: &str = "https://hush.example/graph?code=c0de9";

/// What is personal or secret has the word `hush`, or stands in `HIDDEN`.
const BODY: &str = r##"{
  "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#communications/callRecords(sessions(segments()))/$entity",
  "id": "8d2f51a0-3c77-4a1e-b0f4-6e1d9c2a7b35",
  "type": "groupCall",
  "joinWebUrl": "https://teams.example/l/meetup-join/19%3ahush/0?context=%7b%22Oid%22%3a%22c0de0001-0000-4000-8000-00000000beef%22%7d",
  "organizer": {"user": {"id": "c0de0001-0000-4000-8000-00000000beef", "displayName": "Hushabye Berg", "tenantId": "7e4a4701-0000-4000-8000-00000000beef"}},
  "organizer_v2": {"id": "c0de0001-0000-4000-8000-00000000beef", "identity": {
    "user": {"@odata.type": "#microsoft.graph.userIdentity", "id": "c0de0001-0000-4000-8000-00000000beef", "displayName": "Hushabye Berg", "userPrincipalName": "hush.berg@corp.example"}}},
  "participants_v2": [
    {"id": "c0de0002-0000-4000-8000-00000000beef", "identity": {"phone": {"id": "+49 30 901820", "displayName": "Hush Desk"}}},
    {"id": "c0de0003-0000-4000-8000-00000000beef", "identity": {"guest": {"id": "c0de0003-0000-4000-8000-00000000beef", "email": "hush@guests.example"}}},
    {"id": "c0de0004-0000-4000-8000-00000000beef", "identity": {"hologram": {"id": "c0de0005-0000-4000-8000-00000000beef", "displayName": "Hush of Mars"}}}
  ],
  "sessions": [{
    "id": "11111111-3c77-4a1e-b0f4-6e1d9c2a7b35",
    "caller": {
      "@odata.type": "#microsoft.graph.callRecords.participantEndpoint",
      "name": "HUSH-LAPTOP",
      "userAgent": {"@odata.type": "#microsoft.graph.callRecords.clientUserAgent", "headerValue": "CallSignalingAgent (27/1.0/hush.corp.example)", "platform": "windows"},
      "associatedIdentity": {"@odata.type": "#microsoft.graph.userIdentity", "id": "c0de0001-0000-4000-8000-00000000beef", "displayName": "Hushabye Berg", "userPrincipalName": "hush.berg@corp.example"},
      "feedback": {"rating": "poor", "text": "hush, this was bad"}
    },
    "segments": [{
      "id": "22222222-3c77-4a1e-b0f4-6e1d9c2a7b35",
      "media": [{"label": "main-audio",
        "callerDevice": {"captureDeviceName": "Earphones of Hush", "renderDeviceName": "Earphones of Hush", "sentSignalLevel": -12},
        "callerNetwork": {"ipAddress": "198.51.100.23", "subnet": "198.51.100.0", "reflexiveIPAddress": "203.0.113.81", "relayIPAddress": "203.0.113.9",
          "macAddress": "02-00-5E-10-AA-01", "basicServiceSetIdentifier": "02-00-5E-10-AA-02", "dnsSuffix": "hush.example", "linkSpeed": 4294967295},
        "streams": [{"streamId": "1", "averageJitter": "PT0.009S", "traceRouteHops": [{"hopCount": 1, "ipAddress": "198.51.100.1", "roundTripTime": "PT0S"}]}]
      }]
    }]
  }]
}"##;

const ROWS: &str = r#"{"value": [{
  "id": "row-1", "callId": "call_1", "userId": "c0de0001-0000-4000-8000-00000000beef", "userPrincipalName": "hush.berg@corp.example",
  "userDisplayName": "Hushabye Berg", "callerNumber": "4930901820", "calleeNumber": "+493090182*", "duration": 61, "charge": 0.30
}]}"#;

const SUBSCRIPTION: &str = r#"{
  "id": "33333333-3c77-4a1e-b0f4-6e1d9c2a7b35", "resource": "communications/callRecords", "changeType": "created",
  "notificationUrl": "https://hush.example/graph?code=c0de9", "expirationDateTime": "2026-11-26T00:00:00Z",
  "creatorId": "c0de0006-0000-4000-8000-00000000beef", "clientState": "hush-state"
}"#;

/// In lower case.
const HIDDEN: [&str; 20] = [
    "hush",
    "0000beef",
    "c0de000",
    "7e4a4701",
    "corp.example",
    "guests.example",
    "teams.example",
    "901820",
    "4930",
    "198.51.100",
    "203.0.113",
    "10-aa-01",
    "10-aa-02",
    "meetup",
    "code=c0de9",
    "earphones",
    "top-secret",
    "bearer t",
    "on mars",
    "of mars",
];

/// What a reader of a recording, and a replayed app, still needs.
const SHOWN: [&str; 10] = [
    "8d2f51a0-3c77-4a1e-b0f4-6e1d9c2a7b35",
    "groupCall",
    "11111111-3c77",
    "main-audio",
    "sentSignalLevel",
    "4294967295",
    "PT0.009S",
    "row-1",
    "0.30",
    "33333333-3c77",
];

fn client(service: impl Transport) -> Client {
    Client::builder().transport(service).tokens(StaticToken::new("top-secret")).build().expect("client")
}

/// What the app makes of it: a line a question.
async fn ask(client: Client, notified: &str) -> Vec<String> {
    let records = client.communications().call_records();
    let expand = CallRecord::SESSIONS.expand(Session::SEGMENTS);
    let record =
        records.by_id("8d2f51a0-3c77-4a1e-b0f4-6e1d9c2a7b35").get().expand(expand).send().await.expect("the record");
    let from = "2026-11-01T00:00:00Z".parse().expect("an instant");
    let to = "2026-11-02T00:00:00Z".parse().expect("an instant");
    let rows = records.get_pstn_calls(from, to).send().await.expect("the rows");
    let wanted = SubscriptionCreate::new()
        .with_change_type("created")
        .with_expiration_date_time("2026-11-26T00:00:00Z".parse().expect("an instant"))
        .with_notification_url(notified)
        .with_resource("communications/callRecords")
        .with_client_state("hush-state");
    let made = client.subscriptions().create(wanted).send().await.expect("the subscription");
    vec![
        format!("{:?} {:?}", record.id, record.sessions.as_ref().map(|it| it.len())),
        format!("{} {:?}", rows.len(), rows.first().map(|it| (it.id.clone(), it.charge))),
        format!("{:?} {:?}", made.id, made.resource),
    ]
}

#[tokio::test]
async fn a_recording_shows_nobody() {
    let service = InMemory::new();
    service.expect(Exchange::get(format!("{RECORD}?$expand=sessions($expand=segments)")).json(BODY));
    service.expect(
        Exchange::get("/v1.0/communications/callRecords/microsoft.graph.callRecords.getPstnCalls(fromDateTime=2026-11-01T00%3A00%3A00Z,toDateTime=2026-11-02T00%3A00%3A00Z)")
            .json(ROWS),
    );
    service.expect(Exchange::post("/v1.0/subscriptions").status(201).json(SUBSCRIPTION));
    let folder = tempfile::tempdir().expect("a folder");
    let recorder = Recorder::new(service.clone(), folder.path(), Client::SERVICE);
    let seen = ask(client(recorder.clone()), NOTIFIED).await;
    service.verify().expect("all of it");

    let mut whole = String::new();
    for file in recorder.finish().expect("the files") {
        whole.push_str(&file.file_name().expect("a name").to_string_lossy());
        whole.push_str(&fs::read_to_string(file).expect("a file"));
    }
    let lower = whole.to_lowercase();
    let found: Vec<_> = HIDDEN.iter().filter(|it| lower.contains(**it)).collect();
    assert!(found.is_empty(), "{found:?} in {whole}");
    let lost: Vec<_> = SHOWN.iter().filter(|it| !whole.contains(**it)).collect();
    assert!(lost.is_empty(), "{lost:?} not in {whole}");

    let replay = Replay::open(folder.path()).expect("the recording");
    // A test asks with what the recording has in its place.
    assert_eq!(ask(client(replay.clone()), &recorder.pseudonym(NOTIFIED)).await, seen);
    replay.verify().expect("all of it");
}
