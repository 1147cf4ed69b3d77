//! The answer in a few lines of text, for the end of a run.

use serde_json::{Map, Value, json};

use crate::experiment::study_frame::PolicyName;
use crate::report::phrase::{Phrase, phrases};
use crate::report::terminal::{aligned, wrapped};
use crate::report::wording::Wording;
use crate::report::{Evidence, Language, RunFolder};
use crate::statistics::interval::Estimate;

phrases! {
    HEADING =
        "{title}: {worlds}, seed {seed}; in brackets the {level}\u{a0}% interval",
        "{title}: {worlds}, seed {seed}; tussen haakjes het {level}%-interval";
}

const COLUMNS: [Phrase; 5] = [
    Phrase::new("policy", "beleid"),
    Phrase::new("displaced, %", "verdrongen, %"),
    Phrase::new("against baseline", "t.o.v. basis"),
    Phrase::new("COVID, no bed", "COVID, geen bed"),
    Phrase::new("class {c4}+{c5} cut", "klasse {c4}+{c5} niet"),
];

phrases! {
    /// Stands for the baseline in a column of differences from it.
    pub(crate) BASELINE = "baseline", "basis";
    /// Stands for a policy that equals the baseline in every world.
    pub(crate) IDENTICAL = "identical", "identiek";
    BETTER =
        "In {fewer} of every 100 possible {seasons} fewer patients are displaced under “{policy}” than under “{baseline}”, in {more} more.",
        "In {fewer} van elke 100 mogelijke {seasons} worden er minder patiënten verdrongen onder “{policy}” dan onder “{baseline}”, in {more} meer.";
    BETTER_FEW =
        "In {fewer} of {n} simulated {seasons} fewer patients are displaced under “{policy}” than under “{baseline}”, in {more} more. These are too few {seasons} for a conclusion.",
        "In {fewer} van {n} gesimuleerde {seasons} worden er minder patiënten verdrongen onder “{policy}” dan onder “{baseline}”, in {more} meer. Dat zijn te weinig {seasons} voor een conclusie.";
    EQUAL =
        "In every one of {n} simulated {seasons} as many patients are displaced under “{policy}” as under “{baseline}”.",
        "In elk van {n} gesimuleerde {seasons} worden er onder “{policy}” evenveel patiënten verdrongen als onder “{baseline}”.";
    pub(crate) NO_COMPARISON =
        "There is no other policy to compare “{baseline}” with.",
        "Er is geen ander beleid om “{baseline}” mee te vergelijken.";
    pub(crate) NO_PATIENTS =
        "In no simulated {season} is there a critical patient who needs the IC, so none can be displaced.",
        "In geen enkele gesimuleerde {season} is er een kritieke patiënt die IC nodig heeft, dus niemand kan worden verdrongen.";
    /// Where the results of a run are.
    pub(crate) FILES_IN = "Tables and figures: {path}", "Tabellen en figuren: {path}";
}

/// Keys of the estimands in the columns.
const SHOWN: [&str; 4] = [
    "displaced_share",
    "covid_without_bed",
    "operations_cut_class_4",
    "operations_cut_class_5",
];

/// A short table of the policies and one sentence, at most 100 characters wide, for the terminal.
pub fn conclusion(evidence: &Evidence, folder: &RunFolder, language: Language) -> String {
    let frame = evidence.analysis.frame();
    let level = 100.0 * evidence.analysis.confidence().level();
    let wording = Wording::new(language, frame);
    let heading = wording.say(
        HEADING,
        &[
            ("title", language.name(&frame.title)),
            ("worlds", &wording.seasons(evidence.analysis.n())),
            ("seed", &evidence.manifest.seed.to_string()),
            ("level", &language.number(level, 0)),
        ],
    );
    let mut rows = vec![COLUMNS.map(|name| wording.say(name, &[])).to_vec()];
    rows.extend((0..frame.policies.len()).map(|policy| row(evidence, policy, wording)));
    let path = folder.path().display().to_string();
    let files = wording.say(FILES_IN, &[("path", &path)]);
    let table = aligned(&rows);
    let (heading, sentence) = (wrapped(&heading), wrapped(&sentence(evidence, wording)));
    format!("{heading}\n\n{table}\n{sentence}\n{files}\n")
}

