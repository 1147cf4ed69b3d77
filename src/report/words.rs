//! Every word that a reader of figures and conclusions sees, in each language.

use serde::{Deserialize, Serialize};

use crate::statistics::interval::Estimate;

/// The language of a reader; the way numbers are written follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English: 1,234.5
    En,
    /// Dutch: 1.234,5
    Nl,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::En, Self::Nl];

    /// Its code in RFC 5646.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }

    /// What follows a number of percent.
    pub const fn percent(self) -> &'static str {
        match self {
            Self::En => "\u{a0}%",
            Self::Nl => "%",
        }
    }

    /// A sentence with its gaps, such as `{n}`, filled.
    pub fn say(self, word: Word, gaps: &[(&str, &str)]) -> String {
        let (_, en, nl) = TABLE[word as usize];
        let sentence = match self {
            Self::En => en,
            Self::Nl => nl,
        };
        gaps.iter()
            .fold(sentence.to_owned(), |text, (gap, filling)| {
                text.replace(&format!("{{{gap}}}"), filling)
            })
    }

    /// A number with `decimals` decimals and its thousands set apart.
    pub fn number(self, value: f64, decimals: usize) -> String {
        let (thousands, mark) = match self {
            Self::En => (',', '.'),
            Self::Nl => ('.', ','),
        };
        let digits = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut text = String::new();
        if value < 0.0 && digits.contains(|c: char| ('1'..='9').contains(&c)) {
            text.push('\u{2212}');
        }
        for (idx, digit) in whole.chars().enumerate() {
            if idx > 0 && (whole.len() - idx).is_multiple_of(3) {
                text.push(thousands);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(mark);
            text.push_str(fraction);
        }
        text
    }

    /// A day of the year: `4 October`.
    pub fn date(self, date: jiff::civil::Date) -> String {
        let months = match self {
            Self::En => MONTHS_EN,
            Self::Nl => MONTHS_NL,
        };
        let month = usize::try_from(date.month() - 1).unwrap_or_default();
        format!("{} {}", date.day(), months[month])
    }

    /// The value of an estimate with as many decimals as its interval supports.
    pub fn value(self, estimate: &Estimate) -> String {
        if !estimate.value.is_finite() {
            return "-".to_owned();
        }
        self.number(estimate.value, decimals(estimate))
    }

    /// The value of an estimate and its interval: `18.4 (17.9 to 18.9)`.
    pub fn with_interval(self, estimate: &Estimate) -> String {
        let value = self.value(estimate);
        let interval = estimate.published();
        if !estimate.value.is_finite() || !interval.is_bounded() {
            return value;
        }
        let end = |end| self.number(end, decimals(estimate));
        let (low, high) = (end(interval.low), end(interval.high));
        self.say(
            Word::ValueWithInterval,
            &[("value", &value), ("low", &low), ("high", &high)],
        )
    }
}

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// Decimals, at most 2, so that one step of the last digit is no larger than the interval's reach and
/// no smaller than a tenth of it.
pub fn decimals(estimate: &Estimate) -> usize {
    let reach = estimate.reach();
    if !reach.is_finite() || reach >= 1.0 {
        0
    } else if reach >= 0.1 || reach <= 0.0 {
        1
    } else {
        2
    }
}

