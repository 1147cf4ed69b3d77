//! What is left of planned operations week by week. Figures and pages say it in the same words.

use crate::experiment::Analysis;
use crate::experiment::region_rates::{CLASS_3, CLASS_4, CLASS_5, ClassMeasures};
use crate::report::phrase::{Phrase, phrases};

phrases! {
    pub(super) ABOUT =
        "Operations without ICU in hospitals by class, % of normal, mean per week",
        "Operaties zonder IC in ziekenhuizen per klasse, % van normaal, gemiddeld per week";
}

/// Classes with their keys, their names, and what was done and is normal.
pub(crate) const CLASSES: [(&str, Phrase, ClassMeasures); 3] = [
    ("3", Phrase::new("class {c3}", "klasse {c3}"), CLASS_3),
    ("4", Phrase::new("class {c4}", "klasse {c4}"), CLASS_4),
    ("5", Phrase::new("class {c5}", "klasse {c5}"), CLASS_5),
];

/// Operations of a class (by position in [`CLASSES`]) in percent of normal, by week of the window; `None` when
/// there are none in some week.
pub(crate) fn percent(analysis: &Analysis, policy: usize, class: usize) -> Option<Vec<f64>> {
    let national = |week, measure| analysis.national(policy, week, measure).mean();
    let (.., (done, normal)) = CLASSES[class];
    let share = |week| {
        let normal = national(week, normal);
        (normal > 0.0).then(|| 100.0 * national(week, done) / normal)
    };
    analysis.frame().window_weeks().map(share).collect()
}
