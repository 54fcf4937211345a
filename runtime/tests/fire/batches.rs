//! Several requests in one exchange (W-29).

use std::time::Duration;

use odata_runtime::client::{Cursor, Error, StaticToken, TransportError};
use odata_runtime::testing::{Exchange, InMemory};
use odata_runtime::{Changes, Untyped};

use crate::orders::{Client, TOKEN, scripted};
use crate::timed::Timed;

const TARGET: &str = "/v1.0/$batch";

fn client(service: &InMemory) -> Client {
    Client::builder().tokens(StaticToken::new(TOKEN)).transport(service.clone()).build().unwrap()
}

fn total(value: i32) -> Changes {
    let mut changes = Changes::new();
    changes.set("total", &value);
    changes
}

/// The requests of each exchange, one line each: number, method, address, what it depends on.
fn sent(service: &InMemory) -> Vec<Vec<String>> {
    let requests = service.requests();
    let all = requests.iter().map(|request| {
        let body = Untyped::from_json(std::str::from_utf8(request.body()).unwrap()).unwrap();
        let body: Changes = body.decode().unwrap();
        let items: Vec<Changes> = body.get("requests").unwrap().decode().unwrap();
        let word = |item: &Changes, name: &str| item.get(name).map(|it| it.decode::<String>().unwrap());
        let line = |item: &Changes| {
            let [id, method, url] = ["id", "method", "url"].map(|name| word(item, name).unwrap());
            let after = item.get("dependsOn").map(|it| format!(" after {it}")).unwrap_or_default();
            format!("{id} {method} {url}{after}")
        };
        items.iter().map(line).collect()
    });
    all.collect()
}

fn answers(parts: &[&str]) -> Exchange {
    Exchange::post(TARGET).json(format!(r#"{{"responses":[{}]}}"#, parts.join(",")))
}

fn code(result: Result<impl std::fmt::Debug, Error>) -> u16 {
    result.unwrap_err().status().unwrap().as_u16()
}

#[tokio::test]
async fn w29_requests_of_every_kind_in_one_exchange() {
    let service = InMemory::new();
    service.expect(
        Exchange::post(TARGET)
            .expects_header("content-type", "application/json")
            .expects_header("accept", "application/json")
            .expects_header("authorization", format!("Bearer {TOKEN}"))
            .expects_json(
                r#"{"requests":[
                {"id":"0","method":"GET","url":"orders/a%20b?$select=id",
                 "headers":{"accept":"application/json","prefer":"include-unknown-enum-members"}},
                {"id":"1","method":"GET","url":"orders?$top=2",
                 "headers":{"accept":"application/json","prefer":"include-unknown-enum-members, odata.maxpagesize=5"}},
                {"id":"2","method":"POST","url":"orders",
                 "headers":{"accept":"application/json","prefer":"include-unknown-enum-members","content-type":"application/json"},
                 "body":{"total":7}},
                {"id":"3","method":"PATCH","url":"orders/1","dependsOn":["2"],
                 "headers":{"accept":"application/json","prefer":"include-unknown-enum-members","if-match":"W/\"1\"","content-type":"application/json"},
                 "body":{"total":8}},
                {"id":"4","method":"DELETE","url":"orders/2",
                 "headers":{"accept":"application/json","prefer":"include-unknown-enum-members"}},
                {"id":"5","method":"GET","url":"orders/shop.between(from=2026-01-01T00%3A00%3A00Z,to=2026-01-02T00%3A00%3A00Z)",
                 "headers":{"accept":"application/json","prefer":"include-unknown-enum-members"}}
                ]}"#,
            )
            // In any order (W-29).
            .json(
                r#"{"responses":[
                {"id":"4","status":204,"headers":{}},
                {"id":"1","status":200,"headers":{"Content-Type":"application/json"},"body":{"value":[{"id":"x"},{"id":"y"}],"@odata.nextLink":"https://shop.example.com/v1.0/orders?$skiptoken=t"}},
                {"id":"0","status":200,"headers":{"Content-Type":"application/json"},"body":{"id":"a b","total":12345}},
                {"id":"5","status":200,"body":{"value":[]}},
                {"id":"3","status":204,"headers":{},"body":null},
                {"id":"2","status":201,"headers":{"Content-Type":"application/json"},"body":{"id":"n","total":7}}
                ]}"#,
            ),
    );
    let client = client(&service);
    let mut batch = client.as_ref().batch();
    let one = batch.add(client.orders().by_id("a b").get().select(crate::orders::Order::ID));
    let mut list = client.orders().list();
    list.top(2);
    list.page_size(5);
    let list = batch.add(list);
    let new = batch.add(client.orders().create(&total(7)));
    let update = batch.add(client.orders().by_id("1").update(&total(8)).if_match("W/\"1\""));
    let delete = batch.add(client.orders().by_id("2").delete());
    let between = batch.add(client.orders().between("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"));
    batch.depends_on(&update, &new);
    assert_eq!(batch.len(), 6);
    let mut answers = batch.send().await.unwrap_or_else(|_| panic!("{:?}", service.requests()[0].body()));
    service.verify().unwrap();

    assert_eq!(answers.take(one).unwrap().id.as_deref(), Some("a b"));
    let page = answers.take(list).unwrap();
    assert_eq!((page.len(), page.is_last()), (2, false));
    assert_eq!(answers.take(new).unwrap().id.as_deref(), Some("n"));
    assert_eq!(answers.take(update).unwrap(), None);
    answers.take(delete).unwrap();
    assert!(answers.take(between).unwrap().is_empty());
}

