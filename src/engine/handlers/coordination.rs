//! National (LCPS) coordination: the picture, the phase, and what is asked of each region.

use crate::engine::handlers::{escalation, transfers};
use crate::engine::run::{Run, hospitals, hospitals_of, regions};
use crate::engine::state::REPORT_DAYS;
use crate::outcome::{Recorder, WeekMeasure, Word};
use crate::policy::info::{National, Report};
use crate::policy::plan::{Phase, is_from};
use crate::policy::sentence::Sentence;
use crate::policy::{fair_share, forecast, phases};
use crate::units::{HospitalIdx, PerMille, RegionIdx};

/// The national center's morning: forecasts, what is asked of each region, moves, and the notice
/// that phase 3 threatens.
pub(crate) fn national<R: Recorder>(run: &mut Run<'_, R>) {
    if let Some(phase) = run.regime.forced_phase {
        enter_phase(run, phase, Sentence::Z01);
    }
    if R::LISTENS {
        tell_old_pictures(run);
    }
    read_reports(run);
    expect_nationally(run);
    publish_allocations(run);
    ask_regions(run);
    escalation::watch(run);
    transfers::move_between_regions(run);
    give_notice(run);
}

/// The weekly meeting of the network: the phase.
pub(crate) fn set_phase<R: Recorder>(run: &mut Run<'_, R>) {
    if run.regime.forced_phase.is_none() {
        read_reports(run);
        let phase = phases::next_phase(&run.model.phases, &national_info(run));
        enter_phase(run, phase, Sentence::A11);
    }
}

/// The report of a hospital that is read today, some days old.
fn hospital_report<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> Report {
    let delay = usize::from(run.regime.report_age_days);
    let day = run.today().idx().saturating_sub(delay) % REPORT_DAYS;
    run.body.reporting[hospital.idx()].reports[day]
}

/// Tells of each hospital whose reported COVID patients are no longer those who are there (A07).
fn tell_old_pictures<R: Recorder>(run: &mut Run<'_, R>) {
    for hospital in hospitals(run.model.hospitals.len()) {
        let reported = hospital_report(run, hospital).covid_ic;
        let present = run.body.ic[hospital.idx()].own.covid;
        if reported != present {
            let value = i64::from(reported) - i64::from(present);
            run.decided(
                Word::PictureIsOld,
                Sentence::A07,
                (None, Some(hospital)),
                value,
            );
        }
    }
}

/// Adds up the reports of each region's hospitals, and of all.
fn read_reports<R: Recorder>(run: &mut Run<'_, R>) {
    let mut nation = Report::default();
    for region in regions(run) {
        let report = hospitals_of(run, region)
            .map(|hospital| hospital_report(run, hospital))
            .fold(Report::default(), Report::plus);
        run.body.regions[region.idx()].reported = report;
        nation = nation.plus(report);
    }
    run.body.nation.reported = nation;
}

fn expect_nationally<R: Recorder>(run: &mut Run<'_, R>) {
    let error = run.world.forecast_error.national(run.today());
    let report = run.body.nation.reported;
    let horizon = run
        .model
        .phases
        .threat
        .map_or(0, |notice| notice.horizon_days);
    let expect =
        |days| forecast::expected_covid_milli(&run.model.forecast, &report, days, error) / 1_000;
    let (in_a_week, at_horizon) = (expect(7), expect(horizon));
    let nation = &mut run.body.nation;
    nation.covid_in_a_week = in_a_week;
    nation.covid_at_horizon = at_horizon;
    run.decided(
        Word::ExpectedInAWeek,
        Sentence::A02,
        (None, None),
        i64::from(in_a_week),
    );
}

/// Tells each hospital how many COVID IC patients to expect at the policy's lead (A02, A03): its
/// region's task, divided over hospitals. The task is the fair share (A15), or the region's own
/// patients.
fn publish_allocations<R: Recorder>(run: &mut Run<'_, R>) {
    let (lead, factor) = (run.regime.lead_days, run.regime.quantile_factor);
    let mut nation = 0_u32;
    for region in regions(run) {
        let error = run.world.forecast_error.regional(region, run.today());
        let report = run.body.regions[region.idx()].reported;
        let own = forecast::expected_covid_milli(&run.model.forecast, &report, lead, error);
        nation = nation.saturating_add(own);
        let growth = u64::from(own) / u64::from(report.covid_ic).max(1);
        let state = &mut run.body.regions[region.idx()];
        state.expected_milli = own;
        state.growth = PerMille(u32::try_from(growth).unwrap_or(1_000));
    }
    // While the beds that hospitals keep suffice, each region expects its own patients (L06).
    let suffice = nation < kept_beds(run).saturating_mul(1_000);
    for region in regions(run) {
        let task = run
            .task_share(region)
            .filter(|_| !suffice)
            .map_or(run.body.regions[region.idx()].expected_milli, |share| {
                fair_share::requested(share, nation)
            });
        publish_in_region(run, region, factor.of(task));
    }
}

/// Beds that hospitals of the country keep for COVID patients by their phase.
fn kept_beds<R: Recorder>(run: &Run<'_, R>) -> u32 {
    run.regime.covid_beds.of(run.derived.regular_beds)
}

