//! A compiler from OData CSDL (`$metadata`) to idiomatic Rust.
//!
//! One direction, no stage looks back; every stage but the last is a pure function of values to values and diagnostics.
//!
//! | stage | from | to |
//! |---|---|---|
//! | [`csdl::read`] | XML text | documents, every name and attribute with its place |
//! | [`model::resolve`] | documents | a model: aliases, references, inheritance, annotations and overlays resolved |
//! | [`select::select`] | model and roots | what is reachable, and why |
//! | [`names::names`] | selection | every Rust identifier |
//! | [`plan::plan`] | all of these | the crate to be written, as plain data |
//! | [`emit::emit`] | plan | files |
//! | [`output`] | files | a folder, written or checked |
//!
//! A build script needs one call:
//!
//! ```no_run
//! // build.rs
//! let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
//! odata_codegen::Build::new("metadata/codegen.toml").output(format!("{out}/service")).run();
//! ```

mod build;
pub mod compile;
pub mod config;
pub mod context;
pub mod csdl;
pub mod deprecation;
pub mod diagnostic;
pub mod diagram;
pub mod diff;
pub mod emit;
pub mod explain;
pub mod extract;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod info;
pub mod input;
pub mod lock;
pub mod model;
pub mod names;
mod nearest;
pub mod output;
mod parallel;
pub mod plan;
#[cfg(feature = "update")]
pub mod provenance;
pub mod report;
pub mod search;
pub mod select;
pub mod source;
mod table;
pub mod tree;
#[cfg(feature = "update")]
pub mod update;

pub use build::Build;
