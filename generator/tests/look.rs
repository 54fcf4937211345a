//! `info`, `tree`, `search` and `diagram`: what each says in each form, and what it says of what is not there.
#![cfg(feature = "cli")]
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::process::{Command, Output};

use expect_test::expect_file;

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_odata-codegen"));
    command.args(arguments).args(["--config", "tests/data/explain/codegen.toml"]);
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("NO_COLOR", "1").output().expect("run")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8").replace("\r\n", "\n")
}

/// Standard output of a run that ends well and has nothing else to say.
fn said(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{arguments:?}");
    text(&output.stdout)
}

#[test]
fn each_command_says_the_same_in_each_form() {
    let commands: [&[&str]; 8] = [
        &["info"],
        &["tree"],
        &["search", "order"],
        &["search", "I", "--most", "3"],
        &["diagram"],
        &["diagram", "--as", "dot", "--fields"],
        &["diagram", "--root", "order", "--many", "--fields"],
        &["explain", "order/buyer"],
    ];
    let mut all = Vec::new();
    for command in commands {
        for format in ["text", "markdown", "json"] {
            let arguments: Vec<&str> = command.iter().copied().chain(["--format", format]).collect();
            all.push(format!("$ {}\n{}\n", arguments.join(" "), said(&arguments)));
        }
    }
    expect_file!["data/look/expected.txt"].assert_eq(&all.concat());
}

/// What stands for programs is JSON, of every command.
#[test]
fn json_is_json() {
    for command in [&["info"][..], &["tree"], &["search", "o"], &["diagram"], &["explain", "order"], &["check"]] {
        let arguments: Vec<&str> = command.iter().copied().chain(["--format", "json"]).collect();
        // `check` finds a difference, as it must: nothing was generated here.
        let output = run(&arguments);
        let read: Result<serde_json::Value, _> = serde_json::from_slice(&output.stdout);
        assert!(read.is_ok_and(|it| it.is_object() || it.is_array()), "{arguments:?}");
    }
}

#[test]
fn a_search_heeds_neither_case_nor_underscores_and_the_nearest_come_first() {
    let names = |word: &str| -> Vec<String> {
        let found: serde_json::Value =
            serde_json::from_str(&said(&["search", word, "--format", "json"])).expect("JSON");
        let found = found["found"].as_array().expect("a list").iter();
        found.map(|it| it["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names("PASSERBY"), ["people.passer_by"]);
    assert_eq!(names("passer_by"), ["people.passer_by"]);
    assert_eq!(names("order/l"), ["shop.order/label", "shop.order/lines"]);
    // The word, then what begins with it, then what has it; what is generated before what is not.
    assert_eq!(names("order"), ["shop.order", "/orders"]);
    assert_eq!(names("name"), ["people.party/name", "people.passer_by/name"]);
}

#[test]
fn what_is_not_there_has_similar_names() {
    let refused = |arguments: &[&str]| {
        let output = run(arguments);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), String::new()), "{arguments:?}");
        text(&output.stderr)
    };
    let said = refused(&["search", "ordre"]);
    assert!(said.contains("nothing in the documents has `ordre` in its name"), "{said}");
    assert!(said.contains("a similar name is: `order`"), "{said}");
    assert!(refused(&["search", ""]).contains("give a part of a name"));
    let said = refused(&["diagram", "--root", "ordr"]);
    assert!(said.contains("no struct `ordr` is generated") && said.contains("a similar name is: `order`"), "{said}");
    // Of the documents, and not generated.
    assert!(refused(&["diagram", "--root", "passer_by"]).contains("no struct `passer_by` is generated"));
}

/// Standard error of a test is no terminal: nothing but what a command has to say comes there.
#[test]
fn progress_is_silent_in_a_pipe() {
    let output = run(&["info"]);
    assert_eq!(text(&output.stderr), "");
    assert!(!text(&output.stdout).contains(['\r', '\u{1b}']));
}

#[test]
fn completions_know_every_command_and_option() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = text(
            &Command::new(env!("CARGO_BIN_EXE_odata-codegen"))
                .args(["completions", shell])
                .output()
                .expect("run")
                .stdout,
        );
        for word in ["generate", "diagram", "search", "accept-renames"] {
            assert!(script.contains(word), "{word} is not in what completes in {shell}");
        }
    }
}
