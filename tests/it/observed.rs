//! Observed data: backtests and fits of worlds whose truth is known.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use jiff::civil::Date;
use zorgdruk::backtest::doubts::doubts;
use zorgdruk::backtest::shape::ShapeKind;
use zorgdruk::backtest::{
    Backtest, Compared, Findings, Forecaster, Part, RegionCounts, Scores, Series,
};
use zorgdruk::calibrate::stays::{ic_stay, ward_stay};
use zorgdruk::calibrate::{Behavior, Effort, Fitted, StayError};
use zorgdruk::census::expected::Calculator;
use zorgdruk::census::pathway::{Pathway, Place};
use zorgdruk::design::Study;
use zorgdruk::experiment::{Experiment, PolicyRecord, StudyFrame};
use zorgdruk::model::Model;
use zorgdruk::observed::{Observed, ObservedSeries};
use zorgdruk::outcome::{DayMeasure, WeekMeasure};
use zorgdruk::scenario::{self, Scenario};
use zorgdruk::units::{Day, MINUTES_PER_DAY, RegionIdx, SimTime};
use zorgdruk::verify::consistency;
use zorgdruk::world::{ArrivalKind, World};

use crate::fixture::{shipped, small};

/// The wave is the expected one; worlds differ by chance only.
const NO_SPREAD: [&str; 2] = [
    "covid.spread.size_sd_log=0",
    "covid.spread.timing_sd_days=0",
];

/// The wave of the small scenario, so many times as large.
fn wave(times: u32) -> String {
    let weeks = scenario(&[]).file.covid.weekly_admissions;
    let weeks = weeks
        .iter()
        .map(|week| (week * f64::from(times)).to_string());
    let weeks: Vec<String> = weeks.collect();
    format!("covid.weekly_admissions=[{}]", weeks.join(", "))
}

