//! Staff absence, forecast errors, and the marks that decide whether parties act.

use crate::model::Model;
use crate::model::staff::Absence;
use crate::numeric::{Tail, normal};
use crate::random::{Keys, Purpose, Stratum};
use crate::units::{Day, HospitalIdx, PerMille, RegionIdx, millionths};
use crate::world::draws::{autoregression, keyed_normal, mark};
use crate::world::wave::Wave;

/// First agent number of a second series of marks for one purpose: more than there are hospitals.
const SECOND_AGENTS: usize = 1 << 12;

/// Absence of hospital staff by hospital and day, in thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceTable {
    /// Day by day, since a day's events ask for all hospitals.
    permille: Vec<u16>,
    n_hospitals: usize,
}

impl AbsenceTable {
    /// Absence at `hospital` on `day`.
    pub fn at(&self, hospital: HospitalIdx, day: Day) -> PerMille {
        PerMille(u32::from(
            self.permille[day.idx() * self.n_hospitals + hospital.idx()],
        ))
    }

    /// Draws absence with the wave and without it: a common part that follows the wave of the week
    /// before, and each hospital's own deviation, which is the same in both.
    pub(super) fn draw(model: &Model, keys: Keys, wave: &Wave) -> [Self; 2] {
        let n_days = model.study.n_days();
        let absence = &model.staff.absence;
        let common = |admissions: f64| {
            absence.normal + absence.per_thousand_weekly_admissions * admissions / 1_000.0
        };
        let with_wave: Vec<f64> = (0..n_days)
            .map(|day| common(wave.week_before(day)))
            .collect();
        let without_wave = common(0.0);
        let n_hospitals = model.hospitals.len();
        let mut tables = [(); 2].map(|()| vec![0; n_hospitals * n_days]);
        for hospital in 0..n_hospitals {
            let days = with_wave.iter().zip(deviations(absence, keys, hospital));
            for (day, (with_wave, own)) in days.enumerate() {
                let position = day * n_hospitals + hospital;
                tables[0][position] = absent_permille(absence, with_wave + own);
                tables[1][position] = absent_permille(absence, without_wave + own);
            }
        }
        tables.map(|permille| Self {
            permille,
            n_hospitals,
        })
    }
}

/// A hospital's own deviation from the common absence, by day (first-order autoregression).
fn deviations(absence: &Absence, keys: Keys, hospital: usize) -> impl Iterator<Item = f64> {
    let sd = absence.sd;
    let marks = uniforms(keys, Purpose::StaffAbsence, hospital);
    let draws = marks.map(|u| normal::quantile(Tail::Lower(u)));
    autoregression(absence.rho, draws).map(move |deviation| sd * deviation)
}

fn absent_permille(absence: &Absence, share: f64) -> u16 {
    let share = share.clamp(0.0, absence.maximum);
    u16::try_from(PerMille::from_fraction(share).0).unwrap_or(1_000)
}

/// Uniform numbers keyed by a hospital (or another agent), one for each day or week.
fn uniforms(keys: Keys, purpose: Purpose, agent: usize) -> impl Iterator<Item = f64> {
    let first = u32::try_from(agent << 16).unwrap_or(u32::MAX);
    (first..)
        .step_by(4)
        .flat_map(move |entity| keys.blocks_from(purpose, Stratum::NATIONAL, entity))
        .map(|block| block.uniform(0))
}

/// Errors of the LCPS forecaster: the relative error per day ahead, in millionths, for each region
/// and for the nation, by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastError {
    regional: Vec<i32>,
    national: Vec<i32>,
}

impl ForecastError {
    /// Relative error per day ahead, in millionths, of a regional forecast made on `day`.
    pub fn regional(&self, region: RegionIdx, day: Day) -> i32 {
        self.regional[region.idx() * self.national.len() + day.idx()]
    }

    /// Relative error per day ahead, in millionths, of the national forecast made on `day`.
    pub fn national(&self, day: Day) -> i32 {
        self.national[day.idx()]
    }

