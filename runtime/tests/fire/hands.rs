//! The hands of the clock on the wall, and chance.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use odata_runtime::client::Clock;
use tokio::time::Instant;

/// Sunday, 6 November 1994, 08:49:37 GMT, the example of RFC 9110.
pub(crate) const START: Duration = Duration::from_secs(784_111_777);

/// A clock that begins at [`START`] and goes with tokio's, and waits that are the shortest, until it is said otherwise.
#[derive(Clone)]
pub(crate) struct Hands(Arc<Mutex<(SystemTime, Instant, f64)>>);

impl Hands {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new((SystemTime::UNIX_EPOCH + START, Instant::now(), 0.0))))
    }

    /// The clock on the wall is set.
    pub(crate) fn set(&self, wall: SystemTime) {
        let mut hands = self.0.lock().unwrap();
        (hands.0, hands.1) = (wall, Instant::now());
    }

    pub(crate) fn chance(&self, jitter: f64) {
        self.0.lock().unwrap().2 = jitter;
    }
}

impl Clock for Hands {
    fn wall(&self) -> SystemTime {
        let (wall, at, _) = *self.0.lock().unwrap();
        wall + at.elapsed()
    }

    fn jitter(&self) -> f64 {
        self.0.lock().unwrap().2
    }
}
