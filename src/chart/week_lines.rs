//! Lines over weeks in small multiples, such as one panel for each region.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::chart::axis::LeftAxis;
use crate::chart::canvas::Canvas;
use crate::chart::date_axis::DateAxis;
use crate::chart::input::{ChartError, at_least, counts, same_length};
use crate::chart::legend::{Legend, Symbol};
use crate::chart::mark::{Dash, Rect, Stroke};
use crate::chart::multiples::{Multiples, PanelRoom};
use crate::chart::page::{Page, Words};
use crate::chart::palette::Rgb;
use crate::chart::scale::Ticks;
use crate::chart::svg::Svg;
use crate::chart::theme::{Theme, Width};

/// Lines over weeks. All panels share both axes.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekLines {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// Mondays of the weeks, ascending, at least two.
    pub weeks: Vec<Date>,
    /// Names of the lines of each panel, in order, each with its color.
    pub legend: Vec<(String, Rgb)>,
    /// The panels, in reading order.
    pub panels: Vec<WeekPanel>,
}

/// One panel of [`WeekLines`].
#[derive(Debug, Clone, PartialEq)]
pub struct WeekPanel {
    /// Heading, for example the region.
    pub title: String,
    /// Percentages by week, not negative, of each line of the legend.
    pub lines: Vec<Vec<f64>>,
}

const PLOT_HEIGHT: f64 = 230.0;
/// Lines become thinner from the first to the last, so that one that covers another leaves it visible.
const THICKEST: f64 = 7.0;

/// Draws the lines. A week's value stands at its middle.
///
/// # Errors
/// [`ChartError::TooFew`] without a panel or with fewer than two weeks, [`ChartError::Length`] when lines do
/// not match the legend or the weeks, [`ChartError::Value`] when a value is negative or not finite.
pub fn draw(figure: &WeekLines, theme: &Theme) -> Result<Svg, ChartError> {
    check(figure)?;
    let strokes: Vec<Stroke> = (figure.legend.iter().enumerate())
        .map(|(idx, (_, color))| stroke(idx, *color))
        .collect();
    let symbols = strokes.iter().map(|stroke| Symbol::Line(*stroke));
    let names = figure.legend.iter().map(|(name, _)| name.as_str());
    let legend = Legend::new(theme, symbols.zip(names));
    let left = left_axis(figure, theme);
    let titles = figure.panels.iter().map(|panel| panel.title.as_str());
    let room = PanelRoom {
        columns: columns(figure.panels.len(), theme),
        height: PLOT_HEIGHT,
        left: left.width,
        right: 20.0,
        above: 0.0,
        below: DateAxis::HEIGHT,
    };
    let multiples = Multiples::new(theme, titles, room);
    let mut page = Page::new(theme, &figure.words, legend.height + multiples.height);
    let body = page.body;
    legend.draw(&mut page.canvas, (body.left, body.top));
    for (idx, panel) in figure.panels.iter().enumerate() {
        let plot = multiples.plot(idx, (body.left, body.top + legend.height));
        multiples.draw_title(&mut page.canvas, idx, plot);
        left.draw_grid(&mut page.canvas, plot);
        if multiples.is_first_in_row(idx) {
            left.draw_labels(&mut page.canvas, plot);
        }
        let x = DateAxis::new(span(figure), plot.across());
        draw_lines(
            &mut page.canvas,
            (figure, panel),
            &strokes,
            (plot, &x, &left),
        );
        if multiples.is_lowest_in_column(idx) {
            x.draw(&mut page.canvas, plot);
        }
    }
    page.finish()
}

fn check(figure: &WeekLines) -> Result<(), ChartError> {
    at_least("panels", 1, figure.panels.len())?;
    at_least("weeks", 2, figure.weeks.len())?;
    for panel in &figure.panels {
        let what = format!("lines of panel '{}'", panel.title);
        same_length(&what, figure.legend.len(), panel.lines.len())?;
        for line in &panel.lines {
            same_length(&what, figure.weeks.len(), line.len())?;
            counts(&what, line.iter().copied())?;
        }
    }
    Ok(())
}

fn columns(panels: usize, theme: &Theme) -> usize {
    let most = match theme.figure_width {
        Width::Phone => 2,
        Width::Page => 3,
        Width::Slide => 6,
    };
    panels.min(most)
}

fn stroke(idx: usize, color: Rgb) -> Stroke {
    let width = (THICKEST - 1.5 * idx as f64).max(3.0);
    Stroke::dashed(color, width, Dash::nth(idx))
}

/// From the first Monday to the Sunday of the last week.
fn span(figure: &WeekLines) -> (Date, Date) {
    let weeks = &figure.weeks;
    (weeks[0], weeks[weeks.len() - 1].saturating_add(6.days()))
}

fn left_axis(figure: &WeekLines, theme: &Theme) -> LeftAxis {
    let lines = figure.panels.iter().flat_map(|panel| &panel.lines);
    let highest = lines.flatten().copied().fold(0.0, f64::max);
    LeftAxis::new(theme, Ticks::around(0.0, highest, 5), "%")
}

fn draw_lines(
    canvas: &mut Canvas<'_>,
    (figure, panel): (&WeekLines, &WeekPanel),
    strokes: &[Stroke],
    (plot, x, left): (Rect, &DateAxis, &LeftAxis),
) {
    let y = left.scale(plot);
    for (line, stroke) in panel.lines.iter().zip(strokes) {
        let middles = figure
            .weeks
            .iter()
            .map(|week| week.saturating_add(3.days()));
        let places = middles.map(|date| x.at(date));
        let path = places.zip(line.iter().map(|value| y.at(*value)));
        canvas.line(path.collect(), *stroke);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};
    use crate::chart::palette::categorical;
    use jiff::civil::date;

    fn figure(panels: usize, weeks: i32, level: f64) -> WeekLines {
        let first = date(2021, 10, 4);
        let weeks: Vec<Date> = (0..weeks).map(|n| first + (7 * n).days()).collect();
        let line = |shift: usize| {
            (0..weeks.len())
                .map(|t| level * (t + shift) as f64)
                .collect()
        };
        let panel = |idx: usize| WeekPanel {
            title: name(idx),
            lines: (0..2).map(|shift| line(shift + idx)).collect(),
        };
        WeekLines {
            words: long_words(),
            legend: (0..2).map(|idx| (name(idx), categorical(idx))).collect(),
            panels: (0..panels).map(panel).collect(),
            weeks,
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(1, 2, 0.0), (2, 20, 5.0), (11, 13, 7e5), (24, 60, 0.01)];
        assert_fits(cases, |(panels, weeks, level), theme| {
            draw(&figure(panels, weeks, level), theme)
        });
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        assert_refused(draw(&figure(2, 4, f64::NAN), &theme()));
    }
}
