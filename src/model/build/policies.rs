//! The policies to compare.

use crate::model::build::check::Checker;
use crate::model::build::forecast::quantile_factor;
use crate::model::build::study::day_from;
use crate::model::forecast::{ForecastModel, MAX_HORIZON_DAYS};
use crate::model::phase::LnazFase;
use crate::model::policy::{
    CriticalNeed, FairShare, GateScope, LoanPolicy, LoanTrigger, PhaseControl, Policy, Protection,
    ScaleDownTiming, ScalingOrder,
};
use crate::model::rule::{RuleId, RuleSet};
use crate::model::study::Study;
use crate::scenario::shape::{self, ScenarioFile};
use crate::units::{Day, PerMille};

/// Entries of a calendar of phases.
const MOST_PHASE_DATES: usize = 200;
/// Moves of patients per day.
const MOST_MOVES: u16 = 10_000;

/// All policies, in the order of the scenario.
pub(super) fn build(
    file: &ScenarioFile,
    study: &Study,
    forecast: &ForecastModel,
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
    let mut built = Vec::with_capacity(policies.len());
    for (n, file) in policies.iter().enumerate() {
        let path = format!("policy[{n}]");
        let mut one = One {
            file,
            path,
            study,
            forecast,
            check,
        };
        built.push(one.policy());
    }
    built
}

/// Position of the baseline.
pub(super) fn baseline(file: &ScenarioFile, policies: &[Policy], check: &mut Checker<'_>) -> usize {
    let Some(key) = &file.baseline else { return 0 };
    let position = policies.iter().position(|policy| policy.key == *key);
    if position.is_none() {
        let keys: Vec<&str> = policies.iter().map(|policy| policy.key.as_str()).collect();
        check.fail(
            "baseline",
            "not one of the policies to compare",
            Some(keys.join(", ")),
        );
    }
    position.unwrap_or(0)
}

/// One policy of a file and what it takes to check it.
struct One<'a, 'c, 's> {
    file: &'a shape::Policy,
    path: String,
    study: &'a Study,
    forecast: &'a ForecastModel,
    check: &'c mut Checker<'s>,
}

