//! The code of README.md is compiled as it stands there, and run on an in-memory transport.
#![allow(missing_docs, dead_code, clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod support;

use odata_runtime::testing::{Exchange, InMemory};

// build.rs takes the first block of Rust out of README.md.
include!(concat!(env!("OUT_DIR"), "/readme.rs"));

#[tokio::test]
async fn the_code_of_the_front_page_does_what_it_says() {
    let service = InMemory::new();
    let path = "/v1.0/communications/callRecords/7?$select=id,type,startDateTime&$expand=sessions($expand=segments)";
    service.expect(Exchange::get(path).json(include_str!("responses/one-record.json")));
    let client = Client::builder().transport(service.clone()).tokens(StaticToken::new("t")).build().expect("client");
    look_at(&client, "7").await.expect("record");
    service.verify().expect("exactly this request");
}

#[test]
fn the_front_page_tells_what_generate_prints() {
    let readme = support::read("README.md");
    let files = support::files(&support::here("generated/src"));
    let line = format!("in {} files: 0 written, {} unchanged, 0 removed", files.len() - 1, files.len());
    assert!(readme.contains(&line), "README.md does not say {line:?}");
}
