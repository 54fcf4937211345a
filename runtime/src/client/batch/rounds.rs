//! The exchanges of a batch: all of it, then what was not carried out, until every answer stands.

use std::time::Duration;

use http::StatusCode;
use tracing::Span;

use super::super::Client;
use super::super::error::Error;
use super::super::exchange::{Context, ERROR_BODY, exchange};
use super::super::operation::Operation;
use super::super::outgoing::Outgoing;
use super::super::quota::Stake;
use super::super::received::Received;
use super::super::retry::{Spent, is_answered, is_put_off};
use super::super::retry_after;
use super::super::time;
use super::super::transport::TransportError;
use super::Member;
use super::envelope::{Requests, Responses};

const BATCH: Operation = Operation::new("/$batch");

/// A part on its way.
struct Course<'a> {
    member: &'a Member,
    spent: Spent,
    outcome: Result<Received, Error>,
}

/// The answers, in the order of the parts.
pub(super) async fn run(client: &Client, members: &[Member]) -> Result<Vec<Result<Received, Error>>, Error> {
    let end = client.retries().deadline.and_then(|limit| time::now().checked_add(limit));
    let mut courses: Vec<_> = members.iter().map(Course::new).collect();
    let mut open: Vec<usize> = (0..courses.len()).collect();
    let mut stake: Option<Stake<'_>> = None;
    while !open.is_empty() {
        match time::before(end, round(client, &courses, &open)).await {
            Some(Ok(answers)) => {
                for (at, outcome) in open.iter().zip(answers) {
                    if let Some(course) = courses.get_mut(*at) {
                        course.outcome = outcome;
                    }
                }
            }
            // What has been answered is not lost for what was asked again.
            _ if courses.iter().any(Course::has_answer) => {
                stake.into_iter().for_each(Stake::lose);
                break;
            }
            Some(Err(error)) => return Err(error),
            None => return Err(TransportError::timeout("the deadline of the request").into()),
        }
        let left = end.map(|end| end.saturating_duration_since(time::now()));
        let (again, wait) = again(client, &courses, &open, left);
        if again.is_empty() {
            if open.iter().any(|at| failed(&courses, *at)) {
                stake.into_iter().for_each(Stake::lose);
            }
            break;
        }
        match pause(client, &courses, &again, wait, stake.take()).await {
            Some(staked) => stake = staked,
            None => break,
        }
        for at in &again {
            if let Some(course) = courses.get_mut(*at) {
                course.spent.retries += 1;
                course.spent.slept += wait;
            }
        }
        open = again;
    }
    Ok(courses.into_iter().map(|course| course.finish(client)).collect())
}

/// Waits before the next round, which comes out of the stock of retries as one retry does (E-13). `None`: there is to be
/// none, since too many fail.
async fn pause<'c>(
    client: &'c Client,
    courses: &[Course<'_>],
    again: &[usize],
    wait: Duration,
    held: Option<Stake<'c>>,
) -> Option<Option<Stake<'c>>> {
    let parts = || again.iter().filter_map(|at| courses.get(*at));
    let is_put_off = parts().any(|it| is_put_off(&it.outcome));
    match client.quota() {
        Some(_) if is_put_off && held.is_some() => {
            time::sleep(wait).await;
            Some(held)
        }
        Some(quota) if is_put_off => {
            let room = parts().map(|it| client.retries().room(&it.spent)).min().unwrap_or_default();
            time::sleep(wait).await;
            quota.take_in_turn(room.saturating_sub(wait)).await.map(Some)
        }
        Some(quota) => {
            // The round before has failed.
            held.into_iter().for_each(Stake::lose);
            let stake = quota.take()?;
            time::sleep(wait).await;
            Some(Some(stake))
        }
        None => {
            time::sleep(wait).await;
            Some(None)
        }
    }
}

