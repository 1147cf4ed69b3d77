//! The page around the two languages: head, style, script, and a policy that lets nothing else run.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::characters::is_shown;
use crate::report::Language;

const STYLE: &str = include_str!("../../../assets/report/report.css");
const SCRIPT: &str = include_str!("../../../assets/report/report.js");
/// The faces that figures were measured with, so that no line of text outgrows its room.
const FACES: [(&[u8], u32); 2] = [
    (
        include_bytes!("../../../assets/fonts/OpenSans-Regular.ttf"),
        400,
    ),
    (
        include_bytes!("../../../assets/fonts/OpenSans-Semibold.ttf"),
        600,
    ),
];

/// The file: each body with its language and title; `first` is the language it opens in.
pub(super) fn assemble(bodies: &[(Language, String, Markup)], first: Language) -> String {
    let style = style();
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; font-src data:; img-src data:; \
         base-uri 'none'; form-action 'none'",
        fingerprint(&style),
        fingerprint(SCRIPT)
    );
    let title = bodies.iter().find(|(language, ..)| *language == first);
    let page = html! {
        (DOCTYPE)
        html lang=(first.code()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                link rel="icon" href="data:,";
                title { (title.map_or("", |(_, title, _)| title)) }
                style { (PreEscaped(&style)) }
            }
            body {
                header.bar {
                    @for (language, title, _) in bodies {
                        (choice(*language, title, *language == first))
                    }
                    div.languages {
                        @for (language, ..) in bodies {
                            @let code = language.code();
                            label for={ "choose-" (code) } lang=(code) { (name(*language)) }
                        }
                    }
                }
                @for (language, _, body) in bodies {
                    main lang=(language.code()) { (body) }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    // HTML forbids most of what does not show, and the rest could make a line say something else.
    let is_forbidden = |c: char| !is_shown(c) && c != '\n' && c != '\t';
    page.into_string().replace(is_forbidden, " ")
}

/// A button of the switch between languages, which works without a script.
fn choice(language: Language, title: &str, is_first: bool) -> Markup {
    let code = language.code();
    html! {
        input.choice type="radio" name="language" id={ "choose-" (code) } value=(code)
            aria-label=(name(language)) data-title=(title) checked[is_first];
    }
}

const fn name(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::Nl => "Nederlands",
    }
}

fn style() -> String {
    let face = |(data, weight): (&[u8], u32)| {
        format!(
            "@font-face {{ font-family: \"Open Sans\"; font-weight: {weight}; \
             src: url(data:font/ttf;base64,{}); }}\n",
            STANDARD.encode(data)
        )
    };
    FACES.into_iter().map(face).collect::<String>() + STYLE
}

fn fingerprint(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_opens_in_the_language_asked_for_and_asks_for_nothing() {
        let bodies: Vec<_> = Language::ALL
            .map(|language| {
                (
                    language,
                    "a \"b\" <c>".to_owned(),
                    html! { p { "a\u{0}b" } },
                )
            })
            .into();
        let page = assemble(&bodies, Language::Nl);
        assert!(
            page.starts_with("<!DOCTYPE html><html lang=\"nl\">"),
            "Dutch first"
        );
        assert_eq!(
            page.matches(" checked>").count(),
            1,
            "one language is chosen"
        );
        assert!(
            page.contains("data-title=\"a &quot;b&quot; &lt;c&gt;\""),
            "titles are escaped"
        );
        assert!(page.contains("<p>a b</p>"), "no control characters");
        for outside in ["http://", "https://", "src=\"", "@import"] {
            let found = page
                .replace("http://www.w3.org/2000/svg", "")
                .contains(outside);
            assert!(!found, "{outside} would ask for something outside");
        }
    }
}
