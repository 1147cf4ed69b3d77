//! Fan of occupancy: bands and median over dates in panels on one scale, with capacity lines.

mod grid;

use jiff::civil::Date;

use crate::chart::axis::{DateScale, draw_date_axis, draw_grid, label_grid};
use crate::chart::canvas::{Anchor, Canvas, Dash, Marker, Rect, Stroke};
use crate::chart::fan::grid::{Grid, HEAD_GAP, end_labels, phase_middle};
use crate::chart::key::{Item, Key, Symbol};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{INK, MUTED, Rgb, SHADE, WHITE, categorical, mix};
use crate::chart::scale::Scale;
use crate::chart::svg::Svg;
use crate::chart::theme::{Style, Theme};
use crate::chart::{ChartError, at_least, ordered, same_length, within};

/// Bands of occupancy over dates. All panels share both axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Fan {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// The dates of all series, ascending, at least two.
    pub dates: Vec<Date>,
    /// One to about twenty panels.
    pub panels: Vec<FanPanel>,
    /// Names of the bands for the key, widest first, for example `95 %`.
    pub band_names: Vec<String>,
    /// Name of the median line in the key.
    pub median_name: String,
    /// Name of the observed dots in the key; drawn when any panel has dots.
    pub observed_name: String,
    /// Vertical bands behind the data, in order of time.
    pub phases: Vec<PhaseSpan>,
}

/// One panel of a [`Fan`].
#[derive(Debug, Clone, PartialEq)]
pub struct FanPanel {
    /// Heading, for example the policy.
    pub title: String,
    /// Position in the categorical palette, kept by a policy throughout a report.
    pub color: usize,
    /// Lower and upper ends per date, widest band first; as many bands as names.
    pub bands: Vec<Band>,
    /// One value per date.
    pub median: Vec<f64>,
    /// What really happened, at any dates inside the axis.
    pub observed: Vec<(Date, f64)>,
    /// Capacity over time; solid, long-dashed, short-dashed, mixed in this order.
    pub capacities: Vec<Capacity>,
}

/// Lower and upper end of a band, one value per date.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Lower ends.
    pub lower: Vec<f64>,
    /// Upper ends.
    pub upper: Vec<f64>,
}

/// A capacity that steps from date to date.
#[derive(Debug, Clone, PartialEq)]
pub struct Capacity {
    /// Written at the end of the line.
    pub label: String,
    /// The value that holds from each date on.
    pub values: Vec<f64>,
}

/// A labeled run of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseSpan {
    /// Short name, for example `2A`.
    pub label: String,
    /// First day.
    pub from: Date,
    /// First day after.
    pub until: Date,
}

/// Draws the fan.
///
/// # Errors
/// [`ChartError::TooFew`] without a panel or with fewer than two dates, [`ChartError::Length`]
/// when a series does not match the dates, [`ChartError::Value`] when a value is negative or not
/// finite, a band is upside down or a date lies outside the axis.
pub fn draw(fan: &Fan, theme: &Theme) -> Result<Svg, ChartError> {
    check(fan)?;
    let key = Key::set(theme, key_items(fan));
    let grid = Grid::set(fan, theme, key.height);
    let mut page = Page::new(theme, &fan.words, key.height + grid.height());
    let (left, top) = (page.body.left, page.body.top);
    key.draw(&mut page.canvas, (left, top));
    for (idx, panel) in fan.panels.iter().enumerate() {
        let plot = grid.plot(idx, (left, top + key.height));
        draw_panel(&mut page.canvas, &grid, panel, plot, idx);
    }
    page.finish()
}

fn check(fan: &Fan) -> Result<(), ChartError> {
    at_least("panels", 1, fan.panels.len())?;
    at_least("dates", 2, fan.dates.len())?;
    let spans = fan
        .phases
        .iter()
        .flat_map(|phase| [phase.from, phase.until]);
    if !fan.dates.is_sorted_by(|a, b| a < b) {
        let value = "unsorted dates".to_owned();
        return Err(ChartError::Value {
            what: "dates".to_owned(),
            value,
            range: "ascending",
        });
    }
    spans
        .into_iter()
        .try_for_each(|date| check_date(fan, "phases", date))?;
    fan.panels
        .iter()
        .try_for_each(|panel| check_panel(fan, panel))
}

