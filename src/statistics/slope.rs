//! The slope of one daily series on another, with an interval for dependent days.

use crate::statistics::interval::Interval;

/// A least-squares slope.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// Change of y per unit of x.
    pub value: f64,
    /// 95 % interval.
    pub interval: Interval,
    /// Number of pairs.
    pub n: usize,
}

/// The least-squares line through some points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    mean_x: f64,
    mean_y: f64,
    /// Sum of squared deviations of x from its mean.
    sum_xx: f64,
    /// Change of y per unit of x.
    pub slope: f64,
}

impl Line {
    /// The line for `pairs` of x and y; `None` when x does not vary.
    pub fn through(pairs: &[(f64, f64)]) -> Option<Self> {
        let n = pairs.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
        let (mean_x, mean_y) = (mean(|pair| pair.0), mean(|pair| pair.1));
        let sum_xx: f64 = pairs.iter().map(|(x, _)| (x - mean_x) * (x - mean_x)).sum();
        let sum_xy: f64 = pairs.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
        (sum_xx > 0.0).then(|| Self {
            mean_x,
            mean_y,
            sum_xx,
            slope: sum_xy / sum_xx,
        })
    }
}

/// Fewest pairs of which a slope is given.
const FEWEST: usize = 8;

/// The least-squares slope of y on x for `pairs` in the order of time; `None` with fewer than eight
/// pairs, or when x does not vary.
///
/// The interval allows for residuals that depend on each other over time: the Bartlett-weighted
/// variance of Newey and West (1987) over 1.3 √n lags (Lazarus, Lewis, Stock and Watson 2018), with
/// the critical value that a window of this length needs (Kiefer and Vogelsang 2005, table 1). Gaps
/// in time are ignored.
pub fn slope(pairs: &[(f64, f64)]) -> Option<Slope> {
    let n = pairs.len();
    if n < FEWEST {
        return None;
    }
    let Line {
        mean_x,
        mean_y,
        sum_xx,
        slope: value,
    } = Line::through(pairs)?;
    let moments: Vec<f64> = pairs
        .iter()
        .map(|(x, y)| (x - mean_x) * (y - mean_y - value * (x - mean_x)))
        .collect();
    let n_lags = lags(n);
    let error = long_run_sum(&moments, n_lags).sqrt() / sum_xx;
    let window = (n_lags as f64 + 1.0) / n as f64;
    Some(Slope {
        value,
        interval: Interval::around(value, critical_value(window) * error),
        n,
    })
}

fn lags(n: usize) -> usize {
    let most = 1.3 * (n as f64).sqrt();
    (1..n - 1).take_while(|lag| *lag as f64 <= most).count()
}

/// Sum of products over all pairs of moments up to `n_lags` apart, with weights that fall linearly.
fn long_run_sum(moments: &[f64], n_lags: usize) -> f64 {
    let products = |lag: usize| -> f64 {
        let later = moments[lag..].iter();
        later.zip(moments).map(|(a, b)| a * b).sum()
    };
    let weight = |lag: usize| 1.0 - lag as f64 / (n_lags as f64 + 1.0);
    let apart: f64 = (1..=n_lags).map(|lag| weight(lag) * products(lag)).sum();
    products(0) + 2.0 * apart
}

/// The 97.5 % point of the statistic when the window is this part of the sample.
fn critical_value(window: f64) -> f64 {
    1.96 + window * (2.9694 + window * (0.416 - 0.5324 * window))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_slope_and_no_error() {
        let pairs: Vec<(f64, f64)> = (0..20)
            .map(|x| (f64::from(x), 3.0 - 0.36 * f64::from(x)))
            .collect();
        let slope = slope(&pairs).expect("a slope");
        assert!((slope.value + 0.36).abs() < 1e-12, "{slope:?}");
        assert!(slope.interval.width() < 1e-9, "{slope:?}");
    }

    #[test]
    fn nothing_is_said_of_few_pairs_or_of_a_constant() {
        assert_eq!(slope(&[(0.0, 1.0), (1.0, 2.0)]), None, "two pairs");
        assert_eq!(slope(&[(1.0, 2.0); 20]), None, "x does not vary");
    }
}
