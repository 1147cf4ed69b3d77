//! The operating program of the day: IC-dependent patients one by one, other operations as counts.

use crate::engine::handlers::crew::{Minutes, add_stream_minutes, crew, note_idle};
use crate::engine::handlers::planned;
use crate::engine::handlers::pressure::Awaited;
use crate::engine::handlers::ward;
use crate::engine::run::{Run, hospitals_of, regions};
use crate::engine::state::runs_plannable;
use crate::engine::waiting::WaitKey;
use crate::outcome::{DisplacementEvent, Lack, Recorder, WeekMeasure, Word};
use crate::policy::admission::MorningBeds;
use crate::policy::levers::ScalingOrder;
use crate::policy::regime::Because;
use crate::policy::scaling;
use crate::policy::sentence::Sentence;
use crate::units::{HospitalIdx, PerMille, UrgencyClass};

const ON_THE_DAY: DisplacementEvent = DisplacementEvent::CancelledOnTheDay;

/// Runs the program of all hospitals.
pub(crate) fn run_program<R: Recorder>(run: &mut Run<'_, R>) {
    prefetch_program(run);
    for region in regions(run) {
        let awaited = Awaited::in_region(run, region);
        for hospital in hospitals_of(run, region) {
            let crew = crew(run, hospital);
            add_stream_minutes(run, hospital, crew.of_streams);
            let minutes = Minutes::today(run, hospital, crew);
            let left = operate_ic_dependent(run, hospital, minutes, awaited);
            let left = operate_sessions(run, hospital, left);
            note_idle(run, hospital, crew, minutes.own - left.own);
        }
    }
}

/// Prefetches the patients on today's program.
fn prefetch_program<R: Recorder>(run: &Run<'_, R>) {
    let today = run.today();
    for hospital in &run.body.hospitals {
        for position in 0..hospital.dates.n_due(today) {
            run.prefetch_planned(hospital.dates.key(position).patient());
        }
    }
}

/// Go or no-go for each IC-dependent patient on today's program, most urgent first: both a team
/// and a bed are needed (A18). Gives back the minutes that are left.
fn operate_ic_dependent<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    mut minutes: Minutes,
    awaited: Awaited,
) -> Minutes {
    let today = run.today();
    let reserve = run.model.staff.acute_reserve;
    let acute = run.derived.hospitals[hospital.idx()].acute_per_day_milli;
    let ic = &run.body.ic[hospital.idx()];
    let own = ic.own;
    let kept = awaited.kept_milli(run, hospital, own.covid + own.expected_covid);
    let reserve = reserve.of(acute) + kept;
    let kept_beds = i64::from(kept / 1_000);
    let mut beds = MorningBeds::count(&own, run.derived.exits_within_a_day, reserve);
    let lent = (lent_beds(run, hospital), minutes.lent);
    // Whoever is not operated goes back to the list, so that no date is added meanwhile.
    let n_due = run.body.hospitals[hospital.idx()].dates.n_due(today);
    for position in 0..n_due {
        let key = run.body.hospitals[hospital.idx()].dates.key(position);
        let patient = key.subject();
        if is_stopped(run, hospital, key) {
            planned::disrupt(run, hospital, patient, ON_THE_DAY, Lack::Class);
            continue;
        }
        let (takes, at) = planned::team_time(run, hospital, key.patient());
        let stream = usize::from(run.world.planned[key.patient()].specialty);
        let own_teams = run.derived.has_own_teams[stream].then_some(at);
        let is_critical = key.class() <= UrgencyClass::KritiekPlanbareZorg;
        let has_team = own_teams.map_or(takes <= minutes.open_to(is_critical), |at| {
            run.body.stream_minutes[at] > 0
        });
        let left = beds.left();
        if has_team && beds.take(key.class()) {
            if let Some(at) = own_teams {
                run.body.stream_minutes[at] -= i32::try_from(takes).unwrap_or(i32::MAX);
            } else {
                minutes.take(is_critical, takes);
            }
            if left <= lent.0 || minutes.lent < lent.1 {
                count_protected(run, hospital, key.class(), lent);
            }
            planned::operate(run, patient);
        } else {
            // A bed that waits for a COVID patient would have sufficed; or care needs both (A18).
            let is_kept = beds.left() <= 0 && beds.left() + kept_beds > 0;
            let lack = match (has_team, own_teams) {
                (true, _) if is_kept => Lack::KeptBed,
                (true, _) => Lack::Bed,
                (false, None) => Lack::Team,
                (false, Some(_)) => Lack::StreamTeam,
            };
            planned::disrupt(run, hospital, patient, ON_THE_DAY, lack);
        }
    }
    run.body.hospitals[hospital.idx()].dates.remove_due(today);
    minutes
}

