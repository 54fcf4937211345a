//! Every valid document of the corpus reads, resolves, and is generated; what is said of it is what was said before.
//!
//! `UPDATE_EXPECT=1 cargo test --test valid_corpus` writes the warnings anew. `tests/valid-corpus.sh` compiles what is
//! generated: with `VALID_CORPUS_CRATE`, the modules are written to that folder.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use camino::{Utf8Path, Utf8PathBuf};
use odata_codegen::compile::{Compiled, compile};
use odata_codegen::csdl::{self, ContainerItem, SchemaItem};
use odata_codegen::diagnostic::Diagnostic;
use odata_codegen::input::{Input, InputOptions, read};
use odata_codegen::output;
use odata_codegen::source::Sources;

/// Documents that need others: of the same folder, or of ours where the corpus lacks what they refer to.
const WITH: &[(&str, &[&str])] = &[
    (
        "ODataConnectedService__MultiReferenceModelGPS.xml",
        &["ODataConnectedService__MultiReferenceModelRelativeUri.xml", "stand-ins/vehicles.csdl"],
    ),
    (
        "ODataConnectedService__MultiReferenceModelRelativeUri.xml",
        &["ODataConnectedService__MultiReferenceModelGPS.xml", "stand-ins/vehicles.csdl"],
    ),
    // Its flights derive from a type that no document declares.
    ("ODataConnectedService__EntitiesEnumsFunctions.xml", &["stand-ins/transport.csdl"]),
    // It contradicts itself: what it declares is in `Multiplicity`, all that it refers to is in `Test`.
    ("ODataConnectedService__Multiplicity.xml", &["stand-ins/customers.csdl"]),
    ("nv-redfish__ContosoTurboencabulatorService_v1.xml", &["stand-ins/chassis.csdl"]),
    ("nv-redfish__NvidiaChassis_v1.xml", &["stand-ins/chassis.csdl"]),
    (
        "odata-vocabularies__Org.OData.Aggregation.V1.xml",
        &[
            "odata-vocabularies__Org.OData.Capabilities.V1.xml",
            "odata-vocabularies__Org.OData.Authorization.V1.xml",
            "odata-vocabularies__Org.OData.Core.V1.xml",
            "odata-vocabularies__Org.OData.Validation.V1.xml",
        ],
    ),
    (
        "odata-vocabularies__Org.OData.Capabilities.V1.xml",
        &[
            "odata-vocabularies__Org.OData.Authorization.V1.xml",
            "odata-vocabularies__Org.OData.Core.V1.xml",
            "odata-vocabularies__Org.OData.Validation.V1.xml",
        ],
    ),
    ("odata-vocabularies__Org.OData.Temporal.V1.xml", &["odata-vocabularies__Org.OData.Core.V1.xml"]),
];

/// A document of the corpus with what it needs.
struct Case {
    name: String,
    documents: Vec<Utf8PathBuf>,
}

fn cases(corpus: &Path) -> Vec<Case> {
    let folder = Utf8PathBuf::try_from(corpus.join("csdl/valid")).expect("UTF-8");
    let ours = Utf8PathBuf::try_from(support::here("tests/valid_corpus")).expect("UTF-8");
    let mut names: Vec<String> = folder
        .read_dir_utf8()
        .expect("corpus/csdl/valid")
        .map(|it| it.expect("entry").file_name().to_owned())
        .collect();
    names.sort();
    let listed = WITH.iter().map(|it| it.0);
    for name in listed {
        assert!(names.iter().any(|it| it == name), "{name} is listed here, but it is not in the corpus");
    }
    let with = |name: &str| WITH.iter().find(|it| it.0 == name).map_or(&[][..], |it| it.1);
    let place = |other: &&str| if other.starts_with("stand-ins/") { ours.join(other) } else { folder.join(other) };
    let case = |name: String| {
        let documents = std::iter::once(folder.join(&name)).chain(with(&name).iter().map(place)).collect();
        Case { name, documents }
    };
    names.into_iter().map(case).collect()
}

/// Of larger documents no requests are generated: Graph's paths are more than a compiler takes at once.
const LARGE: usize = 1 << 20;

/// Every member of a container, of those that only one container has.
fn paths(document: &csdl::Document<'_>) -> Vec<String> {
    let items = document.schemas.iter().flat_map(|it| &it.items);
    let members = items.flat_map(|it| if let SchemaItem::Container(it) = it { it.items.as_slice() } else { &[] });
    let names: Vec<String> = members
        .map(|it| match it {
            ContainerItem::EntitySet(it) => &it.name,
            ContainerItem::Singleton(it) => &it.name,
            ContainerItem::Import(it) => &it.name,
        })
        .map(|it| format!("/{}", it.value))
        .collect();
    let is_one = |name: &&String| names.iter().filter(|it| it == name).count() == 1;
    names.iter().filter(is_one).cloned().collect()
}

impl Case {
    /// The name as an identifier.
    fn module(&self) -> String {
        let stem = self.name.rsplit_once('.').map_or(self.name.as_str(), |it| it.0);
        let plain = stem.replace(|it: char| !it.is_ascii_alphanumeric(), "_").to_lowercase();
        plain.split('_').filter(|it| !it.is_empty()).collect::<Vec<_>>().join("_")
    }

