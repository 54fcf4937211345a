//! What the tests share. Each test binary uses a part of it.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::expect_used, clippy::panic, clippy::print_stderr)]

pub mod odata;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The folder of public data that `ODATA_CORPUS` names; without it the test says that it is skipped.
pub fn corpus(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("ODATA_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        // Not through eprintln!, which the test runner keeps to itself when the test passes.
        let _shown = std::io::stderr().write_all(format!("skipped: {test} needs ODATA_CORPUS\n").as_bytes());
    }
    // Tests run in the package's folder, whatever folder the variable was meant for.
    folder.map(|it| if it.is_absolute() { it } else { PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(it) })
}

/// A path within this package.
pub fn here(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The text of a file within this package.
pub fn read(path: &str) -> String {
    let path = here(path);
    std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

/// The `odata-codegen` command. `cargo test --workspace` builds it beside the tests.
pub fn command() -> PathBuf {
    let test = std::env::current_exe().expect("this test");
    let folder = test.parent().and_then(|it| it.parent()).expect("target folder");
    let command = folder.join(format!("odata-codegen{}", std::env::consts::EXE_SUFFIX));
    assert!(command.exists(), "{} is not built: run `cargo test --workspace`", command.display());
    command
}

/// Every file below a folder with its text, line ends aside.
pub fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
                found.insert(name, std::fs::read_to_string(&path).expect("text").replace("\r\n", "\n"));
            }
        }
    }
    found
}
