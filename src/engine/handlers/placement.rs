//! Where a COVID patient can go: hospitals with room, and who can be moved there.

use core::cmp::Reverse;

use crate::engine::run::{Run, hospitals_of};
use crate::engine::state::{CovidOnIc, CovidStage};
use crate::outcome::Recorder;
use crate::policy::admission;
use crate::units::{HospitalIdx, RegionIdx, SimTime};

/// When a patient sets out who is to be moved now: at once, or when transport runs again.
pub(crate) fn departure<R: Recorder>(run: &Run<'_, R>) -> SimTime {
    let [first, last] = run.model.covid.transport_minutes;
    let (now, today) = (run.now(), run.today());
    let opens = SimTime::on(today, first);
    if now >= SimTime::on(today, last) {
        SimTime::on(today.plus(1), first)
    } else {
        now.max(opens)
    }
}

/// The COVID IC patient of `hospital` who is moved to `to` first: fit for transport, not yet on the way
/// and not moved too often or just now, who has not been in `to` before; lowest keyed mark.
pub(crate) fn first_to_move<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    to: HospitalIdx,
) -> Option<u32> {
    let transferable = run.model.covid.transferable_permille;
    let mut first: Option<CovidOnIc> = None;
    for candidate in &run.body.hospitals[hospital.idx()].covid_on_ic {
        // Patients lie far apart in memory: only who would be first is looked at.
        let is_first = first.is_none_or(|first| *candidate < first);
        if is_first
            && u32::from(candidate.transfer_mark) < transferable
            && can_move(run, candidate.patient, to)
        {
            first = Some(*candidate);
        }
    }
    first.map(|first| first.patient)
}

/// Whether a patient on the IC, who is fit for transport, can be moved to `to` now.
fn can_move<R: Recorder>(run: &Run<'_, R>, patient: u32, to: HospitalIdx) -> bool {
    let state = &run.body.covid[patient as usize];
    let is_new = state.moves == 0 || to != state.first && to != state.last;
    state.stage == CovidStage::OnIc
        && state.moving_to.is_none()
        && u16::from(state.moves) < run.regime.levers.moves_per_patient
        && run.now() >= state.rests_until
        && is_new
}

/// Whether the center of a region can arrange one more move within it today.
pub(crate) fn can_arrange_move<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> bool {
    let (day, n) = run.body.regions[region.idx()].moves_today;
    let arranged = if day == run.today() { n } else { 0 };
    arranged < run.regime.levers.regional_moves_per_day
}

pub(crate) fn count_arranged_move<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx) {
    let today = run.today();
    let (day, n) = &mut run.body.regions[region.idx()].moves_today;
    *n = if *day == today { *n + 1 } else { 1 };
    *day = today;
}

/// The hospital of a region with most room for COVID patients that keeps to the agreements.
pub(crate) fn roomiest<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Option<HospitalIdx> {
    next_roomiest(run, region, None).map(Standing::place)
}

/// A hospital or region and how it stands in a search: by a number, then by its keyed mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Standing<Place>(pub(crate) i64, Reverse<(u16, Place)>);

impl<Place: Copy> Standing<Place> {
    pub(crate) const fn place(self) -> Place {
        self.1.0.1
    }
}

impl Standing<HospitalIdx> {
    pub(crate) fn of<R: Recorder>(run: &Run<'_, R>, number: i64, hospital: HospitalIdx) -> Self {
        let [order, _] = &run.world.marks.order;
        Self(number, Reverse((order[hospital.idx()], hospital)))
    }
}

impl Standing<RegionIdx> {
    pub(crate) fn of_region<R: Recorder>(run: &Run<'_, R>, number: i64, region: RegionIdx) -> Self {
        let [_, order] = &run.world.marks.order;
        Self(number, Reverse((order[region.idx()], region)))
    }
}

/// The hospital of a region with most room for COVID patients that keeps to the agreements; with
/// `after`, the one that follows on that one.
pub(crate) fn next_roomiest<R: Recorder>(
    run: &Run<'_, R>,
    region: RegionIdx,
    after: Option<Standing<HospitalIdx>>,
) -> Option<Standing<HospitalIdx>> {
    let room = |hospital: HospitalIdx| {
        let room = admission::room_for_covid(&run.body.ic[hospital.idx()].own);
        Standing::of(run, room, hospital)
    };
    hospitals_of(run, region)
        .map(room)
        .filter(|found| found.0 > 0 && after.is_none_or(|after| *found < after))
        .filter(|found| run.complies(found.place()))
        .max()
}

/// Whether a hospital has a staffed bed free for a COVID patient.
pub(crate) fn has_room<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> bool {
    admission::covid_fits(&run.body.ic[hospital.idx()].own)
}

/// A hospital with a bed place: the own one, or the emptiest in the region.
pub(crate) fn place_for<R: Recorder>(run: &Run<'_, R>, own: HospitalIdx) -> Option<HospitalIdx> {
    let body = &run.body;
    let room = |hospital: HospitalIdx| {
        let ic = &body.ic[hospital.idx()].own;
        ic.physical.saturating_sub(ic.committed())
    };
    if room(own) > 0 {
        return Some(own);
    }
    hospitals_of(run, run.region_of(own))
        .filter(|hospital| room(*hospital) > 0)
        .max_by_key(|hospital| Standing::of(run, i64::from(room(*hospital)), *hospital))
}
