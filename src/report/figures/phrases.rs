//! Words of the figures of activity, phases, loans, price and regions.

use crate::report::phrase::Phrase;

pub(super) const SOME_POLICIES: Phrase = Phrase::new(
    "Shown: the baseline and the {n} of {all} policies that displace least; all are in summary.csv",
    "Getoond: de basis en de {n} van {all} beleidsvarianten die het minst verdringen; alle staan in summary.csv",
);
pub(super) const TIMELINE_TITLE: Phrase = Phrase::new(
    "Dates of critical operations are moved or cancelled {n} times a winter while class 4 or 5 still runs, under “{policy}”",
    "Data van kritieke operaties worden {n} keer per winter verzet of afgezegd terwijl klasse 4 of 5 nog doorgaat, onder “{policy}”",
);
pub(super) const TIMELINE_ABOUT: Phrase = Phrase::new(
    "Operations without IC in hospitals by class, % of normal, mean per week",
    "Operaties zonder IC in ziekenhuizen per klasse, % van normaal, gemiddeld per week",
);
pub(super) const TIMELINE_MARK: Phrase = Phrase::new(
    "first displacement in half of the winters, in some region",
    "eerste verdringing in de helft van de winters, in een regio",
);
pub(super) const CLASS: Phrase = Phrase::new("class {class}", "klasse {class}");
pub(super) const MEANS: Phrase = Phrase::new(
    "Means over winters; no interval drawn",
    "Gemiddelden over winters; zonder interval",
);
pub(super) const PHASES_TITLE: Phrase = Phrase::new(
    "Phase 3 is {likelihood} under “{baseline}”: it is reached in {n} of every 100 winters",
    "Fase 3 is {likelihood} onder “{baseline}”: zij wordt bereikt in {n} van elke 100 winters",
);
pub(super) const PHASES_TITLE_FEW: Phrase = Phrase::new(
    "Phase 3 is reached in {n}\u{a0}% of the simulated winters under “{baseline}”; too few winters to say how likely it is",
    "Fase 3 wordt bereikt in {n}% van de gesimuleerde winters onder “{baseline}”; te weinig winters om te zeggen hoe waarschijnlijk dat is",
);
pub(super) const PHASES_TITLE_OTHER: Phrase = Phrase::new(
    "Phase 3 is reached in {n} of every 100 winters under “{baseline}”, in {m} under “{other}”",
    "Fase 3 wordt bereikt in {n} van elke 100 winters onder “{baseline}”, in {m} onder “{other}”",
);
pub(super) const PHASES_ABOUT: Phrase = Phrase::new(
    "Share of days in each phase of the national plan, % over winters, by week",
    "Deel van de dagen in elke fase van het landelijke plan, % over winters, per week",
);
pub(super) const PHASE: Phrase = Phrase::new("phase {phase}", "fase {phase}");
pub(super) const GATE_TITLE: Phrase = Phrase::new(
    "The gate for loans opens in {open} of {whole} rounds a winter under “{policy}”; most often it stops at “{gate}”",
    "De poort voor uitleen opent in {open} van {whole} rondes per winter onder “{policy}”; meestal stopt zij bij “{gate}”",
);
pub(super) const GATE_ABOUT: Phrase = Phrase::new(
    "Loan rounds of regions by the criterion that stopped them, mean per winter",
    "Uitleenrondes van regio's naar het criterium waarop zij stopten, gemiddeld per winter",
);
pub(super) const ROUNDS: Phrase = Phrase::new("loan rounds", "uitleenrondes");
pub(super) const GATE_OPEN: Phrase = Phrase::new("gate open", "poort open");
/// What stops a round, in the order of the gates.
pub(super) const GATES: [Phrase; 6] = [
    Phrase::new("not yet to be talked about", "nog niet aan de orde"),
    Phrase::new(
        "0: not all hospitals signed",
        "0: niet alle ziekenhuizen tekenden",
    ),
    Phrase::new(
        "1: classes 4 and 5 not fully down",
        "1: klasse 4 en 5 niet geheel afgeschaald",
    ),
    Phrase::new(
        "2: exchange in the region possible",
        "2: uitwisseling in de regio mogelijk",
    ),
    Phrase::new(
        "3: external staff could be hired",
        "3: inhuur van extern personeel mogelijk",
    ),
    Phrase::new(
        "4: would prevent no scale-down",
        "4: voorkomt geen afschaling",
    ),
];
pub(super) const FUNNEL_TITLE: Phrase = Phrase::new(
    "Of {whole} clinic workers, {used} work in a hospital in a mean winter under “{policy}”",
    "Van {whole} kliniekmedewerkers werken er {used} in een ziekenhuis in een gemiddelde winter onder “{policy}”",
);
pub(super) const FUNNEL_ABOUT: Phrase = Phrase::new(
    "Clinic workers left after each step, mean per winter",
    "Kliniekmedewerkers die na elke stap overblijven, gemiddeld per winter",
);
/// The steps, in the order of the measures.
pub(super) const STEPS: [Phrase; 7] = [
    Phrase::new("workers of clinics", "medewerkers van klinieken"),
    Phrase::new("asked", "gevraagd"),
    Phrase::new("willing", "bereid"),
    Phrase::new("competent", "bekwaam"),
    Phrase::new("in range", "binnen bereik"),
    Phrase::new("inducted", "ingewerkt"),
    Phrase::new("used", "ingezet"),
];
pub(super) const TRADEOFF_TITLE: Phrase = Phrase::new(
    "“{other}” displaces {share}\u{a0}% and cuts {price} class 4 and 5 operations; “{baseline}” {base_share}\u{a0}% and {base_price}",
    "“{other}” verdringt {share}% en schrapt {price} operaties van klasse 4 en 5; “{baseline}” {base_share}% en {base_price}",
);
pub(super) const TRADEOFF_TITLE_ALONE: Phrase = Phrase::new(
    "“{baseline}” displaces {base_share}\u{a0}% and cuts {base_price} class 4 and 5 operations",
    "“{baseline}” verdringt {base_share}% en schrapt {base_price} operaties van klasse 4 en 5",
);
pub(super) const TRADEOFF_ABOUT: Phrase = Phrase::new(
    "Filled: no policy is better on both; open: not distinguishable from those; grey: beaten on both",
    "Gevuld: geen beleid is op beide beter; open: daarvan niet te onderscheiden; grijs: op beide verslagen",
);
pub(super) const TRADEOFF_X: Phrase = Phrase::new(
    "displaced, % of critical patients",
    "verdrongen, % van de kritieke patiënten",
);
pub(super) const TRADEOFF_Y: Phrase = Phrase::new(
    "class 4 and 5 operations not done, mean per winter",
    "niet uitgevoerde operaties van klasse 4 en 5, gemiddeld per winter",
);
pub(super) const BEDS_TITLE: Phrase = Phrase::new(
    "“{other}” displaces {share}\u{a0}% and leaves {price} COVID patients without a staffed IC bed; “{baseline}” {base_share}\u{a0}% and {base_price}",
    "“{other}” verdringt {share}% en laat {price} COVID-patiënten zonder bemenst IC-bed; “{baseline}” {base_share}% en {base_price}",
);
pub(super) const BEDS_TITLE_ALONE: Phrase = Phrase::new(
    "“{baseline}” displaces {base_share}\u{a0}% and leaves {base_price} COVID patients without a staffed IC bed",
    "“{baseline}” verdringt {base_share}% en laat {base_price} COVID-patiënten zonder bemenst IC-bed",
);
pub(super) const BEDS_Y: Phrase = Phrase::new(
    "COVID patients without a staffed IC bed, mean per winter",
    "COVID-patiënten zonder bemenst IC-bed, gemiddeld per winter",
);
pub(super) const VALUE_TITLE: Phrase = Phrase::new(
    "“{other}” displaces {share}\u{a0}% at the price of {price} thousand euros of clinic production; “{baseline}” {base_share}\u{a0}% and {base_price}",
    "“{other}” verdringt {share}% en kost klinieken voor {price} duizend euro productie; “{baseline}” {base_share}% en {base_price}",
);
pub(super) const VALUE_TITLE_ALONE: Phrase = Phrase::new(
    "“{baseline}” displaces {base_share}\u{a0}% at the price of {base_price} thousand euros of clinic production",
    "“{baseline}” verdringt {base_share}% en kost klinieken voor {base_price} duizend euro productie",
);
pub(super) const VALUE_Y: Phrase = Phrase::new(
    "production value of clinics lost, thousand euros, mean per winter",
    "gederfde productiewaarde van klinieken, duizend euro, gemiddeld per winter",
);
/// With the baseline alone, and beside another policy.
pub(super) const SURVIVAL_TITLE: (Phrase, Phrase) = (
    Phrase::new(
        "{share}\u{a0}% of the critical patients who come last still wait after six weeks under “{baseline}”",
        "{share}% van de kritieke patiënten die het laatst komen wacht na zes weken nog onder “{baseline}”",
    ),
    Phrase::new(
        "{share}\u{a0}% of the critical patients who come last still wait after six weeks under “{baseline}”, {other_share}\u{a0}% under “{other}”",
        "{share}% van de kritieke patiënten die het laatst komen wacht na zes weken nog onder “{baseline}”, {other_share}% onder “{other}”",
    ),
);
pub(super) const SURVIVAL_ABOUT: Phrase = Phrase::new(
    "Class 3 patients who need the IC and still wait, %, by days since the indication, for three parts of the window",
    "Patiënten van klasse 3 die IC nodig hebben en nog wachten, %, naar dagen sinds de indicatie, voor drie delen van het venster",
);
pub(super) const NORM: Phrase = Phrase::new("norm: six weeks", "norm: zes weken");
pub(super) const DOSE_TITLE: Phrase = Phrase::new(
    "{estimand}: {from} at {lever} = {low}, {to} at {high}, under “{policy}”",
    "{estimand}: {from} bij {lever} = {low}, {to} bij {high}, onder “{policy}”",
);
pub(super) const DOSE_ABOUT: Phrase = Phrase::new(
    "{estimand}, {unit}, in the same winters at every setting",
    "{estimand}, {unit}, in dezelfde winters bij elke instelling",
);
pub(super) const TORNADO_TITLE: Phrase = Phrase::new(
    "{estimand}, under “{policy}”: {input} moves it most, from {from} to {to}",
    "{estimand}, onder “{policy}”: {input} verschuift dit het meest, van {from} naar {to}",
);
pub(super) const TORNADO_ABOUT: Phrase = Phrase::new(
    "{unit}; each figure at the ends of its middle 90 %, all others as written; the {n} of {all} that move it most",
    "{unit}; elk cijfer aan de uiteinden van zijn middelste 90%, alle andere als opgeschreven; de {n} van {all} die het meest verschuiven",
);
pub(super) const BAND: Phrase = Phrase::new(
    "Band: {level}\u{a0}% interval of the simulation error",
    "Band: {level}%-interval van de simulatiefout",
);
pub(super) const LOW_END: Phrase = Phrase::new("figure at its low end", "cijfer laag");
pub(super) const HIGH_END: Phrase = Phrase::new("figure at its high end", "cijfer hoog");
pub(super) const MAP_TITLE: Phrase = Phrase::new(
    "In {region} a critical patient is displaced in {n} of 100 weeks under “{baseline}”, in {quiet} in {m}",
    "In {region} wordt in {n} van 100 weken een kritieke patiënt verdrongen onder “{baseline}”, in {quiet} in {m}",
);
/// When there is one region, or all have the same share.
pub(super) const MAP_TITLE_EQUAL: Phrase = Phrase::new(
    "A critical patient of a region is displaced in {n} of 100 weeks under “{baseline}”",
    "In {n} van 100 weken wordt een kritieke patiënt van een regio verdrongen onder “{baseline}”",
);
pub(super) const MAP_ABOUT: Phrase = Phrase::new(
    "Weeks of the window with a displaced critical patient, % over winters; squares stand for regions",
    "Weken van het venster met een verdrongen kritieke patiënt, % over winters; een vak is een regio",
);
pub(super) const TRANSFERS_TITLE: Phrase = Phrase::new(
    "{region} sends {n} more COVID IC patients a winter to other regions than it receives, under “{baseline}”",
    "{region} stuurt per winter {n} COVID-IC-patiënten meer naar andere regio's dan zij ontvangt, onder “{baseline}”",
);
pub(super) const TRANSFERS_ABOUT: Phrase = Phrase::new(
    "COVID IC patients moved between regions, mean per winter; the balance is printed",
    "Tussen regio's overgeplaatste COVID-IC-patiënten, gemiddeld per winter; met het saldo",
);
pub(super) const SENT: Phrase = Phrase::new("sent", "gestuurd");
pub(super) const RECEIVED: Phrase = Phrase::new("received", "ontvangen");
pub(super) const BACKTEST_TITLE: Phrase = Phrase::new(
    "{inside} of {n} observations of {series} lie where 80 % of the simulated winters do",
    "{inside} van {n} waarnemingen van {series} liggen waar 80% van de gesimuleerde winters ligt",
);
pub(super) const BACKTEST_TITLE_ONE: Phrase = Phrase::new(
    "{inside} of {n} observation of {series} lies where 80 % of the simulated winters do",
    "{inside} van {n} waarneming van {series} ligt waar 80% van de gesimuleerde winters ligt",
);
pub(super) const BACKTEST_ABOUT: Phrase = Phrase::new(
    "Observed numbers on the simulated winters under “{policy}”, national",
    "Waargenomen aantallen op de gesimuleerde winters onder “{policy}”, landelijk",
);
pub(super) const BACKTEST_BANDS: Phrase = Phrase::new(
    "Bands: the share of winters that lie in them, day by day or week by week",
    "Banden: het deel van de winters dat erin ligt, per dag of per week",
);
pub(super) const MEDIAN: Phrase = Phrase::new("median", "mediaan");
