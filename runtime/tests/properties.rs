//! Laws: any value survives JSON, and no text makes the reader panic.

// How an app fills a type that is non_exhaustive and not its own.
#![allow(clippy::field_reassign_with_default)]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod types;

use odata_runtime::{
    Binary, Date, Decimal, Enumeration, Expanded, Flags, SignedDuration, Time, Timestamp, Untyped, Uuid, Value,
    from_slice, from_str, jiff, to_string,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use types::{Access, Report, Sensor, SensorBase, Sky, Station, ThermalSensor, WindSensor};

fn survives<T: Value + PartialEq + std::fmt::Debug>(value: &T) -> Result<(), TestCaseError> {
    let json = to_string(value).unwrap();
    prop_assert_eq!(&from_str::<T>(&json).unwrap(), value, "{}", json);
    prop_assert_eq!(to_string(&from_str::<T>(&json).unwrap()).unwrap(), json);
    Ok(())
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0..=28_u32)
        .prop_map(|(lo, mid, hi, negative, scale)| Decimal::from_parts(lo, mid, hi, negative, scale))
}

fn timestamp() -> impl Strategy<Value = Timestamp> {
    let seconds = Timestamp::MIN.as_second()..Timestamp::MAX.as_second();
    (seconds, 0..1_000_000_000).prop_map(|(second, nano)| Timestamp::new(second, nano).unwrap())
}

fn duration() -> impl Strategy<Value = SignedDuration> {
    (any::<i64>(), 0..1_000_000_000_i32, 0..3_u32).prop_map(|(seconds, nanos, small)| {
        let seconds = seconds >> (small * 20);
        SignedDuration::new(seconds, if seconds < 0 { -nanos } else { nanos })
    })
}

fn untyped() -> impl Strategy<Value = Untyped> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?",
        any::<String>().prop_map(|text| to_string(&text).unwrap()),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| vec(inner, 0..4).prop_map(|it| format!("[ {} ]", it.join(" ,"))))
        .prop_map(|json| Untyped::from_json(&json).unwrap())
}

fn sensor() -> impl Strategy<Value = Sensor> {
    let label = of(any::<String>());
    let extras = vec(("[a-z]{1,3}", untyped()), 0..3);
    (0..3, label, of(any::<i32>()), of(decimal()), extras).prop_map(|(kind, label, knots, offset, extras)| {
        let (mut wind, mut thermal, mut base) =
            (WindSensor::default(), ThermalSensor::default(), SensorBase::default());
        (wind.label, wind.knots) = (label.clone(), knots);
        (thermal.label, thermal.offset) = (label.clone(), offset);
        base.label = label;
        for (name, value) in extras {
            wind.extra.insert(name.clone(), value.clone());
            thermal.extra.insert(name.clone(), value.clone());
            base.extra.insert(name, value);
        }
        match kind {
            0 => Sensor::Wind(Box::new(wind)),
            1 => Sensor::Thermal(Box::new(thermal)),
            _ => Sensor::Other(Box::new(base)),
        }
    })
}

fn numbers() -> impl Strategy<Value = Report> {
    let integers = (of(any::<i8>()), of(any::<u8>()), of(any::<i16>()), of(any::<i32>()), of(any::<i64>()));
    let finite = (of(prop::num::f32::NORMAL | prop::num::f32::SUBNORMAL), of(prop::num::f64::ANY));
    (integers, finite, of(decimal())).prop_map(|((tiny, byte, short, code, version), (ratio, mean), price)| {
        let mut it = Report::default();
        (it.tiny, it.byte, it.short, it.code, it.version) = (tiny, byte, short, code, version);
        (it.ratio, it.mean, it.price) = (ratio, mean.filter(|it| !it.is_nan()), price);
        it
    })
}

