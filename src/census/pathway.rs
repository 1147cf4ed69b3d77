//! Where COVID patients are, by time since admission.

use crate::census::grid::Grid;
pub use crate::census::route::Place;
use crate::census::route::Route;
use crate::model::demand::CovidDemand;
use crate::random::Distribution;

/// Probabilities of patients' places on a grid of ages: without the IC, or by one of the routes through it.
///
/// Stays are taken in the middle of grid steps, which is exact to second order in the step.
#[derive(Debug, Clone)]
pub struct Pathway {
    steps_per_day: usize,
    /// Still on the ward, of those who never need the IC.
    without_ic: Grid,
    /// Routes of those who need the IC, each with their part of them.
    with_ic: Vec<(f64, Route)>,
}

/// Probabilities that one admission is present at the daily counts that follow it: at the first
/// count after midnight of its day (0), a day later (1), and so on.
#[derive(Debug, Clone, PartialEq)]
pub struct Presence {
    /// By count: probability of being there.
    pub one: Vec<f64>,
    /// By count and a later or equal one, as `both[k][l - k]`: probability of being there at both.
    pub both: Vec<Vec<f64>>,
}

impl Pathway {
    /// The pathway of `covid` for `n_days` after admission, on `steps_per_day` steps.
    pub fn new(covid: &CovidDemand, n_days: usize, steps_per_day: usize) -> Self {
        Self::with_ic_stay(covid, &covid.ic_stay.days, n_days, steps_per_day)
    }

    /// The same when `ic_stay` is the stay in the ICU.
    pub fn with_ic_stay(
        covid: &CovidDemand,
        ic_stay: &Distribution,
        n_days: usize,
        steps_per_day: usize,
    ) -> Self {
        let without_ic = |days| 1.0 - covid.ward_stay.days.cdf(days);
        let before = (Place::Ward, covid.ward_before_ic.days);
        let mut routes = routes_from_ic(covid, ic_stay);
        for (_, stays) in &mut routes {
            stays.insert(0, before);
        }
        Self::of_routes(without_ic, &routes, n_days, steps_per_day)
    }

    /// The pathway of patients of `covid` from the need of the IC on, when `ic_stay` is their stay.
    pub fn from_ic(
        covid: &CovidDemand,
        ic_stay: &Distribution,
        n_days: usize,
        steps_per_day: usize,
    ) -> Self {
        let routes = routes_from_ic(covid, ic_stay);
        Self::of_routes(|_| 0.0, &routes, n_days, steps_per_day)
    }

    fn of_routes(
        without_ic: impl Fn(f64) -> f64,
        routes: &[Taken],
        n_days: usize,
        steps_per_day: usize,
    ) -> Self {
        let n = (n_days + 2) * steps_per_day;
        let step = 1.0 / steps_per_day as f64;
        let route = |(part, stays): &Taken| (*part, Route::new(stays, n, step));
        Self {
            steps_per_day,
            without_ic: Grid::of(n, step, without_ic),
            with_ic: routes.iter().map(route).collect(),
        }
    }

    /// Steps of the grid per day.
    pub const fn steps_per_day(&self) -> usize {
        self.steps_per_day
    }

    /// Probability that a patient who needs the IC with probability `ic_share` is at `place` at the
    /// age of `step` grid steps.
    pub fn at(&self, place: Place, ic_share: f64, step: usize) -> f64 {
        let without_ic = match place {
            Place::Ic => 0.0,
            Place::Ward => self.without_ic.at(step),
        };
        let routes = self.with_ic.iter();
        let with_ic: f64 = routes
            .map(|(part, route)| part * route.at(place, step))
            .sum();
        (1.0 - ic_share) * without_ic + ic_share * with_ic
    }

    /// Probability that a patient who needs the IC with probability `ic_share` is at `first` at the
    /// age of `a` steps and at `then` at the age of `b` steps, `a` at most `b`.
    pub fn at_both(
        &self,
        (first, then): (Place, Place),
        ic_share: f64,
        (a, b): (usize, usize),
    ) -> f64 {
        let without_ic = match (first, then) {
            (Place::Ward, Place::Ward) => self.without_ic.at(b),
            _ => 0.0,
        };
        let routes = self.with_ic.iter();
        let with_ic: f64 = routes
            .map(|(part, route)| part * route.at_both((first, then), (a, b)))
            .sum();
        (1.0 - ic_share) * without_ic + ic_share * with_ic
    }

    /// The chances of being on the ward at the daily counts after admission, for each of two kinds:
    /// patients who never need the IC, and those who do. Admissions are spread evenly over the day,
    /// and the count is `count_step` steps after midnight.
    pub fn ward_presence(&self, n_days: usize, count_step: usize) -> [Presence; 2] {
        [0.0, 1.0].map(|ic_share| {
            let ward = (Place::Ward, Place::Ward);
            self.presence(n_days, count_step, |a, b| {
                self.at_both(ward, ic_share, (a, b))
            })
        })
    }

