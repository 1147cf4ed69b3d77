//! Loans of clinic staff: which gate stops the rounds, and how many workers are left after each step.

use crate::chart::funnel::{self, Funnel, FunnelPanel};
use crate::chart::waterfall::{self, Waterfall, WaterfallPanel};
use crate::chart::{ChartError, Estimate as Drawn};
use crate::experiment::Measure;
use crate::report::cell::Cell;
use crate::report::column::{Column, HIGH, LOW, POLICY};
use crate::report::figures::MONTE_CARLO_BARS;
use crate::report::figures::phrases::{
    FUNNEL_ABOUT, FUNNEL_TITLE, GATE_ABOUT, GATE_OPEN, GATE_TITLE, GATES, MEANS, ROUNDS, STEPS,
};
use crate::report::figures::{ANY, Figure, Plan, Sketch, cells, drawn};
use crate::report::language::decimals;
use crate::report::phrase::Phrase;
use crate::statistics::interval::Estimate;
use crate::statistics::mean::mean;

pub(crate) const GATE: Plan = Plan {
    name: "loan-gate",
    file: "figures/loan-gate.csv",
    columns: &[
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
    ],
    draw: draw_gate,
};

pub(crate) const FUNNEL: Plan = Plan {
    name: "loan-funnel",
    file: "figures/loan-funnel.csv",
    columns: &[
        POLICY,
        Column("step", "", "machine name of the step"),
        Column(
            "workers",
            "workers",
            "clinic workers left after the step, mean over worlds",
        ),
        LOW,
        HIGH,
    ],
    draw: draw_funnel,
};

const GATE_MEASURES: [Measure; 6] = [
    Measure::GateTrigger,
    Measure::GateSignature,
    Measure::GateScaleDown,
    Measure::GateExchange,
    Measure::GateHire,
    Measure::GateNoBenefit,
];
const STEP_MEASURES: [Measure; 7] = [
    Measure::Workers,
    Measure::Asked,
    Measure::Willing,
    Measure::Competent,
    Measure::InRange,
    Measure::Inducted,
    Measure::Used,
];

/// The baseline, when it has loans, and the policy with the most of `measure`.
fn shown(sketch: &Sketch<'_>, measure: Measure, needed: Measure) -> Vec<usize> {
    let analysis = &sketch.evidence.analysis;
    let of = |policy: usize, measure| analysis.measure(policy, measure).sum();
    let baseline = sketch.baseline();
    let has = |policy: &usize| of(*policy, needed) > 0;
    let mut shown: Vec<usize> = [baseline].into_iter().filter(has).collect();
    let others = (0..analysis.frame().policies.len()).filter(|policy| *policy != baseline);
    // The first of equals, so that the order of the scenario decides.
    let most = others
        .filter(has)
        .rev()
        .max_by_key(|policy| of(*policy, measure));
    shown.extend(most);
    shown
}

fn each(sketch: &Sketch<'_>, policy: usize, measure: Measure) -> Estimate {
    let analysis = &sketch.evidence.analysis;
    mean(analysis.measure(policy, measure), analysis.confidence())
}

fn labels(sketch: &Sketch<'_>, phrases: &[Phrase]) -> Vec<String> {
    let text = |phrase: &Phrase| phrase.text(sketch.language).to_owned();
    phrases.iter().map(text).collect()
}

fn draw_gate(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let analysis = &sketch.evidence.analysis;
    let rounds = |policy, measure| analysis.measure(policy, measure).mean();
    let has_rounds = |policy: &usize| {
        let stopped = GATE_MEASURES.map(|measure| rounds(*policy, measure));
        stopped.iter().sum::<f64>() + rounds(*policy, Measure::GateOpen) > 0.0
    };
    let policies = shown(sketch, Measure::GateOpen, Measure::Workers);
    let policies: Vec<usize> = policies.into_iter().filter(has_rounds).collect();
    let Some(&last) = policies.last() else {
        return Ok(None);
    };
    let panel = |&policy: &usize| WaterfallPanel {
        title: sketch.label(policy).to_owned(),
        stopped: GATE_MEASURES
            .map(|measure| rounds(policy, measure))
            .to_vec(),
        passed: rounds(policy, Measure::GateOpen),
    };
    let open = each(sketch, last, Measure::GateOpen);
    let waterfall = Waterfall {
        words: sketch.framed(gate_title(sketch, last, &open), GATE_ABOUT, MEANS),
        whole: sketch.say(ROUNDS, &[]),
        gates: labels(sketch, &GATES),
        passed: sketch.say(GATE_OPEN, &[]),
        decimals: if open.reach() > 0.0 {
            decimals(&open)
        } else {
            0
        },
        panels: policies.iter().map(panel).collect(),
    };
    let all = GATE_MEASURES.into_iter().chain([Measure::GateOpen]);
    let row = |policy: usize, measure: Measure| {
        let key = analysis.frame().policies[policy].key.clone();
        let value = rounds(policy, measure);
        vec![key.into(), Cell::from(measure.key()), value.into()]
    };
    let listed = (0..analysis.frame().policies.len()).filter(has_rounds);
    let rows = listed.flat_map(|policy| all.clone().map(move |one| row(policy, one)));
    let svg = waterfall::draw(&waterfall, &sketch.theme)?;
    let rows = rows.collect();
    Ok(Some(Figure { svg, rows }))
}

