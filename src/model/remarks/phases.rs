//! Phases of the scale-up plan that no policy comes into, and what of them no policy reads.

use core::ops::Range;

use crate::model::Model;
use crate::model::remarks::noted::Remarks;
use crate::model::remarks::policies::compared;
use crate::policy::plan::{Phase, PhasePlan, PhaseRecord};
use crate::policy::registry::DOCUMENTS;
use crate::policy::schedule::Schedule;
use crate::policy::sentence::Sentence;
use crate::units::Day;

/// A key of a phase, how the phase is without it, and what of a policy reads it.
type Key = (&'static str, fn(&mut PhaseRecord), &'static str);

/// The keys that act through what a policy means. Reports show `national_ic_beds` under any policy, and the
/// burn-in reads `enter_at_covid_ic`.
const KEYS: [Key; 7] = [
    (
        "ordered_ic_beds",
        |row| row.ordered_ic_beds = PhaseRecord::NORMAL.ordered_ic_beds,
        "L02 of the plan without scale_down = \"late\"",
    ),
    (
        "maximum_activity_share",
        |row| row.max_activity = PhaseRecord::NORMAL.max_activity,
        "L01 of the plan",
    ),
    (
        "transfers",
        |row| row.transfers = PhaseRecord::NORMAL.transfers,
        "L04 of the plan",
    ),
    (
        "beds_per_nurse",
        |row| row.beds_per_nurse = PhaseRecord::NORMAL.beds_per_nurse,
        "the plan with A05",
    ),
    (
        "stops_plannable",
        |row| row.stops_plannable = PhaseRecord::NORMAL.stops_plannable,
        "L03 of the plan",
    ),
    (
        "longest_ic_stay_days",
        |row| row.longest_ic_stay = PhaseRecord::NORMAL.longest_ic_stay,
        "L05 of the plan",
    ),
    (
        "covid_beds_share",
        |row| row.covid_beds = PhaseRecord::NORMAL.covid_beds,
        "L06 of the plan",
    ),
];

/// Notes what has no effect of the phases of `model`.
pub(super) fn check(model: &Model, remarks: &mut Remarks<'_>) {
    let window = Window {
        model,
        days: model.study.window_start()..model.study.end(),
        schedules: model.policies.iter().map(|p| model.schedule(p)).collect(),
    };
    let is_left_out = |phase: &Phase| !window.may_enter(*phase);
    let left_out: Vec<Phase> = model.phases.phases().filter(is_left_out).collect();
    if let Some(nor) = nor(&left_out, &model.phases, "nor into") {
        let message = format!(
            "no compared policy comes into this phase{nor} after the first morning of the window: each has \
             a phase_calendar without it"
        );
        remarks.note(&path(left_out[0], ""), &message);
    }
    if model.phases.record(Phase::FIRST).enter_at_covid_ic > 0 {
        let message = "has no effect: the country is in this phase when it is in no heavier one";
        remarks.note(&path(Phase::FIRST, ".enter_at_covid_ic"), message);
    }
    window.documents(remarks);
    window.keys(remarks);
    window.terms(remarks);
}

fn path(phase: Phase, key: &str) -> String {
    format!("phases.phase[{}]{key}", phase.idx())
}

/// The phases after the first as words in brackets; `None` where there is no phase at all.
fn nor(phases: &[Phase], plan: &PhasePlan, nor: &str) -> Option<String> {
    let [_, others @ ..] = phases else {
        return None;
    };
    let names = others.iter().map(|phase| plan.names[phase.idx()].as_str());
    let names: Vec<&str> = names.collect();
    Some(match &names[..] {
        [] => String::new(),
        names => format!(" ({nor} {})", names.join(", ")),
    })
}

/// The days on which policies act, and what the policies mean.
struct Window<'a> {
    model: &'a Model,
    days: Range<Day>,
    schedules: Vec<Schedule>,
}

