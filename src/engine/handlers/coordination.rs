//! National (LCPS) and regional (RCPS) coordination centers, and the national meeting.

use crate::engine::handlers::covid;
use crate::engine::simulation::Run;
use crate::engine::state::REPORT_DAYS;
use crate::model::forecast::MAX_HORIZON_DAYS;
use crate::model::phase::{LnazFase, TransferRegime};
use crate::model::policy::ScaleDownTiming;
use crate::model::rule::RuleId;
use crate::outcome::Recorder;
use crate::policy::info::{National, RegionReport};
use crate::policy::{fair_share, forecast, phases};
use crate::units::{HospitalIdx, RegionIdx};

/// The national center's morning: forecasts, what is asked of each region, moves, and the notice
/// that phase 3 threatens.
pub(crate) fn national<R: Recorder>(run: &mut Run<'_, R>) {
    if let Some(phase) = phases::forced_phase(&run.policy.phases, run.today()) {
        enter_phase(run, phase);
    }
    expect_nationally(run);
    publish_allocations(run);
    let rules = run.in_force();
    let phase = run.body.nation.phase;
    let spread = run.model.phases.records[phase.idx()].transfers == TransferRegime::National;
    if rules.framework(RuleId::A15) && spread {
        move_between_regions(run);
    }
    give_notice(run);
}

/// The weekly meeting of the network: the phase.
pub(crate) fn set_phase<R: Recorder>(run: &mut Run<'_, R>) {
    if phases::forced_phase(&run.policy.phases, run.today()).is_none() {
        let phase = phases::next_phase(&run.model.phases, &national_info(run));
        enter_phase(run, phase);
    }
}

/// The regional centers' midday: patients above staffed beds go to hospitals with room.
pub(crate) fn regional<R: Recorder>(run: &mut Run<'_, R>) {
    if !run.in_force().framework(RuleId::A01) {
        return;
    }
    for region in regions(run) {
        for _ in 0..run.policy.regional_moves_per_day {
            let Some((patient, to)) = regional_move(run, region) else {
                break;
            };
            covid::begin_transfer(run, patient, to);
        }
    }
}

/// All regions of the model.
pub(crate) fn regions<R: Recorder>(run: &Run<'_, R>) -> impl Iterator<Item = RegionIdx> + use<R> {
    (0..run.model.regions.len()).map(|region| RegionIdx(u8::try_from(region).unwrap_or(u8::MAX)))
}

/// The report of a region that is read today.
fn report<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> RegionReport {
    let delay = usize::from(run.model.forecast.information_delay_days);
    let day = run.today().idx().saturating_sub(delay) % REPORT_DAYS;
    run.body.regions[region.idx()].reports[day]
}

fn national_report<R: Recorder>(run: &Run<'_, R>) -> RegionReport {
    regions(run)
        .map(|region| report(run, region))
        .fold(RegionReport::default(), |sum, next| RegionReport {
            covid_ic: sum.covid_ic + next.covid_ic,
            covid_ic_week: sum.covid_ic_week + next.covid_ic_week,
            acute_ic: sum.acute_ic + next.acute_ic,
            room: sum.room + next.room,
        })
}

fn expect_nationally<R: Recorder>(run: &mut Run<'_, R>) {
    let error = run.world.forecast_error.national(run.today());
    let report = national_report(run);
    let horizon = run.model.phases.threat.horizon_days;
    let expect =
        |days| forecast::expected_covid_milli(&run.model.forecast, &report, days, error) / 1_000;
    let (in_a_week, at_horizon) = (expect(7), expect(horizon));
    let nation = &mut run.body.nation;
    nation.covid_in_a_week = in_a_week;
    nation.covid_at_horizon = at_horizon;
}

/// Tells each hospital how many COVID IC patients to expect at the policy's lead (A02, A03): its
/// region's task, divided by beds. The task is the fair share (A15), or the region's own patients.
fn publish_allocations<R: Recorder>(run: &mut Run<'_, R>) {
    let doubled = run.policy.scale_down == ScaleDownTiming::Early;
    let lead = run.policy.lead_days * if doubled { 2 } else { 1 };
    let factor = run.policy.quantile_factor[usize::from(lead).min(MAX_HORIZON_DAYS)];
    let expected = |region| {
        let error = run.world.forecast_error.regional(region, run.today());
        let report = report(run, region);
        forecast::expected_covid_milli(&run.model.forecast, &report, lead, error)
    };
    let own: Vec<u32> = regions(run).map(expected).collect();
    let nation = own
        .iter()
        .fold(0_u32, |sum, next| sum.saturating_add(*next));
    for region in regions(run) {
        let task = task_share(run, region).map_or(own[region.idx()], |share| {
            fair_share::requested(share, nation)
        });
        publish_in_region(run, region, factor.of(task));
    }
}

/// The region's share of the national task in millionths, when fair share is in force.
fn task_share<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Option<u32> {
    let weights = &run.model.regions[region.idx()].fair_share;
    let share = fair_share::share(run.policy.fair_share, weights)?;
    run.in_force().framework(RuleId::A15).then_some(share)
}

