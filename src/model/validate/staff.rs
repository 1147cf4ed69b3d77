//! Hospital staff.

use crate::model::staff::{Absence, ExternalHire, Staff, Strain, WardStaff};
use crate::model::validate::check::Checker;
use crate::numeric::clamp_to_u32;
use crate::scenario::shape;
use crate::units::{Cents, PerMille};

/// What staff are worth.
pub(super) fn build(staff: &shape::Staff, check: &mut Checker<'_>) -> Staff {
    let efficiency = staff.conversion_efficiency_share;
    let hire = staff.external_hire.as_ref();
    Staff {
        workforce: PerMille::from_fraction(staff.workforce_share),
        team_minutes_per_day: staff.team_minutes_per_day,
        milli_beds_per_team: milli(staff.team_fte * efficiency / staff.fte_per_bed),
        max_support: PerMille::from_fraction(staff.maximum_support_share),
        ramp_milli_beds_per_day: milli(staff.ramp_beds_per_day),
        ramp_down_milli_beds_per_day: milli(staff.ramp_down_beds_per_day),
        unit_milli: match staff.unit_beds {
            1 => 1,
            beds => u32::from(beds) * 1_000,
        },
        nursing: (staff.nursing.as_ref()).and_then(nursing),
        ramp_delay_days: staff.ramp_delay_days,
        milli_beds_per_nurse: milli(1.0 / staff.fte_per_bed),
        milli_teams_per_worker: milli(1.0 / staff.team_fte),
        fatigue_per_week: PerMille::from_fraction(staff.fatigue_share_per_week),
        strain: (staff.strain.as_ref()).map(|strain| Strain {
            dropout: clamp_to_u32((strain.dropout_share * 1e6).round()),
            recovery: PerMille::from_fraction(strain.recovery_share),
        }),
        ward: WardStaff {
            planned_inpatients: staff.ward.planned_inpatients,
            covid_weight: PerMille::from_fraction(staff.ward.covid_weight),
            milli_inpatients_per_nurse: milli(staff.ward.inpatients_per_nurse),
            milli_inpatients_per_team: milli(
                staff.team_fte * efficiency * staff.ward.inpatients_per_nurse,
            ),
            step_down: staff.ward.step_down_share.map(PerMille::from_fraction),
        },
        absence: absence(&staff.absence, check),
        acute_reserve: PerMille::from_fraction(staff.acute_reserve_share),
        external_hire: ExternalHire {
            nurses: hire.map_or(0, |hire| hire.nurses),
            nurses_per_week: hire.map_or(0, |hire| hire.nurses_per_week),
            induction_days: hire.map_or(0, |hire| hire.induction_days),
            price_per_day: Cents(hire.map_or(0, |hire| {
                i64::from(clamp_to_u32((hire.euros_per_day * 100.0).round()))
            })),
        },
    }
}

/// Nursing by kind of patient; `None` when it is the same for all and changes nothing.
fn nursing(nursing: &shape::Nursing) -> Option<[PerMille; 3]> {
    let kinds = [
        nursing.covid_share,
        nursing.acute_share,
        nursing.planned_share,
    ];
    let kinds = kinds.map(PerMille::from_fraction);
    (kinds != [PerMille::ONE; 3]).then_some(kinds)
}

fn absence(absence: &shape::AbsenceRates, check: &mut Checker<'_>) -> Absence {
    if absence.maximum_share < absence.normal_share {
        check.fail(
            "staff.absence.maximum_share",
            "less than in normal times",
            Some("at least normal_share".to_owned()),
        );
    }
    Absence {
        normal: absence.normal_share,
        per_thousand_weekly_admissions: absence.share_per_thousand_weekly_admissions,
        maximum: absence.maximum_share,
        rho: absence.rho,
        sd: absence.sd,
    }
}

/// A quantity in thousandths, rounded.
fn milli(quantity: f64) -> u32 {
    clamp_to_u32((quantity * 1_000.0).round())
}
