//! "Did you mean": the known name that a wrong one was probably meant to be.

use std::collections::BTreeSet;

/// Edits between two names that still count as a slip of the pen.
const MOST_EDITS: usize = 3;

/// The name that takes the fewest edits (insert, delete, replace, swap two neighbours) to get to, the first of several;
/// none when all of them are too far away. Upper and lower case are taken as equal.
pub(crate) fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(wanted, known).min_by_key(|(edits, _)| *edits).map(|(_, name)| name)
}

/// The same, as many as are asked for, the nearest first and each once.
pub(crate) fn nearest_few<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>, count: usize) -> Vec<&'a str> {
    let all: BTreeSet<(usize, &str)> = near(wanted, known).collect();
    all.into_iter().take(count).map(|(_, name)| name).collect()
}

/// The names that are near enough, each with the number of edits.
fn near<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = (usize, &'a str)> {
    // Names come from the input, however long; what is longer than any name of a language is not worth the time.
    const LONGEST: usize = 256;
    let length = wanted.chars().count();
    // Of names with one letter each is one edit from every other.
    let most = (length / 3).clamp(usize::from(length > 1), MOST_EDITS);
    let folded = wanted.to_lowercase();
    known
        .into_iter()
        .take_while(move |_| length <= LONGEST)
        .filter(move |name| name.len() <= LONGEST * 4 && name.chars().count().abs_diff(length) <= most)
        .map(move |name| (strsim::osa_distance(&folded, &name.to_lowercase()), name))
        .filter(move |(edits, name)| *edits <= most && *name != wanted)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_name_and_a_stranger_finds_none() {
        let known = ["orderFeedback", "orderAgent", "invoice", "a"];
        assert_eq!(nearest("orderFeedbak", known), Some("orderFeedback"));
        assert_eq!(nearest("Invoice", known), Some("invoice"));
        assert_eq!(nearest("invocie", known), Some("invoice"));
        assert_eq!(nearest("customer", known), None);
        assert_eq!(nearest("b", known), None);
        assert_eq!(nearest("A", known), Some("a"));
    }

    #[test]
    fn a_name_of_any_length_is_no_trouble() {
        let long = "x".repeat(1 << 20);
        assert_eq!(nearest(&long, ["x"]), None);
        assert_eq!(nearest("x", [long.as_str()]), None);
    }
}
