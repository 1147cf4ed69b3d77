//! `replications.csv`: every measure of every world, exact.

use crate::experiment::Measure;
use crate::report::cell::Cell;
use crate::report::column::{POLICY, REPLICATION, described};
use crate::report::table::{Names, Rows, Table};
use crate::report::{Evidence, ReportError, folder};

pub(crate) const TABLE: Table = Table {
    file: folder::REPLICATIONS,
    about: "one world under one policy, with a column for each measure",
    columns: &[&[REPLICATION, POLICY]],
    names: Names::AsColumns("measure", || {
        Measure::ALL.map(|one| described(one.describe())).to_vec()
    }),
};

pub(crate) fn write(evidence: &Evidence, rows: &mut Rows<'_>) -> Result<(), ReportError> {
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
