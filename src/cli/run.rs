//! `run`: simulate a scenario, store its rows, and report.

use crate::cli::failure::Failure;
use crate::cli::plan::{RunArguments, RunPlan};
use crate::cli::precision::Search;
use crate::cli::report::{self, Told};
use crate::cli::shell::quoted;
use crate::cli::simulate::simulate_all;
use crate::cli::stop::Stop;
use crate::cli::terminal::remark;
use crate::cli::uncertain::{self, simulate_uncertain};
use crate::cli::watched::Site;
use crate::report::Manifest;

pub(crate) fn run(arguments: &RunArguments) -> Result<(), Failure> {
    let stop = Stop::listen()?;
    let mut plan = RunPlan::read(arguments)?;
    uncertain::check(&plan.scenario.model, arguments.uncertain)?;
    let mut search = Search::read(&plan.manifest)?;
    if !arguments.execution.is_quiet() && arguments.scenario.is_some() {
        for text in plan.scenario.remarks() {
            remark(&text);
        }
    }
    let pool = arguments.execution.pool()?;
    let folder = plan.begin(arguments)?;
    let site = Site {
        folder: &folder,
        stop: &stop,
        is_quiet: arguments.execution.is_quiet(),
        decimal: arguments.decimal.sign(),
        advice: format!(
            "`zorgdruk run --resume {}` continues it",
            quoted(&folder.path().to_string_lossy())
        ),
    };
    simulate_all(&mut plan, search.as_mut(), &pool, &site)?;
    simulate_uncertain(&plan, arguments.uncertain, &pool, &site)?;
    if let Some(search) = &search {
        let written = search.write(&plan.manifest, &folder);
        written.map_err(Failure::output)?;
    }
    pool.install(|| finish(&plan.manifest, &site, arguments.json.json))
}

/// Reports on a whole run; a shard has nothing to report by itself.
fn finish(manifest: &Manifest, site: &Site<'_>, as_json: bool) -> Result<(), Failure> {
    let Some(shard) = manifest.shard else {
        let told = if as_json {
            Told::Json
        } else {
            Told::text(site.is_quiet)
        };
        return report::finish(site.folder, site.decimal, site.is_quiet, told);
    };
    if !site.is_quiet {
        let worlds = manifest.replications();
        remark(&format!(
            "shard {shard} is complete: {} of {} worlds in {}",
            worlds.len(),
            manifest.n_replications,
            site.folder.path().display()
        ));
    }
    Ok(())
}
