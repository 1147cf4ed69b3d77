//! Whole-number tables that follow from a model and that the engine reads: computed once.

use crate::model::Model;
use crate::model::demand::{PlannedDemand, Specialty};
use crate::numeric::clamp_to_u32;
use crate::units::{
    DAYS_PER_WEEK, Day, MINUTES_PER_DAY, Minutes, PerMille, RegionIdx, UrgencyClass,
};

/// Tables for the engine, in the order of the model's hospitals and regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// By hospital.
    pub hospitals: Vec<HospitalTable>,
    /// The region of each hospital: a table small enough to stay at hand.
    pub region_of: Vec<RegionIdx>,
    /// IC beds in normal times, nationally.
    pub regular_beds: u32,
    /// Distance between regions, in tiles: row-major square table.
    pub distance: Vec<u8>,
    /// Part of the IC patients (COVID, acute, planned) expected to leave within a working day.
    pub exits_within_a_day: [PerMille; 3],
    /// Mean IC stay of COVID patients.
    pub mean_covid_ic_stay: Minutes,
    /// Expected IC beds taken by acute patients, nationally, in thousandths.
    pub acute_milli_beds: u32,
    /// Whether each stream of planned patients has teams of its own.
    pub has_own_teams: Vec<bool>,
    /// Usual minutes of these teams in the days that are planned ahead, by hospital and stream.
    pub minutes_ahead: Vec<u32>,
    /// Staff present in normal times; never nought.
    pub normal_presence: PerMille,
    /// Probability that a hospital's daily report does not arrive.
    pub report_missing: PerMille,
    /// Position of each clinic's first team among all teams, and the number of teams at the end.
    pub first_block: Vec<usize>,
    /// Workers of each of these teams, as positions among all workers.
    pub block_workers: Vec<core::ops::Range<u32>>,
    n_regions: usize,
}

/// Days that the program of planned patients can look ahead, and one for today.
pub const DATE_DAYS: usize = 32;
const DAYS_IN_WEEK: usize = DAYS_PER_WEEK as usize;

/// Tables of one hospital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HospitalTable {
    /// Expected acute arrivals per day, in thousandths.
    pub acute_per_day_milli: u32,
    /// Patients without COVID who are expected to leave the IC per day, in thousandths.
    pub step_downs_per_day_milli: u32,
    /// Expected IC beds taken by acute patients, in thousandths.
    pub acute_milli_beds: u32,
    /// Expected IC beds taken by planned patients of classes 2 and 3, in thousandths.
    pub critical_milli_beds: u32,
    /// Expected operations per week of classes 2 and 3 that need the IC, in thousandths.
    pub critical_per_week_milli: u32,
    /// Its critical plannable care per bed, relative to the hospital of its region with most.
    pub critical_intensity: PerMille,
    /// Specialties that it performs, as bits by position in the model.
    pub performs: u32,
    /// Beds that its own nurses staff when none is absent, in thousandths.
    pub workforce_milli: u32,
    /// Its share of the nation's regular IC beds, in millionths.
    pub bed_share: u32,
    /// Places of the IC-dependent program by day, to the last day that planners ever look at.
    pub places: Vec<u8>,
    /// Of these: held for class 2, by days ahead.
    pub held_ahead: [u8; DATE_DAYS],
    /// Own teams of its streams of planned patients, all together, in thousandths.
    pub stream_teams_milli: u32,
    /// Expected operations per weekday without IC of classes 3, 4 and 5, in thousandths.
    pub operations_milli: [u32; 3],
    /// General teams that these take, with their slack, in thousandths.
    pub class_teams_milli: [u32; 3],
    /// Of these: with a ward bed afterwards.
    pub inpatient_operations_milli: [u32; 3],
    /// Planned inpatients whom ward nurses can care for in normal times, in thousandths.
    pub planned_inpatients_milli: u32,
}

impl HospitalTable {
    /// Places of the IC-dependent program from `today` on, by days ahead.
    ///
    /// # Panics
    /// When `today` lies after the study.
    pub fn places_ahead(&self, today: Day) -> &[u8; DATE_DAYS] {
        self.places[today.idx()..]
            .first_chunk()
            .expect("places are known to the last day that planners look at")
    }
}

