//! What new and changed values of an entity type are given in.

use super::super::docs::{code, property_docs};
use super::super::files::Imports;
use super::resource::Requests;
use super::values::{is_text, whole};
use super::{ModelPlan, RequestFile, RequestItem, SetterPlan};
use crate::csdl::Expression;
use crate::model::{Annotations, Property, PropertyKind, TypeId};
use crate::names::{Ident, ModelNames};

const CORE: &str = "Org.OData.Core.V1";

impl Requests<'_, '_> {
    pub(super) fn models(&mut self) {
        let order = self.planner.selection.order.iter();
        let models: Vec<(TypeId, &ModelNames)> =
            order.filter_map(|id| Some((*id, self.planner.names.models.get(id)?))).collect();
        for (id, names) in models {
            if let Some((name, file)) = &names.create {
                self.model(id, names, (name, file), true);
            }
            if let Some((name, file)) = &names.update {
                self.model(id, names, (name, file), false);
            }
        }
    }

    fn model(&mut self, id: TypeId, names: &ModelNames, (name, file): (&Ident, &Ident), is_new: bool) {
        let planner = self.planner;
        let mut imports = Imports::new(planner.model, planner.names, self.nowhere, None, &[name]);
        imports.runtime("Changes");
        let keys: Vec<&str> = planner.model.key(id).iter().map(|(path, _)| *path).collect();
        let mut setters = Vec::new();
        for (declaring, property) in planner.model.all_properties(id) {
            let is_key = keys.contains(&property.name);
            if matches!(property.kind, PropertyKind::Navigation { .. }) || (is_key && !is_new) {
                continue;
            }
            if !self.is_writable(id, property, is_new) {
                continue;
            }
            let Some((with, clear)) = names.methods.get(property.name) else { continue };
            let ty = if is_text(planner, property.ty) {
                None
            } else {
                let Some(ty) = whole(planner, property.ty, &mut imports) else { continue };
                Some(ty)
            };
            let can_be_null = property.nullable != Some(false) && !property.ty.is_collection;
            setters.push(SetterPlan {
                with: with.clone(),
                clear: (!is_new && can_be_null).then(|| clear.clone()),
                wire: property.name.to_owned(),
                ty,
                docs: property_docs(planner.model, declaring, property, planner.docs),
                deprecated: planner.deprecated(id, declaring, property),
            });
        }
        let qualified = code(&planner.model.qualified_name(id));
        let docs = if is_new {
            vec![format!("What a new {qualified} is made of. What is not set is left to the service.")]
        } else {
            vec![format!("What is changed of a {qualified}. What is neither set nor cleared stays as it is.")]
        };
        self.files.push(RequestFile {
            name: file.clone(),
            exports: vec![name.clone()],
            imports: imports.finish(),
            item: RequestItem::Model(ModelPlan { name: name.clone(), docs, setters }),
        });
    }

    /// Whether an app may set a property: neither the metadata nor the configuration says that only the service does.
    fn is_writable(&self, id: TypeId, property: &Property<'_>, is_new: bool) -> bool {
        let said = &property.annotations;
        let listed = |is_immutable: bool| {
            let mut options = self.planner.model.ancestry(id).filter_map(|it| self.planner.options(it));
            let list =
                |it: &crate::config::TypeOptions| if is_immutable { it.immutable.clone() } else { it.computed.clone() };
            options.any(|it| list(it).iter().any(|it| it.get_ref() == property.name))
        };
        let computed = said.is_set(&format!("{CORE}.Computed")) || listed(false) || is_read_only(said);
        let immutable = said.is_set(&format!("{CORE}.Immutable")) || listed(true);
        !computed && (is_new || !immutable)
    }
}

/// Whether `Core.Permissions` lets apps read and not write.
fn is_read_only(said: &Annotations<'_>) -> bool {
    let value = said.get(&format!("{CORE}.Permissions")).and_then(|it| it.value.as_ref());
    let Some(Expression::Constant(_, text)) = value else { return false };
    let permissions = text.value.split([' ', ',']).filter(|it| !it.is_empty());
    let mut names = permissions.map(|it| it.rsplit('/').next().unwrap_or_default());
    !names.any(|it| matches!(it, "Write" | "ReadWrite" | "3" | "2"))
}