fn check_panel(fan: &Fan, panel: &FanPanel) -> Result<(), ChartError> {
    let what = |part: &str| format!("{part} of panel '{}'", panel.title);
    same_length(&what("bands"), fan.band_names.len(), panel.bands.len())?;
    let bands = panel
        .bands
        .iter()
        .flat_map(|band| [&band.lower, &band.upper]);
    let capacities = panel.capacities.iter().map(|capacity| &capacity.values);
    for series in bands.chain(capacities).chain([&panel.median]) {
        same_length(&what("series"), fan.dates.len(), series.len())?;
        series
            .iter()
            .try_for_each(|&value| check_count(&what("series"), value))?;
    }
    for band in &panel.bands {
        for (&lower, &upper) in band.lower.iter().zip(&band.upper) {
            ordered(&what("bands"), (lower, upper))?;
        }
    }
    for &(date, value) in &panel.observed {
        check_date(fan, &what("observed"), date)?;
        check_count(&what("observed"), value)?;
    }
    Ok(())
}

fn check_count(what: &str, value: f64) -> Result<(), ChartError> {
    within(what, value, 0.0..=f64::MAX, "finite, not negative").map(|_| ())
}

fn check_date(fan: &Fan, what: &str, date: Date) -> Result<(), ChartError> {
    let (first, last) = ends(&fan.dates);
    if (first..=last).contains(&date) {
        return Ok(());
    }
    let (what, value) = (what.to_owned(), date.to_string());
    Err(ChartError::Value {
        what,
        value,
        range: "the dates of the axis",
    })
}

fn ends(dates: &[Date]) -> (Date, Date) {
    (dates[0], dates[dates.len() - 1])
}

fn key_items(fan: &Fan) -> Vec<Item> {
    let color = same_color(fan).unwrap_or(MUTED);
    let item = |symbol, label: &String| Item {
        symbol,
        label: label.clone(),
    };
    let mut items = vec![item(Symbol::Line(median_stroke(color)), &fan.median_name)];
    let names = fan.band_names.iter().enumerate().rev();
    items.extend(
        names.map(|(idx, name)| item(Symbol::Swatch(tint(color, idx, fan.band_names.len())), name)),
    );
    if fan.panels.iter().any(|panel| !panel.observed.is_empty()) {
        items.push(item(
            Symbol::Marker(Marker::Circle, INK),
            &fan.observed_name,
        ));
    }
    items
}

/// The color of all panels, when they have one; else the key is grey.
fn same_color(fan: &Fan) -> Option<Rgb> {
    let first = fan.panels[0].color;
    fan.panels
        .iter()
        .all(|panel| panel.color == first)
        .then(|| categorical(first))
}

/// Solid tints in place of transparency: bands lie on top of each other.
fn tint(color: Rgb, band: usize, bands: usize) -> Rgb {
    mix(WHITE, color, 0.12 + 0.44 * (band + 1) as f64 / bands as f64)
}

fn median_stroke(color: Rgb) -> Stroke {
    Stroke::solid(mix(color, INK, 0.25), 5.0)
}

fn draw_panel(canvas: &mut Canvas<'_>, grid: &Grid<'_>, panel: &FanPanel, plot: Rect, idx: usize) {
    let days = ends(&grid.fan.dates);
    let axes = Axes {
        x: DateScale::new(days, (plot.left, plot.right)),
        y: Scale::new(grid.ticks.range(), (plot.bottom, plot.top)),
    };
    let title = &grid.titles[idx];
    let phase_height = grid.phase_height(idx / grid.columns);
    let title_top = plot.top - HEAD_GAP - phase_height - Style::PANEL.block_height(title.len());
    canvas.lines(title, (plot.left, title_top), Anchor::Start, Style::PANEL);
    shade_phases(canvas, &grid.fan.phases, plot, axes.x);
    if idx < grid.columns {
        name_phases(canvas, grid, plot, axes.x);
    }
    draw_grid(canvas, plot, &grid.ticks, axes.y);
    draw_fan(canvas, &grid.fan.dates, panel, axes);
    if grid.is_first_in_row(idx) {
        label_grid(canvas, plot.left, (&grid.ticks, ""), axes.y);
    }
    if grid.is_last_in_row(idx) {
        label_ends(canvas, panel, plot, axes.y);
    }
    if grid.is_lowest_in_column(idx) {
        draw_date_axis(canvas, plot, days, axes.x);
    }
}

