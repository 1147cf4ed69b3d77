//! Figures of designs: an outcome along a lever, and how far each uncertain figure moves it.

use crate::chart::dose::{self, Dose};
use crate::chart::svg::Svg;
use crate::chart::tornado::{self, Tornado, TornadoRow};
use crate::chart::{ChartError, Words};
use crate::experiment::Analysis;
use crate::experiment::estimand::ESTIMANDS;
use crate::report::figures::sketch::{ANY, MEANS, Origin, drawn, theme};
use crate::report::language::{Language, decimals};
use crate::report::names;
use crate::report::phrase::Phrase;
use crate::report::wording::Wording;

const DOSE_TITLE: Phrase = Phrase::new(
    "{estimand}: {from} at {lever} = {low}, {to} at {high}, under “{policy}”",
    "{estimand}: {from} bij {lever} = {low}, {to} bij {high}, onder “{policy}”",
);
const DOSE_ABOUT: Phrase = Phrase::new(
    "{estimand}, {unit}, in the same {seasons} at every setting",
    "{estimand}, {unit}, in dezelfde {seasons} bij elke instelling",
);
const TORNADO_TITLE: Phrase = Phrase::new(
    "{estimand}, under “{policy}”: {input} moves it most, from {from} to {to}",
    "{estimand}, onder “{policy}”: {input} maakt het meeste uit, van {from} tot {to}",
);
const TORNADO_ABOUT: Phrase = Phrase::new(
    "{unit}; each input at the ends of its middle 90%, all others as in the scenario; the {n} of {all} that move it most",
    "{unit}; elke invoer aan de uiteinden van de middelste 90%, alle andere zoals in het scenario; de {n} van {all} die het meest uitmaken",
);
const BAND: Phrase = Phrase::new(
    "Band: {level}% interval of the simulation error",
    "Band: {level}%-interval van de simulatiefout",
);
const LOW_END: Phrase = Phrase::new("input at its low end", "invoer laag");
const HIGH_END: Phrase = Phrase::new("input at its high end", "invoer hoog");

/// Inputs that a tornado shows at most, those that move the outcome most.
const MOST_INPUTS: usize = 20;

/// What a design found about one estimand under one policy. The points of the design take the place of
/// policies in the analysis.
#[derive(Debug)]
pub struct Finding<'a> {
    /// The sums over worlds.
    pub analysis: &'a Analysis,
    /// Position of the estimand in the registry.
    pub estimand: usize,
    /// Name of the policy.
    pub policy: &'a str,
    /// Master seed of the worlds.
    pub seed: u64,
    /// Language of the figure.
    pub language: Language,
}

/// An input of a tornado: its name, and the points at which it is low and high.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ends {
    /// Name with both values.
    pub input: String,
    /// Position of the point at which it is low.
    pub low: usize,
    /// Position of the point at which it is high.
    pub high: usize,
}