impl Window<'_> {
    fn may_enter(&self, phase: Phase) -> bool {
        let mut schedules = self.schedules.iter();
        schedules.any(|schedule| schedule.may_enter(phase, &self.days))
    }

    /// Documents that bind in no phase that their policy comes into.
    fn documents(&self, remarks: &mut Remarks<'_>) {
        let model = self.model;
        for (n, file) in compared(model, remarks) {
            let all = model.policies.iter().zip(&self.schedules);
            let mut own = all.filter(|(policy, _)| policy.key == file.key);
            let Some((policy, schedule)) = own.next() else {
                continue;
            };
            for document in DOCUMENTS {
                let Some(binding) = document.binding else {
                    continue;
                };
                let binds = |phase: Phase| {
                    model.phases.record(phase).binds(binding)
                        && schedule.may_enter(phase, &self.days)
                };
                let begins = (document.starts)(policy).is_some_and(|from| from < self.days.end);
                if begins && policy.has(Sentence::A11) && !model.phases.phases().any(binds) {
                    let message =
                        "binds in no phase that the policy comes into: see binds of phases.phase";
                    remarks.note(&format!("policy[{n}].{}", document.date), message);
                }
            }
        }
    }

    /// Keys that are read in none of the phases that policies come into: one remark for each key.
    fn keys(&self, remarks: &mut Remarks<'_>) {
        let plan = &self.model.phases;
        for (key, strike, reader) in KEYS {
            let is_idle = |phase: &Phase| self.may_enter(*phase) && !self.acts(*phase, strike);
            let idle: Vec<Phase> = plan.phases().filter(is_idle).collect();
            if let Some(nor) = nor(&idle, plan, "nor has it in") {
                let message = format!(
                    "has no effect{nor}: {reader} acts under no compared policy in this phase"
                );
                remarks.note(&path(idle[0], &format!(".{key}")), &message);
            }
        }
    }

    /// Whether a policy that comes into `phase` means something else once a key of it is struck, or the key
    /// says what would hold anyway.
    fn acts(&self, phase: Phase, strike: fn(&mut PhaseRecord)) -> bool {
        let mut plan: PhasePlan = self.model.phases.clone();
        strike(&mut plan.records[phase.idx()]);
        if plan.records == self.model.phases.records {
            return true;
        }
        let mut policies = self.model.policies.iter().zip(&self.schedules);
        policies.any(|(policy, schedule)| {
            let other = self.model.schedule_under(&plan, policy);
            schedule.may_enter(phase, &self.days) && schedule.differs_in(phase, &other, &self.days)
        })
    }

    /// Terms that phases refer to.
    fn terms(&self, remarks: &mut Remarks<'_>) {
        let plan = &self.model.phases;
        let stops = |phase: Phase| {
            let mut schedules = self.schedules.iter();
            schedules.any(|schedule| schedule.stops_plannable(phase, &self.days))
        };
        if remarks.scenario.file.phases.stop.is_some() && !plan.phases().any(stops) {
            let message = "has no effect: no compared policy has hospitals stop classes 4 and 5";
            remarks.note("phases.stop", message);
        }
        let is_between = |phase: &Phase| *phase > Phase::FIRST && *phase < plan.heaviest();
        let mut between = plan.phases().filter(is_between);
        if plan.threat.is_some() && !between.any(|phase| self.may_enter(phase)) {
            let message = "has no effect: no compared policy comes into a phase between the first and the \
                           heaviest, where the notice is given";
            remarks.note("phases.threat", message);
        }
        for (key, from) in [
            ("measures_kept_from", plan.measures_kept_from),
            ("clinics_prepare_from", plan.clinics_prepare_from),
        ] {
            let is_reached = |from: Phase| {
                let mut phases = plan.phases().filter(|phase| from <= *phase);
                phases.any(|phase| self.may_enter(phase))
            };
            if from.is_some_and(|from| !is_reached(from)) {
                let message =
                    "has no effect: no compared policy comes into this phase or a heavier one";
                remarks.note(&format!("phases.{key}"), message);
            }
        }
    }
}
