//! wire-rules.md 3.3, cell by cell: where other clients fail, what ours does. The rows stand in the order of that table;
//! the peers are KG (Go), KD (.NET), KJ (Java), KP (Python), KT (TypeScript), RS (graph-rs), AZ (`azure_core`).

use std::time::Duration;

use odata_runtime::client::{Builder, Error, TransportError};
use odata_runtime::http::Method;
use odata_runtime::testing::Exchange;
use tokio::time::Instant;

use crate::hands::Hands;
use crate::orders::Client;
use crate::retries::ask;
use crate::timed::{Timed, exact};

/// What comes of it, in seconds.
#[derive(Debug, Clone, Copy)]
enum Then {
    /// It is tried again after so long, and goes well.
    Again(f64),
    /// The answer comes back at once; the error says to wait so long.
    Back(f64),
}
use Then::{Again, Back};

const FOREVER: f64 = f64::INFINITY;

/// A service that answers with this status and these headers `Retry-After`, and then well.
async fn first(
    status: u16,
    asked: &[&str],
    set: impl Fn(Builder<Client>) -> Builder<Client>,
) -> (Timed, Result<(), Error>) {
    let timed = Timed::default();
    let throttled = Exchange::get("/v1.0/orders/1").status(status);
    timed.script.expect(asked.iter().fold(throttled, |it, value| it.header("retry-after", value)));
    timed.script.expect(Exchange::get("/v1.0/orders/1").json("{}"));
    let outcome = ask(&set(timed.exact_builder()).build().unwrap(), &Method::GET).await;
    (timed, outcome)
}

/// The rows about `Retry-After`. The chance is that of the shortest wait: half a second for a first retry that nobody
/// asked to wait for.
#[rustfmt::skip]
const ROWS: &[(&str, &[&str], Then)] = &[
    // "2.128"
    ("KG waits 2 s and is early; KD takes its own 3 s; KP raises; AZ ignores it", &["2.128"], Again(3.0)),
    ("real too, in batches (E-11)", &["0.249"], Again(1.0)),
    ("a fraction of nothing", &["7.000"], Again(7.0)),
    ("the least more is a second more", &["7.0000001"], Again(8.0)),
    // "HTTP-date"
    ("IMF; RS has no dates", &["Sun, 06 Nov 1994 08:49:57 GMT"], Again(20.0)),
    ("RFC 850; KG knows RFC 1123 alone", &["Sunday, 06-Nov-94 08:49:57 GMT"], Again(20.0)),
    ("asctime; KG knows RFC 1123 alone", &["Sun Nov  6 08:49:57 1994"], Again(20.0)),
    ("KD takes the seconds within the minute: anything from 0 to 59", &["Sun, 06 Nov 1994 08:51:37 GMT"], Again(120.0)),
    ("KG, KJ, KT ask again at once or nearly so", &["Sun, 06 Nov 1994 08:49:36 GMT"], Again(0.5)),
    ("the same, a year ago", &["Sat, 06 Nov 1993 08:49:37 GMT"], Again(0.5)),
    ("now", &["Sun, 06 Nov 1994 08:49:37 GMT"], Again(0.5)),
    ("far in the future", &["Fri, 31 Dec 9999 23:59:59 GMT"], Back(252_618_189_022.0)),
    ("no such day", &["Sun, 31 Feb 1994 08:49:37 GMT"], Again(0.5)),
    // "Cap on header delay"
    ("the budget is 180 s here", &["180"], Again(180.0)),
    ("KD and KJ try earlier than that instead of not at all", &["181"], Back(181.0)),
    ("KG sleeps for a day", &["86400"], Back(86_400.0)),
    ("more than a Duration holds", &["1e308"], Back(FOREVER)),
    ("more than a u64 holds", &["99999999999999999999"], Back(FOREVER)),
    // "0/garbage"
    ("KG and KD ask again at once, KJ after 1 to 10 ms", &["0"], Again(0.5)),
    ("zero in other words", &["0.0"], Again(0.5)),
    ("negative", &["-1"], Again(0.5)),
    ("negative and long", &["-86400"], Again(0.5)),
    ("KT makes NaN of it and asks at once, KP raises, RS gives up", &["soon"], Again(0.5)),
    ("a number that is none", &["NaN"], Again(0.5)),
    ("the same", &["inf"], Again(0.5)),
    ("nothing", &[""], Again(0.5)),
    ("no header at all", &[], Again(0.5)),
    // E-11: lists and several headers
    ("the longest of a list", &["31,120"], Again(120.0)),
    ("in any order, and with nonsense in it", &["120, soon,-7 ,31"], Again(120.0)),
    ("two headers", &["5", "9"], Again(9.0)),
    ("two headers, one of them a date", &["Sun, 06 Nov 1994 08:49:57 GMT", "9"], Again(20.0)),
    ("two headers, one of them nonsense", &["caf\u{e9}", "9"], Again(9.0)),
];

