//! What an unexpected request has that others have not, for whoever reads the failed test.

use std::fmt::Write as _;

use super::recorded::Payload;
use super::tokens::{like, pretty};
use crate::Untyped;

/// A request in one line. In the text of an error a query is masked, since production has secrets in it; a test has to
/// show it, so it is laid out: what it says stays, skip tokens and their like are masked nevertheless.
pub(super) fn laid_out(method: &str, target: &str) -> String {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut text = format!("{method} {path}");
    for (at, option) in query.split('&').filter(|it| !it.is_empty()).enumerate() {
        let _ = write!(text, " {} {option}", if at == 0 { '?' } else { '&' }); // writing to a String cannot fail
    }
    text
}

/// Which options of two targets with one path are in one of them alone. `None`: the paths differ, or nothing does.
pub(super) fn options(recorded: &str, sent: &str) -> Option<String> {
    let (path, recorded) = recorded.split_once('?').unwrap_or((recorded, ""));
    let (same, sent) = sent.split_once('?').unwrap_or((sent, ""));
    if !like(path, same) {
        return None;
    }
    let all = |query: &str| query.split('&').filter(|it| !it.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (recorded, sent) = (all(recorded), all(sent));
    let only_recorded: Vec<_> = recorded.iter().filter(|it| !sent.iter().any(|sent| like(it, sent))).collect();
    let only_sent: Vec<_> = sent.iter().filter(|it| !recorded.iter().any(|recorded| like(recorded, it))).collect();
    let told = |who: &str, options: Vec<&String>| {
        (!options.is_empty()).then(|| {
            let options: Vec<_> = options.into_iter().map(String::as_str).collect();
            format!("{who} alone: {}", options.join(" & "))
        })
    };
    let both: Vec<_> = [told("recorded", only_recorded), told("sent", only_sent)].into_iter().flatten().collect();
    (!both.is_empty()).then(|| both.join("; "))
}

/// The first line in which two bodies differ.
pub(super) fn bodies(recorded: &Payload, sent: &[u8]) -> String {
    let sent = String::from_utf8_lossy(sent);
    let (recorded, sent) = match recorded {
        Payload::Empty => (String::new(), sent.into_owned()),
        Payload::Json(json) if Untyped::from_json(&sent).is_ok() => (pretty(json), pretty(&sent)),
        Payload::Json(text) | Payload::Text(text) => (text.clone(), sent.into_owned()),
        Payload::Bytes(_) => return "with another body".to_owned(),
    };
    let (mut recorded, mut sent) = (recorded.lines(), sent.lines());
    loop {
        match (recorded.next(), sent.next()) {
            (Some(recorded), Some(sent)) if like(recorded, sent) => {}
            (None, None) => return "with another body".to_owned(),
            (recorded, sent) => {
                let line =
                    |line: Option<&str>| line.map_or_else(|| "nothing".to_owned(), |it| format!("`{}`", it.trim()));
                return format!("with another body: recorded {}, sent {}", line(recorded), line(sent));
            }
        }
    }
}
