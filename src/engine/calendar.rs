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
mod wheel;

use heap::QuadHeap;
use wheel::{SPAN, Wheel};

pub use key::EventKey;
pub use merged::{Merged, Source, Timeline};

/// The pending events of a simulation, smallest [`EventKey`] first.
///
/// # Contract
/// - Events come out in ascending order of their keys, whatever the order in which they went in.
///   Keys may be equal, and may lie before the event that came out last.
/// - What comes out depends on the keys alone: not on memory, capacity or earlier use.
///
/// # Cost
/// Events of the coming 2¹⁵ ticks lie in one-tick buckets and go in at constant cost; later ones
/// wait in a heap, and a bucket is sorted when its tick is reached. So the calendar is at its best
/// when few events share a tick; when all do, it is the 4-ary heap that it sorts buckets with, and
/// every operation costs at most O(log n), averaged over a run. An empty calendar takes 135 kB.
///
/// Pop and push together, as a share of the same on the standard library's `BinaryHeap` of float
/// time and sequence number, when each event comes back after a lognormal five days of minutes
/// (`cargo bench --bench calendar`, quiet machine, rounded):
///
/// | pending | 100 | 1 000 | 5 000 | 10 000 | 100 000 |
/// |---|---|---|---|---|---|
/// | share | 1/2 | 1/3 | 1/4 | 1/4 | 1/4 |
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
    /// Keys at or before `now`.
    due: QuadHeap,
    /// Keys after `now` and before `now + SPAN`.
    soon: Wheel,
    /// Keys from `now + SPAN` on.
    later: QuadHeap,
    /// The tick that was opened last: that of the latest event so far.
    now: u32,
    /// The tick of the first key after `now`: until then nothing but `due` happens, so that most
    /// questions for an earlier event end at a comparison.
    quiet_until: u32,
}

impl EventCalendar {
    /// An empty calendar.
    pub fn new() -> Self {
        Self::with_capacity(0)
    }

    /// An empty calendar that can hold `capacity` events without asking for more memory, unless
    /// many of them share a tick or lie far ahead.
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            due: QuadHeap::with_capacity(0),
            soon: Wheel::with_capacity(capacity),
            later: QuadHeap::with_capacity(0),
            now: 0,
            quiet_until: EventKey::NEVER.time(),
        }
    }

    /// Adds an event.
    ///
    /// # Panics
    /// When 2³² events are pending.
    #[inline]
    pub fn push(&mut self, key: EventKey) {
        if key.time() <= self.now {
            self.due.push(key);
            return;
        }
        self.quiet_until = self.quiet_until.min(key.time());
        if key.time() - self.now < SPAN {
            self.soon.put(key);
        } else {
            self.later.push(key);
        }
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
        if self.due.len() == 0 && self.quiet_until <= limit.time() {
            self.open_next_tick(limit.time());
        }
        (self.due.first() < limit).then(|| self.due.pop())
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
    /// Looks through all events of the next tick, so prefer [`pop_before`](Self::pop_before) in a
    /// loop.
    pub fn peek(&self) -> Option<EventKey> {
        let first = if self.due.len() > 0 {
            self.due.first()
        } else if let Some(tick) = self.soon.next_tick(self.now) {
            self.soon.first_at(tick)
        } else {
            self.later.first()
        };
        (first < EventKey::NEVER).then_some(first)
    }

    /// The number of pending events.
    pub fn len(&self) -> usize {
        self.due.len() + self.soon.len() + self.later.len()
    }

    /// Whether no event is pending.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets all events and the time, and keeps the memory.
    pub fn clear(&mut self) {
        self.due.clear();
        self.soon.clear();
        self.later.clear();
        self.now = 0;
        self.quiet_until = EventKey::NEVER.time();
    }

    /// Makes the events of the next filled tick due, unless that tick lies after `last_tick`.
    ///
    /// The clock never runs ahead of what the caller asks for: a key that is pushed meanwhile
    /// would then count as overdue, and miss the cheap buckets.
    fn open_next_tick(&mut self, last_tick: u32) {
        let tick = self.quiet_until;
        if tick > last_tick || tick == EventKey::NEVER.time() {
            return;
        }
        self.now = tick;
        self.soon.drain(tick, &mut self.due);
        if self.later.first().time() - tick < SPAN {
            self.move_up_later();
        }
        let next = self.soon.next_tick(tick);
        self.quiet_until = next.unwrap_or_else(|| self.later.first().time());
    }

    /// Moves the keys that have come within the span to where they belong now.
    #[cold]
    fn move_up_later(&mut self) {
        let end = EventKey::NEVER.time().min(self.now + SPAN);
        while self.later.first().time() < end {
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
            due: self.due.clone(),
            soon: self.soon.clone(),
            later: self.later.clone(),
            now: self.now,
            quiet_until: self.quiet_until,
        }
    }

    fn clone_from(&mut self, source: &Self) {
        self.due.clone_from(&source.due);
        self.soon.clone_from(&source.soon);
        self.later.clone_from(&source.later);
        self.now = source.now;
        self.quiet_until = source.quiet_until;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

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
            0..3 * SPAN,
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
        calendar.push(EventKey::new(SPAN - 10, 0, 0, 0));
        calendar.pop();
        let (before_wrap, after_wrap) = (
            EventKey::new(SPAN - 1, 0, 0, 0),
            EventKey::new(SPAN + 5, 0, 0, 0),
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
        calendar.push(EventKey::new(100, 0, 0, 0));
        assert_eq!(
            calendar.pop_before(EventKey::new(50, 0, 0, 0)),
            None,
            "nothing before 50"
        );
        assert_eq!(calendar.now, 0, "an event at 60 would not count as overdue");
        calendar.pop();
        assert_eq!(
            (calendar.pop(), calendar.now),
            (None, 100),
            "the last event was at 100"
        );
        calendar.clear();
        assert_eq!(calendar.now, 0, "a cleared calendar starts anew");
    }
}
