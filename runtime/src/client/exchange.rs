//! One call, from its id to its answer, in the order that keeps tokens safe.

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderValue, Request, StatusCode};

use super::Client;
use super::cache::Held;
use super::error::Error;
use super::outgoing::Outgoing;
use super::received::Received;
use super::retry::Spent;
use super::time::{self, Instant};
use super::token::{Token, TokenError};
use super::transport::TransportError;
use crate::Uuid;

/// How much of an error's body is read, in bytes (E-3).
pub(super) const ERROR_BODY: usize = 64 * 1024;

/// What an error says of the request that it is the error of.
#[derive(Debug, Clone)]
pub(super) struct Context {
    pub(super) client_request_id: String,
    /// How often it was sent.
    pub(super) attempts: u32,
}

/// Sends a request and gives back the answer, if the service said yes. The order is the design: a fresh id for
/// the logical request (E-5); the tries, all under that id; the status.
pub(super) async fn exchange(outgoing: &Outgoing) -> Result<Received, Error> {
    let limits = outgoing.client.retries();
    let mut context = Context { client_request_id: Uuid::new_v4().to_string(), attempts: 0 };
    let end = limits.deadline.and_then(|limit| time::now().checked_add(limit));
    let outcome = match time::before(end, tries(outgoing, end, &mut context)).await {
        Some(outcome) => outcome,
        None => Err(TransportError::timeout("the deadline of the request").into()),
    };
    match outcome.and_then(|received| received.accepted(&outgoing.client)) {
        Ok(received) => Ok(Received { operation: outgoing.operation, context: Some(context), ..received }),
        Err(error) => Err(error.of(outgoing.operation).after(context)),
    }
}

/// Tries until an outcome stands.
async fn tries(outgoing: &Outgoing, end: Option<Instant>, context: &mut Context) -> Result<Received, Error> {
    let client = &outgoing.client;
    let request = outgoing.request(&context.client_request_id)?;
    let mut spent = Spent::default();
    loop {
        let outcome = attempt(client, &request, context).await;
        let left = end.map(|end| end.saturating_duration_since(time::now()));
        let Some(wait) = client.retries().wait(&outgoing.method, &outcome, &spent, left) else {
            return outcome;
        };
        drop(outcome);
        time::sleep(wait).await;
        spent.retries += 1;
        spent.slept += wait;
    }
}

/// One try: the origin guard, the token, the sending. A token that is not accepted is forgotten; if there is
/// another one by now, the request is sent once more (E-24).
async fn attempt(client: &Client, request: &Request<Bytes>, context: &mut Context) -> Result<Received, Error> {
    client.guard(request.uri())?;
    let held = client.tokens().get().await?;
    let received = send(client, request, &held, context).await?;
    if received.status != StatusCode::UNAUTHORIZED {
        return Ok(received);
    }
    client.tokens().forget(&held);
    match client.tokens().get().await {
        Ok(other) if other.token.expose() != held.token.expose() => send(client, request, &other, context).await,
        _ => Ok(received),
    }
}

/// The transport, and the body under a cap. The body is read in here, since an answer that breaks off is a fault
/// of the try.
async fn send(
    client: &Client,
    request: &Request<Bytes>,
    held: &Held,
    context: &mut Context,
) -> Result<Received, Error> {
    let mut request = request.clone();
    request.headers_mut().insert(AUTHORIZATION, bearer(&held.token)?);
    context.attempts += 1;
    let (answer, body) = client.transport().send(request).await?.into_parts();
    let cap = if answer.status.is_success() { client.max_body() } else { ERROR_BODY };
    let (body, stop) = body.read(cap).await;
    let token = held.token.clone();
    Ok(Received { status: answer.status, headers: answer.headers, body, stop, token, operation: None, context: None })
}

fn bearer(token: &Token) -> Result<HeaderValue, Error> {
    if token.expose().is_empty() {
        return Err(TokenError::new("the token is empty").into());
    }
    let mut value = HeaderValue::try_from(format!("Bearer {}", token.expose()))
        .map_err(|_| TokenError::new("the token holds what a header cannot"))?;
    value.set_sensitive(true);
    Ok(value)
}
