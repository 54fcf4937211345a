//! Takes out of foreign text what must not be shown (E-4): tokens, queries of URLs, values of keys that
//! are named like secrets. Meant to hide too much rather than too little.

/// The text of an error and of its causes, scrubbed. Causes that the text repeats are left out.
pub(in crate::client) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        if !text.contains(&next) {
            text.push_str(": ");
            text.push_str(&next);
        }
        cause = error.source();
    }
    scrub(&text)
}

/// [`scrub`], and this token wherever it stands.
pub(in crate::client) fn scrub_with(text: &str, token: &str) -> String {
    match token.len() {
        0 => scrub(text),
        1..16 => scrub(&without_word(text, token)),
        _ => scrub(&text.replace(token, "***")),
    }
}

/// A short token (no service gives one, tests do) is hidden only where it is a word of its own: within others it would
/// turn `itemNotFound` into nonsense.
fn without_word(text: &str, token: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(token) {
        out.push_str(before);
        let alone = !before.ends_with(is_word) && !after.starts_with(is_word);
        out.push_str(if alone { "***" } else { token });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// `text` with `***` for everything that looks like a secret. Takes time linear in its length.
pub(in crate::client) fn scrub(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if is_word(first) {
            let (word, after) = split(rest, is_word);
            rest = if looks_like_jwt(word) {
                out.push_str("***");
                after
            } else {
                out.push_str(word);
                after_word(word, after, &mut out)
            };
        } else {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            if first == '?' {
                let (query, after) = split(rest, in_query);
                if !query.is_empty() {
                    out.push_str("***");
                }
                rest = after;
            }
        }
    }
    out
}

/// What follows a word: if the word announces a secret, the secret is masked and passed by.
fn after_word<'t>(word: &str, after: &'t str, out: &mut String) -> &'t str {
    let lead = if word.eq_ignore_ascii_case("bearer") {
        Some(split(after, |c| c == ' ')).filter(|(lead, _)| !lead.is_empty())
    } else if is_secret(word) {
        lead_to_value(word, after)
    } else {
        None
    };
    let Some((lead, value)) = lead else {
        return after;
    };
    out.push_str(lead);
    let (scheme, _) = split(value, char::is_alphanumeric);
    if scheme.eq_ignore_ascii_case("bearer") {
        return value; // `Authorization: Bearer x`: the next word announces it
    }
    let (masked, after) = match lead.chars().next_back().filter(|&c| is_quote(c)) {
        Some(quote) => split(value, |c| c != quote && c != '\\' && !c.is_control()),
        // A scheme and what it takes: `Authorization: Basic x`.
        None if ends_with(word, "authorization") => split(value, |c| !is_quote(c) && c != '\\' && !c.is_control()),
        None => split(value, |c| in_query(c) && !matches!(c, '\'' | '&' | ',' | ';' | ')' | '}')),
    };
    if masked.is_empty() {
        return value;
    }
    out.push_str("***");
    after
}

fn is_secret(word: &str) -> bool {
    ["token", "clientstate", "authorization", "secret", "password", "assertion"]
        .iter()
        .any(|ending| ends_with(word, ending))
}

/// What stands between a key and its value, as in `key=`, `"key": "`, `\"key\":\"` and `Authorization: `.
/// `None`: the word is an ordinary one, as in `this token: see below`.
fn lead_to_value<'t>(word: &str, after: &'t str) -> Option<(&'t str, &'t str)> {
    let (closing, rest) = split(after, |c| c == '\\' || is_quote(c));
    let rest = rest.trim_start_matches(' ');
    let is_key = !closing.is_empty() || ends_with(word, "authorization");
    let value = ["=", "%3D", "%3d"]
        .iter()
        .find_map(|sign| rest.strip_prefix(sign))
        .or_else(|| rest.strip_prefix(':').filter(|_| is_key))?
        .trim_start_matches(' ');
    let (_, value) = split(value, |c| c == '\\' || is_quote(c));
    after.split_at_checked(after.len() - value.len())
}

/// JSON web tokens begin with an encoded `{"`.
fn looks_like_jwt(word: &str) -> bool {
    word.starts_with("eyJ") && word.len() >= 20
}

fn ends_with(word: &str, ending: &str) -> bool {
    word.len()
        .checked_sub(ending.len())
        .and_then(|at| word.get(at..))
        .is_some_and(|end| end.eq_ignore_ascii_case(ending))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '.')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'')
}

fn in_query(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !matches!(c, '"' | '<' | '>' | '\\' | '`')
}

/// The longest start of `text` that is made of such characters, and the rest.
fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    text.split_at(end) // `find` gives a character's start
}

#[cfg(test)]
mod tests {
    use super::{scrub, scrub_with};

    #[test]
    fn e4_what_looks_like_a_secret_is_masked() {
        let jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln";
        for (text, shown) in [
            ("GET https://a.example/b?$skiptoken=k3y&$top=1 failed", "GET https://a.example/b?*** failed"),
            ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
            ("authorization: Basic dXNlcg==\r\nAge: 1", "authorization: ***\r\nAge: 1"),
            ("bad header `Bearer abc`", "bad header `Bearer ***`"),
            (r#"{"access_token": "a b", "expires": 1}"#, r#"{"access_token": "***", "expires": 1}"#),
            (r#"\"clientState\":\"s3\""#, r#"\"clientState\":\"***\""#),
            ("odata.skiptoken=k3y&x=1", "odata.skiptoken=***&x=1"),
            ("next%3F%24skiptoken%3Dk3y", "next%3F%24skiptoken%3D***"),
            ("client_secret = hush, then", "client_secret = ***, then"),
            ("password='two words'", "password='***'"),
            (&format!("token was {jwt}."), "token was ***"),
        ] {
            assert_eq!(scrub(text), shown);
        }
        assert_eq!(scrub_with("it was op4que, op4que!", "op4que"), "it was ***, ***!");
        assert_eq!(scrub_with("itemNotFound in text/html: t", "t"), "itemNotFound in text/html: ***");
    }

    #[test]
    fn ordinary_text_stays() {
        for text in [
            "",
            "The token is expired: ask again.",
            "Access token: lifetime validation failed",
            "Is it there? No. Übergröße 100 %",
            "code 'x' at $.value[0].id",
        ] {
            assert_eq!(scrub(text), text);
        }
    }

    #[test]
    fn long_hostile_text_comes_to_an_end() {
        for piece in [
            "bearer ",
            "token=",
            "?",
            "eyJ",
            "token=bearer=",
            "authorization: bearer ",
            "\"token\":\"",
            "token=bearer ",
        ] {
            let text = piece.repeat(64 * 1024 / piece.len());
            assert!(scrub(&text).len() <= 4 * text.len());
        }
    }
}
