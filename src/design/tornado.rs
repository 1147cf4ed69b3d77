//! One figure at a time: each at its low and high value, all others as written.

use crate::design::study::{Point, Study};

/// Probabilities of the low and the high value: the ends of the middle 90 %.
pub const ENDS: [f64; 2] = [0.05, 0.95];

/// The scenario as written, then each figure low and high.
///
/// Simulated with [`Study::compare`], the differences to the first point are paired by world.
pub fn points(study: &Study<'_>) -> Vec<Point> {
    let written = Point {
        name: "as written".to_owned(),
        settings: Vec::new(),
    };
    let ends = study.figures().iter().flat_map(|figure| {
        ENDS.map(|u| {
            let setting = figure.setting(u);
            Point {
                name: setting.clone(),
                settings: vec![setting],
            }
        })
    });
    core::iter::once(written).chain(ends).collect()
}

/// Positions of the points of `n_figures` figures in the order of a tornado: the scenario as written,
/// then both ends of each figure, the figure with the widest `difference` of a point first.
pub fn widest_first(n_figures: usize, difference: impl Fn(usize) -> f64) -> Vec<usize> {
    let ends = |figure: usize| [1 + 2 * figure, 2 + 2 * figure];
    let width = |figure: &usize| ends(*figure).map(|point| difference(point).abs());
    let mut figures: Vec<usize> = (0..n_figures).collect();
    figures.sort_by(|a, b| {
        let [a, b] = [a, b].map(|figure| width(figure).into_iter().fold(0.0, f64::max));
        b.total_cmp(&a)
    });
    core::iter::once(0)
        .chain(figures.into_iter().flat_map(ends))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_figure_comes_first_and_equal_ones_keep_their_order() {
        let differences = [0.0, 0.1, -0.2, -5.0, 0.0, 0.2, 0.0];
        let order = widest_first(3, |point| differences[point]);
        assert_eq!(order, [0, 3, 4, 1, 2, 5, 6], "points");
    }
}
