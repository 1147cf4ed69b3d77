//! A figure on the page: its heading, the picture, its numbers as a table, and where they are as a file.

use maud::{Markup, PreEscaped, html};

use crate::chart::theme::Width;
use crate::report::column::Column;
use crate::report::figures::{Drawn, Figure};
use crate::report::html::part::Part;
use crate::report::html::phrases as say;
use crate::report::{Decimal, layout};

/// Rows of a table that the page shows; the file has all of them.
const MOST_ROWS: usize = 60;

/// A figure for wide windows, and for narrow ones.
pub(super) type Both<'d> = (&'d Drawn, &'d Drawn);

pub(super) fn markup(part: &Part<'_>, (drawn, narrow): Both<'_>) -> Markup {
    let id = anchor(part, drawn);
    match &drawn.figure {
        Ok(figure) => html! {
            section.figure aria-labelledby=(id) {
                h3 id=(id) { (drawn.heading) }
                figure class=[figure.svg.is_high().then_some("high")] {
                    // The same figure twice, laid out for wide and narrow windows, of which one is shown.
                    div.wide { (PreEscaped(figure.svg.as_str())) }
                    @if let Ok(narrow) = &narrow.figure {
                        div.narrow { (PreEscaped(narrow.svg.as_str())) }
                    }
                    figcaption { (files(part, drawn)) }
                }
                (numbers(part, drawn, figure))
            }
        },
        Err(reason) => {
            let gaps = [("name", drawn.heading.as_str()), ("reason", reason)];
            html! { p { (part.wording.say(say::LEFT_OUT, &gaps)) } }
        }
    }
}

/// What a figure is called in links.
pub(super) fn anchor(part: &Part<'_>, drawn: &Drawn) -> String {
    format!("figure-{}-{}", drawn.name, part.wording.language.code())
}

/// Links to the files of a figure, which stand beside the page.
fn files(part: &Part<'_>, drawn: &Drawn) -> Markup {
    let language = part.wording.language;
    let picture = layout::picture(drawn.name, language, Width::Page);
    html! {
        (part.say(say::FILES)) " "
        a href={ "figures/" (drawn.name) ".csv" } { (drawn.name) ".csv" }
        " \u{b7} "
        a href={ "figures/" (picture) ".png" } { (picture) ".png" }
        " \u{b7} "
        a href={ "figures/" (picture) ".svg" } { (picture) ".svg" }
    }
}

/// The numbers, which open on demand.
fn numbers(part: &Part<'_>, drawn: &Drawn, figure: &Figure) -> Markup {
    let columns: Vec<&Column> = drawn.columns.iter().copied().flatten().collect();
    let all = figure.rows.len();
    let shown = all.min(MOST_ROWS).to_string();
    let gaps = [("n", shown.as_str()), ("all", &all.to_string())];
    let (caption, name) = (drawn.heading.as_str(), part.say(say::NUMBERS));
    html! {
        details {
            summary { (name) }
            div.tall tabindex="0" role="region" aria-label={ (name) ": " (caption) } { table {
                caption {
                    @if all > MOST_ROWS { (part.wording.say(say::FIRST_ROWS, &gaps)) }
                    @else { (caption) }
                }
                thead { tr {
                    @for Column(name, unit, _) in &columns {
                        th scope="col" {
                            (name) @if !unit.is_empty() { " (" (unit) ")" }
                        }
                    }
                } }
                tbody {
                    @for row in figure.rows.iter().take(MOST_ROWS) {
                        tr { @for cell in row { td { (cell.text(Decimal::Point)) } } }
                    }
                }
            } }
        }
    }
}
