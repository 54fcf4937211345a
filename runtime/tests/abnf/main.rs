//! The OASIS ABNF and its 840 cases: read from the corpus, none of it is here.
//!
//! `grammar` judges: its matcher agrees with every case. `values` reads and writes the cases of values; `requests`
//! and `aliases` build those of paths and query options again by the public methods, with `build`, and compare by
//! `expression`.
//! ABNF.md lists what does not apply, and why; the test fails when that list has one entry too few or too many.
#![cfg(feature = "testing")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test fails so

mod aliases;
mod build;
mod corpus;
mod expression;
mod grammar;
mod laws;
mod list;
mod requests;
mod search;
mod types;
mod values;

use corpus::{Case, Corpus};
use requests::decoded;

#[test]
fn the_matcher_agrees_with_every_case() {
    let Some(corpus) = Corpus::open("the_matcher_agrees_with_every_case") else { return };
    for case in &corpus.cases {
        let accepted = corpus.grammar.accepts(&case.rule, &case.input, &corpus.constraints);
        assert_eq!(accepted, case.accepted, "{} {}: {}", case.number, case.rule, case.input);
    }
}

#[derive(Debug, PartialEq)]
enum Outcome {
    /// It was read, or written, as it should.
    Ran,
    /// It was read although it should not be, or not although it should.
    Otherwise,
    /// It has a form that the crate neither reads nor writes.
    Apart,
}

#[test]
fn every_case_is_run_or_listed() {
    let Some(corpus) = Corpus::open("every_case_is_run_or_listed") else { return };
    let list = list::read();
    let mut faults = Vec::new();
    let (mut ran, mut otherwise) = (0, 0);
    for case in &corpus.cases {
        let outcome = if list.rules.contains(&case.rule) { Outcome::Apart } else { run(&corpus, case) };
        ran += usize::from(outcome == Outcome::Ran);
        otherwise += usize::from(outcome == Outcome::Otherwise);
        let listed = if list.rules.contains(&case.rule) || list.apart.contains(&case.number) {
            Outcome::Apart
        } else if list.otherwise.contains(&case.number) {
            Outcome::Otherwise
        } else {
            Outcome::Ran
        };
        if outcome != listed {
            faults.push(format!("{} {}: {outcome:?}, listed as {listed:?}: {}", case.number, case.rule, case.input));
        }
    }
    assert!(faults.is_empty(), "{} of 840\n{}", faults.len(), faults.join("\n"));
    assert_eq!((ran, otherwise), list.counts, "the numbers that ABNF.md names");
}

fn run(corpus: &Corpus, case: &Case) -> Outcome {
    if let Some(reads) = values::reads(case) {
        return if reads == case.accepted { Outcome::Ran } else { Outcome::Otherwise };
    }
    if !case.accepted {
        // What is never accepted must not be written. What is written is asked of the same matcher.
        assert!(!corpus.grammar.accepts(&case.rule, &case.input, &corpus.constraints));
        return Outcome::Ran;
    }
    let done = values::written(corpus, case).or_else(|| built(corpus, case));
    if done.is_some() { Outcome::Ran } else { Outcome::Apart }
}

/// Builds what the case asks for, and checks what is written for it.
fn built(corpus: &Corpus, case: &Case) -> Option<()> {
    let input = case.input.as_str();
    match case.rule.as_str() {
        "odataRelativeUri" | "resourcePath" => {
            if let Some(written) = aliases::called(input) {
                accepted(corpus, case, &written);
                return Some(());
            }
            let (path, query) = input.split_once('?').unwrap_or((input, ""));
            let written = requests::path(path)?;
            assert_eq!(decoded(&written), decoded(path), "{}", case.number);
            let query = if query.is_empty() { String::new() } else { format!("?{}", options(corpus, case, query)?) };
            accepted(corpus, case, &format!("{written}{query}"));
        }
        "queryOptions" | "customQueryOption" | "filter" | "orderby" | "orderBy" | "select" | "expand" | "search" => {
            let written = options(corpus, case, input)?;
            accepted(corpus, case, &written);
        }
        "searchExpr" => {
            let written = options(corpus, case, &format!("$search={input}"))?;
            accepted(corpus, case, written.strip_prefix("$search=").unwrap());
        }
        "boolCommonExpr" | "boolcommonExpr" | "notExpr" => {
            let written = options(corpus, case, &format!("$filter={input}"))?;
            accepted(corpus, case, written.strip_prefix("$filter=").unwrap());
        }
        "commonExpr" | "firstMemberExpr" | "propertyPathExpr" => {
            let written = options(corpus, case, &format!("$filter={input}"))
                .or_else(|| options(corpus, case, &format!("$orderby={input}")))?;
            accepted(corpus, case, written.split_once('=').unwrap().1);
        }
        "anyExpr" => {
            let written = options(corpus, case, &format!("$filter=items/{input}"))?;
            accepted(corpus, case, written.strip_prefix("$filter=items/").unwrap());
        }
        "entitySetName" | "odataIdentifier" => accepted(corpus, case, &requests::path(input)?),
        "functionParameter" => {
            let written = requests::path(&format!("f({input})"))?;
            accepted(corpus, case, written.strip_prefix("f(").unwrap().strip_suffix(')').unwrap());
        }
        "null" => {
            let mut options = odata_runtime::query::Options::new();
            options.filter(odata_runtime::query::Property::<types::Any, String>::new("x").is_null());
            accepted(corpus, case, options.to_string().strip_prefix("$filter=x%20eq%20").unwrap());
        }
        _ => return None,
    }
    Some(())
}

/// The query, asked by the public methods and read back the same.
fn options(corpus: &Corpus, case: &Case, query: &str) -> Option<String> {
    let asked = requests::read(query, '&')?;
    let written = requests::ask(&asked).map(|it| it.to_string());
    let written = written.or_else(|| requests::ask_item(&asked).map(|it| it.to_string()))?;
    assert_eq!(requests::read(&written, '&').as_ref(), Some(&asked), "{}: {query} was written {written}", case.number);
    assert!(corpus.accepts("queryOptions", &written), "{}: {query} was written {written}", case.number);
    Some(written)
}

fn accepted(corpus: &Corpus, case: &Case, written: &str) {
    assert!(corpus.accepts(&case.rule, written), "{} {}: {} was written {written}", case.number, case.rule, case.input);
}
