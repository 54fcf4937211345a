//! The client, the resources that its paths lead to, and the requests that they offer.

use super::build::Planner;
use super::docs::{code, line};
use super::files::Imports;
use super::{ImportPlan, TypeExpr};
use crate::config::OperationOptions;
use crate::csdl::Expression;
use crate::model::{Annotations, Model, PropertyKind};
use crate::names::Ident;
use crate::select::{Resource, Segment};

/// The client of a service.
#[derive(Debug)]
pub struct ClientPlan {
    /// The service root.
    pub root: String,
    /// The scope of its tokens.
    pub scope: String,
    /// Doc lines.
    pub docs: Vec<String>,
    /// Entity sets and singletons.
    pub steps: Vec<StepPlan>,
    /// What the client's file imports.
    pub imports: Vec<ImportPlan>,
    /// One file a path.
    pub resources: Vec<ResourcePlan>,
}

/// A method that goes one step along a path.
#[derive(Debug)]
pub struct StepPlan {
    /// The method.
    pub method: Ident,
    /// The resource that it leads to.
    pub resource: TypeExpr,
    /// Doc lines.
    pub docs: Vec<String>,
    /// The segment; nothing where the caller gives a key.
    pub segment: Option<String>,
}

/// What stands for one path.
#[derive(Debug)]
pub struct ResourcePlan {
    /// The file without `.rs`.
    pub file: Ident,
    /// The struct.
    pub name: Ident,
    /// What the module re-exports from the file.
    pub exports: Vec<Ident>,
    /// What it imports.
    pub imports: Vec<ImportPlan>,
    /// Doc lines.
    pub docs: Vec<String>,
    /// Steps to what is below.
    pub steps: Vec<StepPlan>,
    /// The request that reads the entity.
    pub get: Option<OperationPlan>,
}

/// A request.
#[derive(Debug)]
pub struct OperationPlan {
    /// Its struct.
    pub name: Ident,
    /// Doc lines of the struct.
    pub docs: Vec<String>,
    /// Doc lines of the method that makes it.
    pub method_docs: Vec<String>,
    /// The path, keys as `{id}`.
    pub template: String,
    /// Permissions, least privileged first.
    pub permissions: Vec<String>,
    /// The page that documents it.
    pub documentation: Option<String>,
    /// What it returns.
    pub result: TypeExpr,
    /// Whether `select` is offered.
    pub select: bool,
    /// Whether `expand` is offered.
    pub expand: bool,
}

/// Plans the client, where the configuration names a service.
pub(super) fn client_plan(planner: &Planner<'_>) -> Option<ClientPlan> {
    let service = planner.config.service.as_ref()?;
    let nowhere = Ident::default();
    let mut imports = Imports::new(planner.model, planner.names, &nowhere, None, &[]);
    for it in ["Builder", "Error", "Service", "TokenSource"] {
        imports.client("odata_runtime::client", it);
    }
    let mut requests = Requests { planner, resources: Vec::new() };
    let mut steps = Vec::new();
    for resource in &planner.selection.resources {
        if !requests.offers(resource, None, None) {
            continue;
        }
        steps.extend(requests.step(resource, "super::requests", &mut imports));
        let method = planner.names.resources.get(&resource.template).map(|it| it.method.as_str()).unwrap_or_default();
        requests.resource(resource, None, None, &format!("client.{method}()"));
    }
    requests.resources.sort_by(|a, b| a.file.cmp(&b.file));
    Some(ClientPlan {
        root: service.root.get_ref().clone(),
        scope: service.scope.clone(),
        docs: vec![
            format!("The service at <{}>.", line(service.root.get_ref())),
            String::new(),
            "Cheap to clone; every clone shares the same transport and tokens.".to_owned(),
        ],
        steps,
        imports: imports.finish(),
        resources: requests.resources,
    })
}

struct Requests<'c, 'p> {
    planner: &'c Planner<'p>,
    resources: Vec<ResourcePlan>,
}

