//! The digits of a JSON number, exactly: no float is asked.

/// `sign * digits * 10^exponent`, where `digits` has no leading zero (and is empty for zero).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) negative: bool,
    /// ASCII digits, trailing zeros kept: they carry the scale of a decimal.
    pub(crate) digits: Vec<u8>,
    pub(crate) exponent: i32,
}

impl Number {
    /// Reads the JSON number grammar, exponent included; `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, power) = match text.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power_of_ten(power)?),
            None => (text, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) if is_digits(fraction) => (whole, fraction),
            Some(_) => return None,
            None => (mantissa, ""),
        };
        if !is_digits(whole) || (whole.len() > 1 && whole.starts_with('0')) {
            return None;
        }
        let all = whole.bytes().chain(fraction.bytes());
        let digits = all.skip_while(|digit| *digit == b'0').collect();
        let exponent = power.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        Some(Self { negative, digits, exponent })
    }

    /// The value if it is an integer within i128, whatever the notation: `1.0`, `1e3`.
    pub(crate) fn to_integer(&self) -> Option<i128> {
        let mut digits = self.digits.as_slice();
        let mut exponent = self.exponent;
        while let (Some((b'0', head)), true) = (digits.split_last(), exponent < 0) {
            digits = head;
            exponent += 1;
        }
        if digits.is_empty() {
            return Some(0);
        }
        let power = 10_i128.checked_pow(u32::try_from(exponent).ok()?)?;
        let magnitude = magnitude(digits)?.checked_mul(power)?;
        Some(if self.negative { -magnitude } else { magnitude })
    }

    /// The same value without zeros at the end: equal values become equal.
    #[cfg(feature = "serde")]
    pub(crate) fn normal(mut self) -> Self {
        while let Some(b'0') = self.digits.last() {
            self.digits.pop();
            self.exponent = self.exponent.saturating_add(1);
        }
        if self.digits.is_empty() {
            self.exponent = 0;
        }
        self
    }

    /// Digits that carry value: `1200` and `0.0012` have two.
    pub(crate) fn significant(&self) -> usize {
        let zeros = self.digits.iter().rev().take_while(|digit| **digit == b'0').count();
        self.digits.len() - zeros
    }
}

/// The digits as an integer.
pub(crate) fn magnitude(digits: &[u8]) -> Option<i128> {
    digits.iter().try_fold(0_i128, |sum, digit| sum.checked_mul(10)?.checked_add(i128::from(digit - b'0')))
}

fn power_of_ten(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !is_digits(digits) {
        return None;
    }
    text.parse().ok()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
