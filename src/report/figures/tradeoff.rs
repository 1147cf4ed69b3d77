//! Trade-offs: displaced critical care against what is paid for less of it, by policy: class 4 and 5
//! operations, COVID patients without a bed, production of clinics.

use crate::chart::tradeoff::{self, Standing, Tradeoff, TradeoffPoint};
use crate::chart::{ChartError, Estimate as Drawn};
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY};
use crate::report::figures::figure::{Drawing, Figure, FigureKind, Row, row};
use crate::report::figures::price::{EUROS, OPERATIONS, PATIENTS, Price};
use crate::report::figures::reasons::{FREE, NO_PATIENTS, ONE_POLICY, TOO_FEW};
use crate::report::figures::sketch::{ANY, Sketch, cells, drawn};
use crate::report::phrase::Phrase;
use crate::statistics::interval::Interval;

const LOW: &str = "lower end of the interval";
const HIGH: &str = "upper end of the interval";
const DISPLACED: [Column; 4] = [
    POLICY,
    Column(
        "displaced_change",
        "patients",
        "patients who are displaced, minus those under the baseline",
    ),
    Column("displaced_change_low", "patients", LOW),
    Column("displaced_change_high", "patients", HIGH),
];
const STANDING: [Column; 1] = [Column("standing", "", "front, unclear or dominated")];

pub(crate) const CUT: FigureKind = FigureKind {
    name: "trade-off",
    heading: Phrase::new("Price in other operations", "Prijs in andere operaties"),
    file: "figures/trade-off.csv",
    columns: &[
        &DISPLACED,
        &[
            Column(
                "cut_change",
                "operations",
                "class 4 and 5 operations without ICU not done, minus those under the baseline",
            ),
            Column("cut_change_low", "operations", LOW),
            Column("cut_change_high", "operations", HIGH),
        ],
        &STANDING,
    ],
    draw: |sketch| draw(sketch, &OPERATIONS),
};

pub(crate) const BEDS: FigureKind = FigureKind {
    name: "trade-off-beds",
    heading: Phrase::new(
        "Price in COVID patients above the beds",
        "Prijs in COVID-patiënten boven de bedden",
    ),
    file: "figures/trade-off-beds.csv",
    columns: &[
        &DISPLACED,
        &[
            Column(
                "without_bed_change",
                "patients",
                "COVID patients above the staffed ICU beds, minus those under the baseline",
            ),
            Column("without_bed_change_low", "patients", LOW),
            Column("without_bed_change_high", "patients", HIGH),
        ],
        &STANDING,
    ],
    draw: |sketch| draw(sketch, &PATIENTS),
};

pub(crate) const VALUE: FigureKind = FigureKind {
    name: "trade-off-production",
    heading: Phrase::new("Price for clinics", "Prijs voor klinieken"),
    file: "figures/trade-off-production.csv",
    columns: &[
        &DISPLACED,
        &[
            Column(
                "value_lost_change",
                "million euros",
                "production value of clinics that is lost because staff are lent, minus that under the baseline",
            ),
            Column("value_lost_change_low", "million euros", LOW),
            Column("value_lost_change_high", "million euros", HIGH),
        ],
        &STANDING,
    ],
    draw: |sketch| draw(sketch, &EUROS),
};

const ABOUT: Phrase = Phrase::new(
    "Changes from “{baseline}”; lower left is better. Filled: no policy is better on both; open: not distinguishable from those; small: worse on both",
    "Veranderingen ten opzichte van “{baseline}”; linksonder is beter. Gevuld: geen beleid is op beide punten beter; open: daarvan niet te onderscheiden; klein: op beide punten slechter",
);
const X_TITLE: Phrase = Phrase::new(
    "urgent operations too late, mean per {season}, minus the baseline",
    "kritieke operaties te laat, gemiddeld per {season}, min de basis",
);

const OTHERS: Phrase = Phrase::new(", and {n} more", ", en nog {n}");
const LATE: &str = "displaced";
const SHARE: &str = "displaced_share";
/// Lines of equal price at most.
const MOST_PRICES: usize = 3;
/// Policies cost about as much within this part of the range of prices.
const SAME_PRICE: f64 = 0.05;

