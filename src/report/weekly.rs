//! `weekly.csv`: the weeks of the window, by region and for the country.

use crate::experiment::multiplicity::{CellRule, Mark, mark_cells};
use crate::experiment::record::REGIONAL;
use crate::outcome::WeekMeasure;
use crate::report::cell::Cell;
use crate::report::column::{
    Column, N01, N10, PART, POLICY, REGION, UNCERTAINTY, UNIT, VALUE, WEEK, WEEK_START, described,
    estimate_cells,
};
use crate::report::daily::WINDOW;
use crate::report::table::{Names, Rows, Table};
use crate::report::{Evidence, ReportError, folder};
use crate::statistics::accumulate::PowerSums;
use crate::statistics::interval::{Estimate, Interval};
use crate::statistics::mean::mean;
use crate::statistics::proportion::proportion;

/// Measures that only this table has: name, unit, meaning.
#[rustfmt::skip]
pub(crate) const OWN_MEASURES: [Column; 2] = [
    Column("displaced_probability", "%", "probability that at least one ICU-dependent class {c3} patient of the region becomes displaced in the week"),
    Column("displaced", "patients", "ICU-dependent class {c3} patients of the region who become displaced in the week"),
];

#[rustfmt::skip]
pub(crate) const TABLE: Table = Table {
    file: folder::WEEKLY,
    about: "one measure in one week of the window, for a region or the country",
    columns: &[
        &[
            POLICY,
            REGION,
            WEEK,
            WEEK_START,
            PART,
            Column("measure", "", "machine name of the measure"),
            UNIT,
            VALUE,
        ],
        &UNCERTAINTY,
        &[
            N10,
            N01,
            Column("mark", "", "for displaced_probability: less or more, where it differs from the baseline for sure; over all region-weeks of a policy the chance of any wrong mark is at most 5% (Bonferroni)"),
        ],
    ],
    names: Names::InCells("measure", || {
        let counted = WeekMeasure::ALL.map(|measure| described(measure.describe()));
        OWN_MEASURES.into_iter().chain(counted).collect()
    }),
};

pub(crate) fn write(evidence: &Evidence, rows: &mut Rows<'_>) -> Result<(), ReportError> {
    let frame = evidence.analysis.frame();
    for policy in 0..frame.policies.len() {
        let marks = mark_cells(&evidence.analysis, policy, CellRule::Simultaneous);
        for (position, week) in frame.window_weeks().enumerate() {
            let page = Page {
                evidence,
                policy,
                week,
                label: frame.study().week_label(week),
                start: frame.study().week_start(week).to_string(),
                marks: marks.iter().map(|marks| marks[position]).collect(),
            };
            for region in 0..frame.regions.len() {
                page.region(region, rows)?;
            }
            page.country(rows)?;
        }
    }
    Ok(())
}

/// One policy in one week.
struct Page<'a> {
    evidence: &'a Evidence,
    policy: usize,
    week: usize,
    label: String,
    start: String,
    /// By region.
    marks: Vec<Mark>,
}

impl Page<'_> {
    fn region(&self, region: usize, rows: &mut Rows<'_>) -> Result<(), ReportError> {
        let analysis = &self.evidence.analysis;
        let key = &analysis.frame().regions[region].key;
        let bits = analysis.displaced_cell(self.policy, region, self.week);
        let share = percent(proportion(
            bits.n11 + bits.n10,
            bits.n(),
            analysis.confidence(),
        ));
        let [probability, displaced] = OWN_MEASURES;
        let measure = (probability.0, probability.1);
        let mut row = self.row(key, measure, &share, Some((bits.n10, bits.n01)));
        row.push(self.marks[region].name().into());
        rows.push(&row)?;
        let count = analysis.displaced_count(self.policy, region, self.week);
        self.mean(key, (displaced.0, displaced.1), count, rows)?;
        for (position, measure) in REGIONAL.iter().enumerate() {
            let (name, unit, _) = measure.describe();
            let sums = analysis.regional(self.policy, region, self.week, position);
            self.mean(key, (name, unit), sums, rows)?;
        }
        Ok(())
    }

    fn country(&self, rows: &mut Rows<'_>) -> Result<(), ReportError> {
        let country = &self.evidence.analysis.frame().words.country;
        for measure in WeekMeasure::ALL {
            let (name, unit, _) = measure.describe();
            let sums = self
                .evidence
                .analysis
                .national(self.policy, self.week, measure);
            self.mean(country, (name, unit), sums, rows)?;
        }
        Ok(())
    }

    fn mean(
        &self,
        region: &str,
        measure: (&str, &str),
        sums: &PowerSums,
        rows: &mut Rows<'_>,
    ) -> Result<(), ReportError> {
        // Counts of a week are never negative.
        let possible = Interval {
            low: 0.0,
            high: f64::INFINITY,
        };
        let estimate = mean(sums, self.evidence.analysis.confidence()).limited_to(possible);
        let mut row = self.row(region, measure, &estimate, None);
        row.push(Cell::Empty);
        rows.push(&row)
    }

    fn row<'c>(
        &'c self,
        region: &'c str,
        (measure, unit): (&'c str, &'c str),
        estimate: &Estimate,
        discordant: Option<(u64, u64)>,
    ) -> Vec<Cell<'c>> {
        let policies = &self.evidence.analysis.frame().policies;
        let mut row: Vec<Cell<'c>> = vec![
            policies[self.policy].key.as_str().into(),
            region.into(),
            self.label.as_str().into(),
            self.start.as_str().into(),
            // Other weeks are not counted.
            WINDOW.into(),
            measure.into(),
            unit.into(),
        ];
        row.extend(estimate_cells(estimate));
        row.push(discordant.map(|(n10, _)| n10).into());
        row.push(discordant.map(|(_, n01)| n01).into());
        row
    }
}

fn percent(mut share: Estimate) -> Estimate {
    share.value *= 100.0;
    share.interval.low *= 100.0;
    share.interval.high *= 100.0;
    share
}
