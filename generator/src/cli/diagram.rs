//! `odata-codegen diagram`.

use clap::{ArgAction, Args, ValueEnum};
use odata_codegen::diagram::{self, diagram, dot, mermaid};

use super::Outcome;
use super::format::{Format, fenced, json, show};
use super::looking::Looking;

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Language {
    /// Drawn by GitHub and others where it stands in Markdown
    Mermaid,
    /// Graphviz
    Dot,
}

#[derive(Debug, Args)]
pub(super) struct Options {
    /// A type to begin with; may be given again. Without one, everything that is generated is drawn
    #[arg(long = "root", value_name = "TYPE", action = ArgAction::Append)]
    roots: Vec<String>,
    /// How many steps to go from there
    #[arg(long, value_name = "STEPS")]
    depth: Option<usize>,
    /// Only what there may be several of
    #[arg(long)]
    many: bool,
    /// With the fields of each type
    #[arg(long)]
    fields: bool,
    /// The language of the picture
    #[arg(long = "as", value_name = "LANGUAGE", value_enum, default_value_t = Language::Mermaid)]
    language: Language,
    #[command(flatten)]
    looking: Looking,
}

pub(super) fn run(options: &Options, format: Format) -> Outcome {
    let wanted = diagram::Options {
        roots: options.roots.clone(),
        depth: options.depth,
        many: options.many,
        fields: options.fields,
    };
    let seen = options.looking.see(|_, context, diagnostics| diagram(context, &wanted, diagnostics));
    let Some((drawn, _)) = seen else { return Outcome::Failed };
    let (language, text) = match options.language {
        Language::Mermaid => ("mermaid", mermaid(&drawn)),
        Language::Dot => ("dot", dot(&drawn)),
    };
    show(format, || text.clone(), || fenced(language, &text), || json(&drawn))
}
