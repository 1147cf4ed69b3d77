//! Exchange of freed people between the hospitals of a region, for a week (A13, Z15).

use crate::engine::handlers::placement::Standing;
use crate::engine::handlers::planning::need_milli;
use crate::engine::handlers::staffing::{planning_info, support_bound_milli};
use crate::engine::run::{Run, hospitals_of, regions};
use crate::outcome::{Recorder, Word};
use crate::policy::sentence::Sentence;
use crate::units::{HospitalIdx, RegionIdx};

/// Fewest people worth an exchange, in thousandths of a team.
const LEAST_MILLI: u32 = 250;

/// Once a week: everyone goes back, and hospitals with freed people whom they do not need send a part of
/// them to the shortest.
pub(crate) fn exchange<R: Recorder>(run: &mut Run<'_, R>) {
    for region in regions(run) {
        send_back(run, region);
        if run.regime.levers.exchange_share.0 > 0 {
            exchange_in(run, region);
        }
    }
}

fn send_back<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx) {
    for hospital in hospitals_of(run, region) {
        let state = &mut run.body.hospitals[hospital.idx()];
        state.idle_milli += core::mem::take(&mut state.sent_milli);
        state.received_milli = 0;
    }
}

/// From the hospital with most people to send to the shortest one, until nobody is left to send or no
/// hospital is short.
fn exchange_in<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx) {
    for hospital in hospitals_of(run, region) {
        let short = short_milli(run, hospital);
        run.body.hospitals[hospital.idx()].short_milli = short;
    }
    while let (Some(from), Some(to)) = (next_sender(run, region), shortest(run, region)) {
        let per_team = run.model.staff.milli_beds_per_team.max(1);
        let short = run.body.hospitals[to.idx()].short_milli;
        let wanted = u32::try_from(short * 1_000 / i64::from(per_team)).unwrap_or(u32::MAX);
        let n = spare_milli(run, from).min(wanted.max(LEAST_MILLI));
        let sender = &mut run.body.hospitals[from.idx()];
        sender.idle_milli -= n;
        sender.sent_milli += n;
        let receiver = &mut run.body.hospitals[to.idx()];
        receiver.received_milli += n;
        receiver.short_milli -= i64::from(n) * i64::from(per_team) / 1_000;
        let place = (None, Some(to));
        run.decided(Word::StaffExchanged, Sentence::A13, place, i64::from(n));
    }
}

/// People whom a hospital can still send, in thousandths of a team: a part of those whom it has freed.
pub(crate) fn spare_milli<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> u32 {
    let state = &run.body.hospitals[hospital.idx()];
    let most = (run.regime.levers.exchange_share).of(state.idle_milli + state.sent_milli);
    if run.complies(hospital) {
        most.saturating_sub(state.sent_milli)
    } else {
        0
    }
}

/// Beds that a hospital lacks and that people from elsewhere could support, in thousandths.
fn short_milli<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> i64 {
    let planning = planning_info(run, hospital);
    let lacking = i64::from(need_milli(run, &planning)) - i64::from(planning.capacity_milli());
    let most = support_bound_milli(run, hospital, planning.own_staff_milli);
    lacking.min(most - i64::from(planning.converted_milli + planning.exchanged_milli))
}

fn next_sender<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Option<HospitalIdx> {
    hospitals_of(run, region)
        .filter(|hospital| run.body.hospitals[hospital.idx()].received_milli == 0)
        .filter(|hospital| spare_milli(run, *hospital) >= LEAST_MILLI)
        .max_by_key(|hospital| Standing::of(run, i64::from(spare_milli(run, *hospital)), *hospital))
}

/// The shortest hospital that has not sent anyone.
fn shortest<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Option<HospitalIdx> {
    let short = |hospital: &HospitalIdx| run.body.hospitals[hospital.idx()].short_milli;
    hospitals_of(run, region)
        .filter(|hospital| run.body.hospitals[hospital.idx()].sent_milli == 0)
        .filter(|hospital| short(hospital) > 0)
        .max_by_key(|hospital| Standing::of(run, short(hospital), *hospital))
}
