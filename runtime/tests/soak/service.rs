//! The service: lists of rows, in HTTP/1.1 written by hand, since no library lets one do all that is wrong here.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

pub(crate) const PAGE: u64 = 20;

/// Of a hundred requests, so many go wrong.
const WRONG: u64 = 30;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    Throttled,
    ThrottledWithoutWait,
    Unavailable,
    Timeout,
    Internal,
    Gateway,
    GatewayTimeout,
    TokenExpired,
    NoAnswer,
    HalfHead,
    Reset,
    CutBody,
    CutChunk,
    CutGzip,
    Stall,
    Drip,
    Page,
    HalfJson,
    Nothing,
    Partial,
}

pub(crate) const FAULTS: [Fault; 20] = [
    Fault::Throttled,
    Fault::ThrottledWithoutWait,
    Fault::Unavailable,
    Fault::Timeout,
    Fault::Internal,
    Fault::Gateway,
    Fault::GatewayTimeout,
    Fault::TokenExpired,
    Fault::NoAnswer,
    Fault::HalfHead,
    Fault::Reset,
    Fault::CutBody,
    Fault::CutChunk,
    Fault::CutGzip,
    Fault::Stall,
    Fault::Drip,
    Fault::Page,
    Fault::HalfJson,
    Fault::Nothing,
    Fault::Partial,
];

pub(crate) struct Shared {
    rows: u64,
    state: Mutex<State>,
}

struct State {
    random: u64,
    requests: u64,
    faults: BTreeMap<String, u64>,
    /// Tokens below this number have expired.
    tokens: u64,
}

impl Shared {
    /// Lists of so many rows.
    pub(crate) fn new(rows: u64) -> Arc<Self> {
        let state = State { random: 0x9e37_79b9_7f4a_7c15, requests: 0, faults: BTreeMap::new(), tokens: 0 };
        Arc::new(Self { rows, state: Mutex::new(state) })
    }

    /// How many requests there were, and what went wrong how often.
    pub(crate) fn counts(&self) -> (u64, BTreeMap<String, u64>) {
        let state = self.state.lock().unwrap();
        (state.requests, state.faults.clone())
    }

    /// What goes wrong with a request that bears this token.
    fn fate(&self, token: u64) -> (Option<Fault>, u64) {
        let mut state = self.state.lock().unwrap();
        state.requests += 1;
        let drawn = state.draw();
        let mut fault = None;
        if token < state.tokens {
            fault = Some(Fault::TokenExpired);
        } else if drawn % 100 < WRONG || (state.faults.len() < FAULTS.len() && state.requests.is_multiple_of(2)) {
            // Each kind once, soon, then any.
            let met = state.faults.len();
            let at =
                if met < FAULTS.len() { met } else { usize::try_from(state.draw()).unwrap_or_default() % FAULTS.len() };
            fault = Some(FAULTS[at]);
            if fault == Some(Fault::TokenExpired) {
                state.tokens = token + 1;
            }
        }
        if let Some(fault) = fault {
            *state.faults.entry(format!("{fault:?}")).or_insert(0) += 1;
        }
        (fault, drawn)
    }
}

impl State {
    /// Xorshift: the same run every time, as far as tasks let it be.
    fn draw(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random >> 8
    }
}

pub(crate) async fn listen(shared: Arc<Shared>) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let shared = shared.clone();
            tokio::spawn(async move {
                // A client that hangs up is one that has enough.
                let _ = serve(socket, &shared, port).await;
            });
        }
    });
    port
}

/// Answers request after request, until something breaks.
async fn serve(mut socket: TcpStream, shared: &Shared, port: u16) -> io::Result<()> {
    let mut seen = Vec::new();
    loop {
        while !seen.ends_with(b"\r\n\r\n") {
            if socket.read_buf(&mut seen).await? == 0 {
                return Ok(());
            }
        }
        let head = String::from_utf8(std::mem::take(&mut seen)).map_err(io::Error::other)?;
        let (list, page, token) = asked(&head).ok_or_else(|| io::Error::other(head.clone()))?;
        let (fault, drawn) = shared.fate(token);
        let body = body(list, page, shared.rows, port);
        let is_over = match fault {
            None => {
                socket.write_all(&whole(&body, drawn)).await?;
                false
            }
            Some(fault) => wrong(&mut socket, fault, &body).await?,
        };
        if is_over {
            return Ok(());
        }
    }
}

