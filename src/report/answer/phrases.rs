//! Words of the answer.

use crate::report::phrase::{Phrase, phrases};

/// Stands for a number that there is not.
pub(super) const NONE: &str = "\u{2013}";

/// Policy, operations too late with their range, and what it costs.
#[rustfmt::skip]
pub(super) const HEADS: [Phrase; 8] = [
    Phrase::new("Policy", "Beleid"),
    Phrase::new("Urgent operations too late, of {all}", "Kritieke operaties te laat, van {all}"),
    Phrase::new("In 8 of 10 {seasons}, %", "In 8 van de 10 {seasons}, %"),
    Phrase::new("Class {c4} and {c5} operations not done, of {all}", "Vervallen operaties klasse {c4} en {c5}, van {all}"),
    Phrase::new("Acute patients outside the ICU, of {all}", "Acute patiënten buiten de IC, van {all}"),
    Phrase::new("COVID above staffed beds (no place), of {all}", "COVID boven bemenste bedden (geen plaats), van {all}"),
    Phrase::new("Clinics lose, million €", "Klinieken verliezen, mln €"),
    Phrase::new("Class {c4} and {c5} per patient in time", "Klasse {c4} en {c5} per patiënt op tijd"),
];

/// Headings of the ranges where all that is uncertain was drawn too.
pub(super) const WIDE_HEAD: Phrase = Phrase::new(
    "In 8 of 10 {seasons}, %, with all that is uncertain (chance alone)",
    "In 8 van de 10 {seasons}, %, met alles wat onzeker is (toeval alleen)",
);
pub(super) const WIDE_SHORT_HEAD: Phrase =
    Phrase::new("8 in 10, % (chance)", "8 op 10, % (toeval)");

/// The same for a terminal.
pub(super) const SHORT_HEADS: [Phrase; 6] = [
    Phrase::new("policy", "beleid"),
    Phrase::new("too late, of {all}", "te laat, van {all}"),
    Phrase::new("8 in 10, %", "8 op 10, %"),
    Phrase::new("{c4}+{c5} not done", "{c4}+{c5} niet gedaan"),
    Phrase::new("outside ICU", "buiten IC"),
    Phrase::new("above beds", "boven bedden"),
];

