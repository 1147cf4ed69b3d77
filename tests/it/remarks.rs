//! What `check` says of settings that have no effect, and of things that look alike.

use std::fs;
use std::path::Path;

use zorgdruk::model::Model;
use zorgdruk::model::remarks::remarks;
use zorgdruk::scenario::{self, Scenario, Violation};

/// The small scenario with overrides, as `--set` takes them.
fn small_scenario(overrides: &[&str]) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small.toml");
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    scenario::load(&path, &overrides).unwrap_or_else(|errors| panic!("{errors}"))
}

/// What is said of the small scenario with these overrides, as `path: message`.
fn said(overrides: &[&str]) -> Vec<String> {
    of(&small_scenario(overrides))
}

fn of(scenario: &Scenario) -> Vec<String> {
    let model = Model::from_scenario(scenario).unwrap_or_else(|errors| panic!("{errors}"));
    let line = |remark: &Violation| format!("{}: {}", remark.path, remark.message);
    remarks(scenario, &model).iter().map(line).collect()
}

/// The remark on the path that begins so.
fn on(path: &str, overrides: &[&str]) -> String {
    let found = said(overrides);
    let remark = found.iter().find(|line| line.starts_with(path));
    remark
        .unwrap_or_else(|| panic!("nothing on {path}: {found:?}"))
        .clone()
}

#[test]
fn nothing_is_said_of_the_small_scenario() {
    assert_eq!(said(&[]), [""; 0], "all of it acts");
}

#[test]
fn dates_and_calendars_after_the_study_are_named() {
    let late = ["policy.supplement-2021.supplement_from=2031-11-18"];
    assert!(on("policy[2].supplement_from", &late).contains("never in force"));
    let calendar = "policy.supplement-2021.phase_calendar=[{ from = 2031-11-01, phase = \"2D\" }]";
    let remark = on("policy[2].phase_calendar", &[calendar]);
    assert!(
        remark.contains("1 of 1 dates lie after the study"),
        "{remark}"
    );
}

#[test]
fn a_lever_of_a_document_that_is_never_in_force_is_named_with_the_document() {
    let remark = on(
        "policy[1].protection",
        &["policy.framework-2020.protection=pro-rata"],
    );
    assert!(
        remark.contains("supplement_from is never in force"),
        "{remark}"
    );
    let inherited = said(&["policy.no-coordination.description=another text"]);
    assert_eq!(inherited, [""; 0], "what others inherit and use acts there");
    let rule = ["policy.framework-2020.disabled_rules=[\"A39\"]"];
    assert!(on("policy[1].disabled_rules[0]", &rule).contains("A39 never acts"));
}

#[test]
fn what_depends_on_patients_whom_there_are_not_is_named() {
    let all_live = ["covid.death_stay_ratio=0.8", "covid.ic_survival_share=1"];
    assert!(on("covid.death_stay_ratio", &all_live).contains("nobody dies"));
    let all_die = ["covid.death_stay_ratio=0.8", "covid.ic_survival_share=0"];
    assert!(on("covid.death_stay_ratio", &all_die).contains("nobody leaves the ICU alive"));
    let again = |share: f64| {
        let stay = "{ fixed = { days = 3 } }";
        format!("covid.readmission={{ share = {share:?}, ward_stay = {stay}, ic_stay = {stay} }}")
    };
    assert!(on("covid.readmission.share", &[&again(0.0)]).contains("nobody comes back"));
    let more_urgent = [
        "planned.stream.heart.weekly_reclassification_share=0.1",
        "planned.stream.heart.class_shares=[0.2, 0.8, 0, 0]",
    ];
    let path = "planned.stream[0].weekly_reclassification_share";
    assert!(on(path, &more_urgent).contains("no patients of class 4"));
    let wards = [
        "staff.ward.step_down_share=2",
        "staff.ward.planned_inpatients=0",
    ];
    assert!(on("staff.ward.step_down_share", &wards).contains("no planned inpatients"));
    let nobody = [&again(0.1), "covid.ic_survival_share=0"];
    assert!(on("covid.readmission", &nobody).contains("nobody leaves the ICU alive"));
}

#[test]
fn quiet_weeks_outside_the_study_or_twice_are_named() {
    let week = |from: &str| format!("{{ from = {from}, weeks = 2, arrivals_share = 0.5 }}");
    let outside = format!("acute.quiet=[{}]", week("2012-12-17"));
    assert!(on("acute.quiet[0]", &[&outside]).contains("2 of 2 weeks lie outside"));
    let twice = format!(
        "acute.quiet=[{}, {}]",
        week("2021-11-22"),
        week("2021-11-29")
    );
    assert!(on("acute.quiet[1]", &[&twice]).contains("2021-11-29 is quiet already"));
    let program = "sessions.quiet=[{ from = 2021-11-22, weeks = 1, program_share = 1 }]";
    assert!(on("sessions.quiet[0]", &[program]).contains("changes nothing"));
}

/// How hospitals follow an order to stop.
const STOP: &str = "phases.stop={ willing_share = 0.5, lag_days = 7, restart_days = 7 }";

#[test]
fn a_phase_that_every_calendar_leaves_out_is_named() {
    let calendar = |phase: &str| {
        format!("policy.*.phase_calendar=[{{ from = 2021-10-25, phase = \"{phase}\" }}]")
    };
    let in_2d = calendar("2D");
    let remark = on("phases.phase[0]: ", &[&in_2d]);
    assert!(remark.contains("(nor into 2A, 2B, 2C, 3)"), "{remark}");
    let found = said(&[&in_2d]);
    let is_on_2d = |line: &&String| line.starts_with("phases.phase[4]");
    assert_eq!(found.iter().find(is_on_2d), None, "2D acts");
    let in_1 = calendar("1");
    for key in [
        "phases.stop",
        "phases.threat",
        "phases.clinics_prepare_from",
    ] {
        assert!(on(key, &[&in_1, STOP]).contains("has no effect"), "{key}");
    }
    let one = ["policy.framework-2020.phase_calendar=[{ from = 2021-10-25, phase = \"2D\" }]"];
    let of_phases = |line: &&String| line.starts_with("phases.");
    assert_eq!(said(&one).iter().find(of_phases), None, "others come there");
}

