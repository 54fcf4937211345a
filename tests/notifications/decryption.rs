//! N-13, R-10: resource data. The keys and vectors come from data/make.sh, which is openssl alone.

use graph_call_records::CallRecord;
use graph_call_records::graph::{ChangeNotificationCollection, ChangeNotificationEncryptedContent};
use odata_runtime::notifications::{DecryptionKeys, NoKey, NotDecrypted, Notification};
use odata_runtime::{from_str, to_string};
use serde_json::Value;

const OLD: &[u8] = include_bytes!("data/old.pem");
const NEW: &[u8] = include_bytes!("data/new.pem");

fn vector(name: &str) -> Value {
    let vectors: Value = serde_json::from_str(include_str!("data/vectors.json")).unwrap();
    vectors[name].clone()
}

fn keys() -> DecryptionKeys {
    DecryptionKeys::new().with_pem("old", OLD).unwrap().with_pem("new", NEW).unwrap()
}

fn decrypted(keys: &DecryptionKeys, content: &Value) -> Result<CallRecord, NotDecrypted> {
    let content: ChangeNotificationEncryptedContent = from_str(&content.to_string()).unwrap();
    keys.decrypt(&content)
}

#[test]
fn n13_what_openssl_encrypted_is_read() {
    let record = decrypted(&keys(), &vector("good")).unwrap();
    assert_eq!(to_string(&record).unwrap(), r#"{"id":"7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f","version":3}"#);
    let body = format!(r#"{{"value":[{{"encryptedContent":{}}}]}}"#, vector("good"));
    let delivery: ChangeNotificationCollection = from_str(&body).unwrap();
    let content = delivery.value.as_deref().unwrap()[0].content().unwrap();
    assert_eq!(keys().decrypt::<CallRecord>(content).unwrap(), record);
}

#[test]
fn n13_the_old_and_the_new_certificate_while_they_change() {
    let keys = keys();
    for name in ["good", "rotated"] {
        assert_eq!(decrypted(&keys, &vector(name)).unwrap().version, Some(3), "{name}");
    }
    assert!(keys.has("old") && keys.has("new") && !keys.has("older"));
    let later = DecryptionKeys::new().with_pem("new", NEW).unwrap();
    assert_eq!(decrypted(&later, &vector("good")), Err(NotDecrypted));
    assert_eq!(decrypted(&later, &vector("rotated")).unwrap().version, Some(3));
    // The same id again: a key is replaced, not tried beside the other.
    let replaced = DecryptionKeys::new().with_pem("old", OLD).unwrap().with_pem("old", NEW).unwrap();
    assert_eq!(decrypted(&replaced, &vector("good")), Err(NotDecrypted));
}

#[test]
fn r10_what_was_made_in_another_way_is_refused() {
    let keys = keys();
    for name in ["oaep-sha256", "short-key", "signed-text", "bad-padding", "bad-utf8", "no-json"] {
        assert_eq!(decrypted(&keys, &vector(name)), Err(NotDecrypted), "{name}");
    }
}

/// The character at this place, by another one of base64.
fn flipped(text: &str, at: usize) -> String {
    let other = if &text[at..=at] == "A" { "B" } else { "A" };
    format!("{}{other}{}", &text[..at], &text[at + 1..])
}

#[test]
fn r10_every_single_mutation_is_refused_in_the_same_words() {
    let keys = keys();
    let good = vector("good");
    let mut tried = 0;
    let mut refuse = |field: &str, value: Value| {
        let mut altered = good.clone();
        altered[field] = value;
        let error = decrypted(&keys, &altered).expect_err(field);
        assert_eq!(
            (error, error.to_string().as_str()),
            (NotDecrypted, "the resource data of the notification cannot be decrypted")
        );
        tried += 1;
    };
    for field in ["data", "dataSignature", "dataKey"] {
        let text = good[field].as_str().unwrap();
        // Each character that stands for whole bits of the value.
        for at in 0..text.trim_end_matches('=').len() - 1 {
            refuse(field, flipped(text, at).into());
        }
        for cut in [0, 4, text.len() - 4] {
            refuse(field, text[..cut].into());
        }
        refuse(field, format!("{text}AAAA").into());
        refuse(field, format!(" {text}").into());
        // The alphabet of URLs.
        refuse(field, format!("-_{}", &text[2..]).into());
        refuse(field, vector("rotated")["dataKey"].clone());
        refuse(field, Value::Null);
    }
    for certificate in ["new", "", "OLD", "older"] {
        refuse("encryptionCertificateId", certificate.into());
    }
    refuse("encryptionCertificateId", Value::Null);
    assert!(tried > 400, "only {tried}");
}

#[test]
fn n13_what_is_no_key() {
    let der = include_bytes!("data/issuer.der");
    for pem in [&b""[..], b"-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", der, &OLD[..OLD.len() / 2]] {
        assert_eq!(DecryptionKeys::new().with_pem("c", pem).unwrap_err(), NoKey);
    }
    // PKCS #1.
    assert_eq!(DecryptionKeys::new().with_der("c", der).unwrap_err(), NoKey);
}
