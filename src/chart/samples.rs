//! Awkward words for the tests of figures.

use crate::chart::Words;
use crate::chart::numbers::{DateWords, NumberStyle};
use crate::chart::theme::Theme;

pub(crate) fn theme() -> Theme {
    Theme::new(NumberStyle::Dutch, DateWords::dutch()).unwrap()
}

/// Words that fill all their lines.
pub(crate) fn long_words() -> Words {
    let words = |text: &str| format!("{text} sentence with a number of words. ").repeat(3);
    Words {
        title: words("title"),
        subtitle: words("subtitle"),
        caption: words("caption"),
        alternative: words("alternative"),
    }
}

/// Names with markup, without a place to break, empty, short, and of ordinary length.
pub(crate) fn name(idx: usize) -> String {
    let names = [
        "Pooled <script>alert(1)</script> list & a fee for the clinics",
        "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "",
        "A",
        "Earlier scale-down of classes 4 and 5",
    ];
    names[idx % names.len()].to_owned()
}
