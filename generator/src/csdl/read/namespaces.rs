//! XML namespaces in scope: which names are ours.

/// What a namespace name means to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// `http://docs.oasis-open.org/odata/ns/edmx`.
    Edmx,
    /// `http://docs.oasis-open.org/odata/ns/edm`.
    Edm,
    /// The envelope of `OData` 1 to 3.
    OldEdmx,
    /// The schemas of `OData` 1 to 3.
    OldEdm,
    /// Any other.
    Foreign,
    /// No namespace at all.
    None,
}

impl Vocabulary {
    fn of(uri: &str) -> Self {
        match uri {
            "" => Self::None,
            "http://docs.oasis-open.org/odata/ns/edmx" => Self::Edmx,
            "http://docs.oasis-open.org/odata/ns/edm" => Self::Edm,
            "http://schemas.microsoft.com/ado/2007/06/edmx" => Self::OldEdmx,
            _ if uri.starts_with("http://schemas.microsoft.com/ado/") && uri.ends_with("/edm") => Self::OldEdm,
            _ => Self::Foreign,
        }
    }
}

/// The declarations in scope, innermost last. A stack of our own, because quick-xml's `NsReader` costs 2.5 times the
/// bare reader and documents have two or three declarations.
#[derive(Debug, Default)]
pub(super) struct Namespaces<'a> {
    scopes: Vec<Binding<'a>>,
}

#[derive(Debug)]
struct Binding<'a> {
    depth: usize,
    /// Empty for the default namespace.
    prefix: &'a str,
    vocabulary: Vocabulary,
}

impl<'a> Namespaces<'a> {
    /// Binds a prefix (or, when empty, the default namespace) for the element at a depth and what is inside.
    pub(super) fn bind(&mut self, depth: usize, prefix: &'a str, uri: &str) {
        self.scopes.push(Binding { depth, prefix, vocabulary: Vocabulary::of(uri) });
    }

    /// Forgets what elements deeper than this have bound.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.scopes.last().is_some_and(|binding| binding.depth > depth) {
            self.scopes.pop();
        }
    }

    /// What a prefix means here; none if it is not declared.
    pub(super) fn resolve(&self, prefix: &str) -> Option<Vocabulary> {
        match self.scopes.iter().rev().find(|binding| binding.prefix == prefix) {
            Some(binding) => Some(binding.vocabulary),
            None if prefix.is_empty() => Some(Vocabulary::None),
            None if prefix == "xml" => Some(Vocabulary::Foreign),
            None => None,
        }
    }

    /// How many declarations are in scope.
    pub(super) fn len(&self) -> usize {
        self.scopes.len()
    }
}
