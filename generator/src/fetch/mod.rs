//! Documents from the web: one exchange, and nothing that it could not be asked about.
//!
//! https only, or http on this machine. Redirects go to https or stay where they are, and a token goes nowhere but to the
//! host that it was given for. The answer has a cap and a time limit and must be whole; whether it is a document is for
//! [`csdl::read`](crate::csdl::read()) to say. What a document refers to is not fetched.
//!
//! ureq has no redirects of its own here: it would ask for nothing before it follows one.

mod place;

use std::time::{Duration, Instant};

use ureq::http::{HeaderMap, StatusCode, header};
use url::Url;

/// Redirects that are followed.
const REDIRECTS: usize = 5;

/// What to ask for.
#[derive(Clone)]
pub struct Request {
    /// The document's URL.
    pub url: String,
    /// A bearer token for its host.
    pub token: Option<String>,
    /// The `ETag` of what is there already: if it is still so, the answer is [`Answer::NotModified`].
    pub etag: Option<String>,
    /// The longest body, in bytes.
    pub most_bytes: usize,
    /// The longest time for all of it.
    pub timeout: Duration,
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// 304: what is there already is what there is.
    NotModified,
    /// 200.
    Document(Fetched),
}

/// A body, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// `ETag`, for the next time.
    pub etag: Option<String>,
    /// `Last-Modified`, as sent.
    pub last_modified: Option<String>,
}

/// Why there is no answer. No message has a query or a token in it.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// No URL at all.
    #[error("`{0}` is not a URL: {1}")]
    NoUrl(String, url::ParseError),
    /// Neither https nor this machine.
    #[error("`{0}` is not https: anybody on the way could change the document")]
    NotSecure(String),
    /// A name or password in the URL.
    #[error("the URL of `{0}` has a user name or password in it, which would end in logs")]
    UserInfo(String),
    /// A token that no header can carry.
    #[error("the token has characters that no token has")]
    Token,
    /// A redirect without an end or an aim.
    #[error("`{0}` redirects {1}")]
    Redirect(String, &'static str),
    /// An answer that is neither 200 nor 304.
    #[error("`{url}` answers {status}")]
    Status {
        /// Who answers.
        url: String,
        /// The status with its words.
        status: StatusCode,
    },
    /// A body above the cap.
    #[error("`{0}` sends more than {1} bytes")]
    TooLarge(String, usize),
    /// It took too long.
    #[error("`{0}` takes more than {1} s")]
    Slow(String, u64),
    /// The connection failed or the body broke off.
    #[error("`{0}`: {1}")]
    Broken(String, String),
}

/// Fetches a document.
///
/// # Errors
///
/// Whatever is not a whole 200 or a 304 within the limits of the request.
pub fn fetch(request: &Request) -> Result<Answer, FetchError> {
    let deadline = Instant::now() + request.timeout;
    let first = place::parse(&request.url)?;
    let mut url = first.clone();
    let mut token = request.token.as_deref();
    for _ in 0..=REDIRECTS {
        let left = deadline.saturating_duration_since(Instant::now());
        let mut response = ask(&url, token, request, left)?;
        let status = response.status();
        if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
            let next = place::redirect(&url, text(response.headers(), &header::LOCATION).as_deref())?;
            token = place::carried(token, &url, &next);
            url = next;
            continue;
        }
        return match status {
            StatusCode::NOT_MODIFIED if request.etag.is_some() => Ok(Answer::NotModified),
            StatusCode::OK => Ok(Answer::Document(Fetched {
                etag: text(response.headers(), &header::ETAG),
                last_modified: text(response.headers(), &header::LAST_MODIFIED),
                bytes: body(&url, &mut response, request)?,
            })),
            _ => Err(FetchError::Status { url: place::shown(&url), status }),
        };
    }
    Err(FetchError::Redirect(place::shown(&first), "again and again"))
}

type Response = ureq::http::Response<ureq::Body>;

fn ask(url: &Url, token: Option<&str>, request: &Request, left: Duration) -> Result<Response, FetchError> {
    let mut config = ureq::Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_global(Some(left))
        .user_agent(concat!("odata-codegen/", env!("CARGO_PKG_VERSION")));
    if place::is_local(url) {
        config = config.proxy(None);
    }
    let mut call = ureq::Agent::from(config.build()).get(url.as_str());
    call = call.header(header::ACCEPT, "application/xml");
    if let Some(etag) = &request.etag {
        call = call.header(header::IF_NONE_MATCH, etag);
    }
    if let Some(token) = token {
        let mut value: ureq::http::HeaderValue = format!("Bearer {token}").parse().map_err(|_| FetchError::Token)?;
        value.set_sensitive(true);
        call = call.header(header::AUTHORIZATION, value);
    }
    call.call().map_err(|fault| broken(url, request, &fault))
}

/// The whole body. What ends before its announced length is an error of ureq's.
fn body(url: &Url, response: &mut Response, request: &Request) -> Result<Vec<u8>, FetchError> {
    // One more than is let in: a body of just that length is not too large.
    let limit = request.most_bytes as u64 + 1;
    let read = response.body_mut().with_config().limit(limit).read_to_vec();
    let bytes = read.map_err(|fault| broken(url, request, &fault))?;
    if bytes.len() > request.most_bytes {
        return Err(FetchError::TooLarge(place::shown(url), request.most_bytes));
    }
    Ok(bytes)
}

fn broken(url: &Url, request: &Request, fault: &ureq::Error) -> FetchError {
    let shown = place::shown(url);
    match fault {
        ureq::Error::Timeout(_) => FetchError::Slow(shown, request.timeout.as_secs()),
        ureq::Error::BodyExceedsLimit(_) => FetchError::TooLarge(shown, request.most_bytes),
        other => FetchError::Broken(shown, other.to_string()),
    }
}

fn text(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
