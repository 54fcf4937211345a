//! `Edm.TimeOfDay`: `hh:mm[:ss[.f]]` (W-19).

use jiff::civil::Time;

use super::text::Scan;
use crate::json::Buffer;
use crate::{DecodeError, EncodeError, Reader, Sink, Value};

const WHAT: &str = "not a TimeOfDay";

impl Value for Time {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parsed(WHAT, |text| {
            let mut scan = Scan::new(text);
            let time = time(&mut scan, WHAT)?;
            if scan.is_done() { Ok(time) } else { Err(WHAT) }
        })
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        let mut buffer = Buffer::new();
        push_time(&mut buffer, *self);
        sink.text(buffer.as_str())
    }
}

/// `malformed` is the message for what is no time: `24:00` is none (W-16).
pub(super) fn time(scan: &mut Scan<'_>, malformed: &'static str) -> Result<Time, &'static str> {
    let (hour, minute) = hour_minute(scan).ok_or(malformed)?;
    let (mut second, mut nanosecond) = (0, 0);
    if scan.eat(b':') {
        second = scan.two().ok_or(malformed)?;
        nanosecond = scan.fraction(malformed)?.unwrap_or(0);
    }
    if second == 60 {
        return Err("a leap second, which cannot be held,");
    }
    Time::new(hour, minute, second, nanosecond).map_err(|_| malformed)
}

pub(super) fn hour_minute(scan: &mut Scan<'_>) -> Option<(i8, i8)> {
    let hour = scan.two()?;
    let minute = scan.eat(b':').then(|| scan.two())??;
    Some((hour, minute))
}

#[inline]
pub(super) fn push_time(buffer: &mut Buffer, time: Time) {
    buffer.two(time.hour().unsigned_abs());
    for part in [time.minute(), time.second()] {
        buffer.push(b':');
        buffer.two(part.unsigned_abs());
    }
    buffer.fraction(time.subsec_nanosecond().unsigned_abs());
}
