//! The beliefs about the figures of a region, scaled by the same factors as the figures.

use super::scaled::Scaled;
use super::shares::Shares;
use crate::model::parameter_sets::ParameterSets;
use crate::scenario::shape::{Bounds, Lognormal, Triangle, UncertainFigure};
use crate::scenario::{Scenario, path_steps, quoted};

/// Figures that a region does not have, or has otherwise.
const REPLACED: [&str; 5] = [
    "covid.spread.size_sd_log",
    "covid.spread.regional_sd_log",
    "covid.spread.regional_rho",
    "planned.slot_slack_share",
    "planned.slot_slack_spread",
];

/// Uncertain figures and levers of the country's scenario, as the region has them.
#[derive(Debug)]
pub(super) struct Beliefs<'a> {
    country: &'a Scenario,
    scaled: &'a [Scaled],
    shares: &'a Shares,
    /// Paths of those that the region does not have.
    pub(super) left_out: Vec<&'a str>,
}

/// What becomes of a figure.
enum Fate<'a> {
    Kept,
    Scaled(&'a Scaled, f64),
    LeftOut,
}

impl<'a> Beliefs<'a> {
    pub(super) fn new(country: &'a Scenario, scaled: &'a [Scaled], shares: &'a Shares) -> Self {
        let mut beliefs = Self {
            country,
            scaled,
            shares,
            left_out: Vec::new(),
        };
        let paths = country
            .file
            .uncertainty
            .iter()
            .flatten()
            .map(|(path, _)| path);
        let paths = paths.chain(country.file.sweep.iter().flatten().map(|(path, _)| path));
        beliefs.left_out = paths
            .filter(|path| matches!(beliefs.fate(path), Fate::LeftOut))
            .map(String::as_str)
            .collect();
        beliefs
    }

    fn fate(&self, path: &str) -> Fate<'a> {
        let steps: Vec<&str> = path_steps(path).collect();
        let is_replaced = REPLACED
            .iter()
            .any(|one| path_steps(one).eq(steps.iter().copied()));
        if is_replaced || steps[0] == "region" || self.is_of_absent_stream(&steps) {
            return Fate::LeftOut;
        }
        if let Some((one, factor)) = self
            .scaled
            .iter()
            .find_map(|one| Some((one, one.factor_of(path)?)))
        {
            return Fate::Scaled(one, factor);
        }
        // Several figures at once, which have factors of their own.
        if self.scaled.iter().any(|one| is_among(&steps, &one.path)) {
            return Fate::LeftOut;
        }
        Fate::Kept
    }

    /// Whether a path is that of a stream that the region does not have, or of how hospitals differ in it;
    /// streams by their position are another one here.
    fn is_of_absent_stream(&self, steps: &[&str]) -> bool {
        let ["planned", "stream", key, rest @ ..] = steps else {
            return false;
        };
        let streams = self
            .country
            .file
            .planned
            .stream
            .iter()
            .zip(&self.shares.streams);
        let mut here = streams.filter(|(_, share)| **share > 0.0);
        let is_here = *key == "*" || here.any(|(stream, _)| stream.key == *key);
        !is_here || rest == ["or_time_spread"]
    }

    /// The overrides that put the figures and levers of the region in place of those of the country.
    pub(super) fn settings(&self) -> Vec<String> {
        let file = &self.country.file;
        let beliefs = file.uncertainty.iter().flatten();
        let beliefs = beliefs.filter_map(|(path, figure)| {
            self.entry("uncertainty", path, |one, factor| {
                belief(figure, one, factor, &file.key)
            })
        });
        let levers = file.sweep.iter().flatten();
        let levers = levers.filter_map(|(path, values)| {
            self.entry("sweep", path, |one, factor| {
                let values = values.iter().map(|value| one.with(factor).text(&value.0));
                format!("[{}]", values.collect::<Vec<_>>().join(", "))
            })
        });
        let table = |name: &str, entries: Vec<String>| {
            let is_there = self.country.is_written(name);
            is_there.then(|| format!("{name}={{ {} }}", entries.join(", ")))
        };
        let tables = [
            table("uncertainty", beliefs.collect()),
            table("sweep", levers.collect()),
        ];
        tables.into_iter().flatten().collect()
    }

    /// An entry of a table that goes by paths; `None` where it is left out.
    fn entry(
        &self,
        table: &str,
        path: &str,
        scaled: impl Fn(&Scaled, f64) -> String,
    ) -> Option<String> {
        let text = match self.fate(path) {
            Fate::LeftOut => return None,
            Fate::Scaled(one, factor) => scaled(one, factor),
            Fate::Kept => self.country.text_at(&format!("{table}.\"{path}\""))?,
        };
        Some(format!("{} = {text}", quoted(path)))
    }

    /// Sets that fit the country, as they are for the region.
    pub(super) fn sets(&self, sets: &ParameterSets) -> ParameterSets {
        let kept: Vec<(usize, Option<(&Scaled, f64)>)> = (sets.paths.iter().enumerate())
            .filter_map(|(n, path)| match self.fate(path) {
                Fate::Kept => Some((n, None)),
                Fate::Scaled(one, factor) => Some((n, Some((one, factor)))),
                Fate::LeftOut => None,
            })
            .collect();
        let of = |values: &Vec<f64>| -> Vec<f64> {
            let value = |(n, scaled): &(usize, Option<(&Scaled, f64)>)| {
                scaled.map_or(values[*n], |(one, factor)| one.number(values[*n], factor))
            };
            kept.iter().map(value).collect()
        };
        ParameterSets {
            paths: kept.iter().map(|(n, _)| sets.paths[*n].clone()).collect(),
            center: of(&sets.center),
            sets: sets.sets.iter().map(of).collect(),
        }
    }
}

/// Whether a path with `*` for all elements of a list means the one at `path` too.
fn is_among(steps: &[&str], path: &str) -> bool {
    let mut own = path_steps(path);
    steps.contains(&"*")
        && steps
            .iter()
            .all(|step| own.next().is_none_or(|own| *step == "*" || *step == own))
}

/// A belief that was scaled, as a table.
fn belief(figure: &UncertainFigure, one: &Scaled, factor: f64, country: &str) -> String {
    let x = |number: f64| one.number(number, factor);
    let of = match figure {
        UncertainFigure {
            uniform: Some(Bounds { low, high }),
            ..
        } => {
            format!("uniform = {{ low = {}, high = {} }}", x(*low), x(*high))
        }
        UncertainFigure {
            triangular: Some(Triangle { low, mode, high }),
            ..
        } => {
            format!(
                "triangular = {{ low = {}, mode = {}, high = {} }}",
                x(*low),
                x(*mode),
                x(*high)
            )
        }
        UncertainFigure {
            lognormal: Some(Lognormal { median, sd_log }),
            ..
        } => {
            format!(
                "lognormal = {{ median = {}, sd_log = {sd_log} }}",
                x(*median)
            )
        }
        UncertainFigure { values, .. } => {
            let mut values: Vec<f64> = values.iter().flatten().map(|value| x(*value)).collect();
            values.dedup();
            format!("values = {values:?}")
        }
    };
    format!(
        "{{ {of}, source = {} }}",
        quoted(&one.with(factor).cited(country))
    )
}
