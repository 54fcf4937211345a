//! JSON text as tokens: enough to lay it out, to compare it, and to change strings in it. No digit and no escape is
//! touched. Text that is cut off or no JSON at all has tokens too: what is personal in it must be found as well.

/// A piece of JSON text. Together the tokens of a text are the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// White space.
    Space(&'t str),
    /// One of `{ } [ ] , :`.
    Mark(char),
    /// A string with its quotes; the last one is missing where the text is cut off.
    Text(&'t str),
    /// A number or a word.
    Word(&'t str),
}

/// The tokens of any text.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (token, after) = match first {
            '{' | '}' | '[' | ']' | ',' | ':' => (Token::Mark(first), rest.get(1..)?),
            '"' => {
                let (text, after) = rest.split_at_checked(string(rest))?;
                (Token::Text(text), after)
            }
            _ if is_space(first) => {
                let (space, after) = split(rest, is_space);
                (Token::Space(space), after)
            }
            _ => {
                let (word, after) =
                    split(rest, |c| !is_space(c) && !matches!(c, '{' | '}' | '[' | ']' | ',' | ':' | '"'));
                (Token::Word(word), after)
            }
        };
        rest = after;
        Some(token)
    })
}

/// Well-formed JSON, one member or item a line.
pub(super) fn pretty(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut depth = 0_usize;
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    let mut opened = false;
    for token in tokens(json) {
        let closes = matches!(token, Token::Mark('}' | ']'));
        if closes {
            depth = depth.saturating_sub(1);
        }
        // `{}` and `[]` stay on their line.
        if !matches!(token, Token::Space(_)) {
            if opened != closes {
                line(&mut out, depth);
            }
            opened = false;
        }
        match token {
            Token::Space(_) => {}
            Token::Mark(',') => {
                out.push(',');
                line(&mut out, depth);
            }
            Token::Mark(':') => out.push_str(": "),
            Token::Mark(mark) => {
                out.push(mark);
                if matches!(mark, '{' | '[') {
                    depth += 1;
                    opened = true;
                }
            }
            Token::Text(text) | Token::Word(text) => out.push_str(text),
        }
    }
    out
}

/// Whether two JSON texts say the same in the same order, to the digit. `***` in a string of the first stands for
/// whatever was taken out of it.
pub(super) fn same(recorded: &str, sent: &str) -> bool {
    let mut sent = tokens(sent).filter(is_solid);
    tokens(recorded).filter(is_solid).all(|token| match (token, sent.next()) {
        (Token::Text(recorded), Some(Token::Text(sent))) => match (plain(recorded), plain(sent)) {
            (Some(recorded), Some(sent)) => like(&recorded, &sent),
            _ => recorded == sent,
        },
        (token, other) => Some(token) == other,
    }) && sent.next().is_none()
}

/// Whether two texts are the same, `***` in the first standing for anything.
pub(super) fn like(recorded: &str, sent: &str) -> bool {
    let mut pieces = recorded.split("***");
    let Some(mut rest) = pieces.next().and_then(|start| sent.strip_prefix(start)) else {
        return false;
    };
    let mut pieces: Vec<_> = pieces.collect();
    let Some(end) = pieces.pop() else {
        return rest.is_empty(); // nothing was taken out
    };
    for piece in pieces {
        let Some((_, after)) = rest.split_once(piece) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(end)
}

/// What a string says, without quotes and escapes. `None`: it is no whole string.
pub(super) fn plain(text: &str) -> Option<String> {
    crate::from_str(text).ok()
}

fn is_solid(token: &Token<'_>) -> bool {
    !matches!(token, Token::Space(_))
}

/// The length of the string that `text` starts with.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    text.split_at(end) // `find` gives a character's start
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, clippy::panic)]

    use super::{like, pretty, same};

    #[test]
    fn one_member_a_line() {
        assert_eq!(
            pretty(r#" {"a":[1.00,{}, []],"b":"x\"{"}"#),
            "{\n  \"a\": [\n    1.00,\n    {},\n    []\n  ],\n  \"b\": \"x\\\"{\"\n}"
        );
        assert_eq!(pretty("{ }"), "{}");
        assert_eq!(pretty(" 7 "), "7");
    }

    #[test]
    fn the_same_but_for_space_escapes_and_what_was_taken_out() {
        assert!(same(r#"{"a": ["***", 1.0]}"#, r#"{"a":["x y",1.0]}"#));
        assert!(same(r#"["\u0041/"]"#, r#"["A\/"]"#));
        for other in [r#"{"a":["x"]}"#, r#"{"a":["x",1.00]}"#, r#"{"a":["x",1.0],"b":1}"#, r#"{"a":[{},1.0]}"#, ""] {
            assert!(!same(r#"{"a": ["***", 1.0]}"#, other), "{other}");
        }
    }

    #[test]
    fn stars_stand_for_anything() {
        for (recorded, sent) in [("a", "a"), ("***", ""), ("a***c", "abc"), ("a***c***", "abcd"), ("***b", "abab")] {
            assert!(like(recorded, sent), "{recorded} {sent}");
        }
        for (recorded, sent) in [("a", "ab"), ("a***c", "ab"), ("a***a", "a"), ("***b***", "a")] {
            assert!(!like(recorded, sent), "{recorded} {sent}");
        }
    }
}
