//! Planned patients who need the IC, and operations that do not.

use crate::model::demand::{PlannedDemand, SessionDemand, Specialty};
use crate::model::study::Study;
use crate::model::validate::apportion::cumulative;
use crate::model::validate::check::{Checker, below};
use crate::model::validate::hospitals::Sizes;
use crate::model::validate::series::{DifferentWeeks, scale_weeks};
use crate::scenario::shape;
use crate::units::{DAYS_PER_WEEK, PerMille};

/// Weekdays in a week.
const WEEKDAYS: f64 = 5.0;

/// The streams of planned patients and how they are planned.
pub(super) fn build(
    planned: &shape::Planned,
    sizes: &Sizes,
    check: &mut Checker<'_>,
) -> PlannedDemand {
    check_streams(&planned.stream, check);
    let streams = planned.stream.iter().enumerate();
    PlannedDemand {
        specialties: streams
            .map(|(n, stream)| specialty(stream, n, sizes, check))
            .collect(),
        norm_days: planned.norm_days,
        offer_days_before_norm: planned.offer_days_before_norm,
        planning_lead_days: planned.planning_lead_days,
        shortest_notice_days: planned.shortest_notice_days,
        semi_acute_hold_days: planned.semi_acute_hold_days,
        initial_list_days: planned.initial_list_days,
    }
}

/// Operations without IC.
pub(super) fn build_sessions(
    file: &shape::Sessions,
    study: &Study,
    check: &mut Checker<'_>,
) -> SessionDemand {
    SessionDemand {
        daily_operations: file.weekly_operations.map(|weekly| weekly / WEEKDAYS),
        or_minutes: file.or_minutes,
        initial_backlog_days: file.initial_backlog_days,
        inpatient_permille: file
            .inpatient_share
            .map(|share| PerMille::from_fraction(share).0),
        or_use: PerMille::from_fraction(file.or_use_share),
        urgent: PerMille::from_fraction(file.urgent_share),
        program_by_week: program_by_week(&file.quiet, study, check),
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
            share: quiet.program_share,
        };
        scale_weeks(&mut by_week, study, &different, check);
    }
    by_week.into_iter().map(PerMille::from_fraction).collect()
}

fn check_streams(streams: &[shape::Stream], check: &mut Checker<'_>) {
    let keys: Vec<&str> = streams.iter().map(|stream| stream.key.as_str()).collect();
    check.keys(&keys, |n| format!("planned.stream[{n}].key"));
    let names: Vec<_> = streams.iter().map(|stream| &stream.name).collect();
    check.names(&names, |n| format!("planned.stream[{n}].name"));
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
    Specialty {
        key: stream.key.clone(),
        name: stream.name.clone(),
        daily_indications: stream.weekly_indications / WEEKDAYS,
        class_cumulative: class_cumulative(&stream.class_shares, &at("class_shares"), check),
        hospital_cumulative: cumulative(&performing(stream, &path, sizes, check)),
        or_time: check.operating_time(&at("or_time"), &stream.or_time),
        own_teams: (stream.performed_in.as_ref())
            .map(|_| PerMille::from_fraction(stream.or_time_share)),
        own_teams_spread: stream.or_time_spread,
        weekday_time: weekday_time(stream, &at("or_weekday_factors"), check),
        ic_stay: check.stay(&at("ic_stay"), &stream.ic_stay),
        work_up: check.stay(&at("work_up"), &stream.work_up),
        harm_milli_per_month: PerMille::from_fraction(stream.harm_per_month).0,
        mean_days_to_deterioration: mean_days(stream.weekly_deterioration_share),
        mean_days_to_reclassification: mean_days(stream.weekly_reclassification_share),
        mean_days_to_death: mean_days(stream.weekly_death_share),
        mean_days_to_withdrawal: mean_days(stream.weekly_withdrawal_share),
    }
}

/// Time of a stream's own teams on Monday to Friday relative to the mean.
fn weekday_time(stream: &shape::Stream, path: &str, check: &mut Checker<'_>) -> [PerMille; 5] {
    let Some(factors) = stream.or_weekday_factors else {
        return [PerMille::ONE; 5];
    };
    let mean = factors.iter().sum::<f64>() / 5.0;
    if mean <= 0.0 {
        check.fail(path, "some weekday must have time", None);
        return [PerMille::ONE; 5];
    }
    factors.map(|factor| PerMille::from_fraction(factor / mean))
}

fn class_cumulative(shares: &[f64; 4], path: &str, check: &mut Checker<'_>) -> [f64; 4] {
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
    for (n, group) in groups.iter().enumerate() {
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
fn mean_days(weekly_share: f64) -> f64 {
    f64::from(DAYS_PER_WEEK) / -libm::log1p(-weekly_share)
}
