#!/usr/bin/env bash
# R-14: a hundred thousand rows over a socket of a service where three requests in ten go wrong, each row exactly once,
# in memory that stays as it is; prints what went wrong and what was tried again. Takes some minutes, most of it waits.
# ODATA_ROWS asks for another number of rows.
set -euo pipefail
cd "$(dirname "$0")/.."

export ODATA_ROWS=${ODATA_ROWS:-100000}
cargo test --release --locked -p odata-runtime --features testing --test soak -- --nocapture
