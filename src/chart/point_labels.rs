//! Names beside points of a plot, placed where they cover neither each other nor another point.

use crate::chart::canvas::Canvas;
use crate::chart::mark::{Anchor, Point, Rect, Stroke};
use crate::chart::palette::{MUTED, WHITE};
use crate::chart::text::Lines;

/// Between a point and its name.
const GAP: f64 = 22.0;
/// Around a name.
const AIR: f64 = 6.0;
/// Steps of the search for a place, in logical pixels.
const STEP: f64 = 24.0;
/// A name farther from its point than this is led to it.
const NEAR: f64 = 48.0;
/// Half the width of a line that names may not cover.
const HALF_LINE: f64 = 3.0;

/// What names may not cover, and where they may stand.
#[derive(Debug)]
pub(crate) struct PointLabels {
    room: Rect,
    taken: Vec<Rect>,
}

impl PointLabels {
    /// Room for names, of which a square of `radius` around each of `points` is taken.
    pub(crate) fn new(room: Rect, points: &[Point], radius: f64) -> Self {
        let around =
            |&(x, y): &Point| Rect::new((x - radius, x + radius), (y - radius, y + radius));
        let taken = points.iter().map(around).collect();
        Self { room, taken }
    }

    /// Takes the room of a line between two points too.
    pub(crate) fn avoid(&mut self, from: Point, until: Point) {
        const PARTS: u8 = 60;
        let at = |part: u8| {
            let share = f64::from(part) / f64::from(PARTS);
            (
                from.0 + share * (until.0 - from.0),
                from.1 + share * (until.1 - from.1),
            )
        };
        let piece = |part: u8| {
            let (one, other) = (at(part), at(part + 1));
            Rect::new(
                (
                    one.0.min(other.0) - HALF_LINE,
                    one.0.max(other.0) + HALF_LINE,
                ),
                (
                    one.1.min(other.1) - HALF_LINE,
                    one.1.max(other.1) + HALF_LINE,
                ),
            )
        };
        self.taken.extend((0..PARTS).map(piece));
    }

    /// Writes words as near to `point` as there is room for them, and nothing where that is not near.
    pub(crate) fn write_near(&mut self, canvas: &mut Canvas<'_>, words: &Lines, point: Point) {
        let size = (words.width(canvas.theme), words.height());
        let reach = 0.5 * size.0 + 3.0 * size.1;
        let place = self.place(point, size);
        if let Some(place) = place.filter(|place| distance(place.center(), point) < reach) {
            self.set(canvas, words, place);
        }
    }

    /// Writes a name as near to `point` as there is room for it, with a thin line to it where it is far, and
    /// nothing where there is no room at all.
    pub(crate) fn write(&mut self, canvas: &mut Canvas<'_>, name: &Lines, point: Point) {
        let size = (name.width(canvas.theme), name.height());
        let Some(place) = self.place(point, size) else {
            return;
        };
        let nearest = (
            point.0.clamp(place.left, place.right),
            point.1.clamp(place.top, place.bottom),
        );
        if distance(point, nearest) > NEAR && !self.is_crossed(point, nearest) {
            canvas.line(vec![point, nearest], Stroke::solid(MUTED, 1.5));
        }
        self.set(canvas, name, place);
    }

    /// Words on white, so that no grid line strikes them through.
    fn set(&mut self, canvas: &mut Canvas<'_>, words: &Lines, place: Rect) {
        canvas.rect(place, WHITE);
        canvas.lines(words, (place.left, place.top), Anchor::Start);
        self.taken.push(place);
    }

    /// The free place for a text of a size that is nearest to a point, right of it where that is free.
    fn place(&self, point: Point, (width, height): Point) -> Option<Rect> {
        let rect = |left: f64, top: f64| Rect::new((left, left + width), (top, top + height));
        let middle = point.1 - 0.5 * height;
        let beside = [
            rect(point.0 + GAP, middle),
            rect(point.0 - GAP - width, middle),
            rect(point.0 - 0.5 * width, point.1 - GAP - height),
            rect(point.0 - 0.5 * width, point.1 + GAP),
        ];
        let beside = beside.into_iter().find(|place| self.is_free(place));
        beside.or_else(|| self.nearest(point, (width, height)))
    }

    fn nearest(&self, point: Point, (width, height): Point) -> Option<Rect> {
        let along = |(from, until): (f64, f64), size: f64| {
            let steps = core::iter::successors(Some(from), |at| Some(at + STEP));
            steps.take_while(move |at| at + size <= until)
        };
        let places = along(self.room.across(), width).flat_map(|left| {
            let tops = along((self.room.top, self.room.bottom), height);
            tops.map(move |top| Rect::new((left, left + width), (top, top + height)))
        });
        let free = places.filter(|place| self.is_free(place));
        free.min_by(|one, other| {
            let far = |place: &Rect| distance(place.center(), point);
            far(one).total_cmp(&far(other))
        })
    }

    fn is_free(&self, place: &Rect) -> bool {
        let is_inside = place.left >= self.room.left
            && place.right <= self.room.right
            && place.top >= self.room.top
            && place.bottom <= self.room.bottom;
        is_inside && !self.taken.iter().any(|taken| covers(taken, place))
    }

    /// Whether a line between two points would pass through something else.
    fn is_crossed(&self, from: Point, until: Point) -> bool {
        (2_u8..20).any(|step| {
            let share = f64::from(step) / 20.0;
            let at = (
                from.0 + share * (until.0 - from.0),
                from.1 + share * (until.1 - from.1),
            );
            let is_at_start = distance(at, from) < GAP;
            let holds = |taken: &Rect| {
                (taken.left..=taken.right).contains(&at.0)
                    && (taken.top..=taken.bottom).contains(&at.1)
            };
            !is_at_start && self.taken.iter().any(holds)
        })
    }
}

fn covers(one: &Rect, other: &Rect) -> bool {
    one.left < other.right + AIR
        && other.left < one.right + AIR
        && one.top < other.bottom + AIR
        && other.top < one.bottom + AIR
}

fn distance(one: Point, other: Point) -> f64 {
    let (dx, dy) = (one.0 - other.0, one.1 - other.1);
    (dx * dx + dy * dy).sqrt()
}
