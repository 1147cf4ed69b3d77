//! One root finder for all quantiles: Newton's method inside a bracket.

/// Steps that may be Newton's before plain bisection takes over.
const NEWTON_STEPS: u32 = 40;
/// Steps in all: enough to bisect any bracket used here down to neighboring numbers.
const MAX_STEPS: u32 = 160;

/// The root of an increasing function within `bracket`, from the guess `start`.
///
/// `function` returns its value and its slope. A step that would leave the bracket, or that is not
/// a number, is replaced by bisection, so the search ends within [`MAX_STEPS`] evaluations whatever
/// the function does; without a sign change the result is an end of the bracket.
pub(super) fn increasing_root(
    bracket: (f64, f64),
    start: f64,
    function: impl Fn(f64) -> (f64, f64),
) -> f64 {
    let (mut low, mut high) = bracket;
    let mut x = if start > low && start < high {
        start
    } else {
        low + 0.5 * (high - low)
    };
    for step in 0..MAX_STEPS {
        let (value, slope) = function(x);
        if value < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let newton = x - value / slope;
        let trusted = step < NEWTON_STEPS && newton >= low && newton <= high;
        let next = if trusted {
            newton
        } else {
            low + 0.5 * (high - low)
        };
        let moved = (next - x).abs();
        x = next;
        if moved <= f64::EPSILON * x.abs().max(f64::EPSILON) {
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smooth_root_is_found_to_full_precision() {
        let root = increasing_root((0.0, 10.0), 9.0, |x| (x * x - 2.0, 2.0 * x));
        assert!(
            (root - core::f64::consts::SQRT_2).abs() < 1e-15,
            "root of two: {root}"
        );
    }

    #[test]
    fn a_useless_slope_falls_back_to_bisection() {
        for slope in [0.0, f64::NAN, 1e-300, 1e3] {
            let root = increasing_root((-1.0, 700.0), 5.0, |x| (x - 3.0, slope));
            assert!((root - 3.0).abs() < 1e-13, "slope {slope} gave {root}");
        }
    }

    #[test]
    fn without_a_root_the_search_ends_at_the_bracket() {
        let root = increasing_root((0.0, 1.0), 0.5, |_| (-1.0, 1.0));
        assert!(
            (root - 1.0).abs() < 1e-15,
            "always negative: the upper end, not {root}"
        );
        let nonsense = increasing_root((0.0, 1.0), 0.5, |_| (f64::NAN, f64::NAN));
        assert!(
            (0.0..=1.0).contains(&nonsense),
            "not a number stays inside: {nonsense}"
        );
    }
}
