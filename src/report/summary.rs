//! `summary.csv`: each estimand under each policy.

use crate::experiment::estimand::{ESTIMANDS, Estimand, Kind};
use crate::report::column::{
    Column, ESTIMAND, MEDIAN, NUMBER, POLICY, REGION, UNCERTAINTY, UNIT, VALUE, estimate_cells,
};
use crate::report::table::{Names, Rows, Table};
use crate::report::{Evidence, ReportError, folder};

#[rustfmt::skip]
pub(crate) const TABLE: Table = Table {
    file: folder::SUMMARY,
    about: "one estimand under one policy, for the country",
    columns: &[
        &[POLICY, REGION, ESTIMAND, NUMBER, UNIT, VALUE],
        &UNCERTAINTY,
        &[
            Column("p10", "see unit", "value that a tenth of the worlds stay at or below"),
            MEDIAN,
            Column("p90", "see unit", "value that nine tenths of the worlds stay at or below"),
            Column("zero_share", "share", "share of worlds with the value 0"),
            Column("variance_reduction", "times", "how many times more worlds a plain mean takes for the same precision; empty where the value is not adjusted by control variates"),
        ],
    ],
    names: Names::InCells("estimand", || {
        let name = |row: &Estimand| Column(row.key, row.unit, row.definition);
        ESTIMANDS.iter().map(name).collect()
    }),
};

pub(crate) fn write(evidence: &Evidence, rows: &mut Rows<'_>) -> Result<(), ReportError> {
    let analysis = &evidence.analysis;
    let country = analysis.frame().words.country.as_str();
    for (policy, name) in analysis.frame().policies.iter().enumerate() {
        for (position, estimand) in ESTIMANDS.iter().enumerate() {
            let estimate = analysis.estimate(policy, position);
            let mut row = vec![
                name.key.as_str().into(),
                country.into(),
                estimand.key.into(),
                estimand.id.into(),
                estimand.unit.into(),
            ];
            row.extend(estimate_cells(&estimate));
            let factor = analysis.factor(estimand);
            for p in [0.1, 0.5, 0.9] {
                let quantile = evidence.world_values.quantile(policy, position, p);
                row.push(quantile.map(|value| value * factor).into());
            }
            let has_values = matches!(estimand.kind, Kind::Mean(..) | Kind::Ratio(..));
            let zero_share = evidence.world_values.zero_share(policy, position);
            row.push(zero_share.filter(|_| has_values).into());
            row.push(analysis.variance_reduction(policy, position).into());
            rows.push(&row)?;
        }
    }
    Ok(())
}
