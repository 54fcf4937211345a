//! The error bodies that a large service has published: every one is read, whatever its form (E-1, W-17).

#![allow(clippy::print_stderr)] // a test that is left out says so

use std::path::Path;

use odata_runtime::client::TransportError;
use odata_runtime::{Page, Untyped};

use crate::orders::{answer, get};

#[tokio::test]
async fn e1_every_published_error_body() {
    let Some(corpus) = std::env::var_os("ODATA_CORPUS") else {
        eprintln!("skipped: ODATA_CORPUS is not set");
        return;
    };
    let mut count = 0;
    for entry in std::fs::read_dir(Path::new(&corpus).join("responses")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.contains("-error-") || name.ends_with(".head.txt") {
            continue;
        }
        count += 1;
        let body = std::fs::read(&path).unwrap();
        // As the documentation has it, which may be no JSON at all.
        if path.extension().is_some_and(|it| it == "txt") {
            let error = get(answer(400).json(body)).await.unwrap_err();
            assert!(!error.is_decode() && error.status().unwrap() == 400, "{name}: {error:?}");
            assert!(error.body_excerpt().is_some_and(|text| text.contains("\"error\"")), "{name}: {error:?}");
            continue;
        }
        // An oracle that knows no OData: does the document have a code, or a message, that is not empty?
        let json: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let said = |key: &str| json["error"][key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);

        let error = get(answer(400).json(body.clone())).await.unwrap_err();
        assert!(!error.is_decode() && error.status().unwrap() == 400, "{name}: {error:?}");
        if let Some(code) = said("code") {
            assert_eq!(error.code(), Some(&*code), "{name}");
        }
        if said("message").is_some() {
            assert!(error.message().is_some_and(|text| !text.is_empty()), "{name}: {error:?}");
        }
        let inner = ["innerError", "innererror"].iter().find_map(|key| json["error"].get(key));
        if let Some(id) = inner.and_then(|inner| inner.get("request-id").or_else(|| inner.get("requestId"))) {
            assert_eq!(error.request_id(), id.as_str(), "{name}");
        }
        // The same cut off anywhere: the status and the start of the text are left.
        for end in [1, body.len() / 2, body.len() - 1] {
            let cut = answer(400).json(body[..end].to_vec()).broken_off(TransportError::body("reset"));
            let error = get(cut).await.unwrap_err();
            assert_eq!(error.status().unwrap(), 400, "{name} at {end}");
            let is_text = !body[..end].trim_ascii().is_empty();
            assert_eq!(error.body_excerpt().is_some(), is_text, "{name} at {end}");
        }
    }
    assert!(count >= 8, "only {count} error bodies in the corpus");
}

/// Every published body that is a page: its items, its count and its link, and nothing lost when it is written.
#[test]
fn w7_every_published_page() {
    let Some(corpus) = std::env::var_os("ODATA_CORPUS") else {
        eprintln!("skipped: ODATA_CORPUS is not set");
        return;
    };
    let mut count = 0;
    for entry in std::fs::read_dir(Path::new(&corpus).join("responses")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "json") {
            continue;
        }
        let body = std::fs::read(&path).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let Some(items) = json["value"].as_array() else { continue };
        count += 1;
        let page: Page<Untyped> = odata_runtime::from_slice(&body).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        assert_eq!(page.len(), items.len(), "{path:?}");
        assert_eq!(page.count(), json["@odata.count"].as_i64(), "{path:?}");
        assert_eq!(page.next_link(), json["@odata.nextLink"].as_str(), "{path:?}");
        let again: serde_json::Value = serde_json::from_str(&odata_runtime::to_string(&page).unwrap()).unwrap();
        assert_eq!(again, json, "{path:?}");
    }
    assert!(count >= 10, "only {count} pages in the corpus");
}
