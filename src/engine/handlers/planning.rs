//! Planners of a hospital: how many beds to staff in the coming days, and who gets a date.

use crate::engine::handlers::shifts::own_staff_milli;
use crate::engine::handlers::{hospitals, planned, theater};
use crate::engine::simulation::Run;
use crate::engine::state::RAMP_DAYS;
use crate::model::policy::{CriticalNeed, ScaleDownTiming};
use crate::model::rule::RuleId;
use crate::outcome::Recorder;
use crate::policy::info::Planning;
use crate::policy::scaling;
use crate::units::{HospitalIdx, PerMille, UrgencyClass};

/// Plans capacity and program in all hospitals.
pub(crate) fn plan_day<R: Recorder>(run: &mut Run<'_, R>) {
    for hospital in hospitals(run.model.hospitals.len()) {
        plan_capacity(run, hospital);
        fill_program(run, hospital);
    }
}

/// What the planners of `hospital` know.
pub(crate) fn planning_info<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> Planning {
    let state = &run.body.hospitals[hospital.idx()];
    let table = &run.derived.hospitals[hospital.idx()];
    let own = &state.ic.own;
    let rules = run.in_force();
    let published = rules.framework(RuleId::A02) && rules.framework(RuleId::A03);
    Planning {
        present: own.covid + own.acute,
        planned: own.planned,
        covid_milli: if published {
            state.allocation_milli
        } else {
            own.covid * 1_000
        },
        acute_milli: table.acute_milli_beds,
        critical_milli: table.critical_milli_beds,
        own_staff_milli: own_staff_milli(run, hospital),
        converted_milli: state.decided_milli,
    }
}

/// Staffed beds that the hospital prepares for, in thousandths, under the rules in force.
pub(crate) fn need_milli<R: Recorder>(run: &Run<'_, R>, planning: &Planning) -> u32 {
    let rules = run.in_force();
    let timing = if rules.framework(RuleId::A04) {
        run.policy.scale_down
    } else {
        ScaleDownTiming::Late
    };
    let critical = if rules.supplement(RuleId::A23) {
        run.policy.critical_need
    } else {
        CriticalNeed::Excluded
    };
    scaling::need_milli(timing, critical, planning)
}

/// Decides on beds on converted staff, to open or close some days from now.
fn plan_capacity<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) {
    let planning = planning_info(run, hospital);
    let need = need_milli(run, &planning);
    let wish = scaling::change_milli(need, &planning);
    let change = wish.clamp(
        -most_to_close(run, hospital),
        most_to_open(run, hospital, &planning),
    );
    if change == 0 {
        return;
    }
    let slot = (run.today().idx() + usize::from(run.model.staff.ramp_delay_days)) % RAMP_DAYS;
    let change = i32::try_from(change).unwrap_or(0);
    let state = &mut run.body.hospitals[hospital.idx()];
    state.decided_milli = state.decided_milli.saturating_add_signed(change);
    state.ramp[slot] += change;
    run.decided(
        "capacity-decided",
        RuleId::A04,
        (None, Some(hospital)),
        i64::from(change),
    );
}

/// Beds that can still be decided on, in thousandths: the hospital's part of the national ramp,
/// within bed places, convertible staff, freed teams and the phase's number of beds.
fn most_to_open<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx, planning: &Planning) -> i64 {
    let staff = &run.model.staff;
    let record = &run.model.hospitals[hospital.idx()];
    let own = i64::from(planning.own_staff_milli);
    let share = u64::from(run.derived.hospitals[hospital.idx()].bed_share);
    let of_share = |national: u64| i64::try_from(national * share / 1_000_000).unwrap_or(0);
    let ramp = of_share(u64::from(staff.ramp_milli_beds_per_day));
    let support =
        own * i64::from(staff.max_support.0) / i64::from(1_000 - staff.max_support.0.min(999));
    let teams = PerMille(staff.milli_beds_per_team).of(record.or_teams_milli);
    let mut bound = (i64::from(record.physical_beds.0) * 1_000 - own)
        .min(support)
        .min(i64::from(teams));
    if run.in_force().framework(RuleId::A04) {
        let phase = run.body.nation.phase;
        let beds = run.model.phases.records[phase.idx()].national_ic_beds;
        bound = bound.min(of_share(u64::from(beds) * 1_000) - own);
    }
    (bound - i64::from(planning.converted_milli)).clamp(0, ramp)
}

/// Beds that can be decided to close today, in thousandths.
fn most_to_close<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> i64 {
    let share = u64::from(run.derived.hospitals[hospital.idx()].bed_share);
    let national = u64::from(run.model.staff.ramp_down_milli_beds_per_day);
    i64::try_from(national * share / 1_000_000).unwrap_or(0)
}

