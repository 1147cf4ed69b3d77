//! An event calendar: what happens next, in one exact order.
//!
//! Three parts, none of which knows what an event means:
//! - [`EventKey`] packs time, class, tie mark and payload in one integer, which *is* the order;
//! - [`EventCalendar`] holds the pending events and gives back the smallest key;
//! - [`Merged`] reads a calendar in step with [`Timeline`]s of events that are known beforehand.
//!
//! Cancelling is not offered: let the payload lead to a generation number, and skip an event whose
//! generation has passed.

mod heap;
mod key;
mod merged;
mod order;
mod wheel;

use heap::QuadHeap;
use wheel::{SPAN, Wheel, start_of, window_of};

pub use key::EventKey;
pub use merged::{Merged, Source, Timeline};

/// Later than every tick.
const NOTHING: u32 = u32::MAX;

/// The pending events of a simulation, smallest [`EventKey`] first.
///
/// # Contract
/// - Events come out in ascending order of their keys, whatever the order in which they went in.
///   Keys may be equal, and may lie before the event that came out last.
/// - What comes out depends on the keys alone: not on memory, capacity or earlier use.
///
/// # Cost
/// Events of the coming 91 days, when ticks are minutes, lie unsorted in windows of 128 ticks and go in
/// at constant cost; later ones wait in a heap. A window is sorted when it is reached. So the
/// calendar is at its best when few events are scheduled within the window in which they happen;
/// when all are, it is a 4-ary heap, and every operation costs at most O(log n), averaged over a run.
/// An empty calendar takes 5 kB.
///
/// Pop and push together, as a share of the same on the standard library's `BinaryHeap` of float
/// time and sequence number, when each event comes back after a lognormal five days of minutes
/// (`cargo bench --bench calendar`, quiet machine, rounded):
///
/// | pending | 100 | 1 000 | 5 000 | 10 000 | 100 000 |
/// |---|---|---|---|---|---|
/// | share | 1/2 | 1/4 | 1/7 | 1/8 | 1/3 |
///
/// ```
/// use zorgdruk::engine::calendar::{EventCalendar, EventKey};
/// let mut calendar = EventCalendar::new();
/// calendar.push(EventKey::new(30, 0, 0, 2));
/// calendar.push(EventKey::new(10, 0, 0, 1));
/// assert_eq!(calendar.pop().map(EventKey::payload), Some(1));
/// assert_eq!(calendar.peek().map(EventKey::payload), Some(2));
/// ```
#[derive(Debug)]
pub struct EventCalendar {
    /// Keys of the window that was opened last, in descending order.
    open: Vec<EventKey>,
    /// Memory for putting them in order.
    spare: Vec<EventKey>,
    /// Keys that were added to that window or an earlier one since.
    due: QuadHeap,
    /// Keys of the windows after it, as far as the ring reaches.
    soon: Wheel,
    /// Keys of later windows.
    later: QuadHeap,
    /// The window that was opened last.
    window: u32,
    /// The first tick of the next window with a key: until then nothing but what is open or due
    /// happens, so that most questions for an earlier event end at a comparison.
    quiet_until: u32,
}

impl EventCalendar {
    /// An empty calendar.
    pub fn new() -> Self {
        Self::with_capacity(0)
    }

