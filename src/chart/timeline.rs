//! Timeline of activity: lines over weeks in panels on one scale, with a marked moment.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::chart::axis::LeftAxis;
use crate::chart::canvas::Canvas;
use crate::chart::date_axis::DateAxis;
use crate::chart::direct_labels::DirectLabels;
use crate::chart::input::{ChartError, at_least, counts, same_length};
use crate::chart::mark::{Anchor, Dash, Marker, Rect, Stroke};
use crate::chart::page::{Page, Words, stacked};
use crate::chart::palette::{INK, Rgb};
use crate::chart::scale::Ticks;
use crate::chart::svg::Svg;
use crate::chart::text::Lines;
use crate::chart::theme::{Style, Theme};

/// Lines over weeks. All panels share both axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// Mondays of the weeks, ascending, at least two.
    pub weeks: Vec<Date>,
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
    /// Color; the dash follows the place among the lines.
    pub color: Rgb,
    /// One percentage per week, not negative.
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
    let left = left_axis(timeline, theme);
    let panels = timeline.panels.iter();
    let layouts: Vec<_> = panels.map(|panel| Layout::new(panel, theme)).collect();
    let labels = layouts.iter().map(|layout| layout.labels.width);
    let right = labels.fold(30.0, f64::max);
    let heights = layouts
        .iter()
        .map(|layout| layout.head_height() + layout.plot_height());
    let (tops, height) = stacked(heights, PANEL_GAP);
    let mut page = Page::new(theme, &timeline.words, height + DateAxis::HEIGHT);
    let body = page.body;
    let across = (body.left + left.width, body.right - right);
    let x = DateAxis::new(span(timeline), across);
    for (idx, (layout, top)) in layouts.iter().zip(tops).enumerate() {
        let at = (body.left, body.top + top);
        page.canvas.lines(&layout.title, at, Anchor::Start);
        let plot_top = at.1 + layout.head_height();
        let plot = Rect::new(across, (plot_top, plot_top + layout.plot_height()));
        left.draw(&mut page.canvas, plot);
        layout.draw(&mut page.canvas, timeline, plot, (&x, &left));
        if idx + 1 == layouts.len() {
            x.draw(&mut page.canvas, plot);
        }
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
            counts(&what, line.values.iter().copied())?;
        }
        let mark = panel.mark.as_ref().map(|(date, _)| *date);
        if let Some(date) = mark.filter(|date| !(first..=last).contains(date)) {
            let what = format!("mark of panel '{}'", panel.title);
            return Err(ChartError::value(
                &what,
                date.to_string(),
                "the weeks of the axis",
            ));
        }
    }
    Ok(())
}

/// From the first Monday to the Sunday of the last week.
fn span(timeline: &Timeline) -> (Date, Date) {
    let weeks = &timeline.weeks;
    (weeks[0], weeks[weeks.len() - 1].saturating_add(6.days()))
}

fn left_axis(timeline: &Timeline, theme: &Theme) -> LeftAxis {
    let lines = timeline.panels.iter().flat_map(|panel| &panel.lines);
    let values = lines.flat_map(|line| &line.values).copied();
    let ticks = Ticks::around(0.0, values.fold(0.0, f64::max), 6);
    LeftAxis::new(theme, ticks, "%")
}

struct Layout<'t> {
    panel: &'t TimelinePanel,
    title: Lines,
    labels: DirectLabels,
}

impl<'t> Layout<'t> {
    fn new(panel: &'t TimelinePanel, theme: &Theme) -> Self {
        let names = panel.lines.iter().map(|line| line.label.as_str());
        Self {
            panel,
            title: Lines::heading(theme, &panel.title),
            labels: DirectLabels::new(theme, names, LABEL_WIDTH),
        }
    }

    /// Of the heading and the words of the mark.
    fn head_height(&self) -> f64 {
        let mark = match self.panel.mark {
            Some(_) => Style::LABEL.line_height() + 8.0,
            None => 0.0,
        };
        self.title.height() + mark + 30.0
    }

    fn plot_height(&self) -> f64 {
        PLOT_HEIGHT.max(self.labels.height())
    }

    fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        timeline: &Timeline,
        plot: Rect,
        (x, left): (&DateAxis, &LeftAxis),
    ) {
        if let Some((date, words)) = &self.panel.mark {
            let (at, stroke) = (x.at(*date), Stroke::solid(INK, 2.5));
            canvas.vertical(at, (plot.top, plot.bottom), stroke);
            canvas.marker(Marker::Triangle, (at, plot.bottom - 9.0), 10.0, INK);
            canvas.caption_above(words, at, plot, Style::LABEL);
        }
        let y = left.scale(plot);
        let mut ends = Vec::new();
        for (idx, line) in self.panel.lines.iter().enumerate() {
            let weeks = timeline
                .weeks
                .iter()
                .map(|week| x.at(week.saturating_add(3.days())));
            let path: Vec<_> = weeks
                .zip(line.values.iter().map(|value| y.at(*value)))
                .collect();
            ends.push((path[path.len() - 1], line.color));
            canvas.line(path, Stroke::dashed(line.color, 5.0, Dash::nth(idx)));
        }
        self.labels.draw(canvas, &ends, plot);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};
    use crate::chart::palette::categorical;
    use jiff::civil::date;

    fn timeline(panels: usize, weeks: i32, level: f64) -> Timeline {
        let first = date(2021, 10, 4);
        let weeks: Vec<Date> = (0..weeks).map(|n| first + (7 * n).days()).collect();
        let line = |idx: usize| TimelineLine {
            label: name(idx),
            color: categorical(idx),
            values: (0..weeks.len()).map(|t| level * (t + idx) as f64).collect(),
        };
        Timeline {
            words: long_words(),
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
        let cases = [(1, 2, 0.0), (1, 20, 5.0), (4, 13, 7e5), (6, 60, 0.01)];
        assert_fits(cases, |(panels, weeks, level), theme| {
            draw(&timeline(panels, weeks, level), theme)
        });
    }

    #[test]
    fn a_mark_outside_the_weeks_is_refused() {
        let mut late = timeline(1, 4, 1.0);
        late.panels[0].mark = Some((date(2022, 10, 4), String::new()));
        assert_refused(draw(&late, &theme()));
    }
}
