//! Types as they are written in generated code.

use crate::model::Primitive;

/// A type as it is written, paths already shortened by the file's imports.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypeExpr {
    /// A path such as `Endpoint` or `super::super::graph::Identity`.
    Path(String),
    /// `Outer<Inner>`.
    Generic(&'static str, Box<TypeExpr>),
}

impl TypeExpr {
    /// `Outer<self>`.
    #[must_use]
    pub fn within(self, outer: &'static str) -> Self {
        Self::Generic(outer, Box::new(self))
    }

    /// As text, such as `Vec<Identity>`, without the way up to the crate's root.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::Path(path) => path.trim_start_matches("super::").to_owned(),
            Self::Generic(outer, inner) => format!("{outer}<{}>", inner.written()),
        }
    }

    /// The last word of what is named.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Path(path) => path.rsplit("::").next().unwrap_or_default(),
            Self::Generic(_, inner) => inner.name(),
        }
    }
}

/// What a primitive becomes: a type of the prelude or one of the runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// In scope everywhere.
    Prelude(&'static str),
    /// To be imported from the runtime.
    Runtime(&'static str),
}

impl Scalar {
    /// The Rust type of an `Edm` type. Streams have no value of their own: links come as control information (W-23).
    /// Geography, geometry and the abstract types are kept as JSON text (W-20, W-21).
    #[must_use]
    pub fn of(primitive: Primitive) -> Option<Self> {
        Some(match primitive {
            Primitive::Boolean => Self::Prelude("bool"),
            Primitive::Byte => Self::Prelude("u8"),
            Primitive::SByte => Self::Prelude("i8"),
            Primitive::Int16 => Self::Prelude("i16"),
            Primitive::Int32 => Self::Prelude("i32"),
            Primitive::Int64 => Self::Prelude("i64"),
            Primitive::Single => Self::Prelude("f32"),
            Primitive::Double => Self::Prelude("f64"),
            Primitive::String
            | Primitive::AnnotationPath
            | Primitive::AnyPropertyPath
            | Primitive::ModelElementPath
            | Primitive::NavigationPropertyPath
            | Primitive::PropertyPath => Self::Prelude("String"),
            Primitive::Binary => Self::Runtime("Binary"),
            Primitive::Date => Self::Runtime("Date"),
            Primitive::DateTimeOffset => Self::Runtime("Timestamp"),
            Primitive::Decimal => Self::Runtime("Decimal"),
            Primitive::Duration => Self::Runtime("SignedDuration"),
            Primitive::Guid => Self::Runtime("Uuid"),
            Primitive::TimeOfDay => Self::Runtime("Time"),
            Primitive::Stream => return None,
            _ => Self::Runtime("Untyped"),
        })
    }
}
