//! `sweep`: a grid of levers, every point in the same worlds.

use clap::Args;

use crate::cli::arguments::EstimandArguments;
use crate::cli::design::{Design, DesignArguments, failure, table, undrawn};
use crate::cli::design_text::DesignText;
use crate::cli::failure::Failure;
use crate::cli::figure;
use crate::design::Study;
use crate::design::sweep::{Lever, grid, levers, violations};
use crate::report::figures::designs::Finding;
use crate::run::CheckedScenario;
use crate::statistics::confidence::Confidence;

/// Simulate every combination of lever values, all in the same worlds
#[derive(Debug, Args)]
#[command(mut_arg("estimand", |key| key.help(
    "Result to show and to draw, by its key in the data dictionary; the table has all"
)))]
pub(crate) struct SweepArguments {
    #[command(flatten)]
    design: DesignArguments,
    /// A lever with the values that it takes, for example
    /// `policy.supplement-2021.lead_days=1,3,5`; may be repeated, for every combination. By default,
    /// the levers of the scenario's table sweep
    #[arg(long = "set-grid", value_name = "KEY=VALUE,VALUE")]
    levers: Vec<String>,
    #[command(flatten)]
    estimand: EstimandArguments,
}

pub(crate) fn sweep(arguments: &SweepArguments) -> Result<(), Failure> {
    let asked: Vec<Lever> = arguments
        .levers
        .iter()
        .map(|text| Lever::parse(text))
        .collect::<Result<_, _>>()
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let design = &arguments.design;
    design.check_targets()?;
    let checked = design.scenario.load()?;
    let levers = levers_of(asked, &checked)?;
    let points = grid(&levers).map_err(|error| Failure::Usage(error.to_string()))?;
    let settings = match &design.figure {
        Some(_) => figure::settings(&levers, &design.policies)?,
        None => Vec::new(),
    };
    for key in &design.policies {
        checked.policy(key)?;
    }
    let n = design.worlds.number(&checked.model);
    let seed = design.worlds.seed.or_of(&checked.model);
    let study = Study::new(&checked.scenario, &design.policies, seed)
        .map_err(|error| failure(error, &checked))?;
    let progress = design.execution.progress(n);
    let analyses = (design.execution.pool()?)
        .install(|| study.compare(&points, n, Confidence::P95, &|| progress.step()))
        .map_err(|error| failure(error, &checked))?;
    progress.finish();
    let order: Vec<usize> = (0..points.len()).collect();
    let text = DesignText {
        analyses: &analyses,
        points: &points,
        order: &order,
        estimand: arguments.estimand.estimand,
    };
    let simulated = Design {
        study: &study,
        points: &points,
        order: &order,
    };
    design.show(&table(&analyses, &simulated, None), || text.ranked())?;
    if let (Some(path), [(policy, analysis), ..]) = (&design.figure, &analyses[..]) {
        let language = design.language.or_english();
        let finding = Finding {
            analysis,
            estimand: arguments.estimand.estimand,
            policy: language.name(&policy.label),
            seed,
            language,
        };
        let (name, unit) = figure::in_words(&checked.scenario, &levers[0].path, language);
        let svg = finding.dose((&name, &unit), &settings);
        figure::save(&svg.map_err(undrawn)?, path)?;
    }
    Ok(())
}

/// The levers that were asked for, or else those of the scenario.
fn levers_of(asked: Vec<Lever>, checked: &CheckedScenario) -> Result<Vec<Lever>, Failure> {
    if !asked.is_empty() {
        return Ok(asked);
    }
    // The scenario's own levers may be wrong.
    let study = Study::new(&checked.scenario, &[], checked.model.defaults.seed)
        .map_err(|error| failure(error, checked))?;
    checked.refuse(violations(&study))?;
    let own = levers(&checked.scenario);
    if own.is_empty() {
        let message = "the scenario has no [sweep]: name a lever with --set-grid KEY=VALUE,VALUE";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok(own)
}
