//! How a client is set up.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::cache::Tokens;
use super::error::Error;
use super::limits::Limits;
use super::quota::{self, Quota};
use super::retry::Retries;
use super::root::Root;
use super::service::{Cloud, Service};
use super::stock::{self, ReqwestTransport};
use super::time::{Clock, Machine};
use super::token::TokenSource;
use super::transport::Transport;
use super::{Client, Settings};

const AGENT: &str = concat!("odata-runtime/", env!("CARGO_PKG_VERSION"));

/// How long an answer may be, in bytes, if nothing else is said: 64 MiB.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// Sets up a client `C`, which is the [`Client`] of this crate in generated clothes.
#[must_use = "a builder does nothing until it is built"]
pub struct Builder<C> {
    service: &'static Service,
    root: Cow<'static, str>,
    scope: Cow<'static, str>,
    prefer: Option<Cow<'static, str>>,
    user_agent: Option<String>,
    tokens: Option<Arc<dyn TokenSource>>,
    transport: Option<Arc<dyn Transport>>,
    timeouts: Timeouts,
    retries: Retries,
    quota: Option<u32>,
    are_limits_kept: bool,
    clock: Arc<dyn Clock>,
    max_body: usize,
    of: PhantomData<fn() -> C>,
}

impl<C: From<Client>> Builder<C> {
    /// The settings for `service`, to which at least the [tokens](Self::tokens) have to be added.
    pub fn new(service: &'static Service) -> Self {
        Self {
            service,
            root: Cow::Borrowed(service.root),
            scope: Cow::Borrowed(service.scope),
            prefer: service.prefer.map(Cow::Borrowed),
            user_agent: None,
            tokens: None,
            transport: None,
            timeouts: Timeouts::default(),
            retries: Retries::default(),
            quota: Some(quota::STOCK),
            are_limits_kept: true,
            clock: Arc::new(Machine),
            max_body: MAX_BODY,
            of: PhantomData,
        }
    }

    /// Where tokens come from.
    pub fn tokens(mut self, tokens: impl TokenSource) -> Self {
        self.tokens = Some(Arc::new(tokens));
        self
    }

    /// What carries the requests, instead of a [`ReqwestTransport`] with its own settings.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The service as this cloud offers it: its root and its scope (CR-28).
    pub fn cloud(self, cloud: impl Borrow<Cloud>) -> Self {
        let cloud: &Cloud = cloud.borrow();
        Self { root: Cow::Borrowed(cloud.root), scope: Cow::Borrowed(cloud.scope), ..self }
    }

    /// Another service root: an `https` URL, or an `http` one on the loopback interface. Tokens go to its
    /// scheme, host and port and nowhere else. Another service mostly wants another [scope](Self::scope).
    pub fn root(mut self, root: impl Into<String>) -> Self {
        self.root = Cow::Owned(root.into());
        self
    }

