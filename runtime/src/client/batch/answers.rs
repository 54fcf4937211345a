//! What came for each part.

use std::fmt;

use super::super::error::Error;
use super::super::received::Received;
use super::part::Part;

/// The answers to a [`Batch`](super::Batch).
pub struct Answers {
    batch: u64,
    /// By the order in which the requests were added; `None`: it was taken.
    of: Vec<Option<Result<Received, Error>>>,
}

impl Answers {
    pub(super) fn new(batch: u64, of: Vec<Result<Received, Error>>) -> Self {
        Self { batch, of: of.into_iter().map(Some).collect() }
    }

    /// The answer to this part.
    ///
    /// # Errors
    ///
    /// Every one there is, as if the request had been sent by itself: see the questions that [`Error`] answers. A part
    /// of another batch is refused.
    #[allow(clippy::needless_pass_by_value)] // each answer is there once
    pub fn take<T>(&mut self, part: Part<T>) -> Result<T, Error> {
        let Part { batch, at, read } = part;
        // A part is there once, so its answer is there the first time.
        match self.of.get_mut(at).filter(|_| batch == self.batch).and_then(Option::take) {
            Some(answer) => read(answer?),
            None => Err(Error::refused("the part is of another batch")),
        }
    }
}

/// How many there are: answers may hold personal data.
impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answers").field("parts", &self.of.len()).finish_non_exhaustive()
    }
}
