//! `odata-codegen info`.

use clap::Args;
use odata_codegen::info::{info, markdown, text};

use super::Outcome;
use super::format::{Format, json, show};
use super::looking::Looking;

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    looking: Looking,
}

pub(super) fn run(options: &Options, format: Format) -> Outcome {
    let Some((info, _)) = options.looking.see(info) else { return Outcome::Failed };
    show(format, || text(&info), || markdown(&info), || json(&info))
}
