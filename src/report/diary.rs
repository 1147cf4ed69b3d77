//! One simulated winter under one policy, told day by day: patients and beds, what was decided, and the sentence
//! of a policy document behind each decision.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::experiment::{PolicyRecord, StudyFrame};
use crate::model::Model;
use crate::outcome::{DayMeasure, Entry, Log, Word};
use crate::policy::sentence::Sentence;
use crate::report::Language;
use crate::report::phrase::Phrase;
use crate::report::rule_names::{rule_name, rule_text};
use crate::report::wording::Wording;
use crate::units::{Day, RegionIdx};

/// Numbers of each day, with their names.
#[rustfmt::skip]
const NUMBERS: [(DayMeasure, Phrase); 9] = [
    (DayMeasure::CovidIc, Phrase::new("COVID patients in the ICU", "COVID-patiënten op de IC")),
    (DayMeasure::AcuteIc, Phrase::new("acute patients in the ICU", "acute patiënten op de IC")),
    (DayMeasure::PlannedIc, Phrase::new("planned patients in the ICU", "geplande patiënten op de IC")),
    (DayMeasure::StaffedBeds, Phrase::new("staffed beds", "bemenste bedden")),
    (DayMeasure::WithoutStaffedBed, Phrase::new("patients above the staffed beds", "patiënten boven de bemenste bedden")),
    (DayMeasure::CovidWard, Phrase::new("COVID patients on the ward", "COVID-patiënten op de afdeling")),
    (DayMeasure::StoppedHospitals, Phrase::new("hospitals that stopped classes {c4} and {c5}", "ziekenhuizen die klasse {c4} en {c5} stopten")),
    (DayMeasure::WaitingClass3, Phrase::new("urgent planned patients waiting", "wachtende kritiek planbare patiënten")),
    (DayMeasure::OverdueClass3, Phrase::new("of these: waiting over the norm", "daarvan: langer dan de norm")),
];

