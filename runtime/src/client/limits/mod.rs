//! How many requests a service takes, kept to before it has to say so (CR-19).
//!
//! A [`Limit`] is data of the [`Service`](super::Service). A client counts what it sends under each one: a try takes a
//! place in every window that it falls under, and gives it back when the service has answered; the place is free again
//! when the period of the limit has passed since. So however long requests travel, and whatever the service counts by, no
//! period of its clock has more of them. Who waits for a place is served in turn, and may be dropped at any time.

mod limit;
mod place;
mod window;
mod windows;

pub use limit::{Counted, Limit};
pub(super) use place::Place;
use window::Slot;
use windows::Windows;

/// What a client counts.
pub(super) struct Limits(Vec<(Limit, Windows)>);

impl Limits {
    pub(super) fn new(limits: &[Limit]) -> Self {
        let mut counted: Vec<_> = limits.iter().map(|limit| (*limit, Windows::new(limit))).collect();
        // Who waits for its own entity keeps nobody else from a place in what all share.
        counted.sort_by_key(|(_, windows)| windows.is_shared());
        Self(counted)
    }

    /// A place in each window that the request falls under.
    pub(super) async fn enter(&self, place: &Place<'_>) -> Slots {
        let mut slots = Vec::new();
        for (limit, windows) in &self.0 {
            let Some(window) = place.under(limit).and_then(|key| windows.of(&key)) else { continue };
            slots.push(window.enter().await);
        }
        Slots(slots)
    }
}

/// The places of one try. Dropped, they are free: at once if nothing was sent, else when their period has passed.
pub(super) struct Slots(Vec<Slot>);

impl Slots {
    /// The request is sent now.
    pub(super) fn used(mut self) -> Self {
        self.0.iter_mut().for_each(Slot::used);
        self
    }
}
