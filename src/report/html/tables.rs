//! Tables of all estimands and all differences, which sort and filter.

use maud::{Markup, html};

use crate::experiment::activation::Activation;
use crate::experiment::estimand::ESTIMANDS;
use crate::report::brief::phrases::POLICY;
use crate::report::html::part::Part;
use crate::report::html::phrases as say;
use crate::report::html::sortable::{Field, Sortable};
use crate::report::language::decimals;
use crate::report::names;
use crate::report::phrase::Phrase;
use crate::statistics::interval::{Estimate, Status};

/// Policy, name and unit of an estimand, value with both ends, and the standing.
const COLUMNS: [(Phrase, bool); 7] = [
    (POLICY, false),
    (say::QUANTITY, false),
    (say::UNIT, false),
    (say::VALUE, true),
    (say::LOW, true),
    (say::HIGH, true),
    (say::STATUS, false),
];

pub(super) fn markup(part: &Part<'_>) -> Markup {
    let frame = part.evidence.analysis.frame();
    let all: Vec<usize> = (0..frame.policies.len()).collect();
    let others: Vec<usize> = all
        .iter()
        .copied()
        .filter(|p| *p != frame.baseline)
        .collect();
    html! {
        (part.heading(say::TABLES))
        (part.paragraph(say::TABLES_TEXT))
        (estimates(part, &all))
        @if !others.is_empty() {
            (differences(part, &others))
            (part.paragraph(say::ACTIVATIONS_TEXT))
            (triggers(part, &others))
        }
    }
}

fn estimates(part: &Part<'_>, policies: &[usize]) -> Markup {
    let row = |policy: usize, estimand: usize| {
        let estimate = part.evidence.analysis.estimate(policy, estimand);
        row(part, (policy, estimand), &estimate, status(part, &estimate))
    };
    let table = Sortable {
        name: "estimates",
        caption: say::ESTIMATES,
        on_paper: say::ESTIMATES_ON_PAPER,
        columns: &COLUMNS,
        rows: each_estimand(policies, row),
    };
    table.markup(part)
}

fn differences(part: &Part<'_>, policies: &[usize]) -> Markup {
    let row = |policy: usize, estimand: usize| {
        let comparison = part.evidence.analysis.comparison(policy, estimand);
        let standing = if comparison.identical {
            part.say(say::IDENTICAL)
        } else {
            status(part, &comparison.difference)
        };
        row(part, (policy, estimand), &comparison.difference, standing)
    };
    let table = Sortable {
        name: "differences",
        caption: say::DIFFERENCES,
        on_paper: say::DIFFERENCES_ON_PAPER,
        columns: &COLUMNS,
        rows: each_estimand(policies, row),
    };
    table.markup(part)
}

/// How often triggers activate, the effect where they do, and the product.
fn triggers(part: &Part<'_>, policies: &[usize]) -> Markup {
    let row = |policy: usize, found: &Activation| {
        let mut row = vec![
            label(part, policy),
            Field::text(part.say(names::trigger(found.trigger.key))),
        ];
        for estimate in [&found.probability, &found.given, &found.product] {
            let text = part.wording.language.with_interval(estimate);
            row.push(Field::number(text, estimate.value));
        }
        row.push(Field::text(status(part, &found.given)));
        row
    };
    let rows = policies.iter().flat_map(|policy| {
        let found = part.evidence.analysis.activations(*policy);
        let rows: Vec<_> = found.iter().map(|one| row(*policy, one)).collect();
        rows
    });
    let table = Sortable {
        name: "activations",
        caption: say::ACTIVATIONS,
        on_paper: say::ACTIVATIONS_ON_PAPER,
        columns: &[
            (POLICY, false),
            (say::TRIGGER, false),
            (say::ACTIVE, true),
            (say::EFFECT_GIVEN, true),
            (say::PRODUCT, true),
            (say::STATUS, false),
        ],
        rows: rows.collect(),
    };
    table.markup(part)
}

fn each_estimand(policies: &[usize], row: impl Fn(usize, usize) -> Vec<Field>) -> Vec<Vec<Field>> {
    let all = policies
        .iter()
        .flat_map(|policy| (0..ESTIMANDS.len()).map(|estimand| (*policy, estimand)));
    all.map(|(policy, estimand)| row(policy, estimand))
        .collect()
}

/// The fields of [`COLUMNS`].
fn row(
    part: &Part<'_>,
    (policy, estimand): (usize, usize),
    estimate: &Estimate,
    standing: String,
) -> Vec<Field> {
    let number = |value: f64| {
        let text = if value.is_finite() {
            part.wording.language.number(value, decimals(estimate))
        } else {
            "\u{2013}".to_owned()
        };
        Field::number(text, value)
    };
    let interval = estimate.published();
    vec![
        label(part, policy),
        Field::text(part.say(names::estimand(ESTIMANDS[estimand].key))),
        Field::text(part.say(names::unit(ESTIMANDS[estimand].unit))),
        number(estimate.value),
        number(interval.low),
        number(interval.high),
        Field::text(standing),
    ]
}

fn label(part: &Part<'_>, policy: usize) -> Field {
    let policies = &part.evidence.analysis.frame().policies;
    Field::text(part.wording.language.name(&policies[policy].label))
}

fn status(part: &Part<'_>, estimate: &Estimate) -> String {
    if !estimate.value.is_finite() {
        part.say(say::NOT_ESTIMABLE)
    } else if matches!(estimate.status, Status::Insufficient { .. }) {
        part.say(say::INSUFFICIENT)
    } else {
        String::new()
    }
}
