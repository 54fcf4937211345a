//! 13.1.1: containers that extend others.

use std::collections::{HashMap, HashSet};

use super::Resolver;
use super::containers::DeclaredContainer;
use super::say::Say;
use crate::diagnostic::Diagnostic;
use crate::model::{Container, ContainerMember};
use crate::source::Span;

/// How long a line of containers may be.
const DEEPEST: usize = 100;

impl<'m> Resolver<'m, '_> {
    /// 13.1.1: what a container extends.
    pub(super) fn link_container(&mut self, declared: &DeclaredContainer<'m>) {
        let Some(extends) = &declared.item.extends else { return };
        let base = self.split(declared.document, &extends.value);
        let base = base.and_then(|(schema, name)| self.containers.get(&(schema, name)).copied());
        if let Some(container) = self.model.containers.get_mut(declared.at) {
            container.extends = base;
        }
        if base.is_some() {
            return;
        }
        let fault = Diagnostic::error(
            "resolve::unknown-container",
            format!("container `{}` extends `{}`, which is not declared", declared.item.name.value, extends.value),
        );
        let absent = self.missing_document(declared.document, &extends.value);
        // 3.4: what another document holds may well not be needed; types that are missing are reported one by one.
        let fault = if absent.is_some() { fault.warning() } else { fault };
        let help = absent.or_else(|| {
            let name = |it: &Container<'_>| format!("{}.{}", self.model.schema(it.schema).namespace, it.name);
            let names: Vec<String> = self.model.containers.iter().map(name).collect();
            self.near(&extends.value, names.iter().map(String::as_str))
        });
        self.report(fault.at(extends.span, "referenced here").help_if(help));
    }

    /// Puts the members of extended containers before a container's own, nearest base last.
    pub(super) fn extend_containers(&mut self, declared: &[DeclaredContainer<'m>]) {
        // How many containers each one extends, one by way of another; none where that is not known yet.
        let mut depths: Vec<Option<usize>> = vec![None; declared.len()];
        for start in 0..declared.len() {
            let mut line = Vec::new();
            let mut on_line = HashSet::new();
            let mut next = Some(start);
            while let Some(at) = next.filter(|at| depths.get(*at) == Some(&None)) {
                if !on_line.insert(at) {
                    let circle = line.iter().position(|it| *it == at).and_then(|first| line.get(first..));
                    self.cut_container_cycle(circle.unwrap_or_default());
                    break;
                }
                line.push(at);
                next = self.model.containers.get(at).and_then(|it| it.extends);
            }
            while let Some(at) = line.pop() {
                let base = self.model.containers.get(at).and_then(|it| it.extends);
                let depth = base.and_then(|base| depths.get(base).copied().flatten()).map_or(0, |it| it + 1);
                if depth > DEEPEST {
                    self.cut_container(at);
                } else {
                    self.extend(at);
                }
                if let Some(known) = depths.get_mut(at) {
                    *known = Some(if depth > DEEPEST { 0 } else { depth });
                }
            }
        }
    }

    /// Every member is copied into every container below, so a line of many thousands has to end.
    fn cut_container(&mut self, at: usize) {
        let Some(container) = self.model.containers.get_mut(at) else { return };
        container.extends = None;
        let message = format!("container `{}` extends more than {DEEPEST} others", container.name);
        let fault = Diagnostic::error("resolve::extends", message).at(container.span, "what it extends is left out");
        self.report(fault);
    }

    fn cut_container_cycle(&mut self, circle: &[usize]) {
        let containers = &self.model.containers;
        let mut spans = circle.iter().filter_map(|at| containers.get(*at)).map(|it| (it.name, it.span));
        let Some((name, span)) = spans.next() else { return };
        let mut fault = Diagnostic::error("resolve::base-cycle", format!("container `{name}` extends itself"))
            .at(span, "extends itself")
            .help("remove one `Extends` of the circle");
        for (_, other) in spans.take(10) {
            fault = fault.also(other, "by way of this one");
        }
        self.report(fault);
        // The last of the line is the one that leads back to the first.
        if let Some(last) = circle.last().and_then(|at| self.model.containers.get_mut(*at)) {
            last.extends = None;
        }
    }

    fn extend(&mut self, at: usize) {
        let base = self.model.containers.get(at).and_then(|it| it.extends);
        let Some(base) = base.and_then(|base| self.model.containers.get(base)) else { return };
        let mut members: Vec<ContainerMember<'m>> = base.members.clone();
        let Some(container) = self.model.containers.get_mut(at) else { return };
        let own = std::mem::take(&mut container.members);
        let first: HashMap<&'m str, Span> = members.iter().map(|it| (it.name, it.span)).collect();
        let mut faults = Vec::new();
        for member in own {
            if let Some(first) = first.get(member.name) {
                faults.push(
                    Diagnostic::error(
                        "resolve::duplicate",
                        format!("container member `{}` is in the extended container already", member.name),
                    )
                    .at(member.span, "again here")
                    .also(*first, "first here")
                    .help("remove or rename one of them"),
                );
            } else {
                members.push(member);
            }
        }
        container.members = members;
        for fault in faults {
            self.report(fault);
        }
    }
}
