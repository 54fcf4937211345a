//! Every published or recorded body of the corpus whose root is a type of the crate: decoded, encoded, compared.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::print_stderr)]
#![allow(clippy::indexing_slicing)]

mod support;

use std::path::Path;

use graph_call_records::graph::{ChangeNotificationCollection, Subscription};
use graph_call_records::odata_runtime::{DecodeError, Typed, Value, from_str, to_string};
use graph_call_records::{CallRecord, DirectRoutingLogRow, Participant, PstnCallLogRow, Session};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use support::odata::SCHEMA;

/// Decodes, encodes and compares one value.
type Check = fn(&str) -> Result<(), DecodeError>;

/// Files by name without `.json`, what the root is, and whether the body is `{"value": [..]}` of it.
const TABLE: &[(&str, Check, Shape)] = &[
    ("cli365-callrecord-get-expand-sessions", survives::<CallRecord>, Shape::One),
    ("contrib-notification-callrecord", survives::<ChangeNotificationCollection>, Shape::One),
    ("contrib-subscription-create-callrecords-request", survives::<Subscription>, Shape::One),
    ("contrib-v10-callrecord-get", survives::<CallRecord>, Shape::One),
    ("contrib-v10-callrecord-get-expand-sessions-segments", survives::<CallRecord>, Shape::One),
    ("contrib-v10-callrecords-list", survives::<CallRecord>, Shape::List),
    ("contrib-v10-getdirectroutingcalls", survives::<DirectRoutingLogRow>, Shape::List),
    ("contrib-v10-getpstncalls", survives::<PstnCallLogRow>, Shape::List),
    ("contrib-v10-participants_v2-list", survives::<Participant>, Shape::List),
    ("contrib-v10-sessions-list", survives::<Session>, Shape::List),
    ("docs2021-beta-callrecord-get", survives::<CallRecord>, Shape::One),
    ("docs2021-beta-callrecord-get-expand-sessions-segments", survives::<CallRecord>, Shape::One),
    ("docs2021-beta-getdirectroutingcalls", survives::<DirectRoutingLogRow>, Shape::List),
    ("docs2021-beta-getpstncalls", survives::<PstnCallLogRow>, Shape::List),
    ("docs2021-beta-sessions-list", survives::<Session>, Shape::List),
    ("docs2021-beta-sessions-list-expand-segments", survives::<Session>, Shape::List),
    ("docs2021-notification-encryptedContent", survives::<ChangeNotificationCollection>, Shape::One),
    ("docs2021-notification-eventhub-validation", survives::<ChangeNotificationCollection>, Shape::One),
    ("docs2021-notification-lifecycle-missed", survives::<ChangeNotificationCollection>, Shape::One),
    ("docs2021-notification-lifecycle-reauthorizationRequired", survives::<ChangeNotificationCollection>, Shape::One),
    ("docs2021-notification-lifecycle-subscriptionRemoved", survives::<ChangeNotificationCollection>, Shape::One),
    ("docs2021-notification-message", survives::<ChangeNotificationCollection>, Shape::One),
    ("docs2021-notification-validationTokens", survives::<ChangeNotificationCollection>, Shape::One),
    ("docs2021-subscription-create-rich", survives::<Subscription>, Shape::One),
    ("docs2021-subscription-create-rich-request", survives::<Subscription>, Shape::One),
    ("docs2021-v10-callrecord-get", survives::<CallRecord>, Shape::One),
    ("docs2021-v10-callrecord-get-expand-sessions-segments", survives::<CallRecord>, Shape::One),
    ("docs2021-v10-sessions-list", survives::<Session>, Shape::List),
    ("docs2021-v10-sessions-list-expand-segments", survives::<Session>, Shape::List),
    ("docs2021-v10-subscription-create", survives::<Subscription>, Shape::One),
    ("docs2021-v10-subscription-create-request", survives::<Subscription>, Shape::One),
    ("docs2021-v10-subscription-get", survives::<Subscription>, Shape::One),
    ("docs2021-v10-subscription-list", survives::<Subscription>, Shape::List),
    ("docs2021-v10-subscription-update", survives::<Subscription>, Shape::One),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    One,
    List,
}

/// What has no root of this crate, by the start of its name.
const OTHERS: &[(&str, &str)] = &[
    ("INDEX.md", "the index"),
    ("cli365-error-", "an error body: runtime/tests/client_requests/published.rs"),
    ("docs2021-error-", "an error body: runtime/tests/client_requests/published.rs"),
    ("docs2021-batch-", "a batch: tests/batch.rs"),
    ("docs2021-delta-groups-", "groups"),
    ("docs2021-delta-users-", "users"),
    ("docs2021-users-", "users"),
];

