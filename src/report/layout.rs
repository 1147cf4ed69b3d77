//! What the folder of a run holds, and by which marks it is known as ours.

use std::ffi::OsStr;
use std::path::{Component, Path};

use serde_json::Value;

#[cfg(feature = "charts")]
use crate::chart::theme::Width;
use crate::files;
#[cfg(feature = "charts")]
use crate::report::Language;
use crate::report::unfinished::UNFINISHED;

/// Name of the manifest, which makes a folder the folder of a run.
pub const MANIFEST: &str = "manifest.json";
/// Name of the file with facts that differ between two runs of the same thing.
pub const RUNTIME: &str = "runtime.json";
/// Folder of the scenario and the policies as they were read.
pub const INPUT: &str = "input";
/// Name of the report.
pub const REPORT: &str = "report.html";
/// Name of the brief on paper.
const BRIEF: &str = "brief.pdf";
const BRIEF_NL: &str = "brief.nl.pdf";
/// Folder of the figures.
pub const FIGURES: &str = "figures";
/// Folder of the run beside a run in which what is not known is drawn too.
pub const UNCERTAIN: &str = "uncertain";
/// Folder of the worlds that a run reports on.
pub const ROWS: &str = "rows";
/// Folder of the worlds that only served to find how many are needed.
pub const EXPLORED: &str = "explored";
/// The tables of a run.
pub(crate) const SUMMARY: &str = "summary.csv";
pub(crate) const COMPARISONS: &str = "comparisons.csv";
pub(crate) const BEST: &str = "best.csv";
pub(crate) const TRADE_OFFS: &str = "trade_offs.csv";
pub(crate) const ACTIVATIONS: &str = "activations.csv";
pub(crate) const STREAMS: &str = "streams.csv";
pub(crate) const WEEKLY: &str = "weekly.csv";
pub(crate) const DAILY: &str = "daily.csv";
pub(crate) const REPLICATIONS: &str = "replications.csv";
pub(crate) const POLICIES: &str = "policies.csv";
pub(crate) const REGIONS: &str = "regions.csv";
/// What the tables are, for programs that read them.
pub(crate) const PACKAGE: &str = "datapackage.json";
pub(crate) const DICTIONARY: &str = "dictionary.csv";
/// What the folder is, for archives of research data.
pub(crate) const CRATE: &str = "ro-crate-metadata.json";
pub(crate) const PRECISION: &str = "precision.csv";
pub(crate) const SCORES: &str = "backtest.csv";
pub(crate) const SHAPES: &str = "backtest_shape.csv";
pub(crate) const OBSERVATIONS: &str = "backtest_series.csv";
/// The worlds of a run, which stand in its folder only as they are stored.
pub(crate) const WORLDS_BY_DAY: &str = "worlds_day.csv";
pub(crate) const WORLDS_BY_REGION_WEEK: &str = "worlds_region_week.csv";
pub(crate) const WORLDS_BY_WAIT: &str = "worlds_waits.csv";
const WORLDS: [&str; 3] = [WORLDS_BY_DAY, WORLDS_BY_REGION_WEEK, WORLDS_BY_WAIT];
/// Everything that follows from the stored replications, except the figures.
pub(crate) const REPORTS: [&str; 22] = [
    SUMMARY,
    COMPARISONS,
    BEST,
    TRADE_OFFS,
    ACTIVATIONS,
    STREAMS,
    WEEKLY,
    DAILY,
    REPLICATIONS,
    POLICIES,
    REGIONS,
    PACKAGE,
    CRATE,
    DICTIONARY,
    PRECISION,
    SCORES,
    SHAPES,
    OBSERVATIONS,
    REPORT,
    BRIEF,
    BRIEF_NL,
    RUNTIME,
];
/// The figures of a run.
pub(crate) const DRAWN: [&str; 29] = [
    "answer",
    "of-100",
    "displacement-ladder",
    "differences",
    "activity",
    "occupancy",
    "region-weeks",
    "scale-down",
    "activity-regions",
    "waiting",
    "trade-off",
    "trade-off-beds",
    "trade-off-production",
    "phases",
    "region-map",
    "transfers",
    "loan-gate",
    "loan-funnel",
    "backtest-ic",
    "backtest-ward",
    "backtest-ic-weeks",
    "backtest-ward-weeks",
    "backtest-beds",
    "backtest-admissions",
    "backtest-moves",
    "backtest-regions",
    "backtest-hospitals",
    "backtest-stopped",
    "backtest-operations",
];
/// Behind the name of a picture in Dutch.
const DUTCH: &str = ".nl";
/// Behind the name of a picture that is not as wide as a page.
const PHONE: &str = ".phone";
const SLIDE: &str = ".slide";
/// Formats of a figure: two pictures, and the table of its numbers.
const FORMATS: [&str; 3] = ["svg", "png", "csv"];
/// Where the figures of the scenario come from.
pub(crate) const SOURCES: &str = "input/sources.csv";
/// Copy of the observed data of a backtest.
pub(crate) const OBSERVED: &str = "input/observed.csv";
/// What the manifest of a run has, whatever the version of the program.
const MARKS: [&str; 4] = ["format", "stream_version", "scenario_sha256", "frame"];
/// Largest file beside the rows that is read.
pub(crate) const MOST_BYTES: usize = 64 << 20;
/// The manifest in a folder, if this program wrote it, in whatever version.
pub(crate) fn manifest(path: &Path) -> Option<Value> {
    let bytes = files::whole(&path.join(MANIFEST), MOST_BYTES).ok()?;
    let manifest: Value = serde_json::from_slice(&bytes).ok()?;
    let is_ours = MARKS.iter().all(|key| manifest.get(key).is_some());
    is_ours.then_some(manifest)
}