impl<'p> Requests<'_, 'p> {
    fn step(&self, resource: &Resource, module: &str, imports: &mut Imports<'_>) -> Option<StepPlan> {
        let names = self.planner.names.resources.get(&resource.template)?;
        let segment = match &resource.segment {
            Segment::Container(name) | Segment::Navigation(name) => Some(name.clone()),
            Segment::Key => None,
        };
        Some(StepPlan {
            method: names.method.clone(),
            resource: imports.item(module, names.name.as_str()),
            docs: vec![code(&resource.template)],
            segment,
        })
    }

    fn resource(
        &mut self,
        resource: &Resource,
        parent: Option<&Resource>,
        said: Option<&'p Annotations<'p>>,
        call: &str,
    ) {
        let planner = self.planner;
        let Some(names) = planner.names.resources.get(&resource.template) else { return };
        let mut exports = vec![names.name.clone()];
        let said = step_annotations(planner.model, resource, parent, said);
        let get = self.reads(resource, said).then(|| exports.push(names.get.clone()));
        let requests = Ident::default();
        let own: Vec<&Ident> = exports.iter().collect();
        let mut imports = Imports::new(planner.model, planner.names, &requests, None, &own);
        imports.client("odata_runtime::client", "Path");
        let offered = resource.children.iter().filter(|child| self.offers(child, Some(resource), said));
        let steps: Vec<StepPlan> = offered.filter_map(|child| self.step(child, "super", &mut imports)).collect();
        if steps.iter().any(|it| it.segment.is_none()) {
            imports.client("odata_runtime::client", "KeySegment");
        }
        let get = get.map(|()| self.get(resource, names.get.clone(), call, &mut imports));
        exports.sort();
        self.resources.push(ResourcePlan {
            file: names.file.clone(),
            name: names.name.clone(),
            exports,
            imports: imports.finish(),
            docs: vec![code(&resource.template)],
            steps,
            get,
        });
        for child in &resource.children {
            let Some(names) = planner.names.resources.get(&child.template) else { continue };
            if !self.offers(child, Some(resource), said) {
                continue;
            }
            let argument = if child.segment == Segment::Key { "\"{id}\"" } else { "" };
            self.resource(child, Some(resource), said, &format!("{call}.{}({argument})", names.method.as_str()));
        }
    }

    fn options(&self, resource: &Resource) -> Option<&OperationOptions> {
        self.planner.config.operations.get(resource.template.as_str())
    }

    fn refuses(&self, resource: &Resource, what: &str) -> bool {
        self.options(resource).is_some_and(|it| it.refuse.iter().any(|it| it.get_ref() == what))
    }

    /// Whether anything can be asked at a path or below it; what leads nowhere is not generated.
    fn offers(&self, resource: &Resource, parent: Option<&Resource>, said: Option<&'p Annotations<'p>>) -> bool {
        let said = step_annotations(self.planner.model, resource, parent, said);
        self.reads(resource, said) || resource.children.iter().any(|it| self.offers(it, Some(resource), said))
    }

    /// Whether one entity can be read here: neither the configuration nor `ReadRestrictions` of the metadata refuses it.
    fn reads(&self, resource: &Resource, said: Option<&Annotations<'_>>) -> bool {
        let of_type = &self.planner.model.ty(resource.entity_type).annotations;
        let by_key = resource.segment == Segment::Key;
        let readable = said.and_then(|it| readable(it, by_key)).or_else(|| readable(of_type, by_key)).unwrap_or(true);
        !resource.is_collection && resource.is_root && readable && !self.refuses(resource, "get")
    }

    fn get(&self, resource: &Resource, name: Ident, call: &str, imports: &mut Imports<'_>) -> OperationPlan {
        let planner = self.planner;
        let result = imports.declared(resource.entity_type);
        let all = planner.model.all_properties(resource.entity_type);
        let has_navigations = all.iter().any(|(_, it)| matches!(it.kind, PropertyKind::Navigation { .. }));
        let annotations = &planner.model.ty(resource.entity_type).annotations;
        let supported = |term: &str, name: &str| {
            let value = annotations.get(term).and_then(|it| it.value.as_ref());
            value.and_then(|it| property(it, name)).and_then(boolean).unwrap_or(true)
        };
        let select =
            supported("Org.OData.Capabilities.V1.SelectSupport", "Supported") && !self.refuses(resource, "select");
        let expand = has_navigations
            && supported("Org.OData.Capabilities.V1.ExpandRestrictions", "Expandable")
            && !self.refuses(resource, "expand");
        for it in ["Error", "Get", "Operation"] {
            imports.client("odata_runtime::client", it);
        }
        for (it, wanted) in [("Select", select), ("Expand", expand)] {
            if wanted {
                imports.client("odata_runtime::query", it);
            }
        }
        let options = self.options(resource);
        let permissions = options.map(|it| it.permissions.clone()).unwrap_or_default();
        let documentation = options.and_then(|it| it.documentation.clone());
        let title = code(&format!("GET {}", resource.template));
        let mut method_docs = vec![title.clone()];
        if !permissions.is_empty() {
            let list: Vec<String> = permissions.iter().map(|it| code(it)).collect();
            let any = if list.len() == 1 { "" } else { ", any of" };
            method_docs.extend([String::new(), format!("Permission{any}: {}.", list.join(", "))]);
        }
        if let Some(link) = &documentation {
            method_docs.extend([String::new(), format!("[Documentation]({})", line(link))]);
        }
        if let Some(krate) = planner.config.output.krate() {
            method_docs.extend([
                String::new(),
                "```no_run".to_owned(),
                format!("# async fn example(client: &{krate}::Client) -> Result<(), {krate}::Error> {{"),
                format!("let found = {call}.get().send().await?;"),
                "# Ok(())".to_owned(),
                "# }".to_owned(),
                "```".to_owned(),
            ]);
        }
        OperationPlan {
            name,
            docs: vec![title],
            method_docs,
            template: resource.template.clone(),
            permissions,
            documentation,
            result,
            select,
            expand,
        }
    }
}

