//! A server on this machine, on a port that the system picks: it says what it was told to, byte for byte, and remembers
//! what it was asked.
#![allow(dead_code)] // Each test binary uses its own part.
#![allow(clippy::expect_used, clippy::panic)] // A test fails by panicking.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

#[derive(Clone)]
struct Script {
    bytes: Vec<u8>,
    /// Whether nothing comes after the bytes, not even the end.
    stalls: bool,
}

/// What was asked.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// `GET /path HTTP/1.1`.
    pub(crate) line: String,
    headers: BTreeMap<String, String>,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

#[derive(Default)]
struct State {
    scripts: BTreeMap<String, Script>,
    asked: Vec<Asked>,
    /// Connections that are kept open without a word.
    open: Vec<TcpStream>,
}

pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        // Ends with the test's process.
        std::thread::spawn(move || listener.incoming().flatten().for_each(|stream| serve(stream, &shared)));
        Self { address, state }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What a path answers from now on.
    pub(crate) fn on(&self, path: &str, bytes: Vec<u8>) {
        self.script(path, Script { bytes, stalls: false });
    }

    /// The same, and then nothing.
    pub(crate) fn stall(&self, path: &str, bytes: Vec<u8>) {
        self.script(path, Script { bytes, stalls: true });
    }

    fn script(&self, path: &str, script: Script) {
        self.state.lock().expect("state").scripts.insert(path.to_owned(), script);
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.state.lock().expect("state").asked.clone()
    }

    pub(crate) fn forget(&self) {
        self.state.lock().expect("state").asked.clear();
    }
}

fn serve(mut stream: TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
            break;
        }
        lines.push(line.trim_end().to_owned());
    }
    let Some(line) = lines.first().cloned() else { return };
    let headers = lines.iter().skip(1).filter_map(|it| it.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut state = state.lock().expect("state");
    state.asked.push(Asked { line, headers });
    let script = state.scripts.get(&path).cloned();
    let script = script.unwrap_or_else(|| Script { bytes: answer(404, &[], "no script"), stalls: false });
    // Who has seen enough hangs up.
    let _hung_up = stream.write_all(&script.bytes).and_then(|()| stream.flush());
    if script.stalls {
        state.open.push(stream);
        return;
    }
    drop(state);
    let _hung_up = stream.shutdown(Shutdown::Write);
    let _rest = reader.read_to_end(&mut Vec::new());
}

/// A whole answer with its length.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let words = match status {
        200 => "OK",
        304 => "Not Modified",
        404 => "Not Found",
        _ => "Word",
    };
    let headers: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let headers = headers.concat();
    format!("HTTP/1.1 {status} {words}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
        .into_bytes()
}
