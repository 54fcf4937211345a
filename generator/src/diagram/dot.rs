//! A diagram for Graphviz.

use std::fmt::Write as _;

use super::{Diagram, EdgeKind};

/// As a directed graph.
#[must_use]
pub fn dot(diagram: &Diagram) -> String {
    let mut text = String::from("digraph types {\n    rankdir=LR;\n    node [shape=record];\n");
    for node in &diagram.nodes {
        let fields = node.fields.iter().fold(String::new(), |mut all, (name, ty)| {
            let _infallible = write!(all, "{name}: {}\\l", ty.replace('<', "\\<").replace('>', "\\>"));
            all
        });
        let label = if fields.is_empty() { String::new() } else { format!(" [label=\"{{{}|{fields}}}\"]", node.name) };
        let _infallible = writeln!(text, "    \"{}\"{label};", node.name);
    }
    for edge in &diagram.edges {
        let (Some(from), Some(to)) = (diagram.nodes.get(edge.from), diagram.nodes.get(edge.to)) else { continue };
        let (field, many) = (&edge.field, if edge.many { "*" } else { "0..1" });
        let look = match edge.kind {
            EdgeKind::Derives => "arrowhead=empty".to_owned(),
            EdgeKind::Contains => format!("label=\"{field}\", headlabel=\"{many}\", dir=both, arrowtail=diamond"),
            EdgeKind::Refers => format!("label=\"{field}\", headlabel=\"{many}\""),
        };
        let _infallible = writeln!(text, "    \"{}\" -> \"{}\" [{look}];", from.name, to.name);
    }
    text.push_str("}\n");
    text
}
