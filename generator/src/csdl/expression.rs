//! 14.3 Annotations and their expressions, kept as written.

use super::element::Text;
use crate::source::Span;

/// 14.3 Element `edm:Annotation`.
#[derive(Debug, Clone)]
pub struct Annotation<'a> {
    /// `Term`, alias-qualified or namespace-qualified as written.
    pub term: Text<'a>,
    /// `Qualifier`.
    pub qualifier: Option<Text<'a>>,
    /// The value; none when the term's default applies.
    pub value: Option<Expression<'a>>,
    /// Annotations of this annotation.
    pub annotations: Vec<Annotation<'a>>,
}

/// 14.4 constant and 14.5 dynamic expressions.
#[derive(Debug, Clone)]
pub enum Expression<'a> {
    /// A constant: an attribute such as `Bool="true"` or an element such as `<Bool>true</Bool>`.
    Constant(ConstantKind, Text<'a>),
    /// A path: an attribute such as `PropertyPath="id"` or an element.
    Path(PathKind, Text<'a>),
    /// 14.5.6 `edm:Collection`.
    Collection(Vec<Expression<'a>>, Span),
    /// 14.5.14 `edm:Record`.
    Record(Record<'a>),
    /// Every other dynamic expression (`And`, `Apply`, `Cast`, `If`, `LabeledElement`, `Null`, `UrlRef` ...): its element
    /// name, its attributes and its children, kept whole.
    Dynamic {
        /// The element's name.
        element: Text<'a>,
        /// Its attributes in document order, as (name, value).
        attributes: Vec<(&'a str, Text<'a>)>,
        /// Its text, for `LabeledElementReference`.
        text: Option<Text<'a>>,
        /// Its child expressions.
        children: Vec<Expression<'a>>,
        /// Annotations of the expression.
        annotations: Vec<Annotation<'a>>,
    },
}

/// 14.5.14 Element `edm:Record`.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    /// `Type`.
    pub ty: Option<Text<'a>>,
    /// 14.5.14.2 `edm:PropertyValue` in document order.
    pub properties: Vec<PropertyValue<'a>>,
    /// Annotations of the record.
    pub annotations: Vec<Annotation<'a>>,
    /// The element.
    pub span: Span,
}

/// 14.5.14.2 Element `edm:PropertyValue`.
#[derive(Debug, Clone)]
pub struct PropertyValue<'a> {
    /// `Property`.
    pub property: Text<'a>,
    /// Its value; none when the default applies.
    pub value: Option<Expression<'a>>,
    /// Annotations of the value.
    pub annotations: Vec<Annotation<'a>>,
}

macro_rules! kinds {
    ($(#[$doc:meta])* $kind:ident { $($name:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs)] // Named after the attributes and elements of the OASIS text.
        pub enum $kind { $($name),* }

        impl $kind {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name of the attribute and of the element.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),* }
            }

            /// The kind that an attribute or element of this name holds.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $(stringify!($name) => Some(Self::$name),)* _ => None }
            }
        }
    };
}

kinds!(
    /// 14.4 Constant expressions by the attribute or element that holds them.
    ConstantKind {
        Binary, Bool, Date, DateTimeOffset, Decimal, Duration, EnumMember, Float, Guid, Int, String, TimeOfDay,
    }
);

kinds!(
    /// 14.5.1 Path expressions by the attribute or element that holds them.
    PathKind { AnnotationPath, AnyPropertyPath, ModelElementPath, NavigationPropertyPath, Path, PropertyPath }
);
