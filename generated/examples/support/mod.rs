//! What the examples share: a client of the real service, or with `--demo` one that answers from `examples/exchanges`.
// Every example has use for some of it.
#![allow(dead_code)]

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;
use std::path::Path;

use graph_call_records::odata_runtime::client::StaticToken;
use graph_call_records::odata_runtime::testing::{Loopback, Replay};
use graph_call_records::odata_runtime::Timestamp;
use graph_call_records::Client;

/// Why an example ended. `main` prints it with what can be done about it: the permission that a 403 asks for, or why
/// there may be no such record.
pub struct Failed(String);

impl<E: Error + 'static> From<E> for Failed {
    fn from(error: E) -> Self {
        let help = (&error as &dyn Error).downcast_ref().and_then(graph_call_records::Error::help);
        Self(help.map_or_else(|| error.to_string(), |help| format!("{error}\n{help}")))
    }
}

/// `main` shows an error this way.
impl fmt::Debug for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A client with a token of an application that has CallRecords.Read.All: the one in `GRAPH_TOKEN`, or with the feature
/// `azure` those that the application's secret is good for.
fn sign_in() -> Result<Client, Failed> {
    if let Ok(token) = set("GRAPH_TOKEN") {
        // A server on this machine that plays the service, for tests.
        if let Ok(address) = set("GRAPH_LOOPBACK") {
            let transport = Loopback::new(address.parse::<SocketAddr>()?)?;
            return Ok(Client::builder().tokens(StaticToken::new(token)).transport(transport).build()?);
        }
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
    Err(Failed("neither GRAPH_TOKEN nor the feature `azure` is set; `--demo` needs no sign-in".to_owned()))
}

/// A variable of the environment.
pub fn set(name: &str) -> Result<String, Failed> {
    std::env::var(name).map_err(|_| Failed(format!("{name} is not set; `--demo` needs no sign-in")))
}

/// What the command line says.
pub struct Setting {
    /// The client.
    pub client: Client,
    /// The recording, when there is one.
    pub demo: Option<Replay>,
    /// What stands on the command line besides `--demo`.
    argument: Option<String>,
}

impl Setting {
    /// Reads the command line; `example` names the recording.
    pub fn new(example: &str) -> Result<Self, Failed> {
        let (flags, arguments): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|it| it.starts_with('-'));
        if let Some(unknown) = flags.iter().find(|it| *it != "--demo") {
            return Err(Failed(format!("{unknown}: there is no such flag; `--demo` is the only one")));
        }
        let argument = arguments.into_iter().next();
        if flags.is_empty() {
            return Ok(Self { client: sign_in()?, demo: None, argument });
        }
        let recording = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/exchanges").join(example);
        let replay = Replay::open(recording)?;
        let client = Client::builder().tokens(StaticToken::new("demo")).transport(replay.clone()).build()?;
        Ok(Self { client, demo: Some(replay), argument })
    }

    /// What the example is about. A recording knows of one thing only.
    pub fn argument<'a>(&'a self, what: &str, recorded: &'a str) -> Result<&'a str, Failed> {
        match (&self.argument, &self.demo) {
            (_, Some(_)) => Ok(recorded),
            (Some(argument), None) => Ok(argument),
            (None, None) => Err(Failed(format!("{what} is missing on the command line"))),
        }
    }

    /// Now; in a recording, the time at which it was made.
    pub fn now(&self) -> Timestamp {
        if self.demo.is_some() { Timestamp::constant(1_793_491_200, 0) } else { Timestamp::now() }
    }

    /// Says whether all that was recorded has been asked for.
    pub fn finish(&self) -> Result<(), Failed> {
        self.demo.as_ref().map_or(Ok(()), Replay::verify).map_err(Failed)
    }
}
