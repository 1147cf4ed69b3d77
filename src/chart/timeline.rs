//! Timeline of activity: lines over weeks in panels on one scale, with a marked moment.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::chart::axis::{
    DATE_AXIS_HEIGHT, DateScale, LABEL_GAP, draw_date_axis, draw_grid, label_grid, tick_labels,
};
use crate::chart::canvas::{Anchor, Canvas, Dash, Marker, Rect, Stroke};
use crate::chart::ends::EndLabels;
use crate::chart::page::{Page, Words};
use crate::chart::palette::{INK, categorical};
use crate::chart::scale::{Scale, Ticks};
use crate::chart::svg::Svg;
use crate::chart::text::{Room, wrap};
use crate::chart::theme::{Style, Theme};
use crate::chart::{ChartError, at_least, same_length, within};

/// Lines over weeks. All panels share both axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// Mondays of the weeks, ascending, at least two.
    pub weeks: Vec<Date>,
    /// Written behind the values of the axis, for example ` %`.
    pub suffix: String,
    /// The panels, from top to bottom.
    pub panels: Vec<TimelinePanel>,
}

/// One panel of a [`Timeline`].
#[derive(Debug, Clone, PartialEq)]
pub struct TimelinePanel {
    /// Heading, for example the policy.
    pub title: String,
    /// The lines.
    pub lines: Vec<TimelineLine>,
    /// A moment to mark, with its words, for example the first displacement.
    pub mark: Option<(Date, String)>,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineLine {
    /// Written at the end of the line.
    pub label: String,
    /// Position in the categorical palette; the dash follows it.
    pub color: usize,
    /// One value per week, not negative.
    pub values: Vec<f64>,
}

const PLOT_HEIGHT: f64 = 330.0;
const PANEL_GAP: f64 = 48.0;
const LABEL_WIDTH: f64 = 340.0;

/// Draws the lines. A week's value stands at its middle.
///
/// # Errors
/// [`ChartError::TooFew`] without a panel or with fewer than two weeks, [`ChartError::Length`] when
/// a line does not match the weeks, [`ChartError::Value`] when a value is negative or not finite or
/// a mark lies outside the weeks.
pub fn draw(timeline: &Timeline, theme: &Theme) -> Result<Svg, ChartError> {
    check(timeline)?;
    let layout = Layout::set(timeline, theme);
    let mut page = Page::new(theme, &timeline.words, layout.height());
    let mut top = page.body.top;
    for (idx, panel) in timeline.panels.iter().enumerate() {
        let plot_top = top + layout.head_height(idx);
        let plot = Rect {
            left: page.body.left + layout.tick_width,
            top: plot_top,
            right: page.body.right - layout.ends_width,
            bottom: plot_top + layout.plot_height(idx),
        };
        layout.draw_panel(&mut page.canvas, panel, idx, plot);
        top = plot.bottom + PANEL_GAP;
    }
    page.finish()
}

fn check(timeline: &Timeline) -> Result<(), ChartError> {
    at_least("panels", 1, timeline.panels.len())?;
    at_least("weeks", 2, timeline.weeks.len())?;
    let (first, last) = span(timeline);
    for panel in &timeline.panels {
        for line in &panel.lines {
            let what = format!("line '{}' of panel '{}'", line.label, panel.title);
            same_length(&what, timeline.weeks.len(), line.values.len())?;
            for &value in &line.values {
                within(&what, value, 0.0..=f64::MAX, "finite, not negative")?;
            }
        }
        if let Some((date, _)) = panel
            .mark
            .as_ref()
            .filter(|(d, _)| !(first..=last).contains(d))
        {
            return Err(ChartError::Value {
                what: format!("mark of panel '{}'", panel.title),
                value: date.to_string(),
                range: "the weeks of the axis",
            });
        }
    }
    Ok(())
}

/// From the first Monday to the Sunday of the last week.
fn span(timeline: &Timeline) -> (Date, Date) {
    let weeks = &timeline.weeks;
    (weeks[0], weeks[weeks.len() - 1].saturating_add(6.days()))
}

struct Layout<'t> {
    timeline: &'t Timeline,
    ticks: Ticks,
    tick_width: f64,
    titles: Vec<Vec<String>>,
    ends: Vec<EndLabels>,
    ends_width: f64,
}

impl<'t> Layout<'t> {
    fn set(timeline: &'t Timeline, theme: &Theme) -> Self {
        let lines = timeline.panels.iter().flat_map(|panel| &panel.lines);
        let highest = lines
            .flat_map(|line| &line.values)
            .copied()
            .fold(0.0, f64::max);
        let ticks = Ticks::around(0.0, highest, 6);
        let labels = tick_labels(theme, &ticks, &timeline.suffix);
        let tick_width = theme.widest(labels.iter().map(String::as_str), Style::LABEL) + LABEL_GAP;
        let (width, lines) = (Page::BODY_WIDTH, 2);
        let title =
            |panel: &TimelinePanel| wrap(theme, &panel.title, Style::PANEL, Room { width, lines });
        let ends = |panel: &TimelinePanel| {
            let names = panel.lines.iter().map(|line| line.label.as_str());
            EndLabels::set(theme, names, LABEL_WIDTH)
        };
        let ends: Vec<_> = timeline.panels.iter().map(ends).collect();
        Self {
            timeline,
            ticks,
            tick_width,
            titles: timeline.panels.iter().map(title).collect(),
            ends_width: ends.iter().map(|end| end.width).fold(30.0, f64::max),
            ends,
        }
    }

