//! The order of simultaneous events, the kinds of pending events, and the clocks of the deciders.

use crate::engine::calendar::EventKey;
use crate::model::clocks::{Clock, Clocks};
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

/// The kind of a pending event; its number stands in the key's payload.
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
    /// A planned patient becomes more urgent.
    PlannedReclassification,
    /// A patient without COVID who waited on the IC for the ward goes there.
    AcuteStepDown,
    PlannedStepDown,
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

    /// The kind of the event with this key, and the patient.
    pub(crate) fn of(key: EventKey) -> (Self, u32) {
        let kind = match key.payload() >> Self::SUBJECT_BITS {
            0 => Self::CovidStage,
            1 => Self::CovidTransfer,
            2 => Self::AcuteExit,
            3 => Self::PlannedCare,
            4 => Self::PlannedListExit,
            5 => Self::PlannedReclassification,
            6 => Self::AcuteStepDown,
            7 => Self::PlannedStepDown,
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

/// The epochs of a day, in order.
#[derive(Debug, Clone)]
pub(crate) struct Timetable(Vec<Slot>);

#[derive(Debug, Clone, Copy)]
struct Slot {
    clock: Clock,
    rank: Rank,
    epoch: Epoch,
}

impl Timetable {
    /// The epochs at the times of `clocks`. Books are kept at fixed times: at midnight before Monday,
    /// and every day at nine, after whoever decides then.
    pub(crate) fn new(clocks: &Clocks) -> Self {
        let slot = |clock, rank, epoch| Slot { clock, rank, epoch };
        let decided = |clock, epoch| slot(clock, Rank::Decision, epoch);
        let mondays = Clock::from_days(0, 1, 0);
        let daily = Clock::daily(9 * 60);
        let mut slots = vec![
            slot(mondays, Rank::CloseWeek, Epoch::CloseWeek),
            slot(clocks.shift, Rank::Shift, Epoch::Shift),
            decided(clocks.operating_rooms, Epoch::OperatingRooms),
            decided(clocks.national_center, Epoch::NationalCenter),
            slot(daily, Rank::Statistics, Epoch::Statistics),
            decided(clocks.national_meeting, Epoch::NationalMeeting),
            decided(clocks.regional_meeting, Epoch::RegionalMeeting),
            decided(clocks.regional_center, Epoch::RegionalCenter),
            decided(clocks.loan_round, Epoch::LoanRound),
        ];
        // Who decides at the same minute does so in the order above.
        slots.sort_by_key(|slot| (slot.clock.minute, slot.rank));
        Self(slots)
    }

    /// The key of the epoch at `position` on `day`.
    fn key_at(&self, day: Day, position: usize) -> EventKey {
        let slot = &self.0[position];
        EventKey::new(SimTime::on(day, slot.clock.minute).0, slot.rank as u8, 0, 0)
    }
}

/// Reads a timetable in order, from the first day on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clockwork {
    day: Day,
    position: usize,
    next: EventKey,
}

impl Clockwork {
    /// At the start of day 0.
    pub(crate) fn new(timetable: &Timetable, study: &Study) -> Self {
        let mut start = Self {
            day: Day(0),
            position: 0,
            next: timetable.key_at(Day(0), 0),
        };
        if !start.runs_today(timetable, study) {
            start.step(timetable, study);
        }
        start.next = timetable.key_at(start.day, start.position);
        start
    }

    /// The key of the next epoch.
    pub(crate) const fn next(&self) -> EventKey {
        self.next
    }

    /// Takes the next epoch, and goes on to the one after it.
    pub(crate) fn take(&mut self, timetable: &Timetable, study: &Study) -> Epoch {
        let epoch = timetable.0[self.position].epoch;
        self.step(timetable, study);
        self.next = timetable.key_at(self.day, self.position);
        epoch
    }

    fn step(&mut self, timetable: &Timetable, study: &Study) {
        loop {
            self.position += 1;
            if self.position == timetable.0.len() {
                self.position = 0;
                self.day = self.day.plus(1);
            }
            if self.runs_today(timetable, study) {
                return;
            }
        }
    }

    fn runs_today(&self, timetable: &Timetable, study: &Study) -> bool {
        timetable.0[self.position].clock.weekdays[study.weekday_idx(self.day)]
    }
}
