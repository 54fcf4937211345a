//! A service of call records on the loopback interface, which answers when it is let.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};

use crate::process::PATIENCE;

#[derive(Clone)]
pub(crate) struct Service {
    address: SocketAddr,
    state: Arc<(Mutex<State>, Condvar)>,
}

#[derive(Default)]
struct State {
    is_open: bool,
    asked: Vec<String>,
}

impl Service {
    /// Takes requests, and lets them wait.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let service = Self { address: listener.local_addr().unwrap(), state: Arc::default() };
        let here = service.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let here = here.clone();
                std::thread::spawn(move || here.answer(&stream));
            }
        });
        service
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers what waits, and everything from now on.
    pub(crate) fn let_through(&self) {
        self.state.0.lock().unwrap().is_open = true;
        self.state.1.notify_all();
    }

    /// The ids that were asked for, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.state.0.lock().unwrap().asked.clone()
    }

    /// Waits until there were so many requests.
    pub(crate) fn is_asked(&self, requests: usize) {
        let (state, changed) = &*self.state;
        let too_few = |it: &mut State| it.asked.len() < requests;
        let waited = changed.wait_timeout_while(state.lock().unwrap(), PATIENCE, too_few).unwrap();
        assert!(!waited.1.timed_out(), "it is not asked");
    }

    /// Whoever asked may be gone meanwhile.
    fn answer(&self, mut stream: &TcpStream) {
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        let Some(first) = lines.next() else { return };
        lines.find(String::is_empty);
        let path = first.strip_prefix("GET /v1.0/communications/callRecords/").unwrap_or_else(|| panic!("{first}"));
        let id = path.split('?').next().unwrap().to_owned();
        let (state, changed) = &*self.state;
        let mut guard = state.lock().unwrap();
        guard.asked.push(id.clone());
        changed.notify_all();
        drop(changed.wait_while(guard, |it| !it.is_open).unwrap());
        let body = format!(r#"{{"id":"{id}","version":1,"sessions":[]}}"#);
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
        let _sent = write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len());
    }
}
