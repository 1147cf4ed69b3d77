//! The order of simultaneous events, the kinds of pending events, and the clocks of the deciders.

use crate::engine::calendar::EventKey;
use crate::model::study::Study;
use crate::units::{Day, SimTime};

/// Class of an event: its place among events of the same minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Rank {
    /// Books of the week are closed before anything of the new week happens.
    CloseWeek,
    Discharge,
    Shift,
    StepDown,
    TransferArrival,
    Arrival,
    PlannedAdmission,
    Decision,
    Statistics,
}

/// What a pending event is about; its number stands in the key's payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pending {
    /// The current stage of a COVID patient ends.
    CovidStage,
    /// A COVID patient arrives from another hospital.
    CovidTransfer,
    /// An acute patient leaves the IC.
    AcuteExit,
    /// A planned patient leaves the operating room, or the IC.
    PlannedCare,
    /// A planned patient's wait ends without treatment.
    PlannedListExit,
}

impl Pending {
    /// Patients per kind that a key can tell apart; worlds are bounded below this.
    const SUBJECT_BITS: u32 = 21;

    pub(crate) fn key(self, time: SimTime, rank: Rank, tie: u16, subject: u32) -> EventKey {
        debug_assert!(
            subject < 1 << Self::SUBJECT_BITS,
            "too many patients for a key"
        );
        EventKey::of_parts(
            time.0,
            rank as u8,
            tie,
            (self as u32) << Self::SUBJECT_BITS | subject,
        )
    }

    /// What a key is about, and whom.
    pub(crate) fn of(key: EventKey) -> (Self, u32) {
        let kind = match key.payload() >> Self::SUBJECT_BITS {
            0 => Self::CovidStage,
            1 => Self::CovidTransfer,
            2 => Self::AcuteExit,
            3 => Self::PlannedCare,
            4 => Self::PlannedListExit,
            _ => unreachable!("a key is made of one of these"),
        };
        (kind, key.payload() & ((1 << Self::SUBJECT_BITS) - 1))
    }
}

/// A moment at which someone decides, or books are kept, every day or on some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Epoch {
    CloseWeek,
    Shift,
    OperatingRooms,
    NationalCenter,
    Statistics,
    NationalMeeting,
    RegionalMeeting,
    RegionalCenter,
    LoanRound,
}

/// On which weekdays an epoch takes place, as positions 0 (Monday) to 6.
type Weekdays = core::ops::Range<usize>;

/// The clocks of a day, in order: minute, rank, what, weekdays.
const CLOCKS: [(u32, Rank, Epoch, Weekdays); 9] = [
    (0, Rank::CloseWeek, Epoch::CloseWeek, 0..1),
    (7 * 60, Rank::Shift, Epoch::Shift, 0..7),
    (7 * 60 + 30, Rank::Decision, Epoch::OperatingRooms, 0..5),
    (9 * 60, Rank::Decision, Epoch::NationalCenter, 0..7),
    (9 * 60, Rank::Statistics, Epoch::Statistics, 0..7),
    (10 * 60, Rank::Decision, Epoch::NationalMeeting, 0..1),
    (10 * 60, Rank::Decision, Epoch::RegionalMeeting, 1..2),
    (13 * 60, Rank::Decision, Epoch::RegionalCenter, 0..7),
    (14 * 60, Rank::Decision, Epoch::LoanRound, 0..7),
];

/// Reads the clocks in order, from the first day on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clocks {
    day: Day,
    position: usize,
    next: EventKey,
}

impl Clocks {
    /// At the start of day 0.
    pub(crate) const fn new() -> Self {
        Self {
            day: Day(0),
            position: 0,
            next: key_at(Day(0), 0),
        }
    }

    /// The key of the next epoch.
    pub(crate) const fn next(&self) -> EventKey {
        self.next
    }

    /// Takes the next epoch, and goes on to the one after it.
    pub(crate) fn take(&mut self, study: &Study) -> Epoch {
        let epoch = CLOCKS[self.position].2;
        self.step(study);
        self.next = key_at(self.day, self.position);
        epoch
    }

    fn step(&mut self, study: &Study) {
        loop {
            self.position += 1;
            if self.position == CLOCKS.len() {
                self.position = 0;
                self.day = self.day.plus(1);
            }
            if CLOCKS[self.position]
                .3
                .contains(&study.weekday_idx(self.day))
            {
                return;
            }
        }
    }
}

/// The key of the epoch at a position of [`CLOCKS`].
const fn key_at(day: Day, position: usize) -> EventKey {
    let (minute, rank, _, _) = &CLOCKS[position];
    EventKey::new(SimTime::on(day, *minute).0, *rank as u8, 0, 0)
}
