//! A scanner for the fixed forms of dates, times and durations: ASCII, no allocation.

/// What is left of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan<'t>(&'t [u8]);

const TOO_FINE: &str = "finer than a nanosecond, which cannot be held,";

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self(text.as_bytes())
    }

    pub(super) fn is_done(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes `byte` if it is next.
    #[inline]
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        match self.0.split_first() {
            Some((first, rest)) if *first == byte => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    /// Takes a letter, in whichever case.
    #[inline]
    pub(super) fn eat_letter(&mut self, upper: u8) -> bool {
        self.eat(upper) || self.eat(upper.to_ascii_lowercase())
    }

    /// Takes exactly two digits.
    #[inline]
    pub(super) fn two(&mut self) -> Option<i8> {
        let (digits, rest) = self.0.split_first_chunk::<2>()?;
        let value = digits.iter().try_fold(0_i8, |sum, digit| Some(sum * 10 + decimal(*digit)?))?;
        self.0 = rest;
        Some(value)
    }

    /// Takes all digits that come next; at least one.
    pub(super) fn digits(&mut self) -> Option<&'t [u8]> {
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        (!digits.is_empty()).then_some(digits)
    }

    /// Takes a year: four digits, or more without a leading zero; negative before the year 0.
    pub(super) fn year(&mut self) -> Option<i16> {
        let negative = self.eat(b'-');
        let digits = self.digits()?;
        let leading_zero = digits.first() == Some(&b'0');
        if digits.len() < 4 || (digits.len() > 4 && leading_zero) {
            return None;
        }
        let year = whole(digits)?;
        i16::try_from(if negative { -year } else { year }).ok()
    }

    /// Takes the fraction of a second, if there is one, in nanoseconds: a point and 1 to 12
    /// digits. `malformed` is the message for anything else.
    pub(super) fn fraction(&mut self, malformed: &'static str) -> Result<Option<i32>, &'static str> {
        if !self.eat(b'.') {
            return Ok(None);
        }
        let digits = self.digits().filter(|digits| digits.len() <= 12).ok_or(malformed)?;
        let (held, finer) = digits.split_at_checked(9).unwrap_or((digits, &[]));
        if finer.iter().any(|digit| *digit != b'0') {
            return Err(TOO_FINE);
        }
        let nanos = held.iter().chain(std::iter::repeat(&b'0')).take(9);
        Ok(Some(nanos.fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0'))))
    }
}

fn decimal(byte: u8) -> Option<i8> {
    byte.is_ascii_digit().then(|| i8::try_from(byte - b'0').unwrap_or(0))
}

/// Digits as a number.
pub(super) fn whole(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0_i64, |sum, digit| sum.checked_mul(10)?.checked_add(i64::from(digit - b'0')))
}
