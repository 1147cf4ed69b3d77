//! Hospital staff.

use crate::model::staff::{Absence, ExternalHire, Staff, WardStaff};
use crate::model::validate::check::{Checker, below};
use crate::numeric::clamp_to_u32;
use crate::scenario::{limits, shape};

/// Most beds that a country can have.
const MOST_BEDS: u32 = 100_000;

/// What staff are worth.
pub(super) fn build(staff: &shape::Staff, check: &mut Checker<'_>) -> Staff {
    let mut real =
        |key: &str, value, low: f64, high: f64| check.real(&below("staff", key), value, low..=high);
    let fte_per_bed = real("fte_per_bed", staff.fte_per_bed, 0.5, 20.0);
    let team_fte = real("team_fte", staff.team_fte, 0.5, 20.0);
    let efficiency = real(
        "conversion_efficiency_share",
        staff.conversion_efficiency_share,
        0.0,
        1.0,
    );
    let ramp = real("ramp_beds_per_day", staff.ramp_beds_per_day, 0.0, 2_000.0);
    let ramp_down = real(
        "ramp_down_beds_per_day",
        staff.ramp_down_beds_per_day,
        0.0,
        2_000.0,
    );
    Staff {
        workforce: check.permille("staff.workforce_share", staff.workforce_share, 2.0),
        team_minutes_per_day: check.whole(
            "staff.team_minutes_per_day",
            staff.team_minutes_per_day,
            1..=1_440,
        ),
        milli_beds_per_team: milli(team_fte * efficiency / fte_per_bed),
        max_support: check.permille(
            "staff.maximum_support_share",
            staff.maximum_support_share,
            1.0,
        ),
        ramp_milli_beds_per_day: milli(ramp),
        ramp_down_milli_beds_per_day: milli(ramp_down),
        ramp_delay_days: check.short("staff.ramp_delay_days", staff.ramp_delay_days, 1..=7),
        milli_beds_per_nurse: milli(1.0 / fte_per_bed),
        milli_teams_per_worker: milli(1.0 / team_fte),
        fatigue_per_week: check.permille(
            "staff.fatigue_share_per_week",
            staff.fatigue_share_per_week.unwrap_or(0.0),
            0.2,
        ),
        ward: ward(&staff.ward, check),
        absence: absence(&staff.absence, check),
        acute_reserve: check.permille("staff.acute_reserve_share", staff.acute_reserve_share, 10.0),
        external_hire: external_hire(staff.external_hire.as_ref(), check),
    }
}

fn ward(ward: &shape::WardStaff, check: &mut Checker<'_>) -> WardStaff {
    check.whole("staff.ward.covid_beds", ward.covid_beds, 0..=MOST_BEDS);
    WardStaff {
        planned_inpatients: check.whole(
            "staff.ward.planned_inpatients",
            ward.planned_inpatients,
            0..=MOST_BEDS,
        ),
        covid_weight: check.permille("staff.ward.covid_weight", ward.covid_weight, 10.0),
        milli_inpatients_per_nurse: milli(check.real(
            "staff.ward.inpatients_per_nurse",
            ward.inpatients_per_nurse.unwrap_or(1.0),
            0.0..=20.0,
        )),
    }
}

fn absence(absence: &shape::AbsenceRates, check: &mut Checker<'_>) -> Absence {
    let mut real =
        |key: &str, value, most| check.real(&below("staff.absence", key), value, 0.0..=most);
    let rates = Absence {
        normal: real("normal_share", absence.normal_share, 0.5),
        per_thousand_weekly_admissions: real(
            "share_per_thousand_weekly_admissions",
            absence.share_per_thousand_weekly_admissions,
            0.5,
        ),
        maximum: real("maximum_share", absence.maximum_share, 0.9),
        rho: real("rho", absence.rho, 0.999),
        sd: real("sd", absence.sd, 0.2),
    };
    if rates.maximum < rates.normal {
        let allowed = Some("at least normal_share".to_owned());
        check.fail(
            "staff.absence.maximum_share",
            "less than in normal times",
            allowed,
        );
    }
    rates
}

fn external_hire(hire: Option<&shape::ExternalHire>, check: &mut Checker<'_>) -> ExternalHire {
    let mut whole = |key: &str, value: Option<i64>| {
        let path = below("staff.external_hire", key);
        check.whole(&path, value.unwrap_or(0), 0..=limits::WORKERS)
    };
    ExternalHire {
        nurses: whole("nurses", hire.map(|hire| hire.nurses)),
        nurses_per_week: whole("nurses_per_week", hire.map(|hire| hire.nurses_per_week)),
    }
}

/// A quantity in thousandths, rounded.
fn milli(quantity: f64) -> u32 {
    clamp_to_u32((quantity * 1_000.0).round())
}
