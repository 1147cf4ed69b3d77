//! Heat map: in which region and week class 3 patients become displaced, under the baseline, and what
//! the policy that displaces least changes in it.

use crate::chart::ChartError;
use crate::chart::heat::{self, Heat, HeatCell, HeatColors, HeatPanel};
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY, REGION};
use crate::report::figures::{Figure, Plan, Sketch};
use crate::report::phrase::Phrase;
use crate::statistics::paired::{PairedBits, bonett_price};
use crate::statistics::proportion::wilson;
use crate::units::{DAYS_PER_WEEK, Day};

const HEAT_MARKS: Phrase = Phrase::new(
    "Marks follow {level}\u{a0}% intervals, cell by cell",
    "Tekens volgen uit {level}%-intervallen, per vak",
);
const HEAT_TITLE: Phrase = Phrase::new(
    "Displacement is most likely in {region} in {week}: in {percent}\u{a0}% of the winters under “{baseline}”",
    "Verdringing is het waarschijnlijkst in {region} in {week}: in {percent}% van de winters onder “{baseline}”",
);
const HEAT_TITLE_TIES: Phrase = Phrase::new(
    "Displacement is most likely in {n} region-weeks, of which {region} in {week} is the first: in {percent}\u{a0}% of the winters under “{baseline}”",
    "Verdringing is het waarschijnlijkst in {n} regioweken, waarvan {region} in {week} de eerste is: in {percent}% van de winters onder “{baseline}”",
);
const HEAT_TITLE_NONE: Phrase = Phrase::new(
    "No critical patient of any region is displaced in any winter under “{baseline}”",
    "In geen enkele winter wordt een kritieke patiënt uit enige regio verdrongen onder “{baseline}”",
);
const HEAT_ABOUT: Phrase = Phrase::new(
    "Winters in which a critical patient of the region becomes displaced in the week, percent",
    "Winters waarin een kritieke patiënt uit de regio in die week wordt verdrongen, procent",
);
const HEAT_DIFFERENCE: Phrase = Phrase::new(
    "Percentage points, “{other}” minus “{baseline}”",
    "Procentpunten, “{other}” min “{baseline}”",
);
const IMPRECISE_MARK: Phrase = Phrase::new(
    "known to no better than 10 points",
    "niet beter bekend dan op 10 punten",
);
const SIGNIFICANT_MARK: Phrase = Phrase::new("differs from 0", "verschilt van 0");

pub(crate) const PLAN: Plan = Plan {
    name: "region-weeks",
    file: "figures/region-weeks.csv",
    columns: &[
        POLICY,
        REGION,
        Column("week", "", "ISO week"),
        Column(
            "percent",
            "%",
            "worlds in which a class 3 patient of the region becomes displaced in the week",
        ),
        Column("difference", "percentage points", "policy minus baseline"),
        Column(
            "marked",
            "0 or 1",
            "whether the cell is marked in the figure",
        ),
    ],
    draw,
};

/// A probability whose interval reaches this many percentage points is marked as imprecise.
const IMPRECISE: f64 = 10.0;

fn draw(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let evidence = sketch.evidence;
    let frame = evidence.analysis.frame();
    let map = Map { sketch };
    let other = evidence.least_displacing();
    let mut panels = vec![map.probabilities(frame.baseline)];
    panels.extend(other.map(|policy| map.differences(policy)));
    let study = frame.study();
    let monday = |week: usize| {
        let day = u16::try_from(week * usize::from(DAYS_PER_WEEK)).unwrap_or(u16::MAX);
        study.date(Day(day))
    };
    let mut rows = map.cells(frame.baseline, &panels[0]);
    rows.extend(
        other
            .map(|policy| map.cells(policy, &panels[1]))
            .unwrap_or_default(),
    );
    let heat = Heat {
        words: sketch.words(map.title(), HEAT_ABOUT, HEAT_MARKS),
        regions: frame
            .regions
            .iter()
            .map(|region| region.name.clone())
            .collect(),
        weeks: frame.window_weeks().map(monday).collect(),
        panels,
    };
    let svg = heat::draw(&heat, &sketch.theme)?;
    Ok(Some(Figure { svg, rows }))
}

struct Map<'a> {
    sketch: &'a Sketch<'a>,
}

