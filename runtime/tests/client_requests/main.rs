//! Requests of a client that is shaped like generated ones, over transports that are not the network, and over
//! the stock transport to a listener on the loopback interface.
#![cfg(feature = "testing")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod answers;
mod assertions;
mod cursors;
mod errors;
mod expanded;
mod guard;
mod links;
mod orders;
mod pages;
mod published;
mod ranges;
mod seam;
mod secrets;
mod sent;
mod settings;
mod shown;
mod stock;
mod writes;
