//! Closed forms and exact numerical solutions of queueing systems.

use crate::numeric::poisson::pmf;
use crate::numeric::{gamma, normal};
use crate::random::Distribution;

/// Erlang's loss probability of `servers` offered `load` (Erlang 1917), by its recursion.
pub fn erlang_b(servers: u32, load: f64) -> f64 {
    (1..=servers).fold(1.0, |b, k| load * b / (f64::from(k) + load * b))
}

/// Erlang's delay probability of an M/M/c queue (Erlang 1917); `load` is below `servers`.
pub fn erlang_c(servers: u32, load: f64) -> f64 {
    let b = erlang_b(servers, load);
    b / (1.0 - load / f64::from(servers) * (1.0 - b))
}

/// Mean wait by class in an M/M/c queue with non-preemptive priority, unit service rate, most urgent
/// class first (Cobham 1954; Kella and Yechiali 1985). One class gives the FIFO queue.
pub fn priority_waits(servers: u32, rates: &[f64]) -> Vec<f64> {
    let c = f64::from(servers);
    let delayed = erlang_c(servers, rates.iter().sum());
    let mut before = 0.0;
    rates
        .iter()
        .map(|rate| {
            let after = before + rate / c;
            let wait = delayed / c / ((1.0 - before) * (1.0 - after));
            before = after;
            wait
        })
        .collect()
}

/// Mean wait for one server with arrivals at `rate` and services of the given mean and mean square
/// (Pollaczek 1930, Khinchine 1932); `rate` times the mean is below 1.
pub fn wait_of_one_server(rate: f64, mean: f64, square: f64) -> f64 {
    rate * square / (2.0 * (1.0 - rate * mean))
}

/// By number of patients today, up to `most`: probabilities of tomorrow's number, when patients arrive
/// at `rate` per day and stay an exponential time of mean `stay` days. Each patient of today is still
/// present with the same probability, and the number of new ones is Poisson; `most` stands for itself
/// and all larger numbers.
pub fn census_after_a_day(rate: f64, stay: f64, most: usize) -> Vec<Vec<f64>> {
    let stays = libm::exp(-1.0 / stay);
    let came: Vec<f64> = (0..)
        .take(most + 1)
        .map(|n| pmf(n, rate * stay * (1.0 - stays)))
        .collect();
    let mut left = vec![1.0];
    let mut rows = Vec::with_capacity(most + 1);
    for _ in 0..=most {
        let mut row = vec![0.0; most + 1];
        for (n, p) in left.iter().enumerate() {
            for (m, q) in came.iter().enumerate() {
                row[(n + m).min(most)] += p * q;
            }
        }
        rows.push(row);
        left = with_one_more(&left, stays);
    }
    rows
}

/// The distribution of a number of events after one more trial with the given probability.
fn with_one_more(law: &[f64], chance: f64) -> Vec<f64> {
    let mut next = vec![0.0; law.len() + 1];
    for (n, p) in law.iter().enumerate() {
        next[n] += p * (1.0 - chance);
        next[n + 1] += p * chance;
    }
    next
}

/// Expected part of the first `x` days that a patient is present: `∫₀ˣ P(stay > u) du`, in days.
pub fn time_present(stay: &Distribution, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let left = |below: f64| x * (1.0 - stay.cdf(x)) + below;
    match *stay {
        Distribution::Deterministic { value } => x.min(value),
        Distribution::Exponential { mean } => mean * stay.cdf(x),
        Distribution::Gamma { mean, shape } => {
            left(mean * gamma::lower_regularized(shape + 1.0, x * shape / mean))
        }
        Distribution::LogNormal { median, sigma } => {
            left(stay.mean() * normal::cdf(libm::log(x / median) / sigma - sigma))
        }
        Distribution::Weibull { mean, shape } => {
            let scale = mean / libm::tgamma(1.0 + 1.0 / shape);
            mean * gamma::lower_regularized(1.0 / shape, libm::pow(x / scale, shape))
        }
        Distribution::Uniform { .. } | Distribution::Triangular { .. } => by_steps(stay, x),
    }
}

/// The midpoint rule, for distributions with a bounded support.
fn by_steps(stay: &Distribution, x: f64) -> f64 {
    const STEPS: u32 = 20_000;
    let step = x / f64::from(STEPS);
    let survival = |n: u32| 1.0 - stay.cdf((f64::from(n) + 0.5) * step);
    (0..STEPS).map(survival).sum::<f64>() * step
}

/// Mean census at `t` days of a hospital with beds for everyone that starts empty, when `rates[d]`
/// patients are expected on day d (Eick, Massey and Whitt 1993, for piecewise constant rates).
pub fn census_mean(rates: &[f64], stay: &Distribution, t: f64) -> f64 {
    rates
        .iter()
        .enumerate()
        .map(|(day, rate)| {
            let since = t - day as f64;
            rate * (time_present(stay, since) - time_present(stay, since - 1.0))
        })
        .sum()
}

