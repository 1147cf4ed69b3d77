//! Bands of a series over worlds, as fans draw them and tables list them.

use crate::backtest::scores::LEVELS;
use crate::chart::fan::Band;
use crate::report::cell::Cell;
use crate::report::column::Column;

/// The series in the middle world and both ends of its bands, narrowest first.
pub(super) struct Bands {
    pub(super) median: Vec<f64>,
    ends: [Band; 3],
}

impl Bands {
    /// From the quantile at each of `n` positions.
    pub(super) fn new(n: usize, quantile: impl Fn(usize, f64) -> f64) -> Self {
        let series = |p| (0..n).map(|position| quantile(position, p)).collect();
        Self {
            median: series(0.5),
            ends: LEVELS.map(|level| Band {
                lower: series((1.0 - level) / 2.0),
                upper: series(f64::midpoint(1.0, level)),
            }),
        }
    }

    /// The bands from the widest to the narrowest, as a fan takes them.
    pub(super) fn drawn(&self) -> Vec<Band> {
        self.ends.iter().rev().cloned().collect()
    }

    /// Median and bands at a position, in the order of [`columns`].
    pub(super) fn cells(&self, position: usize) -> impl Iterator<Item = Cell<'static>> {
        let ends = self.ends.iter().flat_map(|band| [&band.lower, &band.upper]);
        let all = [&self.median].into_iter().chain(ends);
        all.map(move |series| series[position].into())
    }
}

/// Names of the bands in the order in which they are drawn.
pub(super) fn names() -> Vec<String> {
    let name = |level: &f64| format!("{:.0}%", 100.0 * level);
    LEVELS.iter().rev().map(name).collect()
}

/// Columns of the median and the bands of a series in `unit`.
pub(super) const fn columns(unit: &'static str) -> [Column; 7] {
    [
        Column("median", unit, "value of the middle world"),
        Column(
            "pred50_low",
            unit,
            "lower end of the band of 50% of the worlds",
        ),
        Column("pred50_high", unit, "upper end of it"),
        Column(
            "pred80_low",
            unit,
            "lower end of the band of 80% of the worlds",
        ),
        Column("pred80_high", unit, "upper end of it"),
        Column(
            "pred95_low",
            unit,
            "lower end of the band of 95% of the worlds",
        ),
        Column("pred95_high", unit, "upper end of it"),
    ]
}
