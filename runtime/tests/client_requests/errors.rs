//! Answers that say no, in every form that services and what stands before them give (E-1 to E-3).

use std::time::Duration;

use odata_runtime::client::{Error, TransportError};

use crate::orders::{answer, get};

async fn said(status: u16, body: &'static str) -> Error {
    get(answer(status).json(body)).await.unwrap_err()
}

#[tokio::test]
async fn e1_code_message_and_ids() {
    let body = r#"{"error": {"code": "Request_Denied", "message": "Not you.", "target": null, "details": [],
        "innerError": {"code": "policy", "date": "2025-02-13T10:17:05", "request-id": "r-body"}}}"#;
    let answer = answer(403)
        .header("request-id", "r-head")
        .header("date", "Mon, 02 Feb 2026 10:00:00 GMT")
        .header("x-ms-ags-diagnostic", r#"{"ServerInfo": {"Ring": "3"}}"#);
    let error = get(answer.json(body)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 403);
    assert_eq!(error.code(), Some("Request_Denied"));
    assert_eq!(error.codes().collect::<Vec<_>>(), ["Request_Denied", "policy"]);
    assert!(error.has_code("request_denied") && error.has_code("POLICY") && !error.has_code("other")); // E-2
    assert_eq!(error.message(), Some("Not you."));
    assert_eq!(error.request_id(), Some("r-head"));
    assert_eq!(error.date(), Some("Mon, 02 Feb 2026 10:00:00 GMT"));
    assert_eq!(error.diagnostic(), Some(r#"{"ServerInfo": {"Ring": "3"}}"#));
    assert_eq!(error.to_string(), "403 Forbidden: Request_Denied: Not you. (request-id r-head)");
    assert!(!error.is_decode() && !error.is_transport() && !error.is_refused() && error.path().is_none());
}

#[tokio::test]
async fn e1_the_inner_error_in_every_spelling_and_depth() {
    for name in ["innerError", "innererror", "InnerError", "INNERERROR"] {
        let body = format!(
            r#"{{"error": {{"code": "", "message": "", "{name}": {{"message": "m", "{name}": {{"code": "deep",
                "request-id": "r-2", "date": "14:17:10"}}}}}}}}"#
        );
        let error = get(answer(400).json(body)).await.unwrap_err();
        assert_eq!((error.code(), error.message()), (Some("deep"), Some("m")), "{name}");
        assert_eq!(error.request_id(), Some("r-2"));
    }
    let nested = "{\"innerError\":".repeat(100) + "{}" + &"}".repeat(100);
    let error = get(answer(400).json(format!("{{\"error\":{nested}}}"))).await.unwrap_err();
    assert_eq!(error.code(), None);
}

