//! Distribution functions and their inverses, and small numerical methods, on `f64`: the same bits on
//! every platform.
//!
//! Built from `+ - * /`, `sqrt` and the pure-Rust `libm` only, because the standard library leaves
//! the precision of `ln`, `exp` and the like open. Nothing here is random, and nothing is medical.
//! Every function is total: outside its stated domain it returns NaN or clamps, as documented, and
//! every iteration is bounded.

pub mod beta;
pub mod cholesky;
pub mod gamma;
pub mod normal;
pub mod poisson;
pub mod simplex;
pub mod student_t;

mod fraction;
mod interpolate;
mod root;
mod saddle;
mod tail;

pub use cholesky::dot;
pub use interpolate::interpolate;
pub use tail::Tail;

/// The whole number nearest below `x` that a `u32` can hold; negative and not-a-number become zero.
pub fn clamp_to_u32(x: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float casts saturate, and not-a-number becomes zero"
    )]
    let whole = x as u32;
    whole
}
