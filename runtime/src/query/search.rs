//! What `$search` takes.

use std::fmt::{self, Write};
use std::ops::Not;

use super::render::Style;

/// Free text that a service looks for in whatever way it likes (OASIS URL Conventions 4.01, section 5.1.7).
///
/// A text is a phrase; phrases are put together by [`and`](Self::and), [`or`](Self::or) and `!`. `Debug` shows none.
///
/// ```
/// use odata_runtime::query::{Options, Search};
///
/// struct Order;
/// let mut options = Options::<Order>::new();
/// options.search(Search::phrase("blue paint").and(!Search::phrase("gloss")));
/// assert_eq!(options.to_string(), "$search=%22blue%20paint%22%20AND%20NOT%20%22gloss%22");
/// ```
#[derive(Clone)]
#[must_use = "a search does nothing until a request is given it"]
pub struct Search {
    words: Words,
    /// Why it cannot be sent.
    pub(super) fault: Option<&'static str>,
}

#[derive(Clone)]
enum Words {
    Phrase(Box<str>),
    Not(Box<Words>),
    /// Two or more, none of which is an `And`.
    And(Vec<Words>),
    /// Two or more, none of which is an `Or`.
    Or(Vec<Words>),
}

impl Search {
    /// This text. An empty one, and one with a double quote, for which OData has no form, are refused before the
    /// request is sent.
    pub fn phrase(text: impl Into<String>) -> Self {
        let text = text.into();
        let fault = if text.is_empty() {
            Some("a phrase to search for is empty")
        } else if text.contains('"') {
            Some("a phrase to search for holds a double quote, which cannot be written")
        } else {
            None
        };
        Self { words: Words::Phrase(text.into()), fault }
    }

    /// Both are found.
    pub fn and(self, other: impl Into<Self>) -> Self {
        let other = other.into();
        let parts = |words| if let Words::And(parts) = words { parts } else { vec![words] };
        let words = parts(self.words).into_iter().chain(parts(other.words)).collect();
        Self { words: Words::And(words), fault: self.fault.or(other.fault) }
    }

    /// At least one of them is found.
    pub fn or(self, other: impl Into<Self>) -> Self {
        let other = other.into();
        let parts = |words| if let Words::Or(parts) = words { parts } else { vec![words] };
        let words = parts(self.words).into_iter().chain(parts(other.words)).collect();
        Self { words: Words::Or(words), fault: self.fault.or(other.fault) }
    }

    pub(super) fn write(&self, to: &mut dyn Write, style: Style) -> fmt::Result {
        self.words.write(to, style)
    }
}

/// It is not found.
impl Not for Search {
    type Output = Self;

    fn not(self) -> Self {
        let words = match self.words {
            Words::Not(words) => *words,
            words => Words::Not(Box::new(words)),
        };
        Self { words, fault: self.fault }
    }
}

macro_rules! phrase {
    ($($text:ty)*) => {$(
        impl From<$text> for Search {
            fn from(text: $text) -> Self {
                Self::phrase(text)
            }
        }
    )*};
}

phrase! { &str &String String }

impl Words {
    /// `NOT` binds most tightly, `OR` least.
    fn write(&self, to: &mut dyn Write, style: Style) -> fmt::Result {
        match self {
            Self::Phrase(_) if style == Style::Shown => to.write_str("\"***\""),
            Self::Phrase(text) => style.value(to, &format!("\"{text}\"")),
            Self::Not(words) => {
                to.write_str("NOT")?;
                style.space(to)?;
                words.enclosed(to, style, matches!(**words, Self::And(_) | Self::Or(_)))
            }
            Self::And(parts) => list(parts, "AND", to, style),
            Self::Or(parts) => list(parts, "OR", to, style),
        }
    }

    fn enclosed(&self, to: &mut dyn Write, style: Style, enclosed: bool) -> fmt::Result {
        if !enclosed {
            return self.write(to, style);
        }
        to.write_char('(')?;
        self.write(to, style)?;
        to.write_char(')')
    }
}

fn list(parts: &[Words], word: &str, to: &mut dyn Write, style: Style) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            style.word(to, word)?;
        }
        // An `Or` stands only in an `And` without being part of it.
        part.enclosed(to, style, matches!(part, Words::Or(_)))?;
    }
    Ok(())
}

impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Search(")?;
        self.write(f, Style::Shown)?;
        f.write_str(")")
    }
}
