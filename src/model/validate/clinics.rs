//! Independent clinics.

use crate::model::clinics::{Clinic, Clinics, Matching, RoleShares};
use crate::model::validate::apportion::apportion;
use crate::model::validate::check::{Checker, below};
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
    let at = |key: &str| below("clinics", key);
    Clinics {
        clinics: all(file, clinics, check),
        roles: roles(clinics, check),
        productivity: productivity(&clinics.productivity, check),
        fte_per_worker: check.permille(&at("fte_per_worker"), clinics.fte_per_worker, 1.0),
        induction_days: core::array::from_fn(|n| {
            check.days(
                &format!("clinics.induction_days[{n}]"),
                clinics.induction_days[n],
            )
        }),
        booster_days: check.days(&at("booster_days"), clinics.booster_days),
        without_booster: check.permille(
            &at("without_booster_share"),
            clinics.without_booster_share,
            1.0,
        ),
        trainer: check.permille(&at("trainer_nurses"), clinics.trainer_nurses, 2.0),
        round_days: check.short(&at("round_days"), clinics.round_days, 1..=90),
        specification_days: check.days(&at("specification_days"), clinics.specification_days),
        procedure_days: check.days(&at("procedure_days"), clinics.procedure_days),
        max_distance: check
            .short(
                &at("maximum_distance_tiles"),
                clinics.maximum_distance_tiles,
                0..=62,
            )
            .to_le_bytes()[0],
        matching: matching(clinics, check),
    }
}

/// Without clinics nobody can be lent.
fn refuse_workers(file: &ScenarioFile, check: &mut Checker<'_>) {
    for (r, region) in file.region.iter().enumerate() {
        if region.lendable_workers.is_some_and(|workers| workers != 0) {
            let path = format!("region[{r}].lendable_workers");
            check.fail(
                &path,
                "there are no clinics",
                Some("0, or a table clinics".to_owned()),
            );
        }
    }
}

fn matching(clinics: &shape::Clinics, check: &mut Checker<'_>) -> Matching {
    let at = |key: &str| below("clinics", key);
    Matching {
        complete_request: share_of(
            "complete_request_share",
            clinics.complete_request_share,
            1.0,
            check,
        ),
        prepared_procedure_days: check.days(
            &at("prepared_procedure_days"),
            clinics
                .prepared_procedure_days
                .unwrap_or(clinics.procedure_days),
        ),
        listed: share_of("listed_share", clinics.listed_share, 1.0, check),
        listed_loss_per_week: share_of(
            "listed_loss_per_week_share",
            clinics.listed_loss_per_week_share,
            0.0,
            check,
        ),
        without_covid: check.share(
            &at("without_covid_share"),
            clinics.without_covid_share.unwrap_or(1.0),
        ),
        not_clear: check.share(
            &at("not_clear_share"),
            clinics.not_clear_share.unwrap_or(0.0),
        ),
        days_until_clear: check.days(
            &at("days_until_clear"),
            clinics.days_until_clear.unwrap_or(0),
        ),
    }
}

/// A share that may be left out.
fn share_of(key: &str, share: Option<f64>, default: f64, check: &mut Checker<'_>) -> PerMille {
    check.permille(&below("clinics", key), share.unwrap_or(default), 1.0)
}

/// The clinics of all regions: as many as the workers fill, all of about the same size.
fn all(file: &ScenarioFile, clinics: &shape::Clinics, check: &mut Checker<'_>) -> Vec<Clinic> {
    let per_clinic = check.whole(
        "clinics.workers_per_clinic",
        clinics.workers_per_clinic,
        1..=1_000,
    );
    let pattern = pattern(clinics, check);
    let mut all = Vec::new();
    let mut total = 0;
    for (r, region) in file.region.iter().enumerate() {
        let path = format!("region[{r}].lendable_workers");
        let workers = region.lendable_workers.unwrap_or(0);
        let workers = check.whole(&path, workers, 0..=limits::WORKERS - total);
        total += workers;
        let n_clinics = usize::try_from(workers.div_ceil(per_clinic)).unwrap_or_default();
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
fn pattern(clinics: &shape::Clinics, check: &mut Checker<'_>) -> Clinic {
    let operations = check.real(
        "clinics.daily_operations_per_block",
        clinics.daily_operations_per_block,
        0.0..=100.0,
    );
    let euros = check.real("clinics.price_euros", clinics.price_euros, 0.0..=1e6);
    Clinic {
        key: String::new(),
        region: RegionIdx(0),
        n_workers: 0,
        workers_per_block: check.short(
            "clinics.workers_per_block",
            clinics.workers_per_block,
            1..=100,
        ),
        milli_operations_per_block: clamp_to_u32((operations * 1_000.0).round()),
        price: Cents(i64::from(clamp_to_u32((euros * 100.0).round()))),
        follow_up: check.permille("clinics.follow_up_share", clinics.follow_up_share, 1.0),
    }
}

fn roles(clinics: &shape::Clinics, check: &mut Checker<'_>) -> RoleShares {
    let ic = check.share("clinics.ic_role_share", clinics.ic_role_share);
    let or = check.share("clinics.or_role_share", clinics.or_role_share);
    if ic + or > 1.0 {
        let allowed = Some("at most 1 together with ic_role_share".to_owned());
        check.fail("clinics.or_role_share", "more than all workers", allowed);
    }
    RoleShares { ic, or }
}

fn productivity(share: &shape::TriangularShare, check: &mut Checker<'_>) -> QuantileTable {
    const PATH: &str = "clinics.productivity";
    let low = check.share(&below(PATH, "low_share"), share.low_share);
    let mode = check.share(&below(PATH, "mode_share"), share.mode_share);
    let high = check.share(&below(PATH, "high_share"), share.high_share);
    let is_constant = low >= high && low <= mode && mode <= high;
    let distribution = if is_constant {
        Distribution::Deterministic { value: mode }
    } else {
        Distribution::Triangular { low, mode, high }
    };
    check.table(PATH, &distribution, PerMille::ONE.0)
}
