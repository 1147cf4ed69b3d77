//! Admissions that a scenario leads to expect on the days of a fit.

use jiff::civil::Date;

use crate::model::Model;
use crate::observed::ObservedSeries;
use crate::units::DAYS_PER_WEEK;

/// Days after an admission to hospital on which a patient may come to the ICU; hardly anyone comes later.
const TO_IC: usize = 60;

/// Expected admissions of `flow` on `n_days` days from `first` on. Before the first week that the scenario
/// knows they are those of that week.
pub(super) fn expected_flow(
    model: &Model,
    flow: ObservedSeries,
    first: Date,
    n_days: usize,
) -> Vec<f64> {
    let hospital = |day| model.covid.daily_admissions[known_day(model, first, day)];
    if flow == ObservedSeries::HospitalAdmissions {
        return (0..n_days).map(|day| hospital(to_i64(day))).collect();
    }
    // Who is admitted in the middle of a day.
    let until = |days: usize| match days {
        0 => 0.0,
        n => model.covid.ward_before_ic.days.cdf(n as f64 - 0.5),
    };
    let delays: Vec<f64> = (0..TO_IC).map(|k| until(k + 1) - until(k)).collect();
    let to_ic = |day: i64| hospital(day) * model.covid.ic_share[known_day(model, first, day)];
    let on = |day: usize| {
        let delays = delays.iter().enumerate();
        delays
            .map(|(k, part)| part * to_ic(to_i64(day) - to_i64(k)))
            .sum()
    };
    (0..n_days).map(on).collect()
}

/// The share of patients admitted on each of `n_days` days from `first` on who need the IC.
pub(super) fn ic_shares(model: &Model, first: Date, n_days: usize) -> Vec<f64> {
    let share = |day| model.covid.ic_share[known_day(model, first, to_i64(day))];
    (0..n_days).map(share).collect()
}

/// The position in the model's days of one counted from `first`: days before them are those of its first week,
/// days after them the last.
fn known_day(model: &Model, first: Date, day: i64) -> usize {
    let since = i64::from((first - model.study.first_date).get_days());
    let at = since + i64::from(model.covid.lookback_days) + day;
    let week = i64::from(DAYS_PER_WEEK);
    let at = if at < 0 { at.rem_euclid(week) } else { at };
    let last = model.covid.daily_admissions.len() - 1;
    usize::try_from(at).unwrap_or(0).min(last)
}

fn to_i64(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
