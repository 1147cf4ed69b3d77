//! What each rule of a policy does: a table for the terminal and one as CSV.

use core::fmt::Write as _;
use std::path::Path;

use crate::experiment::StudyFrame;
use crate::experiment::ablation::RuleEffect;
use crate::experiment::estimand::Estimand;
use crate::policy::registry::entry;
use crate::report::cell::Cell;
use crate::report::column::{Column, ESTIMAND, POLICY, UNCERTAINTY, UNIT, estimate_cells};
use crate::report::comparisons::P_HOLM;
use crate::report::phrase::{Phrase, phrases};
use crate::report::rule_names::rule_name;
use crate::report::table::Table;
use crate::report::terminal::{aligned, wrapped};
use crate::report::unfinished::Unfinished;
use crate::report::wording::Wording;
use crate::report::{Language, ReportError, comparisons};
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::Status;

/// Name of the table.
pub const FILE: &str = "ablation.csv";

phrases! {
    HEADING =
        "{title}: “{policy}” without each of its rules in turn, {worlds}, seed {seed}; {key} in {unit}, with the {level}% interval. A value above zero means that the rule lowers the result.",
        "{title}: “{policy}” telkens zonder één van de regels, {worlds}, seed {seed}; {key} in {unit}, met het {level}%-interval. Een waarde boven nul betekent dat de regel de uitkomst verlaagt.";
    UNCHANGED =
        "Without {n} of {m} rules no {season} changes: {rules}.",
        "Zonder {n} van de {m} regels verandert geen enkele {season}: {rules}.";
    TOO_FEW = "too few {seasons}", "te weinig {seasons}";
    pub(crate) WITHOUT_IT = "change without it", "verandering zonder";
}

const HEADER: [Phrase; 3] = [
    Phrase::new("rule", "regel"),
    WITHOUT_IT,
    Phrase::new("p (Holm)", "p (Holm)"),
];

#[rustfmt::skip]
pub(crate) const TABLE: Table = Table::new(FILE, "one rule that is switched off", &[
    &[
        POLICY,
        Column("rule", "", "number of the rule that is switched off"),
        Column("sentence", "", "what the rule says, in short"),
        ESTIMAND,
        UNIT,
        Column("difference", "see unit", "the policy without the rule minus the policy as it is, in the same worlds"),
    ],
    &UNCERTAINTY,
    &[P_HOLM],
]);

/// An ablation with what its report needs.
#[derive(Debug, Clone)]
pub struct AblationReport<'a> {
    /// The study; the whole policy is its baseline.
    pub frame: &'a StudyFrame,
    /// The estimand whose change is reported.
    pub estimand: &'static Estimand,
    /// By rule, in the order of the report.
    pub effects: &'a [RuleEffect],
    /// Number of worlds.
    pub n: u32,
    /// Master seed.
    pub seed: u64,
    /// Level of the intervals.
    pub confidence: Confidence,
}

impl AblationReport<'_> {
    /// The table for the terminal, at most 100 characters wide.
    pub fn text(&self, language: Language) -> String {
        let wording = Wording::new(language, self.frame);
        let heading = wording.say(
            HEADING,
            &[
                ("title", language.name(&self.frame.title)),
                ("policy", self.label(language)),
                ("worlds", &wording.seasons(self.n)),
                ("seed", &self.seed.to_string()),
                ("key", self.estimand.key),
                ("unit", self.estimand.unit),
                ("level", &self.level(language)),
            ],
        );
        let mut rows = vec![HEADER.map(|name| wording.say(name, &[])).to_vec()];
        let differs = |effect: &&RuleEffect| !effect.comparison.identical;
        rows.extend(
            self.effects
                .iter()
                .filter(differs)
                .map(|one| row(one, wording)),
        );
        let mut text = format!("{}\n\n{}", wrapped(&heading), aligned(&rows));
        if let Some(sentence) = self.identical(language) {
            let _ = writeln!(text, "\n{}", wrapped(&sentence));
        }
        text
    }

    /// Writes the table into `folder`, complete or not at all.
    ///
    /// # Errors
    /// [`ReportError::File`].
    pub fn save(&self, folder: &Path) -> Result<(), ReportError> {
        let mut file = Unfinished::begin(&folder.join(FILE))?;
        TABLE.write(&mut file, |rows| {
            let mut effects = self.effects.iter();
            effects.try_for_each(|effect| rows.push(&self.cells(effect)))
        })?;
        file.finish()
    }

    fn cells(&self, effect: &RuleEffect) -> Vec<Cell<'_>> {
        let mut cells: Vec<Cell<'_>> = vec![
            self.frame.policies[0].key.as_str().into(),
            format!("{:?}", effect.rule).into(),
            entry(effect.rule).map_or("", |entry| entry.text).into(),
            self.estimand.key.into(),
            self.estimand.unit.into(),
        ];
        let mut fields = estimate_cells(&effect.comparison.difference);
        if effect.comparison.identical {
            comparisons::mark_identical(&mut fields);
        }
        cells.extend(fields);
        cells.push(comparisons::printed_p(effect.p_holm));
        cells
    }

    /// The name of the policy in a language.
    pub(crate) fn label(&self, language: Language) -> &str {
        language.name(&self.frame.policies[0].label)
    }

    /// The level of the intervals in percent.
    pub(crate) fn level(&self, language: Language) -> String {
        language.number(100.0 * self.confidence.level(), 0)
    }

    /// Which rules change nothing in any world; `None` when all change something.
    pub(crate) fn identical(&self, language: Language) -> Option<String> {
        let same = self.effects.iter().filter(|one| one.comparison.identical);
        let mut rules: Vec<_> = same.map(|one| one.rule).collect();
        rules.sort_unstable();
        let list: Vec<String> = rules.iter().map(|rule| format!("{rule:?}")).collect();
        let gaps = [
            ("n", rules.len().to_string()),
            ("m", self.effects.len().to_string()),
            ("rules", list.join(", ")),
        ];
        let gaps = gaps.each_ref().map(|(name, text)| (*name, text.as_str()));
        (!rules.is_empty()).then(|| Wording::new(language, self.frame).say(UNCHANGED, &gaps))
    }
}

fn row(effect: &RuleEffect, wording: Wording<'_>) -> Vec<String> {
    let language = wording.language;
    let difference = &effect.comparison.difference;
    let standing = match (difference.status, effect.p_holm) {
        (Status::Insufficient { .. }, _) => wording.say(TOO_FEW, &[]),
        (_, Some(p)) if p < 0.001 => format!("< {}", language.number(0.001, 3)),
        (_, Some(p)) => language.number(p, 3),
        (_, None) => "-".to_owned(),
    };
    vec![
        rule_name(effect.rule, language),
        language.with_interval(difference),
        standing,
    ]
}
