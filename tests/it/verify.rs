//! Known answers of queueing theory, reached from a scenario file by the same way as any experiment.
//!
//! Daily numbers are taken at 09:00, after all events of that minute, so that closed forms are
//! evaluated at that time of day. Bounds are five standard errors at fixed seeds.

use std::ops::Range;

use zorgdruk::experiment::{Experiment, PolicyRecord};
use zorgdruk::model::Model;
use zorgdruk::numeric::normal;
use zorgdruk::outcome::{DayMeasure, WeekMeasure};
use zorgdruk::units::Day;

use crate::fixture::{Sample, constant, one_hospital};

const SEED: u64 = 20_211_118;
const RATE: f64 = 2.5;
const MEAN: f64 = 12.0;
/// Squared coefficient of variation 1, mean 12: median 12/√2, sd of the log √(ln 2).
const LOGNORMAL: &str =
    "{ lognormal = { median_days = 8.485281374238571, sd_log = 0.8325546111576977 } }";

/// The integral of a survival function from 0 to t days.
type Integral = fn(f64) -> f64;

/// Records of the only policy in the first `n` worlds.
fn records(model: &Model, n: u32) -> Vec<PolicyRecord> {
    let experiment = Experiment::new(model, SEED);
    (0..n)
        .map(|replication| experiment.replicate(replication).policies.remove(0))
        .collect()
}

fn census(records: &[PolicyRecord], day: u16, measure: DayMeasure) -> Sample {
    let numbers = records
        .iter()
        .map(|record| f64::from(record.days.get(Day(day), measure)));
    Sample(numbers.collect())
}

fn weekly(records: &[PolicyRecord], weeks: &Range<usize>, measure: WeekMeasure) -> Sample {
    let total = |record: &PolicyRecord| -> i64 {
        weeks
            .clone()
            .map(|week| record.national(week, measure))
            .sum()
    };
    Sample(records.iter().map(|record| total(record) as f64).collect())
}

/// Days since the start at 09:00 on `day`.
fn at_nine(day: u16) -> f64 {
    f64::from(day) + 9.0 / 24.0
}

fn assert_poisson(sample: &Sample, expected: f64, what: &str) {
    let (mean, variance) = (
        sample.poisson_z(expected),
        sample.poisson_variance_z(expected),
    );
    assert!(
        mean.abs() < 5.0,
        "{what}: mean {} for {expected}, z {mean}",
        sample.mean()
    );
    assert!(
        variance.abs() < 5.0,
        "{what}: variance {} for {expected}, z {variance}",
        sample.variance()
    );
}

fn assert_mean(sample: &Sample, expected: f64, what: &str) {
    let z = sample.z(expected);
    assert!(
        z.abs() < 5.0,
        "{what}: mean {} for {expected}, z {z}",
        sample.mean()
    );
}

/// Integrals from 0 to t of the survival functions of stays with mean [`MEAN`].
fn exponential_to(t: f64) -> f64 {
    -MEAN * libm::expm1(-t / MEAN)
}

fn gamma_to(t: f64) -> f64 {
    let rate = 2.0 / MEAN;
    -2.0 / rate * libm::expm1(-rate * t) - t * libm::exp(-rate * t)
}

fn lognormal_to(t: f64) -> f64 {
    let variance = libm::log(2.0);
    let location = libm::log(MEAN) - variance / 2.0;
    let standard = (libm::log(t) - location) / variance.sqrt();
    t * normal::cdf(-standard) + MEAN * normal::cdf(standard - variance.sqrt())
}

const fn fixed_to(t: f64) -> f64 {
    t.min(MEAN)
}

#[test]
fn the_closed_forms_give_the_published_census_from_empty() {
    let published: [(Integral, [f64; 5]); 3] = [
        (
            exponential_to,
            [
                2.398_667_561_1,
                13.258_945_626_9,
                20.657_903_282_6,
                27.090_840_964_1,
                29.717_893_123_5,
            ],
        ),
        (
            gamma_to,
            [
                2.489_343_941_1,
                15.208_346_864_1,
                23.696_822_088_8,
                29.059_643_744_9,
                29.984_967_411_9,
            ],
        ),
        (
            lognormal_to,
            [
                2.497_301_498_3,
                14.661_453_138_6,
                21.840_458_324_5,
                27.091_878_571_5,
                29.365_637_380_5,
            ],
        ),
    ];
    for (integral, values) in published {
        for (t, value) in [1.0, 7.0, 14.0, 28.0, 56.0].into_iter().zip(values) {
            let own = RATE * integral(t);
            assert!((own - value).abs() < 1e-8, "day {t}: {own} for {value}");
        }
    }
}

