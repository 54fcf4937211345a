//! Names that several documents or namespaces bring into one scope: the root of the crate, the paths of the service, and
//! the types that a list names.
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::panic)]

use odata_codegen::compile::compile;
use odata_codegen::config;
use odata_codegen::diagnostic::Severity;
use odata_codegen::input::Input;
use odata_codegen::source::Sources;

const HEAD: &str = "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\">\
                    <edmx:DataServices>\n";
const FOOT: &str = "</edmx:DataServices></edmx:Edmx>";

/// What is said of documents, each of them lines of schemas: `severity code places: message; help`.
fn said(documents: &[&str], config: &str) -> Vec<String> {
    let (mut sources, mut diagnostics) = (Sources::default(), Vec::new());
    let documents = documents.iter().zip(["one.csdl", "two.csdl"]).map(|(schemas, file)| {
        let schemas = schemas.replace("<Schema ", "<Schema xmlns=\"http://docs.oasis-open.org/odata/ns/edm\" ");
        sources.add(file, format!("{HEAD}{schemas}{FOOT}"))
    });
    let documents = documents.collect();
    let text = format!("documents = [\"one.csdl\"]\n[output]\nroot = \"mod.rs\"\n{config}");
    let toml = sources.add("codegen.toml", text);
    let config = config::read_config(toml, &sources, &mut diagnostics);
    let input = Input {
        sources,
        config,
        docs: None,
        lock: None,
        lock_file: None,
        accept_renames: false,
        unknown: Severity::Error,
        documents,
        sha256: None,
        output: "out".into(),
        files: Vec::new(),
    };
    compile(&input, &mut diagnostics);
    let told = diagnostics.iter().map(|it| {
        let severity = if it.is_error() { "error" } else { "warning" };
        let places = it.primary.iter().chain(&it.related).map(|(span, _)| input.sources.place(*span));
        let places: Vec<String> = places.collect();
        format!("{severity} {} {}: {}; {}", it.code, places.join(", "), it.message, it.help.as_deref().unwrap_or("-"))
    });
    told.collect()
}

/// Two namespaces at the root, of some types each, and what the configuration says of those.
fn at_root(barn: &str, mill: &str, options: &str) -> Vec<String> {
    let document = format!(
        "<Schema Namespace=\"barn\">{barn}</Schema>\n\
         <Schema Namespace=\"mill\">{mill}</Schema>\n"
    );
    let config = format!(
        "[select]\nnamespaces = [\"barn\", \"mill\"]\n[namespace.\"barn\"]\nroot = true\n\
         [namespace.\"mill\"]\nroot = true\n{options}"
    );
    said(&[&document], &config)
}

#[test]
fn one_name_twice_at_the_root() {
    let cure = "remove `root = true` from `[namespace.\"barn\"]` or `[namespace.\"mill\"]`";
    let clash = |name: &str, places: &str, more: &str| {
        let fault = format!("the root would have `{name}` from both `barn` and `mill`{more}");
        [format!("error names::same-at-root {places}: {fault}; {cure}")]
    };
    let complex = |name: &str| format!("<ComplexType Name=\"{name}\"/>");
    assert_eq!(at_root(&complex("oat"), &complex("rye"), ""), [""; 0]);
    assert_eq!(at_root(&complex("oat"), &complex("Oat"), ""), clash("Oat", "one.csdl:3:93, one.csdl:2:93", ""));
    // CSDL tells these apart, Rust does not.
    assert_eq!(
        at_root(&complex("oat_husk"), &complex("oatHusk"), ""),
        clash("OatHusk", "one.csdl:3:93, one.csdl:2:93", "")
    );
    // What is called alike by the configuration only.
    let renamed = "[type.\"mill.rye\"]\nname = \"Grain\"\n[type.\"barn.oat\"]\nname = \"Grain\"\n";
    assert_eq!(at_root(&complex("oat"), &complex("rye"), renamed), clash("Grain", "one.csdl:3:93, one.csdl:2:93", ""));
    // What differs by the configuration only.
    let apart = "[type.\"mill.oat\"]\nname = \"MilledOat\"\n";
    assert_eq!(at_root(&complex("oat"), &complex("oat"), apart), [""; 0]);
    // The struct behind a closed base is re-exported too.
    let closed = "<ComplexType Name=\"bin\"/><ComplexType Name=\"dryBin\" BaseType=\"barn.bin\"/>";
    assert_eq!(
        at_root(closed, &complex("binBase"), "[type.\"barn.bin\"]\nclosed = true\n"),
        clash("BinBase", "one.csdl:3:93, one.csdl:2:93", "")
    );
    let two = format!("{}{}", complex("oat"), complex("rye"));
    assert_eq!(at_root(&two, &two, "").len(), 1, "one diagnostic for each pair of namespaces");
    assert!(at_root(&two, &two, "").concat().contains(", and one more name; "));
}

#[test]
fn a_path_that_two_containers_have() {
    let schema = |namespace: &str, container: &str| {
        format!(
            "<Schema Namespace=\"{namespace}\"><EntityType Name=\"cow\"><Key><PropertyRef Name=\"id\"/></Key>\
             <Property Name=\"id\" Type=\"Edm.String\"/></EntityType>\n{container}</Schema>"
        )
    };
    let stalls = "<EntitySet Name=\"stalls\" EntityType=\"Self.cow\"/>";
    let own = |name: &str| {
        schema(name, &format!("<EntityContainer Name=\"all\">{stalls}</EntityContainer>"))
            .replace("Namespace", "Alias=\"Self\" Namespace")
    };
    let config = "[select]\npaths = [\"/stalls\"]\n";
    assert_eq!(said(&[&own("barn")], config), [""; 0]);
    assert_eq!(
        said(&[&own("barn"), &own("mill")], config),
        [
            "error select::ambiguous-path codegen.toml:5:10, one.csdl:3:46, two.csdl:3:46: `stalls` stands in two entity \
          containers, neither of which extends the other; a service has one entity container; give the documents of \
          one service"
        ]
    );
    // A container that extends another has the same sets, and is no second one.
    let extends = "<Schema Namespace=\"mill\"><EntityContainer Name=\"more\" Extends=\"barn.all\"/></Schema>";
    assert_eq!(said(&[&own("barn"), extends], config), [""; 0]);
}

#[test]
fn lists_of_derived_types_name_types_that_derive() {
    let types = "<Schema Namespace=\"barn\">\n<ComplexType Name=\"animal\"/>\n\
                 <ComplexType Name=\"cow\" BaseType=\"barn.animal\"/>\n</Schema>";
    let listed = |name: &str| said(&[types], &format!("[select]\ntypes = [\"barn.animal\"]\nderived = [\"{name}\"]\n"));
    assert_eq!(listed("barn.cow"), [""; 0]);
    assert_eq!(
        listed("barn.animal"),
        ["error select::not-derived codegen.toml:6:12: `barn.animal` derives from nothing; \
          remove it, or list it for a type that it derives from"]
    );
    assert_eq!(
        listed("barn.cows"),
        ["error select::unknown-type codegen.toml:6:12: type `barn.cows` is not in this document; \
          a type with a similar name exists: `barn.cow`"]
    );
}