fn gate_title(sketch: &Sketch<'_>, policy: usize, open: &Estimate) -> String {
    let rounds = |measure| sketch.evidence.analysis.measure(policy, measure).mean();
    let stopped = GATE_MEASURES.map(rounds);
    let whole = stopped.iter().sum::<f64>() + open.value;
    let most = (0..stopped.len())
        .rev()
        .max_by(|a, b| stopped[*a].total_cmp(&stopped[*b]));
    let gate = GATES[most.unwrap_or(0)].text(sketch.language);
    let open = if open.reach() > 0.0 {
        sketch.language.value(open)
    } else {
        sketch.language.number(open.value, 0)
    };
    let whole = sketch.language.number(whole, 0);
    let gaps = [
        ("open", open.as_str()),
        ("whole", &whole),
        ("policy", sketch.label(policy)),
        ("gate", gate),
    ];
    sketch.say(GATE_TITLE, &gaps)
}

fn draw_funnel(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let policies = shown(sketch, Measure::Used, Measure::Workers);
    let Some(&last) = policies.last() else {
        return Ok(None);
    };
    let panel = |&policy: &usize| {
        Some(FunnelPanel {
            title: sketch.label(policy).to_owned(),
            left: left(sketch, policy)?,
        })
    };
    let panels: Option<Vec<FunnelPanel>> = policies.iter().map(panel).collect();
    let Some(panels) = panels else {
        return Ok(None);
    };
    let used = each(sketch, last, Measure::Used);
    let whole = each(sketch, last, Measure::Workers);
    let (used_text, whole) = (
        sketch.language.value(&used),
        sketch.language.number(whole.value, 0),
    );
    let gaps = [
        ("used", used_text.as_str()),
        ("whole", &whole),
        ("policy", sketch.label(last)),
    ];
    let title = sketch.say(FUNNEL_TITLE, &gaps);
    let all = 0..sketch.evidence.analysis.frame().policies.len();
    let rows = all.filter_map(|policy| Some((policy, left(sketch, policy)?)));
    let rows = rows.flat_map(|(policy, left)| funnel_rows(sketch, policy, &left));
    let rows = rows.collect();
    let funnel = Funnel {
        words: sketch.words_of(title, FUNNEL_ABOUT.text(sketch.language), MONTE_CARLO_BARS),
        steps: labels(sketch, &STEPS),
        decimals: decimals(&used),
        panels,
    };
    let svg = funnel::draw(&funnel, &sketch.theme)?;
    Ok(Some(Figure { svg, rows }))
}

/// Workers left after each step; `None` without intervals.
fn left(sketch: &Sketch<'_>, policy: usize) -> Option<Vec<Drawn>> {
    let steps = STEP_MEASURES.iter();
    steps
        .map(|measure| drawn(&each(sketch, policy, *measure), (0.0, ANY.1)))
        .collect()
}

fn funnel_rows(sketch: &Sketch<'_>, policy: usize, left: &[Drawn]) -> Vec<Vec<Cell<'static>>> {
    let key = &sketch.evidence.analysis.frame().policies[policy].key;
    let row = |(measure, left): (&Measure, &Drawn)| {
        let numbers = cells(&each(sketch, policy, *measure), *left);
        let names = [key.clone().into(), Cell::from(measure.key())];
        names.into_iter().chain(numbers).collect()
    };
    STEP_MEASURES.iter().zip(left).map(row).collect()
}
