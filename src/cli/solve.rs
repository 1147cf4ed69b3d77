//! `solve`: the value of a lever at which a target is met, or two policies are alike.

use clap::Args;
use serde_json::{Value, json};

use crate::calibrate::significant;
use crate::cli::arguments::{
    EstimandArguments, ExecutionArguments, JsonArguments, ScenarioArguments, WorldArguments,
};
use crate::cli::design::failure;
use crate::cli::failure::Failure;
use crate::cli::output::print;
use crate::design::solve::{Range, Root, Solution, solve as search};
use crate::design::{DesignError, Study};
use crate::experiment::Analysis;
use crate::experiment::estimand::{ESTIMANDS, Estimand};
use crate::report::terminal::wrapped;
use crate::run::CheckedScenario;
use crate::scenario::{Lever, Violation};
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::{Estimate, Interval};

/// Find the value of a lever at which a target is met, or two policies are alike
#[derive(Debug, Args)]
#[command(mut_arg("estimand", |key| key.conflicts_with("target").help(
    "In which estimand `--like` is to be matched"
)))]
#[command(after_help = "\
Examples:
  zorgdruk solve small --policy supplement-2021 --lever staff.workforce_share --between 0.8,1 \\
    --target displaced_share=5
  zorgdruk solve small --policy supplement-2021 --like framework-2020 --estimand displaced \\
    --lever policy.supplement-2021.lead_days --between 1,14")]
pub(crate) struct SolveArguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// The policy that is asked about
    #[arg(long, value_name = "KEY")]
    policy: String,
    /// The lever: the path of a number, as `zorgdruk levers` lists them; `*` stands for any step
    #[arg(long, value_name = "PATH")]
    lever: String,
    /// The values of the lever to search. By default, all that are allowed, where there are bounds
    #[arg(long, value_name = "LOW,HIGH", value_parser = between)]
    between: Option<(f64, f64)>,
    /// The target: an estimand and its value, such as `displaced_share=1`
    #[arg(long, value_name = "ESTIMAND=VALUE", value_parser = target, required_unless_present = "like")]
    target: Option<Target>,
    /// The policy that is to be matched, instead of a target
    #[arg(long, value_name = "KEY", conflicts_with = "target")]
    like: Option<String>,
    #[command(flatten)]
    estimand: EstimandArguments,
    #[command(flatten)]
    worlds: WorldArguments,
    #[command(flatten)]
    execution: ExecutionArguments,
    #[command(flatten)]
    json: JsonArguments,
}

/// An estimand, by position, and the value that it is to have.
#[derive(Debug, Clone, Copy)]
struct Target {
    estimand: usize,
    value: f64,
}

fn number(text: &str) -> Option<f64> {
    let number: Option<f64> = text.trim().parse().ok();
    number.filter(|number| number.is_finite())
}

fn between(text: &str) -> Result<(f64, f64), String> {
    let ends = text.split_once(',');
    let ends = ends.and_then(|(low, high)| Some((number(low)?, number(high)?)));
    ends.filter(|(low, high)| low < high)
        .ok_or_else(|| "allowed: two numbers, the smaller first, as in 0,10".to_owned())
}

fn target(text: &str) -> Result<Target, String> {
    let form = || "allowed: KEY=NUMBER, as in displaced_share=1".to_owned();
    let (key, value) = text.split_once('=').ok_or_else(form)?;
    let estimand = Estimand::position(key).ok_or_else(|| {
        format!("there is no estimand {key}; the column key of summary.csv lists them")
    })?;
    let value = number(value).ok_or_else(form)?;
    Ok(Target { estimand, value })
}

/// What is asked, of a checked scenario.
struct Question<'a> {
    study: Study<'a>,
    lever: &'a str,
    is_whole: bool,
    ends: (f64, f64),
    /// Positions of the policy and of the one to match, in the study.
    policy: usize,
    like: usize,
    goal: Target,
    is_difference: bool,
    n: u32,
}

