//! What goes out: all of a request but what every try adds to it, the token.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, IF_MATCH, USER_AGENT};
use http::{HeaderName, Method, Request};

use super::Client;
use super::error::Error;
use super::operation::Operation;
use super::path::Path;
use crate::query::{Options, Use};

pub(super) const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// A request as it can be made again: for a retry, and with another address for the next page (W-9).
#[derive(Clone)]
pub(super) struct Outgoing {
    pub(super) client: Client,
    pub(super) method: Method,
    pub(super) url: String,
    pub(super) operation: Option<&'static Operation>,
    pub(super) page_size: Option<u32>,
    pub(super) if_match: Option<String>,
    pub(super) body: Option<Bytes>,
    /// Of a later page: the address of the first.
    pub(super) continues: Option<String>,
    /// Why it is not to be sent.
    pub(super) fault: Option<String>,
}

impl Outgoing {
    /// A `GET` of this address.
    pub(super) fn to(client: Client, url: String) -> Self {
        Self {
            client,
            method: Method::GET,
            url,
            operation: None,
            page_size: None,
            if_match: None,
            body: None,
            continues: None,
            fault: None,
        }
    }

    /// A `POST` of a batch.
    pub(super) fn batch(client: &Client, operation: &'static Operation, body: Bytes) -> Self {
        let url = format!("{}/$batch", client.root());
        Self { method: Method::POST, body: Some(body), operation: Some(operation), ..Self::to(client.clone(), url) }
    }

    /// A `GET` of what is at this path, with these options.
    pub(super) fn get<T>(path: &Path, options: &Options<T>, operation: &'static Operation) -> Self {
        let mut outgoing = Self::at(path, operation);
        let query = options.to_string();
        if !query.is_empty() {
            outgoing.url.push(if path.aliases().is_empty() { '?' } else { '&' });
            outgoing.url.push_str(&query);
        }
        outgoing.refuse(options.fault().map(str::to_owned));
        outgoing.refuse(operation.filterable.and_then(|known| unknown_use(options.filtered(), known)));
        outgoing.refuse(
            first_other(options.expanded(), operation.expandable)
                .map(|name| format!("the service does not expand `{name}` here: it would ignore that, or refuse it")),
        );
        outgoing
            .refuse(first_other(options.sorted(), operation.sortable).map(|name| {
                format!("the service does not order by `{name}`: it would ignore the order, or refuse it")
            }));
        outgoing
    }

    /// A request for what is at this path: a `GET`, until it is said otherwise.
    pub(super) fn at(path: &Path, operation: &'static Operation) -> Self {
        let mut url = path.client().root().to_owned();
        let fault = match path.checked() {
            Ok(text) => {
                url.push_str(text);
                if !path.aliases().is_empty() {
                    url.push('?');
                    url.push_str(path.aliases());
                }
                None
            }
            Err(fault) => Some(fault.to_owned()),
        };
        Self { operation: Some(operation), fault, ..Self::to(path.client().clone(), url) }
    }

    /// Refuses the request, unless it is refused already.
    pub(super) fn refuse(&mut self, why: Option<String>) {
        self.fault = self.fault.take().or(why);
    }

    /// The request under this id.
    pub(super) fn request(&self, id: &str) -> Result<Request<Bytes>, Error> {
        if let Some(fault) = &self.fault {
            return Err(Error::refused(fault.clone()));
        }
        let mut request = Request::builder()
            .method(self.method.clone())
            .uri(&self.url)
            .header(ACCEPT, "application/json")
            .header(CLIENT_REQUEST_ID, id)
            .header(USER_AGENT, self.client.user_agent());
        if let Some(prefer) = self.prefer() {
            request = request.header(PREFER, prefer);
        }
        if let Some(etag) = &self.if_match {
            request = request.header(IF_MATCH, etag);
        }
        if self.body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        } else if matches!(self.method, Method::POST | Method::PATCH | Method::PUT) {
            // Transports leave it out, and servers answer 411 (RFC 9110, section 8.6).
            request = request.header(CONTENT_LENGTH, 0);
        }
        request
            .body(self.body.clone().unwrap_or_default())
            .map_err(|error| Error::refused(format!("the request cannot be sent: {error}")))
    }

    /// What the service states for every request (W-2), and the size of pages (W-11).
    fn prefer(&self) -> Option<String> {
        let size = self.page_size.map(|size| format!("odata.maxpagesize={size}"));
        let wishes: Vec<_> = self.client.prefer().map(str::to_owned).into_iter().chain(size).collect();
        (!wishes.is_empty()).then(|| wishes.join(", "))
    }
}

/// Why a filter is not for this service: the first use that is not among those that it heeds (CR-2, CR-21).
fn unknown_use(uses: Vec<Use>, known: &[&str]) -> Option<String> {
    let Use { path, by } = uses.into_iter().find(|it| !known.iter().any(|entry| it.is_in(entry)))?;
    let of_path = known.iter().filter_map(|entry| entry.strip_prefix(path.as_str())?.strip_prefix(' '));
    let others: Vec<&str> = of_path.collect();
    let how = if others.is_empty() { String::new() } else { format!(" with `{by}`, only with: {}", others.join(" ")) };
    Some(format!("the service does not filter by `{path}`{how}: it would ignore the filter, or refuse it"))
}

/// The first name that is not among those that may be used (CR-2, CR-21).
fn first_other<'a>(mut names: impl Iterator<Item = &'a str>, known: Option<&[&str]>) -> Option<&'a str> {
    let known = known?;
    names.find(|name| !known.contains(name))
}
