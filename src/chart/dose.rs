//! Dose and response: an outcome along the settings of one lever, in the same worlds.

use crate::chart::axis::{BottomAxis, LeftAxis};
use crate::chart::canvas::Canvas;
use crate::chart::input::{ChartError, Estimate, ascending, at_least, finite, same_length};
use crate::chart::mark::{Marker, Point, Rect, Stroke};
use crate::chart::page::Words;
use crate::chart::palette::{BLUE, WHITE, mix};
use crate::chart::scale::{Ticks, range_with_zero};
use crate::chart::svg::Svg;
use crate::chart::theme::Theme;
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
    let (low, high) = range_with_zero(dose.response.iter().flat_map(|one| one.ends()));
    let left = LeftAxis::new(theme, Ticks::around(low, high, 7), "");
    let room = PlotRoom {
        height: PLOT_HEIGHT,
        left: left.width,
        right: BottomAxis::overhang(theme, span(dose), 0.8 * theme.body_width()).max(40.0),
        above: 24.0,
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
    Ok(())
}

/// The lowest and the highest setting.
fn span(dose: &Dose) -> (f64, f64) {
    (dose.settings[0], dose.settings[dose.settings.len() - 1])
}

fn draw_plot(canvas: &mut Canvas<'_>, dose: &Dose, plot: Rect, left: &LeftAxis) {
    let x = BottomAxis::fit(canvas.theme, span(dose), plot.across());
    let y = left.scale(plot);
    let path = |value: fn(&Estimate) -> f64| -> Vec<Point> {
        let pairs = dose.settings.iter().zip(&dose.response);
        pairs
            .map(|(&setting, one)| (x.at(setting), y.at(value(one))))
            .collect()
    };
    let mut band = path(|one| one.high);
    band.extend(path(|one| one.low).into_iter().rev());
    canvas.area(band, mix(WHITE, BLUE, 0.28));
    left.draw(canvas, plot);
    let middle = path(|one| one.value);
    canvas.line(middle.clone(), Stroke::solid(BLUE, 5.0));
    for at in middle {
        canvas.marker(Marker::Circle, at, 9.0, BLUE);
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
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(2, 0.01), (5, 1.0), (30, 1e6)];
        assert_fits(cases, |(settings, size), theme| {
            draw(&dose(settings, size), theme)
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
