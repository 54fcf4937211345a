//! Functions and actions: where they are bound, and what of them can be said in a request.

use super::{Resource, Segment, There};
use crate::csdl::OperationKind;
use crate::model::{
    ContainerMember, ContainerMemberKind, ItemType, Model, Operation, OperationId, Parameter, Primitive, PropertyKind,
    TypeId, TypeKind, TypeRef,
};
use crate::source::Span;

use super::Queries;

/// One overload of a function or action at one place.
#[derive(Debug, Clone)]
pub struct Call {
    /// Where it is bound, and its simple name; the overloads of a name share it.
    pub template: String,
    /// The template with the names of the parameters: one overload.
    pub key: String,
    /// The simple name.
    pub name: String,
    /// The segment: the qualified name, or that of the import.
    pub segment: String,
    /// The overload.
    pub operation: OperationId,
    /// The query options that it takes; nothing where it cannot be called.
    pub offered: Option<Queries>,
}

impl Call {
    fn new(model: &Model<'_>, parent: &str, segment: String, simple: &str, id: OperationId) -> Self {
        let operation = model.operation(id);
        let names: Vec<&str> = parameters(operation).iter().map(|it| it.name).collect();
        Self {
            template: format!("{parent}/{simple}"),
            key: format!("{parent}/{segment}({})", names.join(",")),
            name: simple.to_owned(),
            segment,
            operation: id,
            offered: None,
        }
    }

    /// Whether it is an action that can be called and takes nothing.
    #[must_use]
    pub fn is_plain_action(&self, model: &Model<'_>) -> bool {
        let operation = model.operation(self.operation);
        operation.kind == OperationKind::Action && parameters(operation).is_empty() && self.offered.is_some()
    }
}

/// The parameters that a caller gives: all but the one that it is bound by.
#[must_use]
pub fn parameters<'o, 'm>(operation: &'o Operation<'m>) -> &'o [Parameter<'m>] {
    operation.parameters.get(usize::from(operation.is_bound)..).unwrap_or_default()
}

/// The selected operations that are bound to what a path stands for, by their names.
pub(super) fn bound(model: &Model<'_>, there: &There<'_>, node: &Resource) -> Vec<Call> {
    let mut found: Vec<Call> = there
        .selection
        .operations
        .iter()
        .filter(|id| binds(model, model.operation(**id), node) && is_there(model.operation(**id), there))
        .map(|id| {
            let operation = model.operation(*id);
            let qualified = format!("{}.{}", model.schema(operation.schema).namespace, operation.name);
            Call::new(model, &node.template, qualified, operation.name, *id)
        })
        .collect();
    // What a type has itself stands before what its bases have under the same name and with the same parameters.
    let distance = |call: &Call| {
        let binding = model.operation(call.operation).parameters.first().map(|it| it.ty.item);
        model.ancestry(node.entity_type).position(|it| binding == Some(ItemType::Declared(it)))
    };
    found.sort_by_key(distance);
    sort(&mut found);
    found
}

/// Whether everything that it takes and returns is there.
fn is_there(operation: &Operation<'_>, there: &There<'_>) -> bool {
    let given = parameters(operation).iter().map(|it| it.ty);
    let mut types = given.chain(operation.return_type.iter().map(|it| it.ty));
    types.all(|it| {
        matches!(it.item, ItemType::Primitive(_)) || matches!(it.item, ItemType::Declared(id) if there.contains(id))
    })
}

fn sort(calls: &mut Vec<Call>) {
    calls.sort_by(|a, b| a.key.cmp(&b.key));
    // Overloads of one type that differ in the types of their parameters alone were reported by `resolve`.
    calls.dedup_by(|a, b| a.key == b.key);
}

/// Whether an operation is bound to what a path stands for. What a base has is offered where the base stands, not again
/// below the cast that leads from it.
fn binds(model: &Model<'_>, operation: &Operation<'_>, node: &Resource) -> bool {
    let Some(binding) = operation.parameters.first().filter(|_| operation.is_bound) else { return false };
    let ItemType::Declared(to) = binding.ty.item else { return false };
    let above = match &node.segment {
        Segment::Cast { base, .. } => model.ancestry(*base).any(|it| it == to),
        _ => false,
    };
    binding.ty.is_collection == node.is_collection && !above && model.ancestry(node.entity_type).any(|it| it == to)
}

/// The overloads behind an import of the container.
pub(super) fn imported(model: &Model<'_>, member: &ContainerMember<'_>) -> Vec<Call> {
    let ContainerMemberKind::Import { operations, .. } = &member.kind else { return Vec::new() };
    let mut found: Vec<Call> =
        operations.iter().map(|id| Call::new(model, "", member.name.to_owned(), member.name, *id)).collect();
    sort(&mut found);
    found
}

