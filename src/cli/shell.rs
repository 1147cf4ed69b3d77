//! Quoting words for a shell.

/// A word, in quotes where a shell would split or expand it.
pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_blanks_and_quotes_stay_one_word() {
        for (word, expected) in [
            ("a/b-1.toml", "a/b-1.toml"),
            ("x=[1, 2]", "'x=[1, 2]'"),
            ("it's", "'it'\\''s'"),
            ("", "''"),
            ("$(rm)", "'$(rm)'"),
        ] {
            assert_eq!(quoted(word), expected, "of {word:?}");
        }
    }
}
