//! The service root, and the guard that keeps tokens at its origin (E-21, E-22).

use url::{Host, Origin, ParseError, Url};

/// A service root that has been checked: no token ever goes to another origin.
#[derive(Debug, Clone)]
pub(super) struct Root {
    /// Normalised, without the slash at its end.
    text: String,
    origin: Origin,
}

impl Root {
    /// Reads a root. The error says what is wrong without repeating the URL, which may hold a password.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let url = read(text)?;
        if url.query().is_some() {
            return Err("has a query".to_owned());
        }
        if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
            return Err("is not https (plain http is for the loopback interface, in tests)".to_owned());
        }
        Ok(Self { text: url.as_str().trim_end_matches('/').to_owned(), origin: url.origin() })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Its host and its port.
    pub(super) fn server(&self) -> Option<(&Host, u16)> {
        match &self.origin {
            Origin::Tuple(_, host, port) => Some((host, *port)),
            Origin::Opaque(_) => None,
        }
    }

    /// Refuses every URL but one of the root's own scheme, host and port, without user info or fragment.
    ///
    /// Reads the URL as the stock transport will: what two parsers understand differently gets past a
    /// guard that uses another one.
    pub(super) fn guard(&self, target: &str) -> Result<(), String> {
        let url = read(target)?;
        if url.origin() == self.origin { Ok(()) } else { Err("is not at the origin of the service root".to_owned()) }
    }

    /// The URL that `link` stands for, if it passes the [guard](Self::guard): `link` itself, to the letter, when it is
    /// absolute (CR-32), else resolved against `context`, or against the URL of the request that it answers (W-8).
    pub(super) fn resolve(&self, link: &str, context: Option<&str>, request: &str) -> Result<String, String> {
        plain(link)?;
        let url = match Url::parse(link) {
            Ok(url) => url,
            Err(ParseError::RelativeUrlWithoutBase) => {
                let request = Url::parse(request).map_err(|error| format!("has no base: {error}"))?;
                // A context that is no URL says nothing; its fragment is no part of the base.
                let base = context.and_then(|context| request.join(context).ok()).unwrap_or(request);
                let url = base.join(link).map_err(|error| format!("is not a URL: {error}"))?;
                self.guard(url.as_str())?;
                return Ok(url.into());
            }
            Err(error) => return Err(format!("is not a URL: {error}")),
        };
        self.guard(link)?;
        // A request cannot hold every character that a link may.
        Ok(if http::Uri::try_from(link).is_ok() { link.to_owned() } else { url.into() })
    }
}

/// Refuses what parsing repairs without a word: `https:\\evil`, and a line break in the middle of a name.
fn plain(text: &str) -> Result<(), String> {
    if text.contains(|c: char| c == '\\' || c.is_control() || c.is_whitespace()) {
        return Err("holds a backslash, a space or a control character".to_owned());
    }
    Ok(())
}

fn read(text: &str) -> Result<Url, String> {
    plain(text)?;
    let url = Url::parse(text).map_err(|error| format!("is not an absolute URL: {error}"))?;
    if !url.has_host() {
        return Err("has no host".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("has user info".to_owned());
    }
    if url.fragment().is_some() {
        return Err("has a fragment".to_owned());
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::Root;

    #[test]
    fn e22_only_the_origin_of_the_root_passes() {
        let root = Root::parse("https://api.example.com/v1.0/").unwrap();
        for same in [
            "https://api.example.com/v1.0/orders",
            "https://api.example.com:443/v1.0/orders?$skiptoken=a",
            "HTTPS://API.EXAMPLE.COM/other",
        ] {
            assert_eq!(root.guard(same), Ok(()), "{same}");
        }
        for other in [
            "https://api.example.com@evil.example/",
            "https://api.example.com:secret@api.example.com/",
            "https://user@api.example.com/",
            "https://api.example.com.evil.example/",
            "https://api.example.com./",
            "https://api.example.com:444/",
            "http://api.example.com/",
            "http://api.example.com:443/",
            "//evil.example/x",
            "/v1.0/orders",
            r"https:\\api.example.com\x",
            r"https://evil.example\@api.example.com/",
            "https://api.example.com/v1.0/$metadata#orders?$skiptoken=a",
            "https://\u{430}pi.example.com/",
            "https://[::1]/",
            "file:///etc/hostname",
            "data:text/plain,x",
            "https://api.exam\nple.com/",
            " https://api.example.com/",
            "",
        ] {
            assert!(root.guard(other).is_err(), "{other}");
        }
    }
}
