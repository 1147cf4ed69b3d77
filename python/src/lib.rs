//! The part of the Python package that is written in Rust: scenarios, runs that obey Ctrl-C, and
//! results as columns. What a Python user sees of it stands in `zorgdruk/*.py`.

mod errors;
mod program;
mod results;
mod study;

use pyo3::prelude::*;

/// The compiled part of zorgdruk.
#[pymodule]
mod _zorgdruk {
    #[pymodule_export]
    use crate::program::{main, scenarios};
    #[pymodule_export]
    use crate::results::Results;
    #[pymodule_export]
    use crate::study::Study;
}
