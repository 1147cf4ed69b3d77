//! The program of the coming days: places, dates, and dates moved in time.

use crate::engine::handlers::pressure::Awaited;
use crate::engine::handlers::staffing::{exchanged_milli, whole_units_milli};
use crate::engine::handlers::{planned, theater};
use crate::engine::open_days::OpenDays;
use crate::engine::run::Run;
use crate::engine::state::{NOTICE, RAMP_DAYS};
use crate::engine::waiting::WaitKey;
use crate::outcome::{DisplacementEvent, Lack, Recorder, Word};
use crate::policy::admission::MorningBeds;
use crate::policy::info::OwnHospital;
use crate::policy::scaling;
use crate::policy::sentence::Sentence;
use crate::units::{HospitalIdx, PerMille, RegionIdx, UrgencyClass};

/// Days ahead from which a moved date counts as moved in time.
const IN_TIME: u16 = 3;

/// Most dates on one day in one hospital, squeezed in ones included, unless the day has more places.
const MOST_DATES: u8 = 200;

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
    let lead = i64::from(run.regime.growth_days);
    core::array::from_fn(|ahead| {
        let days = i64::try_from(ahead).unwrap_or(i64::MAX).min(lead);
        u32::try_from((1_000 + growth * days / lead).max(0)).unwrap_or(u32::MAX)
    })
}

/// Moves dates for which no bed is expected, then gives free places to waiting patients. The hospital's
/// own nurses look after `nursed_milli` beds, in thousandths. Without an `outlook` no dates are compared with beds.
pub(crate) fn plan<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    nursed_milli: u32,
    outlook: Option<&Outlook>,
) {
    let beds = outlook.map_or([u8::MAX; NOTICE], |outlook| {
        expected_beds(run, hospital, nursed_milli, outlook)
    });
    let today = run.today();
    let state = &mut run.body.hospitals[hospital.idx()];
    state.expected_beds = beds;
    let dates = state.dates.counts_ahead(today);
    // All days at once, since on most of them there are beds enough.
    if (0..NOTICE).any(|ahead| dates[ahead] > beds[ahead]) {
        for ahead in 1..=run.regime.levers.notice_days {
            move_dates(run, hospital, ahead, beds[usize::from(ahead)]);
        }
    }
    fill(run, hospital, beds);
}

/// Planned patients who can be admitted on each of the coming `days`, as the planners expect: the
/// rule of the morning, applied to the beds that will be staffed, to COVID patients as the region's
/// forecast makes them grow, to as many acute patients as now, and to planned patients who stay. Days
/// without a program are left out.
fn expected_beds<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    nursed_milli: u32,
    outlook: &Outlook,
) -> [u8; NOTICE] {
    let mut beds = [u8::MAX; NOTICE];
    let state = &run.body.hospitals[hospital.idx()];
    let table = &run.derived.hospitals[hospital.idx()];
    let places = table.places_ahead(run.today());
    let dates = state.dates.counts_ahead(run.today());
    let exits = run.derived.exits_within_a_day;
    let reserve = run.model.staff.acute_reserve.of(table.acute_per_day_milli);
    let mut converted = state.converted.milli;
    let exchanged = exchanged_milli(run, hospital);
    let ic = &run.body.ic[hospital.idx()];
    let mut expected = ic.own;
    let covid = expected.covid + expected.expected_covid;
    let mut planned = expected.planned + expected.expected_planned;
    let after = run.regime.levers.notice_days + 1;
    for ahead in 1..after {
        let slot = (run.today().idx() + usize::from(ahead)) % RAMP_DAYS;
        converted = converted.saturating_add_signed(state.ramp[slot]);
        planned = PerMille(1_000 - exits[2].0).of(planned);
        if places[usize::from(ahead)] | dates[usize::from(ahead)] == 0 {
            // Nobody is operated, and nobody could be.
            continue;
        }
        expected = OwnHospital {
            covid: outlook.grown(covid, ahead),
            planned,
            critical: planned,
            expected_planned: 0,
            expected_critical: 0,
            expected_covid: 0,
            staffed: ((nursed_milli + whole_units_milli(run, converted + exchanged)) / 1_000)
                .min(expected.physical),
            ..expected
        };
        let kept = outlook.awaited.kept_milli(run, hospital, expected.covid);
        let room = MorningBeds::count(&expected, exits, reserve + kept).left();
        let room = u32::try_from(room)
            .unwrap_or(0)
            .max(expected.protected_and_empty());
        planned += u32::from(dates[usize::from(ahead)]).min(room);
        // A bed that turns up in the morning finds nobody whose date was taken back, so that planners
        // keep some dates in hope.
        let room = room + u32::from(run.regime.levers.notice_margin);
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
        run.decided(Word::DateMoved, Sentence::A20, place, value);
        planned::disrupt(run, hospital, key.subject(), event, Lack::ExpectedBed);
    }
}

