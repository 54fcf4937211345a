//! CR-20 to CR-35: what the call records API really sends.

use graph_call_records::graph::{
    ChangeNotificationCollection, ChangeType, CommunicationsGuestIdentity, EndpointType, LifecycleEventType,
    Subscription,
};
use graph_call_records::odata_runtime::{Decimal, Enumeration, Expanded};
use graph_call_records::{
    AudioCodec, CallRecord, CallType, ClientPlatform, DirectRoutingLogRow, Endpoint, FailureStage,
    MediaStreamDirection, Modality, NetworkConnectionType, Participant, ProductFamily, PstnCallDurationSource,
    PstnCallLogRow, ServiceRole, Session, UserAgent, UserFeedbackRating, WifiBand,
};

use super::{at, body, items, survives};

/// Whole record, level by level.
#[test]
fn a_record_with_everything_expanded() {
    let record: CallRecord = body("expanded-record");
    assert_eq!(record.id.as_deref(), Some("7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f"));
    assert_eq!(record.version, Some(4));
    assert_eq!(record.r#type, Some(CallType::GroupCall));
    assert_eq!(record.start_date_time, at("2031-05-06T09:00:01.2345678Z"));
    assert!(record.join_web_url.as_deref().is_some_and(|url| url.ends_with("%7d")));
    assert!(record.participants_v2.is_none(), "not expanded is not empty");
    let sessions = record.sessions.as_ref().unwrap();
    assert!(sessions.is_complete());

    let session = &sessions[0];
    assert_eq!(session.is_test, Some(false));
    let failure = session.failure_info.as_ref().unwrap();
    assert_eq!(failure.stage, Some(FailureStage::Midcall));
    assert_eq!(failure.reason.as_deref(), Some("Media path was lost."));
    let segment = &session.segments.as_ref().unwrap()[0];
    assert_eq!(segment.end_date_time, at("2031-05-06T09:31:00Z"));
    let media = &segment.media.as_ref().unwrap()[0];
    assert_eq!(media.label.as_deref(), Some("main-audio"));

    let network = media.caller_network.as_ref().unwrap();
    assert_eq!(network.link_speed, Some(4_294_967_295), "beyond an i32");
    assert_eq!(network.connection_type, Some(NetworkConnectionType::Wifi));
    assert_eq!(network.wifi_band, Some(WifiBand::Frequency50GHz));
    assert_eq!(network.reflexive_ip_address.as_deref(), Some("198.51.100.4"));
    assert_eq!(network.bandwidth_low_event_ratio, Some(0.125));
    let hop = &network.trace_route_hops.as_ref().unwrap()[0];
    assert_eq!(hop.round_trip_time.unwrap().as_micros(), 3500);
    let device = media.caller_device.as_ref().unwrap();
    assert_eq!((device.received_signal_level, device.mic_glitch_rate), (Some(-17), Some(23.5)));
    assert_eq!(device.capture_not_functioning_event_ratio, None);

    let stream = &media.streams.as_ref().unwrap()[0];
    assert_eq!(stream.stream_direction, Some(MediaStreamDirection::CallerToCallee));
    assert_eq!(stream.audio_codec, Some(AudioCodec::Satin));
    assert_eq!(stream.average_jitter.unwrap().as_millis(), 16);
    assert_eq!(stream.average_round_trip_time.unwrap().as_nanos(), 61_234_500);
    assert_eq!(stream.average_bandwidth_estimate, Some(i64::MAX));
    assert_eq!((stream.packet_utilization, stream.average_audio_degradation), (Some(86421), None));
}

#[test]
#[allow(deprecated)]
fn cr_20_deprecated_properties_are_still_read() {
    let record: CallRecord = body("legacy-participants");
    let organizer = record.organizer.as_ref().unwrap().user.as_ref().unwrap();
    assert_eq!(organizer.display_name.as_deref(), Some("Chidi Okafor"));
    assert_eq!(organizer.tenant_id.as_deref(), Some("t-1"));
    let participants = record.participants.as_ref().unwrap();
    assert_eq!(participants[1].phone.as_ref().unwrap().id.as_deref(), Some("+3130000***"));
    assert_eq!(participants[1].user, None);
    assert!(record.organizer_v2.is_none());

    let without: CallRecord = survives(r#"{"id":"after the removal date"}"#);
    assert!(without.organizer.is_none() && without.participants.is_none());
}

#[test]
fn cr_22_the_call_id_of_a_pstn_row_is_no_record_id() {
    let rows: Vec<PstnCallLogRow> = items("pstn-page");
    assert_eq!(rows[0].call_id, rows[1].call_id, "not unique");
    assert_ne!(rows[0].id, rows[1].id);
    assert_eq!(rows[0].call_id.as_deref(), Some("9900112_7788@203.0.113.9"));
    let routed: Vec<DirectRoutingLogRow> = items("direct-routing-page");
    let record: CallRecord = body("expanded-record");
    assert_eq!(routed[0].correlation_id, record.id, "this one is");
}

#[test]
fn cr_23_the_year_1_says_that_it_did_not_happen_and_kinds_are_text() {
    let rows: Vec<DirectRoutingLogRow> = items("direct-routing-page");
    assert_eq!(rows[0].failure_date_time, at("0001-01-01T00:00:00Z"));
    assert_eq!(rows[0].start_date_time, at("2031-02-03T04:05:06.105Z"));
    assert_eq!(rows[0].call_type.as_deref(), Some("ByotOutUserForwarding"));
    assert_eq!(rows[0].successful_call, Some(true));
    let rows: Vec<PstnCallLogRow> = items("pstn-page");
    assert_eq!(rows[0].call_type.as_deref(), Some("user_out_conf"));
    assert_eq!(rows[0].inventory_type.as_deref(), Some("SharedCost"));
    assert_eq!(rows[0].license_capability.as_deref(), Some("MCOPSTN9"));
    assert_eq!(rows[0].call_duration_source, Some(PstnCallDurationSource::Operator));
}

#[test]
fn cr_24_where_documentation_and_metadata_differ() {
    let record: CallRecord = body("expanded-record");
    let modalities = record.modalities.as_ref().unwrap();
    assert_eq!(modalities[..2], [Modality::Audio, Modality::VideoBasedScreenSharing]);
    assert!(matches!(&modalities[2], Modality::Unlisted(_)), "documented, not declared");
    assert_eq!(modalities[2].as_str(), "unknown");
    let rows: Vec<DirectRoutingLogRow> = items("direct-routing-page");
    assert_eq!(rows[0].call_end_sub_reason, Some(560_403), "beyond an i16");
    let rows: Vec<PstnCallLogRow> = items("pstn-page");
    assert_eq!(rows[0].charge, Some(Decimal::new(0, 2)));
    assert_eq!(rows[0].charge.unwrap().to_string(), "0.00");
    let session = &record.sessions.as_ref().unwrap()[0];
    let Some(UserAgent::Client(agent)) = session.caller.as_ref().unwrap().user_agent() else { panic!("a client") };
    assert_eq!(agent.product_family, Some(ProductFamily::AzureCommunicationServices), "after the sentinel");
}

/// W-1: by the names on the wire, listed or not; the order of the document may change.
#[test]
fn w_1_members_are_ordered_by_their_names() {
    let mut members = ["video", "unheardOf", "screenSharing", "audio"].map(Modality::from_wire);
    members.sort();
    let names = members.each_ref().map(Modality::as_str);
    assert_eq!(names, ["audio", "screenSharing", "unheardOf", "video"]);
}

/// Without touching raw JSON.
#[test]
fn cr_25_who_called_is_in_fields() {
    let record: CallRecord = body("expanded-record");
    let caller = record.sessions.iter().flatten().find_map(|session| match &session.caller {
        Some(Endpoint::Participant(caller)) => caller.associated_identity.as_ref(),
        _ => None,
    });
    let caller = caller.expect("a caller");
    assert_eq!(caller.user_principal_name.as_deref(), Some("bora@fabrikam.example"));
    assert_eq!(caller.tenant_id.as_deref(), Some("0f0e0d0c-1111-4222-8333-0b0a09080706"));
    assert_eq!(caller.display_name.as_deref(), Some("Bora Aydin"));
    let organizer = record.organizer_v2.as_ref().unwrap();
    assert_eq!(organizer.administrative_unit_infos.as_ref().unwrap()[0].id.as_deref(), Some("au-north"));
    let user = organizer.identity.as_ref().unwrap().user.as_ref().unwrap();
    assert_eq!(user.user_principal_name.as_deref(), Some("ada@fabrikam.example"));

    let participants: Vec<Participant> = items("participants-page");
    let user = participants[0].identity.as_ref().unwrap().user.as_ref().unwrap();
    assert_eq!(user.user_principal_name.as_deref(), Some("femi@fabrikam.example"));
    assert_eq!(user.tenant_id.as_deref(), Some("t-1"));
    assert_eq!(participants[1].id.as_deref(), Some("+3190000***"), "an id need not be a GUID");
    let phone = participants[1].identity.as_ref().unwrap().phone.as_ref().unwrap();
    assert_eq!(phone.id.as_deref(), Some("+3190000***"));
}

#[test]
fn cr_25_undeclared_properties_are_kept() {
    let record: CallRecord = body("expanded-record");
    let Some(Endpoint::Participant(caller)) = &record.sessions.as_ref().unwrap()[0].caller else { panic!() };
    assert_eq!(caller.associated_identity.as_ref().unwrap().extra.get("department").unwrap().as_json(), "\"Sales\"");
    let feedback = caller.feedback.as_ref().unwrap();
    assert_eq!(feedback.rating, Some(UserFeedbackRating::Poor));
    assert_eq!(feedback.text.as_deref(), Some("It \"crackled\"."));
    let tokens: Vec<(&str, bool)> = (feedback.tokens.as_ref().unwrap().extra.iter())
        .map(|(name, value)| (name, value.decode().expect("a Boolean")))
        .collect();
    assert_eq!(tokens, [("NoSound", false), ("Echo", true), ("Noisy", false)]);

    let participants: Vec<Participant> = items("participants-page");
    let identity = participants[0].identity.as_ref().unwrap();
    assert!(identity.extra.get("tomorrowsKind").unwrap().is_null(), "null is kept where it is undeclared");
    assert_eq!(identity.extra.len(), 1, "the families of CR-25 are declared by overlays: {:?}", identity.extra);
    assert_eq!(participants[1].identity.as_ref().unwrap().endpoint_type, Some(EndpointType::Voicemail));

    let subscription: Subscription = body("subscription");
    assert_eq!(subscription.notification_content_type.as_deref(), Some("application/json"));
    assert_eq!(subscription.extra.get("tomorrowsSwitch").unwrap().as_json(), r#"{ "on": 1.0 }"#);
    assert_eq!(subscription.encryption_certificate_id.as_deref(), Some(""), "empty is not absent");
}

/// `userIdentity` is a type of both namespaces.
#[test]
fn cr_25_the_two_user_identities() {
    use graph_call_records::{UserIdentity, graph};
    let participants: Vec<Participant> = items("participants-page");
    let user = participants[0].identity.as_ref().unwrap().user.as_ref().unwrap();
    assert_eq!(user.type_name(), Some("microsoft.graph.userIdentity"));
    assert!(user.is::<graph::UserIdentity>() && !user.is::<UserIdentity>());
    let derived = user.downcast::<graph::UserIdentity>().unwrap().expect("it states so");
    assert_eq!(derived.ip_address.as_deref(), Some("192.0.2.44"));
    assert_eq!(derived.user_principal_name, user.user_principal_name);
    assert_eq!(user.downcast::<UserIdentity>().unwrap(), None);
    let guest = participants[1].identity.as_ref().unwrap().guest.as_ref().unwrap();
    let guest = guest.downcast::<CommunicationsGuestIdentity>().unwrap().expect("it states so");
    assert_eq!(guest.email.as_deref(), Some("g@guest.example"));
}

#[test]
fn cr_26_endpoints_and_user_agents_are_what_they_state() {
    let record: CallRecord = body("expanded-record");
    let session = &record.sessions.as_ref().unwrap()[0];
    let Some(Endpoint::Participant(caller)) = &session.caller else { panic!("a participant") };
    assert_eq!((caller.cpu_cores_count, caller.cpu_processor_speed_in_mhz), (Some(8), Some(3100)));
    let Some(UserAgent::Client(agent)) = &caller.user_agent else { panic!("a client") };
    assert_eq!(agent.platform, Some(ClientPlatform::Windows));
    assert_eq!(agent.application_version.as_deref(), Some("2031.5.1"));
    assert_eq!(agent.communication_service_id.as_deref(), Some("resource-9"));
    assert_eq!(agent.azure_ad_app_id, None);
    let Some(Endpoint::Service(service)) = &session.callee else { panic!("a service") };
    let Some(UserAgent::Service(agent)) = &service.user_agent else { panic!("a service") };
    assert_eq!(agent.role, Some(ServiceRole::MediationServer));
    assert_eq!(service.user_agent.as_ref().unwrap().header_value().map(String::as_str), Some("Mcu/7"));
}

/// The government cloud's sessions have no `isTest`.
#[test]
fn cr_27_a_cloud_that_lacks_a_property() {
    let session: Session = body("recorded-without-types");
    assert_eq!(session.is_test, None);
}

/// Opaque, even where following it would fetch the metadata: refusing it is the client's (issue C).
#[test]
fn cr_30_a_next_link_with_a_fragment_is_kept_as_it_is() {
    let record: CallRecord = body("cut-record");
    let sessions = record.sessions.as_ref().unwrap();
    let link =
        "https://graph.microsoft.com/v1.0/$metadata#communications/callRecords('7d3f1c52')/sessions?$skiptoken=s";
    assert_eq!(sessions.next_link(), Some(link));
    assert!(!sessions.is_complete());
    assert!(!format!("{record:?}").contains("skiptoken"), "E-4");
}

#[test]
fn cr_33_annotations_come_before_or_after_their_collection() {
    let record: CallRecord = body("cut-record");
    let participants = record.participants_v2.as_ref().unwrap();
    assert_eq!((participants.len(), participants.count()), (2, Some(131)));
    assert!(participants.next_link().is_some_and(|link| link.ends_with("participants_v2?$skiptoken=p")));
    assert!(record.sessions.as_ref().unwrap().next_link().is_some());
    let record: CallRecord = body("expanded-record");
    let context = record.extra.control("organizer_v2@odata.context").unwrap();
    assert!(context.as_json().contains("organizer_v2/$entity"));
    assert!(record.organizer_v2.is_some());

    let alone: CallRecord = survives(r#"{"sessions@odata.nextLink":"https://h/s","organizer_v2@odata.context":"c"}"#);
    let sessions = alone.sessions.as_ref().unwrap();
    assert!(sessions.is_empty() && !sessions.is_complete(), "a link and no array: nothing has come yet");
    assert!(Expanded::<Session>::default().is_complete());
}

#[test]
fn cr_34_a_type_stated_twice() {
    let sessions: Vec<Session> = items("sessions-page");
    let Some(Endpoint::Participant(caller)) = &sessions[0].caller else { panic!("a participant") };
    assert_eq!((caller.name.as_deref(), caller.cpu_cores_count), (Some("SOUTH-PC"), Some(4)));
    let Some(Endpoint::Service(service)) = &sessions[0].callee else { panic!("the first type stands") };
    assert_eq!(service.user_agent.as_ref().unwrap().header_value().map(String::as_str), Some("Mcu/8"));
}

#[test]
fn cr_35_a_notification_names_its_type_in_the_wrong_case() {
    let notifications: ChangeNotificationCollection = body("notification");
    let [created, lifecycle] = notifications.value.as_deref().unwrap() else { panic!("two") };
    let data = created.resource_data.as_ref().unwrap();
    assert_eq!(data.extra.type_name(), Some("Microsoft.Graph.callrecord"), "in the words of the wire");
    let id: String = data.extra.get("id").unwrap().decode().unwrap();
    assert_eq!(created.resource.as_deref(), Some(format!("communications/callRecords/{id}").as_str()));
    assert_eq!(created.change_type, Some(ChangeType::Created));
    assert_eq!(created.subscription_id, lifecycle.subscription_id, "W-19: in either case");
    assert_eq!(created.subscription_expiration_date_time, at("2031-06-07T08:09:10.111Z"));
    assert_eq!(created.client_state.as_deref(), Some("a-secret-state"));
    assert_eq!(lifecycle.lifecycle_event, Some(LifecycleEventType::ReauthorizationRequired));
    assert_eq!(lifecycle.change_type, None);
    assert_eq!(notifications.validation_tokens.as_deref(), Some(&["header.payload.signature".to_owned()][..]));
}
