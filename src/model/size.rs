//! How much is kept of one replication, which bounds what a study takes of memory and disk.

use crate::model::study::Study;

/// Most numbers that are kept of one replication, in all policies together. Sixty-four replications
/// are in memory at once, and each of their numbers takes eight bytes.
pub const MOST_NUMBERS: usize = 1_000_000;

/// Numbers that are kept for a policy, at most: by region and week, by week, by day, and besides.
pub const PER_REGION_WEEK: usize = 40;
/// See [`PER_REGION_WEEK`].
pub const PER_WEEK: usize = 80;
/// See [`PER_REGION_WEEK`]. A report also counts how often each value of a day occurs.
pub const PER_DAY: usize = 48;
/// See [`PER_REGION_WEEK`].
pub const BESIDES: usize = 128;
/// Numbers that are kept for a policy and a stream of planned patients, at most.
pub const PER_STREAM: usize = 40;

/// Numbers that are kept of one replication, at most.
pub fn numbers(study: &Study, (n_regions, n_streams): (usize, usize), n_policies: usize) -> usize {
    let of_weeks = study.n_weeks() * (n_regions * PER_REGION_WEEK + PER_WEEK);
    let of_streams = n_streams * PER_STREAM;
    n_policies * (of_weeks + study.n_days() * PER_DAY + of_streams + BESIDES)
}
