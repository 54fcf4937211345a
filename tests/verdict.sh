#!/usr/bin/env bash
# Checks the verdict of `odata-codegen diff` on pairs of crates that cover every kind of change (generator/tests/data/diff).
# It is never laxer than cargo-semver-checks, where that is installed. Of a change that it calls breaking, an app that names
# everything of the old crate with its type does not compile against the new one, or does not run as before; of any other
# change it does both. A pattern as argument picks changes by their names, such as `additive`. The folder is temporary;
# VERDICT_TARGET names a target folder to keep between runs.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
VERDICT_CRATES=$work cargo test --quiet --test verdict
export CARGO_TARGET_DIR=${VERDICT_TARGET:-$work/target}

mkdir -p "$work/shop/src" "$work/app/src"
cat > "$work/Cargo.toml" <<TOML
[workspace]
members = ["app", "shop"]
resolver = "3"
TOML
cat > "$work/shop/Cargo.toml" <<TOML
[package]
name = "shop"
version = "1.0.0"
edition = "2024"

[dependencies]
odata-runtime = { path = "$root/runtime", features = ["client", "serde"] }
TOML
cat > "$work/app/Cargo.toml" <<TOML
[package]
name = "app"
version = "1.0.0"
edition = "2024"

[dependencies]
serde_json = "1"
shop = { path = "../shop" }
TOML
cp Cargo.lock "$work/"
# What no signature shows: a value that states no type is taken by what only one derived type declares.
{
  cat "$work/app.rs"
  cat <<'RUST'
fn main() {
    let shape = |text| serde_json::from_str::<shop::n::Shape>(text).unwrap();
    assert!(matches!(shape(r#"{"radius":1}"#), shop::n::Shape::Circle(_)));
    assert!(matches!(shape(r#"{"side":1}"#), shop::n::Shape::Square(_)));
}
RUST
} > "$work/app/src/main.rs"

use_crate() { rm -rf "$work/shop/src" && cp -r "$work/$1" "$work/shop/src"; }
in_work() { (cd "$work" && "$@"); }

semver=no
if command -v cargo-semver-checks > /dev/null; then semver=yes; else
  echo "note: cargo-semver-checks is not installed; the verdict is checked by the app alone" >&2
fi
# What cargo-semver-checks reads. `RUSTC_BOOTSTRAP` since rustdoc's JSON is not stable; in a folder of its own, since build
# scripts of dependencies look at that variable and would run anew at each turn.
describe() {
  in_work env RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$CARGO_TARGET_DIR/described" cargo rustdoc --quiet -p shop --lib -- \
    -Z unstable-options --output-format json --document-hidden-items --cap-lints allow
  cp "$CARGO_TARGET_DIR/described/doc/shop.json" "$work/$1.json"
}
# Whether cargo-semver-checks is content with a release of that kind. That it cannot judge is not its judgement.
accepts() {
  in_work cargo semver-checks --baseline-rustdoc "$work/old.json" --current-rustdoc "$work/$2.json" \
    --release-type "$1" > "$work/semver.log" 2>&1 && return
  grep -q '^ *Summary semver requires' "$work/semver.log" || { cat "$work/semver.log" >&2; exit 1; }
  return 1
}

use_crate old
in_work cargo run --quiet -p app
[ "$semver" = no ] || describe old

faults=0 agreed=0 stricter=0 ran=0 milder=0
fault() { echo "FAULT: $*" >&2; faults=$((faults + 1)); }
while read -r folder verdict name; do
  use_crate "$folder"
  compiles=yes
  in_work cargo check --quiet -p app > "$work/app.log" 2>&1 || compiles=no
  if [ "$verdict" = major ]; then
    if [ "$compiles" = no ]; then how=compile
    elif ! in_work cargo run --quiet -p app > "$work/app.log" 2>&1; then how=run; ran=$((ran + 1))
    else how=none; fi
    flagged=no
    if [ "$semver" = yes ]; then
      describe "$folder"
      accepts minor "$folder" || flagged=yes
    fi
    if [ "$flagged" = yes ]; then agreed=$((agreed + 1)); else stricter=$((stricter + 1)); fi
    [ "$how" != none ] || [ "$flagged" = yes ] || fault "$name: nothing breaks"
  else
    milder=$((milder + 1))
    [ "$compiles" = yes ] || { fault "$name: the app does not compile"; cat "$work/app.log" >&2; }
    in_work cargo run --quiet -p app > "$work/app.log" 2>&1 || { fault "$name: the app does not run"; cat "$work/app.log" >&2; }
    if [ "$semver" = yes ]; then
      describe "$folder"
      release=$verdict
      [ "$verdict" != none ] || release=patch
      accepts "$release" "$folder" || { fault "$name: cargo-semver-checks refuses $release"; cat "$work/semver.log" >&2; }
    fi
  fi
done < <(grep -E "${1:-.}" "$work/verdicts")

echo "$((milder + agreed + stricter)) changes: $milder additive or invisible; of the breaking ones $agreed are seen by cargo-semver-checks too, $stricter by the app alone ($ran of them when it runs)"
[ "$faults" = 0 ] || { echo "$faults faults" >&2; exit 1; }
