//! Rows with a label, horizontal bars and a printed number, as in funnels, waterfalls, tornados and
//! net transfers. All panels share one scale.

use crate::chart::axis::BottomAxis;
use crate::chart::canvas::Canvas;
use crate::chart::input::{ChartError, at_least, finite};
use crate::chart::legend::{Legend, Symbol};
use crate::chart::mark::{Anchor, Rect, Stroke};
use crate::chart::page::{Page, Words, stacked};
use crate::chart::palette::{INK, Rgb};
use crate::chart::row_labels::{RowLabels, RowPanel};
use crate::chart::scale::range_with_zero;
use crate::chart::svg::Svg;
use crate::chart::text::Lines;
use crate::chart::theme::{Style, Theme};

/// Panels of bars below each other.
#[derive(Debug)]
pub(crate) struct BarPanels<'a> {
    pub(crate) words: &'a Words,
    /// What the colors mean; none leaves the legend out.
    pub(crate) legend: &'a [(Rgb, &'a str)],
    /// Headings with their rows.
    pub(crate) panels: Vec<(&'a str, Vec<BarRow>)>,
    /// A value besides zero that the scale must hold and a line marks.
    pub(crate) center: f64,
}

/// One row.
#[derive(Debug, Clone, Default)]
pub(crate) struct BarRow {
    pub(crate) label: String,
    pub(crate) bars: Vec<Bar>,
    /// Interval drawn over the bars.
    pub(crate) whisker: Option<[f64; 2]>,
    /// Printed at the right.
    pub(crate) text: String,
}

/// A filled run between two values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bar(pub(crate) f64, pub(crate) f64, pub(crate) Rgb);

const ROW: f64 = 62.0;
const HALF_BAR: f64 = 18.0;
const LABEL_WIDTH: f64 = 520.0;
const PANEL_GAP: f64 = 36.0;
const HEADING_GAP: f64 = 8.0;
const COLUMN_GAP: f64 = 30.0;

impl BarPanels<'_> {
    /// Draws the panels.
    pub(crate) fn draw(&self, theme: &Theme) -> Result<Svg, ChartError> {
        self.check()?;
        let swatch = |&(color, words)| (Symbol::Swatch(color), words);
        let legend = Legend::new(theme, self.legend.iter().map(swatch));
        let panels: Vec<RowPanel> = self.panels.iter().map(|one| layout(one, theme)).collect();
        let (tops, height) = stacked(panels.iter().map(RowPanel::height), PANEL_GAP);
        let mut page = Page::new(theme, self.words, legend.height + height);
        legend.draw(&mut page.canvas, (page.body.left, page.body.top));
        let ends = self.plot_ends(&panels, theme, page.body);
        let axis = BottomAxis::fit(theme, self.range(), ends);
        for ((panel, top), (_, rows)) in panels.iter().zip(tops).zip(&self.panels) {
            let top = page.body.top + legend.height + top;
            let area = panel.draw_title(&mut page.canvas, Rect { top, ..page.body });
            panel.draw_rows(&mut page.canvas, area);
            for (idx, row) in rows.iter().enumerate() {
                let middle = panel.rows.middle(idx, area.top);
                row.draw(&mut page.canvas, &axis, middle);
                let at = (area.right, middle);
                page.canvas.label(&row.text, at, Anchor::End, Style::LABEL);
            }
            let (center, line) = (axis.at(self.center), Stroke::solid(INK, 2.5));
            let rows = &panel.rows;
            rows.draw_vertical(&mut page.canvas, center, area, line);
            axis.draw(&mut page.canvas, area.between(ends.0, ends.1));
        }
        page.finish()
    }

    fn check(&self) -> Result<(), ChartError> {
        at_least("panels", 1, self.panels.len())?;
        finite("center", [self.center])?;
        for (title, rows) in &self.panels {
            let what = format!("rows of panel '{title}'");
            at_least(&what, 1, rows.len())?;
            finite(&what, rows.iter().flat_map(BarRow::values))?;
        }
        Ok(())
    }

    /// Of all values, zero and the center.
    fn range(&self) -> (f64, f64) {
        let rows = self.panels.iter().flat_map(|(_, rows)| rows);
        range_with_zero(rows.flat_map(BarRow::values).chain([self.center]))
    }

    /// The axis ends far enough from the edge for half of its last label.
    fn plot_ends(&self, panels: &[RowPanel], theme: &Theme, body: Rect) -> (f64, f64) {
        let half = BottomAxis::overhang(theme, self.range(), 0.5 * theme.body_width());
        let labels = panels.iter().map(|panel| panel.rows.width);
        let rows = self.panels.iter().flat_map(|(_, rows)| rows);
        let texts = theme.widest(rows.map(|row| &row.text), Style::LABEL);
        let gap = if texts > 0.0 { COLUMN_GAP } else { 0.0 };
        let left = body.left + (labels.fold(0.0, f64::max) + 12.0).max(half);
        (left, body.right - (texts + gap + 24.0).max(half))
    }
}

fn layout((title, rows): &(&str, Vec<BarRow>), theme: &Theme) -> RowPanel {
    let labels = rows.iter().map(|row| row.label.as_str());
    let rows = RowLabels::new(theme, labels, (LABEL_WIDTH, ROW));
    RowPanel::new(Lines::heading(theme, title), HEADING_GAP, rows)
}

impl BarRow {
    fn values(&self) -> impl Iterator<Item = f64> + '_ {
        let bars = self
            .bars
            .iter()
            .flat_map(|Bar(from, until, _)| [*from, *until]);
        bars.chain(self.whisker.into_iter().flatten())
    }

    fn draw(&self, canvas: &mut Canvas<'_>, axis: &BottomAxis, middle: f64) {
        for &Bar(from, until, color) in &self.bars {
            let (from, until) = (axis.at(from), axis.at(until));
            let across = (from.min(until), from.max(until));
            canvas.rect(
                Rect::new(across, (middle - HALF_BAR, middle + HALF_BAR)),
                color,
            );
        }
        if let Some(ends) = self.whisker {
            let [low, high] = ends.map(|end| axis.at(end));
            let stroke = Stroke::solid(INK, 3.0);
            canvas.horizontal(middle, (low, high), stroke);
            for end in [low, high] {
                canvas.vertical(end, (middle - 9.0, middle + 9.0), stroke);
            }
        }
    }
}
