//! The crate to be written, as plain data.
//!
//! Everything is decided here: which items a file holds, what they are called, the type of each field, what is boxed,
//! deprecated or secret, every line of documentation, every import. [`crate::emit`] turns a plan into text and decides
//! nothing.

mod build;
mod closed;
mod cycles;
mod docs;
mod files;
mod gates;
mod requests;
mod types;

pub use build::plan;
pub(crate) use docs::deprecation;
pub use gates::Gate;
pub use requests::{
    ClientPlan, CloudPlan, ModelPlan, OperationPlan, ParameterPlan, RequestFile, RequestItem, RequestKind,
    ResourcePlan, ResultPlan, ServicePlan, SetterPlan, Step, StepPlan,
};
pub use types::{Scalar, TypeExpr};

use crate::names::Ident;

/// The whole output.
#[derive(Debug, Default)]
pub struct Plan {
    /// Whether parts are behind the features `serde` and `client` of the crate.
    pub features: bool,
    /// The file with the module tree, such as `lib.rs`.
    pub root: RootPlan,
    /// One folder a namespace, in the order of module names.
    pub modules: Vec<ModulePlan>,
    /// The client and its requests.
    pub client: Option<ClientPlan>,
}

/// The root file.
#[derive(Debug, Default)]
pub struct RootPlan {
    /// Its name.
    pub file: String,
    /// Markdown file that becomes the front page.
    pub readme: Option<String>,
    /// Doc lines when there is no front page.
    pub docs: Vec<String>,
    /// Whether it is the root of a crate and not a module within one.
    pub is_crate: bool,
    /// Whether names have letters beyond ASCII.
    pub beyond_ascii: bool,
}

/// One namespace.
#[derive(Debug)]
pub struct ModulePlan {
    /// The module and its folder.
    pub name: Ident,
    /// Doc lines.
    pub docs: Vec<String>,
    /// What the whole module stands behind.
    pub gate: Gate,
    /// What is re-exported at the root, by what it stands behind; each list sorted.
    pub at_root: Vec<(Gate, Vec<Ident>)>,
    /// One file a type, in the order of file names.
    pub files: Vec<FilePlan>,
}

/// One file with one declared type.
#[derive(Debug)]
pub struct FilePlan {
    /// The file without `.rs`.
    pub name: Ident,
    /// What it stands behind within its module.
    pub gate: Gate,
    /// What the module re-exports from it.
    pub exports: Vec<Ident>,
    /// What it imports, sorted.
    pub imports: Vec<ImportPlan>,
    /// The items, in order.
    pub items: Vec<Item>,
}

/// `use path::{names};`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportPlan {
    /// The path before the names.
    pub path: String,
    /// The names, sorted.
    pub names: Vec<String>,
    /// Whether only the client's part of the file needs them.
    pub for_client: bool,
    /// What they stand behind.
    pub gate: Gate,
}

/// One item with all its impls.
#[derive(Debug)]
pub enum Item {
    /// A struct.
    Struct(StructPlan),
    /// A lossless enumeration.
    Enum(EnumPlan),
    /// An enum over the derived types of a closed base.
    Closed(ClosedPlan),
    /// A type definition.
    Alias(AliasPlan),
}

/// A struct and what it implements.
#[derive(Debug)]
pub struct StructPlan {
    /// Its name.
    pub name: Ident,
    /// Doc lines.
    pub docs: Vec<String>,
    /// Fields, those of the bases first.
    pub fields: Vec<FieldPlan>,
    /// Names by which a discriminator may call it: canonical first, then by alias.
    pub wire_names: Vec<String>,
    /// Types derived from it that are generated, as paths, and what each stands behind.
    pub derived: Vec<(Gate, TypeExpr)>,
    /// Bases that it can be downcast from, as paths.
    pub downcast_from: Vec<TypeExpr>,
    /// Whether it can be downcast to something.
    pub is_base: bool,
    /// Whether `Debug` is written out, since it must not show some of the fields.
    pub has_secrets: bool,
    /// Whether a field is deprecated, so that the impls must be allowed to touch it.
    pub has_deprecated: bool,
    /// What the constants are of: the type itself, or of a struct behind a closed base the enum.
    pub queried: Ident,
    /// Constants for queries.
    pub constants: Vec<ConstantPlan>,
}

