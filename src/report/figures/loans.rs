//! Loans of clinic staff: which gate stops the rounds, and how many workers are left after each step.

use crate::chart::funnel::{self, Funnel, FunnelPanel};
use crate::chart::waterfall::{self, Waterfall, WaterfallPanel};
use crate::chart::{ChartError, Estimate as Drawn};
use crate::experiment::Measure;
use crate::report::answer::{GATE_ABOUT, GATE_OPEN, GATES};
use crate::report::column::{Column, HIGH, LOW, POLICY};
use crate::report::figures::figure::{Drawing, Figure, FigureKind, row};
use crate::report::figures::reasons::{NO_LOANS, TOO_FEW};
use crate::report::figures::sketch::{COUNT, MEANS, MONTE_CARLO_BARS, Sketch, cells, drawn};
use crate::report::language::decimals;
use crate::report::phrase::Phrase;
use crate::statistics::interval::Estimate;
use crate::statistics::mean::mean;

pub(crate) const GATE: FigureKind = FigureKind {
    name: "loan-gate",
    heading: Phrase::new("What stops loans", "Wat uitleen tegenhoudt"),
    file: "figures/loan-gate.csv",
    columns: &[&[
        POLICY,
        Column(
            "gate",
            "",
            "machine name of what stopped the round, or of the open gate",
        ),
        Column(
            "rounds",
            "rounds",
            "loan rounds of regions, mean over worlds",
        ),
    ]],
    draw: draw_gate,
};

pub(crate) const FUNNEL: FigureKind = FigureKind {
    name: "loan-funnel",
    heading: Phrase::new(
        "Clinic staff, step by step",
        "Kliniekpersoneel, stap voor stap",
    ),
    file: "figures/loan-funnel.csv",
    columns: &[&[
        POLICY,
        Column("step", "", "machine name of the step"),
        Column(
            "workers",
            "workers",
            "clinic workers left after the step, mean over worlds",
        ),
        LOW,
        HIGH,
    ]],
    draw: draw_funnel,
};

const GATE_TITLE: Phrase = Phrase::new(
    "Staff can be lent in {open} of {whole} rounds a {season} under “{policy}”; what blocks it most: {gate}",
    "In {open} van de {whole} rondes per {season} is uitleen mogelijk onder “{policy}”; vaakst in de weg: {gate}",
);
const ROUNDS: Phrase = Phrase::new("loan rounds", "uitleenrondes");
const FUNNEL_TITLE: Phrase = Phrase::new(
    "Of {whole} clinic workers, {used} work in a hospital on average under “{policy}”",
    "Van de {whole} kliniekmedewerkers werken er gemiddeld {used} in een ziekenhuis onder “{policy}”",
);
const FUNNEL_ABOUT: Phrase = Phrase::new(
    "Clinic workers left after each step, mean per {season}",
    "Kliniekmedewerkers die na elke stap overblijven, gemiddeld per {season}",
);
/// The steps, in the order in which they are taken.
const STEPS: [(Measure, Phrase); 7] = [
    (
        Measure::Workers,
        Phrase::new("workers of clinics", "medewerkers van klinieken"),
    ),
    (Measure::Asked, Phrase::new("asked", "gevraagd")),
    (Measure::Willing, Phrase::new("willing", "bereid")),
    (Measure::Competent, Phrase::new("competent", "bekwaam")),
    (Measure::InRange, Phrase::new("in range", "binnen bereik")),
    (Measure::Inducted, Phrase::new("inducted", "ingewerkt")),
    (Measure::Used, Phrase::new("used", "ingezet")),
];

/// The first policy that knows loans, and the one that uses most people.
fn shown(sketch: &Sketch<'_>) -> Vec<usize> {
    sketch.answer().lending()
}

fn each(sketch: &Sketch<'_>, policy: usize, measure: Measure) -> Estimate {
    let analysis = sketch.analysis();
    mean(analysis.measure(policy, measure), analysis.confidence())
}

/// Decimals of a number of rounds or workers; none where the worlds do not differ.
fn digits(estimate: &Estimate) -> usize {
    if estimate.reach() > 0.0 {
        decimals(estimate)
    } else {
        0
    }
}

/// Loan rounds under a policy, by what became of them.
struct Rounds {
    stopped: [f64; 6],
    open: f64,
}

impl Rounds {
    fn of(sketch: &Sketch<'_>, policy: usize) -> Self {
        let rounds = |measure| sketch.analysis().measure(policy, measure).mean();
        Self {
            stopped: GATES.map(|(measure, _)| rounds(measure)),
            open: rounds(Measure::GateOpen),
        }
    }

    fn all(&self) -> f64 {
        self.stopped.iter().sum::<f64>() + self.open
    }
}