/// A birth-death process on 0, 1, ..., with rates per day; a birth from the last state leads out.
#[derive(Debug, Clone, PartialEq)]
pub struct BirthDeath {
    /// By state: rate of births.
    pub births: Vec<f64>,
    /// By state: rate of deaths.
    pub deaths: Vec<f64>,
    /// Whether a birth in the last state is lost (loss system) or ends the process (first passage).
    pub stays_at_end: bool,
}

impl BirthDeath {
    /// Arrivals at `rate`, stays of mean `mean_days`, states up to `last`.
    pub fn census(rate: f64, mean_days: f64, last: u32, stays_at_end: bool) -> Self {
        Self {
            births: vec![rate; last as usize + 1],
            deaths: (0..=last).map(|n| f64::from(n) / mean_days).collect(),
            stays_at_end,
        }
    }

    /// A queue for `servers` with arrivals at `rate` and services of mean `mean_days`, in which up to
    /// `last` are waiting or served; `last` is so large that it is practically never reached.
    pub fn queue(rate: f64, mean_days: f64, servers: u32, last: u32) -> Self {
        let mut queue = Self::census(rate, mean_days, last, true);
        let busy = f64::from(servers) / mean_days;
        queue
            .deaths
            .iter_mut()
            .for_each(|death| *death = death.min(busy));
        queue
    }

    /// State probabilities after `days` from `start`, and the expected days spent in the last state:
    /// Kolmogorov's forward equations by the classical Runge-Kutta method, steps of a hundredth of
    /// a day or less.
    pub fn after(&self, start: &[f64], days: f64) -> (Vec<f64>, f64) {
        let n_steps = crate::numeric::clamp_to_u32((days * 100.0).ceil()).max(1);
        let step = days / f64::from(n_steps);
        let (mut p, mut in_last) = (start.to_vec(), 0.0);
        let last = start.len() - 1;
        for _ in 0..n_steps {
            let k1 = self.slope(&p);
            let k2 = self.slope(&moved(&p, &k1, step / 2.0));
            let middle = moved(&p, &k2, step / 2.0);
            let k3 = self.slope(&middle);
            let end = moved(&p, &k3, step);
            let k4 = self.slope(&end);
            let before = p[last];
            for n in 0..p.len() {
                p[n] += step / 6.0 * (k1[n] + 2.0 * k2[n] + 2.0 * k3[n] + k4[n]);
            }
            in_last += step / 6.0 * (before + 4.0 * middle[last] + p[last]);
        }
        (p, in_last)
    }

    fn slope(&self, p: &[f64]) -> Vec<f64> {
        let last = p.len() - 1;
        (0..p.len())
            .map(|n| {
                let leaves = n < last || !self.stays_at_end;
                let out = self.deaths[n] + if leaves { self.births[n] } else { 0.0 };
                let from_below = if n > 0 {
                    p[n - 1] * self.births[n - 1]
                } else {
                    0.0
                };
                let from_above = if n < last {
                    p[n + 1] * self.deaths[n + 1]
                } else {
                    0.0
                };
                from_below + from_above - p[n] * out
            })
            .collect()
    }
}

