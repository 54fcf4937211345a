//! What is selected from the whole of Graph, and why.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod support;

use odata_codegen::config::{Config, Loaded, read_config};
use odata_codegen::csdl::{self, Limits};
use odata_codegen::diagnostic::Severity;
use odata_codegen::model::{Model, resolve};
use odata_codegen::select::{Reason, Selection, select};
use odata_codegen::source::Sources;

/// Selects from the whole document by a configuration.
fn with(document: &str, config: &str, then: impl FnOnce(&Model<'_>, &Selection)) {
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let document = sources.add("document", document);
    let source = sources.add("codegen.toml", config);
    let config: Loaded<Config> = read_config(source, &sources, &mut diagnostics);
    let documents = [csdl::read(document, sources.text(document), &Limits::default(), &mut diagnostics)];
    let model = resolve(&documents, &[], &mut diagnostics);
    let selection = select(&model, &config, Severity::Error, &mut diagnostics);
    assert!(!diagnostics.iter().any(odata_codegen::diagnostic::Diagnostic::is_error), "{diagnostics:?}");
    then(&model, &selection);
}

/// The sizes that design and peers were measured with: the policy for derived types is the largest lever there is.
#[test]
fn closures_have_the_sizes_that_were_counted() {
    let Some(corpus) = support::corpus("closures_have_the_sizes_that_were_counted") else { return };
    let document = std::fs::read(corpus.join("metadata/v1.0-annotated.xml")).expect("document");
    let document = csdl::decode(&document).expect("UTF-8");
    let namespace = "[select]\nnamespaces = [\"microsoft.graph.callRecords\"]\n";
    let family =
        "[select.derived_from]\n\"microsoft.graph.identity\" = \"all\"\n\"microsoft.graph.identitySet\" = \"all\"\n";
    let sizes = [
        (format!("{namespace}derived = \"none\""), 44),
        (namespace.to_owned(), 44),
        (format!("{namespace}{family}"), 75),
        (format!("{namespace}derived = \"all\""), 3_473),
    ];
    for (config, expected) in sizes {
        with(document, &config, |_, selection| assert_eq!(selection.types.len(), expected, "{config}"));
    }
}

#[test]
fn every_type_has_a_reason() {
    let document = support::read("metadata/call-records.csdl");
    let config = support::read("metadata/codegen.toml");
    // Overlays are left out here, so the types that only they use are not reached.
    with(&document, &config, |model, selection| {
        let reason = |name: &str| {
            let id = model.find_type(name).unwrap_or_else(|| panic!("{name}"));
            selection.types.get(&id).unwrap_or_else(|| panic!("{name} is not selected"))
        };
        let id = |name: &str| model.find_type(name).expect("type");
        assert_eq!(reason("microsoft.graph.callRecords.session"), &Reason::Namespace);
        assert_eq!(reason("microsoft.graph.changeNotification"), &Reason::Named);
        assert_eq!(reason("graph.subscription"), &Reason::Path("/subscriptions".to_owned()));
        assert_eq!(reason("microsoft.graph.userIdentity"), &Reason::DerivedFrom(id("microsoft.graph.identity")));
        assert!(matches!(reason("microsoft.graph.entity"), Reason::BaseOf(_)));
        assert!(
            matches!(reason("microsoft.graph.endpointType"), Reason::PropertyOf(_, name) if name == "endpointType")
        );
        // Only passed through on the way to the records.
        assert!(!selection.contains(id("microsoft.graph.cloudCommunications")));
    });
}

#[test]
fn a_path_that_does_not_exist_is_told_with_what_does() {
    let document = support::read("metadata/call-records.csdl");
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let document = sources.add("document", document);
    let config = "[select]\npaths = [\"/comunications\", \"/communications/callRecord\", \"/subscriptions/owner\"]\ntypes = [\"microsoft.graph.subscripton\"]\n";
    let config = sources.add("codegen.toml", config);
    let config = read_config(config, &sources, &mut diagnostics);
    let documents = [csdl::read(document, sources.text(document), &Limits::default(), &mut diagnostics)];
    let model = resolve(&documents, &[], &mut diagnostics);
    select(&model, &config, Severity::Error, &mut diagnostics);
    let said: Vec<(&str, Option<&str>)> =
        diagnostics.iter().map(|it| (it.message.as_str(), it.help.as_deref())).collect();
    assert_eq!(
        said,
        [
            (
                "type `microsoft.graph.subscripton` is not in this document",
                Some("a type with a similar name exists: `microsoft.graph.subscription`")
            ),
            (
                "the container has no entity set or singleton `comunications`",
                Some("a similar name exists: `communications`")
            ),
            ("`/communications` has no navigation property `callRecord`", Some("a similar name exists: `callRecords`")),
            (
                "`/subscriptions` has no navigation property `owner`",
                Some("`/subscriptions` is a collection; one of its entities is `/subscriptions/{id}`")
            ),
        ]
    );
    assert!(diagnostics.iter().all(|it| it.primary.is_some()));
}
