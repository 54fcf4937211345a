//! Files that are cut off or were changed by hand.

use std::fs;

use odata_runtime::testing::{Exchange, Replay};

use crate::library::{files, get, record};

#[tokio::test]
async fn broken_files_are_told_with_their_line() {
    let folder = tempfile::tempdir().unwrap();
    record(folder.path(), vec![(get("/v1/a"), Exchange::get("/v1/a").json(r#"{"a": [1, 2]}"#))]).await;
    let (name, whole) = files(folder.path()).remove(0);
    let path = folder.path().join(&name);
    let lines: Vec<_> = whole.lines().collect();
    assert_eq!(lines.last(), Some(&"end"));
    for cut in 0..lines.len() {
        fs::write(&path, lines[..cut].join("\n")).unwrap();
        let error = Replay::open(folder.path()).unwrap_err().to_string();
        assert!(error.contains(&format!("{name}:")), "{error}");
    }
    for (from, to, at, why) in [
        ("exchange 1", "exchange 2", 1, "no recorded exchange"),
        ("request GET /v1/a", "request GET", 2, "not `request METHOD TARGET`"),
        ("accept: application/json", "accept", 3, "not what comes next here"),
        ("accept: application/json", "a cc: x", 3, "not a header"),
        ("answer 200", "answer yes", 6, "no status"),
        ("body json", "body yaml", 8, "no kind of body"),
        ("body json", "body base64", 9, "the body is no base64"),
        ("    2", "    2,", 13, "the body is no JSON"),
        ("      2", "2", 11, "the body is no JSON"),
        ("end", "end\nmore", 16, "something follows `end`"),
    ] {
        let broken = whole.replacen(from, to, 1);
        assert_ne!(broken, whole, "{from}");
        fs::write(&path, broken).unwrap();
        let error = Replay::open(folder.path()).unwrap_err().to_string();
        assert!(error.contains(&format!("{name}:{at}: {why}")), "{from} -> {to}: {error}\n{whole}");
    }
    // What an editor does to a file is no fault: empty lines in a body, and after the end.
    fs::write(&path, whole.replace("    1,", "\n    1,") + "\n\n").unwrap();
    Replay::open(folder.path()).unwrap();
}

#[test]
fn no_recording() {
    let folder = tempfile::tempdir().unwrap();
    let error = Replay::open(folder.path()).unwrap_err().to_string();
    assert!(error.ends_with("there is no file named *.exchange"), "{error}");
    let missing = folder.path().join("missing");
    assert!(Replay::open(&missing).unwrap_err().to_string().contains("missing"));
}
