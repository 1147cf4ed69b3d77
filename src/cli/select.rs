//! `select`: the best policy of a scenario in one estimand.

use core::fmt::Write;

use crate::cli::arguments::SelectArguments;
use crate::cli::failure::Failure;
use crate::cli::prepared::Prepared;
use crate::cli::print;
use crate::cli::progress::Progress;
use crate::cli::run::pool;
use crate::experiment::estimand::{ESTIMANDS, Estimand};
use crate::experiment::select::{Contest, Selection, select as hold};
use crate::experiment::{Experiment, StudyFrame};
use crate::statistics::best::Best;
use crate::statistics::confidence::Confidence;

pub(crate) fn select(arguments: &SelectArguments) -> Result<(), Failure> {
    let prepared = Prepared::load(&arguments.scenario, &arguments.set)?;
    let model = &prepared.model;
    let (frame, contest) = (StudyFrame::new(model), contest(arguments)?);
    let progress = Progress::start(contest.cap, arguments.quiet);
    let experiment = Experiment::new(model, arguments.seed.unwrap_or(model.defaults.seed));
    let pool = pool(arguments.threads)?;
    let selection = pool
        .install(|| hold(&experiment, &frame, contest, &|| progress.step()))
        .map_err(|error| Failure::Usage(error.to_string()))?;
    progress.finish();
    print(&described(&selection, contest, &frame))
}

fn contest(arguments: &SelectArguments) -> Result<Contest, Failure> {
    let usage = Failure::Usage;
    let estimand = Estimand::position(&arguments.estimand)
        .ok_or_else(|| usage(format!("there is no estimand {}", arguments.estimand)))?;
    let confidence = Confidence::from_alpha(1.0 - arguments.confidence)
        .ok_or_else(|| usage("the confidence lies between 0 and 1".to_owned()))?;
    if !(arguments.indifference.is_finite() && arguments.indifference > 0.0) {
        return Err(usage("the indifference zone is positive".to_owned()));
    }
    Ok(Contest {
        estimand,
        best: if arguments.largest {
            Best::Largest
        } else {
            Best::Smallest
        },
        indifference: arguments.indifference,
        confidence,
        cap: arguments.max_replications,
    })
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
            "after {:6} worlds  no policy is selected yet; more worlds or a wider zone than {zone} decide",
            selection.n
        ),
    };
    let _ = writeln!(text, "\n{}, {}:", estimand.key, estimand.unit);
    let policies = selection.means.iter().zip(&selection.may_be_best);
    for (policy, (mean, may_be_best)) in policies.enumerate() {
        let remark = if *may_be_best {
            "  not distinguishable from the best"
        } else {
            ""
        };
        let _ = writeln!(text, "  {:34} {mean:12.2}{remark}", key(policy));
    }
    text
}