    /// A configuration that selects every namespace of the document, and whatever its service has.
    fn config(&self, root: &str) -> String {
        let bytes = fs::read(self.documents.first().expect("the document")).expect("read");
        let text = csdl::decode(&bytes).map(str::to_owned).unwrap_or_default();
        let mut sources = Sources::default();
        let source = sources.add("document", text);
        let document = csdl::read(source, sources.text(source), &csdl::Limits::default(), &mut Vec::new());
        let mut namespaces: Vec<String> =
            document.schemas.iter().map(|it| it.namespace.value.clone().into_owned()).collect();
        namespaces.sort();
        namespaces.dedup();
        let documents: Vec<&str> = self.documents.iter().map(|it| it.as_str()).collect();
        let paths = if bytes.len() < LARGE { paths(&document) } else { Vec::new() };
        // Half of them one way, half the other.
        let keys = if self.name.len().is_multiple_of(2) { "segments" } else { "parentheses" };
        format!(
            "documents = {documents:?}\n[output]\nroot = {root:?}\n[select]\nnamespaces = {namespaces:?}\n\
             paths = {paths:?}\nderived = \"all\"\n\
             [service]\nroot = \"https://corpus.example\"\nscope = \"corpus\"\nkeys = \"{keys}\"\n"
        )
    }

    fn compile(&self, within: &Utf8Path, root: &str) -> (Input, Compiled, Vec<Diagnostic>) {
        let config = within.join(format!("{}.toml", self.module()));
        fs::write(&config, self.config(root)).expect("written");
        let mut diagnostics = Vec::new();
        let input = read(&InputOptions::new(config), &mut diagnostics);
        let compiled = compile(&input, &mut diagnostics);
        (input, compiled, diagnostics)
    }
}

/// What a crate of its own would allow: lints that look at a crate as a whole, which no module can.
fn allowed(case: &Case, within: &Utf8Path) -> BTreeSet<String> {
    let (_, compiled, _) = case.compile(within, "lib.rs");
    let root = &compiled.files.iter().find(|it| it.0 == "lib.rs").expect("lib.rs").1;
    let found = root.lines().filter_map(|it| it.strip_prefix("#![allow(")?.strip_suffix(")]"));
    let lints = found.flat_map(|it| it.split(", ")).filter(|it| !it.starts_with("clippy::"));
    lints.map(str::to_owned).collect()
}

/// `document line:column code message`: never what stands there, which is not ours.
fn line(case: &Case, input: &Input, diagnostic: &Diagnostic) -> String {
    let place = diagnostic.primary.as_ref().map_or_else(String::new, |(span, _)| {
        let name = input.sources.get(span.source).map_or("?", |it| it.name.as_str());
        let name = Utf8Path::new(name).file_name().unwrap_or("?");
        let (line, column) = input.sources.line_column(*span);
        let within = if name == case.name { String::new() } else { format!("{name}:") };
        format!(" {within}{line}:{column}")
    });
    format!("{}{place} {} {}", case.name, diagnostic.code, diagnostic.message)
}

#[test]
fn valid_documents_are_generated() {
    let Some(corpus) = support::corpus("valid_documents_are_generated") else { return };
    let place = tempfile::tempdir().expect("folder");
    let within = Utf8Path::from_path(place.path()).expect("UTF-8");
    let crate_folder = std::env::var_os("VALID_CORPUS_CRATE").map(PathBuf::from);
    let (mut modules, mut lints) = (BTreeMap::new(), BTreeSet::new());
    let (mut said, mut faults) = (String::new(), String::new());
    for case in cases(&corpus) {
        let (input, compiled, diagnostics) = case.compile(within, "mod.rs");
        let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|it| it.is_error()).collect();
        faults.extend(errors.iter().map(|it| line(&case, &input, it) + "\n"));
        said.extend(diagnostics.iter().map(|it| line(&case, &input, it) + "\n"));
        if let Some(folder) = &crate_folder {
            let folder = Utf8PathBuf::try_from(folder.join("src").join(case.module())).expect("UTF-8");
            output::write(&folder, &compiled.files).expect("written");
            lints.extend(allowed(&case, within));
        }
        let twin = modules.insert(case.module(), case.name.clone());
        assert!(twin.is_none(), "{} and {twin:?} are one module", case.name);
    }
    assert!(faults.is_empty(), "{faults}");
    if let Some(folder) = &crate_folder {
        let lints = Vec::from_iter(lints).join(", ");
        let mut root = String::from("//! Every valid document of the corpus.\n#![deny(warnings)]\n");
        let _infallible = writeln!(root, "#![allow(missing_docs, {lints})]");
        root.extend(modules.keys().map(|it| format!("pub mod {it};\n")));
        fs::write(folder.join("src/lib.rs"), root).expect("written");
    }
    expect_test::expect_file!["valid_corpus/warnings.txt"].assert_eq(&said);
}
