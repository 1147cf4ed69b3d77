//! The order of events: one whole number per event.

use core::fmt;

/// When an event happens, and its place among the events of the same tick.
///
/// A key is one `u64`, so that comparing two events is one integer comparison. From the most to
/// the least significant bit:
///
/// | field | bits | values | meaning |
/// |---|---|---|---|
/// | time | 24 | 0 to 2²⁴ − 2 | ticks since the start; with ticks of a minute: 31 years |
/// | class | 4 | 0 to 15 | order inside a tick, such as releases before seizes |
/// | tie | 12 | 0 to 4 095 | order inside a class, such as a random mark of the entity |
/// | payload | 24 | 0 to 2²⁴ − 1 | whatever the caller wants back; breaks the last ties |
///
/// The very last tick is kept back: it marks the end of a list, so no event can equal that mark.
///
/// ```
/// use zorgdruk::engine::calendar::EventKey;
/// let release = EventKey::new(90, 0, 7, 1_234);
/// let seize = EventKey::new(90, 5, 3, 99);
/// assert!(release < seize, "the class decides before the tie mark does");
/// assert_eq!(release.payload(), 1_234);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventKey(u64);

const CLASS_BITS: u32 = 4;
const TIE_BITS: u32 = 12;
const PAYLOAD_BITS: u32 = 24;
const TIE_SHIFT: u32 = PAYLOAD_BITS;
const CLASS_SHIFT: u32 = TIE_SHIFT + TIE_BITS;
const TIME_SHIFT: u32 = CLASS_SHIFT + CLASS_BITS;

impl EventKey {
    /// Times are below this number of ticks.
    pub const TIME_LIMIT: u32 = (1 << 24) - 1;
    /// Classes are below this number.
    pub const CLASS_LIMIT: u8 = 1 << CLASS_BITS;
    /// Tie marks are below this number.
    pub const TIE_LIMIT: u16 = 1 << TIE_BITS;
    /// Payloads are below this number.
    pub const PAYLOAD_LIMIT: u32 = 1 << PAYLOAD_BITS;

    /// Later than every event: what a list holds where it holds no event.
    pub(super) const NEVER: Self = Self(u64::MAX);

    /// The key of an event at `time` ticks.
    ///
    /// # Panics
    /// When a field reaches its limit. Nothing is ever cut off silently.
    #[track_caller]
    #[inline]
    pub const fn new(time: u32, class: u8, tie: u16, payload: u32) -> Self {
        assert!(
            time < Self::TIME_LIMIT,
            "an event lies beyond the last tick of the calendar"
        );
        assert!(
            class < Self::CLASS_LIMIT,
            "an event class does not fit in 4 bits"
        );
        assert!(tie < Self::TIE_LIMIT, "a tie mark does not fit in 12 bits");
        assert!(
            payload < Self::PAYLOAD_LIMIT,
            "an event payload does not fit in 24 bits"
        );
        Self::of_parts(time, class, tie, payload)
    }

    /// As [`Self::new`], for parts that are known to fit.
    #[inline]
    pub(crate) const fn of_parts(time: u32, class: u8, tie: u16, payload: u32) -> Self {
        debug_assert!(
            Self::fits(time, class, tie, payload),
            "a part of a key is too large"
        );
        Self(
            (time as u64) << TIME_SHIFT
                | (class as u64) << CLASS_SHIFT
                | (tie as u64) << TIE_SHIFT
                | payload as u64,
        )
    }

    /// The key of an event at `time` ticks, or `None` when a field reaches its limit.
    pub const fn try_new(time: u32, class: u8, tie: u16, payload: u32) -> Option<Self> {
        if Self::fits(time, class, tie, payload) {
            Some(Self::of_parts(time, class, tie, payload))
        } else {
            None
        }
    }

    const fn fits(time: u32, class: u8, tie: u16, payload: u32) -> bool {
        time < Self::TIME_LIMIT
            && class < Self::CLASS_LIMIT
            && tie < Self::TIE_LIMIT
            && payload < Self::PAYLOAD_LIMIT
    }

    /// Ticks since the start.
    pub const fn time(self) -> u32 {
        (self.0 >> TIME_SHIFT) as u32
    }

    /// Order inside a tick.
    pub const fn class(self) -> u8 {
        (self.0 >> CLASS_SHIFT & 0xf) as u8
    }

    /// Order inside a class.
    pub const fn tie(self) -> u16 {
        (self.0 >> TIE_SHIFT & 0xfff) as u16
    }

    /// What the caller attached.
    pub const fn payload(self) -> u32 {
        (self.0 & 0xff_ffff) as u32
    }
}

impl fmt::Debug for EventKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventKey")
            .field("time", &self.time())
            .field("class", &self.class())
            .field("tie", &self.tie())
            .field("payload", &self.payload())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Field values of any key that fits.
    fn fields() -> impl Strategy<Value = (u32, u8, u16, u32)> {
        (
            0..EventKey::TIME_LIMIT,
            0..EventKey::CLASS_LIMIT,
            0..EventKey::TIE_LIMIT,
            0..EventKey::PAYLOAD_LIMIT,
        )
    }

    proptest! {
        #[test]
        fn a_key_gives_back_its_fields((time, class, tie, payload) in fields()) {
            let key = EventKey::new(time, class, tie, payload);
            prop_assert_eq!(
                (key.time(), key.class(), key.tie(), key.payload()),
                (time, class, tie, payload)
            );
        }

        #[test]
        fn keys_compare_as_their_fields_do(a in fields(), b in fields()) {
            let key = |f: (u32, u8, u16, u32)| EventKey::new(f.0, f.1, f.2, f.3);
            prop_assert_eq!(key(a).cmp(&key(b)), a.cmp(&b));
        }
    }

    #[test]
    fn a_field_at_its_limit_is_refused() {
        assert!(
            EventKey::try_new(EventKey::TIME_LIMIT - 1, 15, 4_095, 0xff_ffff).is_some(),
            "the largest fields fit"
        );
        let too_large = [
            EventKey::try_new(EventKey::TIME_LIMIT, 0, 0, 0),
            EventKey::try_new(0, EventKey::CLASS_LIMIT, 0, 0),
            EventKey::try_new(0, 0, EventKey::TIE_LIMIT, 0),
            EventKey::try_new(0, 0, 0, EventKey::PAYLOAD_LIMIT),
        ];
        assert_eq!(too_large, [None; 4], "each field is checked by itself");
    }

    #[test]
    #[should_panic(expected = "beyond the last tick")]
    fn a_time_beyond_the_last_tick_stops_the_program() {
        let _ = EventKey::new(EventKey::TIME_LIMIT, 0, 0, 0);
    }

    #[test]
    fn the_largest_key_is_earlier_than_never() {
        let last = EventKey::new(EventKey::TIME_LIMIT - 1, 15, 4_095, 0xff_ffff);
        assert!(
            last < EventKey::NEVER,
            "no event can be taken for the end of a list"
        );
    }
}
