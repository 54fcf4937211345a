//! serde: one call each way.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::Gates;

pub(super) fn shim(name: &impl ToTokens, gates: Gates) -> TokenStream {
    let gate = gates.serde();
    quote! {
        #gate
        impl odata_runtime::serde::Serialize for #name {
            #[inline]
            fn serialize<S: odata_runtime::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                odata_runtime::shim::serialize(self, serializer)
            }
        }
        #gate
        impl<'de> odata_runtime::serde::Deserialize<'de> for #name {
            #[inline]
            fn deserialize<D: odata_runtime::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                odata_runtime::shim::deserialize(deserializer)
            }
        }
    }
}
