//! The windows of one limit: one for all, or one for each entity.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::limit::Limit;
use super::window::Window;
use crate::client::time::{Instant, now};

/// So many entities are counted one by one at a time, about 10 MB. Beyond it the service has to say itself what is too
/// much.
const MOST: usize = 1 << 16;
/// From so many on it is looked which are idle, and each time that they have doubled since.
const FEW: usize = 64;
/// How often it is looked when there are too many.
const PAUSE: Duration = Duration::from_secs(1);

pub(super) struct Windows {
    limit: Limit,
    windows: Kind,
}

enum Kind {
    Shared(Arc<Window>),
    Each(Mutex<Each>),
}

struct Each {
    by_key: HashMap<String, Arc<Window>>,
    /// How many there may be before the idle ones go.
    room: usize,
    /// When they last went.
    tidied: Instant,
}

impl Windows {
    pub(super) fn new(limit: &Limit) -> Self {
        let windows = if limit.path.is_some_and(|path| path.contains('{')) {
            Kind::Each(Mutex::new(Each { by_key: HashMap::new(), room: FEW, tidied: now() }))
        } else {
            Kind::Shared(Arc::new(Window::new(limit.requests, limit.period)))
        };
        Self { limit: *limit, windows }
    }

    pub(super) fn is_shared(&self) -> bool {
        matches!(self.windows, Kind::Shared(_))
    }

    /// The window for this key. `None`: there are too many.
    pub(super) fn of(&self, key: &str) -> Option<Arc<Window>> {
        match &self.windows {
            Kind::Shared(window) => Some(Arc::clone(window)),
            Kind::Each(each) => each.lock().unwrap_or_else(PoisonError::into_inner).of(key, &self.limit),
        }
    }
}

impl Each {
    fn of(&mut self, key: &str, limit: &Limit) -> Option<Arc<Window>> {
        if let Some(window) = self.by_key.get(key) {
            return Some(Arc::clone(window));
        }
        let now = now();
        // When there are too many it takes a while to look, and would be done for each.
        if self.by_key.len() >= self.room && (self.room < MOST || now.duration_since(self.tidied) >= PAUSE) {
            self.tidy(now);
        }
        if self.by_key.len() >= MOST {
            return None;
        }
        let window = Arc::new(Window::new(limit.requests, limit.period));
        self.by_key.insert(key.to_owned(), Arc::clone(&window));
        Some(window)
    }

    /// Forgets the windows that nobody uses or waits for and that have all their places.
    fn tidy(&mut self, now: Instant) {
        self.by_key.retain(|_, window| Arc::strong_count(window) > 1 || !window.is_idle(now));
        self.tidied = now;
        self.room = (2 * self.by_key.len()).clamp(FEW, MOST);
        self.by_key.shrink_to(self.room);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::Duration;

    use super::{FEW, Kind, MOST, Windows};
    use crate::client::limits::Limit;

    fn kept(windows: &Windows) -> usize {
        match &windows.windows {
            Kind::Each(each) => each.lock().unwrap().by_key.len(),
            Kind::Shared(_) => 1,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn cr19_a_million_entities_leave_nothing_behind() {
        let limit = Limit::new(10, Duration::from_secs(20)).at("/orders/{id}");
        let windows = Windows::new(&limit);
        for id in 0..1_000_000 {
            if id % 50 == 0 {
                tokio::time::advance(Duration::from_secs(1)).await;
            }
            let mut slot = windows.of(&format!("/{id}")).unwrap().enter().await;
            slot.used();
            drop(slot);
            // A thousand of them in 20 s, and as many again before it is looked.
            assert!(kept(&windows) <= 2_000 + FEW, "{}", kept(&windows));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_too_much_to_count_is_not_counted() {
        let limit = Limit::new(1, Duration::from_secs(20)).at("/orders/{id}");
        let windows = Windows::new(&limit);
        for id in 0..2 * MOST {
            if let Some(window) = windows.of(&format!("/{id}")) {
                window.enter().await.used();
            }
        }
        assert_eq!(kept(&windows), MOST);
        assert!(windows.of("/0").is_some() && windows.of("/another").is_none());
        tokio::time::advance(Duration::from_secs(20)).await;
        assert!(windows.of("/another").is_some());
        assert_eq!(kept(&windows), 1);
    }
}
