//! Requests: what generated clients are made of, and the seam to HTTP.
//!
//! A generated client is a [`Client`] in clothes that know the service. Its resources are [`Path`]s, its
//! requests hold a [`Get`]; `send` goes through one function, `exchange`, which is the order of a call:
//!
//! 1. a fresh `client-request-id` for the logical request;
//! 2. the try: the URL is checked to be at the origin of the service root, then a [`TokenSource`] is asked, then
//!    a [`Transport`] carries the request, then the body is read under a cap;
//! 3. the status: an [`Error`] answers what went wrong;
//! 4. the JSON, read by the entry of this crate, [`from_slice`](crate::from_slice).
//!
//! The seam is that of the ecosystem: requests and answers are those of the crate [`http`], a [`Body`] is a
//! stream of [`Bytes`](bytes::Bytes). [`ReqwestTransport`] is the stock transport; a test's is in `testing`.

mod body;
mod builder;
mod error;
mod exchange;
mod get;
mod key;
mod path;
mod received;
mod root;
mod service;
mod stock;
mod token;
mod transport;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

pub use body::Body;
pub use builder::Builder;
pub use error::Error;
pub use futures_util::future::BoxFuture;
pub use get::Get;
pub use key::KeySegment;
pub use path::Path;
pub use service::{Cloud, Operation, Service};
pub use stock::ReqwestTransport;
pub use token::{StaticToken, Token, TokenError, TokenSource};
pub use transport::{Transport, TransportError};

use root::Root;

/// A service root, a source of tokens and a transport. Cheap to clone: all clones are one client.
#[derive(Clone)]
pub struct Client {
    settings: Arc<Settings>,
}

struct Settings {
    root: Root,
    scope: Cow<'static, str>,
    tokens: Arc<dyn TokenSource>,
    transport: Arc<dyn Transport>,
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

    /// Refuses to send anything to another origin than the root's (E-22).
    fn guard(&self, target: &http::Uri) -> Result<(), Error> {
        let checked = self.settings.root.guard(&target.to_string());
        checked.map_err(|why| Error::refused(format!("the URL of the request {why}")))
    }

    // A cache of tokens will stand here.
    async fn token(&self) -> Result<Token, TokenError> {
        self.settings.tokens.token(&self.settings.scope).await
    }

    fn transport(&self) -> &dyn Transport {
        &*self.settings.transport
    }

    fn max_body(&self) -> usize {
        self.settings.max_body
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("root", &self.root())
            .field("scope", &self.settings.scope)
            .finish_non_exhaustive()
    }
}
