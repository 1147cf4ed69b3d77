//! `activations.csv`: how often triggers activate, the effect where they do, and the product.

use crate::experiment::activation::{TRIGGERS, Trigger};
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY, UNCERTAINTY, UNIT, VALUE, estimate_cells};
use crate::report::table::{Names, Rows, Table};
use crate::report::{Evidence, ReportError, folder};

#[rustfmt::skip]
pub(crate) const TABLE: Table = Table {
    file: folder::ACTIVATIONS,
    about: "one quantity of one trigger under one policy, against the baseline in the same worlds",
    columns: &[
        &[
            POLICY,
            Column("trigger", "", "machine name of the trigger"),
            Column("quantity", "", "probability (worlds in which it activates), effect_given (displaced share less that of the baseline, over those worlds), or product (what those worlds bring into the difference over all worlds)"),
            UNIT,
            VALUE,
        ],
        &UNCERTAINTY,
    ],
    names: Names::InCells("trigger", || {
        let name = |trigger: &Trigger| Column(trigger.key, "", trigger.definition);
        TRIGGERS.iter().map(name).collect()
    }),
};

pub(crate) fn write(evidence: &Evidence, rows: &mut Rows<'_>) -> Result<(), ReportError> {
    let frame = evidence.analysis.frame();
    for (policy, name) in frame.policies.iter().enumerate() {
        for found in evidence.analysis.activations(policy) {
            let all = [
                ("probability", "%", &found.probability),
                ("effect_given", "percentage points", &found.given),
                ("product", "percentage points", &found.product),
            ];
            // The baseline does not differ from itself.
            let n = if policy == frame.baseline {
                1
            } else {
                all.len()
            };
            for (quantity, unit, estimate) in all.into_iter().take(n) {
                let names = [name.key.as_str(), found.trigger.key, quantity, unit];
                let mut row: Vec<Cell<'_>> = names.map(Cell::from).to_vec();
                row.extend(estimate_cells(estimate));
                rows.push(&row)?;
            }
        }
    }
    Ok(())
}
