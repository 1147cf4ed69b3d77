//! What a heat map shows.

use jiff::civil::Date;

use crate::chart::input::{ChartError, at_least, same_length, within};
use crate::chart::page::Words;

/// Percentages per region and week.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// Names of the rows.
    pub regions: Vec<String>,
    /// Mondays of the columns, ascending.
    pub weeks: Vec<Date>,
    /// Panels below each other.
    pub panels: Vec<HeatPanel>,
}

/// One map of a [`Heat`].
#[derive(Debug, Clone, PartialEq)]
pub struct HeatPanel {
    /// Heading.
    pub title: String,
    /// What the colors mean.
    pub colors: HeatColors,
    /// What a marked cell means, for the legend; empty for none.
    pub mark_name: String,
    /// One row per region, one cell per week; `None` where there is too little to say.
    pub cells: Vec<Vec<Option<HeatCell>>>,
}

/// The color scale of a panel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum HeatColors {
    /// 0-100 %, light to dark; a mark is a corner (imprecise).
    Probability,
    /// Percentage points from `-limit` (blue) to `limit` (orange), white at 0; a mark is a dot
    /// (significant). Values beyond the limit keep the end color.
    Difference {
        /// Positive and finite.
        limit: f64,
    },
}

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeatCell {
    /// Percent or percentage points; printed as a whole number.
    pub value: f64,
    /// Whether the cell is marked.
    pub marked: bool,
}

/// Refuses what cannot be drawn.
pub(super) fn check(heat: &Heat) -> Result<(), ChartError> {
    at_least("regions", 1, heat.regions.len())?;
    at_least("weeks", 1, heat.weeks.len())?;
    at_least("panels", 1, heat.panels.len())?;
    let mut panels = heat.panels.iter();
    panels.try_for_each(|panel| check_panel(heat, panel))
}

fn check_panel(heat: &Heat, panel: &HeatPanel) -> Result<(), ChartError> {
    let what = |part: &str| format!("{part} of panel '{}'", panel.title);
    same_length(&what("rows"), heat.regions.len(), panel.cells.len())?;
    if let HeatColors::Difference { limit } = panel.colors {
        let positive = f64::MIN_POSITIVE..=f64::MAX;
        within(&what("limit"), limit, positive, "positive, finite")?;
    }
    let (low, words) = match panel.colors {
        HeatColors::Probability => (0.0, "0 to 100 %"),
        HeatColors::Difference { .. } => (-100.0, "-100 to 100 points"),
    };
    for row in &panel.cells {
        same_length(&what("cells"), heat.weeks.len(), row.len())?;
        for cell in row.iter().flatten() {
            within(&what("cell"), cell.value, low..=100.0, words)?;
        }
    }
    Ok(())
}
