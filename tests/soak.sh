#!/usr/bin/env bash
# R-14: a hundred thousand rows over a socket of a service where three requests in ten go wrong, each row exactly once,
# in memory that stays as it is; prints what went wrong and what was tried again. Takes some minutes, most of it waits.
# ODATA_ROWS asks for another number of rows. Then R-12: a thousand tasks at once on a service that takes 400 requests a
# second, over as many sockets (ODATA_TASKS).
set -euo pipefail
cd "$(dirname "$0")/.."

export ODATA_ROWS=${ODATA_ROWS:-100000}
cargo test --release --locked -p odata-runtime --features testing --test soak -- --nocapture

ulimit -n 4096 2>/dev/null || true
export ODATA_TASKS=${ODATA_TASKS:-1000}
cargo test --release --locked -p odata-runtime --features testing --test storm -- --nocapture
