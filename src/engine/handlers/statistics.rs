//! Books: the daily national numbers and reports, and the closing of a week.

use crate::engine::handlers::coordination::regions;
use crate::engine::handlers::hospitals;
use crate::engine::simulation::Run;
use crate::engine::state::{HospitalState, REPORT_DAYS, WaitKey};
use crate::outcome::{DayMeasure, Recorder, WeekMeasure};
use crate::policy::info::RegionReport;
use crate::units::{DAYS_PER_WEEK, Day, HospitalIdx, RegionIdx, UrgencyClass};

/// Writes down the day's national numbers, and each region's report.
pub(crate) fn record_day<R: Recorder>(run: &mut Run<'_, R>) {
    record_nation(run);
    let day = run.today();
    for region in regions(run) {
        let report = region_report(run, region);
        let state = &mut run.body.regions[region.idx()];
        state.reports[day.idx() % REPORT_DAYS] = report;
        state.ic_need[day.plus(1).idx() % REPORT_DAYS] = 0;
    }
}

fn record_nation<R: Recorder>(run: &mut Run<'_, R>) {
    let today = run.today();
    let body = &run.body;
    let sum =
        |count: &dyn Fn(&HospitalState) -> u32| -> u32 { body.hospitals.iter().map(count).sum() };
    let phase = body.nation.phase.idx();
    let numbers = [
        (DayMeasure::CovidIc, sum(&|h| h.ic.own.covid)),
        (DayMeasure::AcuteIc, sum(&|h| h.ic.own.acute)),
        (DayMeasure::PlannedIc, sum(&|h| h.ic.own.planned)),
        (DayMeasure::CovidWard, sum(&|h| h.ward)),
        (DayMeasure::StaffedBeds, sum(&|h| h.ic.own.staffed)),
        (
            DayMeasure::AgreedBeds,
            run.model.phases.records[phase].national_ic_beds,
        ),
        (DayMeasure::WithoutStaffedBed, sum(&|h| h.ic.overload())),
        (DayMeasure::Phase, u32::try_from(phase).unwrap_or(u32::MAX)),
        (DayMeasure::ThreatNotice, u32::from(body.nation.threat)),
        (
            DayMeasure::WaitingClass3,
            sum(&|h| waiting_class_3(h, Day(u16::MAX))),
        ),
        (
            DayMeasure::OverdueClass3,
            sum(&|h| waiting_class_3(h, today)),
        ),
    ];
    for (measure, n) in numbers {
        run.body.days.set(today, measure, n);
    }
}

/// Class 3 patients of a hospital who wait, with or without a date, and were due before `day`.
fn waiting_class_3(hospital: &HospitalState, day: Day) -> u32 {
    let from = WaitKey::first(UrgencyClass::KritiekPlanbareZorg, Day(0));
    let to = WaitKey::first(UrgencyClass::KritiekPlanbareZorg, day);
    let before = |bound: WaitKey| hospital.waiting.partition_point(|key| *key < bound);
    let dated = hospital
        .scheduled
        .iter()
        .filter(|(_, key)| (from..to).contains(key))
        .count();
    u32::try_from(before(to) - before(from) + dated).unwrap_or(u32::MAX)
}

fn region_report<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> RegionReport {
    let body = &run.body;
    let hospitals = &body.hospitals[run.model.hospitals_of(region)];
    let today = run.today().idx();
    // The last seven full days.
    let week =
        (1..=usize::from(DAYS_PER_WEEK)).map(|ago| (today + REPORT_DAYS - ago) % REPORT_DAYS);
    let state = &body.regions[region.idx()];
    RegionReport {
        covid_ic: hospitals.iter().map(|h| h.ic.own.covid).sum(),
        covid_ic_week: week.map(|day| u32::from(state.ic_need[day])).sum(),
        acute_ic: hospitals.iter().map(|h| h.ic.own.acute).sum(),
        room: hospitals
            .iter()
            .map(|h| {
                h.ic.own
                    .free()
                    .saturating_sub(h.ic.own.protected_and_empty())
            })
            .sum(),
    }
}

/// Closes the books of the week that ended at midnight.
pub(crate) fn close_week<R: Recorder>(run: &mut Run<'_, R>) {
    let Some(week) = run.model.study.week(run.today()).checked_sub(1) else {
        return;
    };
    for hospital in hospitals(run.model.hospitals.len()) {
        close_hospital_week(run, hospital, week);
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
    let minutes = state.ic.take_minutes(now);
    let fails = waiting_class_3(state, today) > 0;
    let plannable = core::mem::take(&mut state.plannable_this_week);
    let numbers = [
        (WeekMeasure::BedMinutesCovid, minutes.covid),
        (WeekMeasure::BedMinutesAcute, minutes.acute),
        (WeekMeasure::BedMinutesPlanned, minutes.planned),
        (WeekMeasure::BedMinutesStaffed, minutes.staffed),
        (WeekMeasure::BedMinutesOverload, minutes.overload),
        (
            WeekMeasure::BedMinutesConverted,
            minutes.converted_milli / 1_000,
        ),
        (WeekMeasure::HospitalsFailingNorm, i64::from(fails)),
        (
            WeekMeasure::HospitalsWithoutClass45,
            i64::from(plannable == 0),
        ),
    ];
    for (measure, n) in numbers {
        run.body.weeks.add(region, week, measure, n);
    }
}
