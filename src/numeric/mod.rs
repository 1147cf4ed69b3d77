//! Distribution functions and their inverses on `f64`, the same bits on every platform.
//!
//! Built from `+ - * /`, `sqrt` and the pure-Rust `libm` only, because the standard library leaves
//! the precision of `ln`, `exp` and the like open. Nothing here is random, and nothing is medical.
//! Every function is total: outside its stated domain it returns NaN or clamps, as documented, and
//! every iteration is bounded.

pub mod beta;
pub mod gamma;
pub mod normal;
pub mod poisson;
pub mod student_t;

mod fraction;
mod root;
mod saddle;
mod tail;

pub use tail::Tail;
