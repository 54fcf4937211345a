//! Functions and actions.

use super::super::docs::{deprecation, line, lines};
use super::super::files::Imports;
use super::docs::{Trail, Words};
use super::operation::import;
use super::resource::Requests;
use super::values::{documented, from_outside, is_text, parameter, whole};
use super::{OperationPlan, RequestFile, RequestItem, RequestKind, ResultPlan};
use crate::config::LongestRange;
use crate::csdl::OperationKind;
use crate::model::{ItemType, Operation, Parameter, TypeKind, TypeRef};
use crate::names::CallNames;
use crate::select::{Call, parameters};

impl<'c> Requests<'c, '_> {
    /// The imports of the container: what the client offers, each with a file of its own.
    pub(super) fn imports(&mut self, of_client: &mut Imports<'c>) -> Vec<OperationPlan> {
        let planner = self.planner;
        let mut operations = Vec::new();
        for call in &planner.selection.imports {
            let Some(names) = planner.names.calls.get(&call.key) else { continue };
            let own = [&names.request];
            let mut imports = Imports::new(planner.model, planner.names, self.nowhere, None, &own);
            let Some(plan) = self.call(call, &Trail::default(), &mut imports, Some(of_client)) else { continue };
            let path = of_client.item("super::requests", names.request.as_str());
            operations.push(OperationPlan { path: Some(path), ..plan.clone() });
            self.files.push(RequestFile {
                name: names.file.clone().unwrap_or_default(),
                exports: vec![names.request.clone()],
                imports: imports.finish(),
                item: RequestItem::Import(Box::new(plan)),
            });
        }
        operations
    }

    /// A call; the method that makes the request stands in the file of the request, or in that of the client.
    pub(super) fn call(
        &self,
        call: &Call,
        trail: &Trail,
        imports: &mut Imports<'c>,
        of_client: Option<&mut Imports<'c>>,
    ) -> Option<OperationPlan> {
        let planner = self.planner;
        let names = planner.names.calls.get(&call.key)?;
        let operation = planner.model.operation(call.operation);
        let queries = call.offered.as_ref();
        let answer = operation.return_type.as_ref().map(|it| it.ty);
        let kind = match operation.kind {
            OperationKind::Action => RequestKind::Action { segment: call.segment.clone() },
            OperationKind::Function => RequestKind::Function { segment: call.segment.clone() },
        };
        let range = self.options(&call.template).and_then(|it| it.longest_range.as_ref());
        let range = range.filter(|_| operation.kind == OperationKind::Function);
        let kind = range.and_then(|it| self.ranged(call, operation, it)).unwrap_or(kind);
        let is_many = answer.is_some_and(|it| it.is_collection);
        import(&kind, is_many, queries, imports);
        let result = self.result(answer, imports)?;
        let method_imports = match of_client {
            Some(it) => it,
            None => imports,
        };
        match &kind {
            RequestKind::Action { .. } if !parameters(operation).is_empty() => {
                method_imports.runtime("Changes");
            }
            RequestKind::Ranged { .. } => method_imports.client("std::borrow", "Cow"),
            _ => {}
        }
        let mut plan = self.request(
            (names.method.clone(), names.request.clone()),
            &call.template,
            "call",
            (kind, result),
            queries,
        );
        let given = parameters(operation).iter().zip(&names.parameters).enumerate();
        plan.parameters = given
            .map(|(at, (it, name))| {
                let mut parameter = parameter(planner, (name, it.name), it.ty, method_imports);
                // Without its ends there is no range.
                let is_end = matches!(&plan.kind, RequestKind::Ranged { from, to, .. } if at == *from || at == *to);
                parameter.is_optional = !is_end && is_optional(operation, it);
                // An option of a value in a body says of which type it is.
                if parameter.is_optional && parameter.ty.is_none() && operation.kind == OperationKind::Action {
                    parameter.ty = whole(planner, it.ty, method_imports);
                }
                parameter
            })
            .collect();
        if operation.kind == OperationKind::Function && plan.parameters.iter().any(|it| it.is_json) {
            method_imports.client("odata_runtime::client", "Json");
        }
        plan.deprecated = deprecation(&operation.annotations, None);
        let qualified = format!("{}.{}", planner.model.schema(operation.schema).namespace, operation.name);
        let entry = planner.docs.and_then(|it| it.operations.get(qualified.as_str()));
        let words = Words {
            doc: entry.map(|it| lines(&it.doc)).unwrap_or_default(),
            parameters: documented(planner, &qualified, &plan.parameters),
            setters: Vec::new(),
        };
        plan.documentation = plan.documentation.or_else(|| entry.and_then(|it| it.link.as_deref()).map(line));
        let trail = with_given(self, names, operation, &plan, trail);
        Some(self.told(plan, &words, &trail))
    }

    /// Nothing for an overload without these parameters; that no overload has them was reported by `config::check`.
    fn ranged(&self, call: &Call, operation: &Operation<'_>, range: &LongestRange) -> Option<RequestKind> {
        let place = |name: &str| parameters(operation).iter().position(|it| it.name == name);
        let answer = operation.return_type.as_ref().filter(|it| it.ty.is_collection)?;
        let ItemType::Declared(id) = answer.ty.item else { return None };
        let all = self.planner.model.all_properties(id);
        let (_, key) = all.iter().find(|(_, it)| it.name == range.key.get_ref())?;
        let field = self.planner.names.types.get(&id)?.fields.get(key.name)?;
        Some(RequestKind::Ranged {
            segment: call.segment.clone(),
            from: place(range.from.get_ref())?,
            to: place(range.to.get_ref())?,
            days: u32::from(*range.days.get_ref()),
            key: (field.clone(), is_text(self.planner, key.ty)),
        })
    }

    fn result(&self, answer: Option<TypeRef>, imports: &mut Imports<'_>) -> Option<ResultPlan> {
        let Some(answer) = answer else { return Some(ResultPlan::Nothing) };
        let item = self.planner.item_type(answer, imports)?;
        let is_object = match answer.item {
            ItemType::Declared(id) => matches!(self.planner.model.ty(id).kind, TypeKind::Structured(_)),
            ItemType::Primitive(_) => false,
        };
        Some(match (answer.is_collection, is_object) {
            (true, _) => ResultPlan::Many(item),
            (false, true) => ResultPlan::One(item),
            (false, false) => ResultPlan::Wrapped(item),
        })
    }
}

/// The way with what the example is given for the parameters.
fn with_given(
    requests: &Requests<'_, '_>,
    names: &CallNames,
    operation: &Operation<'_>,
    plan: &OperationPlan,
    trail: &Trail,
) -> Trail {
    let mut trail = trail.clone();
    for ((it, name), planned) in parameters(operation).iter().zip(&names.parameters).zip(&plan.parameters) {
        if let (false, false, Some(ty)) =
            (planned.is_optional, is_text(requests.planner, it.ty), from_outside(requests.planner, it.ty))
        {
            trail.given.push((name.as_str().to_owned(), ty));
        }
    }
    trail
}

/// Whether an operation can be called without a parameter: one that says so of itself, of an action also one that may be
/// null (OASIS OData Protocol 4.01, sections 11.5.4.1.1 and 11.5.5.1).
fn is_optional(operation: &Operation<'_>, parameter: &Parameter<'_>) -> bool {
    let may_be_null = operation.kind == OperationKind::Action && parameter.nullable != Some(false);
    may_be_null || parameter.annotations.is_set("Org.OData.Core.V1.OptionalParameter")
}
