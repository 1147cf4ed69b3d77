//! IC-dependent planned patients: indication, what their treatment takes, and what could end the
//! wait.

use crate::model::Model;
use crate::model::demand::Specialty;
use crate::numeric::clamp_to_u32;
use crate::random::{Block, Keys, Purpose, Stratum};
use crate::units::{Day, HospitalIdx, MINUTES_PER_DAY, Minutes, RegionIdx, SimTime, UrgencyClass};
use crate::world::acute::bounds_of;
use crate::world::arrivals::{DayArrival, on_day};
use crate::world::{Arrival, ArrivalKind, class_at, mark, norm_day, pick};

/// First and last minute of a day in which indications are made.
const OFFICE_HOURS: (u32, u32) = (9 * 60, 17 * 60);

/// An IC-dependent planned patient with everything that could happen to the patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedPatient {
    /// Indication; midnight of day 0 for patients who were waiting by then.
    pub indicated: SimTime,
    /// Minutes that the patient had waited before `indicated`.
    pub waited_before: Minutes,
    /// The hospital whose list the patient joins.
    pub hospital: HospitalIdx,
    /// Its region.
    pub region: RegionIdx,
    /// Position of the specialty in the model.
    pub specialty: u8,
    /// Urgency class.
    pub class: UrgencyClass,
    /// First day on which the patient can be operated.
    pub ready: Day,
    /// Last day on which treatment is within the norm of the class.
    pub due: Day,
    /// Operating time.
    pub or_time: Minutes,
    /// IC stay after the operation.
    pub ic_stay: Minutes,
    /// What would end the wait, and how long after `indicated`.
    pub list_exit: (ListExit, Minutes),
    /// Keyed mark below 1 000: the patient accepts an offer elsewhere when it is below a
    /// probability.
    pub mediation_mark: u16,
    /// Keyed mark below 4 096 that orders events of patients in one minute.
    pub tie: u16,
    /// Keyed mark below 1 000 of the patient's own risk: low marks carry the highest risk.
    pub risk_mark: u16,
}

/// What ends a wait that lasts too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListExit {
    /// The condition becomes acute.
    Deterioration,
    /// The patient dies or is no longer fit for the operation.
    Death,
    /// The patient withdraws.
    Withdrawal,
}

/// Draws all planned patients, initial waiting list included, day by day.
pub(crate) fn draw(model: &Model, keys: Keys, arrivals: &mut Vec<Arrival>) -> Vec<PlannedPatient> {
    let mut patients = Vec::new();
    let initial = i64::from(model.planned.initial_list_days);
    let n_days = i64::try_from(model.study.n_days()).unwrap_or(0);
    for day in (-initial..n_days).filter(|day| day.rem_euclid(7) < 5) {
        for specialty in 0..model.planned.specialties.len() {
            for region in 0..model.regions.len() {
                Stream {
                    model,
                    keys,
                    region,
                    specialty,
                    day,
                }
                .draw(&mut patients, arrivals);
            }
        }
    }
    patients
}

/// The indications of one specialty in one region on one day.
struct Stream<'a> {
    model: &'a Model,
    keys: Keys,
    region: usize,
    specialty: usize,
    day: i64,
}

