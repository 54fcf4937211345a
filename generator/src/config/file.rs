//! The shape of `codegen.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::links::Links;
use super::notifications::{Notifications, ResourceOptions};
use super::policy::DerivedPolicy;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The CSDL documents to read, relative to the configuration file; the first is the main one.
    pub documents: Vec<Spanned<String>>,
    /// `docs.toml`, relative to the configuration file.
    pub docs: Option<Spanned<String>>,
    /// Where the main document comes from.
    pub provenance: Provenance,
    /// Where the generated files go and how they are mounted.
    pub output: Output,
    /// What is generated.
    pub select: Select,
    /// The service behind the entity container; without it no requests are generated.
    pub service: Option<Service>,
    /// Options by namespace.
    #[serde(rename = "namespace")]
    pub namespaces: BTreeMap<Spanned<String>, NamespaceOptions>,
    /// Options by qualified type name.
    #[serde(rename = "type")]
    pub types: BTreeMap<Spanned<String>, TypeOptions>,
    /// Options by path template such as `/Customers/{id}`.
    #[serde(rename = "operation")]
    pub operations: BTreeMap<Spanned<String>, OperationOptions>,
    /// The types that change notifications come in.
    pub notifications: Option<Notifications>,
    /// What can be subscribed to, by qualified type name.
    #[serde(rename = "resource")]
    pub resources: BTreeMap<Spanned<String>, ResourceOptions>,
    /// CSDL names whose spelling in Rust cannot be computed: the name as it stands, and as an `UpperCamelCase` word.
    pub spelling: BTreeMap<Spanned<String>, Spanned<String>>,
}

impl Config {
    /// Whether a base, by its qualified name, becomes an enum over its derived types.
    #[must_use]
    pub fn is_closed(&self, qualified: &str) -> bool {
        self.types.get(qualified).and_then(|it| it.closed.as_ref()).is_some_and(|it| *it.get_ref())
    }
}

/// Where the main document comes from. `extract` compares the sum.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Provenance {
    /// The repository or service that publishes it.
    pub source: Option<String>,
    /// The file within that repository.
    pub file: Option<String>,
    /// Where it can be had: `fetch` and `update` ask there when nothing else is said.
    pub url: Option<String>,
    /// The `ETag` that it came with from there.
    pub etag: Option<String>,
    /// The commit.
    pub commit: Option<String>,
    /// The date of the commit, or of the document where there is none, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// SHA-256 of the published document, lower-case hex.
    pub sha256: Option<Spanned<String>>,
}

/// Where the generated files go and how they are mounted.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Output {
    /// The folder, relative to the configuration file. Everything in it that the manifest lists is ours.
    pub folder: Option<Spanned<String>>,
    /// The file that holds the module tree: `lib.rs` for a crate of its own, which is so when absent, `mod.rs` for a module.
    pub root: Option<Spanned<String>>,
    /// The crate's name as apps write it, for the examples in docs; without it there are no examples.
    pub crate_name: Option<Spanned<String>>,
    /// A Markdown file, relative to the root file, that becomes the crate's front page.
    pub readme: Option<Spanned<String>>,
    /// Whether the crate that holds the files has the features `serde` and `client`; otherwise both parts are always there.
    pub features: bool,
    /// Whether each namespace under `select.namespaces` is a feature of that crate, named like its module, which brings in
    /// what a selection of that namespace alone would: its types, what they reach, and derived types by the same policy.
    /// A type that several namespaces reach comes in with any of them; what is selected by `types` and `paths` is always
    /// there.
    pub namespace_features: bool,
}

impl Output {
    /// The file that holds the module tree.
    #[must_use]
    pub fn root_file(&self) -> &str {
        self.root.as_ref().map_or("lib.rs", |it| it.get_ref())
    }

    /// The crate's name as apps write it, where the configuration has it.
    #[must_use]
    pub fn krate(&self) -> Option<&str> {
        self.crate_name.as_ref().map(|it| it.get_ref().as_str())
    }
}

/// What is generated.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Select {
    /// Namespaces, whole.
    pub namespaces: Vec<Spanned<String>>,
    /// Qualified names of types.
    pub types: Vec<Spanned<String>>,
    /// Paths from the entity container, such as `/Customers` or `/Office/Rooms`.
    pub paths: Vec<Spanned<String>>,
    /// Which derived types of a selected base come in.
    pub derived: DerivedPolicy,
    /// The same, for one base.
    pub derived_from: BTreeMap<Spanned<String>, DerivedPolicy>,
}

