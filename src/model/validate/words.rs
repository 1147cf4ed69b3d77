//! The names of things in reports.

use crate::model::validate::check::Checker;
use crate::name::Name;
use crate::scenario::shape::Vocabulary;

/// Most characters of a name, so that it fits in figures.
const LONGEST: usize = 24;

/// Every name is a short text on one line.
pub(super) fn check(words: &Vocabulary, check: &mut Checker<'_>) {
    for (key, name) in [("season", &words.season), ("seasons", &words.seasons)] {
        names(&format!("words.{key}"), name, check);
    }
    word("words.country", &words.country, check);
    for (n, class) in words.classes.iter().enumerate() {
        names(&format!("words.classes[{n}]"), class, check);
    }
}

fn names(path: &str, name: &Name, check: &mut Checker<'_>) {
    if name.en == name.nl {
        return word(path, &name.en, check);
    }
    for (language, text) in name.each() {
        word(&format!("{path}.{language}"), text, check);
    }
}

fn word(path: &str, text: &str, check: &mut Checker<'_>) {
    let n = text.chars().count();
    if n == 0 || n > LONGEST || text.chars().any(char::is_control) {
        let allowed = format!("1 to {LONGEST} characters on one line");
        check.fail(path, "not a name", Some(allowed));
    }
}
