//! Pressure on the ICs of a region: beds kept for COVID patients who are expected, and how full the
//! beds are.

use crate::engine::beds::IcBeds;
use crate::engine::run::Run;
use crate::outcome::Recorder;
use crate::policy::info::OwnHospital;
use crate::units::{HospitalIdx, RegionIdx};

/// COVID patients who are still to come to a region, as its hospitals expect.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Awaited {
    /// Those for whom beds are kept already.
    awaited_milli: u32,
    /// What hospitals with fewer patients than they expect lack.
    lacking_milli: u32,
}

impl Awaited {
    /// The patients awaited in a region.
    pub(crate) fn in_region<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Self {
        if !run.regime.makes_room {
            return Self::default();
        }
        let hospitals = run.body.ic[run.model.hospitals_of(region)].iter();
        let (mut awaited, mut lacking) = (0, 0);
        for milli in hospitals.map(awaited_milli) {
            awaited += milli;
            lacking += milli.max(0);
        }
        Self {
            awaited_milli: soon_milli(run, awaited),
            lacking_milli: not_below_zero(lacking),
        }
    }

    /// Staffed beds, in thousandths, that a hospital with `covid` COVID patients keeps: those that the phase
    /// asks for (L06), or those for patients whom it was told to expect, whichever are more.
    pub(crate) fn kept_milli<R: Recorder>(
        self,
        run: &Run<'_, R>,
        hospital: HospitalIdx,
        covid: u32,
    ) -> u32 {
        let expected = run.body.ic[hospital.idx()].allocation_milli;
        let by_phase = phase_milli(run, hospital).saturating_sub(covid * 1_000);
        self.told_milli(expected, covid).max(by_phase)
    }

    /// What a hospital keeps that was told to expect `expected_milli` patients: its part of what the region's
    /// hospitals lack. None where hospitals do not make room, since then nobody is awaited.
    fn told_milli(self, expected_milli: u32, covid: u32) -> u32 {
        if self.awaited_milli == 0 {
            return 0;
        }
        let own = u64::from(expected_milli.saturating_sub(covid * 1_000));
        let kept = own * u64::from(self.awaited_milli) / u64::from(self.lacking_milli);
        u32::try_from(kept).unwrap_or(u32::MAX)
    }
}

/// Beds that the phase has a hospital keep for COVID patients, in thousandths; none where it does not do what
/// was agreed.
fn phase_milli<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> u32 {
    if !run.complies(hospital) {
        return 0;
    }
    let regular = u32::from(run.model.hospitals[hospital.idx()].regular_beds.0);
    run.regime.covid_beds.of(regular * 1_000)
}

/// IC patients of a region, and beds that it keeps for COVID patients, per staffed bed, in
/// thousandths; 1 000 without beds.
pub(crate) fn occupancy<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> u32 {
    let (mut committed, mut staffed, mut awaited) = (0, 0, 0);
    for ic in &run.body.ic[run.model.hospitals_of(region)] {
        committed += ic.own.committed();
        staffed += ic.own.staffed;
        awaited += awaited_milli(ic);
    }
    let awaited = if run.regime.makes_room { awaited } else { 0 };
    (committed * 1_000 + soon_milli(run, awaited))
        .checked_div(staffed)
        .unwrap_or(1_000)
}

/// COVID patients whom a hospital expects and does not have yet, in thousandths; less than none when
/// more came.
fn awaited_milli(ic: &IcBeds) -> i64 {
    i64::from(ic.allocation_milli) - i64::from(present_milli(&ic.own))
}

/// Of the patients awaited at the lead, those who come within the days that beds are kept: patients
/// come evenly over the lead.
fn soon_milli<R: Recorder>(run: &Run<'_, R>, awaited_milli: i64) -> u32 {
    let lead = u64::from(run.regime.lead_days.max(1));
    let kept = u64::from(run.regime.levers.kept_days).min(lead);
    let awaited = u64::from(not_below_zero(awaited_milli));
    u32::try_from(awaited * kept / lead).unwrap_or(u32::MAX)
}

fn not_below_zero(milli: i64) -> u32 {
    u32::try_from(milli.max(0)).unwrap_or(u32::MAX)
}

/// COVID patients of a hospital and those on their way to it, in thousandths.
const fn present_milli(own: &OwnHospital) -> u32 {
    (own.covid + own.expected_covid) * 1_000
}
