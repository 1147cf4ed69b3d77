//! The answer in a few lines of text, for the end of a run.

use crate::report::wording::Wording;
use crate::report::words::{Language, Word};
use crate::report::{Evidence, RunFolder};

/// Widest line, in characters.
const WIDTH: usize = 100;
/// Between two columns.
const GAP: usize = 2;

/// A short table of the policies and one sentence, at most 100 characters wide, for the terminal.
pub fn conclusion(evidence: &Evidence<'_>, folder: &RunFolder, language: Language) -> String {
    let frame = evidence.analysis.frame();
    let level = 100.0 * evidence.analysis.confidence().level();
    let heading = language.say(
        Word::Worlds,
        &[
            ("title", &frame.title),
            (
                "winters",
                &Wording::new(language, frame).seasons(evidence.analysis.n()),
            ),
            ("seed", &evidence.manifest.seed.to_string()),
            ("level", &language.number(level, 0)),
        ],
    );
    let mut rows = vec![header(language)];
    rows.extend((0..frame.policies.len()).map(|policy| row(evidence, policy, language)));
    let path = folder.path().display().to_string();
    let files = language.say(Word::FilesIn, &[("path", &path)]);
    let table = aligned(&rows);
    let (heading, sentence) = (wrapped(&heading), wrapped(&sentence(evidence, language)));
    format!("{heading}\n\n{table}\n{sentence}\n{files}\n")
}

fn header(language: Language) -> Vec<String> {
    [
        Word::Policy,
        Word::DisplacedPercent,
        Word::AgainstBaseline,
        Word::CovidWithoutBed,
        Word::ClassFourFiveCut,
    ]
    .map(|word| language.say(word, &[]))
    .to_vec()
}

fn row(evidence: &Evidence<'_>, policy: usize, language: Language) -> Vec<String> {
    let analysis = &evidence.analysis;
    let comparison = evidence.compare(policy, "displaced_share");
    let difference = if policy == analysis.frame().baseline {
        language.say(Word::Baseline, &[])
    } else if comparison.identical {
        language.say(Word::Identical, &[])
    } else {
        language.with_interval(&comparison.difference)
    };
    let mean = |key| evidence.estimate(policy, key).value;
    let cut = mean("operations_cut_class_4") + mean("operations_cut_class_5");
    vec![
        analysis.frame().policies[policy].label.clone(),
        language.with_interval(&evidence.estimate(policy, "displaced_share")),
        difference,
        language.number(mean("covid_without_bed"), 0),
        language.number(cut, 0),
    ]
}

/// In how many winters the policy with the least displacement does better than the baseline.
fn sentence(evidence: &Evidence<'_>, language: Language) -> String {
    if !evidence.has_patients() {
        return language.say(Word::NoPatients, &[]);
    }
    let frame = evidence.analysis.frame();
    let baseline = frame.policies[frame.baseline].label.as_str();
    let Some(best) = evidence.least_displacing() else {
        return language.say(Word::NoComparison, &[("baseline", baseline)]);
    };
    let standing = evidence.standing(best);
    let n = u64::from(evidence.analysis.n());
    let (word, of_n) = if evidence.can_say_how_likely() {
        (Word::WinterSentence, 100)
    } else {
        (Word::WinterSentenceFew, n)
    };
    let share_of = |worlds: u64| whole_of(worlds, n, of_n).to_string();
    language.say(
        word,
        &[
            ("fewer", &share_of(standing.below)),
            ("more", &share_of(standing.above)),
            ("n", &n.to_string()),
            ("policy", &frame.policies[best].label),
            ("baseline", baseline),
        ],
    )
}

/// `worlds` of `n` as a number of `of_n`; never none or all unless it is so.
pub(crate) fn whole_of(worlds: u64, n: u64, of_n: u64) -> u64 {
    let rounded = (worlds * of_n + n / 2) / n.max(1);
    if worlds == 0 || worlds == n {
        rounded
    } else {
        rounded.clamp(1, of_n.saturating_sub(1).max(1))
    }
}

/// Columns of equal width: the first to the left and cut where the line would be too wide, the others
/// to the right.
pub(crate) fn aligned(rows: &[Vec<String>]) -> String {
    let n_columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let mut widths: Vec<usize> = (0..n_columns).filter_map(width).collect();
    let others: usize = widths.iter().skip(1).map(|width| GAP + width).sum();
    if let Some(first) = widths.first_mut() {
        *first = (*first).min(WIDTH.saturating_sub(others));
    }
    let mut text = String::new();
    for row in rows {
        for (column, (field, width)) in row.iter().zip(&widths).enumerate() {
            let padded = if column == 0 {
                format!("{:<width$}", shortened(field, *width))
            } else {
                format!("{:GAP$}{field:>width$}", "")
            };
            text.push_str(&padded);
        }
        text.push('\n');
    }
    text
}

fn shortened(label: &str, width: usize) -> String {
    if label.chars().count() <= width {
        return label.to_owned();
    }
    let kept: String = label.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// `text` in lines that are not too wide.
pub(crate) fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("at least one line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= WIDTH {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.join("\n")
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

    #[test]
    fn a_long_name_is_cut_so_that_the_table_fits() {
        let row = |label: &str| vec![label.to_owned(), "9".repeat(40), "1".repeat(30)];
        let table = aligned(&[row(&"policy ".repeat(12)), row("short")]);
        for line in table.lines() {
            assert_eq!(line.chars().count(), WIDTH, "{line}");
        }
        assert!(table.contains('…'), "cut visibly");
        assert!(
            aligned(&[row("a")]).starts_with("a  9"),
            "no wider than needed"
        );
    }

    #[test]
    fn long_text_is_broken_between_words() {
        let text = "word ".repeat(60);
        let lines = wrapped(text.trim());
        assert!(lines.lines().all(|line| line.len() <= WIDTH), "{lines}");
        assert_eq!(lines.replace('\n', " "), text.trim(), "nothing is lost");
    }
}
