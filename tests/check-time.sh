#!/usr/bin/env bash
# User seconds of a clean `cargo check` of graph-call-records alone, its dependencies built. BENCHMARKS.md quotes it.
# Only that package is cleaned. `cargo` is the cost of a run with nothing to do: what cargo itself takes.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_INCREMENTAL=0
TIMEFORMAT=%U

package=graph-call-records
rounds=5

# The user seconds of `cargo check` with these arguments.
check() {
  { time cargo check --quiet --package "$package" "$@" 2>/dev/null; } 2>&1
}

median() { sort -n | sed -n "$((rounds / 2 + 1))p"; }

echo "| features | crate alone, user s | with cargo itself |"
echo "| --- | ---: | ---: |"
for features in "" "--no-default-features --features serde" "--no-default-features"; do
  # shellcheck disable=SC2086 # several arguments, or none
  set -- $features
  cargo check --quiet --package "$package" "$@"
  clean=() idle=()
  for _ in $(seq "$rounds"); do
    cargo clean --quiet --package "$package"
    clean+=("$(check "$@")")
    idle+=("$(check "$@")")
  done
  whole=$(printf '%s\n' "${clean[@]}" | median)
  cargo=$(printf '%s\n' "${idle[@]}" | median)
  alone=$(awk "BEGIN { printf \"%.2f\", $whole - $cargo }")
  echo "| ${features:-default (client and serde)} | $alone | $whole |"
done
