//! Transports for the tests of an app.
//!
//! - [`InMemory`] plays a script: no server, no port, no clock.
//! - [`Recorder`] writes real exchanges into files, without secrets and personal data; [`Replay`] answers from them.
//! - [`Loopback`] leads a client that believes in its `https` root to a mock server on this machine.
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
//!
//! A recording, with the app's own transport in it:
//!
//! ```no_run
//! # use odata_runtime::client::{Client, ReqwestTransport, Service, StaticToken};
//! use odata_runtime::testing::{Recorder, Replay};
//!
//! # const SERVICE: Service = Service::new("https://api.example.com/v1", "https://api.example.com/.default");
//! let recorder = Recorder::new(ReqwestTransport::new()?, "tests/recorded", &SERVICE);
//! let client = Client::builder(&SERVICE).tokens(StaticToken::new("t")).transport(recorder.clone()).build()?;
//! // .. the app's own code, with this client; then:
//! recorder.finish()?;
//!
//! let service = Replay::open("tests/recorded")?;
//! let client = Client::builder(&SERVICE).tokens(StaticToken::new("t")).transport(service.clone()).build()?;
//! // .. the same code again, and nobody needs the network:
//! service.verify()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

// What a recording is made of: `recorded` is one exchange, `file` its text, `seen` the same before `redact`
// has taken out what nobody may see, `tokens` the JSON in it. `differ` says how an unexpected request differs.
mod differ;
mod exchange;
mod file;
mod in_memory;
mod loopback;
mod recorded;
mod recorder;
mod redact;
mod replay;
mod seen;
mod tokens;

pub use exchange::Exchange;
pub use in_memory::InMemory;
pub use loopback::Loopback;
pub use recorder::Recorder;
pub use replay::Replay;
