//! The program of the coming days: places, dates, and dates moved in time.

use crate::engine::handlers::pressure::Awaited;
use crate::engine::handlers::{planned, theater};
use crate::engine::simulation::Run;
use crate::engine::state::{NOTICE, RAMP_DAYS};
use crate::engine::waiting::WaitKey;
use crate::model::derived::DATE_DAYS;
use crate::model::rule::RuleId;
use crate::outcome::{DisplacementEvent, Recorder};
use crate::policy::admission::MorningBeds;
use crate::policy::info::OwnHospital;
use crate::policy::scaling;
use crate::units::{Day, HospitalIdx, PerMille, RegionIdx, UrgencyClass};

/// Days ahead from which a moved date counts as moved in time.
const IN_TIME: u16 = 3;

/// What planners expect of the COVID patients of their region: the same for all its hospitals.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outlook {
    awaited: Awaited,
    /// COVID patients some days ahead per patient now, in thousandths.
    growth_milli: [u32; NOTICE],
}

impl Outlook {
    /// The outlook of a region on the coming days.
    pub(crate) fn of_region<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Self {
        Self {
            awaited: Awaited::in_region(run, region),
            growth_milli: growth_milli(run, region),
        }
    }

    /// How many patients `covid` become some days ahead.
    fn grown(&self, covid: u32, ahead: u16) -> u32 {
        let milli = u64::from(covid) * u64::from(self.growth_milli[usize::from(ahead)]);
        u32::try_from((milli + 500) / 1_000).unwrap_or(u32::MAX)
    }
}

/// Growth of COVID patients by days ahead, as the region's forecast has it: in a straight line up to
/// the days that hospitals prepare for.
fn growth_milli<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> [u32; NOTICE] {
    let growth = i64::from(run.body.regions[region.idx()].growth.0) - 1_000;
    let lead = i64::from(run.policy.lead_days.max(1));
    core::array::from_fn(|ahead| {
        let days = i64::try_from(ahead).unwrap_or(i64::MAX).min(lead);
        u32::try_from((1_000 + growth * days / lead).max(0)).unwrap_or(u32::MAX)
    })
}

/// Moves dates for which no bed is expected, then gives free places to waiting patients.
pub(crate) fn plan<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    own_staff_milli: u32,
    outlook: &Outlook,
) {
    let days = notice_days(run);
    let beds = expected_beds(run, hospital, own_staff_milli, outlook);
    run.body.hospitals[hospital.idx()].expected_beds = beds;
    for ahead in 1..=days {
        move_dates(run, hospital, ahead, beds[usize::from(ahead)]);
    }
    fill(run, hospital, beds);
}

/// Days for which dates are compared with beds: none, unless predictability is asked for (A20).
pub(crate) fn notice_days<R: Recorder>(run: &Run<'_, R>) -> u16 {
    if run.in_force().supplement(RuleId::A20) {
        run.policy.notice_days
    } else {
        0
    }
}

/// Planned patients who can be admitted on each of the coming `days`, as the planners expect: the
/// rule of the morning, applied to the beds that will be staffed, to COVID patients as the region's
/// forecast makes them grow, to as many acute patients as now, and to planned patients who stay.
fn expected_beds<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    own_staff_milli: u32,
    outlook: &Outlook,
) -> [u8; NOTICE] {
    let mut beds = [u8::MAX; NOTICE];
    let state = &run.body.hospitals[hospital.idx()];
    let table = &run.derived.hospitals[hospital.idx()];
    let exits = run.derived.exits_within_a_day;
    let reserve = run.model.staff.acute_reserve.of(table.acute_per_day_milli);
    let mut converted = state.converted_milli;
    let ic = &run.body.ic[hospital.idx()];
    let mut expected = ic.own;
    let covid = expected.covid + expected.expected_covid;
    let mut planned = expected.planned + expected.expected_planned;
    for ahead in 1..=notice_days(run) {
        let day = run.today().plus(ahead);
        converted = converted.saturating_add_signed(state.ramp[day.idx() % RAMP_DAYS]);
        planned = PerMille(1_000 - exits[2].0).of(planned);
        expected = OwnHospital {
            covid: outlook.grown(covid, ahead),
            planned,
            expected_planned: 0,
            expected_covid: 0,
            staffed: ((own_staff_milli + converted) / 1_000).min(expected.physical),
            ..expected
        };
        let kept = outlook
            .awaited
            .kept_milli(ic.allocation_milli, expected.covid);
        let room = MorningBeds::count(&expected, exits, reserve + kept).left();
        let room = u32::try_from(room)
            .unwrap_or(0)
            .max(expected.protected_and_empty());
        planned += u32::from(state.dates.count_on(day)).min(room);
        // A bed that turns up in the morning finds nobody whose date was taken back, so that planners
        // keep some dates in hope.
        let room = room + u32::from(run.policy.notice_margin);
        beds[usize::from(ahead)] = u8::try_from(room).unwrap_or(u8::MAX);
    }
    beds
}

/// Takes back the least urgent dates of a day for which no bed is expected; class 2 keeps its dates.
fn move_dates<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx, ahead: u16, beds: u8) {
    let event = if ahead >= IN_TIME {
        DisplacementEvent::MovedInTime
    } else {
        DisplacementEvent::MovedLate
    };
    let day = run.today().plus(ahead);
    let dates = &run.body.hospitals[hospital.idx()].dates;
    if dates.count_on(day) <= beds {
        return;
    }
    let range = dates.on(day);
    let keep = range.start + usize::from(beds);
    for position in (keep..range.end).rev() {
        let dates = &mut run.body.hospitals[hospital.idx()].dates;
        if dates.key(position).class() == UrgencyClass::SemiAcute {
            return;
        }
        let (_, key) = dates.remove(position);
        let (place, value) = ((None, Some(hospital)), i64::from(ahead));
        run.decided("date-moved", RuleId::A20, place, value);
        planned::disrupt(run, key.subject(), event);
    }
}

