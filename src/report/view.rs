//! The answer of a run for a page that is filled while worlds arrive: the words and numbers of the report, as
//! data.

use serde::Serialize;

use crate::experiment::analysis::Series;
use crate::experiment::estimand::Estimand;
use crate::experiment::study_frame::RegionName;
use crate::experiment::{Analysis, Measure, ReplicationRecord, StudyFrame};
use crate::report::answer::{Answer, GATE_ABOUT, GATE_OPEN, GATES};
use crate::report::mornings::{self, Mornings};
use crate::report::phrase::Phrase;
use crate::report::wording::Wording;
use crate::report::{Evidence, Language, activity, places};
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::Estimate;

/// What a page compares, in the order of its columns, with the key of the estimand.
#[rustfmt::skip]
const COMPARED: [(&str, Phrase); 5] = [
    ("displaced", Phrase::new("Urgent operations too late", "Kritieke operaties te laat")),
    ("operations_cut_class_45", Phrase::new("Class {c4} and {c5} operations not done", "Vervallen operaties klasse {c4} en {c5}")),
    ("acute_outside_ic", Phrase::new("Acute patients outside the ICU", "Acute patiënten buiten de IC")),
    ("covid_without_bed", Phrase::new("COVID above staffed beds", "COVID boven bemenste bedden")),
    ("covid_exported", Phrase::new("COVID without any place", "COVID zonder enige plaats")),
];

/// Parts of the worlds below the ends of the bands and of the median, as a fan draws them.
const ENDS: [f64; 7] = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

/// What a page shows of a run, in the language of its reader.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    /// Worlds so far.
    pub n: u32,
    /// Headings of the answer's table.
    pub heads: Vec<String>,
    /// Its rows, the policy with the fewest operations too late first.
    pub rows: Vec<ViewRow>,
    /// The answer in sentences, last what loans do.
    pub sentences: Vec<String>,
    /// Where and when most operations come too late; none when none does.
    pub place: Option<String>,
    /// What the numbers are.
    pub explanation: String,
    /// Headings of what is compared.
    pub compared: Vec<String>,
    /// How each policy but the baseline differs from it: the name first, then value and interval.
    pub differences: Vec<Vec<String>>,
    /// Patients and beds.
    pub occupancy: Occupancy,
    /// Where operations come too late.
    pub regions: Regions,
    /// What is left of planned operations.
    pub activity: Activity,
    /// What stopped loans; none in a study without loans.
    pub gates: Option<Gates>,
}

/// A policy in the answer's table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ViewRow {
    /// Key of the policy.
    pub policy: String,
    /// Its cells, its name first.
    pub cells: Vec<String>,
}

/// ICU patients against beds, each morning.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Occupancy {
    /// The finding.
    pub title: String,
    /// What is shown.
    pub about: String,
    /// What the bands are.
    pub marks: String,
    /// Name of what the fan shows.
    pub patients: String,
    /// The mornings, as ISO dates.
    pub dates: Vec<String>,
    /// By policy, in the order of the scenario.
    pub policies: Vec<Fan>,
}

/// The fan of a policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fan {
    /// Name of the policy.
    pub policy: String,
    /// Patients in the ICU below which 2.5, 10, 25, 50, 75, 90 and 97.5 % of the worlds lie, each by morning.
    pub ends: [Vec<f64>; 7],
    /// Beds with their names, by morning.
    pub beds: Vec<(String, Vec<f64>)>,
}

/// Regions on a map of tiles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Regions {
    /// The finding.
    pub title: String,
    /// What is shown.
    pub about: String,
    /// The regions.
    pub tiles: Vec<Tile>,
    /// First days of the weeks, as ISO dates.
    pub weeks: Vec<String>,
    /// By policy, in the order of the scenario.
    pub policies: Vec<RegionShares>,
}

/// A region on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tile {
    /// Its name.
    pub name: String,
    /// Its name on the map.
    pub short_name: String,
    /// Column and row.
    pub place: (u8, u8),
}

/// The regions under a policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegionShares {
    /// Name of the policy.
    pub policy: String,
    /// Weeks with operations too late, in percent, by region.
    pub shares: Vec<f64>,
    /// Worlds with operations too late, in percent, by region and week.
    pub by_week: Vec<Vec<f64>>,
}

/// Operations by week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Activity {
    /// What is shown.
    pub about: String,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// By policy, in the order of the scenario: its name, and percent of normal by class and week; a class is
    /// empty where no percentage exists.
    pub policies: Vec<(String, Vec<Vec<f64>>)>,
}

/// Loan rounds by what became of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gates {
    /// What is shown.
    pub about: String,
    /// What stopped them, last that nothing did.
    pub heads: Vec<String>,
    /// By policy that knows loans: its name first, then rounds.
    pub rows: Vec<Vec<String>>,
}

impl View {
    /// What the worlds so far say.
    pub fn new(evidence: &Evidence, language: Language) -> Self {
        let wording = evidence.wording(language);
        let (answer, analysis) = (Answer::new(evidence, wording), &evidence.analysis);
        let policies = &analysis.frame().policies;
        let row = |policy: usize| ViewRow {
            policy: policies[policy].key.clone(),
            cells: answer.row(policy),
        };
        let sentences = answer.sentences().into_iter();
        let sentences = sentences.chain(answer.price()).chain(answer.loans());
        Self {
            n: analysis.n(),
            heads: answer.heads(),
            rows: answer.ranking().into_iter().map(row).collect(),
            sentences: sentences.collect(),
            place: answer.where_and_when(),
            explanation: answer.explanation(),
            compared: COMPARED.map(|(_, name)| wording.say(name, &[])).to_vec(),
            differences: differences(evidence, wording),
            occupancy: occupancy(analysis, wording),
            regions: regions(analysis, wording),
            activity: of_activity(analysis, wording),
            gates: gates(analysis, wording),
        }
    }
}

