//! Stacked bars of 100 % and the colors of final statuses.

use crate::chart::canvas::{Anchor, Canvas, Rect, Stroke};
use crate::chart::ladder::{Status, StatusFamily};
use crate::chart::palette::{BLUE, GRID, Rgb, VERMILION, WHITE, mix, text_on};
use crate::chart::scale::Scale;
use crate::chart::theme::Style;

/// One stacked bar of 100 %.
pub(super) struct Bar {
    pub(super) scale: Scale,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Bar {
    pub(super) fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        shares: &[f64],
        colors: &[Rgb],
        decimals: usize,
    ) {
        let all = self.segment(0.0, 100.0);
        canvas.rect(all, GRID);
        canvas.rect(inset(all), WHITE);
        let mut from = 0.0;
        for (share, color) in shares.iter().zip(colors).filter(|(share, _)| **share > 0.0) {
            let until = (from + share).min(100.0);
            let segment = self.segment(from, until);
            canvas.rect(segment, *color);
            let edge = vec![(segment.right, self.top), (segment.right, self.bottom)];
            canvas.line(edge, Stroke::solid(WHITE, 2.0));
            let text = canvas.theme.numbers.format(*share, decimals);
            let style = Style::LABEL.colored(text_on(*color));
            if canvas.theme.width(&text, style) + 12.0 <= segment.width() {
                let (x, y) = segment.center();
                canvas.text(&text, (x, style.baseline_around(y)), Anchor::Middle, style);
            }
            from = until;
        }
    }

    fn segment(&self, from: f64, until: f64) -> Rect {
        let (left, right) = (self.scale.at(from), self.scale.at(until));
        Rect {
            left,
            top: self.top,
            right,
            bottom: self.bottom,
        }
    }
}

fn inset(rect: Rect) -> Rect {
    Rect {
        left: rect.left + 2.0,
        top: rect.top + 2.0,
        right: rect.right - 2.0,
        bottom: rect.bottom - 2.0,
    }
}

/// The family's hue, lighter from one member to the next.
pub(super) fn status_colors(statuses: &[Status]) -> Vec<Rgb> {
    let color = |(idx, status): (usize, &Status)| {
        let rank = statuses[..idx]
            .iter()
            .filter(|other| other.family == status.family)
            .count();
        let size = statuses
            .iter()
            .filter(|other| other.family == status.family)
            .count();
        mix(hue(status.family), WHITE, 0.75 * rank as f64 / size as f64)
    };
    statuses.iter().enumerate().map(color).collect()
}

fn hue(family: StatusFamily) -> Rgb {
    match family {
        StatusFamily::OnTime => BLUE,
        StatusFamily::Late => VERMILION,
        StatusFamily::Lost => Rgb(92, 45, 92),
        StatusFamily::Open => Rgb(205, 205, 205),
    }
}
