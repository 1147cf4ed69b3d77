//! Pressure on the ICs of a region: beds kept for COVID patients who are expected, and how full the
//! beds are.

use crate::engine::handlers::hospitals_of;
use crate::engine::simulation::Run;
use crate::model::rule::RuleId;
use crate::outcome::Recorder;
use crate::policy::info::OwnHospital;
use crate::units::{HospitalIdx, RegionIdx};

/// The hospitals of a region together.
#[derive(Debug, Clone, Copy, Default)]
struct RegionalBeds {
    /// IC patients and those for whom a bed is held.
    committed: u32,
    staffed: u32,
    /// COVID patients whom hospitals expect and do not have, in thousandths.
    lacking_milli: u32,
    /// COVID patients whom other hospitals have and do not expect, in thousandths.
    beyond_milli: u32,
}

impl RegionalBeds {
    /// COVID patients who are still to come to the region, in thousandths.
    const fn awaited_milli(&self) -> u32 {
        self.lacking_milli.saturating_sub(self.beyond_milli)
    }
}

/// Staffed beds, in thousandths, that a hospital with `covid` COVID patients keeps for those who are
/// still to come to its region: its part of what the region's hospitals lack.
pub(crate) fn kept_for_covid_milli<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    covid: u32,
) -> u32 {
    let Some(expected) = expected_milli(run, hospital) else {
        return 0;
    };
    let own = u64::from(expected.saturating_sub(covid * 1_000));
    let region = regional_beds(run, run.region_of(hospital));
    let kept = own * u64::from(region.awaited_milli()) / u64::from(region.lacking_milli.max(1));
    u32::try_from(kept).unwrap_or(u32::MAX)
}

/// IC patients of a region, and beds that it keeps for COVID patients, per staffed bed, in
/// thousandths; 1 000 without beds.
pub(crate) fn occupancy<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> u32 {
    let beds = regional_beds(run, region);
    (beds.committed * 1_000 + beds.awaited_milli())
        .checked_div(beds.staffed)
        .unwrap_or(1_000)
}

fn regional_beds<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> RegionalBeds {
    hospitals_of(run, region).fold(RegionalBeds::default(), |sum, hospital| {
        let own = &run.body.hospitals[hospital.idx()].ic.own;
        let has = present_milli(own);
        let expects = expected_milli(run, hospital).unwrap_or(has);
        RegionalBeds {
            committed: sum.committed + own.committed(),
            staffed: sum.staffed + own.staffed,
            lacking_milli: sum.lacking_milli + expects.saturating_sub(has),
            beyond_milli: sum.beyond_milli + has.saturating_sub(expects),
        }
    })
}

/// COVID patients whom a hospital was told to expect (A02, A03) and makes room for (A04), in
/// thousandths; `None` when nobody tells it, or it does not act on it.
fn expected_milli<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> Option<u32> {
    let rules = run.in_force();
    let is_told = rules.framework(RuleId::A02) && rules.framework(RuleId::A03);
    let makes_room = is_told && rules.framework(RuleId::A04);
    makes_room.then(|| run.body.hospitals[hospital.idx()].allocation_milli)
}

/// COVID patients of a hospital and those on their way to it, in thousandths.
const fn present_milli(own: &OwnHospital) -> u32 {
    (own.covid + own.expected_covid) * 1_000
}
