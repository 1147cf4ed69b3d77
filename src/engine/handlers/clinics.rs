//! Production of independent clinics: normal, unless a team misses someone who was lent or takes over
//! operations of hospitals.

use crate::engine::run::{Run, regions};
use crate::outcome::{Recorder, WeekMeasure};
use crate::units::PerMille;

/// What the teams of one clinic do on a weekday, in thousandths of an operation.
#[derive(Debug, Clone, Copy)]
struct Day {
    done: i64,
    lost: i64,
    /// Of those done: with home care or the GP afterwards.
    followed_up: u32,
}

/// Operations that the region's clinics could do for hospitals today: a part of what their teams can
/// do who have lent nobody. Loans and moved care thus compete for the same hours (Z28).
pub(crate) fn open_to_hospitals<R: Recorder>(run: &mut Run<'_, R>) {
    for region in regions(run) {
        run.body.regions[region.idx()].moved_left_milli = 0;
    }
    if run.regime.levers.moved_care_share == PerMille::ZERO {
        return;
    }
    for clinic in 0..run.model.clinics.clinics.len() {
        let done = u32::try_from(day(run, clinic).done).unwrap_or(0);
        let region = run.model.clinics.clinics[clinic].region;
        run.body.regions[region.idx()].moved_left_milli +=
            run.regime.levers.moved_care_share.of(done);
    }
}

/// A weekday in all clinics.
pub(crate) fn produce<R: Recorder>(run: &mut Run<'_, R>) {
    for clinic in 0..run.model.clinics.clinics.len() {
        let Day {
            done,
            lost,
            followed_up,
        } = day(run, clinic);
        let record = &run.model.clinics.clinics[clinic];
        let (region, price) = (record.region, record.price.0);
        let state = &mut run.body.regions[region.idx()];
        let moved = i64::from(state.moved_milli).min(done);
        state.moved_milli -= u32::try_from(moved).unwrap_or(0);
        let left = |places: u32| places.saturating_sub(followed_up);
        state.places_milli = state.places_milli.map(left);
        run.count_region(region, WeekMeasure::ClinicOperations, done - moved);
        if lost > 0 {
            run.count_region(region, WeekMeasure::ClinicOperationsLost, lost);
            run.count_region(region, WeekMeasure::ClinicValueLost, lost * price / 1_000);
        }
    }
}

/// A team that misses one worker does nothing (Z26).
fn day<R: Recorder>(run: &Run<'_, R>, clinic: usize) -> Day {
    let record = &run.model.clinics.clinics[clinic];
    let withheld = if run.regime.withholds_follow_up {
        record.follow_up
    } else {
        PerMille::ZERO
    };
    let allowed = run
        .regime
        .clinic_activity
        .of(record.milli_operations_per_block);
    let per_block = PerMille(1_000 - withheld.0).of(allowed);
    let blocks = run.derived.first_block[clinic]..run.derived.first_block[clinic + 1];
    let n_blocks = i64::try_from(blocks.len()).unwrap_or(i64::MAX);
    let lent = &run.body.lent_per_block[blocks];
    // Teams are stopped by one missing worker, or else produce less in proportion.
    let workers = i64::from(record.workers_per_block.max(1));
    let lost: i64 = if run.regime.loans.stops_teams {
        let stopped = lent.iter().filter(|n| **n > 0).count();
        i64::try_from(stopped).unwrap_or(i64::MAX) * i64::from(per_block)
    } else {
        let missing: i64 = lent.iter().map(|n| i64::from(*n)).sum();
        missing * i64::from(per_block) / workers
    };
    let done = (n_blocks * i64::from(per_block) - lost).max(0);
    let followed_up = if run.regime.spares_home_care {
        PerMille::ZERO
    } else {
        record.follow_up
    };
    Day {
        done,
        lost,
        followed_up: followed_up.of(u32::try_from(done).unwrap_or(0)),
    }
}
