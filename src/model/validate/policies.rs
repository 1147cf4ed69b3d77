//! The policies to compare.

use crate::model::Model;
use crate::model::study::Study;
use crate::model::validate::check::Checker;
use crate::model::validate::forecast::quantile_factor;
use crate::model::validate::phases::phase;
use crate::model::validate::study::day_from;
use crate::policy::forecast::ForecastModel;
use crate::policy::levers::{PhaseControl, Policy};
use crate::policy::plan::{Phase, PhasePlan};
use crate::policy::registry::{entries, numbers};
use crate::policy::sentence::SentenceSet;
use crate::policy::written::Levers;
use crate::scenario::shape::{self, ScenarioFile};
use crate::scenario::{Scenario, did_you_mean};
use crate::units::{Day, PerMille};

/// Entries of a calendar of phases.
const MOST_PHASE_DATES: usize = 200;

/// The policies to compare, in the order of the scenario. Those that are defined only are checked too.
pub(super) fn build(
    file: &ScenarioFile,
    study: &Study,
    forecast: &ForecastModel,
    plan: &PhasePlan,
    check: &mut Checker<'_>,
) -> Vec<Policy> {
    let policies = file.policy.as_deref().unwrap_or_default();
    if policies.is_empty() {
        check.fail(
            "policies",
            "there is no policy",
            Some("at least one".to_owned()),
        );
    }
    let keys: Vec<&str> = policies.iter().map(|policy| policy.key.as_str()).collect();
    check.keys(&keys, |n| format!("policy[{n}].key"));
    let labels: Vec<_> = policies.iter().map(|policy| &policy.label).collect();
    check.names(&labels, |n| format!("policy[{n}].label"));
    let mut built = Vec::with_capacity(policies.len());
    let regions = region_keys(file);
    let willing = willing(file);
    for (n, file) in policies.iter().enumerate() {
        let path = format!("policy[{n}]");
        let mut one = One {
            file,
            path,
            study,
            forecast,
            plan,
            regions: &regions,
            willing,
            check,
        };
        built.push(one.policy());
    }
    built.truncate(file.n_compared());
    built
}

/// The policy that `written` describes, in the study of `model`; `written` was checked, or is what remains
/// of a policy that was.
pub(in crate::model) fn rebuilt(
    scenario: &Scenario,
    model: &Model,
    written: &shape::Policy,
) -> Policy {
    let mut one = One {
        file: written,
        path: String::new(),
        study: &model.study,
        forecast: &model.forecast,
        plan: &model.phases,
        regions: &region_keys(&scenario.file),
        willing: willing(&scenario.file),
        check: &mut Checker::new(scenario),
    };
    one.policy()
}

fn region_keys(file: &ScenarioFile) -> Vec<&str> {
    file.region
        .iter()
        .map(|region| region.key.as_str())
        .collect()
}

/// Willingness of clinic workers by regime; nobody without clinics.
fn willing(file: &ScenarioFile) -> [f64; 3] {
    file.clinics.as_ref().map_or([0.0; 3], |clinics| {
        [
            clinics.willing_before_2d_share,
            clinics.willing_in_2d_share,
            clinics.willing_under_threat_share,
        ]
    })
}

/// Position of the baseline.
pub(super) fn baseline(file: &ScenarioFile, policies: &[Policy], check: &mut Checker<'_>) -> usize {
    let Some(key) = &file.baseline else { return 0 };
    let position = policies.iter().position(|policy| policy.key == *key);
    if position.is_none() {
        let keys: Vec<&str> = policies.iter().map(|policy| policy.key.as_str()).collect();
        check.fail(
            "baseline",
            &format!(
                "not one of the policies to compare{}",
                did_you_mean(key, &keys)
            ),
            Some(keys.join(", ")),
        );
    }
    position.unwrap_or(0)
}

/// One policy of a file and what it takes to check it.
pub(super) struct One<'a, 'c, 's> {
    pub(super) file: &'a shape::Policy,
    pub(super) path: String,
    study: &'a Study,
    forecast: &'a ForecastModel,
    plan: &'a PhasePlan,
    /// Keys of the regions.
    pub(super) regions: &'a [&'a str],
    /// Willingness of clinic workers by regime.
    pub(super) willing: [f64; 3],
    pub(super) check: &'c mut Checker<'s>,
}

