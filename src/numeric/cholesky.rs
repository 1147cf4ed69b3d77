//! The Cholesky factor of a symmetric positive definite matrix.

/// A lower triangular matrix L with L Lᵀ = A.
#[derive(Debug, Clone, PartialEq)]
pub struct Cholesky {
    /// Row by row, each up to the diagonal.
    rows: Vec<Vec<f64>>,
}

impl Cholesky {
    /// The factor of the matrix whose rows, up to the diagonal, are `rows`; `None` when it is not
    /// positive definite in working precision.
    ///
    /// # Panics
    /// When row n does not have n + 1 numbers.
    pub fn of(rows: &[Vec<f64>]) -> Option<Self> {
        let mut factor: Vec<Vec<f64>> = Vec::with_capacity(rows.len());
        for (i, row) in rows.iter().enumerate() {
            assert_eq!(row.len(), i + 1, "a lower triangle");
            let mut own: Vec<f64> = Vec::with_capacity(i + 1);
            for (j, above) in factor.iter().enumerate() {
                own.push((row[j] - dot(&own, above)) / above[j]);
            }
            let left = row[i] - dot(&own, &own);
            // A pivot that is nothing but rounding error is no pivot.
            if left.is_nan() || left <= 1e-13 * row[i].abs() {
                return None;
            }
            own.push(left.sqrt());
            factor.push(own);
        }
        Some(Self { rows: factor })
    }

    /// The solution of L x = `y`.
    pub fn solve_lower(&self, y: &[f64]) -> Vec<f64> {
        let mut x: Vec<f64> = Vec::with_capacity(y.len());
        for (row, y) in self.rows.iter().zip(y) {
            let known = dot(&x, row);
            x.push((y - known) / row[x.len()]);
        }
        x
    }

    /// The solution of A x = `y`.
    pub fn solve(&self, y: &[f64]) -> Vec<f64> {
        let mut x = self.solve_lower(y);
        for i in (0..x.len()).rev() {
            let below = (i + 1..x.len()).map(|k| self.rows[k][i] * x[k]);
            let known: f64 = below.sum();
            x[i] = (x[i] - known) / self.rows[i][i];
        }
        x
    }

    /// The product L `x`.
    pub fn times(&self, x: &[f64]) -> Vec<f64> {
        self.rows.iter().map(|row| dot(row, x)).collect()
    }

    /// The numbers on the diagonal of L.
    pub fn diagonal(&self) -> impl Iterator<Item = f64> + '_ {
        self.rows.iter().enumerate().map(|(i, row)| row[i])
    }
}

/// Sum of products of as many numbers as the shorter has.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_gives_the_matrix_back_and_solves() {
        let rows = vec![vec![4.0], vec![2.0, 5.0], vec![-2.0, 1.0, 6.0]];
        let factor = Cholesky::of(&rows).expect("positive definite");
        // A (1, 2, 3) = (4 + 4 - 6, 2 + 10 + 3, -2 + 2 + 18)
        let x = factor.solve(&[2.0, 15.0, 18.0]);
        for (found, expected) in x.iter().zip([1.0, 2.0, 3.0]) {
            assert!((found - expected).abs() < 1e-12, "{x:?}");
        }
        let twice = factor.times(&factor.solve_lower(&[4.0, 2.0, -2.0]));
        assert!(
            (twice[0] - 4.0).abs() < 1e-12 && (twice[2] + 2.0).abs() < 1e-12,
            "{twice:?}"
        );
        let determinant: f64 = factor.diagonal().map(|d| d * d).product();
        assert!((determinant - 64.0).abs() < 1e-12, "{determinant}");
    }

    #[test]
    fn a_matrix_that_is_not_positive_definite_has_no_factor() {
        assert_eq!(Cholesky::of(&[vec![1.0], vec![1.0, 1.0]]), None, "singular");
        assert_eq!(Cholesky::of(&[vec![-1.0]]), None, "negative");
        assert_eq!(Cholesky::of(&[vec![f64::NAN]]), None, "not a number");
    }
}
