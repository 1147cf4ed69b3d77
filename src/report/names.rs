//! Names of estimands and units in both languages.

use crate::report::phrase::Phrase;

/// The name of an unknown key; a test keeps the lists complete.
const UNKNOWN: Phrase = Phrase::new("?", "?");

const POINTS: Phrase = Phrase::new("percentage points", "procentpunten");

/// The name of the estimand called `key`.
pub(crate) fn estimand(key: &str) -> Phrase {
    find(&ESTIMANDS, key)
}

/// The name of the unit called `key`.
pub(crate) fn unit(key: &str) -> Phrase {
    find(&UNITS, key)
}

/// The name of the unit of a difference between two values in the unit called `key`.
pub(crate) fn unit_of_difference(key: &str) -> Phrase {
    if key == "%" { POINTS } else { unit(key) }
}

/// The name of the trigger called `key`.
pub(crate) fn trigger(key: &str) -> Phrase {
    find(&TRIGGERS, key)
}

fn find(names: &[(&str, Phrase)], key: &str) -> Phrase {
    let found = names.iter().find(|(name, _)| *name == key);
    found.map_or(UNKNOWN, |(_, phrase)| *phrase)
}

#[rustfmt::skip]
const ESTIMANDS: [(&str, Phrase); 52] = [
    ("displaced_share", Phrase::new("Urgent operations too late (displaced)", "Kritieke operaties te laat (verdrongen)")),
    ("displaced", Phrase::new("Urgent operations too late, number", "Kritieke operaties te laat, aantal")),
    ("attributable", Phrase::new("Too late because of the wave, number", "Te laat door de golf, aantal")),
    ("attributable_share", Phrase::new("Too late because of the wave", "Te laat door de golf")),
    ("disrupted_share", Phrase::new("Date moved or cancelled", "Datum verplaatst of afgezegd")),
    ("in_time_share", Phrase::new("Treated within {norm}", "Behandeld binnen {norm}")),
    ("displaced_region_weeks", Phrase::new("{Area}-weeks with an urgent operation too late", "{Area}weken met een kritieke operatie te laat")),
    ("disrupted_region_weeks", Phrase::new("{Area}-weeks with a moved or cancelled date", "{Area}weken met een verplaatste of afgezegde datum")),
    ("any_displaced", Phrase::new("{Seasons} with any urgent operation too late", "{Seasons} met minstens één kritieke operatie te laat")),
    ("excess_wait", Phrase::new("Waiting time beyond {norm}", "Wachttijd boven {norm}")),
    ("longest_run", Phrase::new("Longest run of weeks with urgent operations too late in a {area}", "Langste reeks weken met kritieke operaties te laat in een {area}")),
    ("days_2d", Phrase::new("Days in phase {heavy}", "Dagen in fase {heavy}")),
    ("days_3", Phrase::new("Days in phase {heaviest}", "Dagen in fase {heaviest}")),
    ("phase_3_ever", Phrase::new("{Seasons} that reach phase {heaviest}", "{Seasons} die fase {heaviest} bereiken")),
    ("threat_ever", Phrase::new("{Seasons} with notice that phase {heaviest} threatens", "{Seasons} met melding dat fase {heaviest} dreigt")),
    ("loan_rounds_open", Phrase::new("Loan rounds in which staff could be lent", "Uitleenrondes waarin uitleen mogelijk was")),
    ("loaned_nurse_days", Phrase::new("Work of lent clinic staff", "Werk van uitgeleend kliniekpersoneel")),
    ("workers_used", Phrase::new("Clinic workers used", "Ingezette kliniekmedewerkers")),
    ("clinic_value_lost", Phrase::new("Production value lost in clinics", "Verloren productiewaarde van klinieken")),
    ("operations_cut_class_3", Phrase::new("Class {c3} operations without ICU not done", "Niet uitgevoerde operaties zonder IC, klasse {c3}")),
    ("operations_cut_class_4", Phrase::new("Class {c4} operations without ICU not done", "Niet uitgevoerde operaties zonder IC, klasse {c4}")),
    ("operations_cut_class_5", Phrase::new("Class {c5} operations without ICU not done", "Niet uitgevoerde operaties zonder IC, klasse {c5}")),
    ("covid_without_bed", Phrase::new("COVID patients admitted above the staffed ICU beds", "COVID-patiënten opgenomen boven de bemenste IC-bedden")),
    ("covid_exported", Phrase::new("COVID patients for whom the {area} had no ICU place at all", "COVID-patiënten voor wie in de {area} nergens IC-plaats was")),
    ("transfers_between_regions", Phrase::new("Transfers between {areas}", "Overplaatsingen tussen {areas}")),
    ("acute_in_overload", Phrase::new("Acute patients above the staffed beds", "Acute patiënten boven de bemenste bedden")),
    ("overload_bed_days", Phrase::new("ICU patients above the staffed beds", "IC-patiënten boven de bemenste bedden")),
    ("peak_covid_ic", Phrase::new("Peak of COVID patients in the ICU", "Piek van COVID-patiënten op de IC")),
    ("peak_occupied", Phrase::new("Peak of all patients in the ICU", "Piek van alle patiënten op de IC")),
    ("hospital_weeks_failing", Phrase::new("Hospital-weeks over the norm", "Ziekenhuisweken over de norm")),
    ("mean_wait", Phrase::new("Mean wait of those treated", "Gemiddelde wachttijd van behandelden")),
    ("p90_wait", Phrase::new("Days within which nine in ten are treated", "Dagen waarbinnen negen op de tien behandeld zijn")),
    ("first_day_2d", Phrase::new("Days until phase {heavy}", "Dagen tot fase {heavy}")),
    ("phase_2d_ever", Phrase::new("{Seasons} that reach phase {heavy}", "{Seasons} die fase {heavy} bereiken")),
    ("long_run", Phrase::new("{Seasons} with urgent operations too late three weeks in a row", "{Seasons} waarin drie weken achtereen kritieke operaties te laat komen")),
    ("operations_cut_class_45", Phrase::new("Class {c4} and {c5} operations without ICU not done", "Niet uitgevoerde operaties zonder IC, klasse {c4} en {c5}")),
    ("clinic_value_lost_p95", Phrase::new("Production value lost in clinics, 95% of {seasons}", "Verloren productiewaarde van klinieken, 95% van de {seasons}")),
    ("clinic_value_lost_cvar95", Phrase::new("Production value lost in clinics, worst 5% of {seasons}", "Verloren productiewaarde van klinieken, slechtste 5% van de {seasons}")),
    ("covid_without_bed_ever", Phrase::new("{Seasons} with a COVID patient above the staffed ICU beds", "{Seasons} met een COVID-patiënt boven de bemenste IC-bedden")),
    ("covid_exported_ever", Phrase::new("{Seasons} with a COVID patient without any ICU place in the {area}", "{Seasons} met een COVID-patiënt voor wie in de {area} nergens IC-plaats was")),
    ("acute_outside_ic", Phrase::new("Acute patients cared for outside the ICU", "Acute patiënten die buiten de IC zijn verzorgd")),
    ("protected_by_loans", Phrase::new("Urgent operations made possible by lent staff", "Kritieke operaties mogelijk gemaakt door uitgeleend personeel")),
    ("operations_moved", Phrase::new("Class {c3} and {c4} operations moved to clinics", "Naar klinieken verplaatste operaties, klasse {c3} en {c4}")),
    ("covid_not_offered", Phrase::new("COVID ICU capacity asked and not offered", "Gevraagde maar niet geboden COVID-capaciteit op de IC")),
    ("harm_per_patient", Phrase::new("Harm of waiting beyond the norm", "Schade door wachten boven de norm")),
    ("exchanged_team_days", Phrase::new("Freed teams at work in another hospital, in team-days", "Vrijgemaakte teams aan het werk in een ander ziekenhuis, in teamdagen")),
    ("external_cost", Phrase::new("Price of hired staff", "Kosten van ingehuurd personeel")),
    ("stopped_hospital_weeks", Phrase::new("Hospitals without plannable care", "Ziekenhuizen zonder planbare zorg")),
    ("stretched_bed_days", Phrase::new("ICU beds with more patients per nurse than usual", "IC-bedden met meer patiënten per verpleegkundige dan gewoonlijk")),
    ("covid_moved_share", Phrase::new("COVID ICU patients moved at least once", "COVID-patiënten op de IC die minstens één keer zijn verplaatst")),
    ("days_before_stop", Phrase::new("Days from the first lost date to the full stop of plannable care", "Dagen tussen de eerste vervallen datum en het stoppen van planbare zorg")),
    ("too_early", Phrase::new("Dates moved while classes {c4} or {c5} ran", "Datums verplaatst terwijl klasse {c4} of {c5} doorging")),
];

