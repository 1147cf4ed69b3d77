//! Tile map: one tile per region, about where it lies, with its value.

use crate::chart::canvas::Canvas;
use crate::chart::input::{ChartError, at_least, percentages, same_length};
use crate::chart::legend::draw_color_bar;
use crate::chart::mark::{Anchor, Point, Rect};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{GRID, MUTED, sequential, text_on};
use crate::chart::svg::Svg;
use crate::chart::text::Lines;
use crate::chart::theme::{BODY_WIDTH, Style, Theme};

/// Percentages by region, one panel per policy.
#[derive(Debug, Clone, PartialEq)]
pub struct TileMap {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// The regions.
    pub regions: Vec<Tile>,
    /// The panels, in reading order.
    pub panels: Vec<TilePanel>,
}

/// Where a region stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Name, written in the tile.
    pub name: String,
    /// Column, 0 to 19 from the west.
    pub column: u8,
    /// Row, 0 to 19 from the north.
    pub row: u8,
}

/// One map of a [`TileMap`].
#[derive(Debug, Clone, PartialEq)]
pub struct TilePanel {
    /// Heading, for example the policy.
    pub title: String,
    /// One percentage per region; `None` where there is nothing to say.
    pub values: Vec<Option<f64>>,
}

const WIDEST_TILE: f64 = 382.0;
const SEAM: f64 = 6.0;
const COLUMN_GAP: f64 = 50.0;
const ROW_GAP: f64 = 34.0;
const LEGEND_HEIGHT: f64 = 74.0;
const MOST: u8 = 31;

/// Draws the maps.
///
/// # Errors
/// [`ChartError::TooFew`] without a region or panel, [`ChartError::Length`] when values do not match
/// the regions, [`ChartError::Value`] when two regions share a tile, a tile lies outside the grid or
/// a value outside its range.
pub fn draw(map: &TileMap, theme: &Theme) -> Result<Svg, ChartError> {
    check(map)?;
    let layout = Layout::new(map, theme);
    let mut page = Page::new(theme, &map.words, layout.height());
    let (left, top) = (page.body.left, page.body.top);
    let middle = top + 0.5 * Style::LABEL.line_height();
    let color = |value| sequential(value / 100.0);
    draw_color_bar(&mut page.canvas, (left, middle), (0.0, 100.0), color);
    for (idx, (panel, title)) in map.panels.iter().zip(&layout.titles).enumerate() {
        let (dx, dy) = layout.origin(idx);
        let at = (left + dx, top + LEGEND_HEIGHT + dy);
        page.canvas.lines(title, at, Anchor::Start);
        let below = (at.0, at.1 + layout.head);
        layout.draw_tiles(&mut page.canvas, panel, below);
    }
    page.finish()
}

fn check(map: &TileMap) -> Result<(), ChartError> {
    at_least("regions", 1, map.regions.len())?;
    at_least("panels", 1, map.panels.len())?;
    for (idx, tile) in map.regions.iter().enumerate() {
        let place = |tile: &Tile| (tile.column, tile.row);
        let mut others = map.regions[..idx].iter();
        let taken = others.any(|other| place(other) == place(tile));
        if taken || tile.column > MOST || tile.row > MOST {
            let what = format!("tile of region '{}'", tile.name);
            let value = format!("column {}, row {}", tile.column, tile.row);
            return Err(ChartError::value(&what, value, "free places from 0 to 19"));
        }
    }
    for panel in &map.panels {
        let what = format!("values of panel '{}'", panel.title);
        same_length(&what, map.regions.len(), panel.values.len())?;
        percentages(&what, panel.values.iter().flatten().copied())?;
    }
    Ok(())
}

struct Layout<'m> {
    map: &'m TileMap,
    columns: usize,
    width: f64,
    tile: f64,
    first: (u8, u8),
    rows: f64,
    titles: Vec<Lines>,
    head: f64,
}

