//! Inputs that do not end, end too early or are too large: T-1, T-2, T-5 and T-6 beyond what `read.rs` shows.
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::path::PathBuf;

use camino::Utf8PathBuf;
use odata_codegen::csdl::{self, SchemaItem};
use odata_codegen::input::{self, InputOptions};
use support::{codes, corpus, has_error, read, schema};

/// A folder of this test's own.
fn folder(name: &str) -> Utf8PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("bounds-{name}-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).expect("a folder");
    Utf8PathBuf::try_from(folder).expect("UTF-8")
}

/// What a run says of a document before it reads it.
fn said_of(document: &Utf8PathBuf, folder: &Utf8PathBuf) -> Vec<String> {
    let config = folder.join("codegen.toml");
    std::fs::write(&config, "documents = []\n").expect("written");
    let options = InputOptions { documents: vec![document.clone()], ..InputOptions::new(config) };
    let mut diagnostics = Vec::new();
    let input = input::read(&options, &mut diagnostics);
    assert_eq!(input.documents.is_empty(), has_error(&diagnostics));
    diagnostics.into_iter().map(|it| it.message.replace(document.as_str(), "DOCUMENT")).collect()
}

#[test]
fn t1_what_is_no_file_is_told_with_path_and_cause() {
    let folder = folder("no-file");
    let missing = said_of(&folder.join("missing.csdl"), &folder);
    assert!(missing[0].starts_with("cannot read the document `DOCUMENT`: "), "{missing:?}");
    assert_eq!(said_of(&folder, &folder), ["cannot read the document `DOCUMENT`: it is not a regular file"]);
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[cfg(unix)]
#[test]
fn t1_devices_and_pipes_are_not_read() {
    let folder = folder("devices");
    let pipe = folder.join("pipe.csdl");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success();
    assert!(made, "no pipe");
    for path in [Utf8PathBuf::from("/dev/zero"), pipe] {
        assert_eq!(said_of(&path, &folder), ["cannot read the document `DOCUMENT`: it is not a regular file"]);
    }
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn t1_a_file_beyond_the_limit_is_not_read() {
    let folder = folder("large");
    let path = folder.join("large.csdl");
    let file = std::fs::File::create(&path).expect("created");
    file.set_len((64 << 20) + 1).expect("a file with a hole");
    let told = said_of(&path, &folder);
    assert_eq!(told, ["cannot read the document `DOCUMENT`: it has more than 67108864 bytes"]);
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn t2_all_of_graph_cut_somewhere_is_never_a_success() {
    let Some(corpus) = corpus() else { return };
    let text = std::fs::read_to_string(corpus.join("metadata/v1.0-Prod.csdl")).expect("the document");
    // A step that is prime to everything, so that the cuts fall into tags, names, values and white space.
    for end in (0..text.len()).step_by(379_721).filter(|end| text.is_char_boundary(*end)) {
        let (_, diagnostics) = read(&text[..end]);
        assert!(has_error(&diagnostics), "cut at byte {end} reads without an error");
    }
}

#[test]
fn t5_nothing_is_included() {
    let include = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/hosts' parse='text'/>";
    let text = schema(include);
    let (document, diagnostics) = read(&text);
    // Of another vocabulary, so none of ours.
    assert_eq!(diagnostics, []);
    assert!(document.schemas[0].items.is_empty());
    let stylesheet = format!("<?xml-stylesheet href='file:///etc/hosts'?>{}", schema("<EnumType Name='e'/>"));
    assert_eq!(read(&stylesheet).1, []);
}

#[test]
fn t6_a_huge_value_is_one_value() {
    let long = "x".repeat(4 << 20);
    let text = schema(&format!("<Annotation Term='n.t' String='{long}'/><EnumType Name='e'/>"));
    let (document, diagnostics) = read(&text);
    assert_eq!(diagnostics, []);
    assert_eq!(document.schemas[0].items.len(), 1);
    let beyond = format!("{text}{}", " ".repeat((64 << 20) + 1 - text.len()));
    let (_, diagnostics) = read(&beyond);
    assert_eq!(codes(&diagnostics), ["csdl::limit"]);
    assert_eq!(diagnostics[0].message, "the document has 67108865 bytes, more than the limit of 67108864");
}

#[test]
fn t6_a_million_siblings_are_read() {
    let text = schema(&format!("<EnumType Name='e'>{}</EnumType>", "<Member Name='m'/>".repeat(1_000_000)));
    let (document, diagnostics) = read(&text);
    assert_eq!(diagnostics, []);
    let SchemaItem::Enum(it) = &document.schemas[0].items[0] else { panic!("an enumeration") };
    assert_eq!(it.members.len(), 1_000_000);
}

#[test]
fn t6_ten_thousand_namespaces_are_not_read() {
    // In one tag, and one in each of many tags.
    let spaces: String = (0..10_000).fold(String::new(), |all, n| all + &format!(" xmlns:a{n}='urn:{n}'"));
    assert_eq!(codes(&read(&schema(&format!("<EnumType{spaces}/>"))).1), ["csdl::limit"]);
    let nested: String = (0..10_000).fold(String::new(), |all, n| all + &format!("<a{n}:x xmlns:a{n}='urn:{n}'>"));
    assert_eq!(codes(&read(&schema(&nested)).1), ["csdl::limit"]);
    // Out of scope they are forgotten.
    let siblings: String = (0..10_000).fold(String::new(), |all, n| all + &format!("<a{n}:x xmlns:a{n}='urn:{n}'/>"));
    assert_eq!(read(&schema(&siblings)).1, []);
}

#[test]
fn t4_an_encoding_is_judged_by_what_the_document_holds() {
    let declared = |name: &str, definition: &str| {
        let text = format!("<?xml version='1.0' encoding='{name}'?>{}", schema(definition));
        let (_, diagnostics) = read(&text);
        codes(&diagnostics).iter().zip(&diagnostics).map(|(code, it)| (*code, it.is_error())).collect::<Vec<_>>()
    };
    let (ascii, beyond) = ("<EnumType Name='e'/>", "<EnumType Name='\u{e9}'/>");
    assert_eq!(declared("UTF-8", ascii), []);
    assert_eq!(declared("utf-8", beyond), []);
    for name in ["ISO-8859-1", "iso-8859-15", "windows-1252", "US-ASCII", "latin1"] {
        assert_eq!(declared(name, ascii), [("csdl::encoding", false)], "{name}");
        assert_eq!(declared(name, beyond), [("csdl::encoding", true)], "{name}");
    }
    for name in ["UTF-16", "UTF-16LE", "UTF-32", "UCS-2", "IBM037", "utf-7", "anything"] {
        assert_eq!(declared(name, ascii), [("csdl::encoding", true)], "{name}");
    }
    let bytes = b"<?xml version='1.0' encoding = \"ISO-8859-1\" ?>\n<a b='\xE9'/>";
    let fault = csdl::decode(bytes).expect_err("not UTF-8");
    assert_eq!(fault.message, "the document is ISO-8859-1: byte 0xE9 at line 2, column 7 is not UTF-8");
    let fault = csdl::decode(b"\x4C\x6F\xA7\x94\x93").expect_err("not UTF-8");
    assert_eq!(fault.message, "the document is EBCDIC, not UTF-8");
}
