//! `precision.csv`: the precision that was requested of a run, and the precision reached.
//!
//! `report` does not make it again, because the run carries out the search.

use crate::experiment::StudyFrame;
use crate::experiment::estimand::ESTIMANDS;
use crate::experiment::precision::Standing;
use crate::report::cell::{Cell, Decimal};
use crate::report::column::{Column, ESTIMAND, POLICY, UNCERTAINTY, UNIT, VALUE, estimate_cells};
use crate::report::table::Table;
use crate::report::{Manifest, ReportError, RunFolder, folder};

#[rustfmt::skip]
pub(crate) const TABLE: Table = Table::new(folder::PRECISION, "one target in one set of worlds", &[
    &[
        Column("worlds", "", "explored: chosen by looking; confirmed: fresh worlds, their number fixed beforehand"),
        Column("seed", "", "master seed of these worlds"),
        POLICY,
        Column("baseline", "", "key of the policy that is subtracted; empty when none is"),
        ESTIMAND,
        UNIT,
        VALUE,
    ],
    &UNCERTAINTY,
    &[Column("allowed", "see unit", "how far the interval may reach from the value")],
]);

/// How far one set of worlds reached the targets.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// `explored` or `confirmed`.
    pub worlds: &'static str,
    /// Master seed of the worlds.
    pub seed: u64,
    /// The state of each target.
    pub standings: Vec<Standing>,
}

/// Writes the table into the folder of a run.
///
/// # Errors
/// [`ReportError::File`].
pub fn write_precision(
    findings: &[Finding],
    manifest: &Manifest,
    into: &RunFolder,
) -> Result<(), ReportError> {
    let frame = &manifest.frame;
    TABLE.save(into, &manifest.sheet(Decimal::Point), |rows| {
        for finding in findings {
            for standing in &finding.standings {
                rows.push(&row(finding, standing, frame))?;
            }
        }
        Ok(())
    })
}

fn row<'a>(finding: &Finding, standing: &Standing, frame: &'a StudyFrame) -> Vec<Cell<'a>> {
    let baseline = &frame.policies[frame.baseline].key;
    let estimand = &ESTIMANDS[standing.estimand];
    let mut row: Vec<Cell<'a>> = vec![
        finding.worlds.into(),
        finding.seed.into(),
        frame.policies[standing.policy].key.as_str().into(),
        standing.is_difference.then_some(baseline.as_str()).into(),
        estimand.key.into(),
        estimand.unit.into(),
    ];
    row.extend(estimate_cells(&standing.estimate));
    row.push(standing.allowed.into());
    row
}
