//! A subscription to call records: the one that is there is renewed, or else one is made.
//!
//! `cargo run --example subscribe --features testing -- --demo`, or
//! `.. -- https://app.example/notifications` against your organisation.

mod support;

use graph_call_records::odata_runtime::SignedDuration;
use graph_call_records::requests::{SubscriptionCreate, SubscriptionUpdate};

const RESOURCE: &str = "communications/callRecords";
const DEMO: &str = "https://telephony.example/notifications";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failed> {
    let setting = support::Setting::new("subscribe")?;
    let url = setting.argument("the URL that notifications go to", DEMO)?;
    // At most 4,230 minutes from now; a little less, since clocks differ.
    let until = setting.now() + SignedDuration::from_mins(4_200);

    let subscriptions = setting.client.subscriptions();
    // An organisation has 100 of them at the most: look before you create.
    let mut all = subscriptions.list().stream();
    while let Some(found) = all.next().await {
        let found = found?;
        let is_ours = found.resource.as_deref() == Some(RESOURCE) && found.notification_url.as_deref() == Some(url);
        if let (true, Some(id)) = (is_ours, &found.id) {
            let renewed =
                subscriptions.by_id(id).update(SubscriptionUpdate::new().with_expiration_date_time(until)).send().await?;
            let until = renewed.and_then(|it| it.expiration_date_time).unwrap_or(until);
            println!("renewed {id} until {until}");
            return setting.finish();
        }
    }
    let new = SubscriptionCreate::new()
        .with_change_type("created,updated")
        .with_notification_url(url)
        .with_resource(RESOURCE)
        .with_expiration_date_time(until)
        .with_client_state(std::env::var("CLIENT_STATE").unwrap_or_else(|_| "a secret of the app".to_owned()));
    let made = subscriptions.create(new).send().await?;
    println!("created {} until {}", made.id.as_deref().unwrap_or("?"), made.expiration_date_time.unwrap_or(until));
    setting.finish()
}
