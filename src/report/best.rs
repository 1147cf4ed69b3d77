//! `best.csv`: each policy against the best of the others.

use crate::experiment::multiplicity::{BestComparison, HEADLINE_KEYS, with_the_best};
use crate::report::column::{
    Column, ESTIMAND, HIGH, LOW, N, NEEDED, NUMBER, POLICY, STATUS, UNIT, count_cells,
};
use crate::report::table::{Rows, Table};
use crate::report::{Evidence, ReportError, folder};

#[rustfmt::skip]
pub(crate) const TABLE: Table = Table::new(folder::BEST, "one policy against the best of the others, in one estimand in which less is better", &[
    &[
        POLICY,
        ESTIMAND,
        NUMBER,
        UNIT,
        Column("difference", "see unit", "the policy minus the best of the others"),
        LOW,
        HIGH,
        Column("interval", "", "simultaneous for all policies: mcb_pooled (Nelson and Matejcik), or mcb_pairwise (Bonferroni) where the variances of differences are too unequal to pool"),
        N,
        STATUS,
        NEEDED,
        Column("may_be_best", "0 or 1", "whether the policy cannot be told from the best one"),
    ],
]);

pub(crate) fn write(evidence: &Evidence, rows: &mut Rows<'_>) -> Result<(), ReportError> {
    let comparisons = HEADLINE_KEYS
        .iter()
        .filter_map(|key| with_the_best(&evidence.analysis, key));
    for comparison in comparisons {
        write_estimand(&comparison, evidence, rows)?;
    }
    Ok(())
}

fn write_estimand(
    comparison: &BestComparison,
    evidence: &Evidence,
    rows: &mut Rows<'_>,
) -> Result<(), ReportError> {
    let names = &evidence.analysis.frame().policies;
    for (name, found) in names.iter().zip(&comparison.policies) {
        let n = u64::from(evidence.analysis.n());
        let [status, needed] = count_cells(n);
        rows.push(&[
            name.key.as_str().into(),
            comparison.estimand.key.into(),
            comparison.estimand.id.into(),
            comparison.estimand.unit.into(),
            found.difference.into(),
            found.interval.low.into(),
            found.interval.high.into(),
            comparison.allowance.name().into(),
            n.into(),
            status,
            needed,
            i64::from(found.may_be_best).into(),
        ])?;
    }
    Ok(())
}
