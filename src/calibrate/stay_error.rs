//! Why no stay is fitted to what was observed.

/// Why a stay could not be fitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StayError {
    /// Not enough was observed.
    #[error("needs two weeks of daily {0} and {1} in the window")]
    TooFew(&'static str, &'static str),
    /// Too many days between observations have none.
    #[error("{1} days between others have no {0}, too many to be filled")]
    Gaps(&'static str, usize),
    /// Numbers belong to the day of a report.
    #[error(
        "{0} depends on the weekday as counts by day of report do, in parts of an average day: {1}; \
         count by day of admission"
    )]
    Weekdays(&'static str, String),
    /// The stay is of a form without a scale and a shape.
    #[error("its distribution is neither gamma, Weibull, lognormal nor exponential")]
    Form,
    /// The likelihood has no maximum inside the range of the key, or is too flat there.
    #[error("the observations do not determine {0} within the range of a scenario")]
    Undetermined(String),
}