/// An M/G/∞ queue from empty is Poisson with mean rate times ∫ survival (Eick, Massey and Whitt,
/// *The physics of the Mt/G/∞ queue*, Operations Research 41(4), 1993).
#[test]
fn from_empty_each_line_of_care_is_poisson_with_the_mean_of_its_stay() {
    let wave = constant("covid.weekly_admissions", 7.0 * RATE, 9);
    let on_the_ward = constant("covid.weekly_ic_share", 0.0, 9);
    let lognormal_ward = format!("covid.ward_stay={LOGNORMAL}");
    let acute = format!("acute.weekly_arrivals={}", 7.0 * RATE);
    let gamma = "acute.stay={ gamma = { mean_days = 12, shape = 2 } }";
    let fixed = "acute.stay={ fixed = { days = 12 } }";
    let first = records(&one_hospital(&[&wave, &acute, gamma]), 3_000);
    let second = records(
        &one_hospital(&[&wave, &on_the_ward, &lognormal_ward, &acute, fixed]),
        3_000,
    );
    let lines: [(&[PolicyRecord], DayMeasure, Integral, &str); 4] = [
        (
            &first,
            DayMeasure::CovidIc,
            exponential_to,
            "exponential stay of COVID patients",
        ),
        (
            &first,
            DayMeasure::AcuteIc,
            gamma_to,
            "gamma stay of acute patients",
        ),
        (
            &second,
            DayMeasure::CovidWard,
            lognormal_to,
            "lognormal stay on the ward",
        ),
        (
            &second,
            DayMeasure::AcuteIc,
            fixed_to,
            "fixed stay of acute patients",
        ),
    ];
    for (records, measure, integral, what) in lines {
        for day in [1, 7, 14, 28, 56] {
            let expected = RATE * integral(at_nine(day));
            assert_poisson(
                &census(records, day, measure),
                expected,
                &format!("{what}, day {day}"),
            );
        }
    }
    let (covid, acute) = (
        census(&first, 28, DayMeasure::CovidIc),
        census(&first, 28, DayMeasure::AcuteIc),
    );
    let z = covid.covariance(&acute) / (covid.variance() * acute.variance() / covid.n()).sqrt();
    assert!(z.abs() < 5.0, "the two streams are independent: z {z}");
}

#[test]
fn a_wave_that_changes_every_day_gives_the_census_of_an_infinite_server_queue() {
    const WEEKS: [f64; 9] = [7.0, 14.0, 28.0, 42.0, 35.0, 21.0, 0.0, 0.0, 0.0];
    const STAY: f64 = 10.0;
    let wave = format!("covid.weekly_admissions={WEEKS:?}");
    let model = one_hospital(&[&wave, "covid.ic_stay={ exponential = { mean_days = 10 } }"]);
    let daily = &model.covid.daily_admissions;
    for (week, total) in WEEKS.into_iter().enumerate() {
        let sum: f64 = daily[7 * week..7 * week + 7].iter().sum();
        assert!(
            (sum - total).abs() < 1e-9,
            "week {week} keeps its total: {sum}"
        );
    }
    let records = records(&model, 3_000);
    for day in [6, 13, 20, 27, 34, 41, 55] {
        let now = at_nine(day);
        let expected: f64 = daily
            .iter()
            .enumerate()
            .map(|(from, rate)| {
                let (oldest, youngest) = (
                    (now - from as f64).max(0.0),
                    (now - from as f64 - 1.0).max(0.0),
                );
                rate * STAY * (libm::exp(-youngest / STAY) - libm::exp(-oldest / STAY))
            })
            .sum();
        assert_poisson(
            &census(&records, day, DayMeasure::CovidIc),
            expected,
            &format!("day {day}"),
        );
    }
}

/// Expected patients in the second of two exponential stages, per unit of rate.
fn second_stage(t: f64, first: f64, second: f64) -> f64 {
    let (leave_first, leave_second) = (1.0 / first, 1.0 / second);
    let there = |mean: f64| -mean * libm::expm1(-t / mean);
    leave_first / (leave_first - leave_second) * (there(second) - there(first))
}

