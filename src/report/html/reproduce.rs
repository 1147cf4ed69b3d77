//! How to get the same bytes again.

use crate::report::Manifest;
use crate::report::html::Part;
use crate::report::html::markup::Markup;
use crate::report::html::phrases as say;
use crate::report::shell::quoted;

pub(super) fn write(part: &Part<'_>, body: &mut Markup) {
    let (manifest, language) = (&part.evidence.manifest, part.language);
    body.heading(say::REPRODUCE.text(language));
    body.paragraph(say::REPRODUCE_TEXT.text(language));
    write_command(manifest, body);
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

/// The command, with a mark around each of its words, which are not to be broken between lines.
fn write_command(manifest: &Manifest, body: &mut Markup) {
    body.raw("<pre>");
    for (idx, word) in words(manifest).iter().enumerate() {
        body.raw(if idx == 0 { "" } else { " " });
        body.raw("<span>");
        body.text(word);
        body.raw("</span>");
    }
    body.raw("</pre>\n");
}

fn facts(manifest: &Manifest) -> [(crate::report::phrase::Phrase, String); 7] {
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
    words(manifest).join(" ")
}

/// The words of the command, each option with its value.
fn words(manifest: &Manifest) -> Vec<String> {
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
    words
}
