//! From names to a plan: one file for each selected type.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::cycles::ByValue;
use super::docs::{code, deprecation, member_docs, property_docs, type_docs};
use super::files::Imports;
use super::gates::{TypeGates, feature_docs};
use super::notifications::notifications;
use super::requests::client_plan;
use super::{
    AliasPlan, ConstantKind, ConstantPlan, EnumPlan, FieldPlan, FilePlan, Gate, Item, MemberPlan, ModulePlan, Plan,
    RootPlan, Scalar, StructPlan, TypeExpr,
};
use crate::config::{Config, Docs, Loaded, TypeOptions};
use crate::diagnostic::Diagnostic;
use crate::model::{Enum, ItemType, Model, Primitive, Property, PropertyKind, SchemaId, TypeId, TypeKind, TypeRef};
use crate::names::{Ident, Names, TypeNames};
use crate::parallel::side_by_side;
use crate::select::Selection;

/// Plans the output.
#[must_use]
pub fn plan(
    model: &Model<'_>,
    selection: &Selection,
    names: &Names,
    config: &Loaded<Config>,
    docs: Option<&Docs>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Plan {
    let gates = TypeGates::new(model, selection, names, config, diagnostics);
    let planner = Planner {
        model,
        selection,
        names,
        config: &config.value,
        docs,
        by_value: ByValue::new(model, selection, |id| is_closed(model, &config.value, id)),
        siblings: siblings(model, names),
        place: selection.order.iter().copied().zip(0..).collect(),
        gates,
    };
    let modules = planner.modules();
    let root = RootPlan {
        file: config.value.output.root_file().to_owned(),
        readme: config.value.output.readme.as_ref().map(|it| it.get_ref().clone()),
        docs: vec!["Types generated from OData CSDL by odata-codegen.".to_owned()],
        is_crate: config.value.output.root_file() == "lib.rs",
        beyond_ascii: names.beyond_ascii(),
        has_deprecated: selection.order.iter().any(|id| deprecation(&model.ty(*id).annotations, None).is_some()),
    };
    Plan {
        features: config.value.output.features,
        root,
        modules,
        client: client_plan(&planner),
        notifications: notifications(&planner),
    }
}

fn is_closed(model: &Model<'_>, config: &Config, id: TypeId) -> bool {
    config.is_closed(&model.qualified_name(id))
}

/// What every part of planning looks at.
pub(super) struct Planner<'p> {
    pub(super) model: &'p Model<'p>,
    pub(super) selection: &'p Selection,
    pub(super) names: &'p Names,
    pub(super) config: &'p Config,
    pub(super) docs: Option<&'p Docs>,
    by_value: ByValue,
    siblings: BTreeMap<SchemaId, BTreeSet<String>>,
    /// Of each selected type, in the order of their qualified names.
    place: HashMap<TypeId, usize>,
    pub(super) gates: TypeGates,
}

/// The names of the types of each namespace.
fn siblings(model: &Model<'_>, names: &Names) -> BTreeMap<SchemaId, BTreeSet<String>> {
    let mut siblings: BTreeMap<SchemaId, BTreeSet<String>> = BTreeMap::new();
    for (id, names) in &names.types {
        siblings.entry(model.ty(*id).schema).or_default().insert(names.name.as_str().to_owned());
    }
    siblings
}