#[tokio::test]
async fn w29_the_error_of_a_part_is_its_own() {
    let (client, service) = scripted(answers(&[
        r#"{"id":"0","status":403,"headers":{"Content-Type":"application/json","request-id":"r-1"},"body":{"error":{"code":"Forbidden","message":"no","innerError":{"date":"2026-11-30T00:00:00"}}}}"#,
        r#"{"id":"1","status":200,"body":{"id":"1"}}"#,
        r#"{"id":"2","status":424,"body":{"error":{"code":"FailedDependency","message":""}}}"#,
        r#"{"id":"3","status":200,"body":{"id":7}}"#,
        r#"{"id":"5","status":502,"headers":{"Content-Type":"text/html"},"body":"PGh0bWw+YmFkIGdhdGV3YXk8L2h0bWw+"}"#,
        r#"{"id":"6","status":200,"headers":{"Content-Type":"text/html"},"body":"<html>"}"#,
    ]));
    let mut batch = client.as_ref().batch();
    let get = |id: &str| client.orders().by_id(id).get();
    let parts = ["0", "1", "2", "3", "4", "5", "6"].map(|id| batch.add(get(id)));
    batch.depends_on(&parts[2], &parts[0]);
    let mut answers = batch.send().await.unwrap();
    let [forbidden, fine, held_up, odd, missing, gateway, page] = parts.map(|part| answers.take(part));
    service.verify().unwrap();

    let forbidden = forbidden.unwrap_err();
    assert!(forbidden.is_forbidden() && forbidden.has_code("forbidden"));
    assert_eq!((forbidden.request_id(), forbidden.attempts()), (Some("r-1"), 1));
    assert!(forbidden.help().is_some_and(|it| it.contains("Orders.Read")), "{forbidden}");
    assert_eq!(fine.unwrap().id.as_deref(), Some("1"));
    assert_eq!(code(held_up), 424);
    assert_eq!(odd.unwrap_err().path().as_deref(), Some("$.id"));
    assert!(missing.unwrap_err().to_string().contains("no answer to this part"));
    let gateway = gateway.unwrap_err();
    assert_eq!(gateway.status().unwrap(), 502);
    assert_eq!(gateway.body_excerpt(), Some("<html>bad gateway</html>"));
    assert!(page.unwrap_err().is_decode());
}

