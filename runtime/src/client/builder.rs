//! How a client is set up.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::error::Error;
use super::root::Root;
use super::service::Service;
use super::stock::ReqwestTransport;
use super::token::TokenSource;
use super::transport::Transport;
use super::{Client, Settings};

/// How long an answer may be, in bytes, if nothing else is said: 64 MiB.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// Sets up a client `C`, which is the [`Client`] of this crate in generated clothes.
#[must_use = "a builder does nothing until it is built"]
pub struct Builder<C> {
    root: Cow<'static, str>,
    scope: Cow<'static, str>,
    tokens: Option<Arc<dyn TokenSource>>,
    transport: Option<Arc<dyn Transport>>,
    max_body: usize,
    of: PhantomData<fn() -> C>,
}

impl<C: From<Client>> Builder<C> {
    /// The settings for `service`, to which at least the [tokens](Self::tokens) have to be added.
    pub fn new(service: &'static Service) -> Self {
        Self {
            root: Cow::Borrowed(service.root),
            scope: Cow::Borrowed(service.scope),
            tokens: None,
            transport: None,
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
            None => Arc::new(ReqwestTransport::new()?),
        };
        let settings = Settings { root, scope: self.scope, tokens, transport, max_body: self.max_body };
        Ok(C::from(Client { settings: Arc::new(settings) }))
    }
}

/// Without the root, which is not checked yet and may hold a password.
impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("scope", &self.scope).finish_non_exhaustive()
    }
}
