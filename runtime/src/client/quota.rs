//! What all retries of a client may cost together (E-13), so that a service which has broken down does not get every
//! request four times.
//!
//! A retry takes its cost out of a stock and puts it back when it went well or was given up by the app. The cost of one
//! that failed is lost; each request that goes well at once brings one back. A request that is throttled once more keeps
//! what it has taken until it is given up: otherwise a hundred of them, put off in the same second, would leave nothing
//! for all the others.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};

use super::Client;
use super::error::Error;
use super::received::Received;
use super::retry::{Spent, is_answered};
use super::time::{before, now};

/// So much there is, if nothing else is said: enough for 35 retries that fail, or 100 requests that are throttled.
pub(super) const STOCK: u32 = 500;
/// What a retry costs.
const RETRY: u32 = 14;
/// What a retry costs when the service has asked for it.
const THROTTLED: u32 = 5;

pub(super) struct Quota {
    stock: u32,
    left: Semaphore,
    lost: Mutex<u32>,
}

impl Quota {
    pub(super) fn new(stock: u32) -> Self {
        let stock = stock.min(u32::try_from(Semaphore::MAX_PERMITS).unwrap_or(u32::MAX));
        Self { stock, left: Semaphore::new(stock as usize), lost: Mutex::new(0) }
    }

    /// For a retry of what failed. `None`: too many have failed.
    pub(super) fn take(&self) -> Option<Stake<'_>> {
        let permit = self.left.try_acquire_many(RETRY).ok()?;
        Some(Stake { quota: self, cost: RETRY, permit: Some(permit) })
    }

    /// For a retry that the service has asked for: in turn, as others come back. `None`: not in this time.
    pub(super) async fn take_in_turn(&self, longest: Duration) -> Option<Stake<'_>> {
        if self.stock < THROTTLED {
            return None;
        }
        let permit = before(now().checked_add(longest), self.left.acquire_many(THROTTLED)).await?.ok()?;
        Some(Stake { quota: self, cost: THROTTLED, permit: Some(permit) })
    }

    /// A request went well at once.
    pub(super) fn refund(&self) {
        let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(less) = lost.checked_sub(1) {
            *lost = less;
            self.left.add_permits(1);
        }
    }
}

impl Client {
    /// What the retry before has staked is lost or comes back; a request that went well at once brings some back.
    pub(super) fn settle(&self, stake: Option<Stake<'_>>, outcome: &Result<Received, Error>, spent: &Spent) {
        match (stake, self.quota()) {
            (Some(stake), _) if !is_answered(outcome) => stake.lose(),
            (None, Some(quota)) if spent.retries == 0 && is_answered(outcome) => quota.refund(),
            _ => {}
        }
    }
}

/// What one retry has taken. Dropped, it goes back.
pub(super) struct Stake<'q> {
    quota: &'q Quota,
    cost: u32,
    permit: Option<SemaphorePermit<'q>>,
}

impl Stake<'_> {
    /// The retry failed.
    pub(super) fn lose(mut self) {
        if let Some(permit) = self.permit.take() {
            let mut lost = self.quota.lost.lock().unwrap_or_else(PoisonError::into_inner);
            permit.forget();
            *lost += self.cost;
        }
    }
}