    pub(crate) fn draw(model: &Model, keys: Keys) -> Self {
        let n_days = model.study.n_days();
        let forecast = &model.forecast;
        let series = |stratum: Stratum, sd: f64| {
            let draws =
                (0..).map(move |day| keyed_normal(keys, Purpose::ForecastNoise, stratum, day));
            let errors = autoregression(forecast.rho, draws).take(n_days);
            errors.map(move |error| millionths(error * sd))
        };
        let regional = (0..model.regions.len())
            .flat_map(|region| series(Stratum::of_region(region), forecast.regional_sd_log_per_day))
            .collect();
        let national = series(Stratum::NATIONAL, forecast.national_sd_log_per_day).collect();
        Self { regional, national }
    }
}

/// Keyed marks, uniform and below 1 000 unless said otherwise: a party acts when its mark is below a probability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    /// By hospital: compliance with agreements.
    pub compliance: Vec<u16>,
    /// By region and week, region-major: whether the weekly meeting reaches agreement.
    pub agreement: Vec<u16>,
    /// By hospital and week, hospital-major: whether the hospital signs a joint loan request.
    pub signature: Vec<u16>,
    /// By region: compliance with what is asked of the region as a whole.
    pub region_compliance: Vec<u16>,
    /// By region and week, region-major: whether a meeting that the chair calls reaches agreement.
    pub called_meeting: Vec<u16>,
    /// By region and week, region-major: whether a request for staff is complete.
    pub complete_request: Vec<u16>,
    /// By hospital and day, hospital-major: whether the day's report arrives.
    pub report: Vec<u16>,
    /// By hospital: whether it is willing to stop classes 4 and 5 when told to, and how late it is.
    pub stop: Vec<[u16; 2]>,
    /// By hospital, and by region: who goes first among equals. Below 65 000.
    pub order: [Vec<u16>; 2],
}

/// Who of `agents` goes first among equals.
fn orders(keys: Keys, agents: core::ops::Range<usize>) -> Vec<u16> {
    let first = |agent| uniforms(keys, Purpose::TieMark, agent).next();
    agents
        .map(|agent| first(agent).map_or(0, |u| mark(u, 65_000)))
        .collect()
}

/// Draws the marks of hospitals and regions.
pub(crate) fn draw_marks(model: &Model, keys: Keys) -> Marks {
    let n_weeks = model.study.n_weeks();
    let of_agents = |purpose, agents: core::ops::Range<usize>, n_moments: usize| {
        agents
            .flat_map(|agent| uniforms(keys, purpose, agent).take(n_moments))
            .map(|u| mark(u, 1_000))
            .collect()
    };
    let marks = |purpose, n_agents, n_moments| of_agents(purpose, 0..n_agents, n_moments);
    // A called meeting and a region's compliance take agent numbers past those of the weekly meeting
    // and of the hospitals.
    let shifted = |purpose, first, n_moments| {
        of_agents(purpose, first..first + model.regions.len(), n_moments)
    };
    Marks {
        region_compliance: shifted(Purpose::HospitalCompliance, SECOND_AGENTS, 1),
        called_meeting: shifted(Purpose::AgreementReached, SECOND_AGENTS, n_weeks),
        complete_request: marks(Purpose::SpecificationQuality, model.regions.len(), n_weeks),
        report: marks(
            Purpose::ReportMissing,
            model.hospitals.len(),
            model.study.n_days(),
        ),
        stop: (0..model.hospitals.len())
            .map(|hospital| {
                let mut marks = uniforms(keys, Purpose::HospitalStop, hospital);
                [(); 2].map(|()| marks.next().map_or(0, |u| mark(u, 1_000)))
            })
            .collect(),
        order: [
            orders(keys, 0..model.hospitals.len()),
            orders(keys, SECOND_AGENTS..SECOND_AGENTS + model.regions.len()),
        ],
        compliance: marks(Purpose::HospitalCompliance, model.hospitals.len(), 1),
        agreement: marks(Purpose::AgreementReached, model.regions.len(), n_weeks),
        signature: marks(Purpose::LoanSignature, model.hospitals.len(), n_weeks),
    }
}