#[tokio::test(start_paused = true)]
async fn e11_r3_every_form_of_retry_after_is_waited_for_exactly_or_comes_back() {
    for (cell, asked, then) in ROWS {
        for status in [429, 503] {
            let began = Instant::now();
            let (timed, outcome) = first(status, asked, |it| it.retry_budget(Duration::from_secs(180))).await;
            match (then, outcome) {
                (Again(seconds), Ok(())) => assert_eq!(timed.exact_waits(), [*seconds], "{status}: {cell}"),
                (Back(seconds), Err(error)) => {
                    assert_eq!(exact(began.elapsed()), 0.0, "{status}: {cell}");
                    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (status, 1), "{cell}");
                    let wait = Duration::try_from_secs_f64(*seconds).unwrap_or(Duration::MAX);
                    assert_eq!(error.retry_after(), Some(wait), "{status}: {cell}");
                }
                (then, outcome) => panic!("{status}: {cell}: {then:?}, but {outcome:?}"),
            }
        }
    }
}

/// "Statuses", "Body replay" (a `POST` again after 504), "Transport errors retried": how often is sent, `GET`, `PUT`,
/// `DELETE`, `POST`, `PATCH`.
#[rustfmt::skip]
const STATUSES: &[(u16, [usize; 5])] = &[
    (408, [2, 2, 2, 1, 1]), (429, [2, 2, 2, 2, 2]), (500, [2, 2, 2, 1, 1]), (502, [2, 2, 2, 1, 1]),
    (503, [2, 2, 2, 2, 2]), (504, [2, 2, 2, 1, 1]), (509, [2, 2, 2, 1, 1]),
    (400, [1; 5]), (402, [1; 5]), (403, [1; 5]), (404, [1; 5]), (405, [1; 5]), (406, [1; 5]), (409, [1; 5]),
    (410, [1; 5]), (411, [1; 5]), (412, [1; 5]), (413, [1; 5]), (415, [1; 5]), (416, [1; 5]), (422, [1; 5]),
    (423, [1; 5]), (428, [1; 5]), (501, [1; 5]), (505, [1; 5]), (507, [1; 5]), (511, [1; 5]), (302, [1; 5]),
];

