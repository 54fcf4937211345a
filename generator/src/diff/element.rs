//! What can differ, and in what.

use std::fmt;

use serde::Serialize;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum $name {
            $($(#[$about])* #[serde(rename = $word)] $variant,)+
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$variant => $word),+ })
            }
        }
    };
}

words! {
    /// What kind of thing differs.
    Element {
        /// A namespace: a module.
        Namespace = "namespace",
        /// An entity type, complex type, enumeration or type definition.
        Type = "type",
        /// A type's descent from another: `downcast` and `is`.
        Descent = "base type",
        /// A property or navigation property: a field, a constant for queries, an accessor of a closed base.
        Property = "property",
        /// A member of an enumeration: a variant.
        Member = "member",
        /// A derived type of a closed base: a variant.
        Variant = "variant",
        /// A property by which a value that states no type is told to be of a derived type.
        Deciding = "deciding property",
        /// A path: a struct, and the method that leads to it.
        Resource = "path",
        /// What can be asked at a path: a method, and the request that it makes.
        Operation = "operation",
        /// What a caller gives to an operation.
        Parameter = "parameter",
        /// A query option of an operation: a method of its request.
        QueryOption = "query option",
        /// What new or changed values of an entity type are given in.
        Model = "model",
        /// A property of such a model: the method that sets it.
        Setter = "setter",
        /// The method that sets it to null.
        Clearing = "clearing",
    }
}

words! {
    /// In what something differs that both documents have.
    Aspect {
        /// What it is called in Rust.
        Name = "Rust name",
        /// What kind of item it is in Rust: a struct, an enum, an enum over derived types, an alias.
        Shape = "shape",
        /// Its type in Rust.
        Type = "Rust type",
        /// What its constant for queries is.
        Query = "query constant",
        /// The features of the crate that bring it in.
        Feature = "feature",
        /// How a path goes on.
        Step = "step",
        /// What is sent: the HTTP method, and what a call is limited to.
        Request = "request",
        /// What comes back.
        Result = "result",
        /// The only properties that a filter may use.
        Filterable = "filterable properties",
        /// The only properties that may be sorted by.
        Sortable = "sortable properties",
        /// The properties that must be given.
        Required = "required properties",
        /// What `Org.OData.Core.V1.Revisions` says.
        Deprecation = "deprecation",
        /// The type in the document, where it is the same one in Rust.
        DeclaredType = "declared type",
        /// Which element of the document declares it, and its flags.
        Declared = "declaration",
        /// `Nullable`: a field is optional whatever it says.
        Nullable = "nullability",
        /// `MaxLength`, `Precision`, `Scale`, `Unicode`, `SRID`, `DefaultValue`.
        Facets = "facets",
        /// The number of a member.
        Value = "value",
        /// The order of what belongs to it.
        Order = "order",
    }
}
