//! What a hospital's staff come to, and what its planners know of them.

use crate::engine::run::Run;
use crate::outcome::Recorder;
use crate::policy::info::{OwnHospital, Planning};
use crate::policy::levers::ScalingOrder;
use crate::units::{HospitalIdx, PerMille};

/// Beds that the hospital's own nurses, and nurses who joined them, staff today as in normal times, in
/// thousandths.
pub(crate) fn own_staff_milli<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> u32 {
    let mut nursed = run.nursed_milli(hospital);
    let loaned = &run.body.hospitals[hospital.idx()].loaned;
    let joined = loaned.ic + loaned.external;
    if joined > 0 || loaned.trainers > 0 {
        let per_nurse = PerMille(run.model.staff.milli_beds_per_nurse);
        nursed = (nursed + per_nurse.of(joined)).saturating_sub(per_nurse.of(loaned.trainers));
    }
    match run.model.staff.nursing {
        None => nursed,
        Some(nursing) => for_patients(nursed, nursing, &run.body.ic[hospital.idx()].own),
    }
}

/// Beds, in thousandths, that nurses staff for the patients who are there, where they staff `beds_milli` for
/// usual ones.
fn for_patients(beds_milli: u32, nursing: [PerMille; 3], own: &OwnHospital) -> u32 {
    let kinds = [own.covid, own.acute, own.planned];
    let taken: u64 = kinds
        .iter()
        .zip(nursing)
        .map(|(patients, takes)| u64::from(*patients) * u64::from(takes.0))
        .sum();
    let usual = u64::from(own.occupied()) * 1_000;
    (u64::from(beds_milli) * usual)
        .checked_div(taken)
        .map_or(beds_milli, |milli| u32::try_from(milli).unwrap_or(u32::MAX))
}

/// Beds, in thousandths, that rest on `converted` and on exchanged staff: whole units of them.
pub(crate) fn support_milli<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    converted: u32,
) -> u32 {
    whole_units_milli(run, converted + exchanged_milli(run, hospital))
}

/// The part of `beds_milli` that makes whole units, in thousandths.
pub(crate) fn whole_units_milli<R: Recorder>(run: &Run<'_, R>, beds_milli: u32) -> u32 {
    let unit = run.model.staff.unit_milli;
    beds_milli / unit * unit
}

/// Beds, in thousandths, that nurses who staff `own_staff_milli` can look after on top: as far as the
/// regime allows (A05), and no more than there are COVID patients, for whom nurses are stretched.
pub(crate) fn stretch_milli<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    own_staff_milli: u32,
) -> u32 {
    let most = run.regime.beds_per_nurse.0.saturating_sub(PerMille::ONE.0);
    let own = &run.body.ic[hospital.idx()].own;
    let covid = (own.covid + own.expected_covid) * 1_000;
    PerMille(most).of(own_staff_milli).min(covid)
}

/// Beds that rest on staff of other hospitals, in thousandths.
pub(crate) fn exchanged_milli<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> u32 {
    let received = run.body.hospitals[hospital.idx()].received_milli;
    PerMille(run.model.staff.milli_beds_per_team).of(received)
}

/// Most beds, in thousandths, that can rest on converted and exchanged staff beside nurses who staff
/// `own_staff_milli`: within bed places, the part of the beds that may rest on them, the hospital's own
/// teams, and the plan's number of beds.
pub(crate) fn support_bound_milli<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    own_staff_milli: u32,
) -> i64 {
    let staff = &run.model.staff;
    let record = &run.model.hospitals[hospital.idx()];
    let table = &run.derived.hospitals[hospital.idx()];
    let own = i64::from(own_staff_milli);
    let part = i64::from(staff.max_support.0.min(999));
    let support = own * part / (1_000 - part);
    let bound = (i64::from(record.physical_beds.0) * 1_000 - own).min(support);
    run.regime.most_beds.map_or(bound, |beds| {
        let share = u64::from(beds) * 1_000 * u64::from(table.bed_share) / 1_000_000;
        bound.min(i64::try_from(share).unwrap_or(i64::MAX) - own)
    })
}

/// Teams, in thousandths, that a hospital can free for its IC: in the order of urgency those of classes 5
/// and 4, and of class 3 as many as the phase asks for; where no order holds, all.
pub(crate) fn freeable_milli<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> u32 {
    let table = &run.derived.hospitals[hospital.idx()];
    match run.scaling_order().value {
        ScalingOrder::ProRata => {
            run.model.hospitals[hospital.idx()].or_teams_milli + table.stream_teams_milli
        }
        ScalingOrder::UrgencyOrder => {
            let [critical, plannable, deferrable] = table.class_teams_milli;
            let [most, ..] = run.regime.max_activity.value;
            let cut = PerMille::ONE.0.saturating_sub(most.0);
            plannable + deferrable + PerMille(cut).of(critical)
        }
    }
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
        stretch_milli: stretch_milli(run, hospital, own_staff),
        converted_milli: state.decided_milli,
        exchanged_milli: exchanged_milli(run, hospital),
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
