//! Where to go on.

use std::fmt;

/// Where to go on with a list: after what has been delivered so far. Store [its text](Self::expose), and give it
/// back to the same request, `resume(Cursor::new(text))`, in another process or another week, as long as the
/// service knows its links.
///
/// It holds a link of the service, and in it, mostly, a token for the rest of the list: as secret as the list.
/// `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cursor(Box<str>);

impl Cursor {
    /// Takes a text that [`expose`](Self::expose) gave, or a next link as it came.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into().into())
    }

    /// The text. Whoever calls this keeps it as secret as the list.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The place: so many items into the page at this address, in this piece of a range.
    pub(super) fn at(place: &Place) -> Self {
        let Place { piece, skip, url } = place;
        Self(if (*piece, *skip) == (0, 0) { url.as_str().into() } else { format!("{piece}.{skip} {url}").into() })
    }

    pub(super) fn place(&self) -> Place {
        let numbers = self.0.split_once(' ').and_then(|(numbers, url)| {
            let (piece, skip) = numbers.split_once('.')?;
            Some(Place { piece: piece.parse().ok()?, skip: skip.parse().ok()?, url: url.to_owned() })
        });
        // A link has no space in it.
        numbers.unwrap_or_else(|| Place { piece: 0, skip: 0, url: String::from(&*self.0) })
    }
}

/// What a cursor says.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) piece: usize,
    pub(super) skip: usize,
    pub(super) url: String,
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cursor(***)")
    }
}

/// As its text.
#[cfg(feature = "serde")]
impl serde::Serialize for Cursor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Cursor {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}
