//! Words of the brief.

use crate::report::phrase::{Phrase, phrases};

phrases! {
    pub(crate) TITLE =
        "Pressure on critical plannable care: {scenario}",
        "Druk op kritieke planbare zorg: {scenario}";
    pub(crate) UNFINISHED =
        "This run did not finish. What follows covers the first {n} of the {asked} {seasons} requested.",
        "Deze run is niet voltooid. Wat volgt gaat over de eerste {n} van de {asked} gevraagde {seasons}.";
    pub(crate) QUESTION = "Question", "Vraag";
    pub(crate) QUESTION_TEXT =
        "How often is critical plannable care that needs an IC bed displaced during a COVID wave under each policy, and at what price?",
        "Hoe vaak wordt kritieke planbare zorg waarvoor een IC-bed nodig is tijdens een COVID-golf verdrongen onder elk beleid, en tegen welke prijs?";
    pub(crate) ANSWER = "Answer", "Antwoord";
    pub(crate) HOW_OFTEN =
        "Under “{baseline}” {share}\u{a0}% ({low} to {high}) of the critical patients who need the IC are displaced: {n} patients in an average {season}.",
        "Onder “{baseline}” wordt {share}% ({low} tot {high}) van de kritieke patiënten die IC nodig hebben verdrongen: {n} patiënten in een gemiddelde {season}.";
    pub(crate) HOW_OFTEN_FEW =
        "Under “{baseline}” {share}\u{a0}% of the critical patients who need the IC are displaced: {n} patients in an average {season}. There are too few {seasons} for an interval.",
        "Onder “{baseline}” wordt {share}% van de kritieke patiënten die IC nodig hebben verdrongen: {n} patiënten in een gemiddelde {season}. Er zijn te weinig {seasons} voor een interval.";
    pub(crate) BETTER_FEW =
        "“{other}” displaces fewer in {fewer} of {of} simulated {seasons}, which are too few to say how likely that is. The share differs by {points} percentage points.",
        "“{other}” verdringt er minder in {fewer} van {of} gesimuleerde {seasons}; dat zijn er te weinig om te zeggen hoe waarschijnlijk dat is. Het aandeel verschilt {points} procentpunt.";
    pub(crate) NO_BETTER =
        "No other policy displaces fewer: “{other}” displaces as many in every simulated {season}.",
        "Geen ander beleid verdringt er minder: “{other}” verdringt er in elke gesimuleerde {season} evenveel.";
    pub(crate) BETTER =
        "It is {likelihood} that “{other}” displaces fewer in the same {season}: it does so in {fewer} of every {of} {seasons}, and the share differs by {points} percentage points.",
        "Het is {likelihood} dat “{other}” er in dezelfde {season} minder verdringt: dat gebeurt in {fewer} van elke {of} {seasons}, en het aandeel verschilt {points} procentpunt.";
}

