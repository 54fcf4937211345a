//! serde for the runtime's own values, for apps that hold them in structs of their own.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Binary, Enumeration, Expanded, Flags, Untyped, Value};

macro_rules! shim {
    ($($type:ty $(where $param:ident: $bound:ident)?;)*) => {$(
        impl $(<$param: $bound>)? Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                super::serialize(self, serializer)
            }
        }

        impl<'de $(, $param: $bound)?> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::deserialize(deserializer)
            }
        }
    )*};
}

shim! {
    Binary;
    Untyped;
    Flags<E> where E: Enumeration;
    // The array alone: count and link belong to the object around it.
    Expanded<T> where T: Value;
}
