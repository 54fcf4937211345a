//! The transport that writes down what passes through it.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::Stream;
use http::{Request, Response};

use super::file;
use super::recorded::Fault;
use super::redact::Redaction;
use super::replay::{self, EXTENSION};
use super::seen::{Seen, words};
use crate::client::{Body, BoxFuture, Service, Transport, TransportError};

/// Passes requests on to another transport and records them, one exchange a file, for [`Replay`](super::Replay).
///
/// Nothing is on the disk before [`finish`](Self::finish): a value in the first request may turn out to be personal in
/// the last answer. The last clone that is dropped finishes too, without a word if that fails. Clones are one and the
/// same: keep one, give one to the client. A recording takes the place of the one that was in its folder.
///
/// What is redacted:
/// - `Authorization`, and every other header that is not known to be harmless: `***`. The token is taken out of
///   everything else too, should an answer repeat it.
/// - Properties that the service declares to be [secret](Service::secret): `***`, a number `0`.
/// - Properties that it declares to be [personal](Service::personal), and all within them but control information and
///   Booleans: pseudonyms of the same shape. A GUID stays a GUID, an address an address (`10.x.y.z`, `2001:db8::/32`), a mail
///   address one (of a host under `.example`), a URL a URL, a date a date, a number a number; of other text letters become
///   letters and digits digits.
/// - These values wherever else they stand as words of their own, in URLs, headers and other bodies, in any case and
///   percent-encoded or not, if they have at least three characters. The same value has the same pseudonym everywhere
///   in a recording, so that ids still match and a replayed run follows its own links.
/// - In URLs, literals that are compared with such properties or given for them, and keys that look like one, of what is
///   declared by its `id`. What is asked for at `/readers` counts as standing in a property `readers`.
/// - Whatever it belongs to: what follows `Bearer`, JSON web tokens, `secret=..`, `password=..`, `token=..` and their like
///   (`***`); mail addresses, IP addresses, telephone numbers that begin with `+`, skip and delta tokens (pseudonyms).
///
/// What is not: personal data that is neither declared nor of one of these forms, such as a name in a free text
/// that no declared property holds; names of properties; bodies that are encoded as a whole, such as a picture. A
/// compressed body is one, so the recorder stands where bodies are not compressed: around the stock transport.
/// Read a recording before you publish it.
pub struct Recorder<T>(Arc<Shared<T>>);

struct Shared<T> {
    inner: T,
    log: Arc<Log>,
}

/// What was seen and is not written yet.
struct Log {
    folder: PathBuf,
    pages: Mutex<Pages>,
}

struct Pages {
    redaction: Redaction,
    /// How many requests were begun.
    begun: usize,
    /// What has come to its end, and as which request it was begun.
    seen: Vec<(usize, Seen)>,
    /// How many files there are.
    written: usize,
}

impl<T> Recorder<T> {
    /// Records what `inner` carries into `folder`, which is made if it does not exist.
    pub fn new(inner: T, folder: impl Into<PathBuf>, service: &Service) -> Self {
        let pages = Pages { redaction: Redaction::new(service), begun: 0, seen: Vec::new(), written: 0 };
        Self(Arc::new(Shared { inner, log: Arc::new(Log { folder: folder.into(), pages: Mutex::new(pages) }) }))
    }

    /// Makes pseudonyms with this salt rather than a random one, so that another recording has the same. Whoever
    /// knows the salt can guess short values, such as telephone numbers: it does not belong into the repository.
    #[must_use]
    pub fn salt(self, salt: impl AsRef<[u8]>) -> Self {
        self.0.log.pages().redaction.salt(salt.as_ref());
        self
    }

    /// What stands in the recording instead of this personal value. A test that replays asks with it.
    #[must_use]
    pub fn pseudonym(&self, original: &str) -> String {
        self.0.log.pages().redaction.pseudonym(original)
    }

    /// Writes what has been recorded so far, and gives the files: `0001-get-orders.exchange` and so on, in the order in
    /// which the requests were begun. An answer whose body is still being read is not among them. May be called
    /// again: what came since is added.
    ///
    /// # Errors
    ///
    /// When the folder or a file cannot be written: no exchange is lost, and none is written in part.
    pub fn finish(&self) -> io::Result<Vec<PathBuf>> {
        self.0.log.write()
    }
}

