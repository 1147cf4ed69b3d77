//! `precision.csv`: what was asked of the precision of a run, and what came of it.
//!
//! `report` does not make it again: it belongs to the search, which the run carries out.

use crate::experiment::StudyFrame;
use crate::experiment::estimand::ESTIMANDS;
use crate::experiment::precision::Standing;
use crate::report::cell::Cell;
use crate::report::column::{
    Column, HIGH, INTERVAL, LOW, N, NEEDED, POLICY, STATUS, UNIT, VALUE, estimate_cells,
};
use crate::report::tables::Rows;
use crate::report::{ReportError, RunFolder};

/// Name of the table.
pub const FILE: &str = "precision.csv";

/// The columns of the table.
pub(crate) const COLUMNS: [Column; 14] = [
    Column(
        "worlds",
        "",
        "explored: chosen by looking; confirmed: fresh worlds, their number fixed beforehand",
    ),
    Column("seed", "", "master seed of these worlds"),
    POLICY,
    Column(
        "baseline",
        "",
        "key of the policy that is subtracted; empty when none is",
    ),
    Column("key", "", "machine name of the estimand"),
    UNIT,
    VALUE,
    LOW,
    HIGH,
    INTERVAL,
    N,
    STATUS,
    NEEDED,
    Column(
        "allowed",
        "see unit",
        "how far the interval may reach from the value",
    ),
];

/// What one set of worlds says of the targets.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// `explored` or `confirmed`.
    pub worlds: &'static str,
    /// Master seed of the worlds.
    pub seed: u64,
    /// Where the targets stand.
    pub standings: Vec<Standing>,
}

/// Writes the table into the folder of a run.
///
/// # Errors
/// [`ReportError::File`].
pub fn write_precision(
    findings: &[Finding],
    frame: &StudyFrame,
    folder: &RunFolder,
) -> Result<(), ReportError> {
    let mut file = folder.begin(FILE)?;
    let mut rows = Rows::new(&mut file, FILE);
    rows.header(&COLUMNS)?;
    for finding in findings {
        for standing in &finding.standings {
            rows.push(&row(finding, standing, frame))?;
        }
    }
    rows.finish()?;
    file.finish()
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
