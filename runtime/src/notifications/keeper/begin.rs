//! How a keeper comes by its subscription: by looking, and else by making one (N-1).

use super::{Held, Keeper, KeeperStep, Kept, KeptSubscription, gone_is_well, later, times};
use crate::Changes;
use crate::client::Error;

impl<S: KeptSubscription> Keeper<S> {
    /// Finds the subscription or makes it.
    pub(super) async fn begin(&mut self) -> Result<Kept, Error> {
        let now = self.now();
        let mut found = None;
        for one in self.ours().await? {
            let (Some(id), Some(expires)) = (one.id().map(str::to_owned), one.expires()) else { continue };
            if expires <= now {
                continue;
            }
            if !self.is_as_wanted(&one) {
                // The service may refuse a second one of the same; and two of them would tell of everything twice.
                gone_is_well(S::delete(&self.client, &id).send().await)?;
            } else if found.as_ref().is_none_or(|(_, latest)| expires > *latest) {
                found = Some((id, expires));
            }
        }
        if let Some((id, expires)) = found {
            let left = expires.duration_since(now).unsigned_abs();
            let wait = times::until_renewal_of_found(left, self.life, self.client.clock().jitter());
            return Ok(self.hold(Held { id, expires, renew_at: later(now, wait) }, KeeperStep::Found));
        }
        let names = S::NAMES;
        let mut new = Changes::new();
        new.set(names.changes, &self.changes);
        new.set(names.url, &self.url);
        if let Some(url) = &self.lifecycle_url {
            new.set(names.lifecycle_url, url);
        }
        new.set(names.resource, &self.resource.to_owned());
        let wanted = later(self.now(), self.life);
        new.set(names.expires, &wanted);
        new.set(names.state, &self.state);
        let made = S::create(&self.client, &new).send().await?;
        let id = made.id().unwrap_or_default().to_owned();
        Ok(self.granted(id, made.expires().unwrap_or(wanted), KeeperStep::Created))
    }

    /// Those of our resource that come to our URL.
    pub(super) async fn ours(&self) -> Result<Vec<S>, Error> {
        let mut all = S::list(&self.client).stream();
        let mut ours = Vec::new();
        while let Some(one) = all.next().await {
            let one = one?;
            let resource = one.resource().map(|it| it.strip_prefix('/').unwrap_or(it));
            if resource.is_some_and(|it| it.eq_ignore_ascii_case(self.resource)) && one.url() == Some(&*self.url) {
                ours.push(one);
            }
        }
        Ok(ours)
    }

    /// Whether one that is ours is made the way that this keeper makes them.
    fn is_as_wanted(&self, one: &S) -> bool {
        let set = |changes: &str| {
            let mut names: Vec<String> = changes.split(',').map(|it| it.trim().to_ascii_lowercase()).collect();
            names.sort();
            names
        };
        let tells_of_them = one.changes().is_none_or(|it| set(it) == set(&self.changes));
        tells_of_them && (self.lifecycle_url.is_none() || one.lifecycle_url() == self.lifecycle_url.as_deref())
    }
}