    /// The chances of being on the IC at the daily counts after admission, of a patient who needs it.
    pub fn ic_presence(&self, n_days: usize, count_step: usize) -> Presence {
        self.presence(n_days, count_step, |a, b| {
            self.at_both((Place::Ic, Place::Ic), 1.0, (a, b))
        })
    }

    fn presence(
        &self,
        n_days: usize,
        count_step: usize,
        both: impl Fn(usize, usize) -> f64,
    ) -> Presence {
        let per_day = self.steps_per_day;
        // Ages at a count of patients who came in the middle of each step of the day.
        let mean = |k: usize, l: usize| -> f64 {
            let comings = (0..per_day).filter_map(|coming| {
                let age = (k * per_day + count_step).checked_sub(coming + 1)?;
                Some(both(age, age + (l - k) * per_day))
            });
            comings.sum::<f64>() / per_day as f64
        };
        Presence {
            one: (0..n_days).map(|k| mean(k, k)).collect(),
            both: (0..n_days)
                .map(|k| (k..n_days).map(|l| mean(k, l)).collect())
                .collect(),
        }
    }
}

/// Stays of those who take a route, and the part of all who do.
type Taken = (f64, Vec<(Place, Distribution)>);

/// The routes from the need of the IC on, when `ic_stay` is the stay on average over all.
fn routes_from_ic(covid: &CovidDemand, ic_stay: &Distribution) -> Vec<Taken> {
    let ic = |survives| (Place::Ic, ic_stay.scaled(covid.ic_stay_factor(survives)));
    let ward = (Place::Ward, covid.ward_after_ic.days);
    let mut routes = vec![
        (1.0 - covid.ic_survival, vec![ic(false)]),
        (covid.ic_survival, vec![ic(true), ward]),
    ];
    if let Some(again) = &covid.readmission {
        routes[1].0 *= 1.0 - again.probability;
        let between = (Place::Ward, again.ward_stay.days);
        let second = (Place::Ic, again.ic_stay.days);
        let part = covid.ic_survival * again.probability;
        routes.push((part, vec![ic(true), between, second, ward]));
    }
    routes
}

impl Presence {
    /// The presence of patients who enter evenly over the day, stay for `stay`, and are counted
    /// `count` (0 to 1) days after midnight.
    pub fn of_stay(stay: &Distribution, n_days: usize, count: f64) -> Self {
        Self::of_survival(|days| 1.0 - stay.cdf(days), n_days, count)
    }

    /// As [`Self::of_stay`], when `survival` is the probability of a stay of more than so many days.
    pub fn of_survival(survival: impl Fn(f64) -> f64, n_days: usize, count: f64) -> Self {
        const COMINGS: u16 = 8;
        // Ages at the count of their own day; negative for a patient who arrives later that day.
        let ages = (0..COMINGS).map(|c| count - (f64::from(c) + 0.5) / f64::from(COMINGS));
        let ages: Vec<f64> = ages.collect();
        let left = |k: usize, ages: &[f64]| -> f64 {
            let left = ages.iter().map(|age| survival(age + k as f64));
            left.sum::<f64>() / f64::from(COMINGS)
        };
        let n_early = ages.partition_point(|age| *age > 0.0);
        let mut presence = Self::lasting((0..n_days).map(|k| left(k, &ages)).collect());
        // Only a patient who arrived before the first count can be present at it.
        let early: Vec<f64> = (0..n_days).map(|k| left(k, &ages[..n_early])).collect();
        if let (Some(one), Some(both)) = (presence.one.first_mut(), presence.both.first_mut()) {
            *one = early[0];
            *both = early;
        }
        presence
    }

    /// The presence of patients who come before their first count and do not come back:
    /// `survival[k]` is the probability of being there at the k-th count.
    pub fn lasting(survival: Vec<f64>) -> Self {
        let both = (0..survival.len())
            .map(|k| survival[k..].to_vec())
            .collect();
        Self {
            one: survival,
            both,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exponential(mean: f64) -> Distribution {
        Distribution::Exponential { mean }
    }

    #[test]
    fn presence_averages_over_the_day_of_admission() {
        let presence = Presence::of_stay(&exponential(10.0), 30, 0.375);
        // The integral of exp(-x/10) over ages from 4.375 - 1 to 4.375, and from 0 to 0.375.
        let between = |from: f64, to: f64| 10.0 * (libm::exp(-from / 10.0) - libm::exp(-to / 10.0));
        let cases = [(4, between(3.375, 4.375)), (0, between(0.0, 0.375))];
        for (k, expected) in cases {
            let found = presence.one[k];
            assert!((found - expected).abs() < 1e-4, "{k}: {found} {expected}");
        }
        let both = presence.both[0][4];
        let expected = between(0.0, 0.375) * libm::exp(-0.4);
        assert!((both - expected).abs() < 1e-4, "{both} {expected}");
        assert_eq!(presence.both[2][3].to_bits(), presence.one[5].to_bits());
    }
}
