//! COVID patients: ward, IC, ward; boarding, export and transfer.

use crate::engine::beds::Line;
use crate::engine::event::{Pending, Rank};
use crate::engine::simulation::Run;
use crate::engine::state::{CovidStage, REPORT_DAYS};
use crate::model::rule::RuleId;
use crate::outcome::{Recorder, WeekMeasure};
use crate::policy::admission;
use crate::units::{HospitalIdx, Minutes, RegionIdx};

/// A COVID patient comes to the hospital.
pub(crate) fn arrive<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let record = run.world.covid[patient as usize];
    run.body.covid[patient as usize].hospital = record.hospital;
    run.tell("covid-arrived", record.hospital, Some(patient), 0);
    if record.needs_ic && record.first_ward == Minutes(0) {
        need_ic(run, patient);
        return;
    }
    let rank = if record.needs_ic {
        Rank::Arrival
    } else {
        Rank::Discharge
    };
    run.body.hospitals[record.hospital.idx()].ward += 1;
    enter(run, patient, CovidStage::FirstWard, record.first_ward, rank);
}

/// A stage of the pathway is over.
pub(crate) fn end_stage<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let state = run.body.covid[patient as usize];
    let record = &run.world.covid[patient as usize];
    match state.stage {
        CovidStage::FirstWard if record.needs_ic => {
            leave_ward(run, state.hospital);
            need_ic(run, patient);
        }
        CovidStage::FirstWard | CovidStage::SecondWard => {
            run.body.covid[patient as usize].stage = CovidStage::Gone;
            run.tell("covid-discharged", state.hospital, Some(patient), 0);
            leave_ward(run, state.hospital);
        }
        CovidStage::OnIc if record.survives_ic => step_down(run, patient),
        CovidStage::OnIc => {
            leave_ic(run, patient);
            run.body.covid[patient as usize].stage = CovidStage::Gone;
            run.tell("covid-died", state.hospital, Some(patient), 0);
        }
        CovidStage::NotYet | CovidStage::Blocked | CovidStage::Gone => {
            unreachable!("a stage that ends was entered")
        }
    }
}

/// Begins to move a patient to another hospital, where a bed is held from now on.
pub(crate) fn begin_transfer<R: Recorder>(run: &mut Run<'_, R>, patient: u32, to: HospitalIdx) {
    let arrival = run.now() + run.model.covid.transfer_time;
    let tie = run.world.covid[patient as usize].tie;
    run.body.covid[patient as usize].moving_to = Some(to);
    run.body.hospitals[to.idx()].ic.own.expected_covid += 1;
    run.schedule(
        Pending::CovidTransfer,
        arrival,
        Rank::TransferArrival,
        (tie, patient),
    );
}

/// A patient arrives from another hospital, unless the IC stay ended on the way. The stay goes on:
/// a transfer is no new admission.
pub(crate) fn end_transfer<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let Some(to) = run.body.covid[patient as usize].moving_to.take() else {
        return;
    };
    let now = run.now();
    let from = run.body.covid[patient as usize].hospital;
    run.body.hospitals[to.idx()].ic.own.expected_covid -= 1;
    remove_from_ic(run, patient);
    run.body.covid[patient as usize].hospital = to;
    add_to_ic(run, patient);
    debug_assert_eq!(now, run.now(), "a move takes no time of its own");
    if run.region_of(from) == run.region_of(to) {
        run.count(from, WeekMeasure::TransfersWithin, 1);
    } else {
        run.count(from, WeekMeasure::TransfersOut, 1);
        run.count(to, WeekMeasure::TransfersIn, 1);
    }
    run.tell("covid-transferred", to, Some(patient), i64::from(from.0));
}

/// The COVID IC patient of `hospital` who is moved first: fit for transport, not yet on the way,
/// lowest keyed mark.
pub(crate) fn first_to_move<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> Option<u32> {
    let body = &run.body;
    body.hospitals[hospital.idx()]
        .covid_on_ic
        .iter()
        .copied()
        .filter(|patient| {
            let state = &body.covid[*patient as usize];
            state.moving_to.is_none() && state.stage == CovidStage::OnIc
        })
        .map(|patient| (run.world.covid[patient as usize].transfer_mark, patient))
        .filter(|(mark, _)| u32::from(*mark) < run.model.covid.transferable_permille)
        .min()
        .map(|(_, patient)| patient)
}

