//! What a hospital's staff come to, and what its planners know of them.

use crate::engine::run::Run;
use crate::outcome::Recorder;
use crate::policy::info::Planning;
use crate::units::{HospitalIdx, PerMille};

/// Beds that the hospital's own nurses, and nurses who joined them, staff today as in normal times, in
/// thousandths.
pub(crate) fn own_staff_milli<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> u32 {
    let nursed = run.nursed_milli(hospital);
    let loaned = &run.body.hospitals[hospital.idx()].loaned;
    let joined = loaned.ic + loaned.external;
    if joined == 0 && loaned.trainers == 0 {
        return nursed;
    }
    let per_nurse = PerMille(run.model.staff.milli_beds_per_nurse);
    (nursed + per_nurse.of(joined)).saturating_sub(per_nurse.of(loaned.trainers))
}

/// Beds, in thousandths, that nurses who staff `own_staff_milli` can look after on top, as far as the
/// regime allows (A05).
pub(crate) fn stretch_milli<R: Recorder>(run: &Run<'_, R>, own_staff_milli: u32) -> u32 {
    let most = run.regime.beds_per_nurse.0.saturating_sub(PerMille::ONE.0);
    PerMille(most).of(own_staff_milli)
}

/// What the planners of `hospital` know.
pub(crate) fn planning_info<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> Planning {
    let state = &run.body.hospitals[hospital.idx()];
    let table = &run.derived.hospitals[hospital.idx()];
    let ic = &run.body.ic[hospital.idx()];
    let own = &ic.own;
    let own_staff = own_staff_milli(run, hospital);
    Planning {
        present: own.covid + own.acute,
        planned: own.planned,
        covid_milli: if run.regime.is_told {
            ic.allocation_milli
        } else {
            own.covid * 1_000
        },
        acute_milli: table.acute_milli_beds,
        critical_milli: table.critical_milli_beds,
        own_staff_milli: own_staff,
        stretch_milli: stretch_milli(run, own_staff),
        converted_milli: state.decided_milli,
    }
}

/// Hospital nurse time that one induction takes, in thousandths of a nurse.
pub(crate) fn trainer<R: Recorder>(run: &Run<'_, R>) -> u32 {
    if run.regime.loans.inducts {
        run.model.clinics.trainer.0
    } else {
        0
    }
}
