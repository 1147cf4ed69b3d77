//! HTML on its way: text is escaped, always.

use core::fmt::Write;

/// A piece of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Markup(String);

impl Markup {
    /// Markup as it stands. Never for text that comes from a scenario.
    pub(super) fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// Text.
    pub(super) fn text(&mut self, text: &str) {
        self.0.push_str(&escaped(text));
    }

    /// An element that holds text only.
    pub(super) fn element(&mut self, name: &str, text: &str) {
        let escaped = escaped(text);
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "<{name}>{escaped}</{name}>");
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.element("h2", text);
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.element("p", text);
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// `text` as it may stand between tags and in quoted attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // No browser shows control characters; HTML forbids most of them.
            '\n' | '\t' => escaped.push(character),
            other if other.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A table that can be sorted by each column and filtered by its text.
#[derive(Debug, Clone)]
pub(super) struct Sortable<'a> {
    /// Unique on the page.
    pub(super) id: String,
    pub(super) caption: &'a str,
    /// Said on paper, where the table is left out.
    pub(super) on_paper: &'a str,
    /// The word before the field of the filter.
    pub(super) filter: &'a str,
    /// Columns with whether they hold numbers.
    pub(super) columns: Vec<(&'a str, bool)>,
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
    pub(super) fn write(&self, page: &mut Markup) {
        page.raw("<label class=\"filter\" hidden>");
        page.text(self.filter);
        page.raw(&format!(
            " <input type=\"search\" data-table=\"{}\"></label>\n",
            escaped(&self.id)
        ));
        page.raw("<p class=\"on-paper\">");
        page.text(self.on_paper);
        page.raw("</p>\n<div class=\"tall\" tabindex=\"0\">");
        page.raw(&format!("<table id=\"{}\">", escaped(&self.id)));
        page.element("caption", self.caption);
        page.raw("<thead><tr>");
        for (name, is_number) in &self.columns {
            page.raw(&format!(
                "<th scope=\"col\"{}><button type=\"button\">",
                class(*is_number)
            ));
            page.text(name);
            page.raw("</button></th>");
        }
        page.raw("</tr></thead>\n<tbody>\n");
        for row in &self.rows {
            self.write_row(row, page);
        }
        page.raw("</tbody></table></div>\n");
    }

    fn write_row(&self, row: &[Field], page: &mut Markup) {
        page.raw("<tr>");
        for (field, (_, is_number)) in row.iter().zip(&self.columns) {
            let value = field
                .value
                .map_or(String::new(), |value| format!(" data-v=\"{value}\""));
            page.raw(&format!("<td{}{value}>", class(*is_number)));
            page.text(&field.text);
            page.raw("</td>");
        }
        page.raw("</tr>\n");
    }
}

const fn class(is_number: bool) -> &'static str {
    if is_number { " class=\"number\"" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_markup() {
        let mut page = Markup::default();
        page.paragraph("<script>alert('x') & \"y\"</script>\u{0}");
        let expected =
            "<p>&lt;script&gt;alert(&#39;x&#39;) &amp; &quot;y&quot;&lt;/script&gt; </p>\n";
        assert_eq!(page.as_str(), expected, "all five characters are escaped");
    }

    #[test]
    fn a_table_keeps_numbers_beside_their_text() {
        let table = Sortable {
            id: "t".to_owned(),
            caption: "c",
            on_paper: "p",
            filter: "f",
            columns: vec![("<b>", false), ("n", true)],
            rows: vec![vec![Field::text("=1"), Field::number("1.234", 1234.0)]],
        };
        let mut page = Markup::default();
        table.write(&mut page);
        let html = page.as_str();
        assert!(
            html.contains("<button type=\"button\">&lt;b&gt;</button>"),
            "{html}"
        );
        assert!(html.contains("data-v=\"1234\">1.234</td>"), "{html}");
    }
}