/// What the metadata says of the step to a resource: of a member of the container, or of a navigation property. What it
/// says of a collection holds for each entity in it.
fn step_annotations<'p>(
    model: &'p Model<'p>,
    resource: &Resource,
    parent: Option<&Resource>,
    of_collection: Option<&'p Annotations<'p>>,
) -> Option<&'p Annotations<'p>> {
    match (&resource.segment, parent) {
        (Segment::Key, _) => of_collection,
        (Segment::Container(name), _) => {
            let mut members = model.containers().iter().flat_map(|it| &it.members);
            members.find(|it| it.name == name.as_str()).map(|it| &it.annotations)
        }
        (Segment::Navigation(name), Some(parent)) => {
            let all = model.all_properties(parent.entity_type).into_iter().map(|(_, it)| it);
            let mut navigations = all.filter(|it| matches!(it.kind, PropertyKind::Navigation { .. }));
            navigations.find(|it| it.name == name.as_str()).map(|it| &it.annotations)
        }
        (Segment::Navigation(_), None) => None,
    }
}

/// Capabilities `ReadRestrictions/Readable`; for one entity of a collection `ReadByKeyRestrictions/Readable` weighs more.
fn readable(annotations: &Annotations<'_>, by_key: bool) -> Option<bool> {
    let restrictions = annotations.get("Org.OData.Capabilities.V1.ReadRestrictions")?.value.as_ref()?;
    let for_key = property(restrictions, "ReadByKeyRestrictions").and_then(|it| property(it, "Readable"));
    let for_key = for_key.filter(|_| by_key).and_then(boolean);
    for_key.or_else(|| property(restrictions, "Readable").and_then(boolean))
}

fn property<'x, 'm>(expression: &'x Expression<'m>, name: &str) -> Option<&'x Expression<'m>> {
    match expression {
        Expression::Record(record) => record.properties.iter().find(|it| it.property.value == name)?.value.as_ref(),
        _ => None,
    }
}

fn boolean(expression: &Expression<'_>) -> Option<bool> {
    match expression {
        Expression::Constant(_, text) => Some(text.value != "false"),
        _ => None,
    }
}
