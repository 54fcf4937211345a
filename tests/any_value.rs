//! Any value of the model survives JSON: documents are made from the metadata, not from the generated code.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::print_stderr)]
#![allow(clippy::indexing_slicing)]

#[path = "any_value/document.rs"]
mod document;
mod support;

use graph_call_records::graph::{
    ChangeNotificationCollection, CommunicationsIdentitySet, Entity, Identity, IdentitySet, ProvisionedIdentity,
    SharePointIdentitySet, Subscription,
};
use graph_call_records::odata_runtime::{Typed, Value, from_str, to_string};
use graph_call_records::{
    CallRecord, DirectRoutingLogRow, Endpoint, EndpointBase, Media, MediaStream, NetworkInfo, Organizer, Participant,
    ParticipantBase, PstnCallLogRow, Segment, Session, UserAgent, UserAgentBase,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde::Serialize;
use serde::de::DeserializeOwned;
use support::odata::SCHEMA;

/// Decoded, encoded and decoded again: nothing is gone, through both doors.
fn survives<T>(root: &str, json: &str) -> TestCaseResult
where
    T: Value + PartialEq + std::fmt::Debug + Serialize + DeserializeOwned,
{
    let value = from_str::<T>(json).map_err(|error| TestCaseError::fail(format!("{error}\n{json}")))?;
    let written = to_string(&value).unwrap();
    let differences = SCHEMA.differences(root, json, &written);
    prop_assert!(differences.is_empty(), "{:#?}\n{}\n{}", differences, json, written);
    prop_assert_eq!(&from_str::<T>(&written).unwrap(), &value, "{}\n{}", json, written);
    prop_assert_eq!(&serde_json::from_str::<T>(json).unwrap(), &value, "{}", json);
    // Not the same text: `serde_json` has short escapes for two more control characters.
    let other = serde_json::to_string(&value).unwrap();
    prop_assert_eq!(&serde_json::from_str::<T>(&other).unwrap(), &value, "{}\n{}", json, other);
    let differences = SCHEMA.differences(root, json, &other);
    prop_assert!(differences.is_empty(), "{:#?}\n{}\n{}", differences, json, other);
    Ok(())
}

/// One property test a root: a document of that type from a tape of decisions.
macro_rules! roots {
    ($($test:ident: $type:ty as $named:ty,)*) => {
        proptest! {
            // Nothing is written beside the sources; a failure prints its input.
            #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]
            $(
                #[test]
                fn $test(json in document::of(<$named as Typed>::TYPE.names[0])) {
                    survives::<$type>(<$named as Typed>::TYPE.names[0], &json)?;
                }
            )*
        }
    };
}

roots! {
    any_call_record: CallRecord as CallRecord,
    any_session: Session as Session,
    any_segment: Segment as Segment,
    any_media: Media as Media,
    any_media_stream: MediaStream as MediaStream,
    any_network_info: NetworkInfo as NetworkInfo,
    any_organizer: Organizer as Organizer,
    any_participant: Participant as Participant,
    any_participant_base: ParticipantBase as ParticipantBase,
    any_pstn_call_log_row: PstnCallLogRow as PstnCallLogRow,
    any_direct_routing_log_row: DirectRoutingLogRow as DirectRoutingLogRow,
    any_subscription: Subscription as Subscription,
    any_change_notification_collection: ChangeNotificationCollection as ChangeNotificationCollection,
    any_endpoint: Endpoint as EndpointBase,
    any_user_agent: UserAgent as UserAgentBase,
    any_entity: Entity as Entity,
    any_identity: Identity as Identity,
    any_provisioned_identity: ProvisionedIdentity as ProvisionedIdentity,
    any_identity_set: IdentitySet as IdentitySet,
    any_communications_identity_set: CommunicationsIdentitySet as CommunicationsIdentitySet,
    any_share_point_identity_set: SharePointIdentitySet as SharePointIdentitySet,
}

/// The oracle: what it has to see, and what it has to let pass.
#[test]
fn the_comparison_tells_loss_from_another_spelling() {
    let of = |before: &str, after: &str| SCHEMA.differences("microsoft.graph.callRecords.session", before, after);
    for (before, after) in [
        (r#"{"id":"a"}"#, "{}"),
        ("{}", r#"{"id":"a"}"#),
        (r#"{"id":"a"}"#, r#"{"id":"b"}"#),
        (r#"{"phone":null}"#, "{}"),
        (r#"{"x":1.0}"#, r#"{"x":1.00}"#),
        (r#"{"x":[1, 2]}"#, r#"{"x":[1,2]}"#),
        (r#"{"startDateTime":"2031-01-01T00:00:00Z"}"#, r#"{"startDateTime":"2031-01-01T00:00:00.000000001Z"}"#),
        (r#"{"modalities":["audio"]}"#, r#"{"modalities":[]}"#),
        (r#"{"modalities":["x"]}"#, r#"{"modalities":["unknownFutureValue"]}"#),
        (r##"{"@odata.type":"#a"}"##, "{}"),
        (r#"{"@odata.etag":"a"}"#, "{}"),
        (r#"{"segments":[]}"#, "{}"),
        (r#"{"segments@odata.nextLink":"https://h/"}"#, "{}"),
        (r#"{"segments@odata.count":1}"#, r#"{"segments@odata.count":2}"#),
        (r#"{"caller":{"cpuCoresCount":1}}"#, r#"{"caller":{}}"#),
        (r#"{"caller":{"role":null}}"#, r#"{"caller":{}}"#),
    ] {
        assert_eq!(of(before, after).len(), 1, "{before} {after}");
    }
    for (before, after) in [
        (r#"{"id":null}"#, "{}"),
        (r#"{"id":"a","id":"\u0062"}"#, r#"{"id":"b"}"#),
        (r#"{"startDateTime":"2031-01-01T01:00+01:00"}"#, r#"{"startDateTime":"2031-01-01T00:00:00Z"}"#),
        (r##"{"@type":"#a","@odata.type":"#b"}"##, r##"{"@odata.type":"#a"}"##),
        (r#"{"segments@nextLink":"","segments@count":"7"}"#, r#"{"segments@odata.count":7}"#),
        (r#"{"caller":{"name":null,"cpuCoresCount":"8"}}"#, r#"{"caller":{"cpuCoresCount":8}}"#),
    ] {
        assert_eq!(of(before, after), Vec::<String>::new(), "{before} {after}");
    }
}
