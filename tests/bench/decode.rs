//! Decoding and encoding of an expanded call record: this crate against what serde's derives make.
//!
//! `cargo bench --bench decode` prints Markdown tables; BENCHMARKS.md quotes them.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss
)]

mod derived;
mod record;
mod rounds;

use graph_call_records::{CallRecord, odata_runtime};
use serde::de::DeserializeOwned;
use serde_json::Value;

use derived::{Endpoint, FlatEndpoint};
use record::{Discriminator, record};
use rounds::{Outcome, Subject, interleave, row};

type Tagged = derived::CallRecord<Endpoint>;
type Flat = derived::CallRecord<FlatEndpoint>;

const MEGABYTE: usize = 1_000_000;

struct Case {
    name: &'static str,
    json: String,
    sessions: usize,
    rounds: usize,
}

fn case(name: &'static str, megabytes: usize, discriminator: Discriminator, rounds: usize) -> Case {
    let (json, sessions) = record(megabytes * MEGABYTE, discriminator);
    Case { name, json, sessions, rounds }
}

fn main() {
    let cases = [
        case("1 MB", 1, Discriminator::First, 61),
        case("10 MB", 10, Discriminator::First, 31),
        case("50 MB", 50, Discriminator::First, 15),
        case("10 MB, type last", 10, Discriminator::Last, 31),
    ];
    println!("\nDecode: MB/s of thread CPU time (times the speed of the tagged derives)\n");
    table(&cases, decode);
    println!("\nEncode: MB/s of what it writes (times the speed of the tagged derives)\n");
    table(&cases, encode);
}

fn table(cases: &[Case], measure: fn(&Case) -> Vec<(Outcome, usize)>) {
    row(std::iter::once("").chain(cases.iter().map(|it| it.name)));
    row(std::iter::once("---").chain(cases.iter().map(|_| "---:")));
    let measured: Vec<_> = cases.iter().map(measure).collect();
    for (at, (first, _)) in measured[0].iter().enumerate() {
        let cells = measured.iter().map(|column| {
            let (outcome, bytes) = &column[at];
            format!("{:.0} ({:.2})", *bytes as f64 / MEGABYTE as f64 / outcome.cost.as_secs_f64(), outcome.speed)
        });
        row(std::iter::once(first.name.to_owned()).chain(cells));
    }
}

fn decode(case: &Case) -> Vec<(Outcome, usize)> {
    let json = case.json.as_bytes();
    verify(case);
    let subjects = vec![
        Subject::thread("`#[serde(tag)]` derives", || through_serde::<Tagged>(json)),
        Subject::thread("flat derives, no polymorphism", || through_serde::<Flat>(json)),
        Subject::thread("`serde_json::Value`", || through_serde::<Value>(json)),
        Subject::thread("**ours, own entry**", || own(json)),
        Subject::thread("**ours, `serde_json::from_slice`**", || through_serde::<CallRecord>(json)),
    ];
    interleave(case.rounds, subjects).into_iter().map(|it| (it, json.len())).collect()
}

fn encode(case: &Case) -> Vec<(Outcome, usize)> {
    let json = case.json.as_bytes();
    let tagged = through_serde::<Tagged>(json);
    let ours = own(json);
    let written = [tagged_bytes(&tagged).len(), own_bytes(&ours).len(), serde_bytes(&ours).len()];
    let subjects = vec![
        Subject::thread("`#[serde(tag)]` derives", || tagged_bytes(&tagged)),
        Subject::thread("**ours, own entry**", || own_bytes(&ours)),
        Subject::thread("**ours, `serde_json::to_vec`**", || serde_bytes(&ours)),
    ];
    interleave(case.rounds, subjects).into_iter().zip(written).collect()
}

/// Every subject reads every session, and ours writes all that it read.
fn verify(case: &Case) {
    let json = case.json.as_bytes();
    let sessions = [
        through_serde::<Tagged>(json).sessions.map(|it| it.len()),
        through_serde::<Flat>(json).sessions.map(|it| it.len()),
        own(json).sessions.map(|it| it.len()),
        through_serde::<CallRecord>(json).sessions.map(|it| it.len()),
    ];
    assert_eq!(sessions, [Some(case.sessions); 4], "{}", case.name);
    let again: CallRecord = own(&own_bytes(&own(json)));
    assert!(again == own(json), "{}: ours does not survive", case.name);
}

fn own(json: &[u8]) -> CallRecord {
    odata_runtime::from_slice(json).expect("a call record")
}

fn own_bytes(record: &CallRecord) -> Vec<u8> {
    odata_runtime::to_vec(record).expect("a call record")
}

fn through_serde<T: DeserializeOwned>(json: &[u8]) -> T {
    serde_json::from_slice(json).expect("a call record")
}

fn tagged_bytes(record: &Tagged) -> Vec<u8> {
    serde_json::to_vec(record).expect("a call record")
}

fn serde_bytes(record: &CallRecord) -> Vec<u8> {
    serde_json::to_vec(record).expect("a call record")
}
