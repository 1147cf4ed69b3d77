//! The names of things in reports.

use crate::model::validate::check::Checker;
use crate::name::Name;
use crate::scenario::shape::Vocabulary;

/// Most characters of a name, so that it fits in figures.
const LONGEST: usize = 24;
/// The same of what only sentences say.
const LONGEST_IN_SENTENCES: usize = 80;

/// Every name is a short text on one line.
pub(super) fn check(words: &Vocabulary, check: &mut Checker<'_>) {
    let in_figures = [
        ("season", &words.season),
        ("seasons", &words.seasons),
        ("region", &words.region),
        ("regions", &words.regions),
    ];
    for (key, name) in in_figures {
        names(&format!("words.{key}"), name, LONGEST, check);
    }
    let in_sentences = [
        ("regions_are", &words.regions_are),
        ("committee", &words.committee),
        ("classes_by", &words.classes_by),
    ];
    for (key, name) in in_sentences {
        if let Some(name) = name {
            names(&format!("words.{key}"), name, LONGEST_IN_SENTENCES, check);
        }
    }
    word("words.country", &words.country, LONGEST, check);
    for (n, class) in words.classes.iter().enumerate() {
        names(&format!("words.classes[{n}]"), class, LONGEST, check);
    }
}

fn names(path: &str, name: &Name, longest: usize, check: &mut Checker<'_>) {
    if name.en == name.nl && name.fr.is_none() {
        return word(path, &name.en, longest, check);
    }
    for (language, text) in name.each() {
        word(&format!("{path}.{language}"), text, longest, check);
    }
}

fn word(path: &str, text: &str, longest: usize, check: &mut Checker<'_>) {
    let n = text.chars().count();
    if n == 0 || n > longest || text.chars().any(char::is_control) {
        let allowed = format!("1 to {longest} characters on one line");
        check.fail(path, "not a name", Some(allowed));
    }
}
