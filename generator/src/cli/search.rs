//! `odata-codegen search`.

use clap::Args;
use odata_codegen::search::{markdown, search, text};
use serde_json::{Value, json};

use super::Outcome;
use super::format::{Format, show};
use super::looking::Looking;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// A part of a name (`date`), or of a name with its type (`order/total`)
    #[arg(value_name = "WORD")]
    word: String,
    /// How many to show, the nearest first
    #[arg(long, value_name = "COUNT", default_value_t = 40)]
    most: usize,
    #[command(flatten)]
    looking: Looking,
}

pub(super) fn run(options: &Options, format: Format) -> Outcome {
    let seen = options.looking.see(|_, context, diagnostics| search(context, &options.word, diagnostics));
    let Some((found, input)) = seen else { return Outcome::Failed };
    let (shown, rest) = found.split_at(options.most.min(found.len()));
    let sources = &input.sources;
    let more = |mark: &str| if rest.is_empty() { String::new() } else { format!("{mark}{} more\n", rest.len()) };
    let json = || {
        let one = |it: &odata_codegen::search::Hit| json!({ "kind": it.kind, "name": it.name, "rust": it.rust, "place": sources.place(it.place) });
        json!({ "found": shown.iter().map(one).collect::<Vec<Value>>(), "more": rest.len() })
    };
    show(format, || text(shown, sources) + &more("  "), || markdown(shown, sources) + &more("\n"), json)
}
