//! What types offer: fields, constants, accessors, variants, descent.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::paths::{Aliases, Scope};
use super::surface::{Entry, Surface};
use super::{Aspect, Element};
use crate::config::{Config, Loaded};
use crate::csdl::{Facets, Text};
use crate::model::{Annotations, Enum, Model, Property, PropertyKind, TypeId, TypeKind};
use crate::names::{Ident, Names, TypeNames};
use crate::plan::{ClosedPlan, ConstantKind, FilePlan, Gate, Item, ModulePlan, Plan, StructPlan};
use crate::select::Selection;

/// What a surface is read off.
pub(super) struct Context<'c> {
    pub(super) model: &'c Model<'c>,
    pub(super) selection: &'c Selection,
    pub(super) config: &'c Loaded<Config>,
    pub(super) names: &'c Names,
    pub(super) plan: &'c Plan,
    pub(super) aliases: &'c Aliases,
    /// Types that stand in for those of documents which were not given.
    pub(super) opaque: &'c BTreeSet<TypeId>,
}

/// Adds everything that the selected types offer.
pub(super) fn types(context: &Context<'_>, surface: &mut Surface) {
    let mut files: BTreeMap<(&Ident, &Ident), (&ModulePlan, &FilePlan)> = BTreeMap::new();
    for module in &context.plan.modules {
        files.extend(module.files.iter().map(|file| ((&module.name, &file.name), (module, file))));
    }
    for (schema, module) in &context.names.modules {
        let declared = context.model.schema(*schema);
        let is_opaque = |it: &&TypeId| context.opaque.contains(it) || context.model.ty(**it).schema != *schema;
        if context.selection.order.iter().all(|it| is_opaque(&it)) {
            continue;
        }
        let entry = Entry::new(declared.span).named([(String::new(), module.as_str())]);
        surface.add(Element::Namespace, declared.namespace, entry);
    }
    for id in context.selection.order.iter().filter(|it| !context.opaque.contains(it)) {
        let (Some(names), Some(module)) =
            (context.names.types.get(id), context.names.modules.get(&context.model.ty(*id).schema))
        else {
            continue;
        };
        let Some((module, file)) = files.get(&(module, &names.file)) else { continue };
        let scope =
            Scope::new(vec![module.name.as_str(), file.name.as_str()], &file.exports, &file.imports, context.aliases);
        let qualified = context.model.qualified_name(*id);
        OneType { context, id: *id, qualified, names, module, file, scope }.add(surface);
    }
}

struct OneType<'c> {
    context: &'c Context<'c>,
    id: TypeId,
    qualified: String,
    names: &'c TypeNames,
    module: &'c ModulePlan,
    file: &'c FilePlan,
    scope: Scope<'c>,
}

