//! A diagram for Mermaid, which GitHub draws where it stands in a Markdown file.

use std::fmt::Write as _;

use super::{Diagram, EdgeKind};

/// As a class diagram.
#[must_use]
pub fn mermaid(diagram: &Diagram) -> String {
    let mut text = String::from("classDiagram\n    direction LR\n");
    for node in &diagram.nodes {
        let id = id(&node.name);
        let label = if id == node.name { String::new() } else { format!("[\"{}\"]", node.name) };
        let _infallible = write!(text, "    class {id}{label}");
        if !node.fields.is_empty() {
            text.push_str(" {\n");
            for (name, ty) in &node.fields {
                let _infallible = writeln!(text, "        {name} {}", ty.replace(['<', '>'], "~"));
            }
            text.push_str("    }");
        }
        text.push('\n');
    }
    for edge in &diagram.edges {
        let (Some(from), Some(to)) = (diagram.nodes.get(edge.from), diagram.nodes.get(edge.to)) else { continue };
        let (from, to) = (id(&from.name), id(&to.name));
        let many = if edge.many { "*" } else { "0..1" };
        let _infallible = match edge.kind {
            EdgeKind::Derives => writeln!(text, "    {to} <|-- {from}"),
            EdgeKind::Contains => writeln!(text, "    {from} \"1\" *-- \"{many}\" {to} : {}", edge.field),
            EdgeKind::Refers => writeln!(text, "    {from} --> \"{many}\" {to} : {}", edge.field),
        };
    }
    text
}

/// Names are Rust's, so that nothing but the path stands in the way.
fn id(name: &str) -> String {
    name.replace("::", "_")
}
