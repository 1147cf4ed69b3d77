//! Trade-offs: displaced critical care against what is paid for less of it, by policy: class 4 and 5
//! operations, COVID patients without a bed, production of clinics.

use crate::chart::ChartError;
use crate::chart::tradeoff::{self, Standing, Tradeoff, TradeoffPoint};
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY};
use crate::report::figures::phrases::{
    BEDS_TITLE, BEDS_TITLE_ALONE, BEDS_Y, TRADEOFF_ABOUT, TRADEOFF_TITLE, TRADEOFF_TITLE_ALONE,
    TRADEOFF_X, TRADEOFF_Y, VALUE_TITLE, VALUE_TITLE_ALONE, VALUE_Y,
};
use crate::report::figures::{COUNT, Figure, PERCENT, Plan, Sketch, drawn};
use crate::report::phrases::Phrase;
use crate::report::words::Word;
use crate::statistics::interval::Estimate;

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
    let standings: Vec<Standing> = points.iter().map(|one| standing(one, &points)).collect();
    for (point, standing) in points.iter_mut().zip(standings) {
        point.standing = standing;
    }
    let rows = policies
        .iter()
        .zip(&points)
        .map(|(policy, one)| row(sketch, *policy, one))
        .collect();
    let text = |phrase: Phrase| phrase.text(sketch.language);
    let tradeoff = Tradeoff {
        words: sketch.words_of(
            title(sketch, price),
            &sketch.about_some(text(TRADEOFF_ABOUT)),
            Word::MonteCarloBars,
        ),
        x_title: text(TRADEOFF_X).to_owned(),
        y_title: text(price.axis).to_owned(),
        points,
    };
    let svg = tradeoff::draw(&tradeoff, &sketch.theme)?;
    Ok(Some(Figure { svg, rows }))
}

/// Beaten when another policy's intervals lie below on both; on the front when no other policy has
/// the smaller value on both.
fn standing(one: &TradeoffPoint, all: &[TradeoffPoint]) -> Standing {
    let beats = |other: &&TradeoffPoint| other.x.high < one.x.low && other.y.high < one.y.low;
    let better =
        |other: &&TradeoffPoint| other.x.value < one.x.value && other.y.value < one.y.value;
    if all.iter().any(|other| beats(&other)) {
        Standing::Dominated
    } else if all.iter().any(|other| better(&other)) {
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
        return price.titles[1].say(sketch.language, &gaps);
    };
    gaps.extend([
        ("other", sketch.label(other)),
        ("share", &shares[1]),
        ("price", &prices[1]),
    ]);
    price.titles[0].say(sketch.language, &gaps)
}

fn row(sketch: &Sketch<'_>, policy: usize, point: &TradeoffPoint) -> Vec<Cell<'static>> {
    let key = sketch.evidence.analysis.frame().policies[policy]
        .key
        .clone();
    let numbers = [point.x, point.y]
        .into_iter()
        .flat_map(|one| [one.value, one.low, one.high]);
    let standing = match point.standing {
        Standing::Front => "front",
        Standing::Unclear => "unclear",
        Standing::Dominated => "dominated",
    };
    let mut row = vec![Cell::from(key)];
    row.extend(numbers.map(Cell::from));
    row.push(standing.into());
    row
}
