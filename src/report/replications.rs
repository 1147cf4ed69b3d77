//! `replications.csv`: every measure of every world, exact.

use crate::experiment::Measure;
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY};
use crate::report::tables::{Rows, Table};
use crate::report::{Evidence, ReportError};

pub(crate) const TABLE: Table = Table {
    file: "replications.csv",
    about: "one world under one policy, with a column for each measure",
    columns: &[
        Column("replication", "", "number of the world, from 0"),
        POLICY,
    ],
    write,
};

fn write(evidence: &Evidence<'_>, rows: &mut Rows<'_>) -> Result<(), ReportError> {
    let names = TABLE.columns.iter().map(|column| column.0);
    let header: Vec<Cell<'_>> = names
        .chain(Measure::ALL.iter().map(|measure| measure.key()))
        .map(Cell::from)
        .collect();
    rows.push(&header)?;
    let policies = &evidence.analysis.frame().policies;
    evidence.for_each(|world| {
        for (policy, record) in policies.iter().zip(&world.policies) {
            let mut row: Vec<Cell<'_>> = vec![
                u64::from(world.replication).into(),
                policy.key.as_str().into(),
            ];
            row.extend(record.measures.iter().map(|value| Cell::from(*value)));
            rows.push(&row)?;
        }
        Ok(())
    })
}
