//! Means and sums of products of rows of numbers.

/// The mean of the rows.
pub(super) fn mean(rows: &[Vec<f64>]) -> Vec<f64> {
    let width = rows.first().map_or(0, Vec::len);
    let n = rows.len() as f64;
    (0..width)
        .map(|column| rows.iter().map(|row| row[column]).sum::<f64>() / n)
        .collect()
}

/// A row less another one.
pub(super) fn less(row: &[f64], mean: &[f64]) -> Vec<f64> {
    row.iter().zip(mean).map(|(x, mean)| x - mean).collect()
}

/// The rows less their mean.
pub(super) fn centered(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mean = mean(rows);
    rows.iter().map(|row| less(row, &mean)).collect()
}

/// Sums of products of each two numbers of rows of `width`, up to the diagonal, over `freedom`: the covariance
/// of rows that are centered.
pub(super) fn covariance(
    rows: impl Iterator<Item = Vec<f64>>,
    width: usize,
    freedom: f64,
) -> Vec<Vec<f64>> {
    let mut sums: Vec<Vec<f64>> = (0..width).map(|i| vec![0.0; i + 1]).collect();
    for row in rows {
        for (i, sums) in sums.iter_mut().enumerate() {
            for (sum, other) in sums.iter_mut().zip(&row) {
                *sum += row[i] * other;
            }
        }
    }
    sums.iter_mut().flatten().for_each(|sum| *sum /= freedom);
    sums
}
