//! Ablation: what changes without each rule of a policy.

use std::path::Path;

use crate::chart::forest::{self, Difference, Forest, ForestPanel, ForestRow};
use crate::chart::svg::Svg;
use crate::chart::theme::Width;
use crate::chart::{ChartError, Words};
use crate::experiment::ablation::RuleEffect;
use crate::report::ablation::{AblationReport, WITHOUT_IT};
use crate::report::figures::figure::save_picture;
use crate::report::figures::sketch::{ANY, MONTE_CARLO_BARS, Origin, drawn, theme};
use crate::report::language::{Language, decimals};
use crate::report::names;
use crate::report::phrase::Phrase;
use crate::report::rule_names::rule_name;
use crate::report::wording::Wording;
use crate::report::{ReportError, layout};

/// Name of the files, without extension.
const NAME: &str = "ablation";
/// The files of the figure.
pub(crate) const PICTURES: [&str; 4] = [
    "ablation.svg",
    "ablation.png",
    "ablation.nl.svg",
    "ablation.nl.png",
];

const TITLE: Phrase = Phrase::new(
    "Under “{policy}”, switching off {rule} changes the result most: {value} {unit}",
    "Onder “{policy}” verandert het uitzetten van {rule} de uitkomst het meest: {value} {unit}",
);
const ABOUT: Phrase = Phrase::new(
    "{name}, {unit}: change without the rule, in the same {seasons}. Right of zero the rule keeps it down.",
    "{name}, {unit}: verandering zonder de regel, in dezelfde {seasons}. Rechts van nul houdt de regel het laag.",
);

/// Draws the ablation into `folder`, as SVG and PNG; its numbers are the table beside it. Whether
/// there was enough to draw: a rule that changes something, and intervals.
///
/// # Errors
/// [`ReportError::Figure`] when it cannot be drawn, [`ReportError::File`] when it cannot be written.
pub fn draw_ablation(
    report: &AblationReport<'_>,
    folder: &Path,
    language: Language,
) -> Result<bool, ReportError> {
    let Some(svg) = draw(report, language).map_err(ReportError::figure(NAME))? else {
        return Ok(false);
    };
    let picture = layout::picture(NAME, language, Width::Page);
    save_picture(&svg, (NAME, &picture), folder)?;
    Ok(true)
}

fn draw(report: &AblationReport<'_>, language: Language) -> Result<Option<Svg>, ChartError> {
    let effects = report.effects.iter();
    let effects: Vec<&RuleEffect> = effects.filter(|one| !one.comparison.identical).collect();
    let rows: Option<Vec<ForestRow>> = effects.iter().map(|one| row(one, language)).collect();
    let Some(rows) = rows.filter(|rows| !rows.is_empty()) else {
        return Ok(None);
    };
    let supported = effects
        .iter()
        .map(|one| decimals(&one.comparison.difference));
    let forest = Forest {
        words: words(report, effects[0], language),
        panels: vec![ForestPanel {
            title: Wording::new(language, report.frame).say(WITHOUT_IT, &[]),
            decimals: supported.max().unwrap_or(0),
            rows,
        }],
    };
    forest::draw(&forest, &theme(language)?).map(Some)
}

fn row(effect: &RuleEffect, language: Language) -> Option<ForestRow> {
    Some(ForestRow {
        policy: rule_name(effect.rule, language),
        difference: Difference::Estimated(drawn(&effect.comparison.difference, ANY)?),
        color: 0,
    })
}