/// A sentence or label. Gaps in braces are filled when it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table says what each word is")]
pub enum Word {
    ValueWithInterval,
    Worlds,
    Policy,
    DisplacedPercent,
    AgainstBaseline,
    CovidWithoutBed,
    ClassFourFiveCut,
    Baseline,
    Identical,
    WinterSentence,
    WinterSentenceFew,
    NoComparison,
    NoPatients,
    FilesIn,
    Caption,
    MonteCarloBars,
    MonteCarloBands,
    PredictionBands,
    HeatMarks,
    Disrupted,
    Displaced,
    Attributable,
    OnTimeOwn,
    OnTimeInRegion,
    OnTimeElsewhere,
    LateOwn,
    LateElsewhere,
    BecameAcute,
    DiedOrUnfit,
    Withdrew,
    UntreatedOverdue,
    UntreatedNotDue,
    LadderTitle,
    LadderTitleAlone,
    LadderAbout,
    LadderRungs,
    LadderStatuses,
    ForestAbout,
    ForestTitleLess,
    ForestTitleSame,
    ForestTitleUnclear,
    IdenticalSentence,
    DisplacedPoints,
    DisruptedPoints,
    CovidWithoutBedPatients,
    ClassFourOperations,
    OccupancyTitle,
    OccupancyAbout,
    Median,
    AllIcPatients,
    CovidIcPatients,
    OtherIcPatients,
    PhysicalBeds,
    AgreedBeds,
    StaffedBeds,
    HeatTitle,
    HeatTitleTies,
    HeatTitleNone,
    HeatAbout,
    HeatDifference,
    ImpreciseMark,
    SignificantMark,
    Rule,
    WithoutIt,
    Adjusted,
    TooFew,
    AblationHeading,
    AblationIdentical,
    AblationTitle,
    AblationAbout,
    BacktestHeading,
    BacktestSeries,
    BacktestObservations,
    BacktestInside,
    BacktestScore,
    BacktestLastValue,
    BacktestFreeBeds,
    BacktestLegend,
    BacktestCovidIc,
    BacktestOtherIc,
    BacktestOccupiedIc,
    BacktestCovidWard,
    BacktestIcAdmissions,
    BacktestHospitals,
    BacktestOperations,
    BacktestPeak,
    BacktestSlope,
}

