//! 8: partners and referential constraints of navigation properties.

use super::declare::Declared;
use super::say::Say;
use super::unique::Unique;
use super::{Referrer, Resolver};
use crate::csdl::{NavigationProperty, ReferentialConstraint, SchemaItem, Text};
use crate::diagnostic::Diagnostic;
use crate::model::{ItemType, PropertyKind, TypeId};

impl<'m> Resolver<'m, '_> {
    /// Checks every navigation property. Nothing is generated from what is checked here, so that faults are warnings.
    pub(super) fn check_navigations(&mut self, declared: &[Declared<'m>]) {
        for it in declared {
            let Some(id) = it.id else { continue };
            let navigations = match it.item {
                SchemaItem::Entity(entity) => &entity.structure.navigations,
                SchemaItem::Complex(complex) => &complex.structure.navigations,
                _ => continue,
            };
            for navigation in navigations {
                self.referrer = Referrer { definition: self.model.ty(id).name, part: &navigation.name.value };
                self.check_navigation(it.document, id, navigation);
            }
        }
    }

    fn check_navigation(&mut self, document: usize, id: TypeId, declared: &'m NavigationProperty<'m>) {
        let Some(ty) = self.find_type_ref(document, &declared.ty.value) else { return };
        if ty.is_collection && declared.nullable.is_some() {
            let message = format!("`{}` leads to a collection, which is never null", self.referrer);
            self.report(
                Diagnostic::warning("resolve::nullable-collection", message)
                    .at(declared.ty.span, "a collection")
                    .help("remove `Nullable`"),
            );
        }
        let ItemType::Declared(target) = ty.item else { return };
        if !self.entities.contains(&target) {
            return;
        }
        if let Some(partner) = &declared.partner {
            self.check_partner(document, (id, &declared.name), target, partner);
        }
        let mut seen = Unique::default();
        for constraint in &declared.constraints {
            if let Some(first) = seen.insert(&constraint.property) {
                self.report(Self::twice("constraint of", &constraint.property, first).warning());
                continue;
            }
            self.check_constraint(document, id, target, declared, constraint);
        }
        if let (true, Some(first)) = (ty.is_collection, declared.constraints.first()) {
            let message = format!("`{}` leads to many entities, and is constrained to equal one", self.referrer);
            self.report(
                Diagnostic::warning("resolve::constraint", message)
                    .at(first.property.span, "a referential constraint")
                    .also(declared.ty.span, "a collection")
                    .help("the constraint belongs to the navigation property that leads to one entity"),
            );
        }
    }

    /// 8.3: the partner is a navigation property of the target that leads back.
    fn check_partner(&mut self, document: usize, own: (TypeId, &Text<'_>), target: TypeId, partner: &'m Text<'m>) {
        let (id, name) = own;
        let message = format!("`{}` has `{}` for a partner", self.referrer, partner.value);
        let fault = Diagnostic::warning("resolve::partner", message);
        let end = match self.follow(document, target, &partner.value) {
            Ok(end) => end,
            Err(lost) => return self.report_lost(fault, partner.span, &lost),
        };
        let Some((declaring, at)) = end.property else { return };
        let Some(property) = self.property_at(declaring, at) else { return };
        let place = property.span;
        let leads_back = match property.ty.item {
            // A partner of a complex type's navigation property leads to the entity around it.
            ItemType::Declared(back) => !self.entities.contains(&id) || self.are_related(back, id),
            ItemType::Primitive(_) => true,
        };
        let PropertyKind::Navigation { partner: back, .. } = property.kind else {
            self.report(fault.at(partner.span, "is no navigation property").also(place, "declared here"));
            return;
        };
        let wanted: &str = &name.value;
        if !leads_back {
            self.report(fault.at(partner.span, "does not lead back").also(place, "leads elsewhere"));
        } else if let Some(back) = back.filter(|it| *it != wanted && !it.contains('/')) {
            let label = format!("has `{back}` for its partner");
            self.report(
                fault
                    .at(partner.span, "named here")
                    .also(place, label)
                    .help("two partners name each other; remove or correct one of them"),
            );
        }
    }

    /// 8.5: both properties exist, have one type, and are null together.
    fn check_constraint(
        &mut self,
        document: usize,
        id: TypeId,
        target: TypeId,
        declared: &NavigationProperty<'_>,
        constraint: &ReferentialConstraint<'_>,
    ) {
        let mut ends = [None, None];
        let places = [(id, &constraint.property), (target, &constraint.referenced)];
        for ((from, path), end) in places.into_iter().zip(&mut ends) {
            match self.follow(document, from, &path.value) {
                Ok(found) => *end = Some(found),
                Err(lost) => {
                    let message = format!("`{}` is constrained by `{}`", self.referrer, path.value);
                    let fault = Diagnostic::warning("resolve::constraint", message);
                    self.report_lost(fault, path.span, &lost);
                }
            }
        }
        let [Some(dependent), Some(principal)] = ends else { return };
        let is_many = self.find_type_ref(document, &declared.ty.value).is_some_and(|it| it.is_collection);
        let [own, referenced] = [dependent, principal].map(|it| it.property);
        let own = own.and_then(|(id, at)| self.property_at(id, at)).map(|it| (it.span, it.nullable));
        let referenced = referenced.and_then(|(id, at)| self.property_at(id, at)).map(|it| (it.span, it.nullable));
        let (Some(own), Some(referenced)) = (own, referenced) else { return };
        let [one, other] = [dependent, principal].map(|it| self.underlying(it.ty));
        if one != other {
            let [one, other] = [dependent, principal].map(|it| self.model.type_text(it.ty()));
            let message = format!(
                "`{}` is `{one}`, and `{}`, which it shall equal, is `{other}`",
                constraint.property.value, constraint.referenced.value
            );
            self.report(
                Diagnostic::warning("resolve::constraint", message)
                    .at(constraint.property.span, "a referential constraint")
                    .also(own.0, format!("`{one}`"))
                    .also(referenced.0, format!("`{other}`")),
            );
        } else if own.1 == Some(false)
            && !is_many
            && declared.nullable != Some(false)
            && !constraint.property.value.contains('/')
        {
            let message = format!(
                "`{}` may lead nowhere, and `{}`, which then is null, may not be null",
                self.referrer, constraint.property.value
            );
            self.report(
                Diagnostic::warning("resolve::constraint", message)
                    .at(constraint.property.span, "a referential constraint")
                    .also(own.0, "never null")
                    .help(
                        "write `Nullable=\"false\"` at the navigation property, or `Nullable=\"true\"` at the property",
                    ),
            );
        }
    }
}
