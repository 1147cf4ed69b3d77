//! The report as one file: complete, self-contained, and safe against any label.

use std::fs;

use zorgdruk::experiment::{Experiment, StudyFrame};
use zorgdruk::model::Model;
use zorgdruk::report::folder::Existing;
use zorgdruk::report::html::write_report;
use zorgdruk::report::manifest::FORMAT;
use zorgdruk::report::{Evidence, Input, Language, Manifest, RowStore, RunFolder, write_tables};
use zorgdruk::statistics::confidence::Confidence;

use crate::fixture;

const REPLICATIONS: u32 = 12;
pub(crate) const SCRIPT: &str = "<script>alert('x')</script>";
const FORMULA: &str = "=HYPERLINK(\"http://example.org\")";

/// A small run whose names are as nasty as names can be.
fn nasty(model: &Model, figures: bool) -> Manifest {
    let mut frame = StudyFrame::new(model);
    frame.title = format!("{SCRIPT} & \"title\"").into();
    frame.policies[0].key = FORMULA.into();
    frame.policies[0].label = format!("{SCRIPT} </svg></main>").into();
    frame.policies[1].label = "{other} {share}".into();
    frame.regions[0].name = format!("{SCRIPT} \u{4e2d}").into();
    Manifest {
        format: FORMAT,
        version: "0.0.0".to_owned(),
        commit: "unknown".to_owned(),
        features: vec!["charts".to_owned()],
        stream_version: Experiment::STREAM_VERSION,
        scenario_sha256: "0".repeat(64),
        inputs: Input::list([("a scenario.toml", "")]),
        sources_sha256: String::new(),
        observed_sha256: None,
        overrides: vec!["title='--></script>'".to_owned()],
        seed: 1,
        n_replications: REPLICATIONS,
        error_rate: Confidence::P95,
        language: Language::En,
        figures,
        frame,
        shard: None,
        precision: None,
        uncertain: false,
        plain: false,
    }
}

/// The folder of a nasty run with its report.
pub(crate) fn reported(figures: bool) -> (tempfile::TempDir, String) {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = RunFolder::create(place.path(), Existing::Keep).expect("a folder");
    let model = fixture::small(&[]);
    let manifest = nasty(&model, figures);
    manifest.write(&folder).expect("written");
    let notes = "path,status,source\na.b,assumption,\"<img src=x onerror=alert(1)>\"\n";
    folder
        .write("input/sources.csv", notes.as_bytes())
        .expect("written");
    let chunk = Experiment::new(&model, 1).chunk(0, REPLICATIONS, &|| {});
    let rows = RowStore::reported(&folder, &manifest);
    rows.write(&chunk).expect("written");
    let evidence = Evidence::gather(&folder).expect("evidence");
    write_tables(&evidence, &folder).expect("tables");
    write_report(&evidence, &folder, Language::En).expect("a report");
    let html = folder.read("report.html").expect("the report");
    (place, String::from_utf8(html).expect("UTF-8"))
}

#[test]
fn no_label_becomes_markup_or_a_formula() {
    let (place, html) = reported(true);
    assert_eq!(
        html.matches("<script").count(),
        1,
        "the only script is the report's own"
    );
    assert_eq!(
        html.matches("</main>").count(),
        2,
        "each language ends once"
    );
    assert!(
        html.contains("&lt;script&gt;alert("),
        "the label is there as text"
    );
    for open in ["<img", " onerror=\"", "javascript:"] {
        assert!(
            !html.contains(open),
            "{open} never becomes part of the page"
        );
    }
    let tables = ["summary.csv", "comparisons.csv", "weekly.csv", "daily.csv"];
    for table in tables {
        let csv = fs::read_to_string(place.path().join(table)).expect("a table");
        let is_formula = |line: &str| line.starts_with('=') || line.starts_with("\"=");
        assert!(!csv.lines().any(is_formula), "{table} holds a formula");
        assert!(
            csv.contains("'=HYPERLINK"),
            "{table} holds the name as text"
        );
    }
}

#[test]
fn the_report_has_all_its_parts_in_both_languages() {
    let (_place, html) = reported(true);
    for heading in [
        "Question",
        "The policies",
        "Answer",
        "Figures",
        "Tables",
        "Assumptions and sources",
        "What is not known",
        "How to reproduce",
        "Vraag",
        "Het beleid",
        "Antwoord",
        "Figuren",
        "Tabellen",
        "Aannamen en bronnen",
        "Wat niet bekend is",
        "Zelf herhalen",
    ] {
        assert!(
            html.contains(&format!(">{heading}</h2>")),
            "{heading} is a heading"
        );
    }
    // Each once for wide windows and once for narrow ones.
    let pictures = html.matches("role=\"img\"").count() / 2;
    let left_out = html.matches("is left out:").count() + html.matches("ontbreekt:").count();
    assert_eq!(
        pictures + left_out,
        2 * 18,
        "every figure in both languages"
    );
    assert!(pictures >= 2 * 10, "most of them drawn: {pictures}");
    assert_eq!(
        html.matches("<desc>").count(),
        2 * pictures,
        "each with its alternative text"
    );
    assert!(
        html.contains("<code>title="),
        "what was changed is named beside the command"
    );
    let named = [">?</td>", "{baseline}", "{n}", "{level}"];
    for gap in named {
        assert!(!html.contains(gap), "nothing is left open: {gap}");
    }
}

#[test]
fn a_run_without_figures_has_a_report_without_figures() {
    let (_place, html) = reported(false);
    assert!(!html.contains("<svg"), "no figure was asked for");
    assert!(
        html.contains("This run was made without figures."),
        "and that is said"
    );
}

#[test]
fn the_report_asks_for_nothing_outside_itself() {
    let (_place, html) = reported(true);
    // Names of XML namespaces and the nasty name itself are no requests.
    let rest = html
        .replace("xmlns=\"http://www.w3.org/2000/svg\"", "")
        .replace("http://example.org", "");
    for outside in ["http://", "https://", "src=\"", "href=\"", "@import"] {
        let rest = rest
            .replace("href=\"data:,\"", "")
            .replace("href=\"#", "")
            .replace("href=\"figures/", "");
        assert!(
            !rest.contains(outside),
            "{outside} asks for something outside"
        );
    }
    assert!(
        html.contains("default-src &#39;none&#39;") || html.contains("default-src 'none'"),
        "and none may"
    );
}