/// One field.
#[derive(Debug)]
pub struct FieldPlan {
    /// The field.
    pub name: Ident,
    /// The name on the wire.
    pub wire: String,
    /// Doc lines.
    pub docs: Vec<String>,
    /// The type inside `Option`.
    pub ty: TypeExpr,
    /// Text of `#[deprecated(note)]`.
    pub deprecated: Option<String>,
    /// `Debug` prints `***`.
    pub secret: bool,
}

/// A constant that stands for a property in a query.
#[derive(Debug)]
pub struct ConstantPlan {
    /// The constant.
    pub name: Ident,
    /// The name on the wire.
    pub wire: String,
    /// The field that it stands for.
    pub field: Ident,
    /// What kind of property it is.
    pub kind: ConstantKind,
    /// The type of the value, or of the target.
    pub ty: TypeExpr,
    /// Text of `#[deprecated(note)]`.
    pub deprecated: Option<String>,
}

/// What kind of property a constant stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConstantKind {
    /// A structural property.
    Property,
    /// A navigation property that leads to one entity.
    One,
    /// A navigation property that leads to a collection.
    Many,
}

/// An enumeration.
#[derive(Debug)]
pub struct EnumPlan {
    /// Its name.
    pub name: Ident,
    /// Its qualified name.
    pub wire: String,
    /// Doc lines.
    pub docs: Vec<String>,
    /// Its members in the order of the metadata.
    pub members: Vec<MemberPlan>,
}

/// A member of an enumeration.
#[derive(Debug)]
pub struct MemberPlan {
    /// The variant.
    pub name: Ident,
    /// The name on the wire.
    pub wire: String,
    /// Doc lines.
    pub docs: Vec<String>,
}

/// An enum over the derived types of a base.
#[derive(Debug)]
pub struct ClosedPlan {
    /// Its name.
    pub name: Ident,
    /// Doc lines.
    pub docs: Vec<String>,
    /// The derived types.
    pub variants: Vec<VariantPlan>,
    /// The struct behind `Other`.
    pub base: TypeExpr,
    /// Doc lines of `Other`.
    pub other_docs: Vec<String>,
    /// Whether a value that does not state its type is taken by the properties that it has.
    pub infer: bool,
    /// Accessors for the base's own properties.
    pub accessors: Vec<AccessorPlan>,
}

/// One variant of a closed base.
#[derive(Debug)]
pub struct VariantPlan {
    /// What it stands behind.
    pub gate: Gate,
    /// The variant.
    pub name: Ident,
    /// What it holds, boxed.
    pub ty: TypeExpr,
    /// Doc lines.
    pub docs: Vec<String>,
    /// Wire names of the properties that only this derived type declares.
    pub only: Vec<String>,
}

/// A method of a closed base that reads a property every variant has.
#[derive(Debug)]
pub struct AccessorPlan {
    /// The method, and the field of the struct behind `Other`.
    pub name: Ident,
    /// The type of what is read, without a box.
    pub ty: TypeExpr,
    /// The field of each variant, which may have another name there.
    pub fields: Vec<AccessorField>,
    /// Whether the field of the struct behind `Other` is boxed.
    pub is_boxed: bool,
    /// Doc lines.
    pub docs: Vec<String>,
    /// Text of `#[deprecated(note)]`.
    pub deprecated: Option<String>,
}

/// Where one variant of a closed base has a property of the base.
#[derive(Debug)]
pub struct AccessorField {
    /// What the variant stands behind.
    pub gate: Gate,
    /// The variant.
    pub variant: Ident,
    /// The field of what it holds.
    pub field: Ident,
    /// Whether it is boxed there.
    pub is_boxed: bool,
}

/// A type definition: another name for a primitive.
#[derive(Debug)]
pub struct AliasPlan {
    /// Its name.
    pub name: Ident,
    /// Doc lines.
    pub docs: Vec<String>,
    /// What it stands for.
    pub ty: TypeExpr,
}
