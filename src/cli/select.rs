//! `select`: the best policy of a scenario in one estimand.

use core::fmt::Write;

use clap::Args;
use serde_json::{Value, json};

use crate::calibrate::significant;
use crate::cli::arguments::{
    EstimandArguments, ExecutionArguments, JsonArguments, ScenarioArguments, SeedArguments, worlds,
};
use crate::cli::failure::Failure;
use crate::cli::output::print;
use crate::experiment::estimand::ESTIMANDS;
use crate::experiment::record::CHUNK;
use crate::experiment::select::{Contest, Selection, select as hold};
use crate::experiment::{Experiment, StudyFrame};
use crate::report::terminal::{aligned, wrapped};
use crate::statistics::best::Best;
use crate::statistics::confidence::Confidence;

/// Select the best policy of a scenario, in as few worlds as that takes
#[derive(Debug, Args)]
#[command(mut_arg("estimand", |key| key.default_value("displaced").help(
    "Key of the estimand, a mean over worlds"
)))]
pub(crate) struct SelectArguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    #[command(flatten)]
    estimand: EstimandArguments,
    /// Smallest difference that matters, in the unit of the estimand. By default, the smallest that 1024
    /// worlds are sure to tell
    #[arg(long, value_name = "DELTA", value_parser = positive)]
    indifference: Option<f64>,
    /// Probability of selecting the best policy when it leads by at least the indifference zone
    #[arg(long, value_name = "P", default_value = "0.95", value_parser = confidence)]
    confidence: Confidence,
    /// A larger value is better. By default, a smaller one is
    #[arg(long)]
    largest: bool,
    /// Maximum number of worlds to simulate
    #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = worlds(2))]
    max_replications: u32,
    #[command(flatten)]
    seed: SeedArguments,
    #[command(flatten)]
    execution: ExecutionArguments,
    #[command(flatten)]
    json: JsonArguments,
}

fn positive(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number
        .filter(|x| x.is_finite() && *x > 0.0)
        .ok_or_else(|| "allowed: a positive number".to_owned())
}

fn confidence(text: &str) -> Result<Confidence, String> {
    let level: Option<f64> = text.parse().ok();
    level
        .and_then(|level| Confidence::from_alpha(1.0 - level))
        .ok_or_else(|| "allowed: between 0 and 1".to_owned())
}

pub(crate) fn select(arguments: &SelectArguments) -> Result<(), Failure> {
    let checked = arguments.scenario.load()?;
    let model = &checked.model;
    let frame = StudyFrame::new(model);
    let contest = Contest {
        estimand: arguments.estimand.estimand,
        best: if arguments.largest {
            Best::Largest
        } else {
            Best::Smallest
        },
        indifference: arguments.indifference,
        confidence: arguments.confidence,
        cap: arguments.max_replications,
    };
    let progress = arguments.execution.progress(contest.cap);
    let seed = arguments.seed.or_of(model);
    let experiment = Experiment::new(model, seed);
    let selection = (arguments.execution.pool()?)
        .install(|| hold(&experiment, &frame, contest, &|| progress.step()))
        .map_err(|error| Failure::Usage(error.to_string()))?;
    progress.finish();
    if arguments.json.json {
        return print(&format!(
            "{:#}\n",
            as_json(&selection, contest, &frame, seed)
        ));
    }
    print(&described(&selection, contest, &frame))
}

/// The selection for programs. `selected` is null when the worlds did not suffice; `decisive` is the
/// indifference that would do.
fn as_json(selection: &Selection, contest: Contest, frame: &StudyFrame, seed: u64) -> Value {
    let key = |policy: usize| frame.policies[policy].key.as_str();
    let estimand = &ESTIMANDS[contest.estimand];
    let eliminated = selection.path.iter();
    let policies = selection
        .means
        .iter()
        .zip(&selection.may_be_best)
        .enumerate();
    json!({
        "scenario": frame.scenario,
        "seed": seed,
        "estimand": estimand.key,
        "unit": estimand.unit,
        "indifference": selection.indifference,
        "decisive": selection.decisive,
        "confidence": contest.confidence.level(),
        "worlds": selection.n,
        "selected": selection.selected.map(key),
        "eliminated": eliminated
            .map(|gone| json!({ "policy": key(gone.policy), "worlds": gone.n }))
            .collect::<Value>(),
        "policies": policies
            .map(|(policy, (mean, may_be_best))| {
                json!({ "policy": key(policy), "mean": mean, "may_be_best": may_be_best })
            })
            .collect::<Value>(),
    })
}

/// The path of eliminations, the policy selected or what would decide, and every policy with its mean.
fn described(selection: &Selection, contest: Contest, frame: &StudyFrame) -> String {
    let key = |policy: usize| frame.policies[policy].key.as_str();
    let estimand = &ESTIMANDS[contest.estimand];
    let zone = format!("{} {}", significant(selection.indifference), estimand.unit);
    let mut text = String::new();
    for gone in &selection.path {
        let (n, key) = (gone.n, key(gone.policy));
        let _ = writeln!(text, "after {n:6} worlds  {key} drops out");
    }
    let verdict = match selection.selected {
        Some(policy) => format!(
            "{} is selected: the best with {:.0} % confidence, if it leads by {zone}",
            key(policy),
            100.0 * contest.confidence.level()
        ),
        None => format!("no policy is selected: {}", advice(selection, contest)),
    };
    let _ = writeln!(text, "after {:6} worlds  {verdict}", selection.n);
    let mut rows = vec![["policy", estimand.key, ""].map(str::to_owned).to_vec()];
    for (policy, mean) in selection.means.iter().enumerate() {
        let mean = format!("{mean:.2} {}", estimand.unit);
        let standing = standing(selection, policy).to_owned();
        rows.push(vec![key(policy).to_owned(), mean, standing]);
    }
    let _ = writeln!(text, "\n{}", aligned(&rows));
    for sentence in sentences(selection, contest, &zone) {
        let _ = writeln!(text, "{}", wrapped(&sentence));
    }
    text
}

fn standing(selection: &Selection, policy: usize) -> &'static str {
    if selection.selected == Some(policy) {
        "selected"
    } else if selection.may_be_best[policy] {
        "not distinguishable from the best"
    } else {
        ""
    }
}

/// The indifference zone in words, and its meaning for policies that are not distinguishable from the selected one.
fn sentences(selection: &Selection, contest: Contest, zone: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    if selection.selected.is_none() {
        return sentences;
    }
    if contest.indifference.is_none() {
        sentences.push(format!(
            "{zone} is the smallest lead that this number of worlds is sure to tell here; --indifference \
             sets another."
        ));
    }
    if selection.may_be_best.iter().filter(|may| **may).count() > 1 {
        sentences.push(if selection.indifference > 0.0 {
            format!("If another policy is better than the selected one, then by less than {zone}.")
        } else {
            "The others that may be the best equal the selected one in every world.".to_owned()
        });
    }
    sentences
}

/// What would decide.
fn advice(selection: &Selection, contest: Contest) -> String {
    let Some(decisive) = selection.decisive else {
        return format!("a selection takes at least {CHUNK} worlds");
    };
    // Shown no smaller than it is.
    let decisive = significant(1.001 * decisive);
    format!(
        "--indifference {decisive} decides within {} worlds, and a smaller one may take more worlds than \
         --max-replications",
        contest.cap
    )
}
