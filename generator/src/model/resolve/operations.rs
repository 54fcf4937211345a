//! Actions and functions, overload by overload.

use super::unique::Unique;
use super::{Referrer, Resolver};
use crate::csdl::{self, OperationKind, SchemaItem};
use crate::diagnostic::Diagnostic;
use crate::model::{Operation, OperationId, Parameter, ReturnType, SchemaId};

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
                        self.add_overload(operation);
                    }
                }
            }
        }
    }

    /// Keeps an overload if no other one of its name could be meant by the same call (12.2 and 12.4): actions are told
    /// apart by their binding parameter, functions by the names of the others too.
    fn add_overload(&mut self, operation: Operation<'m>) {
        // A name has a handful of overloads; more than that are not compared.
        const MOST: usize = 100;
        let id = OperationId(u32::try_from(self.model.operations.len()).unwrap_or(u32::MAX));
        let key = (operation.schema, operation.name);
        let call = |it: &Operation<'m>| {
            let binding = it.parameters.first().filter(|_| it.is_bound).map(|it| it.ty);
            let mut names: Vec<&'m str> =
                it.parameters.iter().map(|it| it.name).skip(usize::from(it.is_bound)).collect();
            if it.kind == OperationKind::Action {
                names.clear();
            }
            names.sort_unstable();
            (it.kind, it.is_bound, binding, names)
        };
        let overloads = self.operations.get(&key).map(Vec::as_slice).unwrap_or_default();
        let wanted = call(&operation);
        let same = overloads.iter().take(MOST).map(|id| self.model.operation(*id)).find(|it| call(it) == wanted);
        if let Some(first) = same.map(|it| it.span) {
            let message = format!("overloads of `{}` cannot be told apart", operation.name);
            self.report(
                Diagnostic::error("resolve::duplicate-overload", message)
                    .at(operation.span, "again here")
                    .also(first, "first here")
                    .help(match operation.kind {
                        OperationKind::Action => "actions differ by their binding parameter only; rename one of them",
                        OperationKind::Function => {
                            "functions differ by the names of their parameters; rename one of them"
                        }
                    }),
            );
            return;
        }
        self.operations.entry(key).or_default().push(id);
        self.model.operations.push(operation);
    }

    /// An overload; nothing if a type in its signature is unknown.
    fn operation(
        &mut self,
        document: usize,
        schema: SchemaId,
        declared: &'m csdl::Operation<'m>,
    ) -> Option<Operation<'m>> {
        self.referrer = Referrer { definition: &declared.name.value, part: "" };
        let mut sound = true;
        let mut seen = Unique::default();
        if declared.is_bound && declared.parameters.is_empty() {
            let message = format!("bound operation `{}` has no binding parameter", declared.name.value);
            self.report(
                Diagnostic::error("resolve::no-binding-parameter", message)
                    .at(declared.name.span, "is bound")
                    .help("add a `Parameter`, or remove `IsBound`"),
            );
            sound = false;
        }
        let mut parameters = Vec::with_capacity(declared.parameters.len());
        for it in &declared.parameters {
            if let Some(first) = seen.insert(&it.name) {
                self.duplicate("parameter", &it.name, first);
                sound = false;
            }
            self.referrer.part = &it.name.value;
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
        self.referrer.part = "$ReturnType";
        let return_type = match &declared.return_type {
            Some(it) => {
                let ty = self.type_ref(document, &it.name)?;
                Some(ReturnType {
                    ty,
                    nullable: it.nullable,
                    facets: it.facets.clone(),
                    annotations: self.inline(document, &declared.return_annotations),
                })
            }
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
