//! National phases.

use crate::model::validate::check::{Checker, below};
use crate::model::validate::forecast::quantile_factor;
use crate::policy::forecast::{ForecastModel, MAX_HORIZON_DAYS};
use crate::policy::plan::{
    Binding, MOST_PHASES, Phase, PhasePlan, PhaseRecord, ThreatNotice, TransferRegime,
};
use crate::scenario::shape;

/// Most patients or beds that a phase can name.
const MOST_BEDS: u32 = 100_000;

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
        minimum_dwell_days: check.days("phases.minimum_dwell_days", phases.minimum_dwell_days),
        hysteresis: check.permille("phases.hysteresis_share", phases.hysteresis_share, 1.0),
        threat: (phases.threat.as_ref()).map(|notice| threat(notice, forecast, check)),
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

fn threat(
    notice: &shape::Threat,
    forecast: &ForecastModel,
    check: &mut Checker<'_>,
) -> ThreatNotice {
    let most_days = u16::try_from(MAX_HORIZON_DAYS).unwrap_or(u16::MAX);
    let horizon_days = check.short(
        "phases.threat.horizon_days",
        notice.horizon_days,
        0..=most_days,
    );
    let probability = check.real(
        "phases.threat.probability",
        notice.probability,
        0.001..=0.999,
    );
    ThreatNotice {
        horizon_days,
        beds: check.whole("phases.threat.beds", notice.beds, 0..=MOST_BEDS),
        probability,
        quantile_factor: quantile_factor(
            1.0 - probability,
            forecast.national_sd_log_per_day,
            usize::from(horizon_days),
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
    let kept = entries.iter().take(MOST_PHASES).enumerate();
    let mut records: Vec<PhaseRecord> = kept.map(|(n, entry)| record(entry, n, check)).collect();
    if records.is_empty() {
        records.push(PhaseRecord::NORMAL);
    }
    records
}

fn record(entry: &shape::PhaseEntry, n: usize, check: &mut Checker<'_>) -> PhaseRecord {
    let at = |key: &str| format!("phases.phase[{n}].{key}");
    let mut beds = |key: &str, value, most| check.whole(&at(key), value, 0..=most);
    let national_ic_beds = beds("national_ic_beds", entry.national_ic_beds, MOST_BEDS);
    let ordered = entry.ordered_ic_beds.unwrap_or(0);
    PhaseRecord {
        enter_at_covid_ic: beds("enter_at_covid_ic", entry.enter_at_covid_ic, MOST_BEDS),
        national_ic_beds,
        ordered_ic_beds: beds("ordered_ic_beds", ordered, national_ic_beds),
        max_activity: core::array::from_fn(|class| {
            let path = at(&format!("maximum_activity_share[{class}]"));
            check.permille(&path, entry.maximum_activity_share[class], 2.0)
        }),
        transfers: check.choice(&at("transfers"), &entry.transfers, TransferRegime::Regional),
        beds_per_nurse: check.permille(
            &at("beds_per_nurse"),
            entry.beds_per_nurse.unwrap_or(1.0),
            5.0,
        ),
        binds: binds(
            entry.binds.as_deref().unwrap_or_default(),
            &at("binds"),
            check,
        ),
    }
}

/// Which documents bind, by name.
fn binds(names: &[String], path: &str, check: &mut Checker<'_>) -> [bool; 3] {
    let mut binds = [false; 3];
    check.at_most(path, names.len(), binds.len());
    for (n, name) in names.iter().take(binds.len()).enumerate() {
        let document = check.choice(&format!("{path}[{n}]"), name, Binding::Framework);
        binds[document as usize] = true;
    }
    binds
}
