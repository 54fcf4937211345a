//! What goes wrong between JSON and values: where, and what was expected. Never the text itself,
//! which may be personal data.

use std::borrow::Cow;
use std::error::Error;
use std::fmt::{self, Display, Write as _};

/// The text cannot become the value: malformed JSON, or a known type whose value is not one.
///
/// Displays as `not an i32 at byte 105 in $.segments[0].caller.cpuCoresCount`. The message says
/// what was expected, never what stood there.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Fault>);

#[derive(Clone, PartialEq, Eq)]
struct Fault {
    what: Cow<'static, str>,
    offset: usize,
    /// Innermost first: pushed while the error unwinds, so that success pays nothing.
    steps: Vec<Step>,
}

#[derive(Clone, PartialEq, Eq)]
enum Step {
    Property(Cow<'static, str>),
    Index(usize),
}

impl DecodeError {
    #[cold]
    pub(crate) fn new(what: impl Into<Cow<'static, str>>, offset: usize) -> Self {
        Self(Box::new(Fault { what: what.into(), offset, steps: Vec::new() }))
    }

    #[cold]
    pub(crate) fn under(mut self, property: impl Into<Cow<'static, str>>) -> Self {
        self.0.steps.push(Step::Property(property.into()));
        self
    }

    #[cold]
    pub(crate) fn at(mut self, index: usize) -> Self {
        self.0.steps.push(Step::Index(index));
        self
    }

    /// Where in the document, as a JSON path from its root: `$.sessions[2].id`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::from("$");
        for step in self.0.steps.iter().rev() {
            // Writing to a String cannot fail.
            let _ = match step {
                Step::Index(index) => write!(path, "[{index}]"),
                Step::Property(name) if is_plain(name) => write!(path, ".{name}"),
                Step::Property(name) => write!(path, "[{name:?}]"),
            };
        }
        path
    }

    /// Where in the document, in bytes from its start: the first byte of the value that was
    /// refused, or the byte at which the JSON is malformed.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

impl Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {} in {}", self.0.what, self.0.offset, self.path())
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl Error for DecodeError {}

/// The value cannot be written to this sink without changing it.
///
/// JSON text takes every value. A foreign serde format may refuse one (a 28-digit decimal in a
/// `serde_json::Value`), or fail by itself.
#[derive(Clone, PartialEq, Eq)]
pub struct EncodeError(
    /// Boxed: every write of a value returns a Result, which is then one register.
    Box<Cow<'static, str>>,
);

impl EncodeError {
    /// An error of a hand-written [`Sink`](crate::Sink) or [`Value`](crate::Value); `what` is shown.
    #[cold]
    pub fn new(what: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(what.into()))
    }
}

impl Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EncodeError({self})")
    }
}

impl Error for EncodeError {}
