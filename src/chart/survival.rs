//! Waiting-time survival: the share of each cohort that still waits, by days since the indication.

use crate::chart::axis::{
    LABEL_GAP, VALUE_AXIS_HEIGHT, draw_grid, draw_value_axis, fitting_ticks, label_grid,
    tick_labels,
};
use crate::chart::canvas::{Anchor, Canvas, Dash, Rect, Stroke};
use crate::chart::ends::EndLabels;
use crate::chart::key::{Item, Key, Symbol};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{INK, WHITE, categorical, mix};
use crate::chart::scale::{Scale, Ticks};
use crate::chart::svg::Svg;
use crate::chart::theme::{Style, Theme};
use crate::chart::{ChartError, at_least, ordered, same_length, within};

/// Survival curves of cohorts.
#[derive(Debug, Clone, PartialEq)]
pub struct Survival {
    /// Title, unit of both axes, caption, alternative text.
    pub words: Words,
    /// The norm in days with its name, drawn as a vertical line.
    pub norm: Option<(f64, String)>,
    /// What each color stands for, with its position in the categorical palette; above the plot.
    pub key: Vec<(String, usize)>,
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
const PERCENT: &str = " %";

/// Draws the curves as steps.
///
/// # Errors
/// [`ChartError::TooFew`] without a cohort or with fewer than two days, [`ChartError::Length`] when
/// an interval does not match its curve, [`ChartError::Value`] for a percentage outside 0-100 or
/// outside its interval, or a negative norm.
pub fn draw(survival: &Survival, theme: &Theme) -> Result<Svg, ChartError> {
    check(survival)?;
    let labels = survival.cohorts.iter().map(|cohort| cohort.label.as_str());
    let ends = EndLabels::set(theme, labels, LABEL_WIDTH);
    let norm_height = Style::QUIET.line_height();
    let key = Key::set(theme, survival.key.iter().map(key_item).collect());
    let height = key.height + norm_height + PLOT_HEIGHT.max(ends.height()) + VALUE_AXIS_HEIGHT;
    let mut page = Page::new(theme, &survival.words, height);
    key.draw(&mut page.canvas, (page.body.left, page.body.top));
    let shares = Ticks::around(0.0, 100.0, 6);
    let tick_width = tick_labels(theme, &shares, PERCENT)
        .iter()
        .map(|label| theme.width(label, Style::LABEL))
        .fold(0.0, f64::max);
    let plot = Rect {
        left: page.body.left + tick_width + LABEL_GAP,
        top: page.body.top + key.height + norm_height,
        right: page.body.right - ends.width.max(30.0),
        bottom: page.body.bottom - VALUE_AXIS_HEIGHT,
    };
    draw_curves(&mut page.canvas, survival, plot, &shares);
    let point = |cohort: &Cohort| (end_point(cohort, survival, plot), categorical(cohort.color));
    let points: Vec<_> = survival.cohorts.iter().map(point).collect();
    ends.draw(&mut page.canvas, &points, plot);
    page.finish()
}

fn key_item((label, color): &(String, usize)) -> Item {
    Item {
        symbol: Symbol::Line(Stroke::solid(categorical(*color), CURVE_WIDTH)),
        label: label.clone(),
    }
}

fn check(survival: &Survival) -> Result<(), ChartError> {
    at_least("cohorts", 1, survival.cohorts.len())?;
    if let Some((days, name)) = &survival.norm {
        within(
            &format!("norm '{name}'"),
            *days,
            0.0..=f64::MAX,
            "finite, not negative",
        )?;
    }
    for cohort in &survival.cohorts {
        let what = format!("cohort '{}'", cohort.label);
        at_least(&format!("days of {what}"), 2, cohort.waiting.len())?;
        if !cohort.interval.is_empty() {
            same_length(
                &format!("interval of {what}"),
                cohort.waiting.len(),
                cohort.interval.len(),
            )?;
        }
        let ends = cohort.interval.iter().flat_map(|&(low, high)| [low, high]);
        for (&(low, high), &share) in cohort.interval.iter().zip(&cohort.waiting) {
            ordered(&what, (low, share))?;
            ordered(&what, (share, high))?;
        }
        for share in cohort.waiting.iter().copied().chain(ends) {
            within(&what, share, 0.0..=100.0, "0 to 100 %")?;
        }
    }
    Ok(())
}

fn last_day(cohort: &Cohort) -> f64 {
    (cohort.waiting.len() - 1) as f64
}

/// Days along the bottom, up to the longest curve or the norm; percentages upward.
fn scales(survival: &Survival, plot: Rect) -> (Scale, Scale) {
    let norm = survival.norm.as_ref().map_or(0.0, |(days, _)| *days);
    let days = survival.cohorts.iter().map(last_day).fold(norm, f64::max);
    let x = Scale::new((0.0, days), (plot.left, plot.right));
    (x, Scale::new((0.0, 100.0), (plot.bottom, plot.top)))
}

fn end_point(cohort: &Cohort, survival: &Survival, plot: Rect) -> (f64, f64) {
    let (x, y) = scales(survival, plot);
    let share = cohort.waiting.last().copied().unwrap_or(0.0);
    (x.at(last_day(cohort)) + 2.0, y.at(share))
}

fn draw_curves(canvas: &mut Canvas<'_>, survival: &Survival, plot: Rect, shares: &Ticks) {
    let (x, y) = scales(survival, plot);
    let bands = survival
        .cohorts
        .iter()
        .filter(|cohort| !cohort.interval.is_empty());
    for cohort in bands {
        let lows: Vec<f64> = cohort.interval.iter().map(|ends| ends.0).collect();
        let highs: Vec<f64> = cohort.interval.iter().map(|ends| ends.1).collect();
        let mut outline = steps(&highs, x, y);
        outline.extend(steps(&lows, x, y).into_iter().rev());
        canvas.area(outline, mix(WHITE, categorical(cohort.color), 0.22));
    }
    draw_grid(canvas, plot, shares, y);
    label_grid(canvas, plot.left, (shares, PERCENT), y);
    draw_norm(canvas, survival, plot, x);
    for cohort in &survival.cohorts {
        let stroke = Stroke {
            color: categorical(cohort.color),
            width: CURVE_WIDTH,
            dash: Dash::nth(cohort.dash),
        };
        canvas.line(steps(&cohort.waiting, x, y), stroke);
    }
    let days = fitting_ticks(canvas.theme, (0.0, x.high), plot.width(), "");
    let inside = days.up_to(x.high);
    draw_value_axis(canvas, plot, &inside, x, "");
}

/// The share holds until the next day.
fn steps(shares: &[f64], x: Scale, y: Scale) -> Vec<(f64, f64)> {
    let mut path = vec![(x.at(0.0), y.at(shares[0]))];
    for (day, pair) in shares.windows(2).enumerate() {
        let at = x.at((day + 1) as f64);
        path.extend([(at, y.at(pair[0])), (at, y.at(pair[1]))]);
    }
    path
}

fn draw_norm(canvas: &mut Canvas<'_>, survival: &Survival, plot: Rect, x: Scale) {
    let Some((days, name)) = &survival.norm else {
        return;
    };
    let at = x.at(*days);
    canvas.line(
        vec![(at, plot.top - 8.0), (at, plot.bottom)],
        Stroke::solid(INK, 2.5),
    );
    let half = 0.5 * canvas.theme.width(name, Style::QUIET);
    let middle = at.min(Page::BODY_WIDTH - half).max(plot.left + half);
    let y = Style::QUIET.baseline_below(plot.top - Style::QUIET.line_height() - 8.0);
    canvas.text(name, (middle, y), Anchor::Middle, Style::QUIET);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::samples::{long_words, name, theme};

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
            norm: Some((42.0, "six weeks".to_owned())),
            key: (0..cohorts).map(|idx| (name(idx), idx)).collect(),
            cohorts: (0..cohorts).map(cohort).collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        for (cohorts, days, start) in [(1, 2, 0.0), (3, 43, 100.0), (12, 200, 80.0)] {
            let svg = draw(&survival(cohorts, days, start), &theme()).unwrap();
            assert_eq!(
                svg.validate_in_bounds(),
                Ok(()),
                "{cohorts} cohorts, {days} days"
            );
        }
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
        let error = draw(&survival(1, 5, 101.0), &theme()).unwrap_err();
        assert!(matches!(error, ChartError::Value { .. }), "got {error}");
    }
}
