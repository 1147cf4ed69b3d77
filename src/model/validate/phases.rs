//! National phases.

use crate::model::validate::check::Checker;
use crate::model::validate::forecast::quantile_factor;
use crate::policy::forecast::{ForecastModel, MAX_HORIZON_DAYS};
use crate::policy::plan::{LnazFase, PhasePlan, PhaseRecord, ThreatNotice, TransferRegime};
use crate::scenario::shape;

/// Most patients or beds that a phase can name.
const MOST_BEDS: u32 = 100_000;

/// The six phases and the notice that phase 3 threatens.
pub(super) fn build(
    phases: &shape::Phases,
    forecast: &ForecastModel,
    check: &mut Checker<'_>,
) -> PhasePlan {
    let records = records(&phases.phase, check);
    let most_days = u16::try_from(MAX_HORIZON_DAYS).unwrap_or(u16::MAX);
    let horizon_days = check.short(
        "phases.threat.horizon_days",
        phases.threat.horizon_days,
        0..=most_days,
    );
    let probability = check.real(
        "phases.threat.probability",
        phases.threat.probability,
        0.001..=0.999,
    );
    PhasePlan {
        records,
        minimum_dwell_days: check.days("phases.minimum_dwell_days", phases.minimum_dwell_days),
        hysteresis: check.permille("phases.hysteresis_share", phases.hysteresis_share, 1.0),
        threat: ThreatNotice {
            horizon_days,
            beds: check.whole("phases.threat.beds", phases.threat.beds, 0..=MOST_BEDS),
            probability,
            quantile_factor: quantile_factor(
                1.0 - probability,
                forecast.national_sd_log_per_day,
                usize::from(horizon_days),
            ),
        },
    }
}

/// One record per phase; the list must hold all six, lightest first.
fn records(entries: &[shape::PhaseEntry], check: &mut Checker<'_>) -> [PhaseRecord; 6] {
    let names: Vec<&str> = entries.iter().map(|entry| entry.phase.as_str()).collect();
    let wanted = LnazFase::ALL.map(LnazFase::name);
    if names != wanted {
        let first: Vec<&str> = names.into_iter().take(wanted.len()).collect();
        let message = format!("these are the phases {}", first.join(", "));
        check.fail(
            "phases.phase",
            &message,
            Some(format!("{}, in this order", wanted.join(", "))),
        );
    }
    for (n, pair) in entries.windows(2).enumerate().take(wanted.len()) {
        if pair[1].enter_at_covid_ic < pair[0].enter_at_covid_ic {
            let path = format!("phases.phase[{}].enter_at_covid_ic", n + 1);
            let allowed = format!("at least {}", pair[0].enter_at_covid_ic);
            check.fail(&path, "entered before a lighter phase", Some(allowed));
        }
    }
    core::array::from_fn(|n| {
        entries
            .get(n)
            .map_or(NORMAL, |entry| record(entry, n, check))
    })
}

/// Stands in for a phase that is missing.
const NORMAL: PhaseRecord = PhaseRecord {
    enter_at_covid_ic: 0,
    national_ic_beds: 0,
    ordered_ic_beds: 0,
    max_activity: [crate::units::PerMille::ONE; 3],
    transfers: TransferRegime::Regional,
    beds_per_nurse: crate::units::PerMille::ONE,
};

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
    }
}