/// Whether it has side effects.
pub(super) fn is_action(model: &Model<'_>, call: &Call) -> bool {
    model.operation(call.operation).kind == OperationKind::Action
}

/// What keeps a request from saying it: the parameters of a function stand in the URL as literals or as JSON, those of an
/// action in the body; a stream has no value in either. Where, and what of it.
pub(super) fn obstacle(model: &Model<'_>, call: &Call) -> Option<(Span, String)> {
    let operation = model.operation(call.operation);
    let in_url = operation.kind == OperationKind::Function;
    let stuck = parameters(operation).iter().find_map(|it| {
        let why = match () {
            () if primitive(model, it.ty.item) == Some(Primitive::Stream) => "is a stream, which has no value",
            () if in_url && !is_literal(model, it.ty) && !is_json(model, it.ty) => {
                "is of a type that has no form in a URL"
            }
            () => return None,
        };
        Some((it.span, format!("parameter `{}` {why}", it.name)))
    });
    stuck.or_else(|| match &operation.return_type {
        Some(it) if primitive(model, it.ty.item) == Some(Primitive::Stream) => {
            Some((operation.span, "it returns a stream, which has no value".to_owned()))
        }
        None if in_url => Some((operation.span, "it returns nothing".to_owned())),
        _ => None,
    })
}

/// Whether a call takes a query option: that of a function that is composable (OASIS CSDL XML 12.3) and answers with
/// entities or complex values.
pub(super) fn takes(model: &Model<'_>, call: &Call, word: &str) -> bool {
    let operation = model.operation(call.operation);
    let Some(result) = &operation.return_type else { return false };
    let is_function = operation.kind == OperationKind::Function;
    // How long a page may be is asked in a header, which is for whoever answers in pages.
    if word == "page_size" {
        return is_function && result.ty.is_collection;
    }
    let ItemType::Declared(id) = result.ty.item else { return false };
    let Some(structured) = model.structured(id) else { return false };
    let navigates = || {
        let all = model.all_properties(id);
        all.iter().any(|(_, it)| matches!(it.kind, PropertyKind::Navigation { .. }))
    };
    is_function
        && operation.is_composable
        && match word {
            "select" => true,
            "expand" => navigates(),
            "search" => structured.is_entity && result.ty.is_collection,
            _ => result.ty.is_collection,
        }
}

/// Whether a value without a literal can stand in a URL as JSON, by an alias (OASIS URL Conventions 4.01, section 5.3).
fn is_json(model: &Model<'_>, ty: TypeRef) -> bool {
    ty.is_collection || matches!(ty.item, ItemType::Declared(id) if model.structured(id).is_some())
}

/// Whether a value has a literal, as which it stands in a URL: a primitive with one of its own, or an enumeration.
#[must_use]
pub fn is_literal(model: &Model<'_>, ty: TypeRef) -> bool {
    if ty.is_collection {
        return false;
    }
    if let ItemType::Declared(id) = ty.item
        && let TypeKind::Enum(_) = model.ty(id).kind
    {
        return true;
    }
    primitive(model, ty.item).is_some_and(Primitive::has_literal)
}

fn primitive(model: &Model<'_>, item: ItemType) -> Option<Primitive> {
    match item {
        ItemType::Primitive(primitive) => Some(primitive),
        ItemType::Declared(id) => match &model.ty(id).kind {
            TypeKind::Definition(it) => Some(it.underlying),
            TypeKind::Structured(_) | TypeKind::Enum(_) => None,
        },
    }
}

/// One part of a key, as it stands in a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPart<'m> {
    /// The alias, where the key gives one; the name of the property elsewhere.
    pub name: &'m str,
    /// The type of the property.
    pub ty: TypeRef,
}

/// The key of an entity type in the order of its declaration; nothing where a part of it cannot stand in a URL.
#[must_use]
pub fn key<'m>(model: &Model<'m>, entity_type: TypeId) -> Option<Vec<KeyPart<'m>>> {
    let parts = model.key(entity_type).iter().map(|(path, alias)| {
        let ty = path.split('/').try_fold(None, |owner: Option<TypeRef>, step| {
            let owner = match owner.map(|it| it.item) {
                None => entity_type,
                Some(ItemType::Declared(id)) => id,
                Some(ItemType::Primitive(_)) => return None,
            };
            let all = model.all_properties(owner);
            all.iter().find(|(_, it)| it.name == step).map(|(_, it)| Some(it.ty))
        });
        let ty = ty.flatten().filter(|it| is_literal(model, *it))?;
        Some(KeyPart { name: alias.unwrap_or(path), ty })
    });
    parts.collect::<Option<Vec<_>>>().filter(|it| !it.is_empty())
}