/// Where the documentation left a value out: what the crate says of it, and a value to put in its place, with which
/// the rest of the body is read.
const PLACEHOLDERS: &[(&str, &[(&str, &str)])] = &[
    (
        "contrib-notification-callrecord",
        &[
            ("not a Guid at byte 42 in $.value[0].subscriptionId", GUID),
            ("not a Guid at byte 499 in $.value[0].tenantId", GUID),
        ],
    ),
    (
        "docs2021-notification-eventhub-validation",
        &[
            ("not a Guid at byte 56 in $.value[0].subscriptionId", GUID),
            ("not a DateTimeOffset at byte 141 in $.value[0].subscriptionExpirationDateTime", DATE),
        ],
    ),
    (
        "docs2021-notification-lifecycle-missed",
        &[
            ("not a Guid at byte 44 in $.value[0].subscriptionId", GUID),
            ("not a Guid at byte 173 in $.value[0].tenantId", GUID),
        ],
    ),
    (
        "docs2021-notification-lifecycle-subscriptionRemoved",
        &[
            ("not a Guid at byte 44 in $.value[0].subscriptionId", GUID),
            ("not a Guid at byte 173 in $.value[0].tenantId", GUID),
        ],
    ),
    ("docs2021-notification-message", &[("not a Guid at byte 73 in $.value[0].subscriptionId", GUID)]),
];

const GUID: &str = "\"5a5a5a5a-1111-4222-8333-444444444444\"";
const DATE: &str = "\"2031-05-06T07:08:09Z\"";

fn survives<T>(json: &str) -> Result<(), DecodeError>
where
    T: Value + Typed + PartialEq + std::fmt::Debug + Serialize + DeserializeOwned,
{
    let value: T = from_str(json)?;
    let written = to_string(&value).expect("written");
    let differences = SCHEMA.differences(T::TYPE.names[0], json, &written);
    assert!(differences.is_empty(), "{differences:#?}");
    assert_eq!(from_str::<T>(&written).expect("what was written"), value);
    assert_eq!(serde_json::from_str::<T>(json).expect("as above"), value);
    assert_eq!(serde_json::to_string(&value).expect("as above"), written);
    Ok(())
}

/// The roots in a body.
fn roots(body: &str, shape: Shape) -> Vec<String> {
    #[derive(serde::Deserialize)]
    struct List<'j> {
        #[serde(borrow)]
        value: Vec<&'j RawValue>,
    }
    match shape {
        Shape::One => vec![body.to_owned()],
        Shape::List => {
            let list: List<'_> = serde_json::from_str(body).expect("list");
            assert!(!list.value.is_empty(), "an empty list proves nothing");
            list.value.iter().map(|item| item.get().to_owned()).collect()
        }
    }
}

#[test]
fn every_body_with_a_root_of_this_crate_survives() {
    let Some(corpus) = support::corpus("every_body_with_a_root_of_this_crate_survives") else { return };
    let mut problems = Vec::new();
    for (name, check, shape) in TABLE {
        let path = corpus.join("responses").join(format!("{name}.json"));
        let mut body = std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        let placeholders = PLACEHOLDERS.iter().find(|(file, _)| file == name).map_or(&[][..], |(_, them)| them);
        for (error, value) in placeholders {
            let found = check(&body).expect_err(name);
            assert_eq!(found.to_string(), *error, "{name}");
            let placeholder = body[found.offset()..].split_inclusive('"').take(2).map(str::len).sum::<usize>();
            body.replace_range(found.offset()..found.offset() + placeholder, value);
        }
        for root in roots(&body, *shape) {
            if let Err(problem) = check(&root) {
                problems.push(format!("{name}: {problem}"));
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

/// Bodies that were published as no JSON at all (comments, ellipses) are refused as such.
#[test]
fn what_is_not_json_is_refused() {
    let Some(corpus) = support::corpus("what_is_not_json_is_refused") else { return };
    for name in ["docs2021-notification-encryptedContent", "docs2021-notification-validationTokens"] {
        let path = corpus.join("responses").join(format!("{name}.published.txt"));
        let body = std::fs::read_to_string(path).expect("body");
        let error = from_str::<ChangeNotificationCollection>(&body).expect_err(name).to_string();
        assert!(error.contains("JSON"), "{name}: {error}");
    }
}

#[test]
fn no_body_is_left_out_in_silence() {
    let Some(corpus) = support::corpus("no_body_is_left_out_in_silence") else { return };
    let known = |file: &str| {
        let name =
            ["json", "head.txt", "published.txt"].iter().find_map(|end| file.strip_suffix(end)?.strip_suffix('.'));
        name.is_some_and(|name| TABLE.iter().any(|(it, ..)| *it == name))
            || OTHERS.iter().any(|(start, _)| file.starts_with(start))
    };
    let mut unknown = Vec::new();
    for entry in std::fs::read_dir(Path::new(&corpus).join("responses")).expect("responses") {
        let file = entry.expect("entry").file_name().into_string().expect("name");
        if !known(&file) {
            unknown.push(file);
        }
    }
    assert!(unknown.is_empty(), "neither in TABLE nor in OTHERS: {unknown:?}");
}
