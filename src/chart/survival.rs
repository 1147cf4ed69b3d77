//! Waiting-time survival in small multiples: the share of each cohort that still waits, by days since the
//! indication, with a curve for each policy.

use crate::chart::axis::{BottomAxis, LeftAxis};
use crate::chart::canvas::Canvas;
use crate::chart::input::{ChartError, at_least, counts, ordered, percentages, same_length};
use crate::chart::legend::{Legend, Symbol};
use crate::chart::mark::{Dash, Point, Rect, Stroke};
use crate::chart::multiples::{Multiples, PanelRoom};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{INK, WHITE, categorical, mix};
use crate::chart::scale::Scale;
use crate::chart::svg::Svg;
use crate::chart::theme::{Style, Theme};

/// Survival curves of cohorts. All panels share both axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Survival {
    /// Title, unit of both axes, caption, alternative text.
    pub words: Words,
    /// The norm in days with its name, drawn as a vertical line.
    pub norm: (f64, String),
    /// Names of the curves of each panel, in order, each with its position in the categorical palette.
    pub legend: Vec<(String, usize)>,
    /// The cohorts, in reading order.
    pub panels: Vec<Cohort>,
}

/// One panel.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohort {
    /// Heading, such as the days on which its patients came.
    pub title: String,
    /// A curve for each entry of the legend.
    pub curves: Vec<Curve>,
}

/// One curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Percentage still waiting at the end of day 0, 1, 2 and so on; at least two days.
    pub waiting: Vec<f64>,
    /// Interval of each percentage, one pair per day; empty for none.
    pub interval: Vec<(f64, f64)>,
}

const PLOT_HEIGHT: f64 = 420.0;
const CURVE_WIDTH: f64 = 5.0;
const MOST_COLUMNS: [usize; 2] = [3, 1];

/// Draws the curves as steps.
///
/// # Errors
/// [`ChartError::TooFew`] without a cohort or with fewer than two days, [`ChartError::Length`] when
/// curves do not match the legend or an interval its curve, [`ChartError::Value`] for a percentage outside
/// 0-100 or outside its interval, or a negative norm.
pub fn draw(survival: &Survival, theme: &Theme) -> Result<Svg, ChartError> {
    check(survival)?;
    let strokes: Vec<Stroke> = (survival.legend.iter().enumerate())
        .map(|(idx, (_, color))| Stroke::dashed(categorical(*color), CURVE_WIDTH, Dash::nth(idx)))
        .collect();
    let symbols = strokes.iter().map(|stroke| Symbol::Line(*stroke));
    let names = survival.legend.iter().map(|(name, _)| name.as_str());
    let legend = Legend::new(theme, symbols.zip(names));
    let left = LeftAxis::percent(theme);
    let most = MOST_COLUMNS[usize::from(theme.is_narrow())];
    let room = PanelRoom {
        columns: survival.panels.len().min(most),
        height: PLOT_HEIGHT,
        left: left.width,
        right: 30.0,
        above: Style::QUIET.line_height() + 8.0,
        below: BottomAxis::HEIGHT,
    };
    let titles = survival.panels.iter().map(|panel| panel.title.as_str());
    let multiples = Multiples::new(theme, titles, room);
    let mut page = Page::new(theme, &survival.words, legend.height + multiples.height);
    let body = page.body;
    legend.draw(&mut page.canvas, (body.left, body.top));
    for (idx, cohort) in survival.panels.iter().enumerate() {
        let plot = multiples.plot(idx, (body.left, body.top + legend.height));
        multiples.draw_title(&mut page.canvas, idx, plot);
        let axes = Axes {
            x: Scale::new((0.0, last_shown(survival)), plot.across()),
            y: left.scale(plot),
        };
        axes.draw_bands(&mut page.canvas, survival, cohort);
        left.draw_grid(&mut page.canvas, plot);
        if multiples.is_first_in_row(idx) {
            left.draw_labels(&mut page.canvas, plot);
        }
        axes.draw_norm(&mut page.canvas, survival, plot);
        for (curve, stroke) in cohort.curves.iter().zip(&strokes) {
            page.canvas
                .line(steps(&curve.waiting, axes.x, axes.y), *stroke);
        }
        if multiples.is_lowest_in_column(idx) {
            axes.draw_days(&mut page.canvas, plot);
        }
    }
    page.finish()
}

