//! The secret that the service repeats in every notification (N-3).

use std::collections::BTreeSet;
use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac::{HMAC_SHA256, Key, Tag, sign};
use aws_lc_rs::rand::SystemRandom;

use super::collection::{Collection, Notification};
use crate::Uuid;

/// The longest state that a subscription may be made with, in characters. One of two limits that are documented, the
/// lower one.
const MAX_STATE: usize = 128;

/// The states that subscriptions were made with: one, or while it is replaced by another the old and the new one.
///
/// They are not kept, only their authentication codes under a key that is drawn for each list; so a comparison takes as
/// long for a wrong state as for the right one, whatever their lengths.
///
/// # Examples
///
/// ```
/// use odata_runtime::notifications::ClientStates;
///
/// let states = ClientStates::new(["the new one", "the old one"])?;
/// assert!(states.has(Some("the old one")));
/// assert!(!states.has(Some("a guess")));
/// assert!(!states.has(None));
/// # Ok::<(), odata_runtime::notifications::NoClientStates>(())
/// ```
#[derive(Clone)]
pub struct ClientStates {
    key: Key,
    tags: Vec<Tag>,
    /// Of these alone, or of all.
    tenants: Option<BTreeSet<Uuid>>,
}

impl ClientStates {
    /// Takes the states.
    ///
    /// # Errors
    ///
    /// There is none, one of them is empty or longer than 128 characters, or the system has no random numbers.
    pub fn new<S: AsRef<str>>(states: impl IntoIterator<Item = S>) -> Result<Self, NoClientStates> {
        let key = Key::generate(HMAC_SHA256, &SystemRandom::new()).map_err(|_| NoClientStates::Random)?;
        let mut tags = Vec::new();
        for state in states {
            let state = state.as_ref();
            if state.is_empty() || state.chars().count() > MAX_STATE {
                return Err(NoClientStates::Length);
            }
            tags.push(sign(&key, state.as_bytes()));
        }
        if tags.is_empty() { Err(NoClientStates::None) } else { Ok(Self { key, tags, tenants: None }) }
    }

    /// Says which tenants the app serves: a notification from another one, or from none, is dropped although it has a
    /// state. All are served if this is not called.
    #[must_use]
    pub fn only_from(mut self, tenants: impl IntoIterator<Item = Uuid>) -> Self {
        self.tenants = Some(tenants.into_iter().collect());
        self
    }

    /// Whether this is one of them.
    #[must_use]
    pub fn has(&self, state: Option<&str>) -> bool {
        let given = sign(&self.key, state.unwrap_or_default().as_bytes());
        // Each of them is compared, so that the time does not say which one it was.
        let is = |it: &Tag| verify_slices_are_equal(it.as_ref(), given.as_ref()).is_ok();
        self.tags.iter().fold(false, |found, it| found | is(it))
    }

    /// Drops the notifications that do not have one of them, or are from a tenant that is not
    /// [served](Self::only_from), and says how many. The answer is 202 all the same: who guesses learns nothing.
    pub fn keep<C: Collection>(&self, collection: &mut C) -> usize {
        let items = collection.items_mut();
        let all = items.len();
        items.retain(|it| self.has(it.state()) && self.serves(it.tenant()));
        all - items.len()
    }

    fn serves(&self, tenant: Option<Uuid>) -> bool {
        self.tenants.as_ref().is_none_or(|served| tenant.is_some_and(|it| served.contains(&it)))
    }
}

impl fmt::Debug for ClientStates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientStates({})", self.tags.len())
    }
}

/// Why states are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoClientStates {
    /// There is no state, so nothing would ever be taken.
    None,
    /// A state is empty or longer than 128 characters.
    Length,
    /// The system has no random numbers.
    Random,
}

impl fmt::Display for NoClientStates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "there is no client state",
            Self::Length => "a client state is empty or longer than 128 characters",
            Self::Random => "the system has no random numbers",
        })
    }
}

impl std::error::Error for NoClientStates {}
