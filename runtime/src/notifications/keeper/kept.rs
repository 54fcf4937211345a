//! What generated code says of subscriptions.

use crate::client::{Client, List, Send};
use crate::{Changes, Timestamp, Value};

/// A subscription, as the service lists it. Implemented by generated code.
pub trait KeptSubscription: Value + std::marker::Send + 'static {
    /// The properties that are written, by their names on the wire.
    const NAMES: SubscriptionNames;

    /// Its id.
    fn id(&self) -> Option<&str>;

    /// What is watched, a path below the service root.
    fn resource(&self) -> Option<&str>;

    /// Where notifications go.
    fn url(&self) -> Option<&str>;

    /// Where news about the subscription itself go.
    fn lifecycle_url(&self) -> Option<&str>;

    /// Which changes it tells of, separated by commas.
    fn changes(&self) -> Option<&str>;

    /// When it ends.
    fn expires(&self) -> Option<Timestamp>;

    /// All that there are.
    fn list(client: &Client) -> List<Self>;

    /// Makes one.
    fn create(client: &Client, new: &Changes) -> Send<Self>;

    /// Changes the one with this id.
    fn update(client: &Client, id: &str, changes: &Changes) -> Send<Option<Self>>;

    /// Removes the one with this id.
    fn delete(client: &Client, id: &str) -> Send<()>;

    /// Says of the one with this id that the app still may be notified.
    fn reauthorize(client: &Client, id: &str) -> Send<()>;
}

/// The properties of a subscription that are written, by their names on the wire.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_structs)] // generated code names all of them
pub struct SubscriptionNames {
    /// What is watched.
    pub resource: &'static str,
    /// Where notifications go.
    pub url: &'static str,
    /// Where news about the subscription itself go.
    pub lifecycle_url: &'static str,
    /// Which changes it tells of.
    pub changes: &'static str,
    /// The secret that notifications repeat.
    pub state: &'static str,
    /// When it ends.
    pub expires: &'static str,
}
