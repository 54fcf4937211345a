//! Notifications repeat and overtake each other, and what they are about is replaced by fuller versions of itself (N-7,
//! CR-17).

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};

use super::resource::{Resource, ResourceId};

/// Where an app keeps the highest version that it has of each id: a table of two columns.
pub trait Versions: Send + Sync {
    /// What goes wrong in the store.
    type Error;

    /// The highest version of this id.
    fn get(&self, id: &str) -> impl Future<Output = Result<Option<i64>, Self::Error>> + Send;

    /// Puts this version, in one step, if there is none or a lower one. Whether it did.
    fn raise(&self, id: &str, version: i64) -> impl Future<Output = Result<bool, Self::Error>> + Send;
}

/// Says whether an `R` is newer than all that the app has of it.
///
/// Ask [`is_new`](Self::is_new) before the work, and say [`done`](Self::done) after it: then a crash between the two
/// loses nothing, and what was done already is not done again.
///
/// ```
/// # use odata_runtime::notifications::{InMemoryVersions, Newest, Resource, ResourceId, NotResource};
/// # async fn example<R: Resource>(record: R) -> Result<(), NotResource> {
/// let newest = Newest::<R, _>::new(InMemoryVersions::new(100_000));
/// let id = ResourceId::new(&record.id().unwrap_or_default())?;
/// let Ok(is_new) = newest.is_new(&id, record.version()).await;
/// if is_new {
///     // .. the app's work with the record; then:
///     let Ok(_) = newest.done(&id, record.version()).await;
/// }
/// # Ok(())
/// # }
/// ```
pub struct Newest<R, V> {
    versions: V,
    of: PhantomData<fn() -> R>,
}

impl<R: Resource, V: Versions> Newest<R, V> {
    /// Over this store, which is of `R` alone.
    pub fn new(versions: V) -> Self {
        Self { versions, of: PhantomData }
    }

    /// Whether this version is higher than the highest that is [`done`](Self::done). One without a version is: to take
    /// it for old could lose it.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub async fn is_new(&self, id: &ResourceId<R>, version: Option<i64>) -> Result<bool, V::Error> {
        let Some(version) = version else { return Ok(true) };
        Ok(self.versions.get(id.as_str()).await?.is_none_or(|highest| version > highest))
    }

    /// The app has this version now. Whether it was still new: if not, another task was faster.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub async fn done(&self, id: &ResourceId<R>, version: Option<i64>) -> Result<bool, V::Error> {
        let Some(version) = version else { return Ok(true) };
        self.versions.raise(id.as_str(), version).await
    }
}

impl<R, V: fmt::Debug> fmt::Debug for Newest<R, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Newest").field(&self.versions).finish()
    }
}

/// Versions in memory: gone with the process, and of so many ids at most. Which were put in first are forgotten first,
/// and would be new again.
#[derive(Debug)]
pub struct InMemoryVersions {
    most: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    versions: HashMap<Box<str>, i64>,
    order: VecDeque<Box<str>>,
}

impl InMemoryVersions {
    /// Of at most so many ids.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { most, kept: Mutex::default() }
    }
}

impl Versions for InMemoryVersions {
    type Error = Infallible;

    async fn get(&self, id: &str) -> Result<Option<i64>, Infallible> {
        // Nothing panics while the lock is held.
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(kept.versions.get(id).copied())
    }

    async fn raise(&self, id: &str, version: i64) -> Result<bool, Infallible> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(highest) = kept.versions.get_mut(id) {
            let is_higher = version > *highest;
            *highest = version.max(*highest);
            return Ok(is_higher);
        }
        kept.versions.insert(id.into(), version);
        kept.order.push_back(id.into());
        if kept.order.len() > self.most
            && let Some(first) = kept.order.pop_front()
        {
            kept.versions.remove(&first);
        }
        Ok(true)
    }
}

/// A count: ids are many.
impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ids", self.versions.len())
    }
}
