//! Keeps a subscription alive: made or found, renewed, reauthorized, made again (N-1, N-2, N-9).
//!
//! ```text
//!  kept    what generated code says of subscriptions
//!  news    lifecycle events, on their way from the webhook
//!  times   lives, renewals and pauses as numbers
//!  step    what was done
//!  begin   how the subscription is found or made
//!  mod     what is done when
//! ```

mod begin;
mod kept;
mod news;
mod step;
mod times;

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

pub use kept::{KeptSubscription, SubscriptionNames};
pub use news::KeeperNews;
pub use step::{KeeperStep, Kept};

use super::resource::Resource;
use crate::client::time::{Instant, before, is_at_hand, now as instant};
use crate::client::{Client, Error};
use crate::{Changes, Timestamp};

/// The wall clock may jump, and machines sleep: it is looked at this often.
const LOOK: Duration = Duration::from_secs(10 * 60);

/// Keeps one subscription alive for as long as [`next`](Self::next) is called. The generated client makes one.
///
/// It spawns nothing and stores nothing: an app drives it from a task of its own, drops it when it likes, and after a
/// restart the new one finds what the service lists. A subscription is found by its resource and its notification URL,
/// since an organisation may have 100 of them and no more; one that is found keeps the client state that it was made
/// with. Lives, renewals and pauses go by the [`Clock`](crate::client::Clock) of the client.
///
/// The service posts a handshake to the webhook before it makes a subscription, so the webhook runs first.
///
/// ```
/// # use odata_runtime::notifications::{Keeper, KeptSubscription};
/// # async fn example<S: KeptSubscription>(mut keeper: Keeper<S>) {
/// loop {
///     match keeper.next().await {
///         Ok(kept) if kept.may_have_missed() => println!("{kept}: backfill from the last call that you have"),
///         Ok(kept) => println!("{kept}"),
///         Err(error) => println!("{error}"), // the next call waits before it tries again
///     }
/// }
/// # }
/// ```
#[must_use = "a keeper does nothing until its `next` is called, over and over"]
pub struct Keeper<S> {
    client: Client,
    resource: &'static str,
    url: String,
    lifecycle_url: Option<String>,
    changes: String,
    /// Secret.
    state: String,
    longest: Duration,
    life: Duration,
    news: KeeperNews,
    held: Option<Held>,
    errors: u32,
    /// Nothing is asked before: after an error.
    not_before: Option<Instant>,
    of: PhantomData<fn() -> S>,
}

/// What is known of the subscription.
#[derive(Clone)]
struct Held {
    id: String,
    expires: Timestamp,
    renew_at: Timestamp,
}

impl<S: KeptSubscription> Keeper<S> {
    /// For a subscription to `R`, whose notifications go to this URL and repeat this secret of up to 128 characters.
    /// It tells of what is created and what is updated.
    pub fn of<R: Resource>(client: &Client, url: impl Into<String>, state: impl Into<String>) -> Self {
        Self {
            client: client.clone(),
            resource: R::SUBSCRIPTION,
            url: url.into(),
            lifecycle_url: None,
            changes: "created,updated".to_owned(),
            state: state.into(),
            longest: R::LONGEST_LIFE,
            life: times::life(R::LONGEST_LIFE, None),
            news: KeeperNews::default(),
            held: None,
            errors: 0,
            not_before: None,
            of: PhantomData,
        }
    }

    /// Lifecycle events go to this URL. It cannot be given to a subscription later: one that is found without it is
    /// replaced (N-9).
    pub fn lifecycle_url(mut self, url: impl Into<String>) -> Self {
        self.lifecycle_url = Some(url.into());
        self
    }

    /// Tells of these changes, names separated by commas. One that is found with others is replaced.
    pub fn changes(mut self, changes: impl Into<String>) -> Self {
        self.changes = changes.into();
        self
    }

    /// Lives that long between renewals; never longer than the service takes, less a margin (N-2).
    pub fn life(mut self, life: Duration) -> Self {
        self.life = times::life(self.longest, Some(life));
        self
    }

    /// Where the webhook puts lifecycle events.
    #[must_use]
    pub fn news(&self) -> KeeperNews {
        self.news.clone()
    }

