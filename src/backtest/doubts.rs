//! What looks wrong in observed numbers beside what a model expects: another unit, or running totals.

use core::ops::RangeInclusive;

use jiff::civil::Date;

use crate::census::expected::Calculator;
use crate::model::Model;
use crate::observed::{Observed, ObservedSeries, Rhythm};
use crate::units::{DAYS_PER_WEEK, Day};

/// How far the largest number may lie from what is expected then, as a ratio.
const LIKELY: RangeInclusive<f64> = 0.2..=5.0;
/// Numbers below which a ratio says nothing.
const FEW: f64 = 10.0;
/// Observations without a fall that make a series look like running totals.
const NEVER_FALLS_FROM: usize = 14;

/// A sentence for each national series that looks wrong.
pub fn doubts(model: &Model, observed: &Observed) -> Vec<String> {
    let level = Level {
        model,
        calculator: Calculator::new(model),
    };
    let of_series = |series: ObservedSeries| {
        let numbers: Vec<(Date, f64)> = observed.national(series).collect();
        [
            level.is_far_off(series, &numbers),
            never_falls(series, &numbers),
        ]
    };
    let all = ObservedSeries::ALL.into_iter().flat_map(of_series);
    all.flatten().collect()
}

/// What a model expects of a series.
struct Level<'a> {
    model: &'a Model,
    calculator: Calculator<'a>,
}

impl Level<'_> {
    fn is_far_off(&self, series: ObservedSeries, numbers: &[(Date, f64)]) -> Option<String> {
        let study = &self.model.study;
        let window = study.window_start()..study.window_end();
        let of_window = numbers.iter().filter_map(|(date, value)| {
            let day = study.day_of(*date)?;
            window.contains(&day).then_some((day, *date, *value))
        });
        let (day, date, value) = of_window.max_by(|a, b| a.2.total_cmp(&b.2))?;
        let (expected, likely) = self.expected(series, day)?;
        let is_likely = likely.contains(&(value / expected));
        (!is_likely && value.max(expected) >= FEW).then(|| {
            let key = series.key();
            format!(
                "{key} is {value} on {date}, where the scenario leads to expect about {expected:.0}: \
                 is it in another unit, or of another country?"
            )
        })
    }

    /// The expected number of a day and the likely ratios to it; `None` where the model expects nothing.
    fn expected(&self, series: ObservedSeries, day: Day) -> Option<(f64, RangeInclusive<f64>)> {
        use ObservedSeries as S;
        let model = self.model;
        let at = usize::from(model.covid.lookback_days) + day.idx();
        let admitted = model.covid.daily_admissions[at];
        let to_ic = admitted * model.covid.ic_share[at];
        let expected = match series {
            S::HospitalAdmissions => admitted,
            S::IcAdmissions => to_ic,
            S::IcAdmissionsWeek => to_ic * f64::from(DAYS_PER_WEEK),
            S::CovidIc | S::CovidIcWeek => self.calculator.on(day).ic,
            S::CovidWard | S::CovidWardWeek => self.calculator.on(day).ward,
            S::OtherIc | S::OtherIcWeek | S::StaffedBeds => {
                f64::from(model.phases.records[0].national_ic_beds)
            }
            S::HospitalsFailingNorm | S::HospitalsStopped => {
                return Some((model.hospitals.len() as f64, 0.0..=1.0));
            }
            S::OperationsPercent => 100.0,
            S::MovesBetweenRegions => return None,
        };
        Some((expected, LIKELY))
    }
}

fn never_falls(series: ObservedSeries, numbers: &[(Date, f64)]) -> Option<String> {
    let n = numbers.len();
    let rises = numbers.windows(2).all(|pair| pair[0].1 <= pair[1].1);
    let grows = numbers.first()?.1 < numbers.last()?.1;
    let many = match series.rhythm() {
        Rhythm::Daily => NEVER_FALLS_FROM,
        Rhythm::Weekly => NEVER_FALLS_FROM / 2,
    };
    (n >= many && rises && grows).then(|| {
        let key = series.key();
        format!("{key} never falls in {n} observations: are they running totals?")
    })
}
