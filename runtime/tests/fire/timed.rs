//! A transport that keeps when it was asked, and answers late.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use odata_runtime::bytes::Bytes;
use odata_runtime::client::{Body, BoxFuture, Builder, StaticToken, Transport, TransportError};
use odata_runtime::http::{Request, Response};
use odata_runtime::testing::InMemory;
use tokio::time::Instant;

use crate::hands::Hands;
use crate::orders::{Client, TOKEN};

/// In seconds. Timers of tokio tick by milliseconds, and may begin between two of them.
pub(crate) fn exact(wait: Duration) -> f64 {
    let hundredths = u32::try_from((wait.as_millis() + 4) / 10).unwrap();
    f64::from(hundredths) / 100.0
}

#[derive(Clone, Default)]
pub(crate) struct Timed {
    pub(crate) script: InMemory,
    pub(crate) takes: Duration,
    pub(crate) times: Arc<Mutex<Vec<Instant>>>,
}

impl Timed {
    pub(crate) fn builder(&self) -> Builder<Client> {
        Client::builder().tokens(StaticToken::new(TOKEN)).transport(self.clone())
    }

    /// The same with hands of its own, so that its waits are exact.
    pub(crate) fn exact_builder(&self) -> Builder<Client> {
        self.builder().clock(Hands::new())
    }

    /// How long after the request before it each of the others came, in seconds.
    pub(crate) fn exact_waits(&self) -> Vec<f64> {
        self.waits().into_iter().map(exact).collect()
    }

    /// How long after the request before it each of the others came.
    pub(crate) fn waits(&self) -> Vec<Duration> {
        let times = self.times.lock().unwrap();
        times.windows(2).map(|pair| pair[1].duration_since(pair[0])).collect()
    }
}

impl Transport for Timed {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        self.times.lock().unwrap().push(Instant::now());
        Box::pin(async move {
            if !self.takes.is_zero() {
                tokio::time::sleep(self.takes).await;
            }
            self.script.send(request).await
        })
    }
}