#[rustfmt::skip]
const TRIGGERS: [(&str, Phrase); 9] = [
    ("phase_2d", Phrase::new("Phase {heavy}", "Fase {heavy}")),
    ("threat_notice", Phrase::new("Notice that phase {heaviest} threatens", "Melding dat fase {heaviest} dreigt")),
    ("phase_3", Phrase::new("Phase {heaviest}", "Fase {heaviest}")),
    ("loan_gate", Phrase::new("Clinic staff can be lent", "Uitleen van kliniekpersoneel mogelijk")),
    ("loans", Phrase::new(
        "Clinic staff at work in hospitals",
        "Kliniekpersoneel aan het werk in ziekenhuizen")),
    ("escalation_1", Phrase::new("Parties hold each other to account", "Partijen spreken elkaar aan")),
    ("escalation_2", Phrase::new("Authorities are informed", "Toezichthouders zijn ingelicht")),
    ("escalation_3", Phrase::new("Authorities intervene", "Toezichthouders grijpen in")),
    ("mediation", Phrase::new("Mediation by insurers", "Bemiddeling door verzekeraars")),
];

#[rustfmt::skip]
const UNITS: [(&str, Phrase); 16] = [
    ("%", Phrase::new("%", "%")),
    ("patients", Phrase::new("patients", "patiënten")),
    ("days per patient", Phrase::new("days per patient", "dagen per patiënt")),
    ("weeks", Phrase::new("weeks", "weken")),
    ("days", Phrase::new("days", "dagen")),
    ("rounds", Phrase::new("rounds", "rondes")),
    ("nurse-days", Phrase::new("nurse-days", "verpleegkundigendagen")),
    ("workers", Phrase::new("workers", "medewerkers")),
    ("euros", Phrase::new("euros", "euro's")),
    ("operations", Phrase::new("operations", "operaties")),
    ("bed-days", Phrase::new("bed-days", "beddagen")),
    ("patient-days", Phrase::new("patient-days", "patiëntdagen")),
    ("units per patient", Phrase::new("units per patient", "eenheden per patiënt")),
    ("team-days", Phrase::new("team-days", "teamdagen")),
    ("region-days", Phrase::new("{area}-days", "{area}dagen")),
    ("events", Phrase::new("events", "gebeurtenissen")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::activation;
    use crate::experiment::estimand::ESTIMANDS as REGISTRY;

    #[test]
    fn every_trigger_has_a_name() {
        for row in activation::TRIGGERS {
            assert_ne!(trigger(row.key), UNKNOWN, "trigger {}", row.key);
        }
    }

    #[test]
    fn every_estimand_and_unit_has_a_name() {
        for row in REGISTRY {
            assert_ne!(estimand(row.key), UNKNOWN, "estimand {}", row.key);
            assert_ne!(unit(row.unit), UNKNOWN, "unit {}", row.unit);
        }
        for (key, _) in ESTIMANDS {
            assert!(
                REGISTRY.iter().any(|row| row.key == key),
                "{key} is an estimand"
            );
        }
    }
}
