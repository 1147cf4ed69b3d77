//! The answer in a few lines of text, for the end of a run.

use serde_json::{Map, Value, json};

use crate::experiment::study_frame::PolicyName;
use crate::report::answer::Answer;
use crate::report::layout::REPORT;
use crate::report::phrase::phrases;
use crate::report::terminal::{aligned, wrapped};
use crate::report::wording::Wording;
use crate::report::{Evidence, Language, RunFolder};
use crate::statistics::interval::Estimate;

phrases! {
    HEADING =
        "{title}: {worlds}, seed {seed}",
        "{title}: {worlds}, seed {seed}";
    /// Where the results of a run are.
    pub(crate) FILES_IN = "Tables and figures: {path}", "Tabellen en figuren: {path}";
    OPEN = "All of it, with figures: open {path}", "Alles, met figuren: open {path}";
}

/// Keys of the estimands in the columns.
const SHOWN: [&str; 4] = [
    "displaced_share",
    "covid_without_bed",
    "operations_cut_class_4",
    "operations_cut_class_5",
];

/// What the policies are, a table of what comes of them and a few sentences, at most 100 characters wide, for
/// the terminal.
pub fn conclusion(evidence: &Evidence, folder: &RunFolder, language: Language) -> String {
    let frame = evidence.analysis.frame();
    let wording = Wording::new(language, frame);
    let answer = Answer::new(evidence, wording);
    let gaps = [
        ("title", language.name(&frame.title)),
        ("worlds", &wording.seasons(evidence.analysis.n())),
        ("seed", &evidence.manifest.seed.to_string()),
    ];
    let heading = wrapped(&wording.say(HEADING, &gaps));
    let policies = answer.policies().into_iter();
    let policies: Vec<String> = policies
        .map(|(label, description)| wrapped(&format!("{label}: {description}")))
        .collect();
    let mut rows = vec![answer.short_heads().to_vec()];
    let ranking = answer.ranking().into_iter();
    rows.extend(ranking.map(|policy| answer.short_row(policy).to_vec()));
    let sentences = answer.sentences().into_iter();
    let sentences = sentences.chain(answer.price()).chain(answer.loans());
    let sentences: Vec<String> = sentences.map(|sentence| wrapped(&sentence)).collect();
    let path = folder.path().join(REPORT).display().to_string();
    format!(
        "{heading}\n\n{}\n\n{}\n{}\n\n{}\n\n{}\n",
        policies.join("\n"),
        aligned(&rows),
        wrapped(&answer.legend()),
        sentences.join("\n"),
        wording.say(OPEN, &[("path", &path)])
    )
}

/// The same for programs: each policy by its key, with the estimates in the columns.
pub fn as_json(evidence: &Evidence, folder: &RunFolder) -> Value {
    let frame = evidence.analysis.frame();
    let wording = evidence.wording(Language::En);
    let policy = |(policy, name): (usize, &PolicyName)| {
        let estimates =
            SHOWN.map(|key| (key.to_owned(), estimate(&evidence.estimate(policy, key))));
        let difference = evidence.compare(policy, SHOWN[0]).difference;
        json!({
            "policy": name.key,
            "label": name.label.en,
            "estimates": estimates.into_iter().collect::<Map<String, Value>>(),
            "middle_80": middle_80(Answer::new(evidence, wording), policy),
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

/// The displaced shares between which 8 in 10 worlds lie.
fn middle_80(answer: Answer<'_>, policy: usize) -> Value {
    let range = answer.range(policy);
    range.map_or(Value::Null, |range| json!([range.low, range.high]))
}
