//! What is true of every service of Microsoft Graph, whatever its schema.

mod authority;

pub use authority::{Authority, CHANGE_TRACKING, NoAuthority};
