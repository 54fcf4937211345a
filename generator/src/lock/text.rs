//! The text of a lock: sorted, one name a line, the same on every system.

use std::fmt::Write as _;

use camino::Utf8Path;
use sha2::{Digest, Sha256};

use super::carry::carried;
use super::{FORMAT, Lock};
use crate::input::Input;
use crate::model::{Model, TypeId, TypeKind};
use crate::names::{Ident, ModelNames, Names, TypeNames, constant_of};
use crate::source::SourceId;

const HEAD: &str = "\
# The Rust name that each CSDL name has been given, and what from. `odata-codegen generate` writes this file and keeps
# the names that it finds here: commit it. Sums are SHA-256 of the text with LF line ends and without byte order mark.
";

/// The lock that follows from a run.
#[must_use]
pub fn text(input: &Input, model: &Model<'_>, names: &Names) -> String {
    let mut lock = Text(HEAD.to_owned());
    lock.line(&format!("format = {FORMAT}"));
    lock.entry("generator", env!("CARGO_PKG_VERSION"));
    lock.table(&["inputs"]);
    let mut inputs = inputs(input);
    inputs.sort_unstable();
    inputs.dedup();
    for (path, source) in inputs {
        lock.entry(path, &sum(input, source));
    }
    lock.options(input);
    lock.table(&["modules"]);
    let mut modules: Vec<(&str, &Ident)> =
        names.modules.iter().map(|(id, name)| (model.schema(*id).namespace, name)).collect();
    modules.sort_unstable();
    for (namespace, name) in modules {
        lock.entry(namespace, name.as_str());
    }
    let mut types: Vec<(String, TypeId)> = names.types.keys().map(|id| (model.qualified_name(*id), *id)).collect();
    types.sort_unstable();
    for (qualified, id) in &types {
        lock.ty(model, names, qualified, *id);
    }
    for (template, resource) in &names.resources {
        lock.table(&["resources", template]);
        lock.entry("name", resource.name.as_str());
        lock.entry("file", resource.file.as_str());
        lock.entry("method", resource.method.as_str());
        for (verb, request) in &resource.requests {
            lock.entry(verb.word(), request.as_str());
        }
    }
    for (key, call) in &names.calls {
        lock.table(&["calls", key]);
        lock.entry("method", call.method.as_str());
        lock.entry("request", call.request.as_str());
        if let Some(file) = &call.file {
            lock.entry("file", file.as_str());
        }
    }
    let mut models: Vec<(String, &ModelNames)> =
        names.models.iter().map(|(id, it)| (model.qualified_name(*id), it)).collect();
    models.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    for (qualified, it) in models {
        lock.table(&["models", &qualified]);
        for (word, names) in [("create", &it.create), ("update", &it.update)] {
            if let Some((name, file)) = names {
                lock.entry(word, name.as_str());
                lock.entry(&format!("{word}_file"), file.as_str());
            }
        }
    }
    if let Some(before) = &input.lock {
        lock.gone(&before.value);
    }
    lock.0
}

/// Every input, by its path as the configuration has it: a checkout elsewhere has the same.
fn inputs(input: &Input) -> Vec<(&str, SourceId)> {
    let config = &input.config;
    let own = input.sources.get(config.source).map_or("", |it| it.name.as_str());
    let mut all = vec![(Utf8Path::new(own).file_name().unwrap_or(own), config.source)];
    all.extend(config.value.documents.iter().map(|it| it.get_ref().as_str()).zip(input.documents.iter().copied()));
    let docs = config.value.docs.as_ref().zip(input.docs.as_ref());
    all.extend(docs.map(|(path, docs)| (path.get_ref().as_str(), docs.source)));
    all
}

/// Over what the text says, not over its bytes: version control may change line ends, an editor may add a mark.
fn sum(input: &Input, source: SourceId) -> String {
    let text = input.sources.text(source);
    let mut hasher = Sha256::new();
    for (at, part) in text.strip_prefix('\u{feff}').unwrap_or(text).split("\r\n").enumerate() {
        if at > 0 {
            hasher.update("\n");
        }
        hasher.update(part);
    }
    hasher.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _infallible = write!(hex, "{byte:02x}");
        hex
    })
}