fn moved(p: &[f64], slope: &[f64], step: f64) -> Vec<f64> {
    p.iter().zip(slope).map(|(p, k)| p + step * k).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, published: f64, tolerance: f64) {
        assert!(
            (found - published).abs() < tolerance,
            "{found} instead of {published}"
        );
    }

    #[test]
    fn loss_and_delay_probabilities_are_the_published_ones() {
        close(erlang_b(10, 8.0), 0.121_661_064, 1e-9);
        close(erlang_b(100, 90.0), 0.026_957_380_5, 1e-9);
        close(erlang_c(5, 4.0), 0.554_112_554, 1e-9);
        close(erlang_c(20, 18.0), 0.550_769_005, 1e-9);
        close(priority_waits(20, &[18.0])[0], 0.275_384_502, 1e-9);
    }

    #[test]
    fn half_a_deviation_spare_gives_nearly_the_limit_of_halfin_and_whitt() {
        let limit = 0.504_538_641;
        for (servers, exact) in [
            (20_u32, 0.529_841_740_6),
            (100, 0.515_980_791_8),
            (1_600, 0.507_418_163_2),
        ] {
            // The load of which `load + sqrt(load) / 2` is the number of servers.
            let root = (0.25 + 4.0 * f64::from(servers)).sqrt() / 2.0 - 0.25;
            let found = erlang_c(servers, root * root);
            close(found, exact, 1e-9);
            assert!(
                found > limit,
                "{servers} servers: the limit is reached from above"
            );
        }
    }

    #[test]
    fn one_server_waits_as_an_exponential_queue_and_as_half_of_it_for_fixed_services() {
        close(wait_of_one_server(0.9, 1.0, 2.0), 9.0, 1e-12);
        close(wait_of_one_server(0.9, 1.0, 1.0), 4.5, 1e-12);
    }

    #[test]
    fn a_queue_from_empty_fills_as_published() {
        let mut empty = vec![0.0; 121];
        empty[0] = 1.0;
        for (rate, time, published) in [(0.5, 5.0, 0.751_083_281_7), (0.9, 20.0, 3.519_709_610_9)] {
            let (p, _) = BirthDeath::queue(rate, 1.0, 1, 120).after(&empty, time);
            let mean: f64 = (0..).zip(&p).map(|(n, p)| f64::from(n) * p).sum();
            close(mean, published, 1e-6);
        }
    }

    #[test]
    fn a_growing_census_depends_on_the_law_of_stays_as_published() {
        let growth = 0.1;
        let rates: Vec<f64> = (-400_i32..0)
            .map(|day| libm::exp(growth * f64::from(day)) * libm::expm1(growth) / growth)
            .collect();
        let stays = [
            (Distribution::Exponential { mean: 12.0 }, 5.454_545_454_5),
            (Distribution::Deterministic { value: 12.0 }, 6.988_057_880_9),
            (Distribution::gamma(12.0, 2.0), 6.093_75),
        ];
        for (stay, published) in stays {
            close(census_mean(&rates, &stay, 400.0), published, 0.01);
        }
    }

    #[test]
    fn tomorrows_census_is_a_law_with_the_right_mean() {
        let rows = census_after_a_day(0.5, 10.0, 40);
        for (n, row) in rows.iter().enumerate().take(15) {
            let total: f64 = row.iter().sum();
            close(total, 1.0, 1e-12);
            let mean: f64 = row.iter().enumerate().map(|(n, p)| n as f64 * p).sum();
            let left = libm::exp(-0.1);
            close(mean, n as f64 * left + 5.0 * (1.0 - left), 1e-9);
        }
    }

    #[test]
    fn priority_waits_are_the_published_ones() {
        let waits = priority_waits(4, &[1.5, 1.5]);
        close(waits[0], 0.203_773_584_9, 1e-9);
        close(waits[1], 0.815_094_339_6, 1e-9);
        let waits = priority_waits(20, &[6.0, 4.0, 8.0]);
        close(waits[2], 0.550_769_004_8, 1e-9);
    }

    #[test]
    fn the_census_from_empty_is_the_published_one_for_every_stay() {
        let stays = [
            (Distribution::Exponential { mean: 12.0 }, 13.258_945_626_9),
            (Distribution::Deterministic { value: 12.0 }, 17.5),
            (Distribution::gamma(12.0, 2.0), 15.208_346_864_1),
            (
                Distribution::log_normal(libm::exp(2.138_333_059_5), 0.832_554_611_2),
                14.661_453_138_6,
            ),
            (Distribution::weibull(12.0, 0.8), 11.978_014_789_1),
        ];
        for (stay, published) in stays {
            close(2.5 * time_present(&stay, 7.0), published, 1e-7);
            close(census_mean(&[2.5; 7], &stay, 7.0), published, 1e-7);
        }
    }

    #[test]
    fn a_sine_wave_by_days_is_near_the_published_census() {
        let rate = |quarter: u32| {
            let angle = 2.0 * core::f64::consts::PI * f64::from(quarter) / 8.0 / 84.0;
            2.5 * (1.0 + 0.6 * libm::sin(angle))
        };
        let rates: Vec<f64> = (0..28).map(|day| rate(8 * day + 4)).collect();
        let stay = Distribution::Exponential { mean: 12.0 };
        close(census_mean(&rates, &stay, 21.0), 36.310_197, 5e-3);
        close(census_mean(&rates, &stay, 28.0), 41.065_390, 5e-3);
    }

    #[test]
    fn a_loss_system_fills_as_published() {
        let system = BirthDeath::census(8.0, 1.0, 10, true);
        let mut empty = vec![0.0; 11];
        empty[0] = 1.0;
        let (p, _) = system.after(&empty, 2.0);
        close(p[10], 0.092_552_832_5, 1e-8);
        let (_, full) = system.after(&empty, 5.0);
        close(8.0 * full, 3.311_115_117_3, 1e-6);
    }

    #[test]
    fn first_passage_of_the_census_is_the_published_one() {
        let system = BirthDeath::census(2.5, 12.0, 35, false);
        let mut start = vec![0.0; 36];
        start[30] = 1.0;
        let (p, _) = system.after(&start, 7.0);
        close(1.0 - p.iter().sum::<f64>(), 0.272_550_8, 1e-6);
    }

    #[test]
    fn a_bounded_stay_is_integrated_by_steps() {
        let stay = Distribution::uniform(2.0, 6.0);
        close(time_present(&stay, 10.0), 4.0, 1e-6);
        close(time_present(&stay, 2.0), 2.0, 1e-6);
    }
}
