//! Every sentence of the two policy documents: what kind of rule it is, whether it is built, and
//! which settings of a scenario turn it.
//!
//! `A` is the supplement of 18 November 2021 to the temporary policy framework, `Z` the policy of the
//! clinics' association ZKN of 9 December 2021. The sentences are given in short, in our own words.

use crate::model::policy::{PhaseControl, Policy};
use crate::model::rule::RuleId;
use crate::units::Day;

/// One sentence of the policy documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its number, which never changes meaning.
    pub id: RuleId,
    /// What it is for a simulation; several kinds are possible, at least one is given.
    pub kinds: &'static [Kind],
    /// What it says, in short.
    pub sentence: &'static str,
    /// Whether the simulation has it.
    pub status: Status,
    /// Where in the code it stands: paths in this crate, with `; ` between them; empty when the
    /// simulation does not have it.
    pub code: &'static str,
    /// The test that carries its number; empty when the simulation does not have it.
    pub test: &'static str,
    /// Settings of a scenario that turn it, as dotted paths without indexes.
    pub levers: &'static [&'static str],
}

/// What a sentence is for a simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Someone decides something.
    Decision,
    /// Something begins.
    Trigger,
    /// Something is ruled out.
    Constraint,
    /// A value that can be set.
    Parameter,
    /// Someone knows something.
    Information,
    /// Something to report.
    Output,
    /// Nothing that a simulation could have.
    NotModelled,
}

impl Kind {
    /// The letter of the type in tables.
    pub const fn letter(self) -> &'static str {
        ["D", "T", "K", "P", "I", "O", "N"][self as usize]
    }
}

/// Whether the simulation has a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It acts, and can be switched off with `disabled_rules` where it decides.
    Built,
    /// It never will, for this reason.
    NotModelled(&'static str),
}

impl Rule {
    /// The entry of a rule.
    pub const fn of(id: RuleId) -> &'static Self {
        &RULES[id as usize]
    }

    /// Whether a policy can switch the rule off.
    pub fn can_be_switched_off(&self) -> bool {
        self.status == Status::Built && self.always_holds().is_none()
    }

    /// Why the rule always holds, whatever a policy disables; `None` when it can be switched off.
    pub const fn always_holds(&self) -> Option<&'static str> {
        match self.id {
            RuleId::A12 | RuleId::A16 | RuleId::A19 | RuleId::A31 | RuleId::Z20 | RuleId::Z21 => {
                Some("an output")
            }
            RuleId::A01 => Some("`framework_from`"),
            RuleId::A47 => Some("`supplement_from`"),
            RuleId::A18 => Some("a fact of operating rooms"),
            RuleId::Z29 => Some("no law allows to force staff, so no policy can"),
            _ => None,
        }
    }
}

/// The rules that `policy` has on and can switch off, and whose document comes into force before `end`.
/// Loans follow the clinics' policy from the supplement on.
pub fn rules_on(policy: &Policy, end: Day) -> Vec<RuleId> {
    let starts = |rule: RuleId| match rule {
        rule if rule <= RuleId::A15 => policy.framework_from,
        rule if rule <= RuleId::A47 => policy.supplement_from,
        RuleId::Z01 => forced_from(policy),
        _ => policy
            .supplement_from
            .into_iter()
            .chain(policy.clinic_policy_from)
            .min(),
    };
    RULES
        .iter()
        .filter(|rule| rule.can_be_switched_off() && policy.has(rule.id))
        .filter(|rule| starts(rule.id).is_some_and(|start| start < end))
        .map(|rule| rule.id)
        .collect()
}

/// First day on which the policy's calendar forces a phase.
fn forced_from(policy: &Policy) -> Option<Day> {
    match &policy.phases {
        PhaseControl::Endogenous => None,
        PhaseControl::Forced(calendar) => calendar.first().map(|(day, _)| *day),
    }
}

