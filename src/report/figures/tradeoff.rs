//! Trade-offs: displaced critical care against what is paid for less of it, by policy: class 4 and 5
//! operations, COVID patients without a bed, production of clinics.

use crate::chart::ChartError;
use crate::chart::tradeoff::{self, Standing, Tradeoff, TradeoffPoint};
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY};
use crate::report::figures::figure::{Figure, FigureKind, Row, row};
use crate::report::figures::sketch::{COUNT, PERCENT, Sketch, cells, drawn};
use crate::report::phrase::Phrase;
use crate::statistics::interval::{Estimate, Interval};

const LOW: &str = "lower end of the interval";
const HIGH: &str = "upper end of the interval";
const DISPLACED: [Column; 4] = [
    POLICY,
    Column("displaced", "%", "share of the cohort that is displaced"),
    Column("displaced_low", "%", LOW),
    Column("displaced_high", "%", HIGH),
];
const STANDING: [Column; 1] = [Column("standing", "", "front, unclear or dominated")];

pub(crate) const CUT: FigureKind = FigureKind {
    name: "trade-off",
    file: "figures/trade-off.csv",
    columns: &[
        &DISPLACED,
        &[
            Column(
                "cut",
                "operations",
                "class 4 and 5 operations without IC not done",
            ),
            Column("cut_low", "operations", LOW),
            Column("cut_high", "operations", HIGH),
        ],
        &STANDING,
    ],
    draw: |sketch| draw(sketch, &OPERATIONS),
};

pub(crate) const BEDS: FigureKind = FigureKind {
    name: "trade-off-beds",
    file: "figures/trade-off-beds.csv",
    columns: &[
        &DISPLACED,
        &[
            Column(
                "without_bed",
                "patients",
                "COVID patients without a staffed IC bed",
            ),
            Column("without_bed_low", "patients", LOW),
            Column("without_bed_high", "patients", HIGH),
        ],
        &STANDING,
    ],
    draw: |sketch| draw(sketch, &PATIENTS),
};

pub(crate) const VALUE: FigureKind = FigureKind {
    name: "trade-off-production",
    file: "figures/trade-off-production.csv",
    columns: &[
        &DISPLACED,
        &[
            Column(
                "value_lost",
                "thousand euros",
                "production value of clinics that is lost because staff are lent",
            ),
            Column("value_lost_low", "thousand euros", LOW),
            Column("value_lost_high", "thousand euros", HIGH),
        ],
        &STANDING,
    ],
    draw: |sketch| draw(sketch, &THOUSAND_EUROS),
};

