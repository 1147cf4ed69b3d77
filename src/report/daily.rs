//! `daily.csv`: national series by day, as their spread over worlds.

use crate::experiment::analysis::Series;
use crate::model::study::Study;
use crate::report::column::{
    Column, DATE, N, NEEDED, PART, POLICY, STATUS, WEEK_START, bands, count_cells, described,
};
use crate::report::table::{Names, Rows, Table};
use crate::report::{Evidence, ReportError, folder};
use crate::units::Day;

/// Lower and upper tails of the prediction bands, widest band last.
const TAILS: [(f64, f64); 3] = [(0.25, 0.75), (0.1, 0.9), (0.025, 0.975)];

const BANDS: [Column; 6] = bands("see series");

pub(crate) const TABLE: Table = Table {
    file: folder::DAILY,
    about: "one national series on one day: where worlds lie, which no number of worlds narrows",
    columns: &[
        &[
            POLICY,
            DATE,
            WEEK_START,
            PART,
            Column("series", "", "machine name of the series"),
            Column("median", "see series", "value of the middle world"),
        ],
        &BANDS,
        &[
            Column("min", "see series", "smallest value of any world"),
            Column("max", "see series", "largest value of any world"),
            N,
            STATUS,
            NEEDED,
        ],
    ],
    names: Names::InCells("series", || {
        Series::ALL.map(|one| described(one.describe())).to_vec()
    }),
};

/// The part of a study for which patients are counted.
pub(crate) const WINDOW: &str = "window";

/// The part of the study in which a day lies.
pub(crate) fn part(study: &Study, day: Day) -> &'static str {
    if day < study.window_start() {
        "burn-in"
    } else if day < study.window_end() {
        WINDOW
    } else {
        "follow-up"
    }
}

pub(crate) fn write(evidence: &Evidence, rows: &mut Rows<'_>) -> Result<(), ReportError> {
    let frame = evidence.analysis.frame();
    let study = frame.study();
    for (policy, name) in frame.policies.iter().enumerate() {
        for day in (0..study.end().0).map(Day) {
            let date = study.date(day).to_string();
            let week_start = study.week_start(study.week(day)).to_string();
            for series in Series::ALL {
                let values = evidence.analysis.day(policy, day, series);
                let mut row = vec![
                    name.key.as_str().into(),
                    date.as_str().into(),
                    week_start.as_str().into(),
                    part(&study, day).into(),
                    series.key().into(),
                    values.quantile(0.5).into(),
                ];
                for (low, high) in TAILS {
                    row.push(values.quantile(low).into());
                    row.push(values.quantile(high).into());
                }
                row.push(values.order_statistic(1).into());
                row.push(values.order_statistic(values.n()).into());
                row.push(values.n().into());
                row.extend(count_cells(values.n()));
                rows.push(&row)?;
            }
        }
    }
    Ok(())
}
