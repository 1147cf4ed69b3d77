//! Trade-off: two outcomes of each policy as changes from the baseline, with intervals, names at the points, and
//! lines along which a change of one costs equally much of the other.

use crate::chart::axis::{BottomAxis, LeftAxis};
use crate::chart::canvas::Canvas;
use crate::chart::input::{ChartError, Estimate, at_least, counts};
use crate::chart::mark::{Marker, Point, Rect, Stroke};
use crate::chart::page::Words;
use crate::chart::palette::{GRID, MUTED, WHITE, categorical};
use crate::chart::point_labels::PointLabels;
use crate::chart::scale::{Ticks, range_with_zero};
use crate::chart::svg::Svg;
use crate::chart::text::Lines;
use crate::chart::theme::{Style, Theme, Weight};
use crate::chart::titled_plot::{PlotRoom, titled_plot};

/// A scatter of policies around the baseline, which stands at zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Tradeoff {
    /// Title, subtitle, caption, alternative text.
    pub words: Words,
    /// Name and unit of the horizontal outcome, written below its axis.
    pub x_title: String,
    /// Name and unit of the vertical outcome, written above its axis.
    pub y_title: String,
    /// How much more of the vertical outcome is paid for one less of the horizontal one, by line, with its words.
    pub prices: Vec<(f64, String)>,
    /// Words behind the name of a policy for one, two and more others at the same place.
    pub others: Vec<String>,
    /// The policies.
    pub points: Vec<TradeoffPoint>,
}

/// One policy of a [`Tradeoff`].
#[derive(Debug, Clone, PartialEq)]
pub struct TradeoffPoint {
    /// Name of the policy; empty where another stands for it.
    pub policy: String,
    /// Horizontal outcome.
    pub x: Estimate,
    /// Vertical outcome.
    pub y: Estimate,
    /// How it compares with the best of both.
    pub standing: Standing,
    /// Position in the categorical palette, kept by a policy throughout a report.
    pub color: usize,
}

/// Where a policy stands against the front of policies that no other beats on both outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// On the front: filled.
    Front,
    /// Not distinguishable from the front: open.
    Unclear,
    /// Beaten on both outcomes: small.
    Dominated,
}

const PLOT_HEIGHT: f64 = 620.0;
/// Height that a plot gains for each name beyond the first few.
const FOR_A_NAME: f64 = 90.0;
const FEW_NAMES: usize = 5;
/// Most width of a name, as a part of the plot, on a phone and wider, and its lines.
const LABEL_SHARES: [f64; 2] = [0.5, 0.34];
const LABEL_LINES: usize = 3;
const RADIUS: f64 = 14.0;
const SMALL_RADIUS: f64 = 8.0;
/// White around a dot, so that no line touches it.
const HALO: f64 = 7.0;
/// Words of the lines of equal price: 8 points in a figure printed 16 cm wide.
const PRICE: Style = Style::new(30.0, Weight::Regular, MUTED);

/// Draws the scatter.
///
/// # Errors
/// [`ChartError::TooFew`] without a policy, [`ChartError::Value`] when an estimate is not finite or
/// lies outside its interval, or a price is negative.
pub fn draw(tradeoff: &Tradeoff, theme: &Theme) -> Result<Svg, ChartError> {
    check(tradeoff)?;
    let points = &tradeoff.points;
    let named = points.iter().filter(|point| !point.policy.is_empty());
    let more = named.count().saturating_sub(FEW_NAMES) as f64;
    let left = LeftAxis::new(theme, ticks(points.iter().map(|point| point.y)), "");
    let across = ticks(points.iter().map(|point| point.x)).range();
    let room = PlotRoom {
        height: PLOT_HEIGHT + FOR_A_NAME * more,
        left: left.width,
        right: BottomAxis::overhang(theme, across, 0.8 * theme.body_width()).max(30.0),
        above: 24.0,
    };
    let titles = [tradeoff.x_title.as_str(), &tradeoff.y_title];
    let (mut page, plot) = titled_plot(theme, &tradeoff.words, titles, room);
    draw_plot(&mut page.canvas, tradeoff, plot, &left);
    page.finish()
}

