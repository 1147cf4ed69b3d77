//! Rows with a label, horizontal bars and a printed number: the frame of funnels, waterfalls,
//! tornados and net transfers. All panels share one scale.

use crate::chart::axis::{VALUE_AXIS_HEIGHT, draw_value_axis, fitting_ticks, tick_labels};
use crate::chart::canvas::{Anchor, Canvas, Rect, Stroke};
use crate::chart::key::{Item, Key};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{INK, Rgb};
use crate::chart::rows::{RowRoom, Rows};
use crate::chart::scale::Scale;
use crate::chart::svg::Svg;
use crate::chart::text::{Room, wrap};
use crate::chart::theme::{Style, Theme};
use crate::chart::{ChartError, at_least, finite};

/// Panels of bars below each other.
#[derive(Debug)]
pub(crate) struct Bars<'a> {
    pub(crate) words: &'a Words,
    pub(crate) key: Vec<Item>,
    pub(crate) panels: Vec<BarPanel<'a>>,
    /// A value besides zero that the scale must hold and a line marks.
    pub(crate) center: f64,
}

/// A heading with rows.
#[derive(Debug)]
pub(crate) struct BarPanel<'a> {
    pub(crate) title: &'a str,
    pub(crate) rows: Vec<BarRow>,
}

/// One row.
#[derive(Debug, Clone, Default)]
pub(crate) struct BarRow {
    pub(crate) label: String,
    pub(crate) spans: Vec<Span>,
    /// Interval drawn over the bars.
    pub(crate) whisker: Option<(f64, f64)>,
    /// Printed at the right.
    pub(crate) text: String,
}

/// A filled run of values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) from: f64,
    pub(crate) until: f64,
    pub(crate) color: Rgb,
}

const ROW: f64 = 62.0;
const HALF_BAR: f64 = 18.0;
const LABEL_WIDTH: f64 = 520.0;
const PANEL_GAP: f64 = 36.0;
const HEADING_GAP: f64 = 8.0;
const COLUMN_GAP: f64 = 30.0;

/// Draws the panels.
pub(crate) fn draw(bars: &Bars<'_>, theme: &Theme) -> Result<Svg, ChartError> {
    check(bars)?;
    let key = Key::set(theme, bars.key.clone());
    let layouts: Vec<_> = bars
        .panels
        .iter()
        .map(|panel| Layout::set(panel, theme))
        .collect();
    let gaps = PANEL_GAP * (layouts.len() - 1) as f64;
    let height = key.height + layouts.iter().map(Layout::height).sum::<f64>() + gaps;
    let mut page = Page::new(theme, bars.words, height);
    let columns = Columns::set(&layouts, (theme, range(bars)), page.body);
    key.draw(&mut page.canvas, (page.body.left, page.body.top));
    let mut top = page.body.top + key.height;
    for layout in &layouts {
        layout.draw(&mut page.canvas, &columns, (top, bars));
        top += layout.height() + PANEL_GAP;
    }
    page.finish()
}

fn check(bars: &Bars<'_>) -> Result<(), ChartError> {
    at_least("panels", 1, bars.panels.len())?;
    finite("center", bars.center)?;
    for panel in &bars.panels {
        let what = format!("rows of panel '{}'", panel.title);
        at_least(&what, 1, panel.rows.len())?;
        for value in panel.rows.iter().flat_map(BarRow::values) {
            finite(&what, value)?;
        }
    }
    Ok(())
}

impl BarRow {
    fn values(&self) -> impl Iterator<Item = f64> + '_ {
        let spans = self.spans.iter().flat_map(|span| [span.from, span.until]);
        spans.chain(self.whisker.iter().flat_map(|&(low, high)| [low, high]))
    }
}

/// All values, zero and the center.
fn range(bars: &Bars<'_>) -> (f64, f64) {
    let rows = bars.panels.iter().flat_map(|panel| &panel.rows);
    rows.flat_map(BarRow::values).fold(
        (bars.center.min(0.0), bars.center.max(0.0)),
        |(low, high), value| (low.min(value), high.max(value)),
    )
}

struct Layout<'a> {
    panel: &'a BarPanel<'a>,
    title: Vec<String>,
    rows: Rows,
}