const ABOUT: Phrase = Phrase::new(
    "Filled: no policy is better on both; open: not distinguishable from those; grey: beaten on both",
    "Gevuld: geen beleid is op beide beter; open: daarvan niet te onderscheiden; grijs: op beide verslagen",
);
const X_TITLE: Phrase = Phrase::new(
    "displaced, % of critical patients",
    "verdrongen, % van de kritieke patiënten",
);

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
    axis: Phrase::new(
        "class {c4} and {c5} operations not done, mean per {season}",
        "niet uitgevoerde operaties van klasse {c4} en {c5}, gemiddeld per {season}",
    ),
    titles: [
        Phrase::new(
            "“{other}” displaces {share}\u{a0}% and cuts {price} class {c4} and {c5} operations; “{baseline}” {base_share}\u{a0}% and {base_price}",
            "“{other}” verdringt {share}% en schrapt {price} operaties van klasse {c4} en {c5}; “{baseline}” {base_share}% en {base_price}",
        ),
        Phrase::new(
            "“{baseline}” displaces {base_share}\u{a0}% and cuts {base_price} class {c4} and {c5} operations",
            "“{baseline}” verdringt {base_share}% en schrapt {base_price} operaties van klasse {c4} en {c5}",
        ),
    ],
};
const PATIENTS: Price = Price {
    key: "covid_without_bed",
    scale: 1.0,
    axis: Phrase::new(
        "COVID patients without a staffed IC bed, mean per {season}",
        "COVID-patiënten zonder bemenst IC-bed, gemiddeld per {season}",
    ),
    titles: [
        Phrase::new(
            "“{other}” displaces {share}\u{a0}% and leaves {price} COVID patients without a staffed IC bed; “{baseline}” {base_share}\u{a0}% and {base_price}",
            "“{other}” verdringt {share}% en laat {price} COVID-patiënten zonder bemenst IC-bed; “{baseline}” {base_share}% en {base_price}",
        ),
        Phrase::new(
            "“{baseline}” displaces {base_share}\u{a0}% and leaves {base_price} COVID patients without a staffed IC bed",
            "“{baseline}” verdringt {base_share}% en laat {base_price} COVID-patiënten zonder bemenst IC-bed",
        ),
    ],
};
const THOUSAND_EUROS: Price = Price {
    key: "clinic_value_lost",
    scale: 0.001,
    axis: Phrase::new(
        "production value of clinics lost, thousand euros, mean per {season}",
        "gederfde productiewaarde van klinieken, duizend euro, gemiddeld per {season}",
    ),
    titles: [
        Phrase::new(
            "“{other}” displaces {share}\u{a0}% at the price of {price} thousand euros of clinic production; “{baseline}” {base_share}\u{a0}% and {base_price}",
            "“{other}” verdringt {share}% en kost klinieken voor {price} duizend euro productie; “{baseline}” {base_share}% en {base_price}",
        ),
        Phrase::new(
            "“{baseline}” displaces {base_share}\u{a0}% at the price of {base_price} thousand euros of clinic production",
            "“{baseline}” verdringt {base_share}% en kost klinieken voor {base_price} duizend euro productie",
        ),
    ],
};

impl Price {
    fn of(&self, sketch: &Sketch<'_>, policy: usize) -> Estimate {
        let estimate = sketch.evidence.estimate(policy, self.key);
        estimate.scaled(self.scale)
    }
}

/// `None` without intervals, and when nothing is paid under any policy.
fn draw(sketch: &Sketch<'_>, price: &Price) -> Result<Option<Figure>, ChartError> {
    let policies = sketch.drawn_policies();
    let change = |policy: &usize| [SHARE, price.key].map(|key| Change::of(sketch, *policy, key));
    let changes: Vec<[Change; 2]> = policies.iter().map(change).collect();
    let point = |(policy, change): (&usize, &[Change; 2])| {
        Some(TradeoffPoint {
            policy: sketch.label(*policy).to_owned(),
            x: drawn(&sketch.evidence.estimate(*policy, SHARE), PERCENT)?,
            y: drawn(&price.of(sketch, *policy), COUNT)?,
            standing: standing(change, &changes),
        })
    };
    let points: Option<Vec<TradeoffPoint>> = policies.iter().zip(&changes).map(point).collect();
    let is_paid = |points: &Vec<TradeoffPoint>| points.iter().any(|one| one.y.value > 0.0);
    let Some(points) = points.filter(is_paid) else {
        return Ok(None);
    };
    let rows = policies
        .iter()
        .zip(&points)
        .map(|(policy, one)| row(sketch, price, *policy, one))
        .collect();
    let tradeoff = Tradeoff {
        words: sketch.words_of_rows(title(sketch, price), ABOUT),
        x_title: sketch.text(X_TITLE),
        y_title: sketch.text(price.axis),
        points,
    };
    let svg = tradeoff::draw(&tradeoff, sketch.theme())?;
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
    let share = sketch.evidence.estimate(policy, SHARE);
    let standing = match point.standing {
        Standing::Front => "front",
        Standing::Unclear => "unclear",
        Standing::Dominated => "dominated",
    };
    let mut row = row![sketch.key(policy)];
    row.extend(cells(&share, point.x));
    row.extend(cells(&price.of(sketch, policy), point.y));
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
