//! The transport that leads to a server on this machine.

use std::net::SocketAddr;

use bytes::Bytes;
use http::header::HOST;
use http::uri::{Authority, Scheme};
use http::{HeaderValue, Request, Response, Uri};

use crate::client::{Body, BoxFuture, ReqwestTransport, Transport, TransportError};

/// Sends every request through the stock transport to one socket on the loopback interface, in plain HTTP, whatever its
/// URL says. The client believes in its `https` service root: the guard of its token, its links and everything
/// else are those of production; only the socket and TLS are not.
///
/// The server sees the host of the service root in the header `Host`.
#[derive(Debug, Clone)]
pub struct Loopback {
    address: SocketAddr,
    stock: ReqwestTransport,
}

impl Loopback {
    /// Leads to the server at this address.
    ///
    /// # Errors
    ///
    /// When the address is not of the loopback interface, where alone a token may go in plain HTTP, or the stock
    /// transport cannot be set up.
    pub fn new(address: impl Into<SocketAddr>) -> Result<Self, TransportError> {
        let address = address.into();
        if !address.ip().is_loopback() {
            return Err(TransportError::new(format!("{address} is not an address of the loopback interface")));
        }
        // No proxy: it would be asked for what is on this machine.
        let stock = ReqwestTransport::build(ReqwestTransport::builder().no_proxy()).map_err(TransportError::new)?;
        Ok(Self { address, stock })
    }
}

impl Transport for Loopback {
    fn send(&self, mut request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let mut parts = request.uri().clone().into_parts();
        let host = parts.authority.take();
        let host = host.and_then(|it| HeaderValue::from_str(it.as_str()).ok());
        parts.scheme = Some(Scheme::HTTP);
        parts.authority = Authority::try_from(self.address.to_string()).ok();
        match Uri::from_parts(parts) {
            Ok(uri) => *request.uri_mut() = uri,
            Err(error) => return Box::pin(async { Err(TransportError::new(error)) }),
        }
        if let Some(host) = host {
            request.headers_mut().insert(HOST, host);
        }
        self.stock.send(request)
    }
}
