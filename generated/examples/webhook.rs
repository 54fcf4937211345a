//! A webhook that is told of calls: it writes down what it is told, answers, and only then asks for the records.
//!
//! `cargo run --example webhook --features notifications,testing -- --demo`, or `.. -- https://app.example/hook` with a
//! secret for the subscription in `CLIENT_STATE`: then a subscription to that URL is kept alive, and what comes there
//! is to be led to the port that is printed. It listens on this machine only, on `WEBHOOK_PORT` if that is set. What
//! waits is in the file `WEBHOOK_JOURNAL`.

#[path = "support/journal.rs"]
mod journal;
mod support;

use std::env;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{to_bytes, Body};
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use graph_call_records::graph::{ChangeNotificationCollection, Subscription};
use graph_call_records::odata_runtime::notifications::*;
use graph_call_records::odata_runtime::{reqwest, SignedDuration, Timestamp};
use graph_call_records::{CallRecord, Client, Endpoint, Error, Session};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use journal::{Journal, Told};
use support::Failed;

const DEMO_STATE: &str = "a secret of the app";
/// The service waits for three seconds (N-5); a disk that is slower is none to rely on.
const DISK: Duration = Duration::from_secs(2);
/// A record may be an hour late. After so many times it never comes.
const TRIES: u32 = 90;
const PAUSE: Duration = Duration::from_secs(60);

struct App {
    states: ClientStates,
    journal: Journal,
    /// Something waits.
    more: Notify,
    news: KeeperNews,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failed> {
    let setting = support::Setting::new("webhook")?;
    if setting.demo.is_some() {
        return demo(&setting).await;
    }
    let (client, state) = (setting.client.clone(), support::set("CLIENT_STATE")?);
    let file = env::var_os("WEBHOOK_JOURNAL").map_or_else(|| PathBuf::from("webhook.journal"), PathBuf::from);
    let number = |name, default| env::var(name).map_or(Ok(default), |it| it.parse::<usize>());
    // Without a URL, somebody else sees to the subscription.
    let url = setting.argument("the URL that notifications go to", "").ok();
    let keeper = url.map(|url| client.keeper::<CallRecord>(url, state.as_str()).lifecycle_url(url));
    let app = Arc::new(App {
        states: ClientStates::new([state])?,
        journal: Journal::open(&file, number("WEBHOOK_QUEUE", 100_000)?)?,
        more: Notify::new(),
        news: keeper.as_ref().map(Keeper::news).unwrap_or_default(),
    });
    let (address, server) = serve(&app, u16::try_from(number("WEBHOOK_PORT", 0)?)?).await?;
    println!("listening on {address}");
    // The service calls the webhook before it makes a subscription.
    if let Some(keeper) = keeper {
        tokio::spawn(keep(keeper, client.clone(), app.clone()));
    }
    tokio::spawn(work(client, app));
    Ok(server.await??)
}

/// Takes what comes to a port of this machine; 0 is one that is free.
async fn serve(app: &Arc<App>, port: u16) -> io::Result<(SocketAddr, JoinHandle<io::Result<()>>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = listener.local_addr()?;
    let router = Router::new().fallback(hook).with_state(app.clone());
    Ok((address, tokio::spawn(async move { axum::serve(listener, router).await })))
}

/// What comes in: written down, then answered. Nothing is asked of the service here.
async fn hook(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        return answer;
    };
    let answer = match receive::<ChangeNotificationCollection>(&parts.method, &parts.uri, &parts.headers, &body) {
        Ok(Incoming::Handshake(answer)) => answer,
        Ok(Incoming::Delivery(mut delivery)) => {
            app.states.keep(&mut delivery.collection);
            let mut ids = Vec::new();
            for notification in delivery.collection.items() {
                match notification.resource_as::<CallRecord>() {
                    Ok(id) => ids.push(id.to_string()),
                    Err(_) => _ = app.news.tell(notification),
                }
            }
            if app.write_down(ids).await { accepted() } else { try_again() }
        }
        Err(refused) => refused.response(),
    };
    answer.map(Body::from)
}

impl App {
    /// Whether the ids are on the disk.
    async fn write_down(self: &Arc<Self>, ids: Vec<String>) -> bool {
        let app = self.clone();
        let written = tokio::task::spawn_blocking(move || {
            let is_written = app.journal.tell(ids).is_ok_and(|it| it);
            app.more.notify_one();
            is_written
        });
        matches!(tokio::time::timeout(DISK, written).await, Ok(Ok(true)))
    }
}