impl Map<'_> {
    fn bits(&self, policy: usize, region: usize, week: usize) -> &PairedBits {
        self.sketch
            .evidence
            .analysis
            .displaced_cell(policy, region, week)
    }

    /// Cells of all regions and weeks.
    fn grid(&self, cell: impl Fn(usize, usize) -> HeatCell) -> Vec<Vec<Option<HeatCell>>> {
        let frame = self.sketch.evidence.analysis.frame();
        let row = |region| {
            let weeks = frame.window_weeks();
            weeks.map(|week| Some(cell(region, week))).collect()
        };
        (0..frame.regions.len()).map(row).collect()
    }

    fn probabilities(&self, policy: usize) -> HeatPanel {
        let confidence = self.sketch.evidence.analysis.confidence();
        let cell = |region, week| {
            let bits = self.bits(policy, region, week);
            let value = percent(bits);
            let interval = wilson(bits.n11 + bits.n10, bits.n(), confidence);
            let reach = 100.0 * interval.reach(value / 100.0);
            HeatCell {
                value,
                marked: reach > IMPRECISE,
            }
        };
        HeatPanel {
            title: self.sketch.label(policy).to_owned(),
            colors: HeatColors::Probability,
            mark_name: self.sketch.say(IMPRECISE_MARK, &[]),
            cells: self.grid(cell),
        }
    }

    fn differences(&self, policy: usize) -> HeatPanel {
        let confidence = self.sketch.evidence.analysis.confidence();
        let cell = |region, week| {
            let bits = self.bits(policy, region, week);
            HeatCell {
                value: points(bits),
                marked: !bonett_price(bits, confidence).contains(0.0),
            }
        };
        let cells = self.grid(cell);
        let largest = cells
            .iter()
            .flatten()
            .flatten()
            .fold(0.0_f64, |largest, cell| largest.max(cell.value.abs()));
        let baseline = self.sketch.evidence.analysis.frame().baseline;
        HeatPanel {
            title: self.sketch.say(
                HEAT_DIFFERENCE,
                &[
                    ("other", self.sketch.label(policy)),
                    ("baseline", self.sketch.label(baseline)),
                ],
            ),
            colors: HeatColors::Difference {
                // Whole tens, so that the key has round numbers.
                limit: (10.0 * (largest / 10.0).ceil()).clamp(10.0, 100.0),
            },
            mark_name: self.sketch.say(SIGNIFICANT_MARK, &[]),
            cells,
        }
    }

    /// Where and when displacement is most likely under the baseline.
    fn title(&self) -> String {
        let frame = self.sketch.evidence.analysis.frame();
        let cells = (0..frame.regions.len())
            .flat_map(|region| frame.window_weeks().map(move |week| (region, week)));
        let value =
            |(region, week): (usize, usize)| percent(self.bits(frame.baseline, region, week));
        let most = cells.clone().map(value).fold(0.0, f64::max);
        let mut likeliest = cells.filter(|cell| value(*cell) >= most);
        let (region, week) = likeliest.next().unwrap_or_default();
        let n_likeliest = 1 + likeliest.count();
        let language = self.sketch.language;
        let word = match n_likeliest {
            _ if most <= 0.0 => HEAT_TITLE_NONE,
            1 => HEAT_TITLE,
            _ => HEAT_TITLE_TIES,
        };
        self.sketch.say(
            word,
            &[
                ("n", &n_likeliest.to_string()),
                ("percent", &language.number(most, 0)),
                ("region", &frame.regions[region].name),
                ("week", &frame.study().week_label(week)),
                ("baseline", self.sketch.label(frame.baseline)),
            ],
        )
    }

    fn cells(&self, policy: usize, panel: &HeatPanel) -> Vec<Vec<Cell<'static>>> {
        let frame = self.sketch.evidence.analysis.frame();
        let study = frame.study();
        let mut rows = Vec::new();
        for (region, row) in panel.cells.iter().enumerate() {
            for (week, cell) in frame.window_weeks().zip(row.iter().flatten()) {
                let bits = self.bits(policy, region, week);
                let difference = (policy != frame.baseline).then(|| points(bits));
                rows.push(vec![
                    frame.policies[policy].key.clone().into(),
                    frame.regions[region].key.clone().into(),
                    study.week_label(week).into(),
                    percent(bits).into(),
                    difference.into(),
                    i64::from(cell.marked).into(),
                ]);
            }
        }
        rows
    }
}

/// Worlds with the event under the policy, in percent.
fn percent(bits: &PairedBits) -> f64 {
    100.0 * (bits.n11 + bits.n10) as f64 / bits.n().max(1) as f64
}

/// Policy minus baseline, in percentage points.
fn points(bits: &PairedBits) -> f64 {
    100.0 * (bits.n10 as f64 - bits.n01 as f64) / bits.n().max(1) as f64
}
