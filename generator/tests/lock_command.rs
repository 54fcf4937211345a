//! `codegen.lock` from the command line: who writes it, and who only reads it.
#![cfg(feature = "cli")]
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const DOCUMENT: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="n" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<ComplexType Name="shelf"><Property Name="remote_Control" Type="Edm.String"/></ComplexType>
</Schema></edmx:DataServices></edmx:Edmx>
"#;
const CONFIG: &str =
    "documents = [\"n.csdl\"]\n[output]\nfolder = \"src\"\nroot = \"mod.rs\"\n[select]\nnamespaces = [\"n\"]\n";

/// A project of its own for each test, anew for each run.
struct Project(PathBuf);

impl Project {
    fn new(test: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("lock-{test}"));
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("removed");
        }
        fs::create_dir_all(&folder).expect("folder");
        let project = Self(folder);
        project.write("n.csdl", DOCUMENT);
        project.write("codegen.toml", CONFIG);
        project
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).expect("read")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_odata-codegen"));
        command.args(arguments).args(["--config", "codegen.toml"]).current_dir(&self.0).output().expect("run")
    }

    fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Standard output and standard error of a run that ends with 1.
    fn fails(&self, arguments: &[&str]) -> (String, String) {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (text(output.stdout), text(output.stderr))
    }
}

#[test]
fn generate_writes_the_lock_and_leaves_one_that_is_right_alone() {
    let project = Project::new("writes");
    project.succeeds(&["generate"]);
    let lock = project.read("codegen.lock");
    assert!(lock.contains("remote_Control = \"remote_control\""), "{lock}");
    let modified = || fs::metadata(project.0.join("codegen.lock")).expect("there").modified().expect("a time");
    let before = modified();
    project.succeeds(&["generate"]);
    assert_eq!(modified(), before);
    // A checkout on Windows.
    project.write("codegen.lock", &lock.replace('\n', "\r\n"));
    project.succeeds(&["check"]);
    project.succeeds(&["generate"]);
    assert_eq!(project.read("codegen.lock"), lock.replace('\n', "\r\n"));
    let mut files: Vec<_> =
        fs::read_dir(&project.0).expect("folder").map(|it| it.expect("entry").file_name()).collect();
    files.sort();
    assert_eq!(files, ["codegen.lock", "codegen.toml", "n.csdl", "src"], "nothing is left behind");
}

/// What an app would miss or wonder at is told by name.
#[test]
fn generate_says_what_it_wrote_into_the_lock() {
    let project = Project::new("says");
    let about = |said: &str| said.split_once("codegen.lock: ").map(|(_, it)| it.to_owned());
    assert_eq!(about(&project.succeeds(&["generate"])).as_deref(), Some("written, 3 names\n"));
    assert_eq!(about(&project.succeeds(&["generate"])), None, "it is not written");
    project.write("n.csdl", &DOCUMENT.replace("</edmx:Edmx>", "<!-- the same --></edmx:Edmx>"));
    assert_eq!(about(&project.succeeds(&["generate"])).as_deref(), Some("written, every name as before\n"));
    let property = "<Property Name=\"remote_Control\" Type=\"Edm.String\"/>";
    let more = format!("{property}{}<Property Name=\"row2\" Type=\"Edm.Int32\"/>", property.replace("_C", "C"));
    project.write("n.csdl", &DOCUMENT.replace(property, &more));
    assert_eq!(
        about(&project.succeeds(&["generate"])).as_deref(),
        Some("written, 2 names new, 1 numbered\n  numbered: property `n.shelf/remoteControl`: `remote_control_2`\n")
    );
    // To a base and another heir: the property of the shelf is where it was.
    let base = format!(
        "<ComplexType Name=\"thing\">{property}</ComplexType><ComplexType Name=\"shelf\" BaseType=\"n.thing\"></ComplexType>"
    );
    let before = format!("<ComplexType Name=\"shelf\">{property}</ComplexType>");
    project.write("n.csdl", &DOCUMENT.replace(&before, &base));
    assert_eq!(
        about(&project.succeeds(&["generate"])).as_deref(),
        Some(
            "written, 2 names new, 2 gone\n  gone: property `n.shelf/remoteControl`: `remote_control_2`\n  \
             gone: property `n.shelf/row2`: `row2`\n"
        )
    );
    project.write("codegen.toml", &format!("{CONFIG}[type.\"n.thing\"]\nname = \"Item\"\n"));
    assert_eq!(
        about(&project.succeeds(&["generate", "--accept-renames"])).as_deref(),
        Some("written, 0 names new, 1 renamed\n  renamed: type `n.thing`: `Thing`, now `Item`\n")
    );
    // Elsewhere nothing is written, and nothing said.
    project.write("n.csdl", DOCUMENT);
    project.write("codegen.toml", CONFIG);
    assert_eq!(about(&project.succeeds(&["generate", "--output", "other"])), None);
}

