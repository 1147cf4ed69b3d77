//! What a report is made from: the stored replications of a run, read once and summed.

use std::sync::Arc;

use crate::experiment::analysis::Comparison;
use crate::experiment::estimand::ESTIMANDS;
use crate::experiment::multiplicity::{holm_p_values, with_the_best};
use crate::experiment::record::{CHUNK, Unpacked, most_bytes};
use crate::experiment::world_values::AgainstBaseline;
use crate::experiment::{Analysis, Measure, ReplicationRecord, Shard, WorldValues};
use crate::report::folder::UNCERTAIN;
use crate::report::table::Sheet;
use crate::report::wording::Wording;
use crate::report::{Decimal, Language, Manifest, ReportError, RowStore, RunFolder};
use crate::statistics::interval::{Estimate, Status};

/// Fewest worlds for which a probability is put into words.
const ENOUGH_FOR_LIKELIHOOD: u32 = 100;

/// A run and all sums over its worlds.
#[derive(Debug)]
pub struct Evidence {
    /// What the run was made from.
    pub manifest: Manifest,
    /// Estimates.
    pub analysis: Analysis,
    /// Values by world.
    pub world_values: WorldValues,
    /// Worlds that the run was to simulate: more than there are when it did not finish.
    pub n_asked: u32,
    /// How its tables write numbers.
    pub decimal: Decimal,
    /// The run beside this one in which what is not known is drawn too, as far as it was simulated.
    pub uncertain: Option<Arc<Self>>,
    worlds: Worlds,
}

/// Where the worlds of a run are.
#[derive(Debug)]
pub enum Worlds {
    /// In its folder.
    Stored(RunFolder),
    /// In memory, each chunk packed as in a folder, in order.
    Packed(Vec<Vec<u8>>),
    /// Nowhere: they were added up as they came, and not kept.
    Summed,
}

impl Evidence {
    /// Reads the manifest and all replications in `folder`.
    ///
    /// # Errors
    /// [`ReportError::File`] when a file cannot be read, [`ReportError::Manifest`],
    /// [`ReportError::Rows`] or [`ReportError::Mismatch`] when one is missing or cannot be used.
    pub fn gather(folder: &RunFolder) -> Result<Self, ReportError> {
        let manifest = Manifest::read(folder)?;
        let n_asked = manifest.n_replications;
        if let Some(shard) = manifest.shard {
            return Err(unmerged(folder, shard));
        }
        let beside = Self::beside(folder, &manifest)?;
        let evidence = Self::of(Worlds::Stored(folder.view()), manifest, n_asked)?;
        Ok(Self {
            uncertain: beside.map(Arc::new),
            ..evidence
        })
    }

    /// The uncertain run in the folder of a run, if it is one of the same scenario and policies.
    fn beside(folder: &RunFolder, manifest: &Manifest) -> Result<Option<Self>, ReportError> {
        let path = folder.path().join(UNCERTAIN);
        if !RunFolder::is_run(&path) {
            return Ok(None);
        }
        let beside = RunFolder::open(&path)?;
        let own = Manifest::read(&beside)?;
        let is_same = own.uncertain
            && own.scenario_sha256 == manifest.scenario_sha256
            && own.frame == manifest.frame;
        if is_same {
            Self::gather_prefix(&beside)
        } else {
            Ok(None)
        }
    }

    /// Adds up worlds that were just simulated, all that the manifest names.
    ///
    /// # Errors
    /// [`ReportError::Rows`] when a chunk is not of this run.
    pub fn of_memory(chunks: Vec<Vec<u8>>, manifest: Manifest) -> Result<Self, ReportError> {
        let n_asked = manifest.n_replications;
        Self::of(Worlds::Packed(chunks), manifest, n_asked)
    }

