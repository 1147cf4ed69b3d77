//! Words of the brief.

use crate::report::phrase::{Phrase, phrases};

phrases! {
    pub(crate) TITLE =
        "Urgent planned operations under pressure: {scenario}",
        "Kritiek planbare zorg onder druk: {scenario}";
    pub(crate) UNFINISHED =
        "This run did not finish. What follows covers the first {n} of the {asked} {seasons} requested.",
        "Deze run is niet voltooid. Wat volgt gaat over de eerste {n} van de {asked} gevraagde {seasons}.";
    pub(crate) QUESTION = "Question", "Vraag";
    pub(crate) QUESTION_TEXT =
        "When COVID patients fill the intensive care units (ICUs), planned operations after which a patient needs an ICU bed have to wait. The urgent ones must follow within {norm}. Hospitals make room by not doing less urgent operations (classes {c4} and {c5}). How often do the urgent ones come too late under each policy, and at what price? The answer comes from a simulation.",
        "Als COVID-patiënten de intensive cares (IC's) vullen, moeten geplande operaties waarna een IC-bed nodig is wachten. De kritieke moeten binnen {norm} volgen. Ziekenhuizen maken ruimte door minder urgente operaties (klasse {c4} en {c5}) te laten vervallen. Hoe vaak komen kritieke operaties te laat onder elk beleid, en tegen welke prijs? Het antwoord komt uit een simulatie.";
    pub(crate) POLICIES = "The policies", "Het beleid";
    pub(crate) ANSWER = "Answer", "Antwoord";
    pub(crate) PRICE = "Price", "Prijs";
    pub(crate) LOANS = "Loans of clinic staff", "Uitleen van kliniekpersoneel";
    pub(crate) WHERE = "Where and when", "Waar en wanneer";
    pub(crate) POLICY = "Policy", "Beleid";
    pub(crate) TERMS = "Terms", "Begrippen";
}

/// One policy left out, and several.
#[rustfmt::skip]
pub(crate) const MORE_POLICIES: [Phrase; 2] = [
    Phrase::new(
        "One more policy did not fit here; it is in report.html.",
        "Eén andere beleidsvariant paste hier niet; die staat in report.html."),
    Phrase::new(
        "{n} more policies did not fit here; they are in report.html.",
        "{n} andere beleidsvarianten pasten hier niet; zij staan in report.html."),
];

/// The terms that a reader from outside hospitals needs.
#[rustfmt::skip]
pub(crate) const TERM_LIST: [(Phrase, Phrase); 4] = [
    (Phrase::new("Urgent planned operation, class {c3}", "Kritiek planbare operatie, klasse {c3}"), Phrase::new(
        "one that must follow within {norm}, or health is lost, such as heart surgery{classes_by}. Here only those count after which the patient needs an ICU bed. Operations of classes {c4} and {c5} can wait longer.",
        "moet binnen {norm} volgen, anders gaat gezondheid verloren, zoals bij hartchirurgie{classes_by}. Hier tellen alleen die waarna een IC-bed nodig is. Operaties van klasse {c4} en {c5} kunnen langer wachten.")),
    (Phrase::new("Staffed bed", "Bemenst bed"), Phrase::new(
        "an ICU bed for which there are nurses. Patients above that number are cared for by nurses who have more patients than usual.",
        "een IC-bed waarvoor verpleegkundigen zijn. Patiënten boven dat aantal worden verzorgd door verpleegkundigen die meer patiënten hebben dan gewoonlijk.")),
    (Phrase::new("Outside the ICU", "Buiten de IC"), Phrase::new(
        "where acute patients are cared for who would have had an ICU bed if the ICUs of the {area} were not nearly full.",
        "daar worden acute patiënten verzorgd die een IC-bed hadden gekregen als de IC's in de {area} niet bijna vol waren.")),
    (Phrase::new("{Area} and phase", "{Area} en fase"), Phrase::new(
        "hospitals work together in {regions} {areas}{areas_are}. The country moves through the phases of {plan}, from {lightest}, the lightest, to {heavy} and {heaviest}, the heaviest.",
        "ziekenhuizen werken samen in {regions} {areas}{areas_are}. Het land doorloopt de fasen van {plan}, van {lightest}, de lichtste, tot {heavy} en {heaviest}, de zwaarste.")),
];

/// The term that readers of a study with clinics need too.
#[rustfmt::skip]
pub(crate) const CLINIC: (Phrase, Phrase) = (
    Phrase::new("Clinic", "Kliniek"),
    Phrase::new(
        "an independent center for planned care that has no ICU. A loan is clinic staff who work in a hospital for a time.",
        "een zelfstandig behandelcentrum zonder IC. Bij uitleen werkt kliniekpersoneel een tijd in een ziekenhuis."),
);

phrases! {
    pub(crate) FOOT =
        "zorgdruk {version}, {worlds}, seed {seed}. More: report.html in the folder of the run.",
        "zorgdruk {version}, {worlds}, seed {seed}. Meer: report.html in de map van de run.";
    pub(crate) LIMITS = "What is not known", "Wat niet bekend is";
    pub(crate) ASSUMED =
        "Of {all} notes on the inputs, {founded} name a source, a record or a calculation; {assumed} are assumptions (input/sources.csv).",
        "Van {all} toelichtingen op de invoer noemen er {founded} een bron, waarneming of berekening; {assumed} zijn aannamen (input/sources.csv).";
}

#[rustfmt::skip]
pub(crate) const LIMIT_LIST: [Phrase; 4] = [
    Phrase::new(
        "The ranges show only the uncertainty that was put in. They show no other error in inputs or rules.",
        "De bandbreedten tonen alleen de onzekerheid die erin is gestopt. Een andere fout in invoer of regels tonen ze niet."),
    Phrase::new(
        "The wave is given. Policies change where patients are cared for, never how many fall ill.",
        "De golf ligt vast. Beleid verandert waar patiënten worden verzorgd, nooit hoeveel er ziek worden."),
    Phrase::new(
        "Care that needs no ICU bed is counted in operations, not by patient. The harm of waiting for it is not estimated.",
        "Zorg zonder IC-bed is geteld in operaties, niet per patiënt. De schade van het wachten daarop is niet geschat."),
    Phrase::new(
        "Choosing between individual patients in phase {heaviest} is not modeled. Patients for whom there is no bed are only counted.",
        "Keuzes tussen individuele patiënten in fase {heaviest} zijn niet gemodelleerd. Patiënten voor wie geen bed is, worden alleen geteld."),
];
