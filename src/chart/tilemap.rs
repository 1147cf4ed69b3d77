//! Tile map: one square per region, about where it lies, with its value.

use crate::chart::canvas::{Anchor, Canvas, Rect};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{GRID, MUTED, sequential, text_on};
use crate::chart::svg::Svg;
use crate::chart::text::{Room, wrap, wrap_evenly};
use crate::chart::theme::{Style, Theme};
use crate::chart::{ChartError, at_least, same_length, within};

/// Values by region, one panel per policy.
#[derive(Debug, Clone, PartialEq)]
pub struct TileMap {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// The regions.
    pub regions: Vec<Tile>,
    /// The value of the darkest color; positive.
    pub highest: f64,
    /// Decimals of the printed values.
    pub decimals: usize,
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
    /// One value per region from 0 to the highest; `None` where there is nothing to say.
    pub values: Vec<Option<f64>>,
}

const WIDEST_TILE: f64 = 382.0;
const SEAM: f64 = 6.0;
const COLUMN_GAP: f64 = 50.0;
const ROW_GAP: f64 = 34.0;
const KEY_HEIGHT: f64 = 74.0;
const MOST: u8 = 19;

/// Draws the maps.
///
/// # Errors
/// [`ChartError::TooFew`] without a region or panel, [`ChartError::Length`] when values do not match
/// the regions, [`ChartError::Value`] when two regions share a tile, a tile lies outside the grid or
/// a value outside its range.
pub fn draw(map: &TileMap, theme: &Theme) -> Result<Svg, ChartError> {
    check(map)?;
    let layout = Layout::set(map, theme);
    let mut page = Page::new(theme, &map.words, layout.height());
    let (left, top) = (page.body.left, page.body.top);
    draw_key(&mut page.canvas, map, (left, top));
    for (idx, panel) in map.panels.iter().enumerate() {
        let (dx, dy) = layout.origin(idx);
        let title = &layout.titles[idx];
        let at = (left + dx, top + KEY_HEIGHT + dy);
        page.canvas.lines(title, at, Anchor::Start, Style::PANEL);
        let below = (at.0, at.1 + layout.head);
        layout.draw_tiles(&mut page.canvas, panel, below);
    }
    page.finish()
}

