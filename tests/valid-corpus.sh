#!/usr/bin/env bash
# Compiles what is generated from every valid document of the corpus: one crate, a module a document, no warning.
# Needs ODATA_CORPUS. The crate is temporary; VALID_CORPUS_TARGET names a target folder to keep between runs.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${ODATA_CORPUS:?names the folder of the corpus}"

root=$PWD
crate=$(mktemp -d)
trap 'rm -rf "$crate"' EXIT
mkdir "$crate/src"
cat > "$crate/Cargo.toml" <<TOML
[package]
name = "valid-corpus"
version = "0.0.0"
edition = "2024"
publish = false

[workspace]

[dependencies]
odata-runtime = { path = "$root/runtime", features = ["client", "serde"] }
TOML
# The versions that the workspace is tested with.
cp Cargo.lock "$crate/"

VALID_CORPUS_CRATE=$crate cargo test --quiet --test valid_corpus
modules=$(grep -c '^pub mod' "$crate/src/lib.rs")
if [ "$modules" -lt 40 ]; then
  echo "only $modules modules were generated" >&2
  exit 1
fi

export CARGO_TARGET_DIR=${VALID_CORPUS_TARGET:-$crate/target}
cargo check --quiet --manifest-path "$crate/Cargo.toml"
cargo clippy --quiet --manifest-path "$crate/Cargo.toml" -- -D warnings
echo "$modules documents, $(find "$crate/src" -name '*.rs' | wc -l) files, $(find "$crate/src" -name '*.rs' -exec cat {} + | wc -l) lines: compiled, clippy clean"
