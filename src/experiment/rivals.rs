//! All policies beside each other in one measure, for comparisons with the best of them.

use crate::experiment::measure::Measure;
use crate::experiment::record::ReplicationRecord;
use crate::statistics::best::SystemSums;
use crate::statistics::selection::Differences;

/// Measures in which every policy is compared with the best of the others.
pub(crate) const HEADLINE: [Measure; 2] = [Measure::Displaced, Measure::DisplacedRegionWeeks];

/// All policies beside each other in one measure.
#[derive(Debug, Clone)]
pub(crate) struct Rivals {
    pub(crate) sums: SystemSums,
    pub(crate) differences: Differences,
}

impl Rivals {
    pub(crate) fn new(n_policies: usize) -> Self {
        Self {
            sums: SystemSums::new(n_policies),
            differences: Differences::new(n_policies),
        }
    }

    pub(crate) fn add(&mut self, record: &ReplicationRecord, measure: Measure) {
        let row: Vec<i64> = record
            .policies
            .iter()
            .map(|policy| policy.measure(measure))
            .collect();
        self.sums.add(&row);
        self.differences.add(&row);
    }
}
