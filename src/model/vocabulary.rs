//! What readers of tables, figures and reports see things called.

pub use crate::scenario::shape::Vocabulary;
