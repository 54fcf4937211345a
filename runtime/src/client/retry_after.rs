//! `Retry-After`, in every form that it comes in (E-11).

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// How long the service asks to wait: the longest of all that it says. `None`: nothing that can be understood.
///
/// A date counts from the `Date` of the same answer, since the clocks of the two sides may differ; without one,
/// from `now`.
pub(super) fn read(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let sent = headers.get(DATE).and_then(|value| date(value.to_str().ok()?)).unwrap_or(now);
    headers.get_all(RETRY_AFTER).iter().filter_map(|value| one(value.to_str().ok()?.trim(), sent)).max()
}

/// A date (which has a comma in it), or numbers with commas between them.
fn one(text: &str, sent: SystemTime) -> Option<Duration> {
    match date(text) {
        Some(when) => Some(when.duration_since(sent).unwrap_or_default()),
        None => text.split(',').filter_map(|part| seconds(part.trim())).max(),
    }
}

/// All three forms of a date (RFC 9110, section 5.6.7).
fn date(text: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(text).ok()
}

/// Whole seconds; a fraction is rounded up, since a retry that comes too early counts against the quota.
fn seconds(text: &str) -> Option<Duration> {
    // `inf`, `nan` and what is negative are no waits; `1e308` is one that nobody waits for.
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let seconds: f64 = text.parse().ok()?;
    Some(Duration::try_from_secs_f64(seconds.ceil()).unwrap_or(Duration::MAX))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::{Duration, SystemTime};

    use http::{HeaderMap, HeaderValue};

    use super::read;

    fn asked(values: &[&str], date: Option<&str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("retry-after", HeaderValue::from_str(value).unwrap());
        }
        if let Some(date) = date {
            headers.insert("date", HeaderValue::from_str(date).unwrap());
        }
        read(&headers, SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777))
    }

    #[test]
    fn e11_numbers() {
        for (text, seconds) in [
            ("0", 0),
            ("7", 7),
            (" 7 ", 7),
            ("2.128", 3),
            ("0.124", 1),
            ("31,120", 120),
            ("120, 31", 120),
            ("x, 5", 5),
            ("86400", 86_400),
        ] {
            assert_eq!(asked(&[text], None), Some(Duration::from_secs(seconds)), "{text}");
        }
        for huge in ["1e308", "99999999999999999999", &"9".repeat(400)] {
            assert_eq!(asked(&[huge], None), Some(Duration::MAX), "{huge}");
        }
        for none in ["", "-1", "-0.5", "soon", "nan", "inf", "0x10", "1 2", "five"] {
            assert_eq!(asked(&[none], None), None, "{none}");
        }
    }

    #[test]
    fn e11_dates_in_three_forms() {
        // An hour after the epoch that `asked` gives as now: Sun, 06 Nov 1994 08:49:37 GMT.
        for date in ["Sun, 06 Nov 1994 09:49:37 GMT", "Sunday, 06-Nov-94 09:49:37 GMT", "Sun Nov  6 09:49:37 1994"] {
            assert_eq!(asked(&[date], None), Some(Duration::from_secs(3_600)), "{date}");
        }
        let past = "Sun, 06 Nov 1994 07:49:37 GMT";
        assert_eq!(asked(&[past], None), Some(Duration::ZERO));
        // The service's own clock counts.
        let sent = Some("Sun, 06 Nov 1994 07:49:00 GMT");
        assert_eq!(asked(&[past], sent), Some(Duration::from_secs(37)));
    }

    #[test]
    fn e11_the_longest_of_several_headers() {
        assert_eq!(asked(&["3", "5", "no"], None), Some(Duration::from_secs(5)));
        assert_eq!(asked(&[], None), None);
    }
}
