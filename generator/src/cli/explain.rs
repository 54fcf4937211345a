//! `odata-codegen explain`.

use camino::Utf8PathBuf;
use clap::{ArgAction, Args};
use odata_codegen::compile::explain;
use odata_codegen::explain::render;

use super::{Common, Outcome, say};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// A type (`shop.order`, `order`), a property or member (`order/total`, `total`), or a Rust name (`Order::total`)
    #[arg(value_name = "NAME")]
    name: String,
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = "metadata/codegen.toml")]
    config: Utf8PathBuf,
    /// A CSDL document to read in place of the configuration's; may be given again for referenced documents
    #[arg(long = "document", value_name = "FILE", action = ArgAction::Append)]
    documents: Vec<Utf8PathBuf>,
}

pub(super) fn run(options: &Options) -> Outcome {
    let mut diagnostics = Vec::new();
    let common =
        Common { config: options.config.clone(), documents: options.documents.clone(), output: None, strict: false };
    let input = common.read(&mut diagnostics);
    let explained = explain(&input, &options.name, &mut diagnostics);
    if !common.report(diagnostics, &input) {
        return Outcome::Failed;
    }
    say(&render(&explained, &input.sources))
}
