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
