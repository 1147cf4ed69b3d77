//! Trade-off: two outcomes of each policy against each other, with intervals and direct labels.

use crate::chart::axis::{BottomAxis, LeftAxis};
use crate::chart::canvas::Canvas;
use crate::chart::direct_labels::DirectLabels;
use crate::chart::input::{ChartError, Estimate, at_least};
use crate::chart::mark::{Marker, Rect, Stroke};
use crate::chart::page::Words;
use crate::chart::palette::{BLUE, MUTED, Rgb, WHITE};
use crate::chart::scale::{Ticks, range_with_zero};
use crate::chart::svg::Svg;
use crate::chart::theme::Theme;
use crate::chart::titled_plot::{PlotRoom, titled_plot};

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
    let points = &tradeoff.points;
    let names = points.iter().map(|point| point.policy.as_str());
    let labels = DirectLabels::new(theme, names, LABEL_WIDTH);
    let left = LeftAxis::new(theme, ticks(points.iter().map(|point| point.y)), "");
    let room = PlotRoom {
        height: PLOT_HEIGHT.max(labels.height()),
        left: left.width,
        right: labels.width.max(30.0),
        above: 24.0,
    };
    let titles = [tradeoff.x_title.as_str(), &tradeoff.y_title];
    let (mut page, plot) = titled_plot(theme, &tradeoff.words, titles, room);
    draw_points(&mut page.canvas, points, (plot, &left), &labels);
    page.finish()
}

fn check(tradeoff: &Tradeoff) -> Result<(), ChartError> {
    at_least("policies", 1, tradeoff.points.len())?;
    for TradeoffPoint { policy, x, y, .. } in &tradeoff.points {
        x.check(&format!("horizontal outcome of policy '{policy}'"))?;
        y.check(&format!("vertical outcome of policy '{policy}'"))?;
    }
    Ok(())
}

/// Round ticks around zero and all intervals.
fn ticks(estimates: impl Iterator<Item = Estimate>) -> Ticks {
    let (low, high) = range_with_zero(estimates.flat_map(Estimate::ends));
    Ticks::around(low, high, 7)
}

fn draw_points(
    canvas: &mut Canvas<'_>,
    points: &[TradeoffPoint],
    (plot, left): (Rect, &LeftAxis),
    labels: &DirectLabels,
) {
    let range = ticks(points.iter().map(|point| point.x)).range();
    let x = BottomAxis::fit(canvas.theme, range, plot.across());
    let y = left.scale(plot);
    left.draw(canvas, plot);
    x.draw(canvas, plot);
    let center = |point: &TradeoffPoint| (x.at(point.x.value), y.at(point.y.value));
    let starts: Vec<_> = points.iter().map(|point| (center(point), MUTED)).collect();
    labels.draw(canvas, &starts, plot);
    for point in points {
        let (at, color) = (center(point), color(point.standing));
        let stroke = Stroke::solid(color, 3.5);
        canvas.horizontal(at.1, (x.at(point.x.low), x.at(point.x.high)), stroke);
        canvas.vertical(at.0, (y.at(point.y.low), y.at(point.y.high)), stroke);
        canvas.marker(Marker::Circle, at, RADIUS, color);
        if point.standing == Standing::Unclear {
            canvas.marker(Marker::Circle, at, RADIUS - 4.0, WHITE);
        }
    }
}

const fn color(standing: Standing) -> Rgb {
    match standing {
        Standing::Front | Standing::Unclear => BLUE,
        Standing::Dominated => MUTED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};

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
        let cases = [(1, 0.0), (2, 0.001), (6, 12.0), (20, 1e7)];
        assert_fits(cases, |(policies, size)| {
            draw(&tradeoff(policies, size), &theme())
        });
    }

    #[test]
    fn an_estimate_outside_its_interval_is_refused() {
        assert_refused(draw(&tradeoff(2, -1.0), &theme()));
    }
}
