//! `run --precision`: as many worlds as the precision asked takes, and `--confirm`: then as many
//! fresh ones.

use crate::cli::arguments::PrecisionArguments;
use crate::cli::failure::Failure;
use crate::cli::progress::Progress;
use crate::cli::remark;
use crate::experiment::confirm::confirmation_seed;
use crate::experiment::precision::{
    PrecisionTarget, Standing, Watch, replicate_until_precise, standings,
};
use crate::experiment::{Experiment, Frame};
use crate::model::Model;
use crate::report::precision::{Finding, write_precision};
use crate::report::{Evidence, Manifest, ReportError, RunFolder};
use crate::statistics::confidence::Confidence;
use crate::statistics::stopping::Decision;

/// Most worlds when nothing else is asked.
const CAP: u32 = 20_000;

/// How precisely a run is to know what.
#[derive(Debug)]
pub(crate) struct Search {
    targets: Vec<PrecisionTarget>,
    cap: u32,
    is_confirmed: bool,
    explored: Option<Finding>,
}

impl Search {
    /// What the arguments ask; `None` when they ask no precision.
    pub(crate) fn read(
        arguments: &PrecisionArguments,
        frame: &Frame,
    ) -> Result<Option<Self>, Failure> {
        let targets: Result<Vec<_>, _> = arguments
            .targets
            .iter()
            .map(|text| PrecisionTarget::parse(text, frame))
            .collect();
        let targets = targets.map_err(|error| Failure::Usage(error.to_string()))?;
        Ok((!targets.is_empty()).then(|| Self {
            targets,
            cap: arguments.max_replications.unwrap_or(CAP),
            is_confirmed: arguments.confirm,
            explored: None,
        }))
    }

    /// Explores how many worlds it takes, and writes that number into the manifest. Without
    /// confirmation the explored worlds are those of the run and are stored; otherwise the manifest
    /// gets the seed of the worlds that are still to be simulated.
    pub(crate) fn explore(
        &mut self,
        model: &Model,
        manifest: &mut Manifest,
        folder: &RunFolder,
        is_quiet: bool,
    ) -> Result<(), ReportError> {
        let experiment = Experiment::new(model, manifest.seed);
        let mut watch = Watch::new(
            manifest.frame.clone(),
            Confidence::P95,
            self.targets.clone(),
            self.cap,
        );
        let progress = Progress::start(self.cap, is_quiet);
        let decision =
            replicate_until_precise(&experiment, &mut watch, &|| progress.step(), |chunk| {
                if self.is_confirmed {
                    return Ok(());
                }
                folder.write_chunk(chunk)
            })?;
        progress.finish();
        if !is_quiet {
            remark(&outcome(&watch, decision, &manifest.frame));
        }
        self.explored = Some(Finding {
            worlds: "explored",
            seed: manifest.seed,
            standings: watch.standings(),
        });
        manifest.n_replications = watch.analysis().n();
        if self.is_confirmed {
            manifest.seed = confirmation_seed(manifest.seed);
        }
        manifest.write(folder)
    }

    /// Whether the worlds of the run are still to be simulated after exploring.
    pub(crate) const fn needs_fresh_worlds(&self) -> bool {
        self.is_confirmed
    }

    /// Writes what was asked beside what came of it.
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
        write_precision(&findings, &manifest.frame, folder)
    }
}

/// How the exploration ended, in a line or two.
fn outcome(watch: &Watch, decision: Decision, frame: &Frame) -> String {
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
    format!(
        "{n} worlds are not enough for {}: about {predicted_n} would be (looked at {looks})",
        missed.join(", ")
    )
}
