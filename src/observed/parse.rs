//! Reading a file of observations, with every mistake at its line and column.
//!
//! No column needs a comma or a line end inside a field, so a row is a line and a field lies between
//! two commas; quotes around a whole field are taken off.

use core::ops::{Range, RangeInclusive};
use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use crate::observed::notes::{Note, Notes};
use crate::observed::numbers::Observed;
use crate::observed::series::{ObservedSeries, Rhythm};
use crate::scenario::{Place, ScenarioErrors, SourceText, Violation, did_you_mean, limits};

/// Bytes of one file of observations: some 200 000 rows.
pub const FILE_BYTES: usize = 8 << 20;

/// Columns, and whether a file can do without.
const COLUMNS: [(&str, bool); 4] = [
    ("date", false),
    ("series", false),
    ("region", true),
    ("value", false),
];
const DATE: usize = 0;
const SERIES: usize = 1;
const REGION: usize = 2;
const VALUE: usize = 3;

/// A field without its quotes, and where it stands.
#[derive(Debug, Clone)]
struct Field<'t> {
    text: &'t str,
    span: Range<usize>,
}

/// Position of each of [`COLUMNS`] in a row.
type Header = [Option<usize>; COLUMNS.len()];

/// What one row says.
type Row = ((ObservedSeries, Option<String>), Date, f64);

impl Observed {
    /// Reads the text of a file that messages call `name`.
    ///
    /// # Errors
    /// Everything that is wrong in the text.
    pub fn parse(text: &str, name: &str, regions: &[&str]) -> Result<Self, ScenarioErrors> {
        let source = SourceText {
            name: name.to_owned(),
            text: text.to_owned(),
        };
        let mut reader = Reader {
            source: &source,
            regions,
            violations: Vec::new(),
        };
        let observed = reader.read();
        let violations = reader.violations;
        match observed {
            Some(observed) if violations.is_empty() => Ok(observed),
            _ => Err(ScenarioErrors::new(violations, vec![source])),
        }
    }
}

struct Reader<'t> {
    source: &'t SourceText,
    regions: &'t [&'t str],
    violations: Vec<Violation>,
}

impl<'t> Reader<'t> {
    fn read(&mut self) -> Option<Observed> {
        let text: &'t str = &self.source.text;
        if text.len() > FILE_BYTES {
            let allowed = format!("at most {FILE_BYTES} bytes");
            self.wrong("", 0..0, "the file is too large", Some(allowed));
            return None;
        }
        let mut lines = lines(text).filter(|line| !line.text.starts_with('#'));
        let Some(first) = lines.next() else {
            self.wrong("", 0..0, "the file holds no row", Some(header_text()));
            return None;
        };
        let header = self.header(&first)?;
        let n_fields = fields(&first).count();
        let mut observed = Observed {
            values: BTreeMap::new(),
            notes: self.notes(text),
            text: text.to_owned(),
        };
        for line in lines {
            if self.violations.len() >= limits::VIOLATIONS {
                return None;
            }
            if let Some((place, row)) = self.row(&line, &header, n_fields) {
                self.add(&mut observed, place, row);
            }
        }
        Some(observed)
    }

    /// What the remarks say of the file.
    fn notes(&mut self, text: &'t str) -> Notes {
        let mut notes = Notes::default();
        for line in lines(text) {
            let note = Note::of(line.text);
            if let Some(Err(series)) = note.map(|note| notes.add(&note)) {
                self.no_series(series, line.span);
            }
            if self.violations.len() >= limits::VIOLATIONS {
                break;
            }
        }
        notes
    }