impl One<'_, '_, '_> {
    /// The policy, group by group; every lever starts from the policy under which nothing is in force.
    fn policy(&mut self) -> Policy {
        let file = self.file;
        let mut policy = Policy {
            key: file.key.clone(),
            label: file.label.clone(),
            description: file.description.clone(),
            plan_from: match &file.plan_from {
                Some(from) => self.day("plan_from", Some(from)),
                None => self.day("framework_from", file.framework_from.as_deref()),
            },
            framework_from: self.day("framework_from", file.framework_from.as_deref()),
            supplement_from: self.day("supplement_from", file.supplement_from.as_deref()),
            clinic_policy_from: self.day("clinic_policy_from", file.clinic_policy_from.as_deref()),
            phases: self.phases(),
            chain: self.chain(),
            loans: self.loans(),
            disabled: self.disabled(),
            levers: Levers::of(file),
            ..Policy::inert()
        };
        self.scaling(&mut policy);
        self.spreading(&mut policy);
        self.agreements(&mut policy);
        policy
    }

    fn scaling(&self, policy: &mut Policy) {
        let file = self.file;
        policy.scale_down = file.scale_down;
        policy.scaling_order = file.scaling_order;
        policy.lead_days = file.lead_days;
        policy.forecast_level = file.forecast_level;
        let sd = self.forecast.regional_sd_log_per_day;
        policy.quantile_factor =
            core::array::from_fn(|days| quantile_factor(file.forecast_level, sd, days));
        policy.granularity = file.forecast_granularity;
        policy.critical_need = file.critical_need;
    }

    fn spreading(&mut self, policy: &mut Policy) {
        let file = self.file;
        policy.fair_share = file.fair_share;
        policy.compliance = PerMille::from_fraction(file.compliance);
        policy.finance = self.finance(file.compliance);
    }

    fn agreements(&mut self, policy: &mut Policy) {
        let file = self.file;
        policy.protection = self.protection();
        policy.protection_by_region = self.protection_by_region(policy.protection);
        policy.visibility = file.visibility;
        policy.agreement = PerMille::from_fraction(file.agreement);
        policy.days_to_agree = file.days_to_agree;
        policy.meet_at_overdue = file.meet_at_overdue;
        policy.escalation = self.escalation();
        policy.mediation = self.mediation();
    }

    pub(super) fn at(&self, key: &str) -> String {
        format!("{}.{key}", self.path)
    }

    pub(super) fn day(&mut self, key: &str, text: Option<&str>) -> Option<Day> {
        day_from(
            &self.at(key),
            text.unwrap_or("never"),
            self.study,
            self.check,
        )
    }

    fn phases(&mut self) -> PhaseControl {
        let Some(dates) = &self.file.phase_calendar else {
            return PhaseControl::Endogenous;
        };
        self.check
            .at_most(&self.at("phase_calendar"), dates.len(), MOST_PHASE_DATES);
        let mut calendar: Vec<(Day, Phase)> = Vec::new();
        for (n, entry) in dates.iter().take(MOST_PHASE_DATES).enumerate() {
            let path = self.at(&format!("phase_calendar[{n}]"));
            let named = phase(
                &self.plan.names,
                &format!("{path}.phase"),
                &entry.phase,
                self.check,
            );
            let phase = named.unwrap_or_default();
            let from = format!("{path}.from");
            let Some(day) = day_from(&from, &entry.from, self.study, self.check) else {
                continue;
            };
            match calendar.last_mut() {
                // Of the dates before the study, the last one counts.
                Some(last) if last.0 == day && day == Day(0) => last.1 = phase,
                Some(last) if last.0 >= day => {
                    let allowed = Some("a date after the one before it".to_owned());
                    self.check
                        .fail(&from, "the dates are not in order", allowed);
                }
                _ => calendar.push((day, phase)),
            }
        }
        PhaseControl::Forced(calendar)
    }

    fn disabled(&mut self) -> SentenceSet {
        let names = &self.file.disabled_rules;
        let all = entries();
        let mut disabled = SentenceSet::EMPTY;
        self.check
            .at_most(&self.at("disabled_rules"), names.len(), all.clone().count());
        for (n, name) in names.iter().take(all.clone().count()).enumerate() {
            let path = self.at(&format!("disabled_rules[{n}]"));
            if let Some(entry) = all.clone().find(|entry| entry.id.to_string() == *name) {
                disabled = disabled.with(entry.id);
            } else {
                let allowed = Some(numbers());
                self.check.fail(&path, "there is no such rule", allowed);
            }
        }
        disabled
    }
}
