//! All sentences of all documents: which can be struck out, and the page that lists them.

use crate::policy::levers::Policy;
use crate::policy::plan::Binding;
use crate::policy::sentence::{Entry, Role, Sentence};
use crate::policy::{clinics_2021, framework_2020, lnaz_plan, supplement_2021};
use crate::units::Day;

/// A policy document.
#[derive(Debug)]
pub struct Document {
    sentences: &'static [Entry],
    /// Key of its first day in a policy.
    pub date: &'static str,
    /// Its first day under a policy, if it is ever in force.
    pub starts: fn(&Policy) -> Option<Day>,
    /// Its name where phases say what binds in them; `None` for the plan, which acts in all.
    pub binding: Option<Binding>,
    /// First day on which a sentence of it can act.
    acts_from: fn(&Policy) -> Option<Day>,
}

/// The documents, in the order of their letters.
pub const DOCUMENTS: &[Document] = &[
    Document {
        sentences: framework_2020::SENTENCES,
        date: "framework_from",
        starts: |policy| policy.framework_from,
        binding: Some(Binding::Framework),
        acts_from: |policy| policy.framework_from,
    },
    Document {
        sentences: supplement_2021::SENTENCES,
        date: "supplement_from",
        starts: |policy| policy.supplement_from,
        binding: Some(Binding::Supplement),
        acts_from: |policy| policy.supplement_from,
    },
    Document {
        sentences: lnaz_plan::SENTENCES,
        date: "plan_from",
        starts: |policy| policy.plan_from,
        binding: None,
        acts_from: |policy| policy.plan_from,
    },
    Document {
        sentences: clinics_2021::SENTENCES,
        date: "clinic_policy_from",
        starts: |policy| policy.clinic_policy_from,
        binding: Some(Binding::Clinics),
        acts_from: Policy::later_documents_from,
    },
];

/// The documents in which some sentence has a setting as its lever, or one below or above it.
pub fn documents_with(lever: &str) -> impl Iterator<Item = &'static Document> {
    let documents = DOCUMENTS.iter();
    documents.filter(move |document| document.sentences.iter().any(|entry| turns(entry, lever)))
}

/// Numbers of the sentences that have a setting as their lever, or one below or above it.
pub fn sentences_turned_by(lever: &str) -> Vec<String> {
    let turned = entries().filter(|entry| turns(entry, lever));
    turned.map(|entry| entry.id.to_string()).collect()
}

fn turns(entry: &Entry, lever: &str) -> bool {
    let below = |one: &str, other: &str| one.starts_with(&format!("{other}."));
    let is_meant = |known: &str| known == lever || below(known, lever) || below(lever, known);
    entry.levers.iter().any(|known| is_meant(known))
}

/// All sentences, in the order of the documents.
pub fn entries() -> impl Iterator<Item = &'static Entry> + Clone {
    DOCUMENTS.iter().flat_map(|document| document.sentences)
}

/// The entry of `sentence`; `None` when no document has it.
pub fn entry(sentence: Sentence) -> Option<&'static Entry> {
    entries().find(|entry| entry.id == sentence)
}

/// The sentences that `policy` has on and can strike out, and whose document comes into force before
/// `end`. Loans follow the clinics' policy from the supplement on.
pub fn sentences_on(policy: &Policy, end: Day) -> Vec<Sentence> {
    let with_start = |document: &'static Document| {
        let of = move |entry: &'static Entry| match entry.id {
            Sentence::Z01 => (entry, clinics_2021::forced_from(&policy.phases)),
            _ => (entry, (document.acts_from)(policy)),
        };
        document.sentences.iter().map(of)
    };
    let dated = DOCUMENTS.iter().flat_map(with_start);
    dated
        .filter(|(entry, _)| entry.is_switch() && policy.has(entry.id))
        .filter(|(_, start)| start.is_some_and(|start| start < end))
        .map(|(entry, _)| entry.id)
        .collect()
}

/// The numbers of all sentences, as an error tells them: `A01 to A47 and Z01 to Z30`.
pub fn numbers() -> String {
    let ids: Vec<String> = entries().map(|entry| entry.id.to_string()).collect();
    let of_one_series = |ids: &[String]| format!("{} to {}", ids[0], ids[ids.len() - 1]);
    let series = ids.chunk_by(|one, next| one[..1] == next[..1]);
    series.map(of_one_series).collect::<Vec<_>>().join(" and ")
}

/// The page that says of each sentence what it is and whether it can be struck out, in Markdown.
pub fn markdown() -> String {
    let rows = entries().map(|entry| {
        let kinds: Vec<&str> = entry.kinds.iter().map(|kind| kind.letter()).collect();
        let (id, text, kinds) = (entry.id, entry.text, kinds.join(", "));
        let role = match entry.role {
            Role::Switch(name, _) => name.to_owned(),
            Role::Always(reason) => format!("always: {reason}"),
            Role::NotModeled(reason) => format!("not modeled: {reason}"),
        };
        format!("| {id} | {text} | {kinds} | {role} |\n")
    });
    INTRODUCTION.to_owned() + &rows.collect::<String>()
}

