//! Whether the output can go where it is asked to go.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::{Input, beside};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Looks at the output folder and at what the root file will refer to, before anything is written: the folder is replaced
/// as a whole, so it must be one of its own.
pub fn check_output(input: &Input, diagnostics: &mut Vec<Diagnostic>) {
    let options = &input.config.value.output;
    let config = input.sources.get(input.config.source).map_or("", |it| it.name.as_str());
    let folder = Utf8Path::new(config).parent().unwrap_or(Utf8Path::new(""));
    let raw = options.folder.as_ref().map_or("generated", |it| it.get_ref());
    // Another folder, given to the command or to a build script, is not the configuration's fault.
    let is_configured = beside(folder, raw) == input.output;
    let place = options.folder.as_ref().filter(|_| is_configured).map(|it| input.config.span(it));
    let written = if is_configured { raw } else { input.output.as_str() };
    if !has_name(written) {
        let fault = format!("the output folder `{}` has no name of its own", written.escape_debug());
        diagnostics.push(fault_of_folder(fault, place));
    } else if holds(&input.output, folder) {
        let fault = format!("the output folder `{written}` is the folder of the configuration, or one around it");
        diagnostics.push(fault_of_folder(fault, place));
    }
    if let Some(readme) = options.readme.as_ref().filter(|_| is_configured) {
        let path = beside(&input.output, readme.get_ref());
        // A first run makes the folders that the path goes through.
        if !path.is_file() && !lexical(&path).is_some_and(|it| it.is_file()) {
            diagnostics.push(
                Diagnostic::error(
                    "config::no-readme",
                    format!("there is no file `{path}`, and the root file takes it in"),
                )
                .at(input.config.span(readme), "named here")
                .help("write the file, or remove the option; the path goes from the folder of the root file"),
            );
        }
    }
}

fn fault_of_folder(fault: String, place: Option<Span>) -> Diagnostic {
    let fault = Diagnostic::error("config::output-folder", fault);
    match place {
        Some(place) => {
            fault.at(place, "here").help("name a folder that is the output's alone, such as `folder = \"generated\"`")
        }
        None => fault.help("give a folder that is the output's alone, such as `--output generated`"),
    }
}

/// Whether a path ends in a name: not in `.`, `..` or nothing.
fn has_name(path: &str) -> bool {
    let last = path.trim_end_matches(['/', std::path::MAIN_SEPARATOR]).rsplit(['/', std::path::MAIN_SEPARATOR]).next();
    Utf8Path::new(path).file_name().is_some() && !matches!(last, None | Some("" | "." | ".."))
}

/// Whether a folder is another one or holds it.
fn holds(outer: &Utf8Path, inner: &Utf8Path) -> bool {
    let here = |path: &Utf8Path| if path.as_str().is_empty() { Utf8PathBuf::from(".") } else { path.to_owned() };
    let inner = here(inner);
    let outer = outer.canonicalize_utf8().ok().or_else(|| lexical(outer));
    let inners = [inner.canonicalize_utf8().ok(), lexical(&inner)];
    outer.is_some_and(|outer| inners.into_iter().flatten().any(|it| it.starts_with(&outer)))
}

/// The absolute path that one comes to once all of its folders are there.
fn lexical(path: &Utf8Path) -> Option<Utf8PathBuf> {
    let absolute = Utf8PathBuf::try_from(std::path::absolute(path).ok()?).ok()?;
    Some(absolute.components().fold(Utf8PathBuf::new(), |mut settled, it| {
        if it == Utf8Component::ParentDir {
            settled.pop();
        } else {
            settled.push(it);
        }
        settled
    }))
}
