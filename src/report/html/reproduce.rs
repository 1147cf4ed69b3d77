//! How to get the same bytes again.

use crate::report::Manifest;
use crate::report::html::Part;
use crate::report::html::markup::Markup;
use crate::report::html::phrases as say;

pub(super) fn write(part: &Part<'_>, body: &mut Markup) {
    let (manifest, language) = (&part.evidence.manifest, part.language);
    body.heading(say::REPRODUCE.text(language));
    body.paragraph(say::REPRODUCE_TEXT.text(language));
    body.element("pre", &command(manifest));
    body.raw("<table><tbody>\n");
    for (name, value) in facts(manifest) {
        body.raw("<tr><th scope=\"row\">");
        body.text(name.text(language));
        body.raw("</th><td><code>");
        body.text(&value);
        body.raw("</code></td></tr>\n");
    }
    body.raw("</tbody></table>\n");
}

fn facts(manifest: &Manifest) -> [(crate::report::phrases::Phrase, String); 7] {
    [
        (say::PROGRAM, format!("zorgdruk {}", manifest.version)),
        (say::COMMIT, manifest.commit.clone()),
        (say::BUILT_WITH, manifest.features.join(", ")),
        (say::SCENARIO_HASH, manifest.scenario_sha256.clone()),
        (say::SEED, manifest.seed.to_string()),
        (say::WINTERS, manifest.n_replications.to_string()),
        (say::STREAMS, manifest.stream_version.to_string()),
    ]
}

/// The command that makes the run again, from inside its folder.
pub(super) fn command(manifest: &Manifest) -> String {
    let scenario = manifest
        .inputs
        .first()
        .map_or("", |input| input.file.as_str());
    let mut words = vec!["zorgdruk run".to_owned(), quoted(scenario)];
    words.push(format!("--seed {}", manifest.seed));
    words.push(format!("--replications {}", manifest.n_replications));
    for policy in &manifest.frame.policies {
        words.push(format!("--policy {}", quoted(&policy.key)));
    }
    for change in &manifest.overrides {
        words.push(format!("--set {}", quoted(change)));
    }
    words.push("--out again".to_owned());
    words.join(" ")
}

/// A word as a shell takes it for one.
fn quoted(word: &str) -> String {
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
