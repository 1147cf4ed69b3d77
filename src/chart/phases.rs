//! Phase calendar: the probability of each phase by week, stacked to 100 %.

use jiff::civil::Date;

use crate::chart::axis::LeftAxis;
use crate::chart::canvas::Canvas;
use crate::chart::date_axis::week_label;
use crate::chart::input::{ChartError, at_least, same_length, within};
use crate::chart::legend::{Legend, Symbol};
use crate::chart::mark::{Anchor, Rect};
use crate::chart::page::{Page, Words, stacked};
use crate::chart::palette::{GRID, Rgb, sequential, text_on};
use crate::chart::svg::Svg;
use crate::chart::text::Lines;
use crate::chart::theme::{Style, Theme};

/// Probabilities of phases over weeks, one panel per policy.
#[derive(Debug, Clone, PartialEq)]
pub struct PhaseCalendar {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// Mondays of the weeks, ascending.
    pub weeks: Vec<Date>,
    /// Names of the phases, the mildest first.
    pub phases: Vec<String>,
    /// The panels, from top to bottom.
    pub panels: Vec<PhasePanel>,
}

/// One panel of a [`PhaseCalendar`].
#[derive(Debug, Clone, PartialEq)]
pub struct PhasePanel {
    /// Heading, for example the policy.
    pub title: String,
    /// By week, the percentage of each phase; together 100.
    pub shares: Vec<Vec<f64>>,
}

const PLOT_HEIGHT: f64 = 300.0;
const PANEL_GAP: f64 = 48.0;
const SEAM: f64 = 3.0;

/// Draws the calendar, the mildest phase at the bottom and lightest.
///
/// # Errors
/// [`ChartError::TooFew`] without a week, phase or panel, [`ChartError::Length`] when shares do not
/// match weeks and phases, [`ChartError::Value`] when the shares of a week are negative or do not
/// add up to 100 %.
pub fn draw(calendar: &PhaseCalendar, theme: &Theme) -> Result<Svg, ChartError> {
    check(calendar)?;
    let phases = calendar.phases.iter().enumerate();
    let swatch = |idx| Symbol::Swatch(color(idx, calendar.phases.len()));
    let legend = Legend::new(
        theme,
        phases.map(|(idx, name)| (swatch(idx), name.as_str())),
    );
    let panels = calendar.panels.iter();
    let titles: Vec<_> = panels
        .map(|panel| Lines::heading(theme, &panel.title))
        .collect();
    let heights = titles.iter().map(|title| head_height(title) + PLOT_HEIGHT);
    let (tops, height) = stacked(heights, PANEL_GAP);
    let axis = Style::LABEL.block_height(2) + 10.0;
    let mut page = Page::new(theme, &calendar.words, legend.height + height + axis);
    let body = page.body;
    legend.draw(&mut page.canvas, (body.left, body.top));
    let left = LeftAxis::percent(theme);
    let mut plot = body.between(body.left + left.width, body.right - 20.0);
    for ((panel, title), top) in calendar.panels.iter().zip(&titles).zip(tops) {
        let top = body.top + legend.height + top;
        page.canvas.lines(title, (body.left, top), Anchor::Start);
        plot.top = top + head_height(title);
        plot.bottom = plot.top + PLOT_HEIGHT;
        draw_panel(&mut page.canvas, panel, plot, &left);
    }
    draw_weeks(&mut page.canvas, calendar, plot);
    page.finish()
}

fn head_height(title: &Lines) -> f64 {
    title.height() + 30.0
}

fn check(calendar: &PhaseCalendar) -> Result<(), ChartError> {
    at_least("weeks", 1, calendar.weeks.len())?;
    at_least("phases", 1, calendar.phases.len())?;
    at_least("panels", 1, calendar.panels.len())?;
    for panel in &calendar.panels {
        let what = format!("shares of panel '{}'", panel.title);
        same_length(&what, calendar.weeks.len(), panel.shares.len())?;
        for shares in &panel.shares {
            same_length(&what, calendar.phases.len(), shares.len())?;
            for &share in shares {
                within(&what, share, 0.0..=100.0 + 1e-6, "0 to 100 %")?;
            }
            let total = shares.iter().sum();
            within(&what, total, 99.999..=100.001, "100 % together")?;
        }
    }
    Ok(())
}

fn color(idx: usize, n: usize) -> Rgb {
    sequential(idx as f64 / n.saturating_sub(1).max(1) as f64)
}

fn draw_panel(canvas: &mut Canvas<'_>, panel: &PhasePanel, plot: Rect, axis: &LeftAxis) {
    axis.draw(canvas, plot);
    let y = axis.scale(plot);
    let width = plot.width() / panel.shares.len() as f64;
    for (week, shares) in panel.shares.iter().enumerate() {
        let left = plot.left + width * week as f64 + 0.5 * SEAM;
        let right = (left + width - SEAM).max(left + 1.0).min(plot.right);
        let mut from = 0.0;
        for (idx, share) in shares.iter().enumerate() {
            let until = (from + share).min(100.0);
            let rect = Rect::new((left, right), (y.at(until), y.at(from)));
            draw_share(canvas, *share, rect, color(idx, shares.len()));
            from = until;
        }
    }
}

/// A segment with its percentage where that has room; a thin line sets segments apart in grey print.
fn draw_share(canvas: &mut Canvas<'_>, share: f64, rect: Rect, color: Rgb) {
    canvas.rect(rect, color);
    let edge = (rect.top, (rect.top + 1.5).min(rect.bottom));
    canvas.rect(Rect::new(rect.across(), edge), GRID);
    let style = Style::LABEL.colored(text_on(color));
    let text = canvas.theme.numbers.format(share, 0);
    let is_wide = canvas.theme.width(&text, style) + 8.0 <= rect.width();
    if is_wide && style.line_height() <= rect.height() {
        canvas.centered(&text, rect, style);
    }
}

/// Week numbers and dates below the last panel, as many as fit.
fn draw_weeks(canvas: &mut Canvas<'_>, calendar: &PhaseCalendar, plot: Rect) {
    let width = plot.width() / calendar.weeks.len() as f64;
    let mut free_from = plot.left - 20.0;
    for (idx, &week) in calendar.weeks.iter().enumerate() {
        let label = week_label(canvas.theme, week, false);
        let half = 0.5 * label.width(canvas.theme);
        let middle = plot.left + width * (idx as f64 + 0.5);
        if middle - half >= free_from && middle + half <= plot.right + 20.0 {
            canvas.lines(&label, (middle, plot.bottom + 10.0), Anchor::Middle);
            free_from = middle + half + 18.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};
    use jiff::ToSpan;
    use jiff::civil::date;

    fn calendar(panels: usize, weeks: i32, phases: usize) -> PhaseCalendar {
        let first = date(2021, 11, 29);
        let share = 100.0 / phases as f64;
        PhaseCalendar {
            words: long_words(),
            weeks: (0..weeks).map(|n| first + (7 * n).days()).collect(),
            phases: (0..phases).map(name).collect(),
            panels: (0..panels)
                .map(|idx| PhasePanel {
                    title: name(idx),
                    shares: (0..weeks).map(|_| vec![share; phases]).collect(),
                })
                .collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(1, 1, 1), (1, 17, 6), (4, 30, 3), (2, 80, 12)];
        assert_fits(cases, |(panels, weeks, phases), theme| {
            draw(&calendar(panels, weeks, phases), theme)
        });
    }

    #[test]
    fn shares_must_add_up() {
        let mut half = calendar(1, 3, 2);
        half.panels[0].shares[1] = vec![25.0, 25.0];
        assert_refused(draw(&half, &theme()));
    }
}