fn words(report: &AblationReport<'_>, first: &RuleEffect, language: Language) -> Words {
    let wording = Wording::new(language, report.frame);
    let gaps = [
        ("policy", report.label(language)),
        ("rule", &rule_name(first.rule, language)),
        ("value", &language.value(&first.comparison.difference)),
        (
            "name",
            &wording.say(names::estimand(report.estimand.key), &[]),
        ),
        (
            "unit",
            &wording.say(names::unit_of_difference(report.estimand.unit), &[]),
        ),
        ("level", &report.level(language)),
    ];
    let [title, about, mut marks] =
        [TITLE, ABOUT, MONTE_CARLO_BARS].map(|phrase| wording.say(phrase, &gaps));
    if let Some(same) = report.identical(language) {
        marks = format!("{marks}. {}", same.trim_end_matches('.'));
    }
    let origin = Origin {
        frame: report.frame,
        n: report.n,
        seed: report.seed,
        version: env!("CARGO_PKG_VERSION"),
    };
    Words {
        alternative: format!("{title} {about} {marks}"),
        ..origin.words(language, [title, about, marks])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::StudyFrame;
    use crate::experiment::analysis::Comparison;
    use crate::experiment::estimand::ESTIMANDS;
    use crate::experiment::study_frame::PolicyName;
    use crate::model::vocabulary::Vocabulary;
    use crate::policy::sentence::Sentence;

    use crate::policy::registry::entries;
    use crate::statistics::confidence::Confidence;
    use crate::statistics::interval::{Estimate, Interval, IntervalKind, Method, Status};

    fn frame() -> StudyFrame {
        StudyFrame {
            scenario: "x".to_owned(),
            title: "The Netherlands in a long winter".into(),
            first_date: jiff::civil::date(2021, 9, 27),
            burn_in_days: 7,
            window_days: 7,
            follow_up_days: 42,
            regions: Vec::new(),
            policies: vec![PolicyName {
                key: "p".to_owned(),
                label: "A policy with a long name, and more".into(),
                description: "".into(),
            }],
            baseline: 0,
            physical_beds: 0,
            agreed_beds: vec![0; 6],
            phases: vec![String::new(); 6],
            norm_days: 42,
            urgent_permille: 0,
            streams: Vec::new(),
            words: Vocabulary::default(),
        }
    }

    fn effect(rule: Sentence, value: f64, identical: bool) -> RuleEffect {
        let difference = Estimate {
            value,
            interval: Interval::around(value, 0.3),
            kind: IntervalKind::monte_carlo(Confidence::P95, Method::DeltaWillink),
            n: 100,
            status: Status::Ok,
        };
        let comparison = Comparison {
            estimand: &ESTIMANDS[0],
            difference,
            identical,
            discordant: None,
            correlation: None,
            variance_reduction: None,
            p_value: 0.5,
        };
        RuleEffect {
            rule,
            comparison,
            p_holm: Some(1.0),
        }
    }

    fn drawn_with(effects: &[RuleEffect], language: Language) -> Option<Svg> {
        let frame = frame();
        let report = AblationReport {
            frame: &frame,
            estimand: &ESTIMANDS[0],
            effects,
            n: 100,
            seed: 1,
            confidence: Confidence::P95,
        };
        draw(&report, language).expect("drawn")
    }

    #[test]
    fn the_names_of_all_rules_fit() {
        let rules = entries().filter(|entry| entry.is_switch());
        let all: Vec<RuleEffect> = rules
            .enumerate()
            .map(|(n, rule)| effect(rule.id, 20.0 - n as f64, false))
            .collect();
        let same: Vec<RuleEffect> = all
            .iter()
            .enumerate()
            .map(|(n, one)| effect(one.rule, 1.0, n > 0))
            .collect();
        for language in Language::ALL {
            for effects in [&all, &same] {
                let svg = drawn_with(effects, language).expect("a figure");
                assert_eq!(svg.validate_in_bounds(), Ok(()), "{language:?}");
                assert!(!svg.as_str().contains('{'), "no open gap in {language:?}");
            }
        }
    }

    #[test]
    fn without_a_change_there_is_nothing_to_draw() {
        let same = [effect(Sentence::A23, 0.0, true)];
        assert!(drawn_with(&same, Language::En).is_none(), "no rows");
    }
}
