//! The one door to the clock, so that tests turn its hands (tokio's `start_paused`).

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

pub(super) use tokio::time::Instant;

pub(super) fn now() -> Instant {
    Instant::now()
}

/// Whether the task runs within a runtime of tokio: without one there is no waiting, and asking for it panics.
pub(super) fn is_at_hand() -> bool {
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
pub(super) async fn sleep(wait: Duration) {
    tokio::time::sleep(wait).await;
}

/// The output of `work`, or nothing when this moment comes first.
pub(super) async fn before<F: Future>(end: Option<Instant>, work: F) -> Option<F::Output> {
    match end {
        Some(end) => tokio::time::timeout_at(end, work).await.ok(),
        None => Some(work.await),
    }
}
