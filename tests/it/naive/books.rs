//! Books of the day and of the week, and the outcome.

use zorgdruk::outcome::{
    DayMeasure, DisplacementEvent, Entry, FinalStatus, LoanFunnel, Outcome, PlannedOutcome,
    WeekMeasure, Word,
};
use zorgdruk::policy::agreement::Visibility;
use zorgdruk::policy::info::{PublishedList, Report};
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{Day, HospitalIdx, PerMille, RegionIdx, UrgencyClass};

use super::state::Care;
use super::{Naive, length, whole};

impl Naive<'_> {
    pub(super) fn close_day(&mut self) {
        self.write_national_numbers();
        for h in 0..self.hospitals.len() {
            self.report(h);
            self.publish_list(h);
        }
        for r in 0..self.regions.len() {
            let runs = |h: &usize| self.hospitals[*h].last_activity[1..].iter().sum::<i64>() > 0;
            let still = self.in_region(r).iter().any(runs);
            self.regions[r].has_disrupted &= still;
            let n = i64::from(self.regions[r].has_disrupted);
            self.count_region(r, WeekMeasure::DaysBeforeStop, n);
        }
    }

    fn write_national_numbers(&mut self) {
        let hospitals = 0..self.hospitals.len();
        let sum = |count: &dyn Fn(usize) -> i64| hospitals.clone().map(count).sum::<i64>();
        let today = self.today();
        let numbers = [
            (DayMeasure::CovidIc, sum(&|h| self.covid_on_ic(h))),
            (DayMeasure::AcuteIc, sum(&|h| self.acute_on_ic(h))),
            (DayMeasure::PlannedIc, sum(&|h| self.planned_on_ic(h))),
            (DayMeasure::CovidWard, sum(&|h| self.on_ward(h))),
            (DayMeasure::StaffedBeds, sum(&|h| self.staffed_in_use(h))),
            (DayMeasure::StretchedBeds, sum(&|h| self.stretched(h))),
            (
                DayMeasure::StoppedHospitals,
                sum(&|h| self.hospitals[h].stopped.into()),
            ),
            (DayMeasure::AgreedBeds, self.phase().national_ic_beds.into()),
            (DayMeasure::WithoutStaffedBed, sum(&|h| self.overload(h))),
            (DayMeasure::Phase, i64::from(self.nation.phase.0)),
            (DayMeasure::ThreatNotice, self.nation.threat.into()),
            (DayMeasure::WaitingClass3, sum(&|h| self.listed(h, 3, None))),
            (
                DayMeasure::OverdueClass3,
                sum(&|h| self.listed(h, 3, Some(today))),
            ),
        ];
        for (measure, n) in numbers {
            self.days.set(today, measure, whole(n));
        }
        for r in 0..self.regions.len() {
            let hospitals = self.in_region(r);
            let covid = hospitals.iter().map(|h| self.covid_on_ic(*h)).sum();
            self.regional_days
                .set(today, RegionIdx::at(r), whole(covid));
        }
    }

    /// Patients of a class who wait in `h`, with or without a date, and were due before a day.
    fn listed(&self, h: usize, class: u8, due_before: Option<Day>) -> i64 {
        length((0..self.planned.len()).filter(|p| {
            let (state, record) = (&self.planned[*p], self.as_now(*p));
            let waits = matches!(state.at, Care::Waiting | Care::Dated(_));
            let is_due = due_before.is_none_or(|day| record.due < day);
            waits && state.hospital == h && record.class.number() == class && is_due
        }))
    }

    fn report(&mut self, h: usize) {
        let today = self.today();
        let n_days = self.model.study.n_days();
        let mark = self.world.marks.report[h * n_days + today.idx()];
        let missing = PerMille::from_fraction(self.model.forecast.missing_report_probability);
        let arrives = u32::from(mark) >= missing.0;
        let is_monday = today.0.is_multiple_of(7);
        let is_due = is_monday || !self.rules().supplement_without(Sentence::A39);
        let week = today.0.saturating_sub(7)..today.0;
        let needs = self.needs.iter();
        let needs = needs.filter(|(day, at)| *at == h && week.contains(&day.0));
        let new = Report {
            covid_ic: whole(self.covid_on_ic(h)),
            covid_ic_week: whole(length(needs)),
            acute_ic: whole(self.acute_on_ic(h)),
            room: whole((self.free(h) - self.kept_empty(h)).max(0)),
            overload: whole(self.overload(h)),
        };
        let last = self.hospitals[h]
            .reports
            .last()
            .copied()
            .unwrap_or_default();
        let shown = if is_due && arrives { new } else { last };
        self.hospitals[h].reports.push(shown);
        if !arrives {
            let covid = last.covid_ic.into();
            self.decided_in_hospital(Word::ReportMissing, Sentence::A39, h, covid);
        }
    }

    fn publish_list(&mut self, h: usize) {
        let is_daily = self.policy.visibility == Visibility::Daily;
        let is_monday = self.today().0.is_multiple_of(7);
        if !(is_monday || is_daily && self.rules().supplement(Sentence::A30)) {
            return;
        }
        let last_week = self.week().checked_sub(1);
        let operated = self.operated.iter().filter(|(day, at, class)| {
            let was_last_week = Some(usize::from(day.0 / 7)) == last_week;
            was_last_week && *at == h && *class <= UrgencyClass::KritiekPlanbareZorg
        });
        self.hospitals[h].published = PublishedList {
            waiting: whole(self.listed(h, 2, None) + self.listed(h, 3, None)),
            overdue: whole(self.listed(h, 3, Some(self.today()))),
            operated: whole(length(operated)),
        };
    }

    pub(super) fn close_week(&mut self) {
        if let Some(week) = self.week().checked_sub(1) {
            self.close_week_of_hospitals(week);
        }
    }

    fn close_week_of_hospitals(&mut self, week: usize) {
        let today = self.today();
        for h in 0..self.hospitals.len() {
            let [
                covid,
                acute,
                planned,
                staffed,
                stretched,
                overload,
                converted,
            ] = std::mem::take(&mut self.hospitals[h].bed_minutes);
            let plannable = std::mem::take(&mut self.hospitals[h].plannable_this_week);
            let fails = self.listed(h, 3, Some(today)) > 0;
            if let Some(strain) = self.model.staff.strain {
                let out = self.hospitals[h].dropped_out;
                let back = out * i64::from(strain.recovery.0) / 1_000;
                let more = i64::from(strain.dropout) * stretched / staffed.max(1);
                self.hospitals[h].dropped_out = out - back + more;
            }
            let numbers = [
                (WeekMeasure::BedMinutesCovid, covid),
                (WeekMeasure::BedMinutesAcute, acute),
                (WeekMeasure::BedMinutesPlanned, planned),
                (WeekMeasure::BedMinutesStaffed, staffed),
                (WeekMeasure::BedMinutesStretched, stretched),
                (WeekMeasure::BedMinutesOverload, overload),
                (WeekMeasure::BedMinutesConverted, converted / 1_000),
                (WeekMeasure::HospitalsFailingNorm, fails.into()),
                (
                    WeekMeasure::HospitalsWithoutClass45,
                    (plannable == 0).into(),
                ),
            ];
            let region = RegionIdx::at(self.region_of(h));
            for (measure, n) in numbers {
                self.weeks.add(region, week, measure, n);
            }
        }
    }

    /// The last books, and what became of everyone.
    pub(super) fn outcome(mut self) -> (Outcome, Vec<Entry>) {
        self.pass_time(self.model.study.end_time());
        self.close_week_of_hospitals(self.model.study.n_weeks() - 1);
        let planned = (0..self.planned.len())
            .map(|p| self.outcome_of(p))
            .collect();
        let passed = |step: usize| {
            let workers = self.workers.iter();
            whole(length(workers.filter(|worker| worker.furthest >= step)))
        };
        let outcome = Outcome {
            planned,
            funnel: LoanFunnel {
                workers: passed(0),
                asked: passed(1),
                willing: passed(2),
                competent: passed(3),
                in_range: passed(4),
                inducted: passed(5),
                used: passed(6),
            },
            weeks: self.weeks,
            days: self.days,
            regional_days: self.regional_days,
        };
        (outcome, self.log.unwrap_or_default())
    }

    fn outcome_of(&self, p: usize) -> PlannedOutcome {
        let (record, state) = (self.as_now(p), &self.planned[p]);
        let end = self.model.study.end();
        let untreated = if record.due < end {
            FinalStatus::UntreatedOverdue
        } else {
            FinalStatus::UntreatedNotDue
        };
        let mut events = state.events;
        let offer_days = self.model.planned.offer_days_before_norm;
        let should_have_date = record.due.0.saturating_sub(offer_days) < end.0;
        let is_new = events.of(DisplacementEvent::NoDateOffered) == 0 && !events.is_disrupted();
        if state.at == Care::Waiting && should_have_date && is_new {
            events.add(DisplacementEvent::NoDateOffered);
        }
        PlannedOutcome {
            status: state.resolved.map_or(untreated, |(_, status)| status),
            events,
            first_disruption: state.first_disruption,
            resolved: state.resolved.map(|(day, _)| day),
            hospital: HospitalIdx::at(state.hospital),
            is_reclassified: state.is_class_3_now,
        }
    }
}
