//! What is tried again, how often, and after how long (E-10 to E-12). The clock is the test's.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use odata_runtime::bytes::Bytes;
use odata_runtime::client::{
    Body, BoxFuture, Builder, Error, StaticToken, Transport, TransportError,
};
use odata_runtime::http::{Method, Request, Response};
use odata_runtime::{Changes, testing::Exchange};
use tokio::time::Instant;

use crate::orders::{Client, Order, TOKEN};

/// Answers with these exchanges in order, then with the last one for ever, and keeps when and what it was asked.
#[derive(Clone)]
struct Scripted(Arc<Mutex<Script>>);

struct Script {
    answers: Vec<fn() -> Exchange>,
    seen: Vec<(Instant, Request<Bytes>)>,
}

impl Scripted {
    fn new(answers: &[fn() -> Exchange]) -> Self {
        Self(Arc::new(Mutex::new(Script { answers: answers.to_vec(), seen: Vec::new() })))
    }

    /// How long after the first request each of the others came.
    fn times(&self) -> Vec<Duration> {
        let script = self.0.lock().unwrap();
        script.seen.iter().skip(1).map(|(at, _)| at.duration_since(script.seen[0].0)).collect()
    }

    fn ids(&self) -> Vec<String> {
        let script = self.0.lock().unwrap();
        script.seen.iter().map(|(_, request)| request.headers()["client-request-id"].to_str().unwrap().to_owned()).collect()
    }
}

impl Transport for Scripted {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let service = odata_runtime::testing::InMemory::new();
        let mut script = self.0.lock().unwrap();
        let answer = if script.answers.len() > 1 { script.answers.remove(0) } else { script.answers[0] };
        script.seen.push((Instant::now(), request.clone()));
        let target = request.uri().path_and_query().unwrap().to_string();
        service.expect(answer().at(request.method().clone(), target));
        Box::pin(async move { service.send(request).await })
    }
}

fn builder(service: &Scripted) -> Builder<Client> {
    Client::builder().tokens(StaticToken::new(TOKEN)).transport(service.clone())
}