#[tokio::test]
async fn e1_parts_of_another_kind_are_left_out_not_fatal() {
    for (body, code, message) in [
        (r#"{"error": {"code": null, "message": "m"}}"#, None, Some("m")),
        (r#"{"error": {"code": 42, "message": ["m"]}}"#, Some("42"), None),
        (r#"{"error": {"code": "c", "message": {"lang": "en", "value": "m"}}}"#, Some("c"), Some("m")),
        (r#"{"error": {"code": "c", "innerError": "text"}}"#, Some("c"), None),
        (r#"{"error": {"code": "c", "message": "say \"no\" \u00e9"}}"#, Some("c"), Some("say \"no\" é")),
        (r#"{"odata.error": {"code": "c", "message": {"value": "m"}}}"#, Some("c"), Some("m")),
        (r#"{"error": "invalid_grant", "error_description": "m"}"#, Some("invalid_grant"), Some("m")),
        (r#"{"statusCode": 400, "message": "m"}"#, None, Some("m")),
        (r#"{"Message": "m"}"#, None, Some("m")),
        (r#"{"error": {}}"#, None, None),
        (r#"{"error": null}"#, None, None),
        (r#"{"error": []}"#, None, None),
        ("{}", None, None),
        ("[]", None, None),
        ("null", None, None),
        (r#""text""#, None, None),
    ] {
        let error = said(400, body).await;
        assert_eq!((error.code(), error.message()), (code, message), "{body}");
        assert_eq!(error.status().unwrap(), 400);
        assert_eq!(error.body_excerpt(), Some(body));
    }
}

#[tokio::test]
async fn e3_what_is_no_json_keeps_the_status_and_an_excerpt() {
    let page = "<html><h1>502 Bad Gateway</h1></html>";
    let answer_502 = answer(502).header("content-type", "text/html").header("request-id", "r-3").body(page);
    let error = get(answer_502).await.unwrap_err();
    assert_eq!(error.to_string(), "502 Bad Gateway (request-id r-3)");
    assert_eq!(error.body_excerpt(), Some(page));

    let empty = get(answer(500)).await.unwrap_err();
    assert_eq!((empty.status().unwrap().as_u16(), empty.body_excerpt(), empty.code()), (500, None, None));
    let own_id = format!("(client-request-id {})", empty.client_request_id().unwrap());
    assert_eq!(empty.to_string(), format!("500 Internal Server Error {own_id}"));

    let cut = said(400, r#"{"error": {"code": "BadReq"#).await;
    assert_eq!(cut.body_excerpt(), Some(r#"{"error": {"code": "BadReq"#));

    let bytes = get(answer(500).body(&b"\xff\xfe\x00oops"[..])).await.unwrap_err();
    assert!(bytes.body_excerpt().unwrap().ends_with("oops"));
}

#[tokio::test]
async fn e3_a_body_that_breaks_off_does_not_hide_the_status() {
    let broken = answer(503).header("retry-after", "7").body("{\"error\"").broken_off(TransportError::body("reset"));
    let error = get(broken).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert!(!error.is_transport());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.body_excerpt(), Some("{\"error\""));
}

#[tokio::test]
async fn e3_the_body_of_an_error_is_read_to_64_kib() {
    let room = 64 * 1024 - r#"{"message":""}"#.len();
    for (length, read) in [(room, true), (room + 1, false)] {
        let body = format!(r#"{{"message":"{}"}}"#, "x".repeat(length));
        let error = get(answer(500).body(body)).await.unwrap_err();
        assert_eq!(error.message().map(str::len), read.then_some(length));
        assert_eq!(error.body_excerpt().unwrap().len(), 1_024);
    }
}

#[tokio::test]
async fn e11_an_error_says_how_long_to_wait() {
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    for (asked, wait) in [
        ("2.128", seconds(3)),
        ("31,120", seconds(120)),
        ("Mon, 02 Feb 2026 10:00:00 GMT", seconds(30)),
        ("1e308", Some(Duration::MAX)),
        ("-1", None),
        ("soon", None),
    ] {
        let throttled = answer(429).header("retry-after", asked).header("date", "Mon, 02 Feb 2026 09:59:30 GMT");
        let error = get(throttled).await.unwrap_err();
        assert!(error.is_throttled());
        assert_eq!(error.retry_after(), wait, "{asked}");
    }
    let twice = answer(429).header("retry-after", "1").header("retry-after", b"caf\xe9");
    assert_eq!(get(twice).await.unwrap_err().retry_after(), seconds(1));
}

#[tokio::test]
async fn questions_that_an_error_answers() {
    let questions =
        |error: &Error| [error.is_unauthorized(), error.is_forbidden(), error.is_not_found(), error.is_throttled()];
    for (status, answers) in [
        (401, [true, false, false, false]),
        (403, [false, true, false, false]),
        (404, [false, false, true, false]),
        (429, [false, false, false, true]),
        (500, [false; 4]),
        (200, [false; 4]),
    ] {
        let error = get(answer(status)).await.unwrap_err();
        assert_eq!(questions(&error), answers, "{status}");
    }
}

#[tokio::test]
async fn every_status_that_is_no_success_is_an_error_with_it() {
    for status in [301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 406, 409, 410, 412, 428, 500, 501, 504, 509, 599] {
        let error = get(answer(status).header("location", "https://evil.example/").json(r#"{"id": "7"}"#)).await;
        assert_eq!(error.unwrap_err().status().unwrap(), status);
    }
}

#[tokio::test]
async fn help_says_what_to_do() {
    let help = async |status| get(answer(status)).await.unwrap_err().help();
    let documentation = "see https://shop.example.com/docs/order-get";
    assert_eq!(
        help(403).await.unwrap(),
        format!("`/orders/{{id}}` needs the permission Orders.Read or Orders.ReadWrite; {documentation}")
    );
    assert!(help(401).await.unwrap().starts_with("the token was not accepted"));
    assert!(help(302).await.unwrap().starts_with("redirects are not followed"));
    assert_eq!(help(404).await.unwrap(), documentation);
    assert_eq!(help(204).await, None); // nothing that the caller could do
    let throttled = get(answer(429).header("retry-after", "4000")).await.unwrap_err();
    let wait = "the service asks to wait 4000 s before the next request";
    assert_eq!(throttled.help().unwrap(), format!("{wait}; {documentation}"));
}

#[tokio::test]
async fn a_transport_that_gives_no_answer() {
    for (fault, connect, timeout, shown) in [
        (TransportError::connect("refused"), true, false, "no connection: refused"),
        (TransportError::timeout("10 s"), false, true, "a time limit passed: 10 s"),
        (TransportError::new("odd"), false, false, "odd"),
    ] {
        let error = get(answer(200).fails(fault)).await.unwrap_err();
        let transport = error.transport().unwrap();
        assert_eq!((transport.is_connect(), transport.is_timeout(), transport.is_body()), (connect, timeout, false));
        assert!(error.is_transport() && error.status().is_none());
        assert!(error.to_string().starts_with(shown), "{error}");
        assert!(error.client_request_id().is_some() && error.help().is_none());
    }
}