#[test]
fn ward_and_ic_in_tandem_are_poisson_and_independent() {
    const PUBLISHED: [(f64, f64, f64); 3] = [
        (7.0, 37.670_151_8, 5.268_216_241_6),
        (14.0, 46.959_496_9, 12.230_439_860_9),
        (28.0, 49.815_106_8, 20.073_688_128_7),
    ];
    for (t, ward, ic) in PUBLISHED {
        assert!(
            (-50.0 * libm::expm1(-t / 5.0) - ward).abs() < 1e-6,
            "ward on day {t}"
        );
        assert!(
            (2.0 * second_stage(t, 5.0, 12.0) - ic).abs() < 1e-9,
            "IC on day {t}"
        );
    }
    let wave = constant("covid.weekly_admissions", 70.0, 9);
    let share = constant("covid.weekly_ic_share", 0.2, 9);
    let stay = |key: &str| format!("covid.{key}={{ exponential = {{ mean_days = 5 }} }}");
    let model = one_hospital(&[&wave, &share, &stay("ward_stay"), &stay("ward_before_ic")]);
    let records = records(&model, 2_000);
    for day in [7, 14, 28] {
        let (ward, ic) = (
            census(&records, day, DayMeasure::CovidWard),
            census(&records, day, DayMeasure::CovidIc),
        );
        let now = at_nine(day);
        assert_poisson(
            &ward,
            -50.0 * libm::expm1(-now / 5.0),
            &format!("ward on day {day}"),
        );
        assert_poisson(
            &ic,
            2.0 * second_stage(now, 5.0, 12.0),
            &format!("IC on day {day}"),
        );
        let z = ward.covariance(&ic) / (ward.variance() * ic.variance() / ward.n()).sqrt();
        assert!(z.abs() < 5.0, "independent on day {day}: z {z}");
    }
}

/// Erlang's loss formula, by its recursion.
fn erlang_b(servers: u32, load: f64) -> f64 {
    (1..=servers).fold(1.0, |blocked, k| {
        load * blocked / (f64::from(k) + load * blocked)
    })
}

/// Erlang's delay formula (the probability of waiting).
fn erlang_c(servers: u32, load: f64) -> f64 {
    let (blocked, use_share) = (erlang_b(servers, load), load / f64::from(servers));
    blocked / (1.0 - use_share * (1.0 - blocked))
}

/// Census distribution of a loss system with unit stay at `t`, and expected losses by then, from
/// empty: the birth-death equations by the classical fourth-order Runge-Kutta method.
fn loss_from_empty(servers: usize, load: f64, t: f64) -> (Vec<f64>, f64) {
    const STEPS_PER_UNIT: f64 = 2_000.0;
    let mut p = vec![0.0; servers + 1];
    p[0] = 1.0;
    let slope = |p: &[f64]| -> Vec<f64> {
        let flow = |k: usize| load * p[k] - (k + 1) as f64 * p[k + 1];
        (0..=servers)
            .map(|k| {
                let from_below = if k > 0 { flow(k - 1) } else { 0.0 };
                let to_above = if k < servers { flow(k) } else { 0.0 };
                from_below - to_above
            })
            .collect()
    };
    let moved = |p: &[f64], by: &[f64], h: f64| -> Vec<f64> {
        p.iter().zip(by).map(|(p, s)| p + h * s).collect()
    };
    let n_steps = (t * STEPS_PER_UNIT).round();
    let h = t / n_steps;
    let mut lost = 0.0;
    let mut step = 0.0;
    while step < n_steps {
        let k1 = slope(&p);
        let half = moved(&p, &k1, h / 2.0);
        let k2 = slope(&half);
        let half = moved(&p, &k2, h / 2.0);
        let k3 = slope(&half);
        let k4 = slope(&moved(&p, &k3, h));
        let next: Vec<f64> = (0..=servers)
            .map(|k| p[k] + h / 6.0 * (k1[k] + 2.0 * k2[k] + 2.0 * k3[k] + k4[k]))
            .collect();
        lost += load * h / 6.0 * (p[servers] + 4.0 * half[servers] + next[servers]);
        p = next;
        step += 1.0;
    }
    (p, lost)
}