/// The document that traces each sentence to code, test and switch, in Markdown.
pub fn markdown() -> String {
    let mut text = INTRODUCTION.to_owned();
    for rule in &RULES {
        let kinds: Vec<&str> = rule.kinds.iter().map(|kind| kind.letter()).collect();
        let (id, sentence, kinds) = (rule.id, rule.sentence, kinds.join(", "));
        let row = match rule.status {
            Status::NotModelled(reason) => {
                format!("| {id:?} | {sentence} | {kinds} | not modeled: {reason} | | |\n")
            }
            Status::Built => {
                let switch = rule.always_holds().unwrap_or("`disabled_rules`");
                let (code, test) = (rule.code, rule.test);
                format!("| {id:?} | {sentence} | {kinds} | `{code}` | `{test}` | {switch} |\n")
            }
        };
        text.push_str(&row);
    }
    text
}

/// What stands above the table.
const INTRODUCTION: &str = "\
# Rules

Every sentence of the two policy documents, as a rule of the simulation. A is the supplement of 18
November 2021 to the temporary policy framework, Z the policy of the clinics' association ZKN of 9
December 2021; the sentences are given in short, in our own words. `zorgdruk rules` lists their levers.

Types: D decision, T trigger, K constraint, P parameter, I information, O output, N not modeled.

A rule in `disabled_rules` of a policy is off: what remains is what would happen without the sentence.
Rules of the framework and the supplement act in phases 2A to 2D (A11), each from its first day; those
of the clinics' policy from phase 2A on. Before its document is in force, and for A rules outside these
phases, a switch undoes nothing. Where a text leaves something open, a lever decides and no reading is
built in. What a switch does where that is not plain:

- A07 off: reports are read a week late. A39 off: reports are renewed on Mondays only.
- A13 off: no patient moves within a region by coordination, and no region takes more than its share.
- A14 off: agreements are free of obligation, and kept half as often.
- A17 off: no fatigue, and hospitals prepare by the forecast.
- A20 off: dates are only cancelled on the day.
- A24 off: protection ends as soon as a lighter phase begins, and classes restart in proportion.
- A25 off: weekly meetings only. A26 off: an agreement needs all hospitals of the region.
- A43 and Z27 off: clinics scale down as hospitals do for class 4, through phase 2D and in phase 3.
- A08, A34 and Z12 off: money is neutral. A33 off: hospitals are not made up for a shift of care.
- Z07 off: hospitals ask without specifying. Z08 off: requests wait a week for the clinics' meeting.
- Z18 and Z19 off: all workers are listed and clear. Z22 and Z30 off: willingness stays as it was before
  the survey, or before the threat.
- Z24 off: an inventory is made when it is needed, and nothing was prepared.
- Z25 off: staff work the next morning without induction. Z26 off: a team goes on without a member.

| id | sentence, in short | type | code | test | switched off by |
|---|---|---|---|---|---|
";

