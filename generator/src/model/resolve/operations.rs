//! Actions and functions, overload by overload.

use super::Resolver;
use crate::csdl::{self, SchemaItem};
use crate::model::{Operation, Parameter, ReturnType, SchemaId};

impl<'m> Resolver<'m, '_> {
    /// Defines every overload.
    pub(super) fn define_operations(&mut self) {
        let documents = self.documents;
        for (document, read) in documents.iter().enumerate() {
            for schema in &read.schemas {
                let Some(id) = self.model.find_schema(&schema.namespace.value) else { continue };
                for item in &schema.items {
                    if let SchemaItem::Operation(declared) = item
                        && let Some(operation) = self.operation(document, id, declared)
                    {
                        self.model.operations.push(operation);
                    }
                }
            }
        }
    }

    /// An overload; nothing if a type in its signature is unknown.
    fn operation(
        &mut self,
        document: usize,
        schema: SchemaId,
        declared: &'m csdl::Operation<'m>,
    ) -> Option<Operation<'m>> {
        let mut sound = true;
        let mut parameters = Vec::with_capacity(declared.parameters.len());
        for it in &declared.parameters {
            match self.type_ref(document, &it.ty.name) {
                Some(ty) => parameters.push(Parameter {
                    name: &it.name.value,
                    span: it.name.span,
                    ty,
                    nullable: it.ty.nullable,
                    facets: it.ty.facets.clone(),
                    annotations: self.inline(document, &it.annotations),
                }),
                None => sound = false,
            }
        }
        let return_type = match &declared.return_type {
            Some(it) => match self.type_ref(document, &it.name) {
                Some(ty) => Some(ReturnType { ty, nullable: it.nullable, facets: it.facets.clone() }),
                None => return None,
            },
            None => None,
        };
        sound.then(|| Operation {
            schema,
            name: &declared.name.value,
            span: declared.name.span,
            kind: declared.kind,
            is_bound: declared.is_bound,
            is_composable: declared.is_composable,
            entity_set_path: declared.entity_set_path.as_ref().map(|it| it.value.as_ref()),
            parameters,
            return_type,
            annotations: self.inline(document, &declared.annotations),
        })
    }
}
