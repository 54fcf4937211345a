//! `Edm.Duration` (W-15): `[-]P[nD][T[nH][nM][n[.f]S]]`, a day being 24 hours.
//!
//! Numbers have any number of digits, as long as the whole fits i64 seconds; 1 to 12 digits of
//! fraction, zeros beyond the nanosecond. Written in its shortest form with days: every reader
//! of OData takes it, and none overflows on seconds alone.

use jiff::SignedDuration;

use super::text::{Scan, whole};
use crate::json::Buffer;
use crate::{DecodeError, EncodeError, Reader, Sink, Value};

const WHAT: &str = "not a Duration";
const TOO_LONG: &str = "a Duration too long to be held,";
const DAY: i64 = 24 * HOUR;
const HOUR: i64 = 60 * MINUTE;
const MINUTE: i64 = 60;

impl Value for SignedDuration {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parsed(WHAT, parse)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        let mut buffer = Buffer::new();
        push(&mut buffer, *self);
        sink.text(buffer.as_str())
    }
}

fn parse(text: &str) -> Result<SignedDuration, &'static str> {
    let mut scan = Scan::new(text);
    let sign = if scan.eat(b'-') { -1 } else { 1 };
    if !scan.eat(b'P') {
        return Err(WHAT);
    }
    let (mut seconds, mut nanoseconds) = (0_i64, 0);
    // Each unit at most once, the longer before the shorter; `T` before those of time.
    let mut units: &[(u8, i64)] = &[(b'D', DAY)];
    let (mut timed, mut any) = (false, false);
    while !scan.is_done() {
        if scan.eat(b'T') {
            if timed {
                return Err(WHAT);
            }
            timed = true;
            units = &[(b'H', HOUR), (b'M', MINUTE), (b'S', 1)];
        }
        let digits = scan.digits().ok_or(WHAT)?;
        let fraction = scan.fraction(WHAT)?;
        let skipped = units.iter().position(|(letter, _)| scan.eat(*letter)).ok_or(WHAT)?;
        let (_, found) = units.split_at_checked(skipped).ok_or(WHAT)?;
        let ((letter, length), shorter) = found.split_first().ok_or(WHAT)?;
        if fraction.is_some() && *letter != b'S' {
            return Err(WHAT);
        }
        let part = whole(digits).and_then(|count| count.checked_mul(sign * length));
        seconds = part.and_then(|part| seconds.checked_add(part)).ok_or(TOO_LONG)?;
        nanoseconds = fraction.unwrap_or(0);
        units = shorter;
        any = true;
    }
    let sign = if sign < 0 { -1 } else { 1 };
    if any { Ok(SignedDuration::new(seconds, sign * nanoseconds)) } else { Err(WHAT) }
}

fn push(buffer: &mut Buffer, duration: SignedDuration) {
    let seconds = duration.as_secs().unsigned_abs();
    let nanoseconds = duration.subsec_nanos().unsigned_abs();
    let (day, hour, minute) = (DAY.unsigned_abs(), HOUR.unsigned_abs(), MINUTE.unsigned_abs());
    if duration.is_negative() {
        buffer.push(b'-');
    }
    buffer.push(b'P');
    if seconds >= day {
        buffer.number(seconds / day);
        buffer.push(b'D');
    }
    let rest = seconds % day;
    if rest == 0 && nanoseconds == 0 && seconds > 0 {
        return;
    }
    buffer.push(b'T');
    for (count, letter) in [(rest / hour, b'H'), (rest % hour / minute, b'M')] {
        if count > 0 {
            buffer.number(count);
            buffer.push(letter);
        }
    }
    let second = rest % minute;
    if second > 0 || nanoseconds > 0 || seconds == 0 {
        buffer.number(second);
        buffer.fraction(nanoseconds);
        buffer.push(b'S');
    }
}