/// All sentences, in the order of the documents.
#[rustfmt::skip]
pub static RULES: [Rule; 77] = [
    built(RuleId::A01, &[Kind::Parameter], "The temporary policy framework of October 2020 still applies.", ("policy::InForce", "a01_rules_of_the_framework_are_off_before_its_first_day"), &["policy.framework_from"]),
    built(RuleId::A02, &[Kind::Information, Kind::Decision], "LCPS announces to each region how many COVID patients the coming seven days will bring.", ("engine::handlers::coordination::publish_allocations", "a02_hospitals_are_told_numbers_by_beds_or_by_their_own_reports"), &["forecast.information_delay_days", "forecast.regional_sd_log_per_day", "policy.forecast_granularity"]),
    built(RuleId::A03, &[Kind::Constraint], "A hospital acts on the number that it was told to expect.", ("engine::handlers::planning::planning_info", "a03_planners_act_on_the_published_number"), &["forecast.information_delay_days"]),
    built(RuleId::A04, &[Kind::Decision], "Whoever expects COVID patients makes room for them: COVID care grows, other care shrinks.", ("policy::scaling::need_milli", "a04_more_expected_patients_mean_more_beds_and_less_other_care"), &["policy.scale_down", "policy.lead_days", "policy.forecast_level"]),
    built(RuleId::A05, &[Kind::Decision, Kind::Constraint], "The need of the single patient, and what staff can safely do, come first and last when care is cut.", ("policy::scaling::{serve, keeps_place}", "a05_the_patient_at_highest_risk_keeps_a_place"), &["policy.scaling_order", "phases.phase.maximum_activity_share", "phases.phase.beds_per_nurse", "policy.own_risk_share"]),
    built(RuleId::A06, &[Kind::Parameter], "Everyone along the chain helps patients in, through and out of the hospital.", ("engine::handlers::covid::{ward_stay, fill_places}", "a06_the_chain_keeps_patients_out_and_a_blocked_one_keeps_them_in"), &["policy.chain.gp_inflow_factor", "policy.chain.home_oxygen_share", "policy.chain.vvt_places_per_day", "covid.vvt_share"]),
    built(RuleId::A07, &[Kind::Information], "Coordination needs a current picture of the situation.", ("engine::handlers::coordination::hospital_report", "a07_an_old_picture_changes_what_is_asked"), &["forecast.information_delay_days", "forecast.missing_report_probability"]),
    built(RuleId::A08, &[Kind::Parameter], "Providers need financial certainty to dare to choose.", ("model::conditions::Finance; engine::simulation::Run::compliance", "a08_comfort_raises_compliance"), &["policy.finance.comfort", "policy.finance.log_odds_per_comfort"]),
    not_modelled(RuleId::A09, "Every party carries its own responsibility.", "names the actors and asks nothing that can be simulated"),
    built(RuleId::A10, &[Kind::Decision, Kind::Output], "Inspectorate and care authority see that agreements on spreading are carried out.", ("engine::simulation::Run::region_complies", "a10_supervision_makes_regions_offer_what_is_asked"), &["policy.escalation"]),
    built(RuleId::A11, &[Kind::Constraint], "The framework acts during phase 2 of the national scale-up plan.", ("policy::InForce", "a11_rules_act_in_phase_2_only"), &["phases.phase.enter_at_covid_ic"]),
    built(RuleId::A12, &[Kind::Output], "The purpose is to stay out of phase 3 and to keep care going.", ("experiment::measure::Measure::{EverPhase3, ThreatDays, Days2A, Days3}", "a12_days_in_each_phase_add_up_to_the_window"), &["phases.threat"]),
    built(RuleId::A13, &[Kind::Parameter], "Regions work together, within and beyond their borders.", ("engine::handlers::transfers; policy::fair_share::surplus", "a13_solidarity_lets_a_region_take_more_than_its_share"), &["policy.moves_per_day", "policy.regional_moves_per_day", "policy.solidarity_share"]),
    built(RuleId::A14, &[Kind::Parameter], "Agreements are binding under the law on quality of care.", ("engine::simulation::Run::compliance", "a14_agreements_without_obligation_are_kept_less_often"), &["policy.compliance"]),
    built(RuleId::A15, &[Kind::Decision, Kind::Constraint], "Each region is asked for a proportional part of the national COVID capacity: its fair share.", ("policy::fair_share; engine::handlers::coordination::ask_regions", "a15_regions_above_their_share_send_and_offers_never_exceed_requests"), &["policy.fair_share", "region.fair_share", "policy.compliance", "policy.moves_per_day"]),
    built(RuleId::A16, &[Kind::Output], "The supplement is about access to critical plannable care that needs the IC.", ("experiment::estimand::displaced_share", "a16_the_headline_is_displacement_of_this_care"), &["planned.stream"]),
    built(RuleId::A17, &[Kind::Parameter, Kind::Decision], "A backlog, a rising wave and tired staff meet the wish to keep regular care for as long as possible.", ("engine::handlers::coordination::lead_days; engine::handlers::shifts::tired", "a17_late_hospitals_convert_later_and_fatigue_takes_beds"), &["sessions.initial_backlog_days", "policy.scale_down", "staff.absence", "staff.fatigue_share_per_week"]),
    built(RuleId::A18, &[Kind::Output, Kind::Constraint], "Care that needs both an IC bed and an operating room is hit sooner and more often than other care.", ("engine::handlers::theater::operate_ic_dependent", "a18_an_operation_needs_a_team_and_a_bed"), &["planned.stream"]),
    built(RuleId::A19, &[Kind::Output], "Losing this care costs health that could have been kept.", ("experiment::measure::Measure::Harm", "a19_harm_counts_months_beyond_the_norm"), &["planned.stream.harm_per_month"]),
    built(RuleId::A20, &[Kind::Output], "Cutting and restoring care should be alike everywhere and announced in time.", ("engine::handlers::program::move_dates; experiment::measure::Measure::ActivitySpread", "a20_dates_are_moved_in_time_instead_of_cancelled_on_the_day"), &["policy.notice_days", "policy.notice_margin"]),
    built(RuleId::A21, &[Kind::Trigger, Kind::Decision], "In phase 2 every region agrees how it spreads COVID patients over its hospitals.", ("engine::handlers::agreements::talk", "a21_every_region_reaches_an_agreement_that_is_recorded"), &["policy.agreement"]),
    built(RuleId::A22, &[Kind::Decision], "Such an agreement sets capacity aside for IC-dependent critical plannable care.", ("policy::protection", "a22_an_agreement_protects_beds"), &["policy.protection"]),
    built(RuleId::A23, &[Kind::Decision], "The need for IC capacity counts this care from now on, beside COVID and acute care.", ("policy::scaling::need_milli", "a23_need_counts_critical_care"), &["policy.critical_need"]),
    built(RuleId::A24, &[Kind::Decision], "This holds when care is cut and when it is restored.", ("engine::handlers::shifts::protected; engine::handlers::theater::scaling_order", "a24_protection_is_released_last_and_class_5_restarts_last"), &["policy.protection", "policy.critical_need"]),
    built(RuleId::A25, &[Kind::Trigger], "The chair of the region opens the talk.", ("engine::handlers::agreements::meet_on_demand", "a25_the_chair_calls_a_meeting_when_many_are_overdue"), &["policy.meet_at_overdue"]),
    built(RuleId::A26, &[Kind::Parameter], "All take part to reach agreement.", ("engine::handlers::agreements::talk", "a26_without_the_duty_all_hospitals_must_want_the_agreement"), &["policy.agreement", "policy.days_to_agree"]),
    not_modelled(RuleId::A27, "Professionals at the table help the talk.", "no known size of the effect; part of the probability of agreement"),
    built(RuleId::A28, &[Kind::Parameter], "Each region may protect this care in its own way.", ("model::policy::Policy::protection_in; engine::handlers::relocation", "a28_each_region_protects_in_its_own_way"), &["policy.protection", "policy.region_protection"]),
    built(RuleId::A29, &[Kind::Decision, Kind::Constraint], "Hospitals may trade: one takes more COVID patients, another more critical care, and the region still gives its share.", ("engine::handlers::coordination::publish_in_region; engine::handlers::transfers::concentrating_move", "a29_concentration_shifts_patients_and_keeps_the_share_of_the_region"), &["policy.protection"]),
    built(RuleId::A30, &[Kind::Information, Kind::Parameter], "Providers show each other their lists, waits and deeds.", ("engine::handlers::statistics::publish_list; engine::handlers::relocation", "a30_a_pooled_list_works_only_when_lists_are_shown"), &["policy.visibility"]),
    built(RuleId::A31, &[Kind::Output], "What is agreed is written down with care.", ("outcome::log", "a31_every_decision_is_recorded_with_its_rule"), &[]),
    not_modelled(RuleId::A32, "Insurers create the conditions for access in the region.", "acts only through A33 and A42"),
    built(RuleId::A33, &[Kind::Parameter], "Insurers make up for the financial effects of keeping agreements.", ("engine::handlers::coordination::kept_weight", "a33_compensation_makes_hospitals_go_along_with_a_shift"), &["policy.finance.hospital_compensation"]),
    built(RuleId::A34, &[Kind::Parameter], "Money may not stand in the way of any agreement.", ("engine::simulation::Run::compliance", "a34_the_supplement_brings_its_own_comfort"), &["policy.finance.supplement_comfort"]),
    built(RuleId::A35, &[Kind::Trigger, Kind::Decision], "When deeds or access fall short, parties confront each other and look for a way out with the chair.", ("engine::handlers::escalation", "a35_pressure_is_confronted_after_its_days"), &["policy.escalation.after_days", "policy.escalation.compliance_step_share", "policy.escalation.delay_days"]),
    built(RuleId::A36, &[Kind::Trigger], "If that does not help in time, the care authority or the inspectorate is told.", ("engine::handlers::escalation", "a36_authorities_are_told_when_it_lasts"), &["policy.escalation.after_days"]),
    built(RuleId::A37, &[Kind::Decision], "Both authorities see to it that each region talks, records and acts.", ("engine::handlers::escalation; engine::handlers::agreements::talk", "a37_authorities_force_an_agreement"), &["policy.escalation.after_days"]),
    built(RuleId::A38, &[Kind::Output], "The care authority follows the pressure on critical plannable care in each hospital.", ("engine::handlers::escalation::is_pressed; engine::handlers::statistics::close_hospital_week", "a38_overdue_patients_count_as_pressure"), &["policy.escalation.overdue_per_hospital"]),
    built(RuleId::A39, &[Kind::Information], "What providers report is up to date.", ("engine::handlers::statistics::report", "a39_a_missing_report_repeats_the_last_one"), &["forecast.missing_report_probability"]),
    not_modelled(RuleId::A40, "The request for data stays in proportion.", "the burden of reporting has no effect on capacity in the model"),
    not_modelled(RuleId::A41, "All parties tell patients the same story.", "no known effect; part of the rates of withdrawal"),
    built(RuleId::A42, &[Kind::Decision], "Patients hear of mediation by their insurer and are referred actively.", ("engine::handlers::relocation", "a42_mediation_moves_patients_whose_wait_would_be_too_long"), &["policy.mediation.above_norm_days", "policy.mediation.acceptance_share", "policy.mediation.loss_per_tile_share"]),
    built(RuleId::A43, &[Kind::Constraint, Kind::Parameter], "Through phase 2D clinics keep doing their plannable care unless it hinders acute or critical care.", ("engine::handlers::clinics::activity", "a43_clinics_are_untouched_through_phase_2d"), &["policy.loans.trigger"]),
    built(RuleId::A44, &[Kind::Trigger], "When phase 3 threatens, the region discusses where professionals of clinics can help.", ("policy::loans::triggered", "a44_the_threat_notice_opens_the_talk"), &["policy.loans.trigger", "phases.threat"]),
    built(RuleId::A45, &[Kind::Parameter], "Such a talk may come sooner when both sides want it.", ("policy::loans::gate", "a45_two_parties_may_agree_before_the_threat"), &["policy.loans.trigger", "clinics.willing_before_2d_share"]),
    not_modelled(RuleId::A46, "The aim of it all is to prevent a breakdown of care.", "states an aim; its measures are those of A12"),
    built(RuleId::A47, &[Kind::Parameter], "All parties committed themselves on 18 November 2021.", ("policy::InForce", "a47_rules_of_the_supplement_are_off_before_its_first_day"), &["policy.supplement_from"]),
    built(RuleId::Z01, &[Kind::Parameter], "The minister confirmed phase 2D as of 26 November 2021.", ("policy::phases::forced_phase", "z01_a_calendar_forces_the_phase"), &["policy.phase_calendar"]),
    not_modelled(RuleId::Z02, "Clinics want to contribute in a way that matters.", "states an intention; its effect is part of willingness"),
    not_modelled(RuleId::Z03, "The confirmation of phase 2D, once more.", "repeats Z01"),
    not_modelled(RuleId::Z04, "Clinics continue through phase 2D unless that hinders other care.", "repeats A43"),
    built(RuleId::Z05, &[Kind::Constraint], "Clinics spare home and nursing care, and support hospitals where they can.", ("engine::handlers::clinics::day", "z05_clinics_leave_places_in_home_care_to_hospitals"), &["clinics.follow_up_share", "policy.chain.vvt_places_per_day"]),
    not_modelled(RuleId::Z06, "The talk about help begins when phase 3 threatens.", "repeats A44"),
    built(RuleId::Z07, &[Kind::Constraint], "A good match needs a request that says how many staff with which skills.", ("engine::handlers::matching::is_complete", "z07_no_complete_request_no_match"), &["clinics.specification_days", "clinics.complete_request_share"]),
    built(RuleId::Z08, &[Kind::Trigger, Kind::Decision], "From that moment the representatives of the clinics handle requests at once, by the steps of their scheme.", ("engine::handlers::matching::lead_time", "z08_requests_are_taken_up_at_once_and_steps_are_serial"), &["clinics.round_days", "clinics.procedure_days"]),
    not_modelled(RuleId::Z09, "Insurers create the conditions for access in the region.", "repeats A32"),
    built(RuleId::Z10, &[Kind::Decision], "A scheme with insurers sets the conditions for clinics that scale down.", ("policy::loans::pays", "z10_a_loan_without_a_business_case_does_not_happen"), &["policy.finance.most_uncompensated_euros", "policy.finance.compensated_share"]),
    built(RuleId::Z11, &[Kind::Constraint], "Clinics give no care that needs follow-up by home care or the GP.", ("engine::handlers::clinics::day", "z11_clinics_give_no_care_with_follow_up"), &["clinics.follow_up_share", "policy.clinic_policy_from"]),
    built(RuleId::Z12, &[Kind::Parameter], "The updated scheme of 6 December 2021 holds in all regions.", ("engine::handlers::matching::has_scheme", "z12_the_scheme_makes_clinics_more_willing"), &["policy.finance.scheme_from", "policy.finance.scheme_comfort", "policy.finance.scheme_compensated_share"]),
    built(RuleId::Z13, &[Kind::Constraint], "The hospitals of a region ask for a loan together.", ("policy::loans::gate", "z13_one_hospital_that_does_not_sign_stops_the_loan"), &["policy.agreement"]),
    built(RuleId::Z14, &[Kind::Constraint], "First condition: all hospitals of the region have stopped clinical care of classes 4 and 5.", ("policy::loans::gate", "z14_full_scale_down_is_the_first_condition"), &["policy.loans.full_scale_down_share", "policy.loans.no_activity_share", "policy.loans.scope"]),
    built(RuleId::Z15, &[Kind::Constraint], "Second condition: exchanging staff within the region offers no way out any more.", ("policy::loans::gate", "z15_exchange_within_the_region_comes_first"), &["policy.regional_moves_per_day"]),
    built(RuleId::Z16, &[Kind::Constraint], "Third condition: no suitable staff can be hired any more.", ("policy::loans::gate; engine::handlers::loans::hire; engine::handlers::shifts::end_contracts", "z16_external_staff_come_first_and_leave_when_pressure_is_over"), &["staff.external_hire"]),
    built(RuleId::Z17, &[Kind::Constraint], "Fourth condition: the loan prevents cuts in classes 1 to 3 or a gap in COVID care.", ("policy::loans::gate", "z17_a_loan_must_prevent_something"), &["policy.critical_need"]),
    built(RuleId::Z18, &[Kind::Information], "Clinics list their deployable staff with hours, skills and willingness to travel.", ("engine::handlers::matching::is_listed", "z18_only_listed_workers_are_asked_and_lists_get_old"), &["clinics.ic_role_share", "clinics.or_role_share", "clinics.maximum_distance_tiles", "clinics.listed_share", "clinics.listed_loss_per_week_share"]),
    built(RuleId::Z19, &[Kind::Information], "They state whether staff suit COVID care, other care, or that this is not clear yet.", ("policy::loans::suits; engine::handlers::matching::is_deployable", "z19_who_is_not_clear_yet_waits"), &["clinics.without_covid_share", "clinics.not_clear_share", "clinics.days_until_clear"]),
    built(RuleId::Z20, &[Kind::Output], "They compute how far their production value falls behind budget.", ("engine::handlers::clinics::produce", "z20_lost_value_is_lost_operations_times_price"), &["clinics.price_euros", "clinics.daily_operations_per_block"]),
    built(RuleId::Z21, &[Kind::Output], "This business case is the basis of compensation by insurers.", ("experiment::estimand::{protected_by_loans, euros_per_protected}", "z21_patients_protected_by_loans_are_reported"), &["clinics.price_euros"]),
    built(RuleId::Z22, &[Kind::Information], "In phase 2D staff of clinics are asked whether they will help now.", ("policy::loans::willingness", "z22_the_survey_in_2d_raises_willingness"), &["clinics.willing_in_2d_share"]),
    built(RuleId::Z23, &[Kind::Constraint], "Regions say which skills they need, for care of classes 1 to 3 only.", ("policy::loans::suits", "z23_staff_can_be_lent_for_other_care_than_covid_only"), &["clinics.ic_role_share", "clinics.or_role_share", "policy.loans.purpose"]),
    built(RuleId::Z24, &[Kind::Parameter], "Clinics take stock in phase 2D to be ready for phase 3.", ("engine::handlers::matching::lead_time", "z24_preparation_shortens_the_steps"), &["clinics.prepared_procedure_days"]),
    built(RuleId::Z25, &[Kind::Parameter], "Hospitals keep borrowed staff safe: a booster vaccination and a proper induction.", ("engine::handlers::matching::begin_induction", "z25_induction_takes_days_and_trainers"), &["clinics.induction_days", "clinics.booster_days", "clinics.without_booster_share", "clinics.trainer_nurses"]),
    built(RuleId::Z26, &[Kind::Decision], "A clinic that lends staff cuts its own care accordingly.", ("engine::handlers::clinics::day", "z26_a_team_without_a_member_stops"), &["clinics.workers_per_block"]),
    built(RuleId::Z27, &[Kind::Decision], "A clinic whose staff cannot help continues, even in phase 3, once all steps were taken.", ("engine::handlers::clinics::activity", "z27_clinics_that_cannot_help_continue_in_phase_3"), &["clinics.workers_per_block"]),
    built(RuleId::Z28, &[Kind::Decision], "Hospital and clinic may also agree to move care to the clinic, or to lend staff for a concrete need.", ("engine::handlers::clinics::open_to_hospitals; engine::handlers::theater::move_to_clinics", "z28_care_moves_to_clinics_with_the_hours_that_loans_leave"), &["policy.moved_care_share"]),
    built(RuleId::Z29, &[Kind::Constraint], "Secondment is voluntary: no law can force it.", ("engine::handlers::matching::agrees", "z29_nobody_moves_who_is_not_willing"), &["clinics.willing_before_2d_share", "clinics.willing_in_2d_share", "clinics.willing_under_threat_share"]),
    built(RuleId::Z30, &[Kind::Parameter], "Clinics look favorably on making staff available.", ("policy::loans::willingness", "z30_attitude_raises_willingness_under_threat"), &["clinics.willing_under_threat_share"]),
];

