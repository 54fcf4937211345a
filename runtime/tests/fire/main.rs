//! The client under fire: throttled, cut off, refused and in a hurry. Clocks and chance are the test's, so waits are
//! exact; what is about connections goes over a socket on the loopback interface.
#![cfg(feature = "testing")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::float_cmp)] // seconds as `exact` rounds them

mod batches;
mod cancelled;
mod connections;
mod hands;
mod limits;
mod matrix;
#[allow(dead_code)] // the client of another test, which uses all of it
#[path = "../client_requests/orders.rs"]
mod orders;
mod retries;
mod storms;
mod timed;
mod tokens;