impl<'m> Layout<'m> {
    fn new(map: &'m TileMap, theme: &Theme) -> Self {
        let columns = if map.panels.len() > 2 { 2 } else { 1 };
        let width = (BODY_WIDTH - COLUMN_GAP * (columns - 1) as f64) / columns as f64;
        let ends = |place: fn(&Tile) -> u8| {
            let places = || map.regions.iter().map(place);
            (places().min().unwrap_or(0), places().max().unwrap_or(0))
        };
        let (west, east) = ends(|tile| tile.column);
        let (north, south) = ends(|tile| tile.row);
        let title =
            |panel: &TilePanel| Lines::wrapped(theme, &panel.title, Style::PANEL, (width, 3));
        let titles: Vec<_> = map.panels.iter().map(title).collect();
        Self {
            map,
            columns,
            width,
            tile: (width / f64::from(east - west + 1)).min(WIDEST_TILE),
            first: (west, north),
            rows: f64::from(south - north + 1),
            head: titles.iter().map(Lines::height).fold(0.0, f64::max) + 12.0,
            titles,
        }
    }

    /// Tiles are wider than high, as names are.
    fn tile_height(&self) -> f64 {
        0.62 * self.tile.max(0.78 * WIDEST_TILE)
    }

    fn panel_height(&self) -> f64 {
        self.head + self.rows * self.tile_height() + ROW_GAP
    }

    fn height(&self) -> f64 {
        let rows = self.titles.len().div_ceil(self.columns) as f64;
        LEGEND_HEIGHT + rows * self.panel_height() - ROW_GAP
    }

    fn origin(&self, idx: usize) -> Point {
        let (row, column) = ((idx / self.columns) as f64, (idx % self.columns) as f64);
        (
            column * (self.width + COLUMN_GAP),
            row * self.panel_height(),
        )
    }

    fn draw_tiles(&self, canvas: &mut Canvas<'_>, panel: &TilePanel, (left, top): Point) {
        for (region, value) in self.map.regions.iter().zip(&panel.values) {
            let left = left + self.tile * f64::from(region.column - self.first.0);
            let top = top + self.tile_height() * f64::from(region.row - self.first.1);
            let across = (left, left + self.tile - SEAM);
            let rect = Rect::new(across, (top, top + self.tile_height() - SEAM));
            draw_tile(canvas, rect, &region.name, *value);
        }
    }
}

fn draw_tile(canvas: &mut Canvas<'_>, rect: Rect, name: &str, value: Option<f64>) {
    let (fill, ink, text) = match value {
        Some(value) => {
            let fill = sequential(value / 100.0);
            let text = canvas.theme.numbers.format(value, 0);
            (fill, text_on(fill), text)
        }
        None => (GRID, MUTED, "\u{2013}".to_owned()),
    };
    canvas.rect(rect, fill);
    let (number, label) = (Style::PANEL.colored(ink), Style::LABEL.colored(ink));
    let middle = rect.center().0;
    let room = rect.height() - number.line_height() - 10.0;
    let mut lines = (1..=3).rev();
    if let Some(lines) = lines.find(|&n| label.block_height(n) <= room) {
        let name = Lines::even(canvas.theme, name, label, (rect.width() - 6.0, lines));
        canvas.lines(&name, (middle, rect.top + 4.0), Anchor::Middle);
    }
    let y = number.baseline_below(rect.bottom - number.line_height() - 6.0);
    canvas.text(&text, (middle, y), Anchor::Middle, number);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};

    fn map(panels: usize, regions: u8) -> TileMap {
        let tile = |idx: u8| Tile {
            name: name(idx.into()),
            column: 1 + idx % 4,
            row: idx / 4,
        };
        let value = |idx: u8| (idx != 3).then(|| 100.0 / f64::from(idx + 1));
        TileMap {
            words: long_words(),
            regions: (0..regions).map(tile).collect(),
            panels: (0..panels)
                .map(|idx| TilePanel {
                    title: name(idx),
                    values: (0..regions).map(value).collect(),
                })
                .collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(1, 1), (1, 11), (2, 11), (7, 24)];
        assert_fits(cases, |(panels, regions)| {
            draw(&map(panels, regions), &theme())
        });
    }

    #[test]
    fn two_regions_never_share_a_tile() {
        let mut broken = map(1, 4);
        broken.regions[3] = broken.regions[0].clone();
        assert_refused(draw(&broken, &theme()));
    }

    #[test]
    fn values_beyond_the_scale_are_refused() {
        let mut broken = map(1, 4);
        broken.panels[0].values[0] = Some(100.5);
        assert_refused(draw(&broken, &theme()));
    }
}
