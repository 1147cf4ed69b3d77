//! Waiting-time survival: the share of each cohort that still waits, by days since the indication.

use crate::chart::axis::{BottomAxis, LeftAxis};
use crate::chart::canvas::Canvas;
use crate::chart::direct_labels::DirectLabels;
use crate::chart::input::{ChartError, at_least, counts, ordered, percentages, same_length};
use crate::chart::legend::{Legend, Symbol};
use crate::chart::mark::{Dash, Point, Rect, Stroke};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{INK, WHITE, categorical, mix};
use crate::chart::scale::Scale;
use crate::chart::svg::Svg;
use crate::chart::theme::{Style, Theme};

/// Survival curves of cohorts.
#[derive(Debug, Clone, PartialEq)]
pub struct Survival {
    /// Title, unit of both axes, caption, alternative text.
    pub words: Words,
    /// The norm in days with its name, drawn as a vertical line.
    pub norm: (f64, String),
    /// What each color stands for, with its position in the categorical palette; above the plot.
    pub legend: Vec<(String, usize)>,
    /// The cohorts, one curve each.
    pub cohorts: Vec<Cohort>,
}

/// One curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohort {
    /// Written at the end of the curve.
    pub label: String,
    /// Position in the categorical palette.
    pub color: usize,
    /// Position in the cycle of dashes.
    pub dash: usize,
    /// Percentage still waiting at the end of day 0, 1, 2 and so on; at least two days.
    pub waiting: Vec<f64>,
    /// Interval of each percentage, one pair per day; empty for none.
    pub interval: Vec<(f64, f64)>,
}

const PLOT_HEIGHT: f64 = 560.0;
const LABEL_WIDTH: f64 = 380.0;
const CURVE_WIDTH: f64 = 5.0;

/// Draws the curves as steps.
///
/// # Errors
/// [`ChartError::TooFew`] without a cohort or with fewer than two days, [`ChartError::Length`] when
/// an interval does not match its curve, [`ChartError::Value`] for a percentage outside 0-100 or
/// outside its interval, or a negative norm.
pub fn draw(survival: &Survival, theme: &Theme) -> Result<Svg, ChartError> {
    check(survival)?;
    let names = survival.cohorts.iter().map(|cohort| cohort.label.as_str());
    let labels = DirectLabels::new(theme, names, LABEL_WIDTH);
    let line = |color| Symbol::Line(Stroke::solid(categorical(color), CURVE_WIDTH));
    let items = survival.legend.iter();
    let items = items.map(|(label, color)| (line(*color), label.as_str()));
    let legend = Legend::new(theme, items);
    let head = legend.height + Style::QUIET.line_height();
    let plot_height = PLOT_HEIGHT.max(labels.height());
    let mut page = Page::new(
        theme,
        &survival.words,
        head + plot_height + BottomAxis::HEIGHT,
    );
    let body = page.body;
    legend.draw(&mut page.canvas, (body.left, body.top));
    let left = LeftAxis::percent(theme);
    let plot = Rect::new(
        (body.left + left.width, body.right - labels.width.max(30.0)),
        (body.top + head, body.bottom - BottomAxis::HEIGHT),
    );
    let x = Scale::new((0.0, last_shown(survival)), plot.across());
    let curves = Curves {
        survival,
        x,
        y: left.scale(plot),
    };
    curves.draw(&mut page.canvas, plot, &left);
    let points: Vec<_> = survival
        .cohorts
        .iter()
        .map(|cohort| (curves.end(cohort), categorical(cohort.color)))
        .collect();
    labels.draw(&mut page.canvas, &points, plot);
    page.finish()
}

fn check(survival: &Survival) -> Result<(), ChartError> {
    at_least("cohorts", 1, survival.cohorts.len())?;
    let (days, name) = &survival.norm;
    counts(&format!("norm '{name}'"), [*days])?;
    for cohort in &survival.cohorts {
        let what = format!("cohort '{}'", cohort.label);
        let n_days = cohort.waiting.len();
        at_least(&format!("days of {what}"), 2, n_days)?;
        if !cohort.interval.is_empty() {
            same_length(
                &format!("interval of {what}"),
                n_days,
                cohort.interval.len(),
            )?;
        }
        for (&(low, high), &share) in cohort.interval.iter().zip(&cohort.waiting) {
            ordered(&what, (low, share))?;
            ordered(&what, (share, high))?;
            percentages(&what, [low, high])?;
        }
        percentages(&what, cohort.waiting.iter().copied())?;
    }
    Ok(())
}

