//! IC-dependent planned patients: waiting list, date, operation, IC, and the ends of a wait.

use crate::engine::beds::Line;
use crate::engine::event::{Pending, Rank};
use crate::engine::handlers::lack::{is_too_early, sentence_behind};
use crate::engine::handlers::urgency::{as_now, wait_key};
use crate::engine::handlers::ward;
use crate::engine::run::Run;
use crate::engine::state::{Leaver, PlannedStage};
use crate::engine::waiting::WaitKey;
use crate::outcome::{DisplacementEvent, FinalStatus, Lack, Recorder, WeekMeasure, Word};
use crate::units::{Day, HospitalIdx, SimTime, UrgencyClass};
use crate::world::ListExit;

/// Minutes from the decision on the program to the first operations.
const UNTIL_INCISION: u32 = 30;

/// A patient is indicated and joins the waiting list of the own hospital.
pub(crate) fn indicate<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let record = &run.world.planned[patient as usize];
    let (hospital, tie) = (record.hospital, record.tie);
    let exit = SimTime(record.indicated.0.saturating_add(record.list_exit.1.0));
    run.schedule(
        Pending::PlannedListExit,
        exit,
        Rank::Discharge,
        (tie, patient),
    );
    run.tell(Word::PlannedIndicated, hospital, Some(patient), 0);
    if let Some(change) = record.reclassification {
        let at = SimTime(record.indicated.0.saturating_add(change.after.0));
        let kind = Pending::PlannedReclassification;
        run.schedule(kind, at, Rank::Discharge, (tie, patient));
    }
    let waiting = &mut run.body.hospitals[hospital.idx()].n_waiting;
    waiting.come(record.class, record.due);
    join_list(run, hospital, patient);
}

/// Puts a patient on the waiting list of `hospital`, in order of urgency.
fn join_list<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx, patient: u32) {
    let key = wait_key(run, patient);
    run.body.planned[patient as usize].stage = PlannedStage::Waiting;
    run.body.hospitals[hospital.idx()].waiting.insert(key);
}

/// Gives a patient of `hospital`, whose key has been taken off the list, a date.
pub(crate) fn give_date<R: Recorder>(
    run: &mut Run<'_, R>,
    key: WaitKey,
    hospital: HospitalIdx,
    day: Day,
) {
    let notice = run.model.planned.offer_days_before_norm;
    let offer_by = key.due().0.saturating_sub(notice);
    let is_late = key.class() > UrgencyClass::SemiAcute && run.today().0 > offer_by;
    let state = &mut run.body.planned[key.patient()];
    state.stage = PlannedStage::Scheduled(day);
    // What the key tells comes first: the patient's state may have to come from far.
    if is_late
        && state.events.of(DisplacementEvent::NoDateOffered) == 0
        && !state.events.is_disrupted()
    {
        state.events.add(DisplacementEvent::NoDateOffered);
    }
    run.body.hospitals[hospital.idx()].dates.insert(day, key);
    let at = stream_at(run, hospital, usize::from(key.stream));
    run.body.dated_minutes[at] += key.or_time.0;
    let patient = Some(key.subject());
    run.tell(Word::PlannedDated, hospital, patient, i64::from(day.0));
}

/// Minutes that a patient's operation takes, and where the time of the patient's stream in `hospital`
/// stands.
pub(crate) fn team_time<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    patient: usize,
) -> (u32, usize) {
    let record = &run.world.planned[patient];
    let at = stream_at(run, hospital, usize::from(record.specialty));
    (record.or_time.0, at)
}

/// Where the time of a stream in a hospital stands.
fn stream_at<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx, stream: usize) -> usize {
    hospital.idx() * run.derived.has_own_teams.len() + stream
}

/// Whether the stream's own teams have time for one more date within the days that are planned ahead:
/// what they have left, and their usual time on the weekdays to come.
pub(crate) fn has_stream_time<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    stream: u8,
) -> bool {
    let stream = usize::from(stream);
    let at = stream_at(run, hospital, stream);
    let left = u32::try_from(run.body.stream_minutes[at]).unwrap_or(0);
    !run.derived.has_own_teams[stream]
        || run.body.dated_minutes[at] < left + run.derived.minutes_ahead[at]
}

/// The patient's date is over, or taken back.
fn drop_date<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx, patient: usize) {
    let (takes, at) = team_time(run, hospital, patient);
    run.body.dated_minutes[at] -= takes;
}