/// Rows of an observed file, by series and day.
#[derive(Default)]
struct Rows(BTreeMap<(&'static str, u16), f64>);

impl Rows {
    fn add(&mut self, series: ObservedSeries, day: Day, n: f64) {
        *self.0.entry((series.key(), day.0)).or_default() += n;
    }

    fn read(&self, model: &Model) -> Observed {
        let mut text = "date,series,value\n".to_owned();
        for ((series, day), n) in &self.0 {
            let _ = writeln!(text, "{},{series},{n}", model.study.date(Day(*day)));
        }
        Observed::parse(&text, "world.csv", &[]).unwrap_or_else(|errors| panic!("{errors}"))
    }
}

/// Admissions of a world, and its censuses at 09:00 as they would be with a bed for everyone.
fn free(model: &Model, world: &World) -> Rows {
    let mut rows = Rows::default();
    let days = || (0..model.study.end().0).map(Day);
    for series in [
        ObservedSeries::HospitalAdmissions,
        ObservedSeries::IcAdmissions,
    ] {
        days().for_each(|day| rows.add(series, day, 0.0));
    }
    for arrival in world
        .arrivals
        .iter()
        .filter(|a| a.kind == ArrivalKind::Covid)
    {
        let patient = world.covid[arrival.patient as usize];
        let to_ic = arrival.time + patient.first_ward;
        let from_ic = to_ic + patient.ic;
        let second = patient.readmission.map(|again| {
            let back = from_ic + again.ward;
            back..back + again.ic
        });
        let last = second.as_ref().map_or(from_ic, |second| second.end);
        let home = last + patient.second_ward;
        // Who was there before the first day has no date of admission.
        if arrival.time > SimTime(0) {
            rows.add(ObservedSeries::HospitalAdmissions, arrival.time.day(), 1.0);
        }
        if patient.needs_ic && to_ic > SimTime(0) && to_ic.day() < model.study.end() {
            rows.add(ObservedSeries::IcAdmissions, to_ic.day(), 1.0);
        }
        for day in days() {
            let now = SimTime(day.start().0 + 9 * MINUTES_PER_DAY / 24);
            let is_back = second.as_ref().is_some_and(|second| second.contains(&now));
            if is_back || (to_ic..from_ic).contains(&now) {
                rows.add(ObservedSeries::CovidIc, day, 1.0);
            } else if (arrival.time..home).contains(&now) {
                rows.add(ObservedSeries::CovidWard, day, 1.0);
            }
        }
    }
    rows
}

/// What a country would have seen of a simulated world, from a week before the window on.
fn seen(model: &Model, record: &PolicyRecord) -> Observed {
    let mut rows = Rows::default();
    let (start, end) = (model.study.window_start(), model.study.window_end());
    for day in (start.0 - 7..end.0).map(Day) {
        let get = |measure| f64::from(record.days.get(day, measure));
        let other = get(DayMeasure::AcuteIc) + get(DayMeasure::PlannedIc);
        rows.add(ObservedSeries::CovidIc, day, get(DayMeasure::CovidIc));
        rows.add(ObservedSeries::OtherIc, day, other);
        rows.add(ObservedSeries::CovidWard, day, get(DayMeasure::CovidWard));
    }
    for week in model.study.week(start) - 1..model.study.week(end) {
        let monday = Day(u16::try_from(7 * week).expect("few weeks"));
        let get = |measure| record.national(week, measure) as f64;
        let (done, normal) = (
            get(WeekMeasure::OperationsClass3)
                + get(WeekMeasure::OperationsClass4)
                + get(WeekMeasure::OperationsClass5),
            get(WeekMeasure::NormalOperationsClass3)
                + get(WeekMeasure::NormalOperationsClass4)
                + get(WeekMeasure::NormalOperationsClass5),
        );
        let failing = get(WeekMeasure::HospitalsFailingNorm);
        rows.add(ObservedSeries::HospitalsFailingNorm, monday, failing);
        rows.add(
            ObservedSeries::OperationsPercent,
            monday,
            100.0 * done / normal,
        );
    }
    rows.read(model)
}

fn scenario(overrides: &[&str]) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small.toml");
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    scenario::load(&path, &overrides).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The record of the baseline in one world.
fn record(model: &Model, seed: u64, replication: u32) -> PolicyRecord {
    let mut record = Experiment::new(model, seed).replicate(replication);
    record.policies.swap_remove(model.baseline())
}

fn assert_within(fitted: &[Fitted], truths: &[f64]) {
    assert_eq!(fitted.len(), truths.len(), "{fitted:?}");
    for (one, truth) in fitted.iter().zip(truths) {
        assert!(one.interval.contains(*truth), "{truth}: {one:?}");
        assert!(one.interval.contains(one.value), "{one:?}");
    }
}

#[test]
fn stays_of_a_world_are_found_again() {
    const N: u32 = 6;
    // The fit starts from the small scenario's 14 days with shape 1.5, and 7.2 days with shape 1.7.
    let truth = [
        "covid.ic_stay={ gamma = { mean_days = 10, shape = 2.2 } }",
        "covid.ward_stay={ gamma = { mean_days = 5.5, shape = 1.2 } }",
        &wave(5),
    ];
    let world_model = small(&truth);
    let model = small(&[]);
    // Wards are fitted with the IC stay as it is.
    let with_ic_stay = small(&truth[..1]);
    let mut inside = [0; 4];
    for replication in 0..N {
        let world = World::draw(&world_model, 5, replication);
        let observed = free(&world_model, &world).read(&world_model);
        let mut fitted = ic_stay(&model, &observed).expect("an IC stay").figures;
        let wards = ward_stay(&with_ic_stay, &observed).expect("a ward stay");
        fitted.extend(wards.figures);
        for ((one, truth), inside) in fitted.iter().zip([10.0, 2.2, 5.5, 1.2]).zip(&mut inside) {
            assert!(one.interval.contains(one.value), "{one:?}");
            *inside += u32::from(one.interval.contains(truth));
        }
    }
    // Of intervals of 95 %, two out of six miss once in thirty times.
    let most = inside.iter().all(|n| n + 2 > N);
    assert!(most, "{inside:?} of {N} intervals hold the truth");
}

#[test]
fn the_observed_wave_takes_the_place_of_whole_weeks() {
    let scenario = scenario(&[]);
    let mut text = "date,series,value\n".to_owned();
    // The whole second week of the series, and a part of the third.
    for day in 13..=21 {
        let _ = writeln!(text, "2021-09-{day},hospital_admissions,3");
    }
    let observed = Observed::parse(&text, "o.csv", &[]).expect("a sound file");
    let settings = zorgdruk::calibrate::observed_wave::settings(&scenario, &observed);
    let waved = scenario
        .with(&settings)
        .unwrap_or_else(|errors| panic!("{errors}"));
    let covid = &waved.file.covid;
    assert_eq!(
        covid.weekly_admissions[..4],
        [25.0, 21.0, 25.0, 25.0],
        "one whole week"
    );
    let n_partly = zorgdruk::calibrate::observed_wave::n_partly_observed(&scenario, &observed);
    assert_eq!(n_partly, 1, "one week in part");
    let spread = covid.spread.as_ref().expect("a spread");
    let size = spread.size_sd_log + spread.timing_sd_days;
    assert!(size.abs() < 1e-12, "size and time do not vary");
}

#[test]
fn a_stay_without_observations_is_not_fitted() {
    let model = small(&[]);
    let text = "date,series,value\n2021-10-25,covid_ic,14\n";
    let observed = Observed::parse(text, "o.csv", &[]).expect("a sound file");
    let found = ic_stay(&model, &observed);
    assert_eq!(found, Err(StayError::TooFew("ic_admissions", "covid_ic")));
    let fixed = small(&["covid.ic_stay={ fixed = { days = 9 } }"]);
    let world = World::draw(&fixed, 5, 0);
    let observed = free(&fixed, &world).read(&fixed);
    assert_eq!(ic_stay(&fixed, &observed), Err(StayError::Form));
}

#[test]
fn a_stay_that_the_observations_leave_open_is_not_given_a_value() {
    let model = small(&[]);
    let mut rows = Rows::default();
    // The same numbers every day: they know the mean of the stay and nothing of its shape.
    for day in (0..model.study.end().0).map(Day) {
        rows.add(ObservedSeries::IcAdmissions, day, 20.0);
        rows.add(ObservedSeries::CovidIc, day, 200.0);
    }
    let found = ic_stay(&model, &rows.read(&model));
    let is_open =
        matches!(&found, Err(StayError::Undetermined(path)) if path.starts_with("covid.ic_stay"));
    assert!(is_open, "a shape out of nothing: {found:?}");
}

#[test]
fn admissions_without_weekends_are_not_filled_and_few_gaps_are_counted() {
    let model = small(&[]);
    let observed = |is_missing: fn(u16) -> bool| {
        let mut rows = free(&model, &World::draw(&model, 5, 0));
        let series = ObservedSeries::IcAdmissions.key();
        rows.0
            .retain(|(key, day), _| *key != series || !is_missing(*day));
        rows.read(&model)
    };
    let found = ic_stay(&model, &observed(|day| day % 7 > 4));
    assert!(matches!(found, Err(StayError::Gaps(..))), "{found:?}");
    let found = ic_stay(&model, &observed(|day| day == 30)).expect("a stay");
    assert_eq!(found.filled.between, 1, "{found:?}");
}

#[test]
fn behavior_of_a_world_is_found_again() {
    let paths = ["staff.ward.covid_weight", "policy.*.compliance"].map(str::to_owned);
    // Operations tell how much care a COVID patient on the ward takes. They hardly tell how many IC nurses
    // there are: where some are lacking, people of other care take their place.
    let uncertain = "uncertainty={ \"staff.ward.covid_weight\" = { uniform = { low = 0.8, high = 2 } }, \"policy.*.compliance\" = { triangular = { low = 0.5, mode = 0.9, high = 1.0 } } }";
    let scenario = scenario(&[NO_SPREAD[0], NO_SPREAD[1], uncertain]);
    let policies = ["framework-2020".to_owned()];
    let study = Study::new(&scenario, &policies, 1).expect("a sound scenario");
    let effort = Effort {
        n_sets: 40,
        n_worlds: 2,
        seed: 1,
    };
    let fit = |weight: f64| {
        let truth = format!("staff.ward.covid_weight={weight}");
        let model = small(&[
            NO_SPREAD[0],
            NO_SPREAD[1],
            &truth,
            "policy.*.compliance=0.7",
        ]);
        let observed = seen(&model, &record(&model, 99, 0));
        Behavior::fit(&study, &paths, &observed, &effort, &|| ()).expect("a fit")
    };
    let (few, many) = (fit(1.0), fit(1.8));
    assert_within(&few.figures, &[1.0, 0.7]);
    assert_within(&many.figures, &[1.8, 0.7]);
    let apart = many.figures[0].value - few.figures[0].value;
    assert!(apart > 0.2, "the beliefs are moved: {few:?} {many:?}");
    assert!(few.fits.iter().all(|fit| fit.excess < 3.0), "{few:?}");
    assert_eq!(few.sets.sets.len(), 40, "all sets are handed on");
    assert_eq!(fit(1.0), few, "the same fit again");
}

#[test]
fn a_world_lies_within_the_bands_of_its_own_scenario() {
    let model = small(&[]);
    let findings = tested(&model, &seen(&model, &record(&model, 99, 3)));
    assert_eq!(findings.series.len(), 6, "what was seen, and all patients");
    for compared in [Compared::CovidIc, Compared::CovidWard] {
        let score = |forecaster| *score(&findings, 0, compared, forecaster);
        let own = score(Forecaster::Simulation);
        let last = score(Forecaster::LastValue);
        assert!(own.crps < last.crps, "{own:?} beats {last:?}");
        assert!(own.coverage[2] > 0.6, "{own:?}");
        assert_eq!(own.n, 56, "every day of the window");
        let parts = own.interval_score;
        let sum = parts.dispersion + parts.overprediction + parts.underprediction;
        assert!((parts.total() - sum).abs() < 1e-12, "{own:?}");
    }
    let slope = findings
        .shapes
        .iter()
        .find(|shape| shape.kind == ShapeKind::Slope);
    let slope = slope.expect("a slope");
    assert!(slope.observed < 0.0, "other patients give way: {slope:?}");
    assert_eq!(slope.worlds.values().len(), 40, "one per world");
}

#[test]
fn another_wave_lies_outside_the_bands() {
    let model = small(&[]);
    let double: Vec<String> = scenario(&[])
        .file
        .covid
        .weekly_admissions
        .iter()
        .map(|n| (2.0 * n).to_string())
        .collect();
    let double = format!("covid.weekly_admissions=[{}]", double.join(","));
    let other = small(&[double.as_str()]);
    let findings = tested(&model, &seen(&other, &record(&other, 99, 3)));
    let own = score(&findings, 0, Compared::CovidWard, Forecaster::Simulation);
    assert!(own.coverage[2] < 0.3, "{own:?}");
    assert!(own.mean_rank > 0.9 && own.bias < 0.0, "too low: {own:?}");
}

/// The scores of a forecaster in a part of the window.
fn score(findings: &Findings, part: usize, compared: Compared, forecaster: Forecaster) -> &Scores {
    let part = findings.parts[part];
    let found = findings.score(part, compared, forecaster);
    found.unwrap_or_else(|| panic!("{compared:?} by {forecaster:?} in {part:?}"))
}

/// A backtest of the first policy; figures were fitted up to and with a day.
fn begun(model: &Model, observed: &Observed, fit_until: Option<Date>) -> Option<Backtest> {
    let parts = Part::of_window(&model.study, fit_until).expect("a day of the window");
    Backtest::new(&StudyFrame::new(model), 0, observed, parts)
}

fn tested(model: &Model, observed: &Observed) -> Findings {
    let mut backtest = begun(model, observed, None).expect("something to compare");
    (0..40).for_each(|replication| backtest.add(&record(model, 1, replication)));
    backtest.finish(model)
}

#[test]
fn the_order_of_worlds_does_not_change_a_backtest() {
    let model = small(&[]);
    let observed = seen(&model, &record(&model, 99, 0));
    let scores = |worlds: &[u32]| {
        let mut backtest = begun(&model, &observed, None).expect("data");
        for world in worlds {
            backtest.add(&record(&model, 1, *world));
        }
        backtest.finish(&model).scores
    };
    assert_eq!(scores(&[0, 1, 2, 3]), scores(&[3, 1, 0, 2]));
}

#[test]
fn nothing_in_the_window_is_nothing_to_compare() {
    let model = small(&[]);
    let text = "date,series,value\n2020-10-25,covid_ic,14\n2021-11-01,hospital_admissions,9\n";
    let observed = Observed::parse(text, "o.csv", &[]).expect("a sound file");
    assert!(begun(&model, &observed, None).is_none());
}

/// Numbers of weeks and of single days of a world, from the week before the window on.
fn seen_by_week(model: &Model, record: &PolicyRecord) -> Observed {
    use ObservedSeries as S;
    let mut rows = Rows::default();
    let study = &model.study;
    for week in study.week(study.window_start()) - 1..study.week(study.window_end()) {
        let days = || (0..7).map(|day| Day(u16::try_from(7 * week + day).expect("few weeks")));
        let mean = |measures: &[DayMeasure]| {
            let of = |day| measures.iter().map(move |one| record.days.get(day, *one));
            f64::from(days().flat_map(of).sum::<u32>()) / 7.0
        };
        // A Thursday dates the week.
        let date = days().nth(3).expect("a day");
        rows.add(S::CovidIcWeek, date, mean(&[DayMeasure::CovidIc]));
        let other = [DayMeasure::AcuteIc, DayMeasure::PlannedIc];
        rows.add(S::OtherIcWeek, date, mean(&other));
        rows.add(S::CovidWardWeek, date, mean(&[DayMeasure::CovidWard]));
        let admitted = record.national(week, WeekMeasure::CovidIcAdmissions) as f64;
        rows.add(S::IcAdmissionsWeek, date, admitted);
        let moved = record.national(week, WeekMeasure::TransfersOut) as f64;
        rows.add(S::MovesBetweenRegions, date, moved / 7.0);
        let on_the_day = |measure| f64::from(record.days.get(date, measure));
        let beds = on_the_day(DayMeasure::StaffedBeds);
        rows.add(S::StaffedBeds, date, beds);
        let stopped = on_the_day(DayMeasure::StoppedHospitals);
        rows.add(S::HospitalsStopped, date, stopped);
    }
    rows.read(model)
}

#[test]
fn a_world_is_equal_to_itself_in_every_series_and_both_parts() {
    let model = small(&[]);
    let own = record(&model, 99, 3);
    let observed = seen_by_week(&model, &own);
    // Three of eight weeks.
    let until = model.study.date(Day(model.study.window_start().0 + 20));
    let mut backtest = begun(&model, &observed, Some(until)).expect("data");
    backtest.add(&own);
    let findings = backtest.finish(&model);
    assert_eq!(findings.series.len(), 7, "all that was seen");
    for series in &findings.series {
        for (part, n) in [(0, 3), (1, 5)] {
            let own = score(&findings, part, series.compared, Forecaster::Simulation);
            assert_eq!(own.n, n, "weeks of {:?}", own.part);
            assert!(own.absolute_error < 1e-4, "{own:?}");
        }
    }
}

#[test]
fn the_last_value_is_one_that_was_known_when_the_part_began() {
    let model = small(&[]);
    let start = model.study.window_start();
    let date = |day: u16| model.study.date(Day(start.0 + day));
    let mut text = "date,series,value\n".to_owned();
    // Dated by the Sunday: each week has its number, counted from 10.
    for week in 0..8 {
        let _ = writeln!(text, "{},covid_ic_week,{}", date(7 * week + 6), 10 + week);
        let _ = writeln!(text, "{},staffed_beds,{}", date(7 * week), 20 + week);
    }
    let observed = Observed::parse(&text, "o.csv", &[]).expect("a sound file");
    let mut backtest = begun(&model, &observed, Some(date(20))).expect("data");
    backtest.add(&record(&model, 1, 0));
    let findings = backtest.finish(&model);
    let part = findings.parts[0];
    for compared in [Compared::CovidIcWeek, Compared::StaffedBeds] {
        assert!(
            findings
                .score(part, compared, Forecaster::LastValue)
                .is_none(),
            "nothing was known before the window"
        );
    }
    // The number of the third week is 12 or 22; five weeks follow, which are 1 to 5 more.
    for compared in [Compared::CovidIcWeek, Compared::StaffedBeds] {
        let last = score(&findings, 1, compared, Forecaster::LastValue);
        assert!((last.absolute_error - 3.0).abs() < 1e-9, "{last:?}");
    }
}

#[test]
fn a_fit_leaves_weeks_on_both_sides() {
    let study = small(&[]).study;
    let part = |day: Option<u16>| {
        let date = day.map(|day| study.date(Day(day)));
        Part::of_window(&study, date)
    };
    let (start, end) = (study.window_start().0, study.window_end().0);
    assert_eq!(part(None).expect("one part").len(), 1);
    let parts = part(Some(start + 6)).expect("two parts");
    assert_eq!(
        parts[0].last,
        study.date(Day(start + 6)),
        "the day is fitted"
    );
    assert_eq!(
        parts[1].first,
        study.date(Day(start + 7)),
        "the next is not"
    );
    assert_eq!(part(Some(start - 1)), None, "before the window");
    assert_eq!(part(Some(end - 1)), None, "nothing left to predict");
}

#[test]
fn numbers_that_look_wrong_are_doubted() {
    let model = small(&[]);
    let sound = seen_by_week(&model, &record(&model, 99, 3));
    assert_eq!(
        doubts(&model, &sound),
        [""; 0],
        "nothing is wrong in a world"
    );
    let study = &model.study;
    let date = |week: u16| study.date(Day(study.window_start().0 + 7 * week));
    let text = |series: &str, numbers: &[f64]| {
        let mut text = "date,series,value\n".to_owned();
        for (week, number) in (0..).zip(numbers) {
            let _ = writeln!(text, "{},{series},{number}", date(week));
        }
        text
    };
    let totals: Vec<f64> = (0..8).map(|week| f64::from(20 + 10 * week)).collect();
    for (series, numbers, expected) in [
        ("operations_percent", &[0.9, 0.6][..], "another unit"),
        ("covid_ic_week", &[4_000.0], "another country"),
        ("hospitals_failing_norm", &[60.0], "another country"),
        ("ic_admissions_week", &totals, "running totals"),
    ] {
        let observed = Observed::parse(&text(series, numbers), "o.csv", &[]).expect("sound");
        let found = doubts(&model, &observed);
        assert!(
            found
                .iter()
                .any(|doubt| doubt.starts_with(series) && doubt.contains(expected)),
            "{series}: {found:?}"
        );
    }
}

#[test]
fn places_of_the_pathway_are_those_of_exponential_stays() {
    let model = small(&[
        "covid.ward_stay={ exponential = { mean_days = 6 } }",
        "covid.ward_before_ic={ exponential = { mean_days = 2 } }",
        "covid.ic_stay={ exponential = { mean_days = 5 } }",
        "covid.ward_after_ic={ exponential = { mean_days = 3 } }",
        "covid.ic_survival_share=0.7",
    ]);
    let pathway = Pathway::new(&model.covid, 40, 24);
    for day in [0, 1, 4, 10, 30] {
        let age = f64::from(u16::try_from(day).expect("a small number"));
        let left = |mean: f64| (-age / mean).exp_m1() + 1.0;
        // Two exponential stages with rates 1/2 and 1/5; three with 1/3 after them.
        let [a, b, c] = [0.5_f64, 0.2, 1.0 / 3.0];
        let ic = a / (a - b) * (left(5.0) - left(2.0));
        let after = a
            * b
            * (left(2.0) / ((b - a) * (c - a))
                + left(5.0) / ((a - b) * (c - b))
                + left(3.0) / ((a - c) * (b - c)));
        let ward = 0.8 * left(6.0) + 0.2 * (left(2.0) + 0.7 * after);
        let found = |place| pathway.at(place, 0.2, day * 24);
        assert!(
            (found(Place::Ic) - 0.2 * ic).abs() < 1e-4,
            "IC on day {day}"
        );
        assert!(
            (found(Place::Ward) - ward).abs() < 1e-4,
            "ward on day {day}"
        );
    }
}

/// Stays that differ between those who live and those who die, and returns to the IC.
const DIFFERENT_STAYS: &str = "covid.death_stay_ratio=0.6";
const RETURNS: &str = "covid.readmission={ share = 0.4, ward_stay = { exponential = { mean_days = 3 } }, ic_stay = { gamma = { mean_days = 9, shape = 2 } } }";

#[test]
fn stays_that_differ_by_outcome_are_known_to_whoever_expects_and_fits() {
    let model = small(&[DIFFERENT_STAYS]);
    for check in consistency(&model, 64, 3, &|| ()) {
        assert!(check.passes(), "{check:?}");
    }
    let world = World::draw(&model, 5, 0);
    let observed = free(&model, &world).read(&model);
    let fit = |model: &Model| ic_stay(model, &observed).expect("an IC stay").figures;
    let (told, not_told) = (fit(&model), fit(&small(&[])));
    assert_ne!(told, not_told, "a mixture of two laws is another law");
}

#[test]
fn whoever_comes_back_to_the_ic_is_expected_there() {
    let model = small(&[DIFFERENT_STAYS, RETURNS]);
    for check in consistency(&model, 64, 3, &|| ()) {
        assert!(check.passes(), "{check:?}");
    }
    let expected = |model: &Model| Calculator::new(model).on(model.study.window_start().plus(40));
    let (without, with) = (expected(&small(&[DIFFERENT_STAYS])), expected(&model));
    assert!(with.ic > without.ic + 1.0, "{with:?} {without:?}");
    // Seen from the need of the IC on, as from admission without a ward before it.
    let at_once = "covid.ward_before_ic={ fixed = { days = 0 } }";
    let at_once = small(&[DIFFERENT_STAYS, RETURNS, at_once]);
    let whole = Pathway::new(&at_once.covid, 40, 8);
    let from_ic = Pathway::from_ic(&model.covid, &model.covid.ic_stay.days, 40, 8);
    for step in [1, 40, 200] {
        let [one, other] = [&whole, &from_ic].map(|pathway| pathway.at(Place::Ic, 1.0, step));
        assert!(
            (one - other).abs() < 1e-9,
            "{one} and {other} after {step} steps"
        );
    }
}

#[test]
fn a_patient_at_two_moments_is_somewhere_or_gone() {
    let model = small(&[DIFFERENT_STAYS, RETURNS]);
    let pathway = Pathway::new(&model.covid, 60, 8);
    for (a, b) in [(0, 0), (4, 4), (10, 50), (40, 90), (100, 400)] {
        for first in [Place::Ward, Place::Ic] {
            let then = |place| pathway.at_both((first, place), 0.3, (a, b));
            let one = pathway.at(first, 0.3, a);
            let both = then(Place::Ward) + then(Place::Ic);
            assert!(
                both <= one + 1e-9,
                "{first:?} at {a}, then {b}: {both} of {one}"
            );
            if a == b {
                assert!(
                    (then(first) - one).abs() < 1e-9,
                    "{first:?} at {a} is at {a}"
                );
            }
        }
    }
}

#[test]
fn expected_censuses_grow_with_admissions() {
    let twice = |overrides: &[&str]| {
        let model = small(overrides);
        Calculator::new(&model).on(model.study.window_start().plus(20))
    };
    let normal = twice(&[]);
    let longer = twice(&["covid.ic_stay={ gamma = { mean_days = 20, shape = 1.5 } }"]);
    assert!(longer.ic > normal.ic + 3.0, "{longer:?} {normal:?}");
}

#[test]
fn a_scenario_agrees_with_itself_and_a_wrong_census_is_noticed() {
    let sound = small(&["covid.census_at_start={ ic = 10, ward = 50 }"]);
    let checks = consistency(&sound, 64, 3, &|| ());
    assert_eq!(
        checks.len(),
        20,
        "two numbers given, three streams on six days"
    );
    for check in &checks {
        assert!(check.passes(), "{check:?}");
    }
    // A tenth of the ward census that admissions and stays lead to.
    let wrong = small(&["covid.census_at_start={ ic = 10, ward = 5 }"]);
    let failed = consistency(&wrong, 16, 3, &|| ())
        .iter()
        .filter(|check| !check.passes())
        .map(|check| check.quantity.clone())
        .collect::<Vec<_>>();
    assert_eq!(failed, ["COVID patients on the ward, 2021-10-25"]);
}

/// A shipped file of observations.
fn shipped_file(name: &str) -> Observed {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name);
    let regions = ["coast", "inland"];
    zorgdruk::observed::load(&path, &regions).unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn the_shipped_files_hold_every_series_and_name_their_scenario() {
    let example = shipped_file("observed-example.csv");
    let record = shipped_file("observed-nl-autumn-2021.csv");
    for series in ObservedSeries::ALL {
        let n = example.national(series).count() + record.national(series).count();
        assert!(n > 0, "{} is in a shipped file", series.key());
    }
    assert_eq!(
        example.notes().scenarios,
        [small(&[]).key.clone()],
        "the example"
    );
    for key in &record.notes().scenarios {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{key}.toml"));
        assert!(path.is_file(), "{key} is a shipped scenario");
    }
}

#[test]
fn the_record_of_autumn_2021_has_a_source_for_each_series_and_fits_its_scenario() {
    let record = shipped_file("observed-nl-autumn-2021.csv");
    for series in ObservedSeries::ALL {
        let is_there = record.national(series).next().is_some();
        let source = record.notes().sources.get(&series);
        assert_eq!(is_there, source.is_some(), "the source of {}", series.key());
    }
    assert_eq!(
        doubts(&shipped(&[]), &record),
        [""; 0],
        "nothing looks wrong"
    );
}

#[test]
fn the_document_describes_every_series() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/observed.md");
    let text = std::fs::read_to_string(path).expect("the document");
    for series in ObservedSeries::ALL {
        let (key, unit, _) = series.describe();
        let row = text
            .lines()
            .find(|line| line.starts_with(&format!("| `{key}` |")));
        assert!(row.is_some_and(|row| row.contains(unit)), "{key} in {unit}");
    }
}

#[test]
fn a_scenario_written_as_one_file_is_the_same_scenario() {
    let before = scenario(&[
        "policy.supplement-2021.lead_days=7",
        "staff.workforce_share=0.87",
        "acute.quiet=[{from=2021-12-20, weeks=1, arrivals_share=0.9}]",
    ]);
    let sources = [
        (
            "acute.quiet[0].arrivals_share",
            "calibrated: fitted in a list",
        ),
        ("staff.workforce_share", "calibrated: fitted to a test"),
        ("policy.*.lead_days", "calibrated: fitted to another test"),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()));
    let text = before.to_toml(&sources);
    let after = scenario::parse(&text, "one.toml").unwrap_or_else(|errors| panic!("{errors}"));
    let model = |scenario| Model::from_scenario(scenario).unwrap_or_else(|e| panic!("{e}"));
    let (one, other) = (model(&before), model(&after));
    assert_eq!(
        one.policies(),
        other.policies(),
        "policies with what they inherit"
    );
    assert_eq!(one.staff, other.staff, "overrides are in the file");
    assert_eq!(record(&one, 1, 0), record(&other, 1, 0), "the same results");
    let note = |path: &str| {
        let found = after.notes.iter().find(|note| note.path == path);
        found.map(|note| note.text.clone()).unwrap_or_default()
    };
    assert_eq!(note("staff.workforce_share"), "fitted to a test");
    assert_eq!(note("acute.quiet"), "fitted in a list", "with its section");
    assert_eq!(
        note("staff.team_fte"),
        "invented; range: any",
        "others keep theirs"
    );
    assert_eq!(
        note("policy.supplement-2021.lead_days"),
        "fitted to another test"
    );
    assert!(
        after.figures_without_source().is_empty(),
        "every figure has a source"
    );
}

