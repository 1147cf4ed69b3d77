//! Results as columns.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::PyList;
use zorgdruk::report::folder::Existing;
use zorgdruk::report::{DataColumn, Values};
use zorgdruk::run;

use crate::errors::exception;

/// A column: name, type, unit, meaning, values.
type Column<'py> = (String, &'static str, String, String, Bound<'py, PyList>);

/// The results of a run.
#[pyclass(frozen, module = "zorgdruk._zorgdruk")]
pub(crate) struct Results(run::Results);

impl Results {
    pub(crate) const fn new(results: run::Results) -> Self {
        Self(results)
    }
}

#[pymethods]
impl Results {
    /// Reads a run from its folder.
    #[staticmethod]
    fn read(py: Python<'_>, folder: PathBuf) -> PyResult<Self> {
        let read = py.detach(|| run::Results::read(&folder));
        read.map(Self).map_err(|error| exception(py, error))
    }

    /// The columns of a table; None when there is no such table.
    fn table<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Option<Vec<Column<'py>>>> {
        let table = py.detach(|| self.0.table(name));
        let Some(data) = table.map_err(|error| exception(py, error))? else {
            return Ok(None);
        };
        let columns = data.columns.into_iter().map(|column| listed(py, column));
        columns.collect::<PyResult<_>>().map(Some)
    }

    /// Value, low, high, number of worlds and status of an estimate; None when there is no such policy or
    /// estimand.
    fn estimate(&self, policy: &str, estimand: &str) -> Option<(f64, f64, f64, u64, &'static str)> {
        let estimate = self.0.estimate(policy, estimand)?;
        let interval = estimate.published();
        Some((
            estimate.value,
            interval.low,
            interval.high,
            estimate.n,
            estimate.standing().0,
        ))
    }

    /// The run beside this one in which what is not known is drawn too.
    fn uncertain(&self) -> Option<Self> {
        self.0.uncertain().map(Self)
    }

    /// Scenario, title, seed, number of worlds, and keys of the policies with the baseline's position.
    fn described(&self) -> (&str, &str, u64, u32, Vec<&str>, usize) {
        let manifest = &self.0.evidence().manifest;
        let frame = &manifest.frame;
        let policies = frame.policies.iter().map(|policy| policy.key.as_str());
        (
            &frame.scenario,
            &frame.title.en,
            manifest.seed,
            manifest.n_replications,
            policies.collect(),
            frame.baseline,
        )
    }

    /// Writes the folder of the run.
    fn save(&self, py: Python<'_>, folder: PathBuf, replace: bool) -> PyResult<()> {
        let existing = if replace {
            Existing::Replace
        } else {
            Existing::Keep
        };
        let saved = py.detach(|| self.0.save(&folder, existing));
        saved.map(drop).map_err(|error| exception(py, error))
    }
}

fn listed(py: Python<'_>, column: DataColumn) -> PyResult<Column<'_>> {
    let (of, values) = match column.values {
        Values::Text(values) => ("text", PyList::new(py, values)),
        Values::Date(values) => ("date", PyList::new(py, values)),
        Values::Whole(values) => ("whole", PyList::new(py, values)),
        Values::Real(values) => ("real", PyList::new(py, values)),
        Values::Flag(values) => ("flag", PyList::new(py, values)),
    };
    Ok((column.name, of, column.unit, column.meaning, values?))
}
