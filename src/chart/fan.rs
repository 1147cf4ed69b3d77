//! Fan of occupancy: bands and median over dates in panels on one scale, with capacity lines.

mod input;
mod phases;
mod grid;

pub use input::{Band, Capacity, Fan, FanPanel, PhaseSpan};

use jiff::civil::Date;

use crate::chart::canvas::Canvas;
use crate::chart::date_axis::DateAxis;
use crate::chart::fan::grid::Grid;
use crate::chart::input::ChartError;
use crate::chart::legend::{Legend, Symbol};
use crate::chart::mark::{Anchor, Dash, Marker, Point, Rect, Stroke};
use crate::chart::page::Page;
use crate::chart::palette::{INK, MUTED, Rgb, WHITE, categorical, mix};
use crate::chart::scale::Scale;
use crate::chart::svg::Svg;
use crate::chart::theme::Theme;

/// Draws the fan.
///
/// # Errors
/// [`ChartError::TooFew`] without a panel or with fewer than two dates, [`ChartError::Length`]
/// when a series does not match the dates, [`ChartError::Value`] when a value is negative or not
/// finite, a band is upside down or a date lies outside the axis.
pub fn draw(fan: &Fan, theme: &Theme) -> Result<Svg, ChartError> {
    fan.check()?;
    let legend = Legend::new(theme, legend_items(fan));
    let grid = Grid::new(fan, theme, legend.height);
    let mut page = Page::new(theme, &fan.words, legend.height + grid.height());
    let (left, top) = (page.body.left, page.body.top);
    legend.draw(&mut page.canvas, (left, top));
    for idx in 0..fan.panels.len() {
        let plot = grid.plot(idx, (left, top + legend.height));
        draw_panel(&mut page.canvas, fan, &grid, (idx, plot));
    }
    page.finish()
}

fn legend_items(fan: &Fan) -> Vec<(Symbol, &str)> {
    let color = same_color(fan).unwrap_or(MUTED);
    let mut items = vec![(Symbol::Line(median_stroke(color)), fan.median_name.as_str())];
    let names = fan.band_names.iter().enumerate().rev();
    let swatch = |idx| Symbol::Swatch(tint(color, idx, fan.band_names.len()));
    items.extend(names.map(|(idx, name)| (swatch(idx), name.as_str())));
    if fan.panels.iter().any(|panel| !panel.observed.is_empty()) {
        let dot = Symbol::Marker(Marker::Circle, INK);
        items.push((dot, &fan.observed_name));
    }
    items
}

/// The color of all panels, when they have one; else the legend is grey.
fn same_color(fan: &Fan) -> Option<Rgb> {
    let first = fan.panels[0].color;
    let is_same = fan.panels.iter().all(|panel| panel.color == first);
    is_same.then(|| categorical(first))
}

/// Solid tints in place of transparency: bands lie on top of each other.
fn tint(color: Rgb, band: usize, bands: usize) -> Rgb {
    mix(WHITE, color, 0.12 + 0.44 * (band + 1) as f64 / bands as f64)
}

fn median_stroke(color: Rgb) -> Stroke {
    Stroke::solid(mix(color, INK, 0.25), 5.0)
}

fn draw_panel(canvas: &mut Canvas<'_>, fan: &Fan, grid: &Grid, (idx, plot): (usize, Rect)) {
    let axes = Axes {
        x: DateAxis::new(fan.days(), plot.across()),
        y: grid.axis.scale(plot),
    };
    let panel = &fan.panels[idx];
    let at = (plot.left, grid.title_top(idx, plot));
    canvas.lines(&grid.titles[idx], at, Anchor::Start);
    phases::shade(canvas, &fan.phases, plot, &axes.x);
    if grid.is_in_first_row(idx) {
        grid.phases.draw(canvas, &fan.phases, plot, &axes.x);
    }
    grid.axis.draw_grid(canvas, plot);
    draw_series(canvas, &fan.dates, panel, axes);
    if grid.is_first_in_row(idx) {
        grid.axis.draw_labels(canvas, plot);
    }
    if grid.is_last_in_row(idx) {
        let last = panel
            .capacities
            .iter()
            .filter_map(|capacity| capacity.values.last());
        let end = |&value: &f64| ((plot.right + 2.0, axes.y.at(value)), MUTED);
        let ends: Vec<_> = last.map(end).collect();
        grid.labels[idx].draw(canvas, &ends, plot);
    }
    if grid.is_lowest_in_column(idx) {
        axes.x.draw(canvas, plot);
    }
}

#[derive(Clone, Copy)]
struct Axes {
    x: DateAxis,
    y: Scale,
}

impl Axes {
    fn path(self, dates: &[Date], values: &[f64]) -> Vec<Point> {
        let pairs = dates.iter().zip(values);
        pairs
            .map(|(&date, &value)| (self.x.at(date), self.y.at(value)))
            .collect()
    }

