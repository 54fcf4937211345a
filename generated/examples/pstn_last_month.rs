//! What calls to the telephone network cost in the last 30 days, by currency.
//!
//! `cargo run --example pstn_last_month --features testing -- --demo`, or without `--demo` against your organisation.

mod support;

use std::collections::BTreeMap;

use graph_call_records::odata_runtime::{Decimal, SignedDuration};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failed> {
    let setting = support::Setting::new("pstn_last_month")?;
    let to = setting.now();
    let from = to - SignedDuration::from_hours(30 * 24);

    // 1,000 rows a page. A longer time than the service allows would be `split()` into pieces.
    let mut rows = setting.client.communications().call_records().get_pstn_calls(from, to).stream();
    let mut charges: BTreeMap<String, (usize, Decimal)> = BTreeMap::new();
    while let Some(row) = rows.next().await {
        let row = row?;
        let (calls, sum) = charges.entry(row.currency.unwrap_or_default()).or_default();
        *calls += 1;
        *sum += row.charge.unwrap_or_default(); // never through a float
    }
    for (currency, (calls, sum)) in &charges {
        println!("{calls} calls, {sum} {currency}");
    }
    setting.finish()
}
