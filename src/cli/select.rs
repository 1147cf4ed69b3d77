//! `select`: the best policy of a scenario in one estimand.

use core::fmt::Write;

use clap::Args;

use crate::calibrate::significant;
use crate::cli::arguments::{
    EstimandArguments, ExecutionArguments, ScenarioArguments, SeedArguments, worlds,
};
use crate::cli::failure::Failure;
use crate::cli::output::print;
use crate::experiment::estimand::ESTIMANDS;
use crate::experiment::select::{Contest, Selection, select as hold};
use crate::experiment::{Experiment, StudyFrame};
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
    /// Smallest difference that matters, in the unit of the estimand
    #[arg(long, value_name = "DELTA", value_parser = positive)]
    indifference: f64,
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
    let experiment = Experiment::new(model, arguments.seed.or_of(model));
    let selection = (arguments.execution.pool()?)
        .install(|| hold(&experiment, &frame, contest, &|| progress.step()))
        .map_err(|error| Failure::Usage(error.to_string()))?;
    progress.finish();
    print(&described(&selection, contest, &frame))
}

/// The path of eliminations, the policy selected, and every policy with its mean.
fn described(selection: &Selection, contest: Contest, frame: &StudyFrame) -> String {
    let key = |policy: usize| frame.policies[policy].key.as_str();
    let estimand = &ESTIMANDS[contest.estimand];
    let mut text = String::new();
    for gone in &selection.path {
        let _ = writeln!(
            text,
            "after {:6} worlds  {} drops out",
            gone.n,
            key(gone.policy)
        );
    }
    let zone = format!("{} {}", contest.indifference, estimand.unit);
    let _ = match selection.selected {
        Some(policy) => writeln!(
            text,
            "after {:6} worlds  {} is selected: the best with {:.0} % confidence, if it leads by {zone}",
            selection.n,
            key(policy),
            100.0 * contest.confidence.level()
        ),
        None => writeln!(
            text,
            "after {:6} worlds  no policy is selected yet{}",
            selection.n,
            advice(selection, &zone)
        ),
    };
    let _ = writeln!(text, "\n{}, {}:", estimand.key, estimand.unit);
    let policies = selection.means.iter().zip(&selection.may_be_best);
    for (policy, (mean, may_be_best)) in policies.enumerate() {
        let remark = match (selection.selected, may_be_best) {
            (Some(selected), _) if selected == policy => "  selected".to_owned(),
            (Some(_), true) => {
                format!(
                    "  not distinguishable from the best, and ahead by less than {zone} if at all"
                )
            }
            (None, true) => "  not distinguishable from the best".to_owned(),
            (_, false) => String::new(),
        };
        let _ = writeln!(text, "  {:34} {mean:12.2}{remark}", key(policy));
    }
    text
}

/// What would decide: more worlds, or the width at which policies that cannot be told apart count as
/// equally good.
fn advice(selection: &Selection, zone: &str) -> String {
    let open = selection.means.iter().zip(&selection.may_be_best);
    let means = open
        .filter(|(_, may_be_best)| **may_be_best)
        .map(|(mean, _)| *mean);
    let (least, most) = means.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), mean| {
        (least.min(mean), most.max(mean))
    });
    let apart = significant(most - least);
    if most > least {
        return format!(
            "; those that may be the best lie {apart} apart: where that does not matter, --indifference \
             {apart} decides, and else more worlds than --max-replications"
        );
    }
    format!("; more worlds or a wider zone than {zone} decide")
}
