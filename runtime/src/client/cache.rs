//! The token that is at hand, and who asks for the next one.
//!
//! A token that says until when it is valid is kept until then. One task asks for the next one, shortly before;
//! the others go on with the old one while it is valid and wait only when there is none. A source that fails is
//! not asked again for a second, so that a thousand tasks do not ask a dead one a thousand times. Tokens that do
//! not say are not kept: their source is cheap, or keeps them itself.

use std::borrow::Cow;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use super::time::{Clock, Instant, now};
use super::token::{Token, TokenError, TokenSource};

/// So long before its end a token is replaced, or a quarter of its life if that is shorter.
const EARLY: Duration = Duration::from_secs(5 * 60);
/// So long before its end a token is not sent any more, or a tenth of its life: clocks differ, requests travel.
const LATE: Duration = Duration::from_secs(30);
/// So long a failure stands for all who ask.
const SHARED: Duration = Duration::from_secs(1);

pub(super) struct Tokens {
    source: Arc<dyn TokenSource>,
    scope: Cow<'static, str>,
    clock: Arc<dyn Clock>,
    state: RwLock<State>,
    /// Held by the one who asks the source.
    gate: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    failed: Option<(TokenError, Instant)>,
    /// The last token did not say until when it is valid.
    is_unkept: bool,
    /// How many tokens the source has given.
    given: u64,
    /// What the service wants to see in the next token. Whoever asks for one passes it on.
    claims: Option<String>,
}

struct Kept {
    held: Held,
    early: Instant,
    late: Instant,
    /// By the clock on the wall, which goes on while a machine sleeps.
    end: SystemTime,
}

/// A token, and which one it is: two tokens may have the same text.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) token: Token,
    number: u64,
}

/// What is at hand.
enum Found {
    Fresh(Held),
    /// Valid, but not for long.
    Aging(Held),
    Failed(TokenError),
    /// Nothing, and nothing will be kept.
    Unkept,
    Nothing,
}

impl Tokens {
    pub(super) fn new(source: Arc<dyn TokenSource>, scope: Cow<'static, str>, clock: Arc<dyn Clock>) -> Self {
        Self { source, scope, clock, state: RwLock::default(), gate: tokio::sync::Mutex::new(()) }
    }

    pub(super) fn scope(&self) -> &str {
        &self.scope
    }

    /// A token that is valid now.
    pub(super) async fn get(&self) -> Result<Held, TokenError> {
        match self.find() {
            Found::Fresh(held) => Ok(held),
            Found::Aging(held) => match self.gate.try_lock() {
                Ok(_one) => Ok(self.ask_in_turn().await.unwrap_or(held)),
                Err(_) => Ok(held),
            },
            Found::Failed(error) => Err(error),
            Found::Unkept => self.ask(None).await,
            Found::Nothing => {
                let gate = self.gate.lock().await;
                match self.find() {
                    Found::Fresh(held) | Found::Aging(held) => Ok(held),
                    Found::Failed(error) => Err(error),
                    Found::Nothing => self.ask_in_turn().await,
                    Found::Unkept => {
                        drop(gate);
                        self.ask(None).await
                    }
                }
            }
        }
    }

    /// Another one than this, which was not accepted, perhaps for want of claims.
    pub(super) async fn instead_of(&self, refused: &Held, claims: Option<String>) -> Result<Held, TokenError> {
        if self.forget(refused, claims.as_ref()) { self.get().await } else { self.ask(claims).await }
    }

    /// Forgets a token; another one that has come in the meantime stays. Whether tokens are kept at all.
    fn forget(&self, refused: &Held, claims: Option<&String>) -> bool {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.kept.take_if(|kept| kept.held.number == refused.number);
        if claims.is_some() && state.given == refused.number {
            state.claims = claims.cloned();
        }
        !state.is_unkept
    }

    fn find(&self) -> Found {
        // Nothing panics while the lock is held, and the state is whole after every step.
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        let now = now();
        let failed = state.failed.as_ref().filter(|(_, at)| now.duration_since(*at) < SHARED);
        match (&state.kept, failed) {
            (Some(kept), failed) if now < kept.late && self.clock.wall() < kept.end => {
                // While the source fails, nobody asks it for what is not needed yet.
                let is_fresh = now < kept.early || failed.is_some();
                if is_fresh { Found::Fresh(kept.held.clone()) } else { Found::Aging(kept.held.clone()) }
            }
            (_, Some((error, _))) => Found::Failed(error.clone()),
            _ if state.is_unkept => Found::Unkept,
            _ => Found::Nothing,
        }
    }

    /// Asks for the next one, with the claims that the last one lacked.
    async fn ask_in_turn(&self) -> Result<Held, TokenError> {
        let claims = self.state.read().unwrap_or_else(PoisonError::into_inner).claims.clone();
        self.ask(claims).await
    }

    async fn ask(&self, claims: Option<String>) -> Result<Held, TokenError> {
        let answer = match &claims {
            Some(claims) => self.source.token_with_claims(&self.scope, claims).await,
            None => self.source.token(&self.scope).await,
        };
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        match answer {
            Ok(token) => {
                state.given += 1;
                state.failed = None;
                state.claims.take_if(|asked| claims.as_ref() == Some(asked));
                let held = Held { token, number: state.given };
                state.is_unkept = held.token.expires().is_none();
                state.kept = Kept::new(&held, self.clock.wall());
                Ok(held)
            }
            Err(error) => {
                state.failed = Some((error.clone(), now()));
                Err(error)
            }
        }
    }
}

impl Kept {
    fn new(held: &Held, wall: SystemTime) -> Option<Self> {
        let end = held.token.expires()?;
        let life = end.duration_since(wall).unwrap_or_default();
        let until = |margin: Duration| now().checked_add(life.saturating_sub(margin));
        Some(Self { held: held.clone(), early: until(EARLY.min(life / 4))?, late: until(LATE.min(life / 10))?, end })
    }
}