/// Whether the hospital has stopped the patient's class; high own risk of class 4 is an exception (A05).
fn is_stopped<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx, key: WaitKey) -> bool {
    if !run.body.hospitals[hospital.idx()].stopped
        || key.class() <= UrgencyClass::KritiekPlanbareZorg
    {
        return false;
    }
    let mark = run.world.planned[key.patient()].risk_mark;
    !scaling::keeps_place(key.class(), mark, run.regime.levers.own_risk_share)
}

/// Beds that rest on lent clinic staff.
fn lent_beds<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> i64 {
    let nurses = run.body.hospitals[hospital.idx()].loaned.ic;
    let milli = PerMille(run.model.staff.milli_beds_per_nurse).of(nurses);
    i64::from(milli.div_ceil(1_000))
}

/// Counts a class 3 patient who would not have fitted without lent staff (Z21).
fn count_protected<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    class: UrgencyClass,
    lent: (i64, u32),
) {
    if class == UrgencyClass::KritiekPlanbareZorg && lent != (0, 0) {
        run.count(hospital, WeekMeasure::Class3OnLentStaff, 1);
        run.decided(
            Word::ProtectedByLoan,
            Sentence::Z21,
            (None, Some(hospital)),
            1,
        );
    }
}

/// Operations without IC: as many as wished, allowed, and possible with ward nurses and teams. Gives back
/// the minutes that are left.
fn operate_sessions<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    mut minutes: Minutes,
) -> Minutes {
    let sessions = &run.model.sessions;
    let normal = run.derived.hospitals[hospital.idx()].operations_milli;
    let allowed = allowed_activity(run, hospital);
    let order = run.scaling_order();
    let moved = move_to_clinics(run, hospital);
    let backlog = run.body.hospitals[hospital.idx()].backlog_milli;
    let wish: [u32; 3] = core::array::from_fn(|class| {
        let waiting = backlog[class] + u64::from(normal[class]) - u64::from(moved[class]);
        u32::try_from(waiting)
            .unwrap_or(u32::MAX)
            .min(allowed[class].of(normal[class]))
    });
    let inpatient: [u32; 3] =
        core::array::from_fn(|class| PerMille(sessions.inpatient_permille[class]).of(wish[class]));
    let ward = ward::operations_milli(run, hospital);
    let admitted = scaling::serve(order.value, inpatient, [1; 3], ward);
    let possible: [u32; 3] =
        core::array::from_fn(|class| wish[class] - inpatient[class] + admitted[class]);
    let time = sessions.or_minutes;
    let mut done = [0; 3];
    if minutes.is_restricted {
        // Lent staff work for class 3; the own staff do the rest.
        let on_lent = u64::from(minutes.lent) * 1_000 / u64::from(time[0]);
        done[0] = possible[0].min(u32::try_from(on_lent).unwrap_or(u32::MAX));
    }
    let left = [possible[0] - done[0], possible[1], possible[2]];
    let own = u64::from(minutes.open_to(false)) * 1_000;
    let on_own = scaling::serve(order.value, left, time, own);
    for class in 0..3 {
        done[class] += on_own[class];
        let used = u64::from(done[class]) * u64::from(time[class]) / 1_000;
        minutes.take(class == 0, u32::try_from(used).unwrap_or(u32::MAX));
    }
    book_sessions(run, hospital, normal, done, moved);
    if R::LISTENS {
        let own = core::array::from_fn(|class| normal[class].saturating_sub(moved[class]));
        tell_cuts(run, hospital, own, done, (allowed, order));
        tell_restart(run, hospital, wish, done);
    }
    minutes
}

/// Highest activity of classes 3, 4 and 5 in this hospital today.
pub(crate) fn allowed_activity<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
) -> [PerMille; 3] {
    let stopped = run.body.hospitals[hospital.idx()].stopped;
    let maximum = run.regime.max_activity.value;
    scaling::allowed_activity(maximum, run.complies(hospital), stopped)
}

