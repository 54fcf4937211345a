//! What is to be changed, and nothing else.

use std::fmt;

use crate::{DecodeError, EncodeError, Extra, Reader, Sink, Untyped, Value};

/// Properties and their new values, in the order in which they were set: what a write model is made of.
///
/// A property is in one of three states (W-24, W-25): set to a value, [cleared](Self::clear), which is an explicit
/// `null`, or not mentioned, and then it stays as it is. `Debug` shows names, never values.
///
/// ```
/// use odata_runtime::Changes;
///
/// let mut changes = Changes::new();
/// changes.set("title", &String::from("North"));
/// changes.clear("note");
/// assert_eq!(odata_runtime::to_string(&changes)?, r#"{"title":"North","note":null}"#);
/// assert_eq!(changes.require(&["title", "note", "id"]).unwrap_err().to_string(), "missing: `note`, `id`");
/// # Ok::<(), odata_runtime::EncodeError>(())
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct Changes {
    properties: Extra,
    /// The first value that cannot be written.
    fault: Option<EncodeError>,
}

impl Changes {
    /// No change at all.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a property. A value that cannot be written makes the whole unwritable.
    pub fn set(&mut self, name: &str, value: &impl Value) {
        match Untyped::encode(value) {
            Ok(json) => {
                self.properties.insert(name, json);
            }
            Err(error) => self.fault = self.fault.take().or(Some(error)),
        }
    }

    /// Sets a property to `null`.
    pub fn clear(&mut self, name: &str) {
        self.properties.insert(name, Untyped::trusted("null"));
    }

    /// Takes a property out again: it stays as it is.
    pub fn unset(&mut self, name: &str) {
        self.properties.remove(name);
    }

    /// What a property is set to: `null` if it is cleared.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Untyped> {
        if name.contains('@') { self.properties.control(name) } else { self.properties.get(name) }
    }

    /// The names as they are written: annotations such as `owner@odata.bind` (W-26), then properties, each in the
    /// order in which they were set.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.properties.controls().chain(self.properties.iter()).map(|(name, _)| name)
    }

    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names().next().is_none()
    }

    /// Checks that these properties are set, and not to `null`.
    ///
    /// # Errors
    ///
    /// Names those that are not.
    pub fn require(&self, names: &[&str]) -> Result<(), EncodeError> {
        let is_missing = |name: &&&str| self.get(name).is_none_or(Untyped::is_null);
        let missing: Vec<_> = names.iter().filter(is_missing).map(|name| format!("`{name}`")).collect();
        if missing.is_empty() { Ok(()) } else { Err(EncodeError::new(format!("missing: {}", missing.join(", ")))) }
    }
}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Changes").field(&self.names().collect::<Vec<_>>()).finish()
    }
}

impl Value for Changes {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self::default();
        reader.object(&mut [], &mut it.properties)?;
        Ok(it)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        match &self.fault {
            Some(fault) => Err(fault.clone()),
            None => sink.object(&[], &self.properties),
        }
    }
}
