//! `Edm.DateTimeOffset` (W-16): an instant, to the nanosecond, in any year that jiff holds.
//!
//! Seconds are optional, 1 to 12 digits of fraction are read, `Z` or an offset is required.
//! Refused, since an instant cannot hold them: a leap second, `24:00`, digits other than zero
//! beyond the nanosecond, and what lies after 9999-12-30T22:00:00.999999999Z. The offset itself
//! is not kept; it is written as `Z`.

use jiff::Timestamp;
use jiff::tz::Offset;

use super::date::{date, push_date};
use super::text::Scan;
use super::time::{hour_minute, push_time, time};
use crate::json::Buffer;
use crate::{DecodeError, EncodeError, Reader, Sink, Value};

const WHAT: &str = "not a DateTimeOffset";

impl Value for Timestamp {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parsed(WHAT, parse)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        let utc = Offset::UTC.to_datetime(*self);
        let mut buffer = Buffer::new();
        push_date(&mut buffer, utc.date());
        buffer.push(b'T');
        push_time(&mut buffer, utc.time());
        buffer.push(b'Z');
        sink.text(buffer.as_str())
    }
}

fn parse(text: &str) -> Result<Timestamp, &'static str> {
    let mut scan = Scan::new(text);
    let date = date(&mut scan).filter(|_| scan.eat_letter(b'T')).ok_or(WHAT)?;
    let time = time(&mut scan, WHAT)?;
    let offset = offset(&mut scan).filter(|_| scan.is_done()).ok_or(WHAT)?;
    offset.to_timestamp(date.to_datetime(time)).map_err(|_| "a DateTimeOffset too early or too late to be held,")
}

fn offset(scan: &mut Scan<'_>) -> Option<Offset> {
    if scan.eat_letter(b'Z') {
        return Some(Offset::UTC);
    }
    let sign = if scan.eat(b'-') { -1 } else { i32::from(scan.eat(b'+')) };
    let (hour, minute) = hour_minute(scan).filter(|(hour, minute)| *hour < 24 && *minute < 60)?;
    if sign == 0 {
        return None;
    }
    Offset::from_seconds(sign * (i32::from(hour) * 3600 + i32::from(minute) * 60)).ok()
}
