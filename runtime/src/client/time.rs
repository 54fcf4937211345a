//! The doors to the clocks and to chance, so that tests turn their hands: tokio's clock for waits (`start_paused`),
//! [`Clock`] for the rest.

use std::future::poll_fn;
use std::task::Poll;
use std::time::{Duration, SystemTime};

pub(crate) use tokio::time::Instant;

use crate::Uuid;

/// What is different in every run: the time on the wall, and chance. An app's tests give their own to a
/// [builder](super::Builder::clock) and have exact waits, together with a clock of tokio that is paused.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use odata_runtime::client::Clock;
///
/// /// It is always noon, and every wait is the shortest.
/// struct Noon;
///
/// impl Clock for Noon {
///     fn wall(&self) -> SystemTime {
///         SystemTime::UNIX_EPOCH + Duration::from_secs(12 * 3_600)
///     }
///
///     fn jitter(&self) -> f64 {
///         0.0
///     }
/// }
/// ```
pub trait Clock: Send + Sync + 'static {
    /// The time on the wall, which tokens end by and dates in `Retry-After` are compared with. It may jump.
    fn wall(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Where between its shortest, 0, and its longest, 1, the next wait is.
    fn jitter(&self) -> f64 {
        // Random bits are at hand in every fresh id.
        let [first, second, ..] = *Uuid::new_v4().as_bytes();
        f64::from(u16::from_le_bytes([first, second])) / f64::from(u16::MAX)
    }
}

/// The machine's.
pub(super) struct Machine;

impl Clock for Machine {}

pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Whether the task runs within a runtime of tokio: without one there is no waiting, and asking for it panics.
pub(crate) fn is_at_hand() -> bool {
    tokio::runtime::Handle::try_current().is_ok()
}

/// Lets others have their turn, timers among them.
pub(super) async fn give_way() {
    let mut is_first = true;
    poll_fn(|cx| {
        if std::mem::take(&mut is_first) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(())
    })
    .await;
}

/// Can be dropped at any time: nothing else waits.
pub(crate) async fn sleep(wait: Duration) {
    tokio::time::sleep(wait).await;
}

/// The output of `work`, or nothing when this moment comes first.
pub(crate) async fn before<F: Future>(end: Option<Instant>, work: F) -> Option<F::Output> {
    match end {
        Some(end) => tokio::time::timeout_at(end, work).await.ok(),
        None => Some(work.await),
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock as _, Machine};

    #[test]
    fn the_jitter_is_between_nothing_and_all() {
        let drawn: Vec<_> = (0..100).map(|_| Machine.jitter()).collect();
        assert!(drawn.iter().all(|it| (0.0..=1.0).contains(it)), "{drawn:?}");
        assert!(drawn.iter().any(|it| *it < 0.5) && drawn.iter().any(|it| *it > 0.5), "{drawn:?}");
    }
}
