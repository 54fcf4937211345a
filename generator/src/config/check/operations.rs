//! Options of operations: paths that lead nowhere, and names that stand for nothing there.

use std::collections::BTreeMap;

use toml::Spanned;

use super::limits::keyed;
use super::{Check, calls, flat, similar};
use crate::config::{LongestRange, OperationOptions};
use crate::csdl::OperationKind;
use crate::model::{ItemType, Primitive, TypeId, TypeRef};
use crate::nearest::nearest;
use crate::select::{Call, OPERATIONS, Queries, Resource, parameters};

/// What a property can stand under in a filter: operators, functions, and conditions on a collection.
const FILTERS: [&str; 39] = [
    "eq",
    "ne",
    "gt",
    "ge",
    "lt",
    "le",
    "in",
    "has",
    "any",
    "all",
    "$count",
    "add",
    "sub",
    "mul",
    "div",
    "mod",
    "contains",
    "startswith",
    "endswith",
    "indexof",
    "substring",
    "concat",
    "length",
    "tolower",
    "toupper",
    "trim",
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "fractionalseconds",
    "date",
    "time",
    "totalseconds",
    "round",
    "floor",
    "ceiling",
];

/// What stands at a path.
enum At<'c> {
    Resource(&'c Resource),
    Calls(Vec<&'c Call>),
}

impl<'c> Check<'c, '_> {
    /// What `refuse` and `documentation` list, and the statuses of `help`.
    pub(super) fn operation_words(&mut self) {
        let config = self.config;
        for options in config.value.operations.values() {
            for word in &options.refuse {
                self.known_word(
                    "refused",
                    word,
                    &OPERATIONS.iter().chain(&Queries::WORDS).copied().collect::<Vec<_>>(),
                );
            }
            for word in options.documentation.by_word.keys() {
                self.known_word("documented", word, &OPERATIONS);
            }
            for status in options.help.keys() {
                if status.get_ref().parse::<u16>().is_ok_and(|it| (400..600).contains(&it)) {
                    continue;
                }
                let fault = format!("`{}` is no status of an error", status.get_ref().escape_debug());
                self.error("config::help-status", fault, config.span(status), "write a number from 400 to 599");
            }
        }
    }

    fn known_word(&mut self, what: &str, word: &Spanned<String>, known: &[&str]) {
        if known.contains(&word.get_ref().as_str()) {
            return;
        }
        let fault = format!("`{}` is nothing that can be {what}", word.get_ref());
        let help = match nearest(word.get_ref(), known.iter().copied()) {
            Some(near) => format!("a similar word is: `{near}`"),
            None => {
                let known: Vec<String> = known.iter().map(|it| format!("`{it}`")).collect();
                format!("these can be: {}", known.join(", "))
            }
        };
        let code = if what == "refused" { "config::unknown-refusal" } else { "config::unknown-word" };
        self.error(code, fault, self.config.span(word), help);
    }

    pub(super) fn operations(&mut self) {
        let (config, selection) = (self.config, self.selection);
        let mut known: BTreeMap<&str, At<'c>> = BTreeMap::new();
        // What only leads to a root has no operations, but may be `read_only`.
        for resource in flat(&selection.resources) {
            known.insert(&resource.template, At::Resource(resource));
        }
        for call in calls(selection) {
            match known.entry(&call.template).or_insert_with(|| At::Calls(Vec::new())) {
                At::Calls(calls) => calls.push(call),
                // A navigation property of that name is what the path stands for.
                At::Resource(_) => {}
            }
        }
        for (path, options) in &config.value.operations {
            match known.get(path.get_ref().as_str()) {
                Some(At::Resource(it)) if it.is_root || options.read_only => self.of_resource(it, options),
                Some(At::Calls(calls)) => self.of_calls(calls, options),
                _ if self.whole => self.unknown_operation(path, known.keys().copied().collect()),
                _ => {}
            }
        }
    }

    fn unknown_operation(&mut self, path: &Spanned<String>, known: Vec<&str>) {
        let keyed = keyed(path.get_ref());
        let help = match known.iter().find(|it| **it == keyed && *it != path.get_ref()) {
            Some(exact) => format!("write `{exact}`"),
            None => similar(&keyed, known.into_iter().filter(|it| *it != path.get_ref())),
        };
        let fault = format!("no operation is generated at `{}`", path.get_ref());
        self.lacks("config::unknown-operation", fault, self.config.span(path), help);
    }

    fn of_resource(&mut self, resource: &Resource, options: &OperationOptions) {
        let filterable = options.filterable.iter().flatten();
        filterable.for_each(|it| self.filterable(resource.entity_type, it));
        let lists = [options.sortable.as_ref(), Some(&options.required)];
        self.properties_of(resource.entity_type, lists.into_iter().flatten().flatten().collect());
        if let Some(range) = &options.longest_range {
            let fault = "`longest_range` is for functions, and this path is none".to_owned();
            let help = "write it under the path of the function: where it is bound, and its name";
            self.error("config::range", fault, self.config.span(&range.days), help);
        }
    }

    /// What a filter may use: a path of properties, and words that it may stand under.
    fn filterable(&mut self, id: TypeId, entry: &Spanned<String>) {
        let mut words = entry.get_ref().split(' ');
        let mut at = Some(ItemType::Declared(id));
        for name in words.next().unwrap_or_default().split('/') {
            let Some(ItemType::Declared(id)) = at else {
                let fault = format!("nothing stands below a primitive value: `{name}`");
                self.lacks("config::unknown-property", fault, self.config.span(entry), "remove the entry".to_owned());
                return;
            };
            let all = self.model.all_properties(id);
            let Some((_, property)) = all.iter().find(|(_, it)| it.name == name) else {
                let fault = format!("`{}` has no property `{name}`", self.model.qualified_name(id));
                let help = similar(name, all.iter().map(|(_, it)| it.name));
                self.lacks("config::unknown-property", fault, self.config.span(entry), help);
                return;
            };
            at = Some(property.ty.item);
        }
        if let Some(word) = words.find(|it| !FILTERS.contains(it)) {
            let help = similar(word, FILTERS);
            let fault = format!("a filter has no operator or function `{word}`");
            self.error("config::unknown-operator", fault, self.config.span(entry), help);
        }
    }

    /// Names of properties that the type at a path lacks.
    fn properties_of(&mut self, id: TypeId, names: Vec<&Spanned<String>>) {
        let all = self.model.all_properties(id);
        let type_name = self.model.qualified_name(id);
        for name in names.into_iter().filter(|name| !all.iter().any(|(_, it)| it.name == name.get_ref())) {
            let fault = format!("`{type_name}` has no property `{}`", name.get_ref());
            let help = similar(name.get_ref(), all.iter().map(|(_, it)| it.name));
            self.lacks("config::unknown-property", fault, self.config.span(name), help);
        }
    }

    fn of_calls(&mut self, calls: &[&Call], options: &OperationOptions) {
        let model = self.model;
        let answer = |it: &&Call| match model.operation(it.operation).return_type.as_ref()?.ty {
            TypeRef { item: ItemType::Declared(id), is_collection } => Some((id, is_collection)),
            TypeRef { item: ItemType::Primitive(_), .. } => None,
        };
        let answers: Vec<(TypeId, bool)> = calls.iter().filter_map(answer).collect();
        if let Some((id, _)) = answers.first() {
            options.filterable.iter().flatten().for_each(|it| self.filterable(*id, it));
            self.properties_of(*id, options.sortable.iter().flatten().collect());
        }
        let Some(range) = &options.longest_range else { return };
        match answers.iter().find(|(_, is_collection)| *is_collection) {
            Some((id, _)) => self.range(calls, *id, range),
            None => {
                let fault = "`longest_range` is for functions that answer with many values".to_owned();
                self.error("config::range", fault, self.config.span(&range.days), "remove it");
            }
        }
    }

    /// A range is one of two points in time, and rows are told apart by a property that they have.
    fn range(&mut self, calls: &[&Call], row: TypeId, range: &LongestRange) {
        self.properties_of(row, vec![&range.key]);
        let model = self.model;
        let functions = calls.iter().map(|it| model.operation(it.operation));
        let times: Vec<&str> = functions
            .filter(|it| it.kind == OperationKind::Function)
            .flat_map(parameters)
            .filter(|it| {
                it.ty == TypeRef { is_collection: false, item: ItemType::Primitive(Primitive::DateTimeOffset) }
            })
            .map(|it| it.name)
            .collect();
        for name in [&range.from, &range.to].into_iter().filter(|it| !times.contains(&it.get_ref().as_str())) {
            let fault = format!("the function has no parameter `{}` of type `Edm.DateTimeOffset`", name.get_ref());
            let known: Vec<String> = times.iter().map(|it| format!("`{it}`")).collect();
            let help = match nearest(name.get_ref(), times.iter().copied()) {
                Some(near) => format!("a similar name is: `{near}`"),
                None => format!("these can be: {}", known.join(", ")),
            };
            self.lacks("config::unknown-parameter", fault, self.config.span(name), help);
        }
        let is_key = |ty: TypeRef| {
            use Primitive::{Byte, Guid, Int16, Int32, Int64, SByte, String};
            let ItemType::Primitive(it) = ty.item else { return false };
            !ty.is_collection && matches!(it, String | Guid | SByte | Byte | Int16 | Int32 | Int64)
        };
        let all = model.all_properties(row);
        if all.iter().any(|(_, it)| it.name == range.key.get_ref() && !is_key(it.ty)) {
            let fault = format!("`{}` cannot tell rows apart", range.key.get_ref());
            let help = "name a property that is a string, a Guid or a whole number";
            self.error("config::range", fault, self.config.span(&range.key), help);
        }
        if *range.days.get_ref() == 0 {
            let fault = "a range of no days cannot be asked for".to_owned();
            self.error("config::range", fault, self.config.span(&range.days), "write how many days it may have");
        }
    }
}
