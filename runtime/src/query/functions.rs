//! Functions of strings, dates, times and durations (OASIS URL Conventions 4.01, sections 5.1.1.5 to 5.1.1.9).

use super::expression::Expression;
use super::filter::Filter;
use super::operand::Operand;
use super::property::Property;
use super::term::Term;
use crate::{Date, Decimal, SignedDuration, Time, Timestamp};

/// Functions without further arguments.
macro_rules! parts {
    ($this:ident<$of:ty>: $($(#[$docs:meta])* $method:ident $name:literal $result:ty;)*) => {
        impl<O> $this<O, $of> {$(
            $(#[$docs])*
            pub fn $method(self) -> Term<O, $result> {
                Term::call($name, vec![self.into_expression()])
            }
        )*}
    };
}

macro_rules! functions {
    ($this:ident) => {
        impl<O> $this<O, String> {
            /// It holds this text somewhere.
            pub fn contains(self, part: impl Operand<O, String>) -> Filter<O> {
                Filter::new(Expression::Call("contains", vec![self.into_expression(), part.expression()]))
            }

            /// It begins with this text.
            pub fn starts_with(self, start: impl Operand<O, String>) -> Filter<O> {
                Filter::new(Expression::Call("startswith", vec![self.into_expression(), start.expression()]))
            }

            /// It ends with this text.
            pub fn ends_with(self, end: impl Operand<O, String>) -> Filter<O> {
                Filter::new(Expression::Call("endswith", vec![self.into_expression(), end.expression()]))
            }

            /// Where this text first stands in it, counted from 0; -1 if it does not.
            pub fn index_of(self, part: impl Operand<O, String>) -> Term<O, i32> {
                Term::call("indexof", vec![self.into_expression(), part.expression()])
            }

            /// The text from this character on, counted from 0.
            pub fn substring(self, from: impl Operand<O, i32>) -> Term<O, String> {
                Term::call("substring", vec![self.into_expression(), from.expression()])
            }

            /// So many characters of the text, from this one on, counted from 0.
            pub fn substring_of_length(
                self,
                from: impl Operand<O, i32>,
                length: impl Operand<O, i32>,
            ) -> Term<O, String> {
                Term::call("substring", vec![self.into_expression(), from.expression(), length.expression()])
            }

            /// The text, followed by this one.
            pub fn concat(self, end: impl Operand<O, String>) -> Term<O, String> {
                Term::call("concat", vec![self.into_expression(), end.expression()])
            }
        }

        parts! { $this<String>:
            /// The number of its characters.
            length "length" i32;
            /// The text in lower case.
            to_lower "tolower" String;
            /// The text in upper case.
            to_upper "toupper" String;
            /// The text without white space at its ends.
            trim "trim" String;
        }

        parts! { $this<Timestamp>:
            /// The year, in UTC.
            year "year" i32;
            /// The month, from 1 on.
            month "month" i32;
            /// The day of the month, from 1 on.
            day "day" i32;
            /// The hour, 0 to 23.
            hour "hour" i32;
            /// The minute, 0 to 59.
            minute "minute" i32;
            /// The second, 0 to 59.
            second "second" i32;
            /// What of a second is left, from 0 to less than 1.
            fractional_seconds "fractionalseconds" Decimal;
            /// The date.
            date "date" Date;
            /// The time of day.
            time "time" Time;
        }

        parts! { $this<Date>:
            /// The year.
            year "year" i32;
            /// The month, from 1 on.
            month "month" i32;
            /// The day of the month, from 1 on.
            day "day" i32;
        }

        parts! { $this<Time>:
            /// The hour, 0 to 23.
            hour "hour" i32;
            /// The minute, 0 to 59.
            minute "minute" i32;
            /// The second, 0 to 59.
            second "second" i32;
            /// What of a second is left, from 0 to less than 1.
            fractional_seconds "fractionalseconds" Decimal;
        }

        parts! { $this<SignedDuration>:
            /// The duration in seconds.
            total_seconds "totalseconds" Decimal;
        }
    };
}

functions! { Property }
functions! { Term }
