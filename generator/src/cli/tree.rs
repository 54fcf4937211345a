//! `odata-codegen tree`.

use clap::Args;
use odata_codegen::tree::{markdown, text, tree};

use super::Outcome;
use super::format::{Format, json, show};
use super::looking::Looking;

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    looking: Looking,
}

pub(super) fn run(options: &Options, format: Format) -> Outcome {
    let Some((nodes, _)) = options.looking.see(|_, context, _| tree(context)) else { return Outcome::Failed };
    show(format, || text(&nodes), || markdown(&nodes), || json(&nodes))
}