    /// Where the columns stand.
    fn header(&mut self, line: &Field<'t>) -> Option<Header> {
        let mut header = [None; COLUMNS.len()];
        let known = COLUMNS.map(|(name, _)| name);
        if line.text.contains(';') {
            let message = "columns are separated by semicolons";
            self.wrong("", line.span.clone(), message, Some("commas".to_owned()));
            return None;
        }
        for (position, field) in fields(line).enumerate() {
            if self.violations.len() >= limits::VIOLATIONS {
                return None;
            }
            match known.iter().position(|name| *name == field.text) {
                Some(column) if header[column].is_none() => header[column] = Some(position),
                Some(_) => self.wrong(field.text, field.span, "the column stands twice", None),
                None => {
                    let guess = did_you_mean(field.text, &known);
                    let message = format!("there is no column {:?}{guess}", field.text);
                    self.wrong("", field.span, &message, Some(header_text()));
                }
            }
        }
        for (column, (name, is_optional)) in COLUMNS.into_iter().enumerate() {
            if header[column].is_none() && !is_optional {
                self.wrong(
                    name,
                    line.span.clone(),
                    "the column is missing",
                    Some(header_text()),
                );
            }
        }
        // Without its columns nothing can be said of the rows.
        self.violations.is_empty().then_some(header)
    }

    /// One row; `None` when its value is left out, or when something is wrong with it.
    fn row(
        &mut self,
        line: &Field<'t>,
        header: &Header,
        n_fields: usize,
    ) -> Option<(Range<usize>, Row)> {
        let row: Vec<Field<'t>> = fields(line).collect();
        if row.len() != n_fields {
            let message = format!("the row has {} fields", row.len());
            let allowed = format!("{n_fields}, as in the header; a decimal point, not a comma");
            self.wrong("", line.span.clone(), &message, Some(allowed));
            return None;
        }
        let field = |column: usize| header[column].map(|position| row[position].clone());
        let (date, series, value) = (field(DATE)?, field(SERIES)?, field(VALUE)?);
        let place = date.span.clone();
        // All mistakes of a row are reported, so all fields are read before any is used.
        let date = self.date(&date);
        let series = self.series(&series);
        let region = match field(REGION).filter(|field| !field.text.is_empty()) {
            Some(field) => self.region(&field).map(Some),
            None => Some(None),
        };
        let value = self.value(&value, series);
        Some((place, ((series?, region?), date?, value?)))
    }

    fn date(&mut self, field: &Field<'_>) -> Option<Date> {
        let date = field.text.parse::<Date>().ok();
        // The library would also take a time after the date.
        let date = date.filter(|_| field.text.len() == "2021-10-04".len());
        if date.is_none() {
            let message = format!("{:?} is no date", field.text);
            let allowed = Some("year, month and day, as in 2021-10-04".to_owned());
            self.wrong("date", field.span.clone(), &message, allowed);
        }
        date
    }

    fn series(&mut self, field: &Field<'_>) -> Option<ObservedSeries> {
        let found = ObservedSeries::named(field.text);
        if found.is_none() {
            self.no_series(field.text, field.span.clone());
        }
        found
    }

    fn no_series(&mut self, name: &str, span: Range<usize>) {
        let names = ObservedSeries::ALL.map(ObservedSeries::key);
        let guess = did_you_mean(name, &names);
        let message = format!("there is no series {name:?}{guess}");
        self.wrong("series", span, &message, Some(names.join(", ")));
    }

    fn region(&mut self, field: &Field<'_>) -> Option<String> {
        if self.regions.contains(&field.text) {
            return Some(field.text.to_owned());
        }
        let guess = did_you_mean(field.text, self.regions);
        let message = format!("the scenario has no region {:?}{guess}", field.text);
        let allowed = format!("empty for the country, {}", self.regions.join(", "));
        self.wrong("region", field.span.clone(), &message, Some(allowed));
        None
    }

    /// The number; `None` without remark when it is left out.
    fn value(&mut self, field: &Field<'_>, series: Option<ObservedSeries>) -> Option<f64> {
        if field.text.is_empty() {
            return None;
        }
        let largest = series.map_or(f64::MAX, ObservedSeries::largest);
        let number = field.text.parse::<f64>().ok();
        let number = number.filter(|number| (0.0..=largest).contains(number));
        if number.is_none() {
            let message = format!("{:?} cannot be", field.text);
            let allowed = series.map_or("a number".to_owned(), |_| {
                format!("a number from 0 to {largest}, or nothing when it is missing")
            });
            self.wrong("value", field.span.clone(), &message, Some(allowed));
        }
        number
    }

