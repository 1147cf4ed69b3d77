//! How time and memory grow with hospitals, patients, policies and weeks.

use crate::cli::bench::grown::Axis;
use crate::cli::bench::measure::{Findings, Measuring};
use crate::model::Model;
use crate::run::CheckedScenario;
use crate::statistics;

/// How many times as much is measured.
const FACTORS: [u16; 4] = [1, 2, 4, 8];

/// What is measured of one replication on one thread, with its unit.
pub(super) const QUANTITIES: [(&str, &str); 4] = [
    ("world", "ms"),
    ("policy_run", "ms"),
    ("replication", "ms"),
    ("peak_memory", "MB"),
];

/// Costs of one scenario by size.
#[derive(Debug, Clone)]
pub(super) struct Growth {
    /// Key of the scenario.
    pub(super) scenario: String,
    pub(super) lines: Vec<Line>,
}

/// Costs along one axis, smallest first.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) axis: Axis,
    pub(super) sizes: Vec<Size>,
    /// Factors that are more than a scenario may ask for.
    pub(super) refused: Vec<u16>,
}

/// Costs of a scenario with `factor` times as much.
#[derive(Debug, Clone)]
pub(super) struct Size {
    pub(super) factor: u16,
    /// In the order and the units of [`QUANTITIES`]; nothing where the system does not tell.
    pub(super) costs: [Option<f64>; QUANTITIES.len()],
}

impl Growth {
    /// Measures `checked` under its policy `key`.
    pub(super) fn measure(measuring: &Measuring, checked: &CheckedScenario, key: &str) -> Self {
        let mut lines = Axis::ALL.map(Line::new);
        // Small ones first, since a program may keep memory that it has had.
        for factor in FACTORS {
            for line in &mut lines {
                line.measure(measuring, checked, (key, factor));
            }
        }
        Self {
            scenario: checked.model.key.clone(),
            lines: lines.into(),
        }
    }
}

impl Line {
    const fn new(axis: Axis) -> Self {
        Self {
            axis,
            sizes: Vec::new(),
            refused: Vec::new(),
        }
    }

    fn measure(
        &mut self,
        measuring: &Measuring,
        checked: &CheckedScenario,
        (key, factor): (&str, u16),
    ) {
        let mut scenario = checked.scenario.clone();
        scenario.file = self.axis.grown(&scenario.file, key, factor);
        match Model::from_scenario(&scenario) {
            Ok(model) => {
                let costs = costs(&measuring.alone(&model));
                self.sizes.push(Size { factor, costs });
            }
            Err(_) => self.refused.push(factor),
        }
    }

    /// The power of the factor with which a quantity (by position in [`QUANTITIES`]) grows: the slope of
    /// the least-squares line through the logarithms. Needs two sizes.
    pub(super) fn exponent(&self, quantity: usize) -> Option<f64> {
        let point = |size: &Size| {
            let cost = size.costs[quantity]?;
            Some((libm::log(f64::from(size.factor)), libm::log(cost)))
        };
        let points: Vec<(f64, f64)> = self.sizes.iter().map(point).collect::<Option<_>>()?;
        Some(statistics::slope::Line::through(&points)?.slope)
    }
}

fn costs(found: &Findings) -> [Option<f64>; QUANTITIES.len()] {
    let runs: f64 = found.policies.iter().map(|run| run.seconds).sum();
    let n = found.policies.len() as f64;
    let replication = found.world + found.burn_in + found.twin + runs + n * found.account;
    [
        Some(1e3 * found.world),
        Some(1e3 * runs / n),
        Some(1e3 * replication),
        found.peak.map(|bytes| bytes as f64 / 1e6),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exponent_is_the_power_of_the_factor() {
        let size = |factor: u16| Size {
            factor,
            costs: [Some(3.0 * f64::from(factor * factor)), None, None, None],
        };
        let of = |factors: &[u16]| Line {
            sizes: factors.iter().copied().map(size).collect(),
            ..Line::new(Axis::Weeks)
        };
        let squares = of(&[1, 2, 4]).exponent(0);
        assert!((squares.expect("three sizes") - 2.0).abs() < 1e-12);
        assert_eq!(of(&[1, 2]).exponent(1), None, "a cost that is not known");
        assert_eq!(of(&[1]).exponent(0), None, "one size");
        assert_eq!(of(&[]).exponent(0), None, "no size");
    }
}
