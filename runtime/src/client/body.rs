//! The body of an answer: a stream, read under a cap.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};

use super::time;
use super::transport::TransportError;

/// The body of an answer as it arrives.
pub struct Body(Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>);

impl Body {
    /// A body that arrives piece by piece.
    pub fn stream(pieces: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self(Box::pin(pieces))
    }

    /// Reads all of it, up to `cap` bytes, and says what stopped it short. What was read until then is
    /// returned too: half an error page still names the error.
    pub(crate) async fn read(mut self, cap: usize) -> (Vec<u8>, Option<Stop>) {
        let mut read = Vec::new();
        while let Some(piece) = self.0.next().await {
            match piece {
                // Pieces of nothing, always at hand, would never reach the cap nor let a deadline pass.
                Ok(piece) if piece.is_empty() => time::give_way().await,
                Ok(mut piece) => {
                    let room = cap.saturating_sub(read.len());
                    let is_over = piece.len() > room;
                    piece.truncate(room);
                    read.extend_from_slice(&piece);
                    if is_over {
                        return (read, Some(Stop::Cap(cap)));
                    }
                }
                Err(error) => return (read, Some(Stop::Fault(error))),
            }
        }
        (read, None)
    }
}

/// Why a body was not read to its end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It is longer than this many bytes.
    Cap(usize),
    /// It broke off.
    Fault(TransportError),
}

impl From<Bytes> for Body {
    fn from(whole: Bytes) -> Self {
        Self::stream(stream::iter([Ok(whole)]))
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body(..)")
    }
}
