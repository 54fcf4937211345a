//! N-12, R-10: who sent notifications with resource data.

use graph_call_records::clouds;
use graph_call_records::graph::ChangeNotificationCollection;
use jsonwebtoken::Algorithm;
use odata_runtime::from_str;
use odata_runtime::graph::{Authority, CHANGE_TRACKING};
use odata_runtime::notifications::{NotGenuine, TokenValidator};
use serde_json::{Value, json};

use super::issuer::{
    APP, GRAPH, Issuer, LOGIN, OTHER_TENANT, TENANT, claims, forged, header, judged_by, jwk, later, rich, signed,
    signed_as, signed_text, symmetric,
};

/// What a validator says of one token for one notification.
async fn judged(token: String) -> Result<(), String> {
    judged_by(&Issuer::new(), token).await
}

fn refused(reason: &str) -> Result<(), String> {
    Err(reason.to_owned())
}

#[tokio::test]
async fn n12_tokens_of_both_versions() {
    for version in [1, 2] {
        assert_eq!(judged(signed(&claims(version, TENANT))).await, Ok(()), "version {version}");
    }
    assert_eq!(CHANGE_TRACKING.to_string(), GRAPH);
    // One for each tenant, in whatever case the tenant is written.
    let tokens = [signed(&claims(1, TENANT)), signed(&claims(2, OTHER_TENANT))];
    let issuer = Issuer::new();
    let delivery = rich(&[TENANT, &OTHER_TENANT.to_uppercase(), TENANT], &tokens);
    issuer.validator().check(&delivery).await.unwrap();
    assert_eq!(
        issuer.asked(),
        [format!("GET {LOGIN}/common/.well-known/openid-configuration"), format!("GET {LOGIN}/common/discovery/keys")]
    );
}

#[tokio::test]
async fn n12_the_authorities_of_other_clouds() {
    for (cloud, first) in [
        (clouds::US_GOVERNMENT_L4, "https://sts.windows.net"),
        (clouds::US_GOVERNMENT_L5, "https://sts.windows.net"),
        (clouds::CHINA, "https://sts.chinacloudapi.cn"),
    ] {
        let issuer = Issuer::at(cloud.authority, &format!("{first}/{{tenantid}}/"));
        let validator = TokenValidator::new(Authority::of(&cloud).unwrap(), [APP], issuer);
        let check = async |version: u8, named: String| {
            let mut claims = claims(version, TENANT);
            claims["iss"] = named.into();
            validator.check(&rich(&[TENANT], &[signed(&claims)])).await
        };
        check(1, format!("{first}/{TENANT}/")).await.unwrap();
        check(2, format!("{}/{TENANT}/v2.0", cloud.authority)).await.unwrap();
        let other = check(2, format!("{LOGIN}/{TENANT}/v2.0")).await;
        assert!(matches!(other, Err(NotGenuine::Issuer)), "{}", cloud.name);
    }
}

