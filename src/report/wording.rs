//! The wording of a report: in the language of its reader, with the words of its scenario.

use std::borrow::Cow;

use crate::experiment::StudyFrame;
use crate::model::demand::USUAL_NORM_DAYS;
use crate::model::vocabulary::Vocabulary;
use crate::name::Name;
use crate::report::Language;
use crate::report::phrase::Phrase;
use crate::units::{DAYS_PER_WEEK, UrgencyClass};

/// Numbers up to twelve in words.
const NUMBERS: [Phrase; 12] = [
    Phrase::new("one", "één"),
    Phrase::new("two", "twee"),
    Phrase::new("three", "drie"),
    Phrase::new("four", "vier"),
    Phrase::new("five", "vijf"),
    Phrase::new("six", "zes"),
    Phrase::new("seven", "zeven"),
    Phrase::new("eight", "acht"),
    Phrase::new("nine", "negen"),
    Phrase::new("ten", "tien"),
    Phrase::new("eleven", "elf"),
    Phrase::new("twelve", "twaalf"),
];
/// Singular and plural.
const WEEKS: [Phrase; 2] = [
    Phrase::new("{n} week", "{n} week"),
    Phrase::new("{n} weeks", "{n} weken"),
];
const DAYS: [Phrase; 2] = [
    Phrase::new("{n} day", "{n} dag"),
    Phrase::new("{n} days", "{n} dagen"),
];
/// Nobody's plan, and somebody's.
const PLANS: [Phrase; 2] = [
    Phrase::new("a plan", "een opschalingsplan"),
    Phrase::new(
        "the plan of {committee}",
        "het opschalingsplan van {committee}",
    ),
];
const POSSIBLE_SEASONS: [Phrase; 2] = [
    Phrase::new("{n} possible {season}", "{n} mogelijke {season}"),
    Phrase::new("{n} possible {seasons}", "{n} mogelijke {seasons}"),
];

/// The language of a reader, and what the scenario of a study calls things.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wording<'a> {
    /// The language of the reader.
    pub(crate) language: Language,
    /// Longest acceptable wait of class 3, in days.
    pub(crate) norm_days: u16,
    words: &'a Vocabulary,
    /// Names of the heaviest phase but one, and of the heaviest.
    heavy: [&'a str; 2],
    /// Name of the lightest phase.
    lightest: &'a str,
}

impl<'a> Wording<'a> {
    /// The wording of a study in a language.
    pub(crate) fn new(language: Language, frame: &'a StudyFrame) -> Self {
        let mut phases = frame.phases.iter().rev().map(String::as_str);
        let heaviest = phases.next().unwrap_or_default();
        Self {
            language,
            norm_days: frame.norm_days,
            words: &frame.words,
            heavy: [phases.next().unwrap_or(heaviest), heaviest],
            lightest: frame.phases.first().map_or(heaviest, String::as_str),
        }
    }

    /// The wording in English of a scenario that says nothing; `words` are the usual ones.
    pub(crate) const fn usual(words: &'a Vocabulary) -> Self {
        Self {
            language: Language::En,
            norm_days: USUAL_NORM_DAYS[UrgencyClass::KritiekPlanbareZorg.idx()],
            words,
            heavy: ["2D", "3"],
            lightest: "1",
        }
    }

    /// A phrase with its gaps filled: `{season}`, `{seasons}`, both also with a capital, `{norm}`
    /// (such as `six weeks`), `{days}`, `{country}`, `{area}` and `{areas}` (the words for a region and several), `{Area}`, `{areas_are}`,
    /// `{plan}`, `{c2}` to `{c5}`, `{classes_by}`, `{lightest}`, `{heavy}` and `{heaviest}` (names of phases) are
    /// filled from the scenario, and all others by `fillings`.
    pub(crate) fn say(self, phrase: Phrase, fillings: &[(&str, &str)]) -> String {
        self.fill(phrase.text(self.language), fillings)
    }

