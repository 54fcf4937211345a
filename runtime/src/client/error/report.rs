//! What a service says in the body of an error, in every form there is (E-1 to E-3).

use crate::{DecodeError, EncodeError, Extra, Reader, Sink, Untyped, Value, from_slice};

/// An inner error within an inner error, and so on: what lies deeper is not looked at.
const DEEPEST: usize = 16;
/// What an error stands in: of OData 4, and of OData 3.
const ENVELOPES: [&str; 2] = ["error", "odata.error"];

/// What was found. Every part may be missing; a body that is no JSON at all has none.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Report {
    /// The outermost first. None is empty.
    pub(super) codes: Vec<String>,
    /// The outermost that is not empty.
    pub(super) message: Option<String>,
    pub(super) request_id: Option<String>,
}

impl Report {
    /// Whether a document is an error and nothing else, as some gateways send it under a status that says yes. One
    /// that says what it is (`@odata.context`) is looked at by nobody but its type: entities may have a property `error`.
    pub(super) fn is_all_of(body: &[u8]) -> bool {
        let text = body.trim_ascii_start();
        let start = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii_start();
        let first = start.strip_prefix(b"{").map(<[u8]>::trim_ascii_start).unwrap_or_default();
        if !ENVELOPES.iter().any(|name| first.strip_prefix(b"\"").is_some_and(|it| it.starts_with(name.as_bytes()))) {
            return false; // most documents are read once only
        }
        let Ok(document) = from_slice::<Object>(body) else { return false };
        let is_alone = document.0.iter().count() == 1 && document.0.controls().next().is_none();
        let error = document.get(&ENVELOPES).filter(|_| is_alone).and_then(|error| error.decode::<Object>().ok());
        error.is_some_and(|error| ["code", "message"].iter().any(|name| error.get(&[name]).is_some()))
    }

    /// Reads a body. Never fails: nothing in it is expected to have the form that it should have, and
    /// what is not used, such as the date without a zone (W-17), is not decoded.
    pub(super) fn read(body: &[u8]) -> Self {
        let mut report = Self::default();
        let Ok(document) = from_slice::<Object>(body) else {
            return report;
        };
        let mut level = match document.get(&ENVELOPES) {
            Some(error) => {
                let Ok(object) = error.decode::<Object>() else {
                    // OAuth's form: the code alone, the message beside it.
                    report.codes.extend(text(error));
                    report.message = document.get(&["error_description"]).and_then(text);
                    return report;
                };
                object
            }
            // A gateway's form: no envelope.
            None => document,
        };
        for _ in 0..DEEPEST {
            report.codes.extend(level.get(&["code"]).and_then(text));
            report.message = report.message.or_else(|| level.get(&["message"]).and_then(text));
            let id = level.get(&["request-id", "requestId"]).and_then(text);
            report.request_id = report.request_id.or(id);
            match level.get(&["innerError"]).map(Untyped::decode) {
                Some(Ok(inner)) => level = inner,
                _ => break,
            }
        }
        report
    }
}

/// A string that is not empty, a number's text, or the `value` of OData 3's message with a language.
fn text(value: &Untyped) -> Option<String> {
    let text = if let Ok(text) = value.decode::<String>() {
        text
    } else if let Ok(object) = value.decode::<Object>() {
        object.get(&["value"])?.decode().ok()?
    } else {
        value.decode::<i64>().ok()?.to_string()
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

/// An object of which nothing is declared.
#[derive(Default)]
pub(super) struct Object(Extra);

impl Object {
    /// The first member with one of these names, in any case: `innererror` and `innerError` both occur.
    pub(super) fn get(&self, names: &[&str]) -> Option<&Untyped> {
        self.0
            .iter()
            .find(|(name, value)| !value.is_null() && names.iter().any(|known| known.eq_ignore_ascii_case(name)))
            .map(|(_, value)| value)
    }
}

impl Value for Object {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self::default();
        reader.object(&mut [], &mut it.0)?;
        Ok(it)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.object(&[], &self.0)
    }
}
