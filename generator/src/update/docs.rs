//! What `docs.toml` lacks, and what it no longer needs.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::config::DocEntry;
use crate::context::Context;
use crate::model::TypeKind;

/// What there is to do about `docs.toml`.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// What has no entry.
    pub(super) lacking: Vec<String>,
    /// What is gone and has one: where it stands, as keys.
    pub(super) unneeded: Vec<Vec<String>>,
}

/// Compares the docs with what is generated.
pub(super) fn needs(context: &Context<'_>) -> Needs {
    let mut needs = Needs::default();
    let Some(docs) = context.docs.map(|it| &it.value) else { return needs };
    let model = context.model;
    let names: Vec<String> = context.selection.order.iter().map(|id| model.qualified_name(*id)).collect();
    let gone = docs.types.keys().filter(|it| !names.contains(it.get_ref()));
    needs.unneeded.extend(gone.map(|it| keys(&["type", it.get_ref()])));
    for (id, name) in context.selection.order.iter().zip(&names) {
        let Some(entry) = docs.types.get(name.as_str()) else {
            needs.lacking.push(format!("type `{name}`"));
            continue;
        };
        let (properties, members): (Vec<&str>, Vec<&str>) = match &model.ty(*id).kind {
            TypeKind::Structured(it) => (it.properties.iter().map(|it| it.name).collect(), Vec::new()),
            TypeKind::Enum(it) => (Vec::new(), it.members.iter().map(|it| it.name).collect()),
            TypeKind::Definition(_) => (Vec::new(), Vec::new()),
        };
        needs.compare(["type", name, "property"], &properties, &entry.properties, true);
        needs.compare(["type", name, "member"], &members, &entry.members, true);
    }
    let mut operations: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for id in &context.selection.operations {
        let operation = model.operation(*id);
        let name = format!("{}.{}", model.schema(operation.schema).namespace, operation.name);
        // Overloads share an entry.
        operations.entry(name).or_default().extend(operation.parameters.iter().map(|it| it.name));
    }
    for (name, entry) in &docs.operations {
        match operations.get(name.get_ref()) {
            Some(parameters) => {
                needs.compare(["operation", name.get_ref(), "parameter"], parameters, &entry.parameters, false);
            }
            None => needs.unneeded.push(keys(&["operation", name.get_ref()])),
        }
    }
    needs
}

/// What an entry documents, in words.
pub(super) fn words(path: &[String]) -> String {
    match path {
        [_, owner, what, name] => format!("{what} `{owner}/{name}`"),
        [what, name] => format!("{what} `{name}`"),
        other => other.join("."),
    }
}

fn keys(path: &[&str]) -> Vec<String> {
    path.iter().map(|it| (*it).to_owned()).collect()
}

impl Needs {
    fn compare(
        &mut self,
        [kind, owner, what]: [&str; 3],
        declared: &[&str],
        entries: &BTreeMap<Spanned<String>, DocEntry>,
        are_needed: bool,
    ) {
        let gone = entries.keys().filter(|it| !declared.contains(&it.get_ref().as_str()));
        self.unneeded.extend(gone.map(|it| keys(&[kind, owner, what, it.get_ref()])));
        let missing = declared.iter().filter(|it| are_needed && !entries.contains_key(**it));
        self.lacking.extend(missing.map(|it| format!("{what} `{owner}/{it}`")));
    }
}
