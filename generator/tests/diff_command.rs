//! The command `diff`: its options, what goes to standard output, and its exit codes.
#![cfg(feature = "cli")]
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SHOP: &str = include_str!("data/diff/shop.csdl");
const CONFIG: &str = include_str!("data/diff/codegen.toml");

/// A folder of its own for each test, as the working folder of the command.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff").join(name);
    std::fs::create_dir_all(&folder).expect("folder");
    let count = "<Property Name=\"count\" Type=\"Edm.Int32\"/>";
    for (file, text) in [
        ("old.csdl", SHOP.to_owned()),
        ("more.csdl", SHOP.replace(count, &format!("{count}<Property Name=\"price\" Type=\"Edm.Decimal\"/>"))),
        ("less.csdl", SHOP.replace(count, "")),
        ("order.csdl", SHOP.replace("Scale=\"2\"", "Scale=\"3\"")),
        ("shop.toml", CONFIG.to_owned()),
    ] {
        std::fs::write(folder.join(file), text).expect("file");
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_odata-codegen"));
    command.arg("diff").args(arguments).current_dir(folder).output().expect("the command")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

#[test]
fn the_exit_code_says_how_much_a_change_weighs() {
    let folder = folder("exit");
    for (new, code) in [("old.csdl", 0), ("order.csdl", 0), ("more.csdl", 3), ("less.csdl", 4)] {
        let asked = run(&folder, &["old.csdl", new, "--config", "shop.toml", "--exit-code", "--today", "2026-01-01"]);
        assert_eq!(asked.status.code(), Some(code), "{new}: {}", out(&asked));
        let unasked = run(&folder, &["old.csdl", new, "--config", "shop.toml", "--today", "2026-01-01"]);
        assert_eq!(unasked.status.code(), Some(0), "{new}");
    }
    let missing = run(&folder, &["old.csdl", "none.csdl", "--config", "shop.toml"]);
    assert_eq!((missing.status.code(), out(&missing)), (Some(1), String::new()));
    let none = run(&folder, &["old.csdl", "old.csdl", "--today", "soon"]);
    assert_eq!(none.status.code(), Some(2));
}

#[test]
fn json_is_one_object_and_has_both_places() {
    let folder = folder("json");
    let output =
        run(&folder, &["old.csdl", "less.csdl", "--config", "shop.toml", "--format", "json", "--today", "2027-01-01"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(value.get("verdict"), Some(&"major".into()));
    let first = value.pointer("/changes/0").expect("a change");
    assert_eq!(first.get("subject"), Some(&"n.item/count".into()));
    assert_eq!(first.pointer("/before/place/file"), Some(&"old.csdl".into()));
    assert_eq!(first.pointer("/near/file"), Some(&"less.csdl".into()));
    assert_eq!(value.pointer("/passed/0/successor"), Some(&"sum".into()));
}

/// Whoever has no configuration compares every namespace, without paths.
#[test]
fn without_a_configuration_every_namespace_is_compared() {
    let folder = folder("alone");
    let output = run(&folder, &["old.csdl", "more.csdl", "--today", "2026-01-01"]);
    let text = out(&output);
    assert!(text.contains("additive: added property `n.item/price`"), "{text}");
    assert!(!text.contains("requests::"), "{text}");
    let markdown = out(&run(&folder, &["old.csdl", "more.csdl", "--format", "markdown", "--today", "2026-01-01"]));
    assert!(markdown.starts_with("**minor"), "{markdown}");
}