#[test]
fn the_ic_stay_of_a_world_is_found_from_hospital_admissions_too() {
    // A smaller wave leaves the shape open: who comes to the IC, and when, is known by chance only.
    let truth = [
        "covid.ic_stay={ gamma = { mean_days = 10, shape = 2.2 } }",
        &wave(25),
    ];
    let world_model = small(&truth);
    let model = small(&[]);
    let mut inside = [0; 2];
    for replication in 0..3 {
        let mut rows = free(&world_model, &World::draw(&world_model, 5, replication));
        let hidden = ObservedSeries::IcAdmissions.key();
        rows.0.retain(|(key, _), _| *key != hidden);
        let fitted = ic_stay(&model, &rows.read(&world_model)).expect("an IC stay");
        for ((one, truth), inside) in fitted.figures.iter().zip([10.0, 2.2]).zip(&mut inside) {
            *inside += u32::from(one.interval.contains(truth));
        }
    }
    assert!(
        inside.iter().all(|n| *n >= 2),
        "{inside:?} of 3 hold the truth"
    );
}

/// Regions of one world of the small scenario, beside 40 others.
fn regions_tested(model: &Model) -> Findings {
    let experiment = Experiment::new(model, 1);
    let truth = Experiment::new(model, 99).regional_days(0, 0);
    let mut text = "date,series,region,value\n".to_owned();
    let window = model.study.window_start().0 - 7..model.study.window_end().0;
    for day in window.map(Day) {
        for (at, region) in model.regions.iter().enumerate() {
            let n = truth.get(day, RegionIdx::at(at));
            let _ = writeln!(
                text,
                "{},covid_ic,{},{n}",
                model.study.date(day),
                region.key
            );
        }
    }
    let keys: Vec<&str> = model.regions.iter().map(|one| one.key.as_str()).collect();
    let observed = Observed::parse(&text, "o.csv", &keys).expect("a sound file");
    let mut backtest = begun(model, &observed, None).expect("regions alone are enough");
    assert!(backtest.has_regions());
    for world in 0..40 {
        backtest.add(&record(model, 1, world));
        backtest.add_regions(&experiment.regional_days(world, 0));
    }
    backtest.finish(model)
}

