//! Events that are known beforehand, read in step with those that are scheduled on the way.

use super::{EventCalendar, EventKey};

/// A calendar together with `N` timelines, read as one stream of events in order.
///
/// An event that is known before the start needs no place among the pending events: it is read from its
/// sorted list when its turn comes. That keeps the calendar small and fast.
///
/// ```
/// use zorgdruk::engine::calendar::{EventCalendar, EventKey, Merged, Source, Timeline};
/// let arrivals = [EventKey::new(10, 1, 0, 0), EventKey::new(20, 1, 0, 1)];
/// let mut events = Merged::new(EventCalendar::new(), [Timeline::new(&arrivals)]);
///
/// let (arrival, source) = events.next_event().expect("the first arrival");
/// assert_eq!((arrival.time(), source), (10, Source::Timeline(0)));
/// events.calendar.push(EventKey::new(arrival.time() + 5, 0, 0, arrival.payload()));
///
/// let (departure, source) = events.next_event().expect("the departure");
/// assert_eq!((departure.time(), source), (15, Source::Calendar));
/// ```
#[derive(Debug)]
pub struct Merged<'a, const N: usize> {
    /// The events that were scheduled on the way.
    pub calendar: EventCalendar,
    timelines: [Timeline<'a>; N],
}

/// Where an event came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It was scheduled on the way.
    Calendar,
    /// It was on the timeline with this position.
    Timeline(usize),
}

impl<'a, const N: usize> Merged<'a, N> {
    /// A stream over the events of `calendar` and of `timelines`.
    pub const fn new(calendar: EventCalendar, timelines: [Timeline<'a>; N]) -> Self {
        Self {
            calendar,
            timelines,
        }
    }

    /// Takes the smallest key and tells its source; `None` when nothing is left.
    ///
    /// Of equal keys, those on timelines come first, in the order of the timelines. Costs one
    /// comparison per timeline on top of [`EventCalendar::pop_before`].
    pub fn next_event(&mut self) -> Option<(EventKey, Source)> {
        let (known, idx) = self.next_known();
        if let Some(scheduled) = self.calendar.pop_before(known) {
            return Some((scheduled, Source::Calendar));
        }
        let event = self.timelines.get_mut(idx)?.next()?;
        Some((event, Source::Timeline(idx)))
    }

    /// The smallest key on the timelines, or [`EventKey::NEVER`], and the timeline's position.
    fn next_known(&self) -> (EventKey, usize) {
        let mut next = (EventKey::NEVER, 0);
        for (idx, timeline) in self.timelines.iter().enumerate() {
            if timeline.head() < next.0 {
                next = (timeline.head(), idx);
            }
        }
        next
    }
}

impl<const N: usize> Clone for Merged<'_, N> {
    fn clone(&self) -> Self {
        Self {
            calendar: self.calendar.clone(),
            timelines: self.timelines.clone(),
        }
    }

    fn clone_from(&mut self, source: &Self) {
        self.calendar.clone_from(&source.calendar);
        self.timelines.clone_from(&source.timelines);
    }
}

/// A place in a sorted list of events that are known beforehand.
///
/// A clone copies the place, never the list. Taking the next event costs a step along a slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline<'a> {
    rest: &'a [EventKey],
}

impl<'a> Timeline<'a> {
    /// The start of `keys`.
    ///
    /// # Panics
    /// When `keys` are not in ascending order: events would come too late. Equal keys are allowed.
    #[track_caller]
    pub fn new(keys: &'a [EventKey]) -> Self {
        assert!(
            keys.is_sorted(),
            "the keys of a timeline are not in ascending order"
        );
        Self { rest: keys }
    }

    /// The next event, without taking it.
    pub fn peek(&self) -> Option<EventKey> {
        self.rest.first().copied()
    }

    /// The next key, or [`EventKey::NEVER`].
    fn head(&self) -> EventKey {
        self.peek().unwrap_or(EventKey::NEVER)
    }
}

impl Iterator for Timeline<'_> {
    type Item = EventKey;

    fn next(&mut self) -> Option<EventKey> {
        let (&key, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(key)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rest.len(), Some(self.rest.len()))
    }
}

impl ExactSizeIterator for Timeline<'_> {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keys(times: &[u32], payload: u32) -> Vec<EventKey> {
        let mut keys: Vec<_> = times
            .iter()
            .map(|&time| EventKey::new(time, 0, 0, payload))
            .collect();
        keys.sort_unstable();
        keys
    }

    fn times() -> impl Strategy<Value = Vec<u32>> {
        prop::collection::vec(0_u32..100_000, 0..60)
    }

    proptest! {
        #[test]
        fn a_merged_stream_is_the_sorted_union_of_its_sources(
            first in times(), second in times(), scheduled in times()
        ) {
            let (first, second) = (keys(&first, 0), keys(&second, 1));
            let mut all = keys(&scheduled, 2);
            let mut events =
                Merged::new(EventCalendar::new(), [Timeline::new(&first), Timeline::new(&second)]);
            for &key in &all {
                events.calendar.push(key);
            }
            all.extend(first.iter().chain(&second));
            all.sort_unstable();
            for key in all {
                let source = [Source::Timeline(0), Source::Timeline(1), Source::Calendar];
                prop_assert_eq!(events.next_event(), Some((key, source[key.payload() as usize])));
            }
            prop_assert_eq!(events.next_event(), None);
        }
    }

    #[test]
    fn of_equal_keys_the_earliest_timeline_comes_first_and_the_calendar_last() {
        let tied = [EventKey::new(5, 0, 0, 0)];
        let mut events = Merged::new(
            EventCalendar::new(),
            [Timeline::new(&tied), Timeline::new(&tied)],
        );
        events.calendar.push(tied[0]);
        let sources: Vec<_> = core::iter::from_fn(|| events.next_event())
            .map(|event| event.1)
            .collect();
        assert_eq!(
            sources,
            [Source::Timeline(0), Source::Timeline(1), Source::Calendar],
            "the order of the sources breaks the tie"
        );
    }

    #[test]
    fn a_copy_of_a_stream_goes_its_own_way() {
        let arrivals = keys(&[1, 2, 3], 0);
        let mut events = Merged::new(EventCalendar::new(), [Timeline::new(&arrivals)]);
        events.next_event();
        let mut fork = Merged::new(EventCalendar::new(), [Timeline::new(&[])]);
        fork.clone_from(&events);
        events.calendar.push(EventKey::new(2, 0, 0, 9));
        let times = |stream: &mut Merged<'_, 1>| -> Vec<u32> {
            core::iter::from_fn(|| stream.next_event())
                .map(|event| event.0.time())
                .collect()
        };
        assert_eq!(
            times(&mut fork),
            [2, 3],
            "the fork starts where it was made"
        );
        assert_eq!(
            times(&mut events),
            [2, 2, 3],
            "the original has its own event"
        );
    }

    #[test]
    #[should_panic(expected = "ascending order")]
    fn an_unsorted_timeline_is_refused() {
        let _ = Timeline::new(&[EventKey::new(2, 0, 0, 0), EventKey::new(1, 0, 0, 0)]);
    }
}