pub(crate) fn solve(arguments: &SolveArguments) -> Result<(), Failure> {
    let checked = arguments.scenario.load()?;
    let question = Question::new(arguments, &checked)?;
    let range = question.range()?;
    checked.refuse(question.violations())?;
    let progress = arguments.execution.progress(MOST_STEPS);
    let pool = arguments.execution.pool()?;
    let found = search(range, |value| {
        progress.step();
        pool.install(|| question.gap(value))
    });
    progress.finish();
    let solution = found.map_err(|error| failure(error, &checked))?;
    if arguments.json.json {
        return print(&format!("{:#}\n", question.as_json(&solution)));
    }
    print(&format!("{}\n", wrapped(&question.sentences(&solution))))
}

/// About as many values of the lever are simulated.
const MOST_STEPS: u32 = 28;

impl<'a> Question<'a> {
    fn new(arguments: &'a SolveArguments, checked: &'a CheckedScenario) -> Result<Self, Failure> {
        let keys = [Some(&arguments.policy), arguments.like.as_ref()];
        let mut policies: Vec<String> = keys.into_iter().flatten().cloned().collect();
        for key in &policies {
            checked.policy(key)?;
        }
        if arguments.like.as_ref() == Some(&arguments.policy) {
            let message = format!("{} is like itself at every value", arguments.policy);
            return Err(Failure::Usage(message));
        }
        policies.sort_by_key(|key| checked.policy(key).ok());
        let seed = arguments.worlds.seed.or_of(&checked.model);
        let study = Study::new(&checked.scenario, &policies, seed)
            .map_err(|error| failure(error, checked))?;
        let at = |key: &str| {
            let names = study.frame().policies.iter();
            names
                .into_iter()
                .position(|name| name.key == key)
                .unwrap_or_default()
        };
        let (policy, like) = (
            at(&arguments.policy),
            at(keys[1].unwrap_or(&arguments.policy)),
        );
        let (is_whole, ends) = ends(&checked.scenario.levers(), arguments)?;
        let matched = Target {
            estimand: arguments.estimand.estimand,
            value: 0.0,
        };
        Ok(Self {
            lever: &arguments.lever,
            is_whole,
            ends,
            policy,
            like,
            goal: arguments.target.unwrap_or(matched),
            is_difference: arguments.like.is_some(),
            n: arguments.worlds.number(&checked.model),
            study,
        })
    }

    fn range(&self) -> Result<Range, Failure> {
        let (low, high) = self.ends;
        Range::new(low, high, self.is_whole).ok_or_else(|| {
            let message = format!(
                "{} is a whole number, and there are not two from {low} to {high}",
                self.lever
            );
            Failure::Usage(message)
        })
    }

    fn violations(&self) -> Vec<Violation> {
        let (low, high) = self.ends;
        let of = |value: f64| {
            let at = format!("at {}: ", significant(value));
            self.study
                .violations_of(&self.setting(value), self.lever, &at)
        };
        [low, high].into_iter().flat_map(of).collect()
    }

    fn setting(&self, value: f64) -> String {
        format!("{}={value}", self.lever)
    }

    /// What is estimated at a value of the lever, less the target.
    fn gap(&self, value: f64) -> Result<Estimate, DesignError> {
        let settings = [self.setting(value)];
        let analysis = self
            .study
            .simulated(&settings, self.like, self.n, Confidence::P95)?;
        Ok(self.estimate(&analysis).shifted(-self.goal.value))
    }

    fn estimate(&self, analysis: &Analysis) -> Estimate {
        if self.is_difference {
            analysis
                .comparison(self.policy, self.goal.estimand)
                .difference
        } else {
            analysis.estimate(self.policy, self.goal.estimand)
        }
    }

    /// The goal in words.
    fn goal(&self) -> String {
        let names = &self.study.frame().policies;
        let estimand = &ESTIMANDS[self.goal.estimand];
        let policy = &names[self.policy].key;
        if self.is_difference {
            let like = &names[self.like].key;
            return format!("{} is the same under {policy} and {like}", estimand.key);
        }
        let value = significant(self.goal.value);
        format!(
            "{} under {policy} is {value} {}",
            estimand.key, estimand.unit
        )
    }

