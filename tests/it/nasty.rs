//! Runs that strain figures and brief: long names, one policy, twenty policies, no displacement, one
//! region, few winters. Their folders stay in the target folder's `tmp/nasty`, for the eye.

use std::path::Path;

use zorgdruk::chart::theme::Width;
use zorgdruk::experiment::WeeklyDisplacement;
use zorgdruk::experiment::record::REGIONAL;
use zorgdruk::experiment::{Chunk, Experiment, Measure, PolicyRecord};
use zorgdruk::report::brief::write_brief;
use zorgdruk::report::folder::Existing;
use zorgdruk::report::{Evidence, Language, Manifest, RowStore, RunFolder, figures};
use zorgdruk::units::RegionIdx;

use crate::fixture;

const REPLICATIONS: u32 = 12;

/// A run that is changed before it is stored.
struct Case {
    name: &'static str,
    manifest: Manifest,
    chunk: Chunk,
}

fn cases() -> Vec<Case> {
    let model = fixture::small(&[]);
    let chunk = Experiment::new(&model, 1).chunk(0, REPLICATIONS, &|| {});
    let case = |name, change: fn(&mut Case)| {
        let mut case = Case {
            name,
            manifest: fixture::manifest(&model, REPLICATIONS),
            chunk: chunk.clone(),
        };
        change(&mut case);
        case
    };
    vec![
        case("long-names", long_names),
        case("one-policy", one_policy),
        case("twenty-policies", twenty_policies),
        case("no-displacement", no_displacement),
        case("one-region", one_region),
        case("one-winter", one_winter),
    ]
}

/// Sixty characters.
fn long_name(idx: usize) -> String {
    let words = "Supplement 2021 with voluntary loans, ring fence and early notice";
    format!("{words:.57} {idx:02}")
}

fn long_names(case: &mut Case) {
    for (idx, policy) in case.manifest.frame.policies.iter_mut().enumerate() {
        policy.label = long_name(idx).into();
        assert_eq!(policy.label.nl.chars().count(), 60, "{:?}", policy.label);
    }
}

fn one_policy(case: &mut Case) {
    let frame = &mut case.manifest.frame;
    let kept = frame.policies.remove(frame.baseline);
    for record in &mut case.chunk.records {
        record.policies = vec![record.policies[frame.baseline].clone()];
    }
    frame.policies = vec![kept];
    frame.baseline = 0;
}

fn twenty_policies(case: &mut Case) {
    let frame = &mut case.manifest.frame;
    let n = frame.policies.len();
    frame.policies = (0..20).map(|idx| frame.policies[idx % n].clone()).collect();
    for (idx, policy) in frame.policies.iter_mut().enumerate() {
        policy.key = format!("policy-{idx}");
        policy.label = long_name(idx).into();
    }
    for record in &mut case.chunk.records {
        let old = record.policies.clone();
        record.policies = (0..20).map(|idx| old[idx % n].clone()).collect();
    }
}

fn no_displacement(case: &mut Case) {
    use Measure::{
        Attributable, BecameAcute, Cohort, DiedOrUnfit, Displaced, Disrupted, LateElsewhere,
        LateOwn, OnTimeElsewhere, OnTimeInRegion, OnTimeOwn, UntreatedNotDue, UntreatedOverdue,
        Withdrew,
    };
    let nothing = [
        Attributable,
        BecameAcute,
        DiedOrUnfit,
        Displaced,
        Disrupted,
        LateElsewhere,
        LateOwn,
        OnTimeElsewhere,
        OnTimeInRegion,
        UntreatedNotDue,
        UntreatedOverdue,
        Withdrew,
    ];
    let n_regions = case.manifest.frame.regions.len();
    for policy in all_policies(case) {
        for measure in nothing {
            policy.measures[measure.idx()] = 0;
        }
        policy.measures[OnTimeOwn.idx()] = policy.measures[Cohort.idx()];
        policy.displaced = WeeklyDisplacement::new(n_regions, policy.displaced.n_weeks());
    }
}

fn one_region(case: &mut Case) {
    case.manifest.frame.regions.truncate(1);
    for policy in all_policies(case) {
        let n_weeks = policy.displaced.n_weeks();
        let mut displaced = WeeklyDisplacement::new(1, n_weeks);
        for week in 0..n_weeks {
            for _ in 0..policy.displaced.get(0, week) {
                displaced.add(RegionIdx(0), week);
            }
        }
        policy.displaced = displaced;
        policy.regional.truncate(n_weeks * REGIONAL.len());
    }
}

fn one_winter(case: &mut Case) {
    case.manifest.n_replications = 1;
    case.chunk.records.truncate(1);
}

