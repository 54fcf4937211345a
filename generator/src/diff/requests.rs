//! What the client offers: paths, requests, their options and parameters, and what is given to those that write.

use std::collections::BTreeMap;

use super::paths::Scope;
use super::surface::{Entry, Surface};
use super::types::{Context, note};
use super::{Aspect, Element};
use crate::model::{ContainerMember, Model, Parameter, TypeId};
use crate::names::{Ident, Verb};
use crate::plan::{
    ClientPlan, ModelPlan, OperationPlan, ParameterPlan, RequestFile, RequestItem, RequestKind, ResourcePlan,
    ResultPlan, Step, StepPlan,
};
use crate::select::{Call, Resource, Segment, parameters};
use crate::source::Span;

const MODULE: &str = "requests";

/// Adds everything that the client offers.
pub(super) fn requests(context: &Context<'_>, surface: &mut Surface) {
    let Some(client) = &context.plan.client else { return };
    let mut requests = Requests { context, files: BTreeMap::new(), surface };
    for file in &client.files {
        let name = match &file.item {
            RequestItem::Resource(it) => &it.name,
            RequestItem::Import(it) => &it.name,
            RequestItem::Model(it) => &it.name,
        };
        requests.files.insert(name, file);
    }
    let root = Parent { rust: "Client".to_owned(), steps: &client.steps, subject: None, scope: root(client, context) };
    for resource in context.selection.resources.iter().filter(|it| it.is_offered()) {
        requests.resource(resource, &root, None);
    }
    for call in &context.selection.imports {
        let Some(names) = context.names.calls.get(&call.key) else { continue };
        let plan = client.operations.iter().find(|it| it.name == names.request);
        if let Some(plan) = plan {
            requests.call(call, plan, &root);
        }
    }
    requests.models();
}

fn root<'c>(client: &'c ClientPlan, context: &'c Context<'_>) -> Scope<'c> {
    Scope::new(vec!["client"], &[], &client.imports, context.aliases)
}

struct Requests<'c, 's> {
    context: &'c Context<'c>,
    files: BTreeMap<&'c Ident, &'c RequestFile>,
    surface: &'s mut Surface,
}

/// What a step leads on from.
struct Parent<'c> {
    rust: String,
    steps: &'c [StepPlan],
    subject: Option<String>,
    scope: Scope<'c>,
}

