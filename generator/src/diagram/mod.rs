//! `odata-codegen diagram`: the generated types and what leads from one to the other, as a picture for Mermaid or Graphviz.

mod dot;
mod mermaid;
mod walk;

pub use dot::dot;
pub use mermaid::mermaid;
pub use walk::diagram;

use serde::Serialize;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where it begins: types by any of their names. Empty: all that is generated.
    pub roots: Vec<String>,
    /// How many steps it goes from there; none for all the way.
    pub depth: Option<usize>,
    /// Only what there may be several of: collections, and no base types.
    pub many: bool,
    /// With the fields of each type.
    pub fields: bool,
}

/// Structs, and what leads from one to the other. Enumerations are no nodes, deprecated properties no edges.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diagram {
    /// In the order in which they are reached, or else of their qualified names.
    pub nodes: Vec<Node>,
    /// By the node that they come from, then as declared.
    pub edges: Vec<Edge>,
}

/// One type.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Node {
    /// Its Rust name, with the module before it where two have one name.
    pub name: String,
    /// Its qualified name.
    #[serde(rename = "type")]
    pub wire: String,
    /// Its own fields and their types, where they were asked for.
    pub fields: Vec<(String, String)>,
}

/// One way from a type to another.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Edge {
    /// The place of a node in [`Diagram::nodes`].
    pub from: usize,
    /// The place of another one.
    pub to: usize,
    /// What kind of way.
    pub kind: EdgeKind,
    /// The field; empty for a base type.
    pub field: String,
    /// Whether it is a collection.
    pub many: bool,
}

/// What kind of way leads from a type to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EdgeKind {
    /// The first derives from the second.
    Derives,
    /// The second is part of the first: a complex value, or an entity that is contained.
    Contains,
    /// The first refers to the second.
    Refers,
}
