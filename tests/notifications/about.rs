//! N-8, CR-35, W-31: from a notification to the request for what changed.

use graph_call_records::{CallRecord, Client, Session};
use odata_runtime::client::StaticToken;
use odata_runtime::notifications::{Listed, NotResource, Notification, Resource, ResourceId};
use odata_runtime::testing::{Exchange, InMemory};

use super::delivered;

const ID: &str = "7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f";

/// The id that a notification with these properties is about.
fn about(properties: &str) -> Result<String, NotResource> {
    let delivery = delivered(&format!(r#"{{"value":[{{{properties}}}]}}"#));
    let notification = delivery.collection.value.unwrap().remove(0);
    notification.resource_as::<CallRecord>().map(|it| it.to_string())
}

#[test]
fn n8_the_path_says_what_it_is_about() {
    for properties in [
        format!(r#""resource":"communications/callRecords/{ID}""#),
        format!(r#""resource":"/communications/callRecords/{ID}""#),
        format!(r#""resource":"/communications/callRecords('{ID}')""#),
        format!(r#""resource":"Communications/CallRecords/{}""#, ID.to_uppercase()),
        format!(r#""resource":"communications/callRecords('{ID}')""#),
        format!(r#""resource":"communications/callRecords/{ID}","resourceData":{{"id":"{}"}}"#, ID.to_uppercase()),
        format!(r#""resource":"communications/callRecords/{ID}","resourceData":{{"id":null}}"#),
        // CR-35: the type in the wrong case and namespace; and in the right one.
        format!(
            r##""resource":"communications/callRecords/{ID}","resourceData":{{"@odata.type":"#Microsoft.Graph.callrecord"}}"##
        ),
        format!(
            r##""resource":"communications/callRecords/{ID}","resourceData":{{"@odata.type":"#microsoft.graph.callRecords.callRecord","id":"{ID}"}}"##
        ),
        format!(r#""resourceData":{{"@odata.id":"communications/callRecords/{ID}","id":"{ID}"}}"#),
    ] {
        assert_eq!(about(&properties).as_deref(), Ok(ID), "{properties}");
    }
}

#[test]
fn n8_what_is_no_id_makes_no_request() {
    let path = |id: &str| about(&format!(r#""resource":"communications/callRecords/{id}""#));
    for id in [
        "",
        "..",
        "%2e%2e",
        "7d3f1c52",
        "7d3f1c5290ab4e6f81235a6b7c8d9e0f",
        "{7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f}",
        "7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0g",
        "7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f?$expand=sessions",
        "7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f#",
        "7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f%2F..",
        "７d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f",
    ] {
        assert_eq!(path(id), Err(NotResource::BadId), "{id}");
    }
    let good = format!(r#""resource":"communications/callRecords/{ID}","resourceData""#);
    assert_eq!(about(&format!(r#"{good}:{{"id":"../users"}}"#)), Err(NotResource::BadId));
    assert_eq!(about(&format!(r#"{good}:{{"id":7}}"#)), Err(NotResource::BadId));
    let other = ID.replace('7', "8");
    assert_eq!(about(&format!(r#"{good}:{{"id":"{other}"}}"#)), Err(NotResource::TwoIds));
}

#[test]
fn n6_what_is_about_something_else() {
    for properties in [
        "",
        r#""changeType":"created""#,
        r#""resource":"communications/callRecords""#,
        r#""resource":"users/1/messages/2""#,
        r#""resource":"communications/onlineMeetings/7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f""#,
        r#""resource":"communications/callRecords/7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f/sessions""#,
        r#""resource":"https://evil.example/communications/callRecords/7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f""#,
        r#""resource":"communications/callRecordsé""#,
        r#""resource":"//communications/callRecords/7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f""#,
        r#""resource":"communications//callRecords/7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f""#,
        r#""resource":"./communications/callRecords/7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f""#,
        r#""resource":"communications/./callRecords/7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f""#,
        r#""resource":"communications/callRecords/../callRecords/7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f""#,
        r#""resource":"communications/callRecords/7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f/""#,
        r#""resource":"communications%2FcallRecords/7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f""#,
        r#""resource":"communications\\callRecords\\7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f""#,
        r#""resource":"communications/callRecords('7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f')/sessions""#,
        r#""resource":"communications/callRecords(7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f)""#,
        r#""resource":"communications/callRecords(%277d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f%27)""#,
        r#""resource":"communications/callRecords7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f""#,
        r#""resource":"","resourceData":{"@odata.id":"communications/callRecords/7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f"}"#,
        r#""resourceData":{"@odata.id":"https://evil.example/communications/callRecords/7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f"}"#,
        r#""resourceData":{"@odata.id":7}"#,
        r##""resource":"communications/callRecords/7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f","resourceData":{"@odata.type":"#Microsoft.Graph.Message"}"##,
    ] {
        assert_eq!(about(properties), Err(NotResource::Other), "{properties}");
    }
    let event = format!(r#""lifecycleEvent":"missed","resource":"communications/callRecords/{ID}""#);
    assert_eq!(about(&event), Err(NotResource::Event));
}

#[tokio::test]
async fn n8_from_a_notification_to_the_record() {
    let service = InMemory::new();
    service.expect(
        Exchange::get(format!("/v1.0/communications/callRecords/{ID}?$expand=sessions($expand=segments)"))
            .json(format!(r#"{{"id":"{ID}","version":3}}"#)),
    );
    let client = Client::builder().tokens(StaticToken::new("t")).transport(service.clone()).build().unwrap();
    let delivery = delivered(include_str!("../responses/notification.json"));
    let id = delivery.collection.value.unwrap()[0].resource_as::<CallRecord>().unwrap();
    let get = client.by_resource(&id).get();
    let record = get.expand(CallRecord::SESSIONS.expand(Session::SEGMENTS)).send().await.unwrap();
    service.verify().unwrap();
    assert_eq!(record.version(), Some(3));
    assert_eq!(Resource::id(&record).as_deref(), Some(ID));
}

#[test]
fn what_the_configuration_says_of_a_record() {
    assert_eq!(CallRecord::SUBSCRIPTION, "communications/callRecords");
    // N-2, CR-11.
    assert_eq!(CallRecord::LONGEST_LIFE.as_secs(), 4230 * 60);
    assert_eq!(CallRecord::RETENTION.unwrap().as_secs(), 30 * 24 * 60 * 60);
    assert_eq!(CallRecord::SINCE.name(), "startDateTime");
}

#[tokio::test]
async fn n10_records_since_a_time() {
    let service = InMemory::new();
    let list = "/v1.0/communications/callRecords?$filter=startDateTime%20ge%202031-05-06T07%3A08%3A09Z";
    service.expect(Exchange::get(list).json(r#"{"value":[{"startDateTime":"2031-05-06T07:08:10Z"}]}"#));
    let client = Client::builder().tokens(StaticToken::new("t")).transport(service.clone()).build().unwrap();
    let mut list = CallRecord::list(client.as_ref());
    list.filter(CallRecord::SINCE.ge("2031-05-06T07:08:09Z".parse::<odata_runtime::Timestamp>().unwrap()));
    let page = list.send().await.unwrap();
    service.verify().unwrap();
    assert_eq!(page.items()[0].since().unwrap().to_string(), "2031-05-06T07:08:10Z");
}

#[test]
fn n8_an_id_is_its_text() {
    let id: ResourceId<CallRecord> = ID.to_uppercase().parse().unwrap();
    assert_eq!(id, ResourceId::new(ID).unwrap());
    assert_eq!((id.to_string(), format!("{id:?}")), (ID.to_owned(), format!("ResourceId({ID})")));
}
