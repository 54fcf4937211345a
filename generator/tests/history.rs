//! `diff` over the real history of one namespace: 50 states in several series, with a list of what changed in each step.
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::panic)]
#![allow(clippy::print_stderr)] // What was compared is said.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use odata_codegen::compile::slice;
use odata_codegen::config;
use odata_codegen::diagnostic::{Diagnostic, Severity};
use odata_codegen::diff::{Aspect, Change, Class, Diff, Element, Kind, Options, Side, diff};
use odata_codegen::input::Input;
use odata_codegen::source::Sources;
use support::corpus;

/// One step of a series: the file, and the lines of the list that say what it changed.
struct Step {
    file: String,
    lines: Vec<String>,
}

/// The series of the list, each with its steps.
fn series(index: &str) -> Vec<(String, Vec<Step>)> {
    let mut all: Vec<(String, Vec<Step>)> = Vec::new();
    for line in index.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            all.push((title.to_owned(), Vec::new()));
        } else if let Some(file) = line.strip_prefix("### ") {
            let file = file.split(' ').next().expect("a name").to_owned();
            all.last_mut().expect("a series").1.push(Step { file, lines: Vec::new() });
        } else if let Some(said) = line.strip_prefix("- ")
            && let Some(step) = all.last_mut().and_then(|it| it.1.last_mut())
        {
            step.lines.push(said.to_owned());
        }
    }
    all
}

fn input(documents: &[(&str, &str)], config: &str) -> Input {
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let documents = documents.iter().map(|(name, text)| sources.add(*name, *text)).collect();
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

/// The foreign types that any state refers to, cut out of the complete document once: it has megabytes.
fn foreign(corpus: &Path, states: &BTreeMap<String, String>) -> String {
    let mut names = BTreeSet::new();
    for quoted in states.values().flat_map(|text| text.split('"')) {
        let name = quoted.trim_start_matches("Collection(").trim_end_matches(')');
        let simple = name.strip_prefix("microsoft.graph.").or_else(|| name.strip_prefix("graph."));
        names.extend(simple.filter(|it| !it.is_empty() && it.chars().all(char::is_alphanumeric)));
    }
    let complete = std::fs::read_to_string(corpus.join("metadata/v1.0-Prod.csdl")).expect("the complete document");
    let is_declared = |it: &&&str| complete.contains(&format!("Type Name=\"{it}\""));
    let types: Vec<String> = names.iter().filter(is_declared).map(|it| format!("\"microsoft.graph.{it}\"")).collect();
    assert!(types.len() >= 3, "{types:?}");
    let config = format!("documents = [\"all\"]\n[select]\nderived = \"none\"\ntypes = [{}]\n", types.join(", "));
    let mut said = Vec::new();
    let text = slice(&input(&[("all.csdl", &complete)], &config), &mut said);
    text.unwrap_or_else(|| panic!("{:?}", said.iter().filter(|it| it.is_error()).collect::<Vec<&Diagnostic>>()))
}

const NAMESPACE: &str = "microsoft.graph.callRecords";

/// Why a line of the list has no counterpart.
fn rule(line: &str) -> Option<&'static str> {
    let words = |terms: &[&str]| terms.iter().any(|it| line.contains(it));
    if words(&["@Org.OData.Core.V1.Description", "@Org.OData.Core.V1.LongDescription"]) {
        return Some("a description is no part of the generated code: docs.toml has its words");
    }
    if line.starts_with("(only attribute order") {
        return Some("order and white space");
    }
    if line.starts_with("first version") {
        return Some("there is nothing before it");
    }
    None
}

/// What a line of the list says, as the difference that it must be: kind, element, end of the subject.
fn expected(line: &str) -> Option<(Kind, Element, String)> {
    let (sign, rest) = line.split_once(' ')?;
    let kind = match sign {
        "+" => Kind::Added,
        "-" => Kind::Removed,
        "~" => Kind::Changed,
        _ => return None,
    };
    let mut parts = rest.split(" / ");
    let name = |it: &str| it.split([' ', ':']).nth(1).unwrap_or_default().to_owned();
    let (owner, part) = (parts.next()?, parts.next());
    let qualified = format!("{NAMESPACE}.{}", name(owner));
    Some(match part {
        None if owner.starts_with("Function") || owner.starts_with("Action") => {
            (kind, Element::Operation, qualified + "(")
        }
        None => (kind, Element::Type, qualified),
        Some(part) if part.starts_with("Member") => (kind, Element::Member, format!("{qualified}/{}", name(part))),
        Some(part) => (kind, Element::Property, format!("{qualified}/{}", name(part))),
    })
}

fn is_it(change: &Change, (kind, element, subject): &(Kind, Element, String)) -> bool {
    let same = if *element == Element::Operation {
        change.subject.contains(subject.as_str())
    } else {
        change.subject == *subject
    };
    same && change.kind == *kind && change.element == *element
}

