//! What is said of patients and can act on none of them.

use crate::model::Model;
use crate::model::remarks::noted::Remarks;
use crate::scenario::shape::Stream;

/// Notes what depends on patients whom there are not.
pub(super) fn check(remarks: &mut Remarks<'_>) {
    let covid = &remarks.scenario.file.covid;
    let none = match covid.ic_survival_share {
        share if share >= 1.0 => Some("has no effect: nobody dies in the ICU"),
        share if share <= 0.0 => Some("has no effect: nobody leaves the ICU alive"),
        _ => None,
    };
    match &covid.readmission {
        Some(again) if again.share <= 0.0 => {
            remarks.note(
                "covid.readmission.share",
                "nobody comes back: the section has no effect",
            );
        }
        Some(_) if covid.ic_survival_share <= 0.0 => {
            let message = "has no effect: nobody leaves the ICU alive";
            remarks.note("covid.readmission", message);
        }
        _ => {}
    }
    let ward = &remarks.scenario.file.staff.ward;
    if ward.step_down_share.is_some() && ward.planned_inpatients == 0 {
        let message = "has no effect: there are no planned inpatients, by whom wards are measured";
        remarks.note("staff.ward.step_down_share", message);
    }
    let differs = (covid.death_stay_ratio - 1.0).abs() > f64::EPSILON;
    if let Some(none) = none.filter(|_| differs) {
        remarks.note("covid.death_stay_ratio", none);
    }
}

/// Notes streams whose teams are said to have time of their own although the general teams operate, and those
/// without patients who could become more urgent.
pub(super) fn streams(remarks: &mut Remarks<'_>) {
    let streams = &remarks.scenario.file.planned.stream;
    let which = |is: fn(&Stream) -> bool| -> Vec<usize> {
        (0..streams.len()).filter(|n| is(&streams[*n])).collect()
    };
    let without_teams = which(|stream| stream.performed_in.is_none());
    let without_class_4 = which(|stream| {
        let [_, _, plannable, _] = stream.class_shares;
        stream.weekly_reclassification_share > 0.0 && plannable <= 0.0
    });
    for n in without_teams {
        for key in ["or_time_share", "or_time_spread", "or_weekday_factors"] {
            let path = format!("planned.stream[{n}].{key}");
            if remarks.scenario.is_written(&path) {
                let message = "has no effect: without performed_in the general teams operate";
                remarks.note(&path, message);
            }
        }
    }
    for n in without_class_4 {
        let path = format!("planned.stream[{n}].weekly_reclassification_share");
        remarks.note(
            &path,
            "has no effect: the stream has no patients of class 4",
        );
    }
}

/// Notes settings of who is kept from the IC, where no phase keeps anybody.
pub(super) fn admission(model: &Model, remarks: &mut Remarks<'_>) {
    let mut phases = model.phases.records.iter();
    if phases.any(|phase| phase.longest_ic_stay.is_some()) {
        return;
    }
    for key in ["stay_foreseen_share", "days_without_ic"] {
        let path = format!("covid.{key}");
        if remarks.scenario.is_written(&path) {
            let message = "has no effect: no phase has longest_ic_stay_days";
            remarks.note(&path, message);
        }
    }
}
