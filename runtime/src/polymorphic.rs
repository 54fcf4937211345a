//! Types that have derived types: how they are named on the wire, told apart and converted.

use crate::json::Writer;
use crate::{DecodeError, Extra, Sink as _, Value, from_slice};

/// What the wire calls a structured type.
#[derive(Debug, Clone, Copy)]
pub struct TypeInfo {
    /// Qualified names: the canonical one first (it is what is written), then alias forms.
    pub names: &'static [&'static str],
    /// Every type derived from it that the crate knows, directly or not.
    pub derived: &'static [&'static TypeInfo],
}

impl TypeInfo {
    /// Whether `stated`, an `@odata.type`, names this type (W-4, CR-35): the text after the last
    /// `#`, by the canonical name or an alias form, without regard to ASCII case. So
    /// `#sample.sales.order`, `sales.Order` and `https://host/$metadata#sample.sales.order`
    /// are one.
    #[must_use]
    pub fn is_named(&self, stated: &str) -> bool {
        let name = after_hash(stated);
        self.names.iter().any(|it| it.eq_ignore_ascii_case(name))
    }

    /// Whether `stated` names this type or one derived from it.
    #[must_use]
    pub fn includes(&self, stated: &str) -> bool {
        self.is_named(stated) || self.derived.iter().any(|it| it.is_named(stated))
    }
}

/// The qualified name in an `@odata.type`, which is a URI.
pub(crate) fn after_hash(stated: &str) -> &str {
    stated.rsplit_once('#').map_or(stated, |(_, name)| name)
}

/// A structured type with its wire names. Implemented by generated code.
pub trait Typed {
    /// What the wire calls it.
    const TYPE: TypeInfo;
}

/// `Self` is derived from `B`, directly or not. Implemented by generated code.
pub trait DerivedFrom<B>: Value + Typed {}

/// The derived types among which a closed base is read.
#[derive(Debug, Clone, Copy)]
pub struct Choices {
    /// The derived types, in the order of the variants.
    pub choices: &'static [Choice],
    /// The base itself.
    pub base: &'static TypeInfo,
    /// Without an `@odata.type`, take the one choice that alone declares a property which is
    /// present with a value other than null; the base if there is none, or more than one.
    pub infer: bool,
}

/// One derived type of a closed base.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// What the wire calls it.
    pub of: &'static TypeInfo,
    /// Wire names of the properties that no other choice and not the base declares.
    pub only: &'static [&'static str],
}

/// Whether an object read as `B`, whose extra this is, states that it is a `T` or derived from
/// one.
#[must_use]
pub fn is<B, T: DerivedFrom<B>>(extra: &Extra) -> bool {
    extra.type_name().is_some_and(|name| T::TYPE.includes(name))
}

/// The object as a `T`, with every property; `None` when it does not state that it is one.
///
/// # Errors
/// It states that it is a `T`, but a property is not what `T` declares. Offsets in the error count
/// from the start of the object, written compactly.
pub fn downcast<B: Value, T: DerivedFrom<B>>(value: &B, extra: &Extra) -> Result<Option<T>, DecodeError> {
    if !is::<B, T>(extra) {
        return Ok(None);
    }
    let mut writer = Writer::default();
    value.write(&mut writer).map_err(|error| refused(&error))?;
    from_slice(&writer.finish()).map(Some)
}

/// The object as its base `B`, which keeps the type name and every property.
///
/// # Errors
/// A property is not what `B` declares; only if `T` and `B` disagree about it.
pub fn upcast<B: Value, T: DerivedFrom<B>>(value: &T) -> Result<B, DecodeError> {
    let mut writer = Writer::stating_type();
    writer.variant(&T::TYPE, value).map_err(|error| refused(&error))?;
    from_slice(&writer.finish())
}

#[cold]
fn refused(error: &crate::EncodeError) -> DecodeError {
    DecodeError::new(error.to_string(), 0)
}
