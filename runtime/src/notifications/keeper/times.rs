//! How long a subscription lives, when it is renewed, and how long a keeper waits after an error. Numbers in, numbers
//! out.

use std::time::Duration;

/// So much less than the longest life is asked for: clocks differ, and more than the longest is refused (N-2).
const MARGIN: Duration = Duration::from_secs(10 * 60);

/// A keeper does nothing more often than this unasked, whatever the service grants.
const SHORTEST: Duration = Duration::from_secs(60);

const FIRST_PAUSE: Duration = Duration::from_secs(30);
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// The life to ask for.
pub(super) fn life(longest: Duration, wanted: Option<Duration>) -> Duration {
    let most = longest.saturating_sub(MARGIN.min(longest / 10));
    wanted.map_or(most, |it| it.min(most))
}

/// How long to wait with the renewal of what has just been granted: to the half of its life, and up to a tenth of it
/// less, so that those who began together do not come back together.
pub(super) fn until_renewal(granted: Duration, jitter: f64) -> Duration {
    granted.mul_f64(0.5 - 0.1 * jitter.clamp(0.0, 1.0)).max(SHORTEST)
}

/// The same of one that was found, with so much of its life left: it is renewed at once if more than half is over.
pub(super) fn until_renewal_of_found(left: Duration, life: Duration, jitter: f64) -> Duration {
    left.saturating_sub(life.mul_f64(0.5 + 0.1 * jitter.clamp(0.0, 1.0)))
}

/// How long to wait after so many errors in a row: at least as long as the service asks for.
pub(super) fn pause(errors: u32, asked: Option<Duration>, jitter: f64) -> Duration {
    let doubled = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(errors.saturating_sub(1).min(16)));
    let wait = doubled.min(LONGEST_PAUSE).mul_f64(0.5 + 0.5 * jitter.clamp(0.0, 1.0));
    asked.map_or(wait, |asked| asked.max(wait))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{life, pause, until_renewal, until_renewal_of_found};

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn n2_the_life_stays_below_the_longest() {
        let longest = 4_230 * MINUTE;
        assert_eq!(life(longest, None), 4_220 * MINUTE);
        assert_eq!(life(longest, Some(longest * 2)), 4_220 * MINUTE);
        assert_eq!(life(longest, Some(60 * MINUTE)), 60 * MINUTE);
        assert_eq!(life(10 * MINUTE, None), 9 * MINUTE, "a short one keeps most of it");
    }

    #[test]
    fn renewal_is_at_half_life_or_somewhat_before() {
        assert_eq!(until_renewal(100 * MINUTE, 0.0), 50 * MINUTE);
        assert_eq!(until_renewal(100 * MINUTE, 1.0), 40 * MINUTE);
        assert_eq!(until_renewal(Duration::ZERO, 0.5), MINUTE, "a service that grants nothing is not stormed");
        assert_eq!(until_renewal_of_found(80 * MINUTE, 100 * MINUTE, 0.0), 30 * MINUTE);
        assert_eq!(until_renewal_of_found(49 * MINUTE, 100 * MINUTE, 0.0), Duration::ZERO);
    }

    #[test]
    fn pauses_double_to_a_quarter_of_an_hour() {
        let pauses: Vec<u64> = (1..8).map(|it| pause(it, None, 1.0).as_secs()).collect();
        assert_eq!(pauses, [30, 60, 120, 240, 480, 900, 900]);
        assert_eq!(pause(1, None, 0.0).as_secs(), 15);
        assert_eq!(pause(u32::MAX, Some(MINUTE * 60), 0.0), MINUTE * 60, "as long as the service asks for");
    }
}