/// What is told of a day, in this order. The single ways of patients are left to the log.
#[rustfmt::skip]
const TOLD: [(Word, Phrase); 41] = [
    (Word::PhaseEntered, Phrase::new("The country enters another phase", "Het land gaat naar een andere fase")),
    (Word::ThreatNotice, Phrase::new("The notice that the heaviest phase threatens is given or withdrawn", "De melding dat de zwaarste fase dreigt gaat uit of wordt ingetrokken")),
    (Word::ExpectedInAWeek, Phrase::new("The national center says how many COVID patients it expects in a week", "Het landelijk centrum zegt hoeveel COVID-patiënten het over een week verwacht")),
    (Word::ExpectedPublished, Phrase::new("Hospitals hear how many COVID patients to expect", "Ziekenhuizen horen hoeveel COVID-patiënten ze kunnen verwachten")),
    (Word::PictureIsOld, Phrase::new("The reports that are read are a day old", "De meldingen die worden gelezen zijn een dag oud")),
    (Word::ReportMissing, Phrase::new("A hospital's report does not arrive", "De melding van een ziekenhuis blijft uit")),
    (Word::CapacityOffered, Phrase::new("A {area} offers beds to patients of others", "Een {area} biedt bedden aan voor patiënten van andere")),
    (Word::OfferWithheld, Phrase::new("A {area} could take patients and does not offer to", "Een {area} zou patiënten kunnen opnemen, maar biedt dat niet aan")),
    (Word::MovedForFairShare, Phrase::new("Patients are moved to a {area} below its share", "Patiënten gaan naar een {area} die nog niet aan haar aandeel zit")),
    (Word::MovedInSolidarity, Phrase::new("Patients are moved to a {area} that takes more than its share", "Patiënten gaan naar een {area} die meer dan haar aandeel opneemt")),
    (Word::MovedToRelieve, Phrase::new("Patients are moved from a {area} that lacks beds", "Patiënten gaan weg uit een {area} die bedden tekortkomt")),
    (Word::MovedToConcentrate, Phrase::new("Patients are moved where the {area} concentrates them", "Patiënten gaan naar de ziekenhuizen waar de {area} ze bijeenbrengt")),
    (Word::CapacityDecided, Phrase::new("A hospital decides to open or close beds", "Een ziekenhuis besluit bedden te openen of te sluiten")),
    (Word::NeedByTiming, Phrase::new("A hospital prepares for more patients than are forecast", "Een ziekenhuis bereidt zich voor op meer patiënten dan verwacht")),
    (Word::NeedCountsCritical, Phrase::new("A hospital makes room for urgent operations too", "Een ziekenhuis maakt ook ruimte voor kritieke operaties")),
    (Word::BedsProtected, Phrase::new("The number of beds kept for urgent operations changes", "Het aantal bedden dat vrij blijft voor kritieke operaties verandert")),
    (Word::BedsToStretch, Phrase::new("Nurses look after more beds than usual", "Verpleegkundigen zorgen voor meer bedden dan gewoonlijk")),
    (Word::StaffTire, Phrase::new("Fatigue keeps staff at home", "Personeel valt uit door vermoeidheid")),
    (Word::ExternalHired, Phrase::new("Hired nurses begin", "Ingehuurde verpleegkundigen beginnen")),
    (Word::ExternalLeft, Phrase::new("Hired nurses leave", "Ingehuurde verpleegkundigen vertrekken")),
    (Word::StaffExchanged, Phrase::new("Freed staff come from another hospital of the {area}", "Vrijgekomen personeel komt uit een ander ziekenhuis van de {area}")),
    (Word::PlannableStopped, Phrase::new("A hospital stops or restarts classes {c4} and {c5}", "Een ziekenhuis stopt of hervat klasse {c4} en {c5}")),
    (Word::CriticalCut, Phrase::new("Class {c3} operations are not done", "Operaties van klasse {c3} gaan niet door")),
    (Word::PlannableCut, Phrase::new("Class {c4} operations are not done", "Operaties van klasse {c4} gaan niet door")),
    (Word::DeferrableCut, Phrase::new("Class {c5} operations are not done", "Operaties van klasse {c5} gaan niet door")),
    (Word::RestartInOrder, Phrase::new("Less urgent operations wait until class {c3} is restored", "Minder urgente operaties wachten tot klasse {c3} weer op peil is")),
    (Word::PlannedDisrupted, Phrase::new("An urgent operation is cancelled on the day, or its date is taken back", "Een kritieke operatie wordt op de dag zelf of eerder afgezegd")),
    (Word::DateMoved, Phrase::new("A date is taken back for which no bed is expected", "Een datum vervalt omdat er geen bed wordt verwacht")),
    (Word::PlannedRelocated, Phrase::new("An urgent patient gets a date in another hospital", "Een kritieke patiënt krijgt een datum in een ander ziekenhuis")),
    (Word::PlannedWaitEnded, Phrase::new("A wait ends without treatment", "Een wachttijd eindigt zonder behandeling")),
    (Word::CovidWithoutBed, Phrase::new("A COVID patient finds no staffed bed free", "Een COVID-patiënt vindt geen bemenst bed vrij")),
    (Word::CovidExported, Phrase::new("A COVID patient finds no place in the whole {area}", "Een COVID-patiënt vindt in de hele {area} geen plaats")),
    (Word::AcuteOutsideIc, Phrase::new("An acute patient is cared for outside the ICU", "Een acute patiënt wordt buiten de IC verzorgd")),
    (Word::MeetingCalled, Phrase::new("The chair of a {area} calls a meeting", "De voorzitter van een {area} roept een overleg bijeen")),
    (Word::AgreementReached, Phrase::new("A {area} comes to an agreement", "Een {area} wordt het eens")),
    (Word::AgreementWaits, Phrase::new("An agreement takes effect later", "Een afspraak gaat later in")),
    (Word::Escalated, Phrase::new("Pressure on a {area} is escalated", "De druk op een {area} wordt opgevoerd")),
    (Word::LoanGate, Phrase::new("A round of loans is decided on", "Over een uitleenronde wordt besloten")),
    (Word::LoanDoesNotPay, Phrase::new("A clinic refuses a loan that costs it too much", "Een kliniek weigert uitleen die haar te veel kost")),
    (Word::WorkerLent, Phrase::new("A clinic worker is lent", "Een kliniekmedewerker wordt uitgeleend")),
    (Word::ProtectedByLoan, Phrase::new("An urgent operation takes place thanks to lent staff", "Een kritieke operatie gaat door dankzij uitgeleend personeel")),
];

/// Units of values that add up over hospitals, as the log has them, with their names.
#[rustfmt::skip]
const SUMMED: [(&str, Phrase); 5] = [
    ("0.001 beds", Phrase::new("beds", "bedden")),
    ("0.001 nurses", Phrase::new("nurses", "verpleegkundigen")),
    ("0.001 operations", Phrase::new("operations", "operaties")),
    ("0.001 patients", Phrase::new("patients", "patiënten")),
    ("0.001 teams", Phrase::new("teams", "teams")),
];
const PARTS: f64 = 1_000.0;

