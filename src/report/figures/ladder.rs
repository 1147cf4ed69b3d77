//! Ladder: the share of the cohort that is displaced under each policy, by ever stricter definitions,
//! and what became of everyone.

use crate::chart::ladder::{self, Ladder, LadderRow, Status, StatusFamily};
use crate::chart::{ChartError, Estimate as Drawn};
use crate::experiment::Measure;
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY};
use crate::report::figures::{Figure, PERCENT, Plan, Sketch, drawn};
use crate::report::words::{Word, decimals};
use crate::statistics::interval::Estimate;

pub(crate) const PLAN: Plan = Plan {
    name: "displacement-ladder",
    file: "figures/displacement-ladder.csv",
    columns: &[
        POLICY,
        Column(
            "bar",
            "",
            "estimand with an interval, or final status F1 to F9b as a share of the cohort",
        ),
        Column("percent", "%", "share of the cohort"),
        Column("low", "%", "lower end of the interval; empty for statuses"),
        Column("high", "%", "upper end of the interval; empty for statuses"),
    ],
    draw,
};

/// Estimands from the loosest definition to the strictest, with their names.
const RUNGS: [(&str, Word); 3] = [
    ("disrupted_share", Word::Disrupted),
    ("displaced_share", Word::Displaced),
    ("attributable_share", Word::Attributable),
];

/// Final statuses in the order of the bars.
const STATUSES: [(Measure, &str, Word, StatusFamily); 10] = [
    (
        Measure::OnTimeOwn,
        "F1",
        Word::OnTimeOwn,
        StatusFamily::OnTime,
    ),
    (
        Measure::OnTimeInRegion,
        "F2",
        Word::OnTimeInRegion,
        StatusFamily::OnTime,
    ),
    (
        Measure::OnTimeElsewhere,
        "F3",
        Word::OnTimeElsewhere,
        StatusFamily::OnTime,
    ),
    (Measure::LateOwn, "F4", Word::LateOwn, StatusFamily::Late),
    (
        Measure::LateElsewhere,
        "F5",
        Word::LateElsewhere,
        StatusFamily::Late,
    ),
    (
        Measure::UntreatedOverdue,
        "F9a",
        Word::UntreatedOverdue,
        StatusFamily::Late,
    ),
    (
        Measure::BecameAcute,
        "F6",
        Word::BecameAcute,
        StatusFamily::Lost,
    ),
    (
        Measure::DiedOrUnfit,
        "F7",
        Word::DiedOrUnfit,
        StatusFamily::Lost,
    ),
    (Measure::Withdrew, "F8", Word::Withdrew, StatusFamily::Lost),
    (
        Measure::UntreatedNotDue,
        "F9b",
        Word::UntreatedNotDue,
        StatusFamily::Open,
    ),
];

fn draw(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let policies = sketch.drawn_policies();
    let rows: Option<Vec<LadderRow>> = policies.iter().map(|policy| row(sketch, *policy)).collect();
    let Some(rows) = rows else { return Ok(None) };
    let table = policies
        .iter()
        .zip(&rows)
        .flat_map(|(policy, row)| cells(sketch, *policy, row))
        .collect();
    let share = sketch
        .evidence
        .estimate(sketch.baseline(), "displaced_share");
    let ladder = Ladder {
        words: sketch.words_of_some(title(sketch), Word::LadderAbout),
        rungs_title: sketch.say(Word::LadderRungs, &[]),
        rungs: RUNGS.map(|(_, word)| sketch.say(word, &[])).to_vec(),
        statuses_title: sketch.say(Word::LadderStatuses, &[]),
        statuses: STATUSES.map(|status| named(sketch, status)).to_vec(),
        decimals: decimals(&share),
        rows,
    };
    let svg = ladder::draw(&ladder, &sketch.theme)?;
    Ok(Some(Figure { svg, rows: table }))
}

/// The displaced share under the baseline, and under the policy that displaces least.
fn title(sketch: &Sketch<'_>) -> String {
    let evidence = sketch.evidence;
    let baseline = evidence.analysis.frame().baseline;
    let (word, other) = match evidence.least_displacing() {
        Some(other) => (Word::LadderTitle, other),
        None => (Word::LadderTitleAlone, baseline),
    };
    let both = [baseline, other].map(|policy| evidence.estimate(policy, "displaced_share"));
    let [share, other_share] = sketch.values(both);
    sketch.say(
        word,
        &[
            ("share", &share),
            ("baseline", sketch.label(baseline)),
            ("other_share", &other_share),
            ("other", sketch.label(other)),
        ],
    )
}

fn row(sketch: &Sketch<'_>, policy: usize) -> Option<LadderRow> {
    let evidence = sketch.evidence;
    let rung = |(key, _): &(&str, Word)| {
        let estimate: Estimate = evidence.estimate(policy, key);
        drawn(&estimate, PERCENT)
    };
    let rungs: Option<Vec<Drawn>> = RUNGS.iter().map(rung).collect();
    let cohort = evidence.analysis.measure(policy, Measure::Cohort).sum();
    let share = |measure| {
        let patients = evidence.analysis.measure(policy, measure).sum();
        100.0 * patients as f64 / cohort as f64
    };
    (cohort > 0).then_some(LadderRow {
        policy: sketch.label(policy).to_owned(),
        rungs: rungs?,
        shares: STATUSES.map(|(measure, ..)| share(measure)).to_vec(),
    })
}

fn cells(sketch: &Sketch<'_>, policy: usize, row: &LadderRow) -> Vec<Vec<Cell<'static>>> {
    let key = sketch.evidence.analysis.frame().policies[policy]
        .key
        .clone();
    let rungs = RUNGS.iter().zip(&row.rungs).map(|((name, _), rung)| {
        vec![
            key.clone().into(),
            (*name).into(),
            rung.value.into(),
            rung.low.into(),
            rung.high.into(),
        ]
    });
    let statuses = STATUSES
        .iter()
        .zip(&row.shares)
        .map(|((_, code, ..), share)| {
            vec![
                key.clone().into(),
                (*code).into(),
                (*share).into(),
                Cell::Empty,
                Cell::Empty,
            ]
        });
    rungs.chain(statuses).collect()
}

fn named(
    sketch: &Sketch<'_>,
    (_, code, word, family): (Measure, &str, Word, StatusFamily),
) -> Status {
    Status {
        label: format!("{code} {}", sketch.say(word, &[])),
        family,
    }
}