/// Which list, which page, and the number of the token.
fn asked(head: &str) -> Option<(u64, u64, u64)> {
    let target = head.strip_prefix("GET /v1/lists/")?.split(' ').next()?;
    let (list, page) = target.split_once("/rows")?;
    let page = page.strip_prefix("?$skiptoken=").unwrap_or("0");
    let token = head.split("authorization: Bearer token-").nth(1)?.split("\r\n").next()?;
    Some((list.parse().ok()?, page.parse().ok()?, token.parse().ok()?))
}

fn body(list: u64, page: u64, rows: u64, port: u16) -> String {
    let first = page * PAGE;
    let items: Vec<_> = (first..(first + PAGE).min(rows)).map(|row| row.to_string()).collect();
    let link = if first + PAGE < rows {
        let next = page + 1;
        format!(r#", "@odata.nextLink": "http://127.0.0.1:{port}/v1/lists/{list}/rows?$skiptoken={next}""#)
    } else {
        String::new()
    };
    format!(r#"{{"value": [{}]{link}}}"#, items.join(", "))
}

const JSON: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nrequest-id: r\r\n";

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn sized(head: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("{head}content-length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn chunked(body: &str) -> Vec<u8> {
    let (one, two) = body.split_at(body.len() / 2);
    let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
    format!("{JSON}transfer-encoding: chunked\r\n\r\n{}{}0\r\n\r\n", chunk(one), chunk(two)).into_bytes()
}

/// An answer in one of the ways that it may come.
fn whole(body: &str, drawn: u64) -> Vec<u8> {
    match drawn % 3 {
        0 => sized(JSON, body.as_bytes()),
        1 => chunked(body),
        _ => sized(&format!("{JSON}content-encoding: gzip\r\n"), &gzip(body)),
    }
}

/// An answer that goes wrong. True: the connection ends with it.
async fn wrong(socket: &mut TcpStream, fault: Fault, body: &str) -> io::Result<bool> {
    let error = r#"{"error": {"code": "Odd", "message": "It is odd."}}"#;
    let status =
        |status: &str| sized(&format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\n"), error.as_bytes());
    let cut = |bytes: Vec<u8>, left_out: usize| bytes[..bytes.len() - left_out].to_vec();
    let bytes = match fault {
        Fault::Throttled => status("429 Too Many Requests\r\nretry-after: 0.5"),
        Fault::ThrottledWithoutWait => status("429 Too Many Requests"),
        Fault::Unavailable => status("503 Service Unavailable\r\nretry-after: 0"),
        Fault::Timeout => status("408 Request Timeout"),
        Fault::Internal => status("500 Internal Server Error"),
        Fault::Gateway => sized("HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\n", b"<html>Bad gateway</html>"),
        Fault::GatewayTimeout => status("504 Gateway Timeout"),
        Fault::TokenExpired => status("401 Unauthorized\r\nwww-authenticate: Bearer"),
        Fault::NoAnswer => Vec::new(),
        Fault::HalfHead => JSON.as_bytes()[..30].to_vec(),
        Fault::Reset | Fault::CutBody => cut(sized(JSON, body.as_bytes()), 9),
        Fault::CutChunk => cut(chunked(body), 12),
        Fault::CutGzip => {
            let zipped = gzip(body);
            sized(&format!("{JSON}content-encoding: gzip\r\n"), &zipped[..zipped.len() - 10])
        }
        Fault::Stall | Fault::Drip => format!("{JSON}\r\n{}", &body[..20]).into_bytes(),
        Fault::Page => sized("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n", b"<html>Sign in</html>"),
        Fault::HalfJson => sized(JSON, &body.as_bytes()[..body.len() - 9]),
        Fault::Nothing => b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(),
        Fault::Partial => sized(&JSON.replace("200 OK", "206 Partial Content"), body.as_bytes()),
    };
    socket.write_all(&bytes).await?;
    match fault {
        Fault::NoAnswer | Fault::HalfHead | Fault::CutBody | Fault::CutChunk => Ok(true),
        Fault::Reset => {
            socket.set_zero_linger()?;
            Ok(true)
        }
        Fault::Stall => {
            let mut more = Vec::new();
            while socket.read_buf(&mut more).await? > 0 {}
            Ok(true)
        }
        Fault::Drip => loop {
            socket.write_all(b" ").await?;
            sleep(Duration::from_millis(50)).await;
        },
        _ => Ok(false),
    }
}