impl Log {
    fn pages(&self) -> MutexGuard<'_, Pages> {
        // Nothing panics while the lock is held.
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, number: usize, seen: Seen) {
        self.pages().seen.push((number, seen));
    }

    fn write(&self) -> io::Result<Vec<PathBuf>> {
        let mut pages = self.pages();
        let pages = &mut *pages;
        pages.seen.sort_by_key(|(number, _)| *number);
        for (_, seen) in &pages.seen {
            seen.teach(&mut pages.redaction);
        }
        pages.redaction.prepare().map_err(io::Error::other)?;
        fs::create_dir_all(&self.folder).map_err(|error| told(&self.folder, &error))?;
        let mut files: Vec<(PathBuf, PathBuf)> = Vec::new();
        for ((_, seen), number) in pages.seen.iter().zip(pages.written + 1..) {
            let exchange = seen.redacted(&mut pages.redaction);
            let path = self.folder.join(format!("{number:04}-{}.{EXTENSION}", words(&exchange)));
            let unfinished = path.with_extension("unfinished");
            let written = fs::write(&unfinished, file::write(&exchange)).map_err(|error| told(&unfinished, &error));
            files.push((unfinished, path));
            if let Err(error) = written {
                for (unfinished, _) in &files {
                    let _ = fs::remove_file(unfinished); // the error to tell is the first
                }
                return Err(error);
            }
        }
        if pages.written == 0 {
            for path in replay::files(&self.folder)? {
                fs::remove_file(&path).map_err(|error| told(&path, &error))?;
            }
        }
        for (unfinished, path) in &files {
            fs::rename(unfinished, path).map_err(|error| told(path, &error))?;
        }
        pages.written += files.len();
        pages.seen.clear();
        Ok(files.into_iter().map(|(_, path)| path).collect())
    }
}

fn told(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

impl<T: Transport> Transport for Recorder<T> {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let number = {
            let mut pages = self.0.log.pages();
            pages.begun += 1;
            pages.begun
        };
        Box::pin(async move {
            let seen = Seen { request: request.clone(), answer: None, fault: None };
            match self.0.inner.send(request).await {
                Ok(answer) => {
                    let (head, body) = answer.into_parts();
                    let seen = Seen { answer: Some((head.status, head.headers.clone(), Vec::new())), ..seen };
                    let tee = Tee { body, seen: Some(seen), number, log: self.0.log.clone() };
                    Ok(Response::from_parts(head, Body::stream(tee)))
                }
                Err(error) => {
                    self.0.log.add(number, Seen { fault: Some(Fault::of(&error)), ..seen });
                    Err(error)
                }
            }
        })
    }
}

/// A body that is recorded as far as it is read.
struct Tee {
    body: Body,
    seen: Option<Seen>,
    number: usize,
    log: Arc<Log>,
}

impl Tee {
    fn ended(&mut self, fault: Option<Fault>) {
        if let Some(seen) = self.seen.take() {
            self.log.add(self.number, Seen { fault, ..seen });
        }
    }
}

impl Stream for Tee {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(Pin::new(&mut self.body).poll_next(cx));
        match &piece {
            Some(Ok(piece)) => {
                if let Some(Seen { answer: Some((_, _, body)), .. }) = &mut self.seen {
                    body.extend_from_slice(piece);
                }
            }
            Some(Err(error)) => self.ended(Some(Fault::of(error))),
            None => self.ended(None),
        }
        Poll::Ready(piece)
    }
}

/// A client need not read to the end: one that has enough of an error's body stops.
impl Drop for Tee {
    fn drop(&mut self) {
        self.ended(None);
    }
}

/// The last clone of a recorder is gone, and with it the last answer that is being read.
impl Drop for Log {
    fn drop(&mut self) {
        if !self.pages().seen.is_empty() {
            let _ = self.write(); // a drop has nobody to tell
        }
    }
}

impl<T> Clone for Recorder<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> fmt::Debug for Recorder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("folder", &self.0.log.folder).finish_non_exhaustive()
    }
}
