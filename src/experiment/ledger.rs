//! From one outcome, and the twin without the wave, to the measures of a replication.

use crate::experiment::measure::Measure;
use crate::experiment::record::{COHORTS, WeeklyDisplacement};
use crate::model::Model;
use crate::model::phase::LnazFase;
use crate::outcome::{
    DayMeasure, DisplacementEvent, FinalStatus, Outcome, PlannedOutcome, WeekMeasure,
};
use crate::units::{Day, MINUTES_PER_DAY, RegionIdx, UrgencyClass};
use crate::world::{PlannedPatient, World};

/// Days of the month by which harm is counted.
const DAYS_PER_MONTH: i64 = 30;

/// The measures of one replication under one policy, by [`Measure`].
pub type Measures = [i64; Measure::COUNT];

/// What a replication gave under one policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// By [`Measure`].
    pub values: Measures,
    /// The weekly displacement that some measures summarize.
    pub displaced: WeeklyDisplacement,
    /// Patients of the cohort by their waits, as in [`PolicyRecord::waits`].
    ///
    /// [`PolicyRecord::waits`]: crate::experiment::record::PolicyRecord::waits
    pub waits: [Vec<u32>; COHORTS],
}

/// Computes the account of one outcome.
pub fn account(model: &Model, world: &World, outcome: &Outcome, twin: &Outcome) -> Account {
    let mut ledger = Ledger {
        model,
        values: [0; Measure::COUNT],
        waits: Default::default(),
    };
    let mut weekly = WeeklyDisplacement::new(model.regions.len(), model.study.n_weeks());
    for ((patient, own), twin) in world
        .planned
        .iter()
        .zip(&outcome.planned)
        .zip(&twin.planned)
    {
        if patient.class == UrgencyClass::KritiekPlanbareZorg
            && own.status.is_displaced(twin.status)
        {
            let lost = own.resolved.filter(|_| own.status.is_lost());
            let day = lost.unwrap_or(patient.due.plus(1));
            weekly.add(patient.region, model.study.week(day));
        }
        if ledger.is_in_cohort(patient) {
            ledger.add_patient(patient, own, twin);
        }
    }
    ledger.add_region_weeks(&weekly, outcome);
    ledger.add_weeks(outcome);
    ledger.add_rules(outcome);
    ledger.add_funnel(outcome);
    ledger.add_days(outcome);
    Account {
        values: ledger.values,
        displaced: weekly,
        waits: ledger.waits,
    }
}

struct Ledger<'a> {
    model: &'a Model,
    values: Measures,
    waits: [Vec<u32>; COHORTS],
}

/// Consecutive weeks with displacement in a region that make a long run.
const LONG_RUN: i64 = 3;

