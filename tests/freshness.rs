//! generated/src is what metadata/ says, and says so wherever and whenever it is generated.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod support;

use std::path::Path;
use std::process::Command;

use support::{files, here};

#[test]
fn generated_src_is_what_metadata_says() {
    let built = files(&Path::new(env!("OUT_DIR")).join("generated"));
    let checked_in = files(&here("generated/src"));
    let cure = "run `cargo run -- generate`, review and commit";
    assert_eq!(
        built.keys().collect::<Vec<_>>(),
        checked_in.keys().collect::<Vec<_>>(),
        "generated/src has other files than the metadata says: {cure}"
    );
    for (name, text) in &built {
        assert!(checked_in.get(name) == Some(text), "generated/src/{name} is not what the metadata says: {cure}");
    }
}

/// T-17: another folder, another locale, another time zone, CRLF for LF: the same bytes.
#[test]
fn two_runs_give_the_same_bytes() {
    let folder = tempfile::tempdir().expect("folder");
    let metadata = folder.path().join("über metadata");
    std::fs::create_dir(&metadata).expect("folder");
    for name in ["call-records.csdl", "codegen.toml", "docs.toml"] {
        let text = support::read(&format!("metadata/{name}")).replace('\n', "\r\n");
        std::fs::write(metadata.join(name), text).expect("written");
    }
    let output = folder.path().join("out");
    let run = Command::new(support::command())
        .args(["generate", "--config", "codegen.toml", "--output"])
        .arg(&output)
        .current_dir(&metadata)
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("LANG", "tr_TR.UTF-8")
        .env("TZ", "Pacific/Kiritimati")
        .output()
        .expect("run");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(files(&output), files(&Path::new(env!("OUT_DIR")).join("generated")));
}
