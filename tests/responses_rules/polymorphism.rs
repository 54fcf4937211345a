//! W-1, W-2, W-4, W-5: members that are not listed, types that are stated somehow, somewhere or not at all.

use graph_call_records::graph::{Identity, Subscription};
use graph_call_records::odata_runtime::{Enumeration, to_string};
use graph_call_records::{
    CallRecord, CallType, ClientPlatform, ClientUserAgent, Endpoint, Modality, ParticipantEndpoint, ProductFamily,
    ServiceEndpoint, ServiceRole, Session, UserAgent,
};

use super::{body, refused, survives};

/// A session whose caller is that object.
fn caller(object: &str) -> Option<Endpoint> {
    survives::<Session>(&format!("{{\"caller\":{object}}}")).caller
}

#[test]
fn w_01_members_that_are_not_listed_are_kept() {
    let json = r#"{"modalities":["audio","","17","audio,video","AUDIO"],"type":"hologramCall"}"#;
    let record: CallRecord = survives(json);
    assert!(matches!(&record.r#type, Some(CallType::Unlisted(name)) if name.as_str() == "hologramCall"));
    let names: Vec<&str> = record.modalities.as_ref().unwrap().iter().map(Modality::as_str).collect();
    assert_eq!(names, ["audio", "", "17", "audio,video", "AUDIO"]);
    assert_eq!(record.modalities.as_ref().unwrap()[0], Modality::Audio);
    assert_eq!(to_string(&record).unwrap(), json);
    assert_eq!("hologramCall".parse::<CallType>().unwrap(), record.r#type.unwrap());
    assert_eq!(CallType::from_wire("groupCall").to_string(), "groupCall");
    // `subscription.changeType` is text, and a list.
    assert_eq!(body::<Subscription>("subscription").change_type.as_deref(), Some("created,updated"));
    assert_eq!(refused::<CallRecord>(r#"{"type":2}"#), "not a string at byte 8 in $.type");
}

#[test]
fn w_02_the_sentinel_is_a_member_and_not_the_last() {
    let record: CallRecord = survives(r#"{"type":"unknownFutureValue"}"#);
    assert_eq!(record.r#type, Some(CallType::UnknownFutureValue));
    let family = |name: &str| ProductFamily::from_wire(name);
    assert_eq!(family("unknownFutureValue"), ProductFamily::UnknownFutureValue);
    assert_eq!(family("azureCommunicationServices"), ProductFamily::AzureCommunicationServices);
    assert!(matches!(family("unknown"), ProductFamily::Unknown));
    assert!(matches!(ClientPlatform::from_wire("iOS"), ClientPlatform::Ios));
}

#[test]
fn w_04_a_type_is_a_uri_in_any_spelling() {
    for stated in [
        "#microsoft.graph.callRecords.participantEndpoint",
        "microsoft.graph.callRecords.participantEndpoint",
        "#Microsoft.Graph.CallRecords.ParticipantEndpoint",
        "https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.callRecords.participantEndpoint",
        "../$metadata#microsoft.graph.callrecords.participantendpoint",
    ] {
        // Whatever the spelling, it is written back as it came (the comparison sees to that).
        let caller = caller(&format!(r#"{{"@odata.type":"{stated}","cpuCoresCount":2}}"#));
        let Some(Endpoint::Participant(it)) = caller else { panic!("{stated}") };
        assert_eq!(it.cpu_cores_count, Some(2), "{stated}");
    }
    for (stated, name) in [
        ("#graph.userIdentity", "graph.userIdentity"),
        ("https://graph.microsoft.com/v1.0/$metadata#Microsoft.Graph.UserIdentity", "Microsoft.Graph.UserIdentity"),
    ] {
        let identity: Identity = survives(&format!(r#"{{"@odata.type":"{stated}","ipAddress":"192.0.2.1"}}"#));
        assert_eq!(identity.type_name(), Some(name));
        let user = identity.downcast::<graph_call_records::graph::UserIdentity>().unwrap().expect(stated);
        assert_eq!(user.ip_address.as_deref(), Some("192.0.2.1"));
    }
}

#[test]
fn w_04_an_unknown_type_is_its_base_with_everything_it_came_with() {
    let endpoint =
        caller(r##"{"@odata.type":"#microsoft.graph.callRecords.orbitEndpoint","altitude": 420.0,"name":"ISS"}"##);
    let Some(Endpoint::Other(base)) = endpoint else { panic!("the base") };
    assert_eq!(base.extra.type_name(), Some("microsoft.graph.callRecords.orbitEndpoint"));
    assert_eq!(base.extra.get("altitude").unwrap().as_json(), "420.0");
    assert_eq!(base.extra.get("name").unwrap().as_json(), "\"ISS\"", "no property of the base");

    // An abstract base does not fail the page either.
    let endpoint = caller(r##"{"userAgent":{"@odata.type":"#contoso.agent","headerValue":"x","role":3}}"##);
    let Some(UserAgent::Other(agent)) = endpoint.as_ref().unwrap().user_agent() else { panic!("the base") };
    assert_eq!(agent.header_value.as_deref(), Some("x"));
    assert_eq!(agent.extra.get("role").unwrap().as_json(), "3");

    // A type that is known, but not derived from this base, is no better.
    let endpoint = caller(r##"{"@odata.type":"#microsoft.graph.callRecords.session","cpuCoresCount":2}"##);
    assert!(matches!(endpoint, Some(Endpoint::Other(_))));
    let endpoint = caller(r##"{"@odata.type":"#microsoft.graph.participantEndpoint","cpuCoresCount":2}"##);
    assert!(matches!(endpoint, Some(Endpoint::Other(_))), "another namespace");
}

#[test]
fn w_04_a_malformed_known_type_is_an_error_and_no_fallback() {
    let error = refused::<Session>(
        r##"{"caller":{"userAgent":{"platform":7,"@odata.type":"#microsoft.graph.callRecords.clientUserAgent"}}}"##,
    );
    assert_eq!(error, "not a string at byte 35 in $.caller.userAgent.platform");
    let error = refused::<Session>(r#"{"caller":{"cpuCoresCount":"many"}}"#);
    assert_eq!(error, "not an i32 at byte 27 in $.caller.cpuCoresCount", "inferred, and still no fallback");
    assert!(refused::<Session>(r#"{"caller":{"@odata.type":7}}"#).contains("not a string at byte 25"));
    assert!(refused::<Session>(r#"{"caller":[]}"#).contains("not an object at byte 10 in $.caller"));
}

#[test]
fn w_05_a_type_may_stand_anywhere() {
    const NAME: &str = r##""@odata.type":"#microsoft.graph.callRecords.participantEndpoint""##;
    for object in [
        format!(r#"{{{NAME},"name":"a","userAgent":{{"role":"gateway"}}}}"#),
        format!(r#"{{"name":"a",{NAME},"userAgent":{{"role":"gateway"}}}}"#),
        format!(r#"{{"name":"a","userAgent":{{"role":"gateway"}},{NAME}}}"#),
        format!(r#"{{"name":"a","userAgent":{{"@odata.type":"\u0023graph.x","role":"gateway"}},{NAME}}}"#),
    ] {
        let Some(Endpoint::Participant(it)) = caller(&object) else { panic!("{object}") };
        assert_eq!(it.name.as_deref(), Some("a"), "{object}");
    }
}

/// Where a type is not stated, the declared one is meant; where that has only bases, its properties tell (`infer`).
#[test]
fn w_05_a_type_may_be_absent() {
    let session: Session = body("recorded-without-types");
    let Some(Endpoint::Participant(caller)) = &session.caller else { panic!("it has a name and cores") };
    assert_eq!(caller.cpu_cores_count, Some(14));
    let who = caller.associated_identity.as_ref().unwrap();
    assert_eq!(who.user_principal_name.as_deref(), Some("gina@fabrikam.example"));
    let Some(UserAgent::Client(agent)) = &caller.user_agent else { panic!("it has a platform") };
    assert_eq!(agent.platform, Some(ClientPlatform::MacOs));
    let Some(Endpoint::Other(other)) = &session.callee else { panic!("nulls decide nothing") };
    let Some(UserAgent::Service(agent)) = &other.user_agent else { panic!("it has a role") };
    assert_eq!(agent.role, Some(ServiceRole::CustomBot));
    assert!(!to_string(&session).unwrap().contains("@odata.type"), "what was not stated is not written");

    assert!(matches!(caller_agent(r#"{"role":"gateway","platform":"web"}"#), UserAgent::Other(_)), "two are none");
    assert!(matches!(caller_agent(r#"{"headerValue":"x"}"#), UserAgent::Other(_)), "none is none");
}

fn caller_agent(object: &str) -> UserAgent {
    caller(&format!("{{\"userAgent\":{object}}}")).unwrap().user_agent().unwrap().clone()
}

#[test]
fn w_05_what_an_app_builds_states_its_type() {
    let mut agent = ClientUserAgent::default();
    agent.platform = Some(ClientPlatform::Web);
    let mut caller = ParticipantEndpoint::default();
    caller.user_agent = Some(agent.into());
    let mut session = Session::default();
    session.caller = Some(caller.into());
    session.callee = Some(ServiceEndpoint::default().into());
    let json = to_string(&session).unwrap();
    assert_eq!(
        json,
        r##"{"callee":{"@odata.type":"#microsoft.graph.callRecords.serviceEndpoint"},"caller":{"@odata.type":"#microsoft.graph.callRecords.participantEndpoint","userAgent":{"@odata.type":"#microsoft.graph.callRecords.clientUserAgent","platform":"web"}}}"##
    );
    assert_eq!(survives::<Session>(&json), session);
}
