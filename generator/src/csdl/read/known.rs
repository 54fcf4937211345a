//! The names that the standard has at each place, for whoever has slipped. What is read is decided elsewhere.

use super::dynamic::{RULES, is_inline};
use crate::csdl::expression::{ConstantKind, PathKind};
use crate::nearest::nearest;

/// An element, its attributes and its child elements; expressions aside.
type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

const STRUCTURED: &[&str] = &["Name", "BaseType", "Abstract", "OpenType"];
const TYPED: &[&str] = &["Type", "Nullable"];
const FACETS: &[&str] = &["MaxLength", "Precision", "Scale", "Unicode", "SRID"];
const ANNOTATION: &[&str] = &["Annotation"];

/// Without the attributes that several elements share.
const ROWS: &[Row] = &[
    ("Edmx", &["Version"], &["Reference", "DataServices"]),
    ("DataServices", &[], &["Schema"]),
    ("Reference", &["Uri"], &["Include", "IncludeAnnotations", "Annotation"]),
    ("Include", &["Namespace", "Alias"], ANNOTATION),
    ("IncludeAnnotations", &["TermNamespace", "Qualifier", "TargetNamespace"], &[]),
    (
        "Schema",
        &["Namespace", "Alias"],
        &[
            "EntityType",
            "ComplexType",
            "EnumType",
            "TypeDefinition",
            "Action",
            "Function",
            "Term",
            "EntityContainer",
            "Annotations",
            "Annotation",
        ],
    ),
    ("EntityType", &["HasStream"], &["Key", "Property", "NavigationProperty", "Annotation"]),
    ("ComplexType", &[], &["Property", "NavigationProperty", "Annotation"]),
    ("Key", &[], &["PropertyRef"]),
    ("PropertyRef", &["Name", "Alias"], &[]),
    ("Property", &["Name", "DefaultValue"], ANNOTATION),
    (
        "NavigationProperty",
        &["Name", "Type", "Nullable", "Partner", "ContainsTarget"],
        &["ReferentialConstraint", "OnDelete", "Annotation"],
    ),
    ("ReferentialConstraint", &["Property", "ReferencedProperty"], ANNOTATION),
    ("OnDelete", &["Action"], ANNOTATION),
    ("EnumType", &["Name", "UnderlyingType", "IsFlags"], &["Member", "Annotation"]),
    ("Member", &["Name", "Value"], ANNOTATION),
    ("TypeDefinition", &["Name", "UnderlyingType"], ANNOTATION),
    ("Action", &["Name", "IsBound", "EntitySetPath"], &["Parameter", "ReturnType", "Annotation"]),
    ("Function", &["Name", "IsBound", "IsComposable", "EntitySetPath"], &["Parameter", "ReturnType", "Annotation"]),
    ("Parameter", &["Name"], ANNOTATION),
    ("ReturnType", &[], ANNOTATION),
    ("Term", &["Name", "BaseTerm", "DefaultValue", "AppliesTo"], ANNOTATION),
    (
        "EntityContainer",
        &["Name", "Extends"],
        &["EntitySet", "Singleton", "ActionImport", "FunctionImport", "Annotation"],
    ),
    ("EntitySet", &["Name", "EntityType", "IncludeInServiceDocument"], &["NavigationPropertyBinding", "Annotation"]),
    ("Singleton", &["Name", "Type", "Nullable"], &["NavigationPropertyBinding", "Annotation"]),
    ("NavigationPropertyBinding", &["Path", "Target"], &[]),
    ("ActionImport", &["Name", "Action", "EntitySet"], ANNOTATION),
    ("FunctionImport", &["Name", "Function", "EntitySet", "IncludeInServiceDocument"], ANNOTATION),
    ("Annotations", &["Target", "Qualifier"], ANNOTATION),
    ("Annotation", &["Term", "Qualifier"], ANNOTATION),
    ("Record", &["Type"], &["PropertyValue", "Annotation"]),
    ("PropertyValue", &["Property"], ANNOTATION),
    ("Collection", &[], &[]),
];

/// The attribute of an element that was probably meant.
pub(super) fn near_attribute(element: &str, name: &str) -> Option<&'static str> {
    let own = ROWS.iter().find(|(it, ..)| *it == element).map(|(_, attributes, _)| *attributes);
    let dynamic = RULES.iter().find(|it| it.element == element).map(|it| it.attributes);
    let shared: &[&[&str]] = match element {
        "EntityType" | "ComplexType" => &[STRUCTURED],
        "Property" | "Parameter" | "ReturnType" | "Term" => &[TYPED, FACETS],
        "TypeDefinition" => &[FACETS],
        _ => &[],
    };
    let of_values: Vec<&'static str> = match element {
        "Annotation" | "PropertyValue" | "LabeledElement" => expressions().filter(|it| is_inline(it)).collect(),
        _ => Vec::new(),
    };
    let known = own.into_iter().chain(dynamic).chain(shared.iter().copied()).flatten().copied();
    nearest(name, known.chain(of_values))
}

/// The child of an element that was probably meant.
pub(super) fn near_child(element: &str, name: &str) -> Option<&'static str> {
    let own = ROWS.iter().find(|(it, ..)| *it == element).map(|(.., children)| *children).unwrap_or_default();
    let holds_values = matches!(element, "Annotation" | "PropertyValue" | "Collection");
    let is_dynamic = RULES.iter().any(|it| it.element == element);
    let values: Vec<&'static str> = if holds_values || is_dynamic { expressions().collect() } else { Vec::new() };
    let annotation = if is_dynamic { ANNOTATION } else { &[] };
    nearest(name, own.iter().chain(annotation).copied().chain(values))
}

/// 14.4 and 14.5: every element that is an expression.
fn expressions() -> impl Iterator<Item = &'static str> {
    let constants = ConstantKind::ALL.iter().map(|it| it.name());
    let paths = PathKind::ALL.iter().map(|it| it.name());
    let others = ["Collection", "Record", "LabeledElementReference"];
    constants.chain(paths).chain(RULES.iter().map(|it| it.element)).chain(others)
}
