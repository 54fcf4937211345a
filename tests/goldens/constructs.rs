//! One module a construct of CSDL, as it is generated.
// The layout is the generator's, and so is the choice of lints.
#![allow(clippy::pedantic, unreachable_pub, dead_code, unused_imports, unused_qualifications)]

#[rustfmt::skip]
#[path = "abstract/src/mod.rs"]
pub mod r#abstract;
#[rustfmt::skip]
#[path = "aliases/src/mod.rs"]
pub mod aliases;
#[rustfmt::skip]
#[path = "closed/src/mod.rs"]
pub mod closed;
#[rustfmt::skip]
#[path = "closed_infer/src/mod.rs"]
pub mod closed_infer;
#[rustfmt::skip]
#[path = "collections/src/mod.rs"]
pub mod collections;
#[rustfmt::skip]
#[path = "complex/src/mod.rs"]
pub mod complex;
#[rustfmt::skip]
#[path = "deprecated/src/mod.rs"]
pub mod deprecated;
#[rustfmt::skip]
#[path = "derived_all/src/mod.rs"]
pub mod derived_all;
#[rustfmt::skip]
#[path = "derived_listed/src/mod.rs"]
pub mod derived_listed;
#[rustfmt::skip]
#[path = "derived_none/src/mod.rs"]
pub mod derived_none;
#[rustfmt::skip]
#[path = "derived_selected/src/mod.rs"]
pub mod derived_selected;
#[rustfmt::skip]
#[path = "docs/src/mod.rs"]
pub mod docs;
#[rustfmt::skip]
#[path = "entity/src/mod.rs"]
pub mod entity;
#[rustfmt::skip]
#[path = "enum_empty/src/mod.rs"]
pub mod enum_empty;
#[rustfmt::skip]
#[path = "enum_flags/src/mod.rs"]
pub mod enum_flags;
#[rustfmt::skip]
#[path = "enum_implicit/src/mod.rs"]
pub mod enum_implicit;
#[rustfmt::skip]
#[path = "enum_plain/src/mod.rs"]
pub mod enum_plain;
#[rustfmt::skip]
#[path = "enum_underlying/src/mod.rs"]
pub mod enum_underlying;
#[rustfmt::skip]
#[path = "enum_values/src/mod.rs"]
pub mod enum_values;
#[rustfmt::skip]
#[path = "facets/src/mod.rs"]
pub mod facets;
#[rustfmt::skip]
#[path = "inheritance_levels/src/mod.rs"]
pub mod inheritance_levels;
#[rustfmt::skip]
#[path = "inheritance_namespaces/src/mod.rs"]
pub mod inheritance_namespaces;
#[rustfmt::skip]
#[path = "key_composite/src/mod.rs"]
pub mod key_composite;
#[rustfmt::skip]
#[path = "module_options/src/mod.rs"]
pub mod module_options;
#[rustfmt::skip]
#[path = "navigation/src/mod.rs"]
pub mod navigation;
#[rustfmt::skip]
#[path = "told/src/mod.rs"]
pub mod told;
#[rustfmt::skip]
#[path = "nullable/src/mod.rs"]
pub mod nullable;
#[rustfmt::skip]
#[path = "open/src/mod.rs"]
pub mod open;
#[rustfmt::skip]
#[path = "operations/src/mod.rs"]
pub mod operations;
#[rustfmt::skip]
#[path = "overlay/src/mod.rs"]
pub mod overlay;
#[rustfmt::skip]
#[path = "primitives/src/mod.rs"]
pub mod primitives;
#[rustfmt::skip]
#[path = "recursion_mutual/src/mod.rs"]
pub mod recursion_mutual;
#[rustfmt::skip]
#[path = "recursion_self/src/mod.rs"]
pub mod recursion_self;
#[rustfmt::skip]
#[path = "reference_include/src/mod.rs"]
pub mod reference_include;
#[rustfmt::skip]
#[path = "requests_contained/src/mod.rs"]
pub mod requests_contained;
#[rustfmt::skip]
#[path = "requests_entity_set/src/mod.rs"]
pub mod requests_entity_set;
#[rustfmt::skip]
#[path = "requests_singleton/src/mod.rs"]
pub mod requests_singleton;
#[rustfmt::skip]
#[path = "schema_split/src/mod.rs"]
pub mod schema_split;
#[rustfmt::skip]
#[path = "secret/src/mod.rs"]
pub mod secret;
#[rustfmt::skip]
#[path = "spelling/src/mod.rs"]
pub mod spelling;
#[rustfmt::skip]
#[path = "stream/src/mod.rs"]
pub mod stream;
#[rustfmt::skip]
#[path = "type_definitions/src/mod.rs"]
pub mod type_definitions;
#[rustfmt::skip]
#[path = "requests_writes/src/mod.rs"]
pub mod requests_writes;
#[rustfmt::skip]
#[path = "requests_functions/src/mod.rs"]
pub mod requests_functions;
#[rustfmt::skip]
#[path = "requests_actions/src/mod.rs"]
pub mod requests_actions;
#[rustfmt::skip]
#[path = "requests_imports/src/mod.rs"]
pub mod requests_imports;
#[rustfmt::skip]
#[path = "requests_keys/src/mod.rs"]
pub mod requests_keys;
#[rustfmt::skip]
#[path = "requests_parentheses/src/mod.rs"]
pub mod requests_parentheses;
#[rustfmt::skip]
#[path = "requests_casts/src/mod.rs"]
pub mod requests_casts;
#[rustfmt::skip]
#[path = "requests_refused/src/mod.rs"]
pub mod requests_refused;
