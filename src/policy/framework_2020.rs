//! The temporary policy framework of October 2020, as the supplement of November 2021 quotes it.

use crate::policy::agreement::Granularity;
use crate::policy::levers::ScalingOrder;
use crate::policy::plan::Binding;
use crate::policy::regime::{Because, Reading, Regime};
use crate::policy::sentence::{Sentence, sentences};
use crate::units::PerMille;

/// Days after which a picture is read that nobody has to keep current.
const OLD_PICTURE_DAYS: u16 = 7;

/// What the framework changes from its first day (A01) in the phases that it is for (A11), sentence by
/// sentence.
pub(super) fn amend(today: &Reading<'_>, regime: &mut Regime) {
    if !today.agreed(Binding::Framework, today.policy.framework_from) {
        return;
    }
    let policy = today.policy;
    let has = |sentence| today.has(sentence);
    if has(Sentence::A02) {
        regime.by_hospital = policy.granularity == Granularity::Hospital;
        regime.is_told = has(Sentence::A03);
    }
    if has(Sentence::A04) {
        regime.scales_down = true;
        regime.makes_room = regime.is_told;
        regime.levers.kept_days = policy.levers.kept_days;
        regime.timing = Because::usual(policy.scale_down);
    }
    if has(Sentence::A05) {
        regime.levers.own_risk_share = policy.levers.own_risk_share;
        regime.scaling_order = Because::of(policy.scaling_order, Sentence::A05);
    } else {
        let hardest = policy.levers.hardest_beds_per_nurse;
        regime.beds_per_nurse = PerMille(regime.beds_per_nurse.0.max(hardest.0));
        regime.scaling_order = Because::usual(ScalingOrder::ProRata);
        regime.restart_order = Because::usual(ScalingOrder::ProRata);
    }
    if has(Sentence::A06) {
        regime.chain = policy.chain;
    }
    if !has(Sentence::A07) {
        regime.report_age_days = OLD_PICTURE_DAYS;
    }
    if has(Sentence::A08) {
        regime.agreed_compliance = policy.finance.compliance[0];
    }
    regime.is_supervised = has(Sentence::A10);
    if has(Sentence::A13) {
        regime.levers.solidarity_share = policy.levers.solidarity_share;
        regime.levers.exchange_share = policy.levers.exchange_share;
    }
    regime.is_binding = has(Sentence::A14);
    if has(Sentence::A15) {
        regime.fair_share = policy.fair_share;
        regime.asks_regions = true;
    }
}

#[rustfmt::skip]
sentences! {
    A01 [Parameter] "The temporary policy framework of October 2020 still applies."
        "Het tijdelijk beleidskader van oktober 2020 blijft gelden."
        Always("`framework_from`") ["policy.framework_from"];
    A02 [Information, Decision] "LCPS announces to each region how many COVID patients the coming seven days will bring."
        "Het LCPS meldt elke regio hoeveel COVID-patiënten de komende zeven dagen brengen."
        Switch("forecast told to hospitals", "verwachting aan ziekenhuizen") ["forecast.information_delay_days", "forecast.regional_sd_log_per_day", "policy.forecast_granularity"];
    A03 [Constraint] "A hospital acts on the number that it was told to expect."
        "Een ziekenhuis handelt naar het aantal dat het is opgegeven."
        Switch("acting on the told number", "handelen naar het opgegeven aantal") ["forecast.information_delay_days"];
    A04 [Decision] "Whoever expects COVID patients makes room for them: COVID care grows, other care shrinks."
        "Wie COVID-patiënten verwacht, maakt ruimte voor hen: de COVID-zorg groeit, andere zorg krimpt."
        Switch("making room as expected", "ruimte maken naar verwachting") ["policy.scale_down", "policy.lead_days", "policy.forecast_level", "policy.kept_days"];
    A05 [Decision, Constraint] "The need of the single patient, and what staff can safely do, come first and last when care is cut."
        "Wat de patiënt nodig heeft en wat het personeel veilig aankan, staan voorop als zorg wordt afgeschaald."
        Switch("urgency and safe staffing", "urgentie en veilige bezetting") ["policy.scaling_order", "phases.phase.beds_per_nurse", "policy.hardest_beds_per_nurse", "policy.own_risk_share"];
    A06 [Parameter] "Everyone along the chain helps patients in, through and out of the hospital."
        "Iedereen in de keten helpt patiënten het ziekenhuis in, erdoorheen en eruit."
        Switch("help along the chain", "samenwerking in de keten") ["policy.chain.gp_inflow_factor", "policy.chain.home_oxygen_share", "policy.chain.vvt_places_per_day", "covid.vvt_share"];
    A07 [Information] "Coordination needs a current picture of the situation."
        "Coördinatie vraagt een actueel beeld van de situatie."
        Switch("current picture", "actueel beeld") ["forecast.information_delay_days", "forecast.missing_report_probability"];
    A08 [Parameter] "Providers need financial certainty to dare to choose."
        "Zorgaanbieders hebben financiële zekerheid nodig om keuzes te durven maken."
        Switch("financial certainty", "financiële zekerheid") ["policy.finance.comfort", "policy.finance.log_odds_per_comfort"];
    A09 [NotModeled] "Every party carries its own responsibility."
        "Elke partij draagt haar eigen verantwoordelijkheid."
        NotModeled("names the actors and asks nothing that can be simulated") [];
    A10 [Decision, Output] "Inspectorate and care authority see that agreements on spreading are carried out."
        "Inspectie en zorgautoriteit zien erop toe dat afspraken over spreiding worden uitgevoerd."
        Switch("supervision of spreading", "toezicht op spreiding") ["policy.escalation"];
    A11 [Constraint] "The framework acts during phase 2 of the national scale-up plan."
        "Het kader geldt in fase 2 van het landelijke opschalingsplan."
        Switch("in phase 2 only", "alleen in fase 2") ["phases.phase.enter_at_covid_ic"];
    A12 [Output] "The purpose is to stay out of phase 3 and to keep care going."
        "Het doel is uit fase 3 te blijven en zorg te laten doorgaan."
        Always("an output") ["phases.threat"];
    A13 [Parameter] "Regions work together, within and beyond their borders."
        "Regio’s werken samen, binnen hun grenzen en daarover heen."
        Switch("cooperation and solidarity", "samenwerking en solidariteit") ["policy.solidarity_share", "policy.exchange_share"];
    A14 [Parameter] "Agreements are binding under the law on quality of care."
        "Afspraken zijn bindend volgens de wet over de kwaliteit van zorg."
        Switch("agreements are binding", "afspraken zijn bindend") ["policy.compliance"];
    A15 [Decision, Constraint] "Each region is asked for a proportional part of the national COVID capacity: its fair share."
        "Elke regio levert een evenredig deel van de landelijke COVID-capaciteit: haar fair share."
        Switch("fair share", "fair share") ["policy.fair_share", "region.fair_share", "policy.compliance"];
}