    fn steps(self, dates: &[Date], values: &[f64]) -> Vec<Point> {
        let mut path = self.path(dates, values);
        for idx in (1..path.len()).rev() {
            if (path[idx].1 - path[idx - 1].1).abs() > 0.0 {
                path.insert(idx, (path[idx].0, path[idx - 1].1));
            }
        }
        path
    }
}

fn draw_series(canvas: &mut Canvas<'_>, dates: &[Date], panel: &FanPanel, axes: Axes) {
    let color = categorical(panel.color);
    for (idx, band) in panel.bands.iter().enumerate() {
        let mut outline = axes.path(dates, &band.upper);
        outline.extend(axes.path(dates, &band.lower).into_iter().rev());
        canvas.area(outline, tint(color, idx, panel.bands.len()));
    }
    canvas.line(axes.path(dates, &panel.median), median_stroke(color));
    for (idx, capacity) in panel.capacities.iter().enumerate() {
        let stroke = Stroke::dashed(INK, 3.5, Dash::nth(idx));
        canvas.line(axes.steps(dates, &capacity.values), stroke);
    }
    let radius = dot_radius(panel.observed.len());
    for &(date, value) in &panel.observed {
        let at = (axes.x.at(date), axes.y.at(value));
        canvas.marker(Marker::Circle, at, radius + 1.5, WHITE);
        canvas.marker(Marker::Circle, at, radius, INK);
    }
}

/// Many dots are small, so that the bands stay visible below them.
const fn dot_radius(n_dots: usize) -> f64 {
    if n_dots > 40 { 2.5 } else { 5.5 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};
    use jiff::ToSpan;
    use jiff::civil::date;

    fn capacity(label: &str, value: f64, n: usize) -> Capacity {
        Capacity {
            label: label.to_owned(),
            values: vec![value; n],
        }
    }

    fn fan(panels: usize, days: i32, level: f64) -> Fan {
        let first = date(2021, 11, 24);
        let dates: Vec<Date> = (0..days).map(|day| first + day.days()).collect();
        let n = dates.len();
        let band = |width: f64| Band {
            lower: vec![level * (1.0 - width); n],
            upper: vec![level * (1.0 + width); n],
        };
        let panel = |idx: usize| FanPanel {
            title: name(idx),
            color: idx,
            bands: [0.6, 0.4, 0.2].map(band).to_vec(),
            median: vec![level; n],
            observed: vec![(first, level)],
            capacities: vec![
                capacity("physical beds", 1.05 * level, n),
                capacity("agreed beds", 1.02 * level, n),
                capacity("staffed beds", level, n),
            ],
        };
        Fan {
            words: long_words(),
            panels: (0..panels).map(panel).collect(),
            band_names: ["95 %", "80 %", "50 %"].map(str::to_owned).to_vec(),
            median_name: "median".to_owned(),
            observed_name: "observed".to_owned(),
            is_wide: panels < 3,
            phases: (0..6)
                .map(|idx| PhaseSpan {
                    label: format!("2{idx}"),
                    from: dates[n * idx / 6],
                    until: dates[(n * (idx + 1) / 6).min(n - 1)],
                })
                .collect(),
            dates,
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [
            (1, 2, 0.0),
            (1, 120, 1200.0),
            (2, 60, 0.4),
            (4, 90, 1e6),
            (20, 200, 700.0),
        ];
        assert_fits(cases, |(panels, days, level), theme| {
            draw(&fan(panels, days, level), theme)
        });
    }

    #[test]
    fn a_series_of_the_wrong_length_is_named() {
        let mut short = fan(1, 10, 5.0);
        short.panels[0].median.pop();
        let error = draw(&short, &theme()).unwrap_err().to_string();
        assert!(
            error.ends_with("10 values expected, 9 given"),
            "got: {error}"
        );
    }

    #[test]
    fn values_that_cannot_be_drawn_are_refused() {
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            let mut broken = fan(1, 10, 5.0);
            broken.panels[0].bands[1].upper[3] = bad;
            assert_refused(draw(&broken, &theme()));
        }
    }

    #[test]
    fn a_band_that_is_upside_down_is_refused() {
        let mut broken = fan(1, 10, 5.0);
        broken.panels[0].bands[1].lower[3] = 99.0;
        assert_refused(draw(&broken, &theme()));
    }

    #[test]
    fn a_capacity_holds_until_it_changes() {
        let dates = [date(2021, 10, 1), date(2021, 10, 2), date(2021, 10, 3)];
        let axes = Axes {
            x: DateAxis::new((dates[0], dates[2]), (0.0, 2.0)),
            y: Scale::new((0.0, 10.0), (10.0, 0.0)),
        };
        let path = axes.steps(&dates, &[4.0, 4.0, 8.0]);
        assert_eq!(
            path,
            [(0.0, 6.0), (1.0, 6.0), (2.0, 6.0), (2.0, 2.0)],
            "a step, not a slope"
        );
    }
}
