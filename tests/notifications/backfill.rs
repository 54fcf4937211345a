//! What no notification told of (N-10).

use graph_call_records::CallRecord;
use odata_runtime::Timestamp;
use odata_runtime::testing::{Exchange, InMemory};

use crate::clock::client;

const LIST: &str = "/v1.0/communications/callRecords";
const ONE: &str = "0aa4e0a3-0000-4000-8000-000000000001";
const TWO: &str = "0aa4e0a3-0000-4000-8000-000000000002";

fn record(id: &str, version: u32, start: &str) -> String {
    format!(r#"{{"id":"{id}","version":{version},"startDateTime":"{start}"}}"#)
}

fn page(target: impl Into<String>, items: &[String], more: &str) -> Exchange {
    Exchange::get(target).json(format!(r#"{{"value":[{}]{more}}}"#, items.join(",")))
}

fn since(text: &str) -> String {
    format!("{LIST}?$filter=startDateTime%20ge%20{}", text.replace(':', "%3A"))
}

/// N-7, CR-17: a list shifts while it is read. What comes again is new only in a higher version.
#[tokio::test(start_paused = true)]
async fn n10_all_since_then_once_and_in_the_newest_version() {
    let service = InMemory::in_order();
    let (early, late) = ("2031-04-20T08:00:00Z", "2031-04-20T09:00:00Z");
    let link = format!(r#","@odata.nextLink":"https://graph.microsoft.com{LIST}?$skiptoken=2""#);
    service.expect(page(since("2031-04-20T07:00:00Z"), &[record(ONE, 1, early), record(TWO, 3, late)], &link));
    let again = [record(&TWO.to_uppercase(), 3, late), record(ONE, 2, early), record(TWO, 2, late)];
    service.expect(page(format!("{LIST}?$skiptoken=2"), &again, ""));
    let mut missed = client(&service, 0.0).backfill::<CallRecord>("2031-04-20T07:00:00Z".parse().unwrap());
    let mut came = Vec::new();
    while let Some(record) = missed.next().await {
        let record = record.unwrap();
        let shown = format!("{missed:?}");
        assert!(shown.contains("2031-04-20T07:00:00Z") && !shown.contains("skiptoken"), "E-4: {shown}");
        came.push((record.id.unwrap(), record.version.unwrap()));
    }
    assert_eq!(came, [(ONE.to_owned(), 1), (TWO.to_owned(), 3), (ONE.to_owned(), 2)]);
    assert_eq!(missed.latest(), Some(late.parse().unwrap()));
    assert!(!missed.is_cut());
    service.verify().unwrap();
}

/// CR-11: a record is kept for 30 days; the clock stands at the first of May.
#[tokio::test(start_paused = true)]
async fn cr11_it_goes_no_further_back_than_records_are_kept() {
    let service = InMemory::in_order();
    service.expect(page(since("2031-04-01T00:01:00Z"), &[], ""));
    let mut missed = client(&service, 0.0).backfill::<CallRecord>(Timestamp::MIN);
    assert!(missed.is_cut());
    assert_eq!(missed.from().to_string(), "2031-04-01T00:01:00Z");
    assert!(missed.next().await.is_none());
    assert_eq!(missed.latest(), None);
    service.verify().unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_error_comes_out_and_ends_it() {
    let service = InMemory::in_order();
    service.expect(Exchange::get(since("2031-04-20T07:00:00Z")).status(403).json(r#"{"error":{"code":"Forbidden"}}"#));
    let mut missed = client(&service, 0.0).backfill::<CallRecord>("2031-04-20T07:00:00Z".parse().unwrap());
    assert!(missed.next().await.unwrap().unwrap_err().is_forbidden());
    assert!(missed.next().await.is_none());
}

/// The limit of the service, 1,500 requests in 20 seconds, holds for the pages of a backfill too.
#[tokio::test(start_paused = true)]
async fn it_stays_inside_the_limits_of_the_client() {
    let service = InMemory::in_order();
    let link = |page: u32| format!(r#","@odata.nextLink":"https://graph.microsoft.com{LIST}?$skiptoken={page}""#);
    service.expect(page(since("2031-04-20T07:00:00Z"), &[], &link(1)));
    for number in 1..1_500 {
        service.expect(page(format!("{LIST}?$skiptoken={number}"), &[], &link(number + 1)));
    }
    service.expect(page(format!("{LIST}?$skiptoken=1500"), &[], ""));
    let began = tokio::time::Instant::now();
    let mut missed = client(&service, 0.0).backfill::<CallRecord>("2031-04-20T07:00:00Z".parse().unwrap());
    assert!(missed.next().await.is_none());
    assert!(began.elapsed().as_secs() >= 19, "one more than fits: {:?}", began.elapsed());
    service.verify().unwrap();
}