    /// Another scope that tokens are asked for.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Cow::Owned(scope.into());
        self
    }

    /// What every request states in its header `Prefer`, instead of what the service is described with: preferences,
    /// comma between them (W-11). An empty text: nothing.
    pub fn prefer(mut self, preferences: impl Into<String>) -> Self {
        self.prefer = Some(preferences.into()).filter(|text| !text.is_empty()).map(Cow::Owned);
        self
    }

    /// The app's name and version, such as `inventory/2.1`, which goes before ours in the header `User-Agent`.
    pub fn user_agent(mut self, app: impl Into<String>) -> Self {
        self.user_agent = Some(app.into());
        self
    }

    /// How long a connection may take to come about. 10 s if this is not called. Of the stock transport, as the two
    /// that follow: a [transport](Self::transport) of the app's own has its own limits.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.timeouts.connect = limit;
        self
    }

    /// How long nothing of an answer may come. 60 s if this is not called.
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.timeouts.read = limit;
        self
    }

    /// How long one exchange may take, the body of the answer included. 300 s if this is not called.
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.timeouts.total = limit;
        self
    }

    /// How long one request may take with all its tries and the waits between them, over any transport; of a list,
    /// each page. No limit if this is not called.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.retries.deadline = Some(limit);
        self
    }

    /// How often a request is tried again after the first time. 3 if this is not called; 0: never.
    ///
    /// Requests that change something are tried again only when the service says that it has done nothing, with 429
    /// or 503; the others also after 408, 500, 502, 504 and when no answer came or it broke off (E-12). The wait is
    /// what `Retry-After` asks for and up to a second more, or that of a backoff if it is longer.
    pub fn retries(mut self, most: u32) -> Self {
        self.retries.most = most;
        self
    }

    /// How long one request may wait between its tries, in all. 60 s if this is not called. A service that asks for
    /// more gets no retry: its answer comes back at once as the error.
    pub fn retry_budget(mut self, limit: Duration) -> Self {
        self.retries.budget = limit;
        self
    }

    /// What all retries of this client and its clones may cost together, so that they do not become a storm when the
    /// service has broken down (E-13): 500 if this is not called, `None`: whatever it takes.
    ///
    /// A retry costs 14. When it fails, that is lost, and each request that goes well at once brings 1 back; when there
    /// is not enough left, errors come back at once. After 429 and 503 it costs 5, and who finds nothing left waits in
    /// turn for those who come back, as long as the [budget](Self::retry_budget) allows.
    pub fn retry_quota(mut self, stock: impl Into<Option<u32>>) -> Self {
        self.quota = stock.into();
        self
    }

    /// Whether the client keeps to the [limits](Service::limits) of the service, by waiting before it sends what would
    /// be too much. It does if this is not called. What it waits for that is not in the
    /// [budget](Self::retry_budget) of retries, but in the [deadline](Self::deadline).
    ///
    /// Each client counts for itself, with all its clones. Recordings are replayed faster without.
    pub fn limits(mut self, are_kept: bool) -> Self {
        self.are_limits_kept = are_kept;
        self
    }

    /// Another clock on the wall, and other chance: for tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// How long the body of an answer may be, in bytes, after decompression. 64 MiB if this is not called.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// When the root is no root, no tokens were given, or TLS cannot be set up.
    pub fn build(self) -> Result<C, Error> {
        let root = Root::parse(&self.root).map_err(|why| Error::refused(format!("the service root {why}")))?;
        let tokens = self.tokens.ok_or_else(|| Error::refused("the client has no source of tokens"))?;
        let transport = match self.transport {
            Some(transport) => transport,
            None if !stock::HAS_TLS && root.as_str().starts_with("https:") => {
                return Err(Error::refused(
                    "the stock transport is built without TLS: switch on the feature `rustls` or `native-tls`",
                ));
            }
            None => Arc::new(ReqwestTransport::with(move |builder| self.timeouts.apply(builder))?),
        };
        let settings = Settings {
            service: self.service,
            root,
            tokens: Tokens::new(tokens, self.scope, Arc::clone(&self.clock)),
            transport,
            prefer: self.prefer,
            user_agent: user_agent(self.user_agent.as_deref())?,
            retries: self.retries,
            quota: self.quota.map(Quota::new),
            limits: Limits::new(if self.are_limits_kept { self.service.limits } else { &[] }),
            clock: self.clock,
            max_body: self.max_body,
        };
        Ok(C::from(Client { settings: Arc::new(settings) }))
    }
}

/// The limits of the stock transport.
#[derive(Debug, Clone, Copy)]
struct Timeouts {
    connect: Duration,
    read: Duration,
    total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: stock::CONNECT, read: stock::READ, total: stock::TOTAL }
    }
}

impl Timeouts {
    fn apply(self, builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        builder.connect_timeout(self.connect).read_timeout(self.read).timeout(self.total)
    }
}

fn user_agent(app: Option<&str>) -> Result<HeaderValue, Error> {
    let text = app.map_or_else(|| AGENT.to_owned(), |app| format!("{app} {AGENT}"));
    HeaderValue::try_from(text).map_err(|_| Error::refused("the user agent holds what a header cannot"))
}

/// Without the root, which is not checked yet and may hold a password.
impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("scope", &self.scope).finish_non_exhaustive()
    }
}
