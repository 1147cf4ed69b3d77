//! Words of the report.

use crate::report::phrase::Phrase;

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
pub(super) const STATUSES: [(&str, Phrase); 7] = [
    ("sourced", Phrase::new("public source", "openbare bron")),
    (
        "measured",
        Phrase::new("measured from public data", "gemeten uit openbare gegevens"),
    ),
    ("derived", Phrase::new("derived", "afgeleid")),
    (
        "calibrated",
        Phrase::new("fitted to a record", "afgestemd op waarnemingen"),
    ),
    ("assumption", Phrase::new("assumption", "aanname")),
    ("unlabeled", Phrase::new("not labeled", "niet benoemd")),
    (
        "missing",
        Phrase::new("no source given", "geen bron vermeld"),
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
pub(super) const ESTIMATES_ON_PAPER: Phrase = Phrase::new(
    "Every quantity under every policy: summary.csv in the folder of the run, or this page on a screen.",
    "Elke grootheid onder elk beleid: summary.csv in de map van de run, of deze pagina op een scherm.",
);
pub(super) const DIFFERENCES_ON_PAPER: Phrase = Phrase::new(
    "Every policy minus the baseline: comparisons.csv in the folder of the run, or this page on a screen.",
    "Elk beleid min de basis: comparisons.csv in de map van de run, of deze pagina op een scherm.",
);
pub(super) const ACTIVATIONS_ON_PAPER: Phrase = Phrase::new(
    "What triggers do: activations.csv in the folder of the run, or this page on a screen.",
    "Wat triggers doen: activations.csv in de map van de run, of deze pagina op een scherm.",
);
pub(super) const SOURCES_ON_PAPER: Phrase = Phrase::new(
    "All notes: input/sources.csv in the folder of the run, or this page on a screen.",
    "Alle toelichtingen: input/sources.csv in de map van de run, of deze pagina op een scherm.",
);
