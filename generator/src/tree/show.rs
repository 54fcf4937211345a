//! What a tree says, for people.

use super::Node;
use crate::table::Table;

/// As text: each path below the one that it goes on from.
#[must_use]
pub fn text(nodes: &[Node]) -> String {
    let mut table = Table::new(&["path", "method", "operation", "permissions"]);
    visit(nodes, 0, &mut |depth, node| {
        let mut path = format!("{}{}", "  ".repeat(depth), node.segment);
        if node.operations.is_empty() {
            table.row([path.clone()]);
        }
        for it in &node.operations {
            table.row([std::mem::take(&mut path), it.method.to_owned(), it.name.clone(), it.permissions.join(", ")]);
        }
    });
    table.text()
}

/// As a Markdown table: whole paths, and how an app asks.
#[must_use]
pub fn markdown(nodes: &[Node]) -> String {
    let mut table = Table::new(&["path", "method", "operation", "in Rust", "permissions"]);
    visit(nodes, 0, &mut |_, node| {
        for it in &node.operations {
            let rust = it.rust.as_ref().map_or(String::new(), |it| format!("`{it}`"));
            let path = format!("`{}`", node.path);
            table.row([path, it.method.to_owned(), it.name.clone(), rust, it.permissions.join(", ")]);
        }
    });
    table.markdown()
}

fn visit(nodes: &[Node], depth: usize, each: &mut dyn FnMut(usize, &Node)) {
    for node in nodes {
        each(depth, node);
        visit(&node.children, depth + 1, each);
    }
}
