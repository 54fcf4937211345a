//! Compares two JSON documents as OData values: instants, durations, decimals and base64 by value, everything else by
//! text; nulls of declared properties aside. What a property holds is asked of the metadata, never of the generated
//! code: this is the oracle that the generated code is held against.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use graph_call_records::odata_runtime::{Binary, Decimal, SignedDuration, Timestamp, Value, from_str};
use odata_codegen::csdl::{self, Limits};
use odata_codegen::model::{ItemType, Model, Primitive, PropertyKind, TypeId, TypeKind, resolve};
use odata_codegen::source::Sources;
use serde_json::value::RawValue;

/// The structured types of the slice and its overlays, by qualified name.
pub struct Schema {
    types: BTreeMap<String, Type>,
}

/// An entity or complex type.
pub struct Type {
    /// Its qualified name, then the same by each alias of its namespace.
    pub names: Vec<String>,
    /// Its own and inherited ones.
    pub properties: Vec<Property>,
    /// Every type derived from it, by qualified name.
    pub derived: Vec<String>,
    /// Read as one of the derived types, by what the object states.
    pub closed: bool,
    /// And, where it states nothing, by its properties.
    pub infer: bool,
}

pub struct Property {
    pub name: String,
    pub is_collection: bool,
    /// A collection of entities: its annotations `odata.count` and `odata.nextLink` are taken.
    pub is_expanded: bool,
    pub item: Item,
}

pub enum Item {
    Primitive(Primitive),
    Enum(Vec<String>),
    Structured(String),
}

/// The one of this repository.
pub static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::load);

