//! What the metadata says can be asked: the OData Capabilities vocabulary, wherever it is said of a path.
//!
//! A restriction may stand on the entity set, in `NavigationRestrictions` of the set, of the type that navigates or of
//! the navigation property, on the navigation property itself, or on the type of the entities. The nearest one that
//! says something decides.

use crate::csdl::{Expression, Record};
use crate::model::{Annotations, Element, Model, PropertyKind, TypeId};

use super::{Resource, Segment};

const VOCABULARY: &str = "Org.OData.Capabilities.V1";

/// Where something is said of one path, nearest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Said<'m> {
    places: Vec<Place<'m>>,
    /// The member of the container that the path begins with, and the steps from it.
    root: Option<Root<'m>>,
}

#[derive(Debug, Clone)]
struct Root<'m> {
    container: usize,
    name: &'m str,
    annotations: &'m Annotations<'m>,
    path: String,
}

#[derive(Debug, Clone, Copy)]
enum Place<'m> {
    Annotations(&'m Annotations<'m>),
    /// An entry of `NavigationRestrictions/RestrictedProperties`.
    Record(&'m Record<'m>),
}

impl<'m> Said<'m> {
    /// What is said of a resource, of which the parent's is known. What is said of a collection holds for each entity.
    pub(super) fn of(model: &'m Model<'m>, resource: &Resource, parent: Option<(&Resource, &Self)>) -> Self {
        let of_type = Place::Annotations(&model.ty(resource.entity_type).annotations);
        match (&resource.segment, parent) {
            (Segment::Container(name), _) => {
                let root = container_member(model, name);
                let own = root.iter().map(|it| Place::Annotations(it.annotations));
                Self { places: own.chain([of_type]).collect(), root }
            }
            (Segment::Navigation(name), Some((parent, above))) => {
                let mut root = above.root.clone();
                if let Some(root) = &mut root {
                    root.path = if root.path.is_empty() { name.clone() } else { format!("{}/{name}", root.path) };
                }
                let mut places = Vec::new();
                if let Some(root) = &root {
                    let target = format!("{}/{}", root.name, root.path);
                    let said = model.said_of(Element::Container(root.container), &target);
                    places.extend(said.map(Place::Annotations));
                    places.extend(restricted(root.annotations, &root.path).map(Place::Record));
                }
                let types = model.ancestry(parent.entity_type).map(|it| &model.ty(it).annotations);
                places.extend(types.filter_map(|it| restricted(it, name)).map(Place::Record));
                places.extend(navigation(model, parent.entity_type, name).map(Place::Annotations));
                places.push(of_type);
                Self { places, root }
            }
            (Segment::Cast { .. }, Some((_, above))) => {
                let mut said = above.clone();
                said.places.insert(0, of_type);
                said
            }
            (Segment::Key, Some((_, above))) => above.clone(),
            (_, None) => Self { places: vec![of_type], root: None },
        }
    }

    /// Whether a record such as `InsertRestrictions` has a property such as `Insertable`, and what it says.
    pub(super) fn flag(&self, term: &str, property: &str) -> Option<bool> {
        self.values(term).find_map(|it| boolean(within(it, property)?))
    }

    /// The same of a record in that record.
    pub(super) fn deep_flag(&self, term: &str, inner: &str, property: &str) -> Option<bool> {
        self.values(term).find_map(|it| boolean(within(within(it, inner)?, property)?))
    }

    /// A term that is a boolean itself, such as `TopSupported`.
    pub(super) fn bare(&self, term: &str) -> Option<bool> {
        self.values(term).find_map(boolean)
    }

    /// The paths that a record lists, such as `FilterRestrictions/NonFilterableProperties`.
    pub(super) fn paths(&self, term: &str, property: &str) -> Vec<&'m str> {
        let listed = self.values(term).find_map(|it| match within(it, property)? {
            Expression::Collection(items, _) => Some(items.iter().filter_map(text).collect()),
            _ => None,
        });
        listed.unwrap_or_default()
    }

    fn values<'s>(&'s self, term: &'s str) -> impl Iterator<Item = &'m Expression<'m>> + 's {
        self.places.iter().filter_map(move |place| match place {
            Place::Annotations(it) => it.get(&format!("{VOCABULARY}.{term}"))?.value.as_ref(),
            Place::Record(it) => it.properties.iter().find(|it| it.property.value == term)?.value.as_ref(),
        })
    }
}

fn container_member<'m>(model: &'m Model<'m>, name: &str) -> Option<Root<'m>> {
    model.containers().iter().enumerate().find_map(|(container, it)| {
        let member = it.members.iter().find(|it| it.name == name)?;
        Some(Root { container, name: member.name, annotations: &member.annotations, path: String::new() })
    })
}

/// What is written on a navigation property of a type or of its bases.
fn navigation<'m>(model: &'m Model<'m>, owner: TypeId, name: &str) -> Option<&'m Annotations<'m>> {
    let mut all = model.all_properties(owner).into_iter().map(|(_, it)| it);
    all.find(|it| it.name == name && matches!(it.kind, PropertyKind::Navigation { .. })).map(|it| &it.annotations)
}

/// The entry for a path of navigation properties.
fn restricted<'m>(annotations: &'m Annotations<'m>, path: &str) -> Option<&'m Record<'m>> {
    let term = format!("{VOCABULARY}.NavigationRestrictions");
    let Expression::Collection(entries, _) = within(annotations.get(&term)?.value.as_ref()?, "RestrictedProperties")?
    else {
        return None;
    };
    let records = entries.iter().filter_map(|it| if let Expression::Record(it) = it { Some(it) } else { None });
    let mut records = records;
    records.find(|it| {
        let named = it.properties.iter().find(|it| it.property.value == "NavigationProperty");
        named.and_then(|it| text(it.value.as_ref()?)) == Some(path)
    })
}

fn within<'m>(expression: &'m Expression<'m>, name: &str) -> Option<&'m Expression<'m>> {
    match expression {
        Expression::Record(record) => record.properties.iter().find(|it| it.property.value == name)?.value.as_ref(),
        _ => None,
    }
}

fn boolean(expression: &Expression<'_>) -> Option<bool> {
    match expression {
        Expression::Constant(_, text) => Some(text.value != "false"),
        _ => None,
    }
}

fn text<'m>(expression: &'m Expression<'m>) -> Option<&'m str> {
    match expression {
        Expression::Constant(_, text) | Expression::Path(_, text) => Some(text.value.as_ref()),
        _ => None,
    }
}
