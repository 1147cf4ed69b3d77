//! Matching clinic workers with hospitals that ask for them, and sending them back.

use crate::engine::handlers::placement::Standing;
use crate::engine::handlers::shifts::{end_induction, role_count};
use crate::engine::handlers::staffing::trainer;
use crate::engine::handlers::ward;
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
    let mut needs = Needs::of_region(run, region);
    order_blocks(run, region, willing);
    for position in 0..run.body.block_order.len() {
        let (.., block) = run.body.block_order[position];
        for worker in run.derived.block_workers[block as usize].clone() {
            if !needs.any() {
                return;
            }
            if ask(run, &needs, worker as usize, willing) {
                needs = Needs::of_region(run, region);
            }
        }
    }
}

/// The hospitals of a region that need lent staff most, which stay so until one of them gets somebody.
struct Needs {
    /// The hospital that is shortest of beds, if any is short.
    beds: Option<HospitalIdx>,
    /// The hospital that did not do most operations of class 3, if any did not do all.
    theater: Option<HospitalIdx>,
    /// The hospital whose ward is shortest of nurses, if any is: patients wait on the IC for a ward bed,
    /// or not all of class 3 can be nursed.
    ward: Option<HospitalIdx>,
}

impl Needs {
    fn of_region<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Self {
        let hospital = |hospital: HospitalIdx| &run.body.hospitals[hospital.idx()];
        Self {
            beds: neediest(run, region, |at| hospital(at).short_milli),
            theater: neediest(run, region, |at| hospital(at).critical_short_milli.into()),
            ward: neediest(run, region, |at| {
                let blocked = run.body.ward[at.idx()].blocked.len() as u64;
                let shortage = blocked * 1_000 + ward::shortage_milli(run, at);
                i64::try_from(shortage).unwrap_or(i64::MAX)
            }),
        }
    }

    fn any(&self) -> bool {
        self.beds.or(self.theater).or(self.ward).is_some()
    }

    /// The hospital that needs a role most.
    fn of_role(&self, role: Role) -> Option<HospitalIdx> {
        match role {
            Role::Ward => self.ward,
            Role::Or => self.beds.or(self.theater),
            Role::Ic => self.beds,
        }
    }
}

/// Clinic teams in the order in which their workers are asked, so that few teams stop: those that lent
/// someone already, then those with most workers who could come.
fn order_blocks<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx, willing: PerMille) {
    let mut order = core::mem::take(&mut run.body.block_order);
    order.clear();
    for (block, workers) in (0..).zip(&run.derived.block_workers) {
        let could_come = |worker: &u32| could_come(run, *worker as usize, region, willing);
        let n = workers.clone().filter(could_come).count();
        let stopped = run.body.lent_per_block[block as usize] > 0;
        let n = u16::try_from(n).unwrap_or(u16::MAX);
        order.push((u16::from(!stopped), u16::MAX - n, block));
    }
    order.sort_unstable();
    run.body.block_order = order;
}

/// Whether a worker is at the clinic, listed, willing and in range of a region.
fn could_come<R: Recorder>(
    run: &Run<'_, R>,
    worker: usize,
    region: RegionIdx,
    willing: PerMille,
) -> bool {
    let record = &run.world.workers[worker];
    run.body.workers[worker].place == WorkerPlace::Clinic
        && is_listed(run, worker)
        && u32::from(record.willing_mark) < willing.0
        && is_in_range(run, worker, region)
}

fn is_in_range<R: Recorder>(run: &Run<'_, R>, worker: usize, region: RegionIdx) -> bool {
    let record = &run.world.workers[worker];
    let distance = run.derived.distance(record.region, region);
    run.regime.loans.travels_anywhere || distance <= record.max_distance
}

