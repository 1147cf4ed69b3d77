//! The files of a fit.

use core::fmt::Write;
use std::path::Path;

use crate::calibrate::{Behavior, Fitted, Method, significant};
use crate::cli::csv_table::CsvTable;
use crate::cli::failure::Failure;
use crate::cli::output::save_all;
use crate::run::CheckedScenario;
use crate::scenario::{self, Scenario};

/// Name of the fitted scenario in the output folder.
pub(super) const SCENARIO: &str = "fitted.toml";
/// Name of the table of fitted figures.
pub(super) const TABLE: &str = "calibration.csv";
/// Name of the sets of figures that fit together, as a scenario that another one can extend.
pub(super) const POSTERIOR: &str = "posterior.toml";
/// Name of the table of series.
pub(super) const FITS: &str = "fits.csv";
/// Correlation from which two figures are said to trade off: three standard errors over 200 sets.
const TRADES_OFF: f64 = 0.21;
/// Name of the table of figures that trade off.
pub(super) const PAIRS: &str = "pairs.csv";

/// A scenario, with and without what was fitted in it.
pub(super) struct Fit<'a> {
    /// The scenario as it was.
    pub(super) checked: &'a CheckedScenario,
    /// The scenario with what was fitted.
    pub(super) scenario: &'a Scenario,
    /// What it was fitted to.
    pub(super) file: String,
}

/// Writes the fitted scenario and the tables into a folder.
pub(super) fn write(
    out: &Path,
    fit: &Fit<'_>,
    fitted: &[Fitted],
    found: Option<&Behavior>,
) -> Result<(), Failure> {
    let Fit {
        checked,
        scenario,
        file,
    } = fit;
    let sources = sources(fitted, file);
    let mut text = format!(
        "# {}, fitted to {file} by zorgdruk {}.\n\n{}",
        checked.model.title.en.replace('\n', " "),
        env!("CARGO_PKG_VERSION"),
        scenario.to_toml(&sources)
    );
    let out = |name: &str| out.join(name);
    let mut files = vec![(out(TABLE), table(checked, fitted).bytes()?)];
    if let Some(found) = found {
        let posterior = posterior(found, file);
        text.push_str(&posterior);
        files.push((out(POSTERIOR), posterior.into_bytes()));
        files.push((out(FITS), fits(found).bytes()?));
        files.push((out(PAIRS), pairs(found).bytes()?));
    }
    // What cannot be read back is no scenario.
    CheckedScenario::checked(scenario::parse(&text, SCENARIO))?;
    files.push((out(SCENARIO), text.into_bytes()));
    save_all(&files)
}

/// The sets as a table of a scenario.
fn posterior(found: &Behavior, file: &str) -> String {
    format!(
        "\n# Figures that fit {file} together, by zorgdruk {}.\n[posterior]\nsource = \"calibrated: an ensemble \
         smoother, fitted to {file}\"\nsets = '''\n{}'''\n",
        env!("CARGO_PKG_VERSION"),
        found.sets.to_csv()
    )
}

/// Pairs of figures that the record tells only together.
fn pairs(found: &Behavior) -> CsvTable {
    let mut table = CsvTable::new("figure other correlation");
    let all = found.sets.correlations().into_iter();
    for (first, second, correlation) in all.take_while(|pair| pair.2.abs() > TRADES_OFF) {
        table.push(vec![
            found.sets.paths[first].clone().into(),
            found.sets.paths[second].clone().into(),
            correlation.into(),
        ]);
    }
    table
}

fn fits(found: &Behavior) -> CsvTable {
    let mut table = CsvTable::new("series means excess");
    for fit in &found.fits {
        table.push(vec![
            fit.compared.key().into(),
            (fit.n as u64).into(),
            fit.excess.into(),
        ]);
    }
    table
}

/// Where each figure comes from; the parameters of one stay share a text.
fn sources(fitted: &[Fitted], file: &str) -> Vec<(String, String)> {
    let mut sources: Vec<(String, String)> = Vec::new();
    for one in fitted {
        let (parent, name) = one.path.rsplit_once('.').unwrap_or(("", &one.path));
        let low = significant(one.interval.low);
        let high = significant(one.interval.high);
        let interval = format!("{name} {low} to {high}");
        match sources.last_mut() {
            Some((path, text)) if one.method == Method::Likelihood && path == parent => {
                let _ = write!(text, ", {interval}");
            }
            _ => {
                let path = match one.method {
                    Method::Likelihood => parent,
                    Method::EnsembleSmoother => &one.path,
                };
                let method = one.method.name().replace('_', " ");
                let text =
                    format!("calibrated: fitted to {file} ({method}); 95 % interval: {interval}");
                sources.push((path.to_owned(), text));
            }
        }
    }
    sources
}

fn table(checked: &CheckedScenario, fitted: &[Fitted]) -> CsvTable {
    let mut table = CsvTable::new(
        "figure value param95_low param95_high belief_low belief_high method observations \
    dispersion",
    );
    for one in fitted {
        let known = checked
            .model
            .uncertain
            .iter()
            .find(|figure| figure.path == one.path);
        let belief = |u: f64| known.map(|figure| figure.value(u)).into();
        table.push(vec![
            one.path.clone().into(),
            one.value.into(),
            one.interval.low.into(),
            one.interval.high.into(),
            belief(0.0),
            belief(1.0),
            one.method.name().into(),
            (one.n as u64).into(),
            one.dispersion.into(),
        ]);
    }
    table
}
