//! Properties that the configuration adds, since the service sends them and the metadata leaves them out.

use super::scope::item_name;
use super::{Overlay, Referrer, Resolver};
use crate::csdl::Facets;
use crate::diagnostic::Diagnostic;
use crate::model::{Annotations, Property, PropertyKind};

impl<'m> Resolver<'m, '_> {
    /// Adds every overlay. One that the metadata has caught up with is an error; a derived type that declares the name wins.
    pub(super) fn lay_over(&mut self, overlays: &'m [Overlay]) {
        // Names in the configuration are looked up as outside of every document: by namespace, or an alias of any.
        let outside = self.documents.len();
        for overlay in overlays {
            self.referrer = Referrer { definition: &overlay.type_name, part: "" };
            let Some(id) = self.model.find_type(&overlay.type_name) else {
                self.unknown_type_as(overlay.unknown, outside, &overlay.type_name, overlay.type_span);
                continue;
            };
            if self.model.structured(id).is_none() {
                self.report(
                    Diagnostic::error(
                        "resolve::overlay",
                        format!("`{}` is not a type with properties", overlay.type_name),
                    )
                    .at(overlay.type_span, "a property is added here"),
                );
                continue;
            }
            let declared = self.model.all_properties(id).into_iter().find(|(_, it)| it.name == overlay.property);
            if let Some((declaring, property)) = declared {
                let fault = Diagnostic::error(
                    "resolve::stale-overlay",
                    format!("`{}` declares `{}` itself by now", self.model.qualified_name(declaring), overlay.property),
                )
                .at(overlay.property_span, "added here")
                .also(property.span, "declared here")
                .help("remove it from the configuration");
                self.report(fault);
                continue;
            }
            self.referrer.part = &overlay.property;
            let Some(ty) = self.find_type_ref(outside, &overlay.ty) else {
                self.unknown_type_as(overlay.unknown, outside, item_name(&overlay.ty).0, overlay.ty_span);
                continue;
            };
            if let Some(structured) = self.structured_mut(id) {
                structured.properties.push(Property {
                    name: &overlay.property,
                    span: overlay.property_span,
                    kind: PropertyKind::Overlay,
                    ty,
                    nullable: None,
                    facets: Facets::default(),
                    annotations: Annotations::default(),
                });
            }
        }
    }
}
