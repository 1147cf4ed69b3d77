//! Loan rounds: hiring, the gate, asking clinic workers, and sending them back.

use crate::engine::handlers::coordination::regions;
use crate::engine::handlers::planning::{need_milli, planning_info};
use crate::engine::handlers::shifts::role_count;
use crate::engine::simulation::Run;
use crate::engine::state::{LoanStep, WorkerPlace};
use crate::model::rule::RuleId;
use crate::outcome::{Recorder, WeekMeasure};
use crate::policy::info::LoanRound;
use crate::policy::loans::{Gate, gate, triggered, willingness};
use crate::units::{Day, HospitalIdx, PerMille, RegionIdx};
use crate::world::Role;

/// A loan round in every region, every few days from the start of the window.
pub(crate) fn round<R: Recorder>(run: &mut Run<'_, R>) {
    let since = run
        .today()
        .0
        .saturating_sub(run.model.study.window_start().0);
    if !since.is_multiple_of(run.model.clinics.round_days.max(1)) {
        return;
    }
    for region in regions(run) {
        region_round(run, region);
    }
}

fn region_round<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx) {
    let shortages = shortages(run, region);
    let info = round_info(run, region, &shortages);
    if info.short_milli > 0 && run.in_force().framework(RuleId::A04) {
        hire(run, region, &shortages);
    }
    if info.short_milli == 0 && !triggered(run.policy.loans.trigger, &info) {
        send_back(run, region);
    }
    let policy = run.policy;
    let decision = if run.in_force().supplement(RuleId::A44) {
        gate(&policy.loans, &info, |rule| policy.has(rule))
    } else {
        Gate::Trigger
    };
    run.count_region(region, measure(decision), 1);
    run.decided(
        "loan-gate",
        RuleId::Z13,
        (Some(region), None),
        decision as i64,
    );
    if decision == Gate::Open {
        request(run, region, &info, shortages);
    }
}

/// Beds short (positive) or to spare (negative) by hospital of the region, in thousandths.
fn shortages<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Vec<(HospitalIdx, i64)> {
    run.model
        .hospitals_of(region)
        .map(|h| HospitalIdx(u16::try_from(h).unwrap_or(u16::MAX)))
        .map(|hospital| {
            let planning = planning_info(run, hospital);
            let capacity = planning.own_staff_milli + planning.converted_milli;
            (
                hospital,
                i64::from(need_milli(run, &planning)) - i64::from(capacity),
            )
        })
        .collect()
}

fn round_info<R: Recorder>(
    run: &Run<'_, R>,
    region: RegionIdx,
    shortages: &[(HospitalIdx, i64)],
) -> LoanRound {
    let n_weeks = run.model.study.n_weeks();
    let week = run.model.study.week(run.today());
    let signs = |hospital: HospitalIdx| {
        let mark = run.world.marks.signature[hospital.idx() * n_weeks + week];
        u32::from(mark) < run.policy.compliance.0
    };
    let total = |beds: i64| u32::try_from(beds).unwrap_or(u32::MAX);
    let (done, normal, scaled_down) = plannable_activity(run, region);
    LoanRound {
        phase: run.body.nation.phase,
        threat: run.body.nation.threat,
        all_signed: shortages.iter().all(|(hospital, _)| signs(*hospital)),
        hospitals: u32::try_from(shortages.len()).unwrap_or(u32::MAX),
        scaled_down,
        activity: PerMille(u32::try_from(done * 1_000 / normal.max(1)).unwrap_or(u32::MAX)),
        short_milli: total(shortages.iter().map(|(_, beds)| (*beds).max(0)).sum()),
        spare_milli: total(shortages.iter().map(|(_, beds)| (-*beds).max(0)).sum()),
        for_hire: run.body.regions[region.idx()].for_hire_milli / 1_000,
    }
}

/// Operations of classes 4 and 5 done on the last weekday and in normal times, and the number of
/// hospitals that had scaled them down in full.
fn plannable_activity<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> (u64, u64, u32) {
    let mut sum = (0, 0, 0);
    for h in run.model.hospitals_of(region) {
        let last = run.body.hospitals[h].last_activity_milli;
        let usual = run.derived.hospitals[h].operations_milli;
        let (done, normal) = (last[1] + last[2], usual[1] + usual[2]);
        sum.0 += u64::from(done);
        sum.1 += u64::from(normal);
        sum.2 += u32::from(done <= run.policy.loans.no_activity.of(normal));
    }
    sum
}

/// Hires external nurses, as far as there are any, for the hospital that is shortest.
fn hire<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx, short: &[(HospitalIdx, i64)]) {
    let Some(hospital) = shortest(short) else {
        return;
    };
    let hired = &run.model.staff.external_hire;
    let share = u64::from(run.derived.hospitals[hospital.idx()].bed_share) * short.len() as u64;
    let round_days = u64::from(run.model.clinics.round_days.max(1));
    let most = u64::from(hired.nurses_per_week) * share * round_days / 7 / 1_000;
    let state = &mut run.body.regions[region.idx()];
    let n = u32::try_from(most)
        .unwrap_or(u32::MAX)
        .min(state.for_hire_milli);
    state.for_hire_milli -= n;
    state.hired_milli += n;
    run.body.hospitals[hospital.idx()].loaned.external += n;
    run.decided(
        "external-hired",
        RuleId::Z16,
        (None, Some(hospital)),
        i64::from(n),
    );
}

