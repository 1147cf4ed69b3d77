//! How much computing a precise comparison takes, and what common worlds save: core-seconds until
//! the difference in region-weeks with displacement (E2) between two policies is known to half a
//! percentage point, with 95 % confidence.
//!
//! `cargo bench --bench time_to_precision -- [WORLDS] [SCENARIO]`
#![expect(clippy::print_stdout, reason = "the figures are the product")]

mod processor;

use std::error::Error;
use std::path::Path;

use processor::processor_seconds;
use zorgdruk::experiment::Experiment;
use zorgdruk::experiment::common_random_numbers::{Gain, check_gain};
use zorgdruk::model::Model;
use zorgdruk::scenario;
use zorgdruk::statistics::confidence::Confidence;

const BASELINE: &str = "framework-2020";
const POLICY: &str = "supplement-2021";
const SEED: u64 = 2021;
/// Half a percentage point, the reach that is asked of the difference.
const REACH: f64 = 0.5;

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds options of its own.
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|text| !text.starts_with("--"));
    let n = arguments.next().map_or(Ok(200), |text| text.parse())?;
    let path = arguments
        .next()
        .unwrap_or_else(|| "scenarios/nl-autumn-2021.toml".to_owned());
    let model = two_policies(&path)?;
    let seconds = seconds_per_world(&model, n.min(64));
    let check = check_gain(&model, SEED, n, &|| {});
    let gains = check.gains();
    print_gains(&gains);
    let headline = gains
        .iter()
        .find(|gain| gain.estimand.key == "displaced_region_weeks")
        .ok_or("the policies do not differ in displaced region-weeks")?;
    print_cost(headline, seconds);
    Ok(())
}

/// The scenario narrowed to the two policies that are compared.
fn two_policies(path: &str) -> Result<Model, Box<dyn Error>> {
    let scenario = scenario::load(Path::new(path), &[]).map_err(|errors| errors.to_string())?;
    let model = Model::from_scenario(&scenario).map_err(|errors| errors.to_string())?;
    Ok(model.reduced_to(&[BASELINE, POLICY].map(str::to_owned)))
}

/// Core-seconds of one world under both policies, on one thread: processor time where the system
/// reports it, so that a busy machine changes little; elapsed time elsewhere.
#[expect(clippy::disallowed_methods, reason = "the time is what is measured")]
fn seconds_per_world(model: &Model, n: u32) -> f64 {
    let experiment = Experiment::new(model, SEED);
    experiment.replicate(0);
    let (start, busy) = (std::time::Instant::now(), processor_seconds());
    for replication in 0..n {
        std::hint::black_box(experiment.replicate(replication));
    }
    let elapsed = start.elapsed().as_secs_f64();
    let spent = processor_seconds()
        .zip(busy)
        .map(|(end, start)| end - start);
    spent.unwrap_or(elapsed) / f64::from(n)
}

fn print_gains(gains: &[Gain]) {
    println!("estimand: correlation, gain by the formula, gain measured against other worlds");
    for gain in gains {
        println!(
            "{:26} {:6.3} {:9.2} {:9.2}",
            gain.estimand.key, gain.correlation, gain.predicted, gain.measured
        );
    }
}

fn print_cost(headline: &Gain, seconds: f64) {
    let z = Confidence::P95.z();
    let worlds = z * headline.deviation / REACH;
    let worlds = worlds * worlds;
    println!(
        "{POLICY} - {BASELINE}, {}: sd of the difference {:.3} {} over {} worlds",
        headline.estimand.key, headline.deviation, headline.estimand.unit, headline.n
    );
    println!("{seconds:.4} core-seconds per world; {worlds:.0} worlds to reach ±{REACH}");
    println!(
        "{:.1} core-seconds; {:.1} with separate worlds",
        worlds * seconds,
        worlds * seconds * headline.measured
    );
}
