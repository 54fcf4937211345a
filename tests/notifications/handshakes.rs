//! N-4: what comes before every subscription.

use odata_runtime::bytes::Bytes;
use odata_runtime::http::{Method, Request, Response};
use odata_runtime::notifications::{Incoming, MAX_TOKEN, Refused};

use super::{is_no_page, post, received, request};

/// What is answered to a POST with this query.
fn answer(query: &str) -> Result<Response<Bytes>, Refused> {
    match received(&request(Method::POST, &format!("https://app.example/hook?{query}"))) {
        Ok(Incoming::Handshake(answer)) => Ok(answer),
        Ok(other) => panic!("{other:?}"),
        Err(refused) => Err(refused),
    }
}

fn echoed(query: &str) -> String {
    let answer = answer(query).unwrap();
    assert_eq!(answer.status(), 200);
    assert!(is_no_page(&answer));
    String::from_utf8(answer.into_body().to_vec()).unwrap()
}

#[test]
fn n4_the_token_comes_back_decoded_once() {
    for (query, token) in [
        ("validationToken=opaque", "opaque"),
        (
            "validationToken=Validation%3a+Testing+client+application+reachability+for+subscription+Request-Id%3a+877c",
            "Validation: Testing client application reachability for subscription Request-Id: 877c",
        ),
        ("validationToken=a%20b%2Bc+d", "a b+c d"),
        // Encoded twice by the sender, decoded once by us.
        ("validationToken=50%2525", "50%25"),
        ("validationToken=%252B%253Cb%253E", "%2B%3Cb%3E"),
        ("validationToken=a=b==", "a=b=="),
        ("validationToken=na%C3%AFve", "naïve"),
        ("a=1&validationToken=t&b=2", "t"),
        ("validation%54oken=t", "t"),
        ("validationToken=100%", "100%"),
    ] {
        assert_eq!(echoed(query), token, "{query}");
    }
    let longest = "t".repeat(MAX_TOKEN);
    assert_eq!(echoed(&format!("validationToken={longest}")), longest);
}

#[test]
fn n4_the_query_counts_whatever_the_body_and_headers_are() {
    let uri = "https://app.example/hook?validationToken=t";
    for (name, value) in [("content-type", "text/plain; charset=utf-8"), ("content-encoding", "gzip")] {
        let request = Request::post(uri).header(name, value).body(Bytes::from_static(b"not JSON")).unwrap();
        assert!(matches!(received(&request), Ok(Incoming::Handshake(_))), "{name}");
    }
}

#[test]
fn r9_what_is_no_token_is_refused_and_not_repeated() {
    for query in [
        "validationToken=".to_owned(),
        "validationToken".to_owned(),
        // HTML, plain and encoded; no token has ever had any.
        "validationToken=%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
        "validationToken=a%3Eb".to_owned(),
        "validationToken=a%0D%0Aset-cookie:b".to_owned(),
        "validationToken=%00".to_owned(),
        // No text.
        "validationToken=%FF%FE".to_owned(),
        // 10 kB.
        format!("validationToken={}", "t".repeat(10 * 1024)),
        format!("validationToken={}", "t".repeat(MAX_TOKEN + 1)),
        "validationToken=one&validationToken=two".to_owned(),
        "validationToken=&validationToken=two".to_owned(),
        "validationToken=one&validation%54oken=two".to_owned(),
        // The end of a line in other words.
        "validationToken=a%C2%85b".to_owned(),
        "validationToken=a%0Ab".to_owned(),
        // `<`, in more bytes than it takes.
        "validationToken=%C0%BCscript".to_owned(),
    ] {
        let refused = answer(&query).unwrap_err();
        assert_eq!(refused, Refused::Handshake, "{query}");
        let response = refused.response();
        assert_eq!(response.status(), 400);
        assert!(is_no_page(&response));
        assert_eq!(response.body(), "the validation token is none");
    }
}

#[test]
fn r9_only_post_is_taken() {
    for method in [Method::GET, Method::HEAD, Method::PUT, Method::OPTIONS] {
        for uri in ["https://app.example/hook?validationToken=t", "https://app.example/hook"] {
            let refused = received(&request(method.clone(), uri)).unwrap_err();
            assert_eq!(refused, Refused::Method, "{method} {uri}");
            let response = refused.response();
            assert_eq!((response.status().as_u16(), response.headers()["allow"].to_str().unwrap()), (405, "POST"));
            assert!(is_no_page(&response));
        }
    }
}

#[test]
fn n4_without_the_parameter_it_is_no_handshake() {
    for query in ["", "?", "?validationtoken=t", "?validationTokens=t", "?token=t", "?%FF=t"] {
        let mut delivery = post("{}");
        *delivery.uri_mut() = format!("https://app.example/hook{query}").parse().unwrap();
        assert!(matches!(received(&delivery), Ok(Incoming::Delivery(_))), "{query}");
        let empty = request(Method::POST, &format!("https://app.example/hook{query}"));
        assert!(matches!(received(&empty), Err(Refused::Unreadable(_))), "{query}");
    }
}
