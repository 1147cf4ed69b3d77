//! Forecasters that a simulation has to beat.

use crate::backtest::compared::Compared;
use crate::backtest::series::Series;
use crate::census::expected::Calculator;
use crate::model::Model;
use crate::numeric::poisson::poisson_quantile;
use crate::statistics::score::Ensemble;

/// Equally likely values that stand for a distribution.
const N_VALUES: u16 = 399;

/// What was seen last stays: at each observation of `series`, its last value.
pub(super) fn last_value(series: &Series) -> Vec<Ensemble> {
    let one = Ensemble::new(vec![series.last_value]);
    vec![one; series.observed.len()]
}

/// A bed for everyone, and no spread between waves: at each observation, a Poisson number around the
/// census that admissions and stays lead to expect. Only for COVID patients.
pub(super) fn beds_for_everyone(series: &Series, model: &Model) -> Option<Vec<Ensemble>> {
    let is_ic = match series.compared {
        Compared::CovidIc => true,
        Compared::CovidWard => false,
        _ => return None,
    };
    let calculator = Calculator::new(model);
    let forecasts = series.observed.iter().map(|observation| {
        let day = model.study.day_of(observation.date)?;
        let expected = calculator.on(day);
        Some(poisson(if is_ic { expected.ic } else { expected.ward }))
    });
    forecasts.collect()
}

fn poisson(mean: f64) -> Ensemble {
    let middle = |n: u16| (f64::from(n) + 0.5) / f64::from(N_VALUES);
    let values = (0..N_VALUES).map(|n| f64::from(poisson_quantile(mean, middle(n))));
    Ensemble::new(values.collect())
}
