//! Dose and response: an outcome along the settings of one lever, in the same worlds.

use crate::chart::axis::{
    LABEL_GAP, VALUE_AXIS_HEIGHT, draw_grid, draw_value_axis, fitting_ticks, label_grid,
    tick_labels,
};
use crate::chart::canvas::{Anchor, Canvas, Marker, Rect, Stroke};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{BLUE, GRID, INK, MUTED, WHITE, mix};
use crate::chart::scale::{Scale, Ticks};
use crate::chart::svg::Svg;
use crate::chart::text::{Room, wrap};
use crate::chart::theme::{Style, Theme};
use crate::chart::{ChartError, Estimate, at_least, finite, same_length};

/// An outcome along a lever.
#[derive(Debug, Clone, PartialEq)]
pub struct Dose {
    /// Title, subtitle, caption, alternative text.
    pub words: Words,
    /// Name and unit of the lever, written below its axis.
    pub x_title: String,
    /// Name and unit of the outcome, written above its axis.
    pub y_title: String,
    /// Settings of the lever, ascending, at least two.
    pub settings: Vec<f64>,
    /// The outcome at each setting.
    pub response: Vec<Estimate>,
    /// Single worlds along the lever, drawn faintly; each has one value per setting.
    pub worlds: Vec<Vec<f64>>,
    /// The setting in force with its name, marked by a vertical line.
    pub current: Option<(f64, String)>,
}

const PLOT_HEIGHT: f64 = 560.0;

/// Draws the response with its interval as a band.
///
/// # Errors
/// [`ChartError::TooFew`] with fewer than two settings, [`ChartError::Length`] when a series does not
/// match them, [`ChartError::Value`] when settings do not ascend, a number is not finite or an
/// estimate lies outside its interval.
pub fn draw(dose: &Dose, theme: &Theme) -> Result<Svg, ChartError> {
    check(dose)?;
    let title = |text: &str| {
        let (width, lines) = (0.6 * Page::BODY_WIDTH, 2);
        wrap(theme, text, Style::LABEL, Room { width, lines })
    };
    let (above, below) = (title(&dose.y_title), title(&dose.x_title));
    let current = dose
        .current
        .as_ref()
        .map_or(0.0, |_| Style::QUIET.line_height());
    let head = Style::LABEL.block_height(above.len()) + current + 24.0;
    let foot = VALUE_AXIS_HEIGHT + Style::LABEL.block_height(below.len());
    let mut page = Page::new(theme, &dose.words, head + PLOT_HEIGHT + foot);
    let ticks = Ticks::around(range(dose).0, range(dose).1, 7);
    let labels = tick_labels(theme, &ticks, "");
    let tick_width = theme.widest(labels.iter().map(String::as_str), Style::LABEL);
    let plot = Rect {
        left: page.body.left + tick_width + LABEL_GAP,
        top: page.body.top + head,
        right: page.body.right - last_half(dose, theme).max(40.0),
        bottom: page.body.bottom - foot,
    };
    let (left, top) = (page.body.left, page.body.top);
    page.canvas
        .lines(&above, (left, top), Anchor::Start, Style::LABEL);
    let at = (plot.right, plot.bottom + VALUE_AXIS_HEIGHT);
    page.canvas.lines(&below, at, Anchor::End, Style::LABEL);
    draw_plot(&mut page.canvas, dose, plot, &ticks);
    page.finish()
}

fn check(dose: &Dose) -> Result<(), ChartError> {
    at_least("settings", 2, dose.settings.len())?;
    same_length("response", dose.settings.len(), dose.response.len())?;
    for &setting in &dose.settings {
        finite("settings", setting)?;
    }
    if !dose.settings.is_sorted_by(|a, b| a < b) {
        return Err(ChartError::Value {
            what: "settings".to_owned(),
            value: "unsorted settings".to_owned(),
            range: "ascending",
        });
    }
    for estimate in &dose.response {
        estimate.checked("response")?;
    }
    for world in &dose.worlds {
        same_length("world", dose.settings.len(), world.len())?;
        for &value in world {
            finite("world", value)?;
        }
    }
    dose.current
        .as_ref()
        .map_or(Ok(0.0), |(setting, _)| finite("current setting", *setting))
        .map(|_| ())
}

/// Zero, all intervals and all worlds.
fn range(dose: &Dose) -> (f64, f64) {
    let ends = dose.response.iter().flat_map(|one| [one.low, one.high]);
    let worlds = dose.worlds.iter().flatten().copied();
    ends.chain(worlds).fold((0.0, 0.0), |(low, high), value| {
        (value.min(low), value.max(high))
    })
}

