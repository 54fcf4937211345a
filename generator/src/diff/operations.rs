//! Functions and actions as they are declared, where no container says which paths lead to them.

use super::requests::parameter_entry;
use super::surface::{Entry, Surface};
use super::types::{Context, note};
use super::{Aspect, Element};
use crate::csdl::OperationKind;
use crate::select::parameters;

/// Adds every selected function and action.
pub(super) fn operations(context: &Context<'_>, surface: &mut Surface) {
    let model = context.model;
    for id in &context.selection.operations {
        let operation = model.operation(*id);
        let qualified = format!("{}.{}", model.schema(operation.schema).namespace, operation.name);
        let bound = operation.parameters.first().filter(|_| operation.is_bound).map(|it| model.type_text(it.ty));
        let place = bound.map_or(qualified.clone(), |it| format!("{it}/{qualified}"));
        let names: Vec<&str> = parameters(operation).iter().map(|it| it.name).collect();
        let subject = format!("{place}({})", names.join(","));
        let kind = match operation.kind {
            OperationKind::Action => "POST to an action",
            OperationKind::Function => "GET of a function",
        };
        let result = operation.return_type.as_ref().map_or("()".to_owned(), |it| model.type_text(it.ty));
        let entry = Entry::new(operation.span)
            .fact(Aspect::Request, kind)
            .fact(Aspect::Result, result)
            .fact(Aspect::Deprecation, note(&operation.annotations));
        surface.add(Element::Operation, subject.clone(), Entry { overload_of: Some(place), ..entry });
        for (place, parameter) in parameters(operation).iter().enumerate() {
            let entry = parameter_entry(parameter, place)
                .owner(Element::Operation, &subject)
                .fact(Aspect::Type, model.type_text(parameter.ty));
            surface.add(Element::Parameter, format!("{subject}/{}", parameter.name), entry);
        }
    }
}