/// The gate is open: once hospitals have specified what they need and the serial steps are done,
/// workers are asked one by one (Z07, Z08), and those who can and will help begin induction.
fn request<R: Recorder>(
    run: &mut Run<'_, R>,
    region: RegionIdx,
    info: &LoanRound,
    mut short: Vec<(HospitalIdx, i64)>,
) {
    let today = run.today();
    let clinics = &run.model.clinics;
    let asked = *run.body.regions[region.idx()]
        .loan_asked
        .get_or_insert(today);
    if today.0 < asked.0 + clinics.specification_days + clinics.procedure_days {
        return;
    }
    let willing = willingness(&clinics.willingness, info);
    for worker in 0..run.world.workers.len() {
        let Some(hospital) = shortest(&short) else {
            return;
        };
        if agrees(run, worker, hospital, willing) {
            begin_induction(run, worker, hospital, today);
            let relief = relief_milli(run, worker);
            for entry in short.iter_mut().filter(|(other, _)| *other == hospital) {
                entry.1 -= i64::from(relief);
            }
        }
    }
}

/// The hospital that is shortest of beds, if any is short.
fn shortest(short: &[(HospitalIdx, i64)]) -> Option<HospitalIdx> {
    short
        .iter()
        .filter(|(_, beds)| *beds > 0)
        .max_by_key(|(hospital, beds)| (*beds, core::cmp::Reverse(*hospital)))
        .map(|(hospital, _)| *hospital)
}

/// Asks a worker who is at the clinic. Nobody moves who is not willing (Z29); ward staff are not
/// competent for what is asked when beds on the IC are short.
fn agrees<R: Recorder>(
    run: &mut Run<'_, R>,
    worker: usize,
    hospital: HospitalIdx,
    willing: PerMille,
) -> bool {
    let record = run.world.workers[worker];
    let distance = run.derived.distance(record.region, run.region_of(hospital));
    let state = &mut run.body.workers[worker];
    if state.place != WorkerPlace::Clinic {
        return false;
    }
    let step = if u32::from(record.willing_mark) >= willing.0 {
        LoanStep::Asked
    } else if record.role == Role::Ward {
        LoanStep::Willing
    } else if distance > record.max_distance {
        LoanStep::Competent
    } else {
        LoanStep::InRange
    };
    state.furthest = state.furthest.max(step);
    step == LoanStep::InRange
}

/// IC beds, in thousandths, that a worker will relieve a hospital of.
fn relief_milli<R: Recorder>(run: &Run<'_, R>, worker: usize) -> u32 {
    let staff = &run.model.staff;
    let record = &run.world.workers[worker];
    match record.role {
        Role::Ic => record.productivity.of(staff.milli_beds_per_nurse),
        Role::Or | Role::Ward => {
            let teams = record.productivity.of(staff.milli_teams_per_worker);
            PerMille(teams).of(staff.milli_beds_per_team)
        }
    }
}

/// The worker leaves the clinic, gets a booster if need be and is inducted (Z25); the worker's team
/// stops (Z26).
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
    let until = today.plus(booster + clinics.induction_days[record.role as usize]);
    let trainer = clinics.trainer.0;
    let block = run.derived.first_block[usize::from(record.clinic)] + usize::from(record.block);
    let body = &mut run.body;
    body.lent_per_block[block] += 1;
    body.workers[worker].place = WorkerPlace::Induction(until, hospital);
    let furthest = &mut body.workers[worker].furthest;
    *furthest = (*furthest).max(LoanStep::Inducted);
    body.hospitals[hospital.idx()].loaned.trainers += trainer;
    let subject = u32::try_from(worker).ok();
    run.tell("worker-lent", hospital, subject, i64::from(until.0));
}

/// Pressure is over: all lent workers in the region's hospitals go back to their clinics.
fn send_back<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx) {
    run.body.regions[region.idx()].loan_asked = None;
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
        let trainer = run.model.clinics.trainer.0;
        let block = run.derived.first_block[usize::from(record.clinic)] + usize::from(record.block);
        let body = &mut run.body;
        body.lent_per_block[block] -= 1;
        body.workers[worker].place = WorkerPlace::Clinic;
        let loaned = &mut body.hospitals[hospital.idx()].loaned;
        if works {
            *role_count(loaned, record.role) -= record.productivity.0;
        } else {
            loaned.trainers -= trainer;
        }
        run.tell("worker-returns", hospital, u32::try_from(worker).ok(), 0);
    }
}

const fn measure(gate: Gate) -> WeekMeasure {
    match gate {
        Gate::Trigger => WeekMeasure::LoanGateTrigger,
        Gate::Signature => WeekMeasure::LoanGateSignature,
        Gate::ScaleDown => WeekMeasure::LoanGateScaleDown,
        Gate::Exchange => WeekMeasure::LoanGateExchange,
        Gate::Hire => WeekMeasure::LoanGateHire,
        Gate::NoBenefit => WeekMeasure::LoanGateNoBenefit,
        Gate::Open => WeekMeasure::LoanGateOpen,
    }
}
