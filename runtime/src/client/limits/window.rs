//! One window: so many places, each free again when a period has passed.
//!
//! `governor` is not used here: its algorithm lets twice the number through in one period (a burst, and what drips in
//! after it), its waits go by a timer thread of their own rather than by tokio's clock, and whoever polls first is served
//! first.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::client::time::{Instant, before, now};

pub(super) struct Window {
    most: usize,
    period: Duration,
    /// Held by whoever is first in line; the others wait for it in turn.
    line: tokio::sync::Mutex<()>,
    places: Mutex<Places>,
    /// A place was given back.
    changed: Notify,
}

#[derive(Default)]
struct Places {
    /// Taken by requests that are on their way.
    taken: usize,
    /// When each of the others that are not free will be, the soonest first.
    free_at: VecDeque<Instant>,
}

impl Window {
    pub(super) fn new(most: u32, period: Duration) -> Self {
        // With no place at all, nobody would ever be served.
        let most = most.max(1) as usize;
        Self { most, period, line: tokio::sync::Mutex::default(), places: Mutex::default(), changed: Notify::new() }
    }

    /// A place, in turn.
    pub(super) async fn enter(self: Arc<Self>) -> Slot {
        let line = self.line.lock().await;
        while let Err(free_at) = self.try_enter(now()) {
            before(free_at, self.changed.notified()).await;
        }
        drop(line);
        Slot { window: self, is_used: false }
    }

    /// Takes a place, or says when the next one will be free. `None`: when a request that is on its way has come back.
    fn try_enter(&self, now: Instant) -> Result<(), Option<Instant>> {
        let mut places = self.places();
        places.settle(now);
        if places.taken + places.free_at.len() < self.most {
            places.taken += 1;
            return Ok(());
        }
        Err(places.free_at.front().copied())
    }

    /// Whether nobody would wait, and nothing would be forgotten with it.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        let mut places = self.places();
        places.settle(now);
        places.taken == 0 && places.free_at.is_empty()
    }

    // Nothing panics while the lock is held, and the places are whole after every step.
    fn places(&self) -> MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Places {
    fn settle(&mut self, now: Instant) {
        while self.free_at.front().is_some_and(|free_at| *free_at <= now) {
            self.free_at.pop_front();
        }
    }
}

/// One place of a window.
pub(super) struct Slot {
    window: Arc<Window>,
    is_used: bool,
}

impl Slot {
    pub(super) fn used(&mut self) {
        self.is_used = true;
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut places = self.window.places();
        places.taken -= 1;
        if let Some(free_at) = now().checked_add(self.window.period).filter(|_| self.is_used) {
            places.free_at.push_back(free_at);
        }
        drop(places);
        self.window.changed.notify_one();
    }
}