impl<'p> Planner<'p> {
    pub(super) fn options(&self, id: TypeId) -> Option<&'p TypeOptions> {
        self.config.types.get(self.model.qualified_name(id).as_str())
    }

    fn modules(&self) -> Vec<ModulePlan> {
        let mut by_schema: BTreeMap<SchemaId, Vec<TypeId>> = BTreeMap::new();
        for id in &self.selection.order {
            by_schema.entry(self.model.ty(*id).schema).or_default().push(*id);
        }
        let mut modules: Vec<ModulePlan> =
            by_schema.into_iter().filter_map(|(schema, types)| self.module(schema, &types)).collect();
        modules.sort_by(|a, b| a.name.cmp(&b.name));
        modules
    }

    fn module(&self, schema: SchemaId, types: &[TypeId]) -> Option<ModulePlan> {
        let namespace = self.model.schema(schema).namespace;
        let within = self.gates.in_module(types);
        let named: Vec<_> = types.iter().filter_map(|id| Some((*id, self.names.types.get(id)?))).collect();
        let mut files: Vec<FilePlan> = side_by_side(&named, |(id, names)| self.file(*id, names, within.gate(*id)));
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let mut docs = vec![format!("Namespace {}.", code(namespace))];
        docs.extend(feature_docs(&self.gates, self.names, schema).into_iter().flat_map(|it| [String::new(), it]));
        let mut at_root: BTreeMap<Gate, Vec<Ident>> = BTreeMap::new();
        if self.config.namespaces.get(namespace).is_some_and(|it| it.root) {
            for id in types {
                let exports = self.names.types.get(id).map(|names| self.exports(*id, names)).unwrap_or_default();
                at_root.entry(self.gates.of(*id)).or_default().extend(exports);
            }
        }
        for exports in at_root.values_mut() {
            exports.sort();
        }
        Some(ModulePlan {
            name: self.names.modules.get(&schema)?.clone(),
            docs,
            gate: within.all(),
            at_root: at_root.into_iter().collect(),
            files,
        })
    }

    /// What the file of a type exports, the type first.
    fn exports(&self, id: TypeId, names: &TypeNames) -> Vec<Ident> {
        let closed = is_closed(self.model, self.config, id);
        std::iter::once(&names.name).chain(closed.then_some(&names.base)).cloned().collect()
    }

    fn file(&self, id: TypeId, names: &TypeNames, gate: Gate) -> FilePlan {
        let ty = self.model.ty(id);
        let closed = is_closed(self.model, self.config, id);
        let mut exports = self.exports(id, names);
        let no_module = Ident::default();
        let module = self.names.modules.get(&ty.schema).unwrap_or(&no_module);
        let own: Vec<&Ident> = exports.iter().collect();
        let mut imports =
            Imports::new(self.model, self.names, module, self.siblings.get(&ty.schema), &own).gated(id, &self.gates);
        let items = match &ty.kind {
            TypeKind::Structured(_) if closed => {
                let base = self.structure(id, names, names.base.clone(), &mut imports);
                vec![Item::Closed(self.closed(id, names, &mut imports)), Item::Struct(base)]
            }
            TypeKind::Structured(_) => vec![Item::Struct(self.structure(id, names, names.name.clone(), &mut imports))],
            TypeKind::Enum(declared) => vec![Item::Enum(self.enumeration(id, declared, names, &mut imports))],
            TypeKind::Definition(definition) => vec![Item::Alias(AliasPlan {
                name: names.name.clone(),
                docs: type_docs(&self.model.qualified_name(id), self.docs),
                deprecated: deprecation(&ty.annotations, None),
                ty: scalar(definition.underlying, &mut imports).unwrap_or_else(|| imports.runtime("Untyped")),
            })],
        };
        exports.sort();
        FilePlan { name: names.file.clone(), gate, exports, imports: imports.finish(), items }
    }

    /// The type inside `Option` of a property, or nothing where the wire has no value for it.
    pub(super) fn field_type(
        &self,
        owner: TypeId,
        property: &Property<'_>,
        imports: &mut Imports<'_>,
    ) -> Option<TypeExpr> {
        let item = self.item_type(property.ty, imports)?;
        let is_navigation = matches!(property.kind, PropertyKind::Navigation { .. });
        Some(match (property.ty.is_collection, is_navigation, property.ty.item) {
            (true, true, _) => {
                imports.runtime("Expanded");
                item.within("Expanded")
            }
            (true, false, _) => item.within("Vec"),
            (false, _, ItemType::Declared(value)) if self.by_value.needs_box(owner, value) => item.within("Box"),
            (false, ..) => item,
        })
    }

    /// Whether a field that holds a value closes a circle.
    pub(super) fn needs_box(&self, owner: TypeId, value: TypeId) -> bool {
        self.by_value.needs_box(owner, value)
    }

    /// The type of one value.
    pub(super) fn item_type(&self, ty: TypeRef, imports: &mut Imports<'_>) -> Option<TypeExpr> {
        match ty.item {
            ItemType::Primitive(primitive) => scalar(primitive, imports),
            ItemType::Declared(id) => {
                let kind = &self.model.ty(id).kind;
                if let TypeKind::Definition(it) = kind {
                    // A stream by another name has no value either.
                    Scalar::of(it.underlying)?;
                }
                let named = imports.declared(id);
                Some(match kind {
                    TypeKind::Enum(Enum { is_flags: true, .. }) => {
                        imports.runtime("Flags");
                        named.within("Flags")
                    }
                    _ => named,
                })
            }
        }
    }

    fn structure(&self, id: TypeId, names: &TypeNames, name: Ident, imports: &mut Imports<'_>) -> StructPlan {
        for it in ["DecodeError", "EncodeError", "Extra", "Reader", "Sink", "TypeInfo", "Typed", "Value"] {
            imports.runtime(it);
        }
        let qualified = self.model.qualified_name(id);
        let mut docs = type_docs(&qualified, self.docs);
        if name == names.base {
            docs.insert(
                0,
                format!(
                    "What every {} has; the value of one whose type is none of its derived types.",
                    code(&qualified)
                ),
            );
            docs.insert(1, String::new());
        }
        let mut fields = Vec::new();
        let mut constants = Vec::new();
        for (declaring, property) in self.model.all_properties(id) {
            let Some(ty) = self.field_type(id, property, imports) else { continue };
            let (Some(field), Some(constant)) = (names.fields.get(property.name), names.constants.get(property.name))
            else {
                continue;
            };
            let deprecated = self.deprecated(id, declaring, property);
            let is_navigation = matches!(property.kind, PropertyKind::Navigation { .. });
            let target = if is_navigation { self.item_type(property.ty, imports) } else { None };
            constants.push(ConstantPlan {
                name: constant.clone(),
                wire: property.name.to_owned(),
                field: field.clone(),
                kind: match (is_navigation, property.ty.is_collection) {
                    (false, _) => ConstantKind::Property,
                    (true, false) => ConstantKind::One,
                    (true, true) => ConstantKind::Many,
                },
                ty: target.unwrap_or_else(|| ty.clone()),
                deprecated: deprecated.clone(),
            });
            fields.push(FieldPlan {
                name: field.clone(),
                wire: property.name.to_owned(),
                docs: property_docs(self.model, declaring, property, self.docs),
                ty,
                deprecated,
                secret: self.is_secret(id, property.name),
            });
        }
        if self.config.service.is_none() {
            constants.clear();
        }
        for constant in &constants {
            let property = constant.kind == ConstantKind::Property;
            imports.client("odata_runtime::query", if property { "Property" } else { "Navigation" });
            if constant.kind == ConstantKind::Many {
                imports.client("odata_runtime::query", "Many");
            }
        }
        let has_secrets = fields.iter().any(|it| it.secret);
        if has_secrets {
            imports.runtime("Redacted");
        }
        // The struct behind a closed base is reached by matching, everything else by downcasting.
        let open = |id: TypeId| !is_closed(self.model, self.config, id);
        let derived = self.sorted(self.model.descendants(id));
        let is_base = open(id) && !derived.is_empty();
        let bases = self.sorted(self.model.ancestry(id).skip(1).filter(|it| open(*it)).collect());
        if is_base || !bases.is_empty() {
            imports.runtime("DerivedFrom");
        }
        StructPlan {
            name,
            docs,
            deprecated: deprecation(&self.model.ty(id).annotations, None),
            has_secrets,
            has_deprecated: fields.iter().any(|it| it.deprecated.is_some()),
            fields,
            wire_names: self.wire_names(id),
            derived: derived.into_iter().map(|it| (imports.gate(it), self.struct_of(it, imports))).collect(),
            downcast_from: bases.into_iter().map(|it| imports.declared(it)).collect(),
            is_base,
            queried: names.name.clone(),
            constants,
        }
    }

    /// The struct of a type: of a closed base the one behind `Other`.
    pub(super) fn struct_of(&self, id: TypeId, imports: &mut Imports<'_>) -> TypeExpr {
        match self.names.types.get(&id) {
            Some(names) if is_closed(self.model, self.config, id) => imports.sibling(id, names.base.as_str()),
            _ => imports.declared(id),
        }
    }

    /// Selected types in the order of their qualified names.
    pub(super) fn sorted(&self, mut ids: Vec<TypeId>) -> Vec<TypeId> {
        ids.retain(|it| self.place.contains_key(it));
        ids.sort_unstable_by_key(|it| self.place.get(it));
        ids
    }

    fn wire_names(&self, id: TypeId) -> Vec<String> {
        let ty = self.model.ty(id);
        let schema = self.model.schema(ty.schema);
        let mut aliases = schema.aliases.clone();
        aliases.sort_unstable();
        std::iter::once(schema.namespace).chain(aliases).map(|it| format!("{it}.{}", ty.name)).collect()
    }

    /// The successor of a deprecated property is named on the type that declares it; where the type at hand has it under
    /// another Rust name, that one is told.
    pub(super) fn deprecated(&self, owner: TypeId, declaring: TypeId, property: &Property<'_>) -> Option<String> {
        let successor =
            self.options(declaring).and_then(|it| it.successor.get(property.name)).map(|it| it.get_ref().as_str());
        let named = successor.map(|wire| {
            let field = self.names.types.get(&owner).and_then(|it| it.fields.get(wire));
            field.map_or(wire, Ident::as_str)
        });
        deprecation(&property.annotations, named)
    }

    fn is_secret(&self, id: TypeId, property: &str) -> bool {
        let mut options = self.model.ancestry(id).filter_map(|it| self.options(it));
        options.any(|it| it.secret.iter().any(|secret| secret.get_ref() == property))
            || super::notifications::is_secret(self, id, property)
    }

    fn enumeration(&self, id: TypeId, declared: &Enum<'_>, names: &TypeNames, imports: &mut Imports<'_>) -> EnumPlan {
        for it in ["DecodeError", "EncodeError", "Enumeration", "Reader", "Sink", "Unlisted", "Value"] {
            imports.runtime(it);
        }
        let qualified = self.model.qualified_name(id);
        let members = declared.members.iter().zip(&names.members).map(|(member, name)| MemberPlan {
            name: name.clone(),
            wire: member.name.to_owned(),
            docs: member_docs(&qualified, member.name, member.value, self.docs),
            deprecated: deprecation(&member.annotations, None),
        });
        let members: Vec<MemberPlan> = members.collect();
        EnumPlan {
            name: names.name.clone(),
            docs: type_docs(&qualified, self.docs),
            deprecated: deprecation(&self.model.ty(id).annotations, None),
            has_deprecated: members.iter().any(|it| it.deprecated.is_some()),
            wire: qualified,
            members,
        }
    }
}

/// A scalar, imported where it must be; nothing for a stream.
fn scalar(primitive: Primitive, imports: &mut Imports<'_>) -> Option<TypeExpr> {
    Some(match Scalar::of(primitive)? {
        Scalar::Prelude(name) => TypeExpr::Path(name.to_owned()),
        Scalar::Runtime(name) => imports.runtime(name),
    })
}