    fn sentences(&self, solution: &Solution) -> String {
        let (low, high) = self.ends;
        let span = format!("{} to {}", significant(low), significant(high));
        match solution {
            Solution::Root(root) => self.of_root(root, &span),
            Solution::None([at_low, at_high]) => format!(
                "At no value of {} from {span}: {}. It is off by {} at the lower end and by {} at the upper one ({} worlds).",
                self.lever,
                self.goal(),
                with_interval(at_low),
                with_interval(at_high),
                self.n,
            ),
        }
    }

    fn of_root(&self, root: &Root, span: &str) -> String {
        let end = |value: f64, beyond: &str| {
            let is_known = value.is_finite();
            if is_known {
                significant(value)
            } else {
                beyond.to_owned()
            }
        };
        let again = if root.is_crossed_again {
            " It is met more than once in the range; this is the first time."
        } else {
            ""
        };
        format!(
            "{}: {} = {} (95 % confidence: {} to {}; searched from {span}, {} worlds). What is left there: {}.{again}",
            self.goal(),
            self.lever,
            significant(root.value),
            end(root.interval.low, "below the range"),
            end(root.interval.high, "above the range"),
            self.n,
            with_interval(&root.left),
        )
    }

    fn as_json(&self, solution: &Solution) -> Value {
        let names = &self.study.frame().policies;
        let mut told = json!({
            "scenario": self.study.frame().scenario,
            "seed": self.study.seed(),
            "lever": self.lever,
            "searched": [self.ends.0, self.ends.1],
            "policy": names[self.policy].key,
            "like": self.is_difference.then(|| names[self.like].key.as_str()),
            "estimand": ESTIMANDS[self.goal.estimand].key,
            "target": (!self.is_difference).then_some(self.goal.value),
            "worlds": self.n,
            "confidence": Confidence::P95.level(),
        });
        told["solution"] = match solution {
            Solution::Root(root) => json!({
                "value": root.value,
                "low": finite(root.interval.low),
                "high": finite(root.interval.high),
                "left": of_estimate(&root.left),
                "crossed_again": root.is_crossed_again,
            }),
            Solution::None(_) => Value::Null,
        };
        if let Solution::None(ends) = solution {
            told["left_at_ends"] = ends.iter().map(of_estimate).collect();
        }
        told
    }
}

/// Whether the lever is a whole number, and the values of it to search.
fn ends(levers: &[Lever], arguments: &SolveArguments) -> Result<(bool, (f64, f64)), Failure> {
    let path = &arguments.lever;
    let Some(lever) = levers.iter().find(|lever| lever.is_at(path)) else {
        let message = format!("{path} is no lever of the scenario; zorgdruk levers lists them");
        return Err(Failure::Usage(message));
    };
    if !lever.value.is_number() {
        return Err(Failure::Usage(format!("{path} is not a number")));
    }
    let allowed = lever.minimum.as_f64().zip(lever.maximum.as_f64());
    let ends = arguments.between.or(allowed);
    let without = || {
        Failure::Usage(format!(
            "{path} has no bounds: give some with --between LOW,HIGH"
        ))
    };
    Ok((lever.is_whole, ends.ok_or_else(without)?))
}

fn finite(value: f64) -> Option<f64> {
    Some(value).filter(|value| value.is_finite())
}

fn of_estimate(estimate: &Estimate) -> Value {
    let Interval { low, high } = estimate.interval;
    json!({ "value": finite(estimate.value), "low": finite(low), "high": finite(high) })
}

fn with_interval(estimate: &Estimate) -> String {
    let Interval { low, high } = estimate.interval;
    let [value, low, high] = [estimate.value, low, high].map(significant);
    format!("{value} ({low} to {high})")
}
