//! The smaller run beside a run, in which what is not known is drawn too.

use rayon::ThreadPool;

use crate::cli::failure::Failure;
use crate::cli::plan::{RunPlan, UncertainArguments};
use crate::cli::simulate::simulate_all;
use crate::cli::watched::Site;
use crate::model::Model;
use crate::report::folder::{Existing, UNCERTAIN};
use crate::report::{Manifest, ReportError, RunFolder};
use crate::run::plan::{uncertain, usual_uncertain, write_input};

/// Simulates the uncertain worlds of a run, if there are any, into a folder of their own.
pub(crate) fn simulate_uncertain(
    plan: &RunPlan,
    asked: UncertainArguments,
    pool: &ThreadPool,
    site: &Site<'_>,
) -> Result<(), Failure> {
    let Some(n_replications) = n_worlds(plan, asked) else {
        return Ok(());
    };
    let manifest = uncertain(&plan.manifest, n_replications);
    let folder = opened(site.folder, &manifest).map_err(Failure::output)?;
    write_input(&plan.scenario.scenario, &manifest, None, &folder).map_err(Failure::output)?;
    let site = Site {
        folder: &folder,
        advice: site.advice.clone(),
        ..*site
    };
    simulate_all(&mut plan.with(manifest), None, pool, &site)
}

/// Refuses to draw where nothing is uncertain, before anything is simulated.
pub(crate) fn check(model: &Model, asked: UncertainArguments) -> Result<(), Failure> {
    if asked.uncertain.is_some() && model.uncertain.is_empty() {
        let message = "--uncertain: the scenario has no [uncertainty], so nothing can be drawn";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok(())
}

/// How many worlds; `None` without any.
fn n_worlds(plan: &RunPlan, asked: UncertainArguments) -> Option<u32> {
    let is_usual = !asked.no_uncertain && plan.manifest.shard.is_none();
    let usual = usual_uncertain(&plan.scenario.model, plan.manifest.n_replications);
    asked.uncertain.or((is_usual && usual > 0).then_some(usual))
}

/// The folder of these worlds: that of a run of the same worlds, or a new one in its place.
fn opened(of_run: &RunFolder, manifest: &Manifest) -> Result<RunFolder, ReportError> {
    let path = of_run.path().join(UNCERTAIN);
    if RunFolder::is_run(&path) {
        let folder = RunFolder::reopen(&path)?;
        if Manifest::read(&folder).is_ok_and(|there| there == *manifest) {
            return Ok(folder);
        }
    }
    RunFolder::create(&path, Existing::Replace)
}