/// A winter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diary {
    /// Names of the numbers of each day.
    pub names: Vec<String>,
    /// The days of the window.
    pub days: Vec<DiaryDay>,
}

/// A day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiaryDay {
    /// Its date.
    pub date: String,
    /// Name of the phase.
    pub phase: String,
    /// In the order of [`Diary::names`].
    pub numbers: Vec<u32>,
    /// What was decided, or happened.
    pub decisions: Vec<Decision>,
}

/// What was decided or happened on a day, in all places together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// What.
    pub what: String,
    /// How often.
    pub times: u64,
    /// What it adds up to; empty where it is no amount.
    pub amount: String,
    /// Names of the regions; none where it concerns the country.
    pub regions: Vec<String>,
    /// The rule behind it, by number and short name; empty where there is none.
    pub rule: String,
    /// What the rule says, in short.
    pub sentence: String,
}

/// What happened on one day by one rule.
#[derive(Debug, Default)]
struct Heap {
    times: u64,
    sum: i64,
    regions: BTreeSet<RegionIdx>,
}

/// Day, position in [`TOLD`], and rule.
type Key = (Day, usize, Option<Sentence>);

impl Diary {
    /// Tells the winter of a log under a policy.
    pub fn new(log: &Log, record: &PolicyRecord, model: &Model, language: Language) -> Self {
        let frame = StudyFrame::new(model);
        let wording = Wording::new(language, &frame);
        let mut heaps: BTreeMap<Key, Heap> = BTreeMap::new();
        log.entries.iter().for_each(|entry| put(&mut heaps, entry));
        let study = &model.study;
        let days = (study.window_start().0..study.window_end().0).map(Day);
        let day = |day: Day| DiaryDay {
            date: study.date(day).to_string(),
            phase: phase(record, model, day),
            numbers: NUMBERS
                .map(|(measure, _)| record.days.get(day, measure))
                .to_vec(),
            decisions: decisions(&heaps, day, model, wording),
        };
        Self {
            names: NUMBERS.map(|(_, name)| wording.say(name, &[])).to_vec(),
            days: days.map(day).collect(),
        }
    }
}

fn put(heaps: &mut BTreeMap<Key, Heap>, entry: &Entry) {
    let Some(told) = TOLD.iter().position(|(word, _)| *word == entry.what) else {
        return;
    };
    let heap = heaps
        .entry((entry.time.day(), told, entry.rule))
        .or_default();
    heap.times += 1;
    heap.sum += entry.value;
    heap.regions.extend(entry.region);
}

fn decisions(
    heaps: &BTreeMap<Key, Heap>,
    day: Day,
    model: &Model,
    wording: Wording<'_>,
) -> Vec<Decision> {
    let of_day = heaps.range((day, 0, None)..(Day(day.0 + 1), 0, None));
    let decision = |((_, told, rule), heap): (&Key, &Heap)| {
        let (word, name) = TOLD[*told];
        let regions = heap.regions.iter();
        let name_of = |region: &RegionIdx| {
            let name = &model.regions[region.idx()].name;
            wording.language.name(name).to_owned()
        };
        Decision {
            what: wording.say(name, &[]),
            times: heap.times,
            amount: amount(word, heap.sum, wording),
            regions: regions.map(name_of).collect(),
            rule: rule
                .map(|rule| rule_name(rule, wording.language))
                .unwrap_or_default(),
            sentence: rule
                .map(|rule| rule_text(rule, wording.language).to_owned())
                .unwrap_or_default(),
        }
    };
    of_day.map(decision).collect()
}

/// The sum of the values of a word, where it is an amount.
fn amount(word: Word, sum: i64, wording: Wording<'_>) -> String {
    let (_, unit, _) = word.describe();
    let summed = SUMMED.iter().find(|(known, _)| *known == unit);
    summed.map_or_else(String::new, |(_, name)| {
        let number = wording.language.number(sum as f64 / PARTS, 1);
        format!("{number} {}", wording.say(*name, &[]))
    })
}

fn phase(record: &PolicyRecord, model: &Model, day: Day) -> String {
    let position = record.days.get(day, DayMeasure::Phase) as usize;
    model
        .phases
        .names
        .get(position)
        .cloned()
        .unwrap_or_default()
}
