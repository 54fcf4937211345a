//! Types in exactly the shape that the generator emits, for a service that measures the weather.
//! `structs!` expands to what stands in a generated file, so that the lists stay short here.

// Each test crate uses a part of it; public as generated types are.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, missing_docs)]

use odata_runtime::{
    Binary, Choice, Choices, Date, Decimal, DecodeError, DerivedFrom, EncodeError, Enumeration, Expanded, Extra, Flags,
    Reader, SignedDuration, Sink, Time, Timestamp, TypeInfo, Typed, Unlisted, Untyped, Uuid, Value,
};

macro_rules! structs {
    ($($name:ident $names:tt $derived:tt { $($wire:literal $field:ident: $type:ty,)* })*) => {$(
        #[derive(Debug, Clone, Default, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $(pub $field: Option<$type>,)*
            pub extra: Extra,
        }
        impl Value for $name {
            #[inline]
            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let mut it = Self::default();
                reader.object(&mut [$(($wire, &mut it.$field)),*], &mut it.extra)?;
                Ok(it)
            }
            #[inline]
            fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
                sink.object(&[$(($wire, &self.$field)),*], &self.extra)
            }
        }
        impl Typed for $name {
            const TYPE: TypeInfo = TypeInfo { names: &$names, derived: &$derived };
        }
        serde!($name);
    )*};
}

macro_rules! serde {
    ($name:ident) => {
        #[cfg(feature = "serde")]
        impl odata_runtime::serde::Serialize for $name {
            #[inline]
            fn serialize<S: odata_runtime::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                odata_runtime::shim::serialize(self, serializer)
            }
        }
        #[cfg(feature = "serde")]
        impl<'de> odata_runtime::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: odata_runtime::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                odata_runtime::shim::deserialize(deserializer)
            }
        }
    };
}

structs! {
    Report ["test.weather.report", "w.report"] [] {
        "id" id: String,
        "valid" valid: bool,
        "tiny" tiny: i8,
        "byte" byte: u8,
        "short" short: i16,
        "code" code: i32,
        "version" version: i64,
        "ratio" ratio: f32,
        "mean" mean: f64,
        "price" price: Decimal,
        "at" at: Timestamp,
        "length" length: SignedDuration,
        "day" day: Date,
        "time" time: Time,
        "key" key: Uuid,
        "blob" blob: Binary,
        "any" any: Untyped,
        "sky" sky: Sky,
        "access" access: Flags<Access>,
        "tags" tags: Vec<String>,
        "sensor" sensor: Sensor,
        "owner" owner: Party,
        "previous" previous: Box<Report>,
        "stations" stations: Expanded<Station>,
        "sensors" sensors: Vec<Sensor>,
    }
    Station ["test.weather.station", "w.station"] [] {
        "name" name: String,
        "price" price: Decimal,
        "sensors" sensors: Expanded<Sensor>,
    }

    SensorBase ["test.weather.sensor", "w.sensor"] [&ThermalSensor::TYPE, &WindSensor::TYPE] {
        "label" label: String,
    }
    ThermalSensor ["test.weather.thermalSensor", "w.thermalSensor"] [] {
        "label" label: String,
        "celsius" celsius: f64,
        "offset" offset: Decimal,
    }
    WindSensor ["test.weather.windSensor", "w.windSensor"] [] {
        "label" label: String,
        "knots" knots: i32,
    }

    Party ["test.weather.party", "w.party"] [&Person::TYPE, &Employee::TYPE] {
        "displayName" display_name: String,
    }
    Person ["test.weather.person", "w.person"] [&Employee::TYPE] {
        "displayName" display_name: String,
        "age" age: i32,
    }
    Employee ["test.weather.employee", "w.employee"] [] {
        "displayName" display_name: String,
        "age" age: i32,
        "badge" badge: String,
    }
    Company ["test.weather.company", "w.company"] [] {
        "displayName" display_name: String,
        "vat" vat: String,
    }
}

#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Sensor {
    Thermal(Box<ThermalSensor>),
    Wind(Box<WindSensor>),
    Other(Box<SensorBase>),
}
const CHOICES: Choices = Choices {
    choices: &[
        Choice { of: &ThermalSensor::TYPE, only: &["celsius", "offset"] },
        Choice { of: &WindSensor::TYPE, only: &["knots"] },
    ],
    base: &SensorBase::TYPE,
    infer: true,
};
impl Value for Sensor {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match reader.choose(CHOICES)? {
            Some(0) => reader.variant(&ThermalSensor::TYPE, Self::Thermal),
            Some(1) => reader.variant(&WindSensor::TYPE, Self::Wind),
            _ => reader.variant(&SensorBase::TYPE, Self::Other),
        }
    }
    #[inline]
    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        match self {
            Self::Thermal(it) => sink.variant(&ThermalSensor::TYPE, &**it),
            Self::Wind(it) => sink.variant(&WindSensor::TYPE, &**it),
            Self::Other(it) => it.write(sink),
        }
    }
}
serde!(Sensor);

impl DerivedFrom<Party> for Person {}
impl DerivedFrom<Party> for Employee {}
impl DerivedFrom<Party> for Company {}
impl DerivedFrom<Person> for Employee {}
impl Party {
    pub fn type_name(&self) -> Option<&str> {
        self.extra.type_name()
    }
    pub fn is<T: DerivedFrom<Self>>(&self) -> bool {
        odata_runtime::is::<Self, T>(&self.extra)
    }
    pub fn downcast<T: DerivedFrom<Self>>(&self) -> Result<Option<T>, DecodeError> {
        odata_runtime::downcast::<Self, T>(self, &self.extra)
    }
    pub fn upcast<T: DerivedFrom<Self>>(value: &T) -> Result<Self, DecodeError> {
        odata_runtime::upcast::<Self, T>(value)
    }
}

macro_rules! enumeration {
    ($name:ident { $($wire:literal $member:ident,)* }) => {
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($member,)*
            Unlisted(Unlisted),
        }
        impl Enumeration for $name {
            #[inline]
            fn as_str(&self) -> &str {
                match self {
                    $(Self::$member => $wire,)*
                    Self::Unlisted(text) => text.as_str(),
                }
            }
        }
        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;
            #[inline]
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(match text {
                    $($wire => Self::$member,)*
                    _ => Self::Unlisted(Unlisted::new(text)),
                })
            }
        }
        impl Value for $name {
            #[inline]
            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.member()
            }
            #[inline]
            fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
                sink.text(self.as_str())
            }
        }
        serde!($name);
    };
}
enumeration!(Sky { "unknown" Unknown, "clear" Clear, "unknownFutureValue" UnknownFutureValue, });
enumeration!(Access { "read" Read, "write" Write, });

/// A report read from `json`, which has to be one.
pub fn report(json: &str) -> Report {
    odata_runtime::from_str(json).unwrap()
}

/// `json` read as a report and written again.
pub fn rewritten(json: &str) -> String {
    odata_runtime::to_string(&report(json)).unwrap()
}

/// The message with which `json` is refused as a report.
pub fn refusal(json: &str) -> String {
    odata_runtime::from_str::<Report>(json).unwrap_err().to_string()
}