fn last_day(cohort: &Cohort) -> f64 {
    (cohort.waiting.len() - 1) as f64
}

/// The end of the longest curve, or the norm when it is later.
fn last_shown(survival: &Survival) -> f64 {
    let cohorts = survival.cohorts.iter();
    cohorts.map(last_day).fold(survival.norm.0, f64::max)
}

/// Curves between days along the bottom and percentages upward.
struct Curves<'s> {
    survival: &'s Survival,
    x: Scale,
    y: Scale,
}

impl Curves<'_> {
    fn draw(&self, canvas: &mut Canvas<'_>, plot: Rect, left: &LeftAxis) {
        let cohorts = &self.survival.cohorts;
        for cohort in cohorts.iter().filter(|cohort| !cohort.interval.is_empty()) {
            let (lows, highs): (Vec<f64>, Vec<f64>) = cohort.interval.iter().copied().unzip();
            let mut outline = steps(&highs, self.x, self.y);
            outline.extend(steps(&lows, self.x, self.y).into_iter().rev());
            canvas.area(outline, mix(WHITE, categorical(cohort.color), 0.22));
        }
        left.draw(canvas, plot);
        let (days, name) = &self.survival.norm;
        let (at, line) = (self.x.at(*days), Stroke::solid(INK, 2.5));
        canvas.vertical(at, (plot.top - 8.0, plot.bottom), line);
        canvas.caption_above(name, at, plot, Style::QUIET);
        for cohort in cohorts {
            let (color, dash) = (categorical(cohort.color), Dash::nth(cohort.dash));
            let stroke = Stroke::dashed(color, CURVE_WIDTH, dash);
            canvas.line(steps(&cohort.waiting, self.x, self.y), stroke);
        }
        let days = BottomAxis::fit(canvas.theme, (0.0, self.x.high), plot.across());
        BottomAxis {
            ticks: days.ticks.up_to(self.x.high),
            scale: self.x,
        }
        .draw(canvas, plot);
    }

    fn end(&self, cohort: &Cohort) -> Point {
        let share = cohort.waiting.last().copied().unwrap_or(0.0);
        (self.x.at(last_day(cohort)) + 2.0, self.y.at(share))
    }
}

/// The share holds until the next day.
fn steps(shares: &[f64], x: Scale, y: Scale) -> Vec<Point> {
    let mut path = vec![(x.at(0.0), y.at(shares[0]))];
    for (day, pair) in shares.windows(2).enumerate() {
        let at = x.at((day + 1) as f64);
        path.extend([(at, y.at(pair[0])), (at, y.at(pair[1]))]);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};

    fn survival(cohorts: usize, days: usize, start: f64) -> Survival {
        let cohort = |idx: usize| {
            let share = |day: usize| start * (1.0 - day as f64 / (days + idx) as f64);
            let waiting: Vec<f64> = (0..days).map(share).collect();
            Cohort {
                label: name(idx),
                color: idx,
                dash: idx,
                interval: waiting.iter().map(|share| (0.9 * share, *share)).collect(),
                waiting,
            }
        };
        Survival {
            words: long_words(),
            norm: (42.0, "six weeks".to_owned()),
            legend: (0..cohorts).map(|idx| (name(idx), idx)).collect(),
            cohorts: (0..cohorts).map(cohort).collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(1, 2, 0.0), (3, 43, 100.0), (12, 200, 80.0)];
        assert_fits(cases, |(cohorts, days, start)| {
            draw(&survival(cohorts, days, start), &theme())
        });
    }

    #[test]
    fn a_share_holds_until_the_next_day() {
        let (x, y) = (
            Scale::new((0.0, 2.0), (0.0, 2.0)),
            Scale::new((0.0, 9.0), (9.0, 0.0)),
        );
        let path = steps(&[9.0, 6.0, 6.0], x, y);
        let expected = [(0.0, 0.0), (1.0, 0.0), (1.0, 3.0), (2.0, 3.0), (2.0, 3.0)];
        assert_eq!(path, expected, "steps down, not slopes");
    }

    #[test]
    fn shares_above_one_hundred_are_refused() {
        assert_refused(draw(&survival(1, 5, 101.0), &theme()));
    }
}
