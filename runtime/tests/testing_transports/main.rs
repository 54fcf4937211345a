//! Transports for tests, tested: a script, and a server on this machine.
#![cfg(feature = "testing")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod loopback;
mod script;
