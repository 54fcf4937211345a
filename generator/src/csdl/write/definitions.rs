//! 6 to 13: the definitions of a schema.

use super::xml::Writer;
use crate::csdl::element::{
    Container, ContainerItem, EntityType, EnumType, Facets, NavigationBinding, NavigationProperty, Operation,
    OperationKind, SchemaItem, StructuredType, Term, TypeDefinition, TypeUse,
};

impl<'d> Writer<'d> {
    pub(super) fn item(&mut self, item: &'d SchemaItem<'d>) {
        match item {
            SchemaItem::Entity(it) => self.entity_type(it),
            SchemaItem::Complex(it) => {
                self.start("ComplexType");
                self.structure(&it.structure);
                self.members(&it.structure);
            }
            SchemaItem::Enum(it) => self.enum_type(it),
            SchemaItem::Definition(it) => self.type_definition(it),
            SchemaItem::Operation(it) => self.operation(it),
            SchemaItem::Term(it) => self.term(it),
            SchemaItem::Container(it) => self.container(it),
        }
    }

    /// 6 Element `edm:EntityType`.
    fn entity_type(&mut self, it: &'d EntityType<'d>) {
        self.start("EntityType");
        self.structure(&it.structure);
        self.unless("HasStream", it.has_stream, false);
        if let Some(key) = &it.key {
            self.start("Key");
            for it in &key.properties {
                self.start("PropertyRef").text("Name", &it.name).maybe("Alias", it.alias.as_ref());
                self.end();
            }
            self.end();
        }
        self.members(&it.structure);
    }

    fn structure(&mut self, it: &'d StructuredType<'d>) {
        self.text("Name", &it.name)
            .maybe("BaseType", it.base.as_ref())
            .unless("Abstract", it.is_abstract, false)
            .flag("OpenType", it.is_open);
    }

    /// The children that entity types and complex types share, and the end of the type.
    fn members(&mut self, it: &'d StructuredType<'d>) {
        for it in &it.properties {
            self.start("Property").text("Name", &it.name);
            self.type_use(&it.ty).maybe("DefaultValue", it.default_value.as_ref());
            self.annotations(&it.annotations);
            self.end();
        }
        it.navigations.iter().for_each(|it| self.navigation_property(it));
        self.annotations(&it.annotations);
        self.end();
    }

    /// 8 Element `edm:NavigationProperty`.
    fn navigation_property(&mut self, it: &'d NavigationProperty<'d>) {
        self.start("NavigationProperty")
            .text("Name", &it.name)
            .text("Type", &it.ty)
            .flag("Nullable", it.nullable)
            .maybe("Partner", it.partner.as_ref())
            .unless("ContainsTarget", it.contains_target, false);
        for it in &it.constraints {
            self.start("ReferentialConstraint")
                .text("Property", &it.property)
                .text("ReferencedProperty", &it.referenced);
            self.annotations(&it.annotations);
            self.end();
        }
        if let Some(it) = &it.on_delete {
            self.start("OnDelete").text("Action", &it.action);
            self.annotations(&it.annotations);
            self.end();
        }
        self.annotations(&it.annotations);
        self.end();
    }

    /// 7.1 and 7.2.
    fn type_use(&mut self, it: &'d TypeUse<'d>) -> &mut Self {
        self.text("Type", &it.name).flag("Nullable", it.nullable).facets(&it.facets)
    }

    fn facets(&mut self, it: &'d Facets<'d>) -> &mut Self {
        self.maybe("MaxLength", it.max_length.as_ref())
            .maybe("Precision", it.precision.as_ref())
            .maybe("Scale", it.scale.as_ref())
            .flag("Unicode", it.unicode)
            .maybe("SRID", it.srid.as_ref())
    }