fn check(map: &TileMap) -> Result<(), ChartError> {
    at_least("regions", 1, map.regions.len())?;
    at_least("panels", 1, map.panels.len())?;
    let positive = f64::MIN_POSITIVE..=f64::MAX;
    within("highest value", map.highest, positive, "positive, finite")?;
    for (idx, tile) in map.regions.iter().enumerate() {
        let place = (tile.column, tile.row);
        let taken = map.regions[..idx]
            .iter()
            .any(|other| (other.column, other.row) == place);
        if taken || tile.column > MOST || tile.row > MOST {
            return Err(ChartError::Value {
                what: format!("tile of region '{}'", tile.name),
                value: format!("column {}, row {}", tile.column, tile.row),
                range: "free places from 0 to 19",
            });
        }
    }
    for panel in &map.panels {
        let what = format!("values of panel '{}'", panel.title);
        same_length(&what, map.regions.len(), panel.values.len())?;
        for &value in panel.values.iter().flatten() {
            within(&what, value, 0.0..=map.highest, "0 to the highest value")?;
        }
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
    titles: Vec<Vec<String>>,
    head: f64,
}

impl<'m> Layout<'m> {
    fn set(map: &'m TileMap, theme: &Theme) -> Self {
        let columns = if map.panels.len() > 2 { 2 } else { 1 };
        let width = (Page::BODY_WIDTH - COLUMN_GAP * (columns - 1) as f64) / columns as f64;
        let ends = |place: fn(&Tile) -> u8| {
            let places = || map.regions.iter().map(place);
            (places().min().unwrap_or(0), places().max().unwrap_or(0))
        };
        let (west, east) = ends(|tile| tile.column);
        let (north, south) = ends(|tile| tile.row);
        let lines = 3;
        let title =
            |panel: &TilePanel| wrap(theme, &panel.title, Style::PANEL, Room { width, lines });
        let titles: Vec<_> = map.panels.iter().map(title).collect();
        let most = titles.iter().map(Vec::len).max().unwrap_or(0);
        Self {
            map,
            columns,
            width,
            tile: (width / f64::from(east - west + 1)).min(WIDEST_TILE),
            first: (west, north),
            rows: f64::from(south - north + 1),
            titles,
            head: Style::PANEL.block_height(most) + 12.0,
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
        KEY_HEIGHT + rows * self.panel_height() - ROW_GAP
    }

    fn origin(&self, idx: usize) -> (f64, f64) {
        let column = (idx % self.columns) as f64;
        let row = (idx / self.columns) as f64;
        (
            column * (self.width + COLUMN_GAP),
            row * self.panel_height(),
        )
    }

    fn draw_tiles(&self, canvas: &mut Canvas<'_>, panel: &TilePanel, (left, top): (f64, f64)) {
        for (region, value) in self.map.regions.iter().zip(&panel.values) {
            let left = left + self.tile * f64::from(region.column - self.first.0);
            let top = top + self.tile_height() * f64::from(region.row - self.first.1);
            let rect = Rect {
                left,
                top,
                right: left + self.tile - SEAM,
                bottom: top + self.tile_height() - SEAM,
            };
            self.draw_tile(canvas, rect, &region.name, *value);
        }
    }

    fn draw_tile(&self, canvas: &mut Canvas<'_>, rect: Rect, name: &str, value: Option<f64>) {
        let color = value.map_or(GRID, |value| sequential(value / self.map.highest));
        canvas.rect(rect, color);
        let text = value.map_or("\u{2013}".to_owned(), |value| {
            canvas.theme.numbers.format(value, self.map.decimals)
        });
        let ink = if value.is_some() {
            text_on(color)
        } else {
            MUTED
        };
        let style = Style::PANEL.colored(ink);
        let label = Style::LABEL.colored(ink);
        let middle = rect.center().0;
        let room = rect.bottom - rect.top - style.line_height() - 10.0;
        let lines = [3_u8, 2, 1]
            .into_iter()
            .find(|&n| label.block_height(n.into()) <= room);
        let width = rect.width() - 6.0;
        if let Some(lines) = lines {
            let room = Room {
                width,
                lines: lines.into(),
            };
            let name = wrap_evenly(canvas.theme, name, label, room);
            canvas.lines(&name, (middle, rect.top + 4.0), Anchor::Middle, label);
        }
        let y = style.baseline_below(rect.bottom - style.line_height() - 6.0);
        canvas.text(&text, (middle, y), Anchor::Middle, style);
    }
}

/// The color scale from 0 to the highest value.
fn draw_key(canvas: &mut Canvas<'_>, map: &TileMap, (left, top): (f64, f64)) {
    const STEPS: u8 = 60;
    let middle = top + 0.5 * Style::LABEL.line_height();
    let y = Style::LABEL.baseline_around(middle);
    let [first, last] =
        [0.0, map.highest].map(|end| canvas.theme.numbers.format(end, map.decimals));
    canvas.text(&first, (left, y), Anchor::Start, Style::LABEL);
    let from = left + canvas.theme.width(&first, Style::LABEL) + 14.0;
    let right = left + 420.0;
    for idx in 0..STEPS {
        let rect = Rect {
            left: from + (right - from) * f64::from(idx) / f64::from(STEPS),
            top: middle - 15.0,
            right,
            bottom: middle + 15.0,
        };
        canvas.rect(rect, sequential((f64::from(idx) + 0.5) / f64::from(STEPS)));
    }
    canvas.text(&last, (right + 14.0, y), Anchor::Start, Style::LABEL);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::samples::{long_words, name, theme};

    fn map(panels: usize, regions: u8, highest: f64) -> TileMap {
        let tile = |idx: u8| Tile {
            name: name(idx.into()),
            column: 1 + idx % 4,
            row: idx / 4,
        };
        let value = |idx: u8| (idx != 3).then(|| highest / f64::from(idx + 1));
        TileMap {
            words: long_words(),
            regions: (0..regions).map(tile).collect(),
            highest,
            decimals: 1,
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
        for (panels, regions, highest) in
            [(1, 1, 100.0), (1, 11, 1.0), (2, 11, 100.0), (7, 24, 50.0)]
        {
            let svg = draw(&map(panels, regions, highest), &theme()).unwrap();
            let found = svg.validate_in_bounds();
            assert_eq!(
                found,
                Ok(()),
                "{panels} panels, {regions} regions, {highest}"
            );
        }
    }

    #[test]
    fn two_regions_never_share_a_tile() {
        let mut broken = map(1, 4, 100.0);
        broken.regions[3] = broken.regions[0].clone();
        let error = draw(&broken, &theme()).unwrap_err();
        assert!(matches!(error, ChartError::Value { .. }), "got {error}");
    }

    #[test]
    fn values_beyond_the_scale_are_refused() {
        let mut broken = map(1, 4, 100.0);
        broken.panels[0].values[0] = Some(100.5);
        let error = draw(&broken, &theme()).unwrap_err();
        assert!(matches!(error, ChartError::Value { .. }), "got {error}");
    }
}
