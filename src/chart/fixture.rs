//! Awkward words for the tests of figures, and checks that every figure must pass.

use core::fmt::Debug;

use crate::chart::input::ChartError;
use crate::chart::numbers::{DateWords, NumberStyle};
use crate::chart::page::Words;
use crate::chart::svg::Svg;
use crate::chart::theme::{Theme, Width};

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

/// In each `case`, and in each width, no text is cut or overlaps another.
pub(crate) fn assert_fits<C: Copy + Debug, const N: usize>(
    cases: [C; N],
    draw: impl Fn(C, &Theme) -> Result<Svg, ChartError>,
) {
    for figure_width in [Width::Phone, Width::Page, Width::Slide] {
        let mut theme = theme();
        theme.figure_width = figure_width;
        for case in cases {
            let svg = draw(case, &theme).unwrap();
            let fits = svg.validate_in_bounds();
            assert_eq!(fits, Ok(()), "in case {case:?}, {figure_width:?}");
        }
    }
}

/// The figure is refused because of an impossible value.
pub(crate) fn assert_refused(drawn: Result<Svg, ChartError>) {
    let error = drawn.unwrap_err();
    assert!(matches!(error, ChartError::Value { .. }), "got {error}");
}