impl Ledger<'_> {
    const fn add(&mut self, measure: Measure, n: i64) {
        self.values[measure.idx()] += n;
    }

    fn is_in_cohort(&self, patient: &PlannedPatient) -> bool {
        let study = &self.model.study;
        (study.window_start()..study.window_end()).contains(&patient.indicated.day())
            && patient.waited_before.0 == 0
    }

    fn add_patient(
        &mut self,
        patient: &PlannedPatient,
        own: &PlannedOutcome,
        twin: &PlannedOutcome,
    ) {
        let over_norm = i64::from(own.status.is_over_norm());
        match patient.class {
            UrgencyClass::SemiAcute => {
                self.add(Measure::CohortClass2, 1);
                self.add(Measure::OverNormClass2, over_norm);
            }
            UrgencyClass::KritiekPlanbareZorg => self.add_critical(patient, own, twin),
            UrgencyClass::Plannable | UrgencyClass::Deferrable => {
                self.add(Measure::CohortClass45, 1);
                self.add(Measure::OverNormClass45, over_norm);
            }
        }
    }

    fn add_critical(
        &mut self,
        patient: &PlannedPatient,
        own: &PlannedOutcome,
        twin: &PlannedOutcome,
    ) {
        const EVENT: [Measure; 7] = [
            Measure::WithE1,
            Measure::WithE2,
            Measure::WithE3,
            Measure::WithE4,
            Measure::WithE5,
            Measure::WithE6,
            Measure::WithE7,
        ];
        let displaced = own.status.is_displaced(twin.status);
        // The twin against itself is displaced only when it is over the norm.
        let twin_displaced = twin.status.is_over_norm();
        self.add(Measure::Cohort, 1);
        self.add(Measure::BY_STATUS[own.status.idx()], 1);
        self.add(Measure::Displaced, i64::from(displaced));
        self.add(
            Measure::Attributable,
            i64::from(displaced && !twin_displaced),
        );
        self.add(Measure::Disrupted, i64::from(own.events.is_disrupted()));
        self.add(Measure::Relocated, i64::from(own.status.is_relocated()));
        for event in DisplacementEvent::ALL {
            self.add(EVENT[event.idx()], i64::from(own.events.of(event) > 0));
        }
        self.add_wait(patient, own);
    }

    fn add_wait(&mut self, patient: &PlannedPatient, own: &PlannedOutcome) {
        let untreated = matches!(
            own.status,
            FinalStatus::UntreatedOverdue | FinalStatus::UntreatedNotDue
        );
        if own.status.is_lost() {
            return;
        }
        // A wait counts in whole days, from the day of indication to the day of treatment.
        let until = own.resolved.unwrap_or(self.model.study.end());
        let waited = i64::from(until.0) - i64::from(patient.indicated.day().0);
        let norm = i64::from(patient.due.0) - i64::from(patient.indicated.day().0);
        let minutes = i64::from(MINUTES_PER_DAY);
        self.count_wait(patient.indicated.day(), waited);
        let excess = (waited - norm).max(0);
        self.add(Measure::ExcessWaitMinutes, excess * minutes);
        let specialty = &self.model.planned.specialties[usize::from(patient.specialty)];
        let harm = i64::from(specialty.harm_milli_per_month) * excess / DAYS_PER_MONTH;
        self.add(Measure::Harm, harm);
        if !untreated {
            self.add(Measure::Treated, 1);
            self.add(Measure::TreatedInTime, i64::from(waited <= norm));
            self.add(Measure::WaitMinutes, waited * minutes);
        }
    }

    fn count_wait(&mut self, indicated: Day, days: i64) {
        let study = &self.model.study;
        let since_start = indicated.idx() - study.window_start().idx();
        let waits = &mut self.waits[COHORTS * since_start / usize::from(study.window_days)];
        let days = usize::try_from(days).unwrap_or(0);
        if waits.len() <= days {
            waits.resize(days + 1, 0);
        }
        waits[days] += 1;
    }

    fn add_region_weeks(&mut self, weekly: &WeeklyDisplacement, outcome: &Outcome) {
        let weeks = self.window_weeks();
        let mut longest = 0;
        for region in 0..self.model.regions.len() {
            let mut run = 0;
            for week in weeks.clone() {
                let displaced = weekly.get(region, week) > 0;
                run = if displaced { run + 1 } else { 0 };
                longest = longest.max(run);
                let region = RegionIdx::at(region);
                let disrupted = outcome
                    .weeks
                    .get(region, week, WeekMeasure::DisruptionsClass3)
                    > 0;
                self.add(Measure::DisplacedRegionWeeks, i64::from(displaced));
                self.add(Measure::DisruptedRegionWeeks, i64::from(disrupted));
            }
        }
        let any = self.values[Measure::DisplacedRegionWeeks.idx()] > 0;
        self.add(Measure::AnyDisplaced, i64::from(any));
        self.add(Measure::LongestRun, longest);
        self.add(Measure::LongRun, i64::from(longest >= LONG_RUN));
    }

    fn window_weeks(&self) -> core::ops::Range<usize> {
        let study = &self.model.study;
        study.week(study.window_start())..study.week(study.window_end())
    }

    /// What the rules about spreading, chain, clinics and supervision came to.
    fn add_rules(&mut self, outcome: &Outcome) {
        for (measure, week) in [
            (Measure::ProtectedByLoans, WeekMeasure::Class3OnLentStaff),
            (Measure::CovidRequested, WeekMeasure::CovidRequested),
            (Measure::RelocatedClass3, WeekMeasure::RelocatedClass3),
            (Measure::WardExitsBlocked, WeekMeasure::WardExitsBlocked),
            (Measure::OperationsMoved, WeekMeasure::OperationsMoved),
            (
                Measure::EscalationLevelDays,
                WeekMeasure::EscalationLevelDays,
            ),
            (
                Measure::EscalationsToLevel1,
                WeekMeasure::EscalationsToLevel1,
            ),
            (
                Measure::EscalationsToLevel2,
                WeekMeasure::EscalationsToLevel2,
            ),
            (
                Measure::EscalationsToLevel3,
                WeekMeasure::EscalationsToLevel3,
            ),
            (Measure::MediatedClass3, WeekMeasure::MediatedClass3),
        ] {
            self.add(measure, outcome.weeks.total(self.window_weeks(), week));
        }
        let total = |measure| outcome.weeks.total(self.window_weeks(), measure);
        let offered = total(WeekMeasure::CovidOffered);
        let not_offered = total(WeekMeasure::CovidRequested) - offered;
        self.add(Measure::CovidNotOffered, not_offered);
        for week in self.window_weeks() {
            let spread = activity_spread(self.model, outcome, week);
            self.add(Measure::ActivitySpread, spread);
        }
    }

    fn add_weeks(&mut self, outcome: &Outcome) {
        let total = |measure| outcome.weeks.total(self.window_weeks(), measure);
        let same = [
            (Measure::TooEarly, WeekMeasure::DisruptionsTooEarlyClass3),
            (Measure::CovidIcAdmissions, WeekMeasure::CovidIcAdmissions),
            (Measure::CovidWithoutBed, WeekMeasure::CovidWithoutBed),
            (Measure::CovidExported, WeekMeasure::CovidExported),
            (Measure::TransfersBetween, WeekMeasure::TransfersOut),
            (Measure::TransfersWithin, WeekMeasure::TransfersWithin),
            (Measure::AcuteOutsideIc, WeekMeasure::AcuteOutsideIc),
            (Measure::AcuteInOverload, WeekMeasure::AcuteInOverload),
            (Measure::AcuteExported, WeekMeasure::AcuteExported),
            (Measure::OverloadMinutes, WeekMeasure::BedMinutesOverload),
            (Measure::StepDownsBlocked, WeekMeasure::StepDownsBlocked),
            (
                Measure::HospitalWeeksFailing,
                WeekMeasure::HospitalsFailingNorm,
            ),
            (
                Measure::ClinicOperationsLost,
                WeekMeasure::ClinicOperationsLost,
            ),
            (Measure::ClinicValueLost, WeekMeasure::ClinicValueLost),
            (Measure::LoanedNurseDays, WeekMeasure::LoanedMilliNurseDays),
            (Measure::GateTrigger, WeekMeasure::LoanGateTrigger),
            (Measure::GateSignature, WeekMeasure::LoanGateSignature),
            (Measure::GateScaleDown, WeekMeasure::LoanGateScaleDown),
            (Measure::GateExchange, WeekMeasure::LoanGateExchange),
            (Measure::GateHire, WeekMeasure::LoanGateHire),
            (Measure::GateNoBenefit, WeekMeasure::LoanGateNoBenefit),
            (Measure::GateOpen, WeekMeasure::LoanGateOpen),
        ]
        .map(|(measure, week)| (measure, total(week)));
        let operations = [
            (
                Measure::OperationsCutClass3,
                WeekMeasure::NormalOperationsClass3,
                WeekMeasure::OperationsClass3,
            ),
            (
                Measure::OperationsCutClass4,
                WeekMeasure::NormalOperationsClass4,
                WeekMeasure::OperationsClass4,
            ),
            (
                Measure::OperationsCutClass5,
                WeekMeasure::NormalOperationsClass5,
                WeekMeasure::OperationsClass5,
            ),
        ]
        .map(|(measure, normal, done)| (measure, total(normal), total(done)));
        for (measure, n) in same {
            self.add(measure, n);
        }
        for (measure, normal, done) in operations {
            self.add(measure, normal - done);
            if measure != Measure::OperationsCutClass3 {
                self.add(Measure::OperationsCutClass45, normal - done);
            }
            self.add(Measure::NormalOperations, normal);
        }
    }

    fn add_funnel(&mut self, outcome: &Outcome) {
        let funnel = &outcome.funnel;
        for (measure, n) in [
            (Measure::Workers, funnel.workers),
            (Measure::Asked, funnel.asked),
            (Measure::Willing, funnel.willing),
            (Measure::Competent, funnel.competent),
            (Measure::InRange, funnel.in_range),
            (Measure::Inducted, funnel.inducted),
            (Measure::Used, funnel.used),
        ] {
            self.add(measure, i64::from(n));
        }
    }

    fn add_days(&mut self, outcome: &Outcome) {
        const PHASES: [Option<Measure>; 6] = [
            None,
            Some(Measure::Days2A),
            Some(Measure::Days2B),
            Some(Measure::Days2C),
            Some(Measure::Days2D),
            Some(Measure::Days3),
        ];
        let (mut peak_covid, mut peak_occupied, mut reached_2d) = (0, 0, false);
        for day in self.model.study.window_start().0..self.model.study.window_end().0 {
            let get = |measure| outcome.days.get(Day(day), measure);
            let covid = get(DayMeasure::CovidIc);
            let occupied = covid + get(DayMeasure::AcuteIc) + get(DayMeasure::PlannedIc);
            peak_covid = peak_covid.max(covid);
            peak_occupied = peak_occupied.max(occupied);
            reached_2d |= get(DayMeasure::Phase) as usize >= LnazFase::Fase2D.idx();
            self.add(Measure::FirstDay2D, i64::from(!reached_2d));
            if let Some(measure) = PHASES[get(DayMeasure::Phase) as usize] {
                self.add(measure, 1);
            }
            self.add(
                Measure::ThreatDays,
                i64::from(get(DayMeasure::ThreatNotice)),
            );
        }
        let ever = |days: i64| i64::from(days > 0);
        debug_assert_eq!(PHASES.len(), LnazFase::ALL.len(), "one measure per phase");
        self.add(Measure::EverPhase3, ever(self.values[Measure::Days3.idx()]));
        self.add(
            Measure::EverThreat,
            ever(self.values[Measure::ThreatDays.idx()]),
        );
        self.add(Measure::PeakCovidIc, i64::from(peak_covid));
        self.add(Measure::PeakOccupied, i64::from(peak_occupied));
    }
}

/// How unlike regions are in a week: class 4 and 5 activity relative to normal, in thousandths, in
/// the region with most less that in the region with least (A20).
fn activity_spread(model: &Model, outcome: &Outcome, week: usize) -> i64 {
    let activity = (0..model.regions.len()).map(|region| {
        let region = RegionIdx::at(region);
        let sum = |measures: [WeekMeasure; 2]| -> i64 {
            let counts = measures.map(|measure| outcome.weeks.get(region, week, measure));
            counts.iter().sum()
        };
        let done = sum([WeekMeasure::OperationsClass4, WeekMeasure::OperationsClass5]);
        let normal = sum([
            WeekMeasure::NormalOperationsClass4,
            WeekMeasure::NormalOperationsClass5,
        ]);
        done * 1_000 / normal.max(1)
    });
    let (least, most) = activity.fold((i64::MAX, 0), |(least, most), activity| {
        (least.min(activity), most.max(activity))
    });
    (most - least).max(0)
}
