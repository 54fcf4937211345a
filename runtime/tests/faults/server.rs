//! A server on the loopback interface that does what it is told, byte for byte.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use odata_runtime::client::{Builder, ReqwestTransport, StaticToken};
use odata_runtime::reqwest::ClientBuilder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::orders::{Client, TOKEN};

/// What one connection is given, after its request has been read.
#[derive(Clone)]
pub(crate) enum Answer {
    /// These bytes, and the end.
    Bytes(Vec<u8>),
    /// These bytes, and then nothing more, but no end.
    Stall(Vec<u8>),
    /// These bytes, and then a space every few milliseconds, for ever.
    Drip(Vec<u8>),
    /// These bytes, and then a broken connection.
    Reset(Vec<u8>),
    /// A broken connection, before the request has been read.
    Refuse,
}

pub(crate) struct Server {
    pub(crate) port: u16,
    seen: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Gives these answers, each to one connection, and takes no further ones.
    pub(crate) async fn giving(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = seen.clone();
        let task = tokio::spawn(async move {
            for answer in answers {
                let (socket, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(socket, answer, log.clone()));
            }
        });
        Self { port, seen, task }
    }

    /// One answer.
    pub(crate) async fn saying(bytes: impl Into<Vec<u8>>) -> Self {
        Self::giving(vec![Answer::Bytes(bytes.into())]).await
    }

    /// The heads of the requests that were read.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    /// A client of it, that tries once.
    pub(crate) fn client(&self) -> Builder<Client> {
        over(self.port, ReqwestTransport::build(stock()).unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The stock settings; whatever proxy the machine has is none of the test's business.
pub(crate) fn stock() -> ClientBuilder {
    ReqwestTransport::builder().no_proxy()
}

pub(crate) fn over(port: u16, transport: ReqwestTransport) -> Builder<Client> {
    let builder = Client::builder().tokens(StaticToken::new(TOKEN)).transport(transport).retries(0);
    builder.root(format!("http://127.0.0.1:{port}/v1.0"))
}

async fn serve(mut socket: TcpStream, answer: Answer, log: Arc<Mutex<Vec<String>>>) {
    if matches!(answer, Answer::Refuse) {
        socket.set_zero_linger().unwrap();
        return;
    }
    let mut seen = Vec::new();
    while !seen.windows(4).any(|it| it == b"\r\n\r\n") {
        if socket.read_buf(&mut seen).await.unwrap_or_default() == 0 {
            return;
        }
    }
    log.lock().unwrap().push(String::from_utf8_lossy(&seen).into_owned());
    let (Answer::Bytes(bytes) | Answer::Stall(bytes) | Answer::Drip(bytes) | Answer::Reset(bytes)) = &answer else {
        return;
    };
    // A client that has enough hangs up before the end.
    let _ = socket.write_all(bytes).await;
    match answer {
        Answer::Stall(_) => while socket.read_buf(&mut seen).await.is_ok_and(|read| read > 0) {},
        Answer::Drip(_) => {
            while socket.write_all(b" ").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
        Answer::Reset(_) => {
            tokio::time::sleep(Duration::from_millis(50)).await; // what was sent before is read before
            socket.set_zero_linger().unwrap();
        }
        _ => {}
    }
}

/// A whole answer with these lines of a head, which end with line breaks.
pub(crate) fn answer(status: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {status}\r\n{head}content-length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// A whole answer that is JSON.
pub(crate) fn json(body: &str) -> Vec<u8> {
    answer("200 OK", "content-type: application/json\r\n", body.as_bytes())
}
