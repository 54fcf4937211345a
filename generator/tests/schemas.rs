//! The XML schemas of the standard (edm.xsd, edmx.xsd) as an oracle: `everything.csdl` has every attribute of every
//! element that they declare, and every child element outside of expressions. And documents of other services: what is
//! read of them is written again.
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use odata_codegen::csdl;
use quick_xml::events::{BytesStart, Event};
use support::{EVERYTHING, corpus, read, shape};

/// An element of any XML, without namespaces.
#[derive(Debug, Default)]
struct Node {
    tag: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Node>,
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

fn node(tag: &BytesStart<'_>) -> Node {
    let attributes = tag.attributes().map(|it| it.expect("an attribute"));
    let attributes = attributes
        .filter(|it| !it.key.0.starts_with("xmlns"))
        .map(|it| (it.key.0.to_owned(), it.value.clone().into_owned()))
        .collect();
    Node { tag: local(tag.name().0), attributes, children: Vec::new() }
}

/// The root element of a text.
fn parse(text: &str) -> Node {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut open = vec![Node::default()];
    loop {
        let closed = match reader.read_event().expect("XML") {
            Event::Start(tag) => {
                open.push(node(&tag));
                continue;
            }
            Event::Empty(tag) => node(&tag),
            Event::End(_) => open.pop().expect("an open element"),
            Event::Eof => return open.pop().and_then(|mut it| it.children.pop()).expect("a root element"),
            _ => continue,
        };
        open.last_mut().expect("an open element").children.push(closed);
    }
}

/// What the schemas declare at their top level, by kind and name.
type Declared<'x> = BTreeMap<(&'x str, &'x str), &'x Node>;

/// What an element may have: attributes, and child elements with their declarations.
#[derive(Default)]
struct Content<'x> {
    attributes: BTreeSet<&'x str>,
    children: BTreeMap<&'x str, &'x Node>,
}

fn collect<'x>(node: &'x Node, declared: &Declared<'x>, content: &mut Content<'x>) {
    for child in &node.children {
        let target = |kind: &'static str, name: &'x str| {
            declared.iter().find(|((it, its), _)| *it == kind && *its == local(name)).map(|(_, node)| *node)
        };
        match (child.tag.as_str(), child.attributes.get("ref"), child.attributes.get("name")) {
            ("attribute", _, Some(name)) => drop(content.attributes.insert(name)),
            ("element", Some(name), _) => {
                let node = target("element", name).expect("a declared element");
                content.children.insert(&node.attributes["name"], node);
            }
            ("element", None, Some(name)) => drop(content.children.insert(name, child)),
            (kind @ ("group" | "attributeGroup"), Some(name), _) => {
                let kind = if kind == "group" { "group" } else { "attributeGroup" };
                collect(target(kind, name).expect("a declared group"), declared, content);
            }
            ("extension", ..) => {
                let base = child.attributes.get("base").and_then(|base| target("complexType", base));
                base.into_iter().chain([child]).for_each(|it| collect(it, declared, content));
            }
            _ => collect(child, declared, content),
        }
    }
}

/// All pairs (element, attribute as ` name` or child as `<name`) that can be reached from an element.
fn pairs<'x>(name: &'x str, node: &'x Node, declared: &Declared<'x>, found: &mut BTreeMap<&'x str, BTreeSet<String>>) {
    if found.contains_key(name) {
        return;
    }
    let mut content = Content::default();
    let ty = node.attributes.get("type").and_then(|ty| {
        declared.iter().find(|((kind, its), _)| *kind == "complexType" && *its == local(ty)).map(|(_, node)| *node)
    });
    collect(ty.unwrap_or(node), declared, &mut content);
    let attributes = content.attributes.iter().map(|it| format!(" {it}"));
    let children = content.children.keys().map(|it| format!("<{it}"));
    found.insert(name, attributes.chain(children).collect());
    content.children.into_iter().for_each(|(name, node)| pairs(name, node, declared, found));
}

/// What a document has, element by element.
fn used(node: &Node, found: &mut BTreeMap<String, BTreeSet<String>>) {
    let of_it = found.entry(node.tag.clone()).or_default();
    of_it.extend(node.attributes.keys().map(|it| format!(" {it}")));
    of_it.extend(node.children.iter().map(|it| format!("<{}", it.tag)));
    node.children.iter().for_each(|it| used(it, found));
}

#[test]
fn everything_is_what_the_schemas_of_the_standard_declare() {
    let Some(corpus) = corpus() else { return };
    let schema = |name: &str| {
        parse(&std::fs::read_to_string(corpus.join("csdl/json").join(name)).expect("a schema of the standard"))
    };
    let schemas = [schema("edm.xsd"), schema("edmx.xsd")];
    let declared: Declared<'_> = schemas
        .iter()
        .flat_map(|schema| &schema.children)
        .filter_map(|it| Some(((it.tag.as_str(), it.attributes.get("name")?.as_str()), it)))
        .collect();
    let mut wanted = BTreeMap::new();
    pairs("Edmx", declared[&("element", "Edmx")], &declared, &mut wanted);
    let mut had = BTreeMap::new();
    used(&parse(EVERYTHING), &mut had);

    // Any expression may stand in any other: one function reads them all, so each needs to stand somewhere once.
    let is_expression = |name: &str| wanted["Collection"].contains(&format!("<{name}"));
    let attributes: usize = wanted.values().flatten().filter(|it| it.starts_with(' ')).count();
    assert_eq!(attributes, 173, "the schemas were not understood");
    for (element, content) in &wanted {
        let of_it = had.get(*element).unwrap_or_else(|| panic!("`{element}` is not used"));
        let missing: Vec<&String> = content
            .difference(of_it)
            .filter(|it| !it.strip_prefix('<').is_some_and(is_expression))
            // Annotations in dynamic expressions are read by one function too.
            .filter(|it| !(is_expression(element) && *it == "<Annotation"))
            .collect();
        assert!(missing.is_empty(), "`{element}` is used without {missing:?}");
        let more: Vec<&String> = of_it.difference(content).collect();
        assert!(more.is_empty(), "`{element}` has no {more:?}");
    }
}

#[test]
fn sound_documents_survive_writing() {
    let Some(corpus) = corpus() else { return };
    for entry in std::fs::read_dir(corpus.join("csdl/valid")).expect("a folder of the corpus") {
        let path = entry.expect("a readable folder").path();
        let bytes = std::fs::read(&path).expect("a readable file");
        let (document, _) = read(csdl::decode(&bytes).expect("UTF-8"));
        let written = csdl::write(&document);
        let (again, diagnostics) = read(&written);
        assert_eq!(diagnostics, [], "{}", path.display());
        // A bare `Schema` gets its envelope, and with it a version.
        let version = document.version.as_ref().and(again.version.clone());
        let again = csdl::Document { version, ..again };
        assert_eq!(shape(&again), shape(&document), "{}", path.display());
        assert_eq!(csdl::write(&again), written, "{}", path.display());
    }
}
