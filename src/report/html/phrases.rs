//! Words of the report.

use crate::report::phrases::Phrase;

pub(super) const TITLE: Phrase = Phrase::new(
    "Pressure on critical plannable care: {scenario}",
    "Druk op kritieke planbare zorg: {scenario}",
);
pub(super) const QUESTION: Phrase = Phrase::new("Question", "Vraag");
pub(super) const QUESTION_TEXT: Phrase = Phrase::new(
    "How often is critical plannable care that needs an IC bed displaced during a COVID wave under each policy, and at what price?",
    "Hoe vaak wordt kritieke planbare zorg waarvoor een IC-bed nodig is tijdens een COVID-golf verdrongen onder elk beleid, en tegen welke prijs?",
);
pub(super) const ANSWER: Phrase = Phrase::new("Answer", "Antwoord");
pub(super) const HOW_OFTEN: Phrase = Phrase::new(
    "Under “{baseline}” {share} % ({low} to {high}) of the critical patients who need the IC are displaced: {n} patients in a mean winter.",
    "Onder “{baseline}” wordt {share} % ({low} tot {high}) van de kritieke patiënten die IC nodig hebben verdrongen: {n} patiënten in een gemiddelde winter.",
);
pub(super) const BETTER: Phrase = Phrase::new(
    "It is {likelihood} that “{other}” displaces fewer in the same winter: it does so in {fewer} of {of} winters, and the share differs by {points} percentage points.",
    "Het is {likelihood} dat “{other}” er in dezelfde winter minder verdringt: dat gebeurt in {fewer} van {of} winters, en het aandeel verschilt {points} procentpunt.",
);
pub(super) const PRICE: Phrase = Phrase::new(
    "Its price is {cut} class 4 and 5 operations not done ({base_cut} under “{baseline}”), and under “{other}” {beds} COVID patients find no staffed IC bed ({base_beds}).",
    "De prijs is {cut} niet uitgevoerde operaties van klasse 4 en 5 ({base_cut} onder “{baseline}”), en onder “{other}” vinden {beds} COVID-patiënten geen bemenst IC-bed ({base_beds}).",
);
pub(super) const POLICY: Phrase = Phrase::new("Policy", "Beleid");
pub(super) const DISPLACED_SHARE: Phrase = Phrase::new("Displaced, %", "Verdrongen, %");
pub(super) const DIFFERENCE: Phrase = Phrase::new(
    "Difference to baseline, points",
    "Verschil met basis, punten",
);
pub(super) const WINTERS_FEWER: Phrase = Phrase::new(
    "Winters with fewer displaced",
    "Winters met minder verdrongen",
);
pub(super) const WITHOUT_BED: Phrase = Phrase::new(
    "COVID patients without staffed IC bed",
    "COVID-patiënten zonder bemenst IC-bed",
);
pub(super) const CUT: Phrase = Phrase::new(
    "Class 4 and 5 operations not done",
    "Niet uitgevoerde operaties klasse 4 en 5",
);
pub(super) const EXPLANATION: Phrase = Phrase::new(
    "Displaced: treated later than six weeks, not treated at all, or lost to the list because of the wave. {n} simulated winters; between brackets the {level} % interval of the simulation error, which says nothing about the uncertainty of the inputs.",
    "Verdrongen: later dan zes weken behandeld, helemaal niet behandeld, of door de golf van de lijst verdwenen. {n} gesimuleerde winters; tussen haakjes het {level}%-interval van de simulatiefout, dat niets zegt over de onzekerheid van de invoer.",
);
pub(super) const LIKELIHOOD_WORDS: Phrase = Phrase::new(
    "Words for probabilities: {words}.",
    "Woorden voor kansen: {words}.",
);
pub(super) const FIGURES: Phrase = Phrase::new("Figures", "Figuren");
pub(super) const NO_FIGURES: Phrase = Phrase::new(
    "This run was made without figures.",
    "Deze run is gemaakt zonder figuren.",
);
pub(super) const LEFT_OUT: Phrase = Phrase::new(
    "Figure “{name}” is left out: the run has too few winters or policies for it, or nothing of its kind happens.",
    "Figuur “{name}” ontbreekt: de run heeft er te weinig winters of beleidsvarianten voor, of er gebeurt niets van dien aard.",
);
pub(super) const NUMBERS_IN: Phrase = Phrase::new(
    "Numbers of this figure: {path} in the folder of the run.",
    "Getallen van deze figuur: {path} in de map van de run.",
);
pub(super) const TABLES: Phrase = Phrase::new("Tables", "Tabellen");
pub(super) const TABLES_TEXT: Phrase = Phrase::new(
    "A heading sorts its column. Definitions are in dictionary.csv, weeks and regions in weekly.csv, single winters in replications.csv.",
    "Een kop sorteert zijn kolom. Definities staan in dictionary.csv, weken en regio's in weekly.csv, afzonderlijke winters in replications.csv.",
);
pub(super) const ESTIMATES: Phrase = Phrase::new(
    "Every quantity under every policy",
    "Elke grootheid onder elk beleid",
);
pub(super) const DIFFERENCES: Phrase = Phrase::new(
    "Every policy minus the baseline, in the same winters",
    "Elk beleid min de basis, in dezelfde winters",
);
pub(super) const FILTER: Phrase = Phrase::new("Show rows with", "Toon rijen met");
pub(super) const QUANTITY: Phrase = Phrase::new("Quantity", "Grootheid");
pub(super) const UNIT: Phrase = Phrase::new("Unit", "Eenheid");
pub(super) const ACTIVATIONS: Phrase = Phrase::new(
    "What triggers do, against the baseline in the same winters",
    "Wat triggers doen, ten opzichte van de basis in dezelfde winters",
);
pub(super) const ACTIVATIONS_TEXT: Phrase = Phrase::new(
    "How often a trigger activates and what the policy changes where it does are different things. The product is what the winters with the trigger bring into the whole difference. Those are the heavy winters: the effect in them is that of the whole policy, not of the trigger alone.",
    "Hoe vaak een trigger afgaat en wat het beleid dan verandert zijn verschillende dingen. Het product is wat de winters met de trigger inbrengen in het hele verschil. Dat zijn de zware winters: het effect daarin is dat van het hele beleid, niet van de trigger alleen.",
);
pub(super) const TRIGGER: Phrase = Phrase::new("Trigger", "Trigger");
pub(super) const ACTIVE: Phrase = Phrase::new("Winters with it, %", "Winters ermee, %");
pub(super) const EFFECT_GIVEN: Phrase = Phrase::new(
    "Displaced in those winters, percentage points",
    "Verdrongen in die winters, procentpunten",
);
pub(super) const PRODUCT: Phrase =
    Phrase::new("Product, percentage points", "Product, procentpunten");
