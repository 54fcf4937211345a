//! What the examples share: a client of the real service, or with `--demo` one that answers from `examples/exchanges`.
// Every example has use for some of it.
#![allow(dead_code)]

use std::error::Error;
use std::path::Path;

use graph_call_records::odata_runtime::client::StaticToken;
use graph_call_records::odata_runtime::testing::Replay;
use graph_call_records::odata_runtime::Timestamp;
use graph_call_records::Client;

/// What the command line says.
pub struct Setting {
    /// The client.
    pub client: Client,
    /// The recording, when there is one.
    pub demo: Option<Replay>,
    /// What stands on the command line besides `--demo`.
    pub arguments: Vec<String>,
}

impl Setting {
    /// Reads the command line; `example` names the recording.
    pub fn new(example: &str) -> Result<Self, Box<dyn Error>> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let (flags, arguments): (Vec<String>, Vec<String>) = arguments.into_iter().partition(|it| it == "--demo");
        if flags.is_empty() {
            let token = std::env::var("GRAPH_TOKEN").map_err(|_| {
                "GRAPH_TOKEN holds no token of an application with CallRecords.Read.All; `--demo` needs none"
            })?;
            return Ok(Self { client: Client::new(StaticToken::new(token))?, demo: None, arguments });
        }
        let recording = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/exchanges").join(example);
        let replay = Replay::open(recording)?;
        let client = Client::builder().tokens(StaticToken::new("demo")).transport(replay.clone()).build()?;
        Ok(Self { client, demo: Some(replay), arguments })
    }

    /// Now; in a recording, the time at which it was made.
    pub fn now(&self) -> Timestamp {
        if self.demo.is_some() { Timestamp::constant(1_793_491_200, 0) } else { Timestamp::now() }
    }

    /// Says whether all that was recorded has been asked for.
    pub fn finish(&self) -> Result<(), Box<dyn Error>> {
        self.demo.as_ref().map_or(Ok(()), Replay::verify).map_err(Into::into)
    }
}
