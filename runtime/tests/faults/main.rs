//! The client under fire: what services, networks and executors do to it. `tests/FAULTS.md` of the workspace says
//! which test shows which rule.
#![cfg(feature = "testing")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod bodies;
mod cancelled;
#[cfg(all(feature = "rustls", not(feature = "native-tls")))]
mod certificates;
mod connections;
mod executors;
mod laws;
mod matrix;
#[path = "../client_requests/orders.rs"]
#[allow(dead_code)] // each suite uses its own part of the shop
mod orders;
mod redirects;
mod server;
mod traces;
