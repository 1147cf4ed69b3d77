//! Words of the report.

use crate::report::phrase::{Phrase, phrases};

phrases! {
    pub(super) CONTENTS = "Contents", "Inhoud";
    pub(super) FIGURES = "Figures", "Figuren";
    pub(super) NO_FIGURES =
        "This run was made without figures.",
        "Deze run is gemaakt zonder figuren.";
    pub(super) LEFT_OUT =
        "Figure “{name}” is left out: {reason}.",
        "Figuur “{name}” ontbreekt: {reason}.";
    pub(super) FILES = "Files:", "Bestanden:";
    pub(super) NUMBERS = "Numbers of this figure", "Getallen van deze figuur";
    pub(super) FIRST_ROWS =
        "The first {n} of {all} rows; the file has all of them.",
        "De eerste {n} van {all} rijen; in het bestand staan ze allemaal.";
    pub(super) TABLES = "Tables", "Tabellen";
    pub(super) TABLES_TEXT =
        "Click a heading to sort by its column. Definitions are in dictionary.csv, weeks and {areas} in weekly.csv, single {seasons} in replications.csv.",
        "Klik op een kop om op die kolom te sorteren. Definities staan in dictionary.csv, weken en {areas} in weekly.csv, afzonderlijke {seasons} in replications.csv.";
    pub(super) ESTIMATES = "Every result under every policy", "Elke uitkomst onder elk beleid";
    pub(super) DIFFERENCES =
        "Every policy compared with the baseline, in the same {seasons}",
        "Elk beleid vergeleken met de basis, in dezelfde {seasons}";
    pub(super) FILTER = "Show rows with", "Toon rijen met";
    pub(super) QUANTITY = "Result", "Uitkomst";
    pub(super) UNIT = "Unit", "Eenheid";
    pub(super) ACTIVATIONS =
        "What triggers do, against the baseline in the same {seasons}",
        "Wat er verandert als een drempel wordt bereikt, vergeleken met de basis in dezelfde {seasons}";
    pub(super) ACTIVATIONS_TEXT =
        "How often a trigger activates and what the policy changes when it does are two different things. The product is what the {seasons} with the trigger contribute to the total difference. Those are the severe {seasons}: the effect in them is that of the whole policy, not of the trigger alone.",
        "Hoe vaak een drempel wordt bereikt en wat het beleid dan verandert, zijn twee verschillende dingen. Het product is wat de {seasons} waarin dat gebeurt bijdragen aan het totale verschil. Dat zijn de zware {seasons}: het effect daarin komt van het hele beleid, niet van de drempel alleen.";
    pub(super) BY_SPECIALTY =
        "Class {c3} patients who need the ICU, by specialty",
        "Patiënten van klasse {c3} die de IC nodig hebben, per specialisme";
    pub(super) SPECIALTY = "Specialty", "Specialisme";
    pub(super) STREAM_PATIENTS = "Patients", "Patiënten";
    pub(super) STREAM_DISPLACED = "Too late, %", "Te laat, %";
    pub(super) STREAM_IN_TIME = "Treated in time, %", "Op tijd behandeld, %";
    pub(super) STREAM_WAIT = "Mean wait, days", "Gemiddelde wachttijd, dagen";
    pub(super) STREAM_OPERATED =
        "Operations of all classes, % of those without the wave",
        "Operaties van alle klassen, % van het aantal zonder golf";
    pub(super) TRIGGER = "Trigger", "Drempel";
    pub(super) ACTIVE = "{Seasons} in which it happens, %", "{Seasons} waarin dat gebeurt, %";
    pub(super) EFFECT_GIVEN =
        "Change in operations too late in those {seasons}, percentage points",
        "Verandering van operaties te laat in die {seasons}, procentpunten";
    pub(super) PRODUCT = "Product, percentage points", "Product, procentpunten";
    /// Stands for a policy that equals the baseline in every world.
    pub(super) IDENTICAL = "identical", "gelijk";
    pub(super) VALUE = "Value", "Waarde";
    pub(super) LOW = "Low", "Laag";
    pub(super) HIGH = "High", "Hoog";
    pub(super) STATUS = "Remark", "Opmerking";
    pub(super) NOT_ESTIMABLE = "cannot be estimated", "niet te schatten";
    pub(super) INSUFFICIENT =
        "too few {seasons} or events",
        "te weinig {seasons} of gebeurtenissen";
    pub(super) SOURCES = "Assumptions and sources", "Aannamen en bronnen";
    pub(super) NO_SOURCES =
        "No source notes are stored with this run.",
        "Bij deze run zijn geen bronvermeldingen bewaard.";
    pub(super) SOURCES_TEXT =
        "As the scenario states them, in its own language; assumptions first.",
        "Zoals het scenario ze vermeldt, in de taal van het scenario; aannamen staan voorop.";
    pub(super) SOURCES_CAPTION =
        "Where the figures of the scenario come from",
        "Waar de cijfers van het scenario vandaan komen";
    pub(super) FOUNDATION = "Foundation", "Onderbouwing";
    pub(super) SECTION = "Section or key", "Onderdeel of sleutel";
    pub(super) SOURCE = "Source or range", "Bron of bandbreedte";
}

