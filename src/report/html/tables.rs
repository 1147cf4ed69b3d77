//! Tables of all estimands and all differences, which sort and filter.

use crate::experiment::activation::Activation;
use crate::experiment::estimand::ESTIMANDS;
use crate::report::brief::phrases::POLICY;
use crate::report::conclusion::IDENTICAL;
use crate::report::html::Part;
use crate::report::html::markup::{Field, Markup, Sortable};
use crate::report::html::names;
use crate::report::html::phrases as say;
use crate::report::language::decimals;
use crate::statistics::interval::{Estimate, Status};

pub(super) fn write(part: &Part<'_>, body: &mut Markup) {
    body.heading(say::TABLES.text(part.language));
    body.paragraph(say::TABLES_TEXT.text(part.language));
    write_estimates(part, body);
    write_differences(part, body);
    write_activations(part, body);
}

fn write_estimates(part: &Part<'_>, body: &mut Markup) {
    let language = part.language;
    let policies = &part.evidence.analysis.frame().policies;
    let row = |policy: usize, estimand: usize| {
        let estimate = part.evidence.analysis.estimate(policy, estimand);
        let mut row = vec![Field::text(policies[policy].label.clone())];
        row.extend(named(part, estimand));
        row.extend(numbers(part, &estimate));
        row.push(Field::text(status(part, &estimate)));
        row
    };
    let all = (0..policies.len()).flat_map(|policy| (0..ESTIMANDS.len()).map(move |e| (policy, e)));
    let table = Sortable {
        id: format!("estimates-{}", language.code()),
        caption: say::ESTIMATES.text(language),
        on_paper: say::ESTIMATES_ON_PAPER.text(language),
        filter: say::FILTER.text(language),
        columns: columns(part, &[POLICY, say::QUANTITY, say::UNIT], say::STATUS),
        rows: all
            .map(|(policy, estimand)| row(policy, estimand))
            .collect(),
    };
    table.write(body);
}

fn write_differences(part: &Part<'_>, body: &mut Markup) {
    let language = part.language;
    let frame = part.evidence.analysis.frame();
    let others = (0..frame.policies.len()).filter(|policy| *policy != frame.baseline);
    let row = |policy: usize, estimand: usize| {
        let comparison = part.evidence.analysis.comparison(policy, estimand);
        let standing = if comparison.identical {
            IDENTICAL.text(language).to_owned()
        } else {
            status(part, &comparison.difference)
        };
        let mut row = vec![Field::text(frame.policies[policy].label.clone())];
        row.extend(named(part, estimand));
        row.extend(numbers(part, &comparison.difference));
        row.push(Field::text(standing));
        row
    };
    let all = others.flat_map(|policy| (0..ESTIMANDS.len()).map(move |e| (policy, e)));
    let table = Sortable {
        id: format!("differences-{}", language.code()),
        caption: say::DIFFERENCES.text(language),
        on_paper: say::DIFFERENCES_ON_PAPER.text(language),
        filter: say::FILTER.text(language),
        columns: columns(part, &[POLICY, say::QUANTITY, say::UNIT], say::STATUS),
        rows: all
            .map(|(policy, estimand)| row(policy, estimand))
            .collect(),
    };
    if !table.rows.is_empty() {
        table.write(body);
    }
}

/// How often triggers activate, the effect where they do, and the product.
fn write_activations(part: &Part<'_>, body: &mut Markup) {
    let language = part.language;
    let frame = part.evidence.analysis.frame();
    let others = (0..frame.policies.len()).filter(|policy| *policy != frame.baseline);
    let row = |policy: usize, found: &Activation| {
        let mut row = vec![
            Field::text(frame.policies[policy].label.clone()),
            Field::text(names::trigger(found.trigger.key).text(language)),
        ];
        for estimate in [&found.probability, &found.given, &found.product] {
            row.push(Field::number(
                language.with_interval(estimate),
                estimate.value,
            ));
        }
        row.push(Field::text(status(part, &found.given)));
        row
    };
    let text = |phrase: Phrase, is_number| (phrase.text(language), is_number);
    let rows: Vec<Vec<Field>> = others
        .flat_map(|policy| {
            part.evidence
                .analysis
                .activations(policy)
                .into_iter()
                .map(move |one| (policy, one))
        })
        .map(|(policy, found)| row(policy, &found))
        .collect();
    let table = Sortable {
        id: format!("activations-{}", language.code()),
        caption: say::ACTIVATIONS.text(language),
        on_paper: say::ACTIVATIONS_ON_PAPER.text(language),
        filter: say::FILTER.text(language),
        columns: vec![
            text(POLICY, false),
            text(say::TRIGGER, false),
            text(say::ACTIVE, true),
            text(say::EFFECT_GIVEN, true),
            text(say::PRODUCT, true),
            text(say::STATUS, false),
        ],
        rows,
    };
    if !table.rows.is_empty() {
        body.paragraph(say::ACTIVATIONS_TEXT.text(language));
        table.write(body);
    }
}

type Phrase = crate::report::phrase::Phrase;

/// Names, then value with both ends, then the standing.
fn columns(part: &Part<'_>, first: &[Phrase], last: Phrase) -> Vec<(&'static str, bool)> {
    let text = |phrase: &Phrase| (phrase.text(part.language), false);
    let mut columns: Vec<(&'static str, bool)> = first.iter().map(text).collect();
    columns.extend([say::VALUE, say::LOW, say::HIGH].map(|one| (one.text(part.language), true)));
    columns.push(text(&last));
    columns
}

/// Name and unit of an estimand.
fn named(part: &Part<'_>, estimand: usize) -> [Field; 2] {
    let row = &ESTIMANDS[estimand];
    let name = names::estimand(row.key).text(part.language);
    let unit = names::unit(row.unit).text(part.language);
    [Field::text(name), Field::text(unit)]
}

fn numbers(part: &Part<'_>, estimate: &Estimate) -> [Field; 3] {
    let number = |value: f64| {
        let text = if value.is_finite() {
            part.language.number(value, decimals(estimate))
        } else {
            "\u{2013}".to_owned()
        };
        Field::number(text, value)
    };
    let interval = estimate.published();
    [estimate.value, interval.low, interval.high].map(number)
}

fn status(part: &Part<'_>, estimate: &Estimate) -> String {
    let phrase = if !estimate.value.is_finite() {
        say::NOT_ESTIMABLE
    } else if matches!(estimate.status, Status::Insufficient { .. }) {
        say::INSUFFICIENT
    } else {
        return String::new();
    };
    phrase.text(part.language).to_owned()
}