phrases! {
    pub(super) LEGEND =
        "Means per {season}: of {all} urgent planned operations that need an ICU bed, those that come too late, with the range of 8 in 10 {seasons}; of {normal} operations of classes {c4} and {c5}, those not done; of {acute} acute patients, those cared for outside the ICU; of {covid} COVID patients who need the ICU, those admitted above the staffed beds (and those without any place).",
        "Gemiddelden per {season}: van {all} kritiek planbare operaties waarvoor een IC-bed nodig is, die te laat komen, met de bandbreedte van 8 op de 10 {seasons}; van {normal} operaties van klasse {c4} en {c5}, die niet doorgaan; van {acute} acute patiënten, die buiten de IC worden verzorgd; van {covid} COVID-patiënten die naar de IC moeten, die boven de bemenste bedden komen (en die nergens plaats vinden).";
    pub(super) RANGE = "{low}\u{2013}{high}", "{low}\u{2013}{high}";
    pub(super) ABOVE_BEDS = "{n} ({none})", "{n} ({none})";
    /// Stands for the policy that others are compared with.
    pub(super) BASELINE = "reference", "referentie";
    pub(super) UNCLEAR = "unclear", "onduidelijk";
    pub(super) HOW_OFTEN =
        "Under “{baseline}”, {n} of {all} urgent planned operations that need an ICU bed come too late in an average {season}: {share}%. {sure}",
        "Onder “{baseline}” komen in een gemiddelde {season} {n} van de {all} kritiek planbare operaties waarvoor een IC-bed nodig is te laat: {share}%. {sure}";
    pub(super) WIDE =
        "With all that is uncertain about hospitals, staff and stays it is {wide}% in 8 of 10 {seasons}; by chance alone {range}%.",
        "Met alles wat onzeker is over ziekenhuizen, personeel en ligduur is het {wide}% in 8 van de 10 {seasons}; door toeval alleen {range}%.";
    pub(super) BY_CHANCE =
        "In 8 of 10 {seasons} it is {range}%.",
        "In 8 van de 10 {seasons} is het {range}%.";
    pub(super) TOO_LATE =
        "Too late means more than {norm} after the decision to operate, or never, because the patient fell acutely ill, died or withdrew in a wait that the wave made longer. Tables call these patients displaced.",
        "Te laat wil zeggen: meer dan {norm} na het besluit om te opereren, of nooit, doordat de patiënt tijdens het langere wachten acuut ziek werd, overleed of afzag van de operatie. In tabellen heten deze patiënten verdrongen.";
    pub(super) AND = "{first} and {last}", "{first} en {last}";
    pub(super) MOST =
        "Most come too late under “{policy}”: {n}, or {share}%.",
        "De meeste komen te laat onder “{policy}”: {n}, ofwel {share}%.";
    pub(super) FEWEST =
        "Fewest come too late under “{policy}”: {n}, or {share}%.",
        "De minste komen te laat onder “{policy}”: {n}, ofwel {share}%.";
    pub(super) EACH_COSTS =
        "For each patient whom “{more}” treats in time and “{less}” does not, {n} more operations of classes {c4} and {c5} are not done.",
        "Voor elke patiënt die onder “{more}” wel en onder “{less}” niet op tijd wordt geopereerd, vervallen {n} extra operaties van klasse {c4} en {c5}.";
    pub(super) ALIKE =
        "{policies} work out like “{baseline}”: at most {n} operations more or fewer come too late.",
        "{policies} pakken uit als “{baseline}”: er komen hooguit {n} operaties meer of minder te laat.";
    pub(super) ALIKE_ONE =
        "{policies} works out like “{baseline}”: {n} operations more or fewer come too late.",
        "{policies} pakt uit als “{baseline}”: er komen {n} operaties meer of minder te laat.";
    pub(super) CLINICS_DO_LITTLE =
        "They differ in what clinics do, and clinic staff make room for at most {n} of the {all} operations on the day itself.",
        "Ze verschillen in wat klinieken doen, en kliniekpersoneel maakt op de dag zelf hooguit {n} van de {all} operaties mogelijk.";
    pub(super) IN_TIME_ANYWAY =
        " Most of these would have been done in time on another day.",
        " De meeste daarvan waren ook op een andere dag op tijd gedaan.";
    pub(super) PRICE =
        "The price under “{baseline}”: {cut} of {normal} less urgent operations (classes {c4} and {c5}) are not done, {percent}%; {acute} of {all_acute} acute patients are cared for outside the ICU; {covid} of {all_covid} COVID patients who need the ICU are admitted above the number of staffed beds, and {none} find no place at all in their {area}.",
        "De prijs onder “{baseline}”: {cut} van de {normal} minder urgente operaties (klasse {c4} en {c5}) gaan niet door, {percent}%; {acute} van de {all_acute} acute patiënten worden buiten de IC verzorgd; {covid} van de {all_covid} COVID-patiënten die naar de IC moeten, worden opgenomen boven het aantal bemenste bedden, en voor {none} is in de {area} nergens plaats.";
    pub(super) NO_LOANS =
        "Under no policy of this run can clinics lend staff.",
        "Bij geen enkel beleid in deze run kunnen klinieken personeel uitlenen.";
    pub(super) LOANS =
        "Loans of clinic staff under “{policy}”: in {n} of {all} {seasons}, on average {used} of {workers} people. What blocked them most often: {gate}.{effect}",
        "Uitleen van kliniekpersoneel onder “{policy}”: in {n} van de {all} {seasons}, gemiddeld {used} van de {workers} mensen. Wat het meest in de weg stond: {gate}.{effect}";
    pub(super) BLOCKED_TWICE =
        "{first}; after that: {then}",
        "{first}; daarna: {then}";
    pub(super) LOANS_ALWAYS =
        "Loans of clinic staff under “{policy}”: in all {n} {seasons}, on average {used} of {workers} people.{effect}",
        "Uitleen van kliniekpersoneel onder “{policy}”: in alle {n} {seasons}, gemiddeld {used} van de {workers} mensen.{effect}";
    pub(super) CHANGE =
        " Thanks to them {n} more patients are treated in time.{cost}",
        " Daardoor worden {n} patiënten meer op tijd geopereerd.{cost}";
    pub(super) CHANGE_UNCLEAR =
        " Whether that helps any patient is unclear: the change in patients treated in time is {n}.{cost}",
        " Of dat ook maar één patiënt helpt, is onduidelijk: het aantal patiënten dat op tijd wordt geopereerd verandert met {n}.{cost}";
    pub(super) CHANGE_NOTHING =
        " That changes nothing for the patients.{cost}",
        " Voor de patiënten verandert dat niets.{cost}";
    pub(super) MADE_POSSIBLE =
        " On the day itself they make {n} urgent operations possible.{cost}",
        " Op de dag zelf maken zij {n} kritieke operaties mogelijk.{cost}";
    pub(super) COST =
        " It costs clinics {lost} of production.",
        " Het kost klinieken {lost} aan productie.";
    pub(super) COST_EACH =
        " It costs clinics {lost} of production, or {each} per patient.",
        " Het kost klinieken {lost} aan productie, ofwel {each} per patiënt.";
    pub(super) FREE =
        " It costs clinics no production.",
        " Het kost klinieken geen productie.";
    pub(super) MILLIONS = "{n} million euros", "{n} miljoen euro";
    pub(super) EUROS = "{n} euros", "{n} euro";
    pub(super) FEW_EUROS = "less than 1,000 euros", "minder dan 1.000 euro";
    pub(super) BETTER =
        "In {fewer} of every 100 possible {seasons} fewer operations come too late under “{policy}” than under “{baseline}”, in {more} more.",
        "In {fewer} van elke 100 mogelijke {seasons} komen er onder “{policy}” minder operaties te laat dan onder “{baseline}”, in {more} juist meer.";
    pub(super) BETTER_FEW =
        "In {fewer} of {n} simulated {seasons} fewer operations come too late under “{policy}” than under “{baseline}”, in {more} more. These are too few {seasons} for a conclusion.",
        "In {fewer} van de {n} gesimuleerde {seasons} komen er onder “{policy}” minder operaties te laat dan onder “{baseline}”, in {more} juist meer. Dat zijn te weinig {seasons} voor een conclusie.";
    /// Where there is no other policy.
    pub(super) NO_COMPARISON =
        "There is no other policy to compare “{baseline}” with.",
        "Er is geen ander beleid om “{baseline}” mee te vergelijken.";
    /// Where there is no patient.
    pub(super) NO_PATIENTS =
        "In no simulated {season} is there an urgent planned operation that needs the ICU, so none can come too late.",
        "In geen enkele gesimuleerde {season} is er een kritiek planbare operatie waarvoor de IC nodig is, dus er kan er ook geen te laat komen.";
}

