//! Phase calendar: how likely each phase of the national plan is, week by week; under the baseline and
//! the policy that displaces least.

use crate::chart::ChartError;
use crate::chart::phases::{self, PhaseCalendar, PhasePanel};
use crate::experiment::analysis::Series;
use crate::policy::plan::LnazFase;
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY};
use crate::report::figures::phrases::{
    MEANS, PHASE, PHASES_ABOUT, PHASES_TITLE, PHASES_TITLE_FEW, PHASES_TITLE_OTHER,
};
use crate::report::figures::{Figure, Plan, Sketch};
use crate::report::likelihood::likelihood;
use crate::units::{DAYS_PER_WEEK, Day};

pub(crate) const PLAN: Plan = Plan {
    name: "phases",
    file: "figures/phases.csv",
    columns: &[
        POLICY,
        Column("week", "", "ISO week"),
        Column("phase", "", "phase of the national plan"),
        Column(
            "percent",
            "%",
            "share of the week's days in the phase, over worlds",
        ),
    ],
    draw,
};

fn draw(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let policies = sketch.shown();
    let panels: Vec<PhasePanel> = policies
        .iter()
        .map(|&policy| panel(sketch, policy))
        .collect();
    let pairs = policies.iter().zip(&panels);
    let rows = pairs
        .flat_map(|(&policy, panel)| cells(sketch, policy, panel))
        .collect();
    let name = |phase: LnazFase| sketch.say(PHASE, &[("phase", phase.name())]);
    let calendar = PhaseCalendar {
        words: sketch.framed(title(sketch), PHASES_ABOUT, MEANS),
        weeks: sketch.weeks(),
        phases: LnazFase::ALL.map(name).to_vec(),
        panels,
    };
    let svg = phases::draw(&calendar, &sketch.theme)?;
    Ok(Some(Figure { svg, rows }))
}

/// How often phase 3 is reached.
fn title(sketch: &Sketch<'_>) -> String {
    let baseline = sketch.baseline();
    let ever = |policy| sketch.evidence.estimate(policy, "phase_3_ever").value;
    let of_100 = |policy| sketch.language.number(ever(policy), 0);
    let word = likelihood(ever(baseline) / 100.0).text(sketch.language);
    let gaps = [("baseline", sketch.label(baseline)), ("likelihood", word)];
    let n = of_100(baseline);
    if !sketch.evidence.can_say_how_likely() {
        return sketch.say(PHASES_TITLE_FEW, &[gaps[0], ("n", &n)]);
    }
    match sketch.evidence.least_displacing() {
        Some(other) if of_100(other) != n => {
            let (m, label) = (of_100(other), sketch.label(other));
            let more = [gaps[0], ("n", &n), ("m", &m), ("other", label)];
            sketch.say(PHASES_TITLE_OTHER, &more)
        }
        _ => sketch.say(PHASES_TITLE, &[gaps[0], gaps[1], ("n", &n)]),
    }
}

fn panel(sketch: &Sketch<'_>, policy: usize) -> PhasePanel {
    let weeks = sketch.evidence.analysis.frame().window_weeks();
    PhasePanel {
        title: sketch.label(policy).to_owned(),
        shares: weeks.map(|week| shares(sketch, policy, week)).collect(),
    }
}

/// Percentage of the days of a week, over all worlds, in each phase.
fn shares(sketch: &Sketch<'_>, policy: usize, week: usize) -> Vec<f64> {
    let analysis = &sketch.evidence.analysis;
    let first = week * usize::from(DAYS_PER_WEEK);
    let days =
        (first..first + usize::from(DAYS_PER_WEEK)).filter_map(|day| u16::try_from(day).ok());
    let inside = days
        .map(Day)
        .filter(|day| *day < analysis.frame().study().end());
    let mut counts = [0_u64; LnazFase::ALL.len()];
    for (phase, n) in inside.flat_map(|day| analysis.day(policy, day, Series::Phase).iter()) {
        let phase = usize::try_from(phase).unwrap_or_default();
        counts[phase.min(LnazFase::ALL.len() - 1)] += n;
    }
    let all = counts.iter().sum::<u64>().max(1) as f64;
    counts.map(|n| 100.0 * n as f64 / all).to_vec()
}

fn cells(sketch: &Sketch<'_>, policy: usize, panel: &PhasePanel) -> Vec<Vec<Cell<'static>>> {
    let frame = sketch.evidence.analysis.frame();
    let weeks = frame.window_weeks().zip(&panel.shares);
    weeks
        .flat_map(|(week, shares)| {
            let row = move |(phase, share): (LnazFase, &f64)| {
                vec![
                    frame.policies[policy].key.clone().into(),
                    frame.study().week_label(week).into(),
                    phase.name().into(),
                    (*share).into(),
                ]
            };
            LnazFase::ALL.into_iter().zip(shares).map(row)
        })
        .collect()
}
