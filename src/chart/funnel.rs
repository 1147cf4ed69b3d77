//! Funnel: how many are left after each step, for example of the clinic workers who could help.

use crate::chart::bars::{BarPanel, BarRow, Bars, Span};
use crate::chart::page::Words;
use crate::chart::palette::{BLUE, WHITE, mix};
use crate::chart::svg::Svg;
use crate::chart::theme::Theme;
use crate::chart::{ChartError, Estimate, at_least, bars, same_length, within};

/// What is left after each step, one panel per policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// Names of the steps, the whole first.
    pub steps: Vec<String>,
    /// Decimals of the printed numbers.
    pub decimals: usize,
    /// The panels, from top to bottom.
    pub panels: Vec<FunnelPanel>,
}

/// One funnel of a [`Funnel`].
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelPanel {
    /// Heading, for example the policy.
    pub title: String,
    /// How many are left after each step; as many as steps.
    pub left: Vec<Estimate>,
}

/// Draws the funnel: each bar is dark up to what is left and pale up to what the step before left.
///
/// # Errors
/// [`ChartError::TooFew`] without a panel or step, [`ChartError::Length`] when a panel has another
/// number of steps, [`ChartError::Value`] when a number is negative, not finite or outside its
/// interval.
pub fn draw(funnel: &Funnel, theme: &Theme) -> Result<Svg, ChartError> {
    at_least("steps", 1, funnel.steps.len())?;
    funnel
        .panels
        .iter()
        .try_for_each(|panel| check(funnel, panel))?;
    let panel = |panel: &'_ FunnelPanel| rows(funnel, panel, theme);
    let panels = funnel.panels.iter().map(|one| BarPanel {
        title: &one.title,
        rows: panel(one),
    });
    let bars = Bars {
        words: &funnel.words,
        key: Vec::new(),
        panels: panels.collect(),
        center: 0.0,
    };
    bars::draw(&bars, theme)
}

fn check(funnel: &Funnel, panel: &FunnelPanel) -> Result<(), ChartError> {
    let what = format!("steps of panel '{}'", panel.title);
    same_length(&what, funnel.steps.len(), panel.left.len())?;
    for step in &panel.left {
        step.checked(&what)?;
        within(&what, step.low, 0.0..=f64::MAX, "finite, not negative")?;
    }
    Ok(())
}

fn rows(funnel: &Funnel, panel: &FunnelPanel, theme: &Theme) -> Vec<BarRow> {
    let before = panel.left.iter().take(1).chain(&panel.left);
    let row = |((label, left), before): ((&String, &Estimate), &Estimate)| BarRow {
        label: label.clone(),
        spans: vec![
            Span {
                from: left.value.min(before.value),
                until: before.value.max(left.value),
                color: mix(WHITE, BLUE, 0.18),
            },
            Span {
                from: 0.0,
                until: left.value,
                color: BLUE,
            },
        ],
        whisker: (left.low < left.high).then_some((left.low, left.high)),
        text: theme.numbers.format(left.value, funnel.decimals),
    };
    let steps = funnel.steps.iter().zip(&panel.left);
    steps.zip(before).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::samples::{long_words, name, theme};

    fn funnel(panels: usize, steps: usize, level: f64) -> Funnel {
        let left = |step: usize| {
            let value = level / (step + 1) as f64;
            Estimate::new(value, 0.9 * value, 1.2 * value)
        };
        Funnel {
            words: long_words(),
            steps: (0..steps).map(name).collect(),
            decimals: 1,
            panels: (0..panels)
                .map(|idx| FunnelPanel {
                    title: name(idx),
                    left: (0..steps).map(left).collect(),
                })
                .collect(),
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        for (panels, steps, level) in [(1, 1, 0.0), (1, 7, 812.0), (4, 6, 1e6), (2, 12, 0.03)] {
            let svg = draw(&funnel(panels, steps, level), &theme()).unwrap();
            let found = svg.validate_in_bounds();
            assert_eq!(found, Ok(()), "{panels} panels, {steps} steps, {level}");
        }
    }

    #[test]
    fn numbers_that_cannot_be_are_refused() {
        let error = draw(&funnel(1, 3, -2.0), &theme()).unwrap_err();
        assert!(matches!(error, ChartError::Value { .. }), "got {error}");
        let mut short = funnel(1, 3, 2.0);
        short.panels[0].left.pop();
        let error = draw(&short, &theme()).unwrap_err();
        assert!(matches!(error, ChartError::Length { .. }), "got {error}");
    }
}
