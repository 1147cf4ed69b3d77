//! What a sweep or a tornado found, for a reader on a terminal: a table per policy, and a sentence.

use core::fmt::Write;

use crate::design::study::Point;
use crate::experiment::Analysis;
use crate::experiment::estimand::ESTIMANDS;
use crate::experiment::study_frame::PolicyName;
use crate::report::Language;
use crate::report::terminal::{aligned, wrapped};

/// Label of the unchanged scenario in a column of settings.
const AS_WRITTEN: &str = "as written";

/// The results of one estimand at all points, in the given order.
pub(crate) struct DesignText<'a> {
    pub(crate) analyses: &'a [(PolicyName, Analysis)],
    pub(crate) points: &'a [Point],
    pub(crate) order: &'a [usize],
    /// Position of the estimand in the registry.
    pub(crate) estimand: usize,
}

impl DesignText<'_> {
    /// A table per policy with the rank of each point, the smallest value first, and the ends of that
    /// ranking in a sentence.
    pub(crate) fn ranked(&self) -> String {
        self.each(|analysis| {
            let mut ranking = self.order.to_vec();
            ranking.retain(|point| self.value(analysis, *point).is_finite());
            let value = |point: &usize| self.value(analysis, *point);
            ranking.sort_by(|a, b| value(a).total_cmp(&value(b)));
            let sentence = match ranking.as_slice() {
                [least, .., most] => self.ends(analysis, *least, *most),
                _ => "There are too few values to rank.".to_owned(),
            };
            (ranking, sentence)
        })
    }

    /// A table per policy in which the figure that moves the estimand most comes first, and a sentence
    /// about that figure.
    pub(crate) fn widest_first(&self) -> String {
        self.each(|analysis| {
            let sentence = match self.order {
                [_, low, high, ..] => {
                    let figure = self.points[*low].settings.join(" ");
                    let figure = figure.split('=').next().unwrap_or_default();
                    let ends = self.ends(analysis, *low, *high);
                    format!("{figure} moves it most. {ends}")
                }
                _ => "Nothing varies.".to_owned(),
            };
            (self.order.to_vec(), sentence)
        })
    }

    /// A table per policy; `reading` gives the ranks of points and the sentence below.
    fn each(&self, reading: impl Fn(&Analysis) -> (Vec<usize>, String)) -> String {
        let mut text = String::new();
        for (policy, analysis) in self.analyses {
            let (ranking, sentence) = reading(analysis);
            let estimand = &ESTIMANDS[self.estimand];
            let heading = format!(
                "{}: {}, {}, in {} worlds; in brackets the 95 % interval",
                policy.label.en,
                estimand.key,
                estimand.unit,
                analysis.n()
            );
            let rows = self.rows(analysis, &ranking);
            let _ = writeln!(
                text,
                "{}\n\n{}\n{}\n",
                wrapped(&heading),
                aligned(&rows),
                wrapped(&sentence)
            );
        }
        text
    }

    fn rows(&self, analysis: &Analysis, ranking: &[usize]) -> Vec<Vec<String>> {
        let words = ["settings", "rank", "value", "against the first"];
        let mut rows = vec![words.map(str::to_owned).to_vec()];
        for point in self.order {
            let rank = ranking.iter().position(|ranked| ranked == point);
            let difference = analysis.comparison(*point, self.estimand).difference;
            rows.push(vec![
                self.name(*point),
                rank.map_or_else(|| "-".to_owned(), |rank| (rank + 1).to_string()),
                Language::En.with_interval(&analysis.estimate(*point, self.estimand)),
                if *point == 0 {
                    "-".to_owned()
                } else {
                    Language::En.with_interval(&difference)
                },
            ]);
        }
        rows
    }

    fn ends(&self, analysis: &Analysis, one: usize, other: usize) -> String {
        let at = |point| {
            let value = Language::En.value(&analysis.estimate(point, self.estimand));
            format!("{value} at {}", self.name(point))
        };
        let estimand = &ESTIMANDS[self.estimand];
        format!("{} is {}, and {}.", estimand.key, at(one), at(other))
    }

    fn value(&self, analysis: &Analysis, point: usize) -> f64 {
        analysis.estimate(point, self.estimand).value
    }

    fn name(&self, point: usize) -> String {
        let settings = self.points[point].settings.join(" ");
        if settings.is_empty() {
            return AS_WRITTEN.to_owned();
        }
        settings
    }
}