impl Schema {
    fn load() -> Self {
        let mut sources = Sources::default();
        let mut diagnostics = Vec::new();
        let document = sources.add("call-records.csdl", super::read("metadata/call-records.csdl"));
        let config = sources.add("codegen.toml", super::read("metadata/codegen.toml"));
        let config = odata_codegen::config::read_config(config, &sources, &mut diagnostics);
        let documents = [csdl::read(document, sources.text(document), &Limits::default(), &mut diagnostics)];
        let overlays = config.overlays();
        let model = resolve(&documents, &overlays, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let structured = |id: &TypeId| matches!(model.ty(*id).kind, TypeKind::Structured(_));
        let mut types: BTreeMap<String, Type> = (model.types().map(|(id, _)| id).filter(structured))
            .map(|id| (model.qualified_name(id), Type::of(&model, id)))
            .collect();
        for (name, options) in &config.value.types {
            let ty = types.get_mut(name.get_ref()).expect("a type of the slice");
            ty.closed = options.closed.as_ref().is_some_and(|it| *it.get_ref());
            ty.infer = options.infer.as_ref().is_some_and(|it| *it.get_ref());
        }
        Self { types }
    }

    /// A type by its qualified name.
    pub fn ty(&self, name: &str) -> &Type {
        self.types.get(name).unwrap_or_else(|| panic!("{name} is not in the slice"))
    }

    /// Every name that any type declares.
    pub fn declared(&self) -> BTreeSet<&str> {
        self.types.values().flat_map(|ty| &ty.properties).map(|property| property.name.as_str()).collect()
    }

    /// Every place where the second document, a `root`, does not say what the first says.
    pub fn differences(&self, root: &str, before: &str, after: &str) -> Vec<String> {
        let mut found = Vec::new();
        let (before, after): (&RawValue, &RawValue) =
            (serde_json::from_str(before).expect("JSON"), serde_json::from_str(after).expect("JSON"));
        self.item(before.get(), after.get(), &Item::Structured(root.to_owned()), "$", &mut found);
        found
    }

    fn property(&self, before: &str, after: &str, property: &Property, path: &str, found: &mut Vec<String>) {
        if !property.is_collection || !before.starts_with('[') || !after.starts_with('[') {
            return self.item(before, after, &property.item, path, found);
        }
        let (before, after): (Vec<&RawValue>, Vec<&RawValue>) =
            (serde_json::from_str(before).expect("array"), serde_json::from_str(after).expect("array"));
        if before.len() != after.len() {
            found.push(format!("{path}: {} items became {}", before.len(), after.len()));
        }
        for (at, (before, after)) in before.iter().zip(&after).enumerate() {
            self.item(before.get(), after.get(), &property.item, &format!("{path}[{at}]"), found);
        }
    }

    fn item(&self, before: &str, after: &str, item: &Item, path: &str, found: &mut Vec<String>) {
        let same = match item {
            Item::Structured(name) if before.starts_with('{') && after.starts_with('{') => {
                return self.object(before, after, name, path, found);
            }
            Item::Structured(_) => before == after,
            Item::Enum(_) => equal::<String>(before, after),
            Item::Primitive(primitive) => before == after || same(before, after, *primitive),
        };
        if !same {
            found.push(format!("{path}: {before} became {after}"));
        }
    }

    fn object(&self, before: &str, after: &str, declared: &str, path: &str, found: &mut Vec<String>) {
        let ty = self.ty(self.chosen(declared, before));
        let (before, after) = (ty.members(before), ty.members(after));
        for (name, value) in &before {
            let property = ty.property(name);
            match (after.get(name), property) {
                (Some(other), Some(property)) => {
                    self.property(value.get(), other.get(), property, &format!("{path}.{name}"), found);
                }
                (Some(other), None) if value.get() == other.get() => {}
                (Some(other), None) if ty.same_control(name, value.get(), other.get()) => {}
                (Some(other), None) => found.push(format!("{path}.{name}: {value} became {other}")),
                (None, Some(_)) if value.get() == "null" => {}
                (None, _) => found.push(format!("{path}.{name}: {value} is gone")),
            }
        }
        for name in after.keys().filter(|name| !before.contains_key(*name)) {
            found.push(format!("{path}.{name}: came out of nowhere"));
        }
    }

    /// What an object is whose declared type is `declared`: of a closed base, the derived type that it states (W-4), or
    /// else the only one that has a property which is there and not null.
    pub fn chosen<'s>(&'s self, declared: &'s str, object: &str) -> &'s str {
        let base = self.ty(declared);
        if !base.closed {
            return declared;
        }
        let members = Type::every_member(object);
        let stated = members.iter().filter(|(name, value)| states_type(name) && value.get() != "null");
        let stated: Vec<String> =
            stated.map(|(_, value)| serde_json::from_str(value.get()).expect("type name")).collect();
        let derived = base.derived.iter().map(|name| (name.as_str(), self.ty(name)));
        if let Some(text) = stated.first() {
            let text = text.rsplit('#').next().unwrap_or_default();
            let named = |ty: &Type| ty.names.iter().any(|name| name.eq_ignore_ascii_case(text));
            return derived.into_iter().find(|(_, ty)| named(ty)).map_or(declared, |(name, _)| name);
        }
        // Of a repeated property the last stands.
        let last = |property: &Property| members.iter().rfind(|(name, _)| *name == property.name);
        let there = |property: &Property| last(property).is_some_and(|(_, value)| value.get() != "null");
        let only = |(_, ty): &(&str, &Type)| {
            ty.properties.iter().any(|property| there(property) && base.property(&property.name).is_none())
        };
        match derived.filter(only).collect::<Vec<_>>().as_slice() {
            [(name, _)] if base.infer => name,
            _ => declared,
        }
    }
}

fn states_type(name: &str) -> bool {
    matches!(name, "@odata.type" | "@type")
}

impl Type {
    fn of(model: &Model<'_>, id: TypeId) -> Self {
        let ty = model.ty(id);
        let aliases = model.schema(ty.schema).aliases.iter().map(|alias| format!("{alias}.{}", ty.name));
        let properties = model.all_properties(id).into_iter().map(|(_, property)| Property {
            name: property.name.to_owned(),
            is_collection: property.ty.is_collection,
            is_expanded: property.ty.is_collection && matches!(property.kind, PropertyKind::Navigation { .. }),
            item: match property.ty.item {
                ItemType::Primitive(primitive) => Item::Primitive(primitive),
                ItemType::Declared(item) => match &model.ty(item).kind {
                    TypeKind::Structured(_) => Item::Structured(model.qualified_name(item)),
                    TypeKind::Enum(it) => Item::Enum(it.members.iter().map(|member| member.name.to_owned()).collect()),
                    TypeKind::Definition(it) => Item::Primitive(it.underlying),
                },
            },
        });
        Self {
            names: std::iter::once(model.qualified_name(id)).chain(aliases).collect(),
            properties: properties.collect(),
            derived: model.descendants(id).into_iter().map(|id| model.qualified_name(id)).collect(),
            closed: false,
            infer: false,
        }
    }

    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    fn is_expanded(&self, name: &str) -> bool {
        self.property(name).is_some_and(|it| it.is_expanded)
    }

