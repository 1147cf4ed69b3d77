//! Who is at work in the operating rooms today, and the time that they have.

use crate::engine::run::Run;
use crate::outcome::Recorder;
use crate::policy::levers::ScalingOrder;
use crate::units::{DAYS_PER_WEEK, HospitalIdx, PerMille};

/// Teams of a hospital who are at work in its operating rooms today.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Crew {
    /// General teams, in thousandths, lent staff not counted.
    pub(crate) general_milli: u32,
    /// Part of the teams of each stream.
    pub(crate) of_streams: PerMille,
}

/// The teams who are present and not on leave, less those who support the IC, here or in another
/// hospital: general teams first and teams of streams last in the order of urgency, all alike pro rata.
pub(crate) fn crew<R: Recorder>(run: &mut Run<'_, R>, hospital: HospitalIdx) -> Crew {
    let program = run.model.sessions.program_by_week[run.model.study.week(run.today())];
    let presence = run.presence(hospital);
    let present = |milli: u32| presence.of(program.of(milli));
    let all = run.derived.hospitals[hospital.idx()].stream_teams_milli;
    let general = present(run.model.hospitals[hospital.idx()].or_teams_milli);
    let of_streams = present(all);
    let away = away_milli(run, hospital);
    let left = match run.scaling_order().value {
        ScalingOrder::UrgencyOrder => {
            let excess = away.saturating_sub(general);
            [
                general.saturating_sub(away),
                of_streams.saturating_sub(excess),
            ]
        }
        ScalingOrder::ProRata => {
            let total = general + of_streams;
            let left = u64::from(total.saturating_sub(away));
            [general, of_streams].map(|milli| {
                u32::try_from(u64::from(milli) * left / u64::from(total.max(1))).unwrap_or(0)
            })
        }
    };
    run.body.hospitals[hospital.idx()].stream_teams_away = left[1] < of_streams;
    Crew {
        general_milli: left[0],
        of_streams: PerMille(left[1] * 1_000 / all.max(1)),
    }
}

/// Own teams who support the IC, here or in another hospital, in thousandths.
fn away_milli<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> u32 {
    let state = &run.body.hospitals[hospital.idx()];
    let diverted = (u64::from(state.converted.milli) * 1_000)
        .checked_div(u64::from(run.model.staff.milli_beds_per_team))
        .unwrap_or(0);
    u32::try_from(diverted).unwrap_or(u32::MAX) + state.sent_milli
}

/// Minutes of the general teams today.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Minutes {
    pub(crate) own: u32,
    pub(crate) lent: u32,
    /// Whether lent staff work for classes 1 to 3 only (Z23).
    pub(crate) is_restricted: bool,
}

impl Minutes {
    pub(crate) fn today<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx, crew: Crew) -> Self {
        let staff = &run.model.staff;
        let lent = run.body.hospitals[hospital.idx()].loaned.or;
        let lent = PerMille(staff.milli_teams_per_worker).of(lent);
        let of_teams = |milli: u32| PerMille(milli).of(staff.team_minutes_per_day);
        Self {
            own: of_teams(crew.general_milli),
            lent: of_teams(lent),
            is_restricted: run.regime.loans.purpose.is_some(),
        }
    }

    /// Minutes for patients of a class.
    pub(crate) const fn open_to(self, is_critical: bool) -> u32 {
        if is_critical || !self.is_restricted {
            self.own + self.lent
        } else {
            self.own
        }
    }

    /// Takes minutes, lent ones first where they may be used.
    pub(crate) fn take(&mut self, is_critical: bool, minutes: u32) {
        let lent = if is_critical || !self.is_restricted {
            minutes.min(self.lent)
        } else {
            0
        };
        self.lent -= lent;
        self.own = self.own.saturating_sub(minutes - lent);
    }
}

/// A weekday's time of the teams of each stream, beside what is left over.
pub(crate) fn add_stream_minutes<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    part: PerMille,
) {
    let usual = &run.model.hospitals[hospital.idx()].stream_minutes;
    let weekday = run.today().idx() % usize::from(DAYS_PER_WEEK);
    let first = hospital.idx() * usual.len();
    let left = &mut run.body.stream_minutes[first..first + usual.len()];
    let streams = &run.model.planned.specialties;
    // A hospital has no teams of what it does not perform.
    let with_teams = left.iter_mut().zip(usual).zip(streams);
    for ((left, usual), stream) in with_teams.filter(|((_, usual), _)| usual.most > 0) {
        let time = stream.weekday_time.get(weekday).copied();
        let time = time.unwrap_or(PerMille::ZERO).of(part.of(usual.per_day));
        let today = i32::try_from(time).unwrap_or(i32::MAX);
        let most = i32::try_from(usual.most).unwrap_or(i32::MAX);
        *left = left.saturating_add(today).min(most);
    }
}

/// Notes the general teams who had nothing to do, beyond the slack of normal times.
pub(crate) fn note_idle<R: Recorder>(
    run: &mut Run<'_, R>,
    hospital: HospitalIdx,
    crew: Crew,
    used: u32,
) {
    let use_share = u64::from(run.model.sessions.or_use.0.max(1));
    let minutes = u64::from(run.model.staff.team_minutes_per_day.max(1));
    // Teams that the used minutes take, with the slack that goes with them.
    let needed = u64::from(used) * 1_000_000 / (minutes * use_share);
    let needed = u32::try_from(needed).unwrap_or(u32::MAX);
    run.body.hospitals[hospital.idx()].idle_milli = crew.general_milli.saturating_sub(needed);
}
