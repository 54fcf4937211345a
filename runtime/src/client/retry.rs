//! When a request is tried again, and how long to wait before (E-10 to E-12).

use std::time::Duration;

use http::{Method, StatusCode};

use super::body::Stop;
use super::error::Error;
use super::received::Received;

/// The first wait, if the service does not ask for a longer one; each further one is twice as long.
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(20);
/// So much later at most than a service asks: those whom it told the same would all come back in the same moment.
const SPREAD: Duration = Duration::from_secs(1);
/// What Graph's gateways say when an app has used up its bandwidth (E-10). It has no name in [`StatusCode`].
const BANDWIDTH: u16 = 509;

/// How often, and how long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Retries {
    /// So many tries after the first.
    pub(super) most: u32,
    /// So much time is slept for one request. An answer that asks for more comes back at once.
    pub(super) budget: Duration,
    /// So much time passes for one request, with all its tries and waits.
    pub(super) deadline: Option<Duration>,
}

impl Default for Retries {
    fn default() -> Self {
        Self { most: 3, budget: Duration::from_secs(60), deadline: None }
    }
}

/// What has been spent on one request.
#[derive(Debug, Default)]
pub(super) struct Spent {
    pub(super) retries: u32,
    pub(super) slept: Duration,
}

impl Retries {
    /// How long to wait before the next try; `None`: this outcome stands. `left` is what the deadline leaves.
    pub(super) fn wait(
        &self,
        method: &Method,
        outcome: &Result<Received, Error>,
        spent: &Spent,
        left: Option<Duration>,
        jitter: f64,
    ) -> Option<Duration> {
        if spent.retries >= self.most || !is_passing(method, outcome) {
            return None;
        }
        let jitter = if jitter.is_nan() { 1.0 } else { jitter.clamp(0.0, 1.0) };
        let fits = |wait: &Duration| *wait <= self.room(spent) && left.is_none_or(|left| *wait < left);
        // Never shorter than our own: a service that says 0, or a date in the past, is not asked at once again.
        let own = backoff(spent.retries, jitter);
        let Some(asked) = outcome.as_ref().ok().and_then(|received| received.asked) else {
            return Some(own).filter(fits);
        };
        let least = own.max(asked);
        let spread = least.max(asked.saturating_add(SPREAD.mul_f64(jitter)));
        Some(spread).filter(fits).or(Some(least).filter(fits))
    }

    /// What the budget leaves.
    pub(super) fn room(&self, spent: &Spent) -> Duration {
        self.budget.saturating_sub(spent.slept)
    }
}

/// Whether the service says that it did nothing, and asks for a later try.
pub(super) fn is_put_off(outcome: &Result<Received, Error>) -> bool {
    matches!(outcome, Ok(it) if matches!(it.status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE))
}

/// Whether the service is at work, whatever it says.
pub(super) fn is_answered(outcome: &Result<Received, Error>) -> bool {
    matches!(outcome, Ok(it) if !it.status.is_server_error()) && !is_passing(&Method::GET, outcome)
}

/// Whether the same request may fare better, and does no harm if the service has carried it out already.
fn is_passing(method: &Method, outcome: &Result<Received, Error>) -> bool {
    match outcome {
        Ok(received) if received.status.is_success() => {
            method.is_idempotent() && matches!(received.stop, Some(Stop::Fault(_)))
        }
        Ok(_) if is_put_off(outcome) => true,
        Ok(received) => match received.status {
            StatusCode::REQUEST_TIMEOUT
            | StatusCode::INTERNAL_SERVER_ERROR
            | StatusCode::BAD_GATEWAY
            | StatusCode::GATEWAY_TIMEOUT => method.is_idempotent(),
            other => other == BANDWIDTH && method.is_idempotent(),
        },
        Err(error) => {
            let passes =
                error.transport().is_some_and(|fault| fault.is_connect() || fault.is_reset() || fault.is_body());
            passes && method.is_idempotent()
        }
    }
}

/// Between half of the step and all of it, by `jitter` (0 to 1), so that clients that failed together do not
/// come back together.
fn backoff(retries: u32, jitter: f64) -> Duration {
    let step = FIRST.saturating_mul(2_u32.saturating_pow(retries)).min(LONGEST);
    step.mul_f64(0.5 + 0.5 * jitter)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::backoff;

    #[test]
    fn e10_the_backoff_doubles_up_to_a_limit() {
        let all: Vec<_> = (0..7).map(|retries| backoff(retries, 1.0).as_secs()).collect();
        assert_eq!(all, [1, 2, 4, 8, 16, 20, 20]);
        let least: Vec<_> = (0..7).map(|retries| backoff(retries, 0.0)).collect();
        assert_eq!(
            least.iter().map(Duration::as_millis).collect::<Vec<_>>(),
            [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]
        );
        assert_eq!(backoff(u32::MAX, 1.0), Duration::from_secs(20));
    }
}
