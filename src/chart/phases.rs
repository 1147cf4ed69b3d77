//! Phase calendar: the probability of each phase by week, stacked to 100 %.

use jiff::civil::Date;

use crate::chart::axis::{LABEL_GAP, draw_grid, label_grid, tick_labels};
use crate::chart::canvas::{Anchor, Canvas, Rect};
use crate::chart::key::{Item, Key, Symbol};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{GRID, Rgb, sequential, text_on};
use crate::chart::scale::{Scale, Ticks};
use crate::chart::svg::Svg;
use crate::chart::text::{Room, wrap};
use crate::chart::theme::{Style, Theme};
use crate::chart::{ChartError, at_least, same_length, within};

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
const PERCENT: &str = " %";

/// Draws the calendar, the mildest phase at the bottom and lightest.
///
/// # Errors
/// [`ChartError::TooFew`] without a week, phase or panel, [`ChartError::Length`] when shares do not
/// match weeks and phases, [`ChartError::Value`] when the shares of a week are negative or do not
/// add up to 100 %.
pub fn draw(calendar: &PhaseCalendar, theme: &Theme) -> Result<Svg, ChartError> {
    check(calendar)?;
    let key = Key::set(theme, key_items(calendar));
    let (width, lines) = (Page::BODY_WIDTH, 2);
    let title = |panel: &PhasePanel| wrap(theme, &panel.title, Style::PANEL, Room { width, lines });
    let titles: Vec<_> = calendar.panels.iter().map(title).collect();
    let heads: f64 = titles.iter().map(|lines| head_height(lines)).sum();
    let n = titles.len() as f64;
    let axis = Style::LABEL.block_height(2) + 10.0;
    let height = key.height + heads + n * PLOT_HEIGHT + (n - 1.0) * PANEL_GAP + axis;
    let mut page = Page::new(theme, &calendar.words, height);
    key.draw(&mut page.canvas, (page.body.left, page.body.top));
    let ticks = Ticks::around(0.0, 100.0, 6);
    let labels = tick_labels(theme, &ticks, PERCENT);
    let tick_width = theme.widest(labels.iter().map(String::as_str), Style::LABEL) + LABEL_GAP;
    let mut top = page.body.top + key.height;
    let mut plot = page.body;
    for (panel, title) in calendar.panels.iter().zip(&titles) {
        let left = page.body.left;
        page.canvas
            .lines(title, (left, top), Anchor::Start, Style::PANEL);
        let plot_top = top + head_height(title);
        plot = Rect {
            left: left + tick_width,
            top: plot_top,
            right: page.body.right - 20.0,
            bottom: plot_top + PLOT_HEIGHT,
        };
        draw_panel(&mut page.canvas, panel, plot, &ticks);
        top = plot.bottom + PANEL_GAP;
    }
    draw_weeks(&mut page.canvas, calendar, plot);
    page.finish()
}

fn head_height(title: &[String]) -> f64 {
    Style::PANEL.block_height(title.len()) + 16.0
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

fn key_items(calendar: &PhaseCalendar) -> Vec<Item> {
    let n = calendar.phases.len();
    let item = |(idx, label): (usize, &String)| Item {
        symbol: Symbol::Swatch(color(idx, n)),
        label: label.clone(),
    };
    calendar.phases.iter().enumerate().map(item).collect()
}

fn draw_panel(canvas: &mut Canvas<'_>, panel: &PhasePanel, plot: Rect, ticks: &Ticks) {
    let y = Scale::new((0.0, 100.0), (plot.bottom, plot.top));
    draw_grid(canvas, plot, ticks, y);
    label_grid(canvas, plot.left, (ticks, PERCENT), y);
    let width = plot.width() / panel.shares.len() as f64;
    for (week, shares) in panel.shares.iter().enumerate() {
        let left = plot.left + width * week as f64 + 0.5 * SEAM;
        let right = (left + width - SEAM).max(left + 1.0).min(plot.right);
        let mut from = 0.0;
        for (idx, share) in shares.iter().enumerate() {
            let until = (from + share).min(100.0);
            let (top, bottom) = (y.at(until), y.at(from));
            let rect = Rect {
                left,
                top,
                right,
                bottom,
            };
            canvas.rect(rect, color(idx, shares.len()));
            label_share(canvas, *share, rect, color(idx, shares.len()));
            from = until;
        }
    }
}

/// The percentage where it has room; a thin line sets segments apart in grey print.
fn label_share(canvas: &mut Canvas<'_>, share: f64, rect: Rect, color: Rgb) {
    let edge = Rect {
        bottom: (rect.top + 1.5).min(rect.bottom),
        ..rect
    };
    canvas.rect(edge, GRID);
    let style = Style::LABEL.colored(text_on(color));
    let text = canvas.theme.numbers.format(share, 0);
    let room = rect.bottom - rect.top;
    if canvas.theme.width(&text, style) + 8.0 <= rect.width() && style.line_height() <= room {
        let (x, y) = rect.center();
        canvas.text(&text, (x, style.baseline_around(y)), Anchor::Middle, style);
    }
}

/// Week numbers and dates below the last panel, as many as fit.
fn draw_weeks(canvas: &mut Canvas<'_>, calendar: &PhaseCalendar, plot: Rect) {
    let width = plot.width() / calendar.weeks.len() as f64;
    let mut free_from = plot.left - 20.0;
    for (idx, &week) in calendar.weeks.iter().enumerate() {
        let words = &canvas.theme.dates;
        let lines = [words.iso_week(week), words.day(week)];
        let texts = lines.iter().map(String::as_str);
        let half = 0.5 * canvas.theme.widest(texts, Style::LABEL);
        let middle = plot.left + width * (idx as f64 + 0.5);
        let middle = middle.min(plot.right + 20.0 - half);
        if middle - half >= free_from {
            let at = (middle, plot.bottom + 10.0);
            canvas.lines(&lines, at, Anchor::Middle, Style::LABEL);
            free_from = middle + half + 18.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::samples::{long_words, name, theme};
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
        for (panels, weeks, phases) in [(1, 1, 1), (1, 17, 6), (4, 30, 3), (2, 80, 12)] {
            let svg = draw(&calendar(panels, weeks, phases), &theme()).unwrap();
            let found = svg.validate_in_bounds();
            assert_eq!(
                found,
                Ok(()),
                "{panels} panels, {weeks} weeks, {phases} phases"
            );
        }
    }

    #[test]
    fn shares_must_add_up() {
        let mut half = calendar(1, 3, 2);
        half.panels[0].shares[1] = vec![25.0, 25.0];
        let error = draw(&half, &theme()).unwrap_err();
        assert!(matches!(error, ChartError::Value { .. }), "got {error}");
    }
}