impl Finding<'_> {
    /// The outcome along a lever, given by its name and unit; `settings` are its values, ascending, with their points.
    ///
    /// # Errors
    /// [`ChartError::TooFew`] with fewer than two settings or too few worlds for an interval,
    /// [`ChartError::Value`] when settings do not ascend.
    pub fn dose(
        &self,
        (lever, unit): (&str, &str),
        settings: &[(f64, usize)],
    ) -> Result<Svg, ChartError> {
        let response: Option<Vec<_>> = settings
            .iter()
            .map(|(_, point)| drawn(&self.analysis.estimate(*point, self.estimand), ANY))
            .collect();
        let (Some(response), [(low, from), .., (high, to)]) = (response, settings) else {
            return Err(ChartError::TooFew {
                what: "settings, and worlds at each of them,".to_owned(),
                least: 2,
                found: settings.len().min(1),
            });
        };
        let gaps = [
            ("lever", lever.to_owned()),
            ("low", self.setting(*low)),
            ("high", self.setting(*high)),
            ("from", self.value(*from)),
            ("to", self.value(*to)),
        ];
        let figure = Dose {
            words: self.words([DOSE_TITLE, DOSE_ABOUT, BAND], &gaps),
            x_title: if unit.is_empty() {
                lever.to_owned()
            } else {
                format!("{lever}, {unit}")
            },
            y_title: self.estimand_and_unit(),
            settings: settings.iter().map(|(setting, _)| *setting).collect(),
            response,
        };
        dose::draw(&figure, &theme(self.language)?)
    }

    /// How far each input moves the outcome from the first point, the widest first.
    ///
    /// # Errors
    /// [`ChartError::TooFew`] without an input, [`ChartError::Value`] when the outcome cannot be
    /// estimated at a point.
    pub fn tornado(&self, inputs: &[Ends]) -> Result<Svg, ChartError> {
        let value = |point| self.analysis.estimate(point, self.estimand).value;
        let row = |ends: &Ends| TornadoRow {
            input: ends.input.clone(),
            low: value(ends.low),
            high: value(ends.high),
        };
        let mut rows: Vec<TornadoRow> = inputs.iter().map(row).collect();
        let width = |row: &TornadoRow| (row.high - row.low).abs();
        rows.sort_by(|one, other| width(other).total_cmp(&width(one)));
        rows.truncate(MOST_INPUTS);
        let written = self.analysis.estimate(0, self.estimand);
        let number = |value| self.language.number(value, decimals(&written));
        let first = rows
            .first()
            .map(|row| (row.input.clone(), number(row.low), number(row.high)));
        let (input, from, to) = first.unwrap_or_default();
        let gaps = [
            ("input", input),
            ("from", from),
            ("to", to),
            ("n", rows.len().to_string()),
            ("all", inputs.len().to_string()),
        ];
        let figure = Tornado {
            words: self.words([TORNADO_TITLE, TORNADO_ABOUT, MEANS], &gaps),
            low_name: self.wording().say(LOW_END, &[]),
            high_name: self.wording().say(HIGH_END, &[]),
            center: written.value,
            decimals: decimals(&written),
            rows,
        };
        tornado::draw(&figure, &theme(self.language)?)
    }

    fn value(&self, point: usize) -> String {
        self.language
            .value(&self.analysis.estimate(point, self.estimand))
    }

    /// A setting in the digits in which it was given.
    fn setting(&self, value: f64) -> String {
        let text = value.to_string();
        let decimals = text
            .split_once('.')
            .map_or(0, |(_, decimals)| decimals.len());
        self.language.number(value, decimals)
    }

    fn wording(&self) -> Wording<'_> {
        Wording::new(self.language, self.analysis.frame())
    }

    fn estimand_and_unit(&self) -> String {
        let estimand = names::estimand(ESTIMANDS[self.estimand].key);
        format!("{}, {}", self.wording().say(estimand, &[]), self.unit())
    }

    fn unit(&self) -> String {
        let unit = names::unit(ESTIMANDS[self.estimand].unit);
        self.wording().say(unit, &[])
    }

    /// Title, subtitle and the meaning of intervals, with their gaps filled.
    fn words(&self, phrases: [Phrase; 3], gaps: &[(&str, String)]) -> Words {
        let level = 100.0 * self.analysis.confidence().level();
        let level = self.language.number(level, 0);
        let estimand = names::estimand(ESTIMANDS[self.estimand].key);
        let common = [
            ("estimand", &*self.wording().say(estimand, &[])),
            ("unit", &self.unit()),
            ("policy", self.policy),
            ("level", &level),
        ];
        let own = gaps.iter().map(|(gap, text)| (*gap, text.as_str()));
        let gaps: Vec<(&str, &str)> = own.chain(common).collect();
        let texts = phrases.map(|phrase| self.wording().say(phrase, &gaps));
        let origin = Origin {
            frame: self.analysis.frame(),
            n: self.analysis.n(),
            seed: self.seed,
            version: env!("CARGO_PKG_VERSION"),
        };
        origin.words(self.language, texts)
    }
}
