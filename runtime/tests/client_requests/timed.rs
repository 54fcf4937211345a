//! A transport that keeps when it was asked, and answers late.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use odata_runtime::bytes::Bytes;
use odata_runtime::client::{Body, BoxFuture, Builder, StaticToken, Transport, TransportError};
use odata_runtime::http::{Request, Response};
use odata_runtime::testing::InMemory;
use tokio::time::Instant;

use crate::orders::{Client, TOKEN};

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
