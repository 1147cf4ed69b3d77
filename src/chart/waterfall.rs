//! Waterfall: a whole, what each gate stops of it, and what passes all of them.

use crate::chart::bar_panels::{Bar, BarPanels, BarRow};
use crate::chart::input::{ChartError, counts, same_length};
use crate::chart::page::Words;
use crate::chart::palette::{NEUTRAL, Rgb};
use crate::chart::svg::Svg;
use crate::chart::theme::Theme;

/// Of what there is, and of what a gate stops.
const LEFT: Rgb = NEUTRAL[0];
const STOPPED: Rgb = NEUTRAL[2];

/// A whole taken apart, one panel per policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Waterfall {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// Name of the whole, for example `loan rounds`.
    pub whole: String,
    /// Names of the gates in the order in which they are passed.
    pub gates: Vec<String>,
    /// Name of what passes all gates.
    pub passed: String,
    /// Decimals of the printed numbers.
    pub decimals: usize,
    /// The panels, from top to bottom.
    pub panels: Vec<WaterfallPanel>,
}

/// One waterfall of a [`Waterfall`].
#[derive(Debug, Clone, PartialEq)]
pub struct WaterfallPanel {
    /// Heading, for example the policy.
    pub title: String,
    /// How many each gate stops, not negative; as many as gates.
    pub stopped: Vec<f64>,
    /// How many pass all gates, not negative.
    pub passed: f64,
}

/// Draws the waterfall.
///
/// # Errors
/// [`ChartError::TooFew`] without a panel, [`ChartError::Length`] when a panel has another number
/// of gates, [`ChartError::Value`] when a number is negative or not finite.
pub fn draw(waterfall: &Waterfall, theme: &Theme) -> Result<Svg, ChartError> {
    let panel = |panel: &'_ WaterfallPanel| -> Result<Vec<BarRow>, ChartError> {
        let what = format!("gates of panel '{}'", panel.title);
        same_length(&what, waterfall.gates.len(), panel.stopped.len())?;
        counts(&what, panel.stopped.iter().copied().chain([panel.passed]))?;
        Ok(rows(waterfall, panel, theme))
    };
    let panels = waterfall.panels.iter();
    let panels: Result<_, ChartError> = panels
        .map(|one| Ok((one.title.as_str(), panel(one)?)))
        .collect();
    BarPanels {
        words: &waterfall.words,
        legend: &[],
        panels: panels?,
        center: 0.0,
    }
    .draw(theme)
}

fn rows(waterfall: &Waterfall, panel: &WaterfallPanel, theme: &Theme) -> Vec<BarRow> {
    let row = |label: &str, bar: Bar| {
        let sign = if bar.2 == LEFT { 1.0 } else { -1.0 };
        BarRow {
            label: label.to_owned(),
            bars: vec![bar],
            whisker: None,
            text: theme
                .numbers
                .format(sign * (bar.1 - bar.0), waterfall.decimals),
        }
    };
    let whole = panel.passed + panel.stopped.iter().rev().sum::<f64>();
    let mut rows = vec![row(&waterfall.whole, Bar(0.0, whole, LEFT))];
    let mut left = whole;
    let gates = waterfall.gates.iter().zip(&panel.stopped);
    // A gate that stops nobody, as far as its number shows, has no row.
    let least = (0..waterfall.decimals).fold(0.5, |least, _| 0.1 * least);
    for (gate, stopped) in gates.filter(|(_, stopped)| **stopped >= least) {
        let after = (left - stopped).max(0.0);
        rows.push(row(gate, Bar(after, left, STOPPED)));
        left = after;
    }
    rows.push(row(&waterfall.passed, Bar(0.0, panel.passed, LEFT)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};

    fn waterfall(panels: usize, gates: usize, level: f64) -> Waterfall {
        Waterfall {
            words: long_words(),
            whole: "rounds".to_owned(),
            gates: (0..gates).map(name).collect(),
            passed: "gate open".to_owned(),
            decimals: 1,
            panels: (0..panels)
                .map(|idx| WaterfallPanel {
                    title: name(idx),
                    stopped: (0..gates).map(|gate| level * gate as f64).collect(),
                    passed: level,
                })
                .collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(1, 0, 0.0), (1, 6, 12.5), (4, 6, 1e5), (2, 12, 0.03)];
        assert_fits(cases, |(panels, gates, level), theme| {
            draw(&waterfall(panels, gates, level), theme)
        });
    }

    #[test]
    fn the_whole_is_the_sum_of_its_parts() {
        let svg = draw(&waterfall(1, 4, 2.0), &theme()).unwrap();
        for expected in [">\n14,0\n<", ">\n\u{2212}6,0\n<", ">\n2,0\n<"] {
            assert!(svg.as_str().contains(expected), "{expected:?} is printed");
        }
    }

    #[test]
    fn less_than_nothing_is_refused() {
        assert_refused(draw(&waterfall(1, 3, -1.0), &theme()));
    }
}