type Fault = fn(&'static str) -> TransportError;

#[rustfmt::skip]
const FAULTS: &[(&str, Fault, [usize; 5])] = &[
    ("no connection", TransportError::connect, [2, 2, 2, 1, 1]),
    ("reset by peer", TransportError::reset, [2, 2, 2, 1, 1]),
    ("300 s", TransportError::timeout, [1; 5]),
    ("odd", TransportError::new, [1; 5]),
];

const METHODS: [Method; 5] = [Method::GET, Method::PUT, Method::DELETE, Method::POST, Method::PATCH];

/// How often a method is sent when this is the first answer and the second one is fine.
async fn sent(method: &Method, give: impl Fn(Exchange) -> Exchange) -> usize {
    let timed = Timed::default();
    let target = if *method == Method::POST { "/v1.0/orders" } else { "/v1.0/orders/1" };
    timed.script.expect(give(Exchange::new(method.clone(), target)));
    timed.script.expect(Exchange::new(method.clone(), target).json("{}"));
    let outcome = ask(&timed.exact_builder().build().unwrap(), method).await;
    let sent = timed.script.requests().len();
    assert_eq!(outcome.is_ok(), sent == 2, "{method} {outcome:?}");
    if sent == 2 {
        assert_eq!(timed.exact_waits(), [0.5], "{method}");
    }
    sent
}

#[tokio::test(start_paused = true)]
async fn e12_r2_which_answers_and_faults_are_tried_again_by_method() {
    for (method, at) in METHODS.iter().zip(0..) {
        for (status, counts) in STATUSES {
            assert_eq!(sent(method, |it| it.status(*status)).await, counts[at], "{method} {status}");
        }
        for (text, fault, counts) in FAULTS {
            assert_eq!(sent(method, |it| it.fails(fault(text))).await, counts[at], "{method} {text}");
        }
        // A 200 that breaks off.
        let cut = sent(method, |it| it.json("{").broken_off(TransportError::body("cut"))).await;
        assert_eq!(cut, [2, 2, 2, 1, 1][at], "{method}");
    }
}

/// "Default/max retries": KG takes 0 for 3; RS has no end.
#[tokio::test(start_paused = true)]
async fn e12_three_retries_are_the_default_0_are_none_and_more_are_more() {
    for (most, waits) in [
        (None, &[0.5, 1.0, 2.0][..]),
        (Some(0), &[]),
        (Some(1), &[0.5]),
        (Some(8), &[0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0, 10.0]),
        // The budget of 60 s ends it.
        (Some(u32::MAX), &[0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0, 10.0, 10.0]),
    ] {
        let timed = Timed::default();
        for _ in 0..20 {
            timed.script.expect(Exchange::get("/v1.0/orders/1").status(503));
        }
        let builder = timed.exact_builder();
        let client = most.map_or(timed.exact_builder(), |most| builder.retries(most)).build().unwrap();
        let error = ask(&client, &Method::GET).await.unwrap_err();
        assert_eq!(timed.exact_waits(), waits, "{most:?}");
        assert_eq!(error.attempts() as usize, waits.len() + 1, "{most:?}");
    }
}

/// "Jitter": KD and RS have none. Ours spreads what it chose itself over half of it, and what was asked for over a
/// second after it; never before it, and never over the budget.
#[tokio::test(start_paused = true)]
async fn e12_chance_makes_waits_longer_and_never_shorter_than_asked_for() {
    for (chance, asked, wait) in [
        (0.0, &[][..], 0.5),
        (0.5, &[], 0.75),
        (1.0, &[], 1.0),
        (0.0, &["7"], 7.0),
        (0.5, &["7"], 7.5),
        (1.0, &["7"], 8.0),
        (1.0, &["0"], 1.0),
        (1.0, &["60"], 60.0),
        (0.25, &["59"], 59.25),
        // A clock of the app's that is broken breaks nothing here.
        (f64::NAN, &["7"], 8.0),
        (-3.0, &["7"], 7.0),
        (9.0, &["7"], 8.0),
    ] {
        let hands = Hands::new();
        hands.chance(chance);
        let (timed, outcome) = first(429, asked, |it| it.clock(hands.clone())).await;
        outcome.unwrap();
        assert_eq!(timed.exact_waits(), [wait], "{chance} {asked:?}");
    }
}

/// E-10: "if again 429, repeat"; 503 and then 429.
#[tokio::test(start_paused = true)]
async fn e10_r3_each_answer_has_its_own_wait_and_the_last_one_stands() {
    let statuses = [(503, "2"), (429, "5"), (503, "0"), (429, "9.5")];
    let timed = Timed::default();
    for (status, asked) in statuses {
        timed.script.expect(Exchange::get("/v1.0/orders/1").status(status).header("retry-after", asked));
    }
    let error = ask(&timed.exact_builder().build().unwrap(), &Method::GET).await.unwrap_err();
    // The third is a backoff: 4 s, of which chance took half.
    assert_eq!(timed.exact_waits(), [2.0, 5.0, 2.0]);
    // "Exhausted": the last answer, with its own wait, and how often it was sent.
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (429, 4));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(10)));
}

/// A date counts from the answer's own `Date`: clocks differ (KD: local time against none).
#[tokio::test(start_paused = true)]
async fn e11_a_date_counts_from_the_clock_of_the_service() {
    // The wall here is at 08:49:37.
    for (sent, asked, wait) in [
        ("Sun, 06 Nov 1994 08:00:00 GMT", "Sun, 06 Nov 1994 08:00:20 GMT", 20.0),
        ("Sun, 06 Nov 1994 23:00:00 GMT", "Sun, 06 Nov 1994 23:00:20 GMT", 20.0),
        ("nonsense", "Sun, 06 Nov 1994 08:49:57 GMT", 20.0),
    ] {
        let timed = Timed::default();
        let throttled = Exchange::get("/v1.0/orders/1").status(429).header("date", sent);
        timed.script.expect(throttled.header("retry-after", asked));
        timed.script.expect(Exchange::get("/v1.0/orders/1").json("{}"));
        ask(&timed.exact_builder().build().unwrap(), &Method::GET).await.unwrap();
        assert_eq!(timed.exact_waits(), [wait], "{sent}");
    }
}

/// a clock on the wall that jumps while a request waits changes nothing about the wait.
#[tokio::test(start_paused = true)]
async fn r12_a_clock_that_jumps_does_not_move_a_wait() {
    let hands = Hands::new();
    let timed = Timed::default();
    let throttled = Exchange::get("/v1.0/orders/1").status(429).header("retry-after", "Sun, 06 Nov 1994 08:49:57 GMT");
    timed.script.expect(throttled);
    timed.script.expect(Exchange::get("/v1.0/orders/1").json("{}"));
    let client = timed.builder().clock(hands.clone()).build().unwrap();
    let asking = tokio::spawn(async move { ask(&client, &Method::GET).await });
    tokio::time::sleep(Duration::from_secs(5)).await;
    hands.set(std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(4_000_000_000));
    asking.await.unwrap().unwrap();
    assert_eq!(timed.exact_waits(), [20.0]);
}
