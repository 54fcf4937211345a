//! The compiler on all of Microsoft Graph against the floor that XML sets (`bare`).
//!
//! `ODATA_CORPUS=FOLDER cargo bench --bench compile` prints Markdown tables; BENCHMARKS.md quotes them. The command must
//! have been built: `cargo build --release -p odata-codegen`.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::similar_names,
    clippy::upper_case_acronyms
)]
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bare;
mod rounds;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use odata_codegen::csdl::{self, Limits};
use odata_codegen::diagnostic::Diagnostic;
use odata_codegen::model::resolve;
use odata_codegen::source::Sources;
use tempfile::TempDir;
use wait4::Wait4 as _;

use rounds::{Outcome, Subject, interleave, median, row};

/// Names the document that this process is to parse by hand, and nothing else: the bare process.
const BARE: &str = "ODATA_BENCH_BARE";

const DOCUMENT: &str = "metadata/v1.0-Prod.csdl";

fn main() -> ExitCode {
    if let Some(document) = std::env::var_os(BARE) {
        let text = std::fs::read_to_string(document).expect("the document");
        let tree = std::hint::black_box(bare::parse(&text));
        println!("{} elements", tree.elements.len());
        return ExitCode::SUCCESS;
    }
    let Some(corpus) = std::env::var_os("ODATA_CORPUS") else {
        eprintln!("skipped: the compile bench needs ODATA_CORPUS");
        return ExitCode::SUCCESS;
    };
    let document = absolute(Path::new(&corpus)).join(DOCUMENT);
    // First, while this process is small: a child's peak memory counts from that of the process that started it.
    whole_process(&document);
    in_process(&document);
    ExitCode::SUCCESS
}

/// Reading and resolving within this process.
fn in_process(document: &Path) {
    let text = std::fs::read_to_string(document).expect("the document");
    let mut sources = Sources::default();
    let source = sources.add(DOCUMENT, text);
    let text = sources.text(source);

    let read = || {
        let mut diagnostics = Vec::new();
        let document = csdl::read(source, text, &Limits::default(), &mut diagnostics);
        assert!(!diagnostics.iter().any(Diagnostic::is_error), "the document is refused");
        document
    };
    let subjects = vec![
        Subject::thread("quick-xml, events alone", || bare::events(text)),
        Subject::thread("every element and attribute by hand", || bare::parse(text)),
        Subject::thread("**ours, read**", read),
        Subject::thread("**ours, read and resolve**", || {
            let documents = [read()];
            let mut diagnostics = Vec::new();
            let model = resolve(&documents, &[], &mut diagnostics);
            assert!(!diagnostics.iter().any(Diagnostic::is_error), "the document does not resolve");
            // What is resolved borrows from what was read: both go within the time.
            drop(model);
        }),
    ];
    println!("\nRead and resolve {DOCUMENT} ({} bytes), thread CPU time\n", text.len());
    row(["", "ms", "times the events", "times the parse by hand"]);
    row(["---", "---:", "---:", "---:"]);
    let outcomes = interleave(41, subjects);
    for it in &outcomes {
        let (events, by_hand) = (1.0 / it.speed, outcomes[1].speed / it.speed);
        row([it.name, &milliseconds(it), &format!("{events:.2}"), &format!("{by_hand:.2}")]);
    }
}

/// `generate` for call records, from the first instruction to the last file.
fn whole_process(document: &Path) {
    let this = std::env::current_exe().expect("this bench");
    let target = this.parent().and_then(Path::parent).expect("the target folder");
    let command = target.join(format!("odata-codegen{}", std::env::consts::EXE_SUFFIX));
    if !command.exists() {
        eprintln!("skipped: `generate` as a process needs `cargo build --release -p odata-codegen` first");
        return;
    }
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut bare_peak, mut generate_peak) = (Vec::new(), Vec::new());
    let subjects = vec![
        process("every element and attribute by hand", &mut bare_peak, || {
            let mut bare = Command::new(&this);
            bare.env(BARE, document);
            (bare, None)
        }),
        process("**`odata-codegen generate`**", &mut generate_peak, || {
            let output = TempDir::new().expect("a folder");
            let mut generate = Command::new(&command);
            generate.current_dir(package).args(["generate", "--config", "metadata/codegen.toml", "--document"]);
            generate.arg(document).arg("--output").arg(output.path().join("src"));
            (generate, Some(output))
        }),
    ];
    let outcomes = interleave(31, subjects);
    println!("\nCall records from {DOCUMENT} as a whole process, CPU time of user and system\n");
    row(["", "ms", "times the parse by hand", "peak memory, MB"]);
    row(["---", "---:", "---:", "---:"]);
    for (it, peak) in outcomes.iter().zip([bare_peak, generate_peak]) {
        row([it.name, &milliseconds(it), &format!("{:.2}", 1.0 / it.speed), &format!("{:.1}", median(peak) / 1e6)]);
    }
}

/// A process that is started anew each round, and the folder that it writes to, which is removed after the time.
fn process<'a>(
    name: &'static str,
    peaks: &'a mut Vec<f64>,
    command: impl Fn() -> (Command, Option<TempDir>) + 'a,
) -> Subject<'a> {
    let run = move || {
        let (mut command, folder) = command();
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the process");
        let used = child.wait4().expect("the process");
        drop(folder);
        assert!(used.status.success(), "{name} failed");
        #[allow(clippy::cast_precision_loss)] // Far below 2^53.
        peaks.push(used.rusage.maxrss as f64);
        used.rusage.utime + used.rusage.stime
    };
    Subject { name, run: Box::new(run) }
}

fn milliseconds(outcome: &Outcome) -> String {
    let cost: Duration = outcome.cost;
    format!("{:.2}", cost.as_secs_f64() * 1e3)
}

/// Benches run in the package's folder, whatever folder the variable was meant for.
fn absolute(folder: &Path) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}
