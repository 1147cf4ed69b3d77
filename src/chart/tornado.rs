//! Tornado: how far each input moves an outcome from its central value.

use crate::chart::bar_panels::{Bar, BarPanels, BarRow};
use crate::chart::input::ChartError;
use crate::chart::page::Words;
use crate::chart::palette::{BLUE, VERMILION};
use crate::chart::svg::Svg;
use crate::chart::theme::Theme;

/// Inputs with what the outcome becomes at their low and high values; draw the widest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// Name of the blue bars, for example `input at its low value`.
    pub low_name: String,
    /// Name of the orange bars.
    pub high_name: String,
    /// The outcome with every input at its own value.
    pub center: f64,
    /// Decimals of the printed numbers.
    pub decimals: usize,
    /// The inputs, from top to bottom.
    pub rows: Vec<TornadoRow>,
}

/// One input of a [`Tornado`].
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoRow {
    /// Name of the input with its low and high value.
    pub input: String,
    /// The outcome at the low value.
    pub low: f64,
    /// The outcome at the high value.
    pub high: f64,
}

/// Draws the tornado.
///
/// # Errors
/// [`ChartError::TooFew`] without an input, [`ChartError::Value`] when a number is not finite.
pub fn draw(tornado: &Tornado, theme: &Theme) -> Result<Svg, ChartError> {
    let rows = tornado.rows.iter().map(|row| bar_row(tornado, row, theme));
    BarPanels {
        words: &tornado.words,
        legend: &[(BLUE, &tornado.low_name), (VERMILION, &tornado.high_name)],
        panels: vec![("", rows.collect())],
        center: tornado.center,
    }
    .draw(theme)
}

fn bar_row(tornado: &Tornado, row: &TornadoRow, theme: &Theme) -> BarRow {
    let number = |value| theme.numbers.format(value, tornado.decimals);
    let bar = |until, color| Bar(tornado.center, until, color);
    let mut bars = vec![bar(row.low, BLUE), bar(row.high, VERMILION)];
    // The longer of two bars on the same side goes below.
    if (row.high - tornado.center).abs() > (row.low - tornado.center).abs() {
        bars.reverse();
    }
    BarRow {
        label: row.input.clone(),
        bars,
        whisker: None,
        text: format!("{} \u{2013} {}", number(row.low), number(row.high)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};

    fn tornado(rows: usize, size: f64) -> Tornado {
        Tornado {
            words: long_words(),
            low_name: "input at its low value".to_owned(),
            high_name: "input at its high value".to_owned(),
            center: 2.0 * size,
            decimals: 1,
            rows: (0..rows)
                .map(|idx| TornadoRow {
                    input: name(idx),
                    low: size,
                    high: size * if idx == 1 { 1.5 } else { 4.0 },
                })
                .collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(1, 0.0), (8, 4.2), (20, -1e6), (3, 0.002)];
        assert_fits(cases, |(rows, size), theme| {
            draw(&tornado(rows, size), theme)
        });
    }

    #[test]
    fn bars_on_one_side_both_stay_visible() {
        let row = bar_row(&tornado(1, 10.0), &tornado(2, 10.0).rows[1], &theme());
        let sizes: Vec<f64> = row.bars.iter().map(|bar| bar.1 - bar.0).collect();
        assert!(
            sizes[0].abs() >= sizes[1].abs(),
            "{sizes:?}: the longer is drawn first"
        );
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        assert_refused(draw(&tornado(2, f64::NAN), &theme()));
    }
}
