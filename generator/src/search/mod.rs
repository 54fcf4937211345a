//! Answers of `odata-codegen search`: everything in the documents whose name has a word in it.

mod show;

pub use show::{markdown, text};

use std::collections::BTreeMap;

use serde::Serialize;

use crate::context::Context;
use crate::csdl::OperationKind;
use crate::diagnostic::Diagnostic;
use crate::explain::{kind, property_kind};
use crate::model::{ContainerMemberKind, OperationId, TypeKind};
use crate::names::{CallNames, Ident};
use crate::nearest::nearest_few;
use crate::select::Resource;
use crate::source::Span;

/// How many similar names are told when there is none.
const SIMILAR: usize = 5;

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// What it is, such as `entity type` or `member`.
    pub kind: &'static str,
    /// Its qualified name; of a property or member that of its type before it, of a member of the container a path.
    pub name: String,
    /// What it is called in Rust; none when it is not generated.
    pub rust: Option<String>,
    /// Where it stands.
    #[serde(skip)]
    pub place: Span,
}

/// Finds types, properties, members, operations, parameters, entity sets, singletons and imports by a part of their
/// names; case and underscores do not count, so that `start_date` finds `startDateTime`. The nearest come first: the
/// word alone, then as the beginning of a name, then as the beginning of a word within it, then anywhere; what is
/// generated before what is not. Nothing is an error that tells similar names.
pub fn search(context: &Context<'_>, word: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Hit> {
    let everything = everything(context);
    let wanted = fold(word);
    let rank = |it: &Hit| rank(&it.name, word, &wanted);
    let mut found: Vec<(u8, &Hit)> = everything.iter().filter_map(|it| Some((rank(it)?, it))).collect();
    found.sort_by_key(|(rank, it)| (*rank, it.rust.is_none(), it.name.as_str()));
    if found.is_empty() {
        let fault = Diagnostic::error("search::nothing", format!("nothing in the documents has `{word}` in its name"));
        let near = nearest_few(word, everything.iter().map(|it| simple(&it.name)), SIMILAR);
        let near: Vec<String> = near.iter().map(|it| format!("`{it}`")).collect();
        diagnostics.push(match near.as_slice() {
            [] => fault.help("give a part of a name, such as `order` or `shop.order/total`"),
            [one] => fault.help(format!("a similar name is: {one}")),
            several => fault.help(format!("similar names are: {}", several.join(", "))),
        });
    }
    found.into_iter().map(|(_, it)| it.clone()).collect()
}

/// Letters and digits alone, in lower case.
fn fold(name: &str) -> String {
    name.chars().filter(|it| *it != '_').flat_map(char::to_lowercase).collect()
}

/// The name without what it stands in.
fn simple(name: &str) -> &str {
    name.rsplit(['/', '.', '(']).next().unwrap_or(name)
}

/// How near a name is to a word; none where the word is not in it.
fn rank(name: &str, word: &str, wanted: &str) -> Option<u8> {
    // Who writes a path means the whole name.
    let qualified = word.contains(['/', '.']);
    let own = if qualified { name } else { simple(name) };
    let folded = fold(own);
    if wanted.is_empty() || !folded.contains(wanted) {
        return None;
    }
    // `Date` in `startDateTime`.
    let mut starts = own.char_indices().filter(|(_, it)| it.is_uppercase()).map(|(at, _)| at);
    let begins_word = starts.any(|at| own.get(at..).is_some_and(|rest| fold(rest).starts_with(wanted)));
    let nearness = [folded == wanted, folded.starts_with(wanted), begins_word, true];
    (0..).zip(nearness).find(|(_, is)| *is).map(|(rank, _)| rank)
}

/// Everything that has a name, in no order that matters.
fn everything(context: &Context<'_>) -> Vec<Hit> {
    let model = context.model;
    let mut all = Vec::new();
    for (id, ty) in model.types() {
        let name = model.qualified_name(id);
        let path = context.rust_path(id);
        let names = context.names.types.get(&id);
        let inner = |rust: Option<&str>| path.as_ref().zip(rust).map(|(path, rust)| format!("{path}::{rust}"));
        match &ty.kind {
            TypeKind::Structured(it) => all.extend(it.properties.iter().map(|property| Hit {
                kind: property_kind(property),
                name: format!("{name}/{}", property.name),
                rust: inner(names.and_then(|it| it.fields.get(property.name)).map(Ident::as_str)),
                place: property.span,
            })),
            TypeKind::Enum(it) => all.extend(it.members.iter().enumerate().map(|(at, member)| Hit {
                kind: "member",
                name: format!("{name}/{}", member.name),
                rust: inner(names.and_then(|it| it.members.get(at)).map(Ident::as_str)),
                place: member.span,
            })),
            TypeKind::Definition(_) => {}
        }
        all.push(Hit { kind: kind(model, id), name, rust: path, place: ty.span });
    }
    let calls = calls(context);
    for (id, operation) in model.operations() {
        let kind = if operation.kind == OperationKind::Action { "action" } else { "function" };
        let name = format!("{}.{}", model.schema(operation.schema).namespace, operation.name);
        let call = calls.get(&id).copied();
        let rust = call.map(|it| it.request.as_str().to_owned());
        all.extend(operation.parameters.iter().skip(usize::from(operation.is_bound)).enumerate().map(|(at, it)| Hit {
            kind: "parameter",
            name: format!("{name}/{}", it.name),
            rust: call.and_then(|names| names.parameters.get(at)).map(|it| it.as_str().to_owned()),
            place: it.span,
        }));
        all.push(Hit { kind, name, rust, place: operation.span });
    }
    for member in model.containers().iter().flat_map(|it| &it.members) {
        let kind = match member.kind {
            ContainerMemberKind::EntitySet { .. } => "entity set",
            ContainerMemberKind::Singleton { .. } => "singleton",
            ContainerMemberKind::Import { .. } => "import",
        };
        let name = format!("/{}", member.name);
        let rust = context.names.resources.get(&name).map(|it| format!("client.{}()", it.method.as_str()));
        all.push(Hit { kind, name, rust, place: member.span });
    }
    all
}

/// The names of each overload that can be called, where it stands first.
fn calls<'c>(context: &Context<'c>) -> BTreeMap<OperationId, &'c CallNames> {
    fn below<'c>(context: &Context<'c>, resource: &Resource, found: &mut BTreeMap<OperationId, &'c CallNames>) {
        for call in &resource.calls {
            if let Some(names) = context.names.calls.get(&call.key) {
                found.entry(call.operation).or_insert(names);
            }
        }
        for child in &resource.children {
            below(context, child, found);
        }
    }
    let mut found = BTreeMap::new();
    for resource in &context.selection.resources {
        below(context, resource, &mut found);
    }
    let imports = context.selection.imports.iter();
    found.extend(imports.filter_map(|it| Some((it.operation, context.names.calls.get(&it.key)?))));
    found
}