#[tokio::test(start_paused = true)]
async fn w29_what_is_throttled_is_asked_again_after_its_own_retry_after() {
    let timed = Timed::default();
    let throttled = |id: u8, wait: &str| {
        format!(
            r#"{{"id":"{id}","status":429,"headers":{{"Retry-After":"{wait}"}},"body":{{"error":{{"code":"TooManyRequests"}}}}}}"#
        )
    };
    let fine = |id: u8| format!(r#"{{"id":"{id}","status":200,"body":{{"id":"{id}"}}}}"#);
    let held_up = r#"{"id":"4","status":424,"body":{}}"#.to_owned();
    let list = |parts: &[String]| answers(&parts.iter().map(String::as_str).collect::<Vec<_>>());
    timed.script.expect(list(&[fine(0), throttled(1, "2"), throttled(2, "7.5"), throttled(3, "900"), held_up]));
    timed.script.expect(list(&[fine(1), throttled(2, "3"), fine(4)]));
    timed.script.expect(list(&[fine(2)]));
    let client = timed.exact_builder().build().unwrap();
    let mut batch = client.as_ref().batch();
    let parts = ["0", "1", "2", "3", "4"].map(|id| batch.add(client.orders().by_id(id).get()));
    batch.depends_on(&parts[4], &parts[1]);
    batch.depends_on(&parts[4], &parts[0]);
    let mut answers = batch.send().await.unwrap();
    timed.script.verify().unwrap();

    assert_eq!(
        sent(&timed.script),
        [
            vec![
                "0 GET orders/0",
                "1 GET orders/1",
                "2 GET orders/2",
                "3 GET orders/3",
                r#"4 GET orders/4 after ["1","0"]"#
            ],
            // What has been answered is named no more; what asks for more time than there is, is not asked for again.
            vec!["1 GET orders/1", "2 GET orders/2", r#"4 GET orders/4 after ["1"]"#],
            vec!["2 GET orders/2"],
        ]
    );
    // The longest of those that are asked again (W-29), fractions up (E-11).
    assert_eq!(timed.exact_waits(), [8.0, 3.0]);
    let [zero, one, two, three, four] = parts.map(|part| answers.take(part));
    for (at, got) in [zero, one, two, four].into_iter().zip(["0", "1", "2", "4"]).map(|(got, at)| (at, got)) {
        assert_eq!(got.unwrap().id.as_deref(), Some(at));
    }
    let three = three.unwrap_err();
    assert!(three.is_throttled());
    assert_eq!((three.retry_after().unwrap().as_secs(), three.attempts()), (900, 1));
}

#[tokio::test(start_paused = true)]
async fn w29_what_depends_on_a_failure_is_not_carried_out_later() {
    let timed = Timed::default();
    timed.script.expect(answers(&[
        r#"{"id":"0","status":403}"#,
        r#"{"id":"1","status":429}"#,
        r#"{"id":"2","status":424}"#,
        r#"{"id":"3","status":424}"#,
    ]));
    timed.script.expect(answers(&[
        r#"{"id":"1","status":200,"body":{"id":"1"}}"#,
        r#"{"id":"3","status":201,"body":{"id":"3"}}"#,
    ]));
    let client = timed.builder().build().unwrap();
    let mut batch = client.as_ref().batch();
    let [refused, throttled] = ["0", "1"].map(|id| batch.add(client.orders().by_id(id).get()));
    let [both, one] = [1, 2].map(|it| batch.add(client.orders().create(&total(it))));
    batch.depends_on(&both, &refused);
    batch.depends_on(&both, &throttled);
    batch.depends_on(&one, &throttled);
    let mut answers = batch.send().await.unwrap();
    timed.script.verify().unwrap();
    assert_eq!(sent(&timed.script)[1], ["1 GET orders/1", r#"3 POST orders after ["1"]"#]);
    assert_eq!((code(answers.take(refused)), code(answers.take(both))), (403, 424));
    assert_eq!(answers.take(throttled).unwrap().id.as_deref(), Some("1"));
    assert_eq!(answers.take(one).unwrap().id.as_deref(), Some("3"));
}

#[tokio::test(start_paused = true)]
async fn e12_a_part_is_asked_again_as_by_itself() {
    let timed = Timed::default();
    let bad = |id: u8| format!(r#"{{"id":"{id}","status":504}}"#);
    timed.script.expect(answers(&[&bad(0), &bad(1), &bad(2)]));
    timed.script.expect(answers(&[r#"{"id":"0","status":200,"body":{"id":"0"}}"#, r#"{"id":"2","status":204}"#]));
    let client = timed.builder().build().unwrap();
    let mut batch = client.as_ref().batch();
    let get = batch.add(client.orders().by_id("0").get());
    let new = batch.add(client.orders().create(&total(1)));
    let delete = batch.add(client.orders().by_id("2").delete());
    let mut answers = batch.send().await.unwrap();
    timed.script.verify().unwrap();
    assert_eq!(answers.take(get).unwrap().id.as_deref(), Some("0"));
    // Whether it was carried out nobody knows.
    assert_eq!(code(answers.take(new)), 504);
    answers.take(delete).unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_was_answered_is_not_lost_for_what_is_asked_again() {
    let timed = Timed::default();
    timed.script.expect(answers(&[r#"{"id":"0","status":200,"body":{"id":"0"}}"#, r#"{"id":"1","status":503}"#]));
    timed.script.expect(Exchange::post(TARGET).fails(TransportError::reset("cut")));
    let client = timed.builder().build().unwrap();
    let mut batch = client.as_ref().batch();
    let parts = ["0", "1"].map(|id| batch.add(client.orders().by_id(id).get()));
    let mut answers = batch.send().await.unwrap();
    timed.script.verify().unwrap();
    let [zero, one] = parts.map(|part| answers.take(part));
    assert_eq!(zero.unwrap().id.as_deref(), Some("0"));
    assert_eq!(code(one), 503);
}

#[tokio::test(start_paused = true)]
async fn e13_rounds_come_out_of_the_stock_of_retries() {
    // One retry that fails costs 14.
    for (stock, rounds) in [(Some(0), 1), (Some(13), 1), (Some(14), 2), (None, 4)] {
        let timed = Timed::default();
        for _ in 0..rounds {
            timed.script.expect(answers(&[r#"{"id":"0","status":502}"#, r#"{"id":"1","status":504}"#]));
        }
        let client = timed.builder().retry_quota(stock).build().unwrap();
        let mut batch = client.as_ref().batch();
        let parts = ["0", "1"].map(|id| batch.add(client.orders().by_id(id).get()));
        let mut answers = batch.send().await.unwrap();
        timed.script.verify().unwrap();
        for (part, status) in parts.into_iter().zip([502, 504]) {
            let error = answers.take(part).unwrap_err();
            assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (status, rounds));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_deadline_is_for_all_rounds_and_what_was_answered_stays() {
    let timed = Timed::default();
    timed.script.expect(answers(&[r#"{"id":"0","status":200,"body":{"id":"0"}}"#, r#"{"id":"1","status":503}"#]));
    timed.script.expect(answers(&[r#"{"id":"1","status":200,"body":{"id":"1"}}"#]).after(Duration::from_secs(60)));
    let client = timed.builder().deadline(Duration::from_secs(30)).build().unwrap();
    let mut batch = client.as_ref().batch();
    let parts = ["0", "1"].map(|id| batch.add(client.orders().by_id(id).get()));
    let began = tokio::time::Instant::now();
    let mut answers = batch.send().await.unwrap();
    assert!(began.elapsed() <= Duration::from_secs(30) + Duration::from_millis(1));
    let [zero, one] = parts.map(|part| answers.take(part));
    assert_eq!(zero.unwrap().id.as_deref(), Some("0"));
    assert_eq!(code(one), 503);
}

#[tokio::test]
async fn a_batch_that_gets_no_answer_is_an_error() {
    for (exchange, status) in [
        (Exchange::post(TARGET).status(400).json(r#"{"error":{"code":"BadRequest"}}"#), Some(400)),
        (Exchange::post(TARGET).json(r#"{"value":[]}"#), Some(200)),
        (Exchange::post(TARGET).json(""), Some(200)),
        (Exchange::post(TARGET).json(r#"{"responses":7}"#), Some(200)),
        (Exchange::post(TARGET).fails(TransportError::new("odd")), None),
    ] {
        let (client, service) = scripted(exchange);
        let mut batch = client.as_ref().batch();
        let _part = batch.add(client.orders().by_id("0").get());
        let error = batch.send().await.unwrap_err();
        service.verify().unwrap();
        assert_eq!(error.status().map(|it| it.as_u16()), status, "{error}");
    }
}

/// What the client refuses, and that nothing was sent.
#[tokio::test]
async fn w29_what_cannot_be_a_batch_is_refused_before_anything_is_sent() {
    let service = InMemory::new();
    let (one, other) = (client(&service), client(&service));
    let get = |id: &str| one.orders().by_id(id).get();

    let mut many = one.as_ref().batch();
    let _parts: Vec<_> = (0..21).map(|id| many.add(get(&id.to_string()))).collect();
    let mut foreign = one.as_ref().batch();
    let _part = foreign.add(other.orders().by_id("1").get());
    let mut faulty = one.as_ref().batch();
    let _parts = (faulty.add(get("1")), faulty.add(get("..")));
    let mut lacking = one.as_ref().batch();
    let _part = lacking.add(one.orders().create(&Changes::new()));
    let mut resumed = one.as_ref().batch();
    let mut list = one.orders().list();
    list.resume(Cursor::new("https://shop.example.com/v1.0/orders?$skiptoken=s3cret"));
    let _part = resumed.add(list);
    let mut backwards = one.as_ref().batch();
    let (first, second) = (backwards.add(get("1")), backwards.add(get("2")));
    backwards.depends_on(&first, &second);
    let mut itself = one.as_ref().batch();
    let part = itself.add(get("1"));
    itself.depends_on(&part, &part);
    let mut mixed = one.as_ref().batch();
    let part = mixed.add(get("1"));
    mixed.depends_on(&part, &first);

    for (batch, why) in [
        (many, "21 requests are in the batch, and the service takes 20 at once"),
        (foreign, "of another client"),
        (faulty, ".."),
        (lacking, "missing: `total`"),
        (resumed, "resumed"),
        (backwards, "added after it"),
        (itself, "added after it"),
        (mixed, "another batch"),
    ] {
        let error = batch.send().await.unwrap_err();
        assert!(error.is_refused() && error.to_string().contains(why), "{why}: {error}");
    }
    let mut answers = one.as_ref().batch().send().await.unwrap();
    assert!(answers.take(second).unwrap_err().is_refused());
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn e4_a_batch_shows_neither_keys_nor_answers() {
    let (client, _service) = scripted(answers(&[r#"{"id":"0","status":200,"body":{"id":"s3cret"}}"#]));
    let mut batch = client.as_ref().batch();
    let part = batch.add(client.orders().by_id("s3cret").get());
    let shown = format!("{batch:?} {part:?}");
    let answers = batch.send().await.unwrap();
    let shown = format!("{shown} {answers:?}");
    assert!(!shown.contains("s3cret") && shown.contains("/orders/{id}"), "{shown}");
}

#[test]
fn a_batch_may_wait_on_any_thread() {
    fn is_free<T: Send + 'static>(_: &T) {}
    let client = client(&InMemory::new());
    let mut batch = client.as_ref().batch();
    is_free(&batch.add(client.orders().by_id("0").get()));
    is_free(&batch);
    is_free(&batch.send());
}
