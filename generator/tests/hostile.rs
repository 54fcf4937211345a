//! T-11: whatever stands in names and texts of a document, what is generated is Rust and holds nothing but what the
//! generator wrote.
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use odata_codegen::compile::compile;
use odata_codegen::config::{read_config, read_docs};
use odata_codegen::diagnostic::{Diagnostic, Severity};
use odata_codegen::emit::Files;
use odata_codegen::input::Input;
use odata_codegen::source::Sources;
use proc_macro2::{TokenStream, TokenTree};
use proptest::prelude::*;

/// What each payload tries to bring in.
const INJECTED: &str = "injected";

/// Ends of everything that a name or a text could stand in, each followed by an item.
const PAYLOADS: &[&str] = &[
    "\" fn injected() {} //",
    "\"# fn injected() {} //",
    "\"##]; fn injected() {} /*",
    "\\\" fn injected() {} //",
    "*/ fn injected() {} /*",
    "\n fn injected() {} //",
    "\r fn injected() {} //",
    "\r\n} mod injected {",
    "\u{2028}fn injected() {}",
    "\u{85}fn injected() {}",
    "`](x) injected!{} [`",
    "{injected} {0} {}",
    "] fn injected() {} #[doc = ",
    "</code><script>injected</script>",
    "\u{202e}}} fn injected() {} \u{2066}",
    "'a' injected 'static",
    "r#injected :: <> ;",
    "../../etc/injected",
    "${injected} %s $injected",
    "-> a injected ! ( ) ,",
];

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, it| {
        let plain = it.is_alphanumeric() || it == ' ';
        let _infallible = if plain { write!(out, "{it}") } else { write!(out, "&#x{:X};", u32::from(it)) };
        out
    })
}

/// Generates from a document in which a text stands wherever the standard has a name or a text.
fn generate(text: &str, namespace: &str) -> (Files, Vec<Diagnostic>) {
    let (name, space) = (escaped(text), escaped(namespace));
    // A flag has no comma in its name.
    let flag = escaped(&text.replace(',', ";"));
    let document = format!(
        r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="{space}" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="{name}"><Key><PropertyRef Name="{name}"/></Key>
  <Property Name="{name}" Type="Edm.String" Nullable="false" DefaultValue="{name}">
    <Annotation Term="Org.OData.Core.V1.Description" String="{name}"/>
    <Annotation Term="Org.OData.Core.V1.Revisions"><Collection><Record>
      <PropertyValue Property="Kind" EnumMember="Org.OData.Core.V1.RevisionKind/Deprecated"/>
      <PropertyValue Property="Version" String="{name}"/><PropertyValue Property="Description" String="{name}"/>
    </Record></Collection></Annotation>
  </Property>
</EntityType>
<EnumType Name="{name}2"><Member Name="{name}" Value="1"/><Member Name="{name}2"/></EnumType>
<EnumType Name="{name}3" IsFlags="true"><Member Name="{flag}" Value="4"/></EnumType>
<TypeDefinition Name="{name}4" UnderlyingType="Edm.String"><Annotation Term="{name}" String="{name}"/></TypeDefinition>
<ComplexType Name="{name}5" OpenType="true"><Annotation Term="Org.OData.Core.V1.LongDescription" String="{name}"/></ComplexType>
</Schema>
<Schema Namespace="plain" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="book"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="{name}" Type="Edm.String"/>
  <NavigationProperty Name="{name}2" Type="Collection(plain.page)" ContainsTarget="true"/>
</EntityType>
<EntityType Name="page"><Key><PropertyRef Name="{name}"/></Key><Property Name="{name}" Type="Edm.String" Nullable="false"/></EntityType>
<Function Name="{name}" IsBound="true"><Parameter Name="{name}" Type="plain.book"/><ReturnType Type="Edm.String"/></Function>
<EntityContainer Name="desk"><EntitySet Name="books" EntityType="plain.book"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>"#
    );
    let namespace = toml::Value::String(namespace.to_owned());
    let config = format!(
        "[output]\ncrate_name = \"library_client\"\n[service]\nroot = \"https://library.example/v1\"\nscope = \"library\"\n[select]\nnamespaces = [{namespace}, \"plain\"]\npaths = [\"/books\"]\n"
    );
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let config = sources.add("codegen.toml", config);
    let document = sources.add("hostile.csdl", document);
    let config = read_config(config, &sources, &mut diagnostics);
    let input = Input {
        sources,
        config,
        docs: None,
        lock: None,
        lock_file: None,
        accept_renames: false,
        unknown: Severity::Error,
        documents: vec![document],
        sha256: None,
        output: "generated".into(),
        files: Vec::new(),
    };
    let compiled = compile(&input, &mut diagnostics);
    (compiled.files, diagnostics)
}

