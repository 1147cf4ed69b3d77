//! Books: the daily national numbers and reports, and the closing of a week.

use crate::engine::beds::IcBeds;
use crate::engine::run::{Run, hospitals, regions};
use crate::engine::state::REPORT_DAYS;
use crate::outcome::{DayMeasure, Recorder, WeekMeasure, Word};
use crate::policy::info::{PublishedList, Report};
use crate::policy::sentence::Sentence;
use crate::units::HospitalIdx;

/// Writes down the day's national numbers, and each hospital's report.
pub(crate) fn record_day<R: Recorder>(run: &mut Run<'_, R>) {
    let today = run.today();
    let (mut critical, mut overdue) = (0, 0);
    for hospital in hospitals(run.model.hospitals.len()) {
        report(run, hospital);
        publish_list(run, hospital);
        let waiting = &mut run.body.hospitals[hospital.idx()].n_waiting;
        critical += waiting.critical;
        overdue += waiting.overdue(today);
    }
    record_nation(run, critical, overdue);
    record_regions(run);
    count_days_before_stop(run);
}

/// Counts the days of regions in which a class 3 date was lost and classes 4 and 5 have not stopped
/// everywhere since (A18).
fn count_days_before_stop<R: Recorder>(run: &mut Run<'_, R>) {
    for region in regions(run) {
        let state = &mut run.body.regions[region.idx()];
        state.has_disrupted &= state.n_running > 0;
        if state.has_disrupted {
            run.count_region(region, WeekMeasure::DaysBeforeStop, 1);
        }
    }
}

/// A hospital reports, unless the report fails to arrive; then the last one counts. Where the
/// supplement would ask for current data (A39) and does not, reports are renewed on Mondays only.
fn report<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) {
    let today = run.today();
    let day = today.idx();
    let mark = run.world.marks.report[hospital.idx() * run.model.study.n_days() + day];
    let is_due = !run.regime.reports_lapse || run.model.study.weekday_idx(today) == 0;
    let arrives = u32::from(mark) >= run.derived.report_missing.0;
    let state = &mut run.body.reporting[hospital.idx()];
    let last = state.reports[(day + REPORT_DAYS - 1) % REPORT_DAYS];
    let own = &run.body.ic[hospital.idx()].own;
    // All but today are the last seven full days.
    let all: u32 = state.ic_need.iter().sum();
    let week = all - state.ic_need[day % REPORT_DAYS];
    let now = Report {
        covid_ic: own.covid,
        covid_ic_week: week,
        acute_ic: own.acute,
        room: own.free().saturating_sub(own.protected_and_empty()),
        overload: run.body.ic[hospital.idx()].overload(),
    };
    state.reports[day % REPORT_DAYS] = if is_due && arrives { now } else { last };
    state.ic_need[(day + 1) % REPORT_DAYS] = 0;
    if !arrives {
        let covid = i64::from(last.covid_ic);
        run.decided(
            Word::ReportMissing,
            Sentence::A39,
            (None, Some(hospital)),
            covid,
        );
    }
}

/// What others see of the waiting list: on Mondays, or each morning where hospitals agreed to show
/// it daily (A30).
fn publish_list<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) {
    let today = run.today();
    if !(run.regime.shows_lists_daily || run.model.study.weekday_idx(today) == 0) {
        return;
    }
    let state = &mut run.body.hospitals[hospital.idx()];
    state.published = PublishedList {
        waiting: state.n_waiting.semi_acute + state.n_waiting.critical,
        overdue: state.n_waiting.overdue(today),
        operated: u32::from(state.operated[1]),
    };
}

