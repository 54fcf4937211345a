//! The operations that a path has without being told in the metadata.

use super::super::files::Imports;
use super::docs::{Trail, Words, lines, title};
use super::resource::{Requests, free};
use super::values::{from_outside, is_text};
use super::{OperationPlan, RequestKind, ResultPlan};
use crate::config::OperationOptions;
use crate::names::{Ident, Verb};
use crate::select::{Queries, Resource};

impl Requests<'_, '_> {
    pub(super) fn operation(
        &self,
        resource: &Resource,
        verb: Verb,
        trail: &Trail,
        imports: &mut Imports<'_>,
    ) -> Option<OperationPlan> {
        let names = self.planner.names.resources.get(&resource.template)?;
        let options = self.options(&resource.template);
        let queries = match verb {
            Verb::Get => resource.offers.get.as_ref(),
            Verb::List => resource.offers.list.as_ref(),
            Verb::Create | Verb::Update | Verb::Delete => None,
        };
        let kind = match verb {
            Verb::Get | Verb::List => RequestKind::Get,
            Verb::Delete => RequestKind::Delete,
            Verb::Create | Verb::Update => {
                let models = self.planner.names.models.get(&resource.entity_type)?;
                let (model, _) = if verb == Verb::Create { &models.create } else { &models.update }.as_ref()?;
                let model = imports.item("super", model.as_str());
                if verb == Verb::Update {
                    RequestKind::Update { model }
                } else {
                    let required = options.map(|it| it.required.iter().map(|it| it.get_ref().clone()).collect());
                    RequestKind::Create { model, required: required.unwrap_or_default() }
                }
            }
        };
        import(&kind, verb == Verb::List, queries, imports);
        if matches!(kind, RequestKind::Create { .. } | RequestKind::Update { .. }) {
            imports.runtime("Changes");
        }
        let result = match verb {
            Verb::Get | Verb::Create => ResultPlan::One(imports.declared(resource.entity_type)),
            Verb::List => ResultPlan::Many(imports.declared(resource.entity_type)),
            Verb::Update => ResultPlan::Maybe(imports.declared(resource.entity_type)),
            Verb::Delete => ResultPlan::Nothing,
        };
        let (method, name) = (Ident::escape(verb.word()), names.requests.get(&verb)?.clone());
        let plan = self.request((method, name), &resource.template, verb.word(), (kind, result), queries);
        let mut trail = trail.clone();
        let setters = self.setters(resource, &plan.kind, &mut trail);
        Some(self.told(plan, &Words { setters, ..Words::default() }, &trail))
    }

    /// What the example of a new entity sets: what is required.
    fn setters(&self, resource: &Resource, kind: &RequestKind, trail: &mut Trail) -> Vec<(String, String)> {
        let RequestKind::Create { required, .. } = kind else { return Vec::new() };
        let (id, planner) = (resource.entity_type, self.planner);
        let all = planner.model.all_properties(id);
        let setter = |wire: &String| {
            let (with, _) = planner.names.models.get(&id)?.methods.get(wire)?;
            let (_, property) = all.iter().find(|(_, it)| it.name == wire)?;
            if is_text(planner, property.ty) {
                return Some((with.as_str().to_owned(), format!("\"{{{wire}}}\"")));
            }
            let field = planner.names.types.get(&id)?.fields.get(wire)?;
            let value = free(field.as_str(), trail);
            trail.given.push((value.clone(), from_outside(planner, property.ty)?));
            Some((with.as_str().to_owned(), value))
        };
        required.iter().filter_map(setter).collect()
    }

    /// A request with what the configuration says of it, and without docs.
    pub(super) fn request(
        &self,
        (method, name): (Ident, Ident),
        template: &str,
        word: &str,
        (kind, result): (RequestKind, ResultPlan),
        queries: Option<&Queries>,
    ) -> OperationPlan {
        let options = self.options(template);
        OperationPlan {
            method,
            name,
            path: None,
            docs: Vec::new(),
            method_docs: Vec::new(),
            deprecated: None,
            is_batchable: self.planner.config.service.as_ref().is_some_and(|it| it.batch.is_some()),
            template: template.to_owned(),
            permissions: options.map(|it| it.permissions.clone()).unwrap_or_default(),
            documentation: options.and_then(|it| it.documentation.get(word)).map(str::to_owned),
            help: options.map(help).unwrap_or_default(),
            filterable: queries.and_then(|it| it.filterable.clone()),
            sortable: queries.and_then(|it| it.sortable.clone()),
            expandable: queries.and_then(|it| it.expandable.clone()),
            options: queries.map(|it| it.words.clone()).unwrap_or_default(),
            parameters: Vec::new(),
            kind,
            result,
        }
    }

    pub(super) fn told(&self, plan: OperationPlan, words: &Words, trail: &Trail) -> OperationPlan {
        let (docs, method_docs) = (vec![title(&plan, &trail.path)], lines(self.planner, &plan, words, trail));
        OperationPlan { docs, method_docs, ..plan }
    }
}

/// What to do about answers, by status. What is no status was reported by `config::check`.
fn help(options: &OperationOptions) -> Vec<(u16, String)> {
    let mut all: Vec<(u16, String)> =
        options.help.iter().filter_map(|(status, text)| Some((status.get_ref().parse().ok()?, text.clone()))).collect();
    all.sort();
    all
}

/// What the struct of a request needs.
pub(super) fn import(kind: &RequestKind, is_many: bool, queries: Option<&Queries>, imports: &mut Imports<'_>) {
    let reads = matches!(kind, RequestKind::Get | RequestKind::Function { .. } | RequestKind::Ranged { .. });
    let mut client = vec!["Error", "Operation"];
    client.push(match kind {
        RequestKind::Ranged { .. } => "Ranged",
        _ if reads && is_many => "List",
        _ if reads => "Get",
        _ => "Send",
    });
    if reads && is_many {
        client.extend(["Cursor", "Items", "Pages"]);
    }
    for it in client {
        imports.client("odata_runtime::client", it);
    }
    if is_many {
        imports.runtime("Page");
    }
    let words = queries.map(|it| it.words.as_slice()).unwrap_or_default();
    for (word, name) in [
        ("select", "Select"),
        ("expand", "Expand"),
        ("filter", "Filter"),
        ("order_by", "OrderBy"),
        ("search", "Search"),
    ] {
        if words.contains(&word) {
            imports.client("odata_runtime::query", name);
        }
    }
}
