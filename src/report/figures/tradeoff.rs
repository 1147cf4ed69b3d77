//! Trade-offs: displaced critical care against what is paid for less of it, by policy: class 4 and 5
//! operations, COVID patients without a bed, production of clinics.

use crate::chart::tradeoff::{self, Standing, Tradeoff, TradeoffPoint};
use crate::chart::{ChartError, Estimate as Drawn};
use crate::report::answer::Answer;
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY};
use crate::report::figures::figure::{Figure, FigureKind, Row, row};
use crate::report::figures::sketch::{ANY, Sketch, cells, drawn};
use crate::report::phrase::Phrase;
use crate::statistics::interval::{Estimate, Interval};

const LOW: &str = "lower end of the interval";
const HIGH: &str = "upper end of the interval";
const DISPLACED: [Column; 4] = [
    POLICY,
    Column(
        "displaced_change",
        "percentage points",
        "share of the cohort that is displaced, minus that under the baseline",
    ),
    Column("displaced_change_low", "percentage points", LOW),
    Column("displaced_change_high", "percentage points", HIGH),
];
const STANDING: [Column; 1] = [Column("standing", "", "front, unclear or dominated")];

pub(crate) const CUT: FigureKind = FigureKind {
    name: "trade-off",
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
    file: "figures/trade-off-production.csv",
    columns: &[
        &DISPLACED,
        &[
            Column(
                "value_lost_change",
                "thousand euros",
                "production value of clinics that is lost because staff are lent, minus that under the baseline",
            ),
            Column("value_lost_change_low", "thousand euros", LOW),
            Column("value_lost_change_high", "thousand euros", HIGH),
        ],
        &STANDING,
    ],
    draw: |sketch| draw(sketch, &THOUSAND_EUROS),
};

const ABOUT: Phrase = Phrase::new(
    "Filled: no policy is better on both; open: not distinguishable from those; grey: worse on both",
    "Gevuld: geen beleid is op beide punten beter; open: daarvan niet te onderscheiden; grijs: op beide punten slechter",
);
const X_TITLE: Phrase = Phrase::new(
    "change in urgent operations too late, percentage points",
    "verandering in kritieke operaties te laat, procentpunten",
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
        "change in class {c4} and {c5} operations not done, mean per {season}",
        "verandering in vervallen operaties van klasse {c4} en {c5}, gemiddeld per {season}",
    ),
    titles: [
        Phrase::new(
            "Under “{other}” {share}% come too late and {price} class {c4} and {c5} operations are not done; under “{baseline}” {base_share}% and {base_price}",
            "Onder “{other}” komt {share}% te laat en vervallen {price} operaties van klasse {c4} en {c5}; onder “{baseline}” {base_share}% en {base_price}",
        ),
        Phrase::new(
            "Under “{baseline}” {base_share}% come too late and {base_price} class {c4} and {c5} operations are not done",
            "Onder “{baseline}” komt {base_share}% te laat en vervallen {base_price} operaties van klasse {c4} en {c5}",
        ),
    ],
};
const PATIENTS: Price = Price {
    key: "covid_without_bed",
    scale: 1.0,
    axis: Phrase::new(
        "change in COVID patients above the staffed ICU beds, mean per {season}",
        "verandering in COVID-patiënten boven de bemenste IC-bedden, gemiddeld per {season}",
    ),
    titles: [
        Phrase::new(
            "Under “{other}” {share}% come too late and {price} COVID patients are above the staffed beds; under “{baseline}” {base_share}% and {base_price}",
            "Onder “{other}” komt {share}% te laat en liggen {price} COVID-patiënten boven de bemenste bedden; onder “{baseline}” {base_share}% en {base_price}",
        ),
        Phrase::new(
            "Under “{baseline}” {base_share}% come too late and {base_price} COVID patients are above the staffed beds",
            "Onder “{baseline}” komt {base_share}% te laat en liggen {base_price} COVID-patiënten boven de bemenste bedden",
        ),
    ],
};
const THOUSAND_EUROS: Price = Price {
    key: "clinic_value_lost",
    scale: 0.001,
    axis: Phrase::new(
        "change in production value that clinics lose, thousand euros, mean per {season}",
        "verandering in gederfde productiewaarde van klinieken, duizend euro, gemiddeld per {season}",
    ),
    titles: [
        Phrase::new(
            "Under “{other}” {share}% come too late and clinics lose {price} thousand euros of production; under “{baseline}” {base_share}% and {base_price}",
            "Onder “{other}” komt {share}% te laat en verliezen klinieken {price} duizend euro productie; onder “{baseline}” {base_share}% en {base_price}",
        ),
        Phrase::new(
            "Under “{baseline}” {base_share}% come too late and clinics lose {base_price} thousand euros of production",
            "Onder “{baseline}” komt {base_share}% te laat en verliezen klinieken {base_price} duizend euro productie",
        ),
    ],
};

impl Price {
    fn of(&self, sketch: &Sketch<'_>, policy: usize) -> Estimate {
        let estimate = sketch.evidence.estimate(policy, self.key);
        estimate.scaled(self.scale)
    }
}

/// `None` without intervals, patients or another policy, and when nothing is paid under any policy.
fn draw(sketch: &Sketch<'_>, price: &Price) -> Result<Option<Figure>, ChartError> {
    let policies = sketch.drawn_policies();
    let is_paid = |policy: &usize| price.of(sketch, *policy).value > 0.0;
    let has_choice = policies.len() > 1 && sketch.evidence.has_patients();
    if !has_choice || !policies.iter().any(is_paid) {
        return Ok(None);
    }
    let change = |policy: &usize| [SHARE, price.key].map(|key| Change::of(sketch, *policy, key));
    let changes: Vec<[Change; 2]> = policies.iter().map(change).collect();
    let answer = Answer::new(sketch.evidence, sketch.evidence.wording(sketch.language));
    let point = |(policy, change): (&usize, &[Change; 2])| {
        let [x, y] = [(SHARE, 1.0), (price.key, price.scale)];
        Some(TradeoffPoint {
            policy: answer.name_of_group(*policy),
            x: moved(sketch, *policy, x)?,
            y: moved(sketch, *policy, y)?,
            standing: standing(change, &changes),
        })
    };
    let points: Option<Vec<TradeoffPoint>> = policies.iter().zip(&changes).map(point).collect();
    let Some(points) = points else {
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

fn title(sketch: &Sketch<'_>, price: &Price) -> String {
    let baseline = sketch.baseline();
    let other = sketch.other();
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
    row.extend(cells(&change(SHARE, 1.0), point.x));
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