/// What follows from a line without being one: what a type of this namespace brings in or takes along from another one,
/// its descent, its variant, what decides it.
fn follows(change: &Change) -> bool {
    let of_another = change.element == Element::Namespace
        || (change.element == Element::Type && !change.subject.starts_with(&format!("{NAMESPACE}.")));
    of_another || matches!(change.element, Element::Descent | Element::Variant | Element::Deciding)
}

/// Every name that a lock has, of what is there and of what is gone: table and key, and the name.
fn names(lock: &str) -> BTreeMap<String, String> {
    let mut table = String::new();
    let mut all = BTreeMap::new();
    for line in lock.lines().skip_while(|it| *it != "[modules]") {
        if let Some(it) = line.strip_prefix('[') {
            it.trim_start_matches("gone.").clone_into(&mut table);
        } else if let Some((key, name)) = line.split_once(" = ") {
            all.insert(format!("{table} {key}"), name.to_owned());
        }
    }
    all
}

struct Walk {
    foreign: String,
    states: BTreeMap<String, String>,
    config: String,
}

impl Walk {
    fn side(&self, file: &str, before: Option<&Side>) -> Side {
        let text = self.states.get(file).unwrap_or_else(|| panic!("{file} is listed and not there"));
        let mut input = input(&[(file, text), ("foreign.csdl", &self.foreign)], &self.config);
        let mut said = Vec::new();
        let options = Options { by_namespace: true, today: None };
        let side = Side::new(&mut input, before, options, &mut said);
        let faults = odata_codegen::report::render(&said, &input.sources, odata_codegen::report::Style::default());
        assert!(said.is_empty(), "{file}: {faults}");
        side.expect("a side where nothing is said")
    }
}

/// The steps of each series by its name.
type Series = Vec<(String, Vec<Step>)>;

fn walk() -> Option<(Series, Walk)> {
    let corpus = corpus()?;
    let folder = corpus.join("history");
    let index = std::fs::read_to_string(folder.join("INDEX.md")).expect("the list");
    let series = series(&index);
    let files = series.iter().flat_map(|it| &it.1).map(|it| it.file.clone());
    let states = files.map(|file| {
        let text = std::fs::read_to_string(folder.join(&file)).expect("a state");
        (file, text)
    });
    let states: BTreeMap<String, String> = states.collect();
    let config = format!(
        "documents = []\n[select]\nnamespaces = [\"{NAMESPACE}\"]\n\
         [type.\"{NAMESPACE}.endpoint\"]\nclosed = true\ninfer = true\n\
         [type.\"{NAMESPACE}.userAgent\"]\nclosed = true\ninfer = true\n"
    );
    let walk = Walk { foreign: foreign(&corpus, &states), states, config };
    Some((series, walk))
}

#[test]
fn every_line_of_the_history_is_found_or_falls_under_a_rule() {
    let Some((series, walk)) = walk() else { return };
    let (mut pairs, mut matched) = (0, 0);
    let mut ruled: BTreeMap<&str, usize> = BTreeMap::new();
    for (title, steps) in &series {
        let mut before: Option<Side> = None;
        for step in steps {
            let side = walk.side(&step.file, before.as_ref());
            let found = before.as_ref().map_or_else(Diff::default, |it| diff(it, &side));
            pairs += usize::from(before.is_some());
            let mut told: Vec<&Change> = Vec::new();
            for line in &step.lines {
                if let Some(rule) = rule(line) {
                    *ruled.entry(rule).or_default() += 1;
                    continue;
                }
                let expected = expected(line).unwrap_or_else(|| panic!("{title}: {line}"));
                let change = found.changes.iter().find(|it| is_it(it, &expected));
                told.push(change.unwrap_or_else(|| panic!("{title}, {}: {line}: not in {found:#?}", step.file)));
                matched += 1;
            }
            // Nothing is made up: a difference that no line tells of is a consequence, or order.
            for change in &found.changes {
                let is_order = change.aspect == Some(Aspect::Order) && change.class == Class::Invisible;
                assert!(told.contains(&change) || follows(change) || is_order, "{title}, {}: {change:#?}", step.file);
            }
            before = Some(side);
        }
    }
    eprintln!("{pairs} pairs: {matched} lines found, by rule {ruled:?}");
    assert!(pairs > 40 && matched > 100, "{pairs} {matched}");
}

#[test]
fn every_name_is_carried_through_its_series() {
    let Some((series, walk)) = walk() else { return };
    for (title, steps) in &series {
        let mut before: Option<Side> = None;
        let mut kept: BTreeMap<String, String> = BTreeMap::new();
        for step in steps {
            let side = walk.side(&step.file, before.as_ref());
            let now = names(side.lock());
            for (thing, name) in &kept {
                assert_eq!(now.get(thing), Some(name), "{title}, {}: {thing}", step.file);
            }
            kept = now;
            before = Some(side);
        }
    }
}