/// Each word with its English and Dutch text, in the order of [`Word`].
const TABLE: [(Word, &str, &str); 87] = [
    (
        Word::ValueWithInterval,
        "{value} ({low} to {high})",
        "{value} ({low} tot {high})",
    ),
    (
        Word::Worlds,
        "{title}: {winters}, seed {seed}; in brackets the {level}\u{a0}% interval",
        "{title}: {winters}, seed {seed}; tussen haakjes het {level}%-interval",
    ),
    (Word::Policy, "policy", "beleid"),
    (Word::DisplacedPercent, "displaced, %", "verdrongen, %"),
    (Word::AgainstBaseline, "against baseline", "t.o.v. basis"),
    (Word::CovidWithoutBed, "COVID, no bed", "COVID, geen bed"),
    (Word::ClassFourFiveCut, "class 4+5 cut", "klasse 4+5 niet"),
    (Word::Baseline, "baseline", "basis"),
    (Word::Identical, "identical", "identiek"),
    (
        Word::WinterSentence,
        "In {fewer} of every 100 possible winters fewer patients are displaced under “{policy}” than under \
         “{baseline}”, in {more} more.",
        "In {fewer} van elke 100 mogelijke winters worden er minder patiënten verdrongen onder “{policy}” \
         dan onder “{baseline}”, in {more} meer.",
    ),
    (
        Word::WinterSentenceFew,
        "In {fewer} of {n} simulated winters fewer patients are displaced under “{policy}” than \
         under “{baseline}”, in {more} more; too few winters to conclude from.",
        "In {fewer} van {n} gesimuleerde winters worden er minder patiënten verdrongen onder \
         “{policy}” dan onder “{baseline}”, in {more} meer; te weinig winters voor een conclusie.",
    ),
    (
        Word::NoComparison,
        "There is no other policy to compare “{baseline}” with.",
        "Er is geen ander beleid om “{baseline}” mee te vergelijken.",
    ),
    (
        Word::NoPatients,
        "In no simulated winter is there a critical patient who needs the IC, so none can be displaced.",
        "In geen enkele gesimuleerde winter is er een kritieke patiënt die IC nodig heeft, dus niemand kan worden verdrongen.",
    ),
    (
        Word::FilesIn,
        "Tables and figures: {path}",
        "Tabellen en figuren: {path}",
    ),
    (
        Word::Caption,
        "Scenario: {scenario}. {winters}. {marks}. Seed {seed}, zorgdruk {version}.",
        "Scenario: {scenario}. {winters}. {marks}. Seed {seed}, zorgdruk {version}.",
    ),
    (
        Word::MonteCarloBars,
        "Bars: {level}\u{a0}% interval of the simulation error, one comparison at a time",
        "Balken: {level}%-interval van de simulatiefout, per vergelijking",
    ),
    (
        Word::MonteCarloBands,
        "Bands: {level}\u{a0}% interval of the simulation error, day by day",
        "Banden: {level}%-interval van de simulatiefout, per dag",
    ),
    (
        Word::PredictionBands,
        "Bands: the share of winters that lie in them, day by day",
        "Banden: het deel van de winters dat erin ligt, per dag",
    ),
    (
        Word::HeatMarks,
        "Marks follow {level}\u{a0}% intervals, cell by cell",
        "Tekens volgen uit {level}%-intervallen, per vak",
    ),
    (
        Word::Disrupted,
        "date moved or cancelled",
        "datum verzet of afgezegd",
    ),
    (Word::Displaced, "displaced", "verdrongen"),
    (
        Word::Attributable,
        "displaced because of the wave",
        "verdrongen door de golf",
    ),
    (
        Word::OnTimeOwn,
        "in time, own hospital",
        "op tijd, eigen ziekenhuis",
    ),
    (
        Word::OnTimeInRegion,
        "in time, in the region",
        "op tijd, in de regio",
    ),
    (
        Word::OnTimeElsewhere,
        "in time, elsewhere",
        "op tijd, elders",
    ),
    (
        Word::LateOwn,
        "late, own hospital",
        "te laat, eigen ziekenhuis",
    ),
    (Word::LateElsewhere, "late, elsewhere", "te laat, elders"),
    (Word::BecameAcute, "became acute", "acuut geworden"),
    (
        Word::DiedOrUnfit,
        "died or unfit",
        "overleden of niet meer fit",
    ),
    (Word::Withdrew, "withdrew", "afgezien van operatie"),
    (
        Word::UntreatedOverdue,
        "overdue, untreated",
        "over de norm, niet behandeld",
    ),
    (
        Word::UntreatedNotDue,
        "not yet due",
        "nog niet aan de beurt",
    ),
    (
        Word::LadderTitle,
        "{share}\u{a0}% of critical patients who need the IC are displaced under “{baseline}”, {other_share}\u{a0}% under “{other}”",
        "{share}% van de kritieke patiënten die IC nodig hebben wordt verdrongen onder “{baseline}”, {other_share}% onder “{other}”",
    ),
    (
        Word::LadderTitleAlone,
        "{share}\u{a0}% of critical patients who need the IC are displaced under “{baseline}”",
        "{share}% van de kritieke patiënten die IC nodig hebben wordt verdrongen onder “{baseline}”",
    ),
    (
        Word::LadderAbout,
        "IC-dependent class 3 patients indicated in the window, percent",
        "IC-afhankelijke patiënten van klasse 3, geïndiceerd in het venster, procent",
    ),
    (
        Word::LadderRungs,
        "Ever stricter definitions",
        "Steeds strengere definities",
    ),
    (
        Word::LadderStatuses,
        "What became of everyone",
        "Hoe het iedereen verging",
    ),
    (
        Word::ForestAbout,
        "Differences to the baseline in the same winters",
        "Verschillen met de basis in dezelfde winters",
    ),
    (
        Word::ForestTitleLess,
        "“{other}” displaces {points} percentage points fewer critical patients than “{baseline}”",
        "“{other}” verdringt {points} procentpunt minder kritieke patiënten dan “{baseline}”",
    ),
    (
        Word::ForestTitleSame,
        "No policy differs from “{baseline}” in the critical patients whom it displaces",
        "Geen beleid verschilt van “{baseline}” in de kritieke patiënten die het verdringt",
    ),
    (
        Word::ForestTitleUnclear,
        "No policy clearly displaces fewer critical patients than “{baseline}”",
        "Geen beleid verdringt duidelijk minder kritieke patiënten dan “{baseline}”",
    ),
    (
        Word::IdenticalSentence,
        "equal in every winter",
        "gelijk in elke winter",
    ),
    (
        Word::DisplacedPoints,
        "Displaced, percentage points",
        "Verdrongen, procentpunten",
    ),
    (
        Word::DisruptedPoints,
        "Date moved or cancelled, percentage points",
        "Datum verzet of afgezegd, procentpunten",
    ),
    (
        Word::CovidWithoutBedPatients,
        "COVID patients without a staffed IC bed",
        "COVID-patiënten zonder bemenst IC-bed",
    ),
    (
        Word::ClassFourOperations,
        "Class 4 operations not done",
        "Operaties van klasse 4 die niet doorgingen",
    ),
    (
        Word::OccupancyTitle,
        "Under “{baseline}” the IC peaks at {patients} patients around {date}, with {staffed} staffed beds, in the median winter",
        "Onder “{baseline}” piekt de IC rond {date} op {patients} patiënten bij {staffed} bemenste bedden, in de mediane winter",
    ),
    (
        Word::OccupancyAbout,
        "IC patients and beds, national, each morning",
        "IC-patiënten en -bedden, landelijk, elke ochtend",
    ),
    (Word::Median, "median", "mediaan"),
    (Word::AllIcPatients, "all IC patients", "alle IC-patiënten"),
    (Word::CovidIcPatients, "COVID patients", "COVID-patiënten"),
    (Word::OtherIcPatients, "other patients", "andere patiënten"),
    (Word::PhysicalBeds, "beds in place", "aanwezige bedden"),
    (Word::AgreedBeds, "agreed beds", "afgesproken bedden"),
    (Word::StaffedBeds, "staffed beds", "bemenste bedden"),
    (
        Word::HeatTitle,
        "Displacement is most likely in {region} in {week}: in {percent}\u{a0}% of the winters under “{baseline}”",
        "Verdringing is het waarschijnlijkst in {region} in {week}: in {percent}% van de winters onder “{baseline}”",
    ),
    (
        Word::HeatTitleTies,
        "Displacement is most likely in {n} region-weeks, of which {region} in {week} is the first: in {percent}\u{a0}% of the winters under “{baseline}”",
        "Verdringing is het waarschijnlijkst in {n} regioweken, waarvan {region} in {week} de eerste is: in {percent}% van de winters onder “{baseline}”",
    ),
    (
        Word::HeatTitleNone,
        "No critical patient of any region is displaced in any winter under “{baseline}”",
        "In geen enkele winter wordt een kritieke patiënt uit enige regio verdrongen onder “{baseline}”",
    ),
    (
        Word::HeatAbout,
        "Winters in which a critical patient of the region becomes displaced in the week, percent",
        "Winters waarin een kritieke patiënt uit de regio in die week wordt verdrongen, procent",
    ),
    (
        Word::HeatDifference,
        "Percentage points, “{other}” minus “{baseline}”",
        "Procentpunten, “{other}” min “{baseline}”",
    ),
    (
        Word::ImpreciseMark,
        "known to no better than 10 points",
        "niet beter bekend dan op 10 punten",
    ),
    (Word::SignificantMark, "differs from 0", "verschilt van 0"),
    (Word::Rule, "rule", "regel"),
    (Word::WithoutIt, "change without it", "verandering zonder"),
    (Word::Adjusted, "p (Holm)", "p (Holm)"),
    (Word::TooFew, "too few winters", "te weinig winters"),
    (
        Word::AblationHeading,
        "{title}: “{policy}” without each of its rules in turn, {winters}, seed {seed}; \
         {key} in {unit}, with the {level}\u{a0}% interval. Above zero the rule keeps it down.",
        "{title}: “{policy}” zonder elk van zijn regels om de beurt, {winters}, seed {seed}; \
         {key} in {unit}, met het {level}%-interval. Boven nul houdt de regel het laag.",
    ),
    (
        Word::AblationIdentical,
        "Without {n} of {m} rules no winter changes: {rules}.",
        "Zonder {n} van de {m} regels verandert geen enkele winter: {rules}.",
    ),
    (
        Word::AblationTitle,
        "Under “{policy}”, switching off {rule} changes the result most: {value} {unit}",
        "Onder “{policy}” verandert het uitzetten van {rule} de uitkomst het meest: {value} {unit}",
    ),
    (
        Word::AblationAbout,
        "{name}, {unit}: change without the rule, in the same winters. Right of zero the rule keeps it down.",
        "{name}, {unit}: verandering zonder de regel, in dezelfde winters. Rechts van nul houdt de regel het laag.",
    ),
    (
        Word::BacktestHeading,
        "{title}, “{policy}”, against {file}: {winters}, seed {seed}",
        "{title}, “{policy}”, naast {file}: {winters}, seed {seed}",
    ),
    (Word::BacktestSeries, "series", "reeks"),
    (Word::BacktestObservations, "observed", "waargenomen"),
    (Word::BacktestInside, "in 80 % band", "in 80%-band"),
    (Word::BacktestScore, "WIS", "WIS"),
    (Word::BacktestLastValue, "last value", "laatste waarde"),
    (Word::BacktestFreeBeds, "bed for everyone", "bed voor ieder"),
    (
        Word::BacktestLegend,
        "WIS: weighted interval score, smaller is better; beside it that of the last value seen before the window, and of the expected wave with a bed for everyone.",
        "WIS: gewogen intervalscore, kleiner is beter; ernaast die van de laatste waarde vóór het venster, en van de verwachte golf met een bed voor iedereen.",
    ),
    (
        Word::BacktestCovidIc,
        "COVID patients on the IC",
        "COVID-patiënten op de IC",
    ),
    (
        Word::BacktestOtherIc,
        "other patients on the IC",
        "andere patiënten op de IC",
    ),
    (
        Word::BacktestOccupiedIc,
        "all patients on the IC",
        "alle patiënten op de IC",
    ),
    (
        Word::BacktestCovidWard,
        "COVID patients on the ward",
        "COVID-patiënten op de afdeling",
    ),
    (
        Word::BacktestIcAdmissions,
        "COVID IC admissions per week",
        "COVID-opnames op de IC per week",
    ),
    (
        Word::BacktestHospitals,
        "hospitals over the six-week norm",
        "ziekenhuizen boven de zeswekennorm",
    ),
    (
        Word::BacktestOperations,
        "operations, % of normal",
        "operaties, % van normaal",
    ),
    (
        Word::BacktestPeak,
        "Peak of {series}: {observed} around {date}; simulated {value} ({low} to {high}, 80 % of winters) around {day}.",
        "Piek van {series}: {observed} rond {date}; gesimuleerd {value} ({low} tot {high}, 80% van de winters) rond {day}.",
    ),
    (
        Word::BacktestSlope,
        "Other IC patients per COVID patient on the IC: {observed} ({least} to {most}); simulated {value} ({low} to {high}, 80 % of winters).",
        "Andere IC-patiënten per COVID-patiënt op de IC: {observed} ({least} tot {most}); gesimuleerd {value} ({low} tot {high}, 80% van de winters).",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::confidence::Confidence;
    use crate::statistics::interval::{Interval, IntervalKind, Method, Status};

    /// The gaps of a sentence, in alphabetical order.
    fn gaps(sentence: &str) -> Vec<&str> {
        let mut gaps: Vec<&str> = sentence
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        gaps.sort_unstable();
        gaps
    }

    #[test]
    fn every_word_stands_in_its_place_and_has_the_same_gaps_in_each_language() {
        for (position, (word, en, nl)) in TABLE.into_iter().enumerate() {
            assert_eq!(word as usize, position, "{word:?}");
            assert!(!en.is_empty() && !nl.is_empty(), "{word:?} says something");
            assert_eq!(gaps(en), gaps(nl), "{word:?}");
        }
    }

    #[test]
    fn numbers_follow_the_language() {
        let cases = [
            (1_234.56, 1, "1,234.6", "1.234,6"),
            (-0.04, 1, "0.0", "0,0"),
            (-1_234_567.0, 0, "\u{2212}1,234,567", "\u{2212}1.234.567"),
        ];
        for (value, decimals, en, nl) in cases {
            assert_eq!(Language::En.number(value, decimals), en, "{value}");
            assert_eq!(Language::Nl.number(value, decimals), nl, "{value}");
        }
    }

    #[test]
    fn decimals_follow_the_interval() {
        let estimate = |half_width| Estimate {
            value: 18.444,
            interval: Interval::around(18.444, half_width),
            kind: IntervalKind::monte_carlo(Confidence::P95, Method::Delta),
            n: 100,
            status: Status::Ok,
        };
        let text = |half_width| Language::En.with_interval(&estimate(half_width));
        assert_eq!(text(5.0), "18 (13 to 23)", "wide");
        assert_eq!(text(0.5), "18.4 (17.9 to 18.9)", "usual");
        assert_eq!(text(0.05), "18.44 (18.39 to 18.49)", "narrow");
        assert_eq!(text(f64::INFINITY), "18", "no interval, no decimals");
    }
}