impl<'c> Requests<'c, '_> {
    fn resource(&mut self, resource: &Resource, parent: &Parent<'c>, above: Option<TypeId>) {
        let Some(names) = self.context.names.resources.get(&resource.template) else { return };
        let Some(file) = self.files.get(&names.name) else { return };
        let RequestItem::Resource(plan) = &file.item else { return };
        let span = span(self.context.model, resource, above);
        let step = parent.steps.iter().find(|it| it.method == names.method);
        let entry = Entry::new(span)
            .named([(MODULE.to_owned(), plan.name.as_str()), (parent.rust.clone(), names.method.as_str())])
            .fact(Aspect::Step, step.map(|it| step_text(&it.step, &parent.scope)).unwrap_or_default());
        let entry = match &parent.subject {
            Some(above) => entry.owner(Element::Resource, above),
            None => entry,
        };
        self.surface.add(Element::Resource, resource.template.clone(), entry);
        let own = Parent {
            rust: format!("{MODULE}::{}", plan.name.as_str()),
            steps: &plan.steps,
            subject: Some(resource.template.clone()),
            scope: Scope::new(vec![MODULE, file.name.as_str()], &file.exports, &file.imports, self.context.aliases),
        };
        self.verbs(resource, plan, &own, span);
        for call in &resource.calls {
            let Some(names) = self.context.names.calls.get(&call.key) else { continue };
            if let Some(plan) = plan.operations.iter().find(|it| it.name == names.request) {
                self.call(call, plan, &own);
            }
        }
        for child in resource.children.iter().filter(|it| it.is_offered()) {
            self.resource(child, &own, Some(resource.entity_type));
        }
    }

    fn verbs(&mut self, resource: &Resource, plan: &'c ResourcePlan, parent: &Parent<'c>, span: Option<Span>) {
        let Some(names) = self.context.names.resources.get(&resource.template) else { return };
        for (verb, request) in &names.requests {
            let Some(plan) = plan.operations.iter().find(|it| it.name == *request) else { continue };
            let subject = format!("{} {}", verb.word(), resource.template);
            let entry = operation(plan, parent, span).owner(Element::Resource, &resource.template);
            self.surface.add(Element::Operation, subject.clone(), entry);
            self.options(&subject, plan, span);
        }
    }

    fn options(&mut self, subject: &str, plan: &OperationPlan, span: Option<Span>) {
        for word in &plan.options {
            let entry = Entry::new(span).owner(Element::Operation, subject);
            let entry = entry.named([(format!("{MODULE}::{}", plan.name.as_str()), *word)]);
            self.surface.add(Element::QueryOption, format!("{subject} {word}"), entry);
        }
    }

    fn call(&mut self, call: &Call, plan: &'c OperationPlan, parent: &Parent<'c>) {
        let declared = self.context.model.operation(call.operation);
        let mut entry = operation(plan, parent, Some(declared.span));
        entry = entry.fact(Aspect::Deprecation, note(&declared.annotations));
        entry.overload_of = Some(call.template.clone());
        if let Some(above) = &parent.subject {
            entry = entry.owner(Element::Resource, above);
        }
        self.surface.add(Element::Operation, call.key.clone(), entry);
        self.options(&call.key, plan, Some(declared.span));
        for (place, (parameter, given)) in parameters(declared).iter().zip(&plan.parameters).enumerate() {
            let in_body = matches!(plan.kind, RequestKind::Action { .. });
            let entry = parameter_entry(parameter, place)
                .owner(Element::Operation, &call.key)
                .fact(Aspect::Type, given_text(given, in_body, &parent.scope));
            // Arguments have no names: what a parameter is called is nothing that an app writes.
            let entry = Entry {
                rust: vec![format!("{}::{}({})", parent.rust, plan.method.as_str(), given.name.as_str())],
                ..entry
            };
            self.surface.add(Element::Parameter, format!("{}/{}", call.key, given.wire), entry);
        }
    }

    fn models(&mut self) {
        for (id, names) in &self.context.names.models {
            for (verb, model) in [(Verb::Create, &names.create), (Verb::Update, &names.update)] {
                let Some(file) = model.as_ref().and_then(|(name, _)| self.files.get(name)) else { continue };
                let RequestItem::Model(plan) = &file.item else { continue };
                let subject = format!("{} {}", verb.word(), self.context.model.qualified_name(*id));
                let scope =
                    Scope::new(vec![MODULE, file.name.as_str()], &file.exports, &file.imports, self.context.aliases);
                self.model(*id, &subject, plan, &scope);
            }
        }
    }

    fn model(&mut self, id: TypeId, subject: &str, plan: &ModelPlan, scope: &Scope<'_>) {
        let model = self.context.model;
        let entry = Entry::new(model.ty(id).span).named([(MODULE.to_owned(), plan.name.as_str())]);
        self.surface.add(Element::Model, subject, entry);
        let holder = format!("{MODULE}::{}", plan.name.as_str());
        let all = model.all_properties(id);
        for setter in &plan.setters {
            let property = all.iter().find(|(_, it)| it.name == setter.wire).map(|(_, it)| it);
            let span = property.map(|it| it.span);
            let ty = setter.ty.as_ref().map_or("impl Into<String>".to_owned(), |it| scope.absolute(it));
            let entry = Entry::new(span)
                .owner(Element::Model, subject)
                .named([(holder.clone(), setter.with.as_str())])
                .fact(Aspect::Type, ty)
                .fact(Aspect::Deprecation, setter.deprecated.clone().unwrap_or_default());
            self.surface.add(Element::Setter, format!("{subject}/{}", setter.wire), entry);
            if let Some(clear) = &setter.clear {
                let entry = Entry::new(span).owner(Element::Model, subject).named([(holder.clone(), clear.as_str())]);
                self.surface.add(Element::Clearing, format!("{subject}/{}", setter.wire), entry);
            }
        }
    }
}

