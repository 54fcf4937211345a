//! `Edm.Decimal` (W-14): every digit, and the scale (`0.00` stays `0.00`), or an error.

use rust_decimal::Decimal;

use crate::json::number::{Number, magnitude};
use crate::{DecodeError, EncodeError, Reader, Sink, Value};

impl Value for Decimal {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.digits("not a Decimal that can be held exactly", from_number)
    }

    #[inline]
    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.decimal(self)
    }
}

/// Exactly `number`, if 96 bits and 28 decimal places hold it.
fn from_number(number: &Number) -> Option<Decimal> {
    let mut digits = number.digits.as_slice();
    let mut exponent = number.exponent;
    let most = -i32::try_from(Decimal::MAX_SCALE).ok()?;
    while exponent < most {
        // Zero, or zeros at the end, beyond the last place.
        match digits.split_last() {
            Some((b'0', head)) => digits = head,
            Some(_) => return None,
            None => exponent = most - 1,
        }
        exponent += 1;
    }
    let power = if digits.is_empty() { 0 } else { u32::try_from(exponent).unwrap_or(0) };
    let mantissa = magnitude(digits)?.checked_mul(10_i128.checked_pow(power)?)?;
    let scale = u32::try_from(-exponent).unwrap_or(0);
    let mut decimal = Decimal::try_from_i128_with_scale(mantissa, scale).ok()?;
    decimal.set_sign_negative(number.negative);
    Some(decimal)
}
