//! Policies that nobody compares, that mean the same, or that hold at no time of the study.

use jiff::civil::Date;

use crate::model::Model;
use crate::model::remarks::noted::{Remarks, days, last_day};
use crate::model::study::Study;
use crate::policy::levers;
use crate::policy::registry::sentences_on;
use crate::policy::sentence::SentenceSet;
use crate::scenario::shape::{PhaseDate, Policy};
use crate::units::Day;

/// Notes what has no effect of the policies of `model`, and policies that are not in it.
pub(super) fn check(model: &Model, remarks: &mut Remarks<'_>) {
    let file = &remarks.scenario.file;
    let defined = file.policy.iter().flatten().enumerate();
    for (n, policy) in defined.skip(file.n_compared()) {
        let message = format!("{} is defined and not compared", policy.key);
        remarks.note(&format!("policy[{n}].key"), &message);
    }
    for (n, policy) in compared(model, remarks) {
        dates(n, &policy, &model.study, remarks);
        let calendar = policy.phase_calendar.as_deref().unwrap_or_default();
        phase_calendar(n, calendar, &model.study, remarks);
        disabled(n, &policy, model, remarks);
    }
    twins(model, remarks);
}

/// The policies of `model` as they are written, with their positions in the file.
pub(super) fn compared(model: &Model, remarks: &Remarks<'_>) -> Vec<(usize, Policy)> {
    let file = remarks.scenario.file.policy.iter().flatten().enumerate();
    let is_compared = |(_, policy): &(usize, &Policy)| {
        let mut keys = model.policies.iter().map(|compared| &compared.key);
        keys.any(|key| *key == policy.key)
    };
    let found = file.filter(is_compared);
    found.map(|(n, policy)| (n, policy.clone())).collect()
}

/// First days of documents after the study.
fn dates(n: usize, policy: &Policy, study: &Study, remarks: &mut Remarks<'_>) {
    let dates = [
        ("framework_from", &policy.framework_from),
        ("supplement_from", &policy.supplement_from),
        ("plan_from", &policy.plan_from),
        ("clinic_policy_from", &policy.clinic_policy_from),
        ("finance.scheme_from", &policy.finance.scheme_from),
    ];
    for (key, text) in dates {
        if text.as_deref().is_some_and(|text| is_after(text, study)) {
            let message = format!("after the study, {}: never in force", days(study));
            remarks.note(&format!("policy[{n}].{key}"), &message);
        }
    }
}

/// Dates of a calendar that are never reached, or that the next one replaces before the study.
fn phase_calendar(n: usize, calendar: &[PhaseDate], study: &Study, remarks: &mut Remarks<'_>) {
    let n_after = calendar
        .iter()
        .filter(|entry| is_after(&entry.from, study))
        .count();
    let next = calendar.iter().skip(1);
    let n_before = next.filter(|next| begins_before(&next.from, study)).count();
    let all = calendar.len();
    for (count, where_) in [(n_before, "are over before"), (n_after, "lie after")] {
        if count > 0 {
            let message = format!("{count} of {all} dates {where_} the study, {}", days(study));
            remarks.note(&format!("policy[{n}].phase_calendar"), &message);
        }
    }
}

/// Sentences that are struck out although they never act.
fn disabled(n: usize, policy: &Policy, model: &Model, remarks: &mut Remarks<'_>) {
    let Some(built) = model.policies.iter().find(|built| built.key == policy.key) else {
        return;
    };
    let whole = levers::Policy {
        disabled: SentenceSet::EMPTY,
        ..built.clone()
    };
    let on = sentences_on(&whole, model.study.end());
    for (at, name) in policy.disabled_rules.iter().enumerate() {
        if !on.iter().any(|sentence| sentence.to_string() == *name) {
            let path = format!("policy[{n}].disabled_rules[{at}]");
            remarks.note(
                &path,
                &format!("{name} never acts in the study, also when it is on"),
            );
        }
    }
}

fn is_after(date: &str, study: &Study) -> bool {
    date.parse::<Date>()
        .is_ok_and(|date| date > last_day(study))
}

fn begins_before(date: &str, study: &Study) -> bool {
    date.parse::<Date>()
        .is_ok_and(|date| date <= study.first_date)
}

/// Policies that mean the same as an earlier one on every day of the study.
fn twins(model: &Model, remarks: &mut Remarks<'_>) {
    let schedules: Vec<_> = model.policies.iter().map(|p| model.schedule(p)).collect();
    let study = Day(0)..model.study.end();
    for (n, schedule) in schedules.iter().enumerate() {
        let is_same =
            |other: &usize| schedules[*other].parts_from(schedule, study.clone()) == study.end;
        if let Some(other) = (0..n).find(is_same) {
            let (own, other) = (&model.policies[n].key, &model.policies[other].key);
            let message = format!("{own} means the same as {other} on every day of the study");
            let file = remarks.scenario.file.policy.iter().flatten();
            let position = file.clone().position(|policy| policy.key == *own);
            remarks.note(&format!("policy[{}].key", position.unwrap_or(n)), &message);
        }
    }
}
