//! What must not compile: an option where the service does not heed it, a property of another type, a write on what is
//! only read. Pinned are the error's code and its first line, not the rest of what rustc says.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::Command;

/// A function of an app around a body, as rustc takes it; gives what it says first, or nothing.
fn check(library: &Path, folder: &Path, body: &str) -> Option<String> {
    let source = folder.join("app.rs");
    let text = format!(
        "use graph_call_records::graph::*;\nuse graph_call_records::requests::*;\nuse graph_call_records::*;\n\
         pub fn app(client: Client, from: odata_runtime::Timestamp, to: odata_runtime::Timestamp) {{\n    \
         let records = client.communications().call_records();\n    {body}\n}}\n"
    );
    std::fs::write(&source, text).expect("written");
    let said = Command::new("rustc")
        .args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "--crate-name=app", "-Aunused"])
        .arg("--extern")
        .arg(format!("graph_call_records={}", library.display()))
        .arg("-L")
        .arg(format!("dependency={}", library.parent().expect("folder").display()))
        .arg("-o")
        .arg(folder.join("app.rmeta"))
        .arg(&source)
        .output()
        .expect("rustc");
    let text = String::from_utf8_lossy(&said.stderr).into_owned();
    // Which paths rustc writes out depends on what else goes by the name, in any crate that is linked.
    let short = |it: &str| {
        let paths = ["graph_call_records::requests::", "graph_call_records::", "std::string::"];
        paths.iter().fold(it.to_owned(), |it, path| it.replace(path, ""))
    };
    let first = text.lines().find(|it| it.starts_with("error")).map(short);
    assert_eq!(said.status.success(), first.is_none(), "{text}");
    first
}

/// The generated crate as this test was built with it: there may be older ones, and some for other features. It is one
/// with which an app compiles that uses all there is in the cases below, each where it is legal.
fn library(folder: &Path) -> PathBuf {
    const LEGAL: &str = "let _ = records.list().select(CallRecord::ID).filter(CallRecord::START_DATE_TIME.ge(from));\n    \
        let _ = records.by_id(\"x\").get().expand(CallRecord::SESSIONS.top(1));\n    \
        let _ = records.get_pstn_calls(from, to).split();\n    \
        let _ = client.subscriptions().create(SubscriptionCreate::new());\n    \
        let _ = client.subscriptions().by_id(\"x\").update(SubscriptionUpdate::new());\n    \
        let _ = client.subscriptions().by_id(\"x\").delete();";
    let test = std::env::current_exe().expect("this test");
    let entries = std::fs::read_dir(test.parent().expect("folder")).expect("folder");
    let mut found: Vec<PathBuf> = entries
        .map(|it| it.expect("entry").path())
        .filter(|it| {
            let name = it.file_name().expect("name").to_string_lossy();
            name.starts_with("libgraph_call_records-") && name.ends_with(".rlib")
        })
        .collect();
    let age = |it: &PathBuf| std::fs::metadata(it).and_then(|it| it.modified()).expect("age");
    found.sort_by_key(|it| std::cmp::Reverse(age(it)));
    let said: Vec<_> = found.iter().map(|it| check(it, folder, LEGAL)).collect();
    let fits = found.iter().zip(&said).find(|(_, said)| said.is_none());
    fits.map_or_else(|| panic!("with none of {found:?}: {said:?}"), |(it, _)| it.clone())
}

#[test]
fn what_is_illegal_does_not_compile() {
    let folder = tempfile::tempdir().expect("folder");
    let library = library(folder.path());
    let no_method = |method: &str, of: &str| {
        format!("error[E0599]: no method named `{method}` found for {of} in the current scope")
    };
    // rustc takes these for the methods of an iterator.
    let no_iterator = |of: &str| format!("error[E0599]: `{of}` is not an iterator");
    let of_list = "struct `ListCallRecords`";
    let cases = [
        // CR-2: a list of records takes two filters and `$select`.
        ("records.list().expand(CallRecord::SESSIONS);", no_method("expand", of_list)),
        ("records.list().order_by(CallRecord::ID);", no_method("order_by", of_list)),
        ("records.list().top(1);", no_method("top", of_list)),
        ("records.list().skip(1);", no_iterator("ListCallRecords")),
        ("records.list().count();", no_iterator("ListCallRecords")),
        ("records.list().search(\"x\");", no_method("search", of_list)),
        // CR-21: functions ignore every option.
        (
            "records.get_direct_routing_calls(from, to).filter(DirectRoutingLogRow::ID.eq(\"x\"));",
            no_iterator("GetDirectRoutingCalls"),
        ),
        ("records.get_pstn_calls(from, to).select(PstnCallLogRow::ID);", no_method("select", "struct `GetPstnCalls`")),
        // One entity is neither filtered nor counted.
        ("records.by_id(\"x\").get().filter(CallRecord::ID.eq(\"x\"));", no_iterator("GetCallRecord")),
        // Call records are only read.
        ("records.create(());", no_method("create", "struct `CallRecordsResource`")),
        ("records.by_id(\"x\").update(());", no_method("update", "struct `CallRecordResource`")),
        ("records.by_id(\"x\").delete();", no_method("delete", "struct `CallRecordResource`")),
        ("records.by_id(\"x\").sessions().create(());", no_method("create", "struct `SessionsResource`")),
        // Nobody reads one session by itself.
        ("records.by_id(\"x\").sessions().by_id(\"y\").get();", no_method("get", "struct `SessionResource`")),
        // What only the service sets has no method; a new subscription is no change of one.
        ("SubscriptionCreate::new().with_application_id(\"x\");", no_method("with_application_id", "struct `SubscriptionCreate`")),
        (
            "client.subscriptions().by_id(\"x\").update(SubscriptionCreate::new());",
            "error[E0308]: mismatched types".to_owned(),
        ),
        // Properties and conditions of another type.
        (
            "records.list().select(Session::ID);",
            "error[E0277]: `Property<Session, String>` is not a property of `CallRecord`, nor a tuple of its properties".to_owned(),
        ),
        ("records.list().filter(Session::ID.eq(\"x\"));", "error[E0308]: mismatched types".to_owned()),
        // Only a collection is filtered where it is expanded.
        (
            "records.by_id(\"x\").get().expand(CallRecord::ORGANIZER_V2.top(1));",
            no_method("top", "struct `Navigation<CallRecord, Organizer>`"),
        ),
    ];
    let mut wrong = Vec::new();
    for (body, wanted) in cases {
        let said =
            check(&library, folder.path(), &format!("let _ = {body}")).unwrap_or_else(|| "it compiles".to_owned());
        if said != wanted {
            wrong.push(format!("{body}\n  said   {said}\n  wanted {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
