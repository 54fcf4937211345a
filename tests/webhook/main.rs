//! The example `webhook` as a process, with a mock service behind it: whatever fetching costs, what is written down is
//! answered with 202, what is not with 503, and what was answered outlives the process (N-5).
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

#[allow(unreachable_pub, clippy::format_collect)] // a file of the example
#[path = "../../generated/examples/support/journal.rs"]
mod journal;
mod lines;
mod process;
mod service;

use process::{Hook, built, delivery};
use service::Service;

const ONE: &str = "0aa4e0a3-0000-4000-8000-000000000001";
const TWO: &str = "0aa4e0a3-0000-4000-8000-000000000002";
const THREE: &str = "0aa4e0a3-0000-4000-8000-000000000003";

macro_rules! built {
    () => {
        match built() {
            Some(path) => path,
            None => {
                println!("skipped: webhook is not built, which `cargo test --workspace` does");
                return;
            }
        }
    };
}

#[test]
fn n4_the_handshake_is_answered_and_a_stranger_is_not_told_apart() {
    let (program, folder, service) = (built!(), tempfile::tempdir().unwrap(), Service::start());
    service.let_through();
    let mut hook = Hook::start(&program, folder.path(), &service, 10);
    let answer = hook.post("/?validationToken=Validation%3A+a+b", "");
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("\r\n\r\nValidation: a b"), "{answer}");
    assert!(answer.contains("content-type: text/plain; charset=utf-8\r\n"), "{answer}");
    assert_eq!(hook.deliver(&delivery("a guess", &[TWO])), 202);
    assert_eq!(hook.deliver("{"), 400);
    assert_eq!(hook.deliver(&delivery(process::STATE, &[ONE])), 202);
    hook.prints(&format!("call {ONE}, version 1"));
    assert_eq!(service.asked(), [ONE], "the stranger's was never asked for");
}

/// The service does not answer as long as the test does not let it: no delivery waits for it.
#[test]
fn n5_a_slow_fetch_delays_no_answer() {
    let (program, folder, service) = (built!(), tempfile::tempdir().unwrap(), Service::start());
    let mut hook = Hook::start(&program, folder.path(), &service, 10);
    assert_eq!(hook.deliver(&delivery(process::STATE, &[ONE])), 202);
    service.is_asked(1);
    for _ in 0..5 {
        assert_eq!(hook.deliver(&delivery(process::STATE, &[TWO, THREE])), 202);
    }
    assert_eq!(service.asked(), [ONE], "the fetch has not ended");
    service.let_through();
    for id in [ONE, TWO, THREE] {
        hook.prints(&format!("call {id}, version 1"));
    }
    assert_eq!(service.asked(), [ONE, TWO, THREE], "N-7: what waits is told of once");
}

#[test]
fn n5_a_full_queue_writes_nothing_down_and_asks_for_another_try() {
    let (program, folder, service) = (built!(), tempfile::tempdir().unwrap(), Service::start());
    let mut hook = Hook::start(&program, folder.path(), &service, 1);
    assert_eq!(hook.deliver(&delivery(process::STATE, &[ONE])), 202);
    service.is_asked(1);
    assert_eq!(hook.deliver(&delivery(process::STATE, &[TWO])), 202);
    let before = hook.journal();
    let answer = hook.post("/", &delivery(process::STATE, &[THREE]));
    assert!(answer.starts_with("HTTP/1.1 503 ") && answer.contains("retry-after: "), "{answer}");
    assert_eq!(hook.journal(), before, "503 only if it is not written down");
    assert_eq!(hook.deliver(&delivery(process::STATE, &[TWO])), 202, "which is written down already");
    service.let_through();
    for id in [ONE, TWO] {
        hook.prints(&format!("call {id}, version 1"));
    }
    assert_eq!(hook.deliver(&delivery(process::STATE, &[THREE])), 202);
    hook.prints(&format!("call {THREE}, version 1"));
}

#[test]
fn n5_what_was_acknowledged_outlives_a_kill() {
    let (program, folder, service) = (built!(), tempfile::tempdir().unwrap(), Service::start());
    let mut hook = Hook::start(&program, folder.path(), &service, 10);
    assert_eq!(hook.deliver(&delivery(process::STATE, &[ONE])), 202);
    service.is_asked(1);
    assert_eq!(hook.deliver(&delivery(process::STATE, &[TWO])), 202);
    // Told again while it is fetched: what is on its way may be the older version.
    assert_eq!(hook.deliver(&delivery(process::STATE, &[ONE])), 202);
    hook.kill();
    // A line that was cut off was not acknowledged.
    hook.write(&format!("told 9 {THREE}"));

    service.let_through();
    let mut hook = Hook::start(&program, folder.path(), &service, 10);
    for id in [TWO, ONE] {
        hook.prints(&format!("call {id}, version 1"));
    }
    assert_eq!(hook.deliver(&delivery(process::STATE, &[THREE])), 202);
    hook.prints(&format!("call {THREE}, version 1"));
    assert_eq!(service.asked(), [ONE, TWO, ONE, THREE]);
    hook.kill();

    // All of it is done: a third process has nothing to do.
    let mut hook = Hook::start(&program, folder.path(), &service, 10);
    assert_eq!(hook.deliver(&delivery(process::STATE, &[TWO])), 202);
    hook.prints(&format!("call {TWO}, version 1"));
    // The line of the last one may have been lost with the process, which asks for it once more.
    let asked = service.asked();
    assert_eq!(asked.iter().filter(|it| *it == ONE).count(), 2, "{asked:?}");
}
