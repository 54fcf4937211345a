//! Every session of a call, page after page, and where to go on if the app is stopped in between.
//!
//! `cargo run --example stream_sessions --features testing -- --demo`, or `.. -- ID` against your organisation.

mod support;

use graph_call_records::{Modality, Session};

const DEMO: &str = "c1f0a5de-3f42-4c8e-9d0b-7a5f2f6e9b11";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failed> {
    let setting = support::Setting::new("stream_sessions")?;
    let id = setting.argument("the ID of a call record", DEMO)?;
    let sessions = setting.client.communications().call_records().by_id(id).sessions();

    let mut pages = sessions.list().expand(Session::SEGMENTS).pages();
    let (mut count, mut with_video) = (0, 0);
    while let Some(page) = pages.next().await {
        let page = page?; // an error names the page; what came before it has been counted
        count += page.len();
        with_video += page.iter().filter(|it| it.modalities.iter().flatten().any(|it| *it == Modality::Video)).count();
        // A cursor is text for the app's own store. It holds a token of the service: keep it like one.
        println!("{count} sessions so far, {}", if pages.cursor().is_some() { "more to come" } else { "all of them" });
    }
    println!("{count} sessions, {with_video} of them with video");
    setting.finish()
}