    /// Whether two texts of control information that is read are one value.
    fn same_control(&self, name: &str, before: &str, after: &str) -> bool {
        match name.split_once('@') {
            Some(("", "odata.type")) => equal::<String>(before, after),
            Some((name, "odata.nextLink")) if self.is_expanded(name) => equal::<String>(before, after),
            Some((name, "odata.count")) if self.is_expanded(name) => equal::<i64>(before, after),
            _ => false,
        }
    }

    fn every_member(object: &str) -> Vec<(String, Box<RawValue>)> {
        struct Members(Vec<(String, Box<RawValue>)>);
        impl<'de> serde::Deserialize<'de> for Members {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Pairs;
                impl<'de> serde::de::Visitor<'de> for Pairs {
                    type Value = Members;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }
                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                        let mut members = Vec::new();
                        while let Some(member) = map.next_entry()? {
                            members.push(member);
                        }
                        Ok(Members(members))
                    }
                }
                deserializer.deserialize_map(Pairs)
            }
        }
        serde_json::from_str::<Members>(object).expect("object").0
    }

    /// The members of an object under their 4.0 names. Of a repeated property the last stands, of a repeated type name
    /// the first (CR-34); a next link or count that is null or empty says what its absence says (W-7).
    fn members(&self, object: &str) -> BTreeMap<String, Box<RawValue>> {
        let mut members = BTreeMap::new();
        for (name, value) in Self::every_member(object) {
            if states_type(&name) {
                if value.get() != "null" {
                    members.entry("@odata.type".to_owned()).or_insert(value);
                }
                continue;
            }
            let annotated = name.split_once('@').filter(|(name, _)| self.is_expanded(name));
            let name = match annotated {
                Some((_, "odata.count" | "count" | "odata.nextLink" | "nextLink"))
                    if matches!(value.get(), "null" | "\"\"") =>
                {
                    continue;
                }
                Some((name, "count")) => format!("{name}@odata.count"),
                Some((name, "nextLink")) => format!("{name}@odata.nextLink"),
                _ => name,
            };
            members.insert(name, value);
        }
        members
    }
}

/// Whether two texts are one value of the type.
fn same(before: &str, after: &str, primitive: Primitive) -> bool {
    match primitive {
        Primitive::DateTimeOffset => equal::<Timestamp>(before, after),
        Primitive::Duration => equal::<SignedDuration>(before, after),
        Primitive::Decimal => equal::<Decimal>(before, after),
        Primitive::Binary => equal::<Binary>(before, after),
        Primitive::Single => equal::<f32>(before, after),
        Primitive::Double => equal::<f64>(before, after),
        // 1, 1.0 and "1" are one integer (W-13); the crate writes the first.
        Primitive::Int64 | Primitive::Int32 => equal::<i64>(before, after),
        Primitive::Guid => before.eq_ignore_ascii_case(after),
        // "A" and "\u0041" are one text.
        Primitive::String => equal::<String>(before, after),
        _ => false,
    }
}

fn equal<T: Value + PartialEq>(before: &str, after: &str) -> bool {
    match (from_str::<T>(before), from_str::<T>(after)) {
        (Ok(before), Ok(after)) => before == after,
        _ => false,
    }
}
