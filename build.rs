//! Generates from metadata/ into `OUT_DIR` on every change, so that `tests/freshness.rs` can compare it with what is
//! checked in, and takes the code out of README.md for `tests/readme.rs`. Writes nowhere else.

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=README.md");
    // Cargo sets OUT_DIR for every build script.
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    odata_codegen::Build::new("metadata/codegen.toml").output(format!("{out}/generated")).run();

    let readme = std::fs::read_to_string("README.md")?.replace("\r\n", "\n");
    let code = readme.split("```rust\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or_default();
    std::fs::write(format!("{out}/readme.rs"), code)
}