/// For more, fewer, as many, no distinguishable difference, and no interval.
#[rustfmt::skip]
pub(crate) const PRICE_CUT: [Phrase; 5] = [
    Phrase::new("“{other}” leaves {n} more class {c4} and {c5} operations undone in an average {season} than “{baseline}”", "Onder “{other}” gaan in een gemiddelde {season} {n} operaties van klasse {c4} en {c5} meer niet door dan onder “{baseline}”"), Phrase::new("“{other}” leaves {n} fewer class {c4} and {c5} operations undone in an average {season} than “{baseline}”", "Onder “{other}” gaan in een gemiddelde {season} {n} operaties van klasse {c4} en {c5} minder niet door dan onder “{baseline}”"), Phrase::new("“{other}” leaves as many class {c4} and {c5} operations undone as “{baseline}” in every simulated {season}", "Onder “{other}” gaan in elke gesimuleerde {season} evenveel operaties van klasse {c4} en {c5} niet door als onder “{baseline}”"), Phrase::new("The number of class {c4} and {c5} operations that “{other}” leaves undone in an average {season} cannot be distinguished from that under “{baseline}”, with a difference of {n}", "Het aantal operaties van klasse {c4} en {c5} dat in een gemiddelde {season} niet doorgaat is onder “{other}” niet te onderscheiden van dat onder “{baseline}”, met een verschil van {n}"), Phrase::new(
        "The number of class {c4} and {c5} operations that “{other}” leaves undone differs from that under “{baseline}” by {n}, with too few {seasons} for an interval",
        "Het aantal operaties van klasse {c4} en {c5} dat niet doorgaat verschilt onder “{other}” {n} van dat onder “{baseline}”, met te weinig {seasons} voor een interval"),
];
#[rustfmt::skip]
pub(crate) const PRICE_BEDS: [Phrase; 5] = [
    Phrase::new("{n} more COVID patients find no staffed IC bed.", "{n} COVID-patiënten meer vinden geen bemenst IC-bed."), Phrase::new("{n} fewer COVID patients find no staffed IC bed.", "{n} COVID-patiënten minder vinden geen bemenst IC-bed."), Phrase::new("as many COVID patients find no staffed IC bed in every simulated {season}.", "in elke gesimuleerde {season} vinden evenveel COVID-patiënten geen bemenst IC-bed."), Phrase::new("the numbers of COVID patients who find no staffed IC bed cannot be distinguished, with a difference of {n}.", "het aantal COVID-patiënten zonder bemenst IC-bed is niet te onderscheiden, met een verschil van {n}."), Phrase::new(
        "the numbers of COVID patients who find no staffed IC bed differ by {n}, without an interval.",
        "het aantal COVID-patiënten zonder bemenst IC-bed verschilt {n}, zonder interval."),
];

phrases! {
    pub(crate) POLICY = "Policy", "Beleid";
    pub(crate) DISPLACED_SHARE = "Displaced, %", "Verdrongen, %";
    pub(crate) DIFFERENCE = "Difference from baseline, points", "Verschil met basis, punten";
    pub(crate) WINTERS_FEWER = "{Seasons} with fewer displaced", "{Seasons} met minder verdrongen";
    pub(crate) WITHOUT_BED =
        "COVID patients without staffed IC bed",
        "COVID-patiënten zonder bemenst IC-bed";
    pub(crate) CUT =
        "Class {c4} and {c5} operations not done",
        "Niet uitgevoerde operaties klasse {c4} en {c5}";
    pub(crate) EXPLANATION =
        "{worlds} simulated. In brackets is the {level}\u{a0}% interval of the simulation error, which says nothing about the uncertainty of the inputs.",
        "{worlds} gesimuleerd. Tussen haakjes staat het {level}%-interval van de simulatiefout, dat niets zegt over de onzekerheid van de invoer.";
    pub(crate) LIKELIHOOD_WORDS =
        "Words for probabilities: {words}.",
        "Woorden voor kansen: {words}.";
    pub(crate) TOO_FEW =
        "No words are given for probabilities: there are too few {seasons}.",
        "Er staan geen woorden bij kansen: daarvoor zijn er te weinig {seasons}.";
    pub(crate) MORE_POLICIES =
        "{n} more policies did not fit in this table; they are in report.html and comparisons.csv.",
        "{n} andere beleidsvarianten pasten niet in deze tabel; zij staan in report.html en comparisons.csv.";
    pub(crate) TERMS = "Terms", "Begrippen";
}

