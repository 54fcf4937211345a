//! many tasks at once on one service that takes fewer, over a socket: no storm, and all of them finish.
//! `ODATA_TASKS` says how many; `tests/soak.sh` asks for a thousand.
#![cfg(feature = "testing")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use odata_runtime::Untyped;
use odata_runtime::client::{Client, Operation, ReqwestTransport, Service, StaticToken};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const SERVICE: Service = Service::new("https://shop.example.com/v1", "https://shop.example.com/.default");
const GET: Operation = Operation::new("/orders/{id}");

/// What the service has been asked for: in all, and in the second that runs.
struct Asked {
    most: u32,
    all: u32,
    second: (Instant, u32),
}

impl Asked {
    /// Whether one more request is taken in this second.
    fn take(&mut self) -> bool {
        self.all += 1;
        if self.second.0.elapsed() >= Duration::from_secs(1) {
            self.second = (Instant::now(), 0);
        }
        self.second.1 += 1;
        self.second.1 <= self.most
    }
}

async fn serve(mut socket: TcpStream, asked: Arc<Mutex<Asked>>) {
    let mut seen = Vec::new();
    while socket.read_buf(&mut seen).await.is_ok_and(|read| read > 0) {
        if !seen.ends_with(b"\r\n\r\n") {
            continue;
        }
        seen.clear();
        let head = if asked.lock().unwrap().take() { "200 OK" } else { "429 Too Many Requests\r\nretry-after: 1" };
        let answer = format!("HTTP/1.1 {head}\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{{}}");
        if socket.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn r12_many_tasks_on_one_throttled_service() {
    let tasks: u32 = std::env::var("ODATA_TASKS").map_or(100, |tasks| tasks.parse().unwrap());
    let second = (Instant::now(), 0);
    let asked = Arc::new(Mutex::new(Asked { most: tasks * 2 / 5, all: 0, second }));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let service = asked.clone();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(serve(socket, service.clone()));
        }
    });
    let transport = ReqwestTransport::build(ReqwestTransport::builder().no_proxy()).unwrap();
    let client: Client = Client::builder(&SERVICE)
        .tokens(StaticToken::new("t"))
        .transport(transport)
        .root(format!("http://127.0.0.1:{port}/v1"))
        .build()
        .unwrap();

    let began = Instant::now();
    let order = |id: u32| client.path().segment("orders").key(id.to_string()).get::<Untyped>(&GET);
    let running: Vec<_> = (0..tasks).map(|id| tokio::spawn(order(id).send())).collect();
    for task in running {
        task.await.unwrap().unwrap();
    }
    let all = asked.lock().unwrap().all;
    eprintln!(
        "{tasks} tasks on a service that takes {} a second: {all} requests in {:.1} s",
        tasks * 2 / 5,
        began.elapsed().as_secs_f64()
    );
    // Each is asked for once; three in five come again after a second, and one in five of all once more. What comes on
    // the border of two seconds may come once more.
    assert!(all <= 2 * tasks, "{all} requests for {tasks} tasks");
}