pub(super) fn parameter_entry(parameter: &Parameter<'_>, place: usize) -> Entry {
    let nullable = parameter.nullable.map(|it| it.to_string()).unwrap_or_default();
    let entry = Entry::new(parameter.span).fact(Aspect::Nullable, nullable).fact(Aspect::Declared, parameter.name);
    Entry { place: Some(place), ..entry }
}

fn operation(plan: &OperationPlan, parent: &Parent<'_>, span: Option<Span>) -> Entry {
    let list = |it: &Option<Vec<String>>| it.as_ref().map(|it| format!("{{{}}}", it.join(", "))).unwrap_or_default();
    let path = |it| parent.scope.absolute(it);
    let (request, required) = match &plan.kind {
        RequestKind::Get => ("GET".to_owned(), String::new()),
        RequestKind::Create { model, required } => (format!("POST {}", path(model)), required.join(", ")),
        RequestKind::Update { model } => (format!("PATCH {}", path(model)), String::new()),
        RequestKind::Delete => ("DELETE".to_owned(), String::new()),
        RequestKind::Function { .. } => ("GET of a function".to_owned(), String::new()),
        RequestKind::Ranged { days, .. } => (format!("GET of a function, {days} days at once"), String::new()),
        RequestKind::Action { .. } => ("POST to an action".to_owned(), String::new()),
    };
    let result = match &plan.result {
        ResultPlan::Nothing => "()".to_owned(),
        ResultPlan::One(it) => path(it),
        ResultPlan::Maybe(it) => format!("Option<{}>", path(it)),
        ResultPlan::Wrapped(it) => format!("Single<{}>", path(it)),
        ResultPlan::Many(it) => format!("Page<{}>", path(it)),
    };
    Entry::new(span)
        .named([(parent.rust.clone(), plan.method.as_str()), (MODULE.to_owned(), plan.name.as_str())])
        .fact(Aspect::Request, request)
        .fact(Aspect::Result, result)
        .fact(Aspect::Required, required)
        .fact(Aspect::Filterable, list(&plan.filterable))
        .fact(Aspect::Sortable, list(&plan.sortable))
}

/// A parameter's type as the method has it.
fn given_text(plan: &ParameterPlan, in_body: bool, scope: &Scope<'_>) -> String {
    match (&plan.ty, plan.is_optional) {
        (Some(ty), true) => format!("Option<{}>", scope.absolute(ty)),
        (Some(ty), false) => scope.absolute(ty),
        (None, _) if in_body => "impl Into<String>".to_owned(),
        (None, _) => "text".to_owned(),
    }
}

fn step_text(step: &Step, scope: &Scope<'_>) -> String {
    let keys = |all: &[ParameterPlan]| {
        let all = all.iter().map(|it| given_text(it, false, scope));
        all.collect::<Vec<String>>().join(", ")
    };
    match step {
        Step::Segment(_) | Step::Cast(_) => "()".to_owned(),
        Step::Key(_) => "(key)".to_owned(),
        Step::Keyed(it) => format!("({})", keys(std::slice::from_ref(it))),
        Step::Keys(all) => format!("({})", keys(all)),
    }
}

/// Where the document says that a path goes on.
fn span(model: &Model<'_>, resource: &Resource, above: Option<TypeId>) -> Option<Span> {
    let of_type = Some(model.ty(resource.entity_type).span);
    match &resource.segment {
        Segment::Container(name) => {
            let mut members = model.containers().iter().flat_map(|it| &it.members);
            members.find(|it: &&ContainerMember<'_>| it.name == name).map(|it| it.span)
        }
        Segment::Navigation(name) => {
            let all = model.all_properties(above?);
            all.iter().find(|(_, it)| it.name == name).map(|(_, it)| it.span)
        }
        Segment::Key | Segment::Cast { .. } => of_type,
    }
}
