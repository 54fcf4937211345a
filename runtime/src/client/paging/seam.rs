//! What two pieces of a range have in common (CR-13).

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// What tells an item from all others, if it has that.
pub(in crate::client) type Key<T> = fn(&T) -> Option<Cow<'_, str>>;

/// Knows which items of a piece were in the one before it: services include the ends of a range or do not, so the
/// pieces meet in a moment that both are asked for. Holds 16 bytes for every item of two pieces.
pub(in crate::client) struct Seam<T> {
    key: Key<T>,
    piece: usize,
    before: HashSet<(u64, u64)>,
    here: HashSet<(u64, u64)>,
    /// Two, so that no two keys are taken for one.
    hashers: [RandomState; 2],
}

impl<T> Seam<T> {
    pub(in crate::client) fn new(key: Key<T>) -> Self {
        let hashers = [RandomState::new(), RandomState::new()];
        Self { key, piece: 0, before: HashSet::new(), here: HashSet::new(), hashers }
    }

    /// Whether this item, of this piece, was not in the piece before. Within a piece nothing is left out: that is
    /// the service's to say.
    pub(super) fn is_new(&mut self, piece: usize, item: &T) -> bool {
        if piece != self.piece {
            self.piece = piece;
            self.before = std::mem::take(&mut self.here);
        }
        let Some(key) = (self.key)(item) else {
            return true;
        };
        let [one, two] = &self.hashers;
        let mark = (one.hash_one(&*key), two.hash_one(&*key));
        self.here.insert(mark);
        !self.before.contains(&mark)
    }
}
