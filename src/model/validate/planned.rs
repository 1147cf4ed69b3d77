//! Planned patients who need the IC, and operations that do not.

use crate::model::demand::{PlannedDemand, SessionDemand, Specialty, USUAL_NORM_DAYS};
use crate::model::study::Study;
use crate::model::validate::apportion::cumulative;
use crate::model::validate::check::{Checker, below};
use crate::model::validate::hospitals::Sizes;
use crate::model::validate::series::{DifferentWeeks, scale_weeks};
use crate::scenario::{limits, shape};
use crate::units::{DAYS_PER_WEEK, PerMille};

/// Most days ahead that a date can be given.
const MOST_LEAD_DAYS: u16 = 30;
/// Weekdays in a week.
const WEEKDAYS: f64 = 5.0;

/// The streams of planned patients and how they are planned.
pub(super) fn build(
    planned: &shape::Planned,
    sizes: &Sizes,
    check: &mut Checker<'_>,
) -> PlannedDemand {
    let norms = planned.norm_days.unwrap_or(USUAL_NORM_DAYS.map(i64::from));
    let norm_days: [u16; 4] = core::array::from_fn(|n| {
        check.short(&format!("planned.norm_days[{n}]"), norms[n], 1..=1_000)
    });
    let mut days = |key: &str, value: Option<i64>, default| {
        check.days(&below("planned", key), value.unwrap_or(default))
    };
    let offer_days_before_norm = days("offer_days_before_norm", planned.offer_days_before_norm, 14);
    let shortest_notice_days = days("shortest_notice_days", planned.shortest_notice_days, 2);
    let semi_acute_hold_days = days("semi_acute_hold_days", planned.semi_acute_hold_days, 4);
    let initial_list_days = days("initial_list_days", planned.initial_list_days, 21);
    let planning_lead_days = check.short(
        "planned.planning_lead_days",
        planned.planning_lead_days.unwrap_or(14),
        1..=MOST_LEAD_DAYS,
    );
    check.real(
        "planned.slot_slack_share",
        planned.slot_slack_share.unwrap_or(0.15),
        0.0..=5.0,
    );
    for (n, factor) in planned.weekday_factors.iter().flatten().enumerate() {
        check.real(
            &format!("planned.weekday_factors[{n}]"),
            *factor,
            0.01..=5.0,
        );
    }
    check_streams(&planned.stream, check);
    let streams = planned.stream.iter().take(limits::STREAMS).enumerate();
    PlannedDemand {
        specialties: streams
            .map(|(n, stream)| specialty(stream, n, sizes, check))
            .collect(),
        norm_days,
        offer_days_before_norm,
        planning_lead_days,
        shortest_notice_days,
        semi_acute_hold_days,
        initial_list_days,
    }
}

/// Operations without IC.
pub(super) fn build_sessions(
    file: &shape::Sessions,
    study: &Study,
    check: &mut Checker<'_>,
) -> SessionDemand {
    let at = |key: &str, n: usize| format!("sessions.{key}[{n}]");
    let backlog = file.initial_backlog_days.unwrap_or_default();
    check.real(
        "sessions.or_use_share",
        file.or_use_share.unwrap_or(0.92),
        0.1..=1.0,
    );
    SessionDemand {
        daily_operations: core::array::from_fn(|n| {
            let path = at("weekly_operations", n);
            check.real(&path, file.weekly_operations[n], 0.0..=1e6) / WEEKDAYS
        }),
        or_minutes: core::array::from_fn(|n| {
            check.whole(&at("or_minutes", n), file.or_minutes[n], 1..=1_440)
        }),
        initial_backlog_days: core::array::from_fn(|n| {
            check.days(&at("initial_backlog_days", n), backlog[n])
        }),
        inpatient_permille: core::array::from_fn(|n| {
            check
                .permille(&at("inpatient_share", n), file.inpatient_share[n], 1.0)
                .0
        }),
        program_by_week: program_by_week(file.quiet.as_deref().unwrap_or_default(), study, check),
    }
}

/// Part of the operating program that runs, by study week.
fn program_by_week(
    quiet: &[shape::QuietProgram],
    study: &Study,
    check: &mut Checker<'_>,
) -> Vec<PerMille> {
    let mut by_week = vec![1.0; study.n_weeks()];
    for (n, quiet) in quiet.iter().enumerate() {
        let different = DifferentWeeks {
            path: format!("sessions.quiet[{n}]"),
            from: &quiet.from,
            weeks: quiet.weeks,
            share: ("program_share", quiet.program_share, 1.0),
        };
        scale_weeks(&mut by_week, study, &different, check);
    }
    by_week.into_iter().map(PerMille::from_fraction).collect()
}