#[test]
fn a_document_that_binds_in_no_phase_is_named() {
    let unbound: Vec<String> = (1..6)
        .map(|n| format!("phases.phase[{n}].binds=[]"))
        .collect();
    let unbound: Vec<&str> = unbound.iter().map(String::as_str).collect();
    let remark = on("policy[1].framework_from", &unbound);
    assert!(remark.contains("binds in no phase"), "{remark}");
    let in_1 = "policy.supplement-2021.phase_calendar=[{ from = 2021-10-25, phase = \"1\" }]";
    assert!(on("policy[2].supplement_from", &[in_1]).contains("binds in no phase"));
}

#[test]
fn a_key_of_a_phase_that_no_policy_reads_is_named() {
    let struck = ["policy.*.disabled_rules=[\"L03\"]"];
    assert!(
        on("phases.phase[4].stops_plannable", &struck).contains("L03 of the plan acts under no")
    );
    assert!(on("phases.stop", &[struck[0], STOP]).contains("no compared policy"));
    let first = ["phases.phase[0].enter_at_covid_ic=10"];
    assert!(on("phases.phase[0].enter_at_covid_ic", &first).contains("no heavier one"));
}

#[test]
fn a_hospital_with_patients_and_no_beds_is_named() {
    let hospital = "region.coast.hospital.coast-2";
    let settings = ["regular_beds=0", "physical_beds=0", "weight=11"];
    let settings = settings.map(|setting| format!("{hospital}.{setting}"));
    let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
    assert!(on("region[0].hospital[1].weight", &settings).contains("has none"));
}

#[test]
fn a_policy_that_means_what_another_means_is_named() {
    let same = ["policy.supplement-2021-ring-fence.protection=pro-rata"];
    let remark = on("policy[4].key", &same);
    assert!(
        remark.contains("means the same as supplement-2021 "),
        "{remark}"
    );
}

/// The small scenario with these lines at its end.
fn with_lines(lines: &str) -> Result<Scenario, Vec<Violation>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let text = fs::read_to_string(folder.join("small.toml")).expect("the small scenario");
    let read = |name: &str| fs::read_to_string(folder.join(name));
    scenario::parse_with(&format!("{text}\n{lines}"), "small.toml", &[], read)
        .map_err(|errors| errors.violations)
}

#[test]
fn a_policy_that_is_defined_and_not_compared_is_checked_and_named() {
    let idle = "[[policy]]\nkey = \"idle\"\nlabel = \"Idle\"\ndescription = \"Nobody asks.\"\n";
    let scenario = with_lines(idle).unwrap_or_else(|found| panic!("{found:?}"));
    assert_eq!(
        of(&scenario),
        ["policy[6].key: idle is defined and not compared"]
    );
    let model = Model::from_scenario(&scenario).expect("sound");
    assert_eq!(model.policies().len(), 6, "it is not compared");
    let wrong = with_lines(&format!("{idle}lead_days = \"many\"\n")).expect_err("no number");
    assert_eq!(wrong[0].path, "policy[6].lead_days", "{wrong:?}");
    let relation = with_lines(&format!("{idle}disabled_rules = [\"A99\"]\n"));
    let relation = relation.unwrap_or_else(|found| panic!("{found:?}"));
    assert!(Model::from_scenario(&relation).is_err(), "no such rule");
}

#[test]
fn two_things_with_one_name_are_refused() {
    for (setting, path) in [
        (
            "policy.no-coordination.label=framework  2020",
            "policy[1].label",
        ),
        ("region.inland.name=Coast", "region[1].name"),
        (
            "region.inland.hospital.inland-2.name=Coast 2",
            "region[1].hospital[1].name",
        ),
        (
            "planned.stream.other.name=Heart surgery",
            "planned.stream[1].name",
        ),
    ] {
        let errors = Model::from_scenario(&small_scenario(&[setting])).expect_err(setting);
        let found: Vec<&str> = errors.0.iter().map(|error| error.path.as_str()).collect();
        assert_eq!(found, [path], "{setting}");
    }
}

#[test]
fn a_policy_that_is_listed_twice_is_refused_where_it_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small.toml");
    let twice = "policies=[\"framework-2020\", \"framework-2020\"]".to_owned();
    let errors = scenario::load(&folder, &[twice]).expect_err("twice");
    let message = &errors.violations[0].message;
    assert_eq!(message, "\"framework-2020\" is listed already");
}

#[test]
fn settings_that_wait_for_another_are_named() {
    let of_wards = on("covid.days_without_ic", &["covid.days_without_ic=5"]);
    assert!(of_wards.contains("longest_ic_stay_days"), "{of_wards}");
    let longest = "phases.phase[5].longest_ic_stay_days=14";
    assert_eq!(
        said(&["covid.days_without_ic=5", longest]),
        [""; 0],
        "it acts"
    );
    let factors = "planned.stream.other.or_weekday_factors=[1, 1, 1, 1, 2]";
    let of_teams = on("planned.stream[1].or_weekday_factors", &[factors]);
    assert!(of_teams.contains("the general teams operate"), "{of_teams}");
}