fn reports() -> impl Strategy<Value = Report> {
    let texts = (of(any::<String>()), of("[a-z]*"), of(vec("[a-z]{1,4}", 0..3)), of(vec(any::<String>(), 0..3)));
    let times = (of(timestamp()), of(duration()), of(any::<[u8; 16]>()), of(vec(any::<u8>(), 0..9)));
    let parts = (of(sensor()), of(vec((of(any::<String>()), vec(sensor(), 0..2)), 0..3)), of(untyped()));
    (numbers(), texts, times, parts).prop_map(|(mut it, texts, times, parts)| {
        it.id = texts.0;
        it.sky = texts.1.map(|text| Sky::from_wire(&text));
        it.access = texts.2.map(|names| names.iter().map(|name| Access::from_wire(name)).collect::<Flags<_>>());
        it.tags = texts.3;
        (it.at, it.length) = (times.0, times.1);
        it.key = times.2.map(Uuid::from_bytes);
        it.blob = times.3.map(Binary::from);
        it.sensor = parts.0;
        it.stations = parts.1.map(|stations| {
            let station = |(name, sensors)| {
                let mut it = Station::default();
                (it.name, it.sensors) = (name, Some(Expanded::from(sensors)));
                it
            };
            stations.into_iter().map(station).collect()
        });
        it.any = parts.2.filter(|it| !it.is_null());
        it
    })
}

proptest! {
    // Nothing is written beside the sources; a failure prints its input.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_report_survives_json(report in reports()) {
        survives(&report)?;
    }

    #[test]
    fn w_14_decimals_survive_with_their_scale(value in decimal()) {
        let back: Decimal = from_str(&to_string(&value).unwrap()).unwrap();
        prop_assert_eq!((back.mantissa(), back.scale()), (value.mantissa(), value.scale()));
    }

    #[test]
    fn w_15_w_16_w_19_times_survive(at in timestamp(), length in duration(), nanos in 0..86_400_000_000_000_i64) {
        survives(&at)?;
        survives(&length)?;
        let time = Time::midnight().wrapping_add(SignedDuration::from_nanos(nanos));
        survives(&time)?;
        let day: Date = jiff::tz::Offset::UTC.to_datetime(at).date();
        survives(&day)?;
    }

    #[test]
    fn w_12_floats_survive(single in any::<f32>(), double in any::<f64>()) {
        let bits = |value: f32| if value.is_nan() { 0 } else { value.to_bits() };
        prop_assert_eq!(bits(from_str(&to_string(&single).unwrap()).unwrap()), bits(single));
        let bits = |value: f64| if value.is_nan() { 0 } else { value.to_bits() };
        prop_assert_eq!(bits(from_str(&to_string(&double).unwrap()).unwrap()), bits(double));
    }

    #[test]
    fn w_21_untyped_text_is_kept(value in untyped()) {
        survives(&value)?;
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in vec(any::<u8>(), 0..64)) {
        let _ = from_slice::<Report>(&bytes);
        let _ = from_slice::<Sensor>(&bytes);
        let _ = from_slice::<Untyped>(&bytes);
    }

    /// What the reader takes, it takes again after writing it: mutations that stay readable
    /// are read to a value that survives.
    #[test]
    fn mutated_json_is_refused_or_survives(
        report in reports(),
        edits in vec((any::<prop::sample::Index>(), prop::sample::select(b"\"\\{}[]:,@0-1e.nul# ".to_vec()), 0..3), 1..4),
    ) {
        let mut bytes = to_string(&report).unwrap().into_bytes();
        for (at, byte, how) in edits {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => { bytes.remove(at); }
            }
            if bytes.is_empty() { break; }
        }
        if let Ok(report) = from_slice::<Report>(&bytes) {
            let json = to_string(&report).unwrap();
            let again: Report = from_str(&json).unwrap();
            prop_assert_eq!(to_string(&again).unwrap(), json);
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn serde_json_reads_and_writes_the_same(report in reports()) {
        let json = to_string(&report).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Report>(&json).unwrap(), &report);
        let written = serde_json::to_string(&report).unwrap();
        prop_assert_eq!(from_str::<Report>(&written).unwrap(), report);
        prop_assert!(serde_json::from_str::<serde::de::IgnoredAny>(&json).is_ok(), "well-formed");
    }
}