#[cfg(feature = "charts")]
phrases! {
    pub(super) GROUP = "{policy}, and {n} like it", "{policy}, en {n} die zo uitpakken";
}

phrases! {
    pub(super) WHERE_AND_WHEN =
        "Under “{baseline}” most patients who wait too long are in {region}: {percent}% of them. The worst week begins on {week}: in it {in_week} patients pass the limit.",
        "Onder “{baseline}” zijn de meeste patiënten die te lang wachten in {region}: {percent}% van het totaal. De zwaarste week begint op {week}: dan gaan {in_week} patiënten over de grens.";
    pub(super) EXPLANATION =
        "Means over {worlds}, in which all policies meet the same patients. The range says how {seasons} differ by chance. The error of simulating only so many is smaller: under “{baseline}” the share lies between {low}% and {high}% ({level}% interval).",
        "Gemiddelden over {worlds}, waarin elk beleid dezelfde patiënten treft. De bandbreedte laat zien hoe {seasons} door toeval verschillen. De simulatiefout is kleiner: onder “{baseline}” ligt het aandeel tussen {low}% en {high}% ({level}%-interval).";
    pub(super) EXPLANATION_OF_FEW =
        "Means over {worlds}, in which all policies meet the same patients: too few to say how large the simulation error is.",
        "Gemiddelden over {worlds}, waarin elk beleid dezelfde patiënten treft: te weinig om te zeggen hoe groot de simulatiefout is.";
    pub(super) WITHOUT_INPUTS =
        "How wrong the inputs may be is not in these numbers: zorgdruk sensitivity shows it.",
        "Hoe onzeker de invoer is, zit niet in deze getallen: dat laat zorgdruk sensitivity zien.";
    pub(super) WITH_INPUTS =
        "The range with all that is uncertain is that of {n} more {seasons}, each with figures of its own that fit what was recorded.",
        "De bandbreedte met alles wat onzeker is, is die van nog {n} {seasons}, elk met eigen cijfers die passen bij wat is waargenomen.";
}
