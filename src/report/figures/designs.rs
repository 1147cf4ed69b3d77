//! Figures of designs: an outcome along a lever, and how far each uncertain figure moves it.

use crate::chart::dose::{self, Dose};
use crate::chart::svg::Svg;
use crate::chart::tornado::{self, Tornado, TornadoRow};
use crate::chart::{ChartError, Words};
use crate::experiment::Analysis;
use crate::experiment::estimand::ESTIMANDS;
use crate::report::figures::CAPTION;
use crate::report::figures::phrases::{
    BAND, DOSE_ABOUT, DOSE_TITLE, HIGH_END, LOW_END, MEANS, TORNADO_ABOUT, TORNADO_TITLE,
};
use crate::report::figures::{ANY, drawn, theme};
use crate::report::html::names;
use crate::report::language::{Language, decimals};
use crate::report::phrase::Phrase;
use crate::report::wording::Wording;

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
    /// The outcome along a lever; `settings` are its values, ascending, with their points.
    ///
    /// # Errors
    /// [`ChartError::TooFew`] with fewer than two settings or too few worlds for an interval,
    /// [`ChartError::Value`] when settings do not ascend.
    pub fn dose(&self, lever: &str, settings: &[(f64, usize)]) -> Result<Svg, ChartError> {
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
        let title = self.wording().say(DOSE_TITLE, &self.with_names(&gaps));
        let about = self.wording().say(DOSE_ABOUT, &self.with_names(&gaps));
        let figure = Dose {
            words: self.words(title, about, BAND),
            x_title: lever.to_owned(),
            y_title: self.unit().to_owned(),
            settings: settings.iter().map(|(setting, _)| *setting).collect(),
            response,
            worlds: Vec::new(),
            current: None,
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
        let title = self.wording().say(TORNADO_TITLE, &self.with_names(&gaps));
        let about = self.wording().say(TORNADO_ABOUT, &self.with_names(&gaps));
        let figure = Tornado {
            words: self.words(title, about, MEANS),
            low_name: LOW_END.text(self.language).to_owned(),
            high_name: HIGH_END.text(self.language).to_owned(),
            center: written.value,
            decimals: decimals(&written),
            rows,
        };
        tornado::draw(&figure, &theme(self.language)?)
    }

    fn wording(&self) -> Wording<'_> {
        Wording::new(self.language, self.analysis.frame())
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

    fn unit(&self) -> &'static str {
        names::unit(ESTIMANDS[self.estimand].unit).text(self.language)
    }

    /// Fillings of gaps with those that every title has.
    fn with_names<'g>(&'g self, gaps: &'g [(&'g str, String)]) -> Vec<(&'g str, &'g str)> {
        let estimand = names::estimand(ESTIMANDS[self.estimand].key).text(self.language);
        let own = gaps.iter().map(|(gap, text)| (*gap, text.as_str()));
        own.chain([
            ("estimand", estimand),
            ("unit", self.unit()),
            ("policy", self.policy),
        ])
        .collect()
    }

    fn words(&self, title: String, about: String, marks: Phrase) -> Words {
        let level = self
            .language
            .number(100.0 * self.analysis.confidence().level(), 0);
        let gaps = [
            ("scenario", self.analysis.frame().title.clone()),
            ("winters", self.wording().seasons(self.analysis.n())),
            ("marks", self.wording().say(marks, &[("level", &level)])),
            ("seed", self.seed.to_string()),
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ];
        let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
        Words {
            alternative: format!("{title} {about}"),
            title,
            subtitle: about,
            caption: self.wording().say(CAPTION, &gaps),
        }
    }
}