impl Stream<'_> {
    fn draw(&self, patients: &mut Vec<PlannedPatient>, arrivals: &mut Vec<Arrival>) {
        let (from, to) = self.bounds();
        let rate = self.specialty().daily_indications * (to - from);
        let day = self.day + i64::from(self.model.planned.initial_list_days);
        let key = (Purpose::PlannedArrival, self.stratum());
        on_day(
            self.keys,
            key,
            u32::try_from(day).unwrap_or(0),
            rate,
            |arrival| {
                if let Some(patient) = self.patient(arrival) {
                    arrivals.push(Arrival {
                        time: patient.indicated,
                        kind: ArrivalKind::Planned,
                        mark: patient.tie,
                        patient: u32::try_from(patients.len()).unwrap_or(u32::MAX),
                    });
                    patients.push(patient);
                }
            },
        );
    }

    fn specialty(&self) -> &Specialty {
        &self.model.planned.specialties[self.specialty]
    }

    fn stratum(&self) -> Stratum {
        Stratum::of_region(self.region).with_class(self.specialty)
    }

    fn bounds(&self) -> (f64, f64) {
        let hospitals = &self.model.regions[self.region].hospitals;
        bounds_of(&self.specialty().hospital_cumulative, hospitals)
    }

    /// The patient; `None` when the wait had ended before day 0.
    fn patient(&self, arrival: DayArrival) -> Option<PlannedPatient> {
        let block = |purpose| self.keys.block(purpose, self.stratum(), arrival.entity, 0);
        let four = |purposes| {
            self.keys
                .blocks_for(purposes, self.stratum(), arrival.entity)
        };
        let specialty = self.specialty();
        let (from, to) = self.bounds();
        let [place, urgency, treatment, stay] = four([
            Purpose::PlannedHospital,
            Purpose::PlannedClass,
            Purpose::PlannedOrTime,
            Purpose::PlannedIcStay,
        ]);
        let [deterioration, death, withdrawal, ready] = four([
            Purpose::PlannedDeterioration,
            Purpose::PlannedDeath,
            Purpose::PlannedWithdrawal,
            Purpose::PlannedReady,
        ]);
        let hospital = pick(
            &specialty.hospital_cumulative,
            from + place.uniform(0) * (to - from),
        );
        let class = class_at(pick(&specialty.class_cumulative, urgency.uniform(0)));
        let elsewhere = block(Purpose::PlannedMediation);
        let (indicated, waited_before) = self.indication(arrival);
        let since_midnight = i64::from(indicated.0) - i64::from(waited_before.0);
        let (kind, exit_after) = self.list_exit([deterioration, death, withdrawal]);
        let left = exit_after.0.checked_sub(waited_before.0)?;
        let norm = self.model.planned.norm_days[class.idx()];
        let work_up = self.work_up(ready.uniform(0), norm);
        Some(PlannedPatient {
            indicated,
            waited_before,
            hospital: HospitalIdx::at(hospital),
            region: RegionIdx::at(self.region),
            specialty: u8::try_from(self.specialty).unwrap_or(u8::MAX),
            class,
            ready: ready_day(since_midnight + i64::from(work_up)),
            due: norm_day(since_midnight, norm),
            or_time: Minutes(specialty.or_time.table.sample(treatment.uniform(0))),
            ic_stay: Minutes(specialty.ic_stay.table.sample(stay.uniform(0))),
            list_exit: (kind, Minutes(left)),
            mediation_mark: mark(elsewhere.uniform(0), 1_000),
            tie: mark(place.uniform(1), 4_096),
            risk_mark: mark(block(Purpose::PlannedOwnRisk).uniform(0), 1_000),
        })
    }

    /// Moment of indication from day 0 on, and the wait before day 0.
    fn indication(&self, arrival: DayArrival) -> (SimTime, Minutes) {
        let (open, close) = OFFICE_HOURS;
        let span = u16::try_from(close - open).unwrap_or(u16::MAX);
        let minute = i64::from(open) + i64::from(mark(arrival.moment, span));
        let moment = self.day * i64::from(MINUTES_PER_DAY) + minute;
        let time = u32::try_from(moment.max(0)).unwrap_or(u32::MAX);
        let before = u32::try_from(-moment.min(0)).unwrap_or(u32::MAX);
        (SimTime(time), Minutes(before))
    }

    /// Work-up in minutes; short enough that a date can be offered within the norm.
    fn work_up(&self, u: f64, norm_days: u16) -> u32 {
        let latest = norm_days
            .saturating_sub(self.model.planned.offer_days_before_norm)
            .max(1);
        let sampled = self.specialty().work_up.table.sample(u);
        sampled.min(u32::from(latest) * MINUTES_PER_DAY)
    }

    /// The first of three competing exponential clocks, from a block for each: deterioration, death
    /// and withdrawal.
    fn list_exit(&self, blocks: [Block; 3]) -> (ListExit, Minutes) {
        let specialty = self.specialty();
        let clocks = [
            (
                ListExit::Deterioration,
                specialty.mean_days_to_deterioration,
            ),
            (ListExit::Death, specialty.mean_days_to_death),
            (ListExit::Withdrawal, specialty.mean_days_to_withdrawal),
        ];
        clocks
            .into_iter()
            .zip(blocks)
            .map(|((kind, mean_days), block)| {
                let days = -libm::log(1.0 - block.uniform(0)) * mean_days;
                let after = Minutes(clamp_to_u32(days * f64::from(MINUTES_PER_DAY)));
                (kind, after)
            })
            .min_by_key(|(kind, after)| (*after, *kind))
            .unwrap_or((ListExit::Withdrawal, Minutes(u32::MAX)))
    }
}

/// The first whole day after a moment.
fn ready_day(moment: i64) -> Day {
    let day = (moment.max(0) + i64::from(MINUTES_PER_DAY) - 1) / i64::from(MINUTES_PER_DAY);
    Day(u16::try_from(day).unwrap_or(u16::MAX))
}