const fn built(
    id: RuleId,
    kinds: &'static [Kind],
    sentence: &'static str,
    (code, test): (&'static str, &'static str),
    levers: &'static [&'static str],
) -> Rule {
    Rule {
        id,
        kinds,
        sentence,
        status: Status::Built,
        code,
        test,
        levers,
    }
}

const fn not_modelled(id: RuleId, sentence: &'static str, reason: &'static str) -> Rule {
    let status = Status::NotModelled(reason);
    Rule {
        id,
        kinds: &[Kind::NotModelled],
        sentence,
        status,
        code: "",
        test: "",
        levers: &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_has_every_rule_in_the_order_of_the_documents() {
        for (rule, id) in RULES.iter().zip(RuleId::ALL) {
            assert_eq!(rule.id, id, "the place of {id:?}");
            assert_eq!(Rule::of(id).id, id, "the entry of {id:?}");
            assert!(!rule.kinds.is_empty(), "{id:?} is of some kind");
            assert!(rule.sentence.ends_with('.'), "{id:?} is a sentence");
        }
    }

    #[test]
    fn a_rule_that_is_not_modelled_says_why_and_has_no_levers() {
        for rule in &RULES {
            let is_kind = rule.kinds.contains(&Kind::NotModelled);
            let is_status =
                matches!(rule.status, Status::NotModelled(reason) if !reason.is_empty());
            assert_eq!(is_kind, is_status, "kind and status of {:?}", rule.id);
            assert!(
                !is_status || rule.levers.is_empty(),
                "levers of {:?}",
                rule.id
            );
        }
    }

    #[test]
    fn a_built_rule_names_its_code_and_a_test_with_its_number() {
        for rule in &RULES {
            let built = rule.status == Status::Built;
            let number = format!("{:?}_", rule.id).to_lowercase();
            assert_eq!(!rule.code.is_empty(), built, "code of {:?}", rule.id);
            assert_eq!(rule.test.starts_with(&number), built, "{:?}", rule.id);
        }
    }

    #[test]
    fn sentences_differ_from_each_other() {
        let mut sentences: Vec<&str> = RULES.iter().map(|rule| rule.sentence).collect();
        sentences.sort_unstable();
        let n = sentences.len();
        sentences.dedup();
        // Z09 repeats A32 word for word in the documents.
        assert_eq!(
            sentences.len(),
            n - 1,
            "one sentence stands in both documents"
        );
    }
}
