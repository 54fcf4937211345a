//! The transport that answers from a recording.

use std::fmt::{self, Write as _};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{Request, Response};

use super::differ;
use super::file;
use super::recorded::Recorded;
use super::tokens::like;
use crate::client::{Body, BoxFuture, Transport, TransportError};

pub(super) const EXTENSION: &str = "exchange";
/// How many recorded requests an unexpected one is compared with in an error.
const NEAREST: usize = 3;

/// Answers requests as a [`Recorder`](super::Recorder) has written them down: each recorded exchange once, in any
/// order where requests differ, in the recorded one where they are alike.
///
/// A request is the recorded one if method, path and query are the same to the character, and the body says the same
/// (JSON but for white space and escapes). `***` in a recorded request stands for anything; headers and the
/// host do not matter. What the recording has pseudonyms for is asked for by them: an app's test takes its ids from
/// the recording or from [`Recorder::pseudonym`](super::Recorder::pseudonym). Links in recorded answers lead on by
/// themselves.
///
/// A request that was not recorded fails and names the nearest ones that were. Clones are one and the same: keep one,
/// give one to the client.
#[derive(Clone)]
pub struct Replay(Arc<Mutex<Script>>);

struct Script {
    /// What the file is called, the exchange, and whether it has been asked for.
    exchanges: Vec<(String, Recorded, bool)>,
    unexpected: Vec<String>,
}

impl Replay {
    /// Reads the recording in a folder.
    ///
    /// # Errors
    ///
    /// When there is none, or a file cannot be read: the error names the file, and the line if it is broken there.
    pub fn open(folder: impl AsRef<Path>) -> io::Result<Self> {
        let folder = folder.as_ref();
        let mut exchanges = Vec::new();
        for path in files(folder)? {
            let text = fs::read_to_string(&path)
                .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
            let exchange = file::read(&text).map_err(|(line, why)| {
                io::Error::new(io::ErrorKind::InvalidData, format!("{}:{line}: {why}", path.display()))
            })?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            exchanges.push((name, exchange, false));
        }
        if exchanges.is_empty() {
            let why = format!("{}: there is no file named *.{EXTENSION}", folder.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, why));
        }
        Ok(Self(Arc::new(Mutex::new(Script { exchanges, unexpected: Vec::new() }))))
    }

    /// Whether exactly what was recorded has been asked for.
    ///
    /// # Errors
    ///
    /// A text that lists what was asked for and not recorded, and what was recorded and not asked for.
    pub fn verify(&self) -> Result<(), String> {
        let script = self.script();
        let mut text = String::new();
        for unexpected in &script.unexpected {
            let _ = writeln!(text, "sent, not recorded: {unexpected}"); // writing to a String cannot fail
        }
        for (name, exchange, _) in script.exchanges.iter().filter(|it| !it.2) {
            let _ = writeln!(text, "recorded, not sent: {} ({name})", exchange.describe());
        }
        if text.is_empty() { Ok(()) } else { Err(text) }
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        // Nothing panics while the lock is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The files of a recording in their order.
pub(super) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let told = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", folder.display()));
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        if path.extension().is_some_and(|it| it == EXTENSION) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

impl Script {
    fn answer(&mut self, request: &Request<Bytes>) -> Result<Response<Body>, TransportError> {
        let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
        let method = request.method().as_str();
        let matching = self.exchanges.iter_mut().find(|(_, recorded, is_done)| {
            !is_done
                && recorded.method == method
                && like(&recorded.target, target)
                && recorded.body.is_like(request.body())
        });
        if let Some((_, recorded, is_done)) = matching {
            *is_done = true;
            return recorded.clone().answer();
        }
        let unexpected = format!("{}{}", differ::laid_out(method, target), self.nearest(request, target));
        let error = TransportError::new(format!("the recording has no such request (left): {unexpected}"));
        self.unexpected.push(unexpected);
        Err(error)
    }

    /// The recorded requests that are most like this one, and what is different about them.
    fn nearest(&self, request: &Request<Bytes>, target: &str) -> String {
        let method = request.method().as_str();
        let mut all: Vec<_> = self.exchanges.iter().collect();
        // Stable: of those that are alike the first recorded one is the first.
        all.sort_by_key(|(_, recorded, is_done)| {
            let alike = common(recorded.target.chars(), target.chars())
                + common(recorded.target.chars().rev(), target.chars().rev());
            let longest = recorded.target.len().max(target.len());
            (recorded.method != method, (2 * longest).saturating_sub(alike), *is_done)
        });
        let mut text = String::new();
        for (name, recorded, is_done) in all.into_iter().take(NEAREST) {
            let why = match (recorded.method == method, like(&recorded.target, target)) {
                (true, true) if recorded.body.is_like(request.body()) && *is_done => {
                    Some("answered already".to_owned())
                }
                (true, true) => Some(differ::bodies(&recorded.body, request.body())),
                (true, false) => differ::options(&recorded.target, target),
                (false, _) => None,
            };
            let why = why.map(|why| format!(", {why}")).unwrap_or_default();
            let _ = write!(text, "\n  near it: {} ({name}{why})", recorded.describe());
        }
        text
    }
}

/// How many items two sequences begin with alike.
fn common(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).count()
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let script = self.script();
        let left = script.exchanges.iter().filter(|it| !it.2).count();
        f.debug_struct("Replay").field("recorded", &script.exchanges.len()).field("left", &left).finish_non_exhaustive()
    }
}

impl Transport for Replay {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move { self.script().answer(&request) })
    }
}
