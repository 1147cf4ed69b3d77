//! The program of the coming days: places, dates, and dates moved in time.

use crate::engine::handlers::planning::planning_info;
use crate::engine::handlers::{planned, theater};
use crate::engine::simulation::Run;
use crate::engine::state::{RAMP_DAYS, WaitKey};
use crate::model::rule::RuleId;
use crate::outcome::{DisplacementEvent, Recorder};
use crate::policy::scaling;
use crate::units::{Day, HospitalIdx, PerMille, UrgencyClass};

/// Days ahead from which a moved date counts as moved in time.
const IN_TIME: u16 = 3;
/// Most days of notice, and one for today.
const NOTICE: usize = RAMP_DAYS;

/// Moves dates for which no bed is expected, then gives free places to waiting patients.
pub(crate) fn plan<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) {
    let days = notice_days(run);
    let beds = expected_beds(run, hospital, days);
    let known = &beds[..=usize::from(days)];
    for ahead in 1..=days {
        move_dates(run, hospital, ahead, known[usize::from(ahead)]);
    }
    fill(run, hospital, known);
}

/// Days for which dates are compared with beds: none, unless predictability is asked for (A20).
pub(crate) fn notice_days<R: Recorder>(run: &Run<'_, R>) -> u16 {
    if run.in_force().supplement(RuleId::A20) {
        run.policy.notice_days
    } else {
        0
    }
}

/// Planned patients who can be admitted on each of the coming `days`, as the planners expect: staffed
/// beds, those decided on included, less the COVID and acute patients of today, less planned patients
/// who stay on; at least the protected beds.
///
/// Today's census stands for the coming days on purpose. The published number is an upper quantile,
/// right for preparing beds but far too high for taking dates back: with it, most dates were moved
/// while beds stayed empty.
pub(crate) fn expected_beds<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    days: u16,
) -> [u8; NOTICE] {
    let mut beds = [u8::MAX; NOTICE];
    if days == 0 {
        return beds;
    }
    let planning = planning_info(run, hospital);
    let state = &run.body.hospitals[hospital.idx()];
    let own = &state.ic.own;
    let today = run.today();
    let staying = i64::from(1_000 - run.derived.exits_within_a_day[2].0);
    // As on the morning itself: today's patients less a day's expected exits, and the acute reserve.
    let exits = run.derived.exits_within_a_day;
    let reserve = run
        .model
        .staff
        .acute_reserve
        .of(run.derived.hospitals[hospital.idx()].acute_per_day_milli);
    let others = i64::from(own.covid) * i64::from(1_000 - exits[0].0)
        + i64::from(own.acute) * i64::from(1_000 - exits[1].0)
        + i64::from(reserve);
    let mut converted = i64::from(state.converted_milli);
    let mut stays = i64::from(own.planned + own.expected_planned) * staying;
    for ahead in 1..=days {
        let day = today.plus(ahead);
        converted += i64::from(state.ramp[day.idx() % RAMP_DAYS]);
        let capacity = i64::from(planning.own_staff_milli) + converted;
        let free = capacity - others;
        // Half a bed or more counts as one: patients leave in the course of the day.
        let room = (free.max(i64::from(own.protected) * 1_000) - stays + 500).max(0) / 1_000;
        let room = u8::try_from(room).unwrap_or(u8::MAX);
        beds[usize::from(ahead)] = room;
        let operated = dated(run, hospital, day).len().min(usize::from(room));
        let present = stays / 1_000 + i64::try_from(operated).unwrap_or(0);
        stays = present * staying;
    }
    beds
}

/// Positions in the hospital's program of the patients with a date on `day`.
fn dated<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    day: Day,
) -> core::ops::Range<usize> {
    let scheduled = &run.body.hospitals[hospital.idx()].scheduled;
    let before = |bound: Day| scheduled.partition_point(|(date, _)| *date < bound);
    before(day)..before(day.plus(1))
}

