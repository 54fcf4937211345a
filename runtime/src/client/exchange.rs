//! One call, from its id to its answer, in the order that keeps tokens safe.

use std::time::Duration;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderValue, Request, StatusCode};
use tracing::{Instrument, Span};

use super::Client;
use super::cache::Held;
use super::error::Error;
use super::limits::{Place, Slots};
use super::outgoing::Outgoing;
use super::quota::Stake;
use super::received::Received;
use super::retry::{Spent, is_put_off};
use super::retry_after;
use super::time::{self, Instant};
use super::token::{Token, TokenError};
use super::trace;
use super::transport::{NewConnection, TransportError};
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
    let mut tries = Tries { outgoing, request, place: outgoing.place(), context };
    let mut spent = Spent::default();
    let mut stake = None;
    loop {
        let outcome = tries.attempt().await;
        // Who is put off again keeps the place that it has waited for.
        let held = if is_put_off(&outcome) { stake.take() } else { None };
        if held.is_none() {
            client.settle(stake.take(), &outcome, &spent);
        }
        let left = end.map(|end| end.saturating_duration_since(time::now()));
        let jitter = client.clock().jitter();
        let Some(wait) = client.retries().wait(&outgoing.method, &outcome, &spent, left, jitter) else {
            held.into_iter().for_each(Stake::lose);
            return outcome;
        };
        tries.renew_connection(&outcome);
        let began = time::now();
        let room = client.retries().room(&spent).min(left.unwrap_or(Duration::MAX));
        match pause(client, (wait, room), outcome, tries.context.attempts, held).await {
            Ok(paid) => stake = paid,
            Err(outcome) => return outcome,
        }
        spent.retries += 1;
        spent.slept += began.elapsed();
        trace::waited(span, spent.slept);
    }
}

/// Waits before the next try; gives the outcome back if there is to be none, since too many fail (E-13). `held` is what
/// the try before had, if it has come to be put off.
async fn pause<'c>(
    client: &'c Client,
    (wait, room): (Duration, Duration),
    outcome: Result<Received, Error>,
    sent: u32,
    held: Option<Stake<'c>>,
) -> Result<Option<Stake<'c>>, Result<Received, Error>> {
    let Some(quota) = client.quota() else {
        trace::again(&outcome, sent, wait);
        drop(outcome);
        time::sleep(wait).await;
        return Ok(None);
    };
    if is_put_off(&outcome) {
        trace::again(&outcome, sent, wait);
        // All who are put off wait side by side, and come back one after another.
        time::sleep(wait).await;
        if held.is_some() {
            return Ok(held);
        }
        return quota.take_in_turn(room.saturating_sub(wait)).await.map(Some).ok_or(outcome);
    }
    let Some(stake) = quota.take() else { return Err(outcome) };
    trace::again(&outcome, sent, wait);
    drop(outcome);
    time::sleep(wait).await;
    Ok(Some(stake))
}

/// The tries of one request.
struct Tries<'o> {
    outgoing: &'o Outgoing,
    request: Request<Bytes>,
    place: Place<'o>,
    context: &'o mut Context,
}

impl Tries<'_> {
    /// One try: the origin guard, the limits, the token, the sending. A token that is not accepted is forgotten; if
    /// there is another one by now, the request is sent once more (E-24).
    async fn attempt(&mut self) -> Result<Received, Error> {
        let client = &self.outgoing.client;
        let tokens = client.tokens();
        client.guard(self.request.uri())?;
        let slots = client.limits().enter(&self.place).await;
        let held = tokens.get().await?;
        let received = self.send(&held, slots).await?;
        let claims = received.claims();
        if received.status != StatusCode::UNAUTHORIZED && claims.is_none() {
            return Ok(received);
        }
        match tokens.instead_of(&held, claims).await {
            Ok(other) if other.token.expose() != held.token.expose() => {
                let slots = client.limits().enter(&self.place).await;
                self.send(&other, slots).await
            }
            _ => Ok(received),
        }
    }

    /// The sending, as the app sees it.
    async fn send(&mut self, held: &Held, slots: Slots) -> Result<Received, Error> {
        let span = trace::attempt(self.outgoing, &self.context.client_request_id, self.context.attempts);
        self.context.attempts += 1;
        let outcome = self.carry(held, slots, &span).instrument(span.clone()).await;
        trace::tried(&span, &outcome);
        outcome
    }

    /// The transport, and the body under a cap. The body is read in here, since an answer that breaks off is a fault
    /// of the try.
    async fn carry(&self, held: &Held, slots: Slots, span: &Span) -> Result<Received, Error> {
        let client = &self.outgoing.client;
        let mut request = self.request.clone();
        request.headers_mut().insert(AUTHORIZATION, bearer(&held.token)?);
        let slots = slots.used();
        let (answer, body) = client.transport().send(request).await?.into_parts();
        drop(slots);
        trace::answered(span, answer.status, &answer.headers, held.token.expose());
        let cap = if answer.status.is_success() { client.max_body() } else { ERROR_BODY };
        let (body, stop) = body.read(cap).await;
        Ok(Received {
            status: answer.status,
            asked: retry_after::read(&answer.headers, client.clock().wall()),
            headers: answer.headers,
            body,
            stop,
            token: held.token.clone(),
            operation: None,
            context: None,
            span: Span::none(),
        })
    }

    /// Whatever stands behind the connection may be what is unavailable (E-10).
    fn renew_connection(&mut self, outcome: &Result<Received, Error>) {
        let extensions = self.request.extensions_mut();
        if matches!(outcome, Ok(received) if received.status == StatusCode::SERVICE_UNAVAILABLE) {
            extensions.insert(NewConnection);
        } else {
            extensions.remove::<NewConnection>();
        }
    }
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
