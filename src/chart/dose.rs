//! Dose and response: an outcome along the settings of one lever, in the same worlds.

use crate::chart::axis::{BottomAxis, LeftAxis};
use crate::chart::canvas::Canvas;
use crate::chart::input::{ChartError, Estimate, ascending, at_least, finite, same_length};
use crate::chart::mark::{Marker, Point, Rect, Stroke};
use crate::chart::page::Words;
use crate::chart::palette::{BLUE, GRID, INK, MUTED, WHITE, mix};
use crate::chart::scale::{Ticks, range_with_zero};
use crate::chart::svg::Svg;
use crate::chart::theme::{BODY_WIDTH, Style, Theme};
use crate::chart::titled_plot::{PlotRoom, titled_plot};

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
    let (low, high) = range(dose);
    let left = LeftAxis::new(theme, Ticks::around(low, high, 7), "");
    let name_height = match dose.current {
        Some(_) => Style::QUIET.line_height(),
        None => 0.0,
    };
    let room = PlotRoom {
        height: PLOT_HEIGHT,
        left: left.width,
        right: BottomAxis::overhang(theme, span(dose), 0.8 * BODY_WIDTH).max(40.0),
        above: name_height + 24.0,
    };
    let titles = [dose.x_title.as_str(), &dose.y_title];
    let (mut page, plot) = titled_plot(theme, &dose.words, titles, room);
    draw_plot(&mut page.canvas, dose, plot, &left);
    page.finish()
}

fn check(dose: &Dose) -> Result<(), ChartError> {
    at_least("settings", 2, dose.settings.len())?;
    same_length("response", dose.settings.len(), dose.response.len())?;
    finite("settings", dose.settings.iter().copied())?;
    ascending("settings", &dose.settings)?;
    for estimate in &dose.response {
        estimate.check("response")?;
    }
    for world in &dose.worlds {
        same_length("world", dose.settings.len(), world.len())?;
        finite("world", world.iter().copied())?;
    }
    let current = dose.current.iter().map(|(setting, _)| *setting);
    finite("current setting", current)
}

/// Of zero, all intervals and all worlds.
fn range(dose: &Dose) -> (f64, f64) {
    let ends = dose.response.iter().flat_map(|one| one.ends());
    range_with_zero(ends.chain(dose.worlds.iter().flatten().copied()))
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

fn draw_plot(canvas: &mut Canvas<'_>, dose: &Dose, plot: Rect, left: &LeftAxis) {
    let x = BottomAxis::fit(canvas.theme, span(dose), plot.across());
    let y = left.scale(plot);
    let path = |values: &mut dyn Iterator<Item = f64>| -> Vec<Point> {
        let pairs = dose.settings.iter().zip(values);
        pairs
            .map(|(&setting, value)| (x.at(setting), y.at(value)))
            .collect()
    };
    let mut band = path(&mut dose.response.iter().map(|one| one.high));
    let lower = path(&mut dose.response.iter().map(|one| one.low));
    band.extend(lower.into_iter().rev());
    canvas.area(band, mix(WHITE, BLUE, 0.28));
    left.draw(canvas, plot);
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
        let at = x.at(*setting);
        canvas.vertical(at, (plot.top - 8.0, plot.bottom), Stroke::solid(INK, 2.5));
        canvas.caption_above(name, at, plot, Style::QUIET);
    }
    x.draw(canvas, plot);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};

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
        let cases = [(2, 0.01), (5, 1.0), (30, 1e6)];
        assert_fits(cases, |(settings, size)| {
            draw(&dose(settings, size), &theme())
        });
    }

    #[test]
    fn settings_that_do_not_ascend_are_refused() {
        let mut turned = dose(4, 1.0);
        turned.settings.reverse();
        assert_refused(draw(&turned, &theme()));
    }

    #[test]
    fn a_response_outside_its_interval_is_refused() {
        assert_refused(draw(&dose(3, -1.0), &theme()));
    }
}