/// Asks one worker for the hospital that needs the worker's role most. Whether the worker comes.
fn ask<R: Recorder>(run: &mut Run<'_, R>, needs: &Needs, worker: usize, willing: PerMille) -> bool {
    let wanted = needs.of_role(run.world.workers[worker].role);
    let Some(hospital) = wanted.or(needs.beds) else {
        return false;
    };
    let comes = agrees(run, worker, (hospital, wanted.is_some()), willing);
    if comes {
        begin_induction(run, worker, hospital, run.today());
        let relief = i64::from(relief_milli(run, worker));
        run.body.hospitals[hospital.idx()].short_milli -= relief;
    }
    comes
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

/// Whether a hospital can induct one more worker today.
fn can_induct<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> bool {
    let loaned = &run.body.hospitals[hospital.idx()].loaned;
    !run.regime.loans.inducts || loaned.inductions < run.model.clinics.most_inductions
}

/// The hospital of the region with the highest `need`, if any has one and can induct somebody.
fn neediest<R: Recorder>(
    run: &Run<'_, R>,
    region: RegionIdx,
    need: impl Fn(HospitalIdx) -> i64,
) -> Option<HospitalIdx> {
    hospitals_of(run, region)
        .filter(|hospital| need(*hospital) > 0 && can_induct(run, *hospital))
        .max_by_key(|hospital| Standing::of(run, need(*hospital), *hospital))
}

/// Whether lent staff are needed no more: without them, too, no hospital of the region would be short.
pub(crate) fn is_over<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> bool {
    let staff = &run.model.staff;
    hospitals_of(run, region).all(|hospital| {
        let state = &run.body.hospitals[hospital.idx()];
        let beds = PerMille(staff.milli_beds_per_nurse).of(state.loaned.ic);
        let operations = state.loaned.or + state.loaned.ward > 0 && state.critical_short_milli > 0;
        state.short_milli + i64::from(beds) <= 0 && !operations
    })
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
    let in_range = is_in_range(run, worker, run.region_of(hospital));
    let step = if u32::from(record.willing_mark) >= willing.0 {
        LoanStep::Asked
    } else if !(wanted && is_deployable(run, worker, first_asked)) {
        LoanStep::Willing
    } else if !in_range {
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

/// The clinic team in which a worker works.
fn block_of<R: Recorder>(run: &Run<'_, R>, worker: usize) -> usize {
    let record = &run.world.workers[worker];
    run.derived.first_block[usize::from(record.clinic)] + usize::from(record.block)
}

/// Whether the clinic's business case for this worker is sound (Z10).
fn pays<R: Recorder>(run: &mut Run<'_, R>, worker: usize) -> bool {
    let record = &run.world.workers[worker];
    let clinic = &run.model.clinics.clinics[usize::from(record.clinic)];
    let block = block_of(run, worker);
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
/// stops (Z26). Without Z25, and where the hospital inducted the worker before, the worker begins the next
/// morning, and nobody trains.
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
    let knows = run.body.workers[worker].knows;
    let is_known = knows == Some(hospital);
    let days = match knows {
        _ if is_known || !run.regime.loans.inducts => 1,
        Some(_) => clinics.induction_days[record.role as usize],
        None => booster + clinics.induction_days[record.role as usize],
    };
    let until = today.plus(days);
    let trainer = trainer(run);
    let block = block_of(run, worker);
    let body = &mut run.body;
    body.n_lent += 1;
    body.lent_per_block[block] += 1;
    body.workers[worker].place = WorkerPlace::Induction(until, hospital);
    let furthest = &mut body.workers[worker].furthest;
    *furthest = (*furthest).max(LoanStep::Inducted);
    if !is_known {
        let loaned = &mut body.hospitals[hospital.idx()].loaned;
        loaned.trainers += trainer;
        loaned.inductions += 1;
    }
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
        if !works {
            end_induction(run, worker, hospital);
        }
        let block = block_of(run, worker);
        let body = &mut run.body;
        body.n_lent -= 1;
        body.lent_per_block[block] -= 1;
        body.workers[worker].place = WorkerPlace::Clinic;
        let loaned = &mut body.hospitals[hospital.idx()].loaned;
        if works {
            *role_count(loaned, record.role) -= record.productivity.0;
        }
        run.tell(Word::WorkerReturns, hospital, u32::try_from(worker).ok(), 0);
    }
}
