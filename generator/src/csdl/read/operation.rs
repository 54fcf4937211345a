//! 12 Actions and functions.

use super::tokens::{Element, Reader};
use crate::csdl::element::{Operation, OperationKind, Parameter, TypeUse};
use crate::csdl::expression::Annotation;
use crate::source::Span;

impl<'a> Reader<'a, '_> {
    /// 12.1 Element `edm:Action` and 12.3 Element `edm:Function`.
    pub(super) fn operation(&mut self, element: Element<'a>, kind: OperationKind) -> Option<Operation<'a>> {
        let name = self.required(element, "Name");
        let is_bound = self.flag("IsBound").unwrap_or(false);
        // Of functions only; an action with it is warned of like any other unknown attribute.
        let is_composable = kind == OperationKind::Function && self.flag("IsComposable").unwrap_or(false);
        let entity_set_path = self.optional("EntitySetPath");
        let mut returns: Option<(Span, Option<TypeUse<'a>>, Vec<Annotation<'a>>)> = None;
        let (mut parameters, mut annotations) = (Vec::new(), Vec::new());
        while let Some(child) = self.edm_child(element) {
            match child.name {
                "Parameter" => parameters.extend(self.parameter(child)),
                "ReturnType" => {
                    if let Some((first, ..)) = &returns {
                        let first = *first;
                        self.repeated(child, first);
                    }
                    let ty = self.type_use(child);
                    returns = Some((child.span, ty, self.only_annotations(child)));
                }
                "Annotation" => annotations.extend(self.annotation(child)),
                _ => self.unknown(element, child),
            }
        }
        if returns.is_none() && kind == OperationKind::Function {
            self.missing_element(element, "ReturnType");
        }
        let (return_type, return_annotations) = returns.map(|(_, ty, said)| (ty, said)).unwrap_or_default();
        Some(Operation {
            kind,
            name: name?,
            is_bound,
            is_composable,
            entity_set_path,
            parameters,
            return_type,
            return_annotations,
            annotations,
        })
    }

    /// 12.9 Element `edm:Parameter`.
    fn parameter(&mut self, element: Element<'a>) -> Option<Parameter<'a>> {
        let name = self.required(element, "Name");
        let ty = self.type_use(element);
        let annotations = self.only_annotations(element);
        Some(Parameter { name: name?, ty: ty?, annotations })
    }
}
