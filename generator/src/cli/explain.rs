//! `odata-codegen explain`.

use std::fmt::Write as _;

use clap::Args;
use odata_codegen::explain::{Explanation, explain, render};
use odata_codegen::source::Sources;
use serde_json::{Value, json};

use super::Outcome;
use super::format::{Format, show};
use super::looking::Looking;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// A type (`shop.order`, `order`), a property or member (`order/total`, `total`), or a Rust name (`Order::total`)
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    looking: Looking,
}

pub(super) fn run(options: &Options, format: Format) -> Outcome {
    let seen = options.looking.see(|_, context, diagnostics| explain(context, &options.name, diagnostics));
    let Some((explained, input)) = seen else { return Outcome::Failed };
    let sources = &input.sources;
    show(format, || render(&explained, sources), || markdown(&explained, sources), || json(&explained, sources))
}

fn markdown(explained: &[Explanation], sources: &Sources) -> String {
    let mut text = String::new();
    for it in explained {
        let _infallible = writeln!(text, "## {}\n", it.title);
        let mut label = "";
        for fact in &it.facts {
            let shown = if fact.label.is_empty() { label } else { fact.label };
            label = shown;
            let place = fact.place.map_or(String::new(), |it| format!(" ({})", sources.place(it)));
            let _infallible = writeln!(text, "- **{shown}** {}{place}", fact.text);
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn json(explained: &[Explanation], sources: &Sources) -> Value {
    let one = |it: &Explanation| {
        let facts = it
            .facts
            .iter()
            .map(|it| json!({ "about": it.label, "fact": it.text, "place": it.place.map(|it| sources.place(it)) }));
        json!({ "title": it.title, "facts": facts.collect::<Vec<_>>() })
    };
    Value::Array(explained.iter().map(one).collect())
}
