//! COVID patients: ward, IC, ward; boarding, export and transfer.

use crate::engine::event::{Pending, Rank};
use crate::engine::handlers::ic_stay::{
    add_to_ic, expected_stay, is_refused, remove_from_ic, stay_to_come,
};
use crate::engine::handlers::placement::{
    can_arrange_move, count_arranged_move, departure, place_for, roomiest,
};
use crate::engine::run::{Run, regions};
use crate::engine::state::{CovidStage, REPORT_DAYS};
use crate::outcome::{Recorder, WeekMeasure, Word};
use crate::policy::admission;
use crate::policy::sentence::Sentence;
use crate::units::{HospitalIdx, MINUTES_PER_DAY, Minutes, SimTime};
use crate::world::CovidPatient;

/// Time after a move in which a patient is not moved again.
const REST: Minutes = Minutes(MINUTES_PER_DAY);

/// A COVID patient comes to the hospital.
pub(crate) fn arrive<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let record = run.world.covid[patient as usize];
    run.body.covid[patient as usize].hospital = record.hospital;
    run.tell(Word::CovidArrived, record.hospital, Some(patient), 0);
    let Some(first_ward) = ward_stay(run, &record) else {
        run.body.covid[patient as usize].stage = CovidStage::Gone;
        run.count(record.hospital, WeekMeasure::CovidKeptAtHome, 1);
        let (place, value) = ((None, Some(record.hospital)), i64::from(patient));
        run.decided(Word::KeptAtHome, Sentence::A06, place, value);
        return;
    };
    if record.needs_ic && record.first_ward == Minutes(0) {
        need_ic(run, patient);
        return;
    }
    let (stage, rank) = if record.needs_ic {
        (CovidStage::BeforeIc, Rank::Arrival)
    } else {
        (CovidStage::Ward, Rank::Discharge)
    };
    run.body.ward[record.hospital.idx()].patients += 1;
    enter(run, patient, stage, first_ward, rank);
}

/// The ward stay of a patient who comes in; `None` when GPs care for the patient at home. Patients
/// without need of the IC may go home early with oxygen (A06).
fn ward_stay<R: Recorder>(run: &Run<'_, R>, record: &CovidPatient) -> Option<Minutes> {
    if record.needs_ic {
        return Some(record.first_ward);
    }
    let chain = &run.regime.chain;
    let mark = u32::from(record.home_mark);
    let kept = 1_000 - chain.inflow.0;
    if mark < kept {
        None
    } else if mark < kept + chain.home_oxygen.of(chain.inflow.0) {
        Some(Minutes(chain.home_oxygen_stay.of(record.first_ward.0)))
    } else {
        Some(record.first_ward)
    }
}

/// A stage of the pathway is over.
pub(crate) fn end_stage<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let state = run.body.covid[patient as usize];
    match state.stage {
        CovidStage::BeforeIc => {
            leave_ward(run, state.hospital);
            need_ic(run, patient);
        }
        CovidStage::Ward => end_ward_stay(run, patient),
        CovidStage::OnIc if run.world.covid[patient as usize].survives_ic => {
            step_down(run, patient);
        }
        CovidStage::OnIc => {
            leave_ic(run, patient);
            run.body.covid[patient as usize].stage = CovidStage::Gone;
            run.tell(Word::CovidDied, state.hospital, Some(patient), 0);
        }
        CovidStage::NotYet | CovidStage::Blocked | CovidStage::AwaitsPlace | CovidStage::Gone => {
            unreachable!("a stage that ends was entered")
        }
    }
}

/// Ready to leave the ward: at once, or when a nursing home or home care has a place.
fn end_ward_stay<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let bounded = run.regime.chain.vvt_places_per_day.is_some();
    let needs_place =
        || u32::from(run.world.covid[patient as usize].vvt_mark) < run.model.covid.vvt_permille;
    if !(bounded && needs_place()) {
        discharge(run, patient);
        return;
    }
    let hospital = run.body.covid[patient as usize].hospital;
    let region = run.region_of(hospital).idx();
    let state = &mut run.body.regions[region];
    if state.awaiting_place.is_empty() && state.places_milli.is_none_or(|left| left >= 1_000) {
        state.places_milli = state.places_milli.map(|left| left - 1_000);
        discharge(run, patient);
        return;
    }
    state.awaiting_place.push_back(patient);
    run.body.covid[patient as usize].stage = CovidStage::AwaitsPlace;
    run.count(hospital, WeekMeasure::WardExitsBlocked, 1);
    run.tell(Word::WardExitBlocked, hospital, Some(patient), 0);
}