/// The same for programs: each policy by its key, with the estimates in the columns.
pub fn as_json(evidence: &Evidence, folder: &RunFolder) -> Value {
    let frame = evidence.analysis.frame();
    let policy = |(policy, name): (usize, &PolicyName)| {
        let estimates =
            SHOWN.map(|key| (key.to_owned(), estimate(&evidence.estimate(policy, key))));
        let difference = evidence.compare(policy, SHOWN[0]).difference;
        json!({
            "policy": name.key,
            "label": name.label.en,
            "estimates": estimates.into_iter().collect::<Map<String, Value>>(),
            "against_baseline": (policy != frame.baseline).then(|| estimate(&difference)),
        })
    };
    json!({
        "folder": folder.path().display().to_string(),
        "run": evidence.manifest.key(),
        "scenario": frame.scenario,
        "seed": evidence.manifest.seed,
        "worlds": evidence.analysis.n(),
        "baseline": frame.policies[frame.baseline].key,
        "policies": frame.policies.iter().enumerate().map(policy).collect::<Value>(),
    })
}

fn estimate(estimate: &Estimate) -> Value {
    let interval = estimate.published();
    json!({
        "value": estimate.value,
        "low": interval.low,
        "high": interval.high,
        "interval": estimate.kind.to_string(),
        "status": estimate.standing().0,
    })
}

fn row(evidence: &Evidence, policy: usize, wording: Wording<'_>) -> Vec<String> {
    let (analysis, language) = (&evidence.analysis, wording.language);
    let [share, without_bed, class_4, class_5] = SHOWN;
    let comparison = evidence.compare(policy, share);
    let difference = if policy == analysis.frame().baseline {
        wording.say(BASELINE, &[])
    } else if comparison.identical {
        wording.say(IDENTICAL, &[])
    } else {
        language.with_interval(&comparison.difference)
    };
    let mean = |key| evidence.estimate(policy, key).value;
    let cut = mean(class_4) + mean(class_5);
    vec![
        language
            .name(&analysis.frame().policies[policy].label)
            .to_owned(),
        language.with_interval(&evidence.estimate(policy, share)),
        difference,
        language.number(mean(without_bed), 0),
        language.number(cut, 0),
    ]
}

/// In how many winters the policy with the least displacement does better than the baseline.
fn sentence(evidence: &Evidence, wording: Wording<'_>) -> String {
    if !evidence.has_patients() {
        return wording.say(NO_PATIENTS, &[]);
    }
    let frame = evidence.analysis.frame();
    let label = |policy: usize| wording.language.name(&frame.policies[policy].label);
    let baseline = label(frame.baseline);
    let Some(best) = evidence.least_displacing() else {
        return wording.say(NO_COMPARISON, &[("baseline", baseline)]);
    };
    let standing = evidence.standing(best);
    let n = u64::from(evidence.analysis.n());
    let (phrase, of_n) = if standing.equal == n {
        (EQUAL, n)
    } else if evidence.can_say_how_likely() {
        (BETTER, 100)
    } else {
        (BETTER_FEW, n)
    };
    let share_of = |worlds: u64| whole_of(worlds, n, of_n).to_string();
    wording.say(
        phrase,
        &[
            ("fewer", &share_of(standing.below)),
            ("more", &share_of(standing.above)),
            ("n", &n.to_string()),
            ("policy", label(best)),
            ("baseline", baseline),
        ],
    )
}

/// `worlds` of `n`, scaled to `of_n`; 0 and `of_n` only where `worlds` is 0 or `n`.
pub(crate) fn whole_of(worlds: u64, n: u64, of_n: u64) -> u64 {
    let rounded = (worlds * of_n + n / 2) / n.max(1);
    if worlds == 0 || worlds == n {
        rounded
    } else {
        rounded.clamp(1, of_n.saturating_sub(1).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_a_hundred_is_all_only_when_it_is_all() {
        assert_eq!(whole_of(999, 1_000, 100), 99, "nearly all");
        assert_eq!(whole_of(1_000, 1_000, 100), 100, "all");
        assert_eq!(whole_of(1, 1_000, 100), 1, "nearly none");
        assert_eq!(whole_of(0, 1_000, 100), 0, "none");
        assert_eq!(whole_of(61, 100, 100), 61, "as it is");
        assert_eq!(whole_of(1, 1, 1), 1, "one of one");
    }
}
