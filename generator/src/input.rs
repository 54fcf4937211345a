//! Reading of the files that a run needs. The stages themselves read nothing.

mod place;

pub use place::check_output;

use std::collections::BTreeMap;
use std::io::Read;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, Docs, Loaded, read_config, read_docs};
use crate::csdl;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lock::{self, Lock};
use crate::source::{SourceId, Sources, Span};

/// Everything that a run works on.
#[derive(Debug)]
pub struct Input {
    /// Every text.
    pub sources: Sources,
    /// `codegen.toml`.
    pub config: Loaded<Config>,
    /// `docs.toml`, if the configuration names one.
    pub docs: Option<Loaded<Docs>>,
    /// `codegen.lock`, if there is one: the names that were given before.
    pub lock: Option<Loaded<Lock>>,
    /// Where the lock is to be written; nowhere when the documents or the output are not the configuration's own.
    pub lock_file: Option<Utf8PathBuf>,
    /// Whether names that were given before may change where they cannot be kept.
    pub accept_renames: bool,
    /// How much it weighs that the configuration or the docs name something that is not there: they are written for the
    /// configured document, and another one may well lack some of it.
    pub unknown: Severity,
    /// The CSDL documents.
    pub documents: Vec<SourceId>,
    /// The sum of the main document as it was read.
    pub sha256: Option<String>,
    /// Where the output goes: the configuration's folder, resolved against the configuration file.
    pub output: Utf8PathBuf,
    /// The files that were read, for `cargo:rerun-if-changed`.
    pub files: Vec<Utf8PathBuf>,
}

/// What to read.
#[derive(Debug, Clone)]
pub struct InputOptions {
    /// `codegen.toml`.
    pub config: Utf8PathBuf,
    /// CSDL documents in place of the configuration's.
    pub documents: Vec<Utf8PathBuf>,
    /// The output folder in place of the configuration's.
    pub output: Option<Utf8PathBuf>,
    /// Bytes that are read in place of what stands at a path: what is to be there once all went well.
    pub texts: BTreeMap<Utf8PathBuf, Vec<u8>>,
}

impl InputOptions {
    /// A configuration as it stands.
    pub fn new(config: impl Into<Utf8PathBuf>) -> Self {
        Self { config: config.into(), documents: Vec::new(), output: None, texts: BTreeMap::new() }
    }
}

/// A document, and where the configuration names it.
type Named = (Utf8PathBuf, Option<Span>);

/// Reads a configuration and what it names. Faults are diagnostics; what could be read is there all the same.
pub fn read(options: &InputOptions, diagnostics: &mut Vec<Diagnostic>) -> Input {
    read_all(None, options, diagnostics)
}

/// The same with another main document: those of the options, or else those that the configuration names after its first,
/// are read as referenced by it.
pub fn read_from(main: &Utf8Path, options: &InputOptions, diagnostics: &mut Vec<Diagnostic>) -> Input {
    read_all(Some(main), options, diagnostics)
}

/// A main document and those that it refers to, without a configuration: every namespace of the main one is selected by
/// who asks for no paths.
pub fn read_alone(main: &Utf8Path, others: &[Utf8PathBuf], diagnostics: &mut Vec<Diagnostic>) -> Input {
    let texts = BTreeMap::new();
    let mut reader = Reader { texts: &texts, sources: Sources::default(), files: Vec::new(), diagnostics };
    let config_source = reader.sources.add("no configuration", "");
    let config = read_config(config_source, &reader.sources, reader.diagnostics);
    let mut sums = Vec::new();
    for path in std::iter::once(main).chain(others.iter().map(Utf8PathBuf::as_path)) {
        sums.extend(reader.text(path, "document", None));
    }
    Input {
        sources: reader.sources,
        config,
        docs: None,
        lock: None,
        lock_file: None,
        accept_renames: false,
        unknown: Severity::Warning,
        documents: sums.iter().map(|(source, _)| *source).collect(),
        sha256: sums.into_iter().next().map(|(_, sum)| sum),
        output: Utf8PathBuf::new(),
        files: reader.files,
    }
}