impl Derived {
    /// Computes the tables of `model`.
    pub fn new(model: &Model) -> Self {
        let regular_beds = model
            .hospitals
            .iter()
            .map(|h| u32::from(h.regular_beds.0))
            .sum();
        let mut hospitals: Vec<_> = (0..model.hospitals.len())
            .map(|h| hospital_table(model, h, regular_beds))
            .collect();
        for region in &model.regions {
            let range = usize::from(region.hospitals.start)..usize::from(region.hospitals.end);
            compare_intensity(&mut hospitals[range]);
        }
        let normal_absence = PerMille::from_fraction(model.staff.absence.normal);
        Self {
            region_of: model.hospitals.iter().map(|h| h.region).collect(),
            regular_beds,
            distance: distances(model),
            exits_within_a_day: exits_within_a_day(model),
            mean_covid_ic_stay: Minutes(clamp_to_u32(model.covid.ic_stay.table.mean_ticks())),
            acute_milli_beds: hospitals.iter().map(|h| h.acute_milli_beds).sum(),
            hospitals,
            has_own_teams: (model.planned.specialties.iter())
                .map(|stream| stream.own_teams.is_some())
                .collect(),
            minutes_ahead: minutes_ahead(model),
            normal_presence: PerMille(1_000 - normal_absence.0.min(999)),
            report_missing: PerMille::from_fraction(model.forecast.missing_report_probability),
            first_block: first_blocks(model),
            block_workers: block_workers(model),
            n_regions: model.regions.len(),
        }
    }

    /// Number of clinic teams from which workers could be lent.
    pub fn n_blocks(&self) -> usize {
        self.first_block.last().copied().unwrap_or(0)
    }

    /// Distance between two regions, in tiles of the map.
    pub fn distance(&self, from: RegionIdx, to: RegionIdx) -> u8 {
        self.distance[from.idx() * self.n_regions + to.idx()]
    }
}

fn minutes_ahead(model: &Model) -> Vec<u32> {
    let weekdays = u32::from(model.planned.planning_lead_days) * 5 / 7;
    let times = model
        .hospitals
        .iter()
        .flat_map(|hospital| &hospital.stream_minutes);
    times.map(|time| weekdays * time.per_day).collect()
}

fn hospital_table(model: &Model, hospital: usize, regular_beds: u32) -> HospitalTable {
    let record = &model.hospitals[hospital];
    let beds = f64::from(record.regular_beds.0);
    let bed_share = if regular_beds == 0 {
        0.0
    } else {
        beds / f64::from(regular_beds)
    };
    let arrivals = &model.acute.daily_arrivals;
    let mean_arrivals = arrivals.iter().sum::<f64>() / arrivals.len().max(1) as f64;
    let acute = mean_arrivals * width(&model.acute.hospital_cumulative, hospital);
    let stay_days = model.acute.stay.days.mean();
    let sessions = f64::from(record.session_share) / 1e6;
    let operations_milli: [u32; 3] = core::array::from_fn(|class| {
        let share = f64::from(record.class_share[class]) / 1e6;
        milli(model.sessions.daily_operations[class] * share)
    });
    HospitalTable {
        acute_per_day_milli: milli(acute),
        step_downs_per_day_milli: milli(
            acute + planned_per_day(&model.planned.specialties, hospital),
        ),
        acute_milli_beds: milli(acute * stay_days),
        critical_milli_beds: milli(critical_beds(&model.planned.specialties, hospital)),
        critical_per_week_milli: milli(critical_per_week(&model.planned.specialties, hospital)),
        critical_intensity: PerMille::ZERO,
        performs: performs(&model.planned.specialties, hospital),
        workforce_milli: (model.staff.workforce).of(u32::from(record.regular_beds.0) * 1_000),
        bed_share: milli(bed_share * 1e3),
        places: places(model, hospital),
        held_ahead: held_ahead(&model.planned, hospital),
        stream_teams_milli: {
            let minutes: u32 = record.stream_minutes.iter().map(|time| time.per_day).sum();
            minutes * 1_000 / model.staff.team_minutes_per_day
        },
        operations_milli,
        class_teams_milli: core::array::from_fn(|class| {
            let minutes =
                u64::from(operations_milli[class]) * u64::from(model.sessions.or_minutes[class]);
            let of_team = u64::from(model.staff.team_minutes_per_day)
                * u64::from(model.sessions.or_use.0.max(1));
            u32::try_from(minutes * 1_000 / of_team.max(1)).unwrap_or(u32::MAX)
        }),
        inpatient_operations_milli: core::array::from_fn(|class| {
            let share = model.sessions.inpatient_permille[class];
            PerMille(share).of(operations_milli[class])
        }),
        planned_inpatients_milli: milli(f64::from(model.staff.ward.planned_inpatients) * sessions),
    }
}

