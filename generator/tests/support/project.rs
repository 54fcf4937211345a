//! A folder of its own for each test of the command, anew for each run.
#![allow(dead_code)] // Each test binary uses its own part.
#![allow(clippy::expect_used, clippy::panic)] // A test fails by panicking.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) struct Project(pub(crate) PathBuf);

impl Project {
    pub(crate) fn new(test: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("removed");
        }
        fs::create_dir_all(&folder).expect("folder");
        Self(folder)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
        fs::write(path, text).expect("written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }

    /// The sum of a file as the command has it.
    pub(crate) fn sum(&self, name: &str) -> String {
        odata_codegen::input::sum(&fs::read(self.0.join(name)).expect("read"))
    }

    /// Every file with its bytes.
    pub(crate) fn all(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut open = vec![self.0.clone()];
        while let Some(next) = open.pop() {
            for entry in fs::read_dir(&next).expect("folder") {
                let path = entry.expect("entry").path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name = path.strip_prefix(&self.0).expect("below").to_string_lossy().replace('\\', "/");
                    found.insert(name, fs::read(&path).expect("read"));
                }
            }
        }
        found
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.all().into_keys().collect()
    }

    /// Runs the command in the folder, with `codegen.toml` there.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, &[])
    }

    pub(crate) fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_odata-codegen"));
        command.args(arguments).args(["--config", "codegen.toml"]).current_dir(&self.0).env("NO_COLOR", "1");
        command.envs(variables.iter().copied()).output().expect("run")
    }

    /// Standard output of a run that ends well.
    pub(crate) fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Standard output and standard error of a run that ends with 1.
    pub(crate) fn fails(&self, arguments: &[&str]) -> (String, String) {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (text(output.stdout), text(output.stderr))
    }
}
