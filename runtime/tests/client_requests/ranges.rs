//! Functions that take a range of time of limited length (CR-12 to CR-14).

use odata_runtime::client::{Cursor, StaticToken};
use odata_runtime::testing::{Exchange, InMemory};
use odata_runtime::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::orders::{Client, ROOT, TOKEN};
use crate::pages::{ids, page};

fn call(from: &str, to: &str) -> String {
    format!("/v1.0/orders/shop.between(from={from},to={to})").replace(':', "%3A")
}

fn client(pages: &[(String, String)]) -> (Client, InMemory) {
    let service = InMemory::new();
    for (target, json) in pages {
        service.expect(Exchange::get(target.clone()).json(json.clone()));
    }
    let tokens = StaticToken::new(TOKEN);
    (Client::builder().tokens(tokens).transport(service.clone()).retries(0).build().unwrap(), service)
}

#[tokio::test]
async fn cr14_a_range_that_is_taken_at_once() {
    // Thirty days to the nanosecond, and no time at all.
    for (from, to) in
        [("2031-01-01T00:00:00Z", "2031-01-31T00:00:00Z"), ("2031-01-01T00:00:00.5Z", "2031-01-01T00:00:00.5Z")]
    {
        let (client, service) = client(&[(call(from, to), page(&[1], r#""/v1.0/orders?$skip=1""#))]);
        service.expect(Exchange::get("/v1.0/orders?$skip=1").json(page(&[2], "null")));
        assert_eq!(ids(client.orders().between(from, to).stream()).await, (vec!["1".into(), "2".into()], None));
        service.verify().unwrap();
    }
}

#[tokio::test]
async fn cr12_what_is_too_long_or_backwards_is_refused() {
    let (client, service) = client(&[]);
    for (from, to, why) in [
        ("2031-01-31T00:00:00Z", "2031-01-01T00:00:00Z", "`to` is before `from`"),
        (
            "2031-01-01T00:00:00Z",
            "2031-01-31T00:00:00.000000001Z",
            "more than the 30 days that the service takes at once",
        ),
        ("0001-01-01T00:00:00Z", "9999-12-30T00:00:00Z", "more than the 30 days"),
    ] {
        let range = || client.orders().between(from, to);
        let errors = [
            range().send().await.unwrap_err(),
            range().pages().next().await.unwrap().unwrap_err(),
            range().stream().next().await.unwrap().unwrap_err(),
        ];
        for error in errors {
            assert!(error.is_refused() && error.to_string().contains(why), "{error}");
        }
    }
    let error = client.orders().between("2031-01-31T00:00:00Z", "2031-01-01T00:00:00Z").split().next().await.unwrap();
    assert!(error.unwrap_err().is_refused());
    assert!(service.requests().is_empty());
}

/// Serves a range in pieces of thirty days and finds out which were asked for.
async fn pieces(from: &str, to: &str) -> Vec<(Timestamp, Timestamp)> {
    let service = InMemory::new();
    let client =
        Client::builder().tokens(StaticToken::new(TOKEN)).transport(service.clone()).retries(0).build().unwrap();
    let mut asked = Vec::new();
    loop {
        // What is asked for next is answered in the next round.
        let _: Result<Vec<_>, _> = client.orders().between(from, to).split().try_collect().await;
        let Some(target) = service.requests().last().map(|request| request.uri().path().to_owned()) else {
            return vec![];
        };
        if asked.contains(&target) {
            return asked.iter().map(|target: &String| bounds(target)).collect();
        }
        asked.push(target);
        for target in &asked {
            service.expect(Exchange::get(target.clone()).json(page(&[], "null")));
        }
    }
}

fn bounds(target: &str) -> (Timestamp, Timestamp) {
    let plain = target.replace("%3A", ":");
    let inner = plain.split_once('(').unwrap().1.strip_suffix(')').unwrap();
    let (from, to) = inner.split_once(',').unwrap();
    (from.strip_prefix("from=").unwrap().parse().unwrap(), to.strip_prefix("to=").unwrap().parse().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// The pieces cover the range, meet, and none is too long or empty, save for an empty range.
    #[test]
    fn cr13_the_pieces_cover_the_range(start in 0_i64..4_000_000_000, length in 0_i64..12_000_000) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let from = Timestamp::from_second(start).unwrap();
        let to = Timestamp::from_second(start + length).unwrap();
        let pieces = runtime.block_on(pieces(&from.to_string(), &to.to_string()));
        prop_assert_eq!((pieces[0].0, pieces[pieces.len() - 1].1), (from, to));
        prop_assert!(pieces.windows(2).all(|pair| pair[0].1 == pair[1].0));
        let longest = SignedDuration::from_hours(30 * 24);
        let is_good = |(from, to): &(Timestamp, Timestamp)| to.duration_since(*from) <= longest && (from < to || length == 0);
        prop_assert!(pieces.iter().all(is_good), "{:?}", pieces);
    }
}

const FROM: &str = "2031-01-01T00:00:00Z";
const TO: &str = "2031-03-15T00:00:00Z";

/// Three pieces; what lies in the moment where two meet is in both, and the second has two pages.
fn book() -> Vec<(String, String)> {
    let next = format!("\"{ROOT}/orders?$skip=2\"");
    vec![
        (call(FROM, "2031-01-31T00:00:00Z"), page(&[1, 2, 3, 3], "null")),
        (call("2031-01-31T00:00:00Z", "2031-03-02T00:00:00Z"), page(&[3, 4], &next)),
        ("/v1.0/orders?$skip=2".to_owned(), page(&[5, 2], "null")),
        (call("2031-03-02T00:00:00Z", TO), page(&[5, 6, 1], "null")),
    ]
}

#[tokio::test]
async fn cr13_what_a_piece_has_again_is_left_out() {
    let (client, service) = client(&book());
    // 3 twice within a piece is the service's to say; 1 comes again two pieces later, which no seam explains.
    assert_eq!(
        ids(client.orders().between(FROM, TO).split()).await,
        (["1", "2", "3", "3", "4", "5", "6", "1"].map(str::to_owned).to_vec(), None)
    );
    service.verify().unwrap();
}

#[tokio::test]
async fn items_without_a_key_are_all_delivered() {
    let mut book = book();
    for (_, json) in &mut book {
        *json = json.replace("\"id\"", "\"other\"");
    }
    let (client, _) = client(&book);
    let all: Vec<_> = client.orders().between(FROM, TO).split().try_collect().await.unwrap();
    assert_eq!(all.len(), 4 + 2 + 2 + 3);
}

#[tokio::test]
async fn a_split_range_may_be_stopped_anywhere() {
    for stop in 0..8 {
        let mut items = client(&book()).0.orders().between(FROM, TO).split();
        let mut seen = Vec::new();
        for _ in 0..stop {
            seen.push(items.next().await.unwrap().unwrap().id.unwrap());
        }
        let mut range = client(&book()).0.orders().between(FROM, TO);
        range.resume(Cursor::new(items.cursor().unwrap().expose()));
        seen.extend(ids(range.split()).await.0);
        // Nothing is lost; what lies in a seam may come again.
        let mut distinct = seen.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct, ["1", "2", "3", "4", "5", "6"], "{stop}");
        assert!(stop > 0 || seen.len() == 8, "{seen:?}");
    }
}

#[tokio::test]
async fn an_error_in_the_middle_of_a_split_range() {
    let (client, service) = client(&book()[..2]);
    service.expect(Exchange::get("/v1.0/orders?$skip=2").status(404));
    let mut items = client.orders().between(FROM, TO).split();
    let mut seen = 0;
    let error = loop {
        match items.next().await.unwrap() {
            Ok(_) => seen += 1,
            Err(error) => break error,
        }
    };
    assert_eq!((seen, error.page(), error.is_not_found()), (5, Some(3), true));
    assert!(items.cursor().is_some() && items.next().await.is_none());
}
