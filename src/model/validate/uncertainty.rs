//! Uncertain figures. Whether their extremes are in range is checked by designs, which build a model
//! for each; an ordinary run does not use them.

use crate::model::parameter_sets::ParameterSets;
use crate::model::uncertainty::{Belief, UncertainFigure};
use crate::model::validate::check::Checker;
use crate::random::Distribution;
use crate::scenario::shape::{self, ScenarioFile};

/// Most uncertain figures.
const MOST: usize = 64;
/// Most values of one figure.
const MOST_VALUES: usize = 1_000;

/// What the scenario says about uncertain figures, in the order of their paths.
pub(super) fn build(file: &ScenarioFile, check: &mut Checker<'_>) -> Vec<UncertainFigure> {
    let figures = file.uncertainty.iter().flatten();
    check.at_most("uncertainty", figures.clone().count(), MOST);
    figures
        .take(MOST)
        .filter_map(|(path, figure)| {
            let belief = belief(path, figure, check)?;
            Some(UncertainFigure {
                path: path.clone(),
                belief,
            })
        })
        .collect()
}

/// The sets of figures that fit a record, which must be among the uncertain ones; none where nothing is
/// uncertain.
pub(super) fn posterior(file: &ScenarioFile, check: &mut Checker<'_>) -> Option<ParameterSets> {
    const PLACE: &str = "posterior.sets";
    let beliefs = file
        .uncertainty
        .as_ref()
        .filter(|beliefs| !beliefs.is_empty())?;
    let sets = match ParameterSets::parse(&file.posterior.as_ref()?.sets) {
        Ok(sets) => sets,
        Err(mistakes) => {
            for mistake in mistakes {
                check.fail(PLACE, &mistake, None);
            }
            return None;
        }
    };
    for path in &sets.paths {
        if !beliefs.contains_key(path) {
            let message = format!("[uncertainty] holds no belief about {path:?}");
            check.fail(PLACE, &message, None);
        }
    }
    Some(sets)
}

/// The place of a figure in the scenario.
pub(crate) fn place(path: &str) -> String {
    format!("uncertainty.\"{path}\"")
}

fn belief(path: &str, figure: &shape::UncertainFigure, check: &mut Checker<'_>) -> Option<Belief> {
    let given = [
        figure
            .uniform
            .map(|b| Belief::Bounded(Distribution::uniform(b.low, b.high))),
        figure
            .triangular
            .map(|t| Belief::Bounded(Distribution::triangular(t.low, t.mode, t.high))),
        figure
            .lognormal
            .map(|l| Belief::CutOff(Distribution::log_normal(l.median, l.sd_log))),
        figure.values.clone().map(Belief::Values),
    ];
    let given: Vec<Belief> = given.into_iter().flatten().collect();
    if given.len() != 1 {
        let allowed = "uniform, triangular, lognormal or values".to_owned();
        check.fail(&place(path), "a figure has one distribution", Some(allowed));
        return None;
    }
    given
        .into_iter()
        .next()
        .filter(|belief| is_sound(path, belief, check))
}

fn is_sound(path: &str, belief: &Belief, check: &mut Checker<'_>) -> bool {
    let wrong = match belief {
        Belief::Bounded(distribution) | Belief::CutOff(distribution) => {
            distribution.validate().err().map(|error| error.to_string())
        }
        Belief::Values(values) if values.is_empty() => Some("there are no values".to_owned()),
        Belief::Values(values) if values.len() > MOST_VALUES => {
            Some(format!("more than {MOST_VALUES} values"))
        }
        Belief::Values(values) => values
            .windows(2)
            .any(|pair| pair[0] >= pair[1])
            .then(|| "values must rise".to_owned()),
    };
    if let Some(message) = &wrong {
        check.fail(&place(path), message, None);
    }
    wrong.is_none()
}
