//! Requests of every kind, as they are generated from the small inputs in goldens/: method, URL, headers and body.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use std::future::Future;

use odata_runtime::client::{Builder, Client, Error, StaticToken};
use odata_runtime::jiff::civil;
use odata_runtime::testing::{Exchange, InMemory};
use odata_runtime::{Decimal, SignedDuration, Timestamp, Uuid};

macro_rules! goldens {
    ($($name:ident: $path:literal,)+) => {$(
        // The layout is the generator's, and so is the choice of lints.
        #[rustfmt::skip]
        #[allow(clippy::pedantic, unreachable_pub, dead_code, unused_imports, unused_qualifications)]
        #[path = $path]
        mod $name;
    )+};
}

goldens! {
    writes: "goldens/requests_writes/src/mod.rs",
    functions: "goldens/requests_functions/src/mod.rs",
    actions: "goldens/requests_actions/src/mod.rs",
    imports: "goldens/requests_imports/src/mod.rs",
    keys: "goldens/requests_keys/src/mod.rs",
    parentheses: "goldens/requests_parentheses/src/mod.rs",
    casts: "goldens/requests_casts/src/mod.rs",
    refused: "goldens/requests_refused/src/mod.rs",
}

/// Sends what a client of a golden makes, against a script of one exchange, and gives the answer.
async fn sent<C: From<Client>, T, F: Future<Output = Result<T, Error>>>(
    builder: Builder<C>,
    exchange: Exchange,
    send: impl FnOnce(C) -> F,
) -> T {
    let service = InMemory::new();
    service.expect(exchange);
    let client = builder.transport(service.clone()).tokens(StaticToken::new("t")).build().expect("client");
    let answer = send(client).await;
    service.verify().expect("exactly this request");
    answer.expect("an answer")
}