fn read_all(main: Option<&Utf8Path>, options: &InputOptions, diagnostics: &mut Vec<Diagnostic>) -> Input {
    let mut reader = Reader { texts: &options.texts, sources: Sources::default(), files: Vec::new(), diagnostics };
    let config_source = reader.text(&options.config, "configuration", None).map(|(source, _)| source);
    let config_source = config_source.unwrap_or_else(|| reader.sources.add(options.config.as_str(), ""));
    let config = read_config(config_source, &reader.sources, reader.diagnostics);
    let folder = options.config.parent().unwrap_or(Utf8Path::new(""));

    let mut documents = Vec::new();
    let mut sha256 = None;
    let configured: Vec<Named> =
        (config.value.documents.iter()).map(|it| (beside(folder, it.get_ref()), Some(config.span(it)))).collect();
    let given: Vec<Named> = options.documents.iter().map(|it| (it.clone(), None)).collect();
    let mut paths = if given.is_empty() { configured.clone() } else { given };
    if let Some(main) = main {
        if options.documents.is_empty() {
            paths.drain(..paths.len().min(1));
        }
        paths.retain(|(it, _)| !same(it, main));
        paths.insert(0, (main.to_owned(), None));
    }
    let own_documents = paths.len() == configured.len() && paths.iter().zip(&configured).all(|(a, b)| same(&a.0, &b.0));
    repeated(&paths, reader.diagnostics);
    for (path, place) in &paths {
        if let Some((source, sum)) = reader.text(path, "document", *place) {
            documents.push(source);
            sha256 = sha256.or(Some(sum));
        }
    }
    let docs = config.value.docs.as_ref().and_then(|path| {
        let (source, _) = reader.text(&beside(folder, path.get_ref()), "docs", Some(config.span(path)))?;
        Some(read_docs(source, &reader.sources, reader.diagnostics))
    });
    let lock_file = lock::beside(&options.config);
    // One that is not there yet is not watched either: cargo would run the build script every time.
    let lock = if lock_file.try_exists().is_ok_and(|it| !it) { None } else { reader.text(&lock_file, "lock", None) };
    let lock = lock.map(|(source, _)| lock::read(source, &reader.sources, reader.diagnostics));
    let unknown = if options.documents.is_empty() && main.is_none() { Severity::Error } else { Severity::Warning };
    let configured = config.value.output.folder.as_ref().map(|it| beside(folder, it.get_ref()));
    let configured = configured.unwrap_or_else(|| beside(folder, "generated"));
    let own_output = options.output.as_ref().is_none_or(|it| same(it, &configured));
    Input {
        sources: reader.sources,
        config,
        docs,
        lock,
        lock_file: Some(lock_file).filter(|_| own_documents && own_output),
        accept_renames: false,
        unknown,
        documents,
        sha256,
        output: options.output.clone().unwrap_or(configured),
        files: reader.files,
    }
}

/// A configuration alone.
#[derive(Debug)]
pub struct Configured {
    /// Its text.
    pub sources: Sources,
    /// `codegen.toml`.
    pub config: Loaded<Config>,
    /// Its folder, which paths in it go from.
    pub folder: Utf8PathBuf,
}

/// Reads a configuration and nothing that it names.
pub fn configuration(path: &Utf8Path, diagnostics: &mut Vec<Diagnostic>) -> Configured {
    let texts = BTreeMap::new();
    let mut reader = Reader { texts: &texts, sources: Sources::default(), files: Vec::new(), diagnostics };
    let source = reader.text(path, "configuration", None).map(|(source, _)| source);
    let source = source.unwrap_or_else(|| reader.sources.add(path.as_str(), ""));
    let config = read_config(source, &reader.sources, reader.diagnostics);
    Configured { sources: reader.sources, config, folder: path.parent().unwrap_or(Utf8Path::new("")).to_owned() }
}

impl Configured {
    /// The main document.
    #[must_use]
    pub fn document(&self) -> Option<Utf8PathBuf> {
        self.config.value.documents.first().map(|it| beside(&self.folder, it.get_ref()))
    }

    /// The docs.
    #[must_use]
    pub fn docs(&self) -> Option<Utf8PathBuf> {
        self.config.value.docs.as_ref().map(|it| beside(&self.folder, it.get_ref()))
    }