/// A date in `hospital` is taken back; the patient returns to the list. The caller takes the patient out
/// of the program.
pub(crate) fn disrupt<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    patient: u32,
    event: DisplacementEvent,
    lack: Lack,
) {
    let today = run.today();
    drop_date(run, hospital, patient as usize);
    let state = &mut run.body.planned[patient as usize];
    state.events.add(event);
    state.first_disruption.get_or_insert(today);
    if as_now(run, patient).class == UrgencyClass::KritiekPlanbareZorg {
        count_disruption(run, hospital, event, lack);
    }
    let what = (Word::PlannedDisrupted, event.number());
    run.tell_lost_date(what, (hospital, patient), lack, sentence_behind(lack));
    join_list(run, hospital, patient);
}

/// Operates: the operating room now, the IC bed afterwards. The caller has checked both, and takes
/// the patient out of the program.
pub(crate) fn operate<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let today = run.today();
    let record = as_now(run, patient);
    let status = status_of(run, patient);
    let state = &mut run.body.planned[patient as usize];
    state.stage = PlannedStage::InOperation;
    state.resolved = Some((today, status));
    let hospital = state.hospital;
    drop_date(run, hospital, patient as usize);
    let ic = &mut run.body.ic[hospital.idx()].own;
    ic.expected_planned += 1;
    ic.expected_critical += u32::from(is_critical(record.class));
    let place = &mut run.body.hospitals[hospital.idx()];
    place.n_waiting.go(record.class, record.due);
    place.operated[0] += u16::from(record.class <= UrgencyClass::KritiekPlanbareZorg);
    place.operated_class_3 += u16::from(record.class == UrgencyClass::KritiekPlanbareZorg);
    run.count(hospital, operated(record.class), 1);
    if record.class == UrgencyClass::SemiAcute && today > record.due {
        run.count(hospital, WeekMeasure::OperatedLateIcClass2, 1);
    }
    run.tell(
        Word::PlannedOperated,
        hospital,
        Some(patient),
        i64::from(record.or_time.0),
    );
    let decided = run.model.clocks.operating_rooms.minute;
    let end = SimTime::on(today, decided + UNTIL_INCISION) + record.or_time;
    run.schedule(
        Pending::PlannedCare,
        end,
        Rank::PlannedAdmission,
        (record.tie, patient),
    );
}

/// On time or late, at home or elsewhere.
fn status_of<R: Recorder>(run: &Run<'_, R>, patient: u32) -> FinalStatus {
    let record = as_now(run, patient);
    let place = run.body.planned[patient as usize].hospital;
    let in_time = run.today() <= record.due;
    if place == record.hospital {
        return if in_time {
            FinalStatus::OnTimeOwn
        } else {
            FinalStatus::LateOwn
        };
    }
    match (in_time, run.region_of(place) == record.region) {
        (true, true) => FinalStatus::OnTimeInRegion,
        (true, false) => FinalStatus::OnTimeElsewhere,
        (false, _) => FinalStatus::LateElsewhere,
    }
}

/// A waiting patient, whose key has been taken off the list, gets a date in another hospital.
pub(crate) fn relocate<R: Recorder>(run: &mut Run<'_, R>, key: WaitKey, to: HospitalIdx, day: Day) {
    let patient = key.subject();
    let from = run.body.planned[key.patient()].hospital;
    let event = if run.region_of(from) == run.region_of(to) {
        DisplacementEvent::MovedHospital
    } else {
        DisplacementEvent::MovedRegion
    };
    let state = &mut run.body.planned[key.patient()];
    state.events.add(event);
    state.hospital = to;
    let hospitals = &mut run.body.hospitals;
    hospitals[from.idx()].n_waiting.go(key.class(), key.due());
    hospitals[to.idx()].n_waiting.come(key.class(), key.due());
    run.count(from, WeekMeasure::RelocatedClass3, 1);
    run.tell(Word::PlannedRelocated, to, Some(patient), i64::from(from.0));
    give_date(run, key, to, day);
}

/// An operation is over, or an IC stay is.
pub(crate) fn end_care<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let state = &run.body.planned[patient as usize];
    let hospital = state.hospital;
    if state.stage == PlannedStage::InOperation {
        enter_ic(run, patient);
    } else if ward::takes(run, hospital, Leaver::Planned(patient)) {
        leave_ic(run, patient);
    }
}

/// From the operating room to the IC.
fn enter_ic<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let now = run.now();
    let critical = u32::from(is_critical(as_now(run, patient).class));
    let state = &mut run.body.planned[patient as usize];
    state.stage = PlannedStage::OnIc;
    let hospital = state.hospital;
    let ic = &mut run.body.ic[hospital.idx()];
    ic.own.expected_planned -= 1;
    ic.own.expected_critical -= critical;
    ic.own.critical += critical;
    ic.admit(Line::Planned, now);
    run.tell(Word::PlannedIcAdmitted, hospital, Some(patient), 0);
    schedule_exit(run, patient);
}