/// Load 8 on ten bed places of one hospital: who finds none leaves the system.
fn loss_system(stay: &str, n_weeks: usize) -> Model {
    let weeks = format!("study.window_weeks={}", n_weeks - 6);
    let wave = constant("covid.weekly_admissions", 56.0, n_weeks);
    let share = constant("covid.weekly_ic_share", 1.0, n_weeks);
    let beds = "region[0].hospital[0]={ key = \"h\", regular_beds = 10, physical_beds = 10 }";
    one_hospital(&[
        &weeks,
        &wave,
        &share,
        beds,
        &format!("covid.ic_stay={stay}"),
    ])
}

#[test]
fn the_loss_equations_give_the_published_values() {
    for (servers, load, value) in [
        (1, 1.0, 0.5),
        (2, 1.0, 0.2),
        (5, 3.0, 0.110_054_348),
        (10, 8.0, 0.121_661_064),
        (20, 16.0, 0.064_410_924_8),
        (100, 90.0, 0.026_957_380_5),
    ] {
        assert!(
            (erlang_b(servers, load) - value).abs() < 1e-9,
            "B({servers}, {load})"
        );
    }
    for (servers, load, value) in [
        (1, 0.9, 0.9),
        (5, 4.0, 0.554_112_554),
        (10, 8.0, 0.409_180_151),
        (100, 90.0, 0.216_940_481),
    ] {
        assert!(
            (erlang_c(servers, load) - value).abs() < 1e-9,
            "C({servers}, {load})"
        );
    }
    for (t, full, mean) in [
        (0.5, 0.001_419_253_44, 3.146_973_4),
        (1.0, 0.025_980_907_3, 5.018_586_9),
        (5.0, 0.121_337_740_3, 7.021_725_7),
    ] {
        let (p, _) = loss_from_empty(10, 8.0, t);
        let own: f64 = p.iter().enumerate().map(|(k, p)| k as f64 * p).sum();
        assert!((p[10] - full).abs() < 1e-9, "full at {t}: {}", p[10]);
        assert!((own - mean).abs() < 1e-7, "census at {t}: {own}");
    }
    assert!(
        (loss_from_empty(10, 8.0, 5.0).1 - 3.311_115_117_3).abs() < 1e-8,
        "lost by 5"
    );
}

#[test]
fn a_hospital_without_place_loses_patients_as_erlang_says_whatever_the_stay() {
    let stays = [
        ("exponential", "{ exponential = { mean_days = 1 } }"),
        (
            "lognormal",
            "{ lognormal = { median_days = 0.7071067811865476, sd_log = 0.8325546111576977 } }",
        ),
    ];
    for (name, stay) in stays {
        let model = loss_system(stay, 26);
        let records = records(&model, 120);
        // After two weeks, fourteen mean stays, nothing is left of the empty start.
        let lost = weekly(&records, &(2..26), WeekMeasure::CovidExported);
        let came = weekly(&records, &(2..26), WeekMeasure::CovidIcAdmissions);
        assert_poisson(
            &came,
            24.0 * 56.0,
            &format!("{name}: everyone who needs a bed counts"),
        );
        assert_mean(
            &lost,
            24.0 * 56.0 * erlang_b(10, 8.0),
            &format!("{name}: lost"),
        );
    }
}

#[test]
fn the_first_days_of_a_loss_system_follow_its_equations() {
    let records = records(
        &loss_system("{ exponential = { mean_days = 1 } }", 9),
        2_500,
    );
    for day in [0, 1, 2, 4] {
        let (p, _) = loss_from_empty(10, 8.0, at_nine(day));
        let mean: f64 = p.iter().enumerate().map(|(k, p)| k as f64 * p).sum();
        let census = census(&records, day, DayMeasure::CovidIc);
        assert_mean(&census, mean, &format!("census on day {day}"));
        let full = Sample(
            census
                .0
                .iter()
                .map(|n| f64::from(u8::from(*n > 9.5)))
                .collect(),
        );
        let error = (p[10] * (1.0 - p[10]) / full.n()).sqrt();
        assert!(
            (full.mean() - p[10]).abs() < 5.0 * error,
            "full on day {day}: {} for {}",
            full.mean(),
            p[10]
        );
    }
    let (_, lost) = loss_from_empty(10, 8.0, 7.0);
    assert_mean(
        &weekly(&records, &(0..1), WeekMeasure::CovidExported),
        lost,
        "lost in the first week",
    );
}

