//! One call record with its sessions and segments: who called whom, and how it sounded.
//!
//! `cargo run --example get_record --features testing -- --demo`, or `.. -- ID` against your organisation.

mod support;

use graph_call_records::{CallRecord, Endpoint, Session};

const DEMO: &str = "c1f0a5de-3f42-4c8e-9d0b-7a5f2f6e9b11";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failed> {
    let setting = support::Setting::new("get_record")?;
    let id = setting.argument("the ID of a call record", DEMO)?;

    let record = setting
        .client
        .communications()
        .call_records()
        .by_id(id)
        .get()
        .expand(CallRecord::SESSIONS.expand(Session::SEGMENTS))
        .send()
        .await?;

    let kind = record.r#type.as_ref().map_or("?", |it| it.as_str());
    let start = record.start_date_time.map(|it| it.to_string()).unwrap_or_default();
    println!("{kind} of {start}, version {}", record.version.unwrap_or_default());
    // The first 60 sessions come with the record; `all` asks for the rest.
    let Some(sessions) = record.sessions else { return setting.finish() };
    let sessions = sessions.all(&setting.client).await?;
    println!("{} sessions", sessions.len());
    for session in &sessions {
        println!("- {} -> {}", name(session.caller.as_ref()), name(session.callee.as_ref()));
        for media in session.segments.iter().flatten().flat_map(|it| it.media.iter().flatten()) {
            let streams = media.streams.iter().flatten();
            let worst = streams.filter_map(|it| it.max_packet_loss_rate).fold(0.0, f32::max);
            println!("  {}: at worst {:.1} % of packets lost", media.label.as_deref().unwrap_or("?"), worst * 100.0);
        }
    }
    setting.finish()
}

fn name(endpoint: Option<&Endpoint>) -> String {
    let Some(Endpoint::Participant(it)) = endpoint else { return "a service".to_owned() };
    let identity = it.associated_identity.as_ref();
    identity.and_then(|it| it.display_name.clone()).unwrap_or_else(|| "somebody".to_owned())
}
