//! The text form of a recorded exchange. Bodies are indented, so that no line of theirs is taken for another:
//!
//! ```text
//! exchange 1
//! request GET /v1/orders/1?$select=id
//! accept: application/json
//! authorization: ***
//! answer 200
//! content-type: application/json
//! body json
//!   {
//!     "id": "1"
//!   }
//! end
//! ```
//!
//! `body text` is text as it is, `body base64` anything else; `fault timeout the words of the transport` stands where no
//! answer came, or where one broke off. A file without its last line is cut off.

use std::fmt::Write as _;
use std::iter::Peekable;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::recorded::{Answer, Fault, Payload, Recorded};
use super::tokens::pretty;
use crate::Untyped;

const FIRST: &str = "exchange 1";
const LAST: &str = "end";
/// Of a line of base64.
const WIDTH: usize = 76;

/// The text of an exchange.
pub(super) fn write(exchange: &Recorded) -> String {
    let mut out = format!("{FIRST}\nrequest {} {}\n", exchange.method, exchange.target);
    part(&mut out, &exchange.headers, &exchange.body);
    if let Some(answer) = &exchange.answer {
        let _ = writeln!(out, "answer {}", answer.status); // writing to a String cannot fail
        part(&mut out, &answer.headers, &answer.body);
    }
    if let Some(Fault { phase, text }) = &exchange.fault {
        let _ = writeln!(out, "fault {phase} {text}");
    }
    out.push_str(LAST);
    out.push('\n');
    out
}

fn part(out: &mut String, headers: &[(String, String)], body: &Payload) {
    for (name, value) in headers {
        let _ = writeln!(out, "{name}: {value}");
    }
    match body {
        Payload::Empty => {}
        Payload::Json(json) => indented(out, "json", pretty(json).split('\n')),
        Payload::Text(text) if !text.contains(|c: char| c.is_control() && c != '\n' && c != '\t') => {
            indented(out, "text", text.split('\n'));
        }
        Payload::Text(text) => base64(out, text.as_bytes()),
        Payload::Bytes(bytes) => base64(out, bytes),
    }
}

fn indented<'l>(out: &mut String, kind: &str, lines: impl Iterator<Item = &'l str>) {
    let _ = writeln!(out, "body {kind}");
    for line in lines {
        let _ = writeln!(out, "  {line}");
    }
}

fn base64(out: &mut String, bytes: &[u8]) {
    let _ = writeln!(out, "body base64");
    for line in bytes.chunks(WIDTH / 4 * 3) {
        let _ = writeln!(out, "  {}", STANDARD.encode(line));
    }
}

/// Reads an exchange. `Err`: the line, counted from one, and what is wrong there.
pub(super) fn read(text: &str) -> Result<Recorded, (usize, String)> {
    let mut lines = text.lines().zip(1..).peekable();
    let count = text.lines().count();
    let mut next = |what: &str| lines_next(&mut lines, count, what);
    if next(FIRST)?.0 != FIRST {
        return Err((1, format!("no recorded exchange: the first line is not `{FIRST}`")));
    }
    let (line, at) = next("the request")?;
    let request = line.strip_prefix("request ").and_then(|it| it.split_once(' '));
    let (method, target) = request.ok_or_else(|| (at, "not `request METHOD TARGET`".to_owned()))?;
    if http::Method::from_bytes(method.as_bytes()).is_err() || target.parse::<http::Uri>().is_err() {
        return Err((at, "not `request METHOD TARGET`".to_owned()));
    }
    let (headers, body) = read_part(&mut lines)?;
    let (method, target) = (method.to_owned(), target.to_owned());
    let mut exchange = Recorded { method, target, headers, body, answer: None, fault: None };
    if let Some((line, at)) = lines.next_if(|(line, _)| line.starts_with("answer ")) {
        let status = line.strip_prefix("answer ").and_then(|it| it.parse().ok());
        let status = status.filter(|it| (100..1000).contains(it)).ok_or_else(|| (at, "no status".to_owned()))?;
        let (headers, body) = read_part(&mut lines)?;
        exchange.answer = Some(Answer { status, headers, body });
    }
    if let Some((line, at)) = lines.next_if(|(line, _)| line.starts_with("fault ")) {
        let words = line.strip_prefix("fault ").unwrap_or_default();
        let (phase, text) = words.split_once(' ').unwrap_or((words, ""));
        exchange.fault = Some(Fault { phase: phase.parse().map_err(|why| (at, why))?, text: text.to_owned() });
    }
    let (line, at) = lines_next(&mut lines, count, LAST)?;
    if line != LAST {
        return Err((at, "not what comes next here: a header, `body`, `answer`, `fault` or `end`".to_owned()));
    }
    if let Some((_, at)) = lines.find(|(line, _)| !line.is_empty()) {
        return Err((at, format!("something follows `{LAST}`")));
    }
    if exchange.answer.is_none() && exchange.fault.is_none() {
        return Err((at, "neither an answer nor a fault".to_owned()));
    }
    Ok(exchange)
}

