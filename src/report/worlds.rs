//! The worlds of a run themselves: by day, by region and week, and the waits of patients.
//!
//! Nothing of them stands in the folder of a run but packed; `zorgdruk export` writes them.

use std::io::Write;

use crate::experiment::analysis::Series;
use crate::experiment::record::REGIONAL;
use crate::experiment::{PolicyRecord, StudyFrame};
use crate::report::cell::{Cell, Decimal};
use crate::report::column::{
    Column, DATE, PART, POLICY, REGION, REPLICATION, WEEK, WEEK_START, described,
};
use crate::report::daily::part;
use crate::report::layout::{WORLDS_BY_DAY, WORLDS_BY_REGION_WEEK, WORLDS_BY_WAIT};
#[cfg(feature = "parquet")]
use crate::report::parquet::Parquet;
use crate::report::sink::{Csv, JsonLines, Sink};
use crate::report::table::{Names, Rows, Table};
use crate::report::weekly::OWN_MEASURES;
use crate::report::{Manifest, ReportError, RunFolder, Worlds};
use crate::units::Day;

/// What is looked at in each world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// National series by day.
    Day,
    /// Measures by region and week.
    RegionWeek,
    /// Waits of critical patients.
    Waits,
}

/// A format of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, or with a decimal comma semicolon-separated ones.
    Csv(Decimal),
    /// One JSON object per line.
    JsonLines,
    /// Apache Parquet.
    #[cfg(feature = "parquet")]
    Parquet,
}

const BY_DAY: Table = Table {
    file: WORLDS_BY_DAY,
    about: "one day of one world under one policy, with a column for each national series",
    columns: &[&[REPLICATION, POLICY, DATE, WEEK_START, PART]],
    names: Names::AsColumns("series", || {
        Series::ALL.map(|one| described(one.describe())).to_vec()
    }),
};

const BY_REGION_WEEK: Table = Table {
    file: WORLDS_BY_REGION_WEEK,
    about: "one region in one week of one world under one policy, with a column for each measure",
    columns: &[&[REPLICATION, POLICY, REGION, WEEK, WEEK_START, PART]],
    names: Names::AsColumns("measure", || {
        let counted = REGIONAL.iter().map(|measure| described(measure.describe()));
        let [_, displaced] = OWN_MEASURES;
        core::iter::once(displaced).chain(counted).collect()
    }),
};

#[rustfmt::skip]
const BY_WAIT: Table = Table::new(
    WORLDS_BY_WAIT,
    "the IC-dependent class {c3} patients of one world under one policy who waited equally long; those whose wait was lost are not among them",
    &[&[
        REPLICATION,
        POLICY,
        Column("third", "thirds", "third of the window in which they were indicated, from 1"),
        Column("wait", "days", "whole days from indication to treatment, or to the end of follow-up"),
        Column("patients", "patients", "number of patients"),
    ]],
);

/// All of them.
pub(crate) const TABLES: [Table; 3] = [BY_DAY, BY_REGION_WEEK, BY_WAIT];

impl Grain {
    /// Each with its name.
    pub const ALL: [(&'static str, Self); 3] = [
        ("day", Self::Day),
        ("region-week", Self::RegionWeek),
        ("waits", Self::Waits),
    ];

    pub(crate) const fn table(self) -> Table {
        match self {
            Self::Day => BY_DAY,
            Self::RegionWeek => BY_REGION_WEEK,
            Self::Waits => BY_WAIT,
        }
    }

    pub(crate) fn write(
        self,
        worlds: &Worlds,
        manifest: &Manifest,
        rows: &mut Rows<'_>,
    ) -> Result<(), ReportError> {
        let frame = &manifest.frame;
        worlds.for_each(manifest, |world| {
            let mut policies = frame.policies.iter().zip(&world.policies);
            policies.try_for_each(|(policy, record)| {
                let of_world: [Cell<'_>; 2] = [
                    u64::from(world.replication).into(),
                    policy.key.as_str().into(),
                ];
                match self {
                    Self::Day => days(frame, record, &of_world, rows),
                    Self::RegionWeek => region_weeks(frame, record, &of_world, rows),
                    Self::Waits => waits(record, &of_world, rows),
                }
            })
        })
    }
}

/// Writes the worlds of the run in `folder` to `file`, one world at a time in memory.
///
/// # Errors
/// [`ReportError::File`] when `file` cannot be written, or an error of reading the stored rows.
pub fn write_worlds(
    folder: &RunFolder,
    manifest: &Manifest,
    grain: Grain,
    format: Format,
    file: &mut dyn Write,
) -> Result<(), ReportError> {
    let mut sink: Box<dyn Sink + '_> = match format {
        Format::Csv(decimal) => Box::new(Csv::new(file, decimal)),
        Format::JsonLines => Box::new(JsonLines::new(file)),
        #[cfg(feature = "parquet")]
        Format::Parquet => Box::new(Parquet::new(file)),
    };
    let (sheet, worlds) = (
        manifest.sheet(Decimal::Point),
        Worlds::Stored(folder.view()),
    );
    grain.table().fill(&mut *sink, Some(&sheet), |rows| {
        grain.write(&worlds, manifest, rows)
    })
}

fn days(
    frame: &StudyFrame,
    record: &PolicyRecord,
    of_world: &[Cell<'_>],
    rows: &mut Rows<'_>,
) -> Result<(), ReportError> {
    let study = frame.study();
    for day in (0..study.end().0).map(Day) {
        let mut row = of_world.to_vec();
        row.push(study.date(day).to_string().into());
        row.push(study.week_start(study.week(day)).to_string().into());
        row.push(part(&study, day).into());
        row.extend(Series::ALL.map(|series| Cell::from(series.value(record, day))));
        rows.push(&row)?;
    }
    Ok(())
}

fn region_weeks(
    frame: &StudyFrame,
    record: &PolicyRecord,
    of_world: &[Cell<'_>],
    rows: &mut Rows<'_>,
) -> Result<(), ReportError> {
    let study = frame.study();
    for (region, name) in frame.regions.iter().enumerate() {
        for week in 0..study.n_weeks() {
            let mut row = of_world.to_vec();
            row.push(name.key.as_str().into());
            row.push(study.week_label(week).into());
            row.push(study.week_start(week).to_string().into());
            row.push(part(&study, study.first_day(week)).into());
            row.push(u64::from(record.displaced.get(region, week)).into());
            let counts = 0..REGIONAL.len();
            row.extend(counts.map(|measure| Cell::from(record.regional(region, week, measure))));
            rows.push(&row)?;
        }
    }
    Ok(())
}

fn waits(
    record: &PolicyRecord,
    of_world: &[Cell<'_>],
    rows: &mut Rows<'_>,
) -> Result<(), ReportError> {
    for (third, waits) in (1_u64..).zip(&record.waits) {
        for (days, patients) in (0_u64..).zip(waits).filter(|(_, patients)| **patients > 0) {
            let mut row = of_world.to_vec();
            row.extend([third.into(), days.into(), u64::from(*patients).into()]);
            rows.push(&row)?;
        }
    }
    Ok(())
}