/// Divides the region's task over its hospitals by their weights.
fn publish_in_region<R: Recorder>(run: &mut Run<'_, R>, region: RegionIdx, task_milli: u32) {
    let mut total = weigh(run, region, run.concentration(region));
    if total == 0 {
        // Nobody is left to trade with, and the region gives its share all the same (A29).
        total = weigh(run, region, None);
    }
    for hospital in hospitals_of(run, region) {
        let ic = &mut run.body.ic[hospital.idx()];
        let milli = u64::from(task_milli) * u64::from(ic.allocation_milli) / total.max(1);
        ic.allocation_milli = u32::try_from(milli).unwrap_or(u32::MAX);
        run.decided(
            Word::ExpectedPublished,
            Sentence::A02,
            (Some(region), Some(hospital)),
            i64::try_from(milli).unwrap_or(i64::MAX),
        );
    }
}

/// Sets each hospital's part to what it weighs in the task: its beds or what it reported, less what
/// the region concentrates elsewhere. Gives the sum.
fn weigh<R: Recorder>(
    run: &mut Run<'_, R>,
    region: RegionIdx,
    concentration: Option<PerMille>,
) -> u64 {
    let lead = run.regime.lead_days;
    let by_report = run.regime.by_hospital && run.body.regions[region.idx()].reported.covid_ic > 0;
    let mut total = 0;
    for hospital in hospitals_of(run, region) {
        let usual = if by_report {
            let report = hospital_report(run, hospital);
            forecast::expected_covid_milli(&run.model.forecast, &report, lead, 0)
        } else {
            run.derived.hospitals[hospital.idx()].bed_share
        };
        let weight = kept_weight(run, hospital, concentration).of(usual);
        run.body.ic[hospital.idx()].allocation_milli = weight;
        total += u64::from(weight);
    }
    total
}

/// The part of its usual weight that a hospital keeps: all of it, unless the region concentrates
/// COVID patients and the hospital goes along, which it does more often when insurers make up for
/// it (A33).
fn kept_weight<R: Recorder>(
    run: &Run<'_, R>,
    hospital: HospitalIdx,
    strength: Option<PerMille>,
) -> PerMille {
    let accepts = run.regime.shift_accepted;
    let goes_along = u32::from(run.world.marks.compliance[hospital.idx()]) < accepts.0;
    match strength.filter(|_| goes_along) {
        Some(strength) => {
            let critical = run.derived.hospitals[hospital.idx()].critical_intensity;
            fair_share::kept_weight(strength, critical)
        }
        None => PerMille::ONE,
    }
}

/// Asks each region for its share of today's patients, and hears what it offers (A15).
fn ask_regions<R: Recorder>(run: &mut Run<'_, R>) {
    let nation = fair_share::task(run.body.nation.reported.covid_ic, kept_beds(run));
    for region in regions(run) {
        let report = run.body.regions[region.idx()].reported;
        let requested = run.task_share(region).map_or(report.covid_ic, |share| {
            fair_share::requested(share, nation)
        });
        let asked = run.regime.asks_regions;
        let offered = if asked {
            fair_share::offered(&report, requested, run.region_complies(region))
        } else {
            requested
        };
        let state = &mut run.body.regions[region.idx()];
        (state.requested, state.offered) = (requested, offered);
        if asked {
            run.count_region(region, WeekMeasure::CovidRequested, i64::from(requested));
            run.count_region(region, WeekMeasure::CovidOffered, i64::from(offered));
            let (place, value) = ((Some(region), None), i64::from(offered));
            run.decided(Word::CapacityOffered, Sentence::A15, place, value);
            let agreed = fair_share::offered(&report, requested, true);
            let withheld = agreed.saturating_sub(offered);
            if withheld > 0 {
                run.decided(
                    Word::OfferWithheld,
                    Sentence::A14,
                    place,
                    i64::from(withheld),
                );
            }
        }
    }
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
        other_need: run.body.nation.reported.acute_ic + critical / 1_000,
    }
}

fn enter_phase<R: Recorder>(run: &mut Run<'_, R>, phase: Phase, rule: Sentence) {
    if phase == run.body.nation.phase {
        return;
    }
    let today = run.today();
    let nation = &mut run.body.nation;
    nation.falling = phase < nation.phase;
    nation.phase = phase;
    nation.phase_since = today;
    let plan = &run.model.phases;
    let since = |start: Option<_>, from| start.or(Some(today)).filter(|_| is_from(from, phase));
    nation.strained_since = since(nation.strained_since, plan.staff_tire_from);
    nation.prepared_since = since(nation.prepared_since, plan.clinics_prepare_from);
    run.renew_regime();
    run.decided(Word::PhaseEntered, rule, (None, None), i64::from(phase.0));
}

fn give_notice<R: Recorder>(run: &mut Run<'_, R>) {
    let Some(notice) = run.model.phases.threat else {
        return;
    };
    let threat = phases::threat_notice(&run.model.phases, &notice, &national_info(run));
    if threat != run.body.nation.threat {
        run.body.nation.threat = threat;
        run.decided(
            Word::ThreatNotice,
            Sentence::A44,
            (None, None),
            i64::from(threat),
        );
    }
}
