//! N-5, N-6, N-9, CR-35: every form of a delivery that there is.

use std::fmt::Write as _;

use graph_call_records::CallRecord;
use graph_call_records::graph::{ChangeNotificationCollection, ChangeType, LifecycleEventType};
use odata_runtime::bytes::Bytes;
use odata_runtime::http::Request;
use odata_runtime::notifications::{Incoming, MAX_BODY, Notification, Refused, accepted, try_again};
use odata_runtime::{Value, from_str, to_string};

use super::{delivered, is_no_page, post, received, support};

#[test]
fn cr35_a_notification_and_a_lifecycle_event_in_one_delivery() {
    let delivery = delivered(include_str!("../responses/notification.json"));
    assert_eq!(delivery.unreadable, 0);
    let [change, event] = delivery.collection.value.as_deref().unwrap() else { panic!("{delivery:?}") };
    assert_eq!(change.change_type, Some(ChangeType::Created));
    assert_eq!(change.resource_as::<CallRecord>().unwrap().as_str(), "7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f");
    // N-6: neither changeType nor resource, although the metadata says that they are always there.
    assert_eq!((&event.change_type, &event.resource), (&None, &None));
    assert_eq!(event.lifecycle_event, Some(LifecycleEventType::ReauthorizationRequired));
    assert_eq!(event.event(), Some("reauthorizationRequired"));
    // Cases of a Guid are one.
    assert_eq!(change.subscription(), event.subscription());
}

