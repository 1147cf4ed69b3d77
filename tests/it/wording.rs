//! What brief, terminal and figures say of runs in which little is certain.

use zorgdruk::experiment::{
    Chunk, Experiment, Measure, PolicyRecord, ReplicationRecord, StudyFrame,
};
use zorgdruk::report::conclusion::conclusion;
use zorgdruk::report::folder::Existing;
use zorgdruk::report::html::write_report;
use zorgdruk::report::{Evidence, Language, Manifest, RowStore, RunFolder, figures, write_tables};

use crate::fixture;

/// Worlds that are simulated; in a run of more they come again.
const DRAWN: u32 = 12;

/// A run of so many worlds with its report, tables and figures.
struct Run {
    _place: tempfile::TempDir,
    folder: RunFolder,
    manifest: Manifest,
}

impl Run {
    /// The small scenario with overrides; `change` has the number of each world and policy.
    fn of(overrides: &[&str], n: u32, change: impl Fn(u32, usize, &mut PolicyRecord)) -> Self {
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = RunFolder::create(place.path(), Existing::Keep).expect("a folder");
        let model = fixture::small(overrides);
        let manifest = fixture::manifest(&model, n);
        manifest.write(&folder).expect("written");
        let experiment = Experiment::new(&model, 1);
        let rows = RowStore::reported(&folder, &manifest);
        let drawn = experiment.chunk(0, n.min(DRAWN), &|| {}).records;
        for number in rows.chunks() {
            let again = drawn.iter().cycle().cloned();
            let mut records: Vec<ReplicationRecord> = again
                .zip(rows.replications(number))
                .map(|(record, replication)| ReplicationRecord {
                    replication,
                    ..record
                })
                .collect();
            for record in &mut records {
                for (policy, own) in record.policies.iter_mut().enumerate() {
                    change(record.replication, policy, own);
                }
            }
            rows.write(&Chunk { number, records }).expect("written");
        }
        report(&folder);
        Self {
            _place: place,
            folder,
            manifest,
        }
    }

    fn file(&self, name: &str) -> String {
        String::from_utf8(self.folder.read(name).expect("a file")).expect("UTF-8")
    }

    fn terminal(&self, language: Language) -> String {
        let evidence = Evidence::gather(&self.folder).expect("evidence");
        conclusion(&evidence, &self.folder, language).replace('\n', " ")
    }

    fn least_displacing(&self) -> Option<usize> {
        let evidence = Evidence::gather(&self.folder).expect("evidence");
        evidence.least_displacing()
    }
}

fn report(folder: &RunFolder) {
    let evidence = Evidence::gather(folder).expect("evidence");
    write_tables(&evidence, folder).expect("tables");
    figures::write_figures(&evidence, folder, Language::En).expect("figures");
    write_report(&evidence, folder, Language::En).expect("a report");
}

fn unchanged(_: u32, _: usize, _: &mut PolicyRecord) {}

/// Operations of classes 4 and 5 not done, and COVID patients without a bed: `of` world and policy.
fn set_price(own: &mut PolicyRecord, cut: i64, beds: i64) {
    own.measures[Measure::OperationsCutClass45.idx()] = cut * 1_000;
    own.measures[Measure::CovidWithoutBed.idx()] = beds;
}

/// Position of the baseline of the small scenario.
fn own_baseline() -> usize {
    StudyFrame::new(&fixture::small(&[])).baseline
}

#[test]
fn what_a_patient_in_time_costs_is_told_against_the_baseline() {
    // Under the others ten more operations come too late, and 300 fewer others are cut.
    let run = Run::of(&[], 12, |world, policy, own| {
        let noise = i64::from(world % 3);
        let (late, cut) = if policy == own_baseline() {
            (20 + noise, 500)
        } else {
            (29 + noise + 2 * i64::from(world % 2), 200)
        };
        own.measures[Measure::Displaced.idx()] = late;
        set_price(own, cut, 90);
    });
    let html = run.file("report.html");
    for said in [
        "For each additional operation that comes too late, 30",
        "Voor elke extra operatie die te laat komt, gaan 30",
        "”, 21 of ",
    ] {
        assert!(html.contains(said), "{said}");
    }
}

#[test]
fn policies_that_behave_alike_are_named_once() {
    let run = Run::of(&[], 12, |world, policy, own| {
        let extra = i64::from(policy != own_baseline() && world % 12 == 0);
        own.measures[Measure::Displaced.idx()] = 500 + i64::from(world) + extra;
    });
    let html = run.file("report.html");
    assert_eq!(
        html.matches("nearly the same result as").count(),
        1,
        "in English"
    );
    assert_eq!(
        html.matches("bijna hetzelfde resultaat als").count(),
        1,
        "in Dutch"
    );
    assert!(!html.contains("than under the reference"), "no extreme");
}

