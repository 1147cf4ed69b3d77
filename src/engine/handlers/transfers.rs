//! Moves of COVID IC patients between and within regions, as the centers arrange them.

use crate::engine::handlers::covid;
use crate::engine::handlers::placement::{self, Standing};
use crate::engine::run::{Run, hospitals_of, regions};
use crate::outcome::{Recorder, Word};
use crate::policy::fair_share;
use crate::policy::sentence::Sentence;
use crate::units::{HospitalIdx, RegionIdx};

/// Patients that a hospital may have above its part of a concentrated task before one is moved.
const TOLERANCE_MILLI: i64 = 1_000;

/// Moves patients from regions above their fair share to regions below it, or without a key from regions
/// that lack beds to regions with room, one by one between the regions that differ most.
pub(crate) fn move_between_regions<R: Recorder>(run: &mut Run<'_, R>) {
    if run.regime.levers.moves_per_day == 0 {
        return;
    }
    let nation = run.body.nation.reported.covid_ic;
    let solidarity = run.regime.levers.solidarity_share;
    for region in regions(run) {
        let offered = run.body.regions[region.idx()].offered;
        let reported = &run.body.regions[region.idx()].reported;
        let surplus = match run.task_share(region) {
            Some(share) => {
                let asked = fair_share::requested(share, nation);
                fair_share::surplus(reported, asked, offered, solidarity)
            }
            None => fair_share::lacking(reported),
        };
        run.body.regions[region.idx()].surplus = surplus;
    }
    for _ in 0..run.regime.levers.moves_per_day {
        let Some(((from, to), (patient, place))) = next_move(run) else {
            return;
        };
        covid::begin_transfer(run, patient, place);
        let state = &run.body.regions[to.idx()];
        let beyond = state.reported.covid_ic >= state.requested;
        let (what, rule) = match run.task_share(to) {
            None => (Word::MovedToRelieve, Sentence::L04),
            Some(_) if beyond => (Word::MovedInSolidarity, Sentence::A13),
            Some(_) => (Word::MovedForFairShare, Sentence::A15),
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
        while placement::can_arrange_move(run, region) {
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

/// The move between the two regions that differ most of those that can be served, with the patient and
/// the place.
fn next_move<R: Recorder>(
    run: &Run<'_, R>,
) -> Option<((RegionIdx, RegionIdx), (u32, HospitalIdx))> {
    let mut from = None;
    loop {
        from = Some(next_region(run, 1, from)?);
        let mut to = None;
        while let Some(receiver) = next_region(run, -1, to) {
            let pair = (from?.place(), receiver.place());
            if let Some(found) = someone_to_move(run, (pair.0, i64::MIN), pair.1) {
                return Some((pair, found));
            }
            to = Some(receiver);
        }
    }
}

/// The region with most patients to send, or, with a `sign` of -1, with most room to take them; with
/// `after`, the one that follows on that one.
fn next_region<R: Recorder>(
    run: &Run<'_, R>,
    sign: i64,
    after: Option<Standing<RegionIdx>>,
) -> Option<Standing<RegionIdx>> {
    let standing = |region: RegionIdx| {
        let surplus = run.body.regions[region.idx()].surplus;
        Standing::of_region(run, sign * surplus, region)
    };
    regions(run)
        .map(standing)
        .filter(|found| found.0 > 0 && after.is_none_or(|after| *found < after))
        .max()
}

fn regional_move<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Option<(u32, HospitalIdx)> {
    someone_to_move(run, (region, 0), region)
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
    let sender = hospitals_of(run, region)
        .filter(|hospital| above(hospital) > TOLERANCE_MILLI)
        .max_by_key(|hospital| Standing::of(run, above(hospital), *hospital))?;
    let receiver = hospitals_of(run, region)
        .filter(|hospital| above(hospital) < -TOLERANCE_MILLI)
        .filter(|hospital| run.complies(*hospital) && placement::has_room(run, *hospital))
        .max_by_key(|hospital| Standing::of(run, -above(hospital), *hospital))?;
    Some((placement::first_to_move(run, sender, receiver)?, receiver))
}

/// Someone to move out of a region, where hospitals are over their staffed beds by more than `least`, to
/// the roomiest hospital of another (or the same): from the fullest hospital that has someone whom the
/// roomiest one can take.
fn someone_to_move<R: Recorder>(
    run: &Run<'_, R>,
    (region, least): (RegionIdx, i64),
    to: RegionIdx,
) -> Option<(u32, HospitalIdx)> {
    // On most days no hospital is that full.
    let first = next_fullest(run, region, least, None)?;
    let mut receiver = None;
    while let Some(place) = placement::next_roomiest(run, to, receiver) {
        let mut sender = Some(first);
        // Looking for a patient costs more than counting beds, so the fullest hospital is asked first.
        while let Some(fullest) = sender {
            let from = fullest.place();
            let patient = placement::first_to_move(run, from, place.place());
            if let Some(patient) = patient.filter(|_| from != place.place()) {
                return Some((patient, place.place()));
            }
            sender = next_fullest(run, region, least, sender);
        }
        receiver = Some(place);
    }
    None
}

/// The hospital of `region` that is most over its staffed beds and by more than `least`; with `after`, the
/// one that follows on that one.
fn next_fullest<R: Recorder>(
    run: &Run<'_, R>,
    region: RegionIdx,
    least: i64,
    after: Option<Standing<HospitalIdx>>,
) -> Option<Standing<HospitalIdx>> {
    let pressure = |hospital: HospitalIdx| {
        let own = &run.body.ic[hospital.idx()].own;
        i64::from(own.committed()) - i64::from(own.staffed)
    };
    hospitals_of(run, region)
        .filter(|hospital| pressure(*hospital) > least)
        .map(|hospital| Standing::of(run, pressure(hospital), hospital))
        .filter(|found| after.is_none_or(|after| *found < after))
        .max()
}
