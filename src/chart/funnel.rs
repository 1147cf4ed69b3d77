//! Funnel: how many are left after each step, for example of the clinic workers who could help.

use crate::chart::bar_panels::{Bar, BarPanels, BarRow};
use crate::chart::input::{ChartError, Estimate, at_least, counts, same_length};
use crate::chart::page::Words;
use crate::chart::palette::{INK, WHITE, mix};
use crate::chart::svg::Svg;
use crate::chart::theme::Theme;

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
    /// How many are left after each step, up to the last that is drawn.
    pub left: Vec<Estimate>,
}

/// Draws the funnel: each bar is dark up to what is left and pale up to what the step before left.
///
/// # Errors
/// [`ChartError::TooFew`] without a panel or step, [`ChartError::Length`] when a panel has more
/// steps, [`ChartError::Value`] when a number is negative, not finite or outside its
/// interval.
pub fn draw(funnel: &Funnel, theme: &Theme) -> Result<Svg, ChartError> {
    at_least("steps", 1, funnel.steps.len())?;
    funnel
        .panels
        .iter()
        .try_for_each(|panel| check(funnel, panel))?;
    let panel = |panel: &'_ FunnelPanel| rows(funnel, panel, theme);
    let panels = funnel
        .panels
        .iter()
        .map(|one| (one.title.as_str(), panel(one)));
    BarPanels {
        words: &funnel.words,
        legend: &[],
        panels: panels.collect(),
        center: 0.0,
    }
    .draw(theme)
}

fn check(funnel: &Funnel, panel: &FunnelPanel) -> Result<(), ChartError> {
    let what = format!("steps of panel '{}'", panel.title);
    let n_steps = funnel.steps.len();
    same_length(&what, n_steps, panel.left.len().max(n_steps))?;
    panel.left.iter().try_for_each(|step| step.check(&what))?;
    counts(&what, panel.left.iter().map(|step| step.low))
}

fn rows(funnel: &Funnel, panel: &FunnelPanel, theme: &Theme) -> Vec<BarRow> {
    let before = panel.left.iter().take(1).chain(&panel.left);
    let row = |((label, left), before): ((&String, &Estimate), &Estimate)| {
        let (least, most) = (left.value.min(before.value), left.value.max(before.value));
        BarRow {
            label: label.clone(),
            bars: vec![
                Bar(least, most, mix(WHITE, INK, 0.18)),
                Bar(0.0, left.value, INK),
            ],
            whisker: (left.low < left.high).then_some(left.ends()),
            text: theme.numbers.format(left.value, funnel.decimals),
        }
    };
    let steps = funnel.steps.iter().zip(&panel.left);
    steps.zip(before).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};

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
        let cases = [(1, 1, 0.0), (1, 7, 812.0), (4, 6, 1e6), (2, 12, 0.03)];
        assert_fits(cases, |(panels, steps, level), theme| {
            draw(&funnel(panels, steps, level), theme)
        });
    }

    #[test]
    fn numbers_that_cannot_be_are_refused() {
        assert_refused(draw(&funnel(1, 3, -2.0), &theme()));
        let mut long = funnel(1, 3, 2.0);
        let last = long.panels[0].left[2];
        long.panels[0].left.push(last);
        let error = draw(&long, &theme()).unwrap_err();
        assert!(matches!(error, ChartError::Length { .. }), "got {error}");
    }
}
