//! What a token that is not accepted says about itself (CR-10, CR-28).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;

use super::report::Object;
use crate::client::Client;
use crate::client::token::Token;
use crate::{Untyped, from_slice};

/// What is wrong with a token that can be looked into: it is for another service, or another cloud of the same; or it
/// stands for a user, where the service takes tokens of apps only.
pub(super) fn advice(client: &Client, token: &Token) -> Option<String> {
    let claims = Claims::of(token)?;
    let service = client.service();
    let here = host(client.root())?;
    let audience = claims.text("aud");
    if let Some(other) = audience.as_deref().and_then(host).filter(|other| *other != here) {
        let name = |of: &str| {
            let cloud = service.clouds.iter().find(|cloud| host(cloud.root).as_deref() == Some(of));
            cloud.map_or_else(|| of.to_owned(), |cloud| format!("{of} ({})", cloud.name))
        };
        return Some(format!("the token is for {}, the client for {}", name(&other), name(&here)));
    }
    let is_of_user = claims.0.get(&["scp"]).is_some() && claims.0.get(&["roles"]).is_none();
    (is_of_user && !service.delegated).then(|| {
        String::from(
            "the token stands for a signed-in user: the service takes only those of an app that signs in as itself",
        )
    })
}

struct Claims(Object);

impl Claims {
    /// The middle part of a JSON web token. Nothing is checked: it is for a hint.
    fn of(token: &Token) -> Option<Self> {
        let middle = token.expose().split('.').nth(1)?;
        let json = URL_SAFE_NO_PAD.decode(middle.trim_end_matches('=')).ok()?;
        from_slice(&json).ok().map(Self)
    }

    fn text(&self, name: &str) -> Option<String> {
        self.0.get(&[name]).and_then(|value: &Untyped| value.decode().ok())
    }
}

fn host(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}
