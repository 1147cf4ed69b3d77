//! Words of the answer.

use crate::report::phrase::{Phrase, phrases};

/// Stands for a number that there is not.
pub(super) const NONE: &str = "\u{2013}";

/// Policy, operations too late with their range, and what it costs.
#[rustfmt::skip]
pub(super) const HEADS: [Phrase; 8] = [
    Phrase::new("Policy", "Beleid"),
    Phrase::new("Urgent operations too late, of {all}", "Kritieke operaties te laat, van {all}"),
    Phrase::new("Range in 8 of 10 {seasons}, %", "Bandbreedte in 8 van de 10 {seasons}, %"),
    Phrase::new("Class {c4} and {c5} operations not done, of {all}", "Vervallen operaties klasse {c4} en {c5}, van {all}"),
    Phrase::new("Acute patients outside the ICU, of {all}", "Acute patiënten buiten de IC, van {all}"),
    Phrase::new("COVID patients above staffed beds, of {all}; without a place", "COVID-patiënten boven bemenste bedden, van {all}; zonder plaats"),
    Phrase::new("Clinics lose, million €", "Klinieken verliezen, mln €"),
    Phrase::new("Class {c4} and {c5} operations done for each that comes too late", "Operaties klasse {c4} en {c5} gedaan voor elke die te laat komt"),
];