/// The day's places in nursing homes and home care: who waited longest goes first. Places of a day
/// that nobody needs are lost.
pub(crate) fn fill_places<R: Recorder>(run: &mut Run<'_, R>) {
    let Some(national) = run.regime.chain.vvt_places_per_day else {
        return;
    };
    for region in regions(run) {
        let share = run.model.regions[region.idx()].fair_share.population;
        let today = u64::from(national) * u64::from(share) / 1_000;
        let left = run.body.regions[region.idx()].places_milli.unwrap_or(0) % 1_000;
        let mut places = left + u32::try_from(today).unwrap_or(u32::MAX - left);
        while places >= 1_000 {
            let state = &mut run.body.regions[region.idx()];
            let Some(patient) = state.awaiting_place.pop_front() else {
                break;
            };
            places -= 1_000;
            discharge(run, patient);
        }
        run.body.regions[region.idx()].places_milli = Some(places);
    }
}

fn discharge<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let state = &mut run.body.covid[patient as usize];
    state.stage = CovidStage::Gone;
    let hospital = state.hospital;
    run.tell(Word::CovidDischarged, hospital, Some(patient), 0);
    leave_ward(run, hospital);
}

/// Begins to move a patient to another hospital, where a bed is held from now on.
pub(crate) fn begin_transfer<R: Recorder>(run: &mut Run<'_, R>, patient: u32, to: HospitalIdx) {
    let arrival = departure(run) + run.model.covid.transfer_time;
    let tie = run.world.covid[patient as usize].tie;
    let from = run.region_of(run.body.covid[patient as usize].hospital);
    if run.region_of(to) == from {
        count_arranged_move(run, from);
    }
    run.body.covid[patient as usize].moving_to = Some((to, arrival));
    run.body.ic[to.idx()].own.expected_covid += 1;
    run.schedule(
        Pending::CovidTransfer,
        arrival,
        Rank::TransferArrival,
        (tie, patient),
    );
}

/// A patient arrives from another hospital, unless the IC stay ended on the way. The stay goes on:
/// a transfer is no new admission. Who waits for a ward bed waits for one of the new hospital.
pub(crate) fn end_transfer<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let now = run.now();
    // A move that was given up may have been followed by another one.
    let state = &mut run.body.covid[patient as usize];
    let Some((to, _)) = state.moving_to.take_if(|(_, arrival)| *arrival == now) else {
        return;
    };
    let from = run.body.covid[patient as usize].hospital;
    run.body.ic[to.idx()].own.expected_covid -= 1;
    remove_from_ic(run, patient);
    let state = &mut run.body.covid[patient as usize];
    state.hospital = to;
    state.last = from;
    state.moves += 1;
    state.rests_until = now + REST;
    if state.moves == 1 {
        run.count(from, WeekMeasure::CovidMoved, 1);
    }
    add_to_ic(run, patient);
    if run.region_of(from) == run.region_of(to) {
        run.count(from, WeekMeasure::TransfersWithin, 1);
    } else {
        run.count(from, WeekMeasure::TransfersOut, 1);
        run.count(to, WeekMeasure::TransfersIn, 1);
    }
    run.tell(Word::CovidTransferred, to, Some(patient), i64::from(from.0));
    if run.body.covid[patient as usize].stage == CovidStage::Blocked {
        let blocked = &mut run.body.ward[from.idx()].blocked;
        blocked.retain(|other| *other != patient);
        to_ward_or_queue(run, patient);
    }
}

/// A patient needs the IC now: a staffed bed, or else a place above the staffed beds, or else a
/// place anywhere in the region, or else the patient leaves the system.
fn need_ic<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let hospital = run.body.covid[patient as usize].hospital;
    // Who is there when the study begins enters at its first minute, and is no new admission.
    let comes_in = run.now() > SimTime(0);
    if run.body.covid[patient as usize].ic_stays > 0 {
        run.count(hospital, WeekMeasure::CovidReadmissions, 1);
        run.tell(Word::CovidNeedsIcAgain, hospital, Some(patient), 0);
    }
    if comes_in {
        run.count(hospital, WeekMeasure::CovidIcAdmissions, 1);
        if is_refused(run, patient) {
            stay_without_ic(run, patient);
            return;
        }
        let day = run.today().idx() % REPORT_DAYS;
        run.body.reporting[hospital.idx()].ic_need[day] += 1;
    }
    let own = run.body.ic[hospital.idx()].own;
    let fits = admission::covid_fits(&own);
    let elsewhere = if fits {
        None
    } else {
        coordinated_bed(run, hospital, patient)
    };
    if comes_in && !fits && elsewhere.is_none() {
        run.count(hospital, WeekMeasure::CovidWithoutBed, 1);
        run.tell(Word::CovidWithoutBed, hospital, Some(patient), 0);
    }
    let Some(place) = place_for(run, hospital) else {
        run.body.covid[patient as usize].stage = CovidStage::Gone;
        run.count(hospital, WeekMeasure::CovidExported, 1);
        run.tell(Word::CovidExported, hospital, Some(patient), 0);
        return;
    };
    let stay = stay_to_come(run, patient);
    let state = &mut run.body.covid[patient as usize];
    state.hospital = place;
    state.ic_stays += 1;
    if state.moves == 0 {
        state.first = place;
    }
    add_to_ic(run, patient);
    let rank = if run.world.covid[patient as usize].survives_ic {
        Rank::StepDown
    } else {
        Rank::Discharge
    };
    let elsewhere = elsewhere.filter(|to| *to != place);
    run.tell(
        Word::CovidIcAdmitted,
        place,
        Some(patient),
        i64::from(stay.0),
    );
    enter(run, patient, CovidStage::OnIc, stay, rank);
    if let Some(to) = elsewhere {
        begin_transfer(run, patient, to);
    }
}

