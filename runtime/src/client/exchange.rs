//! One call, from its id to its answer, in the order that keeps tokens safe.

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderValue, Request, StatusCode};
use tracing::{Instrument, Span};

use super::Client;
use super::cache::Held;
use super::error::Error;
use super::outgoing::Outgoing;
use super::received::Received;
use super::retry::Spent;
use super::time::{self, Instant};
use super::token::{Token, TokenError};
use super::trace;
use super::transport::TransportError;
use crate::Uuid;

/// How much of an error's body is read, in bytes (E-3).
const ERROR_BODY: usize = 64 * 1024;

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
    let span = trace::request(outgoing, &context.client_request_id);
    let end = limits.deadline.and_then(|limit| time::now().checked_add(limit));
    let work = tries(outgoing, end, &mut context, &span).instrument(span.clone());
    let outcome = match time::before(end, work).await {
        Some(outcome) => outcome,
        None => Err(TransportError::timeout("the deadline of the request").into()),
    };
    trace::resent(&span, context.attempts.saturating_sub(1));
    match outcome.and_then(|received| received.accepted(&outgoing.client)) {
        Ok(received) => {
            trace::answered(&span, received.status, &received.headers, received.token.expose());
            Ok(Received { operation: outgoing.operation, context: Some(context), span, ..received })
        }
        Err(error) => {
            trace::failed(&span, &error);
            Err(error.of(outgoing.operation).after(context))
        }
    }
}

/// Tries until an outcome stands.
async fn tries(
    outgoing: &Outgoing,
    end: Option<Instant>,
    context: &mut Context,
    span: &Span,
) -> Result<Received, Error> {
    let client = &outgoing.client;
    let request = outgoing.request(&context.client_request_id)?;
    if !time::is_at_hand() {
        return Err(Error::refused("a request needs a runtime of tokio, for its clock: enter one (`Handle::enter`)"));
    }
    let mut spent = Spent::default();
    loop {
        let outcome = attempt(outgoing, &request, context).await;
        let left = end.map(|end| end.saturating_duration_since(time::now()));
        let Some(wait) = client.retries().wait(&outgoing.method, &outcome, &spent, left) else {
            return outcome;
        };
        trace::again(&outcome, context.attempts, wait);
        drop(outcome);
        time::sleep(wait).await;
        spent.retries += 1;
        spent.slept += wait;
        trace::waited(span, spent.slept);
    }
}

/// One try: the origin guard, the token, the sending. A token that is not accepted is forgotten; if there is
/// another one by now, the request is sent once more (E-24).
async fn attempt(outgoing: &Outgoing, request: &Request<Bytes>, context: &mut Context) -> Result<Received, Error> {
    let client = &outgoing.client;
    client.guard(request.uri())?;
    let held = client.tokens().get().await?;
    let received = send(outgoing, request, &held, context).await?;
    if received.status != StatusCode::UNAUTHORIZED {
        return Ok(received);
    }
    client.tokens().forget(&held);
    match client.tokens().get().await {
        Ok(other) if other.token.expose() != held.token.expose() => send(outgoing, request, &other, context).await,
        _ => Ok(received),
    }
}

/// The sending, as the app sees it.
async fn send(
    outgoing: &Outgoing,
    request: &Request<Bytes>,
    held: &Held,
    context: &mut Context,
) -> Result<Received, Error> {
    let span = trace::attempt(outgoing, &context.client_request_id, context.attempts);
    context.attempts += 1;
    let outcome = carry(&outgoing.client, request, held, &span).instrument(span.clone()).await;
    trace::tried(&span, &outcome);
    outcome
}

/// The transport, and the body under a cap. The body is read in here, since an answer that breaks off is a fault
/// of the try.
async fn carry(client: &Client, request: &Request<Bytes>, held: &Held, span: &Span) -> Result<Received, Error> {
    let mut request = request.clone();
    request.headers_mut().insert(AUTHORIZATION, bearer(&held.token)?);
    let (answer, body) = client.transport().send(request).await?.into_parts();
    let cap = if answer.status.is_success() { client.max_body() } else { ERROR_BODY };
    trace::answered(span, answer.status, &answer.headers, held.token.expose());
    let (body, stop) = body.read(cap).await;
    Ok(Received {
        status: answer.status,
        headers: answer.headers,
        body,
        stop,
        token: held.token.clone(),
        operation: None,
        context: None,
        span: Span::none(),
    })
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
