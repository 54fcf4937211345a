//! Reading TOML of a shape. A parser that fills in a shape stops at the first fault; here what is at fault is told, taken
//! out, and the rest is read again, so that one run tells of all.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use super::Loaded;
use crate::diagnostic::Diagnostic;
use crate::nearest::nearest;
use crate::source::{SourceId, Sources, Span};

/// How many faults of one file are told. Each costs a reading of the rest.
const MOST_FAULTS: usize = 64;

/// Reads a file; what is at fault is left out of the value.
pub(super) fn read<T: Default + DeserializeOwned>(
    source: SourceId,
    sources: &Sources,
    code: &'static str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Loaded<T> {
    let text = sources.text(source);
    let mut tell = |fault: &Error| diagnostics.push(told(fault, source, text, code));
    let mut table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(fault) => {
            tell(&fault);
            return Loaded { value: T::default(), source };
        }
    };
    let whole = table.span();
    let mut taken: Vec<Taken> = Vec::new();
    for _ in 0..MOST_FAULTS {
        match T::deserialize(Deserializer::from(table.clone())) {
            Ok(value) => return Loaded { value, source },
            Err(fault) => {
                let place = fault.span().unwrap_or_default();
                // What was told as faulty is not told as missing too.
                let missing = |it: &Taken| it.from == place && it.lacks(fault.message());
                if !taken.iter().any(missing) {
                    tell(&fault);
                }
                let exact = take_out(table.get_mut(), &whole, &|it| it == place);
                let around = |it: Range<usize>| it.start <= place.start && place.end <= it.end;
                match exact.or_else(|| take_out(table.get_mut(), &whole, &around)) {
                    Some(it) => taken.push(Taken { meant: near_key(fault.message()).map(str::to_owned), ..it }),
                    None => break,
                }
            }
        }
    }
    Loaded { value: T::default(), source }
}

/// What was taken out.
struct Taken {
    /// The place of the table that it stood in.
    from: Range<usize>,
    key: String,
    /// The key that it was probably meant to be.
    meant: Option<String>,
}

impl Taken {
    /// Whether a fault says that it is missing.
    fn lacks(&self, message: &str) -> bool {
        let names = [Some(&self.key), self.meant.as_ref()];
        names.into_iter().flatten().any(|it| message == format!("missing field `{it}`"))
    }
}

/// Removes the innermost entry whose key or value stands at a place.
fn take_out(table: &mut DeTable<'_>, span: &Range<usize>, at: &dyn Fn(Range<usize>) -> bool) -> Option<Taken> {
    // A header such as `[a.b]` stands outside of what it opens, so the inner entries are asked first, wherever they are.
    let inner = table.iter_mut().find_map(|(_, value)| take_out_below(value, at));
    inner.or_else(|| {
        let found = table.iter().find(|(key, value)| at(key.span()) || at(value.span()));
        let key = found.map(|(key, _)| key.clone())?;
        table.remove(&key)?;
        Some(Taken { from: span.clone(), key: key.into_inner().into_owned(), meant: None })
    })
}

fn take_out_below(value: &mut Spanned<DeValue<'_>>, at: &dyn Fn(Range<usize>) -> bool) -> Option<Taken> {
    let span = value.span();
    match value.get_mut() {
        DeValue::Table(table) => take_out(table, &span, at),
        DeValue::Array(items) => items.iter_mut().find_map(|it| take_out_below(it, at)),
        _ => None,
    }
}

fn told(fault: &Error, source: SourceId, text: &str, code: &'static str) -> Diagnostic {
    let span = Span::new(source, fault.span().unwrap_or(0..text.len().min(1)));
    let message = fault.message().trim_end();
    let fault = Diagnostic::error(code, message).at(span, "here");
    match near_key(message) {
        Some(near) if message.starts_with("unknown variant") => fault.help(format!("a similar word is: `{near}`")),
        Some(near) => fault.help(format!("a similar key is: `{near}`")),
        None => fault,
    }
}

/// The key or word that an unknown one was probably meant to be. serde's message has the unknown one first and every
/// known one after it, each in backticks; it gives them in no other way.
fn near_key(message: &str) -> Option<&str> {
    let known = message.strip_prefix("unknown field ").or_else(|| message.strip_prefix("unknown variant "))?;
    let mut quoted = known.split('`').skip(1).step_by(2);
    let wanted = quoted.next()?;
    nearest(wanted, quoted)
}