/// Each single claim of each version, altered or left out.
#[tokio::test]
async fn r10_every_single_claim_is_looked_at() {
    let cases = |version: u8| {
        let publisher = if version == 1 { "appid" } else { "azp" };
        let mut cases = vec![
            ("aud", json!("bbbbbbbb-1111-4222-8333-444444444444"), "Audience"),
            ("aud", json!([]), "Audience"),
            ("aud", Value::Null, "Malformed"),
            ("exp", later(-3600), "Expired"),
            ("exp", Value::Null, "Malformed"),
            ("exp", json!("never"), "Malformed"),
            ("nbf", later(3600), "NotYet"),
            ("tid", json!(OTHER_TENANT), "Issuer"),
            ("tid", json!("common"), "Malformed"),
            ("tid", Value::Null, "Malformed"),
            ("iss", Value::Null, "Malformed"),
            ("iss", json!(""), "Issuer"),
            // JC takes every issuer that has the tenant somewhere in it.
            ("iss", json!(format!("https://evil.example/{TENANT}/")), "Issuer"),
            ("iss", json!(format!("https://sts.windows.net/{TENANT}")), "Issuer"),
            ("iss", json!(format!("https://sts.windows.net/{TENANT}/v2.0")), "Issuer"),
            ("iss", json!(format!("https://sts.windows.net/{OTHER_TENANT}/?{TENANT}")), "Issuer"),
            ("iss", json!(format!("https://sts.windows.net.evil.example/{TENANT}/")), "Issuer"),
            ("iss", json!(format!("{LOGIN}/{TENANT}/v2.0/")), "Issuer"),
            ("iss", json!(format!("{LOGIN}/{OTHER_TENANT}/v2.0")), "Issuer"),
            ("iss", json!(format!("{LOGIN}/{}/v2.0", TENANT.to_uppercase())), "Issuer"),
            ("iss", json!("https://sts.windows.net/{tenantid}/"), "Issuer"),
            // DC looks at neither `appid` nor `azp`.
            (publisher, json!(APP.to_string()), "Publisher"),
            (publisher, json!("graph"), "Malformed"),
            (publisher, Value::Null, "Publisher"),
        ];
        // The claim of the other version proves nothing.
        cases.push(if version == 1 {
            ("iss", json!(format!("{LOGIN}/{TENANT}/v2.0")), "Publisher")
        } else {
            ("iss", json!(format!("https://sts.windows.net/{TENANT}/")), "Publisher")
        });
        cases
    };
    for version in [1, 2] {
        for (claim, value, reason) in cases(version) {
            let mut altered = claims(version, TENANT);
            let told = format!("version {version}, {claim}: {value}");
            if value.is_null() {
                altered.as_object_mut().unwrap().remove(claim);
            } else {
                altered[claim] = value;
            }
            assert_eq!(judged(signed(&altered)).await, refused(reason), "{told}");
        }
    }
    // JC wants `azp` in both versions, and so refuses every genuine token of version 1.
    let mut both = claims(1, TENANT);
    both["azp"] = json!(APP.to_string());
    assert_eq!(judged(signed(&both)).await, Ok(()));
    both["appid"] = json!(APP.to_string());
    both["azp"] = json!(GRAPH);
    assert_eq!(judged(signed(&both)).await, refused("Publisher"));
}

#[tokio::test]
async fn r10_every_single_part_of_a_token_is_looked_at() {
    let (good, other) = (signed(&claims(1, TENANT)), signed(&claims(2, TENANT)));
    let parts: Vec<&str> = good.split('.').collect();
    let [head, body, signature] = parts[..] else { panic!("{good}") };
    // `{"alg":"none","kid":"k1"}`, by all spellings that were ever taken for it.
    for none in ["eyJhbGciOiJub25lIiwia2lkIjoiazEifQ", "eyJhbGciOiJOb25lIiwia2lkIjoiazEifQ", "eyJraWQiOiJrMSJ9"] {
        assert_eq!(judged(format!("{none}.{body}.")).await, refused("Malformed"), "{none}");
        assert_eq!(judged(format!("{none}.{body}.{signature}")).await, refused("Malformed"), "{none}");
    }
    assert_eq!(judged(symmetric(&claims(1, TENANT))).await, refused("Algorithm"));
    assert_eq!(judged(forged(&claims(1, TENANT))).await, refused("Signature"));
    let swapped = other.rsplit('.').next().unwrap();
    assert_eq!(judged(format!("{head}.{body}.{swapped}")).await, refused("Signature"));
    assert_eq!(judged(format!("{head}.{body}.")).await, refused("Signature"));
    let altered = format!("{}{}", if body.starts_with('e') { "f" } else { "e" }, &body[1..]);
    assert_eq!(judged(format!("{head}.{altered}.{signature}")).await, refused("Signature"));
    for broken in
        ["", ".", "..", "...", "a.b.c", head, &good[..good.len() / 2], &format!("{good}.x"), &format!(" {good}")]
    {
        assert_eq!(judged(broken.to_owned()).await, refused("Malformed"), "{broken}");
    }
}

#[tokio::test]
async fn r10_the_head_of_a_token() {
    let good = claims(1, TENANT);
    let mut nameless = header("k1");
    nameless.kid = None;
    assert_eq!(judged(signed_as(&nameless, &good)).await, refused("Malformed"));
    assert_eq!(judged(signed_as(&header("k2"), &good)).await, refused("UnknownKey"));
    let mut critical = header("k1");
    critical.crit = Some(vec!["b64".to_owned()]);
    assert_eq!(judged(signed_as(&critical, &good)).await, refused("Malformed"));
    // A key that a token brings along is not looked at.
    let mut own = header("k2");
    own.jwk = Some(serde_json::from_value(jwk("k2")).unwrap());
    own.jku = Some("https://evil.example/keys".to_owned());
    let issuer = Issuer::new();
    assert_eq!(judged_by(&issuer, signed_as(&own, &good)).await, refused("UnknownKey"));
    assert!(issuer.asked().iter().all(|it| it.starts_with(&format!("GET {LOGIN}/"))));
}

