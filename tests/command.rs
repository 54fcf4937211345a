//! The command: what it writes, what it prints where, how it ends.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use support::{corpus, files, here};
use tempfile::TempDir;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(support::command()).args(arguments).current_dir(folder).env("NO_COLOR", "1").output().expect("run")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n")
}

/// metadata/ in a folder of its own, generated once.
fn project() -> TempDir {
    let folder = tempfile::tempdir().expect("folder");
    std::fs::create_dir_all(folder.path().join("metadata")).expect("folder");
    std::fs::create_dir_all(folder.path().join("generated")).expect("folder");
    for name in ["call-records.csdl", "codegen.toml", "docs.toml"] {
        std::fs::copy(here("metadata").join(name), folder.path().join("metadata").join(name)).expect("copied");
    }
    // The root file takes it in.
    std::fs::copy(here("generated/README.md"), folder.path().join("generated/README.md")).expect("copied");
    let generated = run(folder.path(), &["generate"]);
    assert!(generated.status.success(), "{}", text(&generated.stderr));
    folder
}

fn edit(path: &Path, from: &str, to: &str) {
    let before = std::fs::read_to_string(path).expect("text");
    assert!(before.contains(from), "{from:?} is not in {}", path.display());
    std::fs::write(path, before.replacen(from, to, 1)).expect("written");
}

fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let time = |name: &String| std::fs::metadata(folder.join(name)).and_then(|it| it.modified()).expect("time");
    files(folder).into_keys().map(|name| (name.clone(), time(&name))).collect()
}

#[test]
fn results_go_to_standard_output_and_nothing_else_does() {
    let folder = project();
    let again = run(folder.path(), &["generate"]);
    assert_eq!(again.status.code(), Some(0));
    assert_eq!(
        text(&again.stdout),
        "metadata/../generated/src: 82 types (60 structs, 22 enums) in 101 files: 0 written, 102 unchanged, 0 removed\n"
    );
    assert_eq!(text(&again.stderr), "");
}

