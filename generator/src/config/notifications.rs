//! What a webhook is sent, and what it is about.

use serde::Deserialize;
use toml::Spanned;

/// The types that change notifications come in, and what each of their properties is for. The words on the left are those
/// of the runtime, the names on the right are properties.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notifications {
    /// The type of a whole delivery, qualified.
    pub collection: Spanned<String>,
    /// Its property that holds the notifications; their type follows from it.
    pub items: Spanned<String>,
    /// Its property that holds the tokens which prove who sent it.
    pub validation_tokens: Spanned<String>,
    /// What the properties of a notification are for.
    pub item: NotificationItem,
    /// What the properties of encrypted content are for.
    pub content: NotificationContent,
    /// What subscriptions are, where an app is to have them kept alive.
    pub subscription: Option<NotificationSubscription>,
}

/// What subscriptions are: the entities of a collection that can be listed, made, changed and deleted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotificationSubscription {
    /// The path of the collection, without the slash before it; their type follows from it.
    pub path: Spanned<String>,
    /// What is watched: a string.
    pub resource: Spanned<String>,
    /// Where notifications go: a string.
    pub url: Spanned<String>,
    /// Where news about the subscription itself go: a string.
    pub lifecycle_url: Spanned<String>,
    /// Which changes to tell of: a string, names separated by commas.
    pub changes: Spanned<String>,
    /// The secret that notifications repeat: a string.
    pub state: Spanned<String>,
    /// When it ends.
    pub expires: Spanned<String>,
    /// The action that is bound to one and takes nothing, by its simple name.
    pub reauthorize: Spanned<String>,
}

/// What the properties of a notification are for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotificationItem {
    /// The subscription that it belongs to: a Guid.
    pub subscription: Spanned<String>,
    /// The tenant that it comes from: a Guid.
    pub tenant: Spanned<String>,
    /// The secret that the subscription was made with.
    pub state: Spanned<String>,
    /// What happened to the subscription itself: an enumeration or a string.
    pub event: Spanned<String>,
    /// The path of what changed.
    pub path: Spanned<String>,
    /// Id and type of what changed: a complex or entity type.
    pub data: Spanned<String>,
    /// What changed, encrypted; its type follows from it.
    pub content: Spanned<String>,
}

/// What the properties of encrypted content are for: all of them are strings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotificationContent {
    /// The encrypted resource.
    pub data: Spanned<String>,
    /// The encrypted symmetric key.
    pub key: Spanned<String>,
    /// The signature of the encrypted resource.
    pub signature: Spanned<String>,
    /// The id of the certificate.
    pub certificate: Spanned<String>,
}

/// An entity type whose changes can be subscribed to. Its key is the one that the metadata says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceOptions {
    /// What a subscription names: the path of a selected collection, without the slash before it.
    pub subscription: Spanned<String>,
    /// The longest life of a subscription, in minutes.
    pub longest_minutes: Spanned<u32>,
    /// What ids look like.
    #[serde(default)]
    pub id: IdForm,
    /// The property that counts versions.
    pub version: Option<Spanned<String>>,
    /// The property that a list is filtered by to find what no notification told of.
    pub since: Option<Spanned<String>>,
    /// How many days the service keeps one, where not for good.
    pub retention_days: Option<Spanned<u32>>,
    /// The page that documents these facts.
    pub documentation: Option<String>,
}

/// What ids look like.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IdForm {
    /// Any text that can be a segment of a path.
    #[default]
    Text,
    /// A Guid, although the metadata may say that it is a string.
    Guid,
}
