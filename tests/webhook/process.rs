//! The example as a process: started, spoken to, read from, killed.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::service::Service;

pub(crate) const STATE: &str = "state of the test";
/// Nothing here takes long; a test that waits for what never comes must end.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// `cargo test --workspace` builds the examples beside the tests.
pub(crate) fn built() -> Option<PathBuf> {
    let tests = std::env::current_exe().expect("this test");
    let path = tests.parent()?.parent()?.join("examples").join(format!("webhook{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists() || std::env::var_os("CI").is_none(), "webhook is not built");
    path.exists().then_some(path)
}

/// One notification for each of these.
pub(crate) fn delivery(state: &str, ids: &[&str]) -> String {
    let items = ids.iter().map(|id| {
        format!(
            r#"{{"subscriptionId":"3d27b0bf-31a1-5942-9a65-fccb80e9f3cc","changeType":"updated","clientState":"{state}","resource":"communications/callRecords/{id}"}}"#
        )
    });
    format!(r#"{{"value":[{}]}}"#, items.collect::<Vec<_>>().join(","))
}

pub(crate) struct Hook {
    child: Child,
    journal: PathBuf,
    address: SocketAddr,
    lines: Receiver<String>,
}

impl Hook {
    pub(crate) fn start(program: &Path, folder: &Path, service: &Service, queue: usize) -> Self {
        let journal = folder.join("webhook.journal");
        let mut child = Command::new(program)
            .env("GRAPH_TOKEN", "t")
            .env("GRAPH_LOOPBACK", service.address().to_string())
            .env("CLIENT_STATE", STATE)
            .env("WEBHOOK_JOURNAL", &journal)
            .env("WEBHOOK_QUEUE", queue.to_string())
            .env_remove("WEBHOOK_PORT")
            .stdout(Stdio::piped())
            .spawn()
            .expect("it runs");
        let output = BufReader::new(child.stdout.take().expect("piped"));
        let (sender, lines) = channel();
        std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let first = lines.recv_timeout(PATIENCE).expect("a first line");
        let address = first.strip_prefix("listening on ").expect("its address").parse().expect("an address");
        Self { child, journal, address, lines }
    }

    /// The whole answer.
    pub(crate) fn post(&self, target: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let head = "Host: app.example\r\nContent-Type: application/json\r\nConnection: close\r\n";
        write!(stream, "POST {target} HTTP/1.1\r\n{head}Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    /// The status.
    pub(crate) fn deliver(&self, body: &str) -> u16 {
        let answer = self.post("/", body);
        answer.split(' ').nth(1).and_then(|it| it.parse().ok()).unwrap_or_else(|| panic!("{answer}"))
    }

    /// Waits until it prints this line.
    pub(crate) fn prints(&mut self, line: &str) {
        while self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{line:?} is not printed")) != line {}
    }

    pub(crate) fn journal(&self) -> String {
        std::fs::read_to_string(&self.journal).expect("a journal")
    }

    /// Writes at the end of the journal.
    pub(crate) fn write(&self, text: &str) {
        let mut file = std::fs::OpenOptions::new().append(true).open(&self.journal).expect("a journal");
        file.write_all(text.as_bytes()).unwrap();
    }

    /// SIGKILL: it has no chance to tidy up.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }
}

impl Drop for Hook {
    fn drop(&mut self) {
        let _gone = self.child.kill().and_then(|()| self.child.wait());
    }
}
