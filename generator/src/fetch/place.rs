//! Where documents may come from.

use url::{Host, Url};

use super::FetchError;

/// A URL that may be asked: https, or http on this machine, without a user name.
pub(super) fn parse(text: &str) -> Result<Url, FetchError> {
    let url = Url::parse(text).map_err(|fault| FetchError::NoUrl(text.to_owned(), fault))?;
    if !is_secure(&url) {
        return Err(FetchError::NotSecure(shown(&url)));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(FetchError::UserInfo(shown(&url)));
    }
    Ok(url)
}

/// Where a redirect leads: to https, or to where it comes from.
pub(super) fn redirect(from: &Url, location: Option<&str>) -> Result<Url, FetchError> {
    let refuse = |why| FetchError::Redirect(shown(from), why);
    let location = location.ok_or_else(|| refuse("to nowhere"))?;
    let to = from.join(location).map_err(|_| refuse("to what is no URL"))?;
    if to.scheme() != "https" && to.origin() != from.origin() {
        return Err(refuse("to what is neither https nor the same host"));
    }
    if !to.username().is_empty() || to.password().is_some() {
        return Err(refuse("to a URL with a user name or password in it"));
    }
    Ok(to)
}

/// A token goes on to the same host by the same way, and nowhere else. Once it is left behind, it does not come back.
pub(super) fn carried<'t>(token: Option<&'t str>, from: &Url, to: &Url) -> Option<&'t str> {
    token.filter(|_| from.origin() == to.origin())
}

fn is_secure(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_local(url))
}

/// Whether it is on this machine.
pub(super) fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(it)) => it.is_loopback(),
        Some(Host::Ipv6(it)) => it.is_loopback(),
        Some(Host::Domain(it)) => it == "localhost",
        None => false,
    }
}

/// For messages: without what may be secret.
pub(super) fn shown(url: &Url) -> String {
    let mut shown = url.clone();
    shown.set_query(None);
    shown.set_fragment(None);
    // Of a URL without a host, neither can be set, and there is none.
    let _no_host = (shown.set_username(""), shown.set_password(None));
    shown.to_string()
}

#[cfg(test)]
#[allow(clippy::expect_used)] // A test fails by panicking.
mod tests {
    use super::{carried, parse, redirect, shown};

    #[test]
    fn only_https_and_this_machine_are_asked() {
        for good in
            ["https://service.example/$metadata", "http://127.0.0.1:8080/x", "http://[::1]/x", "http://localhost/x"]
        {
            assert!(parse(good).is_ok(), "{good}");
        }
        for bad in
            ["http://service.example/x", "http://127.0.0.1.example/x", "ftp://service.example/x", "file:///x", "x"]
        {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert!(parse("https://me:secret@service.example/").is_err_and(|it| !it.to_string().contains("secret")));
    }

    #[test]
    fn redirects_lead_to_https_or_stay() {
        let from = parse("http://127.0.0.1:8080/a/b").expect("a URL");
        let leads = |to: &str| redirect(&from, Some(to)).ok().map(|it| it.to_string());
        assert_eq!(leads("c").as_deref(), Some("http://127.0.0.1:8080/a/c"));
        assert_eq!(leads("https://other.example/x").as_deref(), Some("https://other.example/x"));
        assert_eq!(leads("http://127.0.0.1:8081/"), None);
        assert_eq!(leads("http://other.example/"), None);
        assert_eq!(leads("file:///etc/passwd"), None);
        assert_eq!(leads("https://me:secret@other.example/"), None);
        assert!(redirect(&from, None).is_err());
        let secure = parse("https://service.example/").expect("a URL");
        assert!(redirect(&secure, Some("http://service.example/")).is_err());
    }

    #[test]
    fn a_token_stays_with_its_origin() {
        let goes = |from: &str, to: &str| {
            let (from, to) = (parse(from).expect("a URL"), parse(to).expect("a URL"));
            carried(Some("token"), &from, &to).is_some()
        };
        assert!(goes("https://a.example/x", "https://a.example:443/y"));
        assert!(!goes("https://a.example/", "https://b.example/"));
        assert!(!goes("https://a.example/", "https://a.example:444/"));
        assert!(!goes("https://a.example/", "https://www.a.example/"));
        assert!(!goes("http://localhost/", "https://localhost/"));
    }

    #[test]
    fn what_is_shown_has_no_query() {
        let url = parse("https://service.example/m?sig=secret#part").expect("a URL");
        assert_eq!(shown(&url), "https://service.example/m");
    }
}
