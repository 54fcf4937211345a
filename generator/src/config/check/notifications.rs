//! `[notifications]` and `[resource]`: types, properties and paths that are not what they are said to be.

use toml::Spanned;

use super::{Check, flat, similar};
use crate::config::{KeyStyle, NotificationSubscription, Notifications, ResourceOptions};
use crate::model::{ItemType, Primitive, TypeId, TypeKind, TypeRef};
use crate::select::{Segment, key};

/// What a property must be.
#[derive(Clone, Copy)]
enum Wanted {
    Guid,
    Text,
    Texts,
    Word,
    Time,
    Whole,
    One,
    Many,
}

impl Wanted {
    fn words(self) -> &'static str {
        match self {
            Self::Guid => "an `Edm.Guid`",
            Self::Text => "an `Edm.String`",
            Self::Texts => "a `Collection(Edm.String)`",
            Self::Word => "an enumeration or an `Edm.String`",
            Self::Time => "an `Edm.DateTimeOffset`",
            Self::Whole => "an `Edm.Int64` or an `Edm.Int32`",
            Self::One => "one value of a complex or entity type that is not `closed`",
            Self::Many => "a collection of a complex or entity type that is not `closed`",
        }
    }
}

impl Check<'_, '_> {
    pub(super) fn notifications(&mut self) {
        let config = self.config;
        if let Some(options) = &config.value.notifications
            && self.has_service(&options.collection)
        {
            self.of_notifications(options);
            if let Some(options) = &options.subscription {
                self.of_subscription(options);
            }
        }
        for (name, options) in &config.value.resources {
            if !self.has_service(name) {
                return;
            }
            if let Some(id) = self.selected_type(name) {
                self.of_subscribed(id, options);
            }
        }
    }

    fn has_service(&mut self, of: &Spanned<String>) -> bool {
        let has = self.config.value.service.is_some();
        if !has {
            let fault = "notifications need a client, and no service is configured".to_owned();
            self.error("config::no-service", fault, self.config.span(of), "add `[service]`, or remove the entry");
        }
        has
    }

    fn of_notifications(&mut self, options: &Notifications) {
        let Some(collection) = self.selected_type(&options.collection) else { return };
        self.role(collection, &options.validation_tokens, Wanted::Texts);
        let Some(item) = self.role(collection, &options.items, Wanted::Many) else { return };
        let it = &options.item;
        for (name, wanted) in [
            (&it.subscription, Wanted::Guid),
            (&it.tenant, Wanted::Guid),
            (&it.state, Wanted::Text),
            (&it.event, Wanted::Word),
            (&it.path, Wanted::Text),
            (&it.data, Wanted::One),
        ] {
            self.role(item, name, wanted);
        }
        let Some(content) = self.role(item, &it.content, Wanted::One) else { return };
        let it = &options.content;
        for name in [&it.data, &it.key, &it.signature, &it.certificate] {
            self.role(content, name, Wanted::Text);
        }
    }

