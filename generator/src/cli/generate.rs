//! `odata-codegen generate`.

use odata_codegen::compile::compile;
use odata_codegen::output;

use super::{Common, Outcome, say};

pub(super) fn run(options: &Common) -> Outcome {
    let mut diagnostics = Vec::new();
    let input = options.read(&mut diagnostics);
    let compiled = compile(&input, &mut diagnostics);
    if !options.report(diagnostics, &input) {
        return Outcome::Failed;
    }
    match output::write(&input.output, &compiled.files) {
        Ok(written) => {
            let summary = compiled.summary;
            say(&format!(
                "{}: {} types ({} structs, {} enums) in {} files: {} written, {} unchanged, {} removed\n",
                input.output,
                summary.types(),
                summary.structured,
                summary.enumerations,
                compiled.files.len(),
                written.written,
                written.unchanged,
                written.removed,
            ))
        }
        Err(fault) => {
            eprintln!("error: {fault}");
            Outcome::Failed
        }
    }
}
