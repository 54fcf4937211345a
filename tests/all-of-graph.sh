#!/usr/bin/env bash
# All types of Microsoft Graph as a crate: generated, checked whole and with each feature alone, linted. BENCHMARKS.md
# quotes what it prints. It takes minutes, so nothing else runs it.
#
#   ODATA_CORPUS=FOLDER bash tests/all-of-graph.sh
#
# GRAPH_TARGET names a folder for what cargo builds, so that the dependencies are built once. Needs GNU time.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${ODATA_CORPUS:?names the folder of public data}"
export CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=0 CARGO_TERM_COLOR=never

here=$PWD
document=$(cd "$ODATA_CORPUS" && pwd)/metadata/v1.0-Prod.csdl
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
graph_target=${GRAPH_TARGET:-$work/target}
failed=0

cargo build --quiet --release --locked -p odata-codegen
codegen=${CARGO_TARGET_DIR:-target}/release/odata-codegen

# Runs a command and prints what it took; the command's own output only when it fails.
measure() {
  local what=$1
  shift
  if command time -f '%e %U %M' -o "$work/took" "$@" >"$work/out" 2>&1; then
    awk -v what="$what" '{ printf "| %s | %.2f | %.2f | %.0f |\n", what, $1, $2, $3 * 1024 / 1e6 }' "$work/took"
  else
    cat "$work/out"
    echo "FAILED: $what"
    failed=1
  fi
  # What a compiler doubts is a fault here; what the generator doubts is compared with a golden.
  if [ "$1" = cargo ] && grep -q '^warning' "$work/out"; then
    cat "$work/out"
    echo "FAILED: warnings from $what"
    failed=1
  fi
}

# The warnings of the generator itself are compared with tests/graph/warnings.txt.
cargo test --quiet --locked --test all_of_graph || failed=1

echo "| | wall s | user s | peak memory, MB |"
echo "| --- | ---: | ---: | ---: |"
measure "generate" "$codegen" generate --config tests/graph/codegen.toml --document "$document" --output "$work/crate/src"
[ "$failed" = 0 ] || exit 1
first=$(cd "$work/crate/src" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)
rm -rf "$work/crate/src"
"$codegen" generate --config tests/graph/codegen.toml --document "$document" --output "$work/crate/src" >"$work/out" 2>&1
second=$(cd "$work/crate/src" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)
[ "$first" = "$second" ] || { echo "FAILED: two runs gave different files"; failed=1; }

# Each folder is a namespace and a feature.
features=()
for folder in "$work"/crate/src/*/; do
  features+=("$(basename "$folder")")
done
{
  printf '[package]\nname = "all-of-graph"\nversion = "0.0.0"\nedition = "2024"\n\n[features]\n'
  printf 'client = ["odata-runtime/client"]\nserde = ["odata-runtime/serde"]\n'
  printf '%s = []\n' "${features[@]}"
  printf '\n[dependencies]\nodata-runtime = { path = "%s/runtime" }\n\n[workspace]\n' "$here"
} >"$work/crate/Cargo.toml"
# The same versions as the project's, found offline where they were found before.
cp Cargo.lock "$work/crate/Cargo.lock"

cd "$work/crate"
export CARGO_TARGET_DIR=$graph_target
# Its dependencies are built before, so that only the crate counts.
cargo_on() {
  local what=$1 verb=$2
  shift 2
  touch src/lib.rs
  cargo "$verb" --quiet "$@" >"$work/out" 2>&1 || true
  touch src/lib.rs
  measure "$what" cargo "$verb" --quiet "$@"
}
cargo_on "check, all features" check --all-features
cargo_on "check, the types alone" check --features "${features[*]}"
cargo_on "check, \`call_records\`" check --features call_records
for feature in "${features[@]}"; do
  [ "$feature" = call_records ] || measure "check, \`$feature\`" cargo check --quiet --features "$feature"
done
measure "check, no feature" cargo check --quiet
touch src/lib.rs
measure "clippy, all features" cargo clippy --quiet --all-features -- -D warnings

# The yardstick: the same types with their fields and derives, and nothing that reads, writes or names them. Seconds
# differ between machines, what is generated in terms of this does not.
bare() {
  mkdir -p "$work/bare"
  cp -r src Cargo.toml Cargo.lock "$work/bare/"
  cd "$work/bare"
  find src -name '*.rs' -print0 | while IFS= read -r -d '' file; do
    awk '
      # The order of enumerations is written out and belongs to the derives.
      /^#\[derive\(Debug, Clone, PartialEq, Hash\)\]$/ { sub(/Hash/, "PartialOrd, Ord, Hash") }
      # Attributes and docs go with the item that follows them.
      inside { if ($0 ~ /^[]})]*[;}]$/) inside = 0; next }
      /^(#\[|\/\/\/)/ { held = held $0 "\n"; next }
      # `Eq` is written out and belongs to the derives.
      /^impl Eq for / { print; next }
      /^(impl[ <]|const )/ { held = ""; if ($0 !~ /[};]$/) inside = 1; next }
      { printf "%s", held; held = ""; print }' "$file" |
      sed -E 's/\bFlags</Vec</g' >"$work/stripped"
    mv "$work/stripped" "$file"
  done
  sed -i '0,/^#!\[forbid/s//#![allow(unused_imports, dead_code)]\n#![forbid/' src/lib.rs
}

lines=$(find src -name '*.rs' -print0 | xargs -0 cat | wc -lc)
# shellcheck disable=SC2086 # two numbers
set -- $lines
echo
echo "$(find src -name '*.rs' | wc -l) files, $1 lines, $2 bytes"

bare
echo "| --- | ---: | ---: | ---: |"
cargo_on "check, fields and derives alone" check --all-features
exit "$failed"
