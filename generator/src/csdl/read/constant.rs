//! 14.4 Constant expressions: whether a constant has the form of its kind.
//!
//! The forms are those of the OASIS schema (edm.xsd) and of the ABNF (odata-abnf-construction-rules); where the two
//! differ, as for seconds in a `DateTimeOffset`, what either allows is taken.

use super::tokens::Reader;
use crate::csdl::element::Text;
use crate::csdl::expression::ConstantKind;
use crate::diagnostic::Diagnostic;

impl Reader<'_, '_> {
    /// Says what is wrong with a constant; white space around it is not part of it, and
    /// what was cut off is not wrong.
    pub(super) fn check_constant(&mut self, kind: ConstantKind, text: &Text<'_>) {
        let value = text.value.trim();
        if self.stopped || is_valid(kind, value) {
            return;
        }
        let shown: String = value.chars().take(60).collect();
        let fault = Diagnostic::error("csdl::bad-constant", format!("`{shown}` is no value for `{}`", kind.name()));
        self.report(fault.at(text.span, expected(kind)));
    }
}

fn is_valid(kind: ConstantKind, value: &str) -> bool {
    match kind {
        ConstantKind::String => true,
        ConstantKind::Bool => matches!(value, "true" | "false"),
        ConstantKind::Int => value.parse::<i64>().is_ok(),
        ConstantKind::Decimal => is_word(value) || number(value, false),
        ConstantKind::Float => is_word(value) || value == "+INF" || number(value, true),
        ConstantKind::Guid => guid(value),
        ConstantKind::Binary => binary(value),
        ConstantKind::Date => date(value),
        ConstantKind::TimeOfDay => time(value).is_some_and(str::is_empty),
        ConstantKind::DateTimeOffset => date_time_offset(value),
        ConstantKind::Duration => duration(value),
        ConstantKind::EnumMember => !value.is_empty() && value.split_ascii_whitespace().all(enum_member),
    }
}

fn expected(kind: ConstantKind) -> &'static str {
    match kind {
        ConstantKind::String => "expected text",
        ConstantKind::Bool => "expected `true` or `false`",
        ConstantKind::Int => "expected a whole number of 64 bits",
        ConstantKind::Decimal => "expected a decimal number such as `-1.50`, `INF`, `-INF` or `NaN`",
        ConstantKind::Float => "expected a number such as `1.5E3`, `INF`, `-INF` or `NaN`",
        ConstantKind::Guid => "expected 32 hexadecimal digits in groups of 8-4-4-4-12",
        ConstantKind::Binary => "expected base64url",
        ConstantKind::Date => "expected a date such as `2024-02-29`",
        ConstantKind::TimeOfDay => "expected a time of day such as `07:59:59.999`",
        ConstantKind::DateTimeOffset => "expected date, time and offset such as `2024-02-29T07:59:59Z`",
        ConstantKind::Duration => "expected days, hours, minutes and seconds such as `P1DT2H30M1.5S`",
        ConstantKind::EnumMember => "expected members such as `namespace.Type/Member`, separated by spaces",
    }
}

fn is_word(value: &str) -> bool {
    matches!(value, "INF" | "-INF" | "NaN")
}

