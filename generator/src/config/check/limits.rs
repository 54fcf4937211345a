//! Limits of the service: counts that nobody can keep to, paths that lead nowhere, two for the same.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, calls, flat, similar};
use crate::config::{Limit, LimitedPages};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

impl Check<'_, '_> {
    /// What is wrong with limits whatever a document says.
    pub(super) fn limits(&mut self) {
        let config = self.config;
        let mut first: BTreeMap<(Option<&str>, Option<LimitedPages>, u32), Span> = BTreeMap::new();
        for limit in limits(self) {
            if *limit.requests.get_ref() == 0 {
                let fault = "a limit of no requests lets nothing through".to_owned();
                let cure = "write how many there may be; what the service refuses is a `refuse` of an operation";
                self.error("config::limit", fault, config.span(&limit.requests), cure);
            }
            if *limit.seconds.get_ref() == 0 {
                let fault = "a limit for no time is none".to_owned();
                self.error("config::limit", fault, config.span(&limit.seconds), "write how many seconds it is for");
            }
            let span = config.span(&limit.requests);
            let path = limit.path.as_ref().map(|it| it.get_ref().as_str());
            let earlier = *first.entry((path, limit.pages, *limit.seconds.get_ref())).or_insert(span);
            if earlier != span {
                self.diagnostics.push(
                    Diagnostic::error("config::same-limit", "two limits count the same requests in the same time")
                        .at(span, "the second one")
                        .also(earlier, "the first one")
                        .help("keep the lower one"),
                );
            }
        }
    }

    /// Paths of limits at which nothing is sent.
    pub(super) fn limited_paths(&mut self) {
        let (config, selection) = (self.config, self.selection);
        let resources = flat(&selection.resources).into_iter().map(|it| it.template.as_str());
        let known: BTreeSet<&str> = resources.chain(calls(selection).map(|it| it.template.as_str())).collect();
        for path in limits(self).filter_map(|it| it.path.as_ref()) {
            if known.contains(path.get_ref().as_str()) {
                continue;
            }
            let keyed = keyed(path.get_ref());
            let help = match known.get(keyed.as_str()) {
                Some(exact) => format!("write `{exact}`"),
                None => similar(&keyed, known.iter().copied()),
            };
            let fault = format!("nothing is sent to `{}`", path.get_ref());
            self.lacks("config::unknown-limit", fault, config.span(path), help);
        }
    }
}

fn limits<'c>(check: &Check<'c, '_>) -> impl Iterator<Item = &'c Limit> + use<'c> {
    check.config.value.service.iter().flat_map(|it| &it.limits)
}

/// Keys are `{id}` in every template, whatever the service's own documentation calls them.
pub(super) fn keyed(path: &str) -> String {
    let segments = path.split('/').map(|it| if it.starts_with('{') { "{id}" } else { it });
    segments.collect::<Vec<_>>().join("/")
}