pub(super) const VALUE: Phrase = Phrase::new("Value", "Waarde");
pub(super) const LOW: Phrase = Phrase::new("Low", "Laag");
pub(super) const HIGH: Phrase = Phrase::new("High", "Hoog");
pub(super) const STATUS: Phrase = Phrase::new("Remark", "Opmerking");
pub(super) const NOT_ESTIMABLE: Phrase = Phrase::new("cannot be estimated", "niet te schatten");
pub(super) const INSUFFICIENT: Phrase = Phrase::new(
    "too few winters or events",
    "te weinig winters of gebeurtenissen",
);
pub(super) const SOURCES: Phrase = Phrase::new("Assumptions and sources", "Aannamen en bronnen");
pub(super) const NO_SOURCES: Phrase = Phrase::new(
    "No source notes are stored with this run.",
    "Bij deze run zijn geen bronvermeldingen bewaard.",
);
pub(super) const SOURCES_TEXT: Phrase = Phrase::new(
    "As the scenario states them, in its own language; assumptions first.",
    "Zoals het scenario ze vermeldt, in zijn eigen taal; aannamen eerst.",
);
pub(super) const SOURCES_CAPTION: Phrase = Phrase::new(
    "Where the figures of the scenario come from",
    "Waar de cijfers van het scenario vandaan komen",
);
pub(super) const FOUNDATION: Phrase = Phrase::new("Foundation", "Grondslag");
pub(super) const SECTION: Phrase = Phrase::new("Section or key", "Sectie of sleutel");
pub(super) const SOURCE: Phrase = Phrase::new("Source or range", "Bron of bandbreedte");
/// How well founded a figure is, by the word that is stored.
pub(super) const STATUSES: [(&str, Phrase); 6] = [
    ("sourced", Phrase::new("public source", "openbare bron")),
    (
        "measured",
        Phrase::new("measured from public data", "gemeten uit openbare gegevens"),
    ),
    ("derived", Phrase::new("derived", "afgeleid")),
    ("assumption", Phrase::new("assumption", "aanname")),
    ("unlabeled", Phrase::new("not labeled", "niet benoemd")),
    (
        "missing",
        Phrase::new("no source given", "geen bron vermeld"),
    ),
];
pub(super) const LIMITS: Phrase = Phrase::new("Limits", "Beperkingen");
pub(super) const LIMIT_LIST: [Phrase; 6] = [
    Phrase::new(
        "The wave is given. The policies change where patients lie, never how many fall ill.",
        "De golf is gegeven. Het beleid verandert waar patiënten liggen, nooit hoeveel er ziek worden.",
    ),
    Phrase::new(
        "Intervals show the error of simulating finitely many winters, one comparison at a time. They do not show how wrong the inputs may be.",
        "Intervallen tonen de fout van het simuleren van eindig veel winters, per vergelijking. Ze tonen niet hoe onjuist de invoer kan zijn.",
    ),
    Phrase::new(
        "{assumed} of {all} notes on the inputs are assumptions.",
        "{assumed} van de {all} toelichtingen op de invoer zijn aannamen.",
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
pub(super) const CHECKLIST: Phrase = Phrase::new(
    "Reporting checklist (STRESS-DES)",
    "Checklist voor verslaglegging (STRESS-DES)",
);
pub(super) const CHECKLIST_TEXT: Phrase = Phrase::new(
    "Items of Monks and others, Journal of Simulation 13 (2019). What the run knows is filled in; the rest is for the author.",
    "Onderdelen van Monks en anderen, Journal of Simulation 13 (2019). Wat de run weet is ingevuld; de rest is aan de auteur.",
);
pub(super) const ITEM: Phrase = Phrase::new("Item", "Onderdeel");
pub(super) const FILLED: Phrase = Phrase::new("This run", "Deze run");
pub(super) const FOR_AUTHOR: Phrase = Phrase::new(
    "(to be filled by the author)",
    "(in te vullen door de auteur)",
);
pub(super) const REPRODUCE: Phrase = Phrase::new("How to reproduce", "Reproduceren");
pub(super) const REPRODUCE_TEXT: Phrase = Phrase::new(
    "In the folder of this run, with the same version of the program:",
    "In de map van deze run, met dezelfde versie van het programma:",
);
pub(super) const PROGRAM: Phrase = Phrase::new("Program", "Programma");
pub(super) const COMMIT: Phrase = Phrase::new("Commit", "Commit");
pub(super) const BUILT_WITH: Phrase = Phrase::new("Built with", "Gebouwd met");
pub(super) const SCENARIO_HASH: Phrase =
    Phrase::new("SHA-256 of the scenario", "SHA-256 van het scenario");
pub(super) const SEED: Phrase = Phrase::new("Seed", "Seed");
pub(super) const WINTERS: Phrase = Phrase::new("Simulated winters", "Gesimuleerde winters");
pub(super) const STREAMS: Phrase = Phrase::new(
    "Version of the random numbers",
    "Versie van de toevalsgetallen",
);
