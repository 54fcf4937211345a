#!/usr/bin/env bash
# Atomicity of `generate` for real: killed at random moments and at each rename, two at once, read-only, full, with links
# and files in the way. After each, the output folder must be the old one or the new one, what is not ours must be
# untouched, and the next run must leave nothing beside it. Exits with 1 on any violation.
#
#   bash tests/atomicity.sh [KILLS]     200 by default
#
# ATOMICITY_TYPES is the size of the output, 700 by default. ODATA_CODEGEN names the command; without it, it is built with --release. ATOMICITY_SEED repeats a run's moments.
# What needs a mount runs in a user namespace or as root, or is skipped with a line that says so.
set -uo pipefail
cd "$(dirname "$0")/.."
source tests/atomicity/lib.sh

kills=${1:-200}
command=${ODATA_CODEGEN:-}
if [ -z "$command" ]; then
  cargo build --quiet --release --package odata-codegen || exit 1
  command=${CARGO_TARGET_DIR:-target}/release/odata-codegen
fi
command=$(realpath "$command")
RANDOM=${ATOMICITY_SEED:=$$}
echo "seed $ATOMICITY_SEED"

place=$(mktemp -d)
trap 'chmod -R u+w "$place"; rm -rf "$place"' EXIT
prepare "$place" "${ATOMICITY_TYPES:-700}"

for part in kills renames together read_only in_the_way owned full; do
  source "tests/atomicity/$part.sh"
done

if [ "$violations" -gt 0 ]; then
  echo "$violations violations"
  exit 1
fi
echo "no violation in $checks checks"
