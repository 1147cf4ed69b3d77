//! The program itself, which the wheel carries.

use std::ffi::OsString;

use pyo3::prelude::*;
use zorgdruk::scenario::shipped;

/// Runs the program with the arguments after its name, and gives its exit code.
#[pyfunction]
pub(crate) fn main(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    let name = OsString::from("zorgdruk");
    let all: Vec<OsString> = std::iter::once(name).chain(arguments).collect();
    py.detach(|| zorgdruk::cli::run_with(all))
}

/// Names of the scenarios that the program contains.
#[pyfunction]
pub(crate) fn scenarios() -> Vec<&'static str> {
    shipped::scenarios()
}
