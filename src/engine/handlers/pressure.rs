//! Pressure on the ICs of a region: beds kept for COVID patients who are expected, and how full the
//! beds are.

use crate::engine::simulation::Run;
use crate::model::rule::RuleId;
use crate::outcome::Recorder;
use crate::policy::info::OwnHospital;
use crate::units::RegionIdx;

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

/// COVID patients who are still to come to a region, and whom its hospitals lack: what decides how
/// many beds they keep. It stays the same while no COVID patient moves, so that it is counted once for
/// all hospitals of the region.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Awaited {
    awaited_milli: u32,
    lacking_milli: u32,
}

impl Awaited {
    /// Counts the COVID patients whom the hospitals of a region expect and have.
    pub(crate) fn in_region<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Self {
        let beds = regional_beds(run, region);
        Self {
            awaited_milli: beds.awaited_milli(),
            lacking_milli: beds.lacking_milli.max(1),
        }
    }

    /// Staffed beds, in thousandths, that a hospital with `covid` COVID patients keeps, which was told
    /// to expect `expected_milli` of them: its part of what the region's hospitals lack. None where
    /// hospitals do not make room, since then nobody is awaited.
    pub(crate) fn kept_milli(self, expected_milli: u32, covid: u32) -> u32 {
        if self.awaited_milli == 0 {
            return 0;
        }
        let own = u64::from(expected_milli.saturating_sub(covid * 1_000));
        let kept = own * u64::from(self.awaited_milli) / u64::from(self.lacking_milli);
        u32::try_from(kept).unwrap_or(u32::MAX)
    }
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
    let makes_room = hospitals_make_room(run);
    run.body.ic[run.model.hospitals_of(region)]
        .iter()
        .fold(RegionalBeds::default(), |sum, ic| {
            let own = &ic.own;
            let has = present_milli(own);
            let expects = if makes_room { ic.allocation_milli } else { has };
            RegionalBeds {
                committed: sum.committed + own.committed(),
                staffed: sum.staffed + own.staffed,
                lacking_milli: sum.lacking_milli + expects.saturating_sub(has),
                beyond_milli: sum.beyond_milli + has.saturating_sub(expects),
            }
        })
}

/// Whether hospitals make room (A04) for the COVID patients whom they were told to expect (A02, A03).
fn hospitals_make_room<R: Recorder>(run: &Run<'_, R>) -> bool {
    let rules = run.in_force();
    let is_told = rules.framework(RuleId::A02) && rules.framework(RuleId::A03);
    is_told && rules.framework(RuleId::A04)
}

/// COVID patients of a hospital and those on their way to it, in thousandths.
const fn present_milli(own: &OwnHospital) -> u32 {
    (own.covid + own.expected_covid) * 1_000
}
