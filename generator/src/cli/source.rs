//! Where `fetch` and `update` take a document from.

use clap::Args;
use odata_codegen::config::Provenance;
use odata_codegen::csdl;
use odata_codegen::input::{bytes, sum};
use odata_codegen::provenance::Origin;

use super::fetch::Fault;
use super::today;

#[derive(Debug, Args)]
pub(super) struct Source {
    /// The document: a URL or a file. When absent, the URL under [provenance] of the configuration
    #[arg(value_name = "URL|PATH")]
    document: Option<String>,
    /// The environment variable that has a bearer token for the URL's host
    #[arg(long, value_name = "NAME")]
    token_env: Option<String>,
    /// The longest time for a URL
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    timeout: u64,
    /// The longest document
    #[arg(long, value_name = "BYTES", default_value_t = csdl::Limits::default().bytes)]
    most_bytes: usize,
    /// The commit that the document is of, for [provenance]
    #[arg(long, value_name = "COMMIT")]
    commit: Option<String>,
    /// The date of that commit, in place of the day on which the document was changed or fetched
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<jiff::civil::Date>,
}

/// A document as it came.
pub(super) struct Got {
    /// What it is called in messages.
    pub(super) name: String,
    /// All of it.
    pub(super) bytes: Vec<u8>,
    /// What is to be recorded of it.
    pub(super) origin: Origin,
}

impl Source {
    /// The document; none when it is still the one that is recorded, which is asked for only where `is_there`.
    pub(super) fn get(&self, provenance: &Provenance, is_there: bool) -> Result<Option<Got>, Fault> {
        match self.document.as_ref().or(provenance.url.as_ref()) {
            Some(url) if url.contains("://") => self.ask(url, provenance, is_there),
            Some(path) => self.read(path).map(Some),
            None => Err(Fault::new("no document is given")
                .help("give a URL or a file, or write `url = \"..\"` under [provenance] of the configuration")),
        }
    }

    fn read(&self, path: &str) -> Result<Got, Fault> {
        let bytes = bytes(path.into(), self.most_bytes)
            .map_err(|fault| Fault::new(format!("cannot read the document `{path}`: {fault}")))?;
        let origin = self.origin(None, None, None, &bytes);
        Ok(Got { name: path.to_owned(), bytes, origin })
    }

    fn origin(&self, url: Option<&str>, etag: Option<String>, modified: Option<&str>, bytes: &[u8]) -> Origin {
        let modified = modified.and_then(|it| jiff::fmt::rfc2822::parse(it).ok()).map(|it| it.date());
        Origin {
            url: url.map(str::to_owned),
            etag,
            commit: self.commit.clone(),
            date: self.date.or(modified).unwrap_or_else(today).to_string(),
            sha256: sum(bytes),
        }
    }

    #[cfg(feature = "fetch")]
    fn ask(&self, url: &str, provenance: &Provenance, is_there: bool) -> Result<Option<Got>, Fault> {
        use odata_codegen::fetch::{Answer, FetchError, Request, fetch};

        let is_known = is_there && provenance.url.as_deref() == Some(url);
        let request = Request {
            url: url.to_owned(),
            token: self.token()?,
            etag: provenance.etag.clone().filter(|_| is_known),
            most_bytes: self.most_bytes,
            timeout: std::time::Duration::from_secs(self.timeout),
        };
        match fetch(&request) {
            Ok(Answer::NotModified) => Ok(None),
            Ok(Answer::Document(it)) => {
                let name = url.split(['?', '#']).next().unwrap_or(url).to_owned();
                let origin = self.origin(Some(url), it.etag, it.last_modified.as_deref(), &it.bytes);
                Ok(Some(Got { name, bytes: it.bytes, origin }))
            }
            Err(fault) => Err(match &fault {
                FetchError::Status { status, .. } if matches!(status.as_u16(), 401 | 403) => {
                    Fault::of(&fault).help("name the environment variable that has a token: `--token-env NAME`")
                }
                FetchError::Status { status, .. } if matches!(status.as_u16(), 404 | 410) => Fault::of(&fault)
                    .help("give the URL or a file, or mend `url` under [provenance] of the configuration"),
                FetchError::Broken(..) => {
                    Fault::of(&fault).help("try again, or get it by other means and give the file")
                }
                FetchError::Slow(..) => Fault::of(&fault).help("give more time with `--timeout SECONDS`"),
                FetchError::TooLarge(..) => Fault::of(&fault).help("let more in with `--most-bytes BYTES`"),
                _ => Fault::of(&fault),
            }),
        }
    }

    #[cfg(feature = "fetch")]
    fn token(&self) -> Result<Option<String>, Fault> {
        let Some(name) = &self.token_env else { return Ok(None) };
        let token = std::env::var(name).ok().map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
        match token {
            Some(token) => Ok(Some(token)),
            None => Err(Fault::new(format!("the environment variable `{name}` has no token"))
                .help("set it to the token itself, without `Bearer`")),
        }
    }

    #[cfg(not(feature = "fetch"))]
    #[allow(clippy::unused_self)] // The same call whatever was built.
    fn ask(&self, _url: &str, _provenance: &Provenance, _is_there: bool) -> Result<Option<Got>, Fault> {
        Err(Fault::new("this odata-codegen was built without the feature `fetch`, and takes files only").help(
            "`cargo install odata-codegen --features fetch` (here: `cargo run -p odata-codegen --features fetch`)",
        ))
    }
}
