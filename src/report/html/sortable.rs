//! Tables that can be sorted by each column and filtered by their text.

use maud::{Markup, html};

use crate::report::html::part::Part;
use crate::report::html::phrases::FILTER;
use crate::report::phrase::Phrase;

/// A table of many rows.
pub(super) struct Sortable<'a> {
    /// Unique among the tables of a language.
    pub(super) name: &'a str,
    pub(super) caption: Phrase,
    /// Said on paper, where the table is left out.
    pub(super) on_paper: Phrase,
    /// Columns with whether they hold numbers.
    pub(super) columns: &'a [(Phrase, bool)],
    pub(super) rows: Vec<Vec<Field>>,
}

/// One field of a [`Sortable`].
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    text: String,
    /// What a number is sorted by.
    value: Option<f64>,
}

impl Field {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            value: None,
        }
    }

    /// A number as it is shown; one that is not finite sorts as text.
    pub(super) fn number(text: impl Into<String>, value: f64) -> Self {
        Self {
            text: text.into(),
            value: value.is_finite().then_some(value),
        }
    }
}

impl Sortable<'_> {
    pub(super) fn markup(&self, part: &Part<'_>) -> Markup {
        let id = format!("{}-{}", self.name, part.wording.language.code());
        html! {
            label.filter hidden { (part.say(FILTER)) " " input type="search" data-table=(id); }
            p.on-paper { (part.say(self.on_paper)) }
            div.tall tabindex="0" { table id=(id) {
                caption { (part.say(self.caption)) }
                thead { tr {
                    @for (name, is_number) in self.columns {
                        th scope="col" class=[class(*is_number)] {
                            button type="button" { (part.say(*name)) }
                        }
                    }
                } }
                tbody {
                    @for row in &self.rows { (self.row(row)) }
                }
            } }
        }
    }

    fn row(&self, row: &[Field]) -> Markup {
        html! {
            tr {
                @for (field, (_, is_number)) in row.iter().zip(self.columns) {
                    td class=[class(*is_number)] data-v=[field.value] { (field.text) }
                }
            }
        }
    }
}

fn class(is_number: bool) -> Option<&'static str> {
    is_number.then_some("number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_keeps_numbers_beside_their_text_and_text_never_becomes_markup() {
        const NAME: Phrase = Phrase::new("n", "n");
        let table = Sortable {
            name: "t",
            caption: NAME,
            on_paper: NAME,
            columns: &[(NAME, false), (NAME, true)],
            rows: Vec::new(),
        };
        let text = "<b>\"&";
        let row = [Field::text(text), Field::number("1.234", 1234.0)];
        assert_eq!(
            table.row(&row).into_string(),
            "<tr><td>&lt;b&gt;&quot;&amp;</td><td class=\"number\" data-v=\"1234\">1.234</td></tr>",
            "escaped, and with its value"
        );
    }
}
