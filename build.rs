//! Generates from metadata/ into `OUT_DIR` on every change, so that `tests/freshness.rs` can compare it with what is
//! checked in. Writes nowhere else.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Cargo sets OUT_DIR for every build script.
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    odata_codegen::Build::new("metadata/codegen.toml").output(format!("{out}/generated")).run();
}
