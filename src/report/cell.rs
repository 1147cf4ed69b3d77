//! One field of a table as text that reads back as the same thing everywhere.

use std::borrow::Cow;

/// How tables write numbers with a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Decimal {
    /// `1.5`, with commas between fields.
    #[default]
    Point,
    /// `1,5`, with semicolons between fields, as spreadsheets expect it where one writes so.
    Comma,
}

impl Decimal {
    /// The sign, and what stands between fields.
    pub(crate) const fn signs(self) -> (char, char) {
        match self {
            Self::Point => ('.', ','),
            Self::Comma => (',', ';'),
        }
    }
}

/// A field before it is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell<'a> {
    /// Words.
    Text(Cow<'a, str>),
    /// An exact number.
    Whole(i128),
    /// An estimate; nothing is written when it is not finite.
    Real(f64),
    /// Nothing.
    Empty,
}

impl Cell<'_> {
    /// The exact number in the field, if there is one: all are counts, or seeds below their limit.
    pub(crate) fn whole(&self) -> Option<i64> {
        let Self::Whole(number) = self else {
            return None;
        };
        Some(i64::try_from(*number).expect("numbers of tables have 64 bits"))
    }

    /// The field for who reads no spreadsheet.
    pub(crate) fn plain(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone().into_owned()),
            Self::Empty => None,
            number => {
                Some(number.text(Decimal::Point).into_owned()).filter(|text| !text.is_empty())
            }
        }
    }

    /// The field as it stands in a file, before any quoting.
    pub(crate) fn text(&self, decimal: Decimal) -> Cow<'_, str> {
        match self {
            Self::Text(text) => guarded(text),
            Self::Whole(number) => Cow::Owned(number.to_string()),
            Self::Real(number) => {
                Cow::Owned(real(*number).replace('.', &decimal.signs().0.to_string()))
            }
            Self::Empty => Cow::Borrowed(""),
        }
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

impl From<u64> for Cell<'_> {
    fn from(number: u64) -> Self {
        Self::Whole(i128::from(number))
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Self::Whole(i128::from(number))
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell<'_> {
    fn from(field: Option<T>) -> Self {
        field.map_or(Self::Empty, Into::into)
    }
}

/// A number with six significant digits; none when it is not finite. Six are more than the Monte
/// Carlo error of any run supports, and few enough to read.
pub(crate) fn rounded(number: f64) -> Option<f64> {
    let rounded = |number: f64| format!("{number:.5e}").parse().unwrap_or(number);
    // Adding zero turns a negative zero into zero.
    number.is_finite().then(|| rounded(number) + 0.0)
}

/// A number with no more digits than it needs; empty when it is not finite.
fn real(number: f64) -> String {
    rounded(number).map_or_else(String::new, |number| number.to_string())
}

/// Text with a leading apostrophe where a spreadsheet would take it for a formula.
fn guarded(text: &str) -> Cow<'_, str> {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_have_six_digits_and_no_exponent() {
        let cases = [
            (0.1 + 0.2, "0.3"),
            (-0.0, "0"),
            (1_234_567.89, "1234570"),
            (0.000_012_345_678, "0.0000123457"),
            (-12.5, "-12.5"),
            (f64::NAN, ""),
            (f64::INFINITY, ""),
        ];
        for (number, expected) in cases {
            assert_eq!(
                Cell::from(number).text(Decimal::Point),
                expected,
                "of {number}"
            );
        }
    }

    #[test]
    fn text_never_starts_a_formula() {
        for text in ["=1+1", "+1", "-1", "@x", "\tx"] {
            assert!(
                Cell::from(text).text(Decimal::Comma).starts_with('\''),
                "{text:?}"
            );
        }
        assert_eq!(
            Cell::from("class 3 - late").text(Decimal::Point),
            "class 3 - late",
            "unchanged"
        );
    }

    #[test]
    fn a_comma_stands_where_a_point_would() {
        assert_eq!(Cell::from(-1.25).text(Decimal::Comma), "-1,25");
        assert_eq!(Cell::from("1.25").text(Decimal::Comma), "1.25", "text");
    }

    proptest! {
        #[test]
        fn a_written_number_is_close_to_the_number(number in -1.0e12..1.0e12_f64) {
            let read: f64 = Cell::from(number).text(Decimal::Point).parse().expect("a number");
            prop_assert!((read - number).abs() <= 5.1e-6 * number.abs(), "{} is {}", read, number);
        }
    }
}