#[test]
fn n9_every_lifecycle_event_and_one_that_is_new() {
    for word in ["reauthorizationRequired", "subscriptionRemoved", "missed", "subscriptionPaused"] {
        let delivery = delivered(&format!(r#"{{"value":[{{"lifecycleEvent":"{word}","clientState":"s"}}]}}"#));
        assert_eq!(delivery.collection.value.unwrap()[0].event(), Some(word));
    }
}

#[test]
fn n5_subscriptions_and_tenants_and_change_types_are_mixed() {
    let mut body = String::from(r#"{"value":["#);
    for (index, change) in ["created", "updated", "deleted", "archived", "created,updated"].iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(
            body,
            r#"{comma}{{"subscriptionId":"5a5a5a5a-1111-4222-8333-00000000000{index}","tenantId":"0f0e0d0c-1111-4222-8333-00000000000{index}","changeType":"{change}","resource":"communications/callRecords/7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0{index}"}}"#
        )
        .unwrap();
    }
    body += "]}";
    let delivery = delivered(&body);
    let items = delivery.collection.value.unwrap();
    assert_eq!(items.len(), 5);
    // W-1: what the crate does not list is kept.
    assert_eq!(items[3].change_type.as_ref().unwrap().as_str(), "archived");
    for (index, item) in items.iter().enumerate() {
        assert!(item.tenant().unwrap().to_string().ends_with(&index.to_string()));
        assert!(item.resource_as::<CallRecord>().unwrap().as_str().ends_with(&index.to_string()));
    }
}

/// One that cannot be read is none the worse for the others: they would be sent again for four hours, and then lost.
#[test]
fn n6_what_cannot_be_read_leaves_the_rest() {
    let good = r#"{"clientState":"s","changeType":"updated"}"#;
    let body =
        format!(r#"{{"value":[{{"subscriptionId":"NA"}},{good},7,null,{good}],"validationTokens":["t"],"new":0.10}}"#);
    let delivery = delivered(&body);
    assert_eq!(delivery.unreadable, 3);
    assert_eq!(delivery.collection.value.as_ref().unwrap().len(), 2);
    assert_eq!(
        to_string(&delivery.collection.value.unwrap()[1]).unwrap(),
        r#"{"changeType":"updated","clientState":"s"}"#
    );
    // Nothing else is lost on the way.
    assert_eq!(delivery.collection.validation_tokens.unwrap(), ["t"]);
    assert_eq!(delivery.collection.extra.get("new").unwrap().as_json(), "0.10");
}

/// Of two members of one name the last stands, however the delivery is read.
#[test]
fn n6_members_that_are_there_twice() {
    let good = r#"[{"id":"last"}]"#;
    for (body, unreadable) in [
        (format!(r#"{{"value":[{{"id":"first"}}],"value":{good}}}"#), 0),
        (format!(r#"{{"value":[7],"value":{good}}}"#), 0),
        (r#"{"value":[{"id":"first"}],"value":[7,{"id":"last"}]}"#.to_owned(), 1),
        (r#"{"value":[{"id":"first","id":"last"}]}"#.to_owned(), 0),
    ] {
        let delivery = delivered(&body);
        let ids: Vec<_> = delivery.collection.value.iter().flatten().filter_map(|it| it.id.as_deref()).collect();
        assert_eq!((ids.as_slice(), delivery.unreadable), (&["last"][..], unreadable), "{body}");
    }
}

#[test]
fn n6_a_delivery_of_nothing() {
    for body in ["{}", r#"{"value":[]}"#, r#"{"value":null}"#, "\u{feff}{}", " { } "] {
        let delivery = delivered(body);
        assert_eq!((delivery.unreadable, delivery.collection.value.unwrap_or_default().len()), (0, 0), "{body}");
    }
}

#[test]
fn r9_what_is_no_delivery_is_refused() {
    for body in ["", " ", "null", "[]", "7", "<html></html>", "{", r#"{"value":{}}"#, r#"{"value":"x"}"#, "{}{}"] {
        let refused = received(&post(body)).unwrap_err();
        assert!(matches!(refused, Refused::Unreadable(_)), "{body}: {refused:?}");
        let response = refused.response();
        assert_eq!(response.status(), 400);
        assert!(is_no_page(&response));
    }
    let deep = "[".repeat(100_000);
    assert!(matches!(received(&post(format!(r#"{{"value":{deep}"#))), Err(Refused::Unreadable(_))));
}

#[test]
fn r9_media_types_and_encodings() {
    let with = |name: &str, value: &str| {
        let request = Request::post("https://app.example/hook").header(name, value);
        received(&request.body(Bytes::from_static(b"{}")).unwrap())
    };
    for media in ["application/json", "Application/JSON; charset=utf-8", "application/cloudevents+json"] {
        assert!(with("content-type", media).is_ok(), "{media}");
    }
    for media in ["text/plain", "text/html", "application/jsonx", "", "application/xml"] {
        assert_eq!(with("content-type", media).unwrap_err(), Refused::NotJson, "{media}");
    }
    assert!(with("content-encoding", "identity").is_ok());
    for encoding in ["gzip", "br", "identity, gzip"] {
        let refused = with("content-encoding", encoding).unwrap_err();
        assert_eq!(refused, Refused::Compressed, "{encoding}");
        assert_eq!(refused.response().headers()["accept-encoding"], "identity");
        assert_eq!(refused.response().status(), 415);
    }
    let silent = Request::post("https://app.example/hook").body(Bytes::from_static(b"{}")).unwrap();
    assert!(received(&silent).is_ok());
}

#[test]
fn r9_five_mebibytes_are_taken_and_one_byte_more_is_not() {
    let padded = |length: usize| post(format!("{{}}{}", " ".repeat(length - 2)));
    assert!(matches!(received(&padded(MAX_BODY)), Ok(Incoming::Delivery(_))));
    let refused = received(&padded(MAX_BODY + 1)).unwrap_err();
    assert_eq!((&refused, refused.response().status().as_u16()), (&Refused::TooLong, 413));
}

/// Empty objects of three bytes become some hundred bytes each.
#[test]
fn r9_a_body_of_nothing_but_empty_objects_takes_no_memory() {
    let body = format!(r#"{{"value":[{}{{}}]}}"#, "{},".repeat(1_500_000));
    assert!(body.len() < MAX_BODY);
    assert_eq!(received(&post(body)).unwrap_err(), Refused::TooLong);
    for value in ["7", "\"\"", "[]"] {
        let body = format!(r#"{{"validationTokens":[{}{value}]}}"#, format!("{value},").repeat(1_000_000));
        assert_eq!(received(&post(body)).unwrap_err(), Refused::TooLong, "{value}");
    }
    let real = format!(r#"{{"value":[{}{{}}]}}"#, r#"{"resourceData":{}},"#.repeat(10_000));
    assert_eq!(delivered(&real).collection.value.unwrap().len(), 10_001);
}

#[test]
fn n5_what_is_answered() {
    for (answer, status) in [(accepted(), 202), (try_again(), 503)] {
        assert_eq!((answer.status().as_u16(), answer.body().len()), (status, 0));
        assert!(is_no_page(&answer));
    }
    assert!(try_again().headers().contains_key("retry-after"));
}

/// What stands in braces in published samples, each by a value of its type.
fn filled(published: &str) -> String {
    let mut text = published.to_owned();
    for (words, value) in [
        ("{Subscription id}", "5a5a5a5a-1111-4222-8333-444444444444"),
        ("{subscription_guid}", "5a5a5a5a-1111-4222-8333-444444444444"),
        ("<subscription_guid>", "5a5a5a5a-1111-4222-8333-444444444444"),
        ("{Organization/Tenant id}", "0f0e0d0c-1111-4222-8333-0b0a09080706"),
        ("<tenant_guid>", "0f0e0d0c-1111-4222-8333-0b0a09080706"),
        ("{Call id}", "7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f"),
    ] {
        text = text.replace(words, value);
    }
    text
}

/// Every published form, of other resources than ours too, of lifecycle events, and of Event Hubs, which is no webhook.
#[test]
fn n6_every_published_form() {
    let Some(corpus) = support::corpus("n6_every_published_form") else { return };
    let folder = corpus.join("responses");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.contains("notification") || path.extension().is_none_or(|it| it != "json") {
            continue;
        }
        let body = filled(&std::fs::read_to_string(&path).unwrap());
        let delivery = delivered(&body);
        let items = delivery.collection.value.as_deref().unwrap();
        if name.contains("eventhub") {
            assert_eq!((items.len(), delivery.unreadable), (0, 1), "{name}");
        } else {
            assert!(!items.is_empty() && delivery.unreadable == 0, "{name}: {delivery:?}");
            assert!(same(&body, &delivery.collection), "{name}");
        }
        let is_ours = name.contains("callrecord");
        assert!(items.iter().all(|it| it.resource_as::<CallRecord>().is_ok() == is_ours), "{name}");
        let is_event = name.contains("lifecycle");
        assert!(items.iter().all(|it| it.event().is_some() == is_event), "{name}");
        read += 1;
    }
    assert!(read >= 8, "only {read}");
}

/// Nothing is lost: read again, what was written is the same.
fn same(body: &str, collection: &ChangeNotificationCollection) -> bool {
    fn again<T: Value>(it: &T) -> T {
        from_str(&to_string(it).unwrap()).unwrap()
    }
    again(collection) == *collection && from_str::<ChangeNotificationCollection>(body).unwrap() == *collection
}
