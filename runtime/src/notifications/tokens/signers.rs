//! The keys of an authority, kept, and asked for anew when a token names another one.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jsonwebtoken::{Algorithm, decode_header};

use super::fault::{Cause, KeysFault, NotGenuine};
use super::metadata::{Signer, ask};
use crate::client::Transport;
use crate::client::time::{Instant, now};
use crate::graph::Authority;

/// After so long the keys are asked for anew.
const FRESH: Duration = Duration::from_secs(12 * 60 * 60);
/// After so long they are not used any more: one of them may have been withdrawn.
const LIFE: Duration = Duration::from_secs(24 * 60 * 60);
/// So long an authority that gave no key at all is not asked again.
const DEAD: Duration = Duration::from_secs(10);
const UNANSWERED: Cause = Cause::Answer("it was asked a moment ago and has not answered yet");

pub(super) struct Signers {
    authority: Authority,
    transport: Arc<dyn Transport>,
    pub(super) interval: Duration,
    state: Arc<RwLock<State>>,
    /// Held by the one who asks.
    gate: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    kept: Option<(Vec<Arc<Signer>>, Instant)>,
    asked: Option<Instant>,
    failed: Option<KeysFault>,
}

impl State {
    /// The key of this name, if the keys were asked for no longer ago than this.
    fn find(&self, id: &str, age: Duration) -> Option<Arc<Signer>> {
        self.younger(age)?.iter().find(|it| it.id == id).cloned()
    }

    fn younger(&self, age: Duration) -> Option<&[Arc<Signer>]> {
        let (signers, since) = self.kept.as_ref()?;
        (now().duration_since(*since) < age).then_some(signers)
    }

    /// Whether the authority may be asked again.
    fn is_due(&self, interval: Duration) -> bool {
        // While there are keys, a name that is not among them is most likely made up.
        let interval = if self.younger(LIFE).is_some() { interval } else { DEAD.min(interval) };
        self.asked.is_none_or(|at| now().duration_since(at) >= interval)
    }
}

impl Signers {
    pub(super) fn new(authority: Authority, transport: Arc<dyn Transport>) -> Self {
        let interval = Duration::from_secs(5 * 60);
        Self { authority, transport, interval, state: Arc::default(), gate: tokio::sync::Mutex::new(()) }
    }

    /// The key that a token says it is signed with. What is wrong with its head is told before anybody is asked.
    pub(super) async fn of(&self, token: &str) -> Result<Arc<Signer>, NotGenuine> {
        let head = decode_header(token).map_err(|_| NotGenuine::Malformed)?;
        if head.alg != Algorithm::RS256 {
            return Err(NotGenuine::Algorithm);
        }
        // What a reader must understand to read the token (RFC 7515, section 4.1.11) is not understood here.
        if head.crit.is_some() || head.zip.is_some() || head.enc.is_some() {
            return Err(NotGenuine::Malformed);
        }
        self.named(&head.kid.ok_or(NotGenuine::Malformed)?).await
    }

    async fn named(&self, id: &str) -> Result<Arc<Signer>, NotGenuine> {
        if let Some(signer) = self.read(|it| it.find(id, FRESH)) {
            return Ok(signer);
        }
        let _one = self.gate.lock().await;
        if let Some(signer) = self.read(|it| it.find(id, FRESH)) {
            return Ok(signer);
        }
        if self.read(|it| it.is_due(self.interval)) {
            self.ask().await;
        }
        self.read(|it| match (it.find(id, LIFE), &it.failed) {
            (Some(signer), _) => Ok(signer),
            // A key that came since the authority was reached last is not known to be made up.
            (None, Some(fault)) => Err(NotGenuine::NoKeys(fault.clone())),
            (None, None) if it.younger(LIFE).is_some() => Err(NotGenuine::UnknownKey),
            (None, None) => Err(NotGenuine::NoKeys(KeysFault(UNANSWERED))),
        })
    }

    /// Asks, in a task of its own: whoever wants a token checked may go away meanwhile, and could otherwise, by always
    /// doing so, see to it that no answer is ever kept.
    async fn ask(&self) {
        let (authority, transport, state) = (self.authority.clone(), self.transport.clone(), self.state.clone());
        write(&state, |it| {
            it.asked = Some(now());
            it.failed = Some(KeysFault(UNANSWERED));
        });
        let asked = tokio::spawn(async move {
            let answer = ask(&authority, &*transport).await;
            write(&state, |it| match answer {
                Ok(signers) => {
                    it.kept = Some((signers.into_iter().map(Arc::new).collect(), now()));
                    it.failed = None;
                }
                Err(fault) => it.failed = Some(fault),
            });
        });
        // Where the transport panics, it stays unanswered.
        let _ = asked.await;
    }

    fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        // Nothing panics while the lock is held, and the state is whole after every step.
        look(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn write(state: &RwLock<State>, change: impl FnOnce(&mut State)) {
    change(&mut state.write().unwrap_or_else(PoisonError::into_inner));
}