    fn of_subscription(&mut self, options: &NotificationSubscription) {
        let (model, config, selection) = (self.model, self.config, self.selection);
        let (path, span) = (options.path.get_ref(), config.span(&options.path));
        let places = flat(&selection.resources);
        let is_closed = |id: TypeId| config.value.is_closed(&model.qualified_name(id));
        let all = places.iter().find(|it| it.template == format!("/{path}") && !path.contains('{'));
        let Some(all) = all.filter(|it| it.is_collection && it.is_offered() && !is_closed(it.entity_type)) else {
            let known = places.iter().filter(|it| it.is_collection && it.is_offered() && !it.template.contains('{'));
            let known: Vec<&str> = known.map(|it| it.template.trim_start_matches('/')).collect();
            let fault = format!("`{path}` is not the path of a selected collection of structs");
            self.lacks("config::unknown-path", fault, span, similar(path, known.iter().copied()));
            return;
        };
        let one = places.iter().find(|it| it.template == format!("/{path}/{{id}}") && it.segment == Segment::Key);
        let has_text_key = key(model, all.entity_type)
            .is_some_and(|it| matches!(&it[..], [part] if part.ty.item == ItemType::Primitive(Primitive::String)));
        let in_segments = config.value.service.as_ref().is_some_and(|it| it.keys == KeyStyle::Segments);
        if !(has_text_key && in_segments) {
            let fault = format!("one of `{path}` cannot be asked for by one string that is a segment");
            self.lacks("config::no-key", fault, span, "remove `subscription`".to_owned());
        }
        let is_writable = one.is_some_and(|it| it.offers.update && it.offers.delete);
        if !(all.offers.list.is_some() && all.offers.create && is_writable) {
            let fault = format!("`/{path}` lacks a request that a subscription is kept alive with");
            let help = "offer its list, create, update and delete, or remove `subscription`".to_owned();
            self.lacks("config::no-request", fault, span, help);
        }
        for (name, wanted) in [
            (&options.resource, Wanted::Text),
            (&options.url, Wanted::Text),
            (&options.lifecycle_url, Wanted::Text),
            (&options.changes, Wanted::Text),
            (&options.state, Wanted::Text),
            (&options.expires, Wanted::Time),
        ] {
            self.role(all.entity_type, name, wanted);
        }
        let action = options.reauthorize.get_ref();
        let calls = one.map(|it| it.calls.as_slice()).unwrap_or_default();
        if !calls.iter().any(|it| it.is_plain_action(model) && it.name == *action) {
            let known = calls.iter().filter(|it| it.is_plain_action(model)).map(|it| it.name.as_str());
            let help = similar(action, known);
            let fault = format!("`{action}` is no action that is bound to one of `/{path}` and takes nothing");
            self.lacks("config::unknown-operation", fault, config.span(&options.reauthorize), help);
        }
    }

    fn of_subscribed(&mut self, id: TypeId, options: &ResourceOptions) {
        let (model, config, selection) = (self.model, self.config, self.selection);
        for (name, wanted) in [(&options.version, Wanted::Whole), (&options.since, Wanted::Time)] {
            if let Some(name) = name {
                self.role(id, name, wanted);
            }
        }
        for number in std::iter::once(&options.longest_minutes).chain(&options.retention_days) {
            if *number.get_ref() == 0 {
                let fault = "nothing lives for no time at all".to_owned();
                self.error("config::no-time", fault, config.span(number), "write a number above 0");
            }
        }
        let path = format!("/{}", options.subscription.get_ref());
        let span = config.span(&options.subscription);
        let places = flat(&selection.resources);
        // By one key, and through the container or navigation properties alone: no key stands in the path.
        let fits = |template: &str| {
            places.iter().any(|it| {
                it.template == template
                    && it.is_collection
                    && it.is_offered()
                    && it.entity_type == id
                    && !template.contains('{')
            })
        };
        if !fits(&path) {
            let known = places.iter().map(|it| it.template.as_str()).filter(|it| fits(it));
            let known: Vec<&str> = known.map(|it| it.trim_start_matches('/')).collect();
            let help = similar(options.subscription.get_ref(), known.iter().copied());
            let fault = format!(
                "`{}` is not the path of a selected collection of `{}`",
                options.subscription.get_ref(),
                model.qualified_name(id)
            );
            self.lacks("config::unknown-path", fault, span, help);
            return;
        }
        let item = places.iter().find(|it| it.template == format!("{path}/{{id}}") && it.segment == Segment::Key);
        let in_segments = config.value.service.as_ref().is_some_and(|it| it.keys == KeyStyle::Segments);
        let has_key = key(model, id).is_some_and(|it| it.len() == 1) && item.is_some_and(|it| it.is_offered());
        if !(has_key && in_segments) {
            let fault = format!("one `{}` cannot be asked for by one key that is a segment", model.qualified_name(id));
            self.lacks("config::no-key", fault, span, "remove the entry".to_owned());
        }
        let lists = places.iter().any(|it| it.template == path && it.offers.list.is_some());
        if let Some(since) = options.since.as_ref().filter(|_| !lists) {
            let fault = format!("`{path}` cannot be listed, so nothing comes of `since`");
            self.lacks("config::not-listed", fault, config.span(since), "remove it".to_owned());
        }
    }

