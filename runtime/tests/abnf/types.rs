//! The types that cases are built with: one for all properties, one derived type, one enumeration.

use odata_runtime::{
    DecodeError, DerivedFrom, EncodeError, Enumeration, Extra, Reader, Sink, TypeInfo, Typed, Unlisted, Value,
};

/// The type that every property belongs to.
pub(crate) struct Any;

/// The type that is derived from it.
#[derive(Default)]
pub(crate) struct Derived(Extra);

impl Value for Derived {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self::default();
        reader.object(&mut [], &mut it.0)?;
        Ok(it)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.object(&[], &self.0)
    }
}

impl Typed for Derived {
    const TYPE: TypeInfo = TypeInfo { names: &["Test.Derived"], derived: &[] };
}

impl DerivedFrom<Any> for Derived {}

/// An enumeration of which no member is known.
#[derive(Debug)]
pub(crate) struct Member(Unlisted);

impl Enumeration for Member {
    const NAME: &'static str = "Test.Enumeration";

    fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl std::str::FromStr for Member {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(Unlisted::new(text)))
    }
}

pub(crate) fn name(name: &str) -> &'static str {
    // Names of properties are constants.
    Box::leak(name.to_owned().into_boxed_str())
}