fn check(tradeoff: &Tradeoff) -> Result<(), ChartError> {
    at_least("policies", 1, tradeoff.points.len())?;
    for TradeoffPoint { policy, x, y, .. } in &tradeoff.points {
        x.check(&format!("horizontal outcome of policy '{policy}'"))?;
        y.check(&format!("vertical outcome of policy '{policy}'"))?;
    }
    counts("prices", tradeoff.prices.iter().map(|(price, _)| *price))
}

/// Round ticks around zero and all intervals.
fn ticks(estimates: impl Iterator<Item = Estimate>) -> Ticks {
    let (low, high) = range_with_zero(estimates.flat_map(Estimate::ends));
    Ticks::around(low, high, 7)
}

fn draw_plot(canvas: &mut Canvas<'_>, tradeoff: &Tradeoff, plot: Rect, left: &LeftAxis) {
    let points = &tradeoff.points;
    let range = ticks(points.iter().map(|point| point.x)).range();
    let x = BottomAxis::fit(canvas.theme, range, plot.across());
    let y = left.scale(plot);
    left.draw(canvas, plot);
    x.draw(canvas, plot);
    canvas.vertical(x.at(0.0), (plot.top, plot.bottom), Stroke::solid(GRID, 2.0));
    let place = |x_value: f64, y_value: f64| (x.at(x_value), y.at(y_value));
    let prices: Vec<(Segment, &str)> = (tradeoff.prices.iter())
        .filter_map(|(price, words)| {
            let ends = line_of_price(*price, (x.scale.low, x.scale.high), (y.low, y.high));
            let (from, until) = ends?;
            let segment = (place(from.0, from.1), place(until.0, until.1));
            Some((segment, words.as_str()))
        })
        .collect();
    let mut lines: Vec<Segment> = prices.iter().map(|(segment, _)| *segment).collect();
    for (from, until) in &lines {
        canvas.line(vec![*from, *until], Stroke::solid(MUTED, 1.5));
    }
    let center = |point: &TradeoffPoint| place(point.x.value, point.y.value);
    for point in points {
        let (at, color) = (center(point), categorical(point.color));
        let stroke = Stroke::solid(color, 3.5);
        let (across, up) = (
            (x.at(point.x.low), x.at(point.x.high)),
            (y.at(point.y.low), y.at(point.y.high)),
        );
        canvas.horizontal(at.1, across, stroke);
        canvas.vertical(at.0, up, stroke);
        lines.push(((across.0, at.1), (across.1, at.1)));
        lines.push(((at.0, up.0), (at.0, up.1)));
    }
    let centers: Vec<Point> = points.iter().map(center).collect();
    draw_dots(canvas, points, &centers);
    let mut labels = PointLabels::new(plot, &centers, RADIUS);
    for (from, until) in lines {
        labels.avoid(from, until);
    }
    let share = LABEL_SHARES[usize::from(!canvas.theme.is_narrow())];
    let within = (share * plot.width(), LABEL_LINES);
    for (name, at) in names(tradeoff, &centers) {
        let name = Lines::even(canvas.theme, &name, Style::LABEL, within);
        labels.write(canvas, &name, at);
    }
    for (segment, words) in prices {
        let words = Lines::even(canvas.theme, words, PRICE, within);
        labels.write_near(canvas, &words, far_end(segment, place(0.0, 0.0)));
    }
}

/// Both ends of a line.
type Segment = (Point, Point);

/// The end of a line that is farther from `origin`.
fn far_end((from, until): Segment, origin: Point) -> Point {
    if (from.0 - origin.0).abs() > (until.0 - origin.0).abs() {
        from
    } else {
        until
    }
}