#[test]
fn with_too_few_worlds_for_an_interval_the_smallest_share_leads() {
    for n in [1, 2] {
        let last = StudyFrame::new(&fixture::small(&[])).policies.len() - 1;
        let run = Run::of(&[], n, |_, policy, own| {
            own.measures[Measure::Displaced.idx()] = if policy == last { 1 } else { 9 };
        });
        assert_ne!(last, own_baseline(), "another policy");
        assert_eq!(run.least_displacing(), Some(last), "{n} worlds");
    }
}

#[test]
fn without_critical_patients_that_is_what_is_said() {
    let overrides: Vec<String> = (0..2)
        .map(|stream| format!("planned.stream[{stream}].weekly_indications=0"))
        .collect();
    let overrides: Vec<&str> = overrides.iter().map(String::as_str).collect();
    let run = Run::of(&overrides, 12, unchanged);
    let html = run.file("report.html");
    for said in [
        "In no simulated winter is there an urgent planned operation that needs the ICU",
        "In geen enkele gesimuleerde winter is er een kritiek planbare operatie waarvoor de IC nodig is",
    ] {
        assert!(html.contains(said), "{said}");
    }
    for wrong in [
        "NaN",
        "too few winters for an interval",
        "te weinig winters voor een interval",
    ] {
        let found = html.find(wrong).map(|at| &html[at.saturating_sub(200)..at]);
        assert_eq!(found, None, "before {wrong}");
    }
    for language in Language::ALL {
        let text = run.terminal(language);
        assert!(!text.contains("NaN"), "{text}");
    }
    assert!(
        run.terminal(Language::En)
            .contains("In no simulated winter"),
        "in the terminal"
    );
}

/// Fields of a table, by line, after the keys of run and scenario.
fn fields(csv: &str) -> Vec<Vec<String>> {
    csv.lines()
        .skip(1)
        .map(|line| line.split(',').skip(2).map(str::to_owned).collect())
        .collect()
}

#[test]
fn no_published_interval_leaves_what_is_possible() {
    let run = Run::of(&[], 2, |world, _, own| {
        own.measures[Measure::Displaced.idx()] = i64::from(world) * 20;
    });
    let mut n_cut = 0;
    for row in fields(&run.file("summary.csv")) {
        let ends = [&row[6], &row[7]].map(|end| end.parse::<f64>().ok());
        let [Some(low), Some(high)] = ends else {
            continue;
        };
        assert!(low >= 0.0, "{row:?}");
        assert!(row[4] != "%" || high <= 100.0, "{row:?}");
        n_cut += usize::from(low <= 0.0);
    }
    assert!(n_cut > 2, "some are cut off: {n_cut}");
    for row in fields(&run.file("weekly.csv")) {
        assert!(
            !row[7].starts_with('-') || row[6].contains("points"),
            "{row:?}"
        );
    }
}

#[test]
fn worlds_that_agree_have_no_interval_in_the_page_and_the_figures() {
    let run = Run::of(&[], 12, unchanged);
    let html = run.file("report.html");
    for wrong in ["0.0 (0.0 to 0.0)", "0,0 (0,0 tot 0,0)", "0 (0 to 0)"] {
        assert!(!html.contains(wrong), "{wrong}");
    }
    let tables = [
        ("figures/loan-funnel.csv", 2),
        ("figures/trade-off-production.csv", 4),
    ];
    for (table, value) in tables {
        let rows = fields(&run.file(table));
        let mut n_open = 0;
        for row in &rows {
            let is_point = row[value] == row[value + 1] && row[value] == row[value + 2];
            assert!(!is_point, "{table}: {row:?}");
            n_open += usize::from(row[value + 1].is_empty() && row[value + 2].is_empty());
        }
        assert!(n_open > 0, "{table}: some have none");
    }
}

#[test]
fn numbers_out_of_a_hundred_are_not_called_the_worlds_of_the_run() {
    let run = Run::of(&[], 128, |_, policy, own| {
        own.measures[Measure::Displaced.idx()] = if policy == own_baseline() { 9 } else { 1 };
    });
    let english = run.terminal(Language::En);
    assert!(
        english.contains("fewer than under the reference in each of the 128 winters"),
        "{english}"
    );
    let dutch = run.terminal(Language::Nl);
    assert!(
        dutch.contains("minder dan onder de referentie in elk van de 128 winters"),
        "{dutch}"
    );
    let html = run.file("report.html");
    assert!(
        html.contains("fewer than under the reference in each of the 128 winters"),
        "in the brief"
    );
}