/// Gives free places of the coming days to waiting patients: the most urgent patient first, each
/// the first day on which the patient can come.
fn fill<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx, beds: [u8; NOTICE]) {
    if run.body.hospitals[hospital.idx()].waiting.is_empty() {
        return;
    }
    let mut open = open_days(run, hospital, beds);
    squeeze_in(run, hospital, &mut open);
    if open.is_full() {
        return;
    }
    let allowed = theater::allowed_activity(run, hospital);
    for class in &UrgencyClass::PLANNED[1..] {
        fill_with(run, hospital, *class, &mut open, allowed);
    }
}

/// Gives each patient of class 2 a date: a free place in time, or else the first day on which the hospital
/// operates, where less urgent patients give way in the morning.
fn squeeze_in<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx, open: &mut OpenDays) {
    const CLASS: UrgencyClass = UrgencyClass::SemiAcute;
    let today = run.today();
    let places = run.derived.hospitals[hospital.idx()].places_ahead(today);
    let horizon = run.model.planned.planning_lead_days;
    let mut position = 0;
    while let Some(&key) = run.body.hospitals[hospital.idx()]
        .waiting
        .of(CLASS)
        .get(position)
    {
        let from = key.ready().0.saturating_sub(today.0).max(1);
        let free = open.first(CLASS, from);
        let in_time = free.filter(|ahead| today.plus(*ahead) <= key.due());
        let dates = &run.body.hospitals[hospital.idx()].dates;
        let squeezed = || {
            // A day with free places takes one more, so that none after it is chosen.
            let takes_one_more = |ahead: &u16| {
                let places = places[usize::from(*ahead)];
                places > 0 && dates.count_on(today.plus(*ahead)) < MOST_DATES.max(places)
            };
            (from..=horizon).find(takes_one_more)
        };
        let Some(ahead) = in_time.or_else(squeezed) else {
            position += 1;
            continue;
        };
        if free == Some(ahead) {
            open.give(ahead);
        }
        run.body.hospitals[hospital.idx()]
            .waiting
            .remove(CLASS, position);
        planned::give_date(run, key, hospital, today.plus(ahead));
    }
}

/// Gives free places to patients of one class.
fn fill_with<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    class: UrgencyClass,
    open: &mut OpenDays,
    allowed: [PerMille; 3],
) {
    let today = run.today();
    let notice = run.model.planned.shortest_notice_days;
    let mut position = 0;
    while let Some(last) = open.last(class, today, notice) {
        let waiting = &run.body.hospitals[hospital.idx()].waiting.of(class)[position..];
        let Some(passed) = waiting.iter().position(|key| key.ready() <= last) else {
            return;
        };
        let key = waiting[passed];
        position += passed;
        let has_time = planned::has_stream_time(run, hospital, key.stream);
        let serves = has_time && has_place(run, hospital, key, allowed);
        let from = key.ready().0.saturating_sub(today.0).max(notice);
        if let Some(ahead) = serves.then(|| open.take(class, from)).flatten() {
            let list = &mut run.body.hospitals[hospital.idx()].waiting;
            list.remove(class, position);
            planned::give_date(run, key, hospital, today.plus(ahead));
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
    let kept = scaling::keeps_place(key.class(), key.risk_mark, run.regime.levers.own_risk_share);
    if kept {
        let (place, value) = ((None, Some(hospital)), i64::from(key.subject()));
        run.decided(Word::KeptForOwnRisk, Sentence::A05, place, value);
    }
    kept
}

/// Counts the places of `hospital` that are free; no more than the beds expected on days for which
/// that is known.
pub(crate) fn open_days<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    beds: [u8; NOTICE],
) -> OpenDays {
    let today = run.today();
    let table = &run.derived.hospitals[hospital.idx()];
    let places = table.places_ahead(today);
    let taken = run.body.hospitals[hospital.idx()].dates.counts_ahead(today);
    let mut held = table.held_ahead;
    for ahead in 0..NOTICE {
        held[ahead] = held[ahead].max(places[ahead].saturating_sub(beds[ahead]));
    }
    OpenDays::new(places, taken, held, run.model.planned.planning_lead_days)
}