fn draw(sketch: &Sketch<'_>, price: &Price) -> Result<Drawing, ChartError> {
    let policies = sketch.drawn_policies();
    let is_paid = |policy: &usize| price.of(sketch, *policy).value > 0.0;
    if policies.len() < 2 {
        return Ok(Err(ONE_POLICY));
    }
    if !sketch.evidence.has_patients() {
        return Ok(Err(NO_PATIENTS));
    }
    if !policies.iter().any(is_paid) {
        return Ok(Err(FREE));
    }
    let change = |policy: &usize| [LATE, price.key].map(|key| Change::of(sketch, *policy, key));
    let changes: Vec<[Change; 2]> = policies.iter().map(change).collect();
    let differing = dearer_or_cheaper(sketch, price);
    let mut alike = sketch.answer().all_alike();
    alike.retain(|policy| !differing.contains(policy));
    let point = |(policy, change): (&usize, &[Change; 2])| {
        let [x, y] = [(LATE, 1.0), (price.key, price.scale)];
        Some(TradeoffPoint {
            policy: sketch.answer().name_of_group(*policy, &alike),
            x: moved(sketch, *policy, x)?,
            y: moved(sketch, *policy, y)?,
            standing: standing(change, &changes),
            color: *policy,
        })
    };
    let points: Option<Vec<TradeoffPoint>> = policies.iter().zip(&changes).map(point).collect();
    let Some(points) = points else {
        return Ok(Err(TOO_FEW));
    };
    let rows = policies
        .iter()
        .zip(&points)
        .map(|(policy, one)| row(sketch, price, *policy, one))
        .collect();
    let about = sketch.say(ABOUT, &[("baseline", sketch.label(sketch.baseline()))]);
    let tradeoff = Tradeoff {
        words: sketch.words_of_rows(title(sketch, price, &differing), about),
        x_title: sketch.text(X_TITLE),
        y_title: sketch.text(price.axis),
        prices: prices(sketch, price, &points),
        others: (1..points.len())
            .map(|n| sketch.say(OTHERS, &[("n", &n.to_string())]))
            .collect(),
        points,
    };
    let svg = tradeoff::draw(&tradeoff, sketch.theme())?;
    Ok(Ok(Figure { svg, rows }))
}

/// The policies that cost another price than the baseline, compared with how far apart the policies are.
fn dearer_or_cheaper(sketch: &Sketch<'_>, price: &Price) -> Vec<usize> {
    let policies = 0..sketch.frame().policies.len();
    let all: Vec<f64> = policies
        .clone()
        .map(|policy| price.of(sketch, policy).value)
        .collect();
    let drawn = || {
        sketch
            .drawn_policies()
            .into_iter()
            .map(|policy| all[policy])
    };
    let (least, most) = (
        drawn().fold(f64::INFINITY, f64::min),
        drawn().fold(f64::NEG_INFINITY, f64::max),
    );
    let base = all[sketch.baseline()];
    let differs = |policy: &usize| (all[*policy] - base).abs() > SAME_PRICE * (most - least);
    policies.filter(differs).collect()
}

/// Round prices around those of the policies that buy less displacement for more of the price.
fn prices(sketch: &Sketch<'_>, price: &Price, points: &[TradeoffPoint]) -> Vec<(f64, String)> {
    let differs = |change: Drawn| change.high < 0.0 || change.low > 0.0;
    let is_clear = |point: &&TradeoffPoint| differs(point.x) && differs(point.y);
    let paid = |point: &TradeoffPoint| -point.y.value / point.x.value;
    let paid = points.iter().filter(is_clear).map(paid);
    let paid: Vec<f64> = paid
        .filter(|paid| paid.is_finite() && *paid > 0.0)
        .collect();
    let mut round = round_around(&paid);
    round.truncate(MOST_PRICES);
    let said = |value: f64| {
        let decimals = [1.0, 0.1].iter().filter(|least| value < **least).count();
        let n = sketch.number(value, decimals);
        (value, sketch.say(price.each, &[("n", &n)]))
    };
    round.into_iter().map(said).collect()
}

/// Numbers such as 1, 2, 5 and 10 that lie around `values`, and between them.
fn round_around(values: &[f64]) -> Vec<f64> {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(0.0, f64::max);
    let powers = [0.01, 0.1, 1.0, 10.0, 100.0, 1_000.0, 10_000.0];
    let all: Vec<f64> = powers
        .iter()
        .flat_map(|power| [1.0, 2.0, 5.0].map(|step| step * power))
        .collect();
    let first = all.iter().rposition(|round| *round <= least);
    let last = all.iter().position(|round| *round >= most);
    let between = match (first, last) {
        (Some(first), Some(last)) if first <= last => &all[first..=last],
        _ => return Vec::new(),
    };
    let stride = (between.len() - 1).div_ceil(MOST_PRICES - 1).max(1);
    between.iter().copied().step_by(stride).collect()
}

/// How an estimand differs from the baseline; the baseline itself stands at zero.
fn moved(sketch: &Sketch<'_>, policy: usize, (key, scale): (&str, f64)) -> Option<Drawn> {
    let comparison = sketch.evidence.compare(policy, key);
    if comparison.identical {
        return Some(Drawn::new(0.0, 0.0, 0.0));
    }
    drawn(&comparison.difference.scaled(scale), ANY)
}