    /// The output folder.
    #[must_use]
    pub fn output(&self) -> Utf8PathBuf {
        let folder = self.config.value.output.folder.as_ref();
        beside(&self.folder, folder.map_or("generated", |it| it.get_ref()))
    }
}

/// Tells of each document that is given twice, by whatever path: everything in it would be a duplicate.
fn repeated(paths: &[Named], diagnostics: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<Utf8PathBuf, &Named> = BTreeMap::new();
    for it in paths {
        let real = it.0.canonicalize_utf8().unwrap_or_else(|_| it.0.clone());
        let earlier = *first.entry(real).or_insert(it);
        if std::ptr::eq(earlier, it) {
            continue;
        }
        let also = if earlier.0 == it.0 { String::new() } else { format!(", once as `{}`", earlier.0) };
        let fault = format!("the document `{}` is given twice{also}", it.0);
        let fault = Diagnostic::error("input::repeated-document", fault);
        diagnostics.push(match (it.1, earlier.1) {
            (Some(second), Some(first)) => {
                fault.at(second, "the second time").also(first, "the first time").help("remove one of them")
            }
            _ => fault.help("give `--document` once for each file"),
        });
    }
}

/// Whether two paths lead to one place.
fn same(one: &Utf8Path, other: &Utf8Path) -> bool {
    let real = |path: &Utf8Path| path.canonicalize_utf8().ok();
    one == other || real(one).is_some_and(|it| Some(it) == real(other))
}

/// A path of the configuration, relative to its folder; with `/` on every system, since it is shown.
fn beside(folder: &Utf8Path, path: &str) -> Utf8PathBuf {
    if folder.as_str().is_empty() || Utf8Path::new(path).is_absolute() {
        Utf8PathBuf::from(path)
    } else {
        Utf8PathBuf::from(format!("{folder}/{path}"))
    }
}

struct Reader<'d> {
    texts: &'d BTreeMap<Utf8PathBuf, Vec<u8>>,
    sources: Sources,
    files: Vec<Utf8PathBuf>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Adds a file to the sources, with the sum of its bytes. A fault is told where the configuration names the file.
    fn text(&mut self, path: &Utf8Path, what: &str, place: Option<Span>) -> Option<(SourceId, String)> {
        self.files.push(path.to_owned());
        let given = self.texts.get(path).cloned().map(Ok);
        let fault = match given.unwrap_or_else(|| bytes(path, csdl::Limits::default().bytes)) {
            Ok(bytes) => match csdl::decode(&bytes) {
                Ok(text) => return Some((self.sources.add(path.as_str(), text), sum(&bytes))),
                Err(fault) => Diagnostic { message: format!("{what} `{path}`: {}", fault.message), ..fault },
            },
            Err(cause) => {
                let fault = format!("cannot read the {what} `{path}`: {cause}");
                let fault = Diagnostic::error("input::unreadable", fault);
                match (place, what) {
                    (Some(_), _) => fault.help("paths go from the folder of the configuration"),
                    (None, "configuration") => fault.help("write it, or name another one with `--config FILE`"),
                    (None, _) => fault,
                }
            }
        };
        self.diagnostics.push(match place.filter(|_| fault.primary.is_none()) {
            Some(place) => fault.at(place, "named here"),
            None => fault,
        });
        None
    }
}

/// The bytes of a regular file, up to a limit: a device or a pipe could go on for ever.
///
/// # Errors
///
/// In words, when it is no such file, or longer.
pub fn bytes(path: &Utf8Path, limit: usize) -> Result<Vec<u8>, String> {
    let metadata = std::fs::metadata(path).map_err(|fault| fault.to_string())?;
    if !metadata.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    let file = std::fs::File::open(path).map_err(|fault| fault.to_string())?;
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|fault| fault.to_string())?;
    if bytes.len() > limit { Err(format!("it has more than {limit} bytes")) } else { Ok(bytes) }
}

/// The SHA-256 of bytes, lower-case hex.
#[must_use]
pub fn sum(bytes: &[u8]) -> String {
    use std::fmt::Write as _;

    use sha2::{Digest, Sha256};
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _infallible = write!(hex, "{byte:02x}");
    }
    hex
}