/// The lowest and highest setting, that in force included.
fn span(dose: &Dose) -> (f64, f64) {
    let current = dose.current.as_ref().map(|(setting, _)| *setting);
    let settings = || dose.settings.iter().copied().chain(current);
    (
        settings().fold(f64::INFINITY, f64::min),
        settings().fold(f64::NEG_INFINITY, f64::max),
    )
}

/// Half the width of a label of the lever's axis.
fn last_half(dose: &Dose, theme: &Theme) -> f64 {
    let ticks = fitting_ticks(theme, span(dose), 0.8 * Page::BODY_WIDTH, "");
    let labels = tick_labels(theme, &ticks, "");
    0.5 * theme.widest(labels.iter().map(String::as_str), Style::LABEL)
}

fn draw_plot(canvas: &mut Canvas<'_>, dose: &Dose, plot: Rect, ticks: &Ticks) {
    let columns = fitting_ticks(canvas.theme, span(dose), plot.width(), "");
    let x = Scale::new(columns.range(), (plot.left, plot.right));
    let y = Scale::new(ticks.range(), (plot.bottom, plot.top));
    let path = |values: &mut dyn Iterator<Item = f64>| -> Vec<(f64, f64)> {
        let pairs = dose.settings.iter().zip(values);
        pairs
            .map(|(&setting, value)| (x.at(setting), y.at(value)))
            .collect()
    };
    let mut band = path(&mut dose.response.iter().map(|one| one.high));
    band.extend(
        path(&mut dose.response.iter().map(|one| one.low))
            .into_iter()
            .rev(),
    );
    canvas.area(band, mix(WHITE, BLUE, 0.28));
    draw_grid(canvas, plot, ticks, y);
    label_grid(canvas, plot.left, (ticks, ""), y);
    for world in &dose.worlds {
        let faint = Stroke::solid(mix(GRID, MUTED, 0.35), 1.5);
        canvas.line(path(&mut world.iter().copied()), faint);
    }
    let middle = path(&mut dose.response.iter().map(|one| one.value));
    canvas.line(middle.clone(), Stroke::solid(BLUE, 5.0));
    for at in middle {
        canvas.marker(Marker::Circle, at, 9.0, BLUE);
    }
    if let Some((setting, name)) = &dose.current {
        draw_current(canvas, plot, x.at(*setting), name);
    }
    draw_value_axis(canvas, plot, &columns, x, "");
}

fn draw_current(canvas: &mut Canvas<'_>, plot: Rect, at: f64, name: &str) {
    let line = vec![(at, plot.top - 8.0), (at, plot.bottom)];
    canvas.line(line, Stroke::solid(INK, 2.5));
    let (width, lines) = (plot.width(), 1);
    let name = wrap(canvas.theme, name, Style::QUIET, Room { width, lines }).concat();
    let half = 0.5 * canvas.theme.width(&name, Style::QUIET);
    let middle = at.min(plot.right - half).max(plot.left + half);
    let y = Style::QUIET.baseline_below(plot.top - Style::QUIET.line_height() - 8.0);
    canvas.text(&name, (middle, y), Anchor::Middle, Style::QUIET);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::samples::{long_words, name, theme};

    fn dose(settings: usize, size: f64) -> Dose {
        let value = |idx: usize| size * (idx + 1) as f64;
        Dose {
            words: long_words(),
            x_title: name(0),
            y_title: name(4),
            settings: (0..settings).map(|idx| size + value(idx)).collect(),
            response: (0..settings)
                .map(|idx| Estimate::new(value(idx), value(idx) - size, value(idx) + size))
                .collect(),
            worlds: vec![(0..settings).map(value).collect(); 3],
            current: Some((0.0, name(0))),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        for (settings, size) in [(2, 0.01), (5, 1.0), (30, 1e6)] {
            let svg = draw(&dose(settings, size), &theme()).unwrap();
            assert_eq!(
                svg.validate_in_bounds(),
                Ok(()),
                "{settings} settings of {size}"
            );
        }
    }

    #[test]
    fn settings_that_do_not_ascend_are_refused() {
        let mut turned = dose(4, 1.0);
        turned.settings.reverse();
        let error = draw(&turned, &theme()).unwrap_err();
        assert!(matches!(error, ChartError::Value { .. }), "got {error}");
    }

    #[test]
    fn a_response_outside_its_interval_is_refused() {
        let error = draw(&dose(3, -1.0), &theme()).unwrap_err();
        assert!(matches!(error, ChartError::Value { .. }), "got {error}");
    }
}