fn draw_gate(sketch: &Sketch<'_>) -> Result<Drawing, ChartError> {
    let rounds = |policy: &usize| Rounds::of(sketch, *policy);
    let has_rounds = |policy: &usize| rounds(policy).all() > 0.0;
    let mut policies = shown(sketch);
    policies.retain(has_rounds);
    let Some(&first) = policies.first() else {
        return Ok(Err(NO_LOANS));
    };
    let panel = |policy: &usize| {
        let Rounds { stopped, open } = rounds(policy);
        WaterfallPanel {
            title: sketch.label(*policy).to_owned(),
            stopped: stopped.to_vec(),
            passed: open,
        }
    };
    let open = each(sketch, first, Measure::GateOpen);
    let decimals = digits(&open);
    let title = gate_title(sketch, first, &sketch.number(open.value, decimals));
    let waterfall = Waterfall {
        words: sketch.words(title, sketch.text(GATE_ABOUT), MEANS),
        whole: sketch.text(ROUNDS),
        gates: GATES.map(|(_, name)| sketch.text(name)).to_vec(),
        passed: sketch.text(GATE_OPEN),
        decimals,
        panels: policies.iter().map(panel).collect(),
    };
    let mut rows = Vec::new();
    for policy in (0..sketch.frame().policies.len()).filter(has_rounds) {
        let Rounds { stopped, open } = rounds(&policy);
        let gates = GATES.iter().map(|(measure, _)| *measure).zip(stopped);
        for (measure, value) in gates.chain([(Measure::GateOpen, open)]) {
            rows.push(row![sketch.key(policy), measure.key(), value]);
        }
    }
    let svg = waterfall::draw(&waterfall, sketch.theme())?;
    Ok(Ok(Figure { svg, rows }))
}

fn gate_title(sketch: &Sketch<'_>, policy: usize, open: &str) -> String {
    let rounds = Rounds::of(sketch, policy);
    let stopped = rounds.stopped;
    // The first of equals.
    let gates = (0..stopped.len()).rev();
    let most = gates.max_by(|a, b| stopped[*a].total_cmp(&stopped[*b]));
    let gaps = [
        ("open", open),
        ("whole", &sketch.number(rounds.all(), 0)),
        ("policy", sketch.label(policy)),
        ("gate", &sketch.text(GATES[most.unwrap_or(0)].1)),
    ];
    sketch.say(GATE_TITLE, &gaps)
}

fn draw_funnel(sketch: &Sketch<'_>) -> Result<Drawing, ChartError> {
    let policies = shown(sketch);
    let Some(&last) = policies.last() else {
        return Ok(Err(NO_LOANS));
    };
    let panel = |policy: &usize| {
        let mut left = left(sketch, *policy)?;
        // After the first step that leaves nobody there is nothing to see.
        let leaves = left.iter().take_while(|step| step.value > 0.0);
        left.truncate(1 + leaves.count());
        Some(FunnelPanel {
            title: sketch.label(*policy).to_owned(),
            left,
        })
    };
    let panels: Option<Vec<FunnelPanel>> = policies.iter().map(panel).collect();
    let Some(panels) = panels else {
        return Ok(Err(TOO_FEW));
    };
    let used = each(sketch, last, Measure::Used);
    let whole = each(sketch, last, Measure::Workers);
    let gaps = [
        ("used", &*sketch.number(used.value, digits(&used))),
        ("whole", &sketch.number(whole.value, 0)),
        ("policy", sketch.label(last)),
    ];
    let title = sketch.say(FUNNEL_TITLE, &gaps);
    let funnel = Funnel {
        words: sketch.words(title, sketch.text(FUNNEL_ABOUT), MONTE_CARLO_BARS),
        steps: STEPS.map(|(_, name)| sketch.text(name)).to_vec(),
        decimals: digits(&used),
        panels,
    };
    let mut rows = Vec::new();
    for policy in 0..sketch.frame().policies.len() {
        let left = left(sketch, policy).unwrap_or_default();
        for ((measure, _), left) in STEPS.iter().zip(left) {
            let mut row = row![sketch.key(policy), measure.key()];
            row.extend(cells(&each(sketch, policy, *measure), left));
            rows.push(row);
        }
    }
    let svg = funnel::draw(&funnel, sketch.theme())?;
    Ok(Ok(Figure { svg, rows }))
}

/// Workers left after each step; `None` without intervals.
fn left(sketch: &Sketch<'_>, policy: usize) -> Option<Vec<Drawn>> {
    let steps = STEPS.iter();
    steps
        .map(|(measure, _)| drawn(&each(sketch, policy, *measure), COUNT))
        .collect()
}