impl One<'_, '_, '_> {
    fn policy(&mut self) -> Policy {
        let file = self.file;
        let forecast_level = file.forecast_level.unwrap_or(0.8);
        let level = self
            .check
            .real(&self.at("forecast_level"), forecast_level, 0.001..=0.999);
        Policy {
            key: file.key.clone(),
            label: file.label.clone(),
            description: file.description.clone(),
            framework_from: self.day("framework_from", file.framework_from.as_deref()),
            supplement_from: self.day("supplement_from", file.supplement_from.as_deref()),
            clinic_policy_from: self.day("clinic_policy_from", file.clinic_policy_from.as_deref()),
            phases: self.phases(),
            scale_down: self.choice(
                "scale_down",
                file.scale_down.as_deref(),
                ScaleDownTiming::Forecast,
            ),
            scaling_order: self.choice(
                "scaling_order",
                file.scaling_order.as_deref(),
                ScalingOrder::UrgencyOrder,
            ),
            lead_days: self.lead_days(),
            forecast_level: level,
            quantile_factor: core::array::from_fn(|days| {
                quantile_factor(level, self.forecast.regional_sd_log_per_day, days)
            }),
            fair_share: self.choice("fair_share", file.fair_share.as_deref(), FairShare::Off),
            compliance: self.share("compliance", file.compliance),
            moves_per_day: self.moves("moves_per_day", file.moves_per_day),
            regional_moves_per_day: self
                .moves("regional_moves_per_day", file.regional_moves_per_day),
            protection: self.protection(),
            critical_need: self.choice(
                "critical_need",
                file.critical_need.as_deref(),
                CriticalNeed::Excluded,
            ),
            agreement: self.share("agreement", file.agreement),
            loans: self.loans(),
            disabled: self.disabled(),
        }
    }

    fn at(&self, key: &str) -> String {
        format!("{}.{key}", self.path)
    }

    fn day(&mut self, key: &str, text: Option<&str>) -> Option<Day> {
        day_from(
            &self.at(key),
            text.unwrap_or("never"),
            self.study,
            self.check,
        )
    }

    fn choice<T: serde::de::DeserializeOwned>(
        &mut self,
        key: &str,
        text: Option<&str>,
        default: T,
    ) -> T {
        match text {
            Some(text) => self.check.choice(&self.at(key), text, default),
            None => default,
        }
    }

    /// A share that is the whole unless stated.
    fn share(&mut self, key: &str, share: Option<f64>) -> PerMille {
        self.check
            .permille(&self.at(key), share.unwrap_or(1.0), 1.0)
    }

    fn moves(&mut self, key: &str, moves: Option<i64>) -> u16 {
        self.check
            .short(&self.at(key), moves.unwrap_or(0), 0..=MOST_MOVES)
    }

    fn lead_days(&mut self) -> u16 {
        let most = u16::try_from(MAX_HORIZON_DAYS).unwrap_or(u16::MAX);
        self.check.short(
            &self.at("lead_days"),
            self.file.lead_days.unwrap_or(3),
            0..=most,
        )
    }

    fn phases(&mut self) -> PhaseControl {
        let Some(dates) = &self.file.phase_calendar else {
            return PhaseControl::Endogenous;
        };
        self.check
            .at_most(&self.at("phase_calendar"), dates.len(), MOST_PHASE_DATES);
        let mut calendar: Vec<(Day, LnazFase)> = Vec::new();
        for (n, entry) in dates.iter().take(MOST_PHASE_DATES).enumerate() {
            let path = self.at(&format!("phase_calendar[{n}]"));
            let phase = self
                .check
                .choice(&format!("{path}.phase"), &entry.phase, LnazFase::Fase1);
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

    fn protection(&mut self) -> Protection {
        match self.file.protection {
            None | Some(shape::Protection::None) => Protection::None,
            Some(shape::Protection::ProRata) => Protection::ProRata,
            Some(shape::Protection::RingFence { part_share }) => Protection::RingFence {
                part: self.check.permille(
                    &self.at("protection.ring-fence.part_share"),
                    part_share,
                    1.0,
                ),
            },
        }
    }

    fn loans(&mut self) -> LoanPolicy {
        let none = shape::Loans {
            trigger: None,
            full_scale_down_share: None,
            no_activity_share: None,
            scope: None,
        };
        let loans = self.file.loans.as_ref().unwrap_or(&none);
        LoanPolicy {
            trigger: self.choice(
                "loans.trigger",
                loans.trigger.as_deref(),
                LoanTrigger::Never,
            ),
            full_scale_down: self.share("loans.full_scale_down_share", loans.full_scale_down_share),
            no_activity: self.check.permille(
                &self.at("loans.no_activity_share"),
                loans.no_activity_share.unwrap_or(0.0),
                1.0,
            ),
            scope: self.choice(
                "loans.scope",
                loans.scope.as_deref(),
                GateScope::AllHospitals,
            ),
        }
    }

    fn disabled(&mut self) -> RuleSet {
        let rules = self.file.disabled_rules.as_deref().unwrap_or_default();
        let mut disabled = RuleSet::EMPTY;
        self.check
            .at_most(&self.at("disabled_rules"), rules.len(), RuleId::ALL.len());
        for (n, text) in rules.iter().take(RuleId::ALL.len()).enumerate() {
            let path = self.at(&format!("disabled_rules[{n}]"));
            if let Some(rule) = RuleId::ALL.iter().find(|rule| format!("{rule:?}") == *text) {
                disabled = disabled.with(*rule);
            } else {
                let allowed = Some("A01 to A47 and Z01 to Z30".to_owned());
                self.check.fail(&path, "there is no such rule", allowed);
            }
        }
        disabled
    }
}
