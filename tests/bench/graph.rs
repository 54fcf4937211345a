//! All types of Microsoft Graph, and of 2, 4 and 8 times Graph: a copy is the document again with its namespaces renamed.
//!
//! `ODATA_CORPUS=FOLDER cargo bench --bench graph` prints Markdown tables; BENCHMARKS.md quotes them. The command must have
//! been built: `cargo build --release -p odata-codegen`. Copies and output stand in a temporary folder (`TMPDIR`).
#![allow(missing_docs, unreachable_pub, clippy::expect_used, clippy::indexing_slicing, clippy::cast_precision_loss)]
#![allow(dead_code)] // The parse by hand is more than this bench asks for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bare;
mod rounds;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use tempfile::TempDir;
use wait4::Wait4 as _;

use rounds::{median, row};

/// Names the document that this process is to parse by hand, and nothing else: the bare process.
const BARE: &str = "ODATA_BENCH_BARE";

const DOCUMENT: &str = "metadata/v1.0-Prod.csdl";
/// Structured types and enumerations of that document.
const TYPES: f64 = 3_822.0;
const ROUNDS: usize = 7;

fn main() -> ExitCode {
    if let Some(document) = std::env::var_os(BARE) {
        let text = std::fs::read_to_string(document).expect("the document");
        println!("{} elements", std::hint::black_box(bare::parse(&text)).elements.len());
        return ExitCode::SUCCESS;
    }
    let Some(corpus) = std::env::var_os("ODATA_CORPUS") else {
        eprintln!("skipped: the graph bench needs ODATA_CORPUS");
        return ExitCode::SUCCESS;
    };
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = package.join(corpus).join(DOCUMENT);
    let this = std::env::current_exe().expect("this bench");
    let target = this.parent().and_then(Path::parent).expect("the target folder");
    let command = target.join(format!("odata-codegen{}", std::env::consts::EXE_SUFFIX));
    if !command.exists() {
        eprintln!("skipped: the graph bench needs `cargo build --release -p odata-codegen` first");
        return ExitCode::SUCCESS;
    }
    let folder = TempDir::new().expect("a folder");
    let mut subjects = vec![Subject::new(
        "every element and attribute by hand",
        0,
        Box::new({
            let document = document.clone();
            move || {
                let mut bare = Command::new(&this);
                bare.env(BARE, &document);
                (bare, None)
            }
        }),
    )];
    let generate = |config: PathBuf, documents: Vec<PathBuf>| -> Make {
        let command = command.clone();
        Box::new(move || {
            let output = TempDir::new().expect("a folder");
            let mut generate = Command::new(&command);
            generate.arg("generate").arg("--config").arg(&config).arg("--output").arg(output.path().join("src"));
            for document in &documents {
                generate.arg("--document").arg(document);
            }
            (generate, Some(output))
        })
    };
    let config = package.join("tests/graph/codegen.toml");
    subjects.push(Subject::new(
        "**all of Graph, `tests/graph/codegen.toml`**",
        1,
        generate(config, vec![document.clone()]),
    ));
    for (times, name) in [(1, "1 time"), (2, "2 times"), (4, "4 times"), (8, "8 times")] {
        let (config, documents) = copies(&document, folder.path(), times);
        subjects.push(Subject::new(name, times, generate(config, documents)));
    }
    for round in 0..=ROUNDS {
        for subject in &mut subjects {
            subject.run(round > 0);
        }
    }
    print(&subjects);
    ExitCode::SUCCESS
}

fn print(subjects: &[Subject]) {
    let ratio = |of: &[f64], to: &[f64]| median(of.iter().zip(to).map(|(of, to)| of / to).collect());
    let bare = &subjects[0];
    println!("\nAll of Graph as a whole process: CPU of user and system, and from start to end\n");
    row(["", "CPU ms", "times the parse by hand", "wall ms", "peak memory, MB"]);
    row(["---", "---:", "---:", "---:", "---:"]);
    for it in &subjects[..2] {
        let milliseconds = |seconds: &Vec<f64>| format!("{:.0}", median(seconds.clone()) * 1e3);
        let times = format!("{:.1}", ratio(&it.cpu, &bare.cpu));
        row([
            it.name,
            &milliseconds(&it.cpu),
            &times,
            &milliseconds(&it.wall),
            &format!("{:.1}", median(it.peak.clone()) / 1e6),
        ]);
    }
    println!("\nInput of many times Graph, for each type\n");
    row(["", "types", "CPU us a type", "of 1 time", "wall us a type", "of 1 time", "peak kB a type", "of 1 time"]);
    row(["---", "---:", "---:", "---:", "---:", "---:", "---:", "---:"]);
    let once = &subjects[2];
    for it in &subjects[2..] {
        let types = TYPES * it.times as f64;
        let cell = |values: &Vec<f64>, scale: f64| format!("{:.1}", median(values.clone()) * scale / types);
        let of_once = |values: &Vec<f64>, once: &Vec<f64>| format!("{:.2}", ratio(values, once) / it.times as f64);
        row([
            it.name,
            &format!("{types:.0}"),
            &cell(&it.cpu, 1e6),
            &of_once(&it.cpu, &once.cpu),
            &cell(&it.wall, 1e6),
            &of_once(&it.wall, &once.wall),
            &cell(&it.peak, 1e-3),
            &of_once(&it.peak, &once.peak),
        ]);
    }
}

/// Documents of so many times Graph in a folder, with a configuration that selects all of it.
fn copies(document: &Path, folder: &Path, times: usize) -> (PathBuf, Vec<PathBuf>) {
    let text = std::fs::read_to_string(document).expect("the document");
    let mut config = "[output]\nfeatures = true\nnamespace_features = true\n[select]\nnamespaces = [".to_owned();
    let mut documents = Vec::new();
    for copy in 1..=times {
        // Aliases mean something within their document only.
        let text = text.replace("microsoft.graph", &format!("copy{copy}.graph"));
        for namespace in text.split("<Schema Namespace=\"").skip(1).filter_map(|it| it.split('"').next()) {
            let _infallible = write!(config, "\"{namespace}\", ");
        }
        let path = folder.join(format!("copy{copy}.csdl"));
        std::fs::write(&path, text).expect("written");
        documents.push(path);
    }
    config.push_str("]\n");
    let path = folder.join(format!("times{times}.toml"));
    std::fs::write(&path, config).expect("written");
    (path, documents)
}

/// A process, and the folder that it writes to, which is removed after the time.
type Make = Box<dyn Fn() -> (Command, Option<TempDir>)>;

/// A process that is started anew each round, and what each round took.
struct Subject {
    name: &'static str,
    times: usize,
    make: Make,
    cpu: Vec<f64>,
    wall: Vec<f64>,
    peak: Vec<f64>,
}

impl Subject {
    fn new(name: &'static str, times: usize, make: Make) -> Self {
        Self { name, times, make, cpu: Vec::new(), wall: Vec::new(), peak: Vec::new() }
    }

    fn run(&mut self, counts: bool) {
        let (mut command, folder) = (self.make)();
        let start = Instant::now();
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the process");
        let used = child.wait4().expect("the process");
        let wall = start.elapsed();
        drop(folder);
        assert!(used.status.success(), "{} failed", self.name);
        if counts {
            self.cpu.push((used.rusage.utime + used.rusage.stime).as_secs_f64());
            self.wall.push(wall.as_secs_f64());
            self.peak.push(used.rusage.maxrss as f64);
        }
    }
}