impl<'a> Layout<'a> {
    fn set(panel: &'a BarPanel<'a>, theme: &Theme) -> Self {
        let (width, lines) = (Page::BODY_WIDTH, 2);
        let labels = panel.rows.iter().map(|row| row.label.as_str());
        let least = RowRoom {
            width: LABEL_WIDTH,
            height: ROW,
        };
        Self {
            panel,
            title: wrap(theme, panel.title, Style::PANEL, Room { width, lines }),
            rows: Rows::set(theme, labels, least),
        }
    }

    fn heading_height(&self) -> f64 {
        Style::PANEL.block_height(self.title.len()) + HEADING_GAP
    }

    fn height(&self) -> f64 {
        self.heading_height() + self.rows.height + VALUE_AXIS_HEIGHT
    }

    fn draw(&self, canvas: &mut Canvas<'_>, columns: &Columns, (top, bars): (f64, &Bars<'_>)) {
        canvas.lines(
            &self.title,
            (columns.left, top),
            Anchor::Start,
            Style::PANEL,
        );
        let rows_top = top + self.heading_height();
        let plot = Rect {
            left: columns.plot.0,
            top: rows_top,
            right: columns.plot.1,
            bottom: rows_top + self.rows.height,
        };
        let (left, right) = (columns.left, columns.right);
        self.rows.draw_separators(
            canvas,
            Rect {
                left,
                right,
                ..plot
            },
        );
        self.rows.draw_labels(canvas, columns.left, rows_top);
        let ticks = fitting_ticks(canvas.theme, range(bars), plot.width(), "");
        let scale = Scale::new(ticks.range(), columns.plot);
        for (idx, row) in self.panel.rows.iter().enumerate() {
            let middle = self.rows.middle(idx, rows_top);
            draw_row(canvas, row, scale, middle);
            let at = (columns.right, Style::LABEL.baseline_around(middle));
            canvas.text(&row.text, at, Anchor::End, Style::LABEL);
        }
        let center = scale.at(bars.center);
        let line = vec![(center, plot.top), (center, plot.bottom)];
        canvas.line(line, Stroke::solid(INK, 2.5));
        draw_value_axis(canvas, plot, &ticks, scale, "");
    }
}

fn draw_row(canvas: &mut Canvas<'_>, row: &BarRow, scale: Scale, middle: f64) {
    for span in &row.spans {
        let (left, right) = (scale.at(span.from), scale.at(span.until));
        let rect = Rect {
            left: left.min(right),
            top: middle - HALF_BAR,
            right: left.max(right),
            bottom: middle + HALF_BAR,
        };
        canvas.rect(rect, span.color);
    }
    if let Some((low, high)) = row.whisker {
        let ends = [low, high].map(|end| scale.at(end));
        let stroke = Stroke::solid(INK, 3.0);
        canvas.line(vec![(ends[0], middle), (ends[1], middle)], stroke);
        for end in ends {
            canvas.line(vec![(end, middle - 9.0), (end, middle + 9.0)], stroke);
        }
    }
}

/// Horizontal places that all panels share.
struct Columns {
    left: f64,
    plot: (f64, f64),
    right: f64,
}

impl Columns {
    /// The axis ends far enough from the edge for half of its last label.
    fn set(layouts: &[Layout<'_>], (theme, range): (&Theme, (f64, f64)), body: Rect) -> Self {
        let ticks = fitting_ticks(theme, range, 0.5 * Page::BODY_WIDTH, "");
        let last = tick_labels(theme, &ticks, "");
        let half = 0.5 * theme.widest(last.iter().map(String::as_str), Style::LABEL);
        let labels = layouts.iter().map(|layout| layout.rows.label_width);
        let rows = layouts.iter().flat_map(|layout| &layout.panel.rows);
        let texts = theme.widest(rows.map(|row| row.text.as_str()), Style::LABEL);
        let gap = if texts > 0.0 { COLUMN_GAP } else { 0.0 };
        let left = body.left + labels.fold(0.0, f64::max) + 12.0;
        Self {
            left: body.left,
            plot: (left, body.right - (texts + gap + 24.0).max(half)),
            right: body.right,
        }
    }
}
