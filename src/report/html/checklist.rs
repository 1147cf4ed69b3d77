//! The STRESS-DES checklist, filled as far as the run can tell (Monks, Currie, Onggo, Robinson, Kunc
//! and Taylor, Strengthening the reporting of empirical simulation studies, Journal of Simulation
//! 13(1), 2019).

use maud::{Markup, html};

use crate::report::brief::phrases::QUESTION_TEXT;
use crate::report::html::part::Part;
use crate::report::html::phrases as say;
use crate::report::phrase::Phrase;

/// Number and name of each item, and what is known of it.
#[rustfmt::skip]
const ITEMS: [(&str, Phrase, Phrase); 16] = [
    ("1.1", Phrase::new("Purpose of the model", "Doel van het model"), QUESTION_TEXT),
    ("1.2", Phrase::new("Model outputs", "Uitkomsten"), Phrase::new(
        "Results in the tables above; definitions in dictionary.csv.",
        "Uitkomsten in de tabellen hierboven; definities in dictionary.csv.")),
    ("1.3", Phrase::new("Aims of experimentation", "Doel van de experimenten"), Phrase::new(
        "{policies} policies in the same {n} {seasons}, compared with “{baseline}”.",
        "{policies} beleidsvarianten in dezelfde {n} {seasons}, vergeleken met “{baseline}”.")),
    ("2.3", Phrase::new("Scenario logic", "Logica van de scenario's"), Phrase::new(
        "Policies are data: the copies in input/ hold every rule and lever.",
        "Beleid staat in bestanden: de kopieën in input/ bevatten elke regel en elke instelling.")),
    ("2.5", Phrase::new("Components", "Onderdelen van het model"), Phrase::new(
        "{regions} {areas}, {hospitals} hospitals, {beds} ICU bed places; patients, sessions, nurses and clinic workers.",
        "{regions} {areas}, {hospitals} ziekenhuizen, {beds} IC-bedplaatsen; patiënten, sessies, verpleegkundigen en kliniekmedewerkers.")),
    ("3.1", Phrase::new("Data sources", "Gegevensbronnen"), Phrase::new(
        "Listed under “Assumptions and sources”.",
        "Zie “Aannamen en bronnen”.")),
    ("3.3", Phrase::new("Input parameters", "Invoerparameters"), Phrase::new(
        "The scenario in input/, and these changes to it: {changes}.",
        "Het scenario in input/, en deze wijzigingen daarop: {changes}.")),
    ("3.4", Phrase::new("Assumptions", "Aannamen"), Phrase::new(
        "Listed under “Assumptions and sources” and “What is not known”.",
        "Zie “Aannamen en bronnen” en “Wat niet bekend is”.")),
    ("4.1", Phrase::new("Initialization", "Beginsituatie"), Phrase::new(
        "{burn_in} days of burn-in from {first}; terminating system.",
        "{burn_in} inloopdagen vanaf {first}; eindig systeem.")),
    ("4.2", Phrase::new("Run length", "Looptijd"), Phrase::new(
        "{window} days of evaluation and {follow_up} days of follow-up.",
        "{window} dagen waarin patiënten meetellen, en daarna {follow_up} dagen waarin zij worden gevolgd.")),
    ("4.3", Phrase::new("Estimation approach", "Schattingsmethode"), Phrase::new(
        "{n} independent replications, the same for all policies; paired differences; {level}% intervals whose method is named per number in summary.csv.",
        "{n} onafhankelijke replicaties, dezelfde voor elk beleid; gepaarde verschillen; {level}%-intervallen waarvan de methode per getal in summary.csv staat.")),
    ("5.1", Phrase::new("Software or programming language", "Software of programmeertaal"), Phrase::new(
        "zorgdruk {version}, in Rust.",
        "zorgdruk {version}, in Rust.")),
    ("5.2", Phrase::new("Random sampling", "Toevalsgetallen"), Phrase::new(
        "Philox4x32-10 keyed by entity and purpose, master seed {seed}; common random numbers.",
        "Philox4x32-10 met sleutels per entiteit en doel, seed {seed}; gemeenschappelijke toevalsgetallen.")),
    ("5.3", Phrase::new("Model execution", "Uitvoering"), Phrase::new(
        "Next-event simulation with a fixed order of simultaneous events.",
        "Gebeurtenisgestuurde simulatie met een vaste volgorde van gelijktijdige gebeurtenissen.")),
    ("5.4", Phrase::new("System specification", "Systeem"), Phrase::new(
        "In runtime.json; results do not depend on it.",
        "In runtime.json; de uitkomsten hangen er niet van af.")),
    ("6.1", Phrase::new("Computer model sharing", "Delen van het model"), Phrase::new(
        "Command: {command}",
        "Opdracht: {command}")),
];

pub(super) fn markup(part: &Part<'_>) -> Markup {
    let gaps = gaps(part);
    let gaps: Vec<(&str, &str)> = gaps
        .iter()
        .map(|(gap, text)| (*gap, text.as_str()))
        .collect();
    html! {
        (part.heading(say::CHECKLIST))
        (part.paragraph(say::CHECKLIST_TEXT))
        table {
            thead { tr {
                th scope="col" { (part.say(say::ITEM)) }
                th scope="col" { (part.say(say::FILLED)) }
            } }
            tbody {
                @for (number, name, known) in ITEMS {
                    tr {
                        th scope="row" { (number) " " (part.say(name)) }
                        td { (part.wording.say(known, &gaps)) }
                    }
                }
            }
        }
    }
}

fn gaps(part: &Part<'_>) -> Vec<(&'static str, String)> {
    let manifest = &part.evidence.manifest;
    let frame = &manifest.frame;
    let hospitals: u32 = frame
        .regions
        .iter()
        .map(|region| u32::from(region.n_hospitals))
        .sum();
    let changes = if manifest.overrides.is_empty() {
        "\u{2013}".to_owned()
    } else {
        manifest.overrides.join("; ")
    };
    let number = |value: f64| part.wording.language.number(value, 0);
    vec![
        ("policies", frame.policies.len().to_string()),
        ("n", number(f64::from(manifest.n_replications))),
        (
            "baseline",
            part.wording
                .language
                .name(&frame.policies[frame.baseline].label)
                .to_owned(),
        ),
        ("regions", frame.regions.len().to_string()),
        ("hospitals", hospitals.to_string()),
        ("beds", number(f64::from(frame.physical_beds))),
        ("changes", changes),
        ("burn_in", frame.burn_in_days.to_string()),
        ("first", frame.first_date.to_string()),
        ("window", frame.window_days.to_string()),
        ("follow_up", frame.follow_up_days.to_string()),
        ("level", number(100.0 * manifest.error_rate.level())),
        ("version", manifest.version.clone()),
        ("seed", manifest.seed.to_string()),
        ("command", manifest.command().join(" ")),
    ]
}
