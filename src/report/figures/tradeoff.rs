//! Trade-off: displaced critical care against class 4 and 5 operations cut, by policy.

use crate::chart::ChartError;
use crate::chart::tradeoff::{self, Standing, Tradeoff, TradeoffPoint};
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY};
use crate::report::figures::phrases::{
    TRADEOFF_ABOUT, TRADEOFF_TITLE, TRADEOFF_TITLE_ALONE, TRADEOFF_X, TRADEOFF_Y,
};
use crate::report::figures::{ANY, Figure, PERCENT, Plan, Sketch, drawn};
use crate::report::words::Word;

pub(crate) const PLAN: Plan = Plan {
    name: "trade-off",
    file: "figures/trade-off.csv",
    columns: &[
        POLICY,
        Column("displaced", "%", "share of the cohort that is displaced"),
        Column("displaced_low", "%", "lower end of the interval"),
        Column("displaced_high", "%", "upper end of the interval"),
        Column(
            "cut",
            "operations",
            "class 4 and 5 operations without IC not done",
        ),
        Column("cut_low", "operations", "lower end of the interval"),
        Column("cut_high", "operations", "upper end of the interval"),
        Column("standing", "", "front, unclear or dominated"),
    ],
    draw,
};

const SHARE: &str = "displaced_share";
const CUT: &str = "operations_cut_class_45";

fn draw(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let policies = 0..sketch.evidence.analysis.frame().policies.len();
    let point = |policy| {
        Some(TradeoffPoint {
            policy: sketch.label(policy).to_owned(),
            x: drawn(&sketch.evidence.estimate(policy, SHARE), PERCENT)?,
            y: drawn(&sketch.evidence.estimate(policy, CUT), ANY)?,
            standing: Standing::Front,
        })
    };
    let points: Option<Vec<TradeoffPoint>> = policies.map(point).collect();
    let Some(mut points) = points else {
        return Ok(None);
    };
    let standings: Vec<Standing> = points.iter().map(|one| standing(one, &points)).collect();
    for (point, standing) in points.iter_mut().zip(standings) {
        point.standing = standing;
    }
    let rows = points
        .iter()
        .enumerate()
        .map(|(policy, one)| row(sketch, policy, one))
        .collect();
    let text = |phrase: crate::report::phrases::Phrase| phrase.text(sketch.language);
    let tradeoff = Tradeoff {
        words: sketch.words_of(title(sketch), text(TRADEOFF_ABOUT), Word::MonteCarloBars),
        x_title: text(TRADEOFF_X).to_owned(),
        y_title: text(TRADEOFF_Y).to_owned(),
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

fn title(sketch: &Sketch<'_>) -> String {
    let baseline = sketch.baseline();
    let other = sketch.evidence.least_displacing();
    let values = |key| {
        let pair = [baseline, other.unwrap_or(baseline)];
        sketch.values(pair.map(|policy| sketch.evidence.estimate(policy, key)))
    };
    let [[base_share, share], [base_cut, cut]] = [SHARE, CUT].map(values);
    let mut gaps = vec![
        ("baseline", sketch.label(baseline)),
        ("base_share", base_share.as_str()),
        ("base_cut", base_cut.as_str()),
    ];
    let Some(other) = other else {
        return TRADEOFF_TITLE_ALONE.say(sketch.language, &gaps);
    };
    gaps.extend([
        ("other", sketch.label(other)),
        ("share", share.as_str()),
        ("cut", cut.as_str()),
    ]);
    TRADEOFF_TITLE.say(sketch.language, &gaps)
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