/// Takes back the least urgent dates of a day for which no bed is expected; class 2 keeps its dates.
fn move_dates<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx, ahead: u16, beds: u8) {
    let event = if ahead >= IN_TIME {
        DisplacementEvent::MovedInTime
    } else {
        DisplacementEvent::MovedLate
    };
    let range = dated(run, hospital, run.today().plus(ahead));
    let keep = range.start + usize::from(beds);
    for position in (keep..range.end).rev() {
        let key = run.body.hospitals[hospital.idx()].scheduled[position].1;
        if key.class() == UrgencyClass::SemiAcute {
            return;
        }
        run.body.hospitals[hospital.idx()]
            .scheduled
            .remove(position);
        let (place, value) = ((None, Some(hospital)), i64::from(ahead));
        run.decided("date-moved", RuleId::A20, place, value);
        planned::disrupt(run, key.subject(), event);
    }
}

/// Gives free places of the coming days to waiting patients: the most urgent patient first, each
/// the first day on which the patient can come.
fn fill<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx, beds: &[u8]) {
    let today = run.today();
    let notice = run.model.planned.shortest_notice_days;
    let allowed = theater::allowed_activity(run, hospital);
    let mut open = OpenDays::count(run, hospital, beds);
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
            .filter(|_| has_place(run, hospital, key, allowed));
        if let Some(ahead) = given {
            open = left;
            run.body.hospitals[hospital.idx()].waiting.remove(position);
            planned::give_date(run, key.subject(), today.plus(ahead));
        } else {
            position += 1;
        }
    }
}

/// Whether a patient may get a place: classes 4 and 5 as often as the phase allows, and patients of
/// class 4 with a high risk of their own always (A05).
fn has_place<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    key: WaitKey,
    allowed: [PerMille; 3],
) -> bool {
    let capped = match key.class() {
        UrgencyClass::SemiAcute | UrgencyClass::KritiekPlanbareZorg => return true,
        UrgencyClass::Plannable => 0,
        UrgencyClass::Deferrable => 1,
    };
    let credit = &mut run.body.hospitals[hospital.idx()].place_credit[capped];
    *credit = (*credit + allowed[capped + 1].0).min(2_000);
    let has_place = *credit >= 1_000;
    if has_place {
        *credit -= 1_000;
        return true;
    }
    let mark = run.world.planned[key.patient()].risk_mark;
    let weighs = run.in_force().framework(RuleId::A05);
    let kept = weighs && scaling::keeps_place(key.class(), mark, run.policy.own_risk);
    if kept {
        let (place, value) = ((None, Some(hospital)), i64::from(key.subject()));
        run.decided("kept-for-own-risk", RuleId::A05, place, value);
    }
    kept
}

/// Free places in the coming days' program, as bits by days ahead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OpenDays {
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

    /// Counts the places of `hospital` that are free; no more than the beds expected on days for
    /// which that is known.
    pub(crate) fn count<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx, beds: &[u8]) -> Self {
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
                let held = if holds { semi_acute } else { 0 };
                let beyond = beds
                    .get(at)
                    .map_or(0, |beds| open.free[at].saturating_sub(*beds));
                open.held[at] = held.max(beyond);
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

    /// Whether there is a place for a patient of class 3.
    pub(crate) const fn has_general_place(&self) -> bool {
        self.general != 0
    }

    fn refresh(&mut self, ahead: usize) {
        let bit = 1 << ahead;
        let set = |bits: u32, is_open: bool| if is_open { bits | bit } else { bits & !bit };
        self.any = set(self.any, self.free[ahead] > 0);
        self.general = set(self.general, self.free[ahead] > self.held[ahead]);
    }

    /// Takes the first place for a patient of `class` who can come from `from` days ahead on.
    pub(crate) fn take(&mut self, class: UrgencyClass, from: u16) -> Option<u16> {
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
