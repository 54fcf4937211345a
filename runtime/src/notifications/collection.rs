//! What generated code says of the types that notifications come in.

use super::incoming::Delivery;
use super::resource::{NotResource, Resource, ResourceId, about};
use crate::{DecodeError, EncodeError, Extra, Reader, Sink, Untyped, Uuid, Value, from_slice, to_vec};

/// What one delivery to a webhook comes in. Implemented by generated code.
pub trait Collection: Value {
    /// A notification.
    type Item: Notification;

    /// The property that holds the notifications.
    const ITEMS: &'static str;

    /// The notifications.
    fn items(&self) -> &[Self::Item];

    /// The same, to take some out.
    fn items_mut(&mut self) -> &mut Vec<Self::Item>;

    /// The tokens that prove who sent notifications with resource data (N-12).
    fn validation_tokens(&self) -> &[String];
}

/// A notification: something changed, or something happened to the subscription itself. Implemented by generated code.
///
/// None of it is there for certain, whatever the metadata says: what is about the subscription itself has no resource
/// (N-6).
pub trait Notification: Value {
    /// What resource data comes in.
    type Content: EncryptedContent;

    /// The subscription that it belongs to.
    fn subscription(&self) -> Option<Uuid>;

    /// The tenant that it comes from.
    fn tenant(&self) -> Option<Uuid>;

    /// The secret that the subscription was made with.
    fn state(&self) -> Option<&str>;

    /// What happened to the subscription, in the words of the wire (N-9).
    fn event(&self) -> Option<&str>;

    /// The path of what changed, below the service root.
    fn path(&self) -> Option<&str>;

    /// Id and type of what changed.
    fn data(&self) -> Option<&Extra>;

    /// What changed, encrypted.
    fn content(&self) -> Option<&Self::Content>;

    /// The id of the `R` that changed, checked: who calls a webhook may put anything there, and a request will be made
    /// of it (N-8).
    ///
    /// The path says what it is; a type that is stated must not contradict it, in whatever case it is written and
    /// whichever namespace it is put in (CR-35).
    ///
    /// # Errors
    ///
    /// It is not about an `R`, or its id is none.
    fn resource_as<R: Resource>(&self) -> Result<ResourceId<R>, NotResource> {
        about(self.event(), self.path(), self.data())
    }
}

/// Resource data, encrypted for the holder of a certificate (N-13). Implemented by generated code. All of it is base64.
pub trait EncryptedContent: Value {
    /// The JSON, under the symmetric key.
    fn data(&self) -> Option<&str>;

    /// The symmetric key, under the certificate's key.
    fn key(&self) -> Option<&str>;

    /// The signature of the encrypted data, under the symmetric key.
    fn signature(&self) -> Option<&str>;

    /// Which certificate it is encrypted for, by the id that the subscription gave it. Not base64.
    fn certificate(&self) -> Option<&str>;
}

/// Reads a delivery. Where a notification cannot be read, the others are.
pub(super) fn read<C: Collection>(body: &[u8]) -> Result<Delivery<C>, DecodeError> {
    match from_slice(body) {
        Ok(collection) => Ok(Delivery { collection, unreadable: 0 }),
        Err(error) => read_each(body).ok_or(error),
    }
}

fn read_each<C: Collection>(body: &[u8]) -> Option<Delivery<C>> {
    let mut whole: Undeclared = from_slice(body).ok()?;
    let items: Vec<Untyped> = whole.0.get(C::ITEMS)?.decode().ok()?;
    let all = items.len();
    let readable: Vec<Untyped> = items.into_iter().filter(|it| it.decode::<C::Item>().is_ok()).collect();
    let unreadable = all - readable.len();
    whole.0.insert(C::ITEMS, Untyped::encode(&readable).ok()?);
    let collection = from_slice(&to_vec(&whole).ok()?).ok()?;
    Some(Delivery { collection, unreadable })
}

/// An object of which nothing is declared.
#[derive(Default)]
struct Undeclared(Extra);

impl Value for Undeclared {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self::default();
        reader.object(&mut [], &mut it.0)?;
        Ok(it)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.object(&[], &self.0)
    }
}
