//! The minimum of a function without derivatives.

/// Most evaluations of the function.
const EVALUATIONS: usize = 400;
/// Where `f` is smallest, by the simplex method of Nelder and Mead (1965) from `start`, with a
/// first simplex of size `size`, until the values at all corners are within `tolerance`; after at most 400
/// evaluations. Values that are not a number count as infinite.
pub fn minimum(
    start: &[f64],
    (size, tolerance): (f64, f64),
    f: impl Fn(&[f64]) -> f64,
) -> Vec<f64> {
    let value = |x: &[f64]| {
        let value = f(x);
        if value.is_nan() { f64::INFINITY } else { value }
    };
    let mut corners: Vec<(f64, Vec<f64>)> = vec![(value(start), start.to_vec())];
    for dimension in 0..start.len() {
        let mut corner = start.to_vec();
        corner[dimension] += size;
        corners.push((value(&corner), corner));
    }
    let mut n_evaluations = corners.len();
    loop {
        corners.sort_by(|a, b| a.0.total_cmp(&b.0));
        let spread = corners[corners.len() - 1].0 - corners[0].0;
        if spread < tolerance || n_evaluations >= EVALUATIONS {
            return corners.swap_remove(0).1;
        }
        n_evaluations += step(&mut corners, &value);
    }
}

/// Replaces the worst corner, or shrinks the simplex; how often the function was evaluated.
fn step(corners: &mut [(f64, Vec<f64>)], value: &impl Fn(&[f64]) -> f64) -> usize {
    let n = corners.len() - 1;
    let dimensions = 0..corners[0].1.len();
    let center: Vec<f64> = dimensions
        .map(|d| corners[..n].iter().map(|(_, x)| x[d]).sum::<f64>() / n as f64)
        .collect();
    // The point on the line from the worst corner through the center.
    let along = |far: f64| {
        let ends = center.iter().zip(&corners[n].1);
        let x: Vec<f64> = ends.map(|(c, worst)| c + far * (c - worst)).collect();
        (value(&x), x)
    };
    let reflected = along(1.0);
    if reflected.0 < corners[0].0 {
        let expanded = along(2.0);
        corners[n] = if expanded.0 < reflected.0 {
            expanded
        } else {
            reflected
        };
        return 2;
    }
    if reflected.0 < corners[n - 1].0 {
        corners[n] = reflected;
        return 1;
    }
    let contracted = along(if reflected.0 < corners[n].0 {
        0.5
    } else {
        -0.5
    });
    if contracted.0 < corners[n].0.min(reflected.0) {
        corners[n] = contracted;
        return 2;
    }
    let best = corners[0].1.clone();
    for (height, corner) in &mut corners[1..] {
        for (x, best) in corner.iter_mut().zip(&best) {
            *x = f64::midpoint(*x, *best);
        }
        *height = value(corner);
    }
    2 + n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_valley_of_rosenbrock_ends_at_one_one() {
        let banana = |x: &[f64]| {
            let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
            a * a + 100.0 * b * b
        };
        let found = minimum(&[-1.2, 1.0], (0.5, 1e-7), banana);
        for x in &found {
            assert!((x - 1.0).abs() < 1e-2, "{found:?}");
        }
    }

    #[test]
    fn one_dimension_will_do_and_a_hole_is_walked_around() {
        let found = minimum(&[0.0], (1.0, 1e-7), |x| {
            if x[0] > 3.0 {
                f64::NAN
            } else {
                (x[0] - 2.0) * (x[0] - 2.0)
            }
        });
        assert!((found[0] - 2.0).abs() < 1e-3, "{found:?}");
    }
}
