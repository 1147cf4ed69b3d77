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
        "In a wave of COVID patients intensive care units (ICUs) fill up, and planned operations that need an ICU bed afterwards have to wait. How often do the urgent ones come too late under each policy, and at what price?",
        "In een COVID-golf lopen de intensive cares (IC's) vol, en moeten geplande operaties waarna een IC-bed nodig is wachten. Hoe vaak komen de kritieke daarvan te laat onder elk beleid, en tegen welke prijs?";
    pub(crate) POLICIES = "The policies", "Het beleid";
    pub(crate) ANSWER = "Answer", "Antwoord";
    pub(crate) PRICE = "Price", "Prijs";
    pub(crate) LOANS = "Loans of clinic staff", "Uitleen van kliniekpersoneel";
    pub(crate) WHERE = "Where and when", "Waar en wanneer";
    pub(crate) MORE_POLICIES =
        "{n} more policies did not fit here; they are in report.html.",
        "{n} andere beleidsvarianten pasten hier niet; zij staan in report.html.";
    pub(crate) POLICY = "Policy", "Beleid";
    pub(crate) TERMS = "Terms", "Begrippen";
}

/// The terms that a reader from outside hospitals needs.
#[rustfmt::skip]
pub(crate) const TERM_LIST: [(Phrase, Phrase); 4] = [
    (Phrase::new("Staffed bed", "Bemenst bed"), Phrase::new(
        "an ICU bed with the nurses that it takes. Patients above that number are cared for by nurses who have more patients than usual.",
        "een IC-bed met de verpleegkundigen die daarbij horen. Patiënten boven dat aantal worden verzorgd door verpleegkundigen die meer patiënten hebben dan gewoonlijk.")),
    (Phrase::new("Urgent planned operation, class {c3}", "Kritiek planbare operatie, klasse {c3}"), Phrase::new(
        "one that must follow within {norm}, or health is lost, such as heart surgery{classes_by}. Operations of classes {c4} and {c5} can wait longer.",
        "moet binnen {norm} volgen, anders gaat gezondheid verloren, zoals bij hartchirurgie{classes_by}. Operaties van klasse {c4} en {c5} kunnen langer wachten.")),
    (Phrase::new("{Area} and phase", "{Area} en fase"), Phrase::new(
        "hospitals work together in {regions} {areas}{areas_are}. The country moves through the phases of {plan}, the heaviest of which is {heaviest}.",
        "ziekenhuizen werken samen in {regions} {areas}{areas_are}. Het land doorloopt de fasen van {plan}, waarvan {heaviest} de zwaarste is.")),
    (Phrase::new("{Season}", "{Season}"), Phrase::new(
        "one simulated course of events: who falls ill, when and for how long, and which staff are absent. Every policy meets the same {seasons}.",
        "één gesimuleerd verloop: wie ziek wordt, wanneer en hoe lang, en welk personeel uitvalt. Elk beleid krijgt dezelfde {seasons}.")),
];

phrases! {
    pub(crate) FOOT =
        "zorgdruk {version}, {worlds}, seed {seed}. More: report.html in the folder of the run.",
        "zorgdruk {version}, {worlds}, seed {seed}. Meer: report.html in de map van de run.";
    pub(crate) LIMITS = "What is not known", "Wat niet bekend is";
}

#[rustfmt::skip]
pub(crate) const LIMIT_LIST: [Phrase; 5] = [
    Phrase::new(
        "The wave is given. Policies change where patients are cared for, never how many fall ill.",
        "De golf ligt vast. Beleid verandert waar patiënten worden verzorgd, nooit hoeveel er ziek worden."),
    Phrase::new(
        "Intervals show the error of simulating so many {seasons}, one comparison at a time. They do not show how wrong the inputs may be.",
        "Intervallen tonen de fout doordat het aantal gesimuleerde {seasons} beperkt is, telkens voor één vergelijking. Ze tonen niet hoe onjuist de invoer kan zijn."),
    Phrase::new(
        "Care that needs no ICU bed is counted in operations, not by patient. The harm of waiting for it is not estimated.",
        "Zorg zonder IC-bed is geteld in operaties, niet per patiënt. De schade van het wachten daarop is niet geschat."),
    Phrase::new(
        "Choosing between individual patients in phase {heaviest} is not modeled. Patients without a bed are counted as such.",
        "Keuzes tussen individuele patiënten in fase {heaviest} zijn niet gemodelleerd. Patiënten zonder bed zijn als zodanig geteld."),
    Phrase::new(
        "Results for one {area} in one week are less certain than those for the whole country over the whole {season}.",
        "Uitkomsten voor één {area} in één week zijn onzekerder dan die voor het hele land over de hele {season}."),
];

phrases! {
    pub(crate) ASSUMED =
        "{assumed} of {all} notes on the inputs are assumptions.",
        "{assumed} van de {all} toelichtingen op de invoer zijn aannamen.";
}
