//! Recordings of an invented library: what is written, what is not, and that they play.
#![cfg(feature = "testing")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod broken;
mod laws;
mod library;
mod redacted;
mod replayed;