    fn add(&mut self, observed: &mut Observed, place: Range<usize>, (key, date, value): Row) {
        let (name, rhythm) = (key.0.key(), key.0.rhythm());
        let of_series = observed.values.entry(key).or_default();
        if let Some((other, _)) = of_series.range(same_time(rhythm, date)).next() {
            let message = match rhythm {
                Rhythm::Daily => format!("{name} on {date} stands twice"),
                Rhythm::Weekly => format!("{name} stands twice for one week: {other} and {date}"),
            };
            self.wrong("", place, &message, None);
        }
        of_series.insert(date, value);
    }

    fn wrong(&mut self, path: &str, span: Range<usize>, message: &str, allowed: Option<String>) {
        self.violations.push(Violation {
            path: path.to_owned(),
            place: Place::in_file(self.source, span),
            value: None,
            message: message.to_owned(),
            allowed,
        });
    }
}

/// The dates that an observation of `date` speaks for: the day, or its ISO week.
fn same_time(rhythm: Rhythm, date: Date) -> RangeInclusive<Date> {
    if rhythm == Rhythm::Daily {
        return date..=date;
    }
    let weekday = i64::from(date.weekday().to_monday_zero_offset());
    let away = |days: i64| date.saturating_add(Span::new().days(days));
    away(-weekday)..=away(6 - weekday)
}

fn header_text() -> String {
    COLUMNS.map(|(name, _)| name).join(",")
}

/// The lines that are not empty, without a byte order mark.
fn lines(text: &str) -> impl Iterator<Item = Field<'_>> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        let from = start;
        start += line.len();
        trimmed(line, from)
    });
    lines.filter(|line| !line.text.is_empty())
}

/// The fields of a line.
fn fields<'t>(line: &Field<'t>) -> impl Iterator<Item = Field<'t>> {
    let mut start = line.span.start;
    line.text.split(',').map(move |text| {
        let from = start;
        start += text.len() + 1;
        let field = trimmed(text, from);
        let inner = field.text.strip_prefix('"');
        match inner.and_then(|inner| inner.strip_suffix('"')) {
            Some(inner) => trimmed(inner, field.span.start + 1),
            None => field,
        }
    })
}