    /// No worlds yet of the run that `manifest` describes; see [`Self::add`].
    pub fn empty(manifest: Manifest) -> Self {
        let frame = manifest.frame.clone();
        let analysis = Analysis::new(frame.clone(), manifest.error_rate);
        Self {
            analysis: if manifest.plain {
                analysis.plain()
            } else {
                analysis
            },
            world_values: WorldValues::new(frame.policies.len(), frame.baseline),
            n_asked: manifest.n_replications,
            manifest: Manifest {
                n_replications: 0,
                ..manifest
            },
            decimal: Decimal::default(),
            uncertain: None,
            worlds: Worlds::Summed,
        }
    }

    /// Adds a world that was just simulated, and does not keep it. The result does not depend on the order of
    /// worlds.
    ///
    /// # Panics
    /// When the record does not have the shape that the manifest describes.
    pub fn add(&mut self, world: &ReplicationRecord) {
        self.analysis.add(world);
        self.world_values.add(world);
        self.manifest.n_replications = self.analysis.n();
    }

    /// Reads the replications of a run that did not finish, up to the first one that is missing. The
    /// manifest of the evidence has their number. `None` when there are none.
    ///
    /// # Errors
    /// As [`Self::gather`].
    pub fn gather_prefix(folder: &RunFolder) -> Result<Option<Self>, ReportError> {
        let mut manifest = Manifest::read(folder)?;
        let n_asked = manifest.n_replications;
        manifest.n_replications = RowStore::reported(folder, &manifest).prefix()?;
        if manifest.n_replications == 0 {
            return Ok(None);
        }
        if let Some(shard) = manifest.shard {
            return Err(unmerged(folder, shard));
        }
        Self::of(Worlds::Stored(folder.view()), manifest, n_asked).map(Some)
    }

    fn of(worlds: Worlds, manifest: Manifest, n_asked: u32) -> Result<Self, ReportError> {
        let mut evidence = Self::empty(manifest.clone());
        worlds.for_each(&manifest, |world| {
            evidence.add(world);
            Ok(())
        })?;
        Ok(Self {
            manifest,
            n_asked,
            worlds,
            ..evidence
        })
    }

    /// The same with means over the worlds as they are, without control variates.
    #[must_use]
    pub fn plain(mut self) -> Self {
        self.manifest.plain = true;
        self.analysis = self.analysis.plain();
        self
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
    pub fn standing(&self, policy: usize) -> AgainstBaseline {
        self.world_values.standing(policy, position("displaced"))
    }

    /// Whether there are enough worlds to put a probability into words: from fewer than a hundred, a
    /// share is known to within ten points at best.
    pub const fn can_say_how_likely(&self) -> bool {
        self.analysis.n() >= ENOUGH_FOR_LIKELIHOOD
    }

    /// Whether any world has a critical patient who needs the IC, so that shares of them exist.
    pub fn has_patients(&self) -> bool {
        let baseline = self.analysis.frame().baseline;
        self.analysis.measure(baseline, Measure::Cohort).sum() > 0
    }

    /// The policy that figures show beside the baseline; `None` when there is no other. Of those that may be
    /// the best in the displaced share it is the first that clearly displaces less than the baseline, and
    /// else the first: in the same worlds, and adjusted for the number of policies. Taking the first rather
    /// than the smallest keeps chance from choosing among policies that are practically equal. With too few
    /// worlds for an interval it is the smallest, because almost any share would qualify.
    pub fn least_displacing(&self) -> Option<usize> {
        const KEY: &str = "displaced_share";
        let frame = self.analysis.frame();
        let share = |policy: &usize| self.estimate(*policy, KEY);
        let others = (0..frame.policies.len()).filter(|policy| *policy != frame.baseline);
        let smallest = others
            .clone()
            .min_by(|a, b| share(a).value.total_cmp(&share(b).value))?;
        let best = with_the_best(&self.analysis, KEY).map_or_else(Vec::new, |best| best.policies);
        if best.is_empty() || share(&smallest).status != Status::Ok {
            return Some(smallest);
        }
        let mut may_be_best = others.filter(|policy| best[*policy].may_be_best);
        let clear = self.clearly_less(KEY);
        let is_clear = |policy: &usize| clear[*policy];
        let first = may_be_best.clone().find(is_clear);
        first.or_else(|| may_be_best.next()).or(Some(smallest))
    }

    /// By policy: whether the estimand called `key` is smaller than under the baseline, at the level of the
    /// run and adjusted after Holm for all policies.
    pub(crate) fn clearly_less(&self, key: &str) -> Vec<bool> {
        let p_values = holm_p_values(&self.analysis, position(key)).into_iter();
        let is_less = |policy: usize| self.compare(policy, key).difference.value < 0.0;
        let alpha = self.manifest.error_rate.alpha();
        let pairs = p_values.enumerate();
        pairs
            .map(|(policy, p)| p.is_some_and(|p| p <= alpha) && is_less(policy))
            .collect()
    }

    /// What its tables have in common.
    pub(crate) fn sheet(&self) -> Sheet {
        self.manifest.sheet(self.decimal)
    }

    /// How a report of this run speaks in `language`.
    pub(crate) fn wording(&self, language: Language) -> Wording<'_> {
        Wording::new(language, self.analysis.frame())
    }

