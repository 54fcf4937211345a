//! `codegen.toml` and `docs.toml` as files: what is not of their shape is told with its place and a cure, and so is what
//! they leave out.
// A test fails by panicking.
#![allow(clippy::indexing_slicing)]

use odata_codegen::config::{self, DerivedPolicy};
use odata_codegen::csdl::{self, Limits};
use odata_codegen::diagnostic::{Diagnostic, Severity};
use odata_codegen::model::resolve;
use odata_codegen::select::select;
use odata_codegen::source::Sources;

fn told(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<String> {
    let one = |it: &Diagnostic| {
        let place = it.primary.as_ref().map(|(span, _)| sources.place(*span)).unwrap_or_default();
        let help = it.help.as_deref().map(|help| format!(" => {help}")).unwrap_or_default();
        format!("{} {place} {}{help}", it.code, it.message)
    };
    diagnostics.iter().map(one).collect()
}

fn config(text: &str) -> Vec<String> {
    let (mut sources, mut diagnostics) = (Sources::default(), Vec::new());
    let id = sources.add("codegen.toml", text);
    config::read_config(id, &sources, &mut diagnostics);
    told(&diagnostics, &sources)
}

fn docs(text: &str) -> Vec<String> {
    let (mut sources, mut diagnostics) = (Sources::default(), Vec::new());
    let id = sources.add("docs.toml", text);
    config::read_docs(id, &sources, &mut diagnostics);
    told(&diagnostics, &sources)
}

#[test]
fn an_unknown_key_has_a_similar_one() {
    let near = |text: &str, place: &str, key: &str| {
        let said = config(text);
        assert!(said.len() == 1, "{said:?}");
        assert!(said[0].starts_with(&format!("config::invalid codegen.toml:{place} unknown field")), "{said:?}");
        assert!(said[0].ends_with(&format!(" => a similar key is: `{key}`")), "{said:?}");
    };
    near("document = []", "1:1", "documents");
    near("[select]\nnamespace = []", "2:1", "namespaces");
    near("[output]\nfeature = true", "2:1", "features");
    near("[type.\"a.b\"]\nclose = true", "2:1", "closed");
    near("[operation.\"/a\"]\npermission = []", "2:1", "permissions");
    // Nothing is near, and nothing is made up.
    let said = config("colour = 1");
    assert!(said[0].starts_with("config::invalid codegen.toml:1:1 unknown field `colour`"), "{said:?}");
    assert!(!said[0].contains("=>"), "{said:?}");
    let said = docs("[type.\"a.b\"]\ndoc = \"x\"\n[type.\"a.b\".propertie]");
    assert!(said[0].starts_with("docs::invalid docs.toml:3:13 unknown field"), "{said:?}");
    assert!(said[0].ends_with(" => a similar key is: `property`"), "{said:?}");
}

#[test]
fn one_fault_hides_no_other() {
    let places = |said: Vec<String>| -> Vec<String> {
        said.iter().map(|it| it.split(' ').nth(1).unwrap_or_default().to_owned()).collect()
    };
    let faults = "document = []
docs = 1
[output]
feature = true
folder = 7
[select]
derived = \"al\"
namespace = []
namespaces = [\"a\", 1, 2]
[service]
root = \"https://a.example\"
clouds = [{ name = \"x\" }, { nam = \"y\" }]
[type.\"a.b\"]
close = true
add = { c = 1, d = \"Edm.String\" }
[type.\"a.c\"]
renam = {}
[operation.\"/a\"]
permission = []
documentation = 4
";
    let mut told = places(config(faults));
    told.sort_by_key(|it| it.split(':').nth(1).and_then(|line| line.parse::<u32>().ok()));
    let lines: Vec<&str> = told.iter().filter_map(|it| it.split(':').nth(1)).collect();
    assert_eq!(told.len(), told.iter().collect::<std::collections::BTreeSet<_>>().len(), "{told:?}");
    for line in ["1", "2", "4", "5", "7", "8", "9", "10", "12", "14", "15", "17", "19", "20"] {
        assert!(lines.contains(&line), "line {line} of {told:?}");
    }
    let faults = "[type.\"a.b\"]\ndoc = 1\nlinks = \"x\"\n[type.\"a.b\".propertie]\n[type.\"a.c\"]\ndoc = \"x\"\n\
                  [type.\"a.c\".property]\nd = 7\n[operations.\"a.d\"]\n";
    let mut told = places(docs(faults));
    told.sort();
    assert_eq!(told, ["docs.toml:2:7", "docs.toml:3:1", "docs.toml:4:13", "docs.toml:8:5", "docs.toml:9:2"]);
    // Each is told once, and there is an end.
    let many: Vec<String> = (0..500).map(|at| format!("unknown{at} = 1")).collect();
    assert_eq!(config(&many.join("\n")).len(), 64);
}

#[test]
fn what_is_at_fault_is_left_out_and_the_rest_stays() {
    let (mut sources, mut diagnostics) = (Sources::default(), Vec::new());
    let id = sources.add("codegen.toml", "documents = [\"a.csdl\"]\ndoc = 1\n[output]\nfolder = 7\nfeatures = true\n");
    let config = config::read_config(id, &sources, &mut diagnostics).value;
    assert_eq!(diagnostics.len(), 2, "{diagnostics:?}");
    assert_eq!(config.documents.len(), 1);
    assert!(config.output.features && config.output.folder.is_none());
}

#[test]
fn a_word_that_is_no_policy() {
    assert_eq!(
        config("[select]\nderived = \"al\""),
        ["config::invalid codegen.toml:2:11 `al` is no policy, \
          expected `all`, `selected-namespaces`, `none` or a list of type names; a similar word is: `all`"]
    );
    assert_eq!(
        config("[select.derived_from]\n\"a.b\" = 1"),
        ["config::invalid codegen.toml:2:9 invalid type: integer `1`, \
          expected `all`, `selected-namespaces`, `none` or a list of type names"]
    );
}

#[test]
fn every_policy_reads() {
    let (mut sources, mut diagnostics) = (Sources::default(), Vec::new());
    let text = "[select.derived_from]\na = \"all\"\nb = \"selected-namespaces\"\nc = \"none\"\nd = [\"x.y\"]";
    let id = sources.add("codegen.toml", text);
    let config = config::read_config(id, &sources, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let words: Vec<&str> = config.value.select.derived_from.values().map(DerivedPolicy::word).collect();
    assert_eq!(words, ["all", "selected-namespaces", "none", "a list"]);
}

#[test]
fn an_entry_of_the_docs_that_is_neither_form() {
    let entry = |entry: &str| docs(&format!("[type.\"a.b\"]\ndoc = \"x\"\n[type.\"a.b\".property]\nsize = {entry}"));
    assert_eq!(entry("\"How much.\""), [""; 0]);
    assert_eq!(entry("{ doc = \"How much.\", unit = \"ms\" }"), [""; 0]);
    let wrong = entry("7");
    assert_eq!(
        wrong,
        [
            "docs::invalid docs.toml:4:8 invalid type: integer `7`, expected a sentence, or `{ doc = \"..\", unit = \"..\" }`"
        ]
    );
    let missing = entry("{ doc = \"How much.\" }");
    assert_eq!(missing, ["docs::invalid docs.toml:4:8 missing field `unit`"]);
    let unknown = entry("{ doc = \"How much.\", units = \"ms\" }");
    assert!(unknown[0].starts_with("docs::invalid docs.toml:4:29 unknown field `units`"), "{unknown:?}");
    assert!(unknown[0].ends_with("=> a similar key is: `unit`"), "{unknown:?}");
}

#[test]
fn text_that_is_no_toml() {
    for text in ["[", "a = ", "documents = [\"x\"", "\u{0}", "= 1", "documents = 1"] {
        let said = config(text);
        assert_eq!(said.len(), 1, "{text:?}: {said:?}");
        assert!(said[0].starts_with("config::invalid codegen.toml:1:"), "{text:?}: {said:?}");
    }
}

const SHOP: &str =
    "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>
<Schema Namespace=\"shop\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">
<ComplexType Name=\"order\"><Property Name=\"a\" Type=\"Edm.String\"/><Property Name=\"b\" Type=\"Edm.String\"/>
<Property Name=\"c\" Type=\"Edm.String\"/></ComplexType>
<ComplexType Name=\"till\"/><EnumType Name=\"state\"><Member Name=\"open\"/></EnumType>
</Schema></edmx:DataServices></edmx:Edmx>";

/// The docs of a shop, compared with its document.
fn compared(text: &str, unknown: Severity) -> Vec<String> {
    let (mut sources, mut diagnostics) = (Sources::default(), Vec::new());
    let shop = sources.add("shop.csdl", SHOP);
    let toml = sources.add("codegen.toml", "[select]\nnamespaces = [\"shop\"]");
    let docs = sources.add("docs.toml", text);
    let documents = [csdl::read(shop, SHOP, &Limits::default(), &mut diagnostics)];
    let config = config::read_config(toml, &sources, &mut diagnostics);
    let docs = config::read_docs(docs, &sources, &mut diagnostics);
    let model = resolve(&documents, &[], &mut diagnostics);
    let selection = select(&model, &config, unknown, &mut diagnostics);
    config::check_docs(&model, &selection, &docs, unknown, &mut diagnostics);
    told(&diagnostics, &sources)
}

#[test]
fn what_has_no_words_is_told_once_a_type() {
    let text = "[type.\"shop.order\"]\ndoc = \"x\"\nproperty = { b = \"x\" }\n[type.\"shop.state\"]\ndoc = \"x\"";
    assert_eq!(
        compared(text, Severity::Error),
        [
            "docs::missing docs.toml:1:7 properties `a`, `c` of `shop.order` are not documented \
             => write each into `[type.\"shop.order\".property]`",
            "docs::missing docs.toml:4:7 member `open` of `shop.state` is not documented \
             => write each into `[type.\"shop.state\".member]`",
            "docs::missing shop.csdl:5:20 type `shop.till` is not documented \
             => write an entry `[type.\"shop.till\"]` into the docs file",
        ]
    );
}

#[test]
fn words_for_nothing_have_a_similar_name() {
    let text = "[type.\"shop.order\"]\ndoc = \"x\"\nproperty = { a = \"x\", b = \"x\", c = \"x\", d = \"x\" }\n\
                [type.\"shop.tlil\"]\ndoc = \"x\"\n[type.\"shop.till\"]\ndoc = \"x\"\n\
                [type.\"shop.state\"]\ndoc = \"x\"\nmember = { open = \"x\" }\n[operation.\"shop.pay\"]\ndoc = \"x\"";
    assert_eq!(
        compared(text, Severity::Error),
        [
            "docs::unknown docs.toml:4:7 no type `shop.tlil` is generated => a similar name is: `shop.till`",
            "docs::unknown docs.toml:3:41 no property `shop.order/d` is generated => remove the entry",
            "docs::unknown docs.toml:11:12 no operation `shop.pay` is generated => remove the entry",
        ]
    );
}
