//! Ladder: the share of the cohort that is displaced under each policy, by ever stricter definitions,
//! and what became of everyone.

use crate::chart::ChartError;
use crate::chart::ladder::{self, Ladder, LadderRow, Status, StatusFamily};
use crate::experiment::Measure;
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY};
use crate::report::figures::figure::{Drawing, Figure, FigureKind, Row, row};
use crate::report::figures::reasons::{NO_PATIENTS, TOO_FEW};
use crate::report::figures::sketch::{PERCENT, Sketch, drawn};
use crate::report::language::decimals;
use crate::report::phrase::Phrase;

pub(crate) const FIGURE: FigureKind = FigureKind {
    name: "displacement-ladder",
    heading: Phrase::new("What becomes of patients", "Wat er met patiënten gebeurt"),
    file: "figures/displacement-ladder.csv",
    columns: &[&[
        POLICY,
        Column(
            "bar",
            "",
            "estimand with an interval, or final status F1 to F9b as a share of the cohort",
        ),
        Column("percent", "%", "share of the cohort"),
        Column("low", "%", "lower end of the interval; empty for statuses"),
        Column("high", "%", "upper end of the interval; empty for statuses"),
    ]],
    draw,
};

const TITLE: Phrase = Phrase::new(
    "{share}% of urgent planned operations come too late under “{baseline}”, {other_share}% under “{other}”",
    "{share}% van de kritiek planbare operaties komt te laat onder “{baseline}”, {other_share}% onder “{other}”",
);
const TITLE_ALONE: Phrase = Phrase::new(
    "{share}% of urgent planned operations come too late under “{baseline}”",
    "{share}% van de kritiek planbare operaties komt te laat onder “{baseline}”",
);
const ABOUT: Phrase = Phrase::new(
    "Class {c3} patients who need the ICU, percent",
    "Patiënten van klasse {c3} die de IC nodig hebben, percentage",
);
const RUNGS_TITLE: Phrase = Phrase::new(
    "Increasingly strict definitions",
    "Steeds strengere definities",
);
const STATUSES_TITLE: Phrase = Phrase::new(
    "What became of all patients",
    "Wat er met alle patiënten gebeurde",
);

/// Estimands from the loosest definition to the strictest, with their names.
const RUNGS: [(&str, Phrase); 3] = [
    (
        "disrupted_share",
        Phrase::new("date moved or cancelled", "datum verplaatst of afgezegd"),
    ),
    ("displaced_share", Phrase::new("too late", "te laat")),
    (
        "attributable_share",
        Phrase::new("too late because of the wave", "te laat door de golf"),
    ),
];

