//! The library in a few lines: a hundred worlds of a small scenario under all its policies.
//!
//! `cargo run --release --example minimal`

use std::error::Error;
use std::path::Path;

use zorgdruk::experiment::{Analysis, Experiment, StudyFrame};
use zorgdruk::model::Model;
use zorgdruk::scenario;
use zorgdruk::statistics::confidence::Confidence;

fn main() -> Result<(), Box<dyn Error>> {
    let scenario = scenario::load(Path::new("scenarios/small.toml"), &[])?;
    let model = Model::from_scenario(&scenario)?;
    let experiment = Experiment::new(&model, 1);
    let mut analysis = Analysis::new(StudyFrame::new(&model), Confidence::P95);
    for replication in 0..100 {
        analysis.add(&experiment.replicate(replication));
    }
    for (policy, name) in model.policies().iter().enumerate() {
        // The first estimand is the headline: the share of patients who are displaced.
        let displaced = analysis.estimate(policy, 0);
        let (low, high) = (displaced.interval.low, displaced.interval.high);
        let line = format!(
            "{:30} {:5.1} % ({low:.1} to {high:.1})",
            name.label.en, displaced.value
        );
        write_line(&line)?;
    }
    Ok(())
}

fn write_line(line: &str) -> std::io::Result<()> {
    use std::io::Write;
    writeln!(std::io::stdout(), "{line}")
}
