//! A change of any single rule or lever is seen: each rule is switched off and each lever is turned in
//! a handful of small worlds, and the record of a world or its log must change in at least one.

use std::collections::BTreeSet;

use zorgdruk::experiment::{Experiment, PolicyRecord};
use zorgdruk::outcome::{Entry, Log};
use zorgdruk::policy::registry::entries;
use zorgdruk::policy::sentence::Role;
use zorgdruk::policy::sentence::Sentence;

use super::agreements::PRESSED;
use super::clinics::LENDING;
use super::{IN_2D, SEED, model};

/// Worlds of each situation that are looked at.
const WORLDS: u32 = 2;

/// Where rules have something to do.
struct Situation {
    settings: &'static [&'static [&'static str]],
    /// Rules that hide others, and are off.
    disabled: &'static [Sentence],
}

const fn situation(settings: &'static [&'static [&'static str]]) -> Situation {
    let disabled = &[];
    Situation { settings, disabled }
}

/// Hospitals that half comply, and money that moves them.
const WAVERING: &[&str] = &[
    "agreement=0.6",
    "days_to_agree=3",
    "compliance=0.6",
    "solidarity_share=0.5",
    "forecast_granularity=\"hospital\"",
    "finance.log_odds_per_comfort=10",
    "finance.comfort=0.55",
    "finance.supplement_comfort=0.6",
    "finance.hospital_compensation=1",
    "region.coast.fair_share=0.3",
    "region.inland.fair_share=0.7",
];
const CONCENTRATED: &[&str] = &[
    "agreement=1",
    "days_to_agree=0",
    "finance.hospital_compensation=1",
    "compliance=0.2",
    "finance.log_odds_per_comfort=20",
    "finance.supplement_comfort=0.5",
    "protection={ concentrate = { strength_share = 1.0 } }",
    "region_protection=[{ region = \"coast\", protection = \"pro-rata\" }]",
];
/// No supplement, so that the framework's own comfort counts.
const BEFORE: &[&str] = &["supplement_from=\"never\"", "finance.comfort=0.7"];
/// Too few beds, one waiting list, tired staff.
const TIGHT: &[&str] = &[
    "staff.workforce_share=0.75",
    "staff.fatigue_share_per_week=0.05",
    "agreement=1",
    "protection=\"pooled-list\"",
    "visibility=\"daily\"",
    "own_risk_share=0.5",
    "scale_down=\"early\"",
    "region.coast.hospital.coast-1.ic_slots=[3, 3, 3, 3, 3]",
    "mediation={ above_norm_days = 0, acceptance_share = 0.9, loss_per_tile_share = 0.05 }",
];
/// A chain of care with few places, and clinics that use them.
const CHAIN: &[&str] = &[
    "chain={ gp_inflow_factor = 0.7, home_oxygen_share = 0.4, vvt_places_per_day = 3 }",
    "clinics.follow_up_share=0.5",
    "clinics.daily_operations_per_block=30",
    "moved_care_share=0.3",
    "loans.trigger=\"never\"",
];
/// A wave that ebbs, with too few nurses on the ward.
const EBB: &[&str] = &[
    "agreement=1",
    "staff.ward.planned_inpatients=300",
    "phase_calendar=[{from=\"2021-10-25\", phase=\"2D\"}, {from=\"2021-11-22\", phase=\"2B\"}, {from=\"2021-12-06\", phase=\"2A\"}]",
];
/// More operations than usual, so that backlogs shrink.
const CATCHING_UP: &[&str] = &[
    "phases.phase[4].maximum_activity_share=[1.5, 1.5, 1.5]",
    "phases.phase[4].stops_plannable=false",
    "region.*.hospital.*.or_teams=30",
    "staff.ward.planned_inpatients=9000",
];
const PHASE_3: &[&str] = &[
    "phase_calendar=[{from=\"2021-10-25\", phase=\"2D\"}, {from=\"2021-11-22\", phase=\"3\"}]",
    "phases.phase[5].longest_ic_stay_days=14",
];
/// Nothing about lent staff is certain.
const UNSURE: &[&str] = &[
    "clinics.willing_before_2d_share=0.1",
    "clinics.willing_in_2d_share=0.5",
    "clinics.willing_under_threat_share=0.9",
    "clinics.complete_request_share=0.6",
    "clinics.listed_share=0.8",
    "clinics.listed_loss_per_week_share=0.05",
    "clinics.not_clear_share=0.4",
    "clinics.days_until_clear=9",
    "clinics.without_covid_share=0.6",
    "clinics.procedure_days=9",
    "clinics.prepared_procedure_days=2",
    "clinics.follow_up_share=0.2",
    "loans.purpose=\"without-covid\"",
    "finance.log_odds_per_comfort=3",
    "finance.scheme_from=2021-11-15",
    "finance.scheme_comfort=1",
    "finance.compensated_share=0.3",
    "finance.scheme_compensated_share=0.6",
    "finance.most_uncompensated_euros=1500",
    "moved_care_share=0.3",
];
/// Loans before phase 2D.
const IN_2B: &[&str] = &["phase_calendar=[{from=\"2021-10-25\", phase=\"2B\"}]"];
/// Phases by their thresholds.
const FREE: &[&str] = &[
    "supplement_from=2021-10-25",
    "clinic_policy_from=2021-10-25",
];
/// Loans by the gate, under threat all along.
const THREATENED: &[&str] = &["loans.trigger=\"threat-notice\"", "phases.threat.beds=1"];
/// A gate whose first criteria are met.
const NEARLY_OPEN: &[&str] = &["loans.full_scale_down_share=0", "compliance=1"];
const NO_HIRE: &[&str] = &["staff.external_hire.nurses=0"];

/// Beds kept for COVID patients.
const KEPT: &[&str] = &["phases.phase[4].covid_beds_share=0.9"];

const SITUATIONS: [Situation; 19] = [
    situation(&[IN_2D]),
    situation(&[IN_2D, KEPT]),
    situation(&[IN_2D, WAVERING]),
    situation(&[IN_2D, CONCENTRATED]),
    situation(&[IN_2D, WAVERING, BEFORE]),
    situation(&[IN_2D, TIGHT]),
    situation(&[
        IN_2D,
        PRESSED,
        &["meet_at_overdue=1", "staff.workforce_share=0.7"],
    ]),
    situation(&[IN_2D, CHAIN]),
    Situation {
        settings: &[IN_2D, CHAIN],
        disabled: &[Sentence::Z11],
    },
    situation(&[IN_2D, EBB]),
    Situation {
        settings: &[IN_2D, TIGHT],
        disabled: &[Sentence::A05],
    },
    situation(&[IN_2D, CATCHING_UP]),
    situation(&[LENDING, PHASE_3]),
    situation(&[FREE]),
    situation(&[LENDING, UNSURE, IN_2B]),
    situation(&[LENDING, UNSURE]),
    situation(&[LENDING, UNSURE, THREATENED]),
    situation(&[IN_2D, THREATENED, NEARLY_OPEN]),
    situation(&[IN_2D, THREATENED, NEARLY_OPEN, NO_HIRE]),
];

/// What can be seen of some worlds: their records and their logs.
type Seen = Vec<(PolicyRecord, Vec<Entry>)>;

impl Situation {
    fn seen(&self, disabled: &[Sentence], change: &[&str]) -> Seen {
        let off: Vec<String> = self
            .disabled
            .iter()
            .chain(disabled)
            .map(|rule| format!("\"{rule:?}\""))
            .collect();
        let off = format!("disabled_rules=[{}]", off.join(","));
        let mut settings = self.settings.to_vec();
        let last = [&[off.as_str()], change].concat();
        settings.push(&last);
        let model = model(&settings);
        let experiment = Experiment::new(&model, SEED);
        let world = |n| {
            let mut log = Log::default();
            let record = experiment.replay(n, 0, &mut log);
            // Whether a rule is named is not a thing that happens.
            let happened = |entry: Entry| Entry {
                rule: None,
                ..entry
            };
            (record, log.entries.into_iter().map(happened).collect())
        };
        (0..WORLDS).map(world).collect()
    }
}

/// Whether some situation looks different after `change`.
fn is_seen(whole: &[Seen], change: impl Fn(&Situation) -> Seen) -> bool {
    let mut pairs = SITUATIONS.iter().zip(whole);
    pairs.any(|(situation, whole)| change(situation) != *whole)
}

fn whole() -> Vec<Seen> {
    SITUATIONS
        .iter()
        .map(|situation| situation.seen(&[], &[]))
        .collect()
}

#[test]
fn switching_off_any_rule_is_seen() {
    let whole = whole();
    let rules = entries().filter(|entry| entry.is_switch());
    let unseen: Vec<Sentence> = rules
        .map(|rule| rule.id)
        .filter(|rule| !is_seen(&whole, |situation| situation.seen(&[*rule], &[])))
        .collect();
    assert_eq!(unseen, [], "rules that nothing shows the absence of");
}

#[test]
fn a_rule_that_always_holds_cannot_be_switched_off() {
    let whole = whole();
    let fixed = entries().filter(|entry| matches!(entry.role, Role::Always(_)));
    for rule in fixed {
        let seen = is_seen(&whole, |situation| situation.seen(&[rule.id], &[]));
        assert!(!seen, "{:?} always holds", rule.id);
    }
}

/// Each lever of the registry with another value.
const TURNED: &[(&str, &str)] = &[
    ("policy.framework_from", "framework_from=\"never\""),
    (
        "forecast.information_delay_days",
        "forecast.information_delay_days=3",
    ),
    (
        "forecast.regional_sd_log_per_day",
        "forecast.regional_sd_log_per_day=0.2",
    ),
    (
        "policy.forecast_granularity",
        "forecast_granularity=\"hospital\"",
    ),
    ("policy.scale_down", "scale_down=\"late\""),
    ("policy.lead_days", "lead_days=6"),
    ("policy.forecast_level", "forecast_level=0.99"),
    ("policy.scaling_order", "scaling_order=\"pro-rata\""),
    (
        "phases.phase.maximum_activity_share",
        "phases.phase[4].maximum_activity_share=[0.8, 0.6, 0.5]",
    ),
    (
        "phases.phase.beds_per_nurse",
        "phases.phase[4].beds_per_nurse=1.0",
    ),
    ("policy.own_risk_share", "own_risk_share=0.9"),
    (
        "policy.chain.gp_inflow_factor",
        "chain.gp_inflow_factor=0.4",
    ),
    (
        "policy.chain.home_oxygen_share",
        "chain.home_oxygen_share=0.9",
    ),
    (
        "policy.chain.vvt_places_per_day",
        "chain.vvt_places_per_day=1",
    ),
    ("covid.vvt_share", "covid.vvt_share=0.5"),
    (
        "forecast.missing_report_probability",
        "forecast.missing_report_probability=0.5",
    ),
    ("policy.finance.comfort", "finance.comfort=0"),
    (
        "policy.finance.log_odds_per_comfort",
        "finance.log_odds_per_comfort=20",
    ),
    ("policy.escalation", "escalation.after_days=[1, 2, 3]"),
    (
        "phases.phase.enter_at_covid_ic",
        "phases.phase[4].enter_at_covid_ic=60",
    ),
    ("phases.threat", "phases.threat.beds=30"),
    ("policy.moves_per_day", "moves_per_day=0"),
    ("policy.regional_moves_per_day", "regional_moves_per_day=0"),
    ("policy.solidarity_share", "solidarity_share=1"),
    ("policy.compliance", "compliance=0.2"),
    ("policy.fair_share", "fair_share=\"off\""),
    ("region.fair_share", "region.*.fair_share=0.5"),
    (
        "planned.stream",
        "planned.stream.heart.weekly_indications=30",
    ),
    (
        "sessions.initial_backlog_days",
        "sessions.initial_backlog_days=[0, 1, 1]",
    ),
    ("staff.absence", "staff.absence.normal_share=0.1"),
    (
        "staff.fatigue_share_per_week",
        "staff.fatigue_share_per_week=0.1",
    ),
    (
        "planned.stream.harm_per_month",
        "planned.stream.*.harm_per_month=3",
    ),
    ("policy.kept_days", "kept_days=0"),
    (
        "phases.phase.national_ic_beds",
        "phases.phase[4].national_ic_beds=60",
    ),
    (
        "phases.phase.ordered_ic_beds",
        "phases.phase[4].ordered_ic_beds=85",
    ),
    ("policy.hardest_beds_per_nurse", "hardest_beds_per_nurse=2"),
    ("policy.exchange_share", "exchange_share=0"),
    ("policy.moves_per_patient", "moves_per_patient=0"),
    ("covid.transport_hours", "covid.transport_hours=[9, 10]"),
    (
        "phases.phase.longest_ic_stay_days",
        "phases.phase[5].longest_ic_stay_days=20",
    ),
    ("covid.stay_foreseen_share", "covid.stay_foreseen_share=0.2"),
    (
        "phases.phase.covid_beds_share",
        "phases.phase[4].covid_beds_share=0.8",
    ),
    (
        "phases.phase.transfers",
        "phases.phase[4].transfers=\"regional\"",
    ),
    (
        "phases.phase.stops_plannable",
        "phases.phase[4].stops_plannable=false",
    ),
    (
        "phases.stop",
        "phases.stop={ willing_share = 0.5, lag_days = 20, restart_days = 20 }",
    ),
    (
        "clinics.inductions_per_hospital",
        "clinics.inductions_per_hospital=1",
    ),
    ("policy.loans.staff", "loans.staff=\"all\""),
    ("policy.notice_days", "notice_days=0"),
    ("policy.notice_margin", "notice_margin=3"),
    ("policy.agreement", "agreement=0.1"),
    ("policy.protection", "protection=\"none\""),
    ("policy.critical_need", "critical_need=\"excluded\""),
    ("policy.meet_at_overdue", "meet_at_overdue=3"),
    ("policy.days_to_agree", "days_to_agree=9"),
    (
        "policy.region_protection",
        "region_protection=[{ region = \"coast\", protection = \"none\" }]",
    ),
    ("policy.visibility", "visibility=\"none\""),
    (
        "policy.finance.hospital_compensation",
        "finance.hospital_compensation=0",
    ),
    (
        "policy.finance.supplement_comfort",
        "finance.supplement_comfort=0",
    ),
    (
        "policy.escalation.after_days",
        "escalation.after_days=[2, 20, 40]",
    ),
    (
        "policy.escalation.compliance_step_share",
        "escalation.compliance_step_share=0.5",
    ),
    ("policy.escalation.delay_days", "escalation.delay_days=0"),
    (
        "policy.escalation.overdue_per_hospital",
        "escalation.overdue_per_hospital=100",
    ),
    (
        "policy.mediation.above_norm_days",
        "mediation.above_norm_days=30",
    ),
    (
        "policy.mediation.acceptance_share",
        "mediation.acceptance_share=0.3",
    ),
    (
        "policy.mediation.loss_per_tile_share",
        "mediation.loss_per_tile_share=0.9",
    ),
    ("policy.loans.trigger", "loans.trigger=\"phase-3\""),
    (
        "clinics.willing_before_2d_share",
        "clinics.willing_before_2d_share=0",
    ),
    ("policy.supplement_from", "supplement_from=2021-11-29"),
    (
        "policy.phase_calendar",
        "phase_calendar=[{from=\"2021-10-25\", phase=\"2C\"}]",
    ),
    ("clinics.follow_up_share", "clinics.follow_up_share=0.9"),
    (
        "clinics.specification_days",
        "clinics.specification_days=20",
    ),
    (
        "clinics.complete_request_share",
        "clinics.complete_request_share=0.1",
    ),
    ("clinics.round_days", "clinics.round_days=7"),
    ("clinics.procedure_days", "clinics.procedure_days=30"),
    (
        "policy.finance.most_uncompensated_euros",
        "finance.most_uncompensated_euros=1",
    ),
    (
        "policy.finance.compensated_share",
        "finance.compensated_share=0",
    ),
    ("policy.clinic_policy_from", "clinic_policy_from=2021-12-06"),
    (
        "policy.finance.scheme_from",
        "finance.scheme_from=\"never\"",
    ),
    ("policy.finance.scheme_comfort", "finance.scheme_comfort=0"),
    (
        "policy.finance.scheme_compensated_share",
        "finance.scheme_compensated_share=0",
    ),
    (
        "policy.loans.full_scale_down_share",
        "loans.full_scale_down_share=0",
    ),
    (
        "policy.loans.no_activity_share",
        "loans.no_activity_share=1",
    ),
    ("policy.loans.scope", "loans.scope=\"region-aggregate\""),
    ("staff.external_hire", "staff.external_hire.nurses=100"),
    ("clinics.ic_role_share", "clinics.ic_role_share=0"),
    ("clinics.or_role_share", "clinics.or_role_share=0"),
    (
        "clinics.maximum_distance_tiles",
        "clinics.maximum_distance_tiles=0",
    ),
    ("clinics.listed_share", "clinics.listed_share=0.1"),
    (
        "clinics.listed_loss_per_week_share",
        "clinics.listed_loss_per_week_share=0.5",
    ),
    (
        "clinics.without_covid_share",
        "clinics.without_covid_share=0",
    ),
    ("clinics.not_clear_share", "clinics.not_clear_share=1"),
    ("clinics.days_until_clear", "clinics.days_until_clear=60"),
    ("clinics.price_euros", "clinics.price_euros=9999"),
    (
        "clinics.daily_operations_per_block",
        "clinics.daily_operations_per_block=3",
    ),
    (
        "clinics.willing_in_2d_share",
        "clinics.willing_in_2d_share=0.1",
    ),
    ("policy.loans.purpose", "loans.purpose=\"covid-too\""),
    (
        "clinics.prepared_procedure_days",
        "clinics.prepared_procedure_days=30",
    ),
    (
        "clinics.induction_days",
        "clinics.induction_days=[20, 20, 20]",
    ),
    ("clinics.booster_days", "clinics.booster_days=20"),
    (
        "clinics.without_booster_share",
        "clinics.without_booster_share=1",
    ),
    ("clinics.trainer_nurses", "clinics.trainer_nurses=1"),
    ("clinics.workers_per_block", "clinics.workers_per_block=1"),
    ("policy.moved_care_share", "moved_care_share=0.9"),
    (
        "clinics.willing_under_threat_share",
        "clinics.willing_under_threat_share=0",
    ),
];

#[test]
fn turning_any_lever_of_the_registry_is_seen() {
    let levers: BTreeSet<&str> = entries().flat_map(|rule| rule.levers).copied().collect();
    let turned: BTreeSet<&str> = TURNED.iter().map(|(lever, _)| *lever).collect();
    assert_eq!(levers, turned, "every lever of the registry is turned");
    let whole = whole();
    let unseen: Vec<&str> = TURNED
        .iter()
        .filter(|(_, setting)| !is_seen(&whole, |situation| situation.seen(&[], &[setting])))
        .map(|(lever, _)| *lever)
        .collect();
    assert_eq!(unseen, Vec::<&str>::new(), "levers that change nothing");
}
