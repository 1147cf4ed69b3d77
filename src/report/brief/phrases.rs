//! Words of the brief.

use crate::report::phrase::Phrase;

pub(crate) const TITLE: Phrase = Phrase::new(
    "Pressure on critical plannable care: {scenario}",
    "Druk op kritieke planbare zorg: {scenario}",
);
pub(crate) const UNFINISHED: Phrase = Phrase::new(
    "This run did not finish. What follows is of the first {n} of the {asked} winters that were asked for.",
    "Deze run is niet voltooid. Wat volgt gaat over de eerste {n} van de {asked} gevraagde winters.",
);
pub(crate) const QUESTION: Phrase = Phrase::new("Question", "Vraag");
pub(crate) const QUESTION_TEXT: Phrase = Phrase::new(
    "How often is critical plannable care that needs an IC bed displaced during a COVID wave under each policy, and at what price?",
    "Hoe vaak wordt kritieke planbare zorg waarvoor een IC-bed nodig is tijdens een COVID-golf verdrongen onder elk beleid, en tegen welke prijs?",
);
pub(crate) const ANSWER: Phrase = Phrase::new("Answer", "Antwoord");
pub(crate) const HOW_OFTEN: Phrase = Phrase::new(
    "Under “{baseline}” {share}\u{a0}% ({low} to {high}) of the critical patients who need the IC are displaced: {n} patients in a mean winter.",
    "Onder “{baseline}” wordt {share}% ({low} tot {high}) van de kritieke patiënten die IC nodig hebben verdrongen: {n} patiënten in een gemiddelde winter.",
);
pub(crate) const HOW_OFTEN_FEW: Phrase = Phrase::new(
    "Under “{baseline}” {share}\u{a0}% of the critical patients who need the IC are displaced: {n} patients in a mean winter. There are too few winters for an interval.",
    "Onder “{baseline}” wordt {share}% van de kritieke patiënten die IC nodig hebben verdrongen: {n} patiënten in een gemiddelde winter. Er zijn te weinig winters voor een interval.",
);
pub(crate) const BETTER_FEW: Phrase = Phrase::new(
    "“{other}” displaces fewer in {fewer} of {of} simulated winters; these are too few winters to say how likely that is. The share differs by {points} percentage points.",
    "“{other}” verdringt er minder in {fewer} van {of} gesimuleerde winters; dat zijn te weinig winters om te zeggen hoe waarschijnlijk dat is. Het aandeel verschilt {points} procentpunt.",
);
pub(crate) const NO_BETTER: Phrase = Phrase::new(
    "No other policy displaces fewer: “{other}” displaces as many in every simulated winter.",
    "Geen ander beleid verdringt er minder: “{other}” verdringt er in elke gesimuleerde winter evenveel.",
);
pub(crate) const BETTER: Phrase = Phrase::new(
    "It is {likelihood} that “{other}” displaces fewer in the same winter: it does so in {fewer} of every {of} winters, and the share differs by {points} percentage points.",
    "Het is {likelihood} dat “{other}” er in dezelfde winter minder verdringt: dat gebeurt in {fewer} van elke {of} winters, en het aandeel verschilt {points} procentpunt.",
);
/// More, fewer, as many, not to be told apart, and without an interval.
pub(crate) const PRICE_CUT: [Phrase; 5] = [
    Phrase::new(
        "“{other}” leaves {n} more class 4 and 5 operations undone in a mean winter than “{baseline}”",
        "Onder “{other}” gaan in een gemiddelde winter {n} operaties van klasse 4 en 5 meer niet door dan onder “{baseline}”",
    ),
    Phrase::new(
        "“{other}” leaves {n} fewer class 4 and 5 operations undone in a mean winter than “{baseline}”",
        "Onder “{other}” gaan in een gemiddelde winter {n} operaties van klasse 4 en 5 minder niet door dan onder “{baseline}”",
    ),
    Phrase::new(
        "“{other}” leaves as many class 4 and 5 operations undone as “{baseline}” in every simulated winter",
        "Onder “{other}” gaan in elke gesimuleerde winter evenveel operaties van klasse 4 en 5 niet door als onder “{baseline}”",
    ),
    Phrase::new(
        "The class 4 and 5 operations that “{other}” leaves undone in a mean winter cannot be told in number from those under “{baseline}”, the difference being {n}",
        "Het aantal operaties van klasse 4 en 5 dat in een gemiddelde winter niet doorgaat is onder “{other}” niet te onderscheiden van dat onder “{baseline}”, met een verschil van {n}",
    ),
    Phrase::new(
        "The class 4 and 5 operations that “{other}” leaves undone differ from those under “{baseline}” by {n}, with too few winters for an interval",
        "Het aantal operaties van klasse 4 en 5 dat niet doorgaat verschilt onder “{other}” {n} van dat onder “{baseline}”, met te weinig winters voor een interval",
    ),
];
pub(crate) const PRICE_BEDS: [Phrase; 5] = [
    Phrase::new(
        "{n} more COVID patients find no staffed IC bed.",
        "{n} COVID-patiënten meer vinden geen bemenst IC-bed.",
    ),
    Phrase::new(
        "{n} fewer COVID patients find no staffed IC bed.",
        "{n} COVID-patiënten minder vinden geen bemenst IC-bed.",
    ),
    Phrase::new(
        "as many COVID patients find no staffed IC bed in every simulated winter.",
        "in elke gesimuleerde winter vinden evenveel COVID-patiënten geen bemenst IC-bed.",
    ),
    Phrase::new(
        "the COVID patients who find no staffed IC bed cannot be told apart in number, the difference being {n}.",
        "het aantal COVID-patiënten zonder bemenst IC-bed is niet te onderscheiden, met een verschil van {n}.",
    ),
    Phrase::new(
        "the COVID patients who find no staffed IC bed differ by {n}, without an interval.",
        "het aantal COVID-patiënten zonder bemenst IC-bed verschilt {n}, zonder interval.",
    ),
];
pub(crate) const POLICY: Phrase = Phrase::new("Policy", "Beleid");
pub(crate) const DISPLACED_SHARE: Phrase = Phrase::new("Displaced, %", "Verdrongen, %");
pub(crate) const DIFFERENCE: Phrase = Phrase::new(
    "Difference to baseline, points",
    "Verschil met basis, punten",
);
pub(crate) const WINTERS_FEWER: Phrase = Phrase::new(
    "Winters with fewer displaced",
    "Winters met minder verdrongen",
);
pub(crate) const WITHOUT_BED: Phrase = Phrase::new(
    "COVID patients without staffed IC bed",
    "COVID-patiënten zonder bemenst IC-bed",
);
pub(crate) const CUT: Phrase = Phrase::new(
    "Class 4 and 5 operations not done",
    "Niet uitgevoerde operaties klasse 4 en 5",
);
pub(crate) const EXPLANATION: Phrase = Phrase::new(
    "{winters} simulated; between brackets the {level}\u{a0}% interval of the simulation error, which says nothing about the uncertainty of the inputs.",
    "{winters} gesimuleerd; tussen haakjes het {level}%-interval van de simulatiefout, dat niets zegt over de onzekerheid van de invoer.",
);
pub(crate) const LIKELIHOOD_WORDS: Phrase = Phrase::new(
    "Words for probabilities: {words}.",
    "Woorden voor kansen: {words}.",
);
pub(crate) const TOO_FEW: Phrase = Phrase::new(
    "Words for probabilities are withheld: too few winters to say.",
    "Woorden voor kansen ontbreken: te weinig winters om iets over te zeggen.",
);
pub(crate) const MORE_POLICIES: Phrase = Phrase::new(
    "{n} more policies did not fit in this table; they are in report.html and comparisons.csv.",
    "{n} andere beleidsvarianten pasten niet in deze tabel; zij staan in report.html en comparisons.csv.",
);
pub(crate) const TERMS: Phrase = Phrase::new("Terms", "Begrippen");
/// What a reader from outside hospitals has to know, term by term.
pub(crate) const TERM_LIST: [(Phrase, Phrase); 6] = [
    (
        Phrase::new("IC", "IC"),
        Phrase::new(
            "intensive care: a bed with its own nurses for patients who would die without it. A staffed bed has those nurses.",
            "intensive care: een bed met eigen verpleegkundigen voor patiënten die zonder die zorg zouden overlijden. Een bemenst bed heeft die verpleegkundigen ook.",
        ),
    ),
    (
        Phrase::new(
            "Critical plannable care, class 3",
            "Kritieke planbare zorg, klasse 3",
        ),
        Phrase::new(
            "operations that must follow within six weeks, or health is lost (urgency classes of the Federation of Medical Specialists, FMS). Classes 4 and 5 can wait longer.",
            "operaties die binnen zes weken moeten plaatsvinden, anders gaat gezondheid verloren (urgentieklassen van de Federatie Medisch Specialisten, FMS). Klasse 4 en 5 kunnen langer wachten.",
        ),
    ),
    (
        Phrase::new("Displaced", "Verdrongen"),
        Phrase::new(
            "treated later than six weeks, not treated at all, or lost to the list because of the wave.",
            "later dan zes weken behandeld, helemaal niet behandeld, of door de golf van de lijst verdwenen.",
        ),
    ),
    (
        Phrase::new("ROAZ region", "ROAZ-regio"),
        Phrase::new(
            "the hospitals, ambulances and others that arrange acute care together; there are eleven in the Netherlands.",
            "de ziekenhuizen, ambulancediensten en anderen die samen de acute zorg regelen; Nederland heeft er elf.",
        ),
    ),
    (
        Phrase::new("Fair share", "Fair share"),
        Phrase::new(
            "each region takes COVID patients in proportion to its IC beds, so that no region is full while another is not.",
            "elke regio neemt COVID-patiënten op naar rato van haar IC-bedden, zodat geen regio vol ligt terwijl een andere ruimte heeft.",
        ),
    ),
    (
        Phrase::new("Winter", "Winter"),
        Phrase::new(
            "one simulated course of the same season: who falls ill, when, for how long, and which staff are absent. All policies meet the same winters.",
            "één gesimuleerd verloop van hetzelfde seizoen: wie ziek wordt, wanneer, hoe lang, en welk personeel ontbreekt. Elk beleid krijgt dezelfde winters.",
        ),
    ),
];
pub(crate) const FOOT: Phrase = Phrase::new(
    "zorgdruk {version}, {winters}, seed {seed}. More: report.html in the folder of the run.",
    "zorgdruk {version}, {winters}, seed {seed}. Meer: report.html in de map van de run.",
);
pub(crate) const LIMITS: Phrase = Phrase::new("Limits", "Beperkingen");
pub(crate) const LIMIT_LIST: [Phrase; 5] = [
    Phrase::new(
        "The wave is given. The policies change where patients lie, never how many fall ill.",
        "De golf is gegeven. Het beleid verandert waar patiënten liggen, nooit hoeveel er ziek worden.",
    ),
    Phrase::new(
        "Intervals show the error of simulating finitely many winters, one comparison at a time. They do not show how wrong the inputs may be.",
        "Intervallen tonen de fout van het simuleren van eindig veel winters, per vergelijking. Ze tonen niet hoe onjuist de invoer kan zijn.",
    ),
    Phrase::new(
        "Care that needs no IC bed is counted in sessions, not by patient. Its harm to health is not estimated.",
        "Zorg zonder IC-bed wordt in sessies geteld, niet per patiënt. De gezondheidsschade ervan wordt niet geschat.",
    ),
    Phrase::new(
        "Choosing between individual patients in phase 3 is not modeled. Patients without a bed are counted as such.",
        "Keuzes tussen individuele patiënten in fase 3 zijn niet gemodelleerd. Patiënten zonder bed worden als zodanig geteld.",
    ),
    Phrase::new(
        "A single region in a single week is known less well than the country over the winter; marks in the figures say where.",
        "Eén regio in één week is minder goed bekend dan het land over de hele winter; tekens in de figuren geven aan waar.",
    ),
];
pub(crate) const ASSUMED: Phrase = Phrase::new(
    "{assumed} of {all} notes on the inputs are assumptions.",
    "{assumed} van de {all} toelichtingen op de invoer zijn aannamen.",
);
