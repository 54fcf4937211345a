//! `update`: from a new document to one commit, all of it or nothing.
#![cfg(feature = "cli")]
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "support/project.rs"]
mod project;
#[cfg(feature = "fetch")]
#[path = "support/server.rs"]
mod server;

use expect_test::expect_file;
use project::Project;

/// A document with more in it than is selected.
const OLD: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="shop" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EnumType Name="state"><Member Name="open"/><Member Name="closed"/></EnumType>
<ComplexType Name="order">
<Property Name="buyer" Type="Edm.String"/><Property Name="total" Type="Edm.String"/><Property Name="state" Type="shop.state"/>
</ComplexType>
<ComplexType Name="stranger"><Property Name="name" Type="Edm.String"/></ComplexType>
</Schema></edmx:DataServices></edmx:Edmx>
"#;

/// What becomes of it: a property gone, another retyped, a new type, a new member, and the note that was added by hand.
fn new() -> String {
    OLD.replace(r#"<Property Name="buyer" Type="Edm.String"/>"#, r#"<Property Name="note" Type="Edm.String"/>"#)
        .replace(r#"<Property Name="total" Type="Edm.String"/>"#, r#"<Property Name="total" Type="Edm.Decimal"/>"#)
        .replace(r#"<Member Name="closed"/>"#, r#"<Member Name="closed"/><Member Name="lost"/>"#)
        .replace(
            r#"<ComplexType Name="stranger">"#,
            "<ComplexType Name=\"parcel\" BaseType=\"shop.order\"/>\n<ComplexType Name=\"stranger\">",
        )
}

const CONFIG: &str = r#"documents = ["shop.csdl"] # the slice
docs = "docs.toml"

[output]
folder = "crate/src"

[select]
types = ["shop.order"]
derived = "all"

# Sent, and not declared.
[type."shop.order"]
add = { note = "Edm.String", mark = "Edm.Int32" }
"#;

const DOCS: &str = r#"[type."shop.order"]
doc = "What somebody wants."

[type."shop.order".property]
buyer = "Who pays."
mark = "How well it went."
# In words.
note = "What else there is to say."
state = "How far it is."
total = "How much."

[type."shop.state"]
doc = "How far an order is."

[type."shop.state".member]
closed = "Done."
open = "To do."
"#;

/// A project that was made from OLD, as a first update makes it.
fn project(test: &str) -> Project {
    let project = Project::new(test);
    project.write("codegen.toml", CONFIG);
    project.write("docs.toml", DOCS);
    project.write("crate/CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n- The first.\n");
    project.write("old.csdl", OLD);
    project.write("new.csdl", &new());
    project.succeeds(&["update", "old.csdl", "--date", "2026-08-20", "--commit", "c0ffee"]);
    project.succeeds(&["check"]);
    project
}

/// What an update says, then every file by hand or of ours that it wrote, the generated ones aside.
#[test]
fn one_command_makes_one_commit() {
    for format in ["text", "markdown", "json"] {
        let project = project(&format!("update-{format}"));
        let said = project.succeeds(&["update", "new.csdl", "--date", "2026-09-01", "--format", format]);
        let files = ["shop.csdl", "codegen.toml", "docs.toml", "crate/CHANGELOG.md"];
        let files = files.map(|it| format!("== {it}\n{}\n", project.read(it)));
        let all = format!("{said}\n{}", files.concat());
        expect_file![format!("data/update/{format}.txt")].assert_eq(&all);
        // What is left to do is a warning.
        let check = project.run(&["check"]);
        assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
        assert!(String::from_utf8_lossy(&check.stderr).contains("warning[docs::missing]: type `shop.parcel`"));
        let lock = project.read("codegen.lock");
        assert!(lock.contains("parcel"), "{lock}");
    }
}

#[test]
fn the_same_document_again_changes_nothing() {
    let project = project("update-again");
    for document in ["old.csdl", "new.csdl"] {
        project.succeeds(&["update", document, "--date", "2026-09-01"]);
        let before = project.all();
        // Another day, and nobody says which commit it is of: it is the same document.
        project.succeeds(&["update", document, "--date", "2026-10-01"]);
        assert_eq!(project.all(), before, "{document}");
    }
}

#[test]
fn a_dry_run_says_what_changes_and_writes_nothing() {
    let project = project("update-dry");
    let before = project.all();
    let said = project.succeeds(&["update", "new.csdl", "--date", "2026-09-01", "--dry-run"]);
    assert!(said.contains("shop.parcel"), "{said}");
    assert_eq!(project.all(), before);
}

/// Invariant 7, of everything that an update writes.
#[test]
fn a_failed_run_leaves_everything_as_it_was() {
    let project = project("update-fails");
    project.write("cut.csdl", &new()[..new().len() / 2]);
    project.write("dangling.csdl", &new().replace("Type=\"shop.state\"", "Type=\"shop.stat\""));
    let fails = |arguments: &[&str], said: &str| {
        let before = project.all();
        let (_, err) = project.fails(arguments);
        assert!(err.contains(said), "{arguments:?}: {err}");
        assert_eq!(project.all(), before, "{arguments:?}");
    };
    fails(&["update", "cut.csdl"], "error[csdl::");
    fails(&["update", "dangling.csdl"], "error[resolve::unknown-type]");
    fails(&["update", "nowhere.csdl"], "cannot read the document `nowhere.csdl`");
    fails(&["update"], "no document is given");
    // What is left to do for a person is an error for who asks for it.
    let config = project.read("codegen.toml");
    project.write("codegen.toml", &config.replace("\nadd = {", "\nsecret = [\"buyer\"]\nadd = {"));
    fails(&["update", "new.csdl"], "`buyer`");
    project.write("codegen.toml", &config);
    // After all single files are in their places, the folder refuses.
    std::fs::remove_file(project.0.join("crate/src/.odata-codegen")).expect("removed");
    let root = project.read("crate/src/lib.rs");
    project.write("crate/src/lib.rs", &format!("{root}// mine\n"));
    fails(&["update", "new.csdl"], "is in the way");
}

/// The cure of what only a person can settle: the line, and that the run is to be repeated.
#[test]
fn a_refusal_names_the_line_and_the_way_on() {
    let project = project("update-refused");
    let config = project.read("codegen.toml");
    // Where the document comes from stands before: with the commit, which is not the new document's, goes a line.
    let (config, provenance) = config.split_once("[provenance]").expect("recorded");
    assert!(provenance.contains("commit = "), "{provenance}");
    let config = config.replace("[output]", &format!("[provenance]{provenance}\n[output]"));
    project.write("codegen.toml", &config.replace("\nadd = {", "\nsecret = [\"buyer\"]\nadd = {"));
    let (out, err) = project.fails(&["update", "new.csdl"]);
    assert_eq!(out, "");
    let line = 1 + project.read("codegen.toml").lines().position(|it| it.starts_with("secret")).expect("there");
    let place = format!("codegen.toml:{line}:");
    for part in ["error[config::unknown-property]", &place, "secret = [\"buyer\"]", "remove the entry"] {
        assert!(err.contains(part), "{part:?} is not in\n{err}");
    }
    assert!(err.ends_with("nothing is written; mend what is shown, then run `odata-codegen update` again\n"), "{err}");
    project.write("codegen.toml", &config);
    project.succeeds(&["update", "new.csdl"]);
}

/// Killed between two files, the next run comes to the same as one that was let be. The configuration has a sum by which
/// the service is asked for what is newer only, so it is the last.
#[test]
fn a_run_after_one_that_was_killed_finds_the_rest_to_do() {
    const FILES: [&str; 5] = ["crate/CHANGELOG.md", "codegen.lock", "docs.toml", "shop.csdl", "codegen.toml"];
    let update = ["update", "new.csdl", "--date", "2026-09-01"];
    let done = project("update-done");
    done.succeeds(&update);
    for count in 0..=FILES.len() {
        let killed = project(&format!("update-killed-{count}"));
        let config = killed.0.join("codegen.toml");
        let wanted = odata_codegen::update::Wanted {
            name: "new.csdl".to_owned(),
            bytes: new().into_bytes(),
            changelog: Some(("crate/CHANGELOG.md".into(), killed.read("crate/CHANGELOG.md"))),
            origin: odata_codegen::provenance::Origin {
                url: None,
                etag: None,
                commit: None,
                date: "2026-09-01".to_owned(),
                sha256: killed.sum("new.csdl"),
            },
            config: camino::Utf8PathBuf::from_path_buf(config).expect("UTF-8"),
            accept_renames: false,
            today: "2026-09-01".parse().expect("a date"),
        };
        let prepared = odata_codegen::update::prepare(&wanted).expect("nothing to refuse");
        let order: Vec<&str> = prepared.files.iter().filter_map(|(path, _)| path.file_name()).collect();
        assert_eq!(order.last().copied(), Some("codegen.toml"), "{order:?}");
        for name in order.iter().take(count) {
            let path = FILES.iter().find(|it| it.ends_with(name)).expect("one of them");
            killed.write(path, &done.read(path));
        }
        killed.succeeds(&update);
        assert_eq!(killed.all(), done.all(), "after {count} of {order:?}");
    }
}

/// Where the configuration has the document whole, it stays whole.
#[test]
fn a_whole_document_stays_whole() {
    let project = project("update-whole");
    project.succeeds(&["fetch", "old.csdl", "--output", "shop.csdl"]);
    assert_eq!(project.read("shop.csdl"), OLD);
    project.succeeds(&["update", "new.csdl"]);
    assert_eq!(project.read("shop.csdl"), new());
}

#[cfg(feature = "fetch")]
#[test]
fn an_update_asks_for_what_is_new_only() {
    use server::{Server, answer};

    let project = project("update-304");
    let server = Server::start();
    server.on("/m", answer(200, &[("ETag", "\"two\"")], &new()));
    project.succeeds(&["update", &server.url("/m")]);
    server.on("/m", answer(304, &[], ""));
    let before = project.all();
    assert_eq!(project.succeeds(&["update"]), "not modified: nothing to update\n");
    let tags: Vec<Option<String>> =
        server.asked().iter().map(|it| it.header("if-none-match").map(str::to_owned)).collect();
    assert_eq!(tags, [None, Some("\"two\"".to_owned())]);
    assert_eq!(project.all(), before);
}
