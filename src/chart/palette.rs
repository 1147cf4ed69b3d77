//! Colors that remain distinct to the color-blind and in grey print, and contrast ratios.
//!
//! Color never carries meaning alone: the figures add dashes, markers or numbers.

/// A color in sRGB, 8 bits per channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// Paper.
pub const WHITE: Rgb = Rgb(255, 255, 255);
/// Text and the baseline policy.
pub const INK: Rgb = Rgb(26, 26, 26);
/// Secondary text; contrast with white above 7.
pub const MUTED: Rgb = Rgb(84, 84, 84);
/// Grid lines.
pub const GRID: Rgb = Rgb(217, 217, 217);
/// Light background bands.
pub const SHADE: Rgb = Rgb(240, 240, 240);
/// The negative end of the diverging scale, and the first categorical color.
pub const BLUE: Rgb = Rgb(0, 114, 178);
/// The positive end of the diverging scale, and the second categorical color.
pub const VERMILION: Rgb = Rgb(213, 94, 0);

/// Okabe and Ito's categorical palette in a fixed order (Okabe and Ito, Color Universal Design,
/// 2008), with the wine of Tol's muted palette (Tol, Colour Schemes, 2021) for yellow, which vanishes on white.
pub const CATEGORICAL: [Rgb; 8] = [
    BLUE,
    VERMILION,
    Rgb(0, 158, 115),
    Rgb(204, 121, 167),
    Rgb(230, 159, 0),
    Rgb(86, 180, 233),
    Rgb(0, 0, 0),
    Rgb(136, 34, 85),
];

/// Colors of what is no policy, so that none is taken for one; contrast with white above 3.
pub const NEUTRAL: [Rgb; 3] = [INK, Rgb(98, 98, 98), Rgb(144, 144, 144)];

/// Eleven points of cividis, dark to light (Nunez, Anderton and Renslow, PLOS ONE 13(7), 2018).
const CIVIDIS: [Rgb; 11] = [
    Rgb(0, 34, 78),
    Rgb(8, 51, 112),
    Rgb(53, 69, 108),
    Rgb(79, 87, 108),
    Rgb(102, 105, 112),
    Rgb(125, 124, 120),
    Rgb(148, 142, 119),
    Rgb(174, 163, 113),
    Rgb(200, 184, 102),
    Rgb(229, 207, 82),
    Rgb(254, 232, 56),
];

/// The categorical color at `idx`; the palette repeats.
pub fn categorical(idx: usize) -> Rgb {
    CATEGORICAL[idx % CATEGORICAL.len()]
}

/// The neutral color at `idx`; the palette repeats.
pub fn neutral(idx: usize) -> Rgb {
    NEUTRAL[idx % NEUTRAL.len()]
}

/// The sequential color of a share from 0 (light) to 1 (dark): cividis reversed, so that more is
/// darker, with a paler light end, so that zero does not stand out. Shares outside are clamped.
pub fn sequential(share: f64) -> Rgb {
    let position = (1.0 - share.clamp(0.0, 1.0)) * (CIVIDIS.len() - 1) as f64;
    let below = (0..CIVIDIS.len() - 1)
        .rev()
        .find(|&idx| idx as f64 <= position)
        .unwrap_or(0);
    let color = mix(CIVIDIS[below], CIVIDIS[below + 1], position - below as f64);
    let rest = 1.0 - share.clamp(0.0, 1.0);
    mix(color, WHITE, 0.6 * rest * rest)
}

/// The diverging color of a position from -1 (blue) through 0 (white) to 1 (orange). Positions
/// outside are clamped.
pub fn diverging(position: f64) -> Rgb {
    let end = if position < 0.0 { BLUE } else { VERMILION };
    mix(WHITE, end, position.abs().min(1.0))
}

/// The color a share `weight` (0 to 1) of the way from `from` to `to`.
pub fn mix(from: Rgb, to: Rgb, weight: f64) -> Rgb {
    let channel = |a: u8, b: u8| byte(f64::from(a) + (f64::from(b) - f64::from(a)) * weight);
    Rgb(
        channel(from.0, to.0),
        channel(from.1, to.1),
        channel(from.2, to.2),
    )
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded and clamped to a byte first"
)]
fn byte(value: f64) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

/// Black or white, whichever has the higher contrast on `background`; always at least 4.5.
pub fn text_on(background: Rgb) -> Rgb {
    let black = Rgb(0, 0, 0);
    if contrast(WHITE, background) >= contrast(black, background) {
        WHITE
    } else {
        black
    }
}

/// Contrast ratio of two colors, 1 to 21 (W3C, WCAG 2.2, "contrast ratio").
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance, 0 to 1 (W3C, WCAG 2.2, "relative luminance").
fn luminance(Rgb(red, green, blue): Rgb) -> f64 {
    let linear = |channel: u8| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            libm::pow((share + 0.055) / 1.055, 2.4)
        }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_policy_is_seen_on_paper() {
        for color in NEUTRAL {
            let ratio = contrast(color, WHITE);
            assert!(ratio >= 3.0, "contrast {ratio} of {color:?}");
        }
    }

    #[test]
    fn contrast_runs_from_one_to_twenty_one() {
        assert!(
            (contrast(WHITE, Rgb(0, 0, 0)) - 21.0).abs() < 1e-9,
            "black on white is 21"
        );
        assert!(
            (contrast(WHITE, WHITE) - 1.0).abs() < 1e-12,
            "white on white is 1"
        );
        // Published example: #767676 on white is 4.54.
        assert!(
            (contrast(WHITE, Rgb(118, 118, 118)) - 4.54).abs() < 0.01,
            "#767676 is 4.54"
        );
    }

    #[test]
    fn text_in_a_cell_always_has_contrast() {
        for step in 0..=1000 {
            let share = f64::from(step) / 1000.0;
            for fill in [sequential(share), diverging(2.0 * share - 1.0)] {
                let ratio = contrast(text_on(fill), fill);
                assert!(ratio >= 4.5, "contrast {ratio} on {fill:?}");
            }
        }
    }

    #[test]
    fn more_is_darker() {
        let steps: Vec<f64> = (0..=100)
            .map(|p| luminance(sequential(f64::from(p) / 100.0)))
            .collect();
        assert!(
            steps.windows(2).all(|w| w[1] < w[0]),
            "luminance must fall strictly"
        );
    }

    #[test]
    fn the_diverging_scale_is_white_at_zero() {
        assert_eq!(diverging(0.0), WHITE, "zero difference has no color");
        assert_eq!(
            (diverging(-3.0), diverging(3.0)),
            (BLUE, VERMILION),
            "ends are clamped"
        );
    }
}
