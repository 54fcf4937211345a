//! Which operations exist at each path, and which query options each of them takes.
//!
//! What nothing is said of exists: so the Capabilities vocabulary has it. The metadata refuses first, the configuration
//! refuses more. What is refused gets no method.

use std::collections::BTreeMap;

use super::capabilities::Said;
use super::{Call, Resource, Segment, There, calls};
use crate::config::{Config, OperationOptions};
use crate::diagnostic::Diagnostic;
use crate::model::{Model, OperationId, Property, PropertyKind};

/// The operations that exist at a path.
#[derive(Debug, Clone, Default)]
pub struct Offers {
    /// Reading one entity.
    pub get: Option<Queries>,
    /// Reading a collection.
    pub list: Option<Queries>,
    /// Adding an entity to a collection.
    pub create: bool,
    /// Changing an entity.
    pub update: bool,
    /// Removing an entity.
    pub delete: bool,
}

/// The query options that an operation takes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queries {
    /// The words of those that are offered, in the order of [`Queries::WORDS`].
    pub words: Vec<&'static str>,
    /// All that a filter may use: properties, or paths with the operators that they may stand under.
    pub filterable: Option<Vec<String>>,
    /// The only properties that may be sorted by.
    pub sortable: Option<Vec<String>>,
    /// The only navigation properties that may be expanded.
    pub expandable: Option<Vec<String>>,
}

impl Queries {
    /// Every query option there is, by the word that refuses it.
    pub const WORDS: [&'static str; 9] =
        ["select", "expand", "filter", "order_by", "top", "skip", "count", "search", "page_size"];

    /// Whether an option is offered.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }
}

/// Every operation there is, by the word that refuses it.
pub const OPERATIONS: [&str; 6] = ["get", "list", "create", "update", "delete", "call"];

impl Resource {
    /// Whether anything can be asked here or below; what leads nowhere is not generated.
    #[must_use]
    pub fn is_offered(&self) -> bool {
        let it = &self.offers;
        let here = it.get.is_some() || it.list.is_some() || it.create || it.update || it.delete;
        here || self.calls.iter().any(|it| it.offered.is_some()) || self.children.iter().any(Self::is_offered)
    }
}

/// Decides for a forest.
pub(super) fn decide(
    model: &Model<'_>,
    config: &Config,
    forest: &mut [Resource],
    there: &There<'_>,
    unsaid: &mut Unsaid,
) {
    let mut decide = Decide { model, config, there, unsaid };
    for resource in forest {
        decide.resource(resource, None, false);
    }
}

struct Decide<'d, 'm> {
    model: &'d Model<'m>,
    config: &'d Config,
    there: &'d There<'d>,
    unsaid: &'d mut Unsaid,
}

impl<'d> Decide<'d, '_> {
    fn resource(&mut self, node: &mut Resource, parent: Option<(&Resource, &Said<'d>)>, read_only: bool) {
        let options = self.config.operations.get(node.template.as_str());
        let read_only = read_only || options.is_some_and(|it| it.read_only);
        let said = Said::of(self.model, node, parent);
        if node.is_root {
            node.offers = self.offers(node, &said, options, read_only);
            node.calls = calls::bound(self.model, self.there, node);
            for call in &mut node.calls {
                decide_call(self.model, self.config, call, read_only, self.unsaid);
            }
        }
        let mut children = std::mem::take(&mut node.children);
        for child in &mut children {
            self.resource(child, Some((&*node, &said)), read_only);
        }
        node.children = children;
    }

    fn offers(&self, node: &Resource, said: &Said<'_>, options: Option<&OperationOptions>, read_only: bool) -> Offers {
        let refused = |word: &str| refuses(options, word);
        let allowed = |term: &str, property: &str| said.flag(term, property).unwrap_or(true);
        let readable = allowed("ReadRestrictions", "Readable");
        if node.is_collection {
            let is_cast = matches!(node.segment, Segment::Cast { .. });
            return Offers {
                list: (readable && !refused("list")).then(|| self.queries(node, said, options)),
                create: !is_cast
                    && !self.is_abstract(node)
                    && allowed("InsertRestrictions", "Insertable")
                    && !read_only
                    && !refused("create"),
                ..Offers::default()
            };
        }
        let by_key = said.deep_flag("ReadRestrictions", "ReadByKeyRestrictions", "Readable");
        let readable = by_key.filter(|_| is_by_key(node)).unwrap_or(readable);
        // A singleton is always there; so is what a cast leads to, and that is removed as what it is.
        let can_go = !matches!(node.segment, Segment::Container(_) | Segment::Cast { .. });
        Offers {
            get: (readable && !refused("get")).then(|| self.queries(node, said, options)),
            update: !self.is_abstract(node)
                && allowed("UpdateRestrictions", "Updatable")
                && !read_only
                && !refused("update"),
            delete: can_go && allowed("DeleteRestrictions", "Deletable") && !read_only && !refused("delete"),
            ..Offers::default()
        }
    }

    fn is_abstract(&self, node: &Resource) -> bool {
        self.model.structured(node.entity_type).is_some_and(|it| it.is_abstract)
    }

    fn queries(&self, node: &Resource, said: &Said<'_>, options: Option<&OperationOptions>) -> Queries {
        let all = self.model.all_properties(node.entity_type);
        let navigates = all.iter().any(|(_, it)| matches!(it.kind, PropertyKind::Navigation { .. }));
        let flag = |term: &str, property: &str| said.flag(term, property).unwrap_or(true);
        let takes = |word: &str| match word {
            "select" => flag("SelectSupport", "Supported"),
            "expand" => navigates && flag("ExpandRestrictions", "Expandable"),
            _ if !node.is_collection => false,
            "filter" => flag("FilterRestrictions", "Filterable"),
            "order_by" => flag("SortRestrictions", "Sortable"),
            "top" => said.bare("TopSupported").unwrap_or(true),
            "skip" => said.bare("SkipSupported").unwrap_or(true),
            "count" => flag("CountRestrictions", "Countable"),
            "search" => flag("SearchRestrictions", "Searchable"),
            _ => true,
        };
        let listed = |configured: Option<&Vec<toml::Spanned<String>>>, term: &str, property: &str| {
            if let Some(configured) = configured {
                return Some(configured.iter().map(|it| it.get_ref().clone()).collect());
            }
            let without = said.paths(term, property);
            let is_there = |it: &Property<'_>| {
                let navigates = matches!(it.kind, PropertyKind::Navigation { .. });
                (navigates || term != "ExpandRestrictions") && !without.contains(&it.name)
            };
            let left = || all.iter().filter(|(_, it)| is_there(it)).map(|(_, it)| it.name.to_owned());
            (!without.is_empty()).then(|| left().collect())
        };
        let words: Vec<&'static str> =
            Queries::WORDS.into_iter().filter(|it| takes(it) && !refuses(options, it)).collect();
        let of = |word: &str| words.contains(&word).then_some(());
        let filterable = of("filter").and_then(|()| {
            let configured = options.and_then(|it| it.filterable.as_ref());
            listed(configured, "FilterRestrictions", "NonFilterableProperties")
        });
        let sortable = of("order_by").and_then(|()| {
            let configured = options.and_then(|it| it.sortable.as_ref());
            listed(configured, "SortRestrictions", "NonSortableProperties")
        });
        let expandable = of("expand").and_then(|()| listed(None, "ExpandRestrictions", "NonExpandableProperties"));
        Queries { words, filterable, sortable, expandable }
    }
}

