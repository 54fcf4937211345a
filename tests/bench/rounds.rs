//! Interleaved rounds: every subject once a round, so that a ratio compares what ran side by side.

use std::time::Duration;

/// Something to be measured.
pub struct Subject<'a> {
    pub name: &'static str,
    /// Does the work once and says what it cost.
    pub run: Box<dyn FnMut() -> Duration + 'a>,
}

impl<'a> Subject<'a> {
    /// Work within this thread, by its CPU time. What the work returns is dropped within the time.
    pub fn thread<T>(name: &'static str, mut work: impl FnMut() -> T + 'a) -> Self {
        let run = move || {
            let start = cpu_time::ThreadTime::now();
            drop(std::hint::black_box(work()));
            start.elapsed()
        };
        Self { name, run: Box::new(run) }
    }
}

/// What a subject came to.
pub struct Outcome {
    pub name: &'static str,
    /// Median cost.
    pub cost: Duration,
    /// Median over the rounds of the first subject's cost by this one's: how many times faster it is.
    pub speed: f64,
}

/// Runs all subjects `rounds` times after one round to warm up; each round begins with another subject, since what runs
/// first finds another heap.
pub fn interleave(rounds: usize, mut subjects: Vec<Subject<'_>>) -> Vec<Outcome> {
    let count = subjects.len();
    let mut costs = vec![Vec::with_capacity(rounds); count];
    for round in 0..=rounds {
        for turn in 0..count {
            let at = (round + turn) % count;
            let cost = (subjects[at].run)().as_secs_f64();
            if round > 0 {
                costs[at].push(cost);
            }
        }
    }
    let outcome = |(subject, own): (&Subject<'_>, &Vec<f64>)| Outcome {
        name: subject.name,
        cost: Duration::from_secs_f64(median(own.clone())),
        speed: median(costs[0].iter().zip(own).map(|(first, own)| first / own).collect()),
    };
    subjects.iter().zip(&costs).map(outcome).collect()
}

/// The middle of some values.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Prints a row of a Markdown table.
pub fn row<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) {
    let cells: Vec<String> = cells.into_iter().map(|cell| cell.as_ref().to_owned()).collect();
    println!("| {} |", cells.join(" | "));
}
