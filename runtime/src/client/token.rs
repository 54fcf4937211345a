//! Where tokens come from, and how they are kept out of sight.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use secrecy::{ExposeSecret, SecretString};

use super::BoxFuture;
use super::error::scrub;

/// A bearer token. It never shows in `Debug`, has no `Display`, and its memory is wiped when it is dropped.
#[derive(Clone)]
pub struct Token {
    text: SecretString,
    expires: Option<SystemTime>,
}

impl Token {
    /// Takes the token's text, without the word `Bearer`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: SecretString::from(text.into()), expires: None }
    }

    /// Says until when it is valid. The client keeps it until shortly before and asks for the next one then;
    /// one that does not say is not kept: its source is asked for every try.
    #[must_use]
    pub fn expires_at(mut self, end: SystemTime) -> Self {
        self.expires = Some(end);
        self
    }

    /// Until when it is valid, if it says.
    #[must_use]
    pub fn expires(&self) -> Option<SystemTime> {
        self.expires
    }

    /// The text. Whoever calls this keeps it secret.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.text.expose_secret()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

/// Gives a token for a scope. It is asked when the client has none that is valid, by one task at a time; for every
/// try of a request, if its tokens do not say [until when they are valid](Token::expires_at).
///
/// # Examples
///
/// ```
/// use odata_runtime::client::{BoxFuture, Token, TokenError, TokenSource};
///
/// /// Reads the token that a sidecar keeps fresh in a variable.
/// struct Environment;
///
/// impl TokenSource for Environment {
///     fn token<'a>(&'a self, _scope: &'a str) -> BoxFuture<'a, Result<Token, TokenError>> {
///         Box::pin(async { std::env::var("TOKEN").map(Token::new).map_err(TokenError::new) })
///     }
/// }
/// ```
pub trait TokenSource: Send + Sync + 'static {
    /// A token that is valid now. `scope` is the service's, such as `https://api.example.com/.default`.
    ///
    /// # Errors
    ///
    /// When there is none to be had: the request is not sent.
    fn token<'a>(&'a self, scope: &'a str) -> BoxFuture<'a, Result<Token, TokenError>>;

    /// The same with claims that the service has asked for when it refused the last token (E-24): JSON, to be passed on
    /// to whoever gives the tokens, as the parameter `claims`. If this is not written they are not passed on; a source
    /// that keeps tokens itself should at least not give the last one again.
    ///
    /// # Errors
    ///
    /// When there is none to be had: the error is then that of the service, with its
    /// [challenge](super::Error::challenge).
    fn token_with_claims<'a>(&'a self, scope: &'a str, claims: &'a str) -> BoxFuture<'a, Result<Token, TokenError>> {
        let _ = claims;
        self.token(scope)
    }
}

impl<S: TokenSource + ?Sized> TokenSource for Arc<S> {
    fn token<'a>(&'a self, scope: &'a str) -> BoxFuture<'a, Result<Token, TokenError>> {
        (**self).token(scope)
    }

    fn token_with_claims<'a>(&'a self, scope: &'a str, claims: &'a str) -> BoxFuture<'a, Result<Token, TokenError>> {
        (**self).token_with_claims(scope, claims)
    }
}

impl<S: TokenSource + ?Sized> TokenSource for Box<S> {
    fn token<'a>(&'a self, scope: &'a str) -> BoxFuture<'a, Result<Token, TokenError>> {
        (**self).token(scope)
    }

    fn token_with_claims<'a>(&'a self, scope: &'a str, claims: &'a str) -> BoxFuture<'a, Result<Token, TokenError>> {
        (**self).token_with_claims(scope, claims)
    }
}

/// The same token for every request, whatever the scope: for tests, and for tools that live shorter than
/// their token.
#[derive(Debug, Clone)]
pub struct StaticToken(Token);

impl StaticToken {
    /// Takes the token's text, without the word `Bearer`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Token::new(text))
    }
}

impl TokenSource for StaticToken {
    fn token<'a>(&'a self, _scope: &'a str) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move { Ok(self.0.clone()) })
    }
}

/// Why there is no token: the text of a fault and of its causes, with what looks like a secret taken out.
#[derive(Debug, Clone)]
pub struct TokenError(String);

impl TokenError {
    /// Takes over an error of whatever made the token, or a text.
    #[must_use]
    pub fn new(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(scrub::chain(&*error.into()))
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TokenError {}
