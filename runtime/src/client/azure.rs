//! Tokens from Microsoft's own credentials.

use std::fmt;
use std::sync::Arc;

use azure_core::credentials::TokenCredential;

use super::BoxFuture;
use super::token::{Token, TokenError, TokenSource};

/// Any credential of the crates `azure_core` and `azure_identity` as a source of tokens: client secrets, certificates,
/// managed and workload identities, the command line's sign-in.
///
/// ```
/// use std::sync::Arc;
///
/// use odata_runtime::azure_core::credentials::TokenCredential;
/// use odata_runtime::client::{AzureCredential, Builder, Client};
///
/// fn signed_in(builder: Builder<Client>, credential: Arc<dyn TokenCredential>) -> Builder<Client> {
///     builder.tokens(AzureCredential::new(credential))
/// }
/// ```
#[derive(Clone)]
pub struct AzureCredential(Arc<dyn TokenCredential>);

impl AzureCredential {
    /// Takes a credential, as those of `azure_identity` are made.
    #[must_use]
    pub fn new(credential: Arc<dyn TokenCredential>) -> Self {
        Self(credential)
    }
}

impl TokenSource for AzureCredential {
    fn token<'a>(&'a self, scope: &'a str) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move {
            let token = self.0.get_token(&[scope], None).await.map_err(TokenError::new)?;
            Ok(Token::new(token.token.secret()).expires_at(token.expires_on.into()))
        })
    }
}

impl fmt::Debug for AzureCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AzureCredential(..)") // a credential shows what it likes
    }
}