    /// Heading and the words of the mark.
    fn head_height(&self, idx: usize) -> f64 {
        let mark = if self.timeline.panels[idx].mark.is_some() {
            Style::LABEL.line_height() + 8.0
        } else {
            0.0
        };
        Style::PANEL.block_height(self.titles[idx].len()) + mark + 14.0
    }

    fn plot_height(&self, idx: usize) -> f64 {
        PLOT_HEIGHT.max(self.ends[idx].height())
    }

    fn height(&self) -> f64 {
        let panels = 0..self.titles.len();
        let heights = panels.map(|idx| self.head_height(idx) + self.plot_height(idx) + PANEL_GAP);
        heights.sum::<f64>() - PANEL_GAP + DATE_AXIS_HEIGHT
    }

    fn draw_panel(&self, canvas: &mut Canvas<'_>, panel: &TimelinePanel, idx: usize, plot: Rect) {
        let top = plot.top - self.head_height(idx);
        let left = plot.left - self.tick_width;
        canvas.lines(&self.titles[idx], (left, top), Anchor::Start, Style::PANEL);
        let days = span(self.timeline);
        let x = DateScale::new(days, (plot.left, plot.right));
        let y = Scale::new(self.ticks.range(), (plot.bottom, plot.top));
        draw_grid(canvas, plot, &self.ticks, y);
        label_grid(canvas, plot.left, (&self.ticks, &self.timeline.suffix), y);
        if let Some((date, words)) = &panel.mark {
            draw_mark(canvas, plot, x.at(*date), words);
        }
        let mut points = Vec::new();
        for line in &panel.lines {
            let at =
                |(week, value): (&Date, &f64)| (x.at(week.saturating_add(3.days())), y.at(*value));
            let path: Vec<_> = self
                .timeline
                .weeks
                .iter()
                .zip(&line.values)
                .map(at)
                .collect();
            let color = categorical(line.color);
            points.push((path[path.len() - 1], color));
            let (width, dash) = (5.0, Dash::nth(line.color));
            canvas.line(path, Stroke { color, width, dash });
        }
        self.ends[idx].draw(canvas, &points, plot);
        if idx + 1 == self.titles.len() {
            draw_date_axis(canvas, plot, days, x);
        }
    }
}

/// A vertical line with a triangle and its words above the plot.
fn draw_mark(canvas: &mut Canvas<'_>, plot: Rect, at: f64, words: &str) {
    canvas.line(
        vec![(at, plot.top), (at, plot.bottom)],
        Stroke::solid(INK, 2.5),
    );
    canvas.marker(Marker::Triangle, (at, plot.bottom - 9.0), 10.0, INK);
    let (width, lines) = (plot.width(), 1);
    let words = wrap(canvas.theme, words, Style::LABEL, Room { width, lines }).concat();
    let half = 0.5 * canvas.theme.width(&words, Style::LABEL);
    let middle = at.min(plot.right - half).max(plot.left + half);
    let y = Style::LABEL.baseline_below(plot.top - Style::LABEL.line_height() - 8.0);
    canvas.text(&words, (middle, y), Anchor::Middle, Style::LABEL);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::samples::{long_words, name, theme};
    use jiff::civil::date;

    fn timeline(panels: usize, weeks: i32, level: f64) -> Timeline {
        let first = date(2021, 10, 4);
        let weeks: Vec<Date> = (0..weeks).map(|n| first + (7 * n).days()).collect();
        let line = |idx: usize| TimelineLine {
            label: name(idx),
            color: idx,
            values: (0..weeks.len()).map(|t| level * (t + idx) as f64).collect(),
        };
        Timeline {
            words: long_words(),
            suffix: " %".to_owned(),
            panels: (0..panels)
                .map(|idx| TimelinePanel {
                    title: name(idx),
                    lines: (0..3).map(line).collect(),
                    mark: (idx != 2).then(|| (weeks[idx.min(1)], name(idx))),
                })
                .collect(),
            weeks,
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        for (panels, weeks, level) in [(1, 2, 0.0), (1, 20, 5.0), (4, 13, 7e5), (6, 60, 0.01)] {
            let svg = draw(&timeline(panels, weeks, level), &theme()).unwrap();
            let found = svg.validate_in_bounds();
            assert_eq!(found, Ok(()), "{panels} panels, {weeks} weeks, {level}");
        }
    }

    #[test]
    fn a_mark_outside_the_weeks_is_refused() {
        let mut late = timeline(1, 4, 1.0);
        late.panels[0].mark = Some((date(2022, 10, 4), String::new()));
        let error = draw(&late, &theme()).unwrap_err();
        assert!(matches!(error, ChartError::Value { .. }), "got {error}");
    }
}
