//! R-13: what Debug and Display of everything here show.

use odata_runtime::notifications::{ClientStates, DecryptionKeys, InMemoryVersions, Newest};

use super::issuer::{Issuer, TENANT, claims, forged};
use super::{delivered, received};

fn shown(it: &impl std::fmt::Debug) -> String {
    format!("{it:?} {it:#?}")
}

#[test]
fn r13_states_and_keys_are_not_shown() {
    let states = ClientStates::new(["first-secret", "second-secret"]).unwrap();
    assert_eq!(format!("{states:?}"), "ClientStates(2)");
    let keys = DecryptionKeys::new().with_pem("webhook-2031", include_bytes!("data/old.pem")).unwrap();
    assert_eq!(format!("{keys:?}"), "{\"webhook-2031\"}");
    let fault = ClientStates::new(["first-secret".repeat(20)]).unwrap_err();
    assert!(!format!("{fault} {fault:?}").contains("first-secret"));
    let fault =
        DecryptionKeys::new().with_pem("c", b"-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----");
    let fault = fault.unwrap_err();
    assert!(!format!("{fault} {fault:?}").contains("c2VjcmV0"));
}

#[tokio::test]
async fn r13_deliveries_and_what_is_said_of_them() {
    let token = forged(&claims(1, TENANT));
    let body = format!(
        r#"{{"value":[{{"clientState":"s3cret-state","tenantId":"{TENANT}","encryptedContent":{{"data":"s3cret-data","dataKey":"s3cret-key","dataSignature":"s3cret-signature"}},"new":"s3cret-new"}},{{"subscriptionId":"s3cret-id"}}],"validationTokens":["{token}"]}}"#
    );
    let delivery = delivered(&body);
    assert_eq!(delivery.unreadable, 1);
    let issuer = Issuer::new();
    let validator = issuer.validator();
    let fault = validator.check(&delivery.collection).await.unwrap_err();
    let signature = token.rsplit('.').next().unwrap();
    for text in [shown(&delivery), shown(&validator), shown(&fault), fault.to_string()] {
        assert!(!text.contains("s3cret") && !text.contains(signature), "{text}");
    }
    for broken in [
        r#"{"value":"s3cret"}"#,
        r#"{"value":{"a":"s3cret"}}"#,
        r#"{"value":[],"validationTokens":"s3cret"}"#,
        r#"{"value":[],"validationTokens":[{"a":"s3cret"}]}"#,
        r#"{"value":[{"clientState":"s3cret"}]"#,
        r#"{"value":[{"clientState":"s3cret}]}"#,
    ] {
        let refused = received(&super::post(broken)).unwrap_err();
        let text = format!("{refused} {refused:?} {:?}", refused.response());
        assert!(!text.contains("s3cret"), "{broken}: {text}");
    }
}

#[test]
fn r13_a_store_of_versions_shows_how_many() {
    let newest = Newest::<graph_call_records::CallRecord, _>::new(InMemoryVersions::new(7));
    assert!(format!("{newest:?}").contains("0 ids"), "{newest:?}");
}
