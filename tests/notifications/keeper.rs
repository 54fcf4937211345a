//! The keeper of a subscription, on a clock that does not wait (N-1, N-2, N-9).

use std::time::Duration;

use graph_call_records::graph::{ChangeNotification, Subscription};
use graph_call_records::{CallRecord, Client};
use odata_runtime::from_str;
use odata_runtime::notifications::{Keeper, KeeperStep};
use odata_runtime::testing::{Exchange, InMemory};
use tokio::time::Instant;

use crate::clock::{at, client};

const URL: &str = "https://app.example/hook";
const ALL: &str = "/v1.0/subscriptions";
const ID: &str = "7a1f2c3d-0000-4000-8000-000000000001";
const OTHER: &str = "7a1f2c3d-0000-4000-8000-000000000002";
/// Ten minutes below the 4,230 that a subscription may live (N-2).
const LIFE: u64 = 4_220;

fn keeper(client: &Client) -> Keeper<Subscription> {
    client.keeper::<CallRecord>(URL, "a secret")
}

fn subscription(id: &str, more: &str) -> String {
    format!(
        r#"{{"id":"{id}","resource":"communications/callRecords","changeType":"created,updated","notificationUrl":"{URL}",{more}}}"#
    )
}

fn until(id: &str, minutes: u64) -> String {
    subscription(id, &format!(r#""expirationDateTime":"{}""#, at(minutes)))
}

fn listed(items: &[String]) -> Exchange {
    Exchange::get(ALL).json(format!(r#"{{"value":[{}]}}"#, items.join(",")))
}

fn created(id: &str, minutes: u64) -> Exchange {
    let body = format!(
        r#"{{"changeType":"created,updated","notificationUrl":"{URL}","resource":"communications/callRecords","expirationDateTime":"{}","clientState":"a secret"}}"#,
        at(minutes)
    );
    Exchange::post(ALL).expects_json(body).status(201).json(until(id, minutes))
}

fn patched(id: &str, minutes: u64) -> Exchange {
    let body = format!(r#"{{"expirationDateTime":"{}"}}"#, at(minutes));
    Exchange::patch(format!("{ALL}/{id}")).expects_json(body)
}

fn renewed(id: &str, minutes: u64) -> Exchange {
    patched(id, minutes).json(until(id, minutes))
}

fn event(subscription: &str, event: &str) -> ChangeNotification {
    from_str(&format!(r#"{{"subscriptionId":"{subscription}","lifecycleEvent":"{event}"}}"#)).unwrap()
}

/// What the next steps are, and at which minute each was done.
async fn steps(keeper: &mut Keeper<Subscription>, count: usize) -> Vec<(KeeperStep, u64)> {
    let began = Instant::now();
    let mut steps = Vec::new();
    for _ in 0..count {
        let kept = keeper.next().await.unwrap();
        steps.push((kept.what, began.elapsed().as_secs() / 60));
    }
    steps
}

fn script(exchanges: impl IntoIterator<Item = Exchange>) -> InMemory {
    let service = InMemory::in_order();
    exchanges.into_iter().for_each(|it| service.expect(it));
    service
}

#[tokio::test(start_paused = true)]
async fn n1_n2_one_is_made_and_renewed_at_half_life_for_ever() {
    let service = script([
        listed(&[]),
        created(ID, LIFE),
        renewed(ID, LIFE / 2 + LIFE),
        renewed(ID, LIFE + LIFE),
        renewed(ID, LIFE / 2 * 3 + LIFE),
    ]);
    let mut keeper = keeper(&client(&service, 0.0));
    let half = LIFE / 2;
    let did = steps(&mut keeper, 4).await;
    let renewed = [1, 2, 3].map(|it| (KeeperStep::Renewed, it * half));
    assert_eq!(did, [&[(KeeperStep::Created, 0)], &renewed[..]].concat());
    service.verify().unwrap();
}

#[tokio::test(start_paused = true)]
async fn n2_no_life_is_longer_than_the_longest() {
    let service = script([listed(&[]), created(ID, LIFE)]);
    let mut keeper = keeper(&client(&service, 0.0)).life(Duration::from_secs(4_320 * 60));
    let kept = keeper.next().await.unwrap();
    assert!(kept.may_have_missed());
    assert_eq!((kept.id, kept.expires.to_string()), (ID.to_owned(), at(LIFE)));
    service.verify().unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_jitter_brings_a_renewal_forward() {
    let service = script([listed(&[]), created(ID, LIFE), patched(ID, LIFE / 10 * 4 + LIFE).status(204)]);
    let mut keeper = keeper(&client(&service, 1.0));
    assert_eq!(steps(&mut keeper, 2).await[1], (KeeperStep::Renewed, LIFE / 10 * 4), "an empty answer will do");
    service.verify().unwrap();
}

/// Its state is what the service lists: a restart makes no second one, and renews the first when its time comes.
#[tokio::test(start_paused = true)]
async fn after_a_restart_the_one_that_is_there_is_found() {
    let elsewhere = r#"{"id":"x","resource":"users","notificationUrl":"https://app.example/hook","expirationDateTime":"2031-06-01T00:00:00Z"}"#;
    let other_url = until("y", 9_000).replace(URL, "https://other.example/hook");
    let expired = until("z", 0);
    let ours = until(ID, 3_000).replace("communications/", "/communications/");
    let service = script([
        listed(&[elsewhere.to_owned(), other_url, expired, until(OTHER, 2_500), ours]),
        renewed(ID, 890 + LIFE),
    ]);
    let mut keeper = keeper(&client(&service, 0.0));
    let did = steps(&mut keeper, 2).await;
    assert_eq!(did, [(KeeperStep::Found, 0), (KeeperStep::Renewed, 3_000 - LIFE / 2)]);
    service.verify().unwrap();
}

#[tokio::test(start_paused = true)]
async fn one_that_is_found_late_is_renewed_at_once() {
    let service = script([listed(&[until(ID, 5)]), renewed(ID, LIFE)]);
    let did = steps(&mut keeper(&client(&service, 0.0)), 2).await;
    assert_eq!(did, [(KeeperStep::Found, 0), (KeeperStep::Renewed, 0)]);
    service.verify().unwrap();
}

/// N-9: a lifecycle URL cannot be given later.
#[tokio::test(start_paused = true)]
async fn n9_one_that_is_made_otherwise_is_replaced() {
    let lifecycle = "https://app.example/life";
    let service = InMemory::in_order();
    service.expect(listed(&[until(OTHER, 4_000)]));
    service.expect(Exchange::delete(format!("{ALL}/{OTHER}")).status(204));
    let body = format!(
        r#"{{"changeType":"updated","notificationUrl":"{URL}","lifecycleNotificationUrl":"{lifecycle}","resource":"communications/callRecords","expirationDateTime":"{}","clientState":"a secret"}}"#,
        at(LIFE)
    );
    service.expect(Exchange::post(ALL).expects_json(body).status(201).json(until(ID, LIFE)));
    let mut keeper = keeper(&client(&service, 0.0)).lifecycle_url(lifecycle).changes("updated");
    assert_eq!(steps(&mut keeper, 1).await, [(KeeperStep::Created, 0)]);
    service.verify().unwrap();
}

#[tokio::test(start_paused = true)]
async fn one_that_is_gone_is_made_again() {
    let gone = Exchange::patch(format!("{ALL}/{ID}")).status(404).json(r#"{"error":{"code":"ResourceNotFound"}}"#);
    let service = script([listed(&[]), created(ID, LIFE), gone, listed(&[]), created(OTHER, LIFE / 2 + LIFE)]);
    let mut keeper = keeper(&client(&service, 0.0));
    assert_eq!(steps(&mut keeper, 2).await[1], (KeeperStep::Created, LIFE / 2));
    service.verify().unwrap();
}

#[tokio::test(start_paused = true)]
async fn n9_lifecycle_events_are_seen_to_at_once() {
    let service = script([
        listed(&[]),
        created(ID, LIFE),
        Exchange::post(format!("{ALL}/{ID}/microsoft.graph.reauthorize")).status(204),
        listed(&[]),
        created(OTHER, LIFE + 3),
    ]);
    let mut keeper = keeper(&client(&service, 0.0));
    let news = keeper.news();
    assert!(!news.tell(&event(ID, "reauthorizationRequired")), "nothing is kept yet");
    keeper.next().await.unwrap();
    assert!(!news.tell(&event(OTHER, "subscriptionRemoved")), "it is another one");
    assert!(!news.tell(&event(ID, "somethingNew")));
    let hear = |name: &'static str| {
        let news = news.clone();
        async move {
            tokio::time::sleep(Duration::from_secs(60)).await;
            assert!(news.tell(&event(ID, name)));
            std::future::pending::<()>().await;
        }
    };
    let mut did = Vec::new();
    for name in ["reauthorizationRequired", "missed", "subscriptionRemoved"] {
        tokio::select! {
            kept = keeper.next() => did.push(kept.unwrap().what),
            () = hear(name) => {}
        }
    }
    assert_eq!(did, [KeeperStep::Reauthorized, KeeperStep::Missed, KeeperStep::Created]);
    service.verify().unwrap();
}

/// N-2: a renewal reauthorizes too; and a service that refuses the one must not keep the app from the other.
#[tokio::test(start_paused = true)]
async fn n2_a_renewal_that_is_due_reauthorizes_too() {
    let service = script([listed(&[]), created(ID, LIFE), renewed(ID, LIFE / 2 + LIFE), renewed(ID, LIFE + LIFE)]);
    let mut keeper = keeper(&client(&service, 0.0));
    keeper.next().await.unwrap();
    tokio::time::sleep(Duration::from_secs(LIFE / 2 * 60)).await;
    assert!(keeper.news().tell(&event(ID, "reauthorizationRequired")));
    assert_eq!(steps(&mut keeper, 2).await, [(KeeperStep::Renewed, 0), (KeeperStep::Renewed, LIFE / 2)]);
    service.verify().unwrap();
}

/// What is dropped in the middle is done by the next call; what the service did meanwhile is found.
#[tokio::test(start_paused = true)]
async fn it_may_be_dropped_at_any_time() {
    let service = script([
        listed(&[]),
        created(ID, LIFE).after(Duration::from_secs(5)),
        listed(&[until(ID, LIFE)]),
        renewed(ID, LIFE / 2 + LIFE),
    ]);
    let mut keeper = keeper(&client(&service, 0.0));
    let second = Duration::from_secs(1);
    assert!(tokio::time::timeout(second, keeper.next()).await.is_err());
    let began = Instant::now();
    assert_eq!(keeper.next().await.unwrap().what, KeeperStep::Found);
    assert!(tokio::time::timeout(second, keeper.next()).await.is_err(), "it waits");
    assert_eq!(keeper.next().await.unwrap().what, KeeperStep::Renewed);
    assert_eq!(began.elapsed().as_secs(), LIFE / 2 * 60 - 1, "and for no longer than it would have");
    service.verify().unwrap();
}

#[tokio::test(start_paused = true)]
async fn after_an_error_it_waits_and_tries_again() {
    let busy = |wait: &str| Exchange::get(ALL).status(503).header("retry-after", wait);
    let service = script([
        busy("0"),
        busy("3600"),
        listed(&[]),
        Exchange::post(ALL).status(403).json(r#"{"error":{"code":"Forbidden"}}"#),
    ]);
    let mut keeper = keeper(&client(&service, 1.0)).life(Duration::from_secs(3_600));
    let began = Instant::now();
    let mut waits = Vec::new();
    for _ in 0..3 {
        keeper.next().await.unwrap_err();
        waits.push(began.elapsed().as_secs());
    }
    assert_eq!(waits[0], 0);
    assert_eq!(waits[1], 30);
    assert!(waits[2] >= 3_630, "as long as the service asks for: {waits:?}");
    service.verify().unwrap();
}

#[tokio::test(start_paused = true)]
async fn it_is_removed_on_request() {
    let service = script([listed(&[]), created(ID, LIFE), Exchange::delete(format!("{ALL}/{ID}")).status(204)]);
    let mut first = keeper(&client(&service, 0.0));
    first.next().await.unwrap();
    first.delete().await.unwrap();
    service.verify().unwrap();

    // One that has only just begun knows of none; that it is gone already is well.
    let service = script([listed(&[until(ID, LIFE)]), Exchange::delete(format!("{ALL}/{ID}")).status(404)]);
    keeper(&client(&service, 0.0)).delete().await.unwrap();
    service.verify().unwrap();
}

#[tokio::test(start_paused = true)]
async fn debug_shows_no_secret() {
    let service = script([listed(&[]), created(ID, LIFE)]);
    let mut keeper = keeper(&client(&service, 0.0));
    let kept = keeper.next().await.unwrap();
    let shown = format!("{keeper:?} {:?} {kept:?} {kept}", keeper.news());
    assert!(!shown.contains("a secret") && !shown.contains("app.example"), "{shown}");
    assert!(shown.contains(ID));
}
