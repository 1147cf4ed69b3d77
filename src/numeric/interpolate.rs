//! Values between those of a list.

/// The value at a `position` of `values`, on the straight line between its neighbors; beyond the ends it
/// is that at the end.
///
/// # Panics
/// When there are no values.
pub fn interpolate(values: &[f64], position: f64) -> f64 {
    let last = values.len() - 1;
    let position = position.clamp(0.0, last as f64);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the positions of the list"
    )]
    let below = (position.floor() as usize).min(last);
    let above = (below + 1).min(last);
    values[below] + (values[above] - values[below]) * (position - below as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_lie_on_the_line_between_their_neighbors() {
        let found = [-1.0, 0.0, 0.25, 1.5, 2.0, 9.0].map(|at| interpolate(&[1.0, 3.0, 2.0], at));
        assert_eq!(
            found.map(f64::to_bits),
            [1.0, 1.0, 1.5, 2.5, 2.0, 2.0].map(f64::to_bits)
        );
    }
}
