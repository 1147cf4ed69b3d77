//! Critical patients by stream, such as heart operations.

use maud::Markup;

use crate::experiment::stream::StreamEstimand;
use crate::report::brief::phrases::POLICY;
use crate::report::html::part::Part;
use crate::report::html::phrases as say;
use crate::report::html::sortable::{Field, Sortable};
use crate::report::phrase::Phrase;
use crate::units::UrgencyClass;

/// Estimands of class 3 and, in the last column, of all classes.
const ESTIMANDS: [(&str, Option<UrgencyClass>, Phrase); 5] = {
    const CRITICAL: Option<UrgencyClass> = Some(UrgencyClass::KritiekPlanbareZorg);
    [
        ("patients", CRITICAL, say::STREAM_PATIENTS),
        ("displaced_share", CRITICAL, say::STREAM_DISPLACED),
        ("in_time_share", CRITICAL, say::STREAM_IN_TIME),
        ("mean_wait", CRITICAL, say::STREAM_WAIT),
        ("operated_share", None, say::STREAM_OPERATED),
    ]
};

pub(super) fn markup(part: &Part<'_>) -> Markup {
    let mut columns = vec![(POLICY, false), (say::SPECIALTY, false)];
    columns.extend(ESTIMANDS.map(|(_, _, name)| (name, true)));
    let table = Sortable {
        name: "streams",
        caption: say::BY_SPECIALTY,
        on_paper: say::BY_SPECIALTY_ON_PAPER,
        columns: &columns,
        rows: rows(part),
    };
    table.markup(part)
}

fn rows(part: &Part<'_>) -> Vec<Vec<Field>> {
    let frame = part.evidence.analysis.frame();
    let policies = 0..frame.policies.len();
    let pairs =
        policies.flat_map(|policy| (0..frame.streams.len()).map(move |stream| (policy, stream)));
    pairs
        .filter_map(|(policy, stream)| row(part, policy, stream))
        .collect()
}

/// One stream under one policy; `None` when it has no patient of class 3.
fn row(part: &Part<'_>, policy: usize, stream: usize) -> Option<Vec<Field>> {
    let analysis = &part.evidence.analysis;
    let frame = analysis.frame();
    let mut row = vec![
        Field::text(part.wording.language.name(&frame.policies[policy].label)),
        Field::text(part.wording.language.name(&frame.streams[stream].name)),
    ];
    for (key, class, _) in ESTIMANDS {
        let position = StreamEstimand::position(key)?;
        let estimate = analysis.stream(policy, stream, class, position)?.estimate;
        let text = part.wording.language.with_interval(&estimate);
        row.push(Field::number(text, estimate.value));
    }
    Some(row)
}
