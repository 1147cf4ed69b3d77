//! What an analysis says of a region as a part of something: operations done of the normal ones, and
//! operations too late of those that are done.

use crate::experiment::analysis::Analysis;
use crate::experiment::record::REGIONAL;
use crate::outcome::WeekMeasure;

/// Operations done and normal of a class that needs no ICU.
pub type ClassMeasures = (WeekMeasure, WeekMeasure);

/// Class 3.
pub const CLASS_3: ClassMeasures = (
    WeekMeasure::OperationsClass3,
    WeekMeasure::NormalOperationsClass3,
);
/// Class 4.
pub const CLASS_4: ClassMeasures = (
    WeekMeasure::OperationsClass4,
    WeekMeasure::NormalOperationsClass4,
);
/// Class 5.
pub const CLASS_5: ClassMeasures = (
    WeekMeasure::OperationsClass5,
    WeekMeasure::NormalOperationsClass5,
);

impl Analysis {
    /// Mean over worlds of a measure that is kept by region.
    ///
    /// # Panics
    /// When the measure is not kept by region.
    pub fn regional_mean(
        &self,
        policy: usize,
        region: usize,
        week: usize,
        measure: WeekMeasure,
    ) -> f64 {
        let position = REGIONAL.iter().position(|one| *one == measure);
        let position = position.expect("a measure that is kept by region");
        self.regional(policy, region, week, position).mean()
    }

    /// The same, summed over the window.
    ///
    /// # Panics
    /// When the measure is not kept by region.
    pub fn regional_total(&self, policy: usize, region: usize, measure: WeekMeasure) -> f64 {
        let weeks = self.frame().window_weeks();
        weeks
            .map(|week| self.regional_mean(policy, region, week, measure))
            .sum()
    }

    /// Operations of `classes` done in a region and week, in percent of the normal ones; `None` where there
    /// are normally none.
    pub fn activity(
        &self,
        policy: usize,
        (region, week): (usize, usize),
        classes: &[ClassMeasures],
    ) -> Option<f64> {
        let mean = |measure| self.regional_mean(policy, region, week, measure);
        let done: f64 = classes.iter().map(|(done, _)| mean(*done)).sum();
        let normal: f64 = classes.iter().map(|(_, normal)| mean(*normal)).sum();
        (normal > 0.0).then(|| 100.0 * done / normal)
    }

    /// Class 3 patients of a region who become displaced in the window, for every 100 of them who are operated
    /// in it; `None` where nobody is operated.
    pub fn late_per_100(&self, policy: usize, region: usize) -> Option<f64> {
        let weeks = self.frame().window_weeks();
        let late: f64 = weeks
            .map(|week| self.displaced_count(policy, region, week).mean())
            .sum();
        let operated = self.regional_total(policy, region, WeekMeasure::OperatedIcClass3);
        (operated > 0.0).then(|| 100.0 * late / operated)
    }
}
