//! `comparisons.csv`: each policy against the baseline in the same worlds.

use crate::experiment::estimand::ESTIMANDS;
use crate::experiment::multiplicity::holm_p_values;
use crate::report::cell::Cell;
use crate::report::column::{
    Column, ESTIMAND, N01, N10, NUMBER, POLICY, UNCERTAINTY, UNIT, estimate_cells,
};
use crate::report::table::{Rows, Table};
use crate::report::{Evidence, ReportError, folder};

/// Smallest p-value that is printed: no approximation holds further out in the tail.
const SMALLEST_P: f64 = 1e-6;

#[rustfmt::skip]
pub(crate) const P_HOLM: Column = Column("p_holm", "probability", "p-value of no difference, adjusted after Holm for all that are compared in this estimand; 0.000001 stands for anything smaller");

#[rustfmt::skip]
pub(crate) const TABLE: Table = Table::new(folder::COMPARISONS, "one estimand under one policy, minus the baseline in the same worlds", &[
    &[
        POLICY,
        Column("baseline", "", "key of the policy that is subtracted"),
        ESTIMAND,
        NUMBER,
        UNIT,
        Column("difference", "see unit", "policy minus baseline"),
    ],
    &UNCERTAINTY,
    &[
        Column("identical", "0 or 1", "whether policy and baseline are equal in every world"),
        N10,
        N01,
        Column("correlation", "", "correlation of policy and baseline over worlds; empty when one does not vary"),
        Column("variance_reduction", "", "how many times fewer worlds the same precision takes than with separate worlds; empty when nothing varies or the difference is constant"),
        Column("pairing_harms", "0 or 1", "whether simulating both in the same worlds widens the interval: variance_reduction below 1"),
        P_HOLM,
    ],
]);

pub(crate) fn write(evidence: &Evidence, rows: &mut Rows<'_>) -> Result<(), ReportError> {
    let frame = evidence.analysis.frame();
    let p_values: Vec<Vec<Option<f64>>> = (0..ESTIMANDS.len())
        .map(|estimand| holm_p_values(&evidence.analysis, estimand))
        .collect();
    let others = (0..frame.policies.len()).filter(|policy| *policy != frame.baseline);
    for policy in others {
        for (estimand, p_values) in p_values.iter().enumerate() {
            rows.push(&row(evidence, policy, estimand, p_values[policy]))?;
        }
    }
    Ok(())
}

fn row<'a>(
    evidence: &'a Evidence,
    policy: usize,
    estimand: usize,
    p_holm: Option<f64>,
) -> Vec<Cell<'a>> {
    let frame = evidence.analysis.frame();
    let comparison = evidence.analysis.comparison(policy, estimand);
    let mut row: Vec<Cell<'a>> = vec![
        frame.policies[policy].key.as_str().into(),
        frame.policies[frame.baseline].key.as_str().into(),
        comparison.estimand.key.into(),
        comparison.estimand.id.into(),
        comparison.estimand.unit.into(),
    ];
    let mut fields = estimate_cells(&comparison.difference);
    if comparison.identical {
        mark_identical(&mut fields);
    }
    row.extend(fields);
    row.push(i64::from(comparison.identical).into());
    row.push(comparison.discordant.map(|(n10, _)| n10).into());
    row.push(comparison.discordant.map(|(_, n01)| n01).into());
    row.push(comparison.correlation.into());
    row.push(comparison.variance_reduction.into());
    row.push(i64::from(comparison.pairing_harms()).into());
    row.push(printed_p(p_holm));
    row
}

/// Marks an estimate as identical: both sides are equal in every world.
pub(crate) fn mark_identical(fields: &mut [Cell<'static>; 7]) {
    fields[5] = "identical".into();
    fields[6] = Cell::Empty;
}

/// A p-value, but no smaller than the smallest that is printed.
pub(crate) fn printed_p(p: Option<f64>) -> Cell<'static> {
    p.map(|p| p.max(SMALLEST_P)).into()
}
