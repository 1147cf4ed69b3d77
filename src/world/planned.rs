//! IC-dependent planned patients: indication, what their treatment takes, and what could end the
//! wait.

use crate::model::Model;
use crate::model::demand::Specialty;
use crate::numeric::clamp_to_u32;
use crate::random::{Block, Keys, Purpose, Stratum};
use crate::units::{Day, HospitalIdx, MINUTES_PER_DAY, Minutes, RegionIdx, SimTime, UrgencyClass};
use crate::world::arrivals::{DayArrival, on_day};
use crate::world::catchment::Catchment;
use crate::world::controls::{Control, Controls};
use crate::world::draws::{mark, pick};
use crate::world::order::{Arrival, ArrivalKind, ArrivalsByDay};

/// First and last minute of a day in which indications are made.
const OFFICE_HOURS: (u32, u32) = (9 * 60, 17 * 60);

/// An IC-dependent planned patient with everything that could happen to the patient: in one cache line,
/// since patients are looked up one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(align(64))]
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
    /// When a patient of class 4 becomes class 3, if the wait lasts so long.
    pub reclassification: Option<Reclassification>,
    /// Keyed mark below 1 000: the patient accepts an offer elsewhere when it is below a
    /// probability.
    pub mediation_mark: u16,
    /// Keyed mark below 4 096 that orders events of patients in one minute.
    pub tie: u16,
    /// Keyed mark below 1 000 of the patient's own risk: low marks carry the highest risk.
    pub risk_mark: u16,
}

/// A patient of class 4 becomes class 3 while waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reclassification {
    /// How long after `indicated`.
    pub after: Minutes,
    /// Last day on which treatment is within the norm of class 3, counted from then.
    pub due: Day,
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
pub(crate) fn draw(
    model: &Model,
    keys: Keys,
    arrivals: &mut ArrivalsByDay,
    controls: &mut Controls,
) -> Vec<PlannedPatient> {
    let streams = Stream::all(model, keys);
    let mut patients = Vec::new();
    let initial = i64::from(model.planned.initial_list_days);
    let n_days = i64::try_from(model.study.n_days()).unwrap_or(0);
    for day in (-initial..n_days).filter(|day| day.rem_euclid(7) < 5) {
        for stream in &streams {
            stream.draw(day, &mut patients, arrivals);
        }
    }
    controls.set(Control::Cohort, cohort(model, &patients));
    patients
}

/// Class 3 patients indicated in the window, beyond those who are expected.
fn cohort(model: &Model, patients: &[PlannedPatient]) -> f64 {
    let critical = UrgencyClass::KritiekPlanbareZorg;
    let window = model.study.window_start()..model.study.window_end();
    let daily = |specialty: &Specialty| {
        let up_to = &specialty.class_cumulative[..=critical.idx()];
        let before = up_to.iter().rev().nth(1).copied();
        specialty.daily_indications * (up_to[critical.idx()] - before.unwrap_or_default())
    };
    let weekdays = (window.start.0..window.end.0).filter(|day| model.study.is_weekday(Day(*day)));
    let expected: f64 = model.planned.specialties.iter().map(daily).sum();
    let is_in = |patient: &&PlannedPatient| {
        patient.class == critical && window.contains(&patient.indicated.day())
    };
    patients.iter().filter(is_in).count() as f64 - weekdays.count() as f64 * expected
}

/// The indications of one specialty in one region.
struct Stream<'a> {
    model: &'a Model,
    keys: Keys,
    specialty: &'a Specialty,
    catchment: Catchment<'a>,
    stratum: Stratum,
    /// Positions of specialty and region in the model.
    positions: (u8, RegionIdx),
}

impl<'a> Stream<'a> {
    /// All streams, specialty by specialty and by region within each.
    fn all(model: &'a Model, keys: Keys) -> Vec<Self> {
        let specialties = (0..).zip(&model.planned.specialties);
        specialties
            .flat_map(|(position, specialty)| {
                let catchments = Catchment::all(model, &specialty.hospital_cumulative);
                let regions = catchments.into_iter().enumerate();
                regions.map(move |(region, catchment)| Self {
                    model,
                    keys,
                    specialty,
                    catchment,
                    stratum: Stratum::of_region(region).with_class(usize::from(position)),
                    positions: (position, RegionIdx::at(region)),
                })
            })
            .collect()
    }

