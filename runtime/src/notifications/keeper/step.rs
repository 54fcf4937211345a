//! What a keeper did.

use std::fmt;

use crate::Timestamp;

/// What a keeper did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Kept {
    /// What it did.
    pub what: KeeperStep,
    /// The subscription.
    pub id: String,
    /// When it ends, if it is not renewed.
    pub expires: Timestamp,
}

/// What a keeper did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeeperStep {
    /// Made one: there was none, or there was one no more.
    Created,
    /// Found one that is as it should be.
    Found,
    /// Put off its end.
    Renewed,
    /// Said that the app still may be notified, as the service had asked.
    Reauthorized,
    /// Nothing: the service says that notifications were lost.
    Missed,
}

impl Kept {
    /// Whether there may be changes that nobody told of: look for them with a [`Backfill`](crate::notifications::Backfill).
    #[must_use]
    pub fn may_have_missed(&self) -> bool {
        matches!(self.what, KeeperStep::Created | KeeperStep::Missed)
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.what {
            KeeperStep::Created => "created",
            KeeperStep::Found => "found",
            KeeperStep::Renewed => "renewed",
            KeeperStep::Reauthorized => "reauthorized",
            KeeperStep::Missed => "notifications were lost",
        };
        write!(f, "subscription {}: {what}, until {}", self.id, self.expires)
    }
}
