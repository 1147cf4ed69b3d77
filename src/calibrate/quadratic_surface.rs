//! A quadratic surface through the means of simulated parameter sets.

use crate::numeric::cholesky::Cholesky;

/// Weight that keeps coefficients small which the points do not determine.
const RIDGE: f64 = 1e-6;

/// A quadratic function of a point of the unit cube.
#[derive(Debug, Clone)]
pub(super) struct Surface {
    coefficients: Vec<f64>,
    /// Variance of the points around the surface.
    pub(super) residual_variance: f64,
}

/// Number of coefficients in `n` dimensions.
pub(super) const fn n_terms(n: usize) -> usize {
    1 + 2 * n + n * (n.saturating_sub(1)) / 2
}

impl Surface {
    /// The least-squares surface through `values` at `points`.
    pub(super) fn through(points: &[Vec<f64>], values: &[f64]) -> Option<Self> {
        let rows: Vec<Vec<f64>> = points.iter().map(|point| terms(point)).collect();
        let n = rows.first()?.len();
        let product = |i: usize, j: usize| -> f64 { rows.iter().map(|row| row[i] * row[j]).sum() };
        let normal: Vec<Vec<f64>> = (0..n)
            .map(|i| {
                let mut row: Vec<f64> = (0..=i).map(|j| product(i, j)).collect();
                row[i] += RIDGE * rows.len() as f64;
                row
            })
            .collect();
        let right: Vec<f64> = (0..n)
            .map(|i| rows.iter().zip(values).map(|(row, y)| row[i] * y).sum())
            .collect();
        let mut surface = Self {
            coefficients: Cholesky::of(&normal)?.solve(&right),
            residual_variance: 0.0,
        };
        let squares = points.iter().zip(values).map(|(point, y)| {
            let residual = y - surface.at(point);
            residual * residual
        });
        let freedom = values.len().saturating_sub(n).max(1) as f64;
        surface.residual_variance = squares.sum::<f64>() / freedom;
        Some(surface)
    }

    /// The value at a point.
    pub(super) fn at(&self, point: &[f64]) -> f64 {
        let terms = terms(point);
        let products = self.coefficients.iter().zip(&terms);
        products.map(|(coefficient, term)| coefficient * term).sum()
    }
}

/// One, the coordinates, and all their products, with the cube moved to -1 to 1.
fn terms(point: &[f64]) -> Vec<f64> {
    let x: Vec<f64> = point.iter().map(|u| 2.0 * u - 1.0).collect();
    let mut terms = vec![1.0];
    terms.extend(&x);
    for (i, a) in x.iter().enumerate() {
        terms.extend(x[..=i].iter().map(|b| a * b));
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::latin_hypercube::hypercube;

    #[test]
    fn a_quadratic_function_is_found_again() {
        let f = |p: &[f64]| 3.0 + 2.0 * p[0] - p[1] + 4.0 * p[0] * p[1] - 5.0 * p[1] * p[1];
        let points = hypercube(40, 2, 1, 0);
        assert_eq!(terms(&points[0]).len(), n_terms(2), "as many as announced");
        let values: Vec<f64> = points.iter().map(|point| f(point)).collect();
        let surface = Surface::through(&points, &values).expect("a surface");
        for point in [[0.0, 0.0], [0.3, 0.9], [1.0, 1.0]] {
            let (found, expected) = (surface.at(&point), f(&point));
            assert!(
                (found - expected).abs() < 1e-3,
                "{point:?}: {found} {expected}"
            );
        }
        assert!(surface.residual_variance < 1e-6, "{surface:?}");
    }
}