#[test]
fn one_winter_is_called_one_winter() {
    let run = Run::of(&[], 1, unchanged);
    assert!(
        run.terminal(Language::En).contains(": 1 possible winter,"),
        "English"
    );
    assert!(
        run.terminal(Language::Nl).contains(": 1 mogelijke winter,"),
        "Dutch"
    );
    let html = run.file("report.html");
    for wrong in ["1 possible winters", "1 mogelijke winters"] {
        assert!(!html.contains(wrong), "{wrong}");
    }
}

/// A norm and a vocabulary that no shipped scenario has.
const OWN_WORDS: [&str; 5] = [
    "planned.norm_days=[7, 28, 91, 182]",
    "words.country=XX",
    "words.season={ en = \"epidemic\", nl = \"epidemie\" }",
    "words.seasons={ en = \"epidemics\", nl = \"epidemieën\" }",
    "words.classes=[\"B\", \"C\", \"D\", \"E\"]",
];

#[test]
fn a_report_speaks_of_the_norm_and_in_the_words_of_its_scenario() {
    let run = Run::of(&OWN_WORDS, 12, unchanged);
    let html = run.file("report.html");
    let dictionary = run.file("dictionary.csv");
    let terminal = Language::ALL
        .map(|language| run.terminal(language))
        .concat();
    for said in [
        "four weeks",
        "vier weken",
        "12 possible epidemics",
        "12 mogelijke epidemieën",
        "In 8 van de 10 epidemieën",
        "Class D and E operations",
        "within the norm of 28 days",
        "ICU-dependent class C patients",
    ] {
        let is_said = [&html, &dictionary, &terminal].map(|text| text.contains(said));
        assert!(is_said.contains(&true), "{said}");
    }
    for table in ["summary.csv", "weekly.csv"] {
        let rows = fields(&run.file(table));
        let has = |country: &str| rows.iter().any(|row| row[1] == country);
        assert!(has("XX") && !has("NL"), "the country in {table}");
    }
    // What a policy says of itself is its own.
    let policies = &run.manifest.frame.policies;
    let own = policies.iter().flat_map(|policy| policy.description.each());
    let all = own.fold([html, dictionary, terminal].concat(), |all, (_, own)| {
        all.replace(own, "")
    });
    for wrong in [
        "winter",
        "Winter",
        "six weeks",
        "zes weken",
        "42 days",
        "class 3",
        "klasse 4",
    ] {
        assert!(!all.contains(wrong), "{wrong}");
    }
}

#[test]
fn the_cells_that_are_equally_likely_are_counted_in_the_title() {
    let run = Run::of(&[], 1, unchanged);
    let heat = run.file("figures/region-weeks.csv");
    let baseline = &run.manifest.frame.policies[run.manifest.frame.baseline].key;
    let likeliest = fields(&heat)
        .into_iter()
        .filter(|row| row[0] == *baseline && row[4] == "100")
        .count();
    assert!(likeliest > 1, "several cells tie");
    let svg = run.file("figures/region-weeks.svg");
    assert!(
        svg.contains(&format!("most likely in {likeliest} region-weeks")),
        "{likeliest} cells"
    );
}

#[test]
fn the_dates_of_cohorts_are_the_same_in_every_language() {
    let run = Run::of(&[], 12, unchanged);
    for row in fields(&run.file("figures/waiting.csv")) {
        let is_date = |text: &str| text.len() == 10 && text.starts_with("20");
        let (first, last) = row[1].split_once('/').expect("two dates");
        assert!(is_date(first) && is_date(last) && first < last, "{row:?}");
    }
}

#[test]
fn dates_that_are_moved_are_not_called_operations() {
    let run = Run::of(&[], 12, unchanged);
    let html = run.file("report.html");
    for said in ["Dates moved while", "Datums verplaatst terwijl"] {
        assert!(html.contains(said), "events, not operations: {said}");
    }
}

#[test]
fn a_command_breaks_between_its_words_only() {
    let run = Run::of(&[], 1, unchanged);
    let html = run.file("report.html");
    assert!(
        html.contains("<span>--replications 1</span> <span>--out again</span>"),
        "one mark per word"
    );
    assert!(
        html.contains("pre span { display: inline-block"),
        "which holds together"
    );
}

#[test]
fn a_small_difference_that_is_clear_in_the_same_winters_leads() {
    let last = StudyFrame::new(&fixture::small(&[])).policies.len() - 1;
    // Winters differ far more than policies do, so that shares by themselves tell nothing.
    let run = Run::of(&[], 40, |world, policy, own| {
        let fewer = i64::from(policy == last) * (1 + i64::from(world % 2));
        own.measures[Measure::Displaced.idx()] = 10 + i64::from(world % 7) * 5 - fewer;
    });
    assert_eq!(run.least_displacing(), Some(last), "of equal others");
    let figure = run.file("figures/differences.svg");
    assert!(
        figure.contains("fewer urgent operations come too late than"),
        "{figure}"
    );
}
