//! The operations that a path has without being told in the metadata.

use super::super::files::Imports;
use super::docs::{Trail, Words, lines, title};
use super::resource::Requests;
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
        Some(self.told(plan, Words::default(), trail))
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
            template: template.to_owned(),
            permissions: options.map(|it| it.permissions.clone()).unwrap_or_default(),
            documentation: options.and_then(|it| it.documentation.get(word)).map(str::to_owned),
            help: options.map(help).unwrap_or_default(),
            filterable: queries.and_then(|it| it.filterable.clone()),
            sortable: queries.and_then(|it| it.sortable.clone()),
            options: queries.map(|it| it.words.clone()).unwrap_or_default(),
            parameters: Vec::new(),
            kind,
            result,
        }
    }

    pub(super) fn told(&self, plan: OperationPlan, words: Words, trail: &Trail) -> OperationPlan {
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