#[test]
fn check_shows_a_lock_that_is_missing_or_stale() {
    let project = Project::new("check");
    project.succeeds(&["generate"]);
    let lock = project.read("codegen.lock");
    project.write("codegen.lock", &lock.replacen("generator = \"", "generator = \"0.0.0-", 1));
    let (diff, said) = project.fails(&["check"]);
    assert!(diff.contains("--- a/codegen.lock") && diff.contains("\n-generator = \"0.0.0-"), "{diff}");
    assert!(said.contains("help: run `odata-codegen generate`"), "{said}");
    fs::remove_file(project.0.join("codegen.lock")).expect("removed");
    let (diff, _) = project.fails(&["check"]);
    assert!(diff.contains("+++ b/codegen.lock") && diff.contains("\n+name = \"Shelf\""), "{diff}");
    assert!(!project.0.join("codegen.lock").exists(), "check writes nothing");
}

#[test]
fn a_rename_is_refused_until_it_is_accepted() {
    let project = Project::new("accept");
    project.succeeds(&["generate"]);
    let lock = project.read("codegen.lock");
    project.write("codegen.toml", &format!("{CONFIG}[type.\"n.shelf\"]\nname = \"Board\"\n"));
    for command in ["generate", "check"] {
        let (_, said) = project.fails(&[command]);
        for part in ["lock::renamed", "codegen.lock:", "`Shelf`", "`Board`", "--accept-renames"] {
            assert!(said.contains(part), "{command} does not say {part}: {said}");
        }
    }
    assert_eq!(project.read("codegen.lock"), lock);
    assert!(project.0.join("src/n/shelf.rs").exists());
    project.succeeds(&["generate", "--accept-renames"]);
    assert!(project.read("codegen.lock").contains("name = \"Board\"\nfile = \"board\""));
    assert!(project.read("src/n/board.rs").contains("pub struct Board {"));
    project.succeeds(&["check"]);
}

/// Another document has other names, and another folder is another crate's; neither is what the lock is for.
#[test]
fn with_another_document_or_folder_the_lock_is_read_and_left_alone() {
    let project = Project::new("other");
    project.succeeds(&["generate"]);
    let lock = project.read("codegen.lock");
    let more = DOCUMENT.replace("<Property", "<Property Name=\"remoteControl\" Type=\"Edm.String\"/><Property");
    project.write("more.csdl", &more);
    project.succeeds(&["generate", "--document", "more.csdl", "--output", "other"]);
    assert_eq!(project.read("codegen.lock"), lock);
    let text = project.read("other/n/shelf.rs");
    assert!(text.contains("(\"remote_Control\", &self.remote_control)"), "{text}");
    project.succeeds(&["generate", "--output", "another"]);
    project.succeeds(&["check", "--output", "another"]);
    assert_eq!(project.read("codegen.lock"), lock);
    // The same by another path is the configuration's own.
    fs::remove_file(project.0.join("codegen.lock")).expect("removed");
    project.succeeds(&["generate", "--output", "another"]);
    assert!(!project.0.join("codegen.lock").exists());
    project.succeeds(&["generate", "--document", "./n.csdl", "--output", "./src/../src"]);
    assert_eq!(project.read("codegen.lock"), lock);
    let help = project.succeeds(&["generate", "--help"]);
    assert!(help.contains("the lock is read and left as it is"), "{help}");
}

#[test]
fn a_lock_that_cannot_be_read_changes_nothing() {
    let project = Project::new("conflict");
    project.succeeds(&["generate"]);
    let conflict = format!("<<<<<<< ours\n{}=======\n>>>>>>> theirs\n", project.read("codegen.lock"));
    project.write("codegen.lock", &conflict);
    let (_, said) = project.fails(&["generate"]);
    assert!(said.contains("lock::invalid") && said.contains("codegen.lock:1:"), "{said}");
    assert_eq!(project.read("codegen.lock"), conflict);
    fs::remove_file(project.0.join("codegen.lock")).expect("removed");
    fs::create_dir(project.0.join("codegen.lock")).expect("folder");
    let (_, said) = project.fails(&["generate"]);
    assert!(said.contains("cannot read the lock `codegen.lock`: it is not a regular file"), "{said}");
}