/// The terms that a reader from outside hospitals needs.
#[rustfmt::skip]
pub(crate) const TERM_LIST: [(Phrase, Phrase); 6] = [
    (Phrase::new("IC", "IC"), Phrase::new(
        "intensive care: a bed with its own nurses, for patients who would die without such care. A bed is staffed when those nurses are there.",
        "intensive care: een bed met eigen verpleegkundigen, voor patiënten die zonder die zorg zouden overlijden. Een bed is bemenst als die verpleegkundigen er zijn.")),
    (Phrase::new("Critical plannable care, class {c3}", "Kritieke planbare zorg, klasse {c3}"), Phrase::new(
        "operations that must follow within {norm}, or health is lost (urgency classes of the Federation of Medical Specialists, FMS). Classes {c4} and {c5} can wait longer.",
        "operaties die binnen {norm} moeten plaatsvinden, anders gaat gezondheid verloren (urgentieklassen van de Federatie Medisch Specialisten, FMS). Klasse {c4} en {c5} kunnen langer wachten.")),
    (Phrase::new("Displaced", "Verdrongen"), Phrase::new(
        "treated after more than {norm}, not treated at all, or lost from the waiting list because of the wave.",
        "na meer dan {norm} behandeld, helemaal niet behandeld, of door de golf van de wachtlijst verdwenen.")),
    (Phrase::new("ROAZ region", "ROAZ-regio"), Phrase::new(
        "the hospitals, ambulance services and others that together organize acute care; this study has {regions}.",
        "de ziekenhuizen, ambulancediensten en anderen die samen de acute zorg regelen; dit onderzoek telt er {regions}.")),
    (Phrase::new("Fair share", "Fair share"), Phrase::new(
        "each region takes COVID patients in proportion to its IC beds, so that no region is full while another is not.",
        "elke regio neemt COVID-patiënten op naar rato van haar IC-bedden, zodat geen regio vol ligt terwijl een andere ruimte heeft.")),
    (Phrase::new("{Season}", "{Season}"), Phrase::new(
        "one simulated course of the same season: who falls ill, when, for how long, and which staff are absent. Every policy faces the same {seasons}.",
        "één gesimuleerd verloop van hetzelfde seizoen: wie ziek wordt, wanneer, hoe lang, en welk personeel ontbreekt. Elk beleid krijgt dezelfde {seasons}.")),
];

phrases! {
    pub(crate) FOOT =
        "zorgdruk {version}, {worlds}, seed {seed}. More: report.html in the folder of the run.",
        "zorgdruk {version}, {worlds}, seed {seed}. Meer: report.html in de map van de run.";
    pub(crate) LIMITS = "Limits", "Beperkingen";
}

#[rustfmt::skip]
pub(crate) const LIMIT_LIST: [Phrase; 5] = [
    Phrase::new(
        "The wave is given. The policies change where patients lie, never how many fall ill.",
        "De golf is gegeven. Het beleid verandert waar patiënten liggen, nooit hoeveel er ziek worden."),
    Phrase::new(
        "Intervals show the error of simulating finitely many {seasons}, one comparison at a time. They do not show how wrong the inputs may be.",
        "Intervallen tonen de fout van het simuleren van eindig veel {seasons}, per vergelijking. Ze tonen niet hoe onjuist de invoer kan zijn."),
    Phrase::new(
        "Care that needs no IC bed is counted in sessions, not by patient. Its harm to health is not estimated.",
        "Zorg zonder IC-bed wordt in sessies geteld, niet per patiënt. De gezondheidsschade ervan wordt niet geschat."),
    Phrase::new(
        "Choosing between individual patients in phase {heaviest} is not modeled. Patients without a bed are counted as such.",
        "Keuzes tussen individuele patiënten in fase {heaviest} zijn niet gemodelleerd. Patiënten zonder bed worden als zodanig geteld."),
    Phrase::new(
        "Results for one region in one week are less precise than those for the country over the whole {season}; marks in the figures show where.",
        "Uitkomsten voor één regio in één week zijn minder nauwkeurig dan die voor het land over de hele {season}; tekens in de figuren geven aan waar."),
];

phrases! {
    pub(crate) ASSUMED =
        "{assumed} of {all} notes on the inputs are assumptions.",
        "{assumed} van de {all} toelichtingen op de invoer zijn aannamen.";
}
