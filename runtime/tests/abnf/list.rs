//! ABNF.md as the test reads it.

use std::collections::BTreeSet;

pub(crate) struct List {
    /// Rules of which no case applies.
    pub(crate) rules: BTreeSet<String>,
    /// Numbers of cases that do not apply.
    pub(crate) apart: BTreeSet<usize>,
    /// Numbers of cases that are read otherwise.
    pub(crate) otherwise: BTreeSet<usize>,
    /// How many cases are run as they stand, and how many are read otherwise.
    pub(crate) counts: (usize, usize),
}

/// Reads the first column of each table: rules in backticks, or numbers and ranges of numbers.
pub(crate) fn read() -> List {
    let text = include_str!("../ABNF.md");
    let mut list = List { rules: BTreeSet::new(), apart: BTreeSet::new(), otherwise: BTreeSet::new(), counts: (0, 0) };
    let mut section = "";
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title;
        }
        let Some(cell) = line.strip_prefix("| ").and_then(|row| row.split(" |").next()) else { continue };
        for item in cell.split(", ") {
            let range = item.split_once('-').unwrap_or((item, item));
            let numbers = range.0.parse::<usize>().ok().zip(range.1.parse::<usize>().ok());
            match (section, numbers) {
                ("Rules that do not apply", None) if item.starts_with('`') => {
                    assert!(list.rules.insert(item.trim_matches('`').to_owned()), "{item} twice");
                }
                ("Cases that do not apply", Some((from, to))) => {
                    (from..=to).for_each(|number| assert!(list.apart.insert(number), "{number} twice"));
                }
                ("Cases that are read otherwise", Some((from, to))) => {
                    (from..=to).for_each(|number| assert!(list.otherwise.insert(number), "{number} twice"));
                }
                ("Counts", Some((first, _))) => {
                    let place = if line.contains("otherwise") { &mut list.counts.1 } else { &mut list.counts.0 };
                    *place = first;
                }
                _ => (),
            }
        }
    }
    list
}
