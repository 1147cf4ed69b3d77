//! The whole law of a census, not its mean alone: chi-square tests against Poisson laws.

use crate::engine::Simulator;
use crate::model::Model;
use crate::numeric::poisson::{pmf, survival};
use crate::outcome::DayMeasure;
use crate::units::Day;
use crate::verify::check::{Check, Effort, Machine};
use crate::verify::closed_forms::census_mean;
use crate::verify::comparison::{batches, model};
use crate::verify::hospital::{CENSUS, TANDEM, moment, tandem_means};
use crate::world::World;

const LAW: &str = "Poisson law";
/// The day that is looked at.
const DAY: u16 = 28;

/// A census that is to be Poisson.
struct Law {
    name: &'static str,
    measure: DayMeasure,
    mean: f64,
}

/// The IC from empty, for stays that spread little and much; ward and IC in a row.
pub(super) fn law(effort: &Effort) -> Vec<Check> {
    let mut checks = Vec::new();
    for (name, stay) in [
        ("ICU, fixed stay", "covid.ic_stay={ fixed = { days = 12 } }"),
        (
            "ICU, lognormal stay",
            "covid.ic_stay={ lognormal = { median_days = 8.48528137, sd_log = 0.83255461 } }",
        ),
    ] {
        let model = model(CENSUS, &[stay]);
        let covid = &model.covid;
        let mean = census_mean(&covid.daily_admissions, &covid.ic_stay.days, moment(DAY));
        let measure = DayMeasure::CovidIc;
        checks.extend(compare(
            &model,
            effort,
            &[Law {
                name,
                measure,
                mean,
            }],
        ));
    }
    let (ward, ic) = tandem_means(moment(DAY));
    let row = [
        Law {
            name: "ward before the ICU",
            measure: DayMeasure::CovidWard,
            mean: ward,
        },
        Law {
            name: "ICU after the ward",
            measure: DayMeasure::CovidIc,
            mean: ic,
        },
    ];
    checks.extend(compare(&model(TANDEM, &[]), effort, &row));
    checks
}

/// Counts how often each number is seen, and tests each law.
fn compare(model: &Model, effort: &Effort, laws: &[Law]) -> Vec<Check> {
    let cells: Vec<Cells> = laws
        .iter()
        .map(|law| Cells::new(law.mean, effort.n_worlds))
        .collect();
    let simulator = Simulator::new(model);
    let n_sums = cells.iter().map(|cells| cells.p.len()).sum();
    let sums = batches(effort.n_worlds, n_sums, |replication, sums| {
        let world = World::draw(model, effort.seed, replication);
        let state = simulator.burn_in(&world);
        let outcome = simulator.simulate(&world, &model.schedule(&model.policies[0]), &state);
        let mut first = 0;
        for (law, cells) in laws.iter().zip(&cells) {
            let census = outcome.days.get(Day(DAY), law.measure);
            sums[first + cells.of(census)].add(1);
            first += cells.p.len();
        }
    });
    let mut seen = sums.iter().map(crate::statistics::accumulate::PowerSums::n);
    laws.iter()
        .zip(&cells)
        .map(|(law, cells)| {
            let counts: Vec<u64> = seen.by_ref().take(cells.p.len()).collect();
            cells.check(law, &counts)
        })
        .collect()
}

/// Numbers put together so that each cell is expected to be seen often enough.
struct Cells {
    /// Smallest number of each cell but the first.
    bounds: Vec<u32>,
    /// Probability of each cell.
    p: Vec<f64>,
}

impl Cells {
    /// Least expected number of replications in a cell.
    const LEAST: f64 = 10.0;

    fn new(mean: f64, n_worlds: u32) -> Self {
        let least = Self::LEAST / f64::from(n_worlds);
        let (mut bounds, mut p) = (Vec::new(), vec![0.0]);
        let mut number = 0;
        // A cell is closed when it is likely enough, and what is left is too.
        loop {
            let at = p.len() - 1;
            p[at] += pmf(number, mean);
            let left = survival(number, mean);
            if left < least {
                p[at] += left;
                return Self { bounds, p };
            }
            number += 1;
            if p[at] >= least {
                bounds.push(number);
                p.push(0.0);
            }
        }
    }

    fn of(&self, census: u32) -> usize {
        self.bounds.partition_point(|bound| *bound <= census)
    }

    /// The cube root of chi-square over its degrees of freedom is close to normal (Wilson and
    /// Hilferty 1931).
    fn check(&self, law: &Law, counts: &[u64]) -> Check {
        let n: u64 = counts.iter().sum();
        let expected = |p: &f64| p * n as f64;
        let chi_square: f64 = self
            .p
            .iter()
            .zip(counts)
            .map(|(p, count)| {
                let distance = *count as f64 - expected(p);
                distance * distance / expected(p)
            })
            .sum();
        let degrees = (self.p.len() - 1) as f64;
        let spread = 2.0 / (9.0 * degrees);
        Check {
            test: LAW,
            quantity: format!("{}: cube root of chi-square / {degrees}", law.name),
            by: Machine::Engine,
            expected: 1.0 - spread,
            got: libm::cbrt(chi_square / degrees),
            standard_error: spread.sqrt(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::clamp_to_u32;

    #[test]
    fn cells_cover_every_number_once_and_none_is_rare() {
        let cells = Cells::new(30.0, 1_000);
        let total: f64 = cells.p.iter().sum();
        assert!((total - 1.0).abs() < 1e-12, "they add up to {total}");
        assert!(
            cells.p.iter().all(|p| *p >= 0.01),
            "a cell is rare: {:?}",
            cells.p
        );
        assert_eq!(cells.of(0), 0, "the first");
        assert_eq!(cells.of(1_000), cells.p.len() - 1, "the last");
    }

    #[test]
    fn another_law_with_the_same_mean_is_noticed() {
        let cells = Cells::new(30.0, 1_000);
        let law = Law {
            name: "",
            measure: DayMeasure::CovidIc,
            mean: 30.0,
        };
        let as_expected: Vec<u64> = cells
            .p
            .iter()
            .map(|p| u64::from(clamp_to_u32(p * 1e4)))
            .collect();
        assert!(
            cells.check(&law, &as_expected).z() < 0.0,
            "suspiciously good"
        );
        let mut narrow = vec![0; cells.p.len()];
        narrow[cells.of(29)] = 500;
        narrow[cells.of(31)] = 500;
        assert!(!cells.check(&law, &narrow).passes(), "far too narrow");
    }
}
