//! Moves of COVID IC patients between and within regions, as the centers arrange them.

use crate::engine::handlers::covid;
use crate::engine::run::{Run, hospitals_of, regions};
use crate::engine::state::RegionState;
use crate::outcome::{Recorder, Word};
use crate::policy::fair_share;
use crate::policy::sentence::Sentence;
use crate::units::{HospitalIdx, RegionIdx};

/// Patients that a hospital may have above its part of a concentrated task before one is moved.
const TOLERANCE_MILLI: i64 = 1_000;

/// Moves patients from regions above their fair share to regions below it, one by one between the
/// regions that differ most.
pub(crate) fn move_between_regions<R: Recorder>(run: &mut Run<'_, R>) {
    if run.regime.levers.moves_per_day == 0 {
        return;
    }
    let nation = run.body.nation.reported.covid_ic;
    let solidarity = run.regime.levers.solidarity_share;
    for region in regions(run) {
        let offered = run.body.regions[region.idx()].offered;
        let surplus = run.task_share(region).map_or(0, |share| {
            let asked = fair_share::requested(share, nation);
            fair_share::surplus(
                &run.body.regions[region.idx()].reported,
                asked,
                offered,
                solidarity,
            )
        });
        run.body.regions[region.idx()].surplus = surplus;
    }
    for _ in 0..run.regime.levers.moves_per_day {
        let Some((from, to)) = most_unequal(&run.body.regions) else {
            return;
        };
        let Some((patient, place)) = inter_regional_move(run, from, to) else {
            return;
        };
        covid::begin_transfer(run, patient, place);
        let state = &run.body.regions[to.idx()];
        let beyond = state.reported.covid_ic >= state.requested;
        let rule = if beyond { Sentence::A13 } else { Sentence::A15 };
        let what = if beyond {
            Word::MovedInSolidarity
        } else {
            Word::MovedForFairShare
        };
        run.decided(what, rule, (Some(from), None), i64::from(to.0));
        run.body.regions[from.idx()].surplus -= 1;
        run.body.regions[to.idx()].surplus += 1;
    }
}

/// The regional centers' midday: patients above staffed beds go to hospitals with room, and where
/// COVID patients are concentrated, those above a hospital's part go to those below theirs.
pub(crate) fn regional<R: Recorder>(run: &mut Run<'_, R>) {
    for region in regions(run) {
        let concentrates = run.concentration(region).is_some();
        for _ in 0..run.regime.levers.regional_moves_per_day {
            if let Some((patient, to)) = regional_move(run, region) {
                covid::begin_transfer(run, patient, to);
            } else if let Some((patient, to)) = concentrates
                .then(|| concentrating_move(run, region))
                .flatten()
            {
                covid::begin_transfer(run, patient, to);
                let (place, value) = ((None, Some(to)), i64::from(patient));
                run.decided(Word::MovedToConcentrate, Sentence::A29, place, value);
            } else {
                break;
            }
        }
    }
}

/// The region with most patients to send and the one with most room to take, when there are both.
fn most_unequal(regions: &[RegionState]) -> Option<(RegionIdx, RegionIdx)> {
    let surplus = || regions.iter().map(|region| region.surplus);
    let (most, least) = (surplus().max()?, surplus().min()?);
    let first = |value| surplus().position(|other| other == value);
    let (from, to) = (first(most)?, first(least)?);
    (most > 0 && least < 0).then(|| (RegionIdx::at(from), RegionIdx::at(to)))
}

fn inter_regional_move<R: Recorder>(
    run: &Run<'_, R>,
    from: RegionIdx,
    to: RegionIdx,
) -> Option<(u32, HospitalIdx)> {
    let receiver = covid::roomiest(run, to)?;
    let fullest = next_fullest(run, from, i64::MIN, None)?;
    Some((someone_to_move(run, from, i64::MIN, fullest)?.1, receiver))
}

fn regional_move<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Option<(u32, HospitalIdx)> {
    let fullest = next_fullest(run, region, 0, None)?;
    let receiver = covid::roomiest(run, region)?;
    let (sender, patient) = someone_to_move(run, region, 0, fullest)?;
    (receiver != sender).then_some((patient, receiver))
}

/// From the hospital that is most above its part of the COVID task to the one that is most below
/// its part and has room.
fn concentrating_move<R: Recorder>(
    run: &Run<'_, R>,
    region: RegionIdx,
) -> Option<(u32, HospitalIdx)> {
    let above = |hospital: &HospitalIdx| {
        let ic = &run.body.ic[hospital.idx()];
        let covid = i64::from(ic.own.covid + ic.own.expected_covid) * 1_000;
        covid - i64::from(ic.allocation_milli)
    };
    let key = |hospital: &HospitalIdx| (above(hospital), core::cmp::Reverse(*hospital));
    let sender = hospitals_of(run, region)
        .filter(|hospital| above(hospital) > TOLERANCE_MILLI)
        .max_by_key(key)?;
    let receiver = hospitals_of(run, region)
        .filter(|hospital| above(hospital) < -TOLERANCE_MILLI)
        .filter(|hospital| run.complies(*hospital) && covid::has_room(run, *hospital))
        .min_by_key(|hospital| (above(hospital), *hospital))?;
    Some((covid::first_to_move(run, sender)?, receiver))
}

/// The patient to move from the hospital of `region` that is most over its staffed beds, among
/// hospitals that are over them by more than `least` and have someone fit for transport.
fn someone_to_move<R: Recorder>(
    run: &Run<'_, R>,
    region: RegionIdx,
    least: i64,
    fullest: (i64, HospitalIdx),
) -> Option<(HospitalIdx, u32)> {
    // Looking for a patient costs more than counting beds, so the fullest hospital is asked first.
    let mut sender = fullest;
    loop {
        if let Some(patient) = covid::first_to_move(run, sender.1) {
            return Some((sender.1, patient));
        }
        sender = next_fullest(run, region, least, Some(sender))?;
    }
}

/// The hospital of `region` that is most over its staffed beds and by more than `least`, and by how
/// many; of equally full ones the first. With `after`, the one that follows on that one.
fn next_fullest<R: Recorder>(
    run: &Run<'_, R>,
    region: RegionIdx,
    least: i64,
    after: Option<(i64, HospitalIdx)>,
) -> Option<(i64, HospitalIdx)> {
    let (mut most, mut fullest) = (least, None);
    for hospital in hospitals_of(run, region) {
        let own = &run.body.ic[hospital.idx()].own;
        let pressure = i64::from(own.committed()) - i64::from(own.staffed);
        let follows = |(before, last)| pressure < before || pressure == before && hospital > last;
        if pressure > most && after.is_none_or(follows) {
            (most, fullest) = (pressure, Some((pressure, hospital)));
        }
    }
    fullest
}
