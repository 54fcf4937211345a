//! A meeting with more sessions than one answer holds: all of them arrive, by either way (W-7, CR-1, CR-3).
#![allow(missing_docs, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use graph_call_records::{CallRecord, Client, Session};
use odata_runtime::client::{StaticToken, Transport};
use odata_runtime::testing::{Exchange, InMemory, Recorder, Replay};

const RECORD: &str = "/v1.0/communications/callRecords/3f0c4d5e-8a51-4c1e-9d2b-6f3f2b1a7c90";
/// As many as the service sends at once.
const PAGE: usize = 60;

fn client(service: impl Transport) -> Client {
    Client::builder().transport(service).tokens(StaticToken::new("t")).build().expect("client")
}

fn link(from: usize) -> String {
    format!("https://graph.microsoft.com{RECORD}/sessions?$skiptoken=from{from}")
}

/// The sessions of one page.
fn page(from: usize, count: usize) -> String {
    let sessions = (from..count.min(from + PAGE)).map(|at| format!(r#"{{"id":"{at}","isTest":false}}"#));
    sessions.collect::<Vec<_>>().join(",")
}

/// The pages from the first one that is asked for by a link.
fn expect_pages(service: &InMemory, first: usize, count: usize) {
    for from in (first..count).step_by(PAGE) {
        let mut body = format!(r#"{{"value":[{}]"#, page(from, count));
        if from + PAGE < count {
            let _infallible = write!(body, r#","@odata.nextLink":"{}""#, link(from + PAGE));
        }
        body.push('}');
        let target = if from == 0 {
            format!("{RECORD}/sessions")
        } else {
            link(from).replacen("https://graph.microsoft.com", "", 1)
        };
        service.expect(Exchange::get(target).json(body));
    }
}

fn all_are_there(sessions: &[Session], count: usize) {
    let ids: BTreeSet<usize> = sessions.iter().filter_map(|it| it.id.as_deref()?.parse().ok()).collect();
    assert_eq!(sessions.len(), count, "each once");
    assert_eq!(ids, (0..count).collect());
}

/// The sessions that come with the record, and then the rest.
async fn expanded(client: Client) -> Vec<Session> {
    let id = RECORD.rsplit('/').next().expect("the id");
    let record = client.communications().call_records().by_id(id).get().expand(CallRecord::SESSIONS).send().await;
    let sessions = record.expect("the record").sessions.expect("sessions");
    assert!(!sessions.is_complete());
    let sessions = sessions.all(&client).await.expect("the other pages");
    assert!(sessions.is_complete());
    sessions.into_iter().collect()
}

/// The list of sessions, one by one.
async fn streamed(client: Client) -> Vec<Session> {
    let id = RECORD.rsplit('/').next().expect("the id");
    let mut stream = client.communications().call_records().by_id(id).sessions().list().stream();
    let mut sessions = Vec::new();
    while let Some(session) = stream.next().await {
        sessions.push(session.expect("a session"));
    }
    sessions
}

/// From a service, and from the recording of it.
async fn recorded<F: Future<Output = Vec<Session>>>(service: InMemory, count: usize, ask: impl Fn(Client) -> F) {
    let folder = tempfile::tempdir().expect("a folder");
    let recorder = Recorder::new(service.clone(), folder.path(), Client::SERVICE);
    all_are_there(&ask(client(recorder.clone())).await, count);
    service.verify().expect("each page once");
    recorder.finish().expect("the files");
    let replay = Replay::open(folder.path()).expect("the recording");
    all_are_there(&ask(client(replay.clone())).await, count);
    replay.verify().expect("each page once");
}

async fn all_arrive(count: usize) {
    let service = InMemory::new();
    let record = format!(r#"{{"id":"r","sessions@odata.nextLink":"{}","sessions":[{}]}}"#, link(PAGE), page(0, count));
    service.expect(Exchange::get(format!("{RECORD}?$expand=sessions")).json(record));
    expect_pages(&service, PAGE, count);
    recorded(service, count, expanded).await;

    let service = InMemory::new();
    expect_pages(&service, 0, count);
    recorded(service, count, streamed).await;
}

#[tokio::test]
async fn sixty_one_sessions() {
    all_arrive(61).await;
}

#[tokio::test]
async fn five_hundred_sessions() {
    all_arrive(500).await;
}
