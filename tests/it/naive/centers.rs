//! The national coordination center in the morning, and the weekly national meeting.

use zorgdruk::outcome::{WeekMeasure, Word};
use zorgdruk::policy::agreement::{Granularity, Protection};
use zorgdruk::policy::forecast::MAX_HORIZON_DAYS;
use zorgdruk::policy::info::{National, Report};
use zorgdruk::policy::levers::ScaleDownTiming;
use zorgdruk::policy::plan::{Phase, TransferRegime};
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::policy::{fair_share, forecast, phases};
use zorgdruk::units::{PerMille, RegionIdx};

use super::{Naive, part};

/// Days after which a picture is read that nothing asks to be current.
const OLD_PICTURE_DAYS: usize = 7;

impl Naive<'_> {
    pub(super) fn national_center(&mut self) {
        let forced = phases::forced_phase(&self.policy.phases, self.today());
        if let Some(phase) = forced.filter(|_| self.has(Sentence::Z01)) {
            self.enter_phase(phase, Sentence::Z01);
        }
        self.tell_old_pictures();
        self.expect_covid();
        self.publish_numbers();
        self.ask_regions();
        self.watch_regions();
        if self.spreads_nationally() {
            self.moves_between_regions();
        }
        self.give_threat_notice();
    }

    /// Whether patients move between regions.
    pub(super) fn spreads_nationally(&self) -> bool {
        let is_national = self.phase().transfers == TransferRegime::National;
        is_national && self.rules().plan(Sentence::L04)
    }

    pub(super) fn national_meeting(&mut self) {
        let forced = phases::forced_phase(&self.policy.phases, self.today());
        if forced.is_none() || !self.has(Sentence::Z01) {
            let phase = phases::next_phase(&self.model.phases, &self.national_picture());
            self.enter_phase(phase, Sentence::A11);
        }
    }

    fn enter_phase(&mut self, phase: Phase, rule: Sentence) {
        if phase == self.nation.phase {
            return;
        }
        let today = self.today();
        let nation = &mut self.nation;
        nation.falling = phase < nation.phase;
        nation.phase = phase;
        nation.phase_since = today;
        let plan = &self.model.phases;
        let (tires, prepares) = (plan.staff_tire_from, plan.clinics_prepare_from);
        if self.is_phase_at_least(tires) {
            self.nation.strained_since.get_or_insert(today);
        } else {
            self.nation.strained_since = None;
        }
        if self.is_phase_at_least(prepares) {
            self.nation.prepared_since.get_or_insert(today);
        } else {
            self.nation.prepared_since = None;
        }
        self.decided(Word::PhaseEntered, rule, (None, None), phase.0.into());
    }

    /// The report of a hospital that is read this morning.
    fn report_of_hospital(&self, h: usize) -> Report {
        let days = if self.rules().framework_without(Sentence::A07) {
            OLD_PICTURE_DAYS
        } else {
            usize::from(self.model.forecast.information_delay_days)
        };
        let day = self.today().idx().saturating_sub(days);
        self.hospitals[h]
            .reports
            .get(day)
            .copied()
            .unwrap_or_default()
    }

    /// Reports that no longer say how many COVID patients there are.
    fn tell_old_pictures(&mut self) {
        for h in 0..self.hospitals.len() {
            let beyond = i64::from(self.report_of_hospital(h).covid_ic) - self.covid_on_ic(h);
            if beyond != 0 {
                self.decided_in_hospital(Word::PictureIsOld, Sentence::A07, h, beyond);
            }
        }
    }

    fn added_up(&self, hospitals: impl IntoIterator<Item = usize>) -> Report {
        let mut sum = Report::default();
        for h in hospitals {
            let report = self.report_of_hospital(h);
            sum.covid_ic += report.covid_ic;
            sum.covid_ic_week += report.covid_ic_week;
            sum.acute_ic += report.acute_ic;
            sum.room += report.room;
            sum.overload += report.overload;
        }
        sum
    }

    pub(super) fn report_of_region(&self, r: usize) -> Report {
        self.added_up(self.in_region(r))
    }

    pub(super) fn report_of_nation(&self) -> Report {
        self.added_up(0..self.hospitals.len())
    }

    fn expect_covid(&mut self) {
        let error = self.world.forecast_error.national(self.today());
        let report = self.report_of_nation();
        let expect = |days| {
            forecast::expected_covid_milli(&self.model.forecast, &report, days, error) / 1_000
        };
        let (week, horizon) = (
            expect(7),
            expect(
                self.model
                    .phases
                    .threat
                    .map_or(0, |notice| notice.horizon_days),
            ),
        );
        self.nation.covid_in_a_week = week;
        self.nation.covid_at_horizon = horizon;
        self.decided(
            Word::ExpectedInAWeek,
            Sentence::A02,
            (None, None),
            week.into(),
        );
    }

    pub(super) fn lead_days(&self) -> u16 {
        let is_early = self.policy.scale_down == ScaleDownTiming::Early;
        if is_early && !self.rules().supplement_without(Sentence::A17) {
            2 * self.policy.lead_days
        } else {
            self.policy.lead_days
        }
    }

    /// Each hospital hears how many COVID patients to prepare for.
    fn publish_numbers(&mut self) {
        let lead = self.lead_days();
        let factor = self.policy.quantile_factor[usize::from(lead).min(MAX_HORIZON_DAYS)];
        let expected: Vec<u32> = (0..self.regions.len())
            .map(|r| {
                let errors = &self.world.forecast_error;
                let error = errors.regional(RegionIdx::at(r), self.today());
                let report = self.report_of_region(r);
                forecast::expected_covid_milli(&self.model.forecast, &report, lead, error)
            })
            .collect();
        let nation: u32 = expected.iter().sum();
        let suffice = i64::from(nation) < self.beds_for_covid() * 1_000;
        for (r, expected) in expected.iter().enumerate() {
            let present = i64::from(self.report_of_region(r).covid_ic).max(1);
            self.regions[r].growth = i64::from(*expected) / present;
            let share = self.share_of_task(r).filter(|_| !suffice);
            let task = share.map_or(*expected, |share| fair_share::requested(share, nation));
            self.divide_over_hospitals(r, part(factor, task.into()));
        }
    }

    /// The region's part of the national task in millionths, when fair share is in force.
    pub(super) fn share_of_task(&self, r: usize) -> Option<u32> {
        let is_in_force = self.rules().framework(Sentence::A15);
        let weights = &self.model.regions[r].fair_share;
        fair_share::share(self.policy.fair_share, weights).filter(|_| is_in_force)
    }

    /// Beds that the hospitals of the country keep for COVID patients.
    fn beds_for_covid(&self) -> i64 {
        let hospitals = self.model.hospitals.iter();
        let regular = hospitals.map(|hospital| i64::from(hospital.regular_beds.0));
        part(self.share_for_covid(), regular.sum())
    }

    fn divide_over_hospitals(&mut self, r: usize, task: i64) {
        let hospitals = self.in_region(r);
        let by_report = self.policy.granularity == Granularity::Hospital
            && self.rules().framework(Sentence::A02)
            && self.report_of_region(r).covid_ic > 0;
        let usual = |h: usize| {
            if by_report {
                let report = self.report_of_hospital(h);
                let model = &self.model.forecast;
                forecast::expected_covid_milli(model, &report, self.lead_days(), 0).into()
            } else {
                i64::from(self.tables.hospitals[h].bed_share)
            }
        };
        let traded = hospitals
            .iter()
            .map(|h| part(self.kept_weight(*h), usual(*h)));
        let mut weights: Vec<i64> = traded.collect();
        // A share that nobody would keep is not traded.
        if weights.iter().all(|weight| *weight == 0) {
            weights = hospitals.iter().map(|h| usual(*h)).collect();
        }
        let total = weights.iter().sum::<i64>().max(1);
        for (h, weight) in hospitals.into_iter().zip(weights) {
            self.hospitals[h].allocation = task * weight / total;
            let value = self.hospitals[h].allocation;
            self.decided_in_hospital(Word::ExpectedPublished, Sentence::A02, h, value);
        }
    }

    /// How strongly a region concentrates COVID patients.
    pub(super) fn concentration(&self, r: usize) -> Option<PerMille> {
        let is_in_force = self.rules().supplement(Sentence::A29) && self.has_agreed(r);
        match self.policy.protection_in(RegionIdx::at(r)) {
            Protection::Concentrate { strength } if is_in_force => Some(strength),
            _ => None,
        }
    }

    fn kept_weight(&self, h: usize) -> PerMille {
        let accepted = self.policy.finance.shift_accepted;
        let is_made_up_for = self.rules().supplement(Sentence::A33);
        let accepts = if is_made_up_for {
            accepted[1]
        } else {
            accepted[0]
        };
        let goes_along = u32::from(self.world.marks.compliance[h]) < accepts.0;
        match self.concentration(self.region_of(h)) {
            Some(strength) if goes_along => {
                fair_share::kept_weight(strength, self.tables.hospitals[h].critical_intensity)
            }
            _ => PerMille::ONE,
        }
    }

    /// Each region is asked for its share of the patients, and says what it can do.
    fn ask_regions(&mut self) {
        let kept = u32::try_from(self.beds_for_covid()).expect("beds");
        let nation = self.report_of_nation().covid_ic.max(kept);
        for r in 0..self.regions.len() {
            let report = self.report_of_region(r);
            let is_asked = self.rules().framework(Sentence::A15);
            let requested = self.share_of_task(r).map_or(report.covid_ic, |share| {
                fair_share::requested(share, nation)
            });
            let offer = |complies| fair_share::offered(&report, requested, complies);
            let offered = if is_asked {
                offer(self.region_complies(r))
            } else {
                requested
            };
            self.regions[r].requested = requested;
            self.regions[r].offered = offered;
            if is_asked {
                self.count_region(r, WeekMeasure::CovidRequested, requested.into());
                self.count_region(r, WeekMeasure::CovidOffered, offered.into());
                self.decided_in_region(Word::CapacityOffered, Sentence::A15, r, offered.into());
                self.tell_withheld(r, i64::from(offer(true)) - i64::from(offered));
            }
        }
    }

    fn tell_withheld(&mut self, r: usize, withheld: i64) {
        if withheld > 0 {
            self.decided_in_region(Word::OfferWithheld, Sentence::A14, r, withheld);
        }
    }

    fn national_picture(&self) -> National {
        let tables = self.tables.hospitals.iter();
        let critical: u32 = tables.map(|table| table.critical_milli_beds).sum();
        let nation = &self.nation;
        National {
            day: self.today(),
            phase: nation.phase,
            phase_since: nation.phase_since,
            threat: nation.threat,
            covid_in_a_week: nation.covid_in_a_week,
            covid_at_horizon: nation.covid_at_horizon,
            other_need: self.report_of_nation().acute_ic + critical / 1_000,
        }
    }

    fn give_threat_notice(&mut self) {
        let plan = &self.model.phases;
        let Some(notice) = plan.threat else {
            return;
        };
        let threat = phases::threat_notice(plan, &notice, &self.national_picture());
        if threat != self.nation.threat {
            self.nation.threat = threat;
            self.decided(
                Word::ThreatNotice,
                Sentence::A44,
                (None, None),
                threat.into(),
            );
        }
    }
}
