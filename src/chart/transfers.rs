//! Transfers between regions: what each region sends and receives, and the balance.

use crate::chart::bar_panels::{Bar, BarPanels, BarRow};
use crate::chart::input::{ChartError, counts};
use crate::chart::page::Words;
use crate::chart::palette::{NEUTRAL, Rgb};
use crate::chart::svg::Svg;
use crate::chart::theme::Theme;

/// Of patients sent and of patients received.
const COLORS: [Rgb; 2] = [NEUTRAL[2], NEUTRAL[0]];

/// Patients sent and received by region, one panel per policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Transfers {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// Legend of the bars to the left.
    pub sent_name: String,
    /// Legend of the bars to the right.
    pub received_name: String,
    /// The panels, from top to bottom.
    pub panels: Vec<TransferPanel>,
}

/// One panel of [`Transfers`].
#[derive(Debug, Clone, PartialEq)]
pub struct TransferPanel {
    /// Heading, for example the policy.
    pub title: String,
    /// The regions, from top to bottom.
    pub rows: Vec<TransferRow>,
}

/// One region.
#[derive(Debug, Clone, PartialEq)]
pub struct TransferRow {
    /// Name of the region.
    pub region: String,
    /// Patients sent to other regions.
    pub sent: f64,
    /// Patients received from other regions.
    pub received: f64,
}

/// Draws the transfers; received minus sent is printed as a whole number.
///
/// # Errors
/// [`ChartError::TooFew`] without a panel or region, [`ChartError::Value`] when a number is negative
/// or not finite.
pub fn draw(transfers: &Transfers, theme: &Theme) -> Result<Svg, ChartError> {
    for row in transfers.panels.iter().flat_map(|panel| &panel.rows) {
        let what = format!("transfers of region '{}'", row.region);
        counts(&what, [row.sent, row.received])?;
    }
    let panels = transfers.panels.iter().map(|panel| {
        let rows = panel.rows.iter();
        let bars = rows.map(|row| bar_row(row, theme));
        (panel.title.as_str(), bars.collect())
    });
    BarPanels {
        words: &transfers.words,
        legend: &[
            (COLORS[0], &transfers.sent_name),
            (COLORS[1], &transfers.received_name),
        ],
        panels: panels.collect(),
        center: 0.0,
    }
    .draw(theme)
}

fn bar_row(row: &TransferRow, theme: &Theme) -> BarRow {
    let net = theme.numbers.format(row.received - row.sent, 0);
    let is_gain = row.received > row.sent && net.contains(|c: char| ('1'..='9').contains(&c));
    BarRow {
        label: row.region.clone(),
        bars: vec![
            Bar(0.0, -row.sent, COLORS[0]),
            Bar(0.0, row.received, COLORS[1]),
        ],
        whisker: None,
        text: if is_gain { format!("+{net}") } else { net },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{assert_fits, assert_refused, long_words, name, theme};

    fn transfers(regions: usize, level: f64) -> Transfers {
        Transfers {
            words: long_words(),
            sent_name: "sent".to_owned(),
            received_name: "received".to_owned(),
            panels: vec![TransferPanel {
                title: name(0),
                rows: (0..regions)
                    .map(|idx| TransferRow {
                        region: name(idx),
                        sent: level * idx as f64,
                        received: level * 3.0,
                    })
                    .collect(),
            }],
        }
    }

    #[test]
    fn no_text_is_cut_or_overlaps() {
        let cases = [(1, 0.0), (11, 42.0), (25, 1e6)];
        assert_fits(cases, |(n, level), theme| draw(&transfers(n, level), theme));
    }

    #[test]
    fn a_long_axis_label_fits_beside_a_short_balance() {
        let mut even = transfers(1, 0.0);
        even.panels[0].rows[0].sent = 900_000_000.0;
        even.panels[0].rows[0].received = 900_000_000.0;
        let svg = draw(&even, &theme()).unwrap();
        assert_eq!(svg.validate_in_bounds(), Ok(()), "the balance is 0");
    }

    #[test]
    fn the_balance_has_its_sign() {
        let text = |sent, received| {
            let region = TransferRow {
                region: String::new(),
                sent,
                received,
            };
            bar_row(&region, &theme()).text
        };
        assert_eq!(text(2.0, 5.0), "+3", "more received");
        assert_eq!(text(5.0, 2.0), "\u{2212}3", "more sent");
        assert_eq!(text(5.0, 5.3), "0", "about as many");
    }

    #[test]
    fn negative_patients_are_refused() {
        assert_refused(draw(&transfers(3, -1.0), &theme()));
    }
}