    /// 10 Element `edm:EnumType`.
    fn enum_type(&mut self, it: &'d EnumType<'d>) {
        self.start("EnumType").text("Name", &it.name).maybe("UnderlyingType", it.underlying.as_ref()).unless(
            "IsFlags",
            it.is_flags,
            false,
        );
        for it in &it.members {
            self.start("Member").text("Name", &it.name).maybe("Value", it.value.as_ref());
            self.annotations(&it.annotations);
            self.end();
        }
        self.annotations(&it.annotations);
        self.end();
    }

    /// 11 Element `edm:TypeDefinition`.
    fn type_definition(&mut self, it: &'d TypeDefinition<'d>) {
        self.start("TypeDefinition").text("Name", &it.name).text("UnderlyingType", &it.underlying).facets(&it.facets);
        self.annotations(&it.annotations);
        self.end();
    }

    /// 12.1 Element `edm:Action` and 12.3 Element `edm:Function`.
    fn operation(&mut self, it: &'d Operation<'d>) {
        self.start(if it.kind == OperationKind::Action { "Action" } else { "Function" })
            .text("Name", &it.name)
            .unless("IsBound", it.is_bound, false)
            .unless("IsComposable", it.is_composable, false)
            .maybe("EntitySetPath", it.entity_set_path.as_ref());
        for it in &it.parameters {
            self.start("Parameter").text("Name", &it.name);
            self.type_use(&it.ty);
            self.annotations(&it.annotations);
            self.end();
        }
        if let Some(ty) = &it.return_type {
            self.start("ReturnType");
            self.type_use(ty);
            self.annotations(&it.return_annotations);
            self.end();
        }
        self.annotations(&it.annotations);
        self.end();
    }

    /// 14.1 Element `edm:Term`.
    fn term(&mut self, it: &'d Term<'d>) {
        self.start("Term").text("Name", &it.name);
        self.type_use(&it.ty)
            .maybe("BaseTerm", it.base_term.as_ref())
            .maybe("DefaultValue", it.default_value.as_ref())
            .maybe("AppliesTo", it.applies_to.as_ref());
        self.annotations(&it.annotations);
        self.end();
    }

    /// 13 Element `edm:EntityContainer`.
    fn container(&mut self, it: &'d Container<'d>) {
        self.start("EntityContainer").text("Name", &it.name).maybe("Extends", it.extends.as_ref());
        it.items.iter().for_each(|it| self.container_item(it));
        self.annotations(&it.annotations);
        self.end();
    }

    /// 13.2 to 13.6.
    fn container_item(&mut self, item: &'d ContainerItem<'d>) {
        match item {
            ContainerItem::EntitySet(it) => {
                self.start("EntitySet").text("Name", &it.name).text("EntityType", &it.entity_type).unless(
                    "IncludeInServiceDocument",
                    it.in_service_document,
                    true,
                );
                self.bindings(&it.bindings);
                self.annotations(&it.annotations);
            }
            ContainerItem::Singleton(it) => {
                self.start("Singleton").text("Name", &it.name).text("Type", &it.ty).flag("Nullable", it.nullable);
                self.bindings(&it.bindings);
                self.annotations(&it.annotations);
            }
            ContainerItem::Import(it) => {
                let (element, operation) = match it.kind {
                    OperationKind::Action => ("ActionImport", "Action"),
                    OperationKind::Function => ("FunctionImport", "Function"),
                };
                self.start(element)
                    .text("Name", &it.name)
                    .text(operation, &it.operation)
                    .maybe("EntitySet", it.entity_set.as_ref())
                    .flag("IncludeInServiceDocument", it.in_service_document);
                self.annotations(&it.annotations);
            }
        }
        self.end();
    }

    /// 13.4 Element `edm:NavigationPropertyBinding`.
    fn bindings(&mut self, bindings: &'d [NavigationBinding<'d>]) {
        for it in bindings {
            self.start("NavigationPropertyBinding").text("Path", &it.path).text("Target", &it.target);
            self.end();
        }
    }
}
