//! Expanded collections that came cut short.

use odata_runtime::testing::Exchange;

use crate::orders::{Line, Order, ROOT, answer, scripted};
use crate::pages::link;

fn order(link: &str) -> String {
    format!(
        r#"{{"id": "1", "lines@odata.count": 4, "lines@odata.nextLink": {link}, "lines": [{{"price": 1}}, {{"price": 2}}]}}"#
    )
}

fn prices(lines: &[Line]) -> Vec<i32> {
    lines.iter().map(|line| line.price.unwrap()).collect()
}

#[tokio::test]
async fn the_stream_continues_and_all_completes() {
    for is_stream in [true, false] {
        let (client, service) = scripted(answer(200).json(order(&link("a"))));
        service.expect(
            Exchange::get("/v1.0/orders?$skiptoken=a")
                .json(format!(r#"{{"value": [{{"price": 3}}], "@odata.nextLink": "{ROOT}/orders?$skiptoken=b"}}"#)),
        );
        service.expect(Exchange::get("/v1.0/orders?$skiptoken=b").json(r#"{"value": [{"price": 4}]}"#));
        let order: Order = client.orders().by_id("1").get().send().await.unwrap();
        let lines = order.lines.unwrap();
        assert!(!lines.is_complete());
        let all = if is_stream {
            let mut stream = lines.stream(&client);
            assert_eq!(stream.next().await.unwrap().unwrap().price, Some(1));
            assert_eq!(service.requests().len(), 1, "nothing is asked before what came is taken");
            let mut all = vec![Line { price: Some(1), ..Line::default() }];
            all.extend(stream.try_collect::<Vec<_>>().await.unwrap());
            all
        } else {
            let all = lines.all(&client).await.unwrap();
            assert!(all.is_complete() && all.count() == Some(4));
            all.into_items()
        };
        assert_eq!(prices(&all), [1, 2, 3, 4]);
        service.verify().unwrap();
    }
}

#[tokio::test]
async fn what_is_complete_asks_for_nothing() {
    let (client, service) = scripted(answer(200).json(order("null")));
    let lines = client.orders().by_id("1").get().send().await.unwrap().lines.unwrap();
    assert_eq!(prices(&lines.clone().all(&client).await.unwrap()), [1, 2]);
    assert_eq!(prices(&lines.stream(client).try_collect::<Vec<_>>().await.unwrap()), [1, 2]);
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test]
async fn an_error_comes_after_what_came() {
    let (client, service) = scripted(answer(200).json(order(&link("a"))));
    service.expect(Exchange::get("/v1.0/orders?$skiptoken=a").status(403));
    let lines = client.orders().by_id("1").get().send().await.unwrap().lines.unwrap();
    let mut stream = lines.clone().stream(&client);
    assert!(stream.next().await.unwrap().is_ok() && stream.next().await.unwrap().is_ok());
    let error = stream.next().await.unwrap().unwrap_err();
    assert!(error.is_forbidden() && error.page() == Some(1));
    let shown = format!("403 Forbidden, on page 1, {ROOT}/orders (");
    assert!(error.to_string().starts_with(&shown), "its page is told apart from the request before: {error}");
    assert!(stream.cursor().is_some() && stream.next().await.is_none());
}

#[tokio::test]
async fn e22_cr30_the_link_of_an_expansion_is_guarded_too() {
    for (bad, why) in [
        ("https://evil.example/x?$skiptoken=k3y".to_owned(), "is not at the origin"),
        (format!("{ROOT}/$metadata#orders('1')/lines?$skiptoken=k3y"), "has a fragment"),
    ] {
        let (client, service) = scripted(answer(200).json(order(&format!("\"{bad}\""))));
        let lines = client.orders().by_id("1").get().send().await.unwrap().lines.unwrap();
        let error = lines.clone().all(&client).await.unwrap_err();
        assert!(error.is_refused() && error.to_string().contains(why), "{error}");
        assert!(!format!("{error} {error:?} {lines:?}").contains("k3y"));
        assert_eq!(service.requests().len(), 1);
    }
}

#[tokio::test]
async fn w8_a_relative_link_is_relative_to_the_service_root() {
    let (client, service) = scripted(answer(200).json(order(r#""orders/1/lines?$skiptoken=a""#)));
    service.expect(Exchange::get("/v1.0/orders/1/lines?$skiptoken=a").json(r#"{"value": [{"price": 3}]}"#));
    let lines = client.orders().by_id("1").get().send().await.unwrap().lines.unwrap();
    assert_eq!(prices(&lines.all(&client).await.unwrap()), [1, 2, 3]);
    service.verify().unwrap();
}

/// What every other client loses: the rest of a large expansion.
#[tokio::test]
async fn large_expansions_arrive_whole() {
    for size in [61_u32, 500] {
        let page = |from: u32| {
            let items: Vec<_> = (from..size.min(from + 60)).map(|price| format!(r#"{{"price": {price}}}"#)).collect();
            let next = from + 60;
            let link = if next < size { format!(r#""{ROOT}/orders/1/lines?$skip={next}""#) } else { "null".into() };
            (items.join(","), link)
        };
        let (items, link) = page(0);
        let json = format!(r#"{{"id": "1", "lines@odata.nextLink": {link}, "lines": [{items}]}}"#);
        let (client, service) = scripted(answer(200).json(json));
        for from in (60..size).step_by(60) {
            let (items, link) = page(from);
            let json = format!(r#"{{"value": [{items}], "@odata.nextLink": {link}}}"#);
            service.expect(Exchange::get(format!("/v1.0/orders/1/lines?$skip={from}")).json(json));
        }
        let order = client.orders().by_id("1").get().send().await.unwrap();
        let all = order.lines.unwrap().all(&client).await.unwrap();
        let expected: Vec<i32> = (0..i32::try_from(size).unwrap()).collect();
        assert_eq!(prices(&all), expected);
        service.verify().unwrap();
    }
}
