//! A client whose clock on the wall goes with tokio's, which is paused: waits are exact and take no time.

use std::time::{Duration, SystemTime};

use graph_call_records::Client;
use odata_runtime::Timestamp;
use odata_runtime::client::{Clock, StaticToken};
use odata_runtime::testing::InMemory;
use tokio::time::Instant;

/// It began at this moment on the wall.
pub(crate) const BEGAN: &str = "2031-05-01T00:00:00Z";

struct Hands {
    began: Instant,
    jitter: f64,
}

impl Clock for Hands {
    fn wall(&self) -> SystemTime {
        let began = BEGAN.parse::<Timestamp>().unwrap().as_second();
        SystemTime::UNIX_EPOCH + Duration::from_secs(began.unsigned_abs()) + self.began.elapsed()
    }

    fn jitter(&self) -> f64 {
        self.jitter
    }
}

/// Without retries: an error of the service comes out at once.
pub(crate) fn client(service: &InMemory, jitter: f64) -> Client {
    let clock = Hands { began: Instant::now(), jitter };
    let client = Client::builder().tokens(StaticToken::new("t")).transport(service.clone()).clock(clock).retries(0);
    client.build().unwrap()
}

/// So many minutes after it began, as the client writes it.
pub(crate) fn at(minutes: u64) -> String {
    (BEGAN.parse::<Timestamp>().unwrap() + Duration::from_secs(minutes * 60)).to_string()
}