fn publish_in_region<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx, task_milli: u32) {
    let hospitals = run.model.hospitals_of(region);
    let beds: u64 = hospitals
        .clone()
        .map(|h| u64::from(run.derived.hospitals[h].bed_share))
        .sum();
    for h in hospitals {
        let share = u64::from(run.derived.hospitals[h].bed_share);
        let milli = u64::from(task_milli) * share / beds.max(1);
        run.body.hospitals[h].allocation_milli = u32::try_from(milli).unwrap_or(u32::MAX);
    }
}

/// Moves patients from regions above their fair share to regions below it, one by one between the
/// regions that differ most.
fn move_between_regions<R: Recorder>(run: &mut Run<'_, R>) {
    let nation = national_report(run).covid_ic;
    let mut surplus: Vec<i64> = regions(run)
        .map(|region| {
            let asked = task_share(run, region).map(|share| fair_share::requested(share, nation));
            asked.map_or(0, |asked| fair_share::surplus(&report(run, region), asked))
        })
        .collect();
    for _ in 0..run.policy.moves_per_day {
        let Some((from, to)) = most_unequal(&surplus) else {
            return;
        };
        let Some((patient, place)) = inter_regional_move(run, from, to) else {
            return;
        };
        covid::begin_transfer(run, patient, place);
        run.decided(
            "moved-for-fair-share",
            RuleId::A15,
            (Some(from), None),
            i64::from(to.0),
        );
        surplus[from.idx()] -= 1;
        surplus[to.idx()] += 1;
    }
}

/// The region with most patients to send and the one with most room to take, when there are both.
fn most_unequal(surplus: &[i64]) -> Option<(RegionIdx, RegionIdx)> {
    let regions = || (0..surplus.len()).map(|r| RegionIdx(u8::try_from(r).unwrap_or(u8::MAX)));
    let from = regions().max_by_key(|r| (surplus[r.idx()], core::cmp::Reverse(*r)))?;
    let to = regions().min_by_key(|r| (surplus[r.idx()], *r))?;
    (surplus[from.idx()] > 0 && surplus[to.idx()] < 0).then_some((from, to))
}

fn inter_regional_move<R: Recorder>(
    run: &Run<'_, R>,
    from: RegionIdx,
    to: RegionIdx,
) -> Option<(u32, HospitalIdx)> {
    let receiver = covid::roomiest(run, to)?;
    Some((someone_to_move(run, from, i64::MIN)?.1, receiver))
}

fn regional_move<R: Recorder>(run: &Run<'_, R>, region: RegionIdx) -> Option<(u32, HospitalIdx)> {
    let (sender, patient) = someone_to_move(run, region, 0)?;
    let receiver = covid::roomiest(run, region).filter(|receiver| *receiver != sender)?;
    Some((patient, receiver))
}

/// The patient to move from the hospital of `region` that is most over its staffed beds, among
/// hospitals that are over them by more than `least` and have someone fit for transport.
fn someone_to_move<R: Recorder>(
    run: &Run<'_, R>,
    region: RegionIdx,
    least: i64,
) -> Option<(HospitalIdx, u32)> {
    let pressure = |hospital: HospitalIdx| {
        let own = &run.body.hospitals[hospital.idx()].ic.own;
        i64::from(own.committed()) - i64::from(own.staffed)
    };
    // Looking for a patient costs more than counting beds, so the fullest hospital is asked first.
    let mut below = None;
    loop {
        let (pressure, sender) = hospitals_of(run, region)
            .map(|hospital| (pressure(hospital), core::cmp::Reverse(hospital)))
            .filter(|entry| entry.0 > least && below.is_none_or(|below| *entry < below))
            .max()?;
        if let Some(patient) = covid::first_to_move(run, sender.0) {
            return Some((sender.0, patient));
        }
        below = Some((pressure, sender));
    }
}

fn hospitals_of<R: Recorder>(
    run: &Run<'_, R>,
    region: RegionIdx,
) -> impl Iterator<Item = HospitalIdx> + use<R> {
    run.model
        .hospitals_of(region)
        .map(|h| HospitalIdx(u16::try_from(h).unwrap_or(u16::MAX)))
}

fn national_info<R: Recorder>(run: &Run<'_, R>) -> National {
    let nation = &run.body.nation;
    let critical: u32 = run
        .derived
        .hospitals
        .iter()
        .map(|h| h.critical_milli_beds)
        .sum();
    National {
        day: run.today(),
        phase: nation.phase,
        phase_since: nation.phase_since,
        threat: nation.threat,
        covid_in_a_week: nation.covid_in_a_week,
        covid_at_horizon: nation.covid_at_horizon,
        other_need: national_report(run).acute_ic + critical / 1_000,
    }
}

fn enter_phase<R: Recorder>(run: &mut Run<'_, R>, phase: LnazFase) {
    if phase != run.body.nation.phase {
        let today = run.today();
        let nation = &mut run.body.nation;
        nation.phase = phase;
        nation.phase_since = today;
        run.decided(
            "phase-entered",
            RuleId::A11,
            (None, None),
            i64::from(phase as u8),
        );
    }
}

fn give_notice<R: Recorder>(run: &mut Run<'_, R>) {
    let threat = phases::threat_notice(&run.model.phases, &national_info(run));
    if threat != run.body.nation.threat {
        run.body.nation.threat = threat;
        run.decided(
            "threat-notice",
            RuleId::A44,
            (None, None),
            i64::from(threat),
        );
    }
}