/// Headings of the ranges where all that is uncertain was drawn too.
pub(super) const WIDE_HEAD: Phrase = Phrase::new(
    "Range in 8 of 10 {seasons}, %, inputs uncertain; chance alone",
    "Bandbreedte in 8 van de 10 {seasons}, %, invoer onzeker; toeval alleen",
);
pub(super) const WIDE_SHORT_HEAD: Phrase = Phrase::new("8 in 10, %; chance", "8 op 10, %; toeval");

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
        "Means per {season}: of {all} urgent planned operations that need an ICU bed, those that come too late (displaced, in the tables), with the range of 8 in 10 {seasons}; of {normal} operations of classes {c4} and {c5}, those not done; of {acute} acute patients, those cared for outside the ICU; of {covid} COVID patients who need the ICU, those admitted above the staffed beds, and after the semicolon those without any place.",
        "Gemiddelden per {season}: van {all} kritiek planbare operaties waarvoor een IC-bed nodig is, die te laat komen (in de tabellen: displaced), met de bandbreedte van 8 op de 10 {seasons}; van {normal} operaties van klasse {c4} en {c5}, die niet doorgaan; van {acute} acute patiënten, die buiten de IC worden verzorgd; van {covid} COVID-patiënten die naar de IC moeten, die boven de bemenste bedden komen, en na de puntkomma die nergens plaats vinden.";
    pub(super) RANGE = "{low}\u{2013}{high}", "{low}\u{2013}{high}";
    pub(super) TWO = "{first}; {second}", "{first}; {second}";
    /// Stands for the policy that others are compared with.
    pub(super) BASELINE = "reference", "referentie";
    pub(super) UNCLEAR = "unclear", "onduidelijk";
    pub(super) COSTS = "{n} fewer", "{n} minder";
    pub(super) SAVES = "{n} more", "{n} meer";
    pub(super) FREE = "no fewer", "niet minder";
    pub(super) WORSE = "no more", "niet meer";
    pub(super) HOW_OFTEN =
        "Under “{baseline}”, {n} of {all} urgent planned operations that need an ICU bed come too late in an average {season}: {share}%. {sure}",
        "Onder “{baseline}” komen in een gemiddelde {season} {n} van de {all} kritiek planbare operaties waarvoor een IC-bed nodig is te laat: {share}%. {sure}";
    pub(super) WIDE =
        "When what is uncertain about hospitals, staff and stays varies too, it is {wide}% in 8 of 10 {seasons}, and {mean}% on average; at the values of the scenario, by chance alone, it is {range}%.",
        "Varieert ook wat onzeker is over ziekenhuizen, personeel en ligduur, dan is het {wide}% in 8 van de 10 {seasons}, en gemiddeld {mean}%; met de waarden van het scenario, door toeval alleen, is het {range}%.";
    pub(super) BY_CHANCE =
        "In 8 of 10 {seasons} it is {range}%.",
        "In 8 van de 10 {seasons} is het {range}%.";
    pub(super) REFERENCE =
        "This policy is the reference.",
        "Dit beleid is de referentie.";
    pub(super) TOO_LATE =
        "Too late means more than {norm} after the decision to operate, or never, because the patient fell acutely ill, died or withdrew in a wait that the wave made longer.",
        "Te laat wil zeggen: meer dan {norm} na het besluit om te opereren, of nooit, doordat de patiënt tijdens het langere wachten acuut ziek werd, overleed of afzag van de operatie.";
    pub(super) AND = "{first} and {last}", "{first} en {last}";
    pub(super) OTHER =
        "Under “{policy}”, {n} come too late: {share}% ({ends}), {direction} than under the reference in {how_often}.",
        "Onder “{policy}” komen er {n} te laat: {share}% ({ends}), {direction} dan onder de referentie in {how_often}.";
    pub(super) ENDS = "{range}% in 8 of 10 {seasons}", "{range}% in 8 van de 10 {seasons}";
    pub(super) WIDE_ENDS = "{range}% with uncertain inputs", "{range}% met onzekere invoer";
    pub(super) ALWAYS = "each of the {n} {seasons}", "elk van de {n} {seasons}";
    pub(super) ALWAYS_IN_BOTH =
        "each of the {n} {seasons}, also in each of {wide_n} with uncertain inputs",
        "elk van de {n} {seasons}, ook in elk van {wide_n} met onzekere invoer";
    pub(super) USUALLY =
        "{most} of every 100 possible {seasons} and {opposite} in {least}",
        "{most} van elke 100 mogelijke {seasons} en {opposite} in {least}";
    pub(super) USUALLY_OF_FEW =
        "{most} of the {n} {seasons} and {opposite} in {least}, too few {seasons} for a conclusion",
        "{most} van de {n} {seasons} en {opposite} in {least}, te weinig {seasons} voor een conclusie";
    pub(super) MORE = "more", "meer";
    pub(super) FEWER = "fewer", "minder";
    pub(super) EACH_COSTS =
        " For each operation that no longer comes too late, {n} more operations of classes {c4} and {c5} are not done.",
        " Voor elke operatie die niet langer te laat komt, vervallen {n} extra operaties van klasse {c4} en {c5}.";
    pub(super) EACH_SAVES =
        " For each additional operation that comes too late, {n} more operations of classes {c4} and {c5} are done.",
        " Voor elke extra operatie die te laat komt, gaan {n} extra operaties van klasse {c4} en {c5} door.";
    pub(super) COSTS_NOTHING =
        " No more operations of classes {c4} and {c5} are cut for that.",
        " Daarvoor vervallen niet meer operaties van klasse {c4} en {c5}.";
    pub(super) SAVES_NOTHING =
        " That saves no operations of classes {c4} and {c5}.",
        " Dat spaart geen operaties van klasse {c4} en {c5}.";
    pub(super) CHANGE_OF = "{value} ({level}% interval {low} to {high})", "{value} ({level}%-interval {low} tot {high})";
    pub(super) ALL_OTHERS = "The {n} other policies", "De {n} andere varianten";
    pub(super) ALIKE =
        "{policies} give nearly the same result as “{baseline}”: the average number too late differs by at most {n}.",
        "{policies} geven bijna hetzelfde resultaat als “{baseline}”: het gemiddelde aantal te laat verschilt hooguit {n}.";
    pub(super) ALIKE_ONE =
        "{policies} gives nearly the same result as “{baseline}”: the average number too late differs by {n}.",
        "{policies} geeft bijna hetzelfde resultaat als “{baseline}”: het gemiddelde aantal te laat verschilt {n}.";
    pub(super) CLINICS_DO_LITTLE =
        "These policies differ in what clinics do. Thanks to clinic staff, at most {n} of the {all} operations can be done on the planned day.",
        "Deze varianten verschillen in wat klinieken doen. Dankzij kliniekpersoneel kunnen hooguit {n} van de {all} operaties op de geplande dag doorgaan.";
    pub(super) IN_TIME_ANYWAY =
        " Most of those would have been done in time on another day.",
        " De meeste daarvan waren ook op een andere dag op tijd gedaan.";
    pub(super) PRICE =
        "The price under “{baseline}”: {cut} of {normal} less urgent operations (classes {c4} and {c5}) are not done, {percent}%. Of {all_acute} acute patients, {acute} ({acute_percent}%) are cared for outside the ICU. Of {all_covid} COVID patients who need the ICU, {covid} ({covid_percent}%) are admitted above the number of staffed beds, and {none}.",
        "De prijs onder “{baseline}”: {cut} van de {normal} minder urgente operaties (klasse {c4} en {c5}) vervallen, {percent}%. Van {all_acute} acute patiënten worden er {acute} ({acute_percent}%) buiten de IC verzorgd. Van {all_covid} COVID-patiënten die naar de IC moeten, worden er {covid} ({covid_percent}%) opgenomen boven het aantal bemenste bedden, en {none}.";
    pub(super) ALL_PLACED = "all find a place", "allen vinden een plaats";
    pub(super) NOT_PLACED =
        "{n} find no place at all in their {area}",
        "voor {n} is in de {area} nergens plaats";
    pub(super) NO_LOANS =
        "Under no policy of this run can clinics lend staff.",
        "Bij geen enkel beleid in deze run kunnen klinieken personeel uitlenen.";
    pub(super) LOANS =
        "Under “{policy}”, clinics lend staff in {n} of {all} {seasons}: on average {used} of {workers} people.{gate}{effect}",
        "Onder “{policy}” lenen klinieken personeel uit in {n} van de {all} {seasons}: gemiddeld {used} van de {workers} mensen.{gate}{effect}";
    pub(super) LOANS_NEVER =
        "Under “{policy}”, clinics lend staff in none of the {all} {seasons}.{gate}",
        "Onder “{policy}” lenen klinieken in geen van de {all} {seasons} personeel uit.{gate}";
    pub(super) BLOCKED =
        " What stops loans most often: {gate}.",
        " Wat uitleen het vaakst tegenhoudt: {gate}.";
    pub(super) BLOCKED_TWICE =
        "{first}; next: {then}",
        "{first}; daarna: {then}";
    pub(super) LOANS_ALWAYS =
        "Under “{policy}”, clinics lend staff in all {n} {seasons}: on average {used} of {workers} people.{effect}",
        "Onder “{policy}” lenen klinieken in alle {n} {seasons} personeel uit: gemiddeld {used} van de {workers} mensen.{effect}";
    pub(super) CHANGE =
        " Because of that, {n} more patients are treated in time.{cost}",
        " Daardoor worden {n} patiënten meer op tijd geopereerd.{cost}";
    pub(super) CHANGE_UNCLEAR =
        " Whether more patients are treated in time is unclear: their number changes by {n}.{cost}",
        " Of er meer patiënten op tijd worden geopereerd, is onduidelijk: hun aantal verandert met {n}.{cost}";
    pub(super) CHANGE_WORSE =
        " That helps no patient: {n} more come too late.{cost}",
        " Dat helpt geen patiënt: er komen er {n} meer te laat.{cost}";
    pub(super) CHANGE_NOTHING =
        " That changes nothing for the patients.{cost}",
        " Voor de patiënten verandert dat niets.{cost}";
    pub(super) MADE_POSSIBLE =
        " On the planned day they make {n} urgent operations possible.{cost}",
        " Op de geplande dag maken zij {n} kritieke operaties mogelijk.{cost}";
    pub(super) COST =
        " It costs clinics {lost} of production.",
        " Het kost klinieken {lost} aan productie.";
    pub(super) COST_EACH =
        " It costs clinics {lost} of production, or {each} per patient.",
        " Het kost klinieken {lost} aan productie, ofwel {each} per patiënt.";
    pub(super) COSTS_CLINICS_NOTHING =
        " It costs clinics no production.",
        " Het kost klinieken geen productie.";
    pub(super) MILLIONS = "{n} million euros", "{n} miljoen euro";
    pub(super) EUROS = "{n} euros", "{n} euro";
    pub(super) FEW_EUROS = "less than 1,000 euros", "minder dan 1.000 euro";
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
        "Under “{baseline}”, the {area} with the most patients too late is {region}, with {percent}% of all. Eight in ten of them pass the limit of {norm} between {from} and {until}. The worst week begins on {week}: {in_week} patients pass it then.",
        "Onder “{baseline}” is {region} de {area} met de meeste patiënten te laat: {percent}% van het totaal. Acht op de tien van hen overschrijden de termijn van {norm} tussen {from} en {until}. De zwaarste week begint op {week}: dan overschrijden {in_week} patiënten die.";
    pub(super) EXPLANATION =
        "The numbers are means over {worlds} ({from} to {until}): simulated courses of events, in which all policies meet the same patients and the same sick leave. A range says how {seasons} differ. A {level}% interval shows the error from simulating a limited number: under “{baseline}” the mean share lies between {low}% and {high}%.",
        "De getallen zijn gemiddelden over {worlds} ({from} tot en met {until}): gesimuleerde verlopen, waarin elk beleid met dezelfde patiënten en hetzelfde ziekteverzuim te maken heeft. Een bandbreedte laat zien hoe {seasons} verschillen. Een {level}%-interval toont de onzekerheid doordat het aantal simulaties beperkt is: onder “{baseline}” ligt het gemiddelde aandeel tussen {low}% en {high}%.";
    pub(super) EXPLANATION_OF_FEW =
        "The numbers are means over {worlds}, in which all policies meet the same patients: too few to say how large the simulation error is.",
        "De getallen zijn gemiddelden over {worlds}, waarin elk beleid met dezelfde patiënten te maken heeft: te weinig om te zeggen hoe groot de simulatiefout is.";
    pub(super) EXCHANGE =
        "The last column, against the reference: so many operations of classes {c4} and {c5} more are done for each more that comes too late, or so many fewer for each fewer; a dash where about as many come too late.",
        "De laatste kolom, tegenover de referentie: zoveel operaties van klasse {c4} en {c5} gaan er meer door voor elke extra die te laat komt, of minder voor elke minder; een streepje waar ongeveer evenveel te laat komen.";
    pub(super) WITHOUT_INPUTS =
        "How uncertain the inputs are is not in these numbers: zorgdruk sensitivity shows it.",
        "Hoe onzeker de invoer is, zit niet in deze getallen: dat laat zorgdruk sensitivity zien.";
    pub(super) WITH_INPUTS =
        "The wider range comes from {n} more {seasons}, each with its own values of the uncertain inputs.",
        "De bredere bandbreedte komt van nog {n} {seasons}, elk met eigen waarden van de onzekere invoer.";
}
