//! `ablate`: a policy without each of its rules in turn.

use std::path::Path;

use clap::Args;

use crate::cli::arguments::{
    EstimandArguments, ExecutionArguments, LanguageArguments, OutputArguments, ScenarioArguments,
    WorldArguments,
};
use crate::cli::failure::Failure;
use crate::cli::output::{check_free, print};
use crate::cli::terminal::remark;
use crate::experiment::ablation::Ablation;
use crate::policy::registry::sentences_on;
use crate::report::ablation::FILE;
use crate::report::figures::{PICTURES, draw_ablation};
use crate::report::{AblationReport, Language};
use crate::run::CheckedScenario;

/// Find out what each rule of a policy does: switch off one at a time, in the same worlds
#[derive(Debug, Args)]
#[command(after_help = "\
Example: zorgdruk ablate scenarios/small.toml --policy supplement-2021 --out output/ablation")]
#[command(mut_arg("out", |out| out.help(
    "Write the table (ablation.csv) and the figure (SVG and PNG) into this folder too"
)))]
pub(crate) struct AblateArguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// Key of the policy whose rules are switched off one at a time
    #[arg(long, value_name = "KEY")]
    policy: String,
    #[command(flatten)]
    estimand: EstimandArguments,
    #[command(flatten)]
    worlds: WorldArguments,
    #[command(flatten)]
    execution: ExecutionArguments,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    language: LanguageArguments,
}

pub(crate) fn ablate(arguments: &AblateArguments) -> Result<(), Failure> {
    let checked = arguments.scenario.load()?;
    let ablation = ablation(&checked, &arguments.policy)?;
    let output = &arguments.output;
    if let Some(folder) = &output.out {
        for name in [FILE].into_iter().chain(PICTURES) {
            check_free(&folder.join(name), output.force)?;
        }
    }
    let n = arguments.worlds.number(&checked.model);
    let seed = arguments.worlds.seed.or_of(&checked.model);
    let progress = arguments.execution.progress(n);
    let analysis =
        (arguments.execution.pool()?).install(|| ablation.conduct(seed, n, &|| progress.step()));
    progress.finish();
    let effects = ablation.effects(&analysis, arguments.estimand.estimand);
    let report = AblationReport {
        frame: analysis.frame(),
        estimand: arguments.estimand.described(),
        effects: &effects,
        n,
        seed,
        confidence: analysis.confidence(),
    };
    let language = arguments.language.or_english();
    if let Some(folder) = &output.out {
        save(&report, folder, language)?;
    }
    print(&report.text(language))
}

fn ablation(checked: &CheckedScenario, key: &str) -> Result<Ablation, Failure> {
    let policy = checked.policy(key)?;
    let model = &checked.model;
    let rules = sentences_on(&model.policies[policy], model.study.end());
    if rules.is_empty() {
        let message = format!("the policy {key} has no rule that could be switched off");
        return Err(Failure::Usage(message));
    }
    Ok(Ablation::new(model, policy, rules))
}

fn save(report: &AblationReport<'_>, folder: &Path, language: Language) -> Result<(), Failure> {
    report.save(folder).map_err(Failure::output)?;
    if !draw_ablation(report, folder, language).map_err(Failure::output)? {
        remark("no figure was drawn: that takes more worlds, or a rule that makes a difference");
    }
    Ok(())
}
