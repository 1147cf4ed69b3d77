//! National phases.

use crate::model::validate::check::{Checker, below};
use crate::model::validate::forecast::quantile_factor;
use crate::policy::forecast::ForecastModel;
use crate::policy::plan::{MOST_PHASES, Phase, PhasePlan, PhaseRecord, StopTerms, ThreatNotice};
use crate::scenario::shape;
use crate::units::{MINUTES_PER_DAY, Minutes, PerMille};

/// Most letters of a phase's name.
const MOST_LETTERS: usize = 12;

/// The phases and the notice that the heaviest threatens.
pub(super) fn build(
    phases: &shape::Phases,
    forecast: &ForecastModel,
    check: &mut Checker<'_>,
) -> PhasePlan {
    let names = names(&phases.phase, check);
    let mut from = |key: &str, name: &Option<String>| {
        let path = below("phases", key);
        name.as_ref()
            .and_then(|name| phase(&names, &path, name, check))
    };
    PhasePlan {
        staff_tire_from: from("staff_tire_from", &phases.staff_tire_from),
        measures_kept_from: from("measures_kept_from", &phases.measures_kept_from),
        clinics_prepare_from: from("clinics_prepare_from", &phases.clinics_prepare_from),
        records: records(&phases.phase, check),
        minimum_dwell_days: phases.minimum_dwell_days,
        hysteresis: PerMille::from_fraction(phases.hysteresis_share),
        stop: (phases.stop.as_ref()).map_or(StopTerms::AT_ONCE, stop),
        threat: (phases.threat.as_ref()).map(|notice| threat(notice, forecast)),
        names,
    }
}

/// The phase with this name; a mistake when there is none.
pub(super) fn phase(
    names: &[String],
    path: &str,
    name: &str,
    check: &mut Checker<'_>,
) -> Option<Phase> {
    let found = names.iter().position(|known| known == name);
    if found.is_none() {
        check.fail(path, "there is no such phase", Some(names.join(", ")));
    }
    found.map(Phase::at)
}

/// The names of the phases: one for each of at least one and at most [`MOST_PHASES`].
fn names(entries: &[shape::PhaseEntry], check: &mut Checker<'_>) -> Vec<String> {
    if entries.is_empty() || entries.len() > MOST_PHASES {
        let message = format!("there are {} phases", entries.len());
        check.fail(
            "phases.phase",
            &message,
            Some(format!("1 to {MOST_PHASES}")),
        );
    }
    let kept = entries.iter().take(MOST_PHASES);
    let mut names: Vec<String> = kept.map(|entry| entry.phase.clone()).collect();
    for (n, name) in names.iter().enumerate() {
        let path = format!("phases.phase[{n}].phase");
        let is_short = (1..=MOST_LETTERS).contains(&name.len());
        if !(is_short && name.bytes().all(|letter| letter.is_ascii_alphanumeric())) {
            let allowed = format!("1 to {MOST_LETTERS} letters and digits");
            check.fail(&path, "no name of a phase", Some(allowed));
        }
        if names[..n].contains(name) {
            check.fail(&path, "this name is taken already", None);
        }
    }
    if names.is_empty() {
        names.push("1".to_owned());
    }
    names
}

fn stop(stop: &shape::Stop) -> StopTerms {
    StopTerms {
        share: PerMille::from_fraction(stop.willing_share),
        share_per_occupancy: PerMille::from_fraction(stop.willing_per_occupancy),
        from_occupancy: PerMille::from_fraction(stop.from_occupancy_share),
        lag_days: stop.lag_days,
        restart_days: stop.restart_days,
        restart_below: PerMille::from_fraction(stop.restart_below_occupancy_share),
    }
}

fn threat(notice: &shape::Threat, forecast: &ForecastModel) -> ThreatNotice {
    ThreatNotice {
        horizon_days: notice.horizon_days,
        beds: notice.beds,
        probability: notice.probability,
        quantile_factor: quantile_factor(
            1.0 - notice.probability,
            forecast.national_sd_log_per_day,
            usize::from(notice.horizon_days),
        ),
    }
}

/// One record per phase, lightest first.
fn records(entries: &[shape::PhaseEntry], check: &mut Checker<'_>) -> Vec<PhaseRecord> {
    for (n, pair) in entries.windows(2).enumerate().take(MOST_PHASES) {
        if pair[1].enter_at_covid_ic < pair[0].enter_at_covid_ic {
            let path = format!("phases.phase[{}].enter_at_covid_ic", n + 1);
            let allowed = format!("at least {}", pair[0].enter_at_covid_ic);
            check.fail(&path, "entered before a lighter phase", Some(allowed));
        }
    }
    for (n, entry) in entries.iter().enumerate().take(MOST_PHASES) {
        if entry.ordered_ic_beds > entry.national_ic_beds {
            let path = format!("phases.phase[{n}].ordered_ic_beds");
            let allowed = format!("0 to {}", entry.national_ic_beds);
            check.fail(&path, "out of range", Some(allowed));
        }
    }
    let mut records: Vec<PhaseRecord> = entries.iter().take(MOST_PHASES).map(record).collect();
    if records.is_empty() {
        records.push(PhaseRecord::NORMAL);
    }
    records
}

fn record(entry: &shape::PhaseEntry) -> PhaseRecord {
    let mut binds = [false; 3];
    for document in &entry.binds {
        binds[*document as usize] = true;
    }
    PhaseRecord {
        enter_at_covid_ic: entry.enter_at_covid_ic,
        national_ic_beds: entry.national_ic_beds,
        ordered_ic_beds: entry.ordered_ic_beds,
        max_activity: entry.maximum_activity_share.map(PerMille::from_fraction),
        transfers: entry.transfers,
        beds_per_nurse: PerMille::from_fraction(entry.beds_per_nurse),
        stops_plannable: entry.stops_plannable,
        longest_ic_stay: (entry.longest_ic_stay_days)
            .map(|days| Minutes(u32::from(days) * MINUTES_PER_DAY)),
        covid_beds: PerMille::from_fraction(entry.covid_beds_share),
        binds,
    }
}
