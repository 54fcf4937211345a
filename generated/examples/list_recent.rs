//! The calls of the last day, as a backstop behind change notifications.
//!
//! `cargo run --example list_recent --features testing -- --demo`, or without `--demo` against your organisation.

mod support;

use graph_call_records::CallRecord;
use graph_call_records::odata_runtime::SignedDuration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failed> {
    let setting = support::Setting::new("list_recent")?;
    let since = setting.now() - SignedDuration::from_hours(24);

    let request = setting
        .client
        .communications()
        .call_records()
        .list()
        .filter(CallRecord::START_DATE_TIME.ge(since))
        .select((CallRecord::ID, CallRecord::TYPE, CallRecord::START_DATE_TIME, CallRecord::VERSION));
    let mut records = request.stream();
    while let Some(record) = records.next().await {
        let record = record?;
        let kind = record.r#type.as_ref().map_or("?", |it| it.as_str());
        println!("{} {kind} version {}", record.id.as_deref().unwrap_or("?"), record.version.unwrap_or_default());
    }
    setting.finish()
}
