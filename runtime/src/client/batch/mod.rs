//! Several requests in one exchange (OASIS JSON Format 4.01, section 19; W-29).
//!
//! ```text
//!  part       a request that can stand in a batch, and the handle that its answer is asked for by
//!  envelope   the JSON that goes out and comes back
//!  rounds     the exchanges: what is throttled is asked for again
//!  answers    what came
//! ```

mod answers;
mod envelope;
mod part;
mod rounds;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use answers::Answers;
pub use part::{Batchable, Part, Prepared};

use super::Client;
use super::error::Error;
use super::outgoing::Outgoing;

/// Tells one batch from all others.
static NUMBERS: AtomicU64 = AtomicU64::new(0);

/// Requests that are sent in one exchange, as many as the [service](super::Service::batch) takes.
///
/// Each keeps its own answer, its own error, and its own retries: parts that the service did not carry out are asked
/// for again, after the longest time that one of them is told to wait, without those that have been answered. The
/// service carries them out in any order, but for what [`depends_on`](Self::depends_on) says.
///
/// ```
/// # use odata_runtime::client::{Batchable, Client, Error};
/// # async fn run<R: Batchable, S: Batchable>(client: &Client, get: R, list: S) -> Result<(), Error> {
/// let mut batch = client.batch();
/// let order = batch.add(get);
/// let lines = batch.add(list);
/// let mut answers = batch.send().await?;
/// let (order, lines) = (answers.take(order)?, answers.take(lines)?);
/// # Ok(())
/// # }
/// ```
#[must_use = "a batch does nothing until it is sent"]
pub struct Batch {
    client: Client,
    number: u64,
    parts: Vec<Member>,
    /// Why it is not to be sent.
    fault: Option<String>,
}

/// A request of the batch.
struct Member {
    outgoing: Outgoing,
    /// The places of those that come before it.
    after: Vec<usize>,
}

impl Client {
    /// A batch without a request in it.
    pub fn batch(&self) -> Batch {
        let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
        Batch { client: self.clone(), number, parts: Vec::new(), fault: None }
    }
}

impl Batch {
    /// Adds a request, made by the same client, and gives the handle to its answer. One that is too many or cannot be
    /// sent makes [`send`](Self::send) refuse the batch.
    pub fn add<R: Batchable>(&mut self, request: R) -> Part<R::Answer> {
        let Prepared { outgoing, read } = request.prepare();
        if !Arc::ptr_eq(&outgoing.client.settings, &self.client.settings) {
            self.refuse("a request in the batch is of another client");
        }
        self.parts.push(Member { outgoing, after: Vec::new() });
        Part::new(self.number, self.parts.len() - 1, read)
    }

    /// Has `later` carried out after `earlier`, which was added before it, and only if that succeeds: it is answered
    /// with 424 otherwise.
    pub fn depends_on<T, U>(&mut self, later: &Part<T>, earlier: &Part<U>) {
        if later.batch != self.number || earlier.batch != self.number {
            self.refuse("a part of another batch is depended on");
        } else if earlier.at >= later.at {
            self.refuse("a part depends on one that was added after it");
        } else if let Some(member) = self.parts.get_mut(later.at)
            && !member.after.contains(&earlier.at)
        {
            member.after.push(earlier.at);
        }
    }

    /// How many requests are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// Whether no request is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Sends the requests. An empty batch sends nothing.
    ///
    /// # Errors
    ///
    /// When the batch as a whole gets no answer. What is refused before anything is sent: more requests than the
    /// service takes at once, a request that by itself would be refused, one of another client. The error of a part
    /// is that part's: [`Answers::take`].
    pub async fn send(self) -> Result<Answers, Error> {
        let Self { client, number, parts, fault } = self;
        let most = client.service().batch;
        if let Some(fault) = fault {
            return Err(Error::refused(fault));
        }
        if parts.len() > most {
            return Err(Error::refused(format!(
                "{} requests are in the batch, and the service takes {most} at once",
                parts.len()
            )));
        }
        Ok(Answers::new(number, rounds::run(&client, &parts).await?))
    }

    fn refuse(&mut self, why: &str) {
        self.fault.get_or_insert_with(|| why.to_owned());
    }
}

/// The operations, without keys and options.
impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let templates = self.parts.iter().map(|it| it.outgoing.operation.map(|it| it.template));
        f.debug_tuple("Batch").field(&templates.collect::<Vec<_>>()).finish()
    }
}
