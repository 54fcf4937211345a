//! The examples of the generated crate, run offline: what they print is in `tests/examples`.
//!
//! `UPDATE_EXPECT=1 cargo test --workspace --test examples` writes it anew.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::print_stdout)]

mod support;

use std::path::PathBuf;
use std::process::Command;

use expect_test::expect_file;

/// `cargo test --workspace` builds the examples beside the tests.
fn built(name: &str) -> Option<PathBuf> {
    let tests = std::env::current_exe().expect("this test");
    let path = tests.parent()?.parent()?.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists() || std::env::var_os("CI").is_none(), "{name} is not built");
    path.exists().then_some(path)
}

fn run(name: &str) {
    let Some(path) = built(name) else {
        println!("skipped: {name} is not built, which `cargo test --workspace` does");
        return;
    };
    let ran = Command::new(path).arg("--demo").env_remove("GRAPH_TOKEN").output().expect("it runs");
    let said = String::from_utf8(ran.stderr).expect("UTF-8");
    assert!(ran.status.success(), "{name}: {said}");
    let printed = String::from_utf8(ran.stdout).expect("UTF-8");
    expect_file![support::here(&format!("tests/examples/{name}.txt"))].assert_eq(&printed);
}

#[test]
fn get_record() {
    run("get_record");
}

#[test]
fn list_recent() {
    run("list_recent");
}

#[test]
fn pstn_last_month() {
    run("pstn_last_month");
}

#[test]
fn stream_sessions() {
    run("stream_sessions");
}

#[test]
fn subscribe() {
    run("subscribe");
}

#[test]
fn webhook() {
    run("webhook");
}

#[test]
fn the_readme_shows_what_the_webhook_prints() {
    let printed = support::read("tests/examples/webhook.txt");
    assert!(support::read("generated/README.md").contains(&printed), "generated/README.md does not show:\n{printed}");
}

#[test]
fn without_a_token_they_say_what_is_missing() {
    let Some(path) = built("list_recent") else {
        println!("skipped: list_recent is not built, which `cargo test --workspace` does");
        return;
    };
    let ran = Command::new(path).env_remove("GRAPH_TOKEN").env_remove("AZURE_TENANT_ID").output().expect("it runs");
    assert!(!ran.status.success());
    assert!(String::from_utf8_lossy(&ran.stderr).contains("; `--demo` needs no sign-in"));
}

/// What a demo is about is no business of a real organisation.
#[test]
fn without_an_argument_they_do_not_ask_for_that_of_the_demo() {
    for (name, missing) in [
        ("get_record", "Error: the ID of a call record is missing on the command line\n"),
        ("stream_sessions", "Error: the ID of a call record is missing on the command line\n"),
        ("subscribe", "Error: the URL that notifications go to is missing on the command line\n"),
    ] {
        let Some(path) = built(name) else {
            println!("skipped: {name} is not built, which `cargo test --workspace` does");
            return;
        };
        let ran = Command::new(path).env("GRAPH_TOKEN", "t").output().expect("it runs");
        assert_eq!((ran.status.success(), &*String::from_utf8_lossy(&ran.stderr)), (false, missing));
    }
}
