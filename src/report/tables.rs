//! The tables of a run, except the dictionary.

use crate::report::table::{Rows, Table};
use crate::report::{
    Evidence, ReportError, activations, best, comparisons, daily, dimensions, replications,
    streams, summary, trade_offs, weekly,
};

type Write = fn(&Evidence, &mut Rows<'_>) -> Result<(), ReportError>;

/// Each table with the function that adds its rows; the answer comes first.
pub(crate) const TABLES: [(Table, Write); 11] = [
    (summary::TABLE, summary::write),
    (comparisons::TABLE, comparisons::write),
    (best::TABLE, best::write),
    (trade_offs::TABLE, trade_offs::write),
    (activations::TABLE, activations::write),
    (streams::TABLE, streams::write),
    (weekly::TABLE, weekly::write),
    (daily::TABLE, daily::write),
    (replications::TABLE, replications::write),
    (dimensions::POLICIES, dimensions::write_policies),
    (dimensions::REGIONS, dimensions::write_regions),
];
