//! COVID patients: those already in hospital, those who come, and each patient's pathway.

use core::ops::Range;

use crate::model::Model;
use crate::model::demand::{CovidCensus, CovidDemand};
use crate::numeric::clamp_to_u32;
use crate::random::{Block, Keys, Purpose, Stratum};
use crate::units::{HospitalIdx, MINUTES_PER_DAY, Minutes, SimTime};
use crate::world::arrivals::{DayArrival, on_day};
use crate::world::controls::{Control, Controls, Deviation};
use crate::world::covid_patient::{CovidPatient, SecondStay, Whereabouts, remaining, whereabouts};
use crate::world::draws::{mark, pick};
use crate::world::order::{Arrival, ArrivalKind, ArrivalsByDay};
use crate::world::wave::Wave;

/// Draws all COVID patients, and their arrivals, in the order of days and regions.
pub(crate) fn draw(
    model: &Model,
    keys: Keys,
    wave: &Wave,
    arrivals: &mut ArrivalsByDay,
    controls: &mut Controls,
) -> Vec<CovidPatient> {
    let mut drawn = Drawn {
        model,
        keys,
        wave,
        patients: Vec::new(),
    };
    let start = usize::from(model.covid.lookback_days) + usize::from(model.study.burn_in_days);
    let n_days = usize::from(model.covid.lookback_days) + model.study.n_days();
    let end = start + usize::from(model.study.window_days);
    let half = start + usize::from(model.study.window_days) / 2;
    match model.covid.census_at_start {
        Some(census) => drawn.conditioned(start, census, arrivals),
        None => {
            drawn.days(0..start, arrivals);
        }
    }
    let [first, second] = [start..half, half..end].map(|days| drawn.days(days, arrivals));
    drawn.days(end..n_days, arrivals);
    controls.set(Control::CovidIcFirstHalf, first.patients);
    controls.set(Control::CovidIcSecondHalf, second.patients);
    controls.set(Control::CovidStays, first.ranks + second.ranks);
    drawn.patients
}

/// A patient before it is known whether the replication keeps it.
struct Candidate {
    region: usize,
    arrival: i64,
    /// Level relative to the day's rate: below 1 the patient belongs to the stream as it is.
    relative_level: f64,
    /// Mark of the IC stay in its distribution; `None` without IC.
    stay_mark: Option<f64>,
    patient: CovidPatient,
}

struct Drawn<'a> {
    model: &'a Model,
    keys: Keys,
    wave: &'a Wave,
    patients: Vec<CovidPatient>,
}