/// Every identifier, however deep; what stands in literals is none.
fn identifiers(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(it) => drop(found.insert(it.to_string())),
            TokenTree::Group(it) => identifiers(it.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Characters that change the direction of text: rustc refuses them in literals and comments.
fn turns_text(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

fn assert_harmless(files: &Files) {
    for (path, text) in files {
        let is_plain = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_alphanumeric() || it == '_' || it == '.');
        assert!(path.split('/').all(|it| is_plain(it) && !it.starts_with('.')), "a file is called {path:?}");
        let odd = text.chars().find(|it| turns_text(*it) || (it.is_control() && *it != '\n'));
        assert_eq!(odd, None, "{path} holds a character that is not shown:\n{text}");
        if let Err(fault) = syn::parse_file(text) {
            panic!("{path} is no Rust: {fault}\n{text}");
        }
        let mut found = BTreeSet::new();
        identifiers(text.parse().expect("what syn parses has tokens"), &mut found);
        assert!(!found.contains(INJECTED), "something was brought into {path}:\n{text}");
    }
}

#[test]
fn t11_no_payload_gets_out_of_its_place() {
    for payload in PAYLOADS {
        let (files, diagnostics) = generate(payload, "library");
        let errors: Vec<_> = diagnostics.iter().filter(|it| it.is_error()).collect();
        assert!(errors.is_empty(), "{payload:?}: {errors:?}");
        let requests = files.keys().filter(|it| it.starts_with("requests/")).count();
        assert!(files.len() > 12 && requests > 4, "{payload:?}: only {:?}", files.keys());
        assert_harmless(&files);
    }
}

#[test]
fn t11_a_namespace_is_no_path() {
    for namespace in ["../../etc/passwd", "/etc", "a/../b", "C:\\b", ".", "..", "mod", "crate", "1"] {
        let (files, diagnostics) = generate("book", namespace);
        assert!(!files.is_empty(), "{namespace:?}: {diagnostics:?}");
        assert_harmless(&files);
    }
}

#[test]
fn t11_a_megabyte_of_text_is_text() {
    let (files, diagnostics) = generate(&"injected \"#*/\n".repeat(20), "library");
    assert!(!diagnostics.iter().any(Diagnostic::is_error), "{diagnostics:?}");
    assert_harmless(&files);
    let long = format!("library{}", "\"".repeat(1 << 20));
    assert_harmless(&generate("book", &long).0);
}

/// Generates with a text wherever the configuration and the docs have words of a person.
fn generate_with_words(text: &str) -> (Files, Vec<Diagnostic>) {
    let document = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="plain" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="book"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="weight" Type="Edm.Int32"/></EntityType>
<EnumType Name="cover"><Member Name="soft"/></EnumType>
<EntityContainer Name="desk"><EntitySet Name="books" EntityType="plain.book"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>"#;
    let text = toml::Value::String(text.to_owned());
    let config = format!(
        "[service]\nroot = \"https://library.example/\u{202e}v1\"\nscope = \"library\"\n\
         [select]\nnamespaces = [\"plain\"]\npaths = [\"/books\"]\n\
         [operation.\"/books/{{id}}\"]\npermissions = [{text}, \"Read\"]\ndocumentation = {text}\n\
         [type.\"plain.book\"]\ndocumentation = {text}\n"
    );
    let docs = format!(
        "[type.\"plain.book\"]\ndoc = {text}\nlink = {text}\n[type.\"plain.book\".property]\nid = {text}\n\
         weight = {{ doc = {text}, unit = {text} }}\n\
         [type.\"plain.cover\"]\ndoc = {text}\nmember = {{ soft = {text} }}\n"
    );
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let config = sources.add("codegen.toml", config);
    let docs = sources.add("docs.toml", docs);
    let document = sources.add("plain.csdl", document);
    let config = read_config(config, &sources, &mut diagnostics);
    let docs = Some(read_docs(docs, &sources, &mut diagnostics));
    let input = Input {
        sources,
        config,
        docs,
        lock: None,
        lock_file: None,
        accept_renames: false,
        unknown: Severity::Error,
        documents: vec![document],
        sha256: None,
        output: "generated".into(),
        files: Vec::new(),
    };
    let compiled = compile(&input, &mut diagnostics);
    (compiled.files, diagnostics)
}

/// rustc refuses a carriage return and characters that turn the direction of text in comments.
#[test]
fn words_of_the_configuration_and_of_the_docs_stay_in_their_lines() {
    let odd = "a\u{202a}b\u{202e}c\u{2066}d\u{2069}e\u{200f}f\rg\u{0}h\u{1b}i\tj\u{7f}k\r\nl\n\nm";
    for text in PAYLOADS.iter().chain(&[odd]) {
        let (files, diagnostics) = generate_with_words(text);
        let errors: Vec<_> = diagnostics.iter().filter(|it| it.is_error()).collect();
        assert!(errors.is_empty(), "{text:?}: {errors:?}");
        assert!(files.len() > 6, "{text:?}: only {:?}", files.keys());
        assert_harmless(&files);
    }
    // What is left of the words is there, line by line.
    let (files, _) = generate_with_words("first\rsecond\r\nthird \u{202e}word");
    let book = files.get("plain/book.rs").expect("generated");
    assert!(book.contains("    /// first\n    /// second\n    /// third \u{fffd}word\n"), "{book}");
}

fn any_text() -> impl Strategy<Value = String> {
    let payload = proptest::sample::select(PAYLOADS);
    let around = || {
        proptest::collection::vec(
            any::<char>().prop_filter("a character of XML", |it| {
                (*it >= ' ' || "\t\r\n".contains(*it)) && !matches!(*it, '\u{FFFE}' | '\u{FFFF}')
            }),
            0..6,
        )
    };
    (around(), payload, around())
        .prop_map(|(before, payload, after)| before.into_iter().chain(payload.chars()).chain(after).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn t11_no_text_gets_out_of_its_place(text in any_text(), namespace in any_text()) {
        let (files, _) = generate(&text, "library");
        prop_assert!(!files.is_empty());
        assert_harmless(&files);
        assert_harmless(&generate("book", &namespace).0);
        let (files, diagnostics) = generate_with_words(&text);
        prop_assert!(!files.is_empty(), "{:?}", diagnostics);
        assert_harmless(&files);
    }
}