    /// An empty calendar that can hold `capacity` events without asking for more memory, unless
    /// many of them share a window or lie far ahead.
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            open: Vec::new(),
            spare: Vec::new(),
            due: QuadHeap::with_capacity(0),
            soon: Wheel::with_capacity(capacity),
            later: QuadHeap::with_capacity(0),
            window: 0,
            quiet_until: NOTHING,
        }
    }

    /// Adds an event.
    ///
    /// # Panics
    /// When more are pending than memory holds anyway: 2²⁹ at the earliest.
    #[inline]
    pub fn push(&mut self, key: EventKey) {
        let window = window_of(key.time());
        if window <= self.window {
            self.push_due(key);
            return;
        }
        self.quiet_until = self.quiet_until.min(start_of(window));
        if window - self.window < SPAN {
            self.soon.put(key);
        } else {
            self.later.push(key);
        }
    }

    /// Adds an event of the open window. Apart, like [`Self::pop_due`], so that what happens to most
    /// keys stays short.
    #[inline(never)]
    fn push_due(&mut self, key: EventKey) {
        self.due.push(key);
    }

    /// Takes the first of the events that were added to the open window.
    #[inline(never)]
    fn pop_due(&mut self) -> EventKey {
        self.due.pop()
    }

    /// Takes the event with the smallest key.
    #[inline]
    pub fn pop(&mut self) -> Option<EventKey> {
        self.pop_before(EventKey::NEVER)
    }

    /// Takes the event with the smallest key if that is smaller than `limit`.
    ///
    /// Equal to a [`peek`](Self::peek), a comparison and a [`pop`](Self::pop), but cheaper.
    #[inline]
    pub fn pop_before(&mut self, limit: EventKey) -> Option<EventKey> {
        if self.quiet_until <= limit.time() && self.open.is_empty() && self.due.len() == 0 {
            self.open_next_window();
        }
        let (open, due) = (self.first_open(), self.due.first());
        if open <= due {
            (open < limit).then(|| {
                self.open.pop();
                open
            })
        } else {
            (due < limit).then(|| self.pop_due())
        }
    }

    /// Takes the event with the smallest key, then adds `key`, which may be smaller still.
    ///
    /// A shorthand: it costs what a [`pop`](Self::pop) and a [`push`](Self::push) cost.
    #[inline]
    pub fn pop_and_push(&mut self, key: EventKey) -> Option<EventKey> {
        let smallest = self.pop();
        self.push(key);
        smallest
    }

    /// The event with the smallest key, without taking it.
    ///
    /// Can look through all events of the next window, so prefer [`pop_before`](Self::pop_before) in
    /// a loop.
    pub fn peek(&self) -> Option<EventKey> {
        let mut first = self.first_open().min(self.due.first());
        if first == EventKey::NEVER {
            let next = self.soon.next_window(self.window);
            first = next.map_or_else(|| self.later.first(), |window| self.soon.first_in(window));
        }
        (first < EventKey::NEVER).then_some(first)
    }

    /// The number of pending events.
    pub fn len(&self) -> usize {
        self.open.len() + self.due.len() + self.soon.len() + self.later.len()
    }

    /// Whether no event is pending.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets all events and the time, and keeps the memory.
    pub fn clear(&mut self) {
        self.open.clear();
        self.due.clear();
        self.soon.clear();
        self.later.clear();
        self.window = 0;
        self.quiet_until = NOTHING;
    }

    /// Opens the next window with a key; there must be one.
    fn open_next_window(&mut self) {
        self.window = window_of(self.quiet_until);
        self.soon.drain(self.window, &mut self.open);
        if self.later_has_come_near() {
            self.move_up_later();
        }
        order::sort_descending(&mut self.open, &mut self.spare);
        self.quiet_until = if let Some(next) = self.soon.next_window(self.window) {
            start_of(next)
        } else if self.later.len() > 0 {
            self.later.first().time()
        } else {
            NOTHING
        };
    }

    /// Whether the first of the later keys has come within the span.
    fn later_has_come_near(&self) -> bool {
        self.later.len() > 0 && window_of(self.later.first().time()) < self.window + SPAN
    }

    /// The smallest key that was in the open window when it was opened, or [`EventKey::NEVER`].
    fn first_open(&self) -> EventKey {
        self.open.last().copied().unwrap_or(EventKey::NEVER)
    }

    /// Moves the keys that have come within the span to where they belong now.
    #[cold]
    fn move_up_later(&mut self) {
        while self.later_has_come_near() {
            let key = self.later.pop();
            self.push(key);
        }
    }
}

impl Default for EventCalendar {
    fn default() -> Self {
        Self::new()
    }
}

