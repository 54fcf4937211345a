#!/usr/bin/env bash
# What an app pays for graph-call-records with and without `client`, and for graph-rs-sdk, the crate that Rust has for
# Graph: crates in its tree, CPU seconds (user and system) and time of a clean check and a clean build. BENCHMARKS.md
# quotes it. Downloads come first and are not counted; each line has a target folder of its own.
#
#   bash tests/app-weight.sh
set -euo pipefail
generated=$(cd "$(dirname "$0")/../generated" && pwd)
export CARGO_INCREMENTAL=0
unset CARGO_TARGET_DIR CARGO_PROFILE_DEV_DEBUG
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
TIMEFORMAT='%U %S %R'

# An app of one line that depends on `$2`; its folder is named `$1`.
app() {
  mkdir -p "$folder/$1/src"
  printf '[package]\nname = "app"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n%s\n' "$2" >"$folder/$1/Cargo.toml"
  echo 'fn main() {}' >"$folder/$1/src/main.rs"
  (cd "$folder/$1" && cargo fetch --quiet)
}

# CPU seconds and time of a clean `cargo $2` of the app `$1`.
clean() {
  cd "$folder/$1"
  rm -rf target
  local spent
  spent=$({ time cargo "$2" --quiet --offline >&2; } 2>&1)
  cd - >/dev/null
  awk '{ printf "%.0f (%.0f)", $1 + $2, $3 }' <<<"${spent##*$'\n'}"
}

app types "graph-call-records = { path = \"$generated\", default-features = false }"
app serde "graph-call-records = { path = \"$generated\", default-features = false, features = [\"serde\"] }"
app native "graph-call-records = { path = \"$generated\", default-features = false, features = [\"serde\", \"client\", \"native-tls\"] }"
app client "graph-call-records = { path = \"$generated\" }"
app peer 'graph-rs-sdk = "=3.0.1"'

echo "| app with | crates | check: CPU s (s) | build: CPU s (s) |"
echo "| --- | ---: | ---: | ---: |"
while read -r name words; do
  crates=$(cd "$folder/$name" && cargo tree --offline --edges normal,build --prefix none --format '{p}' | sed 's/ (\*)$//' | sort -u | wc -l)
  # The app itself is none of its dependencies.
  echo "| $words | $((crates - 1)) | $(clean "$name" check) | $(clean "$name" build) |"
done <<'END'
types graph-call-records, types alone (`default-features = false`)
serde graph-call-records, types and `serde`
native graph-call-records, client over `native-tls`
client graph-call-records, client (default)
peer graph-rs-sdk 3.0.1 (requests, no types of answers)
END
