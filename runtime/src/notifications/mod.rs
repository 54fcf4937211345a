//! Change notifications: the service posts to a webhook of the app that something changed.
//!
//! Nothing here is a web framework: functions from the parts of a request to the answer, in the types of the crate
//! [`http`]. What a webhook does with a request, in order:
//!
//! 1. [`receive`] answers the handshake that comes before every subscription (N-4), refuses what is no delivery, and
//!    reads what is one.
//! 2. [`ClientStates::keep`] drops what was not sent by the service: anybody may post to a webhook (N-3). And what comes
//!    from other tenants than those that the app [serves](ClientStates::only_from).
//! 3. The app writes down what it got and answers [`accepted`], within three seconds (N-5); if it could not write it
//!    down, [`try_again`]. Everything else comes after that.
//! 4. Notifications with resource data in them are genuine only if [`TokenValidator`] says so (N-12), and are read by
//!    [`DecryptionKeys`] (N-13). Others carry an id and nothing to protect.
//! 5. [`Notification::resource_as`] checks that id and makes a [`ResourceId`] of it (N-8), from which the generated
//!    client makes a request. Notifications repeat and overtake each other: [`Newest`] says what is new (N-7).
//!
//! A [`Keeper`] makes the subscription that all this comes by and keeps it alive; a [`Backfill`] lists what no
//! notification told of, since the service loses some without a word (N-10).
//!
//! Generated code says which types are the notifications ([`Collection`], [`Notification`], [`EncryptedContent`]),
//! what they may be about ([`Resource`]) and what subscriptions are ([`KeptSubscription`]).

mod backfill;
mod client_states;
mod collection;
mod decryption;
mod handshake;
mod incoming;
mod keeper;
mod newest;
mod refused;
mod resource;
mod tokens;

pub use backfill::Backfill;
pub use client_states::{ClientStates, NoClientStates};
pub use collection::{Collection, EncryptedContent, Notification};
pub use decryption::{DecryptionKeys, NoKey, NotDecrypted};
pub use handshake::{MAX_TOKEN, handshake};
pub use incoming::{Delivery, Incoming, MAX_BODY, accepted, receive, try_again};
pub use keeper::{Keeper, KeeperNews, KeeperStep, Kept, KeptSubscription, SubscriptionNames};
pub use newest::{InMemoryVersions, Newest, Versions};
pub use refused::Refused;
pub use resource::{IdForm, Listed, NotResource, Resource, ResourceId};
pub use tokens::{KeysFault, NotGenuine, TokenValidator};