/// A patient who is not admitted to the IC stays on the ward.
fn stay_without_ic<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let hospital = run.body.covid[patient as usize].hospital;
    let survives = run.world.covid[patient as usize].survives_ic;
    run.count(hospital, WeekMeasure::CovidNotAdmitted, 1);
    let measure = WeekMeasure::CovidNotAdmittedSurvivors;
    run.count(hospital, measure, i64::from(survives));
    let expected = i64::from(expected_stay(run, patient).0);
    let what = (Word::CovidNotAdmitted, expected);
    run.tell_because(what, hospital, Some(patient), Some(Sentence::L05));
    run.body.ward[hospital.idx()].patients += 1;
    let stay = run.model.covid.stay_without_ic;
    enter(run, patient, CovidStage::Ward, stay, Rank::Discharge);
}

/// A free staffed bed in another hospital of the region, when the regional center coordinates and
/// the patient can be moved.
fn coordinated_bed<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    patient: u32,
) -> Option<HospitalIdx> {
    let mark = run.world.covid[patient as usize].transfer_mark;
    let can_move = u32::from(mark) < run.model.covid.transferable_permille;
    let region = run.region_of(hospital);
    let may_move = run.regime.levers.moves_per_patient > 0;
    if !(can_move && may_move && can_arrange_move(run, region)) {
        return None;
    }
    roomiest(run, region)
}

/// Leaves the IC for the ward, or waits there until the ward has a bed.
fn step_down<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let hospital = run.body.covid[patient as usize].hospital;
    to_ward_or_queue(run, patient);
    if run.body.covid[patient as usize].stage == CovidStage::Blocked {
        run.count(hospital, WeekMeasure::StepDownsBlocked, 1);
        run.tell(Word::StepDownBlocked, hospital, Some(patient), 0);
    }
}

/// Enters the ward of the hospital where the patient is, or its queue.
fn to_ward_or_queue<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let hospital = run.body.covid[patient as usize].hospital;
    if run.body.ward[hospital.idx()].has_bed() {
        enter_second_ward(run, patient);
    } else {
        run.body.covid[patient as usize].stage = CovidStage::Blocked;
        run.body.ward[hospital.idx()].blocked.push(patient);
    }
}

fn enter_second_ward<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    leave_ic(run, patient);
    let hospital = run.body.covid[patient as usize].hospital;
    run.body.ward[hospital.idx()].patients += 1;
    let record = &run.world.covid[patient as usize];
    let is_first = run.body.covid[patient as usize].ic_stays == 1;
    let (stage, stay, rank) = match record.readmission.filter(|_| is_first) {
        Some(again) => (CovidStage::BeforeIc, again.ward, Rank::Arrival),
        None => (CovidStage::Ward, record.second_ward, Rank::Discharge),
    };
    run.tell(Word::CovidSteppedDown, hospital, Some(patient), 0);
    enter(run, patient, stage, stay, rank);
}

/// Gives up a ward bed; who waits on the IC for one takes it.
fn leave_ward<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) {
    run.body.ward[hospital.idx()].patients -= 1;
    if let Some(next) = run.body.ward[hospital.idx()].next() {
        enter_second_ward(run, next);
    }
}

/// Lent nurses care for so many more beds of the ward; who waits on the IC for one takes it.
pub(crate) fn set_extra_beds<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx, beds: u32) {
    run.body.ward[hospital.idx()].extra = beds;
    while let Some(next) = run.body.ward[hospital.idx()].next() {
        enter_second_ward(run, next);
    }
}

/// Enters a stage that ends after `stay`.
fn enter<R: Recorder>(
    run: &mut Run<'_, R>,
    patient: u32,
    stage: CovidStage,
    stay: Minutes,
    rank: Rank,
) {
    let end = run.now() + stay;
    let tie = run.world.covid[patient as usize].tie;
    run.body.covid[patient as usize].stage = stage;
    run.schedule(Pending::CovidStage, end, rank, (tie, patient));
}

/// Leaves the IC for good; a bed held elsewhere is given up.
fn leave_ic<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    if let Some((to, _)) = run.body.covid[patient as usize].moving_to.take() {
        run.body.ic[to.idx()].own.expected_covid -= 1;
    }
    remove_from_ic(run, patient);
}
