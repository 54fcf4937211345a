//! The limits of call records that Microsoft publishes (CR-19), as the generated client keeps to them. The clock is the
//! test's.
#![allow(missing_docs, clippy::expect_used)]

use graph_call_records::Client;
use odata_runtime::client::{Builder, Counted, StaticToken};
use odata_runtime::testing::{Exchange, InMemory};
use tokio::time::Instant;

const RECORDS: &str = "/v1.0/communications/callRecords";

fn builder(service: &InMemory) -> Builder<Client> {
    Client::builder().transport(service.clone()).tokens(StaticToken::new("t"))
}

/// How long it takes to ask for one record so often.
async fn time_of(builder: Builder<Client>, service: &InMemory, count: usize) -> u64 {
    let client = builder.build().expect("client");
    let began = Instant::now();
    for _ in 0..count {
        service.expect(Exchange::get(format!("{RECORDS}/1")).json("{}"));
        client.communications().call_records().by_id("1").get().send().await.expect("record");
    }
    began.elapsed().as_secs()
}

#[test]
fn cr19_the_limits_are_those_that_are_published() {
    let all: Vec<_> =
        Client::SERVICE.limits.iter().map(|it| (it.requests, it.period.as_secs(), it.path, it.counted)).collect();
    let (records, record) = ("/communications/callRecords", "/communications/callRecords/{id}");
    assert_eq!(
        all,
        [
            (1_500, 20, Some(records), Counted::All),
            (10, 20, Some(record), Counted::FirstPages),
            (50, 300, Some(record), Counted::LaterPages),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn cr19_a_record_is_asked_for_ten_times_in_20_seconds() {
    let service = InMemory::new();
    assert_eq!(time_of(builder(&service), &service, 10).await, 0);
    assert_eq!(time_of(builder(&service), &service, 21).await, 40);
    assert_eq!(time_of(builder(&service).limits(false), &service, 21).await, 0);
}

/// Whatever the links look like, and from whichever list: 100 later pages of sessions take a wait of 5 minutes.
#[tokio::test(start_paused = true)]
async fn cr19_later_pages_of_a_record_count_for_themselves() {
    let service = InMemory::new();
    let link = |page: usize| format!("{RECORDS}('1')/sessions?$skiptoken={page}");
    for page in 0..=100 {
        let target = if page == 0 { format!("{RECORDS}/1/sessions") } else { link(page) };
        let next = format!(r#","@odata.nextLink":"https://graph.microsoft.com{}""#, link(page + 1));
        let next = if page == 100 { String::new() } else { next };
        service.expect(Exchange::get(target).json(format!(r#"{{"value":[{{"id":"{page}"}}]{next}}}"#)));
    }
    let client = builder(&service).build().expect("client");
    let began = Instant::now();
    let mut sessions = client.communications().call_records().by_id("1").sessions().list().stream();
    let mut count = 0;
    while let Some(session) = sessions.next().await {
        session.expect("session");
        count += 1;
    }
    assert_eq!((count, began.elapsed().as_secs()), (101, 300));
}
