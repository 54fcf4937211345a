//! Requests: what generated clients are made of, and the seam to HTTP.
//!
//! A generated client is a [`Client`] in clothes that know the service. Its resources are [`Path`]s, its requests
//! hold a [`Get`], a [`List`], a [`Ranged`] or a [`Send`]. All of them go through one function, `exchange`, which is
//! the order of a call:
//!
//! 1. a fresh `client-request-id` for the logical request;
//! 2. the tries, all under that id, as many as [`Builder::retries`] allows: the URL is checked to be at the origin of
//!    the service root, then there is room under each [`Limit`] of the service, then a token is at hand or a
//!    [`TokenSource`] is asked, then a [`Transport`] carries the request, then the body is read under a cap;
//! 3. the status: an [`Error`] answers what went wrong;
//! 4. the JSON, read by the entry of this crate, [`from_slice`](crate::from_slice).
//!
//! An app's `tracing` subscriber sees a span a request and in it a span a try, both at the level INFO, and an event a
//! retry before its wait: by the conventions of OpenTelemetry for HTTP clients, so that the layer of the crate
//! tracing-opentelemetry exports them as they are. They name the path's template and never a key, a query, a token or
//! what a body says. `odata.wait` is in seconds.
//!
//! Requests need a runtime of tokio, for its clock, whatever the transport; without one, `send` is an error. A program
//! that blocks has one of a single thread, and another executor enters one at its side:
//!
//! ```
//! # use odata_runtime::client::{Client, Operation, Service, StaticToken};
//! # use odata_runtime::{Untyped, testing::{Exchange, InMemory}};
//! # const SERVICE: Service = Service::new("https://api.example.com/v1", "https://api.example.com/.default");
//! # const GET: Operation = Operation::new("/status");
//! # let service = InMemory::new();
//! # service.expect(Exchange::get("/v1/status").json("7"));
//! # let client = Client::builder(&SERVICE).tokens(StaticToken::new("t")).transport(service).build()?;
//! # let request = client.path().segment("status").get::<Untyped>(&GET);
//! let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! let status = runtime.block_on(request.send())?;
//! # assert_eq!(status.as_json(), "7");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Lists go page after page: [`Pages`] and [`Items`] are streams of such calls, each with all headers and a token of
//! its own. [`Cursor`] says where to go on.
//!
//! The seam is that of the ecosystem: requests and answers are those of the crate [`http`], a [`Body`] is a
//! stream of [`Bytes`](bytes::Bytes). [`ReqwestTransport`] is the stock transport; a test's is in `testing`.

#[cfg(feature = "azure")]
mod azure;
mod body;
mod builder;
mod cache;
mod challenge;
mod error;
mod exchange;
mod get;
mod key;
mod limits;
mod list;
mod operation;
mod outgoing;
mod paging;
mod path;
mod quota;
mod ranged;
mod received;
mod retry;
mod retry_after;
mod root;
mod send;
mod service;
mod stock;
mod time;
mod token;
mod trace;
mod transport;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

#[cfg(feature = "azure")]
pub use azure::AzureCredential;
pub use body::Body;
pub use builder::Builder;
pub use error::Error;
pub use futures_util::Stream;
pub use futures_util::future::BoxFuture;
pub use get::Get;
pub use key::KeySegment;
pub use limits::{Counted, Limit};
pub use list::List;
pub use operation::Operation;
pub use paging::{Cursor, Items, Pages};
pub use path::Path;
pub use ranged::Ranged;
pub use send::{Reply, Send};
pub use service::{Cloud, Service};
pub use stock::ReqwestTransport;
pub use time::Clock;
pub use token::{StaticToken, Token, TokenError, TokenSource};
pub use transport::{NewConnection, Transport, TransportError};

use cache::Tokens;
use limits::Limits;
use quota::Quota;
use retry::Retries;
use root::Root;

/// A service root, a source of tokens and a transport. Cheap to clone: all clones are one client.
#[derive(Clone)]
pub struct Client {
    settings: Arc<Settings>,
}

struct Settings {
    service: &'static Service,
    root: Root,
    tokens: Tokens,
    transport: Arc<dyn Transport>,
    prefer: Option<Cow<'static, str>>,
    user_agent: HeaderValue,
    retries: Retries,
    quota: Option<Quota>,
    limits: Limits,
    clock: Arc<dyn Clock>,
    max_body: usize,
}

impl Client {
    /// The settings of a client for `service`.
    pub fn builder(service: &'static Service) -> Builder<Self> {
        Builder::new(service)
    }

    /// The service root, to go down from.
    #[must_use]
    pub fn path(&self) -> Path {
        Path::root(self.clone())
    }

    /// The service root's URL, without a slash at its end.
    #[must_use]
    pub fn root(&self) -> &str {
        self.settings.root.as_str()
    }

    fn service(&self) -> &'static Service {
        self.settings.service
    }

    /// Refuses to send anything to another origin than the root's (E-22).
    fn guard(&self, target: &http::Uri) -> Result<(), Error> {
        let checked = self.settings.root.guard(&target.to_string());
        checked.map_err(|why| Error::refused(format!("the URL of the request {why}")))
    }

    /// Where a link leads, if it stays at the root's origin.
    fn resolve(&self, link: &str, context: Option<&str>, from: &str) -> Result<String, String> {
        self.settings.root.resolve(link, context, from)
    }

    /// The host and the port of the service root.
    fn server(&self) -> Option<(&url::Host, u16)> {
        self.settings.root.server()
    }

    fn tokens(&self) -> &Tokens {
        &self.settings.tokens
    }

    fn transport(&self) -> &dyn Transport {
        &*self.settings.transport
    }

    fn prefer(&self) -> Option<&str> {
        self.settings.prefer.as_deref()
    }

    fn user_agent(&self) -> HeaderValue {
        self.settings.user_agent.clone()
    }

    fn retries(&self) -> Retries {
        self.settings.retries
    }

    fn quota(&self) -> Option<&Quota> {
        self.settings.quota.as_ref()
    }

    fn limits(&self) -> &Limits {
        &self.settings.limits
    }

    fn clock(&self) -> &dyn Clock {
        &*self.settings.clock
    }

    fn max_body(&self) -> usize {
        self.settings.max_body
    }
}

impl AsRef<Self> for Client {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("root", &self.root())
            .field("scope", &self.settings.tokens.scope())
            .finish_non_exhaustive()
    }
}
