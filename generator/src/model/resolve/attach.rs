//! Where the model keeps what external annotations say.

use std::collections::HashMap;

use super::Resolver;
use super::targets::Place;
use crate::csdl;
use crate::model::{Annotations, Deeper, Element, OperationId, TermId, TypeKind};

impl<'m> Resolver<'m, '_> {
    /// Binds annotations to a target.
    pub(super) fn attach(
        &mut self,
        document: usize,
        external: &'m csdl::Annotations<'m>,
        (element, place): (Element, Place),
        deeper: &mut HashMap<(Element, &'m str), usize>,
    ) {
        let qualifier = external.qualifier.as_ref().map(|it| it.value.as_ref());
        let mut bound = Annotations::default();
        self.bind(document, qualifier, &external.annotations, &mut bound);
        let to = if place == Place::Deeper {
            let path = rest_of(&external.target.value);
            let next = self.model.deeper.len();
            let at = *deeper.entry((element, path)).or_insert(next);
            if at == next {
                let annotations = Annotations::default();
                self.model.deeper.push(Deeper { element, path, span: external.target.span, annotations });
            }
            self.model.deeper.get_mut(at).map(|it| &mut it.annotations)
        } else {
            self.annotations_of(element, place)
        };
        if let Some(to) = to {
            bound.iter().for_each(|it| to.push(it.clone()));
        }
    }

    fn annotations_of(&mut self, element: Element, place: Place) -> Option<&mut Annotations<'m>> {
        let model = &mut self.model;
        match (element, place) {
            (Element::Type(id), Place::Whole) => model.types.get_mut(id.0 as usize).map(|it| &mut it.annotations),
            (Element::Type(id), Place::Part(at)) => match &mut model.types.get_mut(id.0 as usize)?.kind {
                TypeKind::Structured(it) => it.properties.get_mut(at).map(|it| &mut it.annotations),
                TypeKind::Enum(it) => it.members.get_mut(at).map(|it| &mut it.annotations),
                TypeKind::Definition(_) => None,
            },
            (Element::Operation(OperationId(id)), place) => {
                let operation = model.operations.get_mut(id as usize)?;
                match place {
                    Place::Whole => Some(&mut operation.annotations),
                    Place::Part(at) => operation.parameters.get_mut(at).map(|it| &mut it.annotations),
                    Place::ReturnType => operation.return_type.as_mut().map(|it| &mut it.annotations),
                    Place::Deeper => None,
                }
            }
            (Element::Container(at), Place::Whole) => model.containers.get_mut(at).map(|it| &mut it.annotations),
            (Element::Container(container), Place::Part(at)) => {
                model.containers.get_mut(container)?.members.get_mut(at).map(|it| &mut it.annotations)
            }
            (Element::Term(TermId(id)), Place::Whole) => model.terms.get_mut(id as usize).map(|it| &mut it.annotations),
            (Element::Schema(id), Place::Whole) => model.schemas.get_mut(id.0 as usize).map(|it| &mut it.annotations),
            _ => None,
        }
    }
}

/// A target without the name that it begins with and its signature.
fn rest_of(target: &str) -> &str {
    let after = target.rsplit_once(')').map_or(target, |(_, rest)| rest);
    after.split_once('/').map_or("", |(_, rest)| rest)
}
