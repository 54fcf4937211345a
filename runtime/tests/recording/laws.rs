//! Laws of recordings, whatever the body.

use odata_runtime::testing::{Exchange, Replay};
use proptest::prelude::*;
use serde_json::Value;

use crate::library::{files, get, record, send};

/// JSON with ordinary, personal and secret properties at any place. Texts of the ordinary ones are such that no rule
/// takes them for anything.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[ -~\u{e9}\u{1f600}]{0,2}|[\n\t\"\\\\]{1,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let name = prop_oneof![4 => "[a-z]{1,2}", 1 => Just("mail".to_owned()), 1 => Just("pin".to_owned()), 1 => Just("reader".to_owned())];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map(name, inner, 0..5).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Whether two values are the same but for what is declared.
fn alike(one: &Value, other: &Value, declared: bool) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| alike(a, b, declared))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| {
                    let declared = declared || matches!(name.as_str(), "mail" | "pin" | "reader");
                    other.get(name).is_some_and(|other| alike(value, other, declared))
                })
        }
        (Value::String(_), Value::String(_)) | (Value::Number(_), Value::Number(_)) if declared => true,
        _ => one == other,
    }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_body_that_is_recorded_and_replayed_has_the_same_values_save_for_the_redacted(body in json()) {
        let folder = tempfile::tempdir().unwrap();
        let replayed = run(async {
            record(folder.path(), vec![(get("/v1/a"), Exchange::get("/v1/a").json(body.to_string()))]).await;
            send(&Replay::open(folder.path()).unwrap(), get("/v1/a")).await.unwrap()
        });
        let replayed: Value = serde_json::from_slice(&replayed.body).unwrap();
        prop_assert!(alike(&body, &replayed, false), "{} became {}", body, replayed);
    }

    #[test]
    fn text_and_bytes_come_back_as_they_were(text in "[a-z \u{e9}\r\n\t<>{}\"]{1,60}", bytes in proptest::collection::vec(128_u8.., 1..99)) {
        let folder = tempfile::tempdir().unwrap();
        let replayed = run(async {
            let of = |target: &str, body: Vec<u8>| (get(target), Exchange::get(target).body(body));
            record(folder.path(), vec![of("/v1/a", text.clone().into_bytes()), of("/v1/b", bytes.clone())]).await;
            let replay = Replay::open(folder.path()).unwrap();
            [send(&replay, get("/v1/a")).await.unwrap().body, send(&replay, get("/v1/b")).await.unwrap().body]
        });
        prop_assert_eq!(&replayed[1], &bytes);
        if serde_json::from_str::<Value>(&text).is_err() {
            prop_assert_eq!(&replayed[0], text.as_bytes());
        }
    }

    #[test]
    fn a_personal_value_is_in_no_file(name in "[A-Z][a-z']{3,9} [A-Z][a-z]{3,9}", id in "[0-9]{9}[A-Z]{3}") {
        let folder = tempfile::tempdir().unwrap();
        let encoded = name.replace(' ', "%20").replace('\'', "%27");
        let target = format!("/v1/readers/{id}/loans?$filter=title%20eq%20'{encoded}'");
        let body = serde_json::json!({"reader": {"name": name, "id": id}, "title": format!("Of {name} ({id}).")});
        run(record(folder.path(), vec![(get(&target), Exchange::get(&target).json(body.to_string()))]));
        let (file, text) = files(folder.path()).remove(0);
        for hidden in [&name, &encoded, &id] {
            prop_assert!(!text.contains(hidden.as_str()) && !file.contains(hidden.as_str()), "{} in {}", hidden, text);
        }
    }
}
