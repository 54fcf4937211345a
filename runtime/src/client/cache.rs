//! The token that is at hand, and who asks for the next one.
//!
//! A token that says until when it is valid is kept until then. One task asks for the next one, shortly before;
//! the others go on with the old one while it is valid and wait only when there is none. A source that fails is
//! not asked again for a second, so that a thousand tasks do not ask a dead one a thousand times. Tokens that do
//! not say are not kept: their source is cheap, or keeps them itself.

use std::borrow::Cow;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use super::time::{Instant, now};
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
    pub(super) fn new(source: Arc<dyn TokenSource>, scope: Cow<'static, str>) -> Self {
        Self { source, scope, state: RwLock::default(), gate: tokio::sync::Mutex::new(()) }
    }

    pub(super) fn scope(&self) -> &str {
        &self.scope
    }

    /// A token that is valid now.
    pub(super) async fn get(&self) -> Result<Held, TokenError> {
        match self.find() {
            Found::Fresh(held) => Ok(held),
            Found::Aging(held) => match self.gate.try_lock() {
                Ok(_one) => Ok(self.ask().await.unwrap_or(held)),
                Err(_) => Ok(held),
            },
            Found::Failed(error) => Err(error),
            Found::Unkept => self.ask().await,
            Found::Nothing => {
                let gate = self.gate.lock().await;
                match self.find() {
                    Found::Fresh(held) | Found::Aging(held) => Ok(held),
                    Found::Failed(error) => Err(error),
                    Found::Nothing => self.ask().await,
                    Found::Unkept => {
                        drop(gate);
                        self.ask().await
                    }
                }
            }
        }
    }

    /// Forgets this token, which was not accepted; another one that has come in the meantime stays.
    pub(super) fn forget(&self, refused: &Held) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.kept.take_if(|kept| kept.held.number == refused.number);
    }

    fn find(&self) -> Found {
        // Nothing panics while the lock is held, and the state is whole after every step.
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        let now = now();
        let failed = state.failed.as_ref().filter(|(_, at)| now.duration_since(*at) < SHARED);
        match (&state.kept, failed) {
            (Some(kept), failed) if now < kept.late && SystemTime::now() < kept.end => {
                // While the source fails, nobody asks it for what is not needed yet.
                let is_fresh = now < kept.early || failed.is_some();
                if is_fresh { Found::Fresh(kept.held.clone()) } else { Found::Aging(kept.held.clone()) }
            }
            (_, Some((error, _))) => Found::Failed(error.clone()),
            _ if state.is_unkept => Found::Unkept,
            _ => Found::Nothing,
        }
    }

    async fn ask(&self) -> Result<Held, TokenError> {
        let answer = self.source.token(&self.scope).await;
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        match answer {
            Ok(token) => {
                state.given += 1;
                state.failed = None;
                let held = Held { token, number: state.given };
                state.is_unkept = held.token.expires().is_none();
                state.kept = Kept::new(&held);
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
    fn new(held: &Held) -> Option<Self> {
        let end = held.token.expires()?;
        let life = end.duration_since(SystemTime::now()).unwrap_or_default();
        let until = |margin: Duration| now().checked_add(life.saturating_sub(margin));
        Some(Self { held: held.clone(), early: until(EARLY.min(life / 4))?, late: until(LATE.min(life / 10))?, end })
    }
}
