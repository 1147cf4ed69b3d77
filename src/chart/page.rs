//! What every figure has around its plot: the finding as title, subtitle with the unit, caption.

use crate::chart::canvas::Canvas;
use crate::chart::input::ChartError;
use crate::chart::mark::{Anchor, Rect};
use crate::chart::svg::Svg;
use crate::chart::text::{Lines, fits};
use crate::chart::theme::{MARGIN, Style, Theme};

/// Between title block and body, and between body and caption.
const GAP: f64 = 30.0;
/// Between title and subtitle.
const TITLE_GAP: f64 = 6.0;
/// The title takes the largest size at which it fits two lines, and a third line if it fits at none.
const TITLE_SIZES: [f64; 4] = [54.0, 50.0, 46.0, 42.0];
const TITLE_LINES: usize = 2;
/// Lines of a title and of other words at most, on a page and on a phone.
const MOST_TITLE_LINES: [usize; 2] = [3, 6];
const OTHER_LINES: [usize; 2] = [6, 12];

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
    /// A page whose body is `height` logical pixels high.
    pub(crate) fn new(theme: &'t Theme, words: &Words, height: f64) -> Self {
        let blocks = Blocks::new(theme, words);
        let top = MARGIN + blocks.head_height() + GAP;
        let bottom = top + height;
        let paper = bottom + GAP + blocks.caption.height() + MARGIN;
        let mut canvas = Canvas::new(theme, (theme.page_width(), paper));
        blocks.draw(&mut canvas, bottom + GAP);
        Self {
            canvas,
            body: Rect::new((MARGIN, theme.page_width() - MARGIN), (top, bottom)),
            title: words.title.clone(),
            alternative: words.alternative.clone(),
        }
    }

    /// The height that a body needs to make the whole page `total` high.
    pub(crate) fn body_height_for(theme: &Theme, words: &Words, total: f64) -> f64 {
        let blocks = Blocks::new(theme, words);
        total - 2.0 * (MARGIN + GAP) - blocks.head_height() - blocks.caption.height()
    }

    pub(crate) fn finish(self) -> Result<Svg, ChartError> {
        self.canvas.finish(&self.title, &self.alternative)
    }
}

struct Blocks {
    title: Lines,
    subtitle: Lines,
    caption: Lines,
}

impl Blocks {
    fn new(theme: &Theme, words: &Words) -> Self {
        let (body, narrow) = (theme.body_width(), usize::from(theme.is_narrow()));
        let sizes = TITLE_SIZES.map(Style::title);
        let title_style = sizes
            .into_iter()
            .find(|&style| fits(theme, &words.title, style, (body, TITLE_LINES)))
            .unwrap_or(sizes[sizes.len() - 1]);
        let room = (body, OTHER_LINES[narrow]);
        let other = |text, style| Lines::wrapped(theme, text, style, room);
        let title_room = (body, MOST_TITLE_LINES[narrow]);
        Self {
            title: Lines::even(theme, &words.title, title_style, title_room),
            subtitle: other(&words.subtitle, Style::SUBTITLE),
            caption: other(&words.caption, Style::QUIET),
        }
    }

    fn head_height(&self) -> f64 {
        self.title.height() + TITLE_GAP + self.subtitle.height()
    }

    fn draw(&self, canvas: &mut Canvas<'_>, caption_top: f64) {
        let subtitle_top = MARGIN + self.title.height() + TITLE_GAP;
        canvas.lines(&self.title, (MARGIN, MARGIN), Anchor::Start);
        canvas.lines(&self.subtitle, (MARGIN, subtitle_top), Anchor::Start);
        canvas.lines(&self.caption, (MARGIN, caption_top), Anchor::Start);
    }
}

/// Tops of panels below each other, the first at 0, and the height of all with the gaps.
pub(crate) fn stacked(heights: impl IntoIterator<Item = f64>, gap: f64) -> (Vec<f64>, f64) {
    let mut next = 0.0;
    let mut tops = Vec::new();
    for height in heights {
        tops.push(next);
        next += height + gap;
    }
    (tops, next - gap)
}
