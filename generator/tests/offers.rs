//! What is refused has no method, and everything else has one, whatever is refused together.
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;

use odata_codegen::compile::compile;
use odata_codegen::config::read_config;
use odata_codegen::diagnostic::{Diagnostic, Severity};
use odata_codegen::emit::Files;
use odata_codegen::input::Input;
use odata_codegen::source::Sources;
use proptest::prelude::*;

const BOOKS: &str = r#"<EntityType Name="book"><Key><PropertyRef Name="id"/></Key>
<Property Name="id" Type="Edm.String" Nullable="false"/><Property Name="title" Type="Edm.String"/>
<NavigationProperty Name="pages" Type="Collection(n.page)"/></EntityType>
<EntityType Name="page"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
<Function Name="near" IsBound="true"><Parameter Name="b" Type="n.book"/><ReturnType Type="Edm.String"/></Function>
<Action Name="burn" IsBound="true"><Parameter Name="b" Type="n.book"/></Action>
<EntityContainer Name="c"><EntitySet Name="books" EntityType="n.book"/></EntityContainer>"#;

fn generate(definitions: &str, options: &str) -> Files {
    let (files, diagnostics) = compiled(definitions, options);
    assert!(!support::has_error(&diagnostics), "{diagnostics:?}");
    files
}

fn compiled(definitions: &str, options: &str) -> (Files, Vec<Diagnostic>) {
    let config = format!(
        "[select]\npaths = [\"/books\"]\n[service]\nroot = \"https://books.example\"\nscope = \"s\"\n{options}"
    );
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let config = sources.add("codegen.toml", config);
    let document = sources.add("books.csdl", support::schema(definitions));
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
    let files = compile(&input, &mut diagnostics).files;
    (files, diagnostics)
}

