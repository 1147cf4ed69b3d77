//! How to get the same bytes again.

use maud::{Markup, html};

use crate::report::Manifest;
use crate::report::html::part::Part;
use crate::report::html::phrases as say;
use crate::report::phrase::Phrase;

pub(super) fn markup(part: &Part<'_>) -> Markup {
    let manifest = &part.evidence.manifest;
    html! {
        (part.heading(say::REPRODUCE))
        (part.paragraph(say::REPRODUCE_TEXT))
        // A mark around each word of the command, which is not to be broken between lines.
        pre {
            @for (idx, word) in manifest.command().iter().enumerate() {
                @if idx > 0 { " " }
                span { (word) }
            }
        }
        table { tbody {
            @for (name, value) in facts(manifest) {
                tr { th scope="row" { (part.say(name)) } td { code { (value) } } }
            }
        } }
    }
}

fn facts(manifest: &Manifest) -> [(Phrase, String); 8] {
    [
        (say::PROGRAM, format!("zorgdruk {}", manifest.version)),
        (say::COMMIT, manifest.commit.clone()),
        (say::BUILT_WITH, manifest.features.join(", ")),
        (say::SCENARIO_HASH, manifest.scenario_sha256.clone()),
        (say::CHANGES, manifest.overrides.join(", ")),
        (say::SEED, manifest.seed.to_string()),
        (say::WINTERS, manifest.n_replications.to_string()),
        (say::STREAMS, manifest.stream_version.to_string()),
    ]
}