fn all_policies(case: &mut Case) -> impl Iterator<Item = &mut PolicyRecord> {
    case.chunk
        .records
        .iter_mut()
        .flat_map(|record| &mut record.policies)
}

fn stored(case: &Case) -> RunFolder {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("nasty")
        .join(case.name);
    let folder = RunFolder::create(&place, Existing::Replace).expect("a folder");
    case.manifest.write(&folder).expect("written");
    let rows = RowStore::reported(&folder, &case.manifest);
    rows.write(&case.chunk).expect("written");
    folder
}

#[test]
fn no_case_breaks_a_figure_or_the_brief() {
    for case in cases() {
        let folder = stored(&case);
        let evidence = Evidence::gather(&folder).expect("evidence");
        for language in Language::ALL {
            let what = format!("{} in {language:?}", case.name);
            check_figures(&evidence, language, &what);
            write_brief(&evidence, &folder, language).expect("a brief");
            let brief = folder.read(brief_of(language)).expect("the brief");
            check_brief(&brief, &what);
        }
    }
}

fn check_figures(evidence: &Evidence, language: Language, what: &str) {
    let drawn = figures::draw_all(evidence, language, Width::Page).expect("figures");
    for figures::Drawn { name, figure, .. } in drawn {
        let Ok(figure) = figure else { continue };
        assert_eq!(figure.svg.validate_in_bounds(), Ok(()), "{name}: {what}");
        for wrong in ["NaN", "inf ", "{"] {
            assert!(
                !figure.svg.as_str().contains(wrong),
                "{name} says {wrong}: {what}"
            );
        }
    }
}

/// Two pages, all text on them inside the margins, every mark closed, every figure with its alternative.
/// That all content is in the tree is checked by the writer of the file, which refuses anything else.
fn check_brief(file: &[u8], what: &str) {
    let pages: Vec<String> = streams(file)
        .into_iter()
        .filter(|content| content.contains("BDC\n"))
        .collect();
    assert_eq!(pages.len(), 2, "{what}: two pages");
    let readable = String::from_utf8_lossy(file);
    assert!(
        readable.contains("pdfuaid:part"),
        "{what}: declared as PDF/UA"
    );
    for page in &pages {
        let count = |operator: &str| page.matches(operator).count();
        assert_eq!(
            count("BDC") + count("BMC"),
            count("EMC"),
            "{what}: all marks are closed"
        );
        let places: Vec<&str> = page.split(" Tm").collect();
        assert!(places.len() > 10, "{what}: text on every page");
        for before in &places[..places.len() - 1] {
            check_place(before, what);
        }
    }
    assert_eq!(
        readable.matches("/S/Figure").count(),
        readable.matches("/Alt").count(),
        "{what}: every figure has its alternative"
    );
}

/// A text matrix ends with the place of the text, in points from the top left corner.
fn check_place(matrix: &str, what: &str) {
    let mut numbers = matrix.rsplit(' ');
    let mut next = || numbers.next().and_then(|at| at.parse::<f64>().ok());
    let (y, x) = (next().expect("a number"), next().expect("a number"));
    assert!((44.0..552.0).contains(&x), "{what}: text at {x} {y}");
    assert!((41.0..802.0).contains(&y), "{what}: text at {x} {y}");
}

/// The compressed streams of a file.
fn streams(file: &[u8]) -> Vec<String> {
    let find = |from: usize, what: &[u8]| {
        let rest = &file[from..];
        rest.windows(what.len())
            .position(|window| window == what)
            .map(|at| from + at)
    };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = find(from, b"/FlateDecode") {
        let begin = find(at, b"stream\n").expect("a stream") + 7;
        let end = find(begin, b"\nendstream").expect("its end");
        let data = miniz_oxide::inflate::decompress_to_vec_zlib(&file[begin..end]);
        found.push(String::from_utf8_lossy(&data.expect("a stream")).into_owned());
        from = end;
    }
    found
}

#[test]
fn the_same_run_gives_the_same_brief() {
    let case = cases().swap_remove(0);
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = RunFolder::create(place.path(), Existing::Keep).expect("a folder");
    case.manifest.write(&folder).expect("written");
    let rows = RowStore::reported(&folder, &case.manifest);
    rows.write(&case.chunk).expect("written");
    let brief = |language| {
        let evidence = Evidence::gather(&folder).expect("evidence");
        write_brief(&evidence, &folder, language).expect("a brief");
        folder.read(brief_of(language)).expect("the brief")
    };
    let first = brief(Language::En);
    assert_ne!(first, brief(Language::Nl), "each language has its own");
    assert!(first == brief(Language::En), "and always the same bytes");
}

/// The name of the brief in a language.
const fn brief_of(language: Language) -> &'static str {
    match language {
        Language::En => "brief.pdf",
        Language::Nl => "brief.nl.pdf",
    }
}
