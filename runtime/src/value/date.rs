//! `Edm.Date`: `YYYY-MM-DD` (W-19).

use jiff::civil::Date;

use super::text::Scan;
use crate::json::Buffer;
use crate::{DecodeError, EncodeError, Reader, Sink, Value};

const WHAT: &str = "not a Date";

impl Value for Date {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parsed(WHAT, |text| {
            let mut scan = Scan::new(text);
            date(&mut scan).filter(|_| scan.is_done()).ok_or(WHAT)
        })
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        let mut buffer = Buffer::new();
        push_date(&mut buffer, *self);
        sink.text(buffer.as_str())
    }
}

pub(super) fn date(scan: &mut Scan<'_>) -> Option<Date> {
    let year = scan.year()?;
    let month = scan.eat(b'-').then(|| scan.two())??;
    let day = scan.eat(b'-').then(|| scan.two())??;
    Date::new(year, month, day).ok()
}

#[inline]
pub(super) fn push_date(buffer: &mut Buffer, date: Date) {
    if date.year() < 0 {
        buffer.push(b'-');
    }
    buffer.year(date.year().unsigned_abs());
    for part in [date.month(), date.day()] {
        buffer.push(b'-');
        buffer.two(part.unsigned_abs());
    }
}
