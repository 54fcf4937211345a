//! Cases of values: what the wire sends is read, what a URL holds is written.

use crate::build::flags;
use crate::corpus::{Case, Corpus};
use crate::requests::{self, decoded, literal};
use crate::types::Member;
use odata_runtime::{
    Binary, Date, Decimal, Flags, Literal, SignedDuration, Time, Timestamp, Uuid, Value, from_str, to_string,
};

/// Whether the text is read as a value of the rule's type; nothing for a rule that is no value of the wire.
pub(crate) fn reads(case: &Case) -> Option<bool> {
    // Every value but a Boolean may stand in a string (W-13).
    fn quoted<T: Value>(text: &str) -> bool {
        from_str::<T>(&to_string(&text.to_owned()).unwrap()).is_ok()
    }
    let text = case.input.as_str();
    Some(match case.rule.as_str() {
        "booleanValue" => from_str::<bool>(text).is_ok(),
        "date" | "dateValue" => quoted::<Date>(text),
        "dateTimeOffsetValue" => quoted::<Timestamp>(text),
        "timeOfDayValue" => quoted::<Time>(text),
        "durationValue" => quoted::<SignedDuration>(text),
        "decimalValue" => quoted::<Decimal>(text),
        "doubleValue" => quoted::<f64>(text) || from_str::<f64>(text).is_ok(),
        "singleValue" => quoted::<f32>(text) || from_str::<f32>(text).is_ok(),
        "sbyteValue" => quoted::<i8>(text),
        "byteValue" => quoted::<u8>(text),
        "int16Value" => quoted::<i16>(text),
        "int32Value" => quoted::<i32>(text),
        "int64Value" => quoted::<i64>(text),
        "enumValue" => quoted::<Flags<Member>>(text),
        "guid" => quoted::<Uuid>(text),
        _ => return None,
    })
}

/// Writes the literal of a case again and checks it: the rule takes it, and it stands for the same value. Nothing
/// for a rule that is no literal.
pub(crate) fn written(corpus: &Corpus, case: &Case) -> Option<()> {
    let input = decoded(&case.input);
    let value: Box<dyn Literal> = match case.rule.as_str() {
        "binaryLiteral" => {
            let inner = input.strip_prefix("binary'").unwrap().strip_suffix('\'').unwrap();
            Box::new(from_str::<Binary>(&format!("\"{inner}\"")).unwrap())
        }
        "durationLiteral" => {
            let inner = input.trim_start_matches("duration").trim_matches('\'');
            Box::new(from_str::<SignedDuration>(&format!("\"{inner}\"")).unwrap())
        }
        "enumLiteral" => Box::new(flags(&input).or_else(|| flags(&format!("a.b{input}"))).unwrap()),
        "boolean" => Box::new(input.to_ascii_lowercase().parse::<bool>().unwrap()),
        "doubleLiteral" => Box::new(input.parse::<f64>().unwrap()),
        "singleLiteral" => Box::new(input.parse::<f32>().unwrap()),
        "stringLiteral"
        | "primitiveLiteral"
        | "dateTimeOffsetLiteral"
        | "dateTimeOffsetValueInUrl"
        | "decimalLiteral"
        | "timeOfDayLiteral"
        | "sbyteLiteral"
        | "int16Literal"
        | "int32Literal"
        | "int64Literal" => literal(&input).unwrap_or_else(|| panic!("{}: {input}", case.number)),
        _ => return None,
    };
    let mut text = String::new();
    value.write_literal(&mut text);
    // As a parameter, since an empty key would be refused.
    let parameter = requests::shown(&requests::root().function("f", &[("x", &&*value)]));
    let encoded = parameter.strip_prefix("f(x=").unwrap().strip_suffix(')').unwrap();
    assert!(corpus.accepts(&case.rule, encoded), "{}: {input} was written {encoded}", case.number);
    assert_eq!(same(&text), same(&input), "{}: {input} was written {text}", case.number);
    Some(())
}

/// What literals of one value have in common.
fn same(literal: &str) -> String {
    if literal.starts_with("binary'") {
        return literal.replace('=', "");
    }
    if let Some((_, quoted)) = literal.split_once('\'') {
        return quoted.to_owned();
    }
    if let Ok(number) = literal.parse::<f64>() {
        return number.to_string();
    }
    if let Ok(at) = from_str::<Timestamp>(&format!("\"{literal}\"")) {
        return at.to_string();
    }
    literal.to_ascii_lowercase()
}