#[test]
fn wrong_usage_ends_with_2() {
    let folder = tempfile::tempdir().expect("folder");
    for arguments in [&["genrate"][..], &["generate", "--no-such-option"], &["extract"], &[]] {
        let ended = run(folder.path(), arguments);
        assert_eq!(ended.status.code(), Some(2), "{arguments:?}");
        assert_eq!(text(&ended.stdout), "", "{arguments:?}");
        assert!(!ended.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn unchanged_files_keep_their_times_and_others_their_place() {
    let folder = project();
    let src = folder.path().join("generated/src");
    std::fs::write(src.join("by_hand.rs"), "// mine\n").expect("written");
    let before = times(&src);

    edit(&folder.path().join("metadata/docs.toml"), "Opus (RFC 6716).", "Opus, as RFC 6716 has it.");
    let changed = run(folder.path(), &["generate"]);
    let said = text(&changed.stdout);
    // The docs are an input that the lock has the sum of.
    let lock = "metadata/codegen.lock: written, every name as before\n";
    assert!(said.ends_with(&format!(": 1 written, 101 unchanged, 0 removed\n{lock}")), "{said}");

    let after = times(&src);
    let touched: Vec<&String> = before.keys().filter(|name| before.get(*name) != after.get(*name)).collect();
    assert_eq!(touched, ["call_records/audio_codec.rs"]);
    assert_eq!(std::fs::read_to_string(src.join("by_hand.rs")).expect("text"), "// mine\n");
}

/// T-18: only what the manifest lists is deleted.
#[test]
fn what_is_no_longer_generated_is_removed_if_it_is_ours() {
    let folder = project();
    let src = folder.path().join("generated/src");
    std::fs::write(src.join("graph/by_hand.rs"), "// mine\n").expect("written");
    let config = folder.path().join("metadata/codegen.toml");
    edit(&config, "\"microsoft.graph.identitySet\" = \"all\"", "\"microsoft.graph.identitySet\" = \"none\"");
    // The docs of the types that are left out are unknown now; without docs there is nothing to compare.
    edit(&config, "docs = \"docs.toml\"", "");
    let removed = run(folder.path(), &["generate"]);
    assert_eq!(removed.status.code(), Some(0), "{}", text(&removed.stderr));
    assert!(!src.join("graph/chat_message_from_identity_set.rs").exists());
    assert!(src.join("graph/identity_set.rs").exists());
    assert!(src.join("graph/by_hand.rs").exists());
}

#[test]
fn a_file_that_is_not_ours_is_never_replaced() {
    let folder = project();
    let src = folder.path().join("generated/src");
    std::fs::remove_file(src.join(".odata-codegen")).expect("removed");
    edit(&src.join("lib.rs"), "pub mod graph;", "pub mod graph; // mine");
    let before = files(&src);
    let refused = run(folder.path(), &["generate"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("lib.rs` is in the way"), "{}", text(&refused.stderr));
    assert_eq!(files(&src), before);
}

/// Invariant 7: a failed run leaves the output as it was, byte for byte, and nothing beside it.
#[test]
fn a_failed_run_leaves_everything_as_it_was() {
    let folder = project();
    let before = (files(&folder.path().join("generated")), times(&folder.path().join("generated/src")));
    let document = folder.path().join("metadata/call-records.csdl");
    edit(
        &document,
        "Type=\"microsoft.graph.callRecords.userFeedback\"",
        "Type=\"microsoft.graph.callRecords.userFeedbak\"",
    );
    edit(
        &document,
        "BaseType=\"microsoft.graph.callRecords.userAgent\"",
        "BaseType=\"microsoft.graph.callRecords.userAgnt\"",
    );
    let failed = run(folder.path(), &["generate"]);
    assert_eq!(failed.status.code(), Some(1));
    assert_eq!(text(&failed.stdout), "");
    let said = text(&failed.stderr);
    for part in [
        "error[resolve::unknown-type]: `participantEndpoint/feedback` refers to type `microsoft.graph.callRecords.userFeedbak`",
        "error[resolve::unknown-type]: `clientUserAgent` refers to type `microsoft.graph.callRecords.userAgnt`",
        "--> metadata/call-records.csdl:",
        "a type with a similar name exists: `microsoft.graph.callRecords.userFeedback`",
    ] {
        assert!(said.contains(part), "{part:?} is not in\n{said}");
    }
    assert!(!said.contains('\u{1b}'), "colour in spite of NO_COLOR");
    let after = (files(&folder.path().join("generated")), times(&folder.path().join("generated/src")));
    assert_eq!(after, before);
}

#[test]
fn check_shows_the_difference_and_the_cure() {
    let folder = project();
    // Before the service removes anything that it has announced.
    let fresh = run(folder.path(), &["check", "--today", "2026-09-01"]);
    assert_eq!((fresh.status.code(), text(&fresh.stderr)), (Some(0), String::new()));

    // Past that day it is a warning, which names the place and what to use instead.
    let before = run(folder.path(), &["check", "--today", "2026-11-05"]);
    assert_eq!((before.status.code(), text(&before.stderr)), (Some(0), String::new()));
    let passed = run(folder.path(), &["check", "--today", "2026-12-01"]);
    assert_eq!(passed.status.code(), Some(0));
    let said = text(&passed.stderr);
    for (gone, successor) in [
        ("callRecord/organizer", "organizer_v2"),
        ("callRecord/participants", "participants_v2"),
        ("participantEndpoint/identity", "associatedIdentity"),
    ] {
        assert!(said.contains(&format!("`microsoft.graph.callRecords.{gone}` on 2026-11-06")), "{said}");
        assert!(said.contains(&format!("help: `{successor}` replaces it")), "{said}");
    }
    assert!(said.contains("--> metadata/call-records.csdl:"), "{said}");
    assert_eq!(run(folder.path(), &["check", "--today", "2026-12-01", "--strict"]).status.code(), Some(1));
    assert_eq!(run(folder.path(), &["check", "--today", "tomorrow"]).status.code(), Some(2));

    let src = folder.path().join("generated/src");
    edit(&src.join("call_records/modality.rs"), "Self::Audio => \"audio\"", "Self::Audio => \"sound\"");
    let before = files(&src);
    let stale = run(folder.path(), &["check"]);
    assert_eq!(stale.status.code(), Some(1));
    let diff = text(&stale.stdout);
    assert!(diff.contains("--- a/call_records/modality.rs\n+++ b/call_records/modality.rs\n"), "{diff}");
    assert!(
        diff.contains("-            Self::Audio => \"sound\",\n+            Self::Audio => \"audio\",\n"),
        "{diff}"
    );
    assert!(text(&stale.stderr).contains("odata-codegen generate"), "{}", text(&stale.stderr));
    assert_eq!(files(&src), before, "check wrote something");
}

/// The docs are part of the product: a missing entry is a warning, an unknown one an error.
#[test]
fn docs_that_do_not_fit_are_told() {
    let folder = project();
    let docs = folder.path().join("metadata/docs.toml");
    edit(&docs, "\nopus = ", "\nopuss = ");
    let failed = run(folder.path(), &["generate"]);
    let said = text(&failed.stderr);
    assert_eq!(failed.status.code(), Some(1));
    for part in [
        "error[docs::unknown]: no member `microsoft.graph.callRecords.audioCodec/opuss` is generated",
        "a similar name is: `opus`",
        "warning[docs::missing]: member `opus` of `microsoft.graph.callRecords.audioCodec` is not documented",
        "--> metadata/docs.toml:",
    ] {
        assert!(said.contains(part), "{part:?} is not in\n{said}");
    }
}

/// An overlay that the metadata has caught up with.
#[test]
fn a_stale_overlay_is_an_error_that_says_remove_it() {
    let folder = project();
    edit(
        &folder.path().join("metadata/call-records.csdl"),
        "<ComplexType Name=\"identity\" OpenType=\"true\">",
        "<ComplexType Name=\"identity\" OpenType=\"true\">\n        <Property Name=\"tenantId\" Type=\"Edm.String\" />",
    );
    let failed = run(folder.path(), &["generate"]);
    let said = text(&failed.stderr);
    assert_eq!(failed.status.code(), Some(1));
    assert!(said.contains("error[resolve::stale-overlay]"), "{said}");
    assert!(said.contains("remove it from the configuration"), "{said}");
}

/// The generated files of a published document, by the project's own configuration.
fn from_corpus(corpus: &Path, document: &str) -> (TempDir, Output, PathBuf) {
    let folder = project();
    let document = corpus.join("metadata").join(document);
    let output = folder.path().join("out");
    let arguments = ["generate", "--document", document.to_str().expect("UTF-8"), "--output", "out"];
    let ended = run(folder.path(), &arguments);
    (folder, ended, output)
}

#[test]
fn every_edition_of_the_metadata_gives_the_same_types() {
    let Some(corpus) = corpus("every_edition_of_the_metadata_gives_the_same_types") else { return };
    let expected = files(&here("generated/src"));
    for document in ["v1.0-Prod.csdl", "v1.0-annotated.xml"] {
        let (_folder, ended, output) = from_corpus(&corpus, document);
        assert!(ended.status.success(), "{document}: {}", text(&ended.stderr));
        assert!(files(&output) == expected, "{document} gives other files");
    }
}

/// CR-27: the cloud for US government lacks one property.
#[test]
fn cr_27_fairfax_generates_without_is_test() {
    let Some(corpus) = corpus("cr_27_fairfax_generates_without_is_test") else { return };
    let (_folder, ended, output) = from_corpus(&corpus, "v1.0-Fairfax.csdl");
    assert_eq!(ended.status.code(), Some(0), "{}", text(&ended.stderr));
    let session = std::fs::read_to_string(output.join("call_records/session.rs")).expect("session");
    assert!(!session.contains("is_test"));
    let ours = support::read("generated/src/call_records/session.rs");
    assert!(ours.contains("pub is_test: Option<bool>"));
    // No other field differs in the namespace. (It was deprecated on another day there, which is a note and no field.)
    let fields = |text: &String| -> Vec<String> {
        text.lines().filter(|it| it.starts_with("    pub ") && it.contains(": Option<")).map(str::to_owned).collect()
    };
    let (fairfax, ours) = (files(&output), files(&here("generated/src")));
    let of_namespace = |name: &String| name.starts_with("call_records/") && !name.ends_with("/session.rs");
    for (name, text) in ours.iter().filter(|(name, _)| of_namespace(name)) {
        assert_eq!(fairfax.get(name).map(fields), Some(fields(text)), "{name}");
    }
}

/// CR-27, T-15: the cloud for China has no call records at all.
#[test]
fn cr_27_mooncake_is_told_that_the_namespace_is_not_there() {
    let Some(corpus) = corpus("cr_27_mooncake_is_told_that_the_namespace_is_not_there") else { return };
    let (_folder, ended, output) = from_corpus(&corpus, "v1.0-Mooncake.csdl");
    assert_eq!(ended.status.code(), Some(1));
    let said = text(&ended.stderr);
    assert!(said.contains("namespace `microsoft.graph.callRecords` is not in this document"), "{said}");
    assert!(said.contains("the document has these namespaces: `microsoft.graph`, "), "{said}");
    assert!(said.contains("--> metadata/codegen.toml:"), "{said}");
    assert!(!output.exists());
}

/// The slice is what `extract` makes of the recorded document, and `extract` makes the same of the slice.
#[test]
fn the_slice_is_a_fixed_point_of_extract() {
    let slice = support::read("metadata/call-records.csdl");
    let again = run(&here(""), &["extract", "--from", "metadata/call-records.csdl"]);
    assert!(text(&again.stdout) == slice, "extract changes its own slice");
    assert!(text(&again.stderr).contains("extract::other-document"), "{}", text(&again.stderr));
    for prose in ["Description", "LongDescription", "deprecated and will be"] {
        assert!(!slice.contains(prose), "{prose:?} is in the slice");
    }

    let Some(corpus) = corpus("the_slice_is_a_fixed_point_of_extract (its second half)") else { return };
    let document = corpus.join("metadata/v1.0-annotated.xml");
    let folder = project();
    let to_file =
        run(folder.path(), &["extract", "--from", document.to_str().expect("UTF-8"), "--output", "slice.csdl"]);
    assert!(to_file.status.success(), "{}", text(&to_file.stderr));
    assert!(!text(&to_file.stderr).contains("extract::other-document"), "the recorded sum is not that of the document");
    assert!(std::fs::read_to_string(folder.path().join("slice.csdl")).expect("slice") == slice);
}

/// The update day on the project's own metadata: a property is gone, everything else is as it was.
#[test]
fn an_update_takes_a_newer_document_in() {
    let folder = project();
    let slice = support::read("metadata/call-records.csdl");
    let kept = slice.split_inclusive('\n').filter(|it| !it.contains("Name=\"isTest\""));
    let newer: String = kept.collect();
    assert_ne!(newer, slice);
    std::fs::write(folder.path().join("newer.csdl"), &newer).expect("written");
    std::fs::write(folder.path().join("generated/CHANGELOG.md"), "# Changelog\n").expect("written");
    let arguments = ["update", "newer.csdl", "--date", "2026-09-01", "--commit", "c0ffee", "--today", "2026-09-01"];
    let updated = run(folder.path(), &arguments);
    assert_eq!((updated.status.code(), text(&updated.stderr)), (Some(0), String::new()));
    let said = text(&updated.stdout);
    assert!(said.contains("removed property `microsoft.graph.callRecords.session/isTest`"), "{said}");
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("text").replace("\r\n", "\n");
    assert!(read("metadata/call-records.csdl") == newer, "the slice is another one");
    assert!(!read("metadata/docs.toml").contains("\nisTest = "));
    assert!(!read("generated/src/call_records/session.rs").contains("is_test"));
    assert!(read("metadata/codegen.toml").contains("commit = \"c0ffee\"\ndate = \"2026-09-01\"\n"));
    let changelog = read("generated/CHANGELOG.md");
    assert!(
        changelog.contains("## Unreleased\n\n- Metadata of 2026-09-01:\n  - **Breaking:** property"),
        "{changelog}"
    );
    let check = run(folder.path(), &["check", "--today", "2026-09-01"]);
    assert_eq!((check.status.code(), text(&check.stderr)), (Some(0), String::new()));
}

/// The recorded document again: nothing to do.
#[test]
fn an_update_from_the_recorded_document_changes_nothing() {
    let Some(corpus) = corpus("an_update_from_the_recorded_document_changes_nothing") else { return };
    let folder = project();
    let before = files(folder.path());
    let document = corpus.join("metadata/v1.0-annotated.xml");
    let updated = run(folder.path(), &["update", document.to_str().expect("UTF-8"), "--today", "2026-09-01"]);
    assert!(updated.status.success(), "{}", text(&updated.stderr));
    assert!(files(folder.path()) == before, "something changed");
}