/// How a policy of one setting differs from the same policy of another, over pairs of worlds: what
/// [`View::compared`] lists, later minus earlier, as value and interval. Each record holds the policy alone.
pub fn change(
    frame: &StudyFrame,
    pairs: impl Iterator<Item = ReplicationRecord>,
    language: Language,
) -> Vec<String> {
    // Plain, because a lever can change what a world's controls are measured by.
    let mut analysis = Analysis::of_estimands(frame.clone(), Confidence::P95).plain();
    pairs.for_each(|pair| analysis.add(&pair));
    COMPARED
        .map(|(key, _)| told(language, &difference(&analysis, 1, key)))
        .to_vec()
}

fn differences(evidence: &Evidence, wording: Wording<'_>) -> Vec<Vec<String>> {
    let frame = evidence.analysis.frame();
    let others = (0..frame.policies.len()).filter(|policy| *policy != frame.baseline);
    let row = |policy: usize| {
        let cells = COMPARED.map(|(key, _)| {
            told(
                wording.language,
                &difference(&evidence.analysis, policy, key),
            )
        });
        let name = wording.language.name(&frame.policies[policy].label);
        core::iter::once(name.to_owned()).chain(cells).collect()
    };
    others.map(row).collect()
}

/// How a policy differs from the baseline in the estimand called `key`.
fn difference(analysis: &Analysis, policy: usize, key: &str) -> Estimate {
    let position = Estimand::position(key).expect("an estimand of the registry");
    analysis.comparison(policy, position).difference
}

/// A difference with its sign and interval.
fn told(language: Language, difference: &Estimate) -> String {
    let text = language.with_interval(difference);
    if difference.value > 0.0 {
        format!("+{text}")
    } else {
        text
    }
}

fn occupancy(analysis: &Analysis, wording: Wording<'_>) -> Occupancy {
    let mornings = Mornings::of(analysis);
    let say = |phrase| wording.say(phrase, &[]);
    let fan = |policy| Fan {
        policy: label(analysis, policy, wording),
        ends: ENDS.map(|p| mornings.quantile(policy, Series::OccupiedIc, p)),
        beds: mornings
            .beds(policy)
            .map(|(name, beds)| (say(name), beds))
            .to_vec(),
    };
    Occupancy {
        title: mornings.title(wording),
        about: say(mornings::ABOUT),
        marks: say(mornings::MARKS),
        patients: say(mornings::ALL_PATIENTS),
        dates: mornings.dates.iter().map(ToString::to_string).collect(),
        policies: policies(analysis).map(fan).collect(),
    }
}

fn regions(analysis: &Analysis, wording: Wording<'_>) -> Regions {
    let frame = analysis.frame();
    let of_policy = |policy| RegionShares {
        policy: label(analysis, policy, wording),
        shares: places::shares(analysis, policy),
        by_week: places::by_week(analysis, policy),
    };
    let tile = |region: &RegionName| Tile {
        name: wording.language.name(&region.name).to_owned(),
        short_name: wording.language.name(&region.short_name).to_owned(),
        place: region.tile,
    };
    let weeks = frame.window_weeks();
    Regions {
        title: places::title(analysis, wording, &places::shares(analysis, frame.baseline)),
        about: wording.say(places::ABOUT, &[]),
        tiles: frame.regions.iter().map(tile).collect(),
        weeks: weeks
            .map(|week| frame.study().week_start(week).to_string())
            .collect(),
        policies: policies(analysis).map(of_policy).collect(),
    }
}

fn of_activity(analysis: &Analysis, wording: Wording<'_>) -> Activity {
    let classes = 0..activity::CLASSES.len();
    let of_policy = |policy| {
        let percent = |class| activity::percent(analysis, policy, class).unwrap_or_default();
        let by_class = classes.clone().map(percent).collect();
        (label(analysis, policy, wording), by_class)
    };
    let names = activity::CLASSES.map(|(_, name, ..)| wording.say(name, &[]));
    Activity {
        about: wording.say(activity::ABOUT, &[]),
        classes: names.to_vec(),
        policies: policies(analysis).map(of_policy).collect(),
    }
}

fn gates(analysis: &Analysis, wording: Wording<'_>) -> Option<Gates> {
    let all = GATES.into_iter().chain([(Measure::GateOpen, GATE_OPEN)]);
    let (measures, names): (Vec<Measure>, Vec<Phrase>) = all.unzip();
    let row = |policy: usize| {
        let rounds = measures
            .iter()
            .map(|gate| analysis.measure(policy, *gate).mean());
        let rounds: Vec<f64> = rounds.collect();
        let cells = rounds.iter().map(|n| wording.language.number(*n, 1));
        let row = core::iter::once(label(analysis, policy, wording)).chain(cells);
        (rounds.iter().sum::<f64>() > 0.0).then(|| row.collect())
    };
    let rows: Vec<Vec<String>> = policies(analysis).filter_map(row).collect();
    (!rows.is_empty()).then(|| Gates {
        about: wording.say(GATE_ABOUT, &[]),
        heads: names
            .into_iter()
            .map(|name| wording.say(name, &[]))
            .collect(),
        rows,
    })
}

fn policies(analysis: &Analysis) -> impl Iterator<Item = usize> {
    0..analysis.frame().policies.len()
}

fn label(analysis: &Analysis, policy: usize, wording: Wording<'_>) -> String {
    let label = &analysis.frame().policies[policy].label;
    wording.language.name(label).to_owned()
}