struct Text(String);

impl Text {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn table(&mut self, path: &[&str]) {
        let path: Vec<String> = path.iter().map(|it| key(it)).collect();
        self.line(&format!("\n[{}]", path.join(".")));
    }

    fn entry(&mut self, name: &str, value: &str) {
        self.line(&format!("{} = {}", key(name), quoted(value)));
    }

    fn options(&mut self, input: &Input) {
        let options = &input.config.value.output;
        self.table(&["options"]);
        self.entry("root", options.root_file());
        for (name, value) in [("crate_name", &options.crate_name), ("readme", &options.readme)] {
            if let Some(value) = value {
                self.entry(name, value.get_ref());
            }
        }
        self.line(&format!("features = {}", options.features));
        self.line(&format!("namespace_features = {}", options.namespace_features));
    }

    fn ty(&mut self, model: &Model<'_>, names: &Names, qualified: &str, id: TypeId) {
        let Some(own) = names.types.get(&id) else { return };
        self.table(&["types", qualified]);
        self.entry("name", own.name.as_str());
        self.entry("file", own.file.as_str());
        if own.base != Ident::default() {
            self.entry("base", own.base.as_str());
        }
        let base = model.structured(id).and_then(|it| it.base);
        let inherited = base.and_then(|base| Some((model.qualified_name(base), names.types.get(&base)?)));
        if let Some((base, _)) = &inherited {
            self.entry("inherits", base);
        }
        self.fields(qualified, own, inherited.map(|(_, names)| names));
        if let TypeKind::Enum(declared) = &model.ty(id).kind {
            let members = declared.members.iter().map(|it| it.name).zip(&own.members);
            self.names(&["types", qualified, "members"], members.collect());
        }
        let variants: Vec<(String, &Ident)> =
            own.variants.iter().map(|(derived, name)| (model.qualified_name(*derived), name)).collect();
        let variants = variants.iter().map(|(derived, name)| (derived.as_str(), *name)).collect();
        self.names(&["types", qualified, "variants"], variants);
    }

    fn fields(&mut self, qualified: &str, own: &TypeNames, base: Option<&TypeNames>) {
        let mut fields: Vec<(&str, &Ident)> = Vec::new();
        let mut constants: Vec<(&str, &Ident)> = Vec::new();
        for (property, field) in &own.fields {
            let constant = own.constants.get(property);
            let same = |base: &&TypeNames| {
                base.fields.get(property) == Some(field) && base.constants.get(property) == constant
            };
            if base.as_ref().is_some_and(same) {
                continue;
            }
            fields.push((property, field));
            constants.extend(
                constant.filter(|it| it.as_str() != constant_of(field.unraw())).map(|it| (property.as_str(), it)),
            );
        }
        self.names(&["types", qualified, "fields"], fields);
        self.names(&["types", qualified, "constants"], constants);
    }

    /// What the lock before has and this one has not.
    fn gone(&mut self, before: &Lock) {
        // Our own text reads.
        let now: Lock = toml::from_str(&self.0).unwrap_or_default();
        let mut within: Vec<&str> = Vec::new();
        for (table, name, value) in carried(before, &now) {
            if table != within {
                let path: Vec<&str> = std::iter::once("gone").chain(table.iter().copied()).collect();
                self.table(&path);
                within = table;
            }
            self.entry(name, value);
        }
    }

    fn names(&mut self, path: &[&str], mut names: Vec<(&str, &Ident)>) {
        if names.is_empty() {
            return;
        }
        names.sort_unstable();
        self.table(path);
        for (wire, name) in names {
            self.entry(wire, name.as_str());
        }
    }
}

fn key(name: &str) -> String {
    let bare = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '-';
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { quoted(name) }
}

/// A basic string. Whatever could be taken for something else in a review (marks, bidirectional text) is escaped.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for it in text.chars() {
        match it {
            '"' | '\\' => out.extend(['\\', it]),
            ' '..='~' => out.push(it),
            _ if it.is_alphanumeric() => out.push(it),
            _ => {
                let _infallible = write!(out, "\\U{:08X}", u32::from(it));
            }
        }
    }
    out.push('"');
    out
}