/// `text`, which begins at byte `start`, without blanks around it.
fn trimmed(text: &str, start: usize) -> Field<'_> {
    let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    let front = text.len() - text.trim_start_matches(is_blank).len();
    let text = text.trim_matches(is_blank);
    let start = start + front;
    Field {
        text,
        span: start..start + text.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const REGIONS: [&str; 2] = ["coast", "inland"];

    fn read(text: &str) -> Result<Observed, Vec<String>> {
        Observed::parse(text, "o.csv", &REGIONS)
            .map_err(|errors| errors.violations.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn columns_may_stand_in_any_order_and_values_may_be_missing() {
        let text = "\u{feff}# LCPS\r\nvalue,series,date\r\n128,covid_ic,2021-10-04\r\n\r\n,covid_ic,2021-10-05\r\n\"326.5\",\"covid_ward\",\"2021-10-04\"\r\n";
        let observed = read(text).expect("a sound file");
        assert_eq!(observed.len(), 2, "the missing value is left out");
        let day = date(2021, 10, 4);
        assert_eq!(observed.on(ObservedSeries::CovidIc, day), Some(128.0));
        assert_eq!(observed.on(ObservedSeries::CovidWard, day), Some(326.5));
        assert_eq!(observed.text(), text, "kept as it was");
    }

    #[test]
    fn a_file_says_of_itself_where_it_belongs_and_comes_from() {
        let text = "# Source: all of it is invented.\n# scenario: small, large\n\
                    # source covid_ic: LCPS, by day\n# source of the rest: nobody\n\
                    date,series,value\n2021-10-04,covid_ic,128\n";
        let observed = read(text).expect("a sound file");
        assert_eq!(observed.notes().scenarios, ["small", "large"]);
        let sources: Vec<_> = observed.notes().sources.iter().collect();
        assert_eq!(
            sources,
            [(&ObservedSeries::CovidIc, &"LCPS, by day".to_owned())],
            "other remarks are remarks"
        );
        let found =
            read(&text.replace("source covid_ic", "source covid_ik")).expect_err("no such series");
        assert!(
            found[0].starts_with("o.csv:3:1") && found[0].contains("did you mean \"covid_ic\"?"),
            "{found:?}"
        );
    }

    #[test]
    fn what_was_observed_later_can_be_left_out() {
        let text = "date,series,value\n2021-10-04,covid_ic,1\n2021-10-05,covid_ic,2\n";
        let observed = read(text).expect("a sound file").until(date(2021, 10, 4));
        let left: Vec<_> = observed.national(ObservedSeries::CovidIc).collect();
        assert_eq!(left, [(date(2021, 10, 4), 1.0)], "the day counts");
    }

    #[test]
    fn regions_are_apart_from_the_country() {
        let text =
            "date,series,region,value\n2021-10-04,covid_ic,,9\n2021-10-04,covid_ic,coast,5\n";
        let observed = read(text).expect("a sound file");
        let national: Vec<_> = observed.national(ObservedSeries::CovidIc).collect();
        let coast: Vec<_> = observed
            .regional(ObservedSeries::CovidIc, "coast")
            .collect();
        let day = date(2021, 10, 4);
        assert_eq!(national, [(day, 9.0)], "the country");
        assert_eq!(coast, [(day, 5.0)], "the region");
    }

    #[test]
    fn every_mistake_is_reported_at_its_line_and_column() {
        let text = "date,series,region,value\n\
                    2021-13-04,covid_ik,cost,-1\n\
                    2021-10-04,covid_ic,,12,5\n\
                    2021-10-04,operations_percent,,201\n\
                    2021-10-04,covid_ic,,NA\n\
                    2021-10-05,covid_ic,,1\n\
                    2021-10-05,covid_ic,,2\n\
                    2021-10-05,hospitals_failing_norm,,2\n\
                    2021-10-11,hospitals_failing_norm,,2\n\
                    2021-10-10,hospitals_failing_norm,,2\n";
        let found = read(text).expect_err("mistakes");
        let places: Vec<&str> = found
            .iter()
            .map(|line| line.split(": ").next().unwrap_or_default())
            .collect();
        let expected = [
            "o.csv:2:1",
            "o.csv:2:12",
            "o.csv:2:21",
            "o.csv:2:26",
            "o.csv:3:1",
            "o.csv:4:32",
            "o.csv:5:22",
            "o.csv:7:1",
            "o.csv:10:1",
        ];
        assert_eq!(places, expected, "{found:#?}");
        assert!(
            found[1].contains("did you mean \"covid_ic\"?"),
            "{}",
            found[1]
        );
        assert!(found[2].contains("did you mean \"coast\"?"), "{}", found[2]);
        assert!(found[5].contains("a number from 0 to 200"), "{}", found[5]);
    }

    #[test]
    fn a_file_without_its_columns_is_refused() {
        let cases = [
            ("", "holds no row"),
            ("# nothing\n", "holds no row"),
            ("date;series;value\n", "semicolons"),
            ("date,serie,value\n", "did you mean \"series\"?"),
            ("date,series\n", "value: the column is missing"),
            ("date,date,series,value\n", "stands twice"),
        ];
        for (text, message) in cases {
            let found = read(text).expect_err(text);
            assert!(
                found.iter().any(|line| line.contains(message)),
                "{text:?}: {found:?}"
            );
        }
    }

    #[test]
    fn a_huge_file_is_refused() {
        let found = read(&"#".repeat(FILE_BYTES + 1)).expect_err("too large");
        assert!(found[0].contains("too large"), "{found:?}");
    }

    #[test]
    fn a_flood_of_mistakes_is_cut_off() {
        let text = "date,series,value\n".to_owned() + &"x,y,z\n".repeat(1_000);
        let found = read(&text).expect_err("mistakes");
        assert_eq!(found.len(), limits::VIOLATIONS, "no more than that");
    }
}
