//! 6.5: keys.

use super::Resolver;
use super::declare::Declared;
use crate::csdl::{Key, SchemaItem, Text};
use crate::diagnostic::Diagnostic;
use crate::model::{ItemType, Primitive, TypeId, TypeKind};
use crate::source::Span;

impl<'m> Resolver<'m, '_> {
    /// Checks the key of every entity type that has one. An entity whose key cannot be written has no path, and everything
    /// else of its type is as it would be, so that all but repeated parts are warnings; an example of OASIS names a
    /// property that is not there.
    pub(super) fn check_keys(&mut self, declared: &[Declared<'m>]) {
        for it in declared {
            let (Some(id), SchemaItem::Entity(entity)) = (it.id, it.item) else { continue };
            if let Some(key) = &entity.key {
                self.check_key(it.document, id, &entity.structure.name, key);
            }
        }
    }

    fn check_key(&mut self, document: usize, id: TypeId, name: &Text<'_>, key: &'m Key<'m>) {
        let inherited = self.model.ancestry(id).skip(1).find(|it| {
            let base = self.model.structured(*it);
            base.is_some_and(|it| !it.key.is_empty())
        });
        if let Some(base) = inherited {
            let message = format!("`{}` has a key, and inherits one", self.model.qualified_name(id));
            self.report(
                Diagnostic::warning("resolve::key", message)
                    .at(name.span, "has a key of its own")
                    .also(self.model.ty(base).span, "has a key")
                    .help("a key stands in one type of a line; remove the other"),
            );
        }
        let mut names: Vec<(&str, Span)> = Vec::new();
        for part in &key.properties {
            let called = part.alias.as_ref().unwrap_or(&part.name);
            if let Some((_, first)) = names.iter().find(|(it, _)| *it == called.value) {
                self.report(Self::twice("key property", called, *first));
                continue;
            }
            if names.len() < 100 {
                names.push((&called.value, called.span));
            }
            if part.alias.is_none() && part.name.value.contains('/') {
                let message = format!("`{}` is a path and has no alias", part.name.value);
                self.report(
                    Diagnostic::warning("resolve::key", message)
                        .at(part.name.span, "part of a key")
                        .help("give it an `Alias`, which stands for it in URLs"),
                );
            }
            self.check_part(document, id, &part.name);
        }
    }

    fn check_part(&mut self, document: usize, id: TypeId, part: &Text<'_>) {
        let end = match self.follow(document, id, &part.value) {
            Ok(end) => end,
            Err(lost) => {
                let name = self.model.qualified_name(id);
                let message = format!("the key of `{name}` names `{}`, so no path leads to one of them", part.value);
                return self.report_lost(Diagnostic::warning("resolve::unknown-property", message), part.span, &lost);
            }
        };
        let fits = match self.underlying(end.ty) {
            ItemType::Primitive(it) => {
                let text = matches!(it, Primitive::String | Primitive::Guid | Primitive::Boolean);
                text || it.is_integer()
                    || matches!(
                        it,
                        Primitive::Date
                            | Primitive::DateTimeOffset
                            | Primitive::Decimal
                            | Primitive::Duration
                            | Primitive::TimeOfDay
                            // 4.4: of a type definition that has a fault, and of an abstract type.
                            | Primitive::Untyped
                            | Primitive::PrimitiveType
                    )
            }
            ItemType::Declared(it) => matches!(self.model.ty(it).kind, TypeKind::Enum(_)),
        };
        let Some((declaring, at)) = end.property else { return };
        let Some(property) = self.property_at(declaring, at) else { return };
        let (place, nullable) = (property.span, property.nullable);
        if !fits || end.is_many {
            let ty = self.model.type_text(end.ty());
            let message = format!("`{}` cannot be part of a key, since its type is `{ty}`", part.value);
            self.report(
                Diagnostic::warning("resolve::key", message)
                    .at(part.span, "part of a key")
                    .also(place, "declared here")
                    .help("a key has single values: numbers, strings, dates, booleans, GUIDs or enumerations"),
            );
        } else if nullable == Some(true) {
            // Many services leave `Nullable` out at keys, where nobody takes its default for meant.
            let message = format!("key property `{}` may be null", part.value);
            self.report(
                Diagnostic::warning("resolve::nullable-key", message)
                    .at(part.span, "part of a key")
                    .also(place, "declared here")
                    .help("write `Nullable=\"false\"`"),
            );
        }
    }
}
