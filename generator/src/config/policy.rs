//! Which derived types of a selected base come in.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use toml::Spanned;

use crate::nearest::nearest;

/// Which derived types of a selected base come in.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum DerivedPolicy {
    /// `all`: all of them, however deep.
    All,
    /// `selected-namespaces`: those of the namespaces that are selected whole.
    #[default]
    SelectedNamespaces,
    /// `none`: such a value keeps its type name and its properties all the same.
    None,
    /// The ones listed by qualified name.
    Listed(Vec<Spanned<String>>),
}

impl DerivedPolicy {
    const WORDS: [(&'static str, Self); 3] =
        [("all", Self::All), ("selected-namespaces", Self::SelectedNamespaces), ("none", Self::None)];

    /// The word for it in `codegen.toml`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        Self::WORDS.iter().find(|(_, it)| it == self).map_or("a list", |(word, _)| word)
    }
}

// By hand: derived, a slip would be told as "data did not match any variant", and names in the list would have no place.
impl<'de> Deserialize<'de> for DerivedPolicy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Words)
    }
}

struct Words;

impl<'de> Visitor<'de> for Words {
    type Value = DerivedPolicy;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`all`, `selected-namespaces`, `none` or a list of type names")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<DerivedPolicy, E> {
        let known = DerivedPolicy::WORDS;
        if let Some((_, policy)) = known.iter().find(|(it, _)| *it == word) {
            return Ok(policy.clone());
        }
        let near = nearest(word, known.iter().map(|(it, _)| *it));
        let near = near.map(|it| format!("; a similar word is: `{it}`")).unwrap_or_default();
        Err(E::custom(format!(
            "`{word}` is no policy, expected `all`, `selected-namespaces`, `none` or a list of type names{near}"
        )))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<DerivedPolicy, A::Error> {
        let mut listed = Vec::new();
        while let Some(name) = names.next_element()? {
            listed.push(name);
        }
        Ok(DerivedPolicy::Listed(listed))
    }
}