/// Whether the service is not at work, as far as this part tells.
fn failed(courses: &[Course<'_>], at: usize) -> bool {
    courses.get(at).is_some_and(|it| !is_answered(&it.outcome))
}

/// One exchange: the open parts, and what came for each of them.
async fn round(client: &Client, courses: &[Course<'_>], open: &[usize]) -> Result<Vec<Result<Received, Error>>, Error> {
    let mut requests = Requests::default();
    for (at, course) in open.iter().filter_map(|at| Some((*at, courses.get(*at)?))) {
        // What it depends on and has been carried out is not there to be named.
        let after: Vec<_> =
            course.member.after.iter().filter(|it| open.contains(it)).map(ToString::to_string).collect();
        requests.add(at, &course.member.outgoing, &after)?;
    }
    // Nothing is counted of a batch that is refused. A part counts as by itself, and one after another: a batch that holds
    // more than a limit takes at once would wait for itself.
    for course in open.iter().filter_map(|at| courses.get(*at)) {
        drop(client.limits().enter(&course.member.outgoing.place()).await.used());
    }
    let outgoing = Outgoing::batch(client, &BATCH, requests.to_json()?);
    let received = exchange(&outgoing).await?;
    let mut responses = match received.json()? {
        Some(json) => Responses::read(json).map_err(|error| received.misread(error))?,
        None => return Err(received.fault("the body is empty, where JSON should be")),
    };
    Ok(open
        .iter()
        .map(|at| match responses.take(*at) {
            Some((status, headers, mut body)) => {
                if !status.is_success() {
                    body.truncate(ERROR_BODY);
                }
                let token = received.token.clone();
                let context = received.context.clone();
                let asked = retry_after::read(&headers, client.clock().wall());
                let span = Span::none();
                Ok(Received { status, headers, asked, body, stop: None, token, operation: None, context, span })
            }
            None => Err(received.fault("there is no answer to this part of the batch")),
        })
        .collect())
}

/// The parts to ask for again, and after how long: the longest time that one of them is to wait.
fn again(client: &Client, courses: &[Course<'_>], open: &[usize], left: Option<Duration>) -> (Vec<usize>, Duration) {
    let mut again = Vec::new();
    let mut longest = Duration::ZERO;
    let jitter = client.clock().jitter();
    for (at, course) in open.iter().filter_map(|at| Some((*at, courses.get(*at)?))) {
        let method = &course.member.outgoing.method;
        if let Some(wait) = client.retries().wait(method, &course.outcome, &course.spent, left, jitter) {
            longest = longest.max(wait);
            again.push(at);
        } else if course.is_held_up() {
            // It was not carried out for the sake of one that is asked for again, and of none that failed for good.
            let after = &course.member.after;
            let is_due = after.iter().any(|it| again.contains(it));
            let well = |it: &usize| again.contains(it) || courses.get(*it).is_some_and(Course::went_well);
            if is_due && after.iter().all(well) {
                again.push(at);
            }
        }
    }
    (again, longest)
}

impl<'a> Course<'a> {
    fn new(member: &'a Member) -> Self {
        let outcome = Err(Error::refused("the batch was not sent"));
        Self { member, spent: Spent::default(), outcome }
    }

    fn has_answer(&self) -> bool {
        self.outcome.is_ok()
    }

    fn went_well(&self) -> bool {
        self.outcome.as_ref().is_ok_and(|it| it.status.is_success())
    }

    fn is_held_up(&self) -> bool {
        self.outcome.as_ref().is_ok_and(|it| it.status == StatusCode::FAILED_DEPENDENCY)
    }

    /// The answer, if the service said yes to this part.
    fn finish(self, client: &Client) -> Result<Received, Error> {
        let operation = self.member.outgoing.operation;
        let received = self.outcome.map_err(|error| error.of(operation))?;
        // The id is that of the exchange; how often the part was in one, its own.
        let context = received.context.clone().map(|it| Context { attempts: self.spent.retries + 1, ..it });
        match (received.accepted(client), context) {
            (Ok(received), context) => Ok(Received { operation, context, ..received }),
            (Err(error), Some(context)) => Err(error.of(operation).after(context)),
            (Err(error), None) => Err(error.of(operation)),
        }
    }
}
