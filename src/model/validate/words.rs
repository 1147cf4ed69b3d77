//! The names of things in reports.

use crate::model::validate::check::Checker;
use crate::model::vocabulary::{Name, Vocabulary};
use crate::scenario::shape;

/// Most characters of a name, so that it fits in figures.
const LONGEST: usize = 24;

/// The vocabulary of a scenario: its own words, and the default ones for the rest.
pub(super) fn build(file: Option<&shape::Words>, check: &mut Checker<'_>) -> Vocabulary {
    let usual = Vocabulary::default();
    let Some(file) = file else {
        return usual;
    };
    let mut name = |key: &str, own: &Option<Name>, usual: Name| {
        let name = own.clone().unwrap_or(usual);
        word(&format!("words.{key}.en"), &name.en, check);
        word(&format!("words.{key}.nl"), &name.nl, check);
        name
    };
    let vocabulary = Vocabulary {
        season: name("season", &file.season, usual.season),
        seasons: name("seasons", &file.seasons, usual.seasons),
        country: file.country.clone().unwrap_or(usual.country),
        classes: file.classes.clone().unwrap_or(usual.classes),
    };
    word("words.country", &vocabulary.country, check);
    for (n, class) in vocabulary.classes.iter().enumerate() {
        word(&format!("words.classes[{n}]"), class, check);
    }
    vocabulary
}

fn word(path: &str, text: &str, check: &mut Checker<'_>) {
    let n = text.chars().count();
    if n == 0 || n > LONGEST || text.chars().any(char::is_control) {
        let allowed = format!("1 to {LONGEST} characters on one line");
        check.fail(path, "not a name", Some(allowed));
    }
}
