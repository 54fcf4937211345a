//! Objects: keys to slots, and what is no property of the type to its `Extra`.

use super::Reader;
use super::reader::Expected;
use crate::{Annotation, DecodeError, Extra, Slot};

/// Names and places of the properties of a type, in the order in which they are declared.
type Slots<'a, 'b> = &'a mut [(&'static str, &'b mut dyn Slot)];

/// What a key that names no slot is.
enum Key {
    /// `@odata.type` or its 4.01 short form.
    Type,
    /// `x@odata.count` for a slot x.
    Annotation { slot: usize, what: Annotation, name: Box<str> },
    /// Any other key with `@` in it (W-6).
    Control(Box<str>),
    /// A property that the type does not declare (W-22).
    Property(Box<str>),
}

/// The type name that an object states.
enum Stated {
    Nothing,
    /// In the very words that writing it produces.
    Canonical,
    Otherwise(Box<str>),
}

impl Reader<'_> {
    /// Takes an object: each key fills the slot of its name, whatever else there is goes to
    /// `extra`. Of a duplicate property the last stands, of a duplicate type name the first.
    ///
    /// # Errors
    /// Something else comes next, or a slot refuses its value: the path names it.
    pub fn object(
        &mut self,
        slots: &mut [(&'static str, &mut dyn Slot)],
        extra: &mut Extra,
    ) -> Result<(), DecodeError> {
        let expected = std::mem::take(&mut self.expected);
        if self.cursor.peek()? != b'{' {
            return Err(self.fault("not an object"));
        }
        self.deeper()?;
        let mut stated = Stated::Nothing;
        let mut next = 0;
        let mut key = self.cursor.first_key()?;
        while let Some(name) = key {
            if let Some(at) = find(slots, name, next) {
                next = at + 1;
                fill(self, slots, at)?;
            } else {
                match classify(slots, name) {
                    Key::Type => self.type_name(expected, &mut stated)?,
                    Key::Annotation { slot, what, name } => {
                        next = slot;
                        annotate(self, slots, slot, what, name, extra)?;
                    }
                    Key::Control(name) => {
                        let value = self.raw().map_err(|error| error.under(String::from(&*name)))?;
                        extra.push_control(name, value);
                    }
                    Key::Property(name) => {
                        let value = self.raw().map_err(|error| error.under(String::from(&*name)))?;
                        extra.push_property(name, value);
                    }
                }
            }
            key = self.cursor.next_key()?;
        }
        self.depth -= 1;
        extra.settle();
        match (stated, expected) {
            (Stated::Otherwise(text), _) => extra.keep_type(text),
            (Stated::Nothing, Expected::Variant(_)) => extra.keep_silence(),
            (Stated::Canonical, _) | (Stated::Nothing, Expected::Declared) => {}
        }
        Ok(())
    }

    /// Takes the value of a type key. The first that is not null stands (trap 7, CR-34).
    fn type_name(&mut self, expected: Expected, stated: &mut Stated) -> Result<(), DecodeError> {
        if self.null()? {
            return Ok(());
        }
        let text = match self.text() {
            Ok(text) => text,
            Err(error) => return Err(error.under("@odata.type")),
        };
        if matches!(stated, Stated::Nothing) {
            *stated = match (expected, text.strip_prefix('#')) {
                (Expected::Variant([canonical, ..]), Some(name)) if name == *canonical => Stated::Canonical,
                _ => Stated::Otherwise(text.into()),
            };
        }
        Ok(())
    }
}

/// The slot named `name`. Documents keep the declared order, mostly: the slot after the last hit
/// is tried first, then all that follow, then from the start (trap 8).
#[inline]
fn find(slots: &[(&'static str, &mut dyn Slot)], name: &str, next: usize) -> Option<usize> {
    let next = next.min(slots.len());
    let (before, after) = slots.split_at(next);
    if let Some(at) = after.iter().position(|slot| slot.0 == name) {
        return Some(next + at);
    }
    before.iter().position(|slot| slot.0 == name)
}

#[inline]
fn fill(reader: &mut Reader<'_>, slots: Slots<'_, '_>, at: usize) -> Result<(), DecodeError> {
    match slots.get_mut(at) {
        Some((name, slot)) => match slot.fill(reader) {
            Ok(()) => Ok(()),
            Err(error) => Err(error.under(*name)),
        },
        // `at` was found in `slots`.
        None => Ok(()),
    }
}

fn annotate(
    reader: &mut Reader<'_>,
    slots: Slots<'_, '_>,
    at: usize,
    what: Annotation,
    key: Box<str>,
    extra: &mut Extra,
) -> Result<(), DecodeError> {
    let taken = match slots.get_mut(at) {
        Some((_, slot)) => slot.annotate(what, reader),
        None => Ok(false),
    };
    let value = match taken {
        Ok(true) => return Ok(()),
        Ok(false) => reader.raw(),
        Err(error) => Err(error),
    };
    match value {
        Ok(value) => extra.push_control(key, value),
        Err(error) => return Err(error.under(String::from(key))),
    }
    Ok(())
}

fn classify(slots: &[(&'static str, &mut dyn Slot)], name: &str) -> Key {
    let Some((property, term)) = name.split_once('@') else {
        return Key::Property(name.into());
    };
    let what = match term {
        "odata.type" | "type" if property.is_empty() => return Key::Type,
        "odata.count" | "count" => Annotation::Count,
        "odata.nextLink" | "nextLink" => Annotation::NextLink,
        _ => return Key::Control(name.into()),
    };
    match slots.iter().position(|slot| slot.0 == property) {
        Some(slot) => Key::Annotation { slot, what, name: name.into() },
        None => Key::Control(name.into()),
    }
}
