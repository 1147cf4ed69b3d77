//! How numbers and dates are written: separators, the real minus sign, months.

use jiff::civil::Date;

/// Separators of thousands and decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberStyle {
    /// `1,234.5`
    English,
    /// `1.234,5`
    Dutch,
}

impl NumberStyle {
    /// `value` with `decimals` decimals, grouped by thousands, with a real minus sign (U+2212).
    ///
    /// A value that rounds to zero has no sign.
    ///
    /// ```
    /// use zorgdruk::chart::numbers::NumberStyle;
    /// assert_eq!(NumberStyle::Dutch.format(-1234.56, 1), "−1.234,6");
    /// assert_eq!(NumberStyle::English.format(-0.04, 1), "0.0");
    /// ```
    pub fn format(self, value: f64, decimals: usize) -> String {
        let digits = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let is_zero = digits.chars().all(|c| c == '0' || c == '.');
        let sign = if value < 0.0 && !is_zero {
            "\u{2212}"
        } else {
            ""
        };
        let (thousands, mark) = match self {
            Self::English => (',', '.'),
            Self::Dutch => ('.', ','),
        };
        let mut text = format!("{sign}{}", grouped(whole, thousands));
        if !fraction.is_empty() {
            text.push(mark);
            text.push_str(fraction);
        }
        text
    }
}

fn grouped(whole: &str, separator: char) -> String {
    let mut text = String::with_capacity(whole.len() + whole.len() / 3);
    for (idx, digit) in whole.chars().enumerate() {
        if idx > 0 && (whole.len() - idx).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// The words of a date axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateWords {
    /// The word before an ISO week number, for example `wk`.
    pub week: String,
    /// Short names of the twelve months, January first.
    pub months: [String; 12],
}

impl DateWords {
    /// Week and month names in English.
    pub fn english() -> Self {
        Self::new("wk", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
    }

    /// Week and month names in Dutch.
    pub fn dutch() -> Self {
        Self::new("wk", "jan feb mrt apr mei jun jul aug sep okt nov dec")
    }

    fn new(week: &str, months: &str) -> Self {
        let mut names = months.split(' ').map(str::to_owned);
        let months = core::array::from_fn(|_| names.next().unwrap_or_default());
        Self {
            week: week.to_owned(),
            months,
        }
    }

    /// `4 okt`
    pub(crate) fn day(&self, date: Date) -> String {
        format!("{} {}", date.day(), self.month(date))
    }

    /// `4 okt 2021`
    pub(crate) fn day_and_year(&self, date: Date) -> String {
        format!("{} {}", self.day(date), date.year())
    }

    /// `wk 40`
    pub(crate) fn iso_week(&self, date: Date) -> String {
        format!("{} {}", self.week, date.iso_week_date().week())
    }

    fn month(&self, date: Date) -> &str {
        let month = usize::from(date.month().unsigned_abs());
        &self.months[month - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn numbers_are_grouped_and_keep_the_real_minus() {
        for (value, decimals, dutch, english) in [
            (0.0, 0, "0", "0"),
            (999.0, 0, "999", "999"),
            (-1000.0, 0, "\u{2212}1.000", "\u{2212}1,000"),
            (1_234_567.891, 2, "1.234.567,89", "1,234,567.89"),
            (-0.4, 0, "0", "0"),
        ] {
            assert_eq!(
                NumberStyle::Dutch.format(value, decimals),
                dutch,
                "Dutch {value}"
            );
            assert_eq!(
                NumberStyle::English.format(value, decimals),
                english,
                "English {value}"
            );
        }
    }

    #[test]
    fn iso_weeks_cross_the_year() {
        let words = DateWords::dutch();
        assert_eq!(
            words.iso_week(date(2022, 1, 2)),
            "wk 52",
            "a Sunday of the old ISO year"
        );
        assert_eq!(
            words.day_and_year(date(2022, 3, 1)),
            "1 mrt 2022",
            "day, month and year"
        );
    }
}