#[tokio::test]
async fn n12_every_token_and_every_rich_item() {
    let issuer = Issuer::new();
    let validator = issuer.validator();
    let (good, other) = (signed(&claims(1, TENANT)), signed(&claims(2, OTHER_TENANT)));
    let check = async |delivery: &ChangeNotificationCollection| {
        validator.check(delivery).await.map_err(|fault| format!("{fault:?}"))
    };
    // JC believes encrypted content without any token.
    assert_eq!(check(&rich(&[TENANT], &[])).await, refused("Uncovered"));
    assert_eq!(check(&rich(&[TENANT, OTHER_TENANT], std::slice::from_ref(&good))).await, refused("Uncovered"));
    // The issuer's words about another tenant cover nothing of this one.
    assert_eq!(check(&rich(&[TENANT], std::slice::from_ref(&other))).await, refused("Uncovered"));
    // What is left of a delivery after `ClientStates` is none the worse for a token of what was dropped.
    assert_eq!(check(&rich(&[TENANT], &[good.clone(), other.clone()])).await, Ok(()));
    assert_eq!(check(&rich(&[TENANT, OTHER_TENANT], &[good.clone(), other.clone()])).await, Ok(()));
    assert_eq!(check(&rich(&[TENANT], &[good.clone(), forged(&claims(1, TENANT))])).await, refused("Signature"));
    let homeless = json!({ "value": [{ "encryptedContent": {} }, { "tenantId": TENANT }], "validationTokens": [good] });
    assert_eq!(check(&from_str(&homeless.to_string()).unwrap()).await, refused("Uncovered"));
    // Without resource data there is no token, and nobody is asked.
    let asked = issuer.asked().len();
    let basic = json!({ "value": [{ "tenantId": TENANT }] });
    assert_eq!(check(&from_str(&basic.to_string()).unwrap()).await, Ok(()));
    assert_eq!(check(&from_str("{}").unwrap()).await, Ok(()));
    assert_eq!(issuer.asked().len(), asked);
    // But if there is one, it must be good.
    let odd = json!({ "value": [{ "tenantId": TENANT }], "validationTokens": ["x"] });
    assert_eq!(check(&from_str(&odd.to_string()).unwrap()).await, refused("Malformed"));
    let many = vec!["x".to_owned(); 1_001];
    assert_eq!(check(&rich(&[TENANT], &many)).await, refused("Malformed"));
}

/// What is not signed says nothing: whatever else is wrong with it, nobody reads it.
#[tokio::test]
async fn r10_the_signature_comes_before_the_claims() {
    for (claim, value) in [("exp", later(-3600)), ("aud", json!("x")), ("tid", json!(7)), ("iss", json!({}))] {
        let mut altered = claims(1, TENANT);
        altered[claim] = value;
        assert_eq!(judged(forged(&altered)).await, refused("Signature"), "{claim}");
    }
    assert_eq!(judged(forged(&json!("no claims"))).await, refused("Signature"));
}

/// The key of the issuer, but not the algorithm that it signs with; and names of keys that are none.
#[tokio::test]
async fn r10_other_algorithms_and_odd_names() {
    let good = claims(1, TENANT);
    for alg in [Algorithm::RS384, Algorithm::RS512, Algorithm::PS256, Algorithm::PS512] {
        let mut other = header("k1");
        other.alg = alg;
        assert_eq!(judged(signed_as(&other, &good)).await, refused("Algorithm"), "{alg:?}");
    }
    for name in ["", "K1", "k1 ", "k1\0", "../k1", "' or '1'='1", "https://evil.example/k1", &"k1".repeat(100_000)] {
        assert_eq!(judged(signed_as(&header(name), &good)).await, refused("UnknownKey"), "{name:.30}");
    }
    let mut own = header("k1");
    own.x5u = Some("https://evil.example/chain".to_owned());
    own.jku = Some("https://evil.example/keys".to_owned());
    let issuer = Issuer::new();
    assert_eq!(judged_by(&issuer, signed_as(&own, &good)).await, Ok(()));
    assert_eq!(issuer.asked().len(), 2, "at the authority alone");
    // Five parts: encrypted (RFC 7516), which nobody asked for.
    assert_eq!(judged(format!("{0}.{0}", signed(&good))).await, refused("Malformed"));
}