/// Tells which classes do less than normally, what clinics do not counted: by a limit of the phase, or else as capacity is shared.
fn tell_cuts<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    normal: [u32; 3],
    done: [u32; 3],
    (allowed, order): ([PerMille; 3], Because<ScalingOrder>),
) {
    const CUT: [Word; 3] = [Word::CriticalCut, Word::PlannableCut, Word::DeferrableCut];
    for class in 0..3 {
        let cut = normal[class].saturating_sub(done[class]);
        if cut > 0 {
            let because = if class > 0 && run.body.hospitals[hospital.idx()].stopped {
                Some(Sentence::L03)
            } else if allowed[class] < PerMille::ONE {
                run.regime.max_activity.sentence
            } else {
                order.sentence
            };
            run.decided(CUT[class], because, (None, Some(hospital)), i64::from(cut));
        }
    }
}

/// Tells that classes 4 and 5 wait on the way back because class 3 goes first (A24).
fn tell_restart<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    wish: [u32; 3],
    done: [u32; 3],
) {
    let because = run.regime.restart_order.sentence;
    let waits: u32 = (1..3).map(|class| wish[class] - done[class]).sum();
    if run.body.nation.falling && because.is_some() && waits > 0 {
        let place = (None, Some(hospital));
        run.decided(Word::RestartInOrder, because, place, i64::from(waits));
    }
}

/// Clinics take over operations without IC of class 3, then of class 4, before the hospital's own program,
/// so that its teams are free for others (Z28). Gives how many of each class, in thousandths.
fn move_to_clinics<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) -> [u32; 3] {
    const MOVED: [WeekMeasure; 2] = [
        WeekMeasure::OperationsMovedClass3,
        WeekMeasure::OperationsMovedClass4,
    ];
    let normal = run.derived.hospitals[hospital.idx()].operations_milli;
    let region = run.region_of(hospital).idx();
    let mut moved = [0; 3];
    for class in 0..2 {
        let waiting = run.body.hospitals[hospital.idx()].backlog_milli[class];
        let waiting = waiting + u64::from(normal[class]);
        let left = run.body.regions[region].moved_left_milli;
        let n = u32::try_from(waiting).unwrap_or(u32::MAX).min(left);
        if n > 0 {
            moved[class] = n;
            let state = &mut run.body.regions[region];
            state.moved_left_milli -= n;
            state.moved_milli += n;
            run.count(hospital, MOVED[class], i64::from(n));
            let place = (None, Some(hospital));
            run.decided(Word::CareMoved, Sentence::Z28, place, i64::from(n));
        }
    }
    moved
}

fn book_sessions<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    normal: [u32; 3],
    done: [u32; 3],
    moved: [u32; 3],
) {
    const DONE: [WeekMeasure; 3] = [
        WeekMeasure::OperationsClass3,
        WeekMeasure::OperationsClass4,
        WeekMeasure::OperationsClass5,
    ];
    const NORMAL: [WeekMeasure; 3] = [
        WeekMeasure::NormalOperationsClass3,
        WeekMeasure::NormalOperationsClass4,
        WeekMeasure::NormalOperationsClass5,
    ];
    for class in 0..3 {
        run.count(hospital, DONE[class], i64::from(done[class]));
        run.count(hospital, NORMAL[class], i64::from(normal[class]));
    }
    let state = &mut run.body.hospitals[hospital.idx()];
    for class in 0..3 {
        let waiting = state.backlog_milli[class] + u64::from(normal[class]);
        let left = u64::from(done[class]) + u64::from(moved[class]);
        state.backlog_milli[class] = waiting.saturating_sub(left);
    }
    state.critical_short_milli = normal[0].saturating_sub(done[0] + moved[0]);
    let before = core::mem::replace(&mut state.last_activity_milli, done);
    state.plannable_this_week = state.plannable_this_week.saturating_add(done[1] + done[2]);
    let region = run.region_of(hospital);
    let n_running = &mut run.body.regions[region.idx()].n_running;
    *n_running = *n_running + u16::from(runs_plannable(done)) - u16::from(runs_plannable(before));
}
