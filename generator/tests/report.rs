//! Diagnostics as people see them: a golden beside each faulty document of `data/bad`.
//!
//! `UPDATE_EXPECT=1 cargo test -p odata-codegen --test report` writes the goldens.
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::path::PathBuf;

use odata_codegen::diagnostic::Diagnostic;
use odata_codegen::report::{Style, render};
use odata_codegen::source::{Sources, Span};

#[test]
fn bad_documents_are_reported_as_their_goldens_say() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/bad");
    let mut documents: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the folder is part of the package")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csdl"))
        .collect();
    documents.sort();
    assert!(documents.len() >= 80, "goldens are missing");
    for path in documents {
        let bytes = std::fs::read(&path).expect("a readable file");
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        let report = support::report(&name, &bytes);
        assert!(report.contains("error[") || report.contains("warning["), "{name} is reported as sound");
        expect_test::expect_file![path.with_extension("stderr")].assert_eq(&report);
    }
}

fn one() -> (Sources, Span) {
    let mut sources = Sources::default();
    let id = sources.add("a.toml", "first = 1\nsecond = \"\u{e9}t\u{e9}\" # end\n");
    (sources, Span::new(id, 19..26))
}

#[test]
fn the_place_is_file_line_and_column() {
    let (sources, span) = one();
    let fault = Diagnostic::warning("a::b", "something is odd").at(span, "this").help("change it");
    expect_test::expect![[r#"
        warning[a::b]: something is odd
         --> a.toml:2:10
          |
        2 | second = "été" # end
          |          ^^^^^ this
          |
          = help: change it
    "#]]
    .assert_eq(&render(&[fault], &sources, Style::default()));
}

#[test]
fn colour_is_asked_for() {
    let (sources, span) = one();
    let fault = [Diagnostic::error("a::b", "something is wrong").at(span, "this")];
    assert!(!render(&fault, &sources, Style { color: false }).contains('\u{1b}'));
    assert!(render(&fault, &sources, Style { color: true }).contains('\u{1b}'));
}

#[test]
fn of_many_only_fifty_are_shown() {
    let (sources, span) = one();
    let mut many = vec![Diagnostic::error("a::many", "again").at(span, "this"); 120];
    many.push(Diagnostic::warning("a::other", "once").at(span, "that"));
    let report = render(&many, &sources, Style::default());
    assert_eq!(report.matches("error[a::many]: again").count(), 50);
    assert_eq!(report.matches("warning[a::other]").count(), 1);
    assert!(report.ends_with("error[a::many]: 70 more like the 50 above\n"));
}

#[test]
fn nothing_to_say_is_nothing() {
    assert_eq!(render(&[], &Sources::default(), Style::default()), "");
}

#[test]
fn a_line_of_megabytes_is_named_and_not_quoted() {
    let mut sources = Sources::default();
    let id = sources.add("one-line.csdl", "x".repeat(3 << 20));
    let fault = Diagnostic::error("a::b", "wrong").at(Span::new(id, 2_000_000..2_000_004), "this");
    let report = render(&[fault], &sources, Style::default());
    assert!(report.contains("one-line.csdl:1:2000001"), "{report}");
    assert!(report.len() < 500);
}

#[test]
fn places_that_do_not_exist_do_no_harm() {
    let (sources, span) = one();
    let mut other = Sources::default();
    other.add("", "");
    let stranger = Span { source: other.add("", ""), ..span };
    for span in [
        stranger,
        Span { start: 900, end: 901, ..span },
        Span { start: 20, end: 900, ..span },
        Span { start: 21, end: 19, ..span },
    ] {
        assert!(
            render(&[Diagnostic::error("a::b", "wrong").at(span, "this")], &sources, Style::default())
                .contains("wrong")
        );
    }
}
