//! One model on one engine: the calendar of this package or the heap of the standard library, each
//! with a plain loop around it. `run.py` sets them beside engines in other languages.
//!
//! `cargo bench --bench peers -- calendar region` (without words: everything) prints engine, model, customers, processor seconds,
//! and two figures by which engines can be seen to agree: mean wait and share lost.
#![expect(clippy::print_stdout, reason = "the figures are the product")]

mod calendar;
mod heap;
mod models;
#[path = "../processor.rs"]
mod processor;

use models::{Answer, Model, models};
use processor::processor_seconds;

/// Runs a model with a seed.
type Run = fn(&Model, u64) -> Answer;

const ENGINES: [(&str, Run); 2] = [("heap", heap::run), ("calendar", calendar::run)];

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let is_asked =
        |position: usize, word: &str| words.get(position).is_none_or(|asked| asked == word);
    for model in models().iter().filter(|model| is_asked(1, model.name)) {
        for (engine, run) in ENGINES {
            if is_asked(0, engine) {
                report(engine, model, run);
            }
        }
    }
}

/// Runs a model until a million customers have come, in runs as long as the model says.
fn report(engine: &str, model: &Model, run: Run) {
    let runs = 1_000_000 / model.customers;
    let start = processor_seconds();
    let mut total = Answer::default();
    for seed in 0..u64::from(runs) {
        let answer = run(model, seed);
        total.served += answer.served;
        total.lost += answer.lost;
        total.waited += answer.waited;
    }
    let seconds = processor_seconds()
        .zip(start)
        .map(|(end, start)| end - start);
    println!(
        "{engine} {} {} {:.6} {:.4} {:.5}",
        model.name,
        runs * model.customers,
        seconds.expect("Linux tells processor time"),
        total.waited / total.served as f64,
        total.lost as f64 / (total.served + total.lost) as f64,
    );
}
