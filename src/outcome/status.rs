//! The displacement ledger of one patient: events that can repeat and one final status.

use crate::units::listed::{listed, named};
use crate::units::{Day, HospitalIdx};

listed! {
    /// A displacement event. A patient can meet several, and some of them more than once.
    pub enum DisplacementEvent {
        /// E1: no date offered by the offer term before the due date.
        NoDateOffered,
        /// E2: date moved, three days ahead or more.
        MovedInTime,
        /// E3: date moved less than three days ahead.
        MovedLate,
        /// E4: cancelled on the day of the operation.
        CancelledOnTheDay,
        /// E5: treated in another hospital of the region.
        MovedHospital,
        /// E6: treated in another region or by another provider.
        MovedRegion,
        /// E7: became acute while waiting.
        BecameAcute,
    }
}

impl DisplacementEvent {
    /// The number in the event's name, 1 to 7.
    pub fn number(self) -> i64 {
        i64::from(self as u8) + 1
    }

    /// Whether the event disrupts a date that had been given (E2, E3 or E4).
    pub const fn is_disruption(self) -> bool {
        matches!(
            self,
            Self::MovedInTime | Self::MovedLate | Self::CancelledOnTheDay
        )
    }
}

/// How often each event happened to one patient; counts stop at 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EventCounts([u8; DisplacementEvent::COUNT]);

impl EventCounts {
    /// Counts one more `event`.
    pub fn add(&mut self, event: DisplacementEvent) {
        let count = &mut self.0[event.idx()];
        *count = count.saturating_add(1);
    }

    /// How often `event` happened.
    pub const fn of(&self, event: DisplacementEvent) -> u8 {
        self.0[event.idx()]
    }

    /// Whether a given date was disrupted at least once (E2, E3 or E4).
    pub fn is_disrupted(&self) -> bool {
        DisplacementEvent::ALL
            .iter()
            .any(|event| event.is_disruption() && self.of(*event) > 0)
    }
}

named! {
    /// What became of a planned patient: exactly one per patient.
    pub enum FinalStatus, code {
        /// F1: on time in the own hospital.
        OnTimeOwn = "F1",
        /// F2: on time in another hospital of the region.
        OnTimeInRegion = "F2",
        /// F3: on time in another region or at another provider.
        OnTimeElsewhere = "F3",
        /// F4: late in the own hospital.
        LateOwn = "F4",
        /// F5: late elsewhere.
        LateElsewhere = "F5",
        /// F6: acute before treatment.
        BecameAcute = "F6",
        /// F7: died or unfit while waiting.
        DiedOrUnfit = "F7",
        /// F8: withdrew.
        Withdrew = "F8",
        /// F9a: untreated at the end of follow-up, overdue.
        UntreatedOverdue = "F9a",
        /// F9b: untreated at the end of follow-up, not yet due.
        UntreatedNotDue = "F9b",
    }
}

impl FinalStatus {
    /// Position in [`Self::ALL`], as a number for logs.
    pub fn number(self) -> i64 {
        i64::from(self as u8)
    }

    /// Whether the patient was not treated within the norm, whatever would have happened without
    /// the wave (F4, F5, F9a).
    pub const fn is_over_norm(self) -> bool {
        matches!(
            self,
            Self::LateOwn | Self::LateElsewhere | Self::UntreatedOverdue
        )
    }

    /// Whether the wait ended without the planned treatment (F6, F7, F8), which also happens
    /// without a wave.
    pub const fn is_lost(self) -> bool {
        matches!(self, Self::BecameAcute | Self::DiedOrUnfit | Self::Withdrew)
    }

    /// Whether the patient still waits at the end of follow-up (F9a, F9b).
    pub const fn is_untreated(self) -> bool {
        matches!(self, Self::UntreatedOverdue | Self::UntreatedNotDue)
    }

    /// Whether the patient was treated elsewhere than planned (F2, F3, F5).
    pub const fn is_relocated(self) -> bool {
        matches!(
            self,
            Self::OnTimeInRegion | Self::OnTimeElsewhere | Self::LateElsewhere
        )
    }

    /// Whether the patient is displaced, given what became of the same patient without the wave:
    /// over the norm, or lost while the twin was not.
    ///
    /// ```
    /// use zorgdruk::outcome::FinalStatus::{LateOwn, OnTimeOwn, Withdrew};
    /// assert!(LateOwn.is_displaced(LateOwn), "late is late, wave or not");
    /// assert!(Withdrew.is_displaced(OnTimeOwn), "lost because of the longer wait");
    /// assert!(!Withdrew.is_displaced(Withdrew), "would have been lost anyway");
    /// ```
    pub const fn is_displaced(self, without_wave: Self) -> bool {
        self.is_over_norm() || self.is_lost() && !without_wave.is_lost()
    }
}

/// What happened to one planned patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedOutcome {
    /// What became of the patient.
    pub status: FinalStatus,
    /// Displacement events.
    pub events: EventCounts,
    /// Day of the first disruption (E2, E3 or E4).
    pub first_disruption: Option<Day>,
    /// Day on which the wait ended; `None` when it had not.
    pub resolved: Option<Day>,
    /// Where the patient was treated, or was waiting.
    pub hospital: HospitalIdx,
    /// Whether the patient, of class 4 at first, became class 3 while waiting.
    pub is_reclassified: bool,
}
