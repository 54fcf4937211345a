//! A transport for the tests of an app: no server, no port, no clock.
//!
//! ```
//! use odata_runtime::client::{Client, Service, StaticToken};
//! use odata_runtime::testing::{Exchange, InMemory};
//!
//! const SERVICE: Service = Service::new("https://api.example.com/v1", "https://api.example.com/.default");
//!
//! let service = InMemory::new();
//! service.expect(Exchange::get("/v1/orders/1?$select=id").json(r#"{"id": "1"}"#));
//! let client = Client::builder(&SERVICE).tokens(StaticToken::new("t")).transport(service.clone()).build()?;
//! // .. the app's own code, with this client; then:
//! assert!(service.verify().is_err(), "nobody has asked for the order");
//! # Ok::<(), odata_runtime::client::Error>(())
//! ```

mod exchange;
mod in_memory;

pub use exchange::Exchange;
pub use in_memory::InMemory;
