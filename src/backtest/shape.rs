//! Summaries of a series that matter for policy: the size and day of its peak, and how many other
//! IC patients give way per COVID patient.

use crate::backtest::compared::Compared;
use crate::backtest::series::Series;
use crate::statistics::interval::Interval;
use crate::statistics::score::Ensemble;
use crate::statistics::slope::{Slope, slope};

/// A number that sums up a series, observed and in each world.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// The summary.
    pub kind: ShapeKind,
    /// The series that it sums up.
    pub compared: Compared,
    /// As observed: days since the first date of the series for the day of a peak.
    pub observed: f64,
    /// Interval around what was observed, if it has one.
    pub interval: Option<Interval>,
    /// By world.
    pub worlds: Ensemble,
    /// Number of observations behind it.
    pub n: usize,
}

/// Ways to sum up a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShapeKind {
    /// The largest number.
    PeakSize,
    /// The first day with it.
    PeakDay,
    /// Change of other IC patients per COVID IC patient, over days or weeks.
    Slope,
}

/// Censuses whose peak matters.
const PEAKS: [Compared; 5] = [
    Compared::CovidIc,
    Compared::OccupiedIc,
    Compared::CovidWard,
    Compared::CovidIcWeek,
    Compared::CovidWardWeek,
];
/// COVID and other patients on the IC, by day and by week.
const SLOPES: [(Compared, Compared); 2] = [
    (Compared::CovidIc, Compared::OtherIc),
    (Compared::CovidIcWeek, Compared::OtherIcWeek),
];

pub(super) fn shapes(all: &[Series]) -> Vec<Shape> {
    let of = |compared| {
        let mut national = all.iter().filter(|series| series.region.is_none());
        national.find(|series| series.compared == compared)
    };
    let mut shapes: Vec<Shape> = PEAKS
        .iter()
        .filter_map(|compared| of(*compared))
        .flat_map(peak)
        .collect();
    let slopes = SLOPES.iter();
    shapes.extend(slopes.filter_map(|(covid, other)| displacement(of(*covid)?, of(*other)?)));
    shapes
}

/// Size and day of the peak, over the dates that were observed.
fn peak(series: &Series) -> [Shape; 2] {
    let days: Vec<usize> = series.observed.iter().map(|o| o.position).collect();
    let (day, size) = highest(series.observed.iter().map(|o| (o.position, o.value)));
    let worlds: Vec<(usize, f64)> = (0..series.n_worlds())
        .map(|world| highest(days.iter().map(|day| (*day, series.world(world, *day)))))
        .collect();
    let shape = |kind, observed, values: Vec<f64>| Shape {
        kind,
        compared: series.compared,
        observed,
        interval: None,
        worlds: Ensemble::new(values),
        n: days.len(),
    };
    let sizes = worlds.iter().map(|(_, size)| *size).collect();
    let dates = worlds.iter().map(|(day, _)| *day as f64).collect();
    [
        shape(ShapeKind::PeakSize, size, sizes),
        shape(ShapeKind::PeakDay, day as f64, dates),
    ]
}

/// The first of the largest numbers.
fn highest(numbers: impl Iterator<Item = (usize, f64)>) -> (usize, f64) {
    numbers.fold((0, f64::NEG_INFINITY), |best, next| {
        if next.1 > best.1 { next } else { best }
    })
}

/// The slope of other IC patients on COVID patients, over days or weeks in which both were observed.
fn displacement(covid: &Series, other: &Series) -> Option<Shape> {
    let value_on = |position| {
        let found = other.observed.iter().find(|o| o.position == position);
        found.map(|o| o.value)
    };
    let both: Vec<(usize, (f64, f64))> = covid
        .observed
        .iter()
        .filter_map(|o| Some((o.position, (o.value, value_on(o.position)?))))
        .collect();
    let observed: Vec<(f64, f64)> = both.iter().map(|(_, pair)| *pair).collect();
    let Slope { value, interval, n } = slope(&observed)?;
    let of_world = |world| {
        let pairs: Vec<(f64, f64)> = both
            .iter()
            .map(|(day, _)| (covid.world(world, *day), other.world(world, *day)))
            .collect();
        slope(&pairs).map(|slope| slope.value)
    };
    let worlds: Vec<f64> = (0..covid.n_worlds()).filter_map(of_world).collect();
    (!worlds.is_empty()).then(|| Shape {
        kind: ShapeKind::Slope,
        compared: other.compared,
        observed: value,
        interval: Some(interval),
        worlds: Ensemble::new(worlds),
        n,
    })
}
