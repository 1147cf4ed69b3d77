//! Adjustment of each estimand that is a mean, or a ratio of means, by the controls of the worlds.

use crate::experiment::accumulator::PolicySums;
use crate::experiment::estimand::{ESTIMANDS, Kind};
use crate::experiment::measure::Measure;
use crate::statistics::accumulate::Moments;
use crate::statistics::control::{Adjusted, ControlSums, Regression};
use crate::statistics::interval::{Estimate, Method, Status};
use crate::world::Control;

/// Exact sums of the controls of worlds.
pub(crate) type Controls = ControlSums<{ Control::COUNT }>;

/// An estimand as a mean over worlds, beside the controls.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Averaged {
    moments: Moments,
    covariances: [f64; Control::COUNT],
}

impl Averaged {
    /// `plain`, adjusted by the regression; `None` where the plain one is to be kept: its interval is not that of
    /// a mean, there is too little behind it, or adjusting gains nothing.
    pub(crate) fn adjust(&self, plain: &Estimate, regression: &Regression) -> Option<Adjusted> {
        let is_of_mean = matches!(
            plain.kind.method,
            Method::WillinkT | Method::DeltaWillink | Method::Delta
        );
        let is_known = is_of_mean && plain.status == Status::Ok && plain.interval.is_bounded();
        let adjusted = is_known.then(|| regression.adjusted(&self.moments, &self.covariances))?;
        adjusted.filter(|adjusted| adjusted.variance_reduction > 1.0)
    }
}

impl PolicySums {
    /// The estimand as a mean over worlds; `None` for what is none.
    pub(crate) fn averaged(&self, position: usize, controls: &Controls) -> Option<Averaged> {
        let moments = match ESTIMANDS[position].kind {
            Kind::Mean(measure, _) => self.paired[measure.idx()].both().x().moments(),
            Kind::Ratio(..) => self.ratios[position].alternative().linearized_moments(),
            Kind::Proportion(_) | Kind::Tail(..) | Kind::WaitQuantile(_) => return None,
        };
        Some(Averaged {
            moments,
            covariances: self.covariances(position, controls)?,
        })
    }

    /// The difference to the baseline as a mean over worlds; `None` for what is none.
    pub(crate) fn averaged_difference(
        &self,
        baseline: &Self,
        position: usize,
        controls: &Controls,
    ) -> Option<Averaged> {
        let moments = match ESTIMANDS[position].kind {
            Kind::Mean(measure, _) => self.paired[measure.idx()].difference().moments(),
            Kind::Ratio(..) => self.ratios[position].linearized_moments(),
            Kind::Proportion(_) | Kind::Tail(..) | Kind::WaitQuantile(_) => return None,
        };
        let mut covariances = self.covariances(position, controls)?;
        let base = baseline.covariances(position, controls)?;
        for (own, base) in covariances.iter_mut().zip(base) {
            *own -= base;
        }
        Some(Averaged {
            moments,
            covariances,
        })
    }

    /// Covariances of the estimand's value in a world with the controls.
    fn covariances(&self, position: usize, controls: &Controls) -> Option<[f64; Control::COUNT]> {
        match ESTIMANDS[position].kind {
            Kind::Mean(measure, _) => Some(self.with_controls(measure, controls)),
            Kind::Ratio(part, whole, _) => Some(self.ratio_with_controls([part, whole], controls)),
            Kind::Proportion(_) | Kind::Tail(..) | Kind::WaitQuantile(_) => None,
        }
    }

    fn with_controls(&self, measure: Measure, controls: &Controls) -> [f64; Control::COUNT] {
        let position = measure.idx();
        controls.covariances(self.paired[position].both().x(), &self.crossed[position])
    }

    /// Covariances of the linearized ratio, `(x - ratio y) / mean y`.
    fn ratio_with_controls(
        &self,
        [part, whole]: [Measure; 2],
        controls: &Controls,
    ) -> [f64; Control::COUNT] {
        let [x, y] = [part, whole].map(|measure| self.paired[measure.idx()].both().x());
        let (ratio, mean) = (x.mean() / y.mean(), y.mean());
        let mut found = self.with_controls(part, controls);
        let of_whole = self.with_controls(whole, controls);
        for (part, whole) in found.iter_mut().zip(of_whole) {
            *part = (*part - ratio * whole) / mean;
        }
        found
    }
}