/// A final status: its code, measure, name and color.
struct FinalStatus(&'static str, Measure, Phrase, StatusFamily);

/// Final statuses in the order of the bars.
const STATUSES: [FinalStatus; 10] = {
    use StatusFamily::{Late, Lost, OnTime, Open};
    [
        FinalStatus(
            "F1",
            Measure::OnTimeOwn,
            Phrase::new("in time, own hospital", "op tijd, eigen ziekenhuis"),
            OnTime,
        ),
        FinalStatus(
            "F2",
            Measure::OnTimeInRegion,
            Phrase::new("in time, in the {area}", "op tijd, in de {area}"),
            OnTime,
        ),
        FinalStatus(
            "F3",
            Measure::OnTimeElsewhere,
            Phrase::new("in time, elsewhere", "op tijd, elders"),
            OnTime,
        ),
        FinalStatus(
            "F4",
            Measure::LateOwn,
            Phrase::new("late, own hospital", "te laat, eigen ziekenhuis"),
            Late,
        ),
        FinalStatus(
            "F5",
            Measure::LateElsewhere,
            Phrase::new("late, elsewhere", "te laat, elders"),
            Late,
        ),
        FinalStatus(
            "F9a",
            Measure::UntreatedOverdue,
            Phrase::new("overdue, untreated", "over de norm, niet behandeld"),
            Late,
        ),
        FinalStatus(
            "F6",
            Measure::BecameAcute,
            Phrase::new("became acute", "acuut geworden"),
            Lost,
        ),
        FinalStatus(
            "F7",
            Measure::DiedOrUnfit,
            Phrase::new("died or too ill", "overleden of te ziek"),
            Lost,
        ),
        FinalStatus(
            "F8",
            Measure::Withdrew,
            Phrase::new("withdrew", "afgezien van operatie"),
            Lost,
        ),
        FinalStatus(
            "F9b",
            Measure::UntreatedNotDue,
            Phrase::new("not yet due", "nog niet aan de beurt"),
            Open,
        ),
    ]
};

fn draw(sketch: &Sketch<'_>) -> Result<Drawing, ChartError> {
    if !sketch.evidence.has_patients() {
        return Ok(Err(NO_PATIENTS));
    }
    let policies = sketch.drawn_policies();
    let drawn: Option<Vec<LadderRow>> =
        policies.iter().map(|policy| row(sketch, *policy)).collect();
    let Some(drawn) = drawn else {
        return Ok(Err(TOO_FEW));
    };
    let rows = policies
        .iter()
        .zip(&drawn)
        .flat_map(|(policy, row)| rows(sketch, *policy, row))
        .collect();
    let share = sketch
        .evidence
        .estimate(sketch.baseline(), "displaced_share");
    let status = |FinalStatus(code, _, name, family): &FinalStatus| Status {
        label: format!("{code} {}", sketch.text(*name)),
        family: *family,
    };
    let ladder = Ladder {
        words: sketch.words_of_rows(title(sketch), sketch.text(ABOUT)),
        rungs_title: sketch.text(RUNGS_TITLE),
        rungs: RUNGS.map(|(_, name)| sketch.text(name)).to_vec(),
        statuses_title: sketch.text(STATUSES_TITLE),
        statuses: STATUSES.iter().map(status).collect(),
        decimals: decimals(&share),
        rows: drawn,
    };
    let svg = ladder::draw(&ladder, sketch.theme())?;
    Ok(Ok(Figure { svg, rows }))
}

/// The displaced share under the baseline, and under the policy that displaces least.
fn title(sketch: &Sketch<'_>) -> String {
    let baseline = sketch.baseline();
    let (phrase, other) = match sketch.other() {
        Some(other) => (TITLE, other),
        None => (TITLE_ALONE, baseline),
    };
    let share = |policy| sketch.evidence.estimate(policy, "displaced_share");
    let [share, other_share] = sketch.values([baseline, other].map(share));
    let gaps = [
        ("share", share.as_str()),
        ("baseline", sketch.label(baseline)),
        ("other_share", &other_share),
        ("other", sketch.label(other)),
    ];
    sketch.say(phrase, &gaps)
}

fn row(sketch: &Sketch<'_>, policy: usize) -> Option<LadderRow> {
    let rung = |(key, _): &(&str, Phrase)| drawn(&sketch.evidence.estimate(policy, key), PERCENT);
    let patients = |measure| sketch.analysis().measure(policy, measure).sum();
    let cohort = patients(Measure::Cohort);
    let share = |status: &FinalStatus| 100.0 * patients(status.1) as f64 / cohort as f64;
    let rungs = RUNGS.iter().map(rung).collect::<Option<_>>()?;
    (cohort > 0).then(|| LadderRow {
        policy: sketch.label(policy).to_owned(),
        rungs,
        shares: STATUSES.iter().map(share).collect(),
    })
}

fn rows(sketch: &Sketch<'_>, policy: usize, row: &LadderRow) -> Vec<Row> {
    let key = sketch.key(policy);
    let rungs = RUNGS.iter().zip(&row.rungs);
    let rungs =
        rungs.map(|((name, _), rung)| row![key.clone(), *name, rung.value, rung.low, rung.high]);
    let statuses = STATUSES.iter().zip(&row.shares);
    let statuses = statuses
        .map(|(status, share)| row![key.clone(), status.0, *share, Cell::Empty, Cell::Empty]);
    rungs.chain(statuses).collect()
}
