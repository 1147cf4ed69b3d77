//! The languages of readers, and how each writes numbers, dates and estimates.

use serde::{Deserialize, Serialize};

use crate::name::Name;
use crate::statistics::interval::Estimate;

/// The language of a reader; the way numbers are written follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English: 1,234.5
    En,
    /// Dutch: 1.234,5
    Nl,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::En, Self::Nl];

    /// Its code in RFC 5646.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }

    /// A name in this language.
    pub fn name(self, name: &Name) -> &str {
        match self {
            Self::En => &name.en,
            Self::Nl => &name.nl,
        }
    }

    /// A number with `decimals` decimals and thousands separators.
    pub fn number(self, value: f64, decimals: usize) -> String {
        let (thousands, mark) = match self {
            Self::En => (',', '.'),
            Self::Nl => ('.', ','),
        };
        let digits = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut text = String::new();
        if value < 0.0 && digits.contains(|c: char| ('1'..='9').contains(&c)) {
            text.push('\u{2212}');
        }
        for (idx, digit) in whole.chars().enumerate() {
            if idx > 0 && (whole.len() - idx).is_multiple_of(3) {
                text.push(thousands);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(mark);
            text.push_str(fraction);
        }
        text
    }

    /// A day of the year: `4 October`.
    pub fn date(self, date: jiff::civil::Date) -> String {
        let months = match self {
            Self::En => MONTHS_EN,
            Self::Nl => MONTHS_NL,
        };
        let month = usize::try_from(date.month() - 1).unwrap_or_default();
        format!("{} {}", date.day(), months[month])
    }

    /// A day: `4 October 2021`.
    pub fn full_date(self, date: jiff::civil::Date) -> String {
        format!("{} {}", self.date(date), date.year())
    }

    /// The value of an estimate with as many decimals as its interval supports.
    pub fn value(self, estimate: &Estimate) -> String {
        if !estimate.value.is_finite() {
            return "-".to_owned();
        }
        self.number(estimate.value, decimals(estimate))
    }

    /// The value of an estimate and its interval: `18.4 (17.9 to 18.9)`.
    pub fn with_interval(self, estimate: &Estimate) -> String {
        let value = self.value(estimate);
        let interval = estimate.published();
        if !estimate.value.is_finite() || !interval.is_bounded() {
            return value;
        }
        let end = |end| self.number(end, decimals(estimate));
        let to = match self {
            Self::En => "to",
            Self::Nl => "tot",
        };
        format!(
            "{value} ({} {to} {})",
            end(interval.low),
            end(interval.high)
        )
    }
}

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// Decimals, at most 2, so that one step of the last digit is no larger than the interval's reach and
/// no smaller than a tenth of it.
pub fn decimals(estimate: &Estimate) -> usize {
    let reach = estimate.reach();
    if !reach.is_finite() || reach >= 1.0 {
        0
    } else if reach >= 0.1 || reach <= 0.0 {
        1
    } else {
        2
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::confidence::Confidence;
    use crate::statistics::interval::{Interval, IntervalKind, Method, Status};

    #[test]
    fn numbers_follow_the_language() {
        let cases = [
            (1_234.56, 1, "1,234.6", "1.234,6"),
            (-0.04, 1, "0.0", "0,0"),
            (-1_234_567.0, 0, "\u{2212}1,234,567", "\u{2212}1.234.567"),
        ];
        for (value, decimals, en, nl) in cases {
            assert_eq!(Language::En.number(value, decimals), en, "{value}");
            assert_eq!(Language::Nl.number(value, decimals), nl, "{value}");
        }
    }

    #[test]
    fn decimals_follow_the_interval() {
        let estimate = |half_width| Estimate {
            value: 18.444,
            interval: Interval::around(18.444, half_width),
            kind: IntervalKind::monte_carlo(Confidence::P95, Method::Delta),
            n: 100,
            status: Status::Ok,
        };
        let text = |half_width| Language::En.with_interval(&estimate(half_width));
        assert_eq!(text(5.0), "18 (13 to 23)", "wide");
        assert_eq!(text(0.5), "18.4 (17.9 to 18.9)", "usual");
        assert_eq!(text(0.05), "18.44 (18.39 to 18.49)", "narrow");
        assert_eq!(text(f64::INFINITY), "18", "no interval, no decimals");
    }
}