fn is_by_key(node: &Resource) -> bool {
    matches!(node.segment, Segment::Key)
}

fn refuses(options: Option<&OperationOptions>, word: &str) -> bool {
    options.is_some_and(|it| it.refuse.iter().any(|it| it.get_ref() == word))
}

/// The operations that no request can say, though nothing refuses them, with the places that they are missed at.
pub(super) type Unsaid = BTreeMap<OperationId, Vec<Call>>;

/// What there is to say of them, where a client is generated.
pub(super) fn report(model: &Model<'_>, config: &Config, unsaid: &Unsaid, diagnostics: &mut Vec<Diagnostic>) {
    if config.service.is_none() {
        return;
    }
    for places in unsaid.values() {
        let Some((first, (span, why))) = places.first().and_then(|it| Some((it, calls::obstacle(model, it)?))) else {
            continue;
        };
        let kind = if calls::is_action(model, first) { "action" } else { "function" };
        let template = &first.template;
        let (more, verb) = match places.len() {
            1 => (String::new(), "gets"),
            many => (format!(" and {} like it", many - 1), "get"),
        };
        let cure =
            format!("to have it so without a word, write `refuse = [\"call\"]` under `[operation.\"{template}\"]`");
        diagnostics.push(
            Diagnostic::warning("select::unsayable", format!("the {kind} `{template}`{more} {verb} no method: {why}"))
                .at(span, "cannot be sent")
                .help(cure),
        );
    }
}

/// Whether a function or action can be called, and with which query options.
pub(super) fn decide_call(model: &Model<'_>, config: &Config, call: &mut Call, read_only: bool, unsaid: &mut Unsaid) {
    let options = config.operations.get(call.template.as_str());
    let read_only = read_only || options.is_some_and(|it| it.read_only);
    let writes = calls::is_action(model, call);
    if (read_only && writes) || refuses(options, "call") {
        return;
    }
    if calls::obstacle(model, call).is_some() {
        unsaid.entry(call.operation).or_default().push(call.clone());
        return;
    }
    let words = Queries::WORDS.into_iter().filter(|it| calls::takes(model, call, it) && !refuses(options, it));
    let listed = |names: Option<&Vec<toml::Spanned<String>>>| {
        names.map(|names| names.iter().map(|it| it.get_ref().clone()).collect::<Vec<String>>())
    };
    let words: Vec<&'static str> = words.collect();
    let filterable = options.filter(|_| words.contains(&"filter")).and_then(|it| listed(it.filterable.as_ref()));
    let sortable = options.filter(|_| words.contains(&"order_by")).and_then(|it| listed(it.sortable.as_ref()));
    call.offered = Some(Queries { words, filterable, sortable, expandable: None });
}
