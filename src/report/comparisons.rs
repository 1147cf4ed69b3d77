//! `comparisons.csv`: each policy against the baseline in the same worlds.

use crate::experiment::estimand::ESTIMANDS;
use crate::report::cell::Cell;
use crate::report::column::{
    Column, HIGH, INTERVAL, LOW, N, NEEDED, POLICY, STATUS, UNIT, estimate_cells,
};
use crate::report::summary::{ESTIMAND, KEY};
use crate::report::tables::{Rows, Table};
use crate::report::{Evidence, ReportError};
use crate::statistics::multiple::holm;

/// Smallest p-value that is printed: no approximation holds so far out in the tail.
const SMALLEST_P: f64 = 1e-6;

pub(crate) const TABLE: Table = Table {
    file: "comparisons.csv",
    about: "one estimand under one policy, minus the baseline in the same worlds",
    columns: &[
        POLICY,
        Column("baseline", "", "key of the policy that is subtracted"),
        ESTIMAND,
        KEY,
        UNIT,
        Column("difference", "see unit", "policy minus baseline"),
        LOW,
        HIGH,
        INTERVAL,
        N,
        STATUS,
        NEEDED,
        Column(
            "identical",
            "0 or 1",
            "whether policy and baseline are equal in every world",
        ),
        Column(
            "n10",
            "worlds",
            "worlds with the event under the policy only; for probabilities",
        ),
        Column(
            "n01",
            "worlds",
            "worlds with the event under the baseline only; for probabilities",
        ),
        Column(
            "correlation",
            "",
            "correlation of policy and baseline over worlds; empty when one does not vary",
        ),
        Column(
            "variance_reduction",
            "",
            "how many times fewer worlds the same precision takes than with separate worlds; empty \
             when nothing varies or the difference is constant",
        ),
        Column(
            "p_holm",
            "probability",
            "p-value of no difference, adjusted after Holm for all policies compared in this estimand; \
             0.000001 stands for anything smaller",
        ),
    ],
    write,
};

fn write(evidence: &Evidence<'_>, rows: &mut Rows<'_>) -> Result<(), ReportError> {
    rows.header(TABLE.columns)?;
    let frame = evidence.analysis.frame();
    let others: Vec<usize> = (0..frame.policies.len())
        .filter(|policy| *policy != frame.baseline)
        .collect();
    for policy in &others {
        for estimand in 0..ESTIMANDS.len() {
            let p_holm = adjusted(evidence, &others, estimand, *policy);
            rows.push(&row(evidence, *policy, estimand, p_holm))?;
        }
    }
    Ok(())
}

/// The p-value of `policy`, adjusted for the comparison of all `others` in the same estimand.
fn adjusted(
    evidence: &Evidence<'_>,
    others: &[usize],
    estimand: usize,
    policy: usize,
) -> Option<f64> {
    let p_values: Vec<f64> = others
        .iter()
        .map(|other| evidence.analysis.comparison(*other, estimand).p_value)
        .map(|p| if p.is_nan() { 1.0 } else { p })
        .collect();
    let position = others.iter().position(|other| *other == policy)?;
    holm(&p_values).get(position).copied()
}

fn row<'a>(
    evidence: &'a Evidence<'_>,
    policy: usize,
    estimand: usize,
    p_holm: Option<f64>,
) -> Vec<Cell<'a>> {
    let frame = evidence.analysis.frame();
    let comparison = evidence.analysis.comparison(policy, estimand);
    let mut row: Vec<Cell<'a>> = vec![
        frame.policies[policy].key.as_str().into(),
        frame.policies[frame.baseline].key.as_str().into(),
        comparison.estimand.id.into(),
        comparison.estimand.key.into(),
        comparison.estimand.unit.into(),
    ];
    let mut fields = estimate_cells(&comparison.difference);
    if comparison.identical {
        fields[5] = "identical".into();
        fields[6] = Cell::Empty;
    }
    row.extend(fields);
    row.push(i64::from(comparison.identical).into());
    row.push(comparison.discordant.map(|(n10, _)| n10).into());
    row.push(comparison.discordant.map(|(_, n01)| n01).into());
    row.push(comparison.correlation.into());
    row.push(comparison.variance_reduction.into());
    row.push(p_holm.map(|p| p.max(SMALLEST_P)).into());
    row
}