/// Places of a hospital's IC-dependent program by day. In quiet weeks the places from Monday on are
/// rounded together, so that a hospital with one place a day leaves out days and not the whole week.
fn places(model: &Model, hospital: usize) -> Vec<u8> {
    let slots = &model.hospitals[hospital].ic_slots;
    let weeks = &model.sessions.program_by_week;
    let up_to = |weekday: usize, part: PerMille| {
        let all: u32 = slots[..weekday].iter().map(|n| u32::from(*n)).sum();
        (all * part.0 + 500) / 1_000
    };
    let on = |day: usize| {
        let (week, weekday) = (day / DAYS_IN_WEEK, day % DAYS_IN_WEEK);
        let part = weeks.get(week).copied().unwrap_or(PerMille::ONE);
        if weekday >= slots.len() {
            return 0;
        }
        let places = up_to(weekday + 1, part) - up_to(weekday, part);
        u8::try_from(places).unwrap_or(u8::MAX)
    };
    (0..model.study.n_days() + DATE_DAYS).map(on).collect()
}

/// Places that are held for class 2, by days ahead: not on the next days, on which nobody else could
/// take them.
fn held_ahead(planned: &PlannedDemand, hospital: usize) -> [u8; DATE_DAYS] {
    let places = semi_acute_places(&planned.specialties, hospital);
    let next = usize::from(planned.semi_acute_hold_days);
    core::array::from_fn(|ahead| if ahead > next { places } else { 0 })
}

/// Sets each hospital's critical plannable care per bed relative to the one with most.
fn compare_intensity(hospitals: &mut [HospitalTable]) {
    let per_bed = |table: &HospitalTable| {
        u64::from(table.critical_milli_beds) * 1_000_000 / u64::from(table.bed_share.max(1))
    };
    let most = hospitals.iter().map(per_bed).max().unwrap_or(0).max(1);
    for table in hospitals {
        let relative = per_bed(table) * 1_000 / most;
        table.critical_intensity = PerMille(u32::try_from(relative).unwrap_or(1_000));
    }
}

/// Expected operations per week of classes 2 and 3 at `hospital`.
fn critical_per_week(specialties: &[Specialty], hospital: usize) -> f64 {
    let weekly = |specialty: &Specialty| {
        let critical = specialty.class_cumulative[UrgencyClass::KritiekPlanbareZorg.idx()];
        5.0 * specialty.daily_indications
            * width(&specialty.hospital_cumulative, hospital)
            * critical
    };
    specialties.iter().map(weekly).sum()
}

/// Specialties that `hospital` performs, as bits.
fn performs(specialties: &[Specialty], hospital: usize) -> u32 {
    specialties
        .iter()
        .enumerate()
        .filter(|(_, specialty)| width(&specialty.hospital_cumulative, hospital) > 0.0)
        .fold(0, |bits, (position, _)| bits | 1 << position)
}

/// Expected patients of a stream per day, weekends included, at `hospital`.
fn per_day(specialty: &Specialty, hospital: usize) -> f64 {
    let weekdays_per_day = 5.0 / f64::from(DAYS_PER_WEEK);
    specialty.daily_indications * width(&specialty.hospital_cumulative, hospital) * weekdays_per_day
}

/// Expected planned patients per day at `hospital`.
fn planned_per_day(specialties: &[Specialty], hospital: usize) -> f64 {
    let streams = specialties.iter();
    streams.map(|specialty| per_day(specialty, hospital)).sum()
}