/// What is refused before anything is sent, and why.
async fn refused<C: From<Client>, T, F: Future<Output = Result<T, Error>>>(
    builder: Builder<C>,
    send: impl FnOnce(C) -> F,
) -> String {
    let service = InMemory::new();
    let client = builder.transport(service.clone()).tokens(StaticToken::new("t")).build().expect("client");
    let Err(error) = send(client).await else { panic!("it was sent") };
    assert!(service.requests().is_empty() && error.status().is_none(), "{error}");
    error.to_string()
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

#[tokio::test]
async fn a_new_entity_is_made_of_what_is_set() {
    use writes::lending::{Binding, Shelf};
    use writes::requests::BookCreate;

    let shelf = Shelf { row: Some(7), ..Shelf::default() };
    let new = BookCreate::new().with_title("A \"tale\"").with_shelf(shelf).with_type(Binding::Soft).with_pin("1234");
    assert!(!format!("{new:?}").contains("1234"), "{new:?}");
    let body = r#"{"title":"A \"tale\"","shelf":{"row":7},"type":"soft","pin":"1234"}"#;
    let exchange = Exchange::post("/v1/books")
        .expects_json(body)
        .expects_header("content-type", "application/json")
        .status(201)
        .json(r#"{"id":"3f0c4d5e-8a51-4c1e-9d2b-6f3f2b1a7c90","title":"A \"tale\""}"#);
    let made = sent(writes::Client::builder(), exchange, |client| client.books().create(new).send()).await;
    assert_eq!(made.title.as_deref(), Some("A \"tale\""));
    assert_eq!(made.pages, None);
}

#[tokio::test]
async fn what_a_new_entity_must_have_is_missed_before_it_is_sent() {
    let new = writes::requests::BookCreate::new().with_title("A tale");
    let why = refused(writes::Client::builder(), |client| client.books().create(new).send()).await;
    assert!(why.contains("`shelf`") && !why.contains("`title`"), "{why}");
}

/// W-24, W-25: unset, null and a value are three things.
#[tokio::test]
async fn w_25_a_change_names_what_is_set_and_what_is_cleared() {
    use writes::requests::BookUpdate;

    let changes = BookUpdate::new().with_price(Decimal::new(1250, 2)).clear_pages().with_tags(Vec::new());
    let id = "3f0c4d5e-8a51-4c1e-9d2b-6f3f2b1a7c90";
    let exchange = Exchange::patch(format!("/v1/books/{id}"))
        .expects_json(r#"{"price":12.50,"pages":null,"tags":[]}"#)
        .expects_header("if-match", "W/\"7\"")
        .status(204);
    let answer = sent(writes::Client::builder(), exchange, |client| {
        client.books().by_id(id).update(changes).if_match("W/\"7\"").send()
    })
    .await;
    assert_eq!(answer, None, "W-11: the service need not answer with the entity");
    let exchange = Exchange::patch("/v1/finest").expects_json(r#"{"title":"B"}"#).json(r#"{"title":"B","pages":3}"#);
    let changes = BookUpdate::new().with_title("B");
    let answer =
        sent(writes::Client::builder(), exchange, |client| client.finest().update(changes).send()).await.expect("book");
    assert_eq!((answer.title.as_deref(), answer.pages), (Some("B"), Some(3)));
}

#[tokio::test]
async fn an_entity_is_deleted() {
    let exchange = Exchange::delete("/v1/books/7/cover").expects_header("if-match", "\"x\"").status(204);
    sent(writes::Client::builder(), exchange, |client| {
        client.books().by_id("7").cover().delete().if_match("\"x\"").send()
    })
    .await;
    sent(writes::Client::builder(), Exchange::delete("/v1/books/7").status(204), |client| {
        client.books().by_id("7").delete().send()
    })
    .await;
}

/// CR-14, CR-15, T-14: qualified names, literals without quotes for points in time, types before members of enumerations.
#[tokio::test]
async fn t_14_a_function_that_is_bound_to_a_collection() {
    use functions::lending::State;

    let (from, to) = (time("2026-03-01T00:00:00Z"), time("2026-03-31T00:00:00Z"));
    let exchange = Exchange::get(
        "/v1/books/Lending.loans(from=2026-03-01T00%3A00%3A00Z,to=2026-03-31T00%3A00%3A00Z,state=Lending.state'out')",
    )
    .json(r#"{"value":[{"number":1,"reader":"Ada"}]}"#);
    let page = sent(functions::Client::builder(), exchange, |client| client.books().loans(from, to, State::Out).send());
    let page = page.await;
    assert_eq!(page.items().first().and_then(|it| it.reader.as_deref()), Some("Ada"));
    let names = Exchange::get("/v1/books/Lending.names()").json(r#"{"value":["a","b"]}"#);
    let names = sent(functions::Client::builder(), names, |client| client.books().names().send()).await;
    assert_eq!(names.into_items(), ["a", "b"]);
}

/// CR-12: a range that the service would refuse in its own words, or none.
#[tokio::test]
async fn cr_12_a_range_that_is_too_long_is_refused_before_it_is_sent() {
    use functions::lending::State;

    for to in ["2026-03-31T00:00:01Z", "2026-02-28T00:00:00Z"] {
        let (from, to) = (time("2026-03-01T00:00:00Z"), time(to));
        let why = refused(functions::Client::builder(), |client| client.books().loans(from, to, State::Back).send());
        let why = why.await;
        assert!(why.contains("from") && why.contains("to"), "{why}");
    }
}

/// CR-13: a row on the seam of two pieces is given once; a row is told by the property that the configuration names.
#[tokio::test]
async fn cr_13_a_long_range_is_asked_for_in_pieces() {
    use functions::lending::State;

    let service = InMemory::in_order();
    let piece = |from: &str, to: &str, rows: &str| {
        let (from, to) = (from.replace(':', "%3A"), to.replace(':', "%3A"));
        let target = format!("/v1/books/Lending.loans(from={from},to={to},state=Lending.state'out')");
        service.expect(Exchange::get(target).json(format!(r#"{{"value":[{rows}]}}"#)));
    };
    let [a, b, c] = ["2026-03-01T00:00:00Z", "2026-03-31T00:00:00Z", "2026-04-10T00:00:00Z"];
    piece(a, b, r#"{"number":1,"begun":"2026-03-02T00:00:00Z"},{"number":2,"begun":"2026-03-31T00:00:00Z"}"#);
    piece(b, c, r#"{"number":2,"begun":"2026-03-31T00:00:00Z"},{"number":3,"begun":"2026-04-01T00:00:00Z"}"#);
    let client = functions::Client::builder().transport(service.clone()).tokens(StaticToken::new("t"));
    let books = client.build().expect("client").books();
    let rows: Vec<functions::lending::Loan> =
        books.loans(time(a), time(c), State::Out).split().try_collect().await.expect("rows");
    service.verify().expect("two pieces");
    assert_eq!(rows.iter().filter_map(|it| it.number).collect::<Vec<_>>(), [1, 2, 3]);
}

#[tokio::test]
async fn t_14_functions_on_one_entity_and_their_overloads() {
    use functions::lending::Book;

    let exchange = Exchange::get("/v1/books/7/Lending.next()?$select=title").json(r#"{"title":"N"}"#);
    let next = sent(functions::Client::builder(), exchange, |client| {
        client.books().by_id("7").next().select(Book::TITLE).send()
    });
    assert_eq!(next.await.title.as_deref(), Some("N"));
    let exchange = Exchange::get(
        "/v1/books/7/Lending.similar()?$filter=contains(title,%27x%27)&$orderby=title%20desc&$top=2&$count=true",
    );
    sent(functions::Client::builder(), exchange.json(r#"{"value":[]}"#), |client| {
        let similar = client.books().by_id("7").similar();
        similar.filter(Book::TITLE.contains("x")).order_by(Book::TITLE.descending()).top(2).count().send()
    })
    .await;
    let exchange = Exchange::get("/v1/books/7/Lending.similar(to='it''s%20a%2Fb')").json(r#"{"value":[]}"#);
    let page =
        sent(functions::Client::builder(), exchange, |client| client.books().by_id("7").similar_2("it's a/b").send());
    assert!(page.await.is_last());
}

/// T-14: what has no literal stands in the query as JSON, by an alias.
#[tokio::test]
async fn t_14_collections_and_structured_values_go_by_an_alias() {
    use functions::lending::{Book, Loan, State};

    let exchange = Exchange::get("/v1/books/Lending.among(ids=@ids)?@ids=%5B%22a%22%2C%22b%26%27c%22%5D");
    sent(functions::Client::builder(), exchange.json(r#"{"value":["a"]}"#), |client| {
        client.books().among(vec!["a".to_owned(), "b&'c".to_owned()]).send()
    })
    .await;
    let by = || Loan { number: Some(7), ..Loan::default() };
    let aliases = "@by=%7B%22number%22%3A7%7D&@states=%5B%22out%22%2C%22back%22%5D";
    let exchange =
        Exchange::get(format!("/v1/books/Lending.lent(by=@by,states=@states,to='Ada',least=2)?{aliases}&$format=json"));
    let page = sent(functions::Client::builder(), exchange.json(r#"{"value":[{"title":"T"}]}"#), |client| {
        let lent = client.books().lent(by(), Some(vec![State::Out, State::Back]), Some("Ada"), Some(2));
        lent.raw_query("$format", "json").send()
    });
    assert_eq!(page.await.items().first().and_then(|it: &Book| it.title.as_deref()), Some("T"));
}

/// T-14: `Core.OptionalParameter`: left out, not null.
#[tokio::test]
async fn t_14_parameters_that_may_be_left_out() {
    let target = "/v1/books/Lending.lent(by=@by,least=0)?@by=%7B%7D";
    let by = functions::lending::Loan::default();
    let empty = r#"{"value":[]}"#;
    sent(functions::Client::builder(), Exchange::get(target).json(empty), |client| {
        client.books().lent(by.clone(), None, None, Some(0)).send()
    })
    .await;
    let target = "/v1/books/Lending.lent(by=@by)?@by=%7B%7D";
    sent(functions::Client::builder(), Exchange::get(target).json(empty), |client| {
        client.books().lent(by.clone(), None, None, None).send()
    })
    .await;
}

/// W-33: where null is an answer, no content is one too (OASIS OData Protocol 4.01, section 11.5.4).
#[tokio::test]
async fn w_33_no_content_is_null_where_null_may_be() {
    let guid = Uuid::from_u128(1);
    let target = "/v1/books/7/Lending.worth(on=2026-03-04,at=08%3A15%3A00,after=duration'PT0S',\
                  for=00000000-0000-0000-0000-000000000001,self=false)";
    let worth = sent(functions::Client::builder(), Exchange::get(target).status(204), |client| {
        let book = client.books().by_id("7");
        book.worth(civil::date(2026, 3, 4), civil::time(8, 15, 0, 0), SignedDuration::ZERO, guid, false).send()
    });
    assert_eq!(worth.await, None);
    let exchange = Exchange::post("/v1/books/Lending.count").status(204);
    assert_eq!(sent(actions::Client::builder(), exchange, |client| client.books().count().send()).await, None);
}

/// CR-21: what the service would ignore is refused.
#[tokio::test]
async fn cr_21_a_filter_by_another_property_is_refused() {
    use functions::lending::Book;

    let why = refused(functions::Client::builder(), |client| {
        client.books().by_id("7").similar().filter(Book::ID.eq("8")).send()
    });
    assert!(why.await.contains("id"));
    let why =
        refused(functions::Client::builder(), |client| client.books().by_id("7").similar().order_by(Book::ID).send());
    assert!(why.await.contains("id"));
}

/// W-3, W-15, W-16: every kind of literal that a parameter can be.
#[tokio::test]
async fn w_15_parameters_are_literals_and_an_answer_may_be_a_number() {
    let guid = Uuid::from_u128(0x3f0c_4d5e_8a51_4c1e_9d2b_6f3f_2b1a_7c90);
    for (json, wanted) in [("12.50", Some(Decimal::new(1250, 2))), ("null", None)] {
        let exchange = Exchange::get(
            "/v1/books/7/Lending.worth(on=2026-03-04,at=08%3A15%3A00,after=duration'P1DT2H',\
             for=3f0c4d5e-8a51-4c1e-9d2b-6f3f2b1a7c90,self=true)",
        );
        let exchange = exchange.json(format!(r#"{{"@odata.context":"$metadata#Edm.Decimal","value":{json}}}"#));
        let worth = sent(functions::Client::builder(), exchange, |client| {
            let book = client.books().by_id("7");
            book.worth(civil::date(2026, 3, 4), civil::time(8, 15, 0, 0), SignedDuration::from_hours(26), guid, true)
                .send()
        });
        assert_eq!(worth.await, wanted);
    }
}

#[tokio::test]
async fn t_14_actions() {
    use actions::lending::Reason;

    let exchange = Exchange::post("/v1/books/7/Lending.return").expects_body("").status(204);
    sent(actions::Client::builder(), exchange, |client| client.books().by_id("7").r#return().send()).await;

    let reason = Reason { text: Some("exam".to_owned()), ..Reason::default() };
    let exchange = Exchange::post("/v1/books/7/Lending.lend")
        .expects_json(r#"{"reader":"Ada","until":"2026-03-04","reason":{"text":"exam"}}"#)
        .json(r#"{"title":"T"}"#);
    let book = sent(actions::Client::builder(), exchange, |client| {
        client.books().by_id("7").lend("Ada", civil::date(2026, 3, 4), None, Some(reason)).send()
    });
    assert_eq!(book.await.title.as_deref(), Some("T"));

    let exchange = Exchange::post("/v1/books/Lending.sort")
        .expects_json(r#"{"ids":["b","a"]}"#)
        .json(r#"{"value":[{"id":"a"},{"id":"b"}]}"#);
    let sorted = sent(actions::Client::builder(), exchange, |client| {
        client.books().sort(vec!["b".to_owned(), "a".to_owned()]).send()
    });
    assert_eq!(sorted.await.len(), 2);

    let exchange = Exchange::post("/v1/books/Lending.count").json(r#"{"value":12}"#);
    let count = sent(actions::Client::builder(), exchange, |client| client.books().count().send()).await;
    assert_eq!(count, Some(12));
}

#[tokio::test]
async fn t_14_imports() {
    use imports::lending::{Book, Season};

    let exchange = Exchange::get("/v1/latest(count=2,season=Lending.season'summer')?$select=title");
    let page = sent(imports::Client::builder(), exchange.json(r#"{"value":[{"title":"T"}]}"#), |client| {
        client.latest(2, Season::Summer).select(Book::TITLE).send()
    });
    assert_eq!(page.await.len(), 1);
    let exchange = Exchange::get("/v1/isOpen()").json(r#"{"value":true}"#);
    assert_eq!(sent(imports::Client::builder(), exchange, |client| client.is_open().send()).await, Some(true));
    let exchange = Exchange::post("/v1/close").expects_json(r#"{"reason":"snow"}"#).status(204);
    sent(imports::Client::builder(), exchange, |client| client.close("snow").send()).await;
    let exchange = Exchange::post("/v1/unlock").expects_body("").status(204);
    sent(imports::Client::builder(), exchange, |client| client.unlock().send()).await;
}

#[tokio::test]
async fn keys_of_several_properties_stand_in_parentheses() {
    let exchange = Exchange::get("/v1/copies(isbn='1%2F2',number=-3,house='O''Hara',type=Lending.binding'hard')");
    sent(keys::Client::builder(), exchange.json("{}"), |client| {
        client.copies().by_id("1/2", -3, "O'Hara", keys::lending::Binding::Hard).get().send()
    })
    .await;
    let loans = "/v1/copies(isbn='1',number=2,house='3',type=Lending.binding'hard')/loans";
    sent(keys::Client::builder(), Exchange::get(loans).json(r#"{"value":[]}"#), |client| {
        client.copies().by_id("1", 2, "3", keys::lending::Binding::Hard).loans().list().send()
    })
    .await;
    // Of one property, a key is a segment or stands in parentheses, as the service has it.
    let exchange = Exchange::get(format!("{loans}/2026-03-04T00%3A00%3A00Z")).json("{}");
    sent(keys::Client::builder(), exchange, |client| {
        let copy = client.copies().by_id("1", 2, "3", keys::lending::Binding::Hard);
        copy.loans().by_id("2026-03-04T00:00:00Z").get().send()
    })
    .await;
    let exchange = Exchange::get(format!("{loans}(2026-03-04T00%3A00%3A00Z)")).json("{}");
    sent(parentheses::Client::builder(), exchange, |client| {
        let copy = client.copies().by_id("1", 2, "3", parentheses::lending::Binding::Hard);
        copy.loans().by_id(time("2026-03-04T00:00:00Z")).get().send()
    })
    .await;
    sent(parentheses::Client::builder(), Exchange::get("/v1/books('a%20b')").json("{}"), |client| {
        client.books().by_id("a b").get().send()
    })
    .await;
    assert!(!refused(parentheses::Client::builder(), |client| client.books().by_id("").get().send()).await.is_empty());
}

#[tokio::test]
async fn casts_lead_to_what_derived_types_have() {
    use casts::lending::Film;

    let exchange =
        Exchange::get("/v1/items/Lending.film?$filter=minutes%20gt%2090").json(r#"{"value":[{"minutes":95}]}"#);
    let page = sent(casts::Client::builder(), exchange, |client| {
        client.items().as_film().list().filter(Film::MINUTES.gt(90)).send()
    });
    assert_eq!(page.await.items().first().and_then(|it| it.minutes), Some(95));
    let exchange = Exchange::get("/v1/items/7/Lending.film?$select=minutes").json(r#"{"minutes":95}"#);
    let film = sent(casts::Client::builder(), exchange, |client| {
        client.items().by_id("7").as_film().get().select(Film::MINUTES).send()
    });
    assert_eq!(film.await.minutes, Some(95));
    let exchange = Exchange::get("/v1/items/7/Lending.film/reels/1").json("{}");
    sent(casts::Client::builder(), exchange, |client| {
        client.items().by_id("7").as_film().reels().by_id("1").get().send()
    })
    .await;
    for (target, action) in [("/v1/items/7/Lending.film/Lending.rewind", true), ("/v1/items/7/Lending.weigh", false)] {
        sent(casts::Client::builder(), Exchange::post(target).status(204), |client| async move {
            let item = client.items().by_id("7");
            if action { item.as_film().rewind().send().await } else { item.weigh().send().await }
        })
        .await;
    }
    // What a derived type has in place of its base stands where the derived type does.
    let age = Exchange::get("/v1/films/7/Lending.age()").json(r#"{"value":95}"#);
    let age = sent(casts::Client::builder(), age, |client| client.films().by_id("7").age().send()).await;
    assert_eq!(age, Some(95_i32));
    let age = Exchange::get("/v1/items/7/Lending.film/Lending.age()").json(r#"{"value":95}"#);
    let age = sent(casts::Client::builder(), age, |client| client.items().by_id("7").as_film().age().send()).await;
    assert_eq!(age, Some(95_i32));
    let age = Exchange::get("/v1/items/7/Lending.age()").json(r#"{"value":"old"}"#);
    let age = sent(casts::Client::builder(), age, |client| client.items().by_id("7").age().send()).await;
    assert_eq!(age.as_deref(), Some("old"));
    let exchange = Exchange::post("/v1/items/Lending.film/Lending.tidy").status(204);
    sent(casts::Client::builder(), exchange, |client| client.items().as_film().tidy().send()).await;
}

/// What is refused has no method; compile-fail tests say so. What is left works, with what the service prefers.
#[tokio::test]
async fn what_is_left_of_refused_options() {
    use refused::lending::Book;

    let exchange = Exchange::get("/v1/books?$select=title&$filter=title%20eq%20%27x%27&$top=3&$count=true")
        .expects_header("prefer", "include-unknown-enum-members")
        .json(r#"{"@odata.count":1,"value":[{"title":"x"}]}"#);
    let page = sent(refused::Client::builder(), exchange, |client| {
        client.books().list().select(Book::TITLE).filter(Book::TITLE.eq("x")).top(3).count().send()
    });
    assert_eq!(page.await.count(), Some(1));
    let why = refused(refused::Client::builder(), |client| client.books().list().filter(Book::WEIGHT.gt(1.0)).send());
    assert!(why.await.contains("weight"), "the metadata says that it cannot be filtered by");
    let why = refused(refused::Client::builder(), |client| client.books().list().expand(Book::MARKS).send());
    assert!(why.await.contains("marks"), "the metadata says that it cannot be expanded");
    let exchange = Exchange::get("/v1/books?$expand=loans").json(r#"{"value":[]}"#);
    sent(refused::Client::builder(), exchange, |client| client.books().list().expand(Book::LOANS).send()).await;
    let exchange = Exchange::get("/v1/books?$orderby=weight").json(r#"{"value":[]}"#);
    sent(refused::Client::builder(), exchange, |client| client.books().list().raw_query("$orderby", "weight").send())
        .await;
    assert_eq!(refused::clouds::ALL.len(), 2);
    assert_eq!(refused::clouds::FAR_EAST.authority, "https://login.east.example");
    let exchange = Exchange::get("/v1/rules/1/clauses").json(r#"{"value":[]}"#);
    let builder = refused::Client::builder().cloud(refused::clouds::NORTH);
    let service = InMemory::new();
    service.expect(exchange);
    let client = builder.transport(service.clone()).tokens(StaticToken::new("t")).build().expect("client");
    client.rules().by_id("1").clauses().list().send().await.expect("clauses");
    let [request] = service.requests().try_into().expect("one request");
    assert_eq!(request.uri().host(), Some("north.lending.example"));
}
