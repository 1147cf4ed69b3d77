//! The brief: question, answer in three sentences, and the policies in one table.

use crate::report::conclusion::whole_of;
use crate::report::html::Part;
use crate::report::html::markup::Markup;
use crate::report::html::phrases as say;
use crate::report::phrases::{LIKELIHOODS, likelihood};
use crate::report::words::{Word, decimals};

pub(super) fn write(part: &Part<'_>, body: &mut Markup) {
    let language = part.language;
    body.element("h1", &super::title(part.evidence, language));
    body.heading(say::QUESTION.text(language));
    body.paragraph(say::QUESTION_TEXT.text(language));
    body.heading(say::ANSWER.text(language));
    body.raw("<div class=\"answer\">");
    for sentence in sentences(part) {
        body.paragraph(&sentence);
    }
    body.raw("</div>\n");
    write_policies(part, body);
    body.raw("<p class=\"quiet\">");
    body.text(&explanation(part));
    body.raw("</p>\n");
}

/// How often, whether another policy does better, and at what price.
fn sentences(part: &Part<'_>) -> Vec<String> {
    let (evidence, language) = (part.evidence, part.language);
    let frame = evidence.analysis.frame();
    let value = |policy, key| language.value(&evidence.estimate(policy, key));
    let base = frame.baseline;
    let baseline = frame.policies[base].label.as_str();
    let estimate = evidence.estimate(base, "displaced_share");
    let number = |value: f64| {
        if value.is_finite() {
            language.number(value, decimals(&estimate))
        } else {
            "?".to_owned()
        }
    };
    let share = [
        estimate.value,
        estimate.interval.low,
        estimate.interval.high,
    ]
    .map(number);
    let n = value(base, "displaced");
    let gaps = [
        ("baseline", baseline),
        ("share", &share[0]),
        ("low", &share[1]),
        ("high", &share[2]),
        ("n", &n),
    ];
    let mut sentences = vec![say::HOW_OFTEN.say(language, &gaps)];
    let Some(best) = evidence.least_displacing() else {
        sentences.push(language.say(Word::NoComparison, &[("baseline", baseline)]));
        return sentences;
    };
    let other = frame.policies[best].label.as_str();
    sentences.push(better(part, best));
    let pair = |key| [value(best, key), value(base, key)];
    let ([cut, base_cut], [beds, base_beds]) =
        (pair("operations_cut_class_45"), pair("covid_without_bed"));
    let gaps = [
        ("other", other),
        ("baseline", baseline),
        ("cut", &cut),
        ("base_cut", &base_cut),
        ("beds", &beds),
        ("base_beds", &base_beds),
    ];
    sentences.push(say::PRICE.say(language, &gaps));
    sentences
}

/// In how many winters the other policy displaces fewer, in words and numbers.
fn better(part: &Part<'_>, best: usize) -> String {
    let (evidence, language) = (part.evidence, part.language);
    let n = u64::from(evidence.analysis.n());
    let standing = evidence.standing(best);
    let comparison = evidence.compare(best, "displaced_share");
    let of = if n >= 100 { 100 } else { n };
    let word = likelihood(standing.below as f64 / n.max(1) as f64).text(language);
    let points = language.with_interval(&comparison.difference);
    let (fewer, of) = (whole_of(standing.below, n, of).to_string(), of.to_string());
    let gaps = [
        (
            "other",
            evidence.analysis.frame().policies[best].label.as_str(),
        ),
        ("likelihood", word),
        ("fewer", &fewer),
        ("of", &of),
        ("points", &points),
    ];
    say::BETTER.say(language, &gaps)
}

fn write_policies(part: &Part<'_>, body: &mut Markup) {
    let (evidence, language) = (part.evidence, part.language);
    let frame = evidence.analysis.frame();
    body.raw("<div class=\"scroll\"><table><thead><tr>");
    for (idx, word) in HEADS.into_iter().enumerate() {
        let class = if idx == 0 { "" } else { " class=\"number\"" };
        body.raw(&format!("<th scope=\"col\"{class}>"));
        body.text(word.text(language));
        body.raw("</th>");
    }
    body.raw("</tr></thead><tbody>\n");
    for (policy, name) in frame.policies.iter().enumerate() {
        body.raw("<tr><th scope=\"row\">");
        body.text(&name.label);
        body.raw("</th>");
        for text in policy_fields(part, policy) {
            body.raw("<td class=\"number\">");
            body.text(&text);
            body.raw("</td>");
        }
        body.raw("</tr>\n");
    }
    body.raw("</tbody></table></div>\n");
}

const HEADS: [crate::report::phrases::Phrase; 6] = [
    say::POLICY,
    say::DISPLACED_SHARE,
    say::DIFFERENCE,
    say::WINTERS_FEWER,
    say::WITHOUT_BED,
    say::CUT,
];

fn policy_fields(part: &Part<'_>, policy: usize) -> [String; 5] {
    let (evidence, language) = (part.evidence, part.language);
    let mean = |key| {
        let estimate = evidence.estimate(policy, key);
        language.number(estimate.value, decimals(&estimate).min(1))
    };
    let comparison = evidence.compare(policy, "displaced_share");
    let n = u64::from(evidence.analysis.n());
    let of = if n >= 100 { 100 } else { n };
    let (difference, fewer) = if policy == evidence.analysis.frame().baseline {
        (language.say(Word::Baseline, &[]), "\u{2013}".to_owned())
    } else if comparison.identical {
        (language.say(Word::Identical, &[]), "0".to_owned())
    } else {
        let below = evidence.standing(policy).below;
        let fewer = format!("{} / {of}", whole_of(below, n, of));
        (language.with_interval(&comparison.difference), fewer)
    };
    let share = language.with_interval(&evidence.estimate(policy, "displaced_share"));
    [
        share,
        difference,
        fewer,
        mean("covid_without_bed"),
        mean("operations_cut_class_45"),
    ]
}

/// What the numbers and the words for probabilities mean.
fn explanation(part: &Part<'_>) -> String {
    let language = part.language;
    let manifest = &part.evidence.manifest;
    let n = language.number(f64::from(manifest.n_replications), 0);
    let level = language.number(100.0 * manifest.error_rate.level(), 0);
    let mut text = say::EXPLANATION.say(language, &[("n", &n), ("level", &level)]);
    let word = |(_, phrase, range): &(f64, crate::report::phrases::Phrase, &str)| {
        format!("{} {range} %", phrase.text(language))
    };
    let words: Vec<String> = LIKELIHOODS.iter().map(word).collect();
    text.push(' ');
    text.push_str(&say::LIKELIHOOD_WORDS.say(language, &[("words", &words.join(", "))]));
    text
}
