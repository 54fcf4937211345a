//! Recordings that play.

use futures_util::StreamExt as _;
use odata_runtime::client::TransportError;
use odata_runtime::http::Method;
use odata_runtime::testing::{Exchange, Replay};

use crate::library::{files, get, record, request, send};

#[tokio::test]
async fn a_recorded_run_plays_in_any_order_and_says_what_it_missed() {
    let folder = tempfile::tempdir().unwrap();
    let body = r#"{"pin": "hush", "n": 1.0}"#;
    record(
        folder.path(),
        vec![
            (get("/v1/a"), Exchange::get("/v1/a").json(r#"{"n":1}"#).header("etag", "W/\"1\"")),
            (get("/v1/a"), Exchange::get("/v1/a").json(r#"{"n":2}"#)),
            (get("/v1/b"), Exchange::get("/v1/b").status(404).header("content-type", "text/plain").body("no\n\n b\n")),
            (request(Method::POST, "/v1/a", body), Exchange::new(Method::POST, "/v1/a").status(204)),
            (get("/v1/picture"), Exchange::get("/v1/picture").body(vec![0x89, 0xff, 0, 10, 13])),
        ],
    )
    .await;
    let replay = Replay::open(folder.path()).unwrap();
    let missed = replay.verify().unwrap_err();
    assert_eq!(missed.lines().count(), 5);
    assert!(missed.starts_with("recorded, not sent: GET /v1/a (0001-get-v1-a.exchange)\n"), "{missed}");

    let page = send(&replay, get("/v1/b")).await.unwrap();
    assert_eq!((page.status.as_u16(), page.text()), (404, "no\n\n b\n"));
    // Alike: in the order in which they were recorded. JSON comes laid out, with the same values.
    let first = send(&replay, get("/v1/a")).await.unwrap();
    assert_eq!((first.text(), &first.headers["etag"]), ("{\n  \"n\": 1\n}", &"W/\"1\"".parse().unwrap()));
    assert_eq!(send(&replay, get("/v1/a")).await.unwrap().text(), "{\n  \"n\": 2\n}");
    // What was taken out of a recorded request matches whatever is there.
    let created = send(&replay, request(Method::POST, "/v1/a", r#"{"pin":"another","n":1.0}"#)).await.unwrap();
    assert_eq!((created.status.as_u16(), created.text()), (204, ""));
    assert_eq!(send(&replay, get("/v1/picture")).await.unwrap().body, [0x89, 0xff, 0, 10, 13]);
    replay.verify().unwrap();
}

#[tokio::test]
async fn an_unexpected_request_fails_and_names_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let answered = |target: &str| (get(target), Exchange::get(target).json("{}"));
    let posted = (request(Method::POST, "/v1/a", r#"{"n":1}"#), Exchange::new(Method::POST, "/v1/a"));
    let far: Vec<_> = (0..5).map(|n| format!("/v1/far/far/away/{n}")).collect();
    let mut exchanges: Vec<_> = far.iter().map(|it| answered(it)).collect();
    exchanges.extend([posted, answered("/v1/a?$top=1"), answered("/v1/a")]);
    record(folder.path(), exchanges).await;

    let replay = Replay::open(folder.path()).unwrap();
    send(&replay, get("/v1/a")).await.unwrap();
    let error = send(&replay, get("/v1/a")).await.unwrap_err();
    assert!(!error.is_connect() && !error.is_timeout(), "it is not to be tried again: {error}");
    assert!(error.to_string().contains("GET /v1/a (0008-get-v1-a.exchange, answered already)"), "{error}");
    send(&replay, request(Method::POST, "/v1/a", r#"{"n":2}"#)).await.unwrap_err();
    let error = send(&replay, get("/v1/a?$top=2")).await.unwrap_err();
    assert!(error.to_string().contains("sent alone: $top=2"), "the error itself shows it: {error}");
    let error = send(&Replay::open(folder.path()).unwrap(), get("/v1/a?$skiptoken=k3y")).await.unwrap_err();
    assert!(!error.to_string().contains("k3y"), "{error}"); // E-4

    let told = replay.verify().unwrap_err();
    let unexpected: Vec<_> =
        told.split("sent, not recorded: ").skip(1).map(|it| it.lines().take(2).collect::<Vec<_>>()).collect();
    assert_eq!(
        unexpected,
        [
            ["GET /v1/a", "  near it: GET /v1/a (0008-get-v1-a.exchange, answered already)"],
            [
                "POST /v1/a",
                "  near it: POST /v1/a (0006-post-v1-a.exchange, with another body: recorded `\"n\": 1`, sent `\"n\": 2`)",
            ],
            [
                "GET /v1/a ? $top=2",
                "  near it: GET /v1/a ? $top=1 (0007-get-v1-a.exchange, recorded alone: $top=1; sent alone: $top=2)",
            ],
        ]
    );
    assert!(told.contains("recorded, not sent: GET /v1/a ? $top=1"));
}

#[tokio::test]
async fn faults_are_recorded_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let a = || Exchange::get("/v1/a");
    record(
        folder.path(),
        vec![
            (get("/v1/a"), a().fails(TransportError::connect("refused"))),
            (get("/v1/a"), a().fails(TransportError::timeout("after 5 s"))),
            (get("/v1/a"), a().fails(TransportError::reset("by peer"))),
            (get("/v1/a"), a().fails(TransportError::new("odd: very"))),
            (get("/v1/a"), a().json(r#"{"mail": "ann@corp.example", "x"#).broken_off(TransportError::body("reset"))),
        ],
    )
    .await;
    assert!(!files(folder.path())[4].1.contains("corp"));
    let replay = Replay::open(folder.path()).unwrap();
    let error = send(&replay, get("/v1/a")).await.unwrap_err();
    assert!(error.is_connect() && error.to_string() == "no connection: refused", "{error}");
    let error = send(&replay, get("/v1/a")).await.unwrap_err();
    assert!(error.is_timeout() && error.to_string() == "a time limit passed: after 5 s", "{error}");
    let error = send(&replay, get("/v1/a")).await.unwrap_err();
    assert!(error.is_reset() && error.to_string() == "the connection broke: by peer", "{error}");
    let error = send(&replay, get("/v1/a")).await.unwrap_err();
    assert_eq!(error.to_string(), "odd: very");
    let cut = send(&replay, get("/v1/a")).await.unwrap();
    assert!(cut.text().ends_with(r#"", "x"#), "{}", cut.text());
    assert!(cut.fault.unwrap().is_body());
    replay.verify().unwrap();
}

#[tokio::test]
async fn exchanges_are_numbered_as_they_were_begun() {
    use odata_runtime::client::Transport as _;
    use odata_runtime::testing::{InMemory, Recorder};

    let folder = tempfile::tempdir().unwrap();
    let library = InMemory::new();
    library.expect(Exchange::get("/v1/slow").body("1"));
    library.expect(Exchange::get("/v1/fast").body("2"));
    let recorder = Recorder::new(library, folder.path(), &crate::library::LIBRARY);
    let slow = recorder.send(get("/v1/slow")).await.unwrap();
    send(&recorder, get("/v1/fast")).await.unwrap();
    drop(slow);
    recorder.finish().unwrap();
    let names: Vec<_> = files(folder.path()).into_iter().map(|it| it.0).collect();
    assert_eq!(names, ["0001-get-v1-slow.exchange", "0002-get-v1-fast.exchange"]);
}

#[tokio::test]
async fn a_body_that_is_not_read_to_its_end_is_recorded_as_far_as_it_was() {
    use odata_runtime::client::Transport as _;
    use odata_runtime::testing::{InMemory, Recorder};

    let folder = tempfile::tempdir().unwrap();
    let library = InMemory::new();
    library.expect(Exchange::get("/v1/a").body("one ").body("two"));
    let recorder = Recorder::new(library, folder.path(), &crate::library::LIBRARY);
    let answer = recorder.send(get("/v1/a")).await.unwrap();
    assert_eq!(recorder.finish().unwrap().len(), 0, "it is still being read");
    let mut body = answer.into_body();
    body.next().await.unwrap().unwrap();
    drop(body);
    assert_eq!(recorder.finish().unwrap().len(), 1);
    let replay = Replay::open(folder.path()).unwrap();
    assert_eq!(send(&replay, get("/v1/a")).await.unwrap().text(), "one ");
}