/// Expected IC beds of classes 2 and 3 at `hospital`: arrivals times mean stay (Little's law).
fn critical_beds(specialties: &[Specialty], hospital: usize) -> f64 {
    specialties
        .iter()
        .map(|specialty| {
            let critical = specialty.class_cumulative[UrgencyClass::KritiekPlanbareZorg.idx()];
            per_day(specialty, hospital) * critical * specialty.ic_stay.days.mean()
        })
        .sum()
}

/// Expected indications of class 2 per weekday at `hospital`, in whole places.
fn semi_acute_places(specialties: &[Specialty], hospital: usize) -> u8 {
    let daily: f64 = specialties
        .iter()
        .map(|specialty| {
            specialty.daily_indications
                * width(&specialty.hospital_cumulative, hospital)
                * specialty.class_cumulative[UrgencyClass::SemiAcute.idx()]
        })
        .sum();
    u8::try_from(clamp_to_u32(daily.round())).unwrap_or(u8::MAX)
}

/// The share of position `i` in a cumulative distribution.
fn width(cumulative: &[f64], i: usize) -> f64 {
    cumulative[i] - if i == 0 { 0.0 } else { cumulative[i - 1] }
}

fn milli(x: f64) -> u32 {
    clamp_to_u32((x * 1_000.0).round())
}

/// Expected part of COVID, acute and planned IC patients who leave within a day, from the mean
/// residual survival of a stationary stream.
fn exits_within_a_day(model: &Model) -> [PerMille; 3] {
    let planned = mean_of(&model.planned.specialties, |s| {
        s.ic_stay.table.survival(MINUTES_PER_DAY)
    });
    let one_day = |survival_integral: f64, mean: f64| {
        PerMille::from_fraction((survival_integral / mean.max(1e-9)).clamp(0.0, 1.0))
    };
    let within = |survival: &dyn Fn(u32) -> f64| {
        let steps = 24;
        let hours = (0..steps).map(|hour| survival(hour * 60 + 30));
        hours.sum::<f64>() / f64::from(steps)
    };
    [
        one_day(
            within(&|minutes| model.covid.ic_stay_exceeds(minutes)),
            model.covid.ic_stay.days.mean(),
        ),
        one_day(
            within(&|minutes| model.acute.stay.table.survival(minutes)),
            model.acute.stay.days.mean(),
        ),
        PerMille::from_fraction(1.0 - planned),
    ]
}

/// Mean over specialties, weighted by their indications.
fn mean_of(specialties: &[Specialty], value: impl Fn(&Specialty) -> f64) -> f64 {
    let total: f64 = specialties.iter().map(|s| s.daily_indications).sum();
    let sum: f64 = specialties
        .iter()
        .map(|s| s.daily_indications * value(s))
        .sum();
    if total > 0.0 { sum / total } else { 0.0 }
}

fn first_blocks(model: &Model) -> Vec<usize> {
    let sizes = model
        .clinics
        .clinics
        .iter()
        .map(|clinic| usize::from(clinic.n_workers.div_ceil(clinic.workers_per_block.max(1))));
    let mut first = vec![0];
    first.extend(sizes.scan(0, |end, size| {
        *end += size;
        Some(*end)
    }));
    first
}

/// The workers of each clinic team: those of a clinic follow each other, team by team.
fn block_workers(model: &Model) -> Vec<core::ops::Range<u32>> {
    let mut first = 0;
    let mut blocks = Vec::new();
    for clinic in &model.clinics.clinics {
        let end = first + u32::from(clinic.n_workers);
        let size = usize::from(clinic.workers_per_block.max(1));
        let starts = (first..end).step_by(size);
        blocks.extend(
            starts.map(|start| start..end.min(start + u32::from(clinic.workers_per_block))),
        );
        first = end;
    }
    blocks
}

fn distances(model: &Model) -> Vec<u8> {
    let tiles = || model.regions.iter().map(|region| region.tile);
    tiles()
        .flat_map(|from| tiles().map(move |to| from.0.abs_diff(to.0).max(from.1.abs_diff(to.1))))
        .collect()
}
