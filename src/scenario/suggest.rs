//! 'Did you mean' for misspelt keys and choices.

/// A hint such as `, did you mean "hospitals"?`; empty when nothing known is near.
pub(crate) fn did_you_mean(written: &str, known: &[&str]) -> String {
    let allowed_distance = 1 + written.len() / 4;
    known
        .iter()
        .map(|candidate| (distance(written, candidate), *candidate))
        .filter(|(distance, _)| *distance <= allowed_distance)
        .min()
        .map_or_else(String::new, |(_, nearest)| {
            format!(", did you mean {nearest:?}?")
        })
}

/// Levenshtein's edit distance in characters, of the first 64 of each.
fn distance(a: &str, b: &str) -> usize {
    let target: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=target.len()).collect();
    for (i, from) in a.chars().take(64).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in target.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[target.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edit_distance_of_kitten_and_sitting_is_three() {
        assert_eq!(distance("kitten", "sitting"), 3, "the textbook example");
        assert_eq!(distance("", "abc"), 3, "insertions only");
    }

    #[test]
    fn a_hint_names_the_nearest_key_and_only_a_near_one() {
        let known = ["weekly_admissions", "weekly_ic_share"];
        assert_eq!(
            did_you_mean("weekly_admisions", &known),
            ", did you mean \"weekly_admissions\"?",
            "one letter away"
        );
        assert_eq!(did_you_mean("color", &known), "", "nothing is near");
    }
}