    /// Draws the patients who are indicated on `day`; those before day 0 are on the initial list.
    fn draw(&self, day: i64, patients: &mut Vec<PlannedPatient>, arrivals: &mut ArrivalsByDay) {
        let rate = self.specialty.daily_indications * self.catchment.share;
        let since_first = day + i64::from(self.model.planned.initial_list_days);
        on_day(
            self.keys,
            (Purpose::PlannedArrival, self.stratum),
            u32::try_from(since_first).unwrap_or(0),
            rate,
            |arrival| {
                if let Some(patient) = self.patient(day, arrival) {
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

    /// The patient; `None` when the wait had ended before day 0.
    fn patient(&self, day: i64, arrival: DayArrival) -> Option<PlannedPatient> {
        let specialty = self.specialty;
        let [
            place,
            urgency,
            treatment,
            stay,
            deterioration,
            death,
            withdrawal,
            ready,
            mediation,
            risk,
        ] = self.keys.blocks_for(
            [
                Purpose::PlannedHospital,
                Purpose::PlannedClass,
                Purpose::PlannedOrTime,
                Purpose::PlannedIcStay,
                Purpose::PlannedDeterioration,
                Purpose::PlannedDeath,
                Purpose::PlannedWithdrawal,
                Purpose::PlannedReady,
                Purpose::PlannedMediation,
                Purpose::PlannedOwnRisk,
            ],
            self.stratum,
            arrival.entity,
        );
        let class = UrgencyClass::PLANNED[pick(&specialty.class_cumulative, urgency.uniform(0))];
        let (indicated, waited_before) = indication(day, arrival.moment);
        let since_midnight = i64::from(indicated.0) - i64::from(waited_before.0);
        let (kind, exit_after) = self.list_exit([deterioration, death, withdrawal]);
        let left = exit_after.0.checked_sub(waited_before.0)?;
        let norm = self.model.planned.norm_days[class.idx()];
        let work_up = self.work_up(ready.uniform(0), norm);
        Some(PlannedPatient {
            indicated,
            waited_before,
            hospital: self.catchment.hospital(place.uniform(0)),
            region: self.positions.1,
            specialty: self.positions.0,
            class,
            ready: ready_day(since_midnight + i64::from(work_up)),
            due: norm_day(since_midnight, norm),
            or_time: Minutes(specialty.or_time.table.sample(treatment.uniform(0))),
            ic_stay: Minutes(specialty.ic_stay.table.sample(stay.uniform(0))),
            list_exit: (kind, Minutes(left)),
            reclassification: self.reclassification(
                class,
                arrival.entity,
                since_midnight,
                waited_before,
            ),
            mediation_mark: mark(mediation.uniform(0), 1_000),
            tie: mark(place.uniform(1), 4_096),
            risk_mark: mark(risk.uniform(0), 1_000),
        })
    }

    /// When a patient of `class` who was indicated at minute `indicated` of the study, and had waited some time
    /// when it began, becomes class 3.
    fn reclassification(
        &self,
        class: UrgencyClass,
        entity: u32,
        indicated: i64,
        waited_before: Minutes,
    ) -> Option<Reclassification> {
        let mean_days = self.specialty.mean_days_to_reclassification;
        if class != UrgencyClass::Plannable || mean_days.is_infinite() {
            return None;
        }
        let block = (self.keys).block(Purpose::PlannedReclassification, self.stratum, entity, 0);
        let after = exponential(mean_days, block);
        let norm = self.model.planned.norm_of_critical_care();
        Some(Reclassification {
            after: Minutes(after.0.saturating_sub(waited_before.0)),
            due: norm_day(indicated + i64::from(after.0), norm),
        })
    }

    /// Work-up in minutes; short enough that a date can be offered within the norm.
    fn work_up(&self, u: f64, norm_days: u16) -> u32 {
        let latest = norm_days
            .saturating_sub(self.model.planned.offer_days_before_norm)
            .max(1);
        let sampled = self.specialty.work_up.table.sample(u);
        sampled.min(u32::from(latest) * MINUTES_PER_DAY)
    }

    /// The first of three competing exponential clocks, from a block for each: deterioration, death
    /// and withdrawal.
    fn list_exit(&self, blocks: [Block; 3]) -> (ListExit, Minutes) {
        let specialty = self.specialty;
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
            .map(|((kind, mean_days), block)| (kind, exponential(mean_days, block)))
            .min_by_key(|(kind, after)| (*after, *kind))
            .unwrap_or((ListExit::Withdrawal, Minutes(u32::MAX)))
    }
}

/// A time without memory with this mean.
fn exponential(mean_days: f64, block: Block) -> Minutes {
    let days = -libm::log(1.0 - block.uniform(0)) * mean_days;
    Minutes(clamp_to_u32(days * f64::from(MINUTES_PER_DAY)))
}

/// Moment of indication from day 0 on, and the wait before day 0, of a patient indicated on `day` at
/// `moment` in (0, 1) of the office hours.
fn indication(day: i64, moment: f64) -> (SimTime, Minutes) {
    let (open, close) = OFFICE_HOURS;
    let span = u16::try_from(close - open).unwrap_or(u16::MAX);
    let minute = i64::from(open) + i64::from(mark(moment, span));
    let moment = day * i64::from(MINUTES_PER_DAY) + minute;
    let time = u32::try_from(moment.max(0)).unwrap_or(u32::MAX);
    let before = u32::try_from(-moment.min(0)).unwrap_or(u32::MAX);
    (SimTime(time), Minutes(before))
}

/// The first whole day after a moment.
fn ready_day(moment: i64) -> Day {
    let day = (moment.max(0) + i64::from(MINUTES_PER_DAY) - 1) / i64::from(MINUTES_PER_DAY);
    Day(u16::try_from(day).unwrap_or(u16::MAX))
}

/// The day on which a wait that began `waited` before day 0's midnight plus `at` reaches
/// `norm_days`; the first day when that lies before it.
fn norm_day(indicated: i64, norm_days: u16) -> Day {
    let minutes = indicated + i64::from(norm_days) * i64::from(MINUTES_PER_DAY);
    let day = minutes.max(0) / i64::from(MINUTES_PER_DAY);
    Day(u16::try_from(day).unwrap_or(u16::MAX))
}
