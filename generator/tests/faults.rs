//! FAULTS.md says what shows each fault: whether all of it exists.
// A test fails by panicking.
#![allow(clippy::expect_used)]

use std::collections::BTreeSet;
use std::path::PathBuf;

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The names of the files of a folder that have an extension.
fn files(folder: &str, extension: &str) -> BTreeSet<String> {
    std::fs::read_dir(here().join(folder))
        .expect("a folder of the package")
        .map(|entry| entry.expect("a readable folder").file_name().to_string_lossy().into_owned())
        .filter(|name| name.rsplit_once('.').is_some_and(|(_, it)| it == extension))
        .collect()
}

/// The functions that the test runner runs.
fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files("", "rs") {
        let text = std::fs::read_to_string(here().join(file)).expect("a readable file");
        found.extend(tests_in(&text).map(str::to_owned));
    }
    found
}

fn tests_in(text: &str) -> impl Iterator<Item = &str> {
    text.split("#[test]").skip(1).filter_map(|rest| rest.split_once("fn ")?.1.split('(').next())
}

/// Whether a test of the workspace's `tests/goldens.rs` exists; where the package stands alone there is none to look at.
fn is_golden(name: &str) -> bool {
    std::fs::read_to_string(here().join("../../tests/goldens.rs"))
        .map_or(true, |text| tests_in(&text).any(|it| it == name))
}

/// The rows of the table: the fault's number and the names in its last column.
fn rows() -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(here().join("FAULTS.md")).expect("FAULTS.md");
    text.lines()
        .filter(|line| line.starts_with("| T-"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let names = cells.last().into_iter().flat_map(|cell| cell.split('`').skip(1).step_by(2));
            (cells.first().copied().unwrap_or_default().to_owned(), names.map(str::to_owned).collect())
        })
        .collect()
}

#[test]
fn every_fault_has_a_row_and_every_row_something_that_shows_it() {
    let rows = rows();
    let numbers: Vec<&str> = rows.iter().map(|(number, _)| number.as_str()).collect();
    let expected: Vec<String> = (1..=13).map(|number| format!("T-{number}")).collect();
    assert_eq!(numbers, expected);
    let (documents, goldens, tests) = (files("data/bad", "csdl"), files("data/bad", "stderr"), tests());
    for (number, names) in rows {
        assert!(!names.is_empty(), "nothing shows {number}");
        for name in names {
            match name.strip_suffix(".csdl") {
                None if name.starts_with("goldens::") => {
                    let golden = name.trim_start_matches("goldens::");
                    assert!(is_golden(golden), "{number}: there is no test {golden} in tests/goldens.rs");
                }
                Some(stem) => {
                    assert!(documents.contains(&name), "{number}: there is no document {name}");
                    assert!(goldens.contains(&format!("{stem}.stderr")), "{number}: {name} has no golden");
                }
                None => assert!(tests.contains(&name), "{number}: there is no test {name}"),
            }
        }
    }
}

#[test]
fn every_bad_document_shows_a_fault() {
    let named: BTreeSet<String> = rows().into_iter().flat_map(|(_, names)| names).collect();
    // Those of `model-` are the faults of resolving beyond T-1 to T-13.
    let is_of_a_row = |name: &String| !name.starts_with("model-");
    let documents = files("data/bad", "csdl").into_iter().filter(is_of_a_row);
    let unnamed: Vec<String> = documents.filter(|it| !named.contains(it)).collect();
    assert!(unnamed.is_empty(), "not named in FAULTS.md: {unnamed:?}");
    let documents: BTreeSet<String> = files("data/bad", "csdl");
    let orphans: Vec<String> = files("data/bad", "stderr")
        .into_iter()
        .filter(|it| !documents.contains(&it.replace(".stderr", ".csdl")))
        .collect();
    assert!(orphans.is_empty(), "goldens without a document: {orphans:?}");
}
