//! The policies to compare.

use core::ops::RangeInclusive;

use crate::model::study::Study;
use crate::model::validate::check::{Checker, below};
use crate::model::validate::forecast::quantile_factor;
use crate::model::validate::phases::phase;
use crate::model::validate::study::day_from;
use crate::policy::agreement::{Granularity, Visibility};
use crate::policy::forecast::{ForecastModel, MAX_HORIZON_DAYS};
use crate::policy::levers::{
    CriticalNeed, FairShare, GateScope, LoanPolicy, LoanPurpose, LoanTrigger, PhaseControl, Policy,
    ScaleDownTiming, ScalingOrder,
};
use crate::policy::plan::{Phase, PhasePlan};
use crate::policy::registry::entries;
use crate::policy::sentence::SentenceSet;
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
    let mut built = Vec::with_capacity(policies.len());
    let regions: Vec<&str> = file
        .region
        .iter()
        .map(|region| region.key.as_str())
        .collect();
    let willing = willing(file.clinics.as_ref(), check);
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
    built
}

/// Willingness of clinic workers by regime; none without clinics.
fn willing(clinics: Option<&shape::Clinics>, check: &mut Checker<'_>) -> [f64; 3] {
    let Some(clinics) = clinics else {
        return [0.0; 3];
    };
    [
        ("willing_before_2d_share", clinics.willing_before_2d_share),
        ("willing_in_2d_share", clinics.willing_in_2d_share),
        (
            "willing_under_threat_share",
            clinics.willing_under_threat_share,
        ),
    ]
    .map(|(key, share)| check.share(&below("clinics", key), share))
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
            framework_from: self.day("framework_from", file.framework_from.as_deref()),
            supplement_from: self.day("supplement_from", file.supplement_from.as_deref()),
            clinic_policy_from: self.day("clinic_policy_from", file.clinic_policy_from.as_deref()),
            phases: self.phases(),
            chain: self.chain(),
            loans: self.loans(),
            disabled: self.disabled(),
            ..Policy::inert()
        };
        self.scaling(&mut policy);
        self.spreading(&mut policy);
        self.agreements(&mut policy);
        policy
    }

    fn scaling(&mut self, policy: &mut Policy) {
        let file = self.file;
        policy.scale_down = self.choice(
            "scale_down",
            file.scale_down.as_deref(),
            ScaleDownTiming::Forecast,
        );
        policy.scaling_order = self.choice(
            "scaling_order",
            file.scaling_order.as_deref(),
            ScalingOrder::UrgencyOrder,
        );
        policy.lead_days = self.lead_days();
        let level = file.forecast_level.unwrap_or(0.8);
        let level = self
            .check
            .real(&self.at("forecast_level"), level, 0.001..=0.999);
        policy.forecast_level = level;
        policy.quantile_factor = core::array::from_fn(|days| {
            quantile_factor(level, self.forecast.regional_sd_log_per_day, days)
        });
        policy.granularity = self.choice(
            "forecast_granularity",
            file.forecast_granularity.as_deref(),
            Granularity::Region,
        );
        policy.critical_need = self.choice(
            "critical_need",
            file.critical_need.as_deref(),
            CriticalNeed::Excluded,
        );
        policy.notice_days = self.short("notice_days", file.notice_days.unwrap_or(0), 0..=7);
        policy.notice_margin =
            self.short("notice_margin", file.notice_margin.unwrap_or(1), 0..=100);
        policy.own_risk = self.part("own_risk_share", file.own_risk_share);
    }

    fn spreading(&mut self, policy: &mut Policy) {
        let file = self.file;
        policy.fair_share = self.choice("fair_share", file.fair_share.as_deref(), FairShare::Off);
        policy.solidarity = self.part("solidarity_share", file.solidarity_share);
        let compliance = file.compliance.unwrap_or(1.0);
        let compliance = self.check.share(&self.at("compliance"), compliance);
        policy.compliance = PerMille::from_fraction(compliance);
        policy.finance = self.finance(compliance);
        policy.moves_per_day = self.moves("moves_per_day", file.moves_per_day);
        policy.regional_moves_per_day =
            self.moves("regional_moves_per_day", file.regional_moves_per_day);
    }

    fn agreements(&mut self, policy: &mut Policy) {
        let file = self.file;
        policy.protection = self.protection("protection", file.protection);
        policy.protection_by_region = self.protection_by_region(policy.protection);
        policy.visibility = self.choice("visibility", file.visibility.as_deref(), Visibility::None);
        policy.agreement = self.share("agreement", file.agreement);
        policy.days_to_agree =
            self.short("days_to_agree", file.days_to_agree.unwrap_or(0), 0..=365);
        policy.meet_at_overdue = file
            .meet_at_overdue
            .map(|overdue| self.short("meet_at_overdue", overdue, 1..=10_000));
        policy.escalation = self.escalation();
        policy.mediation = self.mediation();
        policy.moved_care = self.part("moved_care_share", file.moved_care_share);
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
    pub(super) fn share(&mut self, key: &str, share: Option<f64>) -> PerMille {
        self.check
            .permille(&self.at(key), share.unwrap_or(1.0), 1.0)
    }

    /// A share that is nothing unless stated.
    pub(super) fn part(&mut self, key: &str, share: Option<f64>) -> PerMille {
        self.share(key, Some(share.unwrap_or(0.0)))
    }

    /// A whole number in `range`.
    pub(super) fn short(&mut self, key: &str, value: i64, range: RangeInclusive<u16>) -> u16 {
        self.check.short(&self.at(key), value, range)
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

    fn loans(&mut self) -> LoanPolicy {
        let none = shape::Loans {
            trigger: None,
            full_scale_down_share: None,
            no_activity_share: None,
            scope: None,
            purpose: None,
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
            purpose: self.choice(
                "loans.purpose",
                loans.purpose.as_deref(),
                LoanPurpose::CovidToo,
            ),
        }
    }

    fn disabled(&mut self) -> SentenceSet {
        let names = self.file.disabled_rules.as_deref().unwrap_or_default();
        let all = entries();
        let mut disabled = SentenceSet::EMPTY;
        self.check
            .at_most(&self.at("disabled_rules"), names.len(), all.clone().count());
        for (n, name) in names.iter().take(all.clone().count()).enumerate() {
            let path = self.at(&format!("disabled_rules[{n}]"));
            if let Some(entry) = all.clone().find(|entry| entry.id.to_string() == *name) {
                disabled = disabled.with(entry.id);
            } else {
                let allowed = Some("A01 to A47 and Z01 to Z30".to_owned());
                self.check.fail(&path, "there is no such rule", allowed);
            }
        }
        disabled
    }
}