impl Drawn<'_> {
    /// Draws the patients of `days` as they come, and tells how those who will need the IC deviate from
    /// what is expected of the wave.
    fn days(&mut self, days: Range<usize>, arrivals: &mut ArrivalsByDay) -> Deviation {
        let mut deviation = Deviation::default();
        for day in days {
            for region in 0..self.model.regions.len() {
                let rate = self.wave.at(day, region);
                deviation.patients -= rate * self.model.covid.ic_share[day];
                self.stream(day, region, rate, |drawn, arrival| {
                    let candidate = drawn.candidate(day, region, arrival, rate);
                    if let Some(mark) = candidate.stay_mark {
                        deviation.count(mark);
                    }
                    drawn.keep(&candidate, arrivals);
                });
            }
        }
        deviation
    }

    /// Draws the patients admitted before day `start` given the census on that day.
    ///
    /// With Poisson admissions the patients who are present on a day and those who have left are
    /// independent, and the present ones are, given their number, independent and alike. So the
    /// condition is met exactly by keeping the first ones in keyed order out of a denser stream.
    fn conditioned(&mut self, start: usize, census: CovidCensus, arrivals: &mut ArrivalsByDay) {
        let density = self.model.covid.census_density;
        let mut candidates = Vec::new();
        for day in 0..start {
            for region in 0..self.model.regions.len() {
                let rate = self.wave.at(day, region);
                self.stream(day, region, rate * density, |drawn, arrival| {
                    candidates.push(drawn.candidate(day, region, arrival, rate));
                });
            }
        }
        let moment = i64::from(self.model.study.burn_in_days) * i64::from(MINUTES_PER_DAY);
        let limits = self.limits(&candidates, moment, census);
        for candidate in &candidates {
            let [ic, ward] = limits[candidate.region];
            let bound = match whereabouts(&candidate.patient, moment - candidate.arrival) {
                Whereabouts::Gone => 1.0,
                Whereabouts::Ward => ward,
                Whereabouts::Ic => ic,
            };
            if candidate.relative_level < bound {
                self.keep(candidate, arrivals);
            }
        }
    }

    /// By region: the levels below which patients on the ICU and on the ward are kept. They are those of the
    /// region's own census where it is known, and else the same for all.
    fn limits(&self, candidates: &[Candidate], moment: i64, census: CovidCensus) -> Vec<[f64; 2]> {
        let limit = |candidates: &[&Candidate], census: CovidCensus| {
            [
                nth_level(candidates, moment, Whereabouts::Ic, census.ic),
                nth_level(candidates, moment, Whereabouts::Ward, census.ward),
            ]
        };
        let regional = &self.model.covid.regional_census;
        if regional.is_empty() {
            let all: Vec<&Candidate> = candidates.iter().collect();
            return vec![limit(&all, census); self.model.regions.len()];
        }
        let of_region = |(region, census): (usize, &CovidCensus)| {
            let own = candidates.iter().filter(|one| one.region == region);
            limit(&own.collect::<Vec<_>>(), *census)
        };
        regional.iter().enumerate().map(of_region).collect()
    }

    fn stream(
        &mut self,
        day: usize,
        region: usize,
        rate: f64,
        mut visit: impl FnMut(&mut Self, DayArrival),
    ) {
        let stream = (Purpose::CovidArrival, Stratum::of_region(region));
        let keys = self.keys;
        on_day(keys, stream, to_u32(day), rate, |arrival| {
            visit(self, arrival);
        });
    }

    fn candidate(&self, day: usize, region: usize, arrival: DayArrival, rate: f64) -> Candidate {
        let covid = &self.model.covid;
        let stratum = Stratum::of_region(region);
        let [place, chain, path, ward] = self.keys.blocks_for(
            [
                Purpose::CovidHospital,
                Purpose::CovidChain,
                Purpose::CovidPath,
                Purpose::CovidWardStay,
            ],
            stratum,
            arrival.entity,
        );
        let minute = arrival.moment * f64::from(MINUTES_PER_DAY);
        #[expect(clippy::cast_possible_truncation, reason = "below one day of minutes")]
        let minute = minute as i64;
        let day_start =
            (i64::from(to_u32(day)) - i64::from(covid.lookback_days)) * i64::from(MINUTES_PER_DAY);
        let hospitals = self.model.regions[region].hospitals.clone();
        let cumulative =
            &covid.hospital_cumulative[usize::from(hospitals.start)..usize::from(hospitals.end)];
        let offset = pick(cumulative, place.uniform(0));
        let needs_ic = path.uniform(0) < covid.ic_share[day];
        let ic_blocks = || {
            self.keys.blocks_for(
                [
                    Purpose::CovidOutcome,
                    Purpose::CovidIcStay,
                    Purpose::CovidWardAfterIcStay,
                ],
                stratum,
                arrival.entity,
            )
        };
        let stay_factor = self.wave.stay_factor(day);
        let (pathway, stay_mark) = self.pathway(needs_ic, ward.uniform(0), stay_factor, ic_blocks);
        Candidate {
            region,
            arrival: day_start + minute,
            relative_level: arrival.level / rate,
            stay_mark,
            patient: CovidPatient {
                hospital: HospitalIdx(hospitals.start + u16::try_from(offset).unwrap_or(0)),
                tie: mark(place.uniform(1), 4_096),
                home_mark: mark(chain.uniform(0), 1_000),
                vvt_mark: mark(chain.uniform(1), 1_000),
                readmission: self.readmission(&pathway, stratum, arrival.entity),
                ..pathway
            },
        }
    }

    /// The pathway of a patient whose place is still to be filled in, and the mark of the IC stay. `first`
    /// is the mark of the first ward stay, `stay_factor` is that of the wave's IC stays, and `ic_blocks` draws outcome, IC
    /// stay and the ward stay after it.
    fn pathway(
        &self,
        needs_ic: bool,
        first: f64,
        stay_factor: f64,
        ic_blocks: impl FnOnce() -> [Block; 3],
    ) -> (CovidPatient, Option<f64>) {
        let hospital = HospitalIdx(0);
        let covid = &self.model.covid;
        if !needs_ic {
            let patient = CovidPatient {
                hospital,
                transfer_mark: 999,
                tie: 0,
                home_mark: 0,
                vvt_mark: 0,
                needs_ic,
                survives_ic: true,
                first_ward: Minutes(covid.ward_stay.table.sample(first)),
                ic: Minutes(0),
                second_ward: Minutes(0),
                readmission: None,
            };
            return (patient, None);
        }
        let [outcome, ic, after] = ic_blocks();
        let survives_ic = outcome.uniform(0) < covid.ic_survival;
        let patient = CovidPatient {
            hospital,
            transfer_mark: mark(outcome.uniform(1), 1_000),
            tie: 0,
            home_mark: 0,
            vvt_mark: 0,
            needs_ic,
            survives_ic,
            first_ward: Minutes(covid.ward_before_ic.table.sample(first)),
            ic: ic_stay(covid, survives_ic, stay_factor, ic.uniform(0)),
            second_ward: Minutes(if survives_ic {
                covid.ward_after_ic.table.sample(after.uniform(0))
            } else {
                0
            }),
            readmission: None,
        };
        (patient, Some(ic.uniform(0)))
    }

    /// The return to the IC of a patient with this pathway, if there is one.
    fn readmission(
        &self,
        pathway: &CovidPatient,
        stratum: Stratum,
        entity: u32,
    ) -> Option<SecondStay> {
        let again = self.model.covid.readmission.as_ref();
        let again = again.filter(|_| pathway.needs_ic && pathway.survives_ic)?;
        let purposes = [Purpose::CovidReadmission, Purpose::CovidSecondIcStay];
        let [whether, stay] = self.keys.blocks_for(purposes, stratum, entity);
        (whether.uniform(0) < again.probability).then(|| SecondStay {
            ward: Minutes(again.ward_stay.table.sample(whether.uniform(1))),
            ic: Minutes(again.ic_stay.table.sample(stay.uniform(0))),
        })
    }

    /// Adds a patient, unless the whole pathway lies before day 0.
    fn keep(&mut self, candidate: &Candidate, arrivals: &mut ArrivalsByDay) {
        let Ok(time) = u32::try_from(candidate.arrival.max(0)) else {
            return;
        };
        let elapsed = u32::try_from(-candidate.arrival.min(0)).unwrap_or(u32::MAX);
        let Some(patient) = remaining(candidate.patient, elapsed) else {
            return;
        };
        arrivals.push(Arrival {
            time: SimTime(time),
            kind: ArrivalKind::Covid,
            mark: patient.tie,
            patient: to_u32(self.patients.len()),
        });
        self.patients.push(patient);
    }
}

/// The IC stay at the mark `u`, `factor` times as long as usual.
fn ic_stay(covid: &CovidDemand, survives: bool, factor: f64, u: f64) -> Minutes {
    let of_all = f64::from(covid.ic_stay.table.sample(u));
    let minutes = of_all * covid.ic_stay_factor(survives) * factor;
    Minutes(clamp_to_u32(minutes.round()))
}

/// The level below which exactly `n` candidates are at `place` on `moment`: all of them when there
/// are no more than `n`.
fn nth_level(candidates: &[&Candidate], moment: i64, place: Whereabouts, n: u32) -> f64 {
    let mut levels: Vec<f64> = candidates
        .iter()
        .filter(|one| whereabouts(&one.patient, moment - one.arrival) == place)
        .map(|candidate| candidate.relative_level)
        .collect();
    let n = usize::try_from(n).unwrap_or(usize::MAX);
    if levels.len() <= n {
        return f64::INFINITY;
    }
    levels.sort_unstable_by(f64::total_cmp);
    levels[n]
}

/// Sizes of worlds are bounded far below this when the scenario is checked.
fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
