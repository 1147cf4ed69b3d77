//! Expected COVID censuses of a model whose wave is the expected one.

use crate::census::pathway::{Pathway, Place};
use crate::model::Model;
use crate::model::demand::CovidCensus;
use crate::units::Day;

/// Steps of the grid per day.
const STEPS: usize = 24;
/// Steps from midnight to the moment at which daily numbers are taken, 09:00.
const MORNING: usize = 9;

/// Expected patients with a bed for everyone, in the morning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// COVID patients on the IC.
    pub ic: f64,
    /// COVID patients on the ward.
    pub ward: f64,
}

/// Computes expected censuses of one model.
#[derive(Debug, Clone)]
pub struct Calculator<'a> {
    model: &'a Model,
    /// Admissions by day from the start of the look-back.
    admissions: Vec<f64>,
    /// Patients at the start of the window over those expected then, on the IC and on the ward; `None` where the
    /// scenario does not give them.
    observed: Option<[f64; 2]>,
    pathway: Pathway,
    /// First day of the window, counted from the start of the look-back.
    start: usize,
}

/// Expected patients of each kind among those admitted before the window, at its start.
#[derive(Debug, Clone, Copy, Default)]
struct Former {
    /// On the IC, and on the ward, at the start.
    ic: f64,
    ward: f64,
    /// Later: by place at the start and place then.
    ic_to_ic: f64,
    ic_to_ward: f64,
    ward_to_ic: f64,
    ward_to_ward: f64,
}

impl<'a> Calculator<'a> {
    /// A calculator for `model`; takes a fraction of a second.
    pub fn new(model: &'a Model) -> Self {
        let covid = &model.covid;
        Self::of(model, covid.daily_admissions.clone(), covid.census_at_start)
    }

    /// The same for patients of one region, who all stay in it. Where only those of the country are known at the
    /// start, the region has its part of them by admissions.
    pub fn of_region(model: &'a Model, region: usize) -> Self {
        let covid = &model.covid;
        let census = covid.regional_census.get(region).copied();
        let mut own = Self::of(model, covid.admissions_of(region), census);
        if census.is_none() {
            own.observed = Self::new(model).observed;
        }
        own
    }

    fn of(model: &'a Model, admissions: Vec<f64>, census: Option<CovidCensus>) -> Self {
        let lookback = usize::from(model.covid.lookback_days);
        let mut calculator = Self {
            model,
            admissions,
            observed: None,
            pathway: Pathway::new(&model.covid, lookback + model.study.n_days(), STEPS),
            start: lookback + model.study.window_start().idx(),
        };
        if let Some(census) = census {
            let former = calculator.former(calculator.start * STEPS);
            calculator.observed = Some([
                share(f64::from(census.ic), former.ic),
                share(f64::from(census.ward), former.ward),
            ]);
        }
        calculator
    }

    /// The expected census in the morning of a day of the window or later. Patients observed at the
    /// start, when the scenario gives them, take the place of those expected.
    pub fn on(&self, day: Day) -> Expected {
        let today = usize::from(self.model.covid.lookback_days) + day.idx();
        let recent = self.admitted(self.start..today + 1, today * STEPS + MORNING);
        let former = match self.observed {
            None => self.admitted(0..self.start, today * STEPS + MORNING),
            Some([ic, ward]) => {
                let former = self.former(today * STEPS + MORNING);
                Expected {
                    ic: ic * former.ic_to_ic + ward * former.ward_to_ic,
                    ward: ic * former.ic_to_ward + ward * former.ward_to_ward,
                }
            }
        };
        Expected {
            ic: recent.ic + former.ic,
            ward: recent.ward + former.ward,
        }
    }

    /// The census at the start of the window (midnight) that admissions before it lead to expect,
    /// whatever was observed.
    pub fn at_start(&self) -> Expected {
        self.admitted(0..self.start, self.start * STEPS)
    }

    /// Those admitted on `days`, at the moment of `now` steps since the start of the look-back.
    fn admitted(&self, days: core::ops::Range<usize>, now: usize) -> Expected {
        let mut expected = Expected { ic: 0.0, ward: 0.0 };
        for day in days {
            let rate = self.admissions[day] / STEPS as f64;
            let ic_share = self.model.covid.ic_share[day];
            let at = |place, age| self.pathway.at(place, ic_share, age);
            // The trapezoid rule over the ages of those who came during the day.
            for coming in (0..STEPS).map(|hour| day * STEPS + hour) {
                let Some(younger) = now.checked_sub(coming + 1) else {
                    break;
                };
                let mean = |place| f64::midpoint(at(place, younger), at(place, younger + 1));
                expected.ic += rate * mean(Place::Ic);
                expected.ward += rate * mean(Place::Ward);
            }
        }
        expected
    }

    /// What becomes of those admitted before the window, at the moment of `now` steps. Taken at the
    /// middle of four-hour blocks of admission: a smooth function of age.
    fn former(&self, now: usize) -> Former {
        const BLOCK: usize = 4;
        let mut sum = Former::default();
        let later = now - self.start * STEPS;
        for day in 0..self.start {
            let rate = self.admissions[day] * BLOCK as f64 / STEPS as f64;
            let ic_share = self.model.covid.ic_share[day];
            for middle in (BLOCK / 2..STEPS).step_by(BLOCK) {
                let a = (self.start - day) * STEPS - middle;
                let one = |place| rate * self.pathway.at(place, ic_share, a);
                let two = |first, then| {
                    let ages = (a, a + later);
                    rate * self.pathway.at_both((first, then), ic_share, ages)
                };
                sum.ic += one(Place::Ic);
                sum.ward += one(Place::Ward);
                sum.ic_to_ic += two(Place::Ic, Place::Ic);
                sum.ic_to_ward += two(Place::Ic, Place::Ward);
                sum.ward_to_ic += two(Place::Ward, Place::Ic);
                sum.ward_to_ward += two(Place::Ward, Place::Ward);
            }
        }
        sum
    }
}

/// `part` over `whole`; zero when `whole` is zero.
fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
