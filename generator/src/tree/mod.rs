//! Answers of `odata-codegen tree`: the paths that are generated, what can be done there, and who may.

mod show;

pub use show::{markdown, text};

use serde::Serialize;

use crate::context::Context;
use crate::csdl::OperationKind;
use crate::names::{Ident, Verb};
use crate::select::{Call, Queries, Resource, Segment};

/// One step of a path, and what is below it.
#[derive(Debug, Serialize)]
pub struct Node {
    /// The path from the service root, keys as `{id}`.
    pub path: String,
    /// Its last step.
    pub segment: String,
    /// The qualified name of the entity type there; none for what the container imports.
    #[serde(rename = "type")]
    pub entity_type: Option<String>,
    /// What can be done there.
    pub operations: Vec<Operation>,
    /// What is below.
    pub children: Vec<Node>,
}

/// One operation.
#[derive(Debug, Serialize)]
pub struct Operation {
    /// The HTTP method.
    pub method: &'static str,
    /// `get`, `list`, `create`, `update`, `delete`, or a function or action with its parameters.
    pub name: String,
    /// How an app asks for it; none without a `[service]`.
    pub rust: Option<String>,
    /// The query options that it takes.
    pub options: Vec<&'static str>,
    /// Permissions, least privileged first.
    pub permissions: Vec<String>,
}

/// The paths of the selection; what leads nowhere is left out.
#[must_use]
pub fn tree(context: &Context<'_>) -> Vec<Node> {
    let mut nodes: Vec<Node> = (context.selection.resources.iter())
        .filter(|it| it.is_offered())
        .map(|it| node(context, it, "", "client"))
        .collect();
    for import in &context.selection.imports {
        let operations: Vec<Operation> = call(context, import, "client").into_iter().collect();
        if !operations.is_empty() {
            let path = format!("/{}", import.segment);
            nodes.push(Node { segment: path.clone(), path, entity_type: None, operations, children: Vec::new() });
        }
    }
    nodes
}

fn node(context: &Context<'_>, resource: &Resource, parent: &str, rust: &str) -> Node {
    let names = context.names.resources.get(&resource.template);
    let argument = if resource.segment == Segment::Key { "id" } else { "" };
    let rust = names.map_or(String::new(), |it| format!("{rust}.{}({argument})", it.method.as_str()));
    let mut operations = own(context, resource, &rust);
    operations.extend(resource.calls.iter().filter_map(|it| call(context, it, &rust)));
    let children = resource.children.iter().filter(|it| it.is_offered());
    Node {
        path: resource.template.clone(),
        segment: resource.template.strip_prefix(parent).unwrap_or(&resource.template).to_owned(),
        entity_type: Some(context.model.qualified_name(resource.entity_type)),
        operations,
        children: children.map(|it| node(context, it, &resource.template, &rust)).collect(),
    }
}

fn own(context: &Context<'_>, resource: &Resource, rust: &str) -> Vec<Operation> {
    let words = |queries: &Option<Queries>| queries.as_ref().map(|it| it.words.clone());
    let offers = &resource.offers;
    let none = |is: bool| is.then(Vec::new);
    let all = [
        (Verb::List, "GET", "", words(&offers.list)),
        (Verb::Get, "GET", "", words(&offers.get)),
        (Verb::Create, "POST", "new", none(offers.create)),
        (Verb::Update, "PATCH", "changes", none(offers.update)),
        (Verb::Delete, "DELETE", "", none(offers.delete)),
    ];
    let permissions = permissions(context, &resource.template);
    let made = all.into_iter().filter_map(|(verb, method, argument, options)| {
        Some(Operation {
            method,
            name: verb.word().to_owned(),
            rust: (context.plan.client.is_some()).then(|| format!("{rust}.{}({argument})", verb.word())),
            options: options?,
            permissions: permissions.clone(),
        })
    });
    made.collect()
}

fn call(context: &Context<'_>, call: &Call, rust: &str) -> Option<Operation> {
    let options = call.offered.as_ref()?.words.clone();
    let operation = context.model.operation(call.operation);
    let given: Vec<&str> = crate::select::parameters(operation).iter().map(|it| it.name).collect();
    let names = context.names.calls.get(&call.key).filter(|_| context.plan.client.is_some());
    let rust = names.map(|it| {
        let parameters: Vec<&str> = it.parameters.iter().map(Ident::as_str).collect();
        format!("{rust}.{}({})", it.method.as_str(), parameters.join(", "))
    });
    Some(Operation {
        method: if operation.kind == OperationKind::Action { "POST" } else { "GET" },
        name: format!("{}({})", call.name, given.join(", ")),
        rust,
        options,
        permissions: permissions(context, &call.template),
    })
}

fn permissions(context: &Context<'_>, template: &str) -> Vec<String> {
    context.config.value.operations.get(template).map(|it| it.permissions.clone()).unwrap_or_default()
}
