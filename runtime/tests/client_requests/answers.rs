//! Answers that say yes: read, or refused with a reason (W-33).

use odata_runtime::client::{StaticToken, TransportError};
use odata_runtime::testing::InMemory;

use crate::orders::{Client, TOKEN, answer, get};

#[tokio::test]
async fn json_under_every_name_it_goes_by() {
    for name in ["application/json", "Application/JSON; charset=utf-8", "application/problem+json"] {
        let order = get(answer(200).header("content-type", name).body(r#"{"id": "7"}"#)).await.unwrap();
        assert_eq!(order.id.as_deref(), Some("7"));
    }
    let unnamed = get(answer(200).body(r#"{"id": "7"}"#)).await.unwrap();
    assert_eq!(unnamed.id.as_deref(), Some("7"));
}

#[tokio::test]
async fn w33_a_byte_order_mark_and_pieces_do_not_matter() {
    let order = get(answer(200).json("\u{feff}{\"id\"").body(": \"7\", \"lines\":").body("[{\"price\": 2}]}")).await;
    let lines = order.unwrap().lines.unwrap();
    assert_eq!(lines[0].price, Some(2));
}

#[tokio::test]
async fn w33_an_empty_answer_is_no_default_value() {
    for (status, shown) in [(204, "204 No Content"), (200, "200 OK")] {
        let error = get(answer(status)).await.unwrap_err();
        assert!(error.is_decode());
        assert_eq!(error.status().unwrap(), status);
        assert!(error.to_string().starts_with(&format!("{shown}: the body is empty, where JSON should be")), "{error}");
    }
    assert!(get(answer(200).json(" \r\n")).await.unwrap_err().to_string().contains("empty"));
}

/// Every property may be absent: to the type, an error would be a value that says nothing.
#[tokio::test]
async fn an_error_under_a_status_that_says_yes_is_no_value() {
    for body in [
        r#"{"error": {"code": "c0de", "message": "not now"}}"#,
        "\u{feff} {\n \"error\" : {\"code\": \"c0de\", \"message\": \"not now\", \"innerError\": {}}}",
        r#"{"odata.error": {"code": "c0de", "message": {"lang": "en", "value": "not now"}}}"#,
    ] {
        let error = get(answer(200).json(body)).await.unwrap_err();
        assert!(error.is_decode() && error.status().unwrap() == 200);
        assert_eq!((error.code(), error.message()), (Some("c0de"), Some("not now")));
        let shown = "200 OK: the body is an error, in spite of the status: c0de: not now";
        assert!(error.to_string().starts_with(shown), "{error}");
    }
    // Values may have something that is called so.
    for body in [
        r#"{"error": {"code": "c0de"}, "id": "7"}"#,
        r#"{"@odata.context": "$metadata#orders/$entity", "error": {"code": "c0de"}}"#,
        r#"{"error": {"code": "c0de"}, "@odata.etag": "1"}"#,
        r#"{"error": null}"#,
        r#"{"error": "none"}"#,
        r#"{"error": {"severity": 1}}"#,
        r#"{"errors": {"code": "c0de"}}"#,
    ] {
        let order = get(answer(200).json(body)).await.unwrap();
        assert!(!order.extra.is_empty(), "{body}");
    }
}

#[tokio::test]
async fn w33_another_content_type_is_named_with_the_first_of_the_body() {
    let page = "<html><title>Sign in to the guest network</title></html>";
    let error = get(answer(200).header("content-type", "text/html; charset=utf-8").body(page)).await.unwrap_err();
    assert!(error.is_decode());
    assert!(error.to_string().starts_with("200 OK: the body is text/html, not JSON"), "{error}");
    assert_eq!(error.body_excerpt(), Some(page));

    for unnamed in [answer(200).body(page), answer(200).json(page)] {
        let error = get(unnamed).await.unwrap_err();
        assert!(error.to_string().starts_with("200 OK: the body is markup, not JSON"), "{error}");
        assert_eq!(error.body_excerpt(), Some(page));
    }
}

#[tokio::test]
async fn a_decode_fault_has_its_path_and_no_data() {
    let body = r#"{"id": "7", "lines": [{"price": 1}, {"price": "private text"}]}"#;
    let error = get(answer(200).header("request-id", "r-1").json(body)).await.unwrap_err();
    assert!(error.is_decode() && !error.is_transport());
    assert_eq!(error.path().as_deref(), Some("$.lines[1].price"));
    assert_eq!(error.status().unwrap(), 200);
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("$.lines[1].price") && shown.contains("(request-id r-1)"), "{shown}");
    assert!(!shown.contains("private") && error.body_excerpt().is_none(), "{shown}");
}

#[tokio::test]
async fn half_a_document_is_never_a_value() {
    let error = get(answer(200).json(r#"{"id": "7", "lines": [{"#)).await.unwrap_err();
    assert!(error.is_decode());

    let cut = TransportError::body("connection reset");
    let error = get(answer(200).json(r#"{"id": "7"}"#).broken_off(cut)).await.unwrap_err();
    assert!(error.is_transport() && error.transport().unwrap().is_body());
    assert!(error.to_string().starts_with("200 OK: the answer broke off: connection reset"), "{error}");
}

#[tokio::test]
async fn a_body_over_the_cap_is_refused_at_the_cap() {
    let body = r#"{"id": "7"}"#;
    for (cap, accepted) in [(body.len(), true), (body.len() - 1, false), (0, false)] {
        let service = InMemory::new();
        service.expect(answer(200).json(&body[..4]).body(&body[4..]));
        let tokens = StaticToken::new(TOKEN);
        let client = Client::builder().tokens(tokens).transport(service).max_body(cap).build().unwrap();
        match client.orders().by_id("1").get().send().await {
            Ok(order) => assert!(accepted && order.id.is_some(), "{cap}"),
            Err(error) => {
                assert!(!accepted && error.is_decode(), "{cap}: {error}");
                assert!(error.to_string().contains(&format!("longer than {cap} bytes")), "{error}");
            }
        }
    }
}
