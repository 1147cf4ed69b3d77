//! The scale-up plan of the network of regions (LNAZ): what each of its phases asks and allows.
//!
//! The plan acts in every phase, the first and the heaviest included. The other documents say what was
//! agreed for some of its phases.

use crate::policy::levers::ScaleDownTiming;
use crate::policy::plan::TransferRegime;
use crate::policy::regime::{Because, Reading, Regime};
use crate::policy::sentence::{Sentence, sentences};
use crate::units::PerMille;

/// What the plan changes from its first day, sentence by sentence.
pub(super) fn amend(today: &Reading<'_>, regime: &mut Regime) {
    if !today.since(today.policy.plan_from) {
        return;
    }
    let phase = today.record();
    regime.beds_per_nurse = phase.beds_per_nurse;
    if today.has(Sentence::L01) {
        regime.max_activity = Because::of(phase.max_activity, Sentence::L01);
    }
    if today.has(Sentence::L02) {
        regime.most_beds = Some(phase.national_ic_beds);
        if today.policy.scale_down != ScaleDownTiming::Late {
            regime.ordered_beds = phase.ordered_ic_beds;
        }
    }
    regime.stops_plannable = phase.stops_plannable && today.has(Sentence::L03);
    if today.has(Sentence::L05) {
        regime.longest_ic_stay = phase.longest_ic_stay;
    }
    if today.has(Sentence::L06) {
        regime.covid_beds = phase.covid_beds;
    }
    if today.has(Sentence::L04) {
        let levers = &today.policy.levers;
        regime.levers.moves_per_patient = levers.moves_per_patient;
        regime.levers.regional_moves_per_day = levers.regional_moves_per_day;
        if phase.transfers == TransferRegime::National {
            regime.levers.moves_per_day = levers.moves_per_day;
        }
    }
}

/// Activity of clinics that scale down as hospitals do for class 4.
pub(super) fn reduced_clinics(today: &Reading<'_>) -> PerMille {
    let [_, plannable, _] = today.record().max_activity;
    plannable.min(PerMille::ONE)
}

#[rustfmt::skip]
sentences! {
    L01 [Constraint] "Each phase bounds the activity of classes 3, 4 and 5."
        "Elke fase begrenst hoeveel operaties van klasse 3, 4 en 5 doorgaan."
        Switch("limits by phase", "grenzen per fase") ["phases.phase.maximum_activity_share"];
    L02 [Decision, Constraint] "Each phase has its number of ICU beds, and hospitals open those that are asked for."
        "Elke fase heeft haar aantal IC-bedden, en ziekenhuizen openen de bedden die worden gevraagd."
        Switch("beds by phase", "bedden per fase") ["phases.phase.national_ic_beds", "phases.phase.ordered_ic_beds"];
    L03 [Decision] "In the heaviest phases hospitals are told to stop classes 4 and 5."
        "In de zwaarste fasen krijgen ziekenhuizen opdracht klasse 4 en 5 te stoppen."
        Switch("classes 4 and 5 stop", "klasse 4 en 5 stoppen") ["phases.phase.stops_plannable", "phases.stop"];
    L04 [Decision] "COVID patients are moved within their region in every phase, and between regions in the heavier ones."
        "COVID-patiënten worden in elke fase binnen hun regio verplaatst, en in de zwaardere fasen ook tussen regio’s."
        Switch("moves by phase", "verplaatsen per fase") ["phases.phase.transfers", "policy.moves_per_day", "policy.regional_moves_per_day", "policy.moves_per_patient", "covid.transport_hours"];
    L05 [Constraint] "Where a phase says so, patients who would need the ICU for long are not admitted to it."
        "Waar een fase dat zegt, worden patiënten die lang op de IC zouden liggen daar niet opgenomen."
        Switch("admission by expected stay", "opname naar verwachte ligduur") ["phases.phase.longest_ic_stay_days", "covid.stay_foreseen_share"];
    L06 [Decision, Constraint] "Where a phase says so, each hospital keeps a part of its ICU beds for COVID patients, and no region is asked to send any away while those of the country suffice."
        "Waar een fase dat zegt, houdt elk ziekenhuis een deel van zijn IC-bedden vrij voor COVID-patiënten, en hoeft geen regio patiënten af te staan zolang de bedden van het land toereikend zijn."
        Switch("beds kept for COVID", "bedden vrij voor COVID") ["phases.phase.covid_beds_share"];
}
