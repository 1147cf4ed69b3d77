//! Matching clinic workers with hospitals that ask for them, and sending them back.

use crate::engine::handlers::shifts::role_count;
use crate::engine::handlers::staffing::trainer;
use crate::engine::handlers::theater;
use crate::engine::run::{Run, hospitals_of};
use crate::engine::state::{LoanStep, WorkerPlace};
use crate::outcome::{Recorder, WeekMeasure, Word};
use crate::policy::info::LoanRound;
use crate::policy::loans;
use crate::policy::sentence::Sentence;
use crate::units::{Cents, DAYS_PER_WEEK, Day, HospitalIdx, PerMille, RegionIdx};
use crate::world::{Deployability, Role};

/// The gate is open: once hospitals have specified what they need and the serial steps are done,
/// workers are asked one by one (Z07, Z08), and those who can and will help begin induction.
pub(crate) fn request<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx, info: &LoanRound) {
    let today = run.today();
    let asked = *run.body.regions[region.idx()]
        .loan_asked
        .get_or_insert(today);
    if today < asked.plus(lead_time(run)) || !is_complete(run, region) {
        return;
    }
    let willing = run.regime.loans.willingness[usize::from(info.threat)];
    // Inductions that begin today change nothing on the wards.
    let ward = ward_in_need(run, region);
    let mut short = shortest(run, region);
    for worker in 0..run.world.workers.len() {
        let wanted = match run.world.workers[worker].role {
            Role::Ward => ward,
            Role::Ic | Role::Or => short,
        };
        let Some(hospital) = wanted.or(short) else {
            return;
        };
        if agrees(run, worker, (hospital, wanted.is_some()), willing) {
            begin_induction(run, worker, hospital, today);
            let relief = relief_milli(run, worker);
            run.body.hospitals[hospital.idx()].short_milli -= i64::from(relief);
            short = shortest(run, region);
        }
    }
}

/// Days from the first request to the first question: to specify it (Z07), and for the steps of the
/// scheme, which are fewer when clinics prepared in phase 2D (Z24). Without Z08 the clinics take
/// requests up a week later, at their next meeting.
fn lead_time<R: Recorder>(run: &Run<'_, R>) -> u16 {
    let (clinics, terms) = (&run.model.clinics, &run.regime.loans);
    let specified = if terms.specifies {
        clinics.specification_days
    } else {
        0
    };
    let steps = if terms.prepares && run.body.nation.prepared_since.is_some() {
        clinics.matching.prepared_procedure_days
    } else {
        clinics.procedure_days
    };
    specified + steps + terms.wait_days
}

/// Whether the region's request of this week says in full which staff are needed (Z07).
fn is_complete<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx) -> bool {
    let week = run.model.study.week(run.today());
    let mark = run.world.marks.complete_request[region.idx() * run.model.study.n_weeks() + week];
    let complete = u32::from(mark) < run.model.clinics.matching.complete_request.0;
    if complete || !run.regime.loans.specifies {
        return true;
    }
    run.count_region(region, WeekMeasure::RequestsIncomplete, 1);
    run.decided(
        Word::RequestIncomplete,
        Sentence::Z07,
        (Some(region), None),
        0,
    );
    false
}

/// The hospital of the region that is shortest of beds, if any is short.
pub(crate) fn shortest<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Option<HospitalIdx> {
    let short = |hospital: HospitalIdx| run.body.hospitals[hospital.idx()].short_milli;
    hospitals_of(run, region)
        .filter(|hospital| short(*hospital) > 0)
        .max_by_key(|hospital| (short(*hospital), core::cmp::Reverse(*hospital)))
}

/// The hospital of the region whose ward is shortest of nurses, if any is: patients wait on the IC
/// for a ward bed, or not all of class 3 can be nursed.
fn ward_in_need<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Option<HospitalIdx> {
    hospitals_of(run, region)
        .map(|hospital| {
            let blocked = run.body.ward[hospital.idx()].blocked.len() as u64;
            (
                blocked * 1_000 + theater::ward_shortage_milli(run, hospital),
                hospital,
            )
        })
        .filter(|(shortage, _)| *shortage > 0)
        .max_by_key(|(shortage, hospital)| (*shortage, core::cmp::Reverse(*hospital)))
        .map(|(_, hospital)| hospital)
}

/// Asks a worker who is at the clinic. Nobody moves who is not willing (Z29), and nobody whom the
/// inventory does not list (Z18) is asked.
fn agrees<R: Recorder>(
    run: &mut Run<'_, R>,
    worker: usize,
    (hospital, wanted): (HospitalIdx, bool),
    willing: PerMille,
) -> bool {
    let record = run.world.workers[worker];
    if run.body.workers[worker].place != WorkerPlace::Clinic || !is_listed(run, worker) {
        return false;
    }
    let today = run.today();
    let first_asked = *run.body.workers[worker].asked.get_or_insert(today);
    let distance = run.derived.distance(record.region, run.region_of(hospital));
    let step = if u32::from(record.willing_mark) >= willing.0 {
        LoanStep::Asked
    } else if !(wanted && is_deployable(run, worker, first_asked)) {
        LoanStep::Willing
    } else if distance > record.max_distance {
        LoanStep::Competent
    } else {
        LoanStep::InRange
    };
    let furthest = &mut run.body.workers[worker].furthest;
    *furthest = (*furthest).max(step);
    step == LoanStep::InRange && pays(run, worker)
}

