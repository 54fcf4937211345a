//! `odata-codegen fetch`.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use odata_codegen::csdl;
use odata_codegen::diagnostic::Diagnostic;
use odata_codegen::input::{self, Configured, sum};
use odata_codegen::output::replace;
use odata_codegen::provenance::{Origin, record};
use serde_json::json;

use super::format::{Format, show};
use super::progress::Progress;
use super::source::{Got, Source};
use super::{Outcome, report};

/// What `fetch --help` ends with.
const ABOUT: &str = "\
The document is read before it replaces anything; what does not read, is cut off or too large changes nothing. Where it
came from, its date, its sum and its ETag go under [provenance] of the configuration, and the next run asks only for what
is new. Documents that it refers to are named and not fetched. With --output elsewhere, the configuration is left alone.";

#[derive(Debug, Args)]
#[command(after_help = ABOUT)]
pub(super) struct Options {
    #[command(flatten)]
    source: Source,
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = "metadata/codegen.toml")]
    config: Utf8PathBuf,
    /// Where the document goes; the configuration's first document when absent
    #[arg(long, value_name = "FILE")]
    output: Option<Utf8PathBuf>,
}

pub(super) fn run(options: &Options, format: Format) -> Outcome {
    fetched(options, format).unwrap_or_else(Fault::tell)
}

/// What went wrong, and what to do about it.
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// What an error says.
    pub(super) fn of(error: &impl std::error::Error) -> Self {
        Self::new(error.to_string())
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Shows it.
    pub(super) fn tell(self) -> Outcome {
        eprintln!("error: {}", self.message);
        if let Some(help) = self.help {
            eprintln!("help: {help}");
        }
        Outcome::Failed
    }
}

fn fetched(options: &Options, format: Format) -> Result<Outcome, Fault> {
    let mut diagnostics = Vec::new();
    let configured = input::configuration(&options.config, &mut diagnostics);
    if !report(diagnostics, &configured.sources, false) {
        return Ok(Outcome::Failed);
    }
    let own = configured.document();
    let target = options.output.clone().or_else(|| own.clone()).ok_or_else(|| {
        Fault::new(format!("`{}` names no document", options.config))
            .help("write `documents = [\"FILE\"]` or give `--output FILE`")
    })?;
    // An ETag is of the document that it came with; whatever else stands there is to be replaced.
    let there = std::fs::read(&target).ok().map(|it| sum(&it));
    let provenance = &configured.config.value.provenance;
    let recorded = provenance.sha256.as_ref().map(|it| it.get_ref().clone());
    let is_recorded = there.is_some() && there == recorded;
    if options.output.is_none() && there.is_some() && !is_recorded {
        return Err(Fault::new(format!("`{target}` is not what was fetched before, and is not replaced"))
            .help("give `--output FILE`; `odata-codegen update` takes the slice that the configuration selects"));
    }
    let progress = Progress::start("fetching");
    let got = options.source.get(provenance, is_recorded)?;
    drop(progress);
    let Some(got) = got else {
        let text = || format!("{target}: not modified\n");
        return Ok(show(format, text, text, || json!({ "document": target.as_str(), "modified": false })));
    };
    let Some(references) = checked(&got) else { return Ok(Outcome::Failed) };
    let origin = got.origin;
    let mut files = vec![(target.clone(), got.bytes)];
    let records = own.as_deref().is_some_and(|own| same(own, &target));
    if records {
        files.push((options.config.clone(), recorded_text(&configured, &origin)?.into_bytes()));
    }
    let bytes = files.first().map_or(0, |(_, it)| it.len());
    let _no_way_back = replace(&files).map_err(|it| Fault::of(&it))?;
    let text = || {
        let references: Vec<String> = references
            .iter()
            .map(|it| format!("  it refers to `{it}`, which is not fetched: name its document under `documents`\n"))
            .collect();
        format!("{target}: {bytes} bytes of {}, sha256 {}\n{}", origin.date, origin.sha256, references.concat())
    };
    Ok(show(format, text, text, || {
        json!({
            "document": target.as_str(),
            "modified": true,
            "bytes": bytes,
            "date": origin.date,
            "sha256": origin.sha256,
            "references": references,
            "recorded": records,
        })
    }))
}

/// The text of the configuration with an origin in it.
pub(super) fn recorded_text(configured: &Configured, origin: &Origin) -> Result<String, Fault> {
    let text = configured.sources.text(configured.config.source);
    // It has been read as TOML before.
    record(text, origin).map_err(|fault| Fault::new(format!("cannot record where it comes from: {fault}")))
}

/// What a document refers to, if it is one; what is wrong with it is shown.
fn checked(got: &Got) -> Option<Vec<String>> {
    let mut sources = odata_codegen::source::Sources::default();
    let mut diagnostics = Vec::new();
    let mut references = Vec::new();
    match csdl::decode(&got.bytes) {
        Ok(text) => {
            let id = sources.add(got.name.as_str(), text);
            let document = csdl::read(id, text, &csdl::Limits::default(), &mut diagnostics);
            references.extend(document.references.iter().map(|it| it.uri.value.to_string()));
        }
        Err(fault) => diagnostics.push(Diagnostic { message: format!("`{}`: {}", got.name, fault.message), ..fault }),
    }
    // Doubts are for the command that generates from it.
    diagnostics.retain(Diagnostic::is_error);
    report(diagnostics, &sources, false).then_some(references)
}

fn same(one: &Utf8Path, other: &Utf8Path) -> bool {
    let real = |path: &Utf8Path| path.canonicalize_utf8().ok();
    one == other || real(one).is_some_and(|it| Some(it) == real(other))
}