/// How well founded a figure is, by the word that is stored.
#[rustfmt::skip]
pub(super) const STATUSES: [(&str, Phrase); 7] = [
    ("sourced", Phrase::new("public source", "openbare bron")),
    ("measured", Phrase::new("measured from public data", "gemeten uit openbare gegevens")),
    ("derived", Phrase::new("derived", "afgeleid")),
    ("calibrated", Phrase::new("fitted to a record", "gekalibreerd op waarnemingen")),
    ("assumption", Phrase::new("assumption", "aanname")),
    ("unlabeled", Phrase::new("not labeled", "niet benoemd")),
    ("missing", Phrase::new("no source given", "geen bron vermeld")),
];

phrases! {
    pub(super) CHECKLIST =
        "Reporting checklist (STRESS-DES)",
        "Checklist voor verslaglegging (STRESS-DES)";
    pub(super) CHECKLIST_TEXT =
        "Items of Monks and others, Journal of Simulation 13 (2019). As far as the run knows them.",
        "Onderdelen van Monks en anderen, Journal of Simulation 13 (2019). Voor zover de run ze kent.";
    pub(super) ITEM = "Item", "Onderdeel";
    pub(super) FILLED = "This run", "Deze run";
    pub(super) REPRODUCE = "How to reproduce", "Zelf herhalen";
    pub(super) REPRODUCE_TEXT =
        "In the folder of this run, with the same version of the program:",
        "In de map van deze run, met dezelfde versie van het programma:";
    pub(super) PROGRAM = "Program", "Programma";
    pub(super) COMMIT = "Commit", "Commit";
    pub(super) BUILT_WITH = "Built with", "Gebouwd met";
    pub(super) SCENARIO_HASH = "SHA-256 of the scenario", "SHA-256 van het scenario";
    pub(super) CHANGES = "Changes of the scenario", "Wijzigingen van het scenario";
    pub(super) SEED = "Seed", "Seed";
    pub(super) WINTERS = "Simulated {seasons}", "Gesimuleerde {seasons}";
    pub(super) STREAMS = "Version of the random numbers", "Versie van de toevalsgetallen";
    pub(super) ESTIMATES_ON_PAPER =
        "Every result under every policy: summary.csv in the folder of the run, or this page on a screen.",
        "Elke uitkomst onder elk beleid: summary.csv in de map van de run, of deze pagina op een scherm.";
    pub(super) DIFFERENCES_ON_PAPER =
        "Every policy compared with the baseline: comparisons.csv in the folder of the run, or this page on a screen.",
        "Elk beleid vergeleken met de basis: comparisons.csv in de map van de run, of deze pagina op een scherm.";
    pub(super) ACTIVATIONS_ON_PAPER =
        "What triggers do: activations.csv in the folder of the run, or this page on a screen.",
        "Wat drempels veranderen: activations.csv in de map van de run, of deze pagina op een scherm.";
    pub(super) BY_SPECIALTY_ON_PAPER =
        "Results by specialty: streams.csv in the folder of the run, or this page on a screen.",
        "Resultaten per specialisme: streams.csv in de map van de run, of deze pagina op een scherm.";
    pub(super) SOURCES_ON_PAPER =
        "All notes: input/sources.csv in the folder of the run, or this page on a screen.",
        "Alle toelichtingen: input/sources.csv in de map van de run, of deze pagina op een scherm.";
}
