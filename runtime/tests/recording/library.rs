//! A library whose readers are nobody's business.

use std::fs;
use std::path::Path;

use futures_util::StreamExt as _;
use odata_runtime::bytes::Bytes;
use odata_runtime::client::{Body, Service, Transport, TransportError};
use odata_runtime::http::{HeaderMap, Method, Request, StatusCode};
use odata_runtime::testing::{Exchange, InMemory, Recorder};

pub(crate) const TOKEN: &str = "op4que-t0ken";
pub(crate) const LIBRARY: Service = Service::new("https://library.example/v1", "https://library.example/.default")
    .secret(&["pin", "certificate"])
    .personal(&["reader", "readerId", "mail", "phone", "ipAddress", "joinUrl", "device/name", "born", "age"]);

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) fault: Option<TransportError>,
}

impl Answered {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

pub(crate) fn request(method: Method, target: &str, body: impl Into<Bytes>) -> Request<Bytes> {
    Request::builder()
        .method(method)
        .uri(format!("https://library.example{target}"))
        .header("accept", "application/json")
        .header("authorization", format!("Bearer {TOKEN}"))
        .header("x-reader", "Ann Lee")
        .body(body.into())
        .unwrap()
}

pub(crate) fn get(target: &str) -> Request<Bytes> {
    request(Method::GET, target, "")
}

pub(crate) async fn send(transport: &impl Transport, request: Request<Bytes>) -> Result<Answered, TransportError> {
    let (head, body) = transport.send(request).await?.into_parts();
    let (body, fault) = read(body).await;
    Ok(Answered { status: head.status, headers: head.headers, body, fault })
}

async fn read(mut body: Body) -> (Vec<u8>, Option<TransportError>) {
    let mut read = Vec::new();
    loop {
        match body.next().await {
            Some(Ok(piece)) => read.extend_from_slice(&piece),
            Some(Err(fault)) => return (read, Some(fault)),
            None => return (read, None),
        }
    }
}

/// Records these exchanges of the library into `folder`, with a salt that is always the same.
pub(crate) async fn record(folder: &Path, exchanges: Vec<(Request<Bytes>, Exchange)>) -> Recorder<InMemory> {
    let library = InMemory::new();
    let recorder = Recorder::new(library.clone(), folder, &LIBRARY).salt("pepper");
    for (request, exchange) in exchanges {
        library.expect(exchange);
        let _ = send(&recorder, request).await; // faults are recorded too
    }
    recorder.finish().unwrap();
    library.verify().unwrap();
    recorder
}

/// The names of the files in a folder, and their text, in order.
pub(crate) fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let mut files: Vec<_> = entries
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}
