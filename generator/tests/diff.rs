//! `diff`: every kind of change, what it means, and the three ways in which it is written.
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::panic)]

#[path = "data/diff/changes.rs"]
mod changes;
mod support;

use std::fmt::Write as _;

use changes::{CONFIG, SHOP, changes};
use expect_test::expect_file;
use odata_codegen::config;
use odata_codegen::diagnostic::{Diagnostic, Severity};
use odata_codegen::diff::{Change, Class, Diff, Kind, Options, Side, Verdict, diff, json, markdown, text};
use odata_codegen::input::Input;
use odata_codegen::source::Sources;
use proptest::prelude::*;
use support::codes;

fn input(name: &str, documents: &[&str], config: &str) -> Input {
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let documents = documents.iter().map(|it| sources.add(name, *it)).collect();
    let source = sources.add("codegen.toml", config);
    let config = config::read_config(source, &sources, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    Input {
        sources,
        config,
        docs: None,
        lock: None,
        lock_file: None,
        accept_renames: false,
        unknown: Severity::Warning,
        documents,
        sha256: None,
        output: "out".into(),
        files: Vec::new(),
    }
}

fn compared(old: &[&str], new: &[&str], config: &str, options: Options) -> (Diff, Vec<Diagnostic>) {
    let mut said = Vec::new();
    let before = Side::new(&mut input("old.csdl", old, config), None, options, &mut said).expect("old");
    let mut of_new = Vec::new();
    let after = Side::new(&mut input("new.csdl", new, config), Some(&before), options, &mut of_new);
    let after = after.unwrap_or_else(|| panic!("{of_new:?}"));
    said.extend(of_new);
    (diff(&before, &after), said)
}

fn between(old: &str, new: &str) -> Diff {
    compared(&[old], &[new], CONFIG, Options::default()).0
}

#[test]
fn every_kind_of_change() {
    let (mut texts, mut marks, mut jsons) = (String::new(), String::new(), String::new());
    for (name, changed) in changes() {
        let diff = between(SHOP, &changed);
        let _infallible = writeln!(texts, "# {name}\n{}", text(&diff));
        let _infallible = writeln!(marks, "## {name}\n\n{}", markdown(&diff));
        let _infallible = writeln!(jsons, "// {name}\n{}", json(&diff));
    }
    expect_file!["data/diff/expected.txt"].assert_eq(&texts);
    expect_file!["data/diff/expected.md"].assert_eq(&marks);
    expect_file!["data/diff/expected.jsonl"].assert_eq(&jsons);
}

/// The name of a change begins with what it is to be: the goldens show it, this proves it.
#[test]
fn the_verdict_is_the_one_that_the_change_is_named_after() {
    for (name, changed) in changes() {
        let expected = match name.split_once(':').expect("a class").0 {
            "breaking" => Verdict::Major,
            "additive" => Verdict::Minor,
            "invisible" => Verdict::Patch,
            "nothing" => Verdict::None,
            other => panic!("{other}"),
        };
        assert_eq!(between(SHOP, &changed).verdict(), expected, "{name}");
    }
}

/// A change without its direction, to be compared with that of the way back.
fn undirected(change: &Change, turned: bool) -> String {
    let kind = match (change.kind, turned) {
        (Kind::Added, true) => Kind::Removed,
        (Kind::Removed, true) => Kind::Added,
        (kind, _) => kind,
    };
    format!("{kind} {} {:?}", change.element, change.aspect)
}

fn sorted(diff: &Diff, turned: bool) -> Vec<String> {
    let mut all: Vec<String> = diff.changes.iter().map(|it| undirected(it, turned)).collect();
    all.sort_unstable();
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nothing differs from itself, and what is added on the way there is removed on the way back.
    #[test]
    fn the_way_back_undoes_the_way_there(one in 0_usize..64, other in 0_usize..64) {
        let all = changes();
        let pick = |at: usize| &all.get(at % all.len()).expect("within").1;
        let (one, other) = (pick(one), pick(other));
        prop_assert!(between(one, one).is_empty());
        prop_assert_eq!(sorted(&between(one, other), true), sorted(&between(other, one), false));
    }
}

#[test]
fn a_day_that_has_come_is_told_with_what_replaces_it() {
    let on = |day: &str| {
        let options = Options { today: Some(day.parse().expect("a day")), ..Options::default() };
        compared(&[SHOP], &[SHOP], CONFIG, options).0
    };
    assert!(on("2026-11-05").is_empty());
    let due = on("2026-11-06");
    assert_eq!(due.verdict(), Verdict::None);
    let due = due.passed.first().expect("one that is due").clone();
    assert_eq!((due.subject.as_str(), due.removal.as_str()), ("n.order/total", "2026-11-06"));
    assert_eq!(due.successor.as_deref(), Some("sum"));
    assert!(due.place.starts_with("new.csdl:"), "{}", due.place);
}

/// A document that is a `Schema` cut out of a larger one: its foreign types are names, under one warning, until they are
/// given; an alias that stands in the larger document is known then.
#[test]
fn foreign_types_are_opaque_until_their_document_is_given() {
    let schema = |properties: &str| {
        format!(
            "<Schema Namespace=\"n\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\"><ComplexType Name=\"a\">{properties}\
             </ComplexType><Function Name=\"f\"><Parameter Name=\"x\" Type=\"f.b\"/><ReturnType Type=\"n.a\"/></Function></Schema>"
        )
    };
    let old = schema("<Property Name=\"p\" Type=\"f.b\"/>");
    let new = schema("<Property Name=\"p\" Type=\"f.b\"/><Property Name=\"q\" Type=\"Collection(f.c)\"/>");
    let config = "documents = []\n";
    let options = Options { by_namespace: true, today: None };
    let (found, said) = compared(&[&old], &[&new], config, options);
    assert_eq!(codes(&said), ["diff::opaque", "diff::opaque"]);
    let subjects = |diff: &Diff| diff.changes.iter().map(|it| it.subject.clone()).collect::<Vec<String>>();
    assert_eq!(subjects(&found), ["n.a/q"]);
    let with = "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>\
                <Schema Namespace=\"far\" Alias=\"f\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">\
                <ComplexType Name=\"b\"/><EnumType Name=\"c\"><Member Name=\"m\"/></EnumType></Schema>\
                <Schema Namespace=\"n\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\"><ComplexType Name=\"a\"/></Schema>\
                </edmx:DataServices></edmx:Edmx>";
    let (found, said) = compared(&[&old, with], &[&new, with], config, options);
    assert!(said.is_empty(), "{said:?}");
    // What comes in with the property is there for apps too.
    assert_eq!(subjects(&found), ["far.c", "n.a/q"]);
    assert!(found.changes.iter().all(|it| it.class == Class::Additive));
}

/// A function that no path leads to is compared as it is declared.
#[test]
fn without_a_container_operations_are_compared_as_declared() {
    let schema = |parameters: &str| {
        format!(
            "<Schema Namespace=\"n\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\"><Function Name=\"f\">{parameters}\
             <ReturnType Type=\"Edm.Int32\"/></Function></Schema>"
        )
    };
    let options = Options { by_namespace: true, today: None };
    let one = "<Parameter Name=\"x\" Type=\"Edm.Int32\"/>";
    let (found, _) = compared(
        &[&schema(one)],
        &[&schema(&format!("{one}<Parameter Name=\"y\" Type=\"Edm.Int32\"/>"))],
        "documents = []\n",
        options,
    );
    let [change] = found.changes.as_slice() else { panic!("{found:?}") };
    assert_eq!((change.class, change.kind, change.subject.as_str()), (Class::Breaking, Kind::Added, "n.f(x)/y"));
}