impl OneType<'_> {
    fn path(&self, name: &Ident) -> String {
        format!("{}::{}", self.module.name.as_str(), name.as_str())
    }

    fn add(&self, surface: &mut Surface) {
        let ty = self.context.model.ty(self.id);
        let mut shape = "";
        let mut target = String::new();
        let (mut closed, mut structure) = (None, None);
        for item in &self.file.items {
            match item {
                Item::Closed(it) => (shape, closed) = ("enum over derived types", Some(it)),
                Item::Struct(it) => {
                    structure = Some(it);
                    shape = if closed.is_some() { shape } else { "struct" };
                }
                Item::Enum(_) => shape = "enum",
                Item::Alias(it) => {
                    shape = "alias";
                    target = self.scope.absolute(&it.ty);
                }
            }
        }
        let module = self.module.name.as_str();
        let own = [&self.names.name, &self.names.base].into_iter().filter(|it| !it.as_str().is_empty());
        let entry = Entry::new(ty.span)
            .named(own.map(|it| (module.to_owned(), it.as_str())))
            .fact(Aspect::Shape, shape)
            .fact(Aspect::Type, target)
            .fact(Aspect::Feature, features(&self.module.gate, &self.file.gate))
            .fact(Aspect::Declared, declared(&ty.kind))
            .fact(Aspect::Deprecation, note(&ty.annotations));
        surface.add(Element::Type, self.qualified.clone(), entry);
        if let Some(structure) = structure {
            self.properties(structure, closed, surface);
            self.descent(surface);
        }
        if let Some(closed) = closed {
            self.variants(closed, surface);
        }
        if let TypeKind::Enum(declared) = &ty.kind {
            self.members(declared, surface);
        }
    }

    fn entry(&self, span: crate::source::Span) -> Entry {
        Entry::new(span).owner(Element::Type, &self.qualified)
    }

    fn properties(&self, structure: &StructPlan, closed: Option<&ClosedPlan>, surface: &mut Surface) {
        for (place, (declaring, property)) in self.context.model.all_properties(self.id).into_iter().enumerate() {
            let Some(field) = structure.fields.iter().find(|it| it.wire == property.name) else { continue };
            let holder = self.path(&structure.name);
            let mut names = vec![(holder.clone(), field.name.as_str())];
            let accessor = closed.and_then(|it| it.accessors.iter().find(|it| it.name == field.name));
            names.extend(accessor.map(|it| (self.path(&self.names.name), it.name.as_str())));
            let constant = structure.constants.iter().find(|it| it.wire == property.name);
            names.extend(constant.map(|it| (holder.clone(), it.name.as_str())));
            let query = constant.map(|it| {
                let kind = match it.kind {
                    ConstantKind::Property => "Property",
                    ConstantKind::One => "Navigation to one",
                    ConstantKind::Many => "Navigation to many",
                };
                format!("{kind}<{}>", self.scope.absolute(&it.ty))
            });
            let mut entry = self
                .entry(property.span)
                .named(names)
                .fact(Aspect::Type, format!("Option<{}>", self.scope.absolute(&field.ty)))
                .fact(Aspect::Query, query.unwrap_or_default())
                .fact(Aspect::DeclaredType, self.context.model.type_text(property.ty))
                .fact(Aspect::Declared, property_kind(property))
                .fact(Aspect::Nullable, property.nullable.map(|it| it.to_string()).unwrap_or_default())
                .fact(Aspect::Facets, facets(&property.facets, &property.kind))
                .fact(Aspect::Deprecation, field.deprecated.clone().unwrap_or_default());
            if declaring == self.id {
                entry.place = Some(place);
            } else {
                entry.declared_by = Some(self.context.model.qualified_name(declaring));
            }
            surface.add(Element::Property, format!("{}/{}", self.qualified, property.name), entry);
        }
    }

    /// What `downcast` and `is` lead from. Of a closed base that is matching: its variants say so.
    fn descent(&self, surface: &mut Surface) {
        let model = self.context.model;
        for base in model.ancestry(self.id).skip(1) {
            let qualified = model.qualified_name(base);
            if self.context.config.value.is_closed(&qualified) {
                continue;
            }
            let entry = self.entry(model.ty(self.id).span);
            let entry = Entry { rust: vec![self.path(&self.names.name)], ..entry };
            surface.add(Element::Descent, format!("{} from {qualified}", self.qualified), entry);
        }
    }

    fn variants(&self, closed: &ClosedPlan, surface: &mut Surface) {
        let model = self.context.model;
        for (derived, name) in &self.names.variants {
            let Some(plan) = closed.variants.iter().find(|it| it.name == *name) else { continue };
            let qualified = model.qualified_name(*derived);
            let subject = format!("{}/{qualified}", self.qualified);
            let entry = self
                .entry(model.ty(*derived).span)
                .named([(self.path(&closed.name), name.as_str())])
                .fact(Aspect::Type, format!("Box<{}>", self.scope.absolute(&plan.ty)))
                .fact(Aspect::Feature, features(&Gate::default(), &plan.gate));
            surface.add(Element::Variant, subject.clone(), entry);
            for property in plan.only.iter().filter(|_| closed.infer) {
                let all = model.all_properties(*derived);
                let span = all.iter().find(|(_, it)| it.name == property).map(|(_, it)| it.span);
                let entry = Entry::new(span).owner(Element::Variant, &subject);
                let entry = Entry { rust: vec![format!("{}::{}", self.path(&closed.name), name.as_str())], ..entry };
                surface.add(Element::Deciding, format!("{subject}/{property}"), entry);
            }
        }
    }

    fn members(&self, declared: &Enum<'_>, surface: &mut Surface) {
        let holder = self.path(&self.names.name);
        for (place, (member, name)) in declared.members.iter().zip(&self.names.members).enumerate() {
            let entry = self
                .entry(member.span)
                .named([(holder.clone(), name.as_str())])
                .fact(Aspect::Value, member.value.to_string())
                .fact(Aspect::Deprecation, note(&member.annotations));
            let entry = Entry { place: Some(place), ..entry };
            surface.add(Element::Member, format!("{}/{}", self.qualified, member.name), entry);
        }
    }
}

fn features(module: &Gate, own: &Gate) -> String {
    let gate = if own.0.is_empty() { module } else { own };
    gate.0.join(", ")
}

/// What the document says of a type and Rust does not show.
fn declared(kind: &TypeKind<'_>) -> String {
    match kind {
        TypeKind::Structured(it) => {
            let mut text = if it.is_entity { "EntityType" } else { "ComplexType" }.to_owned();
            for (flag, word) in
                [(it.is_abstract, " Abstract"), (it.is_open, " OpenType"), (it.has_stream, " HasStream")]
            {
                text.push_str(if flag { word } else { "" });
            }
            for (property, _) in &it.key {
                let _infallible = write!(text, " Key={property}");
            }
            text
        }
        TypeKind::Enum(it) => {
            format!("EnumType UnderlyingType={}{}", it.underlying.name(), if it.is_flags { " IsFlags" } else { "" })
        }
        TypeKind::Definition(it) => format!("TypeDefinition UnderlyingType={}", it.underlying.name()),
    }
}

fn property_kind(property: &Property<'_>) -> String {
    match &property.kind {
        PropertyKind::Structural { .. } => "Property".to_owned(),
        PropertyKind::Overlay => "added by the configuration".to_owned(),
        PropertyKind::Navigation { contains_target, partner, .. } => {
            let contains = if *contains_target { " ContainsTarget" } else { "" };
            let partner = partner.map(|it| format!(" Partner={it}")).unwrap_or_default();
            format!("NavigationProperty{contains}{partner}")
        }
    }
}

pub(super) fn facets(facets: &Facets<'_>, kind: &PropertyKind<'_>) -> String {
    let text = |it: &Option<Text<'_>>| it.as_ref().map(|it| it.value.to_string());
    let default = match kind {
        PropertyKind::Structural { default_value } => default_value.map(str::to_owned),
        _ => None,
    };
    let all = [
        ("MaxLength", text(&facets.max_length)),
        ("Precision", text(&facets.precision)),
        ("Scale", text(&facets.scale)),
        ("Unicode", facets.unicode.map(|it| it.to_string())),
        ("SRID", text(&facets.srid)),
        ("DefaultValue", default),
    ];
    let all = all.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?)));
    all.collect::<Vec<String>>().join(" ")
}

/// What is said of the deprecation of something that is not marked as deprecated in Rust.
pub(super) fn note(said: &Annotations<'_>) -> String {
    crate::plan::deprecation(said, None).unwrap_or_default()
}