    /// A structured type that is selected and not closed.
    fn selected_type(&mut self, name: &Spanned<String>) -> Option<TypeId> {
        let (model, config, selection) = (self.model, self.config, self.selection);
        let (wanted, span) = (name.get_ref().as_str(), config.span(name));
        let found = model.find_type(wanted).map(|id| (id, model.qualified_name(id)));
        match found {
            None => {
                let names: Vec<String> = selection.order.iter().map(|id| model.qualified_name(*id)).collect();
                let help = similar(wanted, names.iter().map(String::as_str));
                self.lacks("config::unknown-type", format!("type `{wanted}` is not in this document"), span, help);
            }
            Some((_, full)) if full != wanted => self.alias(wanted, &full, span),
            Some((id, _)) if !selection.contains(id) => {
                let fault = format!("type `{wanted}` is not selected, so nothing comes of this");
                self.lacks("config::unselected-type", fault, span, "select it, or remove the entry".to_owned());
            }
            Some((id, full)) if model.structured(id).is_none() || config.value.is_closed(&full) => {
                let fault = format!("`{wanted}` does not become a struct");
                self.error("config::not-structured", fault, span, "name a complex or entity type that is not `closed`");
            }
            Some((id, _)) => return Some(id),
        }
        None
    }

    /// A property that must be of some kind; the type that it leads to.
    fn role(&mut self, owner: TypeId, name: &Spanned<String>, wanted: Wanted) -> Option<TypeId> {
        let (model, config) = (self.model, self.config);
        let (owner_name, span) = (model.qualified_name(owner), config.span(name));
        let all = model.all_properties(owner);
        let Some((_, property)) = all.iter().find(|(_, it)| it.name == name.get_ref()) else {
            let fault = format!("`{owner_name}` has no property `{}`", name.get_ref());
            self.lacks(
                "config::unknown-property",
                fault,
                span,
                similar(name.get_ref(), all.iter().map(|(_, it)| it.name)),
            );
            return None;
        };
        if self.is(property.ty, wanted) {
            return match property.ty.item {
                ItemType::Declared(id) => Some(id),
                ItemType::Primitive(_) => None,
            };
        }
        let fault = format!("`{owner_name}/{}` is `{}`", property.name, model.type_text(property.ty));
        self.lacks("config::property-type", fault, span, format!("name a property that is {}", wanted.words()));
        None
    }

    fn is(&self, ty: TypeRef, wanted: Wanted) -> bool {
        let model = self.model;
        let is_struct = |id: TypeId| {
            let name = model.qualified_name(id);
            model.structured(id).is_some() && self.selection.contains(id) && !self.config.value.is_closed(&name)
        };
        match (ty.item, ty.is_collection, wanted) {
            (ItemType::Primitive(Primitive::Guid), false, Wanted::Guid)
            | (ItemType::Primitive(Primitive::String), false, Wanted::Text | Wanted::Word)
            | (ItemType::Primitive(Primitive::String), true, Wanted::Texts)
            | (ItemType::Primitive(Primitive::DateTimeOffset), false, Wanted::Time)
            | (ItemType::Primitive(Primitive::Int64 | Primitive::Int32), false, Wanted::Whole) => true,
            (ItemType::Declared(id), false, Wanted::Word) => {
                matches!(&model.ty(id).kind, TypeKind::Enum(it) if !it.is_flags)
            }
            (ItemType::Declared(id), false, Wanted::One) | (ItemType::Declared(id), true, Wanted::Many) => {
                is_struct(id)
            }
            _ => false,
        }
    }
}