/// A policy minus the baseline, in the same winters.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Change {
    value: f64,
    interval: Interval,
}

impl Change {
    fn of(sketch: &Sketch<'_>, policy: usize, key: &str) -> Self {
        let comparison = sketch.evidence.compare(policy, key);
        let interval = if comparison.identical {
            Interval::around(0.0, 0.0)
        } else {
            comparison.difference.published()
        };
        Self {
            value: comparison.difference.value,
            interval,
        }
    }

    fn is_below(&self, other: &Self) -> bool {
        self.interval.high < other.interval.low
    }

    /// Below, or the same to the last digit, as policies are that never differ in it.
    fn is_no_worse(&self, other: &Self) -> bool {
        self == other || self.is_below(other)
    }
}

/// Beaten when another policy is no worse on both and better on one, so far as the intervals of the
/// differences to the baseline tell; on the front when no other policy is so by its values.
fn standing(one: &[Change; 2], all: &[[Change; 2]]) -> Standing {
    let both = |other: &[Change; 2], holds: fn(&Change, &Change) -> bool| {
        holds(&other[0], &one[0]) && holds(&other[1], &one[1])
    };
    let either = |other: &[Change; 2], holds: fn(&Change, &Change) -> bool| {
        holds(&other[0], &one[0]) || holds(&other[1], &one[1])
    };
    let beats =
        |other: &&[Change; 2]| both(other, Change::is_no_worse) && either(other, Change::is_below);
    let seems_better = |other: &&[Change; 2]| {
        both(other, |a, b| a.value <= b.value) && either(other, |a, b| a.value < b.value)
    };
    if all.iter().any(|other| beats(&other)) {
        Standing::Dominated
    } else if all.iter().any(|other| seems_better(&other)) {
        Standing::Unclear
    } else {
        Standing::Front
    }
}

/// The policy beside the baseline: the one of other figures if it costs another price, else the dearest.
fn other(sketch: &Sketch<'_>, price: &Price, differing: &[usize]) -> Option<usize> {
    let differs = |policy: &usize| differing.contains(policy);
    let dearest = || {
        let policies = sketch.drawn_policies().into_iter().filter(differs);
        let of = |policy: &usize| price.of(sketch, *policy).value;
        policies.max_by(|one, other| of(one).total_cmp(&of(other)))
    };
    sketch.other().filter(differs).or_else(dearest)
}

fn title(sketch: &Sketch<'_>, price: &Price, differing: &[usize]) -> String {
    let baseline = sketch.baseline();
    let other = other(sketch, price, differing);
    let pair = [baseline, other.unwrap_or(baseline)];
    let shares = sketch.values(pair.map(|policy| sketch.evidence.estimate(policy, SHARE)));
    let prices = sketch.values(pair.map(|policy| price.of(sketch, policy)));
    let gaps = [
        ("baseline", sketch.label(baseline)),
        ("base_share", &shares[0]),
        ("base_price", &prices[0]),
        ("other", sketch.label(pair[1])),
        ("share", &shares[1]),
        ("price", &prices[1]),
    ];
    sketch.say(price.titles[usize::from(other.is_none())], &gaps)
}

fn row(sketch: &Sketch<'_>, price: &Price, policy: usize, point: &TradeoffPoint) -> Row {
    let change = |key, scale| {
        let comparison = sketch.evidence.compare(policy, key);
        comparison.difference.scaled(scale)
    };
    let standing = match point.standing {
        Standing::Front => "front",
        Standing::Unclear => "unclear",
        Standing::Dominated => "dominated",
    };
    let mut row = row![sketch.key(policy)];
    row.extend(cells(&change(LATE, 1.0), point.x));
    row.extend(cells(&change(price.key, price.scale), point.y));
    row.push(Cell::from(standing));
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(value: f64, half_width: f64) -> Change {
        Change {
            value,
            interval: Interval::around(value, half_width),
        }
    }

    #[test]
    fn a_policy_is_beaten_at_the_same_price_too() {
        let free = change(0.0, 0.0);
        let all = [
            [change(0.0, 0.0), free],
            [change(-8.0, 1.0), free],
            [change(-8.5, 1.0), free],
            [change(-9.0, 1.0), change(5.0, 1.0)],
        ];
        let found = all.each_ref().map(|one| standing(one, &all));
        let expected = [
            Standing::Dominated,
            Standing::Unclear,
            Standing::Front,
            Standing::Front,
        ];
        assert_eq!(found, expected, "baseline, close behind, cheapest, least");
    }
}
