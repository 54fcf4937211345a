//! Who sent notifications with resource data: the tokens that come with them (N-12).

mod claims;
mod fault;
mod metadata;
mod signers;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jsonwebtoken::crypto::{CryptoProvider, aws_lc};

use super::collection::{Collection, Notification};
use crate::Uuid;
use crate::client::Transport;
use crate::graph::Authority;

pub use fault::{KeysFault, NotGenuine};

use claims::Rules;
use signers::Signers;

/// How many tokens one delivery may have: there is one for each pair of application and tenant in it.
const MAX_TOKENS: usize = 1_000;

/// Checks the validation tokens of deliveries: that the authority of the cloud signed them, for this app, for the
/// tenants that the notifications say they come from, in the name of Graph's change tracking, and that they are valid
/// now.
///
/// The keys of the authority come over a [`Transport`], are kept for a day, and asked for anew after half of it and when
/// a token names one that is not known, that once in five minutes at most. Acknowledge a delivery first and check its
/// tokens then: three seconds are too short to depend on somebody else.
///
/// ```no_run
/// use odata_runtime::client::ReqwestTransport;
/// use odata_runtime::graph::Authority;
/// use odata_runtime::notifications::{Collection, TokenValidator};
/// use odata_runtime::uuid::uuid;
///
/// async fn is_genuine(delivery: &impl Collection) -> Result<bool, Box<dyn std::error::Error>> {
///     let authority = Authority::new("https://login.microsoftonline.com")?;
///     let app = uuid!("00000000-1111-2222-3333-444444444444");
///     let validator = TokenValidator::new(authority, [app], ReqwestTransport::new()?);
///     match validator.check(delivery).await {
///         Ok(()) => Ok(true),
///         Err(fault) if fault.is_passing() => Err(fault.into()), // ask again later
///         Err(_) => Ok(false),
///     }
/// }
/// ```
pub struct TokenValidator {
    rules: Rules,
    signers: Signers,
}

impl TokenValidator {
    /// A validator for the apps with these client ids, whose tokens this authority signs.
    pub fn new(authority: Authority, apps: impl IntoIterator<Item = Uuid>, transport: impl Transport) -> Self {
        // jsonwebtoken panics where another crate of the app has switched on its other cryptography too, and nobody has
        // said which one to take. If somebody does so at this moment, that is as good.
        if CryptoProvider::try_get_default().is_none() {
            let _ = aws_lc::DEFAULT_PROVIDER.install_default();
        }
        let rules = Rules::new(authority.clone(), apps);
        Self { rules, signers: Signers::new(authority, Arc::new(transport)) }
    }

    /// How long the authority is not asked again after a token has named a key that it did not have. Five minutes if
    /// this is not called.
    #[must_use]
    pub fn ask_again_after(mut self, interval: Duration) -> Self {
        self.signers.interval = interval;
        self
    }

    /// Checks a delivery: every token in it must be good, and every notification with resource data must come from a
    /// tenant that one of them is for. A delivery without resource data needs no token, and has none. A good token for a
    /// tenant that nothing is left of proves nothing, and does no harm: [`ClientStates`](super::ClientStates) may have
    /// dropped what it was for.
    ///
    /// # Errors
    ///
    /// Why it is not to be believed. [`NotGenuine::is_passing`]: nobody knows yet.
    pub async fn check(&self, delivery: &impl Collection) -> Result<(), NotGenuine> {
        let tokens = delivery.validation_tokens();
        if tokens.len() > MAX_TOKENS {
            return Err(NotGenuine::Malformed);
        }
        let mut covered = BTreeSet::new();
        for token in tokens {
            let signer = self.signers.of(token).await?;
            covered.insert(self.rules.check(token, &signer)?);
        }
        let mut rich = delivery.items().iter().filter(|it| it.content().is_some());
        let is_covered = |it: &Uuid| covered.contains(it);
        if rich.all(|it| it.tenant().as_ref().is_some_and(is_covered)) { Ok(()) } else { Err(NotGenuine::Uncovered) }
    }
}

impl fmt::Debug for TokenValidator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenValidator").field("rules", &self.rules).finish_non_exhaustive()
    }
}