/// A clone holds the same events; `clone_from` copies into the memory that is already there.
impl Clone for EventCalendar {
    fn clone(&self) -> Self {
        Self {
            open: self.open.clone(),
            spare: Vec::new(),
            due: self.due.clone(),
            soon: self.soon.clone(),
            later: self.later.clone(),
            window: self.window,
            quiet_until: self.quiet_until,
        }
    }

    fn clone_from(&mut self, source: &Self) {
        self.open.clone_from(&source.open);
        self.due.clone_from(&source.due);
        self.soon.clone_from(&source.soon);
        self.later.clone_from(&source.later);
        self.window = source.window;
        self.quiet_until = source.quiet_until;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// Ticks that the ring of windows spans.
    const REACH: u32 = start_of(SPAN);

    /// A reference that is plainly right: how often each key is pending.
    #[derive(Default)]
    struct Reference(BTreeMap<EventKey, u32>);

    impl Reference {
        fn push(&mut self, key: EventKey) {
            *self.0.entry(key).or_default() += 1;
        }

        fn pop(&mut self) -> Option<EventKey> {
            let mut entry = self.0.first_entry()?;
            let key = *entry.key();
            *entry.get_mut() -= 1;
            if *entry.get() == 0 {
                entry.remove();
            }
            Some(key)
        }
    }

    #[derive(Debug, Clone)]
    enum Operation {
        Push(EventKey),
        Pop,
        PopBefore(EventKey),
        PopAndPush(EventKey),
    }

    /// Keys that often collide, in the same tick, within the span, beyond it and at the very end.
    fn key() -> impl Strategy<Value = EventKey> {
        let time = prop_oneof![
            0..40_u32,
            0..3 * REACH,
            0..EventKey::TIME_LIMIT,
            EventKey::TIME_LIMIT - 3..EventKey::TIME_LIMIT,
        ];
        (time, 0..2_u8, 0..2_u16, 0..2_u32)
            .prop_map(|(time, class, tie, payload)| EventKey::new(time, class, tie, payload))
    }

    fn operation() -> impl Strategy<Value = Operation> {
        prop_oneof![
            3 => key().prop_map(Operation::Push),
            2 => Just(Operation::Pop),
            1 => key().prop_map(Operation::PopBefore),
            1 => key().prop_map(Operation::PopAndPush),
        ]
    }

    /// Does `operation` to both, and gives what each of them gives back.
    fn apply(
        operation: &Operation,
        calendar: &mut EventCalendar,
        reference: &mut Reference,
    ) -> [Option<EventKey>; 2] {
        match *operation {
            Operation::Push(key) => {
                calendar.push(key);
                reference.push(key);
                [None; 2]
            }
            Operation::Pop => [calendar.pop(), reference.pop()],
            Operation::PopBefore(limit) => {
                let is_before = reference
                    .0
                    .first_key_value()
                    .is_some_and(|first| *first.0 < limit);
                [
                    calendar.pop_before(limit),
                    if is_before { reference.pop() } else { None },
                ]
            }
            Operation::PopAndPush(key) => {
                let popped = [calendar.pop_and_push(key), reference.pop()];
                reference.push(key);
                popped
            }
        }
    }

    fn drain(calendar: &mut EventCalendar) -> Vec<EventKey> {
        core::iter::from_fn(|| calendar.pop()).collect()
    }

    proptest! {
        #[test]
        fn events_come_out_in_order(keys in prop::collection::vec(key(), 0..300)) {
            let mut calendar = EventCalendar::with_capacity(keys.len());
            for &key in &keys {
                calendar.push(key);
            }
            prop_assert_eq!(calendar.len(), keys.len());
            let mut sorted = keys;
            sorted.sort_unstable();
            prop_assert_eq!(drain(&mut calendar), sorted);
            prop_assert!(calendar.is_empty());
        }

        #[test]
        fn any_interleaving_agrees_with_an_ordered_map(
            operations in prop::collection::vec(operation(), 0..400)
        ) {
            let (mut calendar, mut reference) = (EventCalendar::new(), Reference::default());
            for operation in &operations {
                let [popped, expected] = apply(operation, &mut calendar, &mut reference);
                prop_assert_eq!(popped, expected);
                prop_assert_eq!(calendar.peek(), reference.0.keys().next().copied());
                let pending: u32 = reference.0.values().sum();
                prop_assert_eq!(calendar.len(), pending as usize);
            }
        }

        #[test]
        fn a_clone_holds_the_same_events_and_a_cleared_calendar_none(
            operations in prop::collection::vec(operation(), 0..200),
            others in prop::collection::vec(key(), 0..50),
        ) {
            let (mut calendar, mut reference) = (EventCalendar::new(), Reference::default());
            for operation in &operations {
                apply(operation, &mut calendar, &mut reference);
            }
            let mut clone = calendar.clone();
            let mut used = EventCalendar::new();
            for &key in &others {
                used.push(key);
            }
            used.pop();
            used.clone_from(&calendar);
            let refilled = used.clone();
            let expected = drain(&mut calendar);
            prop_assert_eq!(drain(&mut clone), &expected[..]);
            prop_assert_eq!(drain(&mut used), &expected[..]);

            used.clone_from(&refilled);
            used.clear();
            prop_assert_eq!(used.len(), 0);
            for &key in &others {
                used.push(key);
            }
            let mut sorted = others;
            sorted.sort_unstable();
            prop_assert_eq!(drain(&mut used), sorted);
        }
    }

    #[test]
    fn releases_come_before_seizes_of_the_same_tick() {
        let mut calendar = EventCalendar::new();
        let (release, seize) = (EventKey::new(7, 0, 4_095, 9), EventKey::new(7, 1, 0, 0));
        calendar.push(seize);
        calendar.push(release);
        assert_eq!(
            drain(&mut calendar),
            [release, seize],
            "the class decides inside a tick"
        );
    }

    #[test]
    fn an_event_of_the_running_tick_can_still_come_before_the_rest_of_it() {
        let mut calendar = EventCalendar::new();
        calendar.push(EventKey::new(7, 3, 0, 0));
        calendar.push(EventKey::new(7, 5, 0, 0));
        assert_eq!(
            calendar.pop().map(EventKey::class),
            Some(3),
            "the first of the tick"
        );
        calendar.push(EventKey::new(7, 1, 0, 0));
        assert_eq!(
            calendar.pop().map(EventKey::class),
            Some(1),
            "pushed later, still earlier"
        );
    }

    #[test]
    fn a_clone_keeps_the_place_in_the_ring() {
        let mut calendar = EventCalendar::new();
        calendar.push(EventKey::new(REACH - start_of(3), 0, 0, 0));
        calendar.pop();
        let (before_wrap, after_wrap) = (
            EventKey::new(REACH - 1, 0, 0, 0),
            EventKey::new(REACH + 5, 0, 0, 0),
        );
        calendar.push(after_wrap);
        calendar.push(before_wrap);
        let mut clone = EventCalendar::new();
        clone.clone_from(&calendar);
        assert_eq!(
            drain(&mut clone),
            [before_wrap, after_wrap],
            "buckets wrap around the ring"
        );
    }

    #[test]
    fn the_clock_does_not_run_ahead_of_what_was_asked_for() {
        let mut calendar = EventCalendar::new();
        calendar.push(EventKey::new(1_000, 0, 0, 0));
        assert_eq!(
            calendar.pop_before(EventKey::new(500, 0, 0, 0)),
            None,
            "nothing before 500"
        );
        assert_eq!(
            calendar.window, 0,
            "an event at 600 does not go to the heap"
        );
        calendar.pop();
        let last = window_of(1_000);
        assert_eq!(
            (calendar.pop(), calendar.window),
            (None, last),
            "the last event was at 1 000"
        );
        calendar.clear();
        assert_eq!(calendar.window, 0, "a cleared calendar starts anew");
    }
}
