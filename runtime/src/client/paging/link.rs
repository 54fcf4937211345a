//! Next links: where they lead, and how they are shown (W-7, W-8, CR-30, E-22).

use crate::client::Client;
use crate::client::error::Error;

/// So much of a link is shown.
const SHOWN: usize = 200;

/// The address that `link` stands for: as it is, or where it is relative, resolved against the context of the
/// document it came in, or the address that the document came from. Refused, before anything is sent, when the
/// token must not go there.
pub(super) fn follow(client: &Client, link: &str, context: Option<&str>, from: &str) -> Result<String, Error> {
    client
        .resolve(link, context, from)
        .map_err(|why| Error::refused(format!("the link to the next page, `{}`, {why}", shown(link))))
}

/// A link without what must not be shown: its query and its fragment, which hold tokens, and user info.
pub(super) fn shown(link: &str) -> String {
    let end = link.find(['?', '#']).unwrap_or(link.len());
    let (address, _) = link.split_at(end);
    let (scheme, rest) = match address.find("//") {
        Some(at) => address.split_at(at + 2),
        None => ("", address),
    };
    let authority = rest.find(['/', '\\']).map_or(rest, |end| rest.split_at(end).0);
    let host = authority.rfind('@').filter(|_| !scheme.is_empty());
    let open = match host.and_then(|at| rest.get(at..)) {
        Some(host) => format!("{scheme}***{host}"),
        None => address.to_owned(),
    };
    open.chars().filter(|c| !c.is_control()).take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn e4_a_link_is_shown_without_its_secrets() {
        for (link, text) in [
            ("https://a.example/b/$metadata#c('d')/e?$skiptoken=f", "https://a.example/b/$metadata"),
            ("orders?$skiptoken=f", "orders"),
            ("https://user:pass@a.example/b?c", "https://***@a.example/b"),
            ("//user:pass@a.example/b", "//***@a.example/b"),
            (r"https:\\a.example\b?c", r"https:\\a.example\b"),
            ("https://a.example/users('x@y')/b", "https://a.example/users('x@y')/b"),
            ("?$skiptoken=f", ""),
            ("a\nb", "ab"),
        ] {
            assert_eq!(shown(link), text);
        }
        assert_eq!(shown(&"x".repeat(1_000)).len(), 200);
    }
}