/// The methods of the requests' files that words refuse.
fn methods(files: &Files, file: &str, words: &[&'static str]) -> BTreeSet<&'static str> {
    let text = files.get(&format!("requests/{file}.rs")).map_or("", String::as_str);
    words.iter().copied().filter(|it| text.contains(&format!("pub fn {it}("))).collect()
}

const OF_SET: [&str; 9] = ["list", "create", "filter", "order_by", "top", "skip", "count", "search", "page_size"];
const OF_ONE: [&str; 5] = ["get", "update", "delete", "select", "expand"];

fn listed(words: &BTreeSet<&str>) -> String {
    format!("{:?}", words.iter().collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn refused_is_without_method(
        set in proptest::sample::subsequence(&OF_SET[..], 0..=OF_SET.len()),
        one in proptest::sample::subsequence(&OF_ONE[..], 0..=OF_ONE.len()),
        read_only in any::<bool>(),
    ) {
        let (set, one): (BTreeSet<&str>, BTreeSet<&str>) = (set.into_iter().collect(), one.into_iter().collect());
        let options = format!(
            "[operation.\"/books\"]\nrefuse = {}\nread_only = {read_only}\n[operation.\"/books/{{id}}\"]\nrefuse = {}\n",
            listed(&set), listed(&one),
        );
        let files = generate(BOOKS, &options);
        let writes = ["create", "update", "delete"];
        let of_list = |it: &&str| !matches!(*it, "list" | "create");
        let wanted: BTreeSet<&str> = OF_SET.into_iter()
            .filter(|it| !(set.contains(it) || (read_only && writes.contains(it))))
            .filter(|it| !set.contains("list") || !of_list(it))
            .collect();
        prop_assert_eq!(methods(&files, "books", &OF_SET), wanted);
        let wanted: BTreeSet<&str> = OF_ONE.into_iter()
            .filter(|it| !(one.contains(it) || (read_only && writes.contains(it))))
            .filter(|it| !one.contains("get") || !matches!(*it, "select" | "expand"))
            .collect();
        prop_assert_eq!(methods(&files, "book", &OF_ONE), wanted);
        // A function is no write, an action is one; models are there for the requests that take them.
        prop_assert_eq!(methods(&files, "book", &["near", "burn"]).len(), if read_only { 1 } else { 2 });
        prop_assert_eq!(files.contains_key("requests/book_create.rs"), !read_only && !set.contains("create"));
        prop_assert_eq!(files.contains_key("requests/book_update.rs"), !read_only && !one.contains("update"));
    }
}

/// The Capabilities vocabulary says the same in the metadata, on the set or on the type.
#[test]
fn metadata_refuses_as_the_configuration_does() {
    let off = |term: &str, property: &str| {
        format!(
            "<Annotation Term=\"Org.OData.Capabilities.V1.{term}\"><Record><PropertyValue Property=\"{property}\" Bool=\"false\"/>\
             </Record></Annotation>"
        )
    };
    let bare = |term: &str| format!("<Annotation Term=\"Org.OData.Capabilities.V1.{term}\" Bool=\"false\"/>");
    let cases = [
        ("list", off("ReadRestrictions", "Readable")),
        ("create", off("InsertRestrictions", "Insertable")),
        ("filter", off("FilterRestrictions", "Filterable")),
        ("order_by", off("SortRestrictions", "Sortable")),
        ("top", bare("TopSupported")),
        ("skip", bare("SkipSupported")),
        ("count", off("CountRestrictions", "Countable")),
        ("search", off("SearchRestrictions", "Searchable")),
        ("update", off("UpdateRestrictions", "Updatable")),
        ("delete", off("DeleteRestrictions", "Deletable")),
        ("select", off("SelectSupport", "Supported")),
        ("expand", off("ExpandRestrictions", "Expandable")),
    ];
    for (word, annotation) in &cases {
        for target in ["n.book", "n.c/books"] {
            let annotated = format!("{BOOKS}<Annotations Target=\"{target}\">{annotation}</Annotations>");
            let files = generate(&annotated, "");
            let words: Vec<&'static str> = OF_SET.into_iter().chain(OF_ONE).collect();
            let mut found = methods(&files, "books", &words);
            found.extend(methods(&files, "book", &words));
            assert!(!found.contains(word), "{word} is refused at {target}");
            // What cannot be read at all is neither listed nor got, and has no options.
            let left = if *word == "list" { 3 } else { words.len() - 1 };
            assert_eq!(found.len(), left, "{word} at {target} leaves {found:?}");
        }
    }
}

/// What no request can say has no method either, and that is told, with the place and the way to have it without a word.
#[test]
fn what_cannot_be_said_is_told() {
    let stuck = "<Function Name=\"around\" IsBound=\"true\"><Parameter Name=\"b\" Type=\"n.book\"/>\
                 <Parameter Name=\"where\" Type=\"Edm.GeographyPoint\"/><ReturnType Type=\"Edm.String\"/></Function>\
                 <Function Name=\"scan\" IsBound=\"true\"><Parameter Name=\"b\" Type=\"n.book\"/>\
                 <ReturnType Type=\"Edm.Stream\"/></Function>\
                 <Action Name=\"print\" IsBound=\"true\"><Parameter Name=\"b\" Type=\"n.book\"/>\
                 <Parameter Name=\"on\" Type=\"Collection(Edm.Stream)\"/></Action>";
    let definitions = format!("{stuck}{BOOKS}");
    let (files, diagnostics) = compiled(&definitions, "");
    assert_eq!(methods(&files, "book", &["around", "scan", "print", "near", "burn"]), BTreeSet::from(["burn", "near"]));
    let said: Vec<_> = diagnostics.iter().map(|it| (it.code, it.severity, it.message.as_str())).collect();
    let warning = |message| ("select::unsayable", Severity::Warning, message);
    assert_eq!(
        said,
        [
            warning(
                "the function `/books/{id}/around` gets no method: parameter `where` is of a type that has no form in a URL"
            ),
            warning("the function `/books/{id}/scan` gets no method: it returns a stream, which has no value"),
            warning("the action `/books/{id}/print` gets no method: parameter `on` is a stream, which has no value"),
        ]
    );
    assert!(diagnostics.iter().all(|it| it.primary.is_some() && it.help.is_some()), "{diagnostics:?}");
    let refuse = |name: &str| format!("[operation.\"/books/{{id}}/{name}\"]\nrefuse = [\"call\"]\n");
    let (_, diagnostics) =
        compiled(&definitions, &format!("{}{}{}", refuse("around"), refuse("scan"), refuse("print")));
    assert_eq!(support::codes(&diagnostics), [""; 0]);
}

/// What a derived type has in place of its base is chosen by the types, not by the order of the document.
#[test]
fn the_nearest_overload_is_taken_in_any_order() {
    let age = |of: &str, ty: &str| {
        format!(
            "<Function Name=\"age\" IsBound=\"true\"><Parameter Name=\"b\" Type=\"n.{of}\"/><ReturnType Type=\"{ty}\"/></Function>"
        )
    };
    let (of_book, of_atlas) = (age("book", "Edm.String"), age("atlas", "Edm.Int32"));
    let atlas = "<EntityType Name=\"atlas\" BaseType=\"n.book\"/>";
    let one = BOOKS.replace("EntityType=\"n.book\"", "EntityType=\"n.atlas\"");
    let files = generate(&format!("{of_book}{of_atlas}{atlas}{one}"), "");
    assert_eq!(files, generate(&format!("{of_atlas}{of_book}{atlas}{one}"), ""));
    assert!(files.values().any(|it| it.contains("Single<i32>")), "the function of the derived type");
}
