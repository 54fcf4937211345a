//! What is searched for, as the test reads it.

use odata_runtime::query::Search;

/// Words and phrases, which are one here: what is written is always a phrase.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Sought {
    Phrase(String),
    Not(Box<Sought>),
    All(Vec<Sought>),
    Any(Vec<Sought>),
}

/// Reads a search; nothing if it is incomplete, or has an operator for a word.
pub(crate) fn read(text: &str) -> Option<Sought> {
    let words = words(text)?;
    let mut rest = &words[..];
    let sought = either(&mut rest)?;
    rest.is_empty().then_some(sought)
}

fn words(text: &str) -> Option<Vec<&str>> {
    let mut found: Vec<&str> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = match rest.chars().next()? {
            '(' | ')' => 1,
            '"' => rest[1..].find('"')? + 2,
            // What OData calls incomplete, for a box that searches while one types.
            '\'' => return None,
            _ => rest.find([' ', '(', ')']).unwrap_or(rest.len()),
        };
        let (word, after) = rest.split_at(end);
        // Without an operator between them, both are meant.
        let operand = found.last().is_some_and(|last| !matches!(*last, "(" | "AND" | "OR" | "NOT"));
        if operand && !matches!(word, ")" | "AND" | "OR") {
            found.push("AND");
        }
        found.push(word);
        rest = after.trim_start();
    }
    Some(found)
}

fn either(words: &mut &[&str]) -> Option<Sought> {
    let mut parts = vec![all(words)?];
    while next(words, "OR") {
        parts.push(all(words)?);
    }
    Some(if parts.len() == 1 { parts.remove(0) } else { Sought::Any(parts) })
}

fn all(words: &mut &[&str]) -> Option<Sought> {
    let mut parts = vec![single(words)?];
    while next(words, "AND") {
        parts.push(single(words)?);
    }
    Some(if parts.len() == 1 { parts.remove(0) } else { Sought::All(parts) })
}

fn single(words: &mut &[&str]) -> Option<Sought> {
    if next(words, "NOT") {
        return Some(Sought::Not(Box::new(single(words)?)));
    }
    if next(words, "(") {
        let inner = either(words)?;
        return next(words, ")").then_some(inner);
    }
    let (word, rest) = words.split_first()?;
    *words = rest;
    (!matches!(*word, "AND" | "OR" | ")")).then(|| Sought::Phrase(word.trim_matches('"').to_owned()))
}

fn next(words: &mut &[&str], word: &str) -> bool {
    let found = words.split_first().filter(|(first, _)| **first == word);
    found.inspect(|(_, rest)| *words = rest).is_some()
}

pub(crate) fn built(sought: &Sought) -> Search {
    match sought {
        Sought::Phrase(text) => Search::phrase(text),
        Sought::Not(inner) => !built(inner),
        Sought::All(parts) => parts.iter().map(built).reduce(Search::and).unwrap(),
        Sought::Any(parts) => parts.iter().map(built).reduce(Search::or).unwrap(),
    }
}