    /// A text with its gaps filled, as [`Self::say`] does it. Gaps in a filling stay as they are.
    pub(crate) fn fill(self, text: &str, fillings: &[(&str, &str)]) -> String {
        let mut parts = text.split('{');
        let mut said = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (gap, rest) = part.split_once('}').unwrap_or(("", part));
            match fillings.iter().find(|(name, _)| *name == gap) {
                Some((_, filling)) => said.push_str(filling),
                None => said.push_str(&self.own(gap)),
            }
            said.push_str(rest);
        }
        said
    }

    /// So many possible seasons, in words.
    pub(crate) fn seasons(self, n: u32) -> String {
        let phrase = POSSIBLE_SEASONS[usize::from(n != 1)];
        self.say(phrase, &[("n", &self.language.number(f64::from(n), 0))])
    }

    /// The filling of a gap that the scenario fills.
    fn own(self, gap: &str) -> Cow<'a, str> {
        let words = self.words;
        let of = |name: &'a Name| self.language.name(name).into();
        match gap {
            "season" => of(&words.season),
            "seasons" => of(&words.seasons),
            "Season" => capitalized(&self.own("season")).into(),
            "Seasons" => capitalized(&self.own("seasons")).into(),
            "norm" => self.norm().into(),
            "days" => self.norm_days.to_string().into(),
            "country" => words.country.as_str().into(),
            "area" => of(&words.region),
            "areas" => of(&words.regions),
            "Area" => capitalized(&self.own("area")).into(),
            "areas_are" => self.in_brackets(words.regions_are.as_ref()).into(),
            "plan" => self.plan().into(),
            "classes_by" => self.in_brackets(words.classes_by.as_ref()).into(),
            "c2" => of(&words.classes[0]),
            "c3" => of(&words.classes[1]),
            "c4" => of(&words.classes[2]),
            "c5" => of(&words.classes[3]),
            "lightest" => self.lightest.into(),
            "heavy" => self.heavy[0].into(),
            "heaviest" => self.heavy[1].into(),
            unknown => unreachable!("nothing fills the gap {unknown:?}"),
        }
    }

    /// What is told in brackets behind a word, if anything.
    fn in_brackets(self, name: Option<&Name>) -> String {
        name.map_or(String::new(), |name| {
            format!(" ({})", self.language.name(name))
        })
    }

    /// The plan that has the phases.
    fn plan(self) -> String {
        let committee = self.words.committee.as_ref();
        let whose = committee.map_or("", |name| self.language.name(name));
        self.say(
            PLANS[usize::from(committee.is_some())],
            &[("committee", whose)],
        )
    }

    /// The norm of class 3 in words, in weeks where it is a whole number of weeks.
    fn norm(self) -> String {
        let days = self.norm_days;
        let (n, units) = if days.is_multiple_of(DAYS_PER_WEEK) {
            (days / DAYS_PER_WEEK, WEEKS)
        } else {
            (days, DAYS)
        };
        let word = NUMBERS.get(usize::from(n).wrapping_sub(1));
        let number = word.map_or_else(
            || self.language.number(f64::from(n), 0),
            |word| word.text(self.language).to_owned(),
        );
        self.say(units[usize::from(n != 1)], &[("n", &number)])
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(norm_days: u16, words: Vocabulary) -> StudyFrame {
        StudyFrame {
            scenario: String::new(),
            title: "".into(),
            first_date: jiff::civil::date(2021, 10, 4),
            burn_in_days: 7,
            window_days: 7,
            follow_up_days: 182,
            regions: Vec::new(),
            policies: Vec::new(),
            baseline: 0,
            physical_beds: 0,
            agreed_beds: vec![0; 6],
            phases: vec![String::new(); 6],
            norm_days,
            urgent_permille: 0,
            streams: Vec::new(),
            words,
        }
    }

    #[test]
    fn the_norm_is_told_in_weeks_where_it_is_whole_weeks() {
        const NORM: Phrase = Phrase::new("{norm}", "{norm}");
        for (days, en, nl) in [
            (42, "six weeks", "zes weken"),
            (28, "four weeks", "vier weken"),
            (7, "one week", "één week"),
            (1, "one day", "één dag"),
            (40, "40 days", "40 dagen"),
            (91, "13 weeks", "13 weken"),
        ] {
            let frame = frame(days, Vocabulary::default());
            let said = Language::ALL.map(|language| Wording::new(language, &frame).say(NORM, &[]));
            assert_eq!(said, [en, nl], "{days} days");
        }
    }

    #[test]
    fn a_study_is_told_in_the_words_of_its_scenario() {
        const CLASSES: Phrase = Phrase::new(
            "{n} of {country}: classes {c4} and {c5}",
            "{n} uit {country}: klasse {c4} en {c5}",
        );
        const PLACE: Phrase = Phrase::new(
            "{Area}, {areas}{areas_are}; {plan}; classes{classes_by}",
            "{Area}, {areas}{areas_are}; {plan}; klassen{classes_by}",
        );
        let usual = frame(42, Vocabulary::default());
        let said = Wording::new(Language::Nl, &usual).say(PLACE, &[]);
        assert_eq!(
            said, "Regio, regio's; een opschalingsplan; klassen",
            "nothing said"
        );
        let own = Vocabulary {
            country: "XX".to_owned(),
            season: Name::of("epidemic", "epidemie"),
            seasons: Name::of("epidemics", "epidemieën"),
            region: Name::of("county", "graafschap"),
            regions: Name::of("counties", "graafschappen"),
            regions_are: Some("shires".into()),
            committee: Some(Name::of("the council", "de raad")),
            classes: ["A", "B", "C", "{n}"].map(Name::from),
            classes_by: Some("the board".into()),
        };
        let frame = frame(42, own);
        let [en, nl] = Language::ALL.map(|language| Wording::new(language, &frame));
        assert_eq!(en.seasons(1), "1 possible epidemic", "one");
        assert_eq!(nl.seasons(1_200), "1.200 mogelijke epidemieën", "several");
        let said = en.say(CLASSES, &[("n", "9")]);
        assert_eq!(said, "9 of XX: classes C and {n}", "filled once");
        assert_eq!(
            nl.say(PLACE, &[]),
            "Graafschap, graafschappen (shires); het opschalingsplan van de raad; klassen (the board)"
        );
    }
}