    /// Does what is next, when its time has come, and says what it was: finds or makes the subscription, renews it at
    /// half of its life, reauthorizes it when the service asks for that, makes it again when it is gone.
    ///
    /// It may be dropped at any time, in a `select!` or with its task: what was not finished is done by the next call,
    /// and what the service did in the meantime is found.
    ///
    /// # Errors
    ///
    /// Those of its requests. The next call waits, longer after every error and as long as the service asks for, and
    /// tries again.
    pub async fn next(&mut self) -> Result<Kept, Error> {
        if let Some(end) = self.not_before {
            tokio::time::sleep_until(end).await;
            self.not_before = None;
        }
        let done = self.step().await;
        match &done {
            Ok(_) => self.errors = 0,
            Err(error) => {
                self.errors = self.errors.saturating_add(1);
                let pause = times::pause(self.errors, error.retry_after(), self.client.clock().jitter());
                // Without a runtime of tokio nothing can wait, and nothing is sent either.
                self.not_before = instant().checked_add(pause).filter(|_| is_at_hand());
            }
        }
        done
    }

    /// Removes the subscription, whether it was made here or is only listed. None is no error.
    ///
    /// # Errors
    ///
    /// Those of its requests.
    pub async fn delete(&mut self) -> Result<(), Error> {
        let ids = match &self.held {
            Some(held) => vec![held.id.clone()],
            None => self.ours().await?.into_iter().filter_map(|it| it.id().map(str::to_owned)).collect(),
        };
        for id in ids {
            gone_is_well(S::delete(&self.client, &id).send().await)?;
        }
        self.let_go();
        Ok(())
    }

    async fn step(&mut self) -> Result<Kept, Error> {
        loop {
            let Some(held) = self.held.clone() else { return self.begin().await };
            let heard = self.news.heard();
            let now = self.now();
            if heard.is_removed || now >= held.expires {
                self.let_go();
            } else if heard.has_missed {
                self.news.seen_to(|it| it.has_missed = false);
                return Ok(held.after(KeeperStep::Missed));
            } else if now >= held.renew_at {
                match self.renew(&held).await {
                    Err(error) if error.is_not_found() => self.let_go(),
                    renewed => return renewed,
                }
            } else if heard.must_reauthorize {
                match S::reauthorize(&self.client, &held.id).send().await {
                    Ok(()) => {
                        self.news.seen_to(|it| it.must_reauthorize = false);
                        return Ok(held.after(KeeperStep::Reauthorized));
                    }
                    Err(error) if error.is_not_found() => self.let_go(),
                    Err(error) => return Err(error),
                }
            } else {
                let left = held.renew_at.duration_since(now).unsigned_abs().min(LOOK);
                before(instant().checked_add(left), self.news.wait()).await;
            }
        }
    }

    async fn renew(&mut self, held: &Held) -> Result<Kept, Error> {
        let wanted = later(self.now(), self.life);
        let mut changes = Changes::new();
        changes.set(S::NAMES.expires, &wanted);
        let renewed = S::update(&self.client, &held.id, &changes).send().await?;
        let expires = renewed.and_then(|it| it.expires()).unwrap_or(wanted);
        // Which a renewal does too (N-2).
        self.news.seen_to(|it| it.must_reauthorize = false);
        Ok(self.granted(held.id.clone(), expires, KeeperStep::Renewed))
    }

    /// The service has just granted a life until then.
    fn granted(&mut self, id: String, expires: Timestamp, what: KeeperStep) -> Kept {
        let now = self.now();
        let granted = Duration::try_from(expires.duration_since(now)).unwrap_or_default();
        let renew_at = later(now, times::until_renewal(granted, self.client.clock().jitter()));
        self.hold(Held { id, expires, renew_at }, what)
    }

    fn hold(&mut self, held: Held, what: KeeperStep) -> Kept {
        // What was heard of the same one before its renewal still counts.
        if self.held.as_ref().is_none_or(|it| it.id != held.id) {
            self.news.is_about(Some(&held.id));
        }
        let kept = held.after(what);
        self.held = Some(held);
        kept
    }

    fn let_go(&mut self) {
        self.news.is_about(None);
        self.held = None;
    }

    fn now(&self) -> Timestamp {
        Timestamp::try_from(self.client.clock().wall()).unwrap_or(Timestamp::MAX)
    }
}

impl Held {
    fn after(&self, what: KeeperStep) -> Kept {
        Kept { what, id: self.id.clone(), expires: self.expires }
    }
}

fn later(time: Timestamp, by: Duration) -> Timestamp {
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

fn gone_is_well(removed: Result<(), Error>) -> Result<(), Error> {
    match removed {
        Err(error) if error.is_not_found() => Ok(()),
        other => other,
    }
}

/// Without the URLs, which may hold what only the service is to know, and without the client state.
impl<S> fmt::Debug for Keeper<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = self.held.as_ref();
        f.debug_struct("Keeper")
            .field("resource", &self.resource)
            .field("id", &held.map(|it| &it.id))
            .field("expires", &held.map(|it| it.expires))
            .finish_non_exhaustive()
    }
}
