//! Numbers of a world whose mean over worlds is known to be zero, whatever a policy does: what estimates are
//! adjusted by.

use crate::units::listed::described;

described! {
    /// Something of a world that is zero on average: a deviation from what was expected of it.
    pub enum Control {
        WaveSize("wave_size", "standard deviations", "log of the size of the wave"),
        WaveSizeSquare("wave_size_square", "square less one", "square of that, less its mean of one"),
        WaveTiming("wave_timing", "standard deviations", "shift of the wave in time"),
        StayLevel("stay_level", "standard deviations", "log of the wave's ICU stays"),
        StayDrift("stay_drift", "standard deviations", "log of ICU stays by week of admission, mean of the window"),
        AcuteLevel("acute_level", "standard deviations", "log of the level of acute arrivals"),
        CovidIcFirstHalf("covid_ic_first_half", "patients", "COVID patients who will need the ICU admitted in the first half of the window, beyond what the drawn wave leads one to expect"),
        CovidIcSecondHalf("covid_ic_second_half", "patients", "the same in the second half"),
        CovidStays("covid_stays", "ranks", "ranks of the ICU stays of these patients, each from -1/2 to 1/2, added up"),
        AcuteArrivals("acute_arrivals", "patients", "acute patients of the window, beyond what their drawn level leads one to expect"),
        AcuteStays("acute_stays", "ranks", "ranks of their ICU stays, each from -1/2 to 1/2, added up"),
        Cohort("cohort", "patients", "class 3 patients indicated in the window, beyond what is expected"),
    }
}

/// The controls of one world, in thousandths of their units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Controls([i32; Control::COUNT]);

impl Controls {
    /// A control, in thousandths.
    pub const fn get(&self, control: Control) -> i32 {
        self.0[control.idx()]
    }

    /// All controls, in the order of [`Control::ALL`].
    pub const fn all(&self) -> &[i32; Control::COUNT] {
        &self.0
    }

    /// Notes a deviation.
    pub(super) fn set(&mut self, control: Control, deviation: f64) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a conversion that saturates"
        )]
        let thousandths = (deviation * 1_000.0).round() as i32;
        self.0[control.idx()] = thousandths;
    }
}

/// Patients of a stream beyond what is expected, and the ranks of their stays, while they are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Deviation {
    /// Patients beyond the expected ones.
    pub(super) patients: f64,
    /// Sum of ranks from -1/2 to 1/2.
    pub(super) ranks: f64,
}

impl Deviation {
    /// Counts a patient whose stay is at this uniform mark of its distribution.
    pub(super) fn count(&mut self, mark: f64) {
        self.patients += 1.0;
        self.ranks += mark - 0.5;
    }
}
