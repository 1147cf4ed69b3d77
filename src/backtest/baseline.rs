//! Forecasters that a simulation has to beat.

use jiff::civil::Date;

use crate::backtest::compared::Compared;
use crate::backtest::series::{Observation, Series};
use crate::census::expected::Calculator;
use crate::model::Model;
use crate::numeric::poisson::poisson_quantile;
use crate::statistics::score::Ensemble;
use crate::units::Day;

/// Equally likely values that stand for a distribution.
const N_VALUES: u16 = 399;

/// What was seen last before `day` stays: at each of `observations`, that value. `None` when nothing was
/// seen before.
pub(super) fn last_value(
    series: &Series,
    observations: &[Observation],
    day: Date,
) -> Option<Vec<Ensemble>> {
    let one = Ensemble::new(vec![series.known_before(day)?]);
    Some(vec![one; observations.len()])
}

/// A bed for everyone, and no spread between waves: at each of `observations`, a Poisson number around
/// the census that admissions and stays lead to expect, or its mean over the week; in a region, when nobody is
/// moved out of it or into it. Only for COVID patients.
pub(super) fn beds_for_everyone(
    series: &Series,
    observations: &[Observation],
    model: &Model,
) -> Option<Vec<Ensemble>> {
    let is_ic = match series.compared {
        Compared::CovidIc | Compared::CovidIcWeek => true,
        Compared::CovidWard | Compared::CovidWardWeek => false,
        _ => return None,
    };
    let calculator = series.region.map_or_else(
        || Calculator::new(model),
        |region| Calculator::of_region(model, region.idx()),
    );
    let forecasts = observations.iter().map(|observation| {
        let days = series.compared.slot(&model.study, observation.date)?.days();
        let n = days.len() as f64;
        let expected = days.map(|day| calculator.on(Day(day)));
        let numbers = expected.map(|expected| if is_ic { expected.ic } else { expected.ward });
        Some(poisson(numbers.sum::<f64>() / n))
    });
    forecasts.collect()
}

fn poisson(mean: f64) -> Ensemble {
    let middle = |n: u16| (f64::from(n) + 0.5) / f64::from(N_VALUES);
    let values = (0..N_VALUES).map(|n| f64::from(poisson_quantile(mean, middle(n))));
    Ensemble::new(values.collect())
}
