//! The engine behind a page in a browser: a scenario is opened, worlds are simulated one at a time, and what
//! they say is asked for, all as JSON. The page has several instances, in workers of their own: those that
//! simulate, and one that adds up.
//!
//! `boundary` is what a browser calls; everything else is plain Rust that tests call as well.

mod boundary;
mod desk;
mod request;
mod session;
mod study;

pub use request::Request;
pub use session::Session;
