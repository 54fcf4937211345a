//! Which connection a retry goes over (E-10), over the stock transport and a listener on the loopback interface.

use std::sync::{Arc, Mutex};

use odata_runtime::client::{Builder, ReqwestTransport, StaticToken, Transport};
use odata_runtime::reqwest;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::orders::{Client, TOKEN};

/// Gives these answers, one a request, over as many connections as are opened; keeps which connection each request came
/// over, counted from 0.
async fn serve(answers: impl IntoIterator<Item = u16>) -> (u16, Arc<Mutex<Vec<usize>>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let answers: Arc<Mutex<Vec<u16>>> = Arc::new(Mutex::new(answers.into_iter().collect()));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let all = Arc::clone(&seen);
    tokio::spawn(async move {
        for number in 0.. {
            let (socket, _) = listener.accept().await.unwrap();
            tokio::spawn(answer(socket, number, Arc::clone(&answers), Arc::clone(&all)));
        }
    });
    (port, seen)
}

async fn answer(mut socket: TcpStream, number: usize, answers: Arc<Mutex<Vec<u16>>>, seen: Arc<Mutex<Vec<usize>>>) {
    loop {
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            if socket.read_buf(&mut request).await.unwrap_or(0) == 0 {
                return;
            }
        }
        seen.lock().unwrap().push(number);
        let status = answers.lock().unwrap().remove(0);
        let head = format!("HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nretry-after: 0\r\n");
        let body = if head.contains(" 200 ") { "{}" } else { r#"{"error": {"code": "busy"}}"# };
        let answer = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
        if socket.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

fn builder(port: u16, transport: impl Transport) -> Builder<Client> {
    let tokens = StaticToken::new(TOKEN);
    Client::builder().tokens(tokens).transport(transport).root(format!("http://127.0.0.1:{port}"))
}

async fn twice(client: Client) {
    for _ in 0..2 {
        client.orders().by_id("1").get().send().await.unwrap();
    }
}

#[tokio::test]
async fn e10_after_503_the_retry_goes_over_a_new_connection() {
    let (port, seen) = serve([503, 503, 200, 200]).await;
    let transport = ReqwestTransport::with(reqwest::ClientBuilder::no_proxy).unwrap();
    twice(builder(port, transport).build().unwrap()).await;
    let seen = seen.lock().unwrap().clone();
    assert_eq!(seen.len(), 4);
    // Each retry has its own; the request after them goes over one that is kept.
    assert_eq!(seen[..3], [0, 1, 2], "{seen:?}");
    assert_eq!(seen[3], 0, "{seen:?}");
}

/// "Drain/close before retry": KG leaves the answer unread, and its connection is lost.
#[tokio::test]
async fn e10_after_429_and_504_the_connection_is_used_again() {
    let (port, seen) = serve([429, 504, 200, 200]).await;
    let transport = ReqwestTransport::with(reqwest::ClientBuilder::no_proxy).unwrap();
    twice(builder(port, transport).build().unwrap()).await;
    assert_eq!(*seen.lock().unwrap(), [0, 0, 0, 0]);
}

#[tokio::test]
async fn an_apps_own_client_goes_over_the_connections_that_it_keeps() {
    let (port, seen) = serve([503, 200, 200]).await;
    let own = reqwest::Client::builder().no_proxy().build().unwrap();
    twice(builder(port, ReqwestTransport::from(own)).build().unwrap()).await;
    assert_eq!(*seen.lock().unwrap(), [0, 0, 0]);
}
