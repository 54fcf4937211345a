//! The steps of an update in their order.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::docs::{Needs, needs};
use super::edit::without;
use super::{Refused, Update, Wanted, changelog, docs, overlays};
use crate::compile::{self, Compiled, compile, look};
use crate::diagnostic::Diagnostic;
use crate::diff::{Diff, Options, Side, diff, without_container};
use crate::input::{self, Configured, Input, InputOptions, check_output};
use crate::lock;
use crate::provenance::record;
use crate::source::Sources;

/// Texts that are to stand at a path once all went well.
type Texts = BTreeMap<Utf8PathBuf, Vec<u8>>;

/// Works out an update. Reads what the configuration names, and writes nothing.
///
/// # Errors
///
/// Whatever is an error of `extract` or `generate` for the new document; what `docs.toml` and additions have too much is
/// none.
pub fn prepare(wanted: &Wanted) -> Result<Update, Box<Refused>> {
    let mut said = Vec::new();
    let configured = input::configuration(&wanted.config, &mut said);
    settle(&said, &configured.sources)?;
    let Some(document) = configured.document() else {
        let fault = Diagnostic::error("update::no-document", format!("`{}` names no document", wanted.config));
        let fault = fault.help("write `documents = [\"FILE\"]`: the slice goes there");
        return Err(Box::new(Refused { diagnostics: vec![fault], sources: Sources::default() }));
    };
    let mut steps = Steps { wanted, texts: Texts::new() };
    let caught_up = steps.configuration(&configured)?;
    steps.document(&configured, &document)?;
    let needs = steps.docs(&configured)?;
    let plain = steps.texts.clone();
    steps.provenance()?;
    let (input, compiled, diagnostics) = match steps.compiled() {
        Ok(it) => it,
        Err(refused) => {
            // Told again of the file as it stands: what was recorded moves lines.
            steps.texts = plain;
            return Err(steps.compiled().err().unwrap_or(refused));
        }
    };
    let diff = steps.compared(&document)?;
    steps.changelog(&diff);
    let found = input.lock.as_ref().map(|it| input.sources.text(it.source));
    if let Some(path) = input.lock_file.as_ref().filter(|_| !lock::is_text(found, &compiled.lock)) {
        steps.texts.insert(path.clone(), compiled.lock.clone().into_bytes());
    }
    let is_new = |(path, bytes): &(Utf8PathBuf, Vec<u8>)| std::fs::read(path).ok().as_ref() != Some(bytes);
    let mut files: Vec<_> = steps.texts.into_iter().filter(is_new).collect();
    // What the next run goes by comes last: killed between two of them, it finds the rest to do. Until the document is
    // new the difference shows, and until the configuration is, the service is not asked for what is newer.
    files.sort_by_key(|(path, _)| (*path == wanted.config, *path == document));
    Ok(Update {
        files,
        output: input.output,
        compiled,
        diff,
        lacking: needs.lacking,
        undocumented: needs.unneeded.iter().map(|it| docs::words(it)).collect(),
        caught_up: caught_up.into_iter().map(|(ty, property)| format!("property `{ty}/{property}`")).collect(),
        origin: wanted.origin.clone(),
        diagnostics,
        sources: input.sources,
    })
}

struct Steps<'w> {
    wanted: &'w Wanted,
    texts: Texts,
}

