//! Figures of the scenario that are not known exactly, with what is believed about them.

use crate::numeric::Tail;
use crate::random::Distribution;

/// Part of a lognormal distribution that is cut off at either end.
const CUT: f64 = 0.001;

/// One uncertain figure.
#[derive(Debug, Clone, PartialEq)]
pub struct UncertainFigure {
    /// Path of the figure, as an override takes it.
    pub path: String,
    /// What is believed about it.
    pub belief: Belief,
}

/// A distribution of a figure, in the figure's unit.
#[derive(Debug, Clone, PartialEq)]
pub enum Belief {
    /// Uniform or triangular.
    Bounded(Distribution),
    /// Lognormal, cut off at its quantiles of 0.1 % and 99.9 %.
    CutOff(Distribution),
    /// One of these, equally likely.
    Values(Vec<f64>),
}

impl UncertainFigure {
    /// The value at probability `u` from 0 to 1: a monotone function of `u` that gives the extremes
    /// at the ends.
    pub fn value(&self, u: f64) -> f64 {
        let u = u.clamp(0.0, 1.0);
        match &self.belief {
            Belief::Bounded(distribution) => distribution.quantile(Tail::Lower(u)),
            Belief::CutOff(distribution) => {
                distribution.quantile(Tail::Lower(CUT + (1.0 - 2.0 * CUT) * u))
            }
            Belief::Values(values) => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "u lies between 0 and 1"
                )]
                let at = (u * values.len() as f64) as usize;
                values[at.min(values.len() - 1)]
            }
        }
    }

    /// The override that sets the figure to its value at probability `u`, to nine digits, so that it
    /// can be read. Whole numbers are written without a decimal point, so that figures that must be
    /// whole can be listed as values.
    pub fn setting(&self, u: f64) -> String {
        format!("{}={}", self.path, rounded(self.value(u)))
    }
}

/// The number with nine significant digits.
fn rounded(x: f64) -> f64 {
    format!("{x:.8e}").parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(belief: Belief) -> UncertainFigure {
        UncertainFigure {
            path: "staff.ramp_delay_days".to_owned(),
            belief,
        }
    }

    #[test]
    fn listed_values_are_equally_likely_and_written_as_whole_numbers() {
        let figure = figure(Belief::Values(vec![1.0, 2.0, 5.0]));
        let settings = [0.0, 0.32, 0.34, 0.99, 1.0].map(|u| figure.setting(u));
        let values = ["1", "1", "2", "5", "5"];
        for (setting, value) in settings.iter().zip(values) {
            assert_eq!(*setting, format!("staff.ramp_delay_days={value}"));
        }
    }

    #[test]
    fn a_setting_can_be_read() {
        let belief = Belief::Bounded(Distribution::uniform(0.3, 0.7));
        let setting = figure(belief).setting(0.95);
        assert_eq!(
            setting, "staff.ramp_delay_days=0.68",
            "not 0.6799999999999999"
        );
    }

    #[test]
    fn a_lognormal_belief_has_bounds() {
        let figure = figure(Belief::CutOff(Distribution::log_normal(2.0, 0.5)));
        assert!((figure.value(0.5) - 2.0).abs() < 1e-9, "the median");
        let top = 2.0 * libm::exp(0.5 * 3.090_232_306);
        assert!(
            (figure.value(1.0) - top).abs() < 1e-6,
            "the 99.9 % quantile"
        );
    }
}