type Lines<'t, I> = Peekable<I>;

fn lines_next<'t>(
    lines: &mut Lines<'t, impl Iterator<Item = (&'t str, usize)>>,
    count: usize,
    what: &str,
) -> Result<(&'t str, usize), (usize, String)> {
    lines.next().ok_or_else(|| (count + 1, format!("the file is cut off: `{what}` is missing")))
}

type Part = (Vec<(String, String)>, Payload);

fn read_part<'t>(lines: &mut Lines<'t, impl Iterator<Item = (&'t str, usize)>>) -> Result<Part, (usize, String)> {
    let mut headers = Vec::new();
    while let Some((line, at)) = lines.next_if(|(line, _)| line.contains(": ") && !line.starts_with("fault ")) {
        let (name, value) = line.split_once(": ").unwrap_or((line, ""));
        let known = http::HeaderName::from_bytes(name.as_bytes()).is_ok() && http::HeaderValue::from_str(value).is_ok();
        if !known {
            return Err((at, "not a header".to_owned()));
        }
        headers.push((name.to_owned(), value.to_owned()));
    }
    let Some((line, at)) = lines.next_if(|(line, _)| line.starts_with("body ")) else {
        return Ok((headers, Payload::Empty));
    };
    let mut body = Vec::new();
    // An editor may have taken the spaces off an empty line.
    while let Some((line, _)) = lines.next_if(|(line, _)| line.starts_with("  ") || line.is_empty()) {
        body.push(line.get(2..).unwrap_or_default());
    }
    let text = body.join("\n");
    let payload = match line.strip_prefix("body ") {
        Some("text") => Payload::Text(text),
        Some("json") => match Untyped::from_json(&text) {
            Ok(_) => Payload::Json(text),
            Err(error) => {
                let before = text.as_bytes().iter().take(error.offset()).filter(|byte| **byte == b'\n').count();
                return Err((at + 1 + before, format!("the body is no JSON: {error}")));
            }
        },
        Some("base64") => match STANDARD.decode(body.concat()) {
            Ok(bytes) => Payload::Bytes(bytes),
            Err(error) => return Err((at + 1, format!("the body is no base64: {error}"))),
        },
        _ => return Err((at, "no kind of body: json, text, base64 are".to_owned())),
    };
    Ok((headers, payload))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::super::recorded::{Answer, Fault, Payload, Phase, Recorded};
    use super::{read, write};

    fn payload() -> impl Strategy<Value = Payload> {
        prop_oneof![
            Just(Payload::Empty),
            "[ -~\u{e9}\n\t]{1,80}".prop_map(Payload::Text),
            Just(Payload::Json("{\n  \"a\": [\n    1.00,\n    \"x\"\n  ]\n}".to_owned())),
            proptest::collection::vec(any::<u8>(), 1..200).prop_map(Payload::Bytes),
        ]
    }

    fn headers() -> impl Strategy<Value = Vec<(String, String)>> {
        proptest::collection::vec(("[a-z][a-z-]{0,8}", "([!-~][ -~]{0,20}[!-~])?"), 0..3)
    }

    fn exchange() -> impl Strategy<Value = Recorded> {
        let answer =
            (100..600_u16, headers(), payload()).prop_map(|(status, headers, body)| Answer { status, headers, body });
        let fault = "([!-~]{1,5}( [!-~]{1,5}){0,3})?".prop_map(|text| Fault { phase: Phase::Timeout, text });
        (headers(), payload(), proptest::option::of(answer), proptest::option::of(fault)).prop_map(
            |(headers, body, answer, fault)| {
                let fault =
                    fault.or_else(|| answer.is_none().then(|| Fault { phase: Phase::Other, text: "x".to_owned() }));
                let (method, target) = ("PATCH".to_owned(), "/v1/a?$select=b".to_owned());
                Recorded { method, target, headers, body, answer, fault }
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(exchange in exchange()) {
            prop_assert_eq!(read(&write(&exchange)).unwrap(), exchange);
        }

        #[test]
        fn what_is_cut_off_is_not_read(exchange in exchange(), at in any::<proptest::sample::Index>()) {
            let text = write(&exchange);
            let lines: Vec<_> = text.lines().collect();
            let kept = at.index(lines.len());
            let (line, _) = read(&lines[..kept].join("\n")).unwrap_err();
            prop_assert!(line <= kept + 1);
        }
    }
}
