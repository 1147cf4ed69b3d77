//! Every sentence of the two policy documents: what kind of rule it is, whether it is built, and
//! which settings of a scenario turn it.
//!
//! `A` is the supplement of 18 November 2021 to the temporary policy framework, `Z` the policy of the
//! clinics' association ZKN of 9 December 2021. The sentences are given in short, in our own words.

use crate::model::rule::RuleId;

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

/// Whether the simulation has a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It acts, and can be switched off with `disabled_rules` where it decides.
    Built,
    /// It does not act yet.
    Planned,
    /// It never will, for this reason.
    NotModelled(&'static str),
}

impl Rule {
    /// The entry of a rule.
    pub const fn of(id: RuleId) -> &'static Self {
        &RULES[id as usize]
    }
}

/// All sentences, in the order of the documents.
#[rustfmt::skip]
pub static RULES: [Rule; 77] = [
    built(RuleId::A01, &[Kind::Parameter], "The temporary policy framework of October 2020 still applies.", &["policy.framework_from"]),
    built(RuleId::A02, &[Kind::Information, Kind::Decision], "LCPS announces to each region how many COVID patients the coming seven days will bring.", &["forecast.information_delay_days", "forecast.regional_sd_log_per_day"]),
    built(RuleId::A03, &[Kind::Constraint], "A hospital acts on the number that it was told to expect.", &["forecast.information_delay_days"]),
    built(RuleId::A04, &[Kind::Decision], "Whoever expects COVID patients makes room for them: COVID care grows, other care shrinks.", &["policy.scale_down", "policy.lead_days", "policy.forecast_level"]),
    built(RuleId::A05, &[Kind::Decision, Kind::Constraint], "The need of the single patient, and what staff can safely do, come first and last when care is cut.", &["policy.scaling_order", "phases.phase.maximum_activity_share", "phases.phase.beds_per_nurse"]),
    planned(RuleId::A06, &[Kind::Parameter], "Everyone along the chain helps patients in, through and out of the hospital.", &[]),
    planned(RuleId::A07, &[Kind::Information], "Coordination needs a current picture of the situation.", &["forecast.information_delay_days", "forecast.missing_report_probability"]),
    planned(RuleId::A08, &[Kind::Parameter], "Providers need financial certainty to dare to choose.", &[]),
    not_modelled(RuleId::A09, "Every party carries its own responsibility.", "names the actors and asks nothing that can be simulated"),
    planned(RuleId::A10, &[Kind::Decision, Kind::Output], "Inspectorate and care authority see that agreements on spreading are carried out.", &[]),
    built(RuleId::A11, &[Kind::Constraint], "The framework acts during phase 2 of the national scale-up plan.", &["phases.phase.enter_at_covid_ic"]),
    planned(RuleId::A12, &[Kind::Output], "The purpose is to stay out of phase 3 and to keep care going.", &[]),
    planned(RuleId::A13, &[Kind::Parameter], "Regions work together, within and beyond their borders.", &["policy.moves_per_day", "policy.regional_moves_per_day"]),
    planned(RuleId::A14, &[Kind::Parameter], "Agreements are binding under the law on quality of care.", &["policy.compliance"]),
    built(RuleId::A15, &[Kind::Decision, Kind::Constraint], "Each region is asked for a proportional part of the national COVID capacity: its fair share.", &["policy.fair_share", "region.fair_share", "policy.compliance", "policy.moves_per_day"]),
    planned(RuleId::A16, &[Kind::Output], "The supplement is about access to critical plannable care that needs the IC.", &[]),
    planned(RuleId::A17, &[Kind::Parameter, Kind::Decision], "A backlog, a rising wave and tired staff meet the wish to keep regular care for as long as possible.", &["sessions.initial_backlog_days", "policy.scale_down", "staff.absence"]),
    built(RuleId::A18, &[Kind::Output, Kind::Constraint], "Care that needs both an IC bed and an operating room is hit sooner and more often than other care.", &["planned.stream"]),
    planned(RuleId::A19, &[Kind::Output], "Losing this care costs health that could have been kept.", &[]),
    planned(RuleId::A20, &[Kind::Output], "Cutting and restoring care should be alike everywhere and announced in time.", &[]),
    built(RuleId::A21, &[Kind::Trigger, Kind::Decision], "In phase 2 every region agrees how it spreads COVID patients over its hospitals.", &["policy.agreement"]),
    built(RuleId::A22, &[Kind::Decision], "Such an agreement sets capacity aside for IC-dependent critical plannable care.", &["policy.protection"]),
    built(RuleId::A23, &[Kind::Decision], "The need for IC capacity counts this care from now on, beside COVID and acute care.", &["policy.critical_need"]),
    built(RuleId::A24, &[Kind::Decision], "This holds when care is cut and when it is restored.", &["policy.protection", "policy.critical_need"]),
    planned(RuleId::A25, &[Kind::Trigger], "The chair of the region opens the talk.", &[]),
    planned(RuleId::A26, &[Kind::Parameter], "All take part to reach agreement.", &["policy.agreement"]),
    not_modelled(RuleId::A27, "Professionals at the table help the talk.", "no known size of the effect; part of the probability of agreement"),
    planned(RuleId::A28, &[Kind::Parameter], "Each region may protect this care in its own way.", &["policy.protection"]),
    planned(RuleId::A29, &[Kind::Decision, Kind::Constraint], "Hospitals may trade: one takes more COVID patients, another more critical care, and the region still gives its share.", &[]),
    planned(RuleId::A30, &[Kind::Information, Kind::Parameter], "Providers show each other their lists, waits and deeds.", &[]),
    planned(RuleId::A31, &[Kind::Output], "What is agreed is written down with care.", &[]),
    not_modelled(RuleId::A32, "Insurers create the conditions for access in the region.", "acts only through A33 and A42"),
    planned(RuleId::A33, &[Kind::Parameter], "Insurers make up for the financial effects of keeping agreements.", &[]),
    planned(RuleId::A34, &[Kind::Parameter], "Money may not stand in the way of any agreement.", &[]),
    planned(RuleId::A35, &[Kind::Trigger, Kind::Decision], "When deeds or access fall short, parties confront each other and look for a way out with the chair.", &[]),
    planned(RuleId::A36, &[Kind::Trigger], "If that does not help in time, the care authority or the inspectorate is told.", &[]),
    planned(RuleId::A37, &[Kind::Decision], "Both authorities see to it that each region talks, records and acts.", &[]),
    planned(RuleId::A38, &[Kind::Output], "The care authority follows the pressure on critical plannable care in each hospital.", &[]),
    planned(RuleId::A39, &[Kind::Information], "What providers report is up to date.", &["forecast.missing_report_probability"]),
    not_modelled(RuleId::A40, "The request for data stays in proportion.", "the burden of reporting has no effect on capacity in the model"),
    not_modelled(RuleId::A41, "All parties tell patients the same story.", "no known effect; part of the rates of withdrawal"),
    planned(RuleId::A42, &[Kind::Decision], "Patients hear of mediation by their insurer and are referred actively.", &[]),
    built(RuleId::A43, &[Kind::Constraint, Kind::Parameter], "Through phase 2D clinics keep doing their plannable care unless it hinders acute or critical care.", &["policy.loans.trigger"]),
    built(RuleId::A44, &[Kind::Trigger], "When phase 3 threatens, the region discusses where professionals of clinics can help.", &["policy.loans.trigger", "phases.threat"]),
    built(RuleId::A45, &[Kind::Parameter], "Such a talk may come sooner when both sides want it.", &["policy.loans.trigger", "clinics.willing_before_2d_share"]),
    not_modelled(RuleId::A46, "The aim of it all is to prevent a breakdown of care.", "states an aim; its measures are those of A12"),
    built(RuleId::A47, &[Kind::Parameter], "All parties committed themselves on 18 November 2021.", &["policy.supplement_from"]),
    built(RuleId::Z01, &[Kind::Parameter], "The minister confirmed phase 2D as of 26 November 2021.", &["policy.phase_calendar"]),
    not_modelled(RuleId::Z02, "Clinics want to contribute in a way that matters.", "states an intention; its effect is part of willingness"),
    not_modelled(RuleId::Z03, "The confirmation of phase 2D, once more.", "repeats Z01"),
    not_modelled(RuleId::Z04, "Clinics continue through phase 2D unless that hinders other care.", "repeats A43"),
    planned(RuleId::Z05, &[Kind::Constraint], "Clinics spare home and nursing care, and support hospitals where they can.", &[]),
    not_modelled(RuleId::Z06, "The talk about help begins when phase 3 threatens.", "repeats A44"),
    planned(RuleId::Z07, &[Kind::Constraint], "A good match needs a request that says how many staff with which skills.", &["clinics.specification_days"]),
    planned(RuleId::Z08, &[Kind::Trigger, Kind::Decision], "From that moment the representatives of the clinics handle requests at once, by the steps of their scheme.", &["clinics.round_days", "clinics.procedure_days"]),
    not_modelled(RuleId::Z09, "Insurers create the conditions for access in the region.", "repeats A32"),
    planned(RuleId::Z10, &[Kind::Decision], "A scheme with insurers sets the conditions for clinics that scale down.", &[]),
    built(RuleId::Z11, &[Kind::Constraint], "Clinics give no care that needs follow-up by home care or the GP.", &["clinics.follow_up_share", "policy.clinic_policy_from"]),
    planned(RuleId::Z12, &[Kind::Parameter], "The updated scheme of 6 December 2021 holds in all regions.", &[]),
    built(RuleId::Z13, &[Kind::Constraint], "The hospitals of a region ask for a loan together.", &["policy.agreement"]),
    built(RuleId::Z14, &[Kind::Constraint], "First condition: all hospitals of the region have stopped clinical care of classes 4 and 5.", &["policy.loans.full_scale_down_share", "policy.loans.no_activity_share", "policy.loans.scope"]),
    built(RuleId::Z15, &[Kind::Constraint], "Second condition: exchanging staff within the region offers no way out any more.", &["policy.regional_moves_per_day"]),
    built(RuleId::Z16, &[Kind::Constraint], "Third condition: no suitable staff can be hired any more.", &["staff.external_hire"]),
    built(RuleId::Z17, &[Kind::Constraint], "Fourth condition: the loan prevents cuts in classes 1 to 3 or a gap in COVID care.", &["policy.critical_need"]),
    planned(RuleId::Z18, &[Kind::Information], "Clinics list their deployable staff with hours, skills and willingness to travel.", &["clinics.ic_role_share", "clinics.or_role_share", "clinics.maximum_distance_tiles"]),
    planned(RuleId::Z19, &[Kind::Information], "They state whether staff suit COVID care, other care, or that this is not clear yet.", &[]),
    planned(RuleId::Z20, &[Kind::Output], "They compute how far their production value falls behind budget.", &["clinics.price_euros", "clinics.daily_operations_per_block"]),
    planned(RuleId::Z21, &[Kind::Output], "This business case is the basis of compensation by insurers.", &[]),
    built(RuleId::Z22, &[Kind::Information], "In phase 2D staff of clinics are asked whether they will help now.", &["clinics.willing_in_2d_share"]),
    built(RuleId::Z23, &[Kind::Constraint], "Regions say which skills they need, for care of classes 1 to 3 only.", &["clinics.ic_role_share", "clinics.or_role_share"]),
    planned(RuleId::Z24, &[Kind::Parameter], "Clinics take stock in phase 2D to be ready for phase 3.", &[]),
    built(RuleId::Z25, &[Kind::Parameter], "Hospitals keep borrowed staff safe: a booster vaccination and a proper induction.", &["clinics.induction_days", "clinics.booster_days", "clinics.without_booster_share", "clinics.trainer_nurses"]),
    built(RuleId::Z26, &[Kind::Decision], "A clinic that lends staff cuts its own care accordingly.", &["clinics.workers_per_block"]),
    planned(RuleId::Z27, &[Kind::Decision], "A clinic whose staff cannot help continues, even in phase 3, once all steps were taken.", &[]),
    planned(RuleId::Z28, &[Kind::Decision], "Hospital and clinic may also agree to move care to the clinic, or to lend staff for a concrete need.", &[]),
    built(RuleId::Z29, &[Kind::Constraint], "Secondment is voluntary: no law can force it.", &["clinics.willing_before_2d_share", "clinics.willing_in_2d_share", "clinics.willing_under_threat_share"]),
    planned(RuleId::Z30, &[Kind::Parameter], "Clinics look favorably on making staff available.", &["clinics.willing_under_threat_share"]),
];

const fn built(
    id: RuleId,
    kinds: &'static [Kind],
    sentence: &'static str,
    levers: &'static [&'static str],
) -> Rule {
    Rule {
        id,
        kinds,
        sentence,
        status: Status::Built,
        levers,
    }
}

const fn planned(
    id: RuleId,
    kinds: &'static [Kind],
    sentence: &'static str,
    levers: &'static [&'static str],
) -> Rule {
    Rule {
        id,
        kinds,
        sentence,
        status: Status::Planned,
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