/// A patient needs the IC now: a staffed bed, or else a place above the staffed beds, or else a
/// place anywhere in the region, or else the patient leaves the system.
fn need_ic<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let hospital = run.body.covid[patient as usize].hospital;
    let region = run.region_of(hospital);
    let day = run.today().idx() % REPORT_DAYS;
    run.body.regions[region.idx()].ic_need[day] += 1;
    run.count(hospital, WeekMeasure::CovidIcAdmissions, 1);
    let own = run.body.hospitals[hospital.idx()].ic.own;
    let fits = admission::covid_fits(&own);
    let elsewhere = if fits {
        None
    } else {
        coordinated_bed(run, hospital, patient)
    };
    if !fits && elsewhere.is_none() {
        run.count(hospital, WeekMeasure::CovidWithoutBed, 1);
        run.tell("covid-without-bed", hospital, Some(patient), 0);
    }
    let Some(place) = place_for(run, hospital) else {
        run.body.covid[patient as usize].stage = CovidStage::Gone;
        run.count(hospital, WeekMeasure::CovidExported, 1);
        run.tell("covid-exported", hospital, Some(patient), 0);
        return;
    };
    run.body.covid[patient as usize].hospital = place;
    add_to_ic(run, patient);
    let record = run.world.covid[patient as usize];
    let rank = if record.survives_ic {
        Rank::StepDown
    } else {
        Rank::Discharge
    };
    let elsewhere = elsewhere.filter(|to| *to != place);
    run.tell(
        "covid-ic-admitted",
        place,
        Some(patient),
        i64::from(record.ic.0),
    );
    enter(run, patient, CovidStage::OnIc, record.ic, rank);
    if let Some(to) = elsewhere {
        begin_transfer(run, patient, to);
    }
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
    if !(can_move && run.in_force().framework(RuleId::A01)) {
        return None;
    }
    roomiest(run, run.region_of(hospital))
}

/// The hospital of a region with most room for COVID patients that keeps to the agreements.
pub(crate) fn roomiest<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Option<HospitalIdx> {
    let own = |hospital: &HospitalIdx| &run.body.hospitals[hospital.idx()].ic.own;
    run.model
        .hospitals_of(region)
        .map(|h| HospitalIdx(u16::try_from(h).unwrap_or(u16::MAX)))
        .filter(|hospital| run.complies(*hospital) && admission::covid_fits(own(hospital)))
        .max_by_key(|hospital| {
            let own = own(hospital);
            (
                own.free() - own.protected_and_empty(),
                core::cmp::Reverse(*hospital),
            )
        })
}

/// A hospital with a bed place: the own one, or the emptiest in the region.
pub(crate) fn place_for<R: Recorder>(run: &Run<'_, R>, own: HospitalIdx) -> Option<HospitalIdx> {
    let body = &run.body;
    let room = |hospital: HospitalIdx| {
        let ic = &body.hospitals[hospital.idx()].ic.own;
        ic.physical.saturating_sub(ic.committed())
    };
    if room(own) > 0 {
        return Some(own);
    }
    run.model
        .hospitals_of(run.region_of(own))
        .map(|h| HospitalIdx(u16::try_from(h).unwrap_or(u16::MAX)))
        .filter(|hospital| room(*hospital) > 0)
        .max_by_key(|hospital| (room(*hospital), core::cmp::Reverse(*hospital)))
}

/// Leaves the IC for the ward, or waits there until the ward has a bed.
fn step_down<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let hospital = run.body.covid[patient as usize].hospital;
    let beds = u32::from(run.model.hospitals[hospital.idx()].covid_ward_beds.0);
    if run.body.hospitals[hospital.idx()].ward < beds {
        enter_second_ward(run, patient);
    } else {
        run.body.covid[patient as usize].stage = CovidStage::Blocked;
        run.body.hospitals[hospital.idx()].blocked.push(patient);
        run.count(hospital, WeekMeasure::StepDownsBlocked, 1);
        run.tell("step-down-blocked", hospital, Some(patient), 0);
    }
}

fn enter_second_ward<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    leave_ic(run, patient);
    let hospital = run.body.covid[patient as usize].hospital;
    run.body.hospitals[hospital.idx()].ward += 1;
    let stay = run.world.covid[patient as usize].second_ward;
    run.tell("covid-stepped-down", hospital, Some(patient), 0);
    enter(run, patient, CovidStage::SecondWard, stay, Rank::Discharge);
}

/// Gives up a ward bed; who waits on the IC for one takes it.
fn leave_ward<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) {
    let beds = u32::from(run.model.hospitals[hospital.idx()].covid_ward_beds.0);
    let state = &mut run.body.hospitals[hospital.idx()];
    state.ward -= 1;
    if state.ward < beds && !state.blocked.is_empty() {
        let next = state.blocked.remove(0);
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
    if let Some(to) = run.body.covid[patient as usize].moving_to.take() {
        run.body.hospitals[to.idx()].ic.own.expected_covid -= 1;
    }
    remove_from_ic(run, patient);
}

fn add_to_ic<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let now = run.now();
    let body = &mut run.body;
    let state = &mut body.covid[patient as usize];
    let hospital = &mut body.hospitals[state.hospital.idx()];
    hospital.ic.admit(Line::Covid, now);
    state.position = u16::try_from(hospital.covid_on_ic.len()).unwrap_or(u16::MAX);
    hospital.covid_on_ic.push(patient);
}

fn remove_from_ic<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let now = run.now();
    let body = &mut run.body;
    let state = body.covid[patient as usize];
    let hospital = &mut body.hospitals[state.hospital.idx()];
    hospital.ic.release(Line::Covid, now);
    hospital
        .covid_on_ic
        .swap_remove(usize::from(state.position));
    if let Some(moved) = hospital.covid_on_ic.get(usize::from(state.position)) {
        body.covid[*moved as usize].position = state.position;
    }
}
