//! What a webhook hears about the subscription itself, on its way to the keeper (N-9).

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use crate::Uuid;
use crate::notifications::Notification;

/// Takes lifecycle events from the webhook to the [`Keeper`](super::Keeper) that runs elsewhere. Clones are one.
#[derive(Clone, Default)]
pub struct KeeperNews(Arc<Shared>);

#[derive(Default)]
struct Shared {
    told: Mutex<Told>,
    is_told: Notify,
}

#[derive(Default)]
struct Told {
    kept: Option<Uuid>,
    heard: Heard,
}

/// What was heard and not seen to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Heard {
    pub(super) must_reauthorize: bool,
    pub(super) is_removed: bool,
    pub(super) has_missed: bool,
}

impl KeeperNews {
    /// Passes on what a notification says about the subscription; whether it says anything about the one that is kept.
    /// Never waits, and the same event over and over takes no room.
    ///
    /// Anybody may post to a webhook: only notifications that [`ClientStates::keep`](crate::notifications::ClientStates)
    /// has left in belong here.
    pub fn tell(&self, notification: &impl Notification) -> bool {
        let Some(event) = notification.event() else { return false };
        let mut told = self.told();
        if told.kept.is_none() || told.kept != notification.subscription() {
            return false;
        }
        let heard = &mut told.heard;
        let flag = match () {
            () if event.eq_ignore_ascii_case("reauthorizationRequired") => &mut heard.must_reauthorize,
            () if event.eq_ignore_ascii_case("subscriptionRemoved") => &mut heard.is_removed,
            () if event.eq_ignore_ascii_case("missed") => &mut heard.has_missed,
            () => return false,
        };
        *flag = true;
        drop(told);
        self.0.is_told.notify_one();
        true
    }

    /// From now on this one is kept, and nothing has been heard of it.
    pub(super) fn is_about(&self, id: Option<&str>) {
        *self.told() = Told { kept: id.and_then(|it| it.parse().ok()), heard: Heard::default() };
    }

    pub(super) fn heard(&self) -> Heard {
        self.told().heard
    }

    /// Forgets some of what was heard: it has been seen to.
    pub(super) fn seen_to(&self, what: impl FnOnce(&mut Heard)) {
        what(&mut self.told().heard);
    }

    /// Until something is heard.
    pub(super) async fn wait(&self) {
        self.0.is_told.notified().await;
    }

    fn told(&self) -> std::sync::MutexGuard<'_, Told> {
        // Nothing panics while the lock is held.
        self.0.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for KeeperNews {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeeperNews").field(&self.heard()).finish()
    }
}