/// Free places in the coming days' program, as bits by days ahead.
#[derive(Debug, Clone, Copy)]
struct OpenDays {
    /// Free places by days ahead.
    free: [u8; Self::LENGTH],
    /// Of these: held for class 2.
    held: [u8; Self::LENGTH],
    /// Days with a free place.
    any: u32,
    /// Days with a free place that is not held.
    general: u32,
}

impl OpenDays {
    /// Days ahead that can be told apart, today included.
    const LENGTH: usize = 32;

    fn count<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> Self {
        let today = run.today();
        let study = &run.model.study;
        let planned = &run.model.planned;
        let slots = run.model.hospitals[hospital.idx()].ic_slots;
        let semi_acute = run.derived.hospitals[hospital.idx()].semi_acute_places;
        let mut open = Self {
            free: [0; 32],
            held: [0; 32],
            any: 0,
            general: 0,
        };
        for ahead in 1..=planned.planning_lead_days {
            let day = today.plus(ahead);
            if study.is_weekday(day) {
                let at = usize::from(ahead);
                open.free[at] = slots[study.weekday_idx(day)];
                let holds = ahead > planned.semi_acute_hold_days;
                open.held[at] = if holds { semi_acute } else { 0 };
            }
        }
        for (day, _) in &run.body.hospitals[hospital.idx()].scheduled {
            let ahead = usize::from(day.0.saturating_sub(today.0));
            if let Some(free) = open.free.get_mut(ahead) {
                *free = free.saturating_sub(1);
            }
        }
        (0..Self::LENGTH).for_each(|ahead| open.refresh(ahead));
        open
    }

    fn refresh(&mut self, ahead: usize) {
        let bit = 1 << ahead;
        let set = |bits: u32, is_open: bool| if is_open { bits | bit } else { bits & !bit };
        self.any = set(self.any, self.free[ahead] > 0);
        self.general = set(self.general, self.free[ahead] > self.held[ahead]);
    }

    /// Takes the first place for a patient of `class` who can come from `from` days ahead on.
    fn take(&mut self, class: UrgencyClass, from: u16) -> Option<u16> {
        let days = if class == UrgencyClass::SemiAcute {
            self.any
        } else {
            self.general
        };
        let ahead = (days & u32::MAX.checked_shl(u32::from(from)).unwrap_or(0)).trailing_zeros();
        let position = usize::try_from(ahead)
            .ok()
            .filter(|at| *at < Self::LENGTH)?;
        self.free[position] -= 1;
        self.refresh(position);
        u16::try_from(ahead).ok()
    }
}

/// Gives free places of the coming days to waiting patients: the most urgent patient first, each
/// the first day on which the patient can come.
fn fill_program<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) {
    let today = run.today();
    let notice = run.model.planned.shortest_notice_days;
    let allowed = theater::allowed_activity(run, hospital);
    let mut open = OpenDays::count(run, hospital);
    let mut position = 0;
    while open.any != 0 {
        let waiting = &run.body.hospitals[hospital.idx()].waiting;
        let Some(key) = waiting.get(position).copied() else {
            return;
        };
        let class = key.class();
        if class != UrgencyClass::SemiAcute && open.general == 0 {
            return;
        }
        let notice = if class == UrgencyClass::SemiAcute {
            1
        } else {
            notice
        };
        let from = key.ready().0.saturating_sub(today.0).max(notice);
        let mut left = open;
        let given = left
            .take(class, from)
            .filter(|_| has_place(run, hospital, class, allowed));
        if let Some(ahead) = given {
            open = left;
            run.body.hospitals[hospital.idx()].waiting.remove(position);
            planned::give_date(run, key.subject(), today.plus(ahead));
        } else {
            position += 1;
        }
    }
}

/// Whether a patient of `class` may get a place: classes 4 and 5 as often as the phase allows.
fn has_place<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    class: UrgencyClass,
    allowed: [PerMille; 3],
) -> bool {
    let capped = match class {
        UrgencyClass::SemiAcute | UrgencyClass::KritiekPlanbareZorg => return true,
        UrgencyClass::Plannable => 0,
        UrgencyClass::Deferrable => 1,
    };
    let credit = &mut run.body.hospitals[hospital.idx()].place_credit[capped];
    *credit = (*credit + allowed[capped + 1].0).min(2_000);
    let has_place = *credit >= 1_000;
    if has_place {
        *credit -= 1_000;
    }
    has_place
}
