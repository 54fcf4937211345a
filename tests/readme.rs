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

#[test]
fn the_front_page_shows_a_fault_as_it_is_shown() {
    let folder = tempfile::tempdir().expect("folder");
    let metadata = folder.path().join("metadata");
    std::fs::create_dir(&metadata).expect("folder");
    for name in ["call-records.csdl", "codegen.toml", "docs.toml"] {
        let text = support::read(&format!("metadata/{name}"));
        let slip = text.replace(
            "Type=\"microsoft.graph.callRecords.userFeedback\"",
            "Type=\"microsoft.graph.callRecords.userFeedbak\"",
        );
        std::fs::write(metadata.join(name), slip).expect("written");
    }
    std::fs::create_dir(folder.path().join("generated")).expect("folder");
    std::fs::write(folder.path().join("generated/README.md"), "").expect("written");
    let command = std::process::Command::new(support::command()).arg("generate").current_dir(folder.path()).output();
    let said = String::from_utf8(command.expect("run").stderr).expect("UTF-8").replace("\r\n", "\n");
    assert!(support::read("README.md").contains(said.trim_end()), "README.md does not show:\n{said}");
}

#[test]
fn the_front_page_shows_an_explanation_as_it_is_given() {
    let command = std::process::Command::new(support::command())
        .args(["explain", "identity/tenantId"])
        .current_dir(support::here(""))
        .output()
        .expect("run");
    let said = String::from_utf8(command.stdout).expect("UTF-8");
    assert!(!said.is_empty() && support::read("README.md").contains(&said), "README.md does not show:\n{said}");
}

/// The picture is what the command draws.
#[test]
fn the_front_page_has_the_picture_that_diagram_draws() {
    let readme = support::read("README.md").replace("\r\n", "\n");
    let command = "diagram --root callRecord --many";
    assert!(readme.contains(&format!("(`odata-codegen {command}`):\n\n```mermaid\n")), "README.md does not say how");
    let drawn = std::process::Command::new(support::command())
        .args(command.split(' '))
        .current_dir(support::here(""))
        .output()
        .expect("run");
    let drawn = String::from_utf8(drawn.stdout).expect("UTF-8").replace("\r\n", "\n");
    let shown = readme.split("```mermaid\n").nth(1).and_then(|it| it.split("```").next()).expect("a picture");
    assert_eq!(shown, drawn, "put what `cargo run -- {command}` prints into README.md");
}
