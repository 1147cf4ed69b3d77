//! Tile map: one tile per region, about where it lies, with its value, and maps of differences beside it.

use crate::chart::canvas::Canvas;
use crate::chart::input::{ChartError, at_least, finite, same_length};
use crate::chart::legend::draw_color_bar;
use crate::chart::mark::{Anchor, Point, Rect};
use crate::chart::page::{Page, Words};
use crate::chart::palette::{GRID, MUTED, Rgb, diverging, sequential, text_on};
use crate::chart::svg::Svg;
use crate::chart::text::Lines;
use crate::chart::theme::{Style, Theme, Weight};

/// Numbers by region, one panel for a policy or a difference.
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
    /// What the colors mean.
    pub scale: TileScale,
    /// One number per region; `None` where there is nothing to say.
    pub values: Vec<Option<f64>>,
}

/// The colors of a map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TileScale {
    /// From none to this number, the darkest.
    UpTo(f64),
    /// From this much less, through no difference, to this much more.
    Difference(f64),
}

impl TileScale {
    fn ends(self) -> (f64, f64) {
        match self {
            Self::UpTo(most) => (0.0, most),
            Self::Difference(limit) => (-limit, limit),
        }
    }

    fn color(self, value: f64) -> Rgb {
        match self {
            Self::UpTo(most) => sequential(value / most),
            Self::Difference(limit) => diverging(value / limit),
        }
    }

    /// A number, with its sign where it is a difference.
    fn text(self, theme: &Theme, value: f64) -> String {
        let text = theme
            .numbers
            .format(value, usize::from(self.ends().1 < 10.0));
        let is_more = value > 0.0 && text.contains(|c: char| ('1'..='9').contains(&c));
        match self {
            Self::Difference(_) if is_more => format!("+{text}"),
            _ => text,
        }
    }
}

const WIDEST_TILE: f64 = 382.0;
const SEAM: f64 = 6.0;
const COLUMN_GAP: f64 = 50.0;
const ROW_GAP: f64 = 34.0;
const LEGEND_HEIGHT: f64 = 74.0;
const MOST: u8 = 31;
const NAME_LINES: usize = 4;
/// A tile narrower than this has its name in smaller type.
const NARROW: f64 = 300.0;
/// Smallest name, as a part of its usual size.
const SMALLEST: f64 = 0.8;
/// 8 points in a figure printed 17 cm wide.
const SMALL: Style = Style::new(27.0, Weight::Regular, MUTED);

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
    for (idx, (panel, title)) in map.panels.iter().zip(&layout.titles).enumerate() {
        let (dx, dy) = layout.origin(idx);
        let at = (left + dx, top + dy);
        page.canvas.lines(title, at, Anchor::Start);
        let middle = at.1 + layout.head + 0.5 * Style::LABEL.line_height();
        let (ends, color) = (panel.scale.ends(), |value| panel.scale.color(value));
        draw_color_bar(&mut page.canvas, (at.0, middle), ends, color);
        let below = (at.0, at.1 + layout.head + LEGEND_HEIGHT);
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
        let values = panel.values.iter().flatten().copied();
        finite(&what, values.chain([panel.scale.ends().1]))?;
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
        let most = if theme.is_narrow() { 1 } else { 2 };
        let columns = map.panels.len().min(most);
        let width = (theme.body_width() - COLUMN_GAP * (columns - 1) as f64) / columns as f64;
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
        let least = self.name_style().block_height(NAME_LINES) + Style::PANEL.line_height() + 20.0;
        (0.62 * self.tile).max(least)
    }

    const fn name_style(&self) -> Style {
        if self.tile < NARROW {
            SMALL
        } else {
            Style::LABEL
        }
    }

    fn panel_height(&self) -> f64 {
        self.head + LEGEND_HEIGHT + self.rows * self.tile_height() + ROW_GAP
    }

    fn height(&self) -> f64 {
        let rows = self.titles.len().div_ceil(self.columns) as f64;
        rows * self.panel_height() - ROW_GAP
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
            let name = (region.name.as_str(), self.name_style());
            draw_tile(canvas, rect, name, (panel.scale, *value));
        }
    }
}

fn draw_tile(
    canvas: &mut Canvas<'_>,
    rect: Rect,
    (name, style): (&str, Style),
    (scale, value): (TileScale, Option<f64>),
) {
    let (fill, ink, text) = match value {
        Some(value) => {
            let fill = scale.color(value);
            (fill, text_on(fill), scale.text(canvas.theme, value))
        }
        None => (GRID, MUTED, "\u{2013}".to_owned()),
    };
    canvas.rect(rect, fill);
    let number = Style::PANEL.colored(ink);
    let label = unbroken(canvas.theme, name, style, rect.width() - 6.0).colored(ink);
    let middle = rect.center().0;
    let room = rect.height() - number.line_height() - 10.0;
    let mut lines = (1..=NAME_LINES).rev();
    if let Some(lines) = lines.find(|&n| label.block_height(n) <= room) {
        let name = Lines::even(canvas.theme, name, label, (rect.width() - 6.0, lines));
        canvas.lines(&name, (middle, rect.top + 4.0), Anchor::Middle);
    }
    let y = number.baseline_below(rect.bottom - number.line_height() - 6.0);
    canvas.text(&text, (middle, y), Anchor::Middle, number);
}

/// The style, made smaller where a word would have to be broken, down to the smallest that can be read.
fn unbroken(theme: &Theme, name: &str, style: Style, width: f64) -> Style {
    let widest = theme.widest(name.split([' ', '-']), style);
    let factor = (width / widest.max(1.0)).clamp(SMALLEST, 1.0);
    Style::new(style.size * factor, style.weight, style.color)
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
                    scale: if idx == 1 {
                        TileScale::Difference(100.0)
                    } else {
                        TileScale::UpTo(100.0)
                    },
                    values: (0..regions).map(value).collect(),
                })
                .collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(1, 1), (1, 11), (2, 11), (7, 24)];
        assert_fits(cases, |(panels, regions), theme| {
            draw(&map(panels, regions), theme)
        });
    }

    #[test]
    fn two_regions_never_share_a_tile() {
        let mut broken = map(1, 4);
        broken.regions[3] = broken.regions[0].clone();
        assert_refused(draw(&broken, &theme()));
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        let mut broken = map(1, 4);
        broken.panels[0].values[0] = Some(f64::NAN);
        assert_refused(draw(&broken, &theme()));
    }
}
