//! Production of independent clinics: normal, unless a team misses someone who was lent.

use crate::engine::simulation::Run;
use crate::model::rule::RuleId;
use crate::outcome::{Recorder, WeekMeasure};
use crate::units::PerMille;

/// A weekday in all clinics. A team that misses one worker does nothing (Z26); from the date of
/// the clinics' policy no care is given that needs home care or the GP afterwards (Z11).
pub(crate) fn produce<R: Recorder>(run: &mut Run<'_, R>) {
    for clinic in 0..run.model.clinics.clinics.len() {
        let record = &run.model.clinics.clinics[clinic];
        let withheld = run.in_force().clinics(RuleId::Z11);
        let follow_up = if withheld {
            record.follow_up
        } else {
            PerMille::ZERO
        };
        let per_block = PerMille(1_000 - follow_up.0).of(record.milli_operations_per_block);
        let blocks = run.derived.first_block[clinic]..run.derived.first_block[clinic + 1];
        let n_blocks = i64::try_from(blocks.len()).unwrap_or(i64::MAX);
        let stopped = run.body.lent_per_block[blocks]
            .iter()
            .filter(|n| **n > 0)
            .count();
        let stopped = i64::try_from(stopped).unwrap_or(i64::MAX);
        let (region, price) = (record.region, record.price.0);
        let lost = stopped * i64::from(per_block);
        let done = (n_blocks - stopped) * i64::from(per_block);
        run.count_region(region, WeekMeasure::ClinicOperations, done);
        if lost > 0 {
            run.count_region(region, WeekMeasure::ClinicOperationsLost, lost);
            run.count_region(region, WeekMeasure::ClinicValueLost, lost * price / 1_000);
        }
    }
}
