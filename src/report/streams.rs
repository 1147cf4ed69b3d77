//! `streams.csv`: planned patients by stream, such as the specialty, and by class.

use crate::experiment::stream::{STREAM_ESTIMANDS, StreamEstimand};
use crate::report::cell::Cell;
use crate::report::column::{Column, ESTIMAND, POLICY, UNCERTAINTY, UNIT, VALUE, estimate_cells};
use crate::report::comparisons::mark_identical;
use crate::report::table::{Names, Rows, Table};
use crate::report::{Evidence, ReportError, folder};
use crate::statistics::interval::Estimate;
use crate::units::UrgencyClass;

#[rustfmt::skip]
pub(crate) const TABLE: Table = Table {
    file: folder::STREAMS,
    about: "one estimand of the planned patients of one stream and class under one policy, or its difference to the baseline in the same worlds",
    columns: &[
        &[
            POLICY,
            Column("baseline", "", "key of the policy that is subtracted; empty when none is"),
            Column("stream", "", "key of the stream, such as the specialty"),
            Column("class", "", "urgency class, 2 to 5, or all"),
            ESTIMAND,
            UNIT,
            VALUE,
        ],
        &UNCERTAINTY,
    ],
    names: Names::InCells("estimand", || {
        let name = |row: &StreamEstimand| Column(row.key, row.unit, row.definition);
        STREAM_ESTIMANDS.iter().map(name).collect()
    }),
};

pub(crate) fn write(evidence: &Evidence, rows: &mut Rows<'_>) -> Result<(), ReportError> {
    let frame = evidence.analysis.frame();
    for policy in 0..frame.policies.len() {
        for stream in 0..frame.streams.len() {
            let classes = UrgencyClass::PLANNED.map(Some).into_iter().chain([None]);
            for class in classes {
                write_class(evidence, (policy, stream, class), rows)?;
            }
        }
    }
    Ok(())
}

/// The rows of one class, or of all; none where no world has such a patient.
fn write_class(
    evidence: &Evidence,
    (policy, stream, class): (usize, usize, Option<UrgencyClass>),
    rows: &mut Rows<'_>,
) -> Result<(), ReportError> {
    let frame = evidence.analysis.frame();
    let baseline = frame.policies[frame.baseline].key.as_str();
    let class_cell = || class.map_or("all".into(), |class| class.number().to_string().into());
    for (position, estimand) in STREAM_ESTIMANDS.iter().enumerate() {
        let Some(found) = evidence.analysis.stream(policy, stream, class, position) else {
            continue;
        };
        let mut push = |baseline: Option<&str>, estimate: &Estimate, is_identical: bool| {
            let mut row: Vec<Cell<'_>> = vec![
                frame.policies[policy].key.as_str().into(),
                baseline.into(),
                frame.streams[stream].key.as_str().into(),
                class_cell(),
                estimand.key.into(),
                estimand.unit.into(),
            ];
            let mut fields = estimate_cells(estimate);
            if is_identical {
                mark_identical(&mut fields);
            }
            row.extend(fields);
            rows.push(&row)
        };
        push(None, &found.estimate, false)?;
        if policy != frame.baseline {
            push(Some(baseline), &found.difference, found.identical)?;
        }
    }
    Ok(())
}
