//! FAULTS.md says what shows each fault of services and networks: whether all of it exists.
// A test fails by panicking.
#![allow(clippy::expect_used)]

use std::path::Path;

/// What has no test as long as the runtime has no such feature.
const NOT_YET: &str = "not yet: feature `";

/// The rows of the table: the rule, and what stands in the last column.
fn rows(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|line| line.starts_with("| R-") || line.starts_with("| E-")).map(|line| {
        let mut cells = line.trim().trim_matches('|').split('|').map(str::trim);
        (cells.next().unwrap_or_default(), cells.next_back().unwrap_or_default())
    })
}

/// Whether `path::name` is a test: the file is there, and the function in it, under an attribute that makes it one.
fn is_test(named: &str) -> bool {
    let Some((path, name)) = named.split_once("::") else {
        return false;
    };
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_default();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_declared = |line: &str| line.trim_start_matches("async ").starts_with(&format!("fn {name}("));
    lines.iter().enumerate().any(|(at, line)| {
        let above = lines.iter().take(at).rev().take_while(|line| line.starts_with("#[") || line.starts_with("//"));
        is_declared(line) && above.into_iter().any(|line| line.starts_with("#[") && line.contains("test"))
    })
}

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file of the workspace")
}

#[test]
fn every_rule_has_a_row_and_every_row_tests_that_exist() {
    let table = read("tests/FAULTS.md");
    let rules: Vec<_> = rows(&table).map(|(rule, _)| rule.to_owned()).collect();
    let expected = (1..=14).map(|number| format!("R-{number}"));
    let errors = [10, 11, 12, 13, 20, 21, 22, 23, 24].map(|number| format!("E-{number}"));
    assert_eq!(rules, expected.chain(errors).collect::<Vec<_>>());

    let features = read("runtime/Cargo.toml");
    let mut faults = Vec::new();
    for (rule, shown) in rows(&table) {
        if let Some(feature) = shown.strip_prefix(NOT_YET) {
            if features.contains(&format!("\n{} = [", feature.trim_end_matches('`'))) {
                faults.push(format!("{rule}: the feature is there, and its tests are not named"));
            }
            continue;
        }
        let mut names = shown.split('`').skip(1).step_by(2).peekable();
        if names.peek().is_none() {
            faults.push(format!("{rule}: nothing shows it"));
        }
        faults.extend(names.filter(|name| !is_test(name)).map(|name| format!("{rule}: there is no test {name}")));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_name_is_that_of_a_test_only_if_it_is_one() {
    let here = "tests/faults.rs::a_name_is_that_of_a_test_only_if_it_is_one";
    assert!(is_test(here));
    for other in
        ["tests/faults.rs::is_test", "tests/faults.rs::gone", "tests/gone.rs::x", "faults", &here[..here.len() - 1]]
    {
        assert!(!is_test(other), "{other}");
    }
}