/// Signed as it should be, of forms that RFC 7519 leaves open.
#[tokio::test]
async fn r10_claims_of_other_forms() {
    let with = async |text: &str| {
        let good = claims(1, TENANT).to_string();
        // Of an object with two members of one name, readers take the one or the other: none is taken.
        let both = format!("{},{text}}}", good.trim_end_matches('}'));
        judged(signed_text(&both)).await
    };
    assert_eq!(with(r#""x":1"#).await, Ok(()));
    for claim in ["iss", "tid", "appid", "aud", "exp", "nbf"] {
        let again = format!(r#""{claim}":{}"#, claims(1, TENANT)[claim]);
        assert_eq!(with(&again).await, refused("Malformed"), "{claim}");
    }
    let altered = async |claim: &str, value: Value| {
        let mut altered = claims(1, TENANT);
        altered[claim] = value;
        judged(signed(&altered)).await
    };
    let soon = later(600).as_f64().unwrap() + 0.5;
    for (claim, value, outcome) in [
        ("aud", json!(["x", APP.to_string()]), Ok(())),
        ("aud", json!(["x", "y"]), refused("Audience")),
        ("aud", json!([[APP.to_string()]]), refused("Malformed")),
        ("aud", json!(format!("{APP} x")), refused("Audience")),
        ("aud", json!(""), refused("Audience")),
        ("exp", json!(soon), Ok(())),
        ("exp", json!(0), refused("Expired")),
        ("exp", json!(-1), refused("Malformed")),
        ("exp", json!(1e300), refused("Malformed")),
        ("exp", json!(u64::MAX), Ok(())),
        ("exp", json!(later(600).to_string()), refused("Malformed")),
        ("exp", json!([later(600)]), refused("Malformed")),
        ("nbf", json!(u64::MAX), refused("NotYet")),
        ("nbf", json!(1e300), refused("Malformed")),
        ("nbf", json!(soon), refused("NotYet")),
        ("nbf", json!("0"), refused("Malformed")),
        ("iss", json!([format!("https://sts.windows.net/{TENANT}/")]), refused("Malformed")),
        ("iss", json!(format!("HTTPS://STS.WINDOWS.NET/{TENANT}/")), refused("Issuer")),
        ("tid", json!([TENANT]), refused("Malformed")),
        ("tid", json!("00000000-0000-0000-0000-000000000000"), refused("Issuer")),
        ("appid", json!([GRAPH]), refused("Malformed")),
    ] {
        assert_eq!(altered(claim, value.clone()).await, outcome, "{claim}: {value}");
    }
}

/// N-9: what is about subscriptions comes without tokens; if with some, they are looked at all the same.
#[tokio::test]
async fn n12_tokens_over_lifecycle_events() {
    let issuer = Issuer::new();
    let validator = issuer.validator();
    let events = |token: String| -> ChangeNotificationCollection {
        let event = json!({ "lifecycleEvent": "missed", "subscriptionId": APP.to_string() });
        from_str(&json!({ "value": [event], "validationTokens": [token] }).to_string()).unwrap()
    };
    validator.check(&events(signed(&claims(1, TENANT)))).await.unwrap();
    for token in [forged(&claims(1, TENANT)), String::new(), symmetric(&claims(2, TENANT))] {
        assert!(!validator.check(&events(token)).await.unwrap_err().is_passing());
    }
}

/// The key of private accounts once signed in the name of others: a key that says whose it is signs for nobody else.
#[tokio::test]
async fn n12_a_key_of_one_issuer_signs_for_no_other() {
    for (only_for, outcome) in [
        ("https://sts.windows.net/{tenantid}/".to_owned(), Ok(())),
        (format!("{LOGIN}/{{tenantid}}/v2.0"), Ok(())),
        (format!("{LOGIN}/{TENANT}/v2.0"), Ok(())),
        (format!("{LOGIN}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"), refused("Issuer")),
    ] {
        let issuer = Issuer::new();
        issuer.keys(|keys| keys[0]["issuer"] = only_for.clone().into());
        for version in [1, 2] {
            assert_eq!(judged_by(&issuer, signed(&claims(version, TENANT))).await, outcome, "{only_for}");
        }
    }
}
