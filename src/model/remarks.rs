//! Settings of a scenario that have no effect on the study, and why. They are no mistakes, but whoever
//! wrote them expects something.

mod levers;
mod noted;
mod patients;
mod phases;
mod policies;

use jiff::civil::Date;

use crate::model::Model;
use crate::model::remarks::noted::{Remarks, days};
use crate::model::study::Study;
use crate::scenario::{Scenario, Violation};

/// What has no effect in `scenario`, each with its place, in the order of sections. `model` is that of the
/// scenario, perhaps with fewer policies.
pub fn remarks(scenario: &Scenario, model: &Model) -> Vec<Violation> {
    let mut remarks = Remarks {
        scenario,
        found: Vec::new(),
    };
    series(model, &mut remarks);
    patients::check(&mut remarks);
    quiet_weeks(&model.study, &mut remarks);
    hospitals(&mut remarks);
    patients::streams(&mut remarks);
    patients::admission(model, &mut remarks);
    phases::check(model, &mut remarks);
    policies::check(model, &mut remarks);
    levers::check(model, &mut remarks);
    remarks.found
}

/// Weeks of admissions after the study.
fn series(model: &Model, remarks: &mut Remarks<'_>) {
    let covid = &remarks.scenario.file.covid;
    // The week after the study shapes the last days of the one before.
    let n_used = (usize::from(model.covid.lookback_days) + model.study.n_days()).div_ceil(7) + 1;
    let lengths = [
        ("weekly_admissions", covid.weekly_admissions.len()),
        ("weekly_ic_share", covid.weekly_ic_share.len()),
    ];
    for (key, length) in lengths {
        if length > n_used {
            let message = format!("the last {} weeks lie after the study", length - n_used);
            remarks.note(&format!("covid.{key}"), &message);
        }
    }
}

/// Weeks that differ from the others, outside the study or twice.
fn quiet_weeks(study: &Study, remarks: &mut Remarks<'_>) {
    let file = &remarks.scenario.file;
    let acute = file.acute.quiet.iter();
    let acute = acute.map(|quiet| (quiet.from.clone(), quiet.weeks, quiet.arrivals_share));
    let sessions = file.sessions.quiet.iter();
    let sessions = sessions.map(|quiet| (quiet.from.clone(), quiet.weeks, quiet.program_share));
    let sections = [
        ("acute", acute.collect::<Vec<_>>()),
        ("sessions", sessions.collect()),
    ];
    for (section, entries) in sections {
        let mut earlier: Vec<Date> = Vec::new();
        for (n, (from, weeks, share)) in entries.iter().enumerate() {
            let path = format!("{section}.quiet[{n}]");
            let mondays = mondays(from, *weeks);
            let is_outside = |monday: &&Date| study.day_of(**monday).is_none();
            let n_outside = mondays.iter().filter(is_outside).count();
            let is_known = |monday: &&Date| earlier.contains(monday);
            if n_outside > 0 {
                let message = format!(
                    "{n_outside} of {weeks} weeks lie outside the study, {}",
                    days(study)
                );
                remarks.note(&path, &message);
            }
            if let Some(twice) = mondays.iter().find(is_known) {
                let message = format!(
                    "the week of {twice} is quiet already: the shares of both are multiplied"
                );
                remarks.note(&path, &message);
            }
            if (share - 1.0).abs() < f64::EPSILON {
                remarks.note(&path, "a share of 1 changes nothing");
            }
            earlier.extend(mondays);
        }
    }
}

/// The Mondays of some weeks.
fn mondays(from: &str, weeks: u16) -> Vec<Date> {
    let first = from.parse::<Date>().unwrap_or_default();
    let monday = |week| first.saturating_add(jiff::Span::new().weeks(i64::from(week)));
    (0..weeks).map(monday).collect()
}

/// Hospitals that get patients and can operate on none of them.
fn hospitals(remarks: &mut Remarks<'_>) {
    let regions = &remarks.scenario.file.region;
    for (r, region) in regions.iter().enumerate() {
        for (h, hospital) in region.hospital.iter().enumerate() {
            let gets_patients = hospital.weight.is_some_and(|weight| weight > 0.0);
            if gets_patients && hospital.physical_beds == 0 {
                let path = format!("region[{r}].hospital[{h}].weight");
                let message = "brings patients who need an IC bed to a hospital that has none: they \
                               wait and are never operated on";
                remarks.note(&path, message);
            }
        }
    }
}
