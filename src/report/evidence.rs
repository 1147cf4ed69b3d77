//! What a report is made from: the stored replications of a run, read once and added up.

use std::io;

use crate::experiment::analysis::Comparison;
use crate::experiment::conduct::{n_chunks, replications};
use crate::experiment::estimand::ESTIMANDS;
use crate::experiment::record::REGIONAL;
use crate::experiment::spread::Standing;
use crate::experiment::{Analysis, Frame, Measure, PolicyRecord, ReplicationRecord, Spread};
use crate::outcome::WeekMeasure;
use crate::report::{Manifest, ReportError, RunFolder};
use crate::statistics::interval::Estimate;

/// Worlds that a word for a probability needs.
const ENOUGH_FOR_LIKELIHOOD: u32 = 100;

/// A run and all sums over its worlds.
#[derive(Debug)]
pub struct Evidence<'f> {
    /// What the run was made from.
    pub manifest: Manifest,
    /// Estimates.
    pub analysis: Analysis,
    /// Values by world.
    pub spread: Spread,
    folder: &'f RunFolder,
}

impl<'f> Evidence<'f> {
    /// Reads the manifest and all replications in `folder`.
    ///
    /// # Errors
    /// [`ReportError::File`] when a file cannot be read, [`ReportError::Manifest`],
    /// [`ReportError::Rows`] or [`ReportError::Mismatch`] when one is missing or cannot be used.
    pub fn gather(folder: &'f RunFolder) -> Result<Self, ReportError> {
        let manifest = Manifest::read(folder)?;
        let frame = manifest.frame.clone();
        let mut analysis = Analysis::new(frame.clone(), manifest.error_rate);
        let mut spread = Spread::new(frame.policies.len(), frame.baseline);
        for_each(folder, &manifest, |world| {
            analysis.add(world);
            spread.add(world);
            Ok(())
        })?;
        Ok(Self {
            manifest,
            analysis,
            spread,
            folder,
        })
    }

    /// The estimate of the estimand called `key`.
    ///
    /// # Panics
    /// When there is no such estimand.
    pub fn estimate(&self, policy: usize, key: &str) -> Estimate {
        self.analysis.estimate(policy, position(key))
    }

    /// How a policy differs from the baseline in the estimand called `key`.
    ///
    /// # Panics
    /// When there is no such estimand.
    pub fn compare(&self, policy: usize, key: &str) -> Comparison {
        self.analysis.comparison(policy, position(key))
    }

    /// In how many worlds a policy displaces fewer, as many and more patients than the baseline.
    pub fn standing(&self, policy: usize) -> Standing {
        self.spread.standing(policy, position("displaced"))
    }

    /// Whether there are enough worlds to put a word to a probability: with fewer than a hundred, a
    /// share of them is known to ten points at best.
    pub const fn can_say_how_likely(&self) -> bool {
        self.analysis.n() >= ENOUGH_FOR_LIKELIHOOD
    }

    /// The policy that figures put beside the baseline: of the others, the first whose displaced share
    /// cannot be told from the smallest one; `None` when there is no other. Taking the first rather
    /// than the smallest keeps chance from picking among policies that are as good as equal.
    pub fn least_displacing(&self) -> Option<usize> {
        let frame = self.analysis.frame();
        let share = |policy: &usize| self.estimate(*policy, "displaced_share");
        let mut others = (0..frame.policies.len()).filter(|policy| *policy != frame.baseline);
        let smallest = others
            .clone()
            .min_by(|a, b| share(a).value.total_cmp(&share(b).value))?;
        let interval = share(&smallest).interval;
        others
            .find(|policy| interval.contains(share(policy).value))
            .or(Some(smallest))
    }

    /// Calls `take` with every replication, in order, one chunk in memory at a time.
    pub(crate) fn for_each(
        &self,
        take: impl FnMut(&ReplicationRecord) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        for_each(self.folder, &self.manifest, take)
    }
}

fn for_each(
    folder: &RunFolder,
    manifest: &Manifest,
    mut take: impl FnMut(&ReplicationRecord) -> Result<(), ReportError>,
) -> Result<(), ReportError> {
    let n = manifest.n_replications;
    for number in 0..n_chunks(n) {
        let chunk = folder.read_chunk(number).map_err(unfinished)?;
        let expected = replications(number, n);
        let found = chunk.records.iter().map(|record| record.replication);
        let fits = found.eq(expected.clone())
            && chunk
                .records
                .iter()
                .all(|record| has_shape(record, &manifest.frame));
        if !fits {
            let message = format!(
                "chunk {number} does not hold replications {expected:?} of the study in the manifest"
            );
            return Err(ReportError::Mismatch {
                path: folder.path().to_owned(),
                message,
            });
        }
        chunk.records.iter().try_for_each(&mut take)?;
    }
    Ok(())
}

/// Rows that are not there mean that the run was interrupted.
fn unfinished(error: ReportError) -> ReportError {
    match error {
        ReportError::File { path, source } if source.kind() == io::ErrorKind::NotFound => {
            ReportError::Mismatch {
                path,
                message: "is missing: the run did not finish".to_owned(),
            }
        }
        other => other,
    }
}

fn position(key: &str) -> usize {
    ESTIMANDS
        .iter()
        .position(|row| row.key == key)
        .expect("an estimand of the registry")
}

/// Whether a record has a number for everything that the frame speaks of.
fn has_shape(record: &ReplicationRecord, frame: &Frame) -> bool {
    let study = frame.study();
    let (weeks, regions) = (study.n_weeks(), frame.regions.len());
    let fits = |policy: &PolicyRecord| {
        policy.measures.len() == Measure::COUNT
            && policy.displaced.n_weeks() == weeks
            && policy.regional.len() == regions * weeks * REGIONAL.len()
            && policy.national.len() == weeks * WeekMeasure::ALL.len()
            && policy.days.n_days() == study.n_days()
    };
    record.policies.len() == frame.policies.len() && record.policies.iter().all(fits)
}