fn check(survival: &Survival) -> Result<(), ChartError> {
    at_least("cohorts", 1, survival.panels.len())?;
    let (days, name) = &survival.norm;
    counts(&format!("norm '{name}'"), [*days])?;
    for cohort in &survival.panels {
        let what = format!("cohort '{}'", cohort.title);
        same_length(&what, survival.legend.len(), cohort.curves.len())?;
        for curve in &cohort.curves {
            check_curve(curve, &what)?;
        }
    }
    Ok(())
}

fn check_curve(curve: &Curve, what: &str) -> Result<(), ChartError> {
    let n_days = curve.waiting.len();
    at_least(&format!("days of {what}"), 2, n_days)?;
    if !curve.interval.is_empty() {
        let what = format!("interval of {what}");
        same_length(&what, n_days, curve.interval.len())?;
    }
    for (&(low, high), &share) in curve.interval.iter().zip(&curve.waiting) {
        ordered(what, (low, share))?;
        ordered(what, (share, high))?;
        percentages(what, [low, high])?;
    }
    percentages(what, curve.waiting.iter().copied())
}

/// The end of the longest curve, or the norm when it is later.
fn last_shown(survival: &Survival) -> f64 {
    let curves = survival.panels.iter().flat_map(|cohort| &cohort.curves);
    let last = curves.map(|curve| (curve.waiting.len() - 1) as f64);
    last.fold(survival.norm.0, f64::max)
}

/// Days along the bottom and percentages upward.
struct Axes {
    x: Scale,
    y: Scale,
}

impl Axes {
    fn draw_bands(&self, canvas: &mut Canvas<'_>, survival: &Survival, cohort: &Cohort) {
        let pairs = cohort.curves.iter().zip(&survival.legend);
        for (curve, (_, color)) in pairs.filter(|(curve, _)| !curve.interval.is_empty()) {
            let (lows, highs): (Vec<f64>, Vec<f64>) = curve.interval.iter().copied().unzip();
            let mut outline = steps(&highs, self.x, self.y);
            outline.extend(steps(&lows, self.x, self.y).into_iter().rev());
            canvas.area(outline, mix(WHITE, categorical(*color), 0.22));
        }
    }

    fn draw_norm(&self, canvas: &mut Canvas<'_>, survival: &Survival, plot: Rect) {
        let (days, name) = &survival.norm;
        let (at, line) = (self.x.at(*days), Stroke::solid(INK, 2.5));
        canvas.vertical(at, (plot.top - 8.0, plot.bottom), line);
        canvas.caption_above(name, at, plot, Style::QUIET);
    }

    fn draw_days(&self, canvas: &mut Canvas<'_>, plot: Rect) {
        let days = BottomAxis::fit(canvas.theme, (0.0, self.x.high), plot.across());
        BottomAxis {
            ticks: days.ticks.up_to(self.x.high),
            scale: self.x,
            suffix: "",
        }
        .draw(canvas, plot);
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
        let curve = |idx: usize| {
            let share = |day: usize| start * (1.0 - day as f64 / (days + idx) as f64);
            let waiting: Vec<f64> = (0..days).map(share).collect();
            Curve {
                interval: waiting.iter().map(|share| (0.9 * share, *share)).collect(),
                waiting,
            }
        };
        let cohort = |idx: usize| Cohort {
            title: name(idx),
            curves: (0..2).map(|n| curve(idx + n)).collect(),
        };
        Survival {
            words: long_words(),
            norm: (42.0, "six weeks".to_owned()),
            legend: (0..2).map(|idx| (name(idx), idx)).collect(),
            panels: (0..cohorts).map(cohort).collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(1, 2, 0.0), (3, 43, 100.0), (12, 200, 80.0)];
        assert_fits(cases, |(cohorts, days, start), theme| {
            draw(&survival(cohorts, days, start), theme)
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
