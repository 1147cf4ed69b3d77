//! `run --precision` simulates as many worlds as a precision takes; with `--confirm` the report is on
//! as many fresh ones.

use crate::cli::failure::Failure;
use crate::cli::stop::Signal;
use crate::cli::terminal::{Progress, remark};
use crate::cli::watched::{Site, Watched};
use crate::experiment::confirm::confirmation_seed;
use crate::experiment::precision::{
    PrecisionTarget, Standing, Watch, replicate_until_precise, standings,
};
use crate::experiment::{Experiment, StudyFrame};
use crate::model::Model;
use crate::report::precision::{Finding, write_precision};
use crate::report::{Evidence, Manifest, ReportError, RowStore, RunFolder};
use crate::run::Replicator;
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::MIN_REPLICATIONS;
use crate::statistics::stopping::Decision;

/// The search for the number of worlds that a precision takes.
#[derive(Debug)]
pub(crate) struct Search {
    targets: Vec<PrecisionTarget>,
    cap: u32,
    is_confirmed: bool,
    explored: Option<Finding>,
}

impl Search {
    /// The search that a manifest asks for, if it names a precision.
    pub(crate) fn read(manifest: &Manifest) -> Result<Option<Self>, Failure> {
        let Some(sought) = &manifest.precision else {
            return Ok(None);
        };
        let targets: Result<Vec<_>, _> = sought
            .targets
            .iter()
            .map(|text| PrecisionTarget::parse(text, &manifest.frame))
            .collect();
        Ok(Some(Self {
            targets: targets.map_err(|error| Failure::Usage(error.to_string()))?,
            cap: sought.at_most,
            is_confirmed: sought.is_confirmed,
            explored: None,
        }))
    }

    /// Finds how many worlds it takes, and writes that number into the manifest. Without
    /// confirmation the explored worlds are those of the run; otherwise the manifest gets the seed
    /// of the worlds that are still to be simulated. Returns the signal if one asked to stop before.
    pub(crate) fn explore(
        &mut self,
        model: &Model,
        manifest: &mut Manifest,
        site: &Site<'_>,
    ) -> Result<Option<Signal>, ReportError> {
        let plan = manifest.clone();
        let mut watch = Watch::new(
            plan.frame.clone(),
            Confidence::P95,
            self.targets.clone(),
            self.cap,
        );
        if plan.plain {
            watch = watch.plain();
        }
        let Some(decision) = self.search(model, &plan, &mut watch, site)? else {
            return Ok(site.stop.signal());
        };
        if !site.is_quiet {
            remark(&outcome(&watch, decision, &plan.frame));
        }
        self.explored = Some(Finding {
            worlds: "explored",
            seed: plan.seed,
            standings: watch.standings(),
        });
        manifest.n_replications = watch.analysis().n();
        if self.is_confirmed {
            manifest.seed = confirmation_seed(plan.seed);
        }
        manifest.write(site.folder).map(|()| None)
    }

    /// Shows `watch` worlds until it has seen enough; `None` when a signal asked to stop.
    fn search(
        &self,
        model: &Model,
        plan: &Manifest,
        watch: &mut Watch,
        site: &Site<'_>,
    ) -> Result<Option<Decision>, ReportError> {
        let store = if self.is_confirmed {
            RowStore::explored(site.folder, plan, self.cap)
        } else {
            RowStore::reported(site.folder, plan)
        };
        let experiment = Experiment::new(model, plan.seed);
        let progress = Progress::start(self.cap, site.is_quiet);
        let watched = Watched::new(site.stop, &progress);
        let replicator = Replicator::new(&experiment, &store, &watched);
        let decision = replicate_until_precise(watch, |number| replicator.chunk(number))?;
        progress.finish();
        Ok(decision)
    }

    /// Whether the worlds of the run are still to be simulated after exploring.
    pub(crate) const fn needs_fresh_worlds(&self) -> bool {
        self.is_confirmed
    }

    /// Writes the precision asked for beside the precision reached.
    pub(crate) fn write(&self, manifest: &Manifest, folder: &RunFolder) -> Result<(), ReportError> {
        let mut findings: Vec<Finding> = self.explored.iter().cloned().collect();
        if self.is_confirmed {
            let evidence = Evidence::gather(folder)?;
            findings.push(Finding {
                worlds: "confirmed",
                seed: manifest.seed,
                standings: standings(&evidence.analysis, &self.targets),
            });
        }
        write_precision(&findings, manifest, folder)
    }
}

/// How the exploration ended, in a line or two.
fn outcome(watch: &Watch, decision: Decision, frame: &StudyFrame) -> String {
    let n = watch.analysis().n();
    let looks: Vec<String> = watch.looks().iter().map(u32::to_string).collect();
    let looks = looks.join(", ");
    let Decision::CapReached { predicted_n } = decision else {
        return format!("every target is met with {n} worlds (looked at {looks})");
    };
    let missed: Vec<String> = watch
        .standings()
        .iter()
        .filter(|standing| !standing.is_met())
        .map(|standing: &Standing| standing.name(frame))
        .collect();
    // A prediction at the minimum of every estimate says nothing about this one.
    let about = if predicted_n <= MIN_REPLICATIONS {
        "at least"
    } else {
        "about"
    };
    format!(
        "{n} worlds are not enough for {}: {about} {predicted_n} would be (looked at {looks})",
        missed.join(", ")
    )
}
