//! Ladder: the share of the cohort that is displaced under each policy, by ever stricter definitions,
//! and what became of everyone.

use crate::chart::ladder::{self, Ladder, LadderRow, Status, StatusFamily};
use crate::chart::{ChartError, Estimate as Drawn};
use crate::experiment::Measure;
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY};
use crate::report::figures::{Figure, PERCENT, Plan, Sketch, drawn};
use crate::report::language::decimals;
use crate::report::phrase::Phrase;
use crate::statistics::interval::Estimate;

const LADDER_TITLE: Phrase = Phrase::new(
    "{share}\u{a0}% of critical patients who need the IC are displaced under “{baseline}”, {other_share}\u{a0}% under “{other}”",
    "{share}% van de kritieke patiënten die IC nodig hebben wordt verdrongen onder “{baseline}”, {other_share}% onder “{other}”",
);
const LADDER_TITLE_ALONE: Phrase = Phrase::new(
    "{share}\u{a0}% of critical patients who need the IC are displaced under “{baseline}”",
    "{share}% van de kritieke patiënten die IC nodig hebben wordt verdrongen onder “{baseline}”",
);
const LADDER_ABOUT: Phrase = Phrase::new(
    "IC-dependent class 3 patients indicated in the window, percent",
    "IC-afhankelijke patiënten van klasse 3, geïndiceerd in het venster, procent",
);
const LADDER_RUNGS: Phrase =
    Phrase::new("Ever stricter definitions", "Steeds strengere definities");
const LADDER_STATUSES: Phrase = Phrase::new("What became of everyone", "Hoe het iedereen verging");

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
const RUNGS: [(&str, Phrase); 3] = [
    (
        "disrupted_share",
        Phrase::new("date moved or cancelled", "datum verzet of afgezegd"),
    ),
    ("displaced_share", Phrase::new("displaced", "verdrongen")),
    (
        "attributable_share",
        Phrase::new("displaced because of the wave", "verdrongen door de golf"),
    ),
];

/// Final statuses in the order of the bars.
const STATUSES: [(Measure, &str, Phrase, StatusFamily); 10] = [
    (
        Measure::OnTimeOwn,
        "F1",
        Phrase::new("in time, own hospital", "op tijd, eigen ziekenhuis"),
        StatusFamily::OnTime,
    ),
    (
        Measure::OnTimeInRegion,
        "F2",
        Phrase::new("in time, in the region", "op tijd, in de regio"),
        StatusFamily::OnTime,
    ),
    (
        Measure::OnTimeElsewhere,
        "F3",
        Phrase::new("in time, elsewhere", "op tijd, elders"),
        StatusFamily::OnTime,
    ),
    (
        Measure::LateOwn,
        "F4",
        Phrase::new("late, own hospital", "te laat, eigen ziekenhuis"),
        StatusFamily::Late,
    ),
    (
        Measure::LateElsewhere,
        "F5",
        Phrase::new("late, elsewhere", "te laat, elders"),
        StatusFamily::Late,
    ),
    (
        Measure::UntreatedOverdue,
        "F9a",
        Phrase::new("overdue, untreated", "over de norm, niet behandeld"),
        StatusFamily::Late,
    ),
    (
        Measure::BecameAcute,
        "F6",
        Phrase::new("became acute", "acuut geworden"),
        StatusFamily::Lost,
    ),
    (
        Measure::DiedOrUnfit,
        "F7",
        Phrase::new("died or unfit", "overleden of niet meer fit"),
        StatusFamily::Lost,
    ),
    (
        Measure::Withdrew,
        "F8",
        Phrase::new("withdrew", "afgezien van operatie"),
        StatusFamily::Lost,
    ),
    (
        Measure::UntreatedNotDue,
        "F9b",
        Phrase::new("not yet due", "nog niet aan de beurt"),
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
        words: sketch.words_of_some(title(sketch), LADDER_ABOUT),
        rungs_title: sketch.say(LADDER_RUNGS, &[]),
        rungs: RUNGS.map(|(_, word)| sketch.say(word, &[])).to_vec(),
        statuses_title: sketch.say(LADDER_STATUSES, &[]),
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
        Some(other) => (LADDER_TITLE, other),
        None => (LADDER_TITLE_ALONE, baseline),
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
    let rung = |(key, _): &(&str, Phrase)| {
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
    (_, code, word, family): (Measure, &str, Phrase, StatusFamily),
) -> Status {
    Status {
        label: format!("{code} {}", sketch.say(word, &[])),
        family,
    }
}