fn check_streams(streams: &[shape::Stream], check: &mut Checker<'_>) {
    check.at_most("planned.stream", streams.len(), limits::STREAMS);
    let streams = &streams[..streams.len().min(limits::STREAMS)];
    let keys: Vec<&str> = streams.iter().map(|stream| stream.key.as_str()).collect();
    check.keys(&keys, |n| format!("planned.stream[{n}].key"));
}

/// Weights of hospitals for acute patients: their size, less the part of their beds that planned
/// patients are expected to take (at most three quarters), so that all are equally full.
pub(super) fn acute_weights(planned: &PlannedDemand, sizes: &Sizes) -> Vec<f64> {
    let mut left = sizes.regular_beds.clone();
    for stream in &planned.specialties {
        let per_day = stream.daily_indications * WEEKDAYS / f64::from(DAYS_PER_WEEK);
        let mut below = 0.0;
        for (left, cumulative) in left.iter_mut().zip(&stream.hospital_cumulative) {
            *left -= per_day * (cumulative - below) * stream.ic_stay.days.mean();
            below = *cumulative;
        }
    }
    let part = |(left, beds): (&f64, &f64)| (left / beds.max(1.0)).max(0.25);
    let parts = left.iter().zip(&sizes.regular_beds).map(part);
    parts
        .zip(&sizes.weights)
        .map(|(part, weight)| part * weight)
        .collect()
}

fn specialty(
    stream: &shape::Stream,
    n: usize,
    sizes: &Sizes,
    check: &mut Checker<'_>,
) -> Specialty {
    let path = format!("planned.stream[{n}]");
    let at = |key: &str| below(&path, key);
    let most = limits::PATIENTS_PER_DAY * WEEKDAYS;
    let weekly = check.real(
        &at("weekly_indications"),
        stream.weekly_indications,
        0.0..=most,
    );
    Specialty {
        key: stream.key.clone(),
        name: stream.name.clone(),
        daily_indications: weekly / WEEKDAYS,
        class_cumulative: class_cumulative(&stream.class_shares, &at("class_shares"), check),
        hospital_cumulative: cumulative(&performing(stream, &path, sizes, check)),
        or_time: check.operating_time(&at("or_time"), &stream.or_time),
        ic_stay: check.stay(&at("ic_stay"), &stream.ic_stay),
        work_up: check.stay(&at("work_up"), &stream.work_up),
        harm_milli_per_month: check
            .permille(
                &at("harm_per_month"),
                stream.harm_per_month.unwrap_or(0.0),
                1e3,
            )
            .0,
        mean_days_to_deterioration: mean_days(
            stream.weekly_deterioration_share,
            &at("weekly_deterioration_share"),
            check,
        ),
        mean_days_to_death: mean_days(stream.weekly_death_share, &at("weekly_death_share"), check),
        mean_days_to_withdrawal: mean_days(
            stream.weekly_withdrawal_share,
            &at("weekly_withdrawal_share"),
            check,
        ),
    }
}

fn class_cumulative(shares: &[f64; 4], path: &str, check: &mut Checker<'_>) -> [f64; 4] {
    for (class, share) in shares.iter().enumerate() {
        check.share(&format!("{path}[{class}]"), *share);
    }
    let running = cumulative(&check.whole_of_shares(path, shares));
    core::array::from_fn(|class| running[class])
}

/// Weights of the hospitals that perform a stream.
fn performing(
    stream: &shape::Stream,
    path: &str,
    sizes: &Sizes,
    check: &mut Checker<'_>,
) -> Vec<f64> {
    let weights = sizes.weights_in(stream.performed_in.as_deref());
    let groups = stream.performed_in.as_deref().unwrap_or_default();
    check.at_most(&below(path, "performed_in"), groups.len(), limits::GROUPS);
    for (n, group) in groups.iter().take(limits::GROUPS).enumerate() {
        if !sizes.groups.iter().flatten().any(|known| known == group) {
            check.fail(
                &format!("{path}.performed_in[{n}]"),
                "no hospital is in this group",
                None,
            );
        }
    }
    if stream.performed_in.is_some() && weights.iter().sum::<f64>() <= 0.0 {
        check.fail(
            &below(path, "performed_in"),
            "no hospital performs this",
            None,
        );
    }
    weights
}

/// Mean time to an event that a share of those exposed meet per week: constant hazard
/// -ln(1 - share) a week; infinite for a share of zero.
fn mean_days(weekly_share: Option<f64>, path: &str, check: &mut Checker<'_>) -> f64 {
    let share = check.real(path, weekly_share.unwrap_or(0.0), 0.0..=0.9);
    f64::from(DAYS_PER_WEEK) / -libm::log1p(-share)
}
