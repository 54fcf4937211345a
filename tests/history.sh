#!/usr/bin/env bash
# Compiles what is generated from every state of the history in the corpus, foreign types taken from its metadata: one crate,
# a module a state, names carried from state to state. Needs ODATA_CORPUS. The crate is temporary; HISTORY_TARGET names a
# target folder to keep between runs.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${ODATA_CORPUS:?names the folder of the corpus}"

root=$PWD
crate=$(mktemp -d)
trap 'rm -rf "$crate"' EXIT
mkdir "$crate/src"
cat > "$crate/Cargo.toml" <<TOML
[package]
name = "history"
version = "0.0.0"
edition = "2024"
publish = false

[workspace]

[dependencies]
odata-runtime = { path = "$root/runtime", features = ["client", "serde"] }
TOML
# The versions that the workspace is tested with.
cp Cargo.lock "$crate/"

HISTORY_CRATE=$crate cargo test --quiet --test history
modules=$(grep -c '^pub mod' "$crate/src/lib.rs")
if [ "$modules" -lt 50 ]; then
  echo "only $modules modules were generated" >&2
  exit 1
fi

export CARGO_TARGET_DIR=${HISTORY_TARGET:-$crate/target}
cargo check --quiet --manifest-path "$crate/Cargo.toml"
echo "$modules states, $(find "$crate/src" -name '*.rs' -exec cat {} + | wc -l) lines: compiled"
