//! Marks: all that can be drawn, in logical pixels.

use crate::chart::palette::{CATEGORICAL, Rgb};
use crate::chart::theme::{Style, Theme};

/// Height above and depth below its baseline of a line of Open Sans, in em.
const ASCENT: f64 = 0.77;
const DESCENT: f64 = 0.24;

/// x to the right, y down, in logical pixels.
pub(crate) type Point = (f64, f64);

/// A rectangle in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rect {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Rect {
    /// From its left and right, and its top and bottom edge.
    pub(crate) const fn new((left, right): (f64, f64), (top, bottom): (f64, f64)) -> Self {
        Self {
            left,
            top,
            right,
            bottom,
        }
    }

    /// Left and right edge.
    pub(crate) const fn across(self) -> (f64, f64) {
        (self.left, self.right)
    }

    /// Bottom and top edge, for a scale whose values grow upward.
    pub(crate) const fn upward(self) -> (f64, f64) {
        (self.bottom, self.top)
    }

    /// The same height between other edges.
    pub(crate) const fn between(self, left: f64, right: f64) -> Self {
        Self {
            left,
            right,
            ..self
        }
    }

    pub(crate) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub(crate) fn center(self) -> Point {
        (
            0.5 * (self.left + self.right),
            0.5 * (self.top + self.bottom),
        )
    }
}

/// Which part of a text lies at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// Pattern of a line, so that lines differ without color.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dash {
    Solid,
    Long,
    Short,
    Mixed,
}

impl Dash {
    /// The dash of the `idx`-th line; the cycle repeats.
    pub(crate) fn nth(idx: usize) -> Self {
        [Self::Solid, Self::Long, Self::Short, Self::Mixed][idx % 4]
    }

    /// Lengths of strokes and gaps in logical pixels, alternating.
    pub(crate) fn pattern(self) -> &'static [f64] {
        match self {
            Self::Solid => &[],
            Self::Long => &[22.0, 12.0],
            Self::Short => &[5.0, 9.0],
            Self::Mixed => &[22.0, 9.0, 5.0, 9.0],
        }
    }
}

/// Color, width in logical pixels and pattern of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) color: Rgb,
    pub(crate) width: f64,
    pub(crate) dash: Dash,
}

impl Stroke {
    pub(crate) const fn solid(color: Rgb, width: f64) -> Self {
        Self::dashed(color, width, Dash::Solid)
    }

    pub(crate) const fn dashed(color: Rgb, width: f64, dash: Dash) -> Self {
        Self { color, width, dash }
    }
}

/// Shape of a point, so that series differ without color.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marker {
    Circle,
    Square,
    Triangle,
    Diamond,
}

impl Marker {
    /// The marker of the `idx`-th series; the cycle repeats.
    pub(crate) fn nth(idx: usize) -> Self {
        [Self::Circle, Self::Square, Self::Triangle, Self::Diamond][idx % 4]
    }

    /// The marker of what has the `idx`-th color: another shape whenever the colors repeat.
    pub(crate) fn nth_of(idx: usize) -> Self {
        Self::nth(idx / CATEGORICAL.len())
    }
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    Line {
        points: Vec<Point>,
        stroke: Stroke,
    },
    Area {
        points: Vec<Point>,
        color: Rgb,
    },
    Box {
        rect: Rect,
        color: Rgb,
    },
    Dot {
        center: Point,
        radius: f64,
        color: Rgb,
    },
    /// One line whose baseline passes through `at`.
    Text {
        text: String,
        at: Point,
        anchor: Anchor,
        style: Style,
    },
}

/// A drawn line of text with its bounding box by the font's metrics.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TextBox {
    pub(crate) text: String,
    pub(crate) rect: Rect,
}

impl Mark {
    /// Where a text stands; `None` for other marks.
    pub(crate) fn text_box(&self, theme: &Theme) -> Option<TextBox> {
        let Self::Text {
            text,
            at: (x, y),
            anchor,
            style,
        } = self
        else {
            return None;
        };
        let width = theme.width(text, *style);
        let left = match anchor {
            Anchor::Start => *x,
            Anchor::Middle => x - 0.5 * width,
            Anchor::End => x - width,
        };
        let height = (y - ASCENT * style.size, y + DESCENT * style.size);
        Some(TextBox {
            text: text.clone(),
            rect: Rect::new((left, left + width), height),
        })
    }
}
