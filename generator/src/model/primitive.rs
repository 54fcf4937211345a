//! 4.4 The primitive and abstract types of namespace `Edm`.

/// A type of namespace `Edm` (CSDL 4.4 and 4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // Named after the types of the OASIS text.
pub enum Primitive {
    Binary,
    Boolean,
    Byte,
    Date,
    DateTimeOffset,
    Decimal,
    Double,
    Duration,
    Guid,
    Int16,
    Int32,
    Int64,
    SByte,
    Single,
    Stream,
    String,
    TimeOfDay,
    Geography,
    GeographyPoint,
    GeographyLineString,
    GeographyPolygon,
    GeographyMultiPoint,
    GeographyMultiLineString,
    GeographyMultiPolygon,
    GeographyCollection,
    Geometry,
    GeometryPoint,
    GeometryLineString,
    GeometryPolygon,
    GeometryMultiPoint,
    GeometryMultiLineString,
    GeometryMultiPolygon,
    GeometryCollection,
    /// 4.5: any value at all.
    Untyped,
    /// 4.5: any complex type.
    ComplexType,
    /// 4.5: any entity type.
    EntityType,
    /// 4.5: any primitive type.
    PrimitiveType,
    /// 4.6: terms only.
    AnnotationPath,
    /// 4.6: terms only.
    AnyPropertyPath,
    /// 4.6: terms only.
    ModelElementPath,
    /// 4.6: terms only.
    NavigationPropertyPath,
    /// 4.6: terms only.
    PropertyPath,
}

macro_rules! names {
    ($($name:ident),* $(,)?) => {
        impl Primitive {
            /// Every one of them, in alphabetical order within each group of the OASIS text.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name without `Edm.`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),* }
            }

            /// The type that `Edm.` and this name stand for; names are case-sensitive.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $(stringify!($name) => Some(Self::$name),)* _ => None }
            }
        }
    };
}

names!(
    Binary,
    Boolean,
    Byte,
    Date,
    DateTimeOffset,
    Decimal,
    Double,
    Duration,
    Guid,
    Int16,
    Int32,
    Int64,
    SByte,
    Single,
    Stream,
    String,
    TimeOfDay,
    Geography,
    GeographyPoint,
    GeographyLineString,
    GeographyPolygon,
    GeographyMultiPoint,
    GeographyMultiLineString,
    GeographyMultiPolygon,
    GeographyCollection,
    Geometry,
    GeometryPoint,
    GeometryLineString,
    GeometryPolygon,
    GeometryMultiPoint,
    GeometryMultiLineString,
    GeometryMultiPolygon,
    GeometryCollection,
    Untyped,
    ComplexType,
    EntityType,
    PrimitiveType,
    AnnotationPath,
    AnyPropertyPath,
    ModelElementPath,
    NavigationPropertyPath,
    PropertyPath,
);

impl Primitive {
    /// Whether it is one of the integer types.
    #[must_use]
    pub fn is_integer(self) -> bool {
        matches!(self, Self::Byte | Self::SByte | Self::Int16 | Self::Int32 | Self::Int64)
    }

    /// Whether its values are paths in the model.
    #[must_use]
    pub fn is_path(self) -> bool {
        matches!(
            self,
            Self::AnnotationPath
                | Self::AnyPropertyPath
                | Self::ModelElementPath
                | Self::NavigationPropertyPath
                | Self::PropertyPath
        )
    }

    /// Whether its values are shapes on the earth or on a plane.
    #[must_use]
    pub fn is_spatial(self) -> bool {
        self.name().starts_with("Geo")
    }
}

impl Primitive {
    /// Whether its values can stand in a URL (OASIS ABNF, `primitiveLiteral`) and have a Rust type of their own.
    #[must_use]
    pub fn has_literal(self) -> bool {
        matches!(
            self,
            Self::Binary
                | Self::Boolean
                | Self::Byte
                | Self::Date
                | Self::DateTimeOffset
                | Self::Decimal
                | Self::Double
                | Self::Duration
                | Self::Guid
                | Self::Int16
                | Self::Int32
                | Self::Int64
                | Self::SByte
                | Self::Single
                | Self::String
                | Self::TimeOfDay
        )
    }
}