/// A planned patient leaves the IC.
pub(crate) fn leave_ic<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let now = run.now();
    let critical = u32::from(is_critical(as_now(run, patient).class));
    let state = &mut run.body.planned[patient as usize];
    let acute = state.stage == PlannedStage::OnIcAcute;
    state.stage = PlannedStage::Gone;
    let hospital = state.hospital;
    let ic = &mut run.body.ic[hospital.idx()];
    ic.own.critical -= if acute { 0 } else { critical };
    ic.release(if acute { Line::Acute } else { Line::Planned }, now);
    run.tell(Word::PlannedLeft, hospital, Some(patient), 0);
}

/// The wait ends without the planned treatment, if it has not ended before.
pub(crate) fn end_wait<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let today = run.today();
    let stage = run.body.planned[patient as usize].stage;
    if !matches!(stage, PlannedStage::Waiting | PlannedStage::Scheduled(_)) {
        return;
    }
    let key = wait_key(run, patient);
    if matches!(stage, PlannedStage::Scheduled(_)) {
        drop_date(
            run,
            run.body.planned[patient as usize].hospital,
            patient as usize,
        );
    }
    let state = &mut run.body.planned[patient as usize];
    let hospital = &mut run.body.hospitals[state.hospital.idx()];
    match stage {
        PlannedStage::Waiting => {
            if let Some(position) = hospital.waiting.position(key) {
                hospital.waiting.remove(key.class(), position);
            }
        }
        PlannedStage::Scheduled(day) => {
            if let Some(position) = hospital.dates.position(day, key) {
                hospital.dates.remove(position);
            }
        }
        _ => return,
    }
    hospital.n_waiting.go(key.class(), key.due());
    let status = match run.world.planned[patient as usize].list_exit.0 {
        ListExit::Deterioration => FinalStatus::BecameAcute,
        ListExit::Death => FinalStatus::DiedOrUnfit,
        ListExit::Withdrawal => FinalStatus::Withdrew,
    };
    state.resolved = Some((today, status));
    state.stage = PlannedStage::Gone;
    let at = state.hospital;
    run.tell(Word::PlannedWaitEnded, at, Some(patient), status.number());
    if status == FinalStatus::BecameAcute {
        become_acute(run, patient);
    }
}

/// The condition has become acute: the patient takes an IC bed as an acute patient, at once.
fn become_acute<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let now = run.now();
    let state = &mut run.body.planned[patient as usize];
    state.events.add(DisplacementEvent::BecameAcute);
    state.stage = PlannedStage::OnIcAcute;
    run.body.ic[state.hospital.idx()].admit(Line::Acute, now);
    schedule_exit(run, patient);
}

fn schedule_exit<R: Recorder>(run: &mut Run<'_, R>, patient: u32) {
    let record = run.world.planned[patient as usize];
    let end = run.now() + record.ic_stay;
    run.schedule(
        Pending::PlannedCare,
        end,
        Rank::Discharge,
        (record.tie, patient),
    );
}

/// Whether patients of `class` may have protected beds: classes 2 and 3.
fn is_critical(class: UrgencyClass) -> bool {
    class <= UrgencyClass::KritiekPlanbareZorg
}

fn count_disruption<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    event: DisplacementEvent,
    lack: Lack,
) {
    run.count(hospital, WeekMeasure::DisruptionsClass3, 1);
    let kind = match event {
        DisplacementEvent::MovedInTime => WeekMeasure::MovedInTimeClass3,
        DisplacementEvent::MovedLate => WeekMeasure::MovedLateClass3,
        _ => WeekMeasure::CancelledOnTheDayClass3,
    };
    run.count(hospital, kind, 1);
    let region = run.region_of(hospital).idx();
    run.body.regions[region].has_disrupted = true;
    if is_too_early(run, hospital, lack) {
        run.count(hospital, WeekMeasure::DisruptionsTooEarlyClass3, 1);
    }
}

const fn operated(class: UrgencyClass) -> WeekMeasure {
    match class {
        UrgencyClass::SemiAcute => WeekMeasure::OperatedIcClass2,
        UrgencyClass::KritiekPlanbareZorg => WeekMeasure::OperatedIcClass3,
        UrgencyClass::Plannable | UrgencyClass::Deferrable => WeekMeasure::OperatedIcClass45,
    }
}
