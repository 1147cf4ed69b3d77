//! The brief as the head of the page.

use crate::report::brief::{Brief, phrases as say};
use crate::report::html::Part;
use crate::report::html::markup::Markup;

pub(super) fn write(part: &Part<'_>, brief: &Brief, body: &mut Markup) {
    let language = part.language;
    body.element("h1", &brief.title);
    if let Some(notice) = &brief.notice {
        body.raw("<p class=\"notice\">");
        body.text(notice);
        body.raw("</p>\n");
    }
    body.heading(say::QUESTION.text(language));
    body.paragraph(say::QUESTION_TEXT.text(language));
    body.heading(say::ANSWER.text(language));
    body.raw("<div class=\"answer\">");
    for sentence in &brief.answer {
        body.paragraph(sentence);
    }
    body.raw("</div>\n");
    write_policies(brief, body);
    body.raw("<p class=\"quiet\">");
    body.text(&brief.explanation);
    body.raw("</p>\n");
    body.heading(say::TERMS.text(language));
    body.raw("<dl>\n");
    for (term, meaning) in &brief.terms {
        body.element("dt", term);
        body.element("dd", meaning);
    }
    body.raw("</dl>\n");
}

fn write_policies(brief: &Brief, body: &mut Markup) {
    body.raw("<div class=\"scroll\"><table><thead><tr>");
    for (idx, head) in brief.heads.iter().enumerate() {
        let class = if idx == 0 { "" } else { " class=\"number\"" };
        body.raw(&format!("<th scope=\"col\"{class}>"));
        body.text(head);
        body.raw("</th>");
    }
    body.raw("</tr></thead><tbody>\n");
    for [label, fields @ ..] in &brief.rows {
        body.raw("<tr><th scope=\"row\">");
        body.text(label);
        body.raw("</th>");
        for text in fields {
            body.raw("<td class=\"number\">");
            body.text(text);
            body.raw("</td>");
        }
        body.raw("</tr>\n");
    }
    body.raw("</tbody></table></div>\n");
}
