//! Trade-offs: displaced critical care against what is paid for less of it, by policy: class 4 and 5
//! operations, COVID patients without a bed, production of clinics.

use crate::chart::ChartError;
use crate::chart::tradeoff::{self, Standing, Tradeoff, TradeoffPoint};
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY};
use crate::report::figures::MONTE_CARLO_BARS;
use crate::report::figures::phrases::{
    BEDS_TITLE, BEDS_TITLE_ALONE, BEDS_Y, TRADEOFF_ABOUT, TRADEOFF_TITLE, TRADEOFF_TITLE_ALONE,
    TRADEOFF_X, TRADEOFF_Y, VALUE_TITLE, VALUE_TITLE_ALONE, VALUE_Y,
};
use crate::report::figures::{COUNT, Figure, PERCENT, Plan, Sketch, cells, drawn};
use crate::report::phrase::Phrase;
use crate::statistics::interval::{Estimate, Interval};

const DISPLACED: [Column; 3] = [
    Column("displaced", "%", "share of the cohort that is displaced"),
    Column("displaced_low", "%", "lower end of the interval"),
    Column("displaced_high", "%", "upper end of the interval"),
];
const STANDING: Column = Column("standing", "", "front, unclear or dominated");

pub(crate) const CUT: Plan = Plan {
    name: "trade-off",
    file: "figures/trade-off.csv",
    columns: &[
        POLICY,
        DISPLACED[0],
        DISPLACED[1],
        DISPLACED[2],
        Column(
            "cut",
            "operations",
            "class 4 and 5 operations without IC not done",
        ),
        Column("cut_low", "operations", "lower end of the interval"),
        Column("cut_high", "operations", "upper end of the interval"),
        STANDING,
    ],
    draw: |sketch| draw(sketch, &OPERATIONS),
};

pub(crate) const BEDS: Plan = Plan {
    name: "trade-off-beds",
    file: "figures/trade-off-beds.csv",
    columns: &[
        POLICY,
        DISPLACED[0],
        DISPLACED[1],
        DISPLACED[2],
        Column(
            "without_bed",
            "patients",
            "COVID patients without a staffed IC bed",
        ),
        Column("without_bed_low", "patients", "lower end of the interval"),
        Column("without_bed_high", "patients", "upper end of the interval"),
        STANDING,
    ],
    draw: |sketch| draw(sketch, &PATIENTS),
};

pub(crate) const VALUE: Plan = Plan {
    name: "trade-off-production",
    file: "figures/trade-off-production.csv",
    columns: &[
        POLICY,
        DISPLACED[0],
        DISPLACED[1],
        DISPLACED[2],
        Column(
            "value_lost",
            "thousand euros",
            "production value of clinics that is lost because staff are lent",
        ),
        Column(
            "value_lost_low",
            "thousand euros",
            "lower end of the interval",
        ),
        Column(
            "value_lost_high",
            "thousand euros",
            "upper end of the interval",
        ),
        STANDING,
    ],
    draw: |sketch| draw(sketch, &THOUSAND_EUROS),
};

const SHARE: &str = "displaced_share";

/// What is paid for less displacement.
struct Price {
    /// Its estimand.
    key: &'static str,
    /// Drawn per unit of the estimand.
    scale: f64,
    axis: Phrase,
    /// The finding, beside another policy and for the baseline alone.
    titles: [Phrase; 2],
}

const OPERATIONS: Price = Price {
    key: "operations_cut_class_45",
    scale: 1.0,
    axis: TRADEOFF_Y,
    titles: [TRADEOFF_TITLE, TRADEOFF_TITLE_ALONE],
};
const PATIENTS: Price = Price {
    key: "covid_without_bed",
    scale: 1.0,
    axis: BEDS_Y,
    titles: [BEDS_TITLE, BEDS_TITLE_ALONE],
};
const THOUSAND_EUROS: Price = Price {
    key: "clinic_value_lost",
    scale: 0.001,
    axis: VALUE_Y,
    titles: [VALUE_TITLE, VALUE_TITLE_ALONE],
};

impl Price {
    fn of(&self, sketch: &Sketch<'_>, policy: usize) -> Estimate {
        sketch
            .evidence
            .estimate(policy, self.key)
            .scaled(self.scale)
    }
}

/// `None` without intervals, and when nothing is paid under any policy.
fn draw(sketch: &Sketch<'_>, price: &Price) -> Result<Option<Figure>, ChartError> {
    let policies = sketch.drawn_policies();
    let point = |policy| {
        Some(TradeoffPoint {
            policy: sketch.label(policy).to_owned(),
            x: drawn(&sketch.evidence.estimate(policy, SHARE), PERCENT)?,
            y: drawn(&price.of(sketch, policy), COUNT)?,
            standing: Standing::Front,
        })
    };
    let points: Option<Vec<TradeoffPoint>> = policies.iter().map(|policy| point(*policy)).collect();
    let paid = |points: &Vec<TradeoffPoint>| points.iter().any(|one| one.y.value > 0.0);
    let Some(mut points) = points.filter(paid) else {
        return Ok(None);
    };
    let changes: Vec<[Change; 2]> = policies
        .iter()
        .map(|policy| [SHARE, price.key].map(|key| Change::of(sketch, *policy, key)))
        .collect();
    let standings: Vec<Standing> = changes.iter().map(|one| standing(one, &changes)).collect();
    for (point, standing) in points.iter_mut().zip(standings) {
        point.standing = standing;
    }
    let rows = policies
        .iter()
        .zip(&points)
        .map(|(policy, one)| row(sketch, price, *policy, one))
        .collect();
    let text = |phrase: Phrase| phrase.text(sketch.language);
    let tradeoff = Tradeoff {
        words: sketch.words_of(
            title(sketch, price),
            &sketch.about_some(text(TRADEOFF_ABOUT)),
            MONTE_CARLO_BARS,
        ),
        x_title: text(TRADEOFF_X).to_owned(),
        y_title: text(price.axis).to_owned(),
        points,
    };
    let svg = tradeoff::draw(&tradeoff, &sketch.theme)?;
    Ok(Some(Figure { svg, rows }))
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

fn title(sketch: &Sketch<'_>, price: &Price) -> String {
    let baseline = sketch.baseline();
    let other = sketch.evidence.least_displacing();
    let pair = [baseline, other.unwrap_or(baseline)];
    let shares = sketch.values(pair.map(|policy| sketch.evidence.estimate(policy, SHARE)));
    let prices = sketch.values(pair.map(|policy| price.of(sketch, policy)));
    let mut gaps = vec![
        ("baseline", sketch.label(baseline)),
        ("base_share", shares[0].as_str()),
        ("base_price", prices[0].as_str()),
    ];
    let Some(other) = other else {
        return sketch.say(price.titles[1], &gaps);
    };
    gaps.extend([
        ("other", sketch.label(other)),
        ("share", &shares[1]),
        ("price", &prices[1]),
    ]);
    sketch.say(price.titles[0], &gaps)
}

fn row(
    sketch: &Sketch<'_>,
    price: &Price,
    policy: usize,
    point: &TradeoffPoint,
) -> Vec<Cell<'static>> {
    let key = sketch.evidence.analysis.frame().policies[policy]
        .key
        .clone();
    let share = sketch.evidence.estimate(policy, SHARE);
    let standing = match point.standing {
        Standing::Front => "front",
        Standing::Unclear => "unclear",
        Standing::Dominated => "dominated",
    };
    let mut row = vec![Cell::from(key)];
    row.extend(cells(&share, point.x));
    row.extend(cells(&price.of(sketch, policy), point.y));
    row.push(standing.into());
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
