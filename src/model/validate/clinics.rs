//! Independent clinics.

use crate::model::clinics::{Clinic, Clinics, Matching, RoleShares};
use crate::model::validate::apportion::apportion;
use crate::model::validate::check::Checker;
use crate::numeric::clamp_to_u32;
use crate::random::{Distribution, QuantileTable};
use crate::scenario::limits;
use crate::scenario::shape::{self, ScenarioFile};
use crate::units::{Cents, PerMille, RegionIdx};

/// The clinics and what is true of all their workers.
pub(super) fn build(file: &ScenarioFile, check: &mut Checker<'_>) -> Clinics {
    let Some(clinics) = &file.clinics else {
        refuse_workers(file, check);
        let nobody = Distribution::Deterministic { value: 0.0 };
        return Clinics::none(check.table("clinics", &nobody, 1));
    };
    Clinics {
        clinics: all(file, clinics, check),
        roles: roles(clinics, check),
        productivity: productivity(&clinics.productivity, check),
        fte_per_worker: PerMille::from_fraction(clinics.fte_per_worker),
        induction_days: clinics.induction_days,
        booster_days: clinics.booster_days,
        without_booster: PerMille::from_fraction(clinics.without_booster_share),
        trainer: PerMille::from_fraction(clinics.trainer_nurses),
        most_inductions: clinics.inductions_per_hospital,
        round_days: clinics.round_days,
        specification_days: clinics.specification_days,
        procedure_days: clinics.procedure_days,
        max_distance: clinics.maximum_distance_tiles,
        matching: Matching {
            complete_request: PerMille::from_fraction(clinics.complete_request_share),
            prepared_procedure_days: clinics
                .prepared_procedure_days
                .unwrap_or(clinics.procedure_days),
            listed: PerMille::from_fraction(clinics.listed_share),
            listed_loss_per_week: PerMille::from_fraction(clinics.listed_loss_per_week_share),
            without_covid: clinics.without_covid_share,
            not_clear: clinics.not_clear_share,
            days_until_clear: clinics.days_until_clear,
        },
    }
}

/// Without clinics nobody can be lent.
fn refuse_workers(file: &ScenarioFile, check: &mut Checker<'_>) {
    for (r, region) in file.region.iter().enumerate() {
        if region.lendable_workers != 0 {
            let path = format!("region[{r}].lendable_workers");
            let allowed = Some("0, or a table clinics".to_owned());
            check.fail(&path, "there are no clinics", allowed);
        }
    }
}

/// The clinics of all regions: as many as the workers fill, all of about the same size.
fn all(file: &ScenarioFile, clinics: &shape::Clinics, check: &mut Checker<'_>) -> Vec<Clinic> {
    let pattern = pattern(clinics);
    let mut all = Vec::new();
    let mut left = limits::WORKERS;
    for (r, region) in file.region.iter().enumerate() {
        if region.lendable_workers > left {
            let path = format!("region[{r}].lendable_workers");
            check.fail(
                &path,
                "too many in all regions",
                Some(format!("0 to {left}")),
            );
        }
        let workers = region.lendable_workers.min(left);
        left -= workers;
        let n_clinics =
            usize::try_from(workers.div_ceil(clinics.workers_per_clinic)).unwrap_or_default();
        let sizes = apportion(&vec![1.0; n_clinics], workers);
        all.extend(sizes.iter().enumerate().map(|(n, size)| Clinic {
            key: format!("{}-clinic-{}", region.key, n + 1),
            region: RegionIdx::at(r),
            n_workers: u16::try_from(*size).unwrap_or(u16::MAX),
            ..pattern.clone()
        }));
    }
    all
}

/// A clinic without name, place or workers.
fn pattern(clinics: &shape::Clinics) -> Clinic {
    let operations = clinics.daily_operations_per_block;
    Clinic {
        key: String::new(),
        region: RegionIdx(0),
        n_workers: 0,
        workers_per_block: clinics.workers_per_block,
        milli_operations_per_block: clamp_to_u32((operations * 1_000.0).round()),
        price: Cents(i64::from(clamp_to_u32(
            (clinics.price_euros * 100.0).round(),
        ))),
        follow_up: PerMille::from_fraction(clinics.follow_up_share),
    }
}

fn roles(clinics: &shape::Clinics, check: &mut Checker<'_>) -> RoleShares {
    let (ic, or) = (clinics.ic_role_share, clinics.or_role_share);
    if ic + or > 1.0 {
        let allowed = Some("at most 1 together with ic_role_share".to_owned());
        check.fail("clinics.or_role_share", "more than all workers", allowed);
    }
    RoleShares { ic, or }
}

fn productivity(share: &shape::TriangularShare, check: &mut Checker<'_>) -> QuantileTable {
    let (low, mode, high) = (share.low_share, share.mode_share, share.high_share);
    let is_constant = low >= high && low <= mode && mode <= high;
    let distribution = if is_constant {
        Distribution::Deterministic { value: mode }
    } else {
        Distribution::triangular(low, mode, high)
    };
    check.table("clinics.productivity", &distribution, PerMille::ONE.0)
}
