//! Trade-off: two outcomes of each policy against each other, with intervals and direct labels.

use crate::chart::axis::{
    LABEL_GAP, VALUE_AXIS_HEIGHT, draw_grid, draw_value_axis, fitting_ticks, label_grid,
    tick_labels,
};
use crate::chart::canvas::{Anchor, Canvas, Marker, Rect, Stroke};
use crate::chart::ends::EndLabels;
use crate::chart::page::{Page, Words};
use crate::chart::palette::{BLUE, MUTED, Rgb, WHITE};
use crate::chart::scale::{Scale, Ticks};
use crate::chart::svg::Svg;
use crate::chart::text::{Room, wrap};
use crate::chart::theme::{Style, Theme};
use crate::chart::{ChartError, Estimate, at_least};

/// A scatter of policies.
#[derive(Debug, Clone, PartialEq)]
pub struct Tradeoff {
    /// Title, subtitle, caption, alternative text.
    pub words: Words,
    /// Name and unit of the horizontal outcome, written below its axis.
    pub x_title: String,
    /// Name and unit of the vertical outcome, written above its axis.
    pub y_title: String,
    /// The policies.
    pub points: Vec<TradeoffPoint>,
}

/// One policy of a [`Tradeoff`].
#[derive(Debug, Clone, PartialEq)]
pub struct TradeoffPoint {
    /// Name of the policy.
    pub policy: String,
    /// Horizontal outcome.
    pub x: Estimate,
    /// Vertical outcome.
    pub y: Estimate,
    /// How it compares with the best of both.
    pub standing: Standing,
}

/// Where a policy stands against the front of policies that no other beats on both outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// On the front: filled blue.
    Front,
    /// Not distinguishable from the front: open blue.
    Unclear,
    /// Beaten on both outcomes: grey.
    Dominated,
}

const PLOT_HEIGHT: f64 = 560.0;
const LABEL_WIDTH: f64 = 460.0;
const RADIUS: f64 = 13.0;

/// Draws the scatter.
///
/// # Errors
/// [`ChartError::TooFew`] without a policy, [`ChartError::Value`] when an estimate is not finite or
/// lies outside its interval.
pub fn draw(tradeoff: &Tradeoff, theme: &Theme) -> Result<Svg, ChartError> {
    check(tradeoff)?;
    let names = tradeoff.points.iter().map(|point| point.policy.as_str());
    let ends = EndLabels::set(theme, names, LABEL_WIDTH);
    let titles = [&tradeoff.y_title, &tradeoff.x_title].map(|title| axis_title(theme, title));
    let [y_height, x_height] = [0, 1].map(|idx| Style::LABEL.block_height(titles[idx].len()));
    let plot_height = PLOT_HEIGHT.max(ends.height());
    let height = y_height + 24.0 + plot_height + VALUE_AXIS_HEIGHT + x_height;
    let mut page = Page::new(theme, &tradeoff.words, height);
    let rows = Ticks::around_all(tradeoff.points.iter().map(|point| point.y));
    let tick_width = theme.widest(
        tick_labels(theme, &rows, "").iter().map(String::as_str),
        Style::LABEL,
    );
    let plot = Rect {
        left: page.body.left + tick_width + LABEL_GAP,
        top: page.body.top + y_height + 24.0,
        right: page.body.right - ends.width.max(30.0),
        bottom: page.body.bottom - VALUE_AXIS_HEIGHT - x_height,
    };
    let (left, top) = (page.body.left, page.body.top);
    page.canvas
        .lines(&titles[0], (left, top), Anchor::Start, Style::LABEL);
    let below = (plot.right, plot.bottom + VALUE_AXIS_HEIGHT);
    page.canvas
        .lines(&titles[1], below, Anchor::End, Style::LABEL);
    draw_points(&mut page.canvas, &tradeoff.points, (plot, &rows), &ends);
    page.finish()
}

fn check(tradeoff: &Tradeoff) -> Result<(), ChartError> {
    at_least("policies", 1, tradeoff.points.len())?;
    for point in &tradeoff.points {
        point
            .x
            .checked(&format!("horizontal outcome of policy '{}'", point.policy))?;
        point
            .y
            .checked(&format!("vertical outcome of policy '{}'", point.policy))?;
    }
    Ok(())
}

fn axis_title(theme: &Theme, title: &str) -> Vec<String> {
    wrap(
        theme,
        title,
        Style::LABEL,
        Room {
            width: 0.6 * Page::BODY_WIDTH,
            lines: 2,
        },
    )
}

fn draw_points(
    canvas: &mut Canvas<'_>,
    points: &[TradeoffPoint],
    (plot, rows): (Rect, &Ticks),
    ends: &EndLabels,
) {
    let estimates = points.iter().map(|point| point.x);
    let (low, high) = Ticks::around_all(estimates).range();
    let columns = fitting_ticks(canvas.theme, (low, high), plot.width(), "");
    let x = Scale::new(columns.range(), (plot.left, plot.right));
    let y = Scale::new(rows.range(), (plot.bottom, plot.top));
    draw_grid(canvas, plot, rows, y);
    label_grid(canvas, plot.left, (rows, ""), y);
    draw_value_axis(canvas, plot, &columns, x, "");
    let centers: Vec<_> = points
        .iter()
        .map(|point| (x.at(point.x.value), y.at(point.y.value)))
        .collect();
    let starts: Vec<_> = centers.iter().map(|&center| (center, MUTED)).collect();
    ends.draw(canvas, &starts, plot);
    for (point, center) in points.iter().zip(centers) {
        let stroke = Stroke::solid(color(point.standing), 3.5);
        canvas.line(
            vec![
                (x.at(point.x.low), center.1),
                (x.at(point.x.high), center.1),
            ],
            stroke,
        );
        canvas.line(
            vec![
                (center.0, y.at(point.y.low)),
                (center.0, y.at(point.y.high)),
            ],
            stroke,
        );
        canvas.marker(Marker::Circle, center, RADIUS, color(point.standing));
        if point.standing == Standing::Unclear {
            canvas.marker(Marker::Circle, center, RADIUS - 4.0, WHITE);
        }
    }
}

fn color(standing: Standing) -> Rgb {
    match standing {
        Standing::Front | Standing::Unclear => BLUE,
        Standing::Dominated => MUTED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::samples::{long_words, name, theme};

    fn tradeoff(policies: usize, size: f64) -> Tradeoff {
        let estimate = |value: f64| Estimate::new(value, value - 0.2 * size, value + 0.3 * size);
        let standings = [Standing::Front, Standing::Unclear, Standing::Dominated];
        let point = |idx: usize| TradeoffPoint {
            policy: name(idx),
            x: estimate(size * idx as f64),
            y: estimate(-size * (idx % 3) as f64),
            standing: standings[idx % 3],
        };
        Tradeoff {
            words: long_words(),
            x_title: "Displaced operations per 100 indicated in the whole cohort".to_owned(),
            y_title: "Production value lost in independent clinics (million euros)".to_owned(),
            points: (0..policies).map(point).collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        for (policies, size) in [(1, 0.0), (2, 0.001), (6, 12.0), (20, 1e7)] {
            let svg = draw(&tradeoff(policies, size), &theme()).unwrap();
            assert_eq!(
                svg.validate_in_bounds(),
                Ok(()),
                "{policies} policies, size {size}"
            );
        }
    }

    #[test]
    fn an_estimate_outside_its_interval_is_refused() {
        let error = draw(&tradeoff(2, -1.0), &theme()).unwrap_err();
        assert!(matches!(error, ChartError::Value { .. }), "got {error}");
    }
}