/// Hospitals of ten bed places with load nine each, as regions of their own or as one region.
fn eleven_hospitals(n_regions: usize) -> Model {
    let hospital =
        |n: usize| format!("{{ key = \"h{n}\", regular_beds = 10, physical_beds = 10 }}");
    let region = |r: usize| {
        let own: Vec<String> = (r * 11 / n_regions..(r + 1) * 11 / n_regions)
            .map(hospital)
            .collect();
        let share = 1.0 / n_regions as f64;
        format!(
            "{{ key = \"r{r}\", name = \"r{r}\", population = 1, covid_share = {share:?}, fair_share = {share:?}, tile = [{r}, 0], hospital = [{}] }}",
            own.join(",")
        )
    };
    let regions: Vec<String> = (0..n_regions).map(region).collect();
    let regions = format!("region=[{}]", regions.join(","));
    let wave = constant("covid.weekly_admissions", 11.0 * 9.0 * 7.0, 12);
    let share = constant("covid.weekly_ic_share", 1.0, 12);
    let stay = "covid.ic_stay={ exponential = { mean_days = 1 } }";
    one_hospital(&["study.window_weeks=6", &regions, &wave, &share, stay])
}

#[test]
fn apart_eleven_hospitals_lose_seven_times_what_they_lose_as_one_region() {
    let came = 10.0 * 7.0 * 99.0;
    for (n_regions, blocked, n) in [(11, erlang_b(10, 9.0), 40), (1, erlang_b(110, 99.0), 60)] {
        let records = records(&eleven_hospitals(n_regions), n);
        let lost = weekly(&records, &(2..12), WeekMeasure::CovidExported);
        assert_mean(&lost, came * blocked, &format!("{n_regions} regions"));
    }
    assert!((erlang_b(10, 9.0) - 0.168).abs() < 5e-4, "16.8 % apart");
    assert!((erlang_b(110, 99.0) - 0.024).abs() < 5e-4, "2.4 % together");
}

/// Patients who leave the IC for a ward of ten beds are an M/M/10 queue that waits on the IC: the
/// output of an infinite-server queue is a Poisson stream.
#[test]
fn patients_wait_on_the_ic_for_a_full_ward_as_erlang_says() {
    let n_weeks = 32;
    let wave = constant("covid.weekly_admissions", 56.0, n_weeks);
    let share = constant("covid.weekly_ic_share", 1.0, n_weeks);
    let model = one_hospital(&[
        "study.window_weeks=26",
        &wave,
        &share,
        "covid.ic_survival_share=1",
        "covid.ic_stay={ fixed = { days = 1 } }",
        "covid.ward_after_ic={ exponential = { mean_days = 1 } }",
        "region[0].hospital[0].covid_ward_beds=10",
    ]);
    let records = records(&model, 100);
    // Ten weeks are eight times the longest time constant, 1/(√10 - √8)² days.
    let (weeks, days) = (10..n_weeks, 70..224_u16);
    let waiting = erlang_c(10, 8.0);
    let blocked = weekly(&records, &weeks, WeekMeasure::StepDownsBlocked);
    assert_mean(&blocked, 22.0 * 56.0 * waiting, "who waits");
    let queue = |record: &PolicyRecord| -> f64 {
        let patients: u32 = days
            .clone()
            .map(|day| record.days.get(Day(day), DayMeasure::CovidIc))
            .sum();
        f64::from(patients) / days.len() as f64 - 8.0
    };
    let queue = Sample(records.iter().map(queue).collect());
    assert_mean(&queue, waiting * 8.0 / (10.0 - 8.0), "how many wait");
}

#[test]
fn one_region_split_in_two_keeps_the_law_of_the_sum() {
    let region = |key: &str, x: u32, share: f64| {
        format!(
            "{{ key = \"{key}\", name = \"{key}\", population = 1, covid_share = {share}, fair_share = {share}, tile = [{x}, 0], hospital = [{{ key = \"{key}\", regular_beds = 500, physical_beds = 500 }}] }}"
        )
    };
    let regions = format!("region=[{}, {}]", region("a", 0, 0.3), region("b", 1, 0.7));
    let wave = constant("covid.weekly_admissions", 7.0 * RATE, 9);
    let records = records(&one_hospital(&[&regions, &wave]), 2_000);
    for day in [7, 28] {
        let expected = RATE * exponential_to(at_nine(day));
        assert_poisson(
            &census(&records, day, DayMeasure::CovidIc),
            expected,
            &format!("day {day}"),
        );
    }
}