    /// Calls `take` with every replication, in order, one at a time in memory.
    pub(crate) fn for_each(
        &self,
        take: impl FnMut(&ReplicationRecord) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        self.worlds.for_each(&self.manifest, take)
    }

    /// Where the worlds are.
    pub const fn worlds(&self) -> &Worlds {
        &self.worlds
    }
}

impl Worlds {
    /// Calls `take` with every replication of a run, in order, one at a time in memory.
    pub(crate) fn for_each(
        &self,
        manifest: &Manifest,
        take: impl FnMut(&ReplicationRecord) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        match self {
            Self::Stored(folder) => each_stored(folder, manifest, take),
            Self::Packed(chunks) => each_packed(chunks, manifest, take),
            Self::Summed => Err(ReportError::NotKept),
        }
    }
}

fn each_stored(
    folder: &RunFolder,
    manifest: &Manifest,
    mut take: impl FnMut(&ReplicationRecord) -> Result<(), ReportError>,
) -> Result<(), ReportError> {
    let store = RowStore::reported(folder, manifest);
    for number in store.chunks() {
        if store.has(number) {
            store.read_each(number, |record| take(&record))?;
        } else {
            let records = beginning(&store, number, folder)?;
            records.iter().try_for_each(&mut take)?;
        }
    }
    Ok(())
}

fn each_packed(
    chunks: &[Vec<u8>],
    manifest: &Manifest,
    mut take: impl FnMut(&ReplicationRecord) -> Result<(), ReportError>,
) -> Result<(), ReportError> {
    let unusable = |source| ReportError::Rows {
        path: "memory".into(),
        source,
    };
    let (origin, most) = (
        manifest.origin(),
        most_bytes(&manifest.frame, CHUNK as usize),
    );
    for bytes in chunks {
        let chunk = Unpacked::from_bytes(bytes, &origin, most).map_err(unusable)?;
        for record in chunk.records() {
            take(&record.map_err(unusable)?)?;
        }
    }
    Ok(())
}

fn unmerged(folder: &RunFolder, shard: Shard) -> ReportError {
    ReportError::Mismatch {
        path: folder.path().to_owned(),
        message: format!("is shard {shard}: `zorgdruk merge` makes one run of all shards"),
    }
}

/// The replications of a chunk that was never completed, when all of them are in its journal.
fn beginning(
    store: &RowStore<'_>,
    number: u32,
    folder: &RunFolder,
) -> Result<Vec<ReplicationRecord>, ReportError> {
    let records = store.beginning(number)?;
    if records.len() == store.replications(number).len() {
        return Ok(records);
    }
    let message = format!("chunk {number} of the rows is missing: the run did not finish");
    Err(ReportError::Mismatch {
        path: folder.path().to_owned(),
        message,
    })
}

fn position(key: &str) -> usize {
    ESTIMANDS
        .iter()
        .position(|row| row.key == key)
        .expect("an estimand of the registry")
}