/// What stands above the table.
const INTRODUCTION: &str = "\
# Rules

Every sentence of the two policy documents, as a rule of the simulation. A is the supplement of 18
November 2021 to the temporary policy framework, Z the policy of the clinics' association ZKN of 9
December 2021; the sentences are given in short, in our own words. L is the scale-up plan of the LNAZ,
of which the public parts are put into five sentences; L06 is of other plans. `zorgdruk rules` lists their levers.
The file of a document in `src/policy` says what each sentence changes; its test in `tests/it/rules`
begins with its number.

Types: D decision, T trigger, K constraint, P parameter, I information, O output, N not modeled.

A rule in `disabled_rules` of a policy is off: what remains is what would happen without the sentence.
Rules of the plan act in every phase. Rules of the framework and the supplement act in the phases that
bind them (A11), in the Netherlands 2A to 2D, each from its first day; the framework goes on in phase 3,
and the clinics' policy acts from phase 2A on. Before its document is in force, and for A rules outside these
phases, a switch undoes nothing. Where a text leaves something open, a lever decides and no reading is
built in. What a switch does where that is not plain:

- A04 off: nobody prepares for the forecast, and no bed is kept; hospitals free people once their own beds
  are full. The orders of the plan stay.
- A05 off: classes are cut in proportion, and nurses are stretched to `hardest_beds_per_nurse`, so that there
  are more beds and more strain.
- A07 off: reports are read a week late. A39 off: reports are renewed on Mondays only.
- A13 off: no freed people go to other hospitals of the region, and no region takes more than its share.
- A15 off: patients move between regions only where beds are lacking.
- L01 to L06 off: no phase limits activity, orders or bounds beds, has classes 4 and 5 stopped, moves patients,
  keeps them from the IC, or keeps beds for them. L05 acts only where a phase gives `longest_ic_stay_days`, which none of the shipped
  scenarios does.
- A14 off: agreements are free of obligation, and kept half as often.
- A17 off: no fatigue, and hospitals prepare by the forecast.
- A20 off: dates are only cancelled on the day.
- A24 off: protection ends as soon as a lighter phase begins, and classes restart in proportion.
- A25 off: weekly meetings only. A26 off: an agreement needs all hospitals of the region.
- A43 and Z27 off: clinics scale down as hospitals do for class 4, through phase 2D and in phase 3.
- A08, A34 and Z12 off: money is neutral. A33 off: hospitals are not made up for a shift of care.
- Z07 off: hospitals ask without specifying. Z08 off: requests wait a week for the clinics' meeting.
- Z18 and Z19 off: all workers are listed and clear. Z22 and Z30 off: willingness stays as it was before
  the survey, or before the threat.
- Z24 off: an inventory is made when it is needed, and nothing was prepared.
- Z15 off: loans do not wait until no people are left to exchange. Z23 off: lent hours serve all classes.
- Z25 off: staff work the next morning without induction. Z26 off: a team goes on without a member.

| id | sentence, in short | type | name of its switch, or why it has none |
|---|---|---|---|
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_ascend_and_every_entry_says_something() {
        let ids: Vec<Sentence> = entries().map(|entry| entry.id).collect();
        assert!(ids.is_sorted_by(|a, b| a < b), "in the order of the texts");
        for entry in entries() {
            assert!(!entry.kinds.is_empty(), "{} is of some kind", entry.id);
            for text in [entry.text, entry.dutch] {
                assert!(text.ends_with('.'), "{} is a sentence", entry.id);
            }
            assert_ne!(entry.text, entry.dutch, "{} in two languages", entry.id);
            let is_left_out = matches!(entry.role, Role::NotModeled(_));
            let has_levers = !entry.levers.is_empty();
            assert!(!(is_left_out && has_levers), "{} has no levers", entry.id);
        }
    }

    #[test]
    fn each_document_has_its_own_first_day() {
        let dates = |lever: &str| -> Vec<&str> {
            documents_with(lever)
                .map(|document| document.date)
                .collect()
        };
        let clinics = dates("policy.finance.most_uncompensated_euros");
        assert_eq!(clinics, ["clinic_policy_from"], "a lever of Z10");
        for (n, document) in DOCUMENTS.iter().enumerate() {
            let day = Some(Day(u16::try_from(n).expect("few documents")));
            let mut policy = Policy::inert();
            match document.date {
                "framework_from" => policy.framework_from = day,
                "supplement_from" => policy.supplement_from = day,
                "plan_from" => policy.plan_from = day,
                _ => policy.clinic_policy_from = day,
            }
            assert_eq!((document.starts)(&policy), day, "{}", document.date);
            assert_eq!((document.acts_from)(&policy), day, "{}", document.date);
        }
    }

    #[test]
    fn sentences_differ_from_each_other() {
        let mut texts: Vec<&str> = entries().map(|entry| entry.text).collect();
        texts.sort_unstable();
        let n = texts.len();
        texts.dedup();
        // Z09 repeats A32 word for word in the documents.
        assert_eq!(texts.len(), n - 1, "one sentence stands in both documents");
    }
}
