//! What notifications are about: the types whose changes can be subscribed to, and their ids.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;
use std::time::Duration;

use crate::client::{Client, KeySegment, List};
use crate::query::Property;
use crate::{Extra, Timestamp, Typed, Uuid, Value};

/// The longest id that is taken, in bytes.
const MAX_ID: usize = 512;

/// A type whose changes can be subscribed to. Implemented by generated code, from the configuration.
pub trait Resource: Value + Typed {
    /// What the generated client makes of an id: the place of the entity, from which requests are made.
    type At;

    /// What a subscription names, a path below the service root.
    const SUBSCRIPTION: &'static str;

    /// How long a subscription may live, at most (N-2).
    const LONGEST_LIFE: Duration;

    /// How long the service keeps one, where it does not keep them for good (CR-11).
    const RETENTION: Option<Duration>;

    /// What an id looks like.
    const ID: IdForm;

    /// Its id.
    fn id(&self) -> Option<Cow<'_, str>>;

    /// Which version of it this is: the higher one of two is the newer one (CR-17). None where the service does not
    /// count.
    fn version(&self) -> Option<i64>;

    /// The one with this id.
    fn at(client: &Client, id: &ResourceId<Self>) -> Self::At;
}

/// A [`Resource`] that can be listed from some time on, to find those that no notification told of (N-10).
pub trait Listed: Resource {
    /// The property that a list is filtered by.
    const SINCE: Property<Self, Timestamp>;

    /// Its value.
    fn since(&self) -> Option<Timestamp>;

    /// All of them.
    fn list(client: &Client) -> List<Self>;
}

/// What an id looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdForm {
    /// A Guid; upper and lower case are the same one.
    Guid,
    /// Any text that can be a segment of a path.
    Text,
}

/// The id of an `R`, checked: it cannot lead to anything else (N-8, W-31).
///
/// `Display` and `FromStr` are its text, for an app's own queue.
pub struct ResourceId<R: ?Sized> {
    text: Box<str>,
    of: PhantomData<fn() -> R>,
}

impl<R: Resource> ResourceId<R> {
    /// Takes an id. A Guid becomes lower case.
    ///
    /// # Errors
    ///
    /// [`NotResource::BadId`].
    pub fn new(id: &str) -> Result<Self, NotResource> {
        let text = match R::ID {
            // In its usual form: braces and missing hyphens are read elsewhere.
            IdForm::Guid if id.len() == 36 => Uuid::try_parse(id).map_err(|_| NotResource::BadId)?.to_string().into(),
            IdForm::Text if is_segment(id) => id.into(),
            _ => return Err(NotResource::BadId),
        };
        Ok(Self { text, of: PhantomData })
    }
}

impl<R: ?Sized> ResourceId<R> {
    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

fn is_segment(id: &str) -> bool {
    let foreign = |c: char| c.is_control() || "/\\?#'()".contains(c);
    !id.trim().is_empty() && id.len() <= MAX_ID && id != "." && id != ".." && !id.contains(foreign)
}

impl<R: Resource> FromStr for ResourceId<R> {
    type Err = NotResource;

    fn from_str(id: &str) -> Result<Self, NotResource> {
        Self::new(id)
    }
}

impl<R: ?Sized> KeySegment for ResourceId<R> {
    fn key_segment(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.text)
    }
}

impl<R: ?Sized> fmt::Display for ResourceId<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<R: ?Sized> fmt::Debug for ResourceId<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResourceId({})", self.text)
    }
}

// By hand: derived, they would ask the same of `R`.
impl<R: ?Sized> Clone for ResourceId<R> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), of: PhantomData }
    }
}

impl<R: ?Sized> PartialEq for ResourceId<R> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<R: ?Sized> Eq for ResourceId<R> {}

impl<R: ?Sized> Hash for ResourceId<R> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// Why a notification gives no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotResource {
    /// It is about the subscription itself.
    Event,
    /// It is about something else, or does not say what it is about.
    Other,
    /// It has no id of that form.
    BadId,
    /// It has two ids.
    TwoIds,
}

impl fmt::Display for NotResource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Event => "the notification is about the subscription itself",
            Self::Other => "the notification is about something else",
            Self::BadId => "the id is not of the form that the resource's ids have",
            Self::TwoIds => "the notification has two ids",
        })
    }
}

impl std::error::Error for NotResource {}

/// The id of the `R` that a notification with these parts is about.
pub(super) fn about<R: Resource>(
    event: Option<&str>,
    path: Option<&str>,
    data: Option<&Extra>,
) -> Result<ResourceId<R>, NotResource> {
    if event.is_some() {
        return Err(NotResource::Event);
    }
    if data.and_then(Extra::type_name).is_some_and(|stated| !is_called::<R>(stated)) {
        return Err(NotResource::Other);
    }
    let link: Option<String> = data.and_then(|it| it.control("@odata.id")).and_then(|it| it.decode().ok());
    let path = path.or(link.as_deref()).ok_or(NotResource::Other)?;
    let id = ResourceId::new(key(path, R::SUBSCRIPTION).ok_or(NotResource::Other)?)?;
    match data.and_then(|it| it.get("id")).filter(|it| !it.is_null()) {
        None => Ok(id),
        Some(other) => {
            let other: String = other.decode().map_err(|_| NotResource::BadId)?;
            if ResourceId::new(&other)? == id { Ok(id) } else { Err(NotResource::TwoIds) }
        }
    }
}

/// Whether a stated type is an `R`, whatever its case and its namespace: notifications have it wrong (CR-35).
fn is_called<R: Resource>(stated: &str) -> bool {
    let last = |name: &str| name.rsplit(['.', '#']).next().unwrap_or_default().to_ascii_lowercase();
    R::TYPE.names.iter().any(|it| last(it) == last(stated))
}

/// The key in a path such as `orders/7`, `/Orders/7` or `orders('7')`; nothing if the path is no entity of `collection`.
fn key<'p>(path: &'p str, collection: &str) -> Option<&'p str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let (head, rest) = path.split_at_checked(collection.len())?;
    if !head.eq_ignore_ascii_case(collection) {
        return None;
    }
    let in_parentheses = || rest.strip_prefix("('")?.strip_suffix("')");
    rest.strip_prefix('/').or_else(in_parentheses).filter(|it| !it.contains('/'))
}
