//! Bases and their derived types through `serde_json`: closed enums, structs that downcast and upcast, lossless members.

use std::collections::{BTreeSet, HashSet};

use graph_call_records::graph::{self, CommunicationsIdentitySet, Entity, Identity, IdentitySet};
use graph_call_records::odata_runtime::{Enumeration, upcast};
use graph_call_records::{
    CallRecord, CallType, Endpoint, Modality, Organizer, Participant, ParticipantBase, UserAgent, UserIdentity,
    WifiBand,
};

fn endpoint(json: &str) -> Endpoint {
    let endpoint: Endpoint = serde_json::from_str(json).unwrap();
    // As it came: no type that was not stated, and the stated one in its own words.
    let tree = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
    assert_eq!(tree(&serde_json::to_string(&endpoint).unwrap()), tree(json));
    assert_eq!(
        serde_json::from_value::<Endpoint>(tree(json)).unwrap(),
        endpoint,
        "W-5: a tree has an order of its own"
    );
    assert_eq!(serde_json::to_value(&endpoint).unwrap(), tree(json));
    endpoint
}

#[test]
fn closed_bases_wherever_and_however_the_type_stands() {
    for json in [
        r##"{"@odata.type":"#microsoft.graph.callRecords.participantEndpoint","name":"a"}"##,
        r##"{"name":"a","@odata.type":"#microsoft.graph.callRecords.participantEndpoint"}"##,
        r#"{"name":"a"}"#,
        r##"{"name":"a","@odata.type":"#MICROSOFT.GRAPH.callrecords.PARTICIPANTendpoint"}"##,
        r#"{"name":"a","@odata.type":"microsoft.graph.callRecords.participantEndpoint"}"#,
        r#"{"name":"a","@odata.type":"https://h/v1.0/$metadata#microsoft.graph.callRecords.participantEndpoint"}"#,
    ] {
        let Endpoint::Participant(it) = endpoint(json) else { panic!("{json}") };
        assert_eq!(it.name.as_deref(), Some("a"));
    }
    let service = endpoint(r##"{"@odata.type":"#microsoft.graph.callRecords.serviceEndpoint","name":null}"##);
    assert!(matches!(service, Endpoint::Service(_)));
    for json in [r##"{"@odata.type":"#contoso.endpoint","name":"a"}"##, r#"{"name":null}"#, "{}"] {
        assert!(matches!(endpoint(json), Endpoint::Other(_)), "{json}");
    }
    // Twice: the first stands, and is what is written.
    let twice = r##"{"@odata.type":"#microsoft.graph.callRecords.serviceEndpoint","@odata.type":"#contoso.x"}"##;
    let twice: Endpoint = serde_json::from_str(twice).unwrap();
    assert!(matches!(twice, Endpoint::Service(_)));
    assert_eq!(
        serde_json::to_string(&twice).unwrap(),
        r##"{"@odata.type":"#microsoft.graph.callRecords.serviceEndpoint"}"##
    );
}

#[test]
fn what_is_absent_is_inferred() {
    let agent = |json: &str| serde_json::from_str::<UserAgent>(json).unwrap();
    for json in [r#"{"platform":"web"}"#, r#"{"role":null,"azureADAppId":"a"}"#, r#"{"productFamily":"?"}"#] {
        assert!(matches!(agent(json), UserAgent::Client(_)), "{json}");
        assert!(!serde_json::to_string(&agent(json)).unwrap().contains("@odata.type"));
    }
    assert!(matches!(agent(r#"{"platform":null,"role":"gateway"}"#), UserAgent::Service(_)));
    for json in [r#"{"platform":"web","role":"gateway"}"#, r#"{"headerValue":"x"}"#, r#"{"platform":null}"#, "{}"] {
        assert!(matches!(agent(json), UserAgent::Other(_)), "{json}");
    }
    // What is stated decides, against all properties.
    let stated = r##"{"platform":"web","@odata.type":"#microsoft.graph.callRecords.serviceUserAgent"}"##;
    let UserAgent::Service(it) = agent(stated) else { panic!() };
    assert_eq!(it.extra.get("platform").unwrap().as_json(), "\"web\"");
}

/// CR-34 meets W-5: of a repeated property the last stands, for the inference too. Else the value would be a service's
/// without a role, which no reader takes for one.
#[test]
fn of_a_repeated_property_the_last_infers() {
    for json in
        [r#"{"role":"gateway","role":null}"#, r#"{"platform":"web","role":"gateway","platform":null,"role":null}"#]
    {
        let agent: UserAgent = serde_json::from_str(json).unwrap();
        assert!(matches!(agent, UserAgent::Other(_)), "{json}");
    }
    for json in [r#"{"role":null,"role":"gateway"}"#, r#"{"platform":"web","role":"gateway","platform":null}"#] {
        let agent: UserAgent = serde_json::from_str(json).unwrap();
        assert!(matches!(agent, UserAgent::Service(_)), "{json}");
        let written = serde_json::to_string(&agent).unwrap();
        assert_eq!(serde_json::from_str::<UserAgent>(&written).unwrap(), agent, "{written}");
    }
}

fn identity(stated: &str) -> Identity {
    let json =
        format!(r#"{{"id":"u","ipAddress":"192.0.2.9","userPrincipalName":"a@b.example","@odata.type":"{stated}"}}"#);
    let identity: Identity = serde_json::from_str(&json).unwrap();
    assert_eq!(identity.id.as_deref(), Some("u"), "no match needed for what the base has");
    identity
}

#[test]
fn an_identity_downcasts_to_what_it_states() {
    for stated in
        ["#microsoft.graph.userIdentity", "graph.userIdentity", "https://h/$metadata#Microsoft.Graph.UserIdentity"]
    {
        let identity = identity(stated);
        assert!(identity.is::<graph::UserIdentity>() && !identity.is::<UserIdentity>(), "{stated}");
        let user: graph::UserIdentity = identity.downcast().unwrap().expect(stated);
        assert_eq!(user.ip_address.as_deref(), Some("192.0.2.9"));
        assert!(user.extra.is_empty());
        assert_eq!(identity.downcast::<UserIdentity>().unwrap(), None);
        let up: Identity = upcast(&user).unwrap();
        assert_eq!(up, identity, "and back, without loss");
    }
    let identity = identity("#microsoft.graph.callRecords.userIdentity");
    assert!(identity.is::<UserIdentity>() && !identity.is::<graph::UserIdentity>());
    let user: UserIdentity = identity.downcast().unwrap().expect("callRecords");
    assert_eq!(user.user_principal_name.as_deref(), Some("a@b.example"));
    assert_eq!(user.extra.get("ipAddress").unwrap().as_json(), "\"192.0.2.9\"", "not its own, and kept");
}

#[test]
fn what_states_nothing_or_something_else_does_not_downcast() {
    let plain: Identity = serde_json::from_str(r#"{"id":"u","ipAddress":"192.0.2.9"}"#).unwrap();
    assert_eq!(plain.type_name(), None);
    assert_eq!(plain.downcast::<graph::UserIdentity>().unwrap(), None);
    let other = identity("#contoso.robot");
    assert_eq!(other.type_name(), Some("contoso.robot"));
    assert_eq!(other.downcast::<graph::UserIdentity>().unwrap(), None);
    let malformed = r##"{"@odata.type":"#microsoft.graph.userIdentity","ipAddress":7}"##;
    let malformed: Identity = serde_json::from_str(malformed).unwrap();
    let error = malformed.downcast::<graph::UserIdentity>().unwrap_err();
    assert_eq!(error.path(), "$.ipAddress");
}

#[test]
fn sets_and_entities_downcast_too() {
    let set =
        r##"{"@odata.type":"#microsoft.graph.communicationsIdentitySet","endpointType":"default","user":{"id":"u"}}"##;
    let set: IdentitySet = serde_json::from_str(set).unwrap();
    let derived: CommunicationsIdentitySet = set.downcast().unwrap().unwrap();
    assert_eq!(derived.endpoint_type, Some(graph::EndpointType::Default));
    assert_eq!(derived.user, set.user);

    // A base between: a participant is a participantBase, and both are entities.
    let entity = r##"{"@odata.type":"#microsoft.graph.callRecords.participant","id":"p","identity":{"user":null}}"##;
    let entity: Entity = serde_json::from_str(entity).unwrap();
    assert!(entity.is::<Participant>() && entity.is::<ParticipantBase>());
    assert!(!entity.is::<Organizer>() && !entity.is::<CallRecord>());
    let base: ParticipantBase = entity.downcast().unwrap().unwrap();
    assert!(base.identity.is_some());
    let participant: Participant = base.downcast().unwrap().unwrap();
    assert_eq!(participant.id.as_deref(), Some("p"));
}

#[test]
fn members_are_lossless_ordered_and_hashed() {
    for name in ["groupCall", "unknown", "unknownFutureValue", "", "GroupCall", "a,b", "17", "\u{1f600}"] {
        let json = serde_json::to_string(name).unwrap();
        let member: CallType = serde_json::from_str(&json).unwrap();
        assert_eq!((member.as_str(), serde_json::to_string(&member).unwrap()), (name, json));
        assert_eq!(member, CallType::from_wire(name));
        assert_eq!(
            matches!(member, CallType::Unlisted(_)),
            !["groupCall", "unknown", "unknownFutureValue"].contains(&name)
        );
    }
    let modalities: Vec<Modality> = serde_json::from_str(r#"["audio","x","audio","x","y"]"#).unwrap();
    assert_eq!(modalities.iter().collect::<BTreeSet<_>>().len(), 3);
    assert_eq!(modalities.iter().collect::<HashSet<_>>().len(), 3);
    assert_eq!(serde_json::from_str::<WifiBand>("\"frequency24GHz\"").unwrap(), WifiBand::Frequency24GHz);
    assert!(serde_json::from_str::<WifiBand>("1").is_err());
}
