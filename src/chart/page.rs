//! What every figure has around its plot: the finding as title, unit, caption.

use crate::chart::ChartError;
use crate::chart::canvas::{Anchor, Canvas, Rect};
use crate::chart::svg::Svg;
use crate::chart::text::{Room, fits, wrap, wrap_evenly};
use crate::chart::theme::{PAGE_WIDTH, Style, Theme};

/// Free paper at all four sides, in logical pixels.
const MARGIN: f64 = 36.0;
/// Between title block and body, and between body and caption.
const GAP: f64 = 30.0;
/// The title takes the largest size at which it fits two lines, and a third line if it fits at none.
const TITLE_SIZES: [f64; 4] = [54.0, 50.0, 46.0, 42.0];
const TITLE_LINES: usize = 2;
const MOST_TITLE_LINES: usize = 3;
const OTHER_LINES: usize = 6;

/// The words around a figure, in the language of the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The finding in one sentence, about 100 characters for two lines, 150 for three.
    pub title: String,
    /// What is shown, with its unit.
    pub subtitle: String,
    /// Number of replications, name of the interval, seed, version, source.
    pub caption: String,
    /// What a reader who cannot see the figure must know.
    pub alternative: String,
}

/// Paper with its title and caption written and a body left to fill.
#[derive(Debug)]
pub(crate) struct Page<'t> {
    pub(crate) canvas: Canvas<'t>,
    pub(crate) body: Rect,
    title: String,
    alternative: String,
}

impl<'t> Page<'t> {
    /// The width of every body.
    pub(crate) const BODY_WIDTH: f64 = PAGE_WIDTH - 2.0 * MARGIN;

    /// A page whose body is `height` logical pixels high.
    pub(crate) fn new(theme: &'t Theme, words: &Words, height: f64) -> Self {
        let blocks = Blocks::set(theme, words);
        let top = MARGIN + blocks.head_height() + GAP;
        let bottom = top + height;
        let paper = bottom + GAP + blocks.caption_height() + MARGIN;
        let mut canvas = Canvas::new(theme, (PAGE_WIDTH, paper));
        blocks.draw(&mut canvas, bottom + GAP);
        let body = Rect {
            left: MARGIN,
            top,
            right: PAGE_WIDTH - MARGIN,
            bottom,
        };
        let (title, alternative) = (words.title.clone(), words.alternative.clone());
        Self {
            canvas,
            body,
            title,
            alternative,
        }
    }

    /// The height that a body needs to make the whole page `total` high.
    pub(crate) fn body_height_for(theme: &Theme, words: &Words, total: f64) -> f64 {
        let blocks = Blocks::set(theme, words);
        total - 2.0 * (MARGIN + GAP) - blocks.head_height() - blocks.caption_height()
    }

    pub(crate) fn finish(self) -> Result<Svg, ChartError> {
        self.canvas.finish(&self.title, &self.alternative)
    }
}

/// Title, subtitle and caption, each with its lines.
struct Blocks([(Vec<String>, Style); 3]);

impl Blocks {
    fn set(theme: &Theme, words: &Words) -> Self {
        let room = |lines| Room {
            width: Page::BODY_WIDTH,
            lines,
        };
        let title_style = TITLE_SIZES
            .map(Style::title)
            .into_iter()
            .find(|&style| fits(theme, &words.title, style, room(TITLE_LINES)))
            .unwrap_or(Style::title(TITLE_SIZES[3]));
        let other = |text, style| (wrap(theme, text, style, room(OTHER_LINES)), style);
        Self([
            (
                wrap_evenly(theme, &words.title, title_style, room(MOST_TITLE_LINES)),
                title_style,
            ),
            other(&words.subtitle, Style::SUBTITLE),
            other(&words.caption, Style::QUIET),
        ])
    }

    fn height(&self, idx: usize) -> f64 {
        let (lines, style) = &self.0[idx];
        style.block_height(lines.len())
    }

    fn head_height(&self) -> f64 {
        self.height(0) + self.height(1) + 6.0
    }

    fn caption_height(&self) -> f64 {
        self.height(2)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, caption_top: f64) {
        let subtitle_top = MARGIN + self.height(0) + 6.0;
        let tops = [MARGIN, subtitle_top, caption_top];
        for ((lines, style), top) in self.0.iter().zip(tops) {
            canvas.lines(lines, (MARGIN, top), Anchor::Start, *style);
        }
    }
}