impl Steps<'_> {
    fn options(&self) -> InputOptions {
        InputOptions { texts: self.texts.clone(), ..InputOptions::new(&self.wanted.config) }
    }

    /// The new document in place of the configuration's first.
    fn with_main(&self, said: &mut Vec<Diagnostic>) -> Input {
        let main = Utf8PathBuf::from(&self.wanted.name);
        let mut options = self.options();
        options.texts.insert(main.clone(), self.wanted.bytes.clone());
        input::read_from(&main, &options, said)
    }

    /// 1: the configuration without what the document has caught up with.
    fn configuration(&mut self, configured: &Configured) -> Result<Vec<(String, String)>, Box<Refused>> {
        let mut said = Vec::new();
        let input = self.with_main(&mut said);
        settle(&said, &input.sources)?;
        let caught_up = overlays::caught_up(&input);
        let paths: Vec<Vec<String>> = caught_up.iter().map(overlays::path).collect();
        let text = configured.sources.text(configured.config.source);
        let text = without(text, &paths).map_err(|fault| Box::new(edited(&fault)))?;
        self.texts.insert(self.wanted.config.clone(), text.into_bytes());
        Ok(caught_up)
    }

    /// 2: the slice, or the whole document where it was whole before.
    fn document(&mut self, configured: &Configured, path: &Utf8Path) -> Result<(), Box<Refused>> {
        let mut said = Vec::new();
        let input = self.with_main(&mut said);
        let slice = compile::slice(&input, &mut said);
        settle(&said, &input.sources)?;
        let recorded = configured.config.value.provenance.sha256.as_ref().map(|it| it.get_ref().clone());
        let there = std::fs::read(path).ok().map(|it| input::sum(&it));
        let is_whole = recorded.is_some() && there == recorded;
        let bytes = if is_whole { Some(self.wanted.bytes.clone()) } else { slice.map(String::into_bytes) };
        self.texts.extend(bytes.map(|it| (path.to_owned(), it)));
        Ok(())
    }

    /// 3: the docs without what is gone.
    fn docs(&mut self, configured: &Configured) -> Result<Needs, Box<Refused>> {
        let mut said = Vec::new();
        let input = input::read(&self.options(), &mut said);
        let needs = look(&input, &mut said, |context, _| needs(context));
        settle(&said, &input.sources)?;
        let needs = needs.unwrap_or_default();
        if let (Some(path), Some(docs)) = (configured.docs(), &input.docs) {
            let text =
                without(input.sources.text(docs.source), &needs.unneeded).map_err(|fault| Box::new(edited(&fault)))?;
            self.texts.insert(path, text.into_bytes());
        }
        Ok(needs)
    }

    /// 4: where the document comes from.
    fn provenance(&mut self) -> Result<(), Box<Refused>> {
        let Some(text) = self.texts.get_mut(&self.wanted.config) else { return Ok(()) };
        let recorded = record(&String::from_utf8_lossy(text), &self.wanted.origin);
        *text = recorded.map_err(|fault| Box::new(edited(&fault)))?.into_bytes();
        Ok(())
    }

    /// 5: everything that is generated.
    fn compiled(&self) -> Result<(Input, Compiled, Vec<Diagnostic>), Box<Refused>> {
        let mut said = Vec::new();
        let input = input::read(&self.options(), &mut said);
        let input = Input { accept_renames: self.wanted.accept_renames, ..input };
        let compiled = compile(&input, &mut said);
        check_output(&input, &mut said);
        // What lacks documentation is listed by itself.
        said.retain(|it| it.code != "docs::missing");
        settle(&said, &input.sources)?;
        Ok((input, compiled, said))
    }

    /// 6: what changes for apps; nothing where there was no document before.
    fn compared(&self, document: &Utf8Path) -> Result<Diff, Box<Refused>> {
        if !document.exists() {
            return Ok(Diff::default());
        }
        let (mut of_old, mut of_new) = (Vec::new(), Vec::new());
        let mut old = input::read(&InputOptions::new(&self.wanted.config), &mut of_old);
        let mut new = input::read(&self.options(), &mut of_new);
        let by_namespace = without_container(&old) || without_container(&new);
        let today = Some(self.wanted.today);
        let before = Side::new(&mut old, None, Options { by_namespace, today: None }, &mut of_old);
        settle(&of_old, &old.sources)?;
        let after = Side::new(&mut new, before.as_ref(), Options { by_namespace, today }, &mut of_new);
        settle(&of_new, &new.sources)?;
        Ok(before.zip(after).map(|(before, after)| diff(&before, &after)).unwrap_or_default())
    }

    fn changelog(&mut self, diff: &Diff) {
        if let Some((path, text)) = &self.wanted.changelog {
            let lines = changelog::lines(diff, &self.wanted.origin.date);
            self.texts.insert(path.clone(), changelog::insert(text, &lines).into_bytes());
        }
    }
}

/// Ends an update with the errors that were said.
fn settle(said: &[Diagnostic], sources: &Sources) -> Result<(), Box<Refused>> {
    let errors: Vec<Diagnostic> = said.iter().filter(|it| it.is_error()).cloned().collect();
    if errors.is_empty() { Ok(()) } else { Err(Box::new(Refused { diagnostics: errors, sources: sources.clone() })) }
}

/// A file that read as TOML and cannot be edited.
fn edited(fault: &toml_edit::TomlError) -> Refused {
    let fault = Diagnostic::error("update::edit", fault.to_string());
    Refused { diagnostics: vec![fault], sources: Sources::default() }
}