/// Whether a file is one that was being written.
pub(crate) fn is_unfinished(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(UNFINISHED.as_bytes())
}

/// Whether a file holds worlds.
pub(crate) fn is_chunk(name: &str) -> bool {
    let named = name
        .strip_prefix("chunk-")
        .and_then(|rest| rest.split_once('.'));
    named.is_some_and(|(number, kind)| {
        number.len() >= 5
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && ["bin", "part"].contains(&kind)
    })
}

/// Whether a file is a table that follows from the worlds of a run.
pub(crate) fn is_table_of_run(file: &str) -> bool {
    REPORTS.contains(&file)
        || WORLDS.contains(&file)
        || file
            .strip_prefix(FIGURES)
            .is_some_and(|file| file.starts_with('/'))
}

/// The brief in a language.
#[cfg(feature = "charts")]
pub(crate) const fn brief(language: Language) -> &'static str {
    match language {
        Language::En => BRIEF,
        Language::Nl => BRIEF_NL,
    }
}

/// The name of a picture in a language and width, without the ending of its format: none overwrites another.
#[cfg(feature = "charts")]
pub(crate) fn picture(name: &str, language: Language, width: Width) -> String {
    let width = match width {
        Width::Phone => PHONE,
        Width::Page => "",
        Width::Slide => SLIDE,
    };
    let language = match language {
        Language::En => "",
        Language::Nl => DUTCH,
    };
    format!("{name}{width}{language}")
}

/// The name of a figure, of whatever picture of it.
fn figure_of(picture: &str) -> &str {
    let name = picture.strip_suffix(DUTCH).unwrap_or(picture);
    let widths = [PHONE, SLIDE].into_iter();
    let mut stems = widths.filter_map(|width| name.strip_suffix(width));
    stems.next().unwrap_or(name)
}

/// Whether a file is one of a figure of a run.
pub(crate) fn is_figure(name: &str) -> bool {
    let named = name.rsplit_once('.');
    named
        .is_some_and(|(name, format)| DRAWN.contains(&figure_of(name)) && FORMATS.contains(&format))
}

/// The paths that files of figures can have in the folder of a run.
pub(crate) fn figures() -> impl Iterator<Item = String> {
    let names = DRAWN
        .iter()
        .flat_map(|name| ["", PHONE, SLIDE].map(|width| format!("{name}{width}")))
        .flat_map(|name| ["", DUTCH].map(|language| format!("{name}{language}")));
    names.flat_map(|name| FORMATS.map(|format| format!("{FIGURES}/{name}.{format}")))
}

/// Whether a path that stands in a file leads to somewhere below the folder of copies.
pub(crate) fn is_inside_input(path: &str) -> bool {
    let mut steps = Path::new(path).components();
    let first = steps.next();
    first == Some(Component::Normal(OsStr::new(INPUT)))
        && steps.all(|step| matches!(step, Component::Normal(_)))
}