#[test]
fn regions_are_compared_by_day_with_the_forecasters_to_beat() {
    let model = small(&[]);
    let findings = regions_tested(&model);
    let n_regions = model.regions.len();
    assert_eq!(findings.series.len(), n_regions, "one series per region");
    for series in &findings.series {
        let about = (Compared::CovidIc, series.region);
        for by in [
            Forecaster::Simulation,
            Forecaster::LastValue,
            Forecaster::BedsForEveryone,
        ] {
            let found = findings.score_in(findings.parts[0], about, by);
            let found = found.unwrap_or_else(|| panic!("{by:?} of {:?}", series.region));
            assert_eq!(found.n, usize::from(model.study.window_days), "every day");
            let is_wide = by != Forecaster::Simulation || found.coverage[2] > 0.5;
            assert!(is_wide, "worlds of the same scenario: {found:?}");
        }
    }
    assert!(findings.shapes.is_empty(), "peaks and slopes are national");
}

#[test]
fn regions_are_counted_that_the_worlds_hold_and_in_which_they_score_better() {
    let model = small(&[]);
    let findings = regions_tested(&model);
    let part = findings.parts[0];
    let counts = findings.regions(part).expect("regions were observed");
    let wis = |series: &Series, by| {
        let about = (Compared::CovidIc, series.region);
        findings
            .score_in(part, about, by)
            .map(|one| one.interval_score.total())
    };
    let beaten = |by| {
        let series = findings.series.iter();
        series
            .filter(|one| wis(one, Forecaster::Simulation) < wis(one, by))
            .count()
    };
    let held = findings.series.iter().filter(|series| {
        let inside = series.observed.iter().filter(|one| {
            let band = series.forecast(one.position).central(0.8);
            band.contains(one.value)
        });
        5 * inside.count() >= 3 * series.observed.len()
    });
    let by_hand = RegionCounts {
        regions: model.regions.len(),
        held: held.count(),
        beat_last_value: beaten(Forecaster::LastValue),
        beat_beds_for_everyone: beaten(Forecaster::BedsForEveryone),
    };
    assert_eq!(counts, by_hand);
}

#[test]
fn without_observed_regions_none_are_counted() {
    let model = small(&[]);
    let rows = free(&model, &World::draw(&model, 5, 0));
    let findings = tested(&model, &rows.read(&model));
    assert_eq!(findings.regions(findings.parts[0]), None);
}

#[test]
fn regions_add_up_to_the_country() {
    let model = small(&[]);
    let days = Experiment::new(&model, 4).regional_days(2, model.baseline());
    let national = record(&model, 4, 2).days;
    for day in (0..model.study.end().0).map(Day) {
        let regions = (0..model.regions.len()).map(RegionIdx::at);
        let sum: u32 = regions.map(|region| days.get(day, region)).sum();
        assert_eq!(sum, national.get(day, DayMeasure::CovidIc), "{day:?}");
    }
}
