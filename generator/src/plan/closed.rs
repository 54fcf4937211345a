//! A closed base: variants, the properties that tell them apart, and accessors for what they share.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Planner;
use super::docs::{code, deprecation, property_docs, type_docs};
use super::files::Imports;
use super::{AccessorField, AccessorPlan, ClosedPlan, TypeExpr, VariantPlan};
use crate::model::{ItemType, Property, TypeId};
use crate::names::TypeNames;

impl Planner<'_> {
    pub(super) fn closed(&self, id: TypeId, names: &TypeNames, imports: &mut Imports<'_>) -> ClosedPlan {
        for it in ["Choice", "Choices", "DecodeError", "EncodeError", "Reader", "Sink", "Typed", "Value"] {
            imports.runtime(it);
        }
        let qualified = self.model.qualified_name(id);
        let derived = self.sorted(self.model.descendants(id));
        let base_properties: BTreeSet<&str> = self.model.all_properties(id).iter().map(|(_, it)| it.name).collect();
        let mut declared_by: BTreeMap<&str, usize> = BTreeMap::new();
        for it in &derived {
            for (_, property) in self.model.all_properties(*it) {
                *declared_by.entry(property.name).or_default() += 1;
            }
        }
        let only = |it: TypeId| -> Vec<String> {
            let all = self.model.all_properties(it);
            let mut own: Vec<String> = all
                .iter()
                .map(|(_, property)| property.name)
                .filter(|name| !base_properties.contains(name) && declared_by.get(name) == Some(&1))
                .map(str::to_owned)
                .collect();
            own.sort_unstable();
            own
        };
        let variants = derived.iter().filter_map(|it| {
            let name = names.variants.get(it)?.clone();
            let docs = type_docs(&self.model.qualified_name(*it), self.docs);
            Some(VariantPlan { gate: imports.gate(*it), name, ty: self.struct_of(*it, imports), docs, only: only(*it) })
        });
        let variants = variants.collect();
        let options = self.options(id);
        ClosedPlan {
            name: names.name.clone(),
            docs: type_docs(&qualified, self.docs),
            deprecated: deprecation(&self.model.ty(id).annotations, None),
            variants,
            base: TypeExpr::Path(names.base.as_str().to_owned()),
            other_docs: vec![format!(
                "Any other {}: of the base type itself, or of a type that this crate does not know.",
                code(&qualified)
            )],
            infer: options.and_then(|it| it.infer.as_ref()).is_some_and(|it| *it.get_ref()),
            accessors: self.accessors(id, names, imports),
        }
    }

    /// A property of the base is a field of every variant, but perhaps under another name (a derived type may declare one
    /// that is cased alike), and boxed only where it closes a circle.
    fn accessors(&self, id: TypeId, names: &TypeNames, imports: &mut Imports<'_>) -> Vec<AccessorPlan> {
        let boxed = |owner: TypeId, property: &Property<'_>| match property.ty.item {
            ItemType::Declared(value) if !property.ty.is_collection => self.needs_box(owner, value),
            _ => false,
        };
        let mut accessor = |(declaring, property): (TypeId, &Property<'_>)| {
            let fields = names.variants.iter().filter_map(|(derived, variant)| {
                let field = self.names.types.get(derived)?.fields.get(property.name)?.clone();
                Some(AccessorField {
                    gate: self.gates.between(id, *derived),
                    variant: variant.clone(),
                    field,
                    is_boxed: boxed(*derived, property),
                })
            });
            let ty = match self.field_type(id, property, imports)? {
                TypeExpr::Generic("Box", inner) => *inner,
                other => other,
            };
            Some(AccessorPlan {
                name: names.fields.get(property.name)?.clone(),
                ty,
                fields: fields.collect(),
                is_boxed: boxed(id, property),
                docs: property_docs(self.model, declaring, property, self.docs),
                deprecated: self.deprecated(id, declaring, property),
            })
        };
        self.model.all_properties(id).into_iter().filter_map(&mut accessor).collect()
    }
}