#[derive(Clone, Copy)]
struct Axes {
    x: DateScale,
    y: Scale,
}

impl Axes {
    fn path(self, dates: &[Date], values: &[f64]) -> Vec<(f64, f64)> {
        dates
            .iter()
            .zip(values)
            .map(|(&date, &value)| (self.x.at(date), self.y.at(value)))
            .collect()
    }

    fn steps(self, dates: &[Date], values: &[f64]) -> Vec<(f64, f64)> {
        let mut path = self.path(dates, values);
        for idx in (1..path.len()).rev() {
            if (path[idx].1 - path[idx - 1].1).abs() > 0.0 {
                path.insert(idx, (path[idx].0, path[idx - 1].1));
            }
        }
        path
    }
}

/// Every second phase is shaded.
fn shade_phases(canvas: &mut Canvas<'_>, phases: &[PhaseSpan], plot: Rect, x: DateScale) {
    for phase in phases.iter().step_by(2) {
        canvas.rect(
            Rect {
                left: x.at(phase.from),
                right: x.at(phase.until),
                ..plot
            },
            SHADE,
        );
    }
}

fn name_phases(canvas: &mut Canvas<'_>, grid: &Grid<'_>, plot: Rect, x: DateScale) {
    for (phase, row) in grid.fan.phases.iter().zip(&grid.phase_rows) {
        if let Some(row) = row {
            let middle = phase_middle(canvas.theme, phase, (plot.left, plot.right), x);
            let top = plot.top - 0.5 * HEAD_GAP - Style::QUIET.block_height(row + 1);
            let at = (middle, Style::QUIET.baseline_below(top));
            canvas.text(&phase.label, at, Anchor::Middle, Style::QUIET);
        }
    }
}

fn draw_fan(canvas: &mut Canvas<'_>, dates: &[Date], panel: &FanPanel, axes: Axes) {
    let color = categorical(panel.color);
    for (idx, band) in panel.bands.iter().enumerate() {
        let mut outline = axes.path(dates, &band.upper);
        outline.extend(axes.path(dates, &band.lower).into_iter().rev());
        canvas.area(outline, tint(color, idx, panel.bands.len()));
    }
    canvas.line(axes.path(dates, &panel.median), median_stroke(color));
    for (idx, capacity) in panel.capacities.iter().enumerate() {
        let stroke = Stroke {
            color: INK,
            width: 3.5,
            dash: Dash::nth(idx),
        };
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

/// Names at the ends of the capacity lines.
fn label_ends(canvas: &mut Canvas<'_>, panel: &FanPanel, plot: Rect, y: Scale) {
    let last = panel
        .capacities
        .iter()
        .filter_map(|capacity| capacity.values.last());
    let points: Vec<_> = last
        .map(|&value| ((plot.right + 2.0, y.at(value)), MUTED))
        .collect();
    end_labels(panel, canvas.theme).draw(canvas, &points, plot);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::samples::{long_words, name, theme};
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
        for (panels, days, level) in [
            (1, 2, 0.0),
            (1, 120, 1200.0),
            (2, 60, 0.4),
            (4, 90, 1e6),
            (20, 200, 700.0),
        ] {
            let svg = draw(&fan(panels, days, level), &theme()).unwrap();
            assert_eq!(
                svg.validate_in_bounds(),
                Ok(()),
                "{panels} panels, {days} days, {level}"
            );
        }
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
            let error = draw(&broken, &theme()).unwrap_err();
            assert!(
                matches!(error, ChartError::Value { .. }),
                "{bad} gave {error}"
            );
        }
    }

    #[test]
    fn a_band_that_is_upside_down_is_refused() {
        let mut broken = fan(1, 10, 5.0);
        broken.panels[0].bands[1].lower[3] = 99.0;
        let error = draw(&broken, &theme()).unwrap_err();
        assert!(matches!(error, ChartError::Value { .. }), "got {error}");
    }

    #[test]
    fn a_capacity_holds_until_it_changes() {
        let dates = [date(2021, 10, 1), date(2021, 10, 2), date(2021, 10, 3)];
        let axes = Axes {
            x: DateScale::new(ends(&dates), (0.0, 2.0)),
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