/// The service behind the entity container.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The service root, such as `https://service.example/v1`.
    pub root: Spanned<String>,
    /// The scope that a token is asked for.
    pub scope: Spanned<String>,
    /// The same service elsewhere; each becomes a constant.
    #[serde(default)]
    pub clouds: Vec<Cloud>,
    /// Whether the service takes the tokens of signed-in users; it is so when absent.
    pub delegated: Option<bool>,
    /// The preference that every request sends.
    pub prefer: Option<Spanned<String>>,
    /// How many requests the service takes in a batch; there are none when absent.
    pub batch: Option<Spanned<u32>>,
    /// How the one key of an entity stands in a path; several always stand in parentheses.
    #[serde(default)]
    pub keys: KeyStyle,
    /// How many requests the service takes; clients keep to it by themselves.
    #[serde(default)]
    pub limits: Vec<Limit>,
}

/// How many requests the service takes in a period.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// So many requests.
    pub requests: Spanned<u32>,
    /// In so many seconds.
    pub seconds: Spanned<u32>,
    /// At this path template and below it, such as `/Customers/{id}`; each entity that its keys stand for has a count of
    /// its own. Everywhere when absent.
    pub path: Option<Spanned<String>>,
    /// Which pages of lists count; all do when absent.
    pub pages: Option<LimitedPages>,
}

/// Which pages of lists count under a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LimitedPages {
    /// All requests but those for later pages.
    First,
    /// Those that follow a link to a later page.
    Later,
}

/// The same service under another address, with tokens of its own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cloud {
    /// What people call it, such as `china`; the constant is called after it.
    pub name: Spanned<String>,
    /// The service root there.
    pub root: Spanned<String>,
    /// The scope that a token is asked for.
    pub scope: Spanned<String>,
    /// Who issues the tokens.
    pub authority: Spanned<String>,
}

/// How the one key of an entity stands in a path.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyStyle {
    /// `/orders/7`.
    #[default]
    Segments,
    /// `/orders(7)`.
    Parentheses,
}

/// Options of one namespace.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NamespaceOptions {
    /// The Rust module; computed from the namespace when absent.
    pub module: Option<Spanned<String>>,
    /// Whether its types are re-exported at the root.
    pub root: bool,
}

/// Options of one type.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TypeOptions {
    /// What the type is called in Rust: an `UpperCamelCase` word.
    pub name: Option<Spanned<String>>,
    /// What properties or members are called in Rust, here and on derived types: the name as it stands, and a word that
    /// is cased as fields, constants and variants need it.
    pub rename: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Overlay: properties that the service sends and the metadata omits, name and type.
    pub add: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Where the added properties are documented or were seen.
    pub documentation: Option<String>,
    /// Properties that `Debug` must not show.
    pub secret: Vec<Spanned<String>>,
    /// Properties about people, which recordings of exchanges replace.
    pub personal: Vec<Spanned<String>>,
    /// Properties that only the service sets, although the metadata does not say so; no model for writing has them.
    pub computed: Vec<Spanned<String>>,
    /// Properties that are set once, when the entity is made; no model for updating has them.
    pub immutable: Vec<Spanned<String>>,
    /// Generate an enum over the derived types rather than a struct with `downcast`.
    pub closed: Option<Spanned<bool>>,
    /// When a value does not state its type, take the one derived type that alone declares a property present.
    pub infer: Option<Spanned<bool>>,
    /// For each deprecated property the one that replaces it.
    pub successor: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// Options of the operations on one path. A function or action has a path of its own: where it is bound, and its name.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OperationOptions {
    /// Operations and query options that the service refuses or ignores although the metadata does not say so; they get
    /// no method.
    pub refuse: Vec<Spanned<String>>,
    /// Whether nothing is written here or below: no `create`, `update` or `delete`, and no action.
    pub read_only: bool,
    /// All that a filter may use: properties, or paths with the operators and functions that they may stand under.
    pub filterable: Option<Vec<Spanned<String>>>,
    /// The only properties that may be sorted by.
    pub sortable: Option<Vec<Spanned<String>>>,
    /// Properties that a new entity must have.
    pub required: Vec<Spanned<String>>,
    /// The longest span of time that a function answers for.
    pub longest_range: Option<LongestRange>,
    /// What to do about an answer, by its status.
    pub help: BTreeMap<Spanned<String>, String>,
    /// Permissions, least privileged first.
    pub permissions: Vec<String>,
    /// The page that documents the operation.
    pub documentation: Links,
}

/// The longest span of time that a function answers for, and how the rows of two spans that touch are told apart.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LongestRange {
    /// The parameter that the span begins with.
    pub from: Spanned<String>,
    /// The parameter that it ends with.
    pub to: Spanned<String>,
    /// How many days lie between the two at most.
    pub days: Spanned<u16>,
    /// The property that no two rows have in common.
    pub key: Spanned<String>,
}