/// Works off what was written down, also by a process before this one.
async fn work(client: Client, app: Arc<App>) {
    loop {
        let Some(told) = app.journal.next() else {
            app.more.notified().await;
            continue;
        };
        match fetch(&client, &told).await {
            Err(error) if !(error.is_not_found() && told.tries >= TRIES) => {
                eprintln!("{}: {error}", told.id);
                let app = app.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(PAUSE).await;
                    app.journal.again(told);
                    app.more.notify_one();
                });
            }
            done => {
                done.unwrap_or_else(|error| eprintln!("{}: given up: {error}", told.id));
                app.journal.done(&told).unwrap_or_else(|fault| eprintln!("{fault}"));
            }
        }
    }
}

/// Keeps the subscription alive, and looks for what nobody told of when there may be such.
async fn keep(mut keeper: Keeper<Subscription>, client: Client, app: Arc<App>) {
    loop {
        match keeper.next().await {
            Ok(kept) => {
                println!("{kept}");
                if kept.may_have_missed() {
                    let yesterday = Timestamp::now() - SignedDuration::from_hours(24);
                    let mut missed = client.backfill::<CallRecord>(yesterday);
                    while let Some(Ok(record)) = missed.next().await {
                        app.write_down(record.id.into_iter().collect()).await;
                    }
                }
            }
            Err(error) => eprintln!("{error}"),
        }
    }
}

/// Asks for the record and prints it.
async fn fetch(client: &Client, told: &Told) -> Result<(), Error> {
    let Ok(id) = told.id.parse::<ResourceId<CallRecord>>() else { return Ok(()) };
    let request = client.by_resource(&id).get().expand(CallRecord::SESSIONS.expand(Session::SEGMENTS));
    let record = request.send().await?;
    // The first 60 come with the record; `all` asks for the rest.
    let sessions = record.sessions.unwrap_or_default().all(client).await?;
    let time = |it: Option<Timestamp>| it.map_or("?".to_owned(), |it| it.to_string());
    let mut who: Vec<&str> = sessions.iter().filter_map(|it| name(it.caller.as_ref())).collect();
    who.dedup();
    let how: Vec<&str> = record.modalities.iter().flatten().map(|it| it.as_str()).collect();
    let segments = sessions.iter().flat_map(|it| it.segments.iter().flatten());
    let streams = segments.flat_map(|it| it.media.iter().flatten()).flat_map(|it| it.streams.iter().flatten());
    let worst = streams.filter_map(|it| it.max_packet_loss_rate).fold(0.0, f32::max);
    println!("call {id}, version {}", record.version.unwrap_or_default());
    println!("  who: {}", who.join(", "));
    println!("  when: {} to {}", time(record.start_date_time), time(record.end_date_time));
    println!("  how: {}", how.join(", "));
    println!("  {} sessions, at worst {:.1} % of packets lost", sessions.len(), worst * 100.0);
    Ok(())
}

fn name(endpoint: Option<&Endpoint>) -> Option<&str> {
    let Some(Endpoint::Participant(it)) = endpoint else { return None };
    it.associated_identity.as_ref()?.display_name.as_deref()
}

/// Plays the service: the handshake, what somebody else sends, and the notification of a call.
async fn demo(setting: &support::Setting) -> Result<(), Failed> {
    let file = env::temp_dir().join(format!("webhook-demo-{}.journal", std::process::id()));
    let app = Arc::new(App {
        states: ClientStates::new([DEMO_STATE])?,
        journal: Journal::open(&file, 10)?,
        more: Notify::new(),
        news: KeeperNews::default(),
    });
    let (address, _server) = serve(&app, 0).await?;
    let (service, url) = (reqwest::Client::builder().no_proxy().build()?, format!("http://{address}/"));
    let token = "Validation: Testing client application reachability";
    let answer = service.post(format!("{url}?validationToken={}", token.replace(' ', "+"))).send().await?;
    println!("handshake: {}, {:?}", answer.status().as_u16(), answer.text().await?);
    for (what, id, state) in [
        ("from a stranger", "00000000-0000-4000-8000-000000000000", "a guess"),
        ("from the service", "c1f0a5de-3f42-4c8e-9d0b-7a5f2f6e9b11", DEMO_STATE),
    ] {
        let body = format!(
            r##"{{"value": [{{
                "subscriptionId": "3d27b0bf-31a1-5942-9a65-fccb80e9f3cc",
                "clientState": "{state}",
                "changeType": "updated",
                "resource": "communications/callRecords/{id}",
                "resourceData": {{"@odata.type": "#microsoft.graph.callrecord", "id": "{id}"}}
            }}]}}"##
        );
        let answer = service.post(&url).header("content-type", "application/json").body(body).send().await?;
        println!("{what}: {}", answer.status().as_u16());
    }
    while let Some(told) = app.journal.next() {
        fetch(&setting.client, &told).await?;
    }
    std::fs::remove_file(file)?;
    setting.finish()
}
