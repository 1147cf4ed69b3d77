//! Errors of the library as exceptions of Python.

use std::io;

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use zorgdruk::run::RunError;
use zorgdruk::scenario::{Place, ScenarioErrors, Violation};

/// File, line, column, key, message and range of a mistake.
type Mistake = (
    String,
    Option<usize>,
    Option<usize>,
    String,
    String,
    Option<String>,
);

/// The exception that says what went wrong: that of the operating system where it said so,
/// `ScenarioError` with every mistake, `ValueError` for what does not fit, and `RuntimeError` for a
/// damaged run.
pub(crate) fn exception(py: Python<'_>, error: RunError) -> PyErr {
    if let Some(kind) = error.kind() {
        return io::Error::new(kind, error.to_string()).into();
    }
    match error {
        RunError::Scenario(errors) => scenario_error(py, &errors).unwrap_or_else(|failure| failure),
        RunError::Usage(message) => PyValueError::new_err(message),
        other => PyRuntimeError::new_err(other.to_string()),
    }
}

/// A `zorgdruk.ScenarioError`, which is written in Python.
fn scenario_error(py: Python<'_>, errors: &ScenarioErrors) -> PyResult<PyErr> {
    let class = py.import("zorgdruk._errors")?.getattr("ScenarioError")?;
    let mistakes: Vec<Mistake> = errors.violations.iter().map(mistake).collect();
    let exception = class.call1((errors.to_string(), mistakes))?;
    Ok(PyErr::from_value(exception))
}

fn mistake(violation: &Violation) -> Mistake {
    let (file, line, column) = match &violation.place {
        Place::File {
            name, line, column, ..
        } => (name.clone(), Some(*line), Some(*column)),
        Place::Override(text) => (text.clone(), None, None),
        Place::Whole(name) => (name.clone(), None, None),
    };
    let Violation {
        path,
        message,
        allowed,
        ..
    } = violation;
    (
        file,
        line,
        column,
        path.clone(),
        message.clone(),
        allowed.clone(),
    )
}
