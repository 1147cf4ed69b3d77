//! Figures of real runs: every word fits, in each language, and facts come from the scenario.

use std::fs;

use zorgdruk::chart::theme::Width;
use zorgdruk::experiment::Experiment;
use zorgdruk::report::folder::Existing;
use zorgdruk::report::{Evidence, Language, RowStore, RunFolder, figures};

use crate::fixture;

const REPLICATIONS: u32 = 12;

/// Looks at what a small run with overrides shows, and at its folder.
fn look_at(overrides: &[&str], look: impl Fn(&Evidence, &RunFolder)) {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = RunFolder::create(place.path(), Existing::Keep).expect("a folder");
    let model = fixture::small(overrides);
    let manifest = fixture::manifest(&model, REPLICATIONS);
    manifest.write(&folder).expect("written");
    let chunk = Experiment::new(&model, 1).chunk(0, REPLICATIONS, &|| {});
    let rows = RowStore::reported(&folder, &manifest);
    rows.write(&chunk).expect("written");
    look(&Evidence::gather(&folder).expect("evidence"), &folder);
}

#[test]
fn every_word_of_every_figure_fits() {
    look_at(&[], |evidence, _| {
        for language in Language::ALL {
            let drawn = figures::draw_all(evidence, language, Width::Page).expect("figures");
            assert_eq!(drawn.len(), 18, "all figures");
            for figures::Drawn { name, figure, .. } in drawn {
                let svg = figure.expect(name).svg;
                assert_eq!(svg.validate_in_bounds(), Ok(()), "{name} in {language:?}");
                assert!(!svg.as_str().contains('{'), "{name} has no open gap");
            }
        }
    });
}

#[test]
fn a_norm_of_four_weeks_is_said_and_counted() {
    look_at(&["planned.norm_days=[7,28,91,182]"], |evidence, folder| {
        figures::write_figures(evidence, folder, Language::En).expect("figures");
        let read = |name: &str| {
            let path = folder.path().join("figures").join(name);
            fs::read_to_string(path).expect("a file of the figure")
        };
        let (svg, table) = (read("waiting.svg"), read("waiting.csv"));
        assert!(svg.contains("norm: four weeks"), "the line has its name");
        assert!(!svg.contains("six weeks"), "no other norm is named");
        // The last cohort of the baseline stands third, each with a row per day from day 0.
        let rows: Vec<Vec<&str>> = table
            .lines()
            .skip(1)
            .map(|row| row.split(',').collect())
            .collect();
        let mut at_norm = rows.iter().filter(|row| row[4] == "28");
        let waiting: f64 = at_norm.nth(2).expect("a row")[5].parse().expect("a share");
        let (_, title) = svg.split_once("<title>").expect("a title");
        let (said, rest) = title.split_once('%').expect("a share");
        let (when, said) = said.trim().rsplit_once(' ').expect("a number");
        let said: f64 = said.parse().expect("a number");
        assert!((said - waiting).abs() <= 0.5, "{said} is said of {waiting}");
        assert_eq!(when, "After four weeks,", "the norm has its name");
        let expected = " of the urgent patients of the last weeks still wait";
        assert!(rest.starts_with(expected), "the title says {rest}");
    });
}

#[test]
fn seasons_and_classes_have_the_names_of_the_scenario() {
    let words = [
        r#"words.season={ en = "flu season", nl = "griepseizoen" }"#,
        r#"words.seasons={ en = "flu seasons", nl = "griepseizoenen" }"#,
        r#"words.classes=["A", "B", "C", "D"]"#,
    ];
    look_at(&words, |evidence, _| {
        for language in Language::ALL {
            for figures::Drawn { name, figure, .. } in
                figures::draw_all(evidence, language, Width::Page).expect("figures")
            {
                let svg = figure.expect(name).svg;
                let text = svg.as_str();
                assert_eq!(svg.validate_in_bounds(), Ok(()), "{name} in {language:?}");
                for foreign in ["winter", "class 3", "class 4", "klasse 3", "klasse 4"] {
                    assert!(!text.contains(foreign), "{name} says {foreign}");
                }
            }
        }
    });
}

#[test]
fn figures_show_the_phases_of_the_plan_however_many_there_are() {
    let phase = |name: &str, from: u32, beds: u32| {
        format!(
            r#"{{ phase = "{name}", enter_at_covid_ic = {from}, national_ic_beds = {beds}, maximum_activity_share = [1, 1, 1], transfers = "regional" }}"#
        )
    };
    let [green, amber, red] = [("green", 0, 70), ("amber", 10, 76), ("red", 33, 113)]
        .map(|(name, from, beds)| phase(name, from, beds));
    let plan = [
        &format!("phases.phase=[{green}, {amber}, {red}]"),
        r#"phases.staff_tire_from="amber""#,
        r#"phases.measures_kept_from="amber""#,
        r#"phases.clinics_prepare_from="red""#,
    ];
    look_at(&plan, |evidence, folder| {
        figures::write_figures(evidence, folder, Language::En).expect("figures");
        let read = |name: &str| {
            let path = folder.path().join("figures").join(name);
            fs::read_to_string(path).expect("a file of the figure")
        };
        let (svg, table) = (read("phases.svg"), read("phases.csv"));
        let rows: Vec<Vec<&str>> = table
            .lines()
            .skip(1)
            .map(|row| row.split(',').collect())
            .collect();
        for week in rows.chunks(3) {
            let names: Vec<&str> = week.iter().map(|row| row[5]).collect();
            assert_eq!(names, ["green", "amber", "red"], "in {week:?}");
            let shares = week.iter().map(|row| row[6].parse::<f64>());
            let total: f64 = shares.map(|share| share.expect("a share")).sum();
            assert!((total - 100.0).abs() < 1e-3, "{total} % in {week:?}");
        }
        for name in ["phase green", "phase amber", "phase red", "Phase red is"] {
            assert!(svg.contains(name), "{name} is in the figure");
        }
        assert!(!svg.contains("phase 2"), "no phase of another plan");
        assert!(read("occupancy.svg").contains("amber"), "and in the fan");
    });
}
