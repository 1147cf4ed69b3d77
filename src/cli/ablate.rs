//! `ablate`: a policy without each of its rules in turn.

use std::path::Path;

use crate::cli::arguments::AblateArguments;
use crate::cli::failure::Failure;
use crate::cli::prepared::Prepared;
use crate::cli::progress::Progress;
use crate::cli::run::pool;
use crate::cli::sensitivity::estimand;
use crate::cli::table::check_free;
use crate::cli::{print, remark};
use crate::experiment::ablation::Ablation;
use crate::experiment::estimand::Estimand;
use crate::policy::registry::sentences_on;
use crate::report::ablation::FILE;
use crate::report::{AblationReport, Language};

pub(crate) fn ablate(arguments: &AblateArguments) -> Result<(), Failure> {
    let estimand = estimand(&arguments.estimand)?;
    let prepared = Prepared::load(&arguments.scenario, &arguments.set)?;
    let ablation = ablation(&prepared, &arguments.policy)?;
    if let Some(folder) = &arguments.out {
        check_free(&folder.join(FILE), arguments.force)?;
    }
    let defaults = &prepared.model.defaults;
    let n = arguments.replications.unwrap_or(defaults.n_replications);
    let seed = arguments.seed.unwrap_or(defaults.seed);
    let progress = Progress::start(n, arguments.quiet);
    let analysis =
        pool(arguments.threads)?.install(|| ablation.conduct(seed, n, &|| progress.step()));
    progress.finish();
    let position = Estimand::position(estimand.key).unwrap_or_default();
    let effects = ablation.effects(&analysis, position);
    let report = AblationReport {
        frame: analysis.frame(),
        estimand,
        effects: &effects,
        n,
        seed,
        confidence: analysis.confidence(),
    };
    let language = arguments.lang.into();
    if let Some(folder) = &arguments.out {
        save(&report, folder, language)?;
    }
    print(&report.text(language))
}

fn ablation(prepared: &Prepared, key: &str) -> Result<Ablation, Failure> {
    let policy = prepared.policy(key)?;
    let model = &prepared.model;
    let rules = sentences_on(&model.policies[policy], model.study.end());
    if rules.is_empty() {
        let message = format!("the policy {key} has no rule that could be switched off");
        return Err(Failure::Usage(message));
    }
    Ok(Ablation::new(model, policy, rules))
}

fn save(report: &AblationReport<'_>, folder: &Path, language: Language) -> Result<(), Failure> {
    report.save(folder).map_err(Failure::output)?;
    if !crate::report::figures::draw_ablation(report, folder, language).map_err(Failure::output)? {
        remark("no figure: it takes more worlds, or a rule that changes something");
    }
    Ok(())
}