/// Gives free places of the coming days to waiting patients: the most urgent patient first, each
/// the first day on which the patient can come.
fn fill<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx, beds: [u8; NOTICE]) {
    let today = run.today();
    let notice = run.model.planned.shortest_notice_days;
    if run.body.hospitals[hospital.idx()].waiting.is_empty() {
        return;
    }
    let allowed = theater::allowed_activity(run, hospital);
    let mut open = OpenDays::count(run, hospital, beds);
    let mut position = 0;
    loop {
        let waiting = run.body.hospitals[hospital.idx()].waiting.from(position);
        let Some((passed, key, ahead)) = open.next_to_serve(waiting, today, notice) else {
            return;
        };
        position += passed;
        if has_place(run, hospital, key, allowed) {
            open.give(ahead);
            run.body.hospitals[hospital.idx()].waiting.remove(position);
            planned::give_date(run, key, today.plus(ahead));
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

/// The days ahead whose number is not nought, as bits: eight days at a time, since the machine has no
/// wider numbers.
fn days_with_any(numbers: &[u8; DATE_DAYS]) -> u32 {
    const LOW_BITS: u64 = u64::from_ne_bytes([0x7f; 8]);
    // The top bits of the eight bytes times this are the eight bits at the top of the product, in order.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = numbers.as_chunks::<8>();
    let bits = eights.iter().map(|eight| {
        let eight = u64::from_le_bytes(*eight);
        let tops = (((eight & LOW_BITS) + LOW_BITS) | eight) & !LOW_BITS;
        ((tops >> 7).wrapping_mul(GATHER) >> 56) as u8
    });
    bits.rev()
        .fold(0, |days, eight| days << 8 | u32::from(eight))
}

/// Free places in the coming days' program, as bits by days ahead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OpenDays {
    /// Free places by days ahead.
    free: [u8; DATE_DAYS],
    /// Of these: held for class 2.
    held: [u8; DATE_DAYS],
    /// Days with a free place.
    any: u32,
    /// Days with a free place that is not held.
    general: u32,
}

impl OpenDays {
    /// Counts the places of `hospital` that are free; no more than the beds expected on days for
    /// which that is known. Whole weeks are counted at once, without a branch by day.
    pub(crate) fn count<R: Recorder>(
        run: &Run<'_, R>,
        hospital: HospitalIdx,
        beds: [u8; NOTICE],
    ) -> Self {
        let today = run.today();
        let table = &run.derived.hospitals[hospital.idx()];
        let places = table.places_ahead(today);
        let taken = run.body.hospitals[hospital.idx()].dates.counts_ahead(today);
        let mut held = table.held_ahead;
        for ahead in 0..NOTICE {
            held[ahead] = held[ahead].max(places[ahead].saturating_sub(beds[ahead]));
        }
        let mut free = *places;
        let mut general = [0; DATE_DAYS];
        for ahead in 0..DATE_DAYS {
            free[ahead] = free[ahead].saturating_sub(taken[ahead]);
            general[ahead] = free[ahead].saturating_sub(held[ahead]);
        }
        // Nobody comes today, or later than planners look ahead.
        let in_reach = (2 << run.model.planned.planning_lead_days) - 2;
        Self {
            any: in_reach & days_with_any(&free),
            general: in_reach & days_with_any(&general),
            free,
            held,
        }
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

    /// Days ahead of the first place for a patient of `class` who can come from `from` days ahead
    /// on.
    fn first(&self, class: UrgencyClass, from: u16) -> Option<u16> {
        let days = if class == UrgencyClass::SemiAcute {
            self.any
        } else {
            self.general
        };
        let ahead = (days & u32::MAX.checked_shl(u32::from(from)).unwrap_or(0)).trailing_zeros();
        u16::try_from(ahead)
            .ok()
            .filter(|ahead| usize::from(*ahead) < DATE_DAYS)
    }

    /// The first of the `waiting` for whom there is a place, the number who come before, and how many
    /// days ahead; patients of classes 3 to 5 come after `notice` days at the earliest.
    fn next_to_serve(
        &self,
        waiting: impl Iterator<Item = WaitKey>,
        today: Day,
        notice: u16,
    ) -> Option<(usize, WaitKey, u16)> {
        let within_reach =
            waiting.take_while(|key| key.class() == UrgencyClass::SemiAcute || self.general != 0);
        within_reach.enumerate().find_map(|(position, key)| {
            let class = key.class();
            let notice = if class == UrgencyClass::SemiAcute {
                1
            } else {
                notice
            };
            let from = key.ready().0.saturating_sub(today.0).max(notice);
            self.first(class, from).map(|ahead| (position, key, ahead))
        })
    }

    /// Takes a place that [`Self::first`] found.
    fn give(&mut self, ahead: u16) {
        let position = usize::from(ahead);
        self.free[position] -= 1;
        self.refresh(position);
    }

    /// Takes the first place for a patient of `class` who can come from `from` days ahead on.
    pub(crate) fn take(&mut self, class: UrgencyClass, from: u16) -> Option<u16> {
        let ahead = self.first(class, from)?;
        self.give(ahead);
        Some(ahead)
    }
}
