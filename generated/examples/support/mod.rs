//! What the examples share: a client of the real service, or with `--demo` one that answers from `examples/exchanges`.
// Every example has use for some of it.
#![allow(dead_code)]

use std::error::Error;
use std::path::Path;

use graph_call_records::odata_runtime::client::StaticToken;
use graph_call_records::odata_runtime::testing::Replay;
use graph_call_records::odata_runtime::Timestamp;
use graph_call_records::Client;

/// A client with a token of an application that has CallRecords.Read.All: the one in `GRAPH_TOKEN`, or with the feature
/// `azure` those that the application's secret is good for.
fn sign_in() -> Result<Client, Box<dyn Error>> {
    let set = |name| std::env::var(name).map_err(|_| format!("{name} is not set; `--demo` needs no sign-in"));
    if let Ok(token) = set("GRAPH_TOKEN") {
        return Ok(Client::new(StaticToken::new(token))?);
    }
    #[cfg(feature = "azure")]
    {
        use azure_identity::ClientSecretCredential;
        use graph_call_records::odata_runtime::client::AzureCredential;

        let (tenant, application, secret) = (set("AZURE_TENANT_ID")?, set("AZURE_CLIENT_ID")?, set("AZURE_CLIENT_SECRET")?);
        let credential = ClientSecretCredential::new(&tenant, application, secret.into(), None)?;
        // Tokens are fetched when they are needed, kept, and renewed before they expire.
        Ok(Client::new(AzureCredential::new(credential))?)
    }
    #[cfg(not(feature = "azure"))]
    Err("neither GRAPH_TOKEN nor the feature `azure` is set; `--demo` needs no sign-in".into())
}

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
            return Ok(Self { client: sign_in()?, demo: None, arguments });
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
