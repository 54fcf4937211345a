//! What a service asks of a token when it does not accept one: `WWW-Authenticate: Bearer claims="..."` (E-24).

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use http::HeaderMap;
use http::header::WWW_AUTHENTICATE;
use http_auth::ChallengeParser;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

/// The claims, as JSON. They come in base64, of either alphabet.
pub(super) fn claims(headers: &HeaderMap) -> Option<String> {
    headers.get_all(WWW_AUTHENTICATE).iter().find_map(|value| of_one(value.to_str().ok()?))
}

fn of_one(header: &str) -> Option<String> {
    // A header that goes on with nonsense may have begun well.
    let challenges = ChallengeParser::new(header).map_while(Result::ok);
    let mut bearers = challenges.filter(|it| it.scheme.eq_ignore_ascii_case("bearer"));
    bearers.find_map(|it| {
        let (_, claims) = it.params.iter().find(|(name, _)| name.eq_ignore_ascii_case("claims"))?;
        decoded(&claims.to_unescaped())
    })
}

fn decoded(text: &str) -> Option<String> {
    let text = text.trim();
    if text.starts_with('{') {
        return Some(text.to_owned());
    }
    let [standard, in_urls] = [alphabet::STANDARD, alphabet::URL_SAFE].map(|it| GeneralPurpose::new(&it, LENIENT));
    let bytes = standard.decode(text).or_else(|_| in_urls.decode(text)).ok()?;
    String::from_utf8(bytes).ok().filter(|json| json.trim_start().starts_with('{'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use http::{HeaderMap, HeaderValue};

    use super::claims;

    const JSON: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#;
    const BASE64: &str = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNjA0MTA2NjUxIn19fQ";

    fn of(values: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("www-authenticate", HeaderValue::from_str(value).unwrap());
        }
        claims(&headers)
    }

    #[test]
    fn e24_claims_are_found_in_every_form() {
        for value in [
            &format!(r#"Bearer realm="", error="insufficient_claims", claims="{BASE64}""#),
            &format!(r#"Bearer claims="{BASE64}==", realm="x, y""#),
            &format!("bearer Claims={BASE64}"),
            &format!(r#"Basic realm="x", Bearer realm="y", claims="{BASE64}""#),
            r#"Bearer claims="{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1604106651\"}}}""#,
        ] {
            assert_eq!(of(&[value]).as_deref(), Some(JSON), "{value}");
        }
        assert_eq!(of(&["Negotiate", &format!("Bearer claims={BASE64}")]).as_deref(), Some(JSON));
    }

    #[test]
    fn what_asks_for_no_claims() {
        for value in [
            "",
            "Bearer",
            r#"Bearer realm="claims""#,
            "Bearer claims=",
            r#"Bearer claims="é""#,
            "Bearer claims=AAAA",
            "Basic claims=e30=",
        ] {
            assert_eq!(of(&[value]), None, "{value}");
        }
        assert_eq!(of(&[]), None);
    }
}