/// Whether the inventory of deployable staff lists the worker. It is taken when phase 2D begins, as
/// a preparation (Z24), and gets out of date; else it is taken when it is needed.
fn is_listed<R: Recorder>(run: &Run<'_, R>, worker: usize) -> bool {
    if !run.regime.loans.takes_inventory {
        return true;
    }
    let inventory = &run.model.clinics.matching;
    let since = run
        .body
        .nation
        .prepared_since
        .filter(|_| run.regime.loans.prepares);
    let days = since.map_or(0, |since| run.today().0.saturating_sub(since.0));
    let lost = inventory.listed_loss_per_week.0 * u32::from(days / DAYS_PER_WEEK);
    u32::from(run.world.workers[worker].listed_mark) < inventory.listed.0.saturating_sub(lost)
}

/// Whether it is clear by now for which care the worker can be deployed (Z19), and whether that
/// suits the purpose of loans (Z23).
fn is_deployable<R: Recorder>(run: &Run<'_, R>, worker: usize, first_asked: Day) -> bool {
    let record = &run.world.workers[worker];
    if !run.regime.loans.checks_deployability {
        return true;
    }
    let clear_from = first_asked.plus(run.model.clinics.matching.days_until_clear);
    let is_clear = !record.not_clear || run.today() >= clear_from;
    let without_covid = record.deployable == Deployability::WithoutCovid;
    is_clear && loans::suits(run.regime.loans.purpose, without_covid)
}

/// Whether the clinic's business case for this worker is sound (Z10).
fn pays<R: Recorder>(run: &mut Run<'_, R>, worker: usize) -> bool {
    let record = &run.world.workers[worker];
    let clinic = &run.model.clinics.clinics[usize::from(record.clinic)];
    let block = run.derived.first_block[usize::from(record.clinic)] + usize::from(record.block);
    let loss = if run.body.lent_per_block[block] > 0 {
        Cents(0)
    } else {
        Cents(i64::from(clinic.milli_operations_per_block) * clinic.price.0 / 1_000)
    };
    let terms = &run.regime.loans;
    if loans::pays(loss, terms.compensated, terms.most_uncompensated) {
        return true;
    }
    let place = (Some(record.region), None);
    run.decided(Word::LoanDoesNotPay, Sentence::Z10, place, loss.0);
    false
}

/// IC beds, in thousandths, that a worker will relieve a hospital of.
fn relief_milli<R: Recorder>(run: &Run<'_, R>, worker: usize) -> u32 {
    let staff = &run.model.staff;
    let record = &run.world.workers[worker];
    match record.role {
        Role::Ic => record.productivity.of(staff.milli_beds_per_nurse),
        Role::Or => {
            let teams = record.productivity.of(staff.milli_teams_per_worker);
            PerMille(teams).of(staff.milli_beds_per_team)
        }
        Role::Ward => 0,
    }
}

/// The worker leaves the clinic, gets a booster if need be and is inducted (Z25); the worker's team
/// stops (Z26). Without Z25 the worker begins the next morning, and nobody trains.
fn begin_induction<R: Recorder>(
    run: &mut Run<'_, R>,
    worker: usize,
    hospital: HospitalIdx,
    today: Day,
) {
    let record = run.world.workers[worker];
    let clinics = &run.model.clinics;
    let booster = if record.needs_booster {
        clinics.booster_days
    } else {
        0
    };
    let safe = run.regime.loans.inducts;
    let days = booster + clinics.induction_days[record.role as usize];
    let until = today.plus(if safe { days } else { 1 });
    let trainer = trainer(run);
    let block = run.derived.first_block[usize::from(record.clinic)] + usize::from(record.block);
    let body = &mut run.body;
    body.n_lent += 1;
    body.lent_per_block[block] += 1;
    body.workers[worker].place = WorkerPlace::Induction(until, hospital);
    let furthest = &mut body.workers[worker].furthest;
    *furthest = (*furthest).max(LoanStep::Inducted);
    body.hospitals[hospital.idx()].loaned.trainers += trainer;
    let subject = u32::try_from(worker).ok();
    run.tell(Word::WorkerLent, hospital, subject, i64::from(until.0));
    let (place, value) = ((None, Some(hospital)), i64::from(until.0));
    run.decided(Word::InductionBegins, Sentence::Z25, place, value);
}

/// Pressure is over: all lent workers in the region's hospitals go back to their clinics.
pub(crate) fn send_back<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx) {
    run.body.regions[region.idx()].loan_asked = None;
    if run.body.n_lent == 0 {
        return;
    }
    for worker in 0..run.world.workers.len() {
        let record = run.world.workers[worker];
        let (hospital, works) = match run.body.workers[worker].place {
            WorkerPlace::Clinic => continue,
            WorkerPlace::Induction(_, hospital) => (hospital, false),
            WorkerPlace::Hospital(hospital) => (hospital, true),
        };
        if run.region_of(hospital) != region {
            continue;
        }
        let trainer = trainer(run);
        let block = run.derived.first_block[usize::from(record.clinic)] + usize::from(record.block);
        let body = &mut run.body;
        body.n_lent -= 1;
        body.lent_per_block[block] -= 1;
        body.workers[worker].place = WorkerPlace::Clinic;
        let loaned = &mut body.hospitals[hospital.idx()].loaned;
        if works {
            *role_count(loaned, record.role) -= record.productivity.0;
        } else {
            loaned.trainers -= trainer;
        }
        run.tell(Word::WorkerReturns, hospital, u32::try_from(worker).ok(), 0);
    }
}
