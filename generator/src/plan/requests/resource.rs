//! Resources: what stands for one path, and the steps that lead on from it.

use super::super::build::Planner;
use super::super::docs::{code, deprecation};
use super::super::files::Imports;
use super::docs::Trail;
use super::values::{from_outside, parameter};
use super::{RequestFile, RequestItem, ResourcePlan, Step, StepPlan};
use crate::config::{KeyStyle, OperationOptions};
use crate::names::Ident;
use crate::select::{Resource, Segment, key};

/// Collects the files of the requests.
pub(super) struct Requests<'c, 'p> {
    pub(super) planner: &'c Planner<'p>,
    /// The files of requests are in no module of a namespace.
    pub(super) nowhere: &'c Ident,
    pub(super) files: Vec<RequestFile>,
}

impl Requests<'_, '_> {
    pub(super) fn options(&self, template: &str) -> Option<&OperationOptions> {
        self.planner.config.operations.get(template)
    }

    /// Whether keys stand in parentheses, and their parts.
    fn key_style(&self, resource: &Resource) -> (bool, usize) {
        let parts = key(self.planner.model, resource.entity_type).map_or(1, |it| it.len());
        let style = self.planner.config.service.as_ref().map(|it| it.keys).unwrap_or_default();
        (parts > 1 || style == KeyStyle::Parentheses, parts)
    }

    /// The way to a resource from the way to its parent.
    pub(super) fn trail(&self, resource: &Resource, parent: &Trail) -> Trail {
        let Some(names) = self.planner.names.resources.get(&resource.template) else { return parent.clone() };
        let mut trail = parent.clone();
        let mut arguments = Vec::new();
        match &resource.segment {
            Segment::Container(name) | Segment::Navigation(name) | Segment::Cast { name, .. } => {
                trail.path = format!("{}/{name}", parent.path);
            }
            Segment::Key => {
                let (in_parentheses, parts) = self.key_style(resource);
                trail.path = match (in_parentheses, parts) {
                    (false, _) => format!("{}/{{id}}", parent.path),
                    (true, 1) => format!("{}({{id}})", parent.path),
                    (true, _) => {
                        let parts = key(self.planner.model, resource.entity_type).unwrap_or_default();
                        let parts: Vec<String> = parts.iter().map(|it| format!("{0}={{{0}}}", it.name)).collect();
                        format!("{}({})", parent.path, parts.join(","))
                    }
                };
                if in_parentheses {
                    let parts = key(self.planner.model, resource.entity_type).unwrap_or_default();
                    for (part, name) in parts.iter().zip(&names.key) {
                        if super::values::is_text(self.planner, part.ty) {
                            arguments.push(format!("\"{{{}}}\"", part.name));
                        } else if let Some(ty) = from_outside(self.planner, part.ty) {
                            let given = free(name.as_str(), &trail);
                            arguments.push(given.clone());
                            trail.given.push((given, ty));
                        }
                    }
                } else {
                    arguments.push("\"{id}\"".to_owned());
                }
            }
        }
        trail.call = format!("{}.{}({})", parent.call, names.method.as_str(), arguments.join(", "));
        trail
    }

    /// What is said of the navigation property, the entity set or the singleton that leads to a resource.
    fn deprecated(&self, resource: &Resource, parent: Option<&Resource>) -> Option<String> {
        let model = self.planner.model;
        match (&resource.segment, parent) {
            (Segment::Navigation(name), Some(parent)) => {
                let all = model.all_properties(parent.entity_type);
                let (declaring, property) = all.into_iter().find(|(_, it)| it.name == name)?;
                self.planner.deprecated(parent.entity_type, declaring, property)
            }
            (Segment::Container(name), _) => {
                let mut members = model.containers().iter().flat_map(|it| &it.members);
                deprecation(&members.find(|it| it.name == name)?.annotations, None)
            }
            _ => None,
        }
    }

    pub(super) fn step(
        &self,
        resource: &Resource,
        parent: Option<&Resource>,
        module: &str,
        imports: &mut Imports<'_>,
    ) -> Option<StepPlan> {
        let names = self.planner.names.resources.get(&resource.template)?;
        let step = match &resource.segment {
            Segment::Container(name) | Segment::Navigation(name) => Step::Segment(name.clone()),
            Segment::Cast { name, .. } => Step::Cast(name.clone()),
            Segment::Key => self.key_step(resource, &names.key, imports),
        };
        Some(StepPlan {
            method: names.method.clone(),
            resource: imports.item(module, names.name.as_str()),
            docs: vec![code(&resource.template)],
            deprecated: self.deprecated(resource, parent),
            step,
        })
    }

    fn key_step(&self, resource: &Resource, names: &[Ident], imports: &mut Imports<'_>) -> Step {
        let parts = key(self.planner.model, resource.entity_type).unwrap_or_default();
        let (in_parentheses, _) = self.key_style(resource);
        if !in_parentheses {
            imports.client("odata_runtime::client", "KeySegment");
            return Step::Key(names.first().cloned().unwrap_or_default());
        }
        let mut parts: Vec<_> = parts
            .iter()
            .zip(names)
            .map(|(part, name)| parameter(self.planner, (name, part.name), part.ty, imports))
            .collect();
        match parts.pop() {
            Some(only) if parts.is_empty() => Step::Keyed(only),
            Some(last) => {
                parts.push(last);
                Step::Keys(parts)
            }
            None => Step::Keys(parts),
        }
    }

    /// The file of a resource, and those of all below it.
    pub(super) fn resource(&mut self, resource: &Resource, trail: &Trail) {
        let planner = self.planner;
        let Some(names) = planner.names.resources.get(&resource.template) else { return };
        let calls = resource.calls.iter().filter_map(|it| planner.names.calls.get(&it.key));
        let mut exports = vec![names.name.clone()];
        exports.extend(names.requests.values().cloned());
        exports.extend(calls.map(|it| it.request.clone()));
        let own: Vec<&Ident> = exports.iter().collect();
        let mut imports = Imports::new(planner.model, planner.names, self.nowhere, None, &own);
        imports.client("odata_runtime::client", "Path");
        let mut operations = Vec::new();
        for verb in names.requests.keys() {
            operations.extend(self.operation(resource, *verb, trail, &mut imports));
        }
        for call in &resource.calls {
            operations.extend(self.call(call, trail, &mut imports, None));
        }
        let children: Vec<&Resource> = resource.children.iter().filter(|it| it.is_offered()).collect();
        let steps =
            children.iter().filter_map(|child| self.step(child, Some(resource), "super", &mut imports)).collect();
        exports.sort();
        self.files.push(RequestFile {
            name: names.file.clone(),
            exports,
            imports: imports.finish(),
            item: RequestItem::Resource(ResourcePlan {
                name: names.name.clone(),
                docs: vec![code(&trail.path)],
                steps,
                operations,
            }),
        });
        for child in children {
            let trail = self.trail(child, trail);
            self.resource(child, &trail);
        }
    }
}

/// A name that the example is not given yet.
pub(super) fn free(name: &str, trail: &Trail) -> String {
    let taken = |it: &str| it == "client" || trail.given.iter().any(|(given, _)| given == it);
    let numbered = (2_u32..).map(|count| format!("{name}_{count}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|it| !taken(it)).unwrap_or_default()
}
