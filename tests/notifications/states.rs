//! N-3: the secret that comes back in every notification.

use odata_runtime::notifications::{ClientStates, NoClientStates};
use odata_runtime::uuid::uuid;

use super::delivered;

#[test]
fn n3_only_what_has_the_state_is_kept() {
    let states = ClientStates::new(["the-state"]).unwrap();
    let mut delivery = delivered(
        r#"{"value":[{"clientState":"the-state","id":"1"},{"clientState":"The-state"},{"clientState":"the-stat"},
        {"clientState":"the-state "},{"clientState":""},{"clientState":null},{},
        {"clientState":"the-state","lifecycleEvent":"missed","id":"2"}]}"#,
    );
    assert_eq!(states.keep(&mut delivery.collection), 6);
    let ids: Vec<_> = delivery.collection.value.iter().flatten().filter_map(|it| it.id.as_deref()).collect();
    assert_eq!(ids, ["1", "2"]);
    // Nothing there, nothing dropped.
    assert_eq!(states.keep(&mut delivered("{}").collection), 0);
}

#[test]
fn n3_the_old_and_the_new_one_while_they_change() {
    let states = ClientStates::new(["new", "old"]).unwrap();
    for (given, has) in [("new", true), ("old", true), ("newold", false), ("", false), ("new, old", false)] {
        assert_eq!(states.has(Some(given)), has, "{given}");
    }
    assert!(!states.has(None));
}

/// R-9: tenants are mixed, and who has the state may say to be any of them.
#[test]
fn n3_only_from_the_tenants_that_are_served() {
    let states = ClientStates::new(["s"]).unwrap();
    let served = states.clone().only_from([uuid!("0f0e0d0c-1111-4222-8333-0b0a09080706")]);
    let body = r#"{"value":[{"clientState":"s","tenantId":"0f0e0d0c-1111-4222-8333-0b0a09080706","id":"1"},
        {"clientState":"s","tenantId":"1f0e0d0c-1111-4222-8333-0b0a09080706"},{"clientState":"s","tenantId":null},
        {"clientState":"s"},{"clientState":"x","tenantId":"0f0e0d0c-1111-4222-8333-0b0a09080706"},
        {"clientState":"s","tenantId":"0F0E0D0C-1111-4222-8333-0B0A09080706","lifecycleEvent":"missed","id":"2"}]}"#;
    let mut delivery = delivered(body);
    assert_eq!(served.keep(&mut delivery.collection), 4);
    let ids: Vec<_> = delivery.collection.value.iter().flatten().filter_map(|it| it.id.as_deref()).collect();
    assert_eq!(ids, ["1", "2"]);
    // Of all, where the app does not say; of none, where it serves none.
    assert_eq!(states.keep(&mut delivered(body).collection), 1);
    assert_eq!(states.only_from([]).keep(&mut delivered(body).collection), 6);
}

#[test]
fn n3_states_that_cannot_be() {
    assert_eq!(ClientStates::new([""; 0]).unwrap_err(), NoClientStates::None);
    assert_eq!(ClientStates::new([""]).unwrap_err(), NoClientStates::Length);
    assert_eq!(ClientStates::new(["s".repeat(129)]).unwrap_err(), NoClientStates::Length);
    let longest = "ß".repeat(128);
    assert!(ClientStates::new([&longest]).unwrap().has(Some(&longest)));
}
