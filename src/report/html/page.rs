//! The page around the two languages: head, style, script, and a policy that lets nothing else run.

use sha2::{Digest, Sha256};

use crate::report::Language;
use crate::report::html::markup::{Markup, escaped};

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
    let title = title.map_or("", |(_, title, _)| title);
    let mut page = Markup::default();
    page.raw(&format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n",
        first.code()
    ));
    page.raw("<meta charset=\"utf-8\">\n");
    page.raw(&format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n"
    ));
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw(
        "<meta name=\"referrer\" content=\"no-referrer\">\n<link rel=\"icon\" href=\"data:,\">\n",
    );
    page.element("title", title);
    page.raw(&format!("<style>{style}</style>\n</head>\n<body>\n"));
    for (language, title, _) in bodies {
        page.raw(&choice(*language, title, *language == first));
    }
    page.raw("<div class=\"languages\">");
    for (language, ..) in bodies {
        let (code, name) = (language.code(), name(*language));
        page.raw(&format!(
            "<label for=\"choose-{code}\" lang=\"{code}\">{name}</label>"
        ));
    }
    page.raw("</div>\n");
    for (language, _, body) in bodies {
        page.raw(&format!("<main lang=\"{}\">\n", language.code()));
        page.raw(body.as_str());
        page.raw("</main>\n");
    }
    page.raw(&format!("<script>{SCRIPT}</script>\n</body>\n</html>\n"));
    page.as_str().to_owned()
}

/// A button of the switch between languages, which works without a script.
fn choice(language: Language, title: &str, is_first: bool) -> String {
    let (code, name) = (language.code(), name(language));
    let checked = if is_first { " checked" } else { "" };
    format!(
        "<input class=\"choice\" type=\"radio\" name=\"language\" id=\"choose-{code}\" \
         value=\"{code}\" aria-label=\"{name}\" data-title=\"{}\"{checked}>\n",
        escaped(title)
    )
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
            base64(data)
        )
    };
    FACES.into_iter().map(face).collect::<String>() + STYLE
}

fn fingerprint(text: &str) -> String {
    base64(&Sha256::digest(text.as_bytes()))
}

/// RFC 4648, section 4.
fn base64(data: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(data.len().div_ceil(3) * 4);
    for chunk in data.chunks(3) {
        let byte = |idx: usize| u32::from(chunk.get(idx).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let digit = usize::try_from(bits >> (18 - 6 * place) & 63).unwrap_or_default();
            let is_filled = place <= chunk.len();
            text.push(if is_filled {
                char::from(ALPHABET[digit])
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        let vectors = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (text, expected) in vectors {
            assert_eq!(
                base64(text.as_bytes()),
                expected,
                "RFC 4648, section 10: {text:?}"
            );
        }
    }

    #[test]
    fn the_page_opens_in_the_language_asked_for_and_asks_for_nothing() {
        let bodies: Vec<_> = Language::ALL
            .map(|language| (language, "a \"b\" <c>".to_owned(), Markup::default()))
            .into();
        let page = assemble(&bodies, Language::Nl);
        assert!(
            page.starts_with("<!DOCTYPE html>\n<html lang=\"nl\">"),
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
        for outside in ["http://", "https://", "src=\"", "@import"] {
            let found = page
                .replace("http://www.w3.org/2000/svg", "")
                .contains(outside);
            assert!(!found, "{outside} would ask for something outside");
        }
    }
}