/// Splits off the digits that a text begins with.
fn digits(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Takes exactly so many digits off the beginning; none when there are fewer or when they are above the highest.
fn field(text: &str, length: usize, highest: u32) -> Option<(u32, &str)> {
    let (head, rest) = text.split_at_checked(length)?;
    let value: u32 = head.bytes().all(|byte| byte.is_ascii_digit()).then(|| head.parse().ok())??;
    (value <= highest).then_some((value, rest))
}

fn without_sign(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

/// Digits, point and exponent; xs:double alone (`is_loose`) has `1.` and `.5`.
fn number(value: &str, is_loose: bool) -> bool {
    let (whole, mut rest) = digits(without_sign(value));
    let mut is_number = !whole.is_empty();
    if let Some(after) = rest.strip_prefix('.') {
        let (fraction, after) = digits(after);
        is_number = if is_loose { is_number || !fraction.is_empty() } else { is_number && !fraction.is_empty() };
        rest = after;
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let (power, after) = digits(without_sign(exponent));
        is_number &= !power.is_empty();
        rest = after;
    }
    is_number && rest.is_empty()
}

fn guid(value: &str) -> bool {
    let mut groups = value.split('-');
    let lengths = [8, 4, 4, 4, 12];
    lengths.iter().all(|length| {
        groups.next().is_some_and(|it| it.len() == *length && it.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }) && groups.next().is_none()
}

/// Base64url with or without padding; the bits that no byte uses are zero.
fn binary(value: &str) -> bool {
    let bare = value.trim_end_matches('=');
    let padding = value.len() - bare.len();
    let last = bare.bytes().last();
    let is_alphabet = bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    is_alphabet
        && match bare.len() % 4 {
            0 => padding == 0,
            2 => matches!(padding, 0 | 2) && last.is_some_and(|byte| b"AQgw".contains(&byte)),
            3 => padding <= 1 && last.is_some_and(|byte| b"AEIMQUYcgkosw048".contains(&byte)),
            _ => false,
        }
}

/// A day of the calendar; years may be negative and have more than four digits.
fn date(value: &str) -> bool {
    let (year, rest) = digits(value.strip_prefix('-').unwrap_or(value));
    let is_year = year.len() == 4 || (year.len() > 4 && !year.starts_with('0'));
    // The calendar repeats itself every 400 years, so the last four digits tell leap years.
    let recent: Option<u32> = year.get(year.len().saturating_sub(4)..).and_then(|it| it.parse().ok());
    is_year && recent.is_some_and(|year| month_and_day(year, rest).is_some_and(str::is_empty))
}

fn month_and_day(year: u32, text: &str) -> Option<&str> {
    let (month, rest) = field(text.strip_prefix('-')?, 2, 12)?;
    let (day, rest) = field(rest.strip_prefix('-')?, 2, 31)?;
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        0 => 0,
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=last).contains(&day).then_some(rest)
}

/// Hours, minutes, and optionally seconds with at most twelve decimals; gives what follows.
fn time(text: &str) -> Option<&str> {
    let (_, rest) = field(text, 2, 23)?;
    let (_, rest) = field(rest.strip_prefix(':')?, 2, 59)?;
    let Some(seconds) = rest.strip_prefix(':') else { return Some(rest) };
    let (_, rest) = field(seconds, 2, 59)?;
    let Some(fraction) = rest.strip_prefix('.') else { return Some(rest) };
    let (fraction, rest) = digits(fraction);
    (1..=12).contains(&fraction.len()).then_some(rest)
}

fn date_time_offset(value: &str) -> bool {
    let Some((day, rest)) = value.split_once('T') else { return false };
    let Some(offset) = time(rest) else { return false };
    let minutes = || {
        let (_, rest) = field(offset.strip_prefix(['+', '-'])?, 2, 14)?;
        field(rest.strip_prefix(':')?, 2, 59)
    };
    date(day) && (offset == "Z" || minutes().is_some_and(|(_, rest)| rest.is_empty()))
}

/// xs:dayTimeDuration: no years and no months.
fn duration(value: &str) -> bool {
    let Some(text) = without_sign(value).strip_prefix('P') else { return false };
    let (days, clock) = match text.split_once('T') {
        Some((days, clock)) => (days, Some(clock)),
        None => (text, None),
    };
    let is_days = |days: &str| days.strip_suffix('D').is_some_and(|it| !it.is_empty() && digits(it).1.is_empty());
    match clock {
        None => is_days(days),
        Some(clock) => (days.is_empty() || is_days(days)) && !clock.is_empty() && hours_to_seconds(clock),
    }
}

fn hours_to_seconds(mut text: &str) -> bool {
    for unit in ['H', 'M'] {
        let (amount, rest) = digits(text);
        if let Some(rest) = rest.strip_prefix(unit) {
            if amount.is_empty() {
                return false;
            }
            text = rest;
        }
    }
    text.is_empty()
        || text.strip_suffix('S').is_some_and(|seconds| {
            let (whole, rest) = digits(seconds);
            let fraction = rest.strip_prefix('.').map(digits);
            !whole.is_empty()
                && (rest.is_empty() || fraction.is_some_and(|(it, rest)| !it.is_empty() && rest.is_empty()))
        })
}

/// `namespace.Type/Member`.
fn enum_member(value: &str) -> bool {
    let part = |it: &str| !it.is_empty() && !it.contains(['/', '(', ')', ',', '.']);
    value.split_once('/').is_some_and(|(ty, member)| part(member) && ty.contains('.') && ty.split('.').all(part))
}