fn record_nation<R: Recorder>(run: &mut Run<'_, R>, critical: u32, overdue: u32) {
    let today = run.today();
    let body = &run.body;
    let sum = |count: &dyn Fn(&IcBeds) -> u32| -> u32 { body.ic.iter().map(count).sum() };
    let phase = body.nation.phase.idx();
    let numbers = [
        (DayMeasure::CovidIc, sum(&|ic| ic.own.covid)),
        (DayMeasure::AcuteIc, sum(&|ic| ic.own.acute)),
        (DayMeasure::PlannedIc, sum(&|ic| ic.own.planned)),
        (
            DayMeasure::CovidWard,
            body.ward.iter().map(|ward| ward.patients).sum(),
        ),
        (DayMeasure::StaffedBeds, sum(&IcBeds::staffed_in_use)),
        (DayMeasure::StretchedBeds, sum(&IcBeds::stretched)),
        (DayMeasure::StoppedHospitals, stopped_hospitals(run)),
        (
            DayMeasure::AgreedBeds,
            run.model.phases.records[phase].national_ic_beds,
        ),
        (DayMeasure::WithoutStaffedBed, sum(&|ic| ic.overload())),
        (DayMeasure::Phase, u32::try_from(phase).unwrap_or(u32::MAX)),
        (DayMeasure::ThreatNotice, u32::from(body.nation.threat)),
        (DayMeasure::WaitingClass3, critical),
        (DayMeasure::OverdueClass3, overdue),
    ];
    for (measure, n) in numbers {
        run.body.days.set(today, measure, n);
    }
}

fn record_regions<R: Recorder>(run: &mut Run<'_, R>) {
    let today = run.today();
    for region in regions(run) {
        let hospitals = &run.body.ic[run.model.hospitals_of(region)];
        let covid = hospitals.iter().map(|ic| ic.own.covid).sum();
        run.body.regional_days.set(today, region, covid);
    }
}

/// Hospitals that have stopped classes 4 and 5.
fn stopped_hospitals<R: Recorder>(run: &Run<'_, R>) -> u32 {
    let stopped = run
        .body
        .hospitals
        .iter()
        .filter(|hospital| hospital.stopped);
    u32::try_from(stopped.count()).unwrap_or(u32::MAX)
}

/// Closes the books of the week that ended at midnight.
pub(crate) fn close_week<R: Recorder>(run: &mut Run<'_, R>) {
    let Some(week) = run.model.study.week(run.today()).checked_sub(1) else {
        return;
    };
    for hospital in hospitals(run.model.hospitals.len()) {
        close_hospital_week(run, hospital, week);
    }
    if run.model.staff.strain.is_some() {
        run.renew_standings();
    }
}

/// Books bed-minutes and the hospital's indicators for `week`.
pub(crate) fn close_hospital_week<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    week: usize,
) {
    let (now, today) = (run.now(), run.today());
    let region = run.region_of(hospital);
    let state = &mut run.body.hospitals[hospital.idx()];
    let minutes = run.body.ic[hospital.idx()].take_minutes(now);
    let converted = state.converted.take_minutes(now);
    let overdue = state.n_waiting.overdue(today);
    let plannable = core::mem::take(&mut state.plannable_this_week);
    state.operated = [0, state.operated[0]];
    state.operated_class_3 = 0;
    if let Some(strain) = run.model.staff.strain {
        state.dropped_out =
            strain.after_week(state.dropped_out, minutes.stretched, minutes.staffed);
    }
    let numbers = [
        (WeekMeasure::BedMinutesCovid, i64::from(minutes.covid)),
        (WeekMeasure::BedMinutesAcute, i64::from(minutes.acute)),
        (WeekMeasure::BedMinutesPlanned, i64::from(minutes.planned)),
        (WeekMeasure::BedMinutesStaffed, i64::from(minutes.staffed)),
        (
            WeekMeasure::BedMinutesStretched,
            i64::from(minutes.stretched),
        ),
        (WeekMeasure::BedMinutesOverload, i64::from(minutes.overload)),
        (
            WeekMeasure::BedMinutesConverted,
            i64::try_from(converted).unwrap_or(i64::MAX),
        ),
        (WeekMeasure::HospitalsFailingNorm, i64::from(overdue > 0)),
        (
            WeekMeasure::HospitalsWithoutClass45,
            i64::from(plannable == 0),
        ),
    ];
    for (measure, n) in numbers {
        run.body.weeks.add(region, week, measure, n);
    }
}
