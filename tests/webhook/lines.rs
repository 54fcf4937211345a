//! The journal of the webhook by itself: what is left after each end that a process can come to.

use std::path::PathBuf;

use crate::journal::Journal;

/// The journal after this text, and where it is.
fn after(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

fn left(journal: &Journal) -> Vec<String> {
    std::iter::from_fn(|| journal.next()).map(|it| it.id).collect()
}

fn one(id: &str) -> [String; 1] {
    [id.to_owned()]
}

#[test]
fn what_is_told_and_not_done_is_left_in_its_order() {
    let (_folder, path) = after("told 1 a\ntold 1 b\ntold 2 c\ndone 1 a\nnonsense\n");
    assert_eq!(left(&Journal::open(&path, 9).unwrap()), ["b", "c"]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "told 1 b\ntold 2 c\n", "and nothing else is kept");
}

#[test]
fn a_line_that_was_cut_off_counts_for_nothing_and_spoils_no_other() {
    for cut in ["told 2 bc", "told 2", "done 1 a"] {
        let (_folder, path) = after(&format!("told 1 a\n{cut}"));
        let journal = Journal::open(&path, 9).unwrap();
        assert_eq!(left(&journal), ["a"], "{cut}");
        assert!(journal.tell(one("d")).unwrap());
        assert_eq!(left(&Journal::open(&path, 9).unwrap()), ["a", "d"], "{cut}");
    }
}

/// N-7: what is on its way may be the older version.
#[test]
fn n7_what_is_told_again_while_it_is_fetched_is_not_done_with_that() {
    let (_folder, path) = after("");
    let journal = Journal::open(&path, 9).unwrap();
    assert!(journal.tell(one("a")).unwrap());
    assert!(journal.tell(one("a")).unwrap(), "it waits already");
    let first = journal.next().unwrap();
    assert!(journal.tell(one("a")).unwrap());
    journal.done(&first).unwrap();
    let journal = Journal::open(&path, 9).unwrap();
    let second = journal.next().unwrap();
    assert_eq!((second.id.as_str(), left(&journal).len()), ("a", 0));
    journal.done(&second).unwrap();
    assert!(left(&Journal::open(&path, 9).unwrap()).is_empty());
}

#[test]
fn what_could_not_be_fetched_waits_again_and_counts() {
    let (_folder, path) = after("told 1 a\ntold 2 b\n");
    let journal = Journal::open(&path, 9).unwrap();
    let first = journal.next().unwrap();
    journal.again(first);
    assert_eq!(journal.next().unwrap().id, "b");
    assert_eq!(journal.next().unwrap().tries, 1);
}

#[test]
fn all_ids_of_a_delivery_are_written_down_or_none() {
    let (_folder, path) = after("told 1 a\n");
    let journal = Journal::open(&path, 2).unwrap();
    assert!(!journal.tell(["b", "c"].map(str::to_owned)).unwrap());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "told 1 a\n");
    assert!(journal.tell(["a", "b"].map(str::to_owned)).unwrap());
    assert_eq!(left(&Journal::open(&path, 2).unwrap()), ["a", "b"]);
}