/// Those that have names last, because they stand for what they cover.
fn draw_dots(canvas: &mut Canvas<'_>, points: &[TradeoffPoint], centers: &[Point]) {
    let (named, others): (Vec<_>, Vec<_>) =
        (points.iter().zip(centers)).partition(|(point, _)| !point.policy.is_empty());
    for (point, center) in others.into_iter().chain(named) {
        draw_dot(canvas, point, *center);
    }
}

/// Names with their points; the first of points that touch each other stands for all of them.
fn names(tradeoff: &Tradeoff, centers: &[Point]) -> Vec<(String, Point)> {
    let mut named: Vec<(&str, Point, usize)> = Vec::new();
    let points = tradeoff.points.iter().zip(centers);
    for (point, at) in points.filter(|(point, _)| !point.policy.is_empty()) {
        let touches = |other: &Point| {
            (other.0 - at.0).abs() < 2.0 * RADIUS && (other.1 - at.1).abs() < 2.0 * RADIUS
        };
        match named.iter_mut().find(|(_, other, _)| touches(other)) {
            Some((_, _, more)) => *more += 1,
            None => named.push((&point.policy, *at, 0)),
        }
    }
    let said = |(name, at, more): (&str, Point, usize)| {
        let others = tradeoff.others.get(more.wrapping_sub(1));
        (format!("{name}{}", others.map_or("", String::as_str)), at)
    };
    named.into_iter().map(said).collect()
}

fn draw_dot(canvas: &mut Canvas<'_>, point: &TradeoffPoint, at: Point) {
    let radius = match point.standing {
        Standing::Dominated => SMALL_RADIUS,
        Standing::Front | Standing::Unclear => RADIUS,
    };
    let marker = Marker::nth_of(point.color);
    canvas.marker(Marker::Circle, at, radius + HALO, WHITE);
    canvas.marker(marker, at, radius, categorical(point.color));
    if point.standing == Standing::Unclear {
        canvas.marker(marker, at, radius - 5.0, WHITE);
    }
}

/// Both ends of the line through zero with the slope of a price, cut to the ranges of both axes, the end with fewer
/// of the horizontal outcome first; `None` where it has no length.
fn line_of_price(price: f64, x: (f64, f64), y: (f64, f64)) -> Option<(Point, Point)> {
    let end = |x_end: f64, y_end: f64| {
        let by_y = if price > 0.0 { y_end / -price } else { x_end };
        if by_y.abs() < x_end.abs() {
            (by_y, y_end)
        } else {
            (x_end, -price * x_end)
        }
    };
    let (from, until) = (end(x.0, y.1), end(x.1, y.0));
    (from.0 < until.0).then_some((from, until))
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
            color: idx,
        };
        Tradeoff {
            words: long_words(),
            x_title: "Displaced operations per 100 indicated in the whole cohort".to_owned(),
            y_title: "Production value lost in independent clinics (million euros)".to_owned(),
            prices: [0.5, 2.0]
                .map(|price| (price, format!("{price} operations for each patient")))
                .to_vec(),
            others: (1..policies).map(|n| format!(", and {n} more")).collect(),
            points: (0..policies).map(point).collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(1, 0.0), (2, 0.001), (6, 12.0), (20, 1e7)];
        assert_fits(cases, |(policies, size), theme| {
            draw(&tradeoff(policies, size), theme)
        });
    }

    #[test]
    fn an_estimate_outside_its_interval_is_refused() {
        assert_refused(draw(&tradeoff(2, -1.0), &theme()));
    }

    #[test]
    fn a_line_of_equal_price_ends_at_the_axes() {
        let ends = line_of_price(2.0, (-10.0, 5.0), (-4.0, 8.0));
        assert_eq!(ends, Some(((-4.0, 8.0), (2.0, -4.0))), "cut by the height");
        let ends = line_of_price(0.5, (-10.0, 5.0), (-4.0, 8.0));
        assert_eq!(ends, Some(((-10.0, 5.0), (5.0, -2.5))), "cut by the width");
        assert_eq!(
            line_of_price(2.0, (0.0, 1.0), (0.0, 1.0)),
            None,
            "no length"
        );
    }
}
