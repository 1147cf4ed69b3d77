//! One simulation under way: its state, and what handlers ask of it, whatever they handle.

use crate::engine::calendar::EventCalendar;
use crate::engine::event::{Clockwork, Pending, Rank, Timetable};
use crate::engine::state::Body;
use crate::model::Model;
use crate::model::derived::Derived;
use crate::outcome::{Entry, Lack, Page, Recorder, WeekMeasure, Word};
use crate::policy::fair_share;
use crate::policy::levers::ScalingOrder;
use crate::policy::regime::{Because, Regime, Regional};
use crate::policy::schedule::{Position, Schedule};
use crate::policy::sentence::Sentence;
use crate::units::{DAYS_PER_WEEK, Day, HospitalIdx, PerMille, RegionIdx, SimTime};
use crate::world::World;

/// The whole state of a simulation at a moment; copying it forks the simulation.
#[derive(Debug, Clone)]
pub struct State {
    pub(crate) moment: Moment,
    pub(crate) body: Body,
}

/// The moment, and what is still to come.
#[derive(Debug, Clone)]
pub(crate) struct Moment {
    pub(crate) now: SimTime,
    pub(crate) today: Day,
    /// The end of today.
    pub(crate) midnight: SimTime,
    pub(crate) calendar: EventCalendar,
    pub(crate) next_arrival: usize,
    pub(crate) clocks: Clockwork,
}

/// One simulation under way: what it reads, and the state that it changes.
pub(crate) struct Run<'r, R> {
    pub(crate) model: &'r Model,
    pub(crate) derived: &'r Derived,
    pub(crate) world: &'r World,
    pub(crate) timetable: &'r Timetable,
    schedule: &'r Schedule,
    position: Position,
    /// What holds today.
    pub(crate) regime: &'r Regime,
    /// The end of the study.
    end: SimTime,
    /// By hospital.
    standings: Vec<Standing>,
    pub(crate) moment: Moment,
    pub(crate) body: Body,
    pub(crate) recorder: &'r mut R,
}

/// How a hospital stands today, under the regime of the day.
#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    presence: PerMille,
    /// Beds that the hospital's own nurses staff as in normal times, in thousandths.
    nursed_milli: u32,
    complies: bool,
    /// Where this week of its region is counted.
    page: Page,
}

impl<'r, R: Recorder> Run<'r, R> {
    /// Goes on from `state` under the policy of `schedule`, telling `recorder` what happens.
    pub(crate) fn resume(
        model: &'r Model,
        (derived, timetable): (&'r Derived, &'r Timetable),
        (world, schedule): (&'r World, &'r Schedule),
        state: State,
        recorder: &'r mut R,
    ) -> Self {
        let State { moment, body } = state;
        let position = schedule.position(moment.today, body.nation.phase);
        let mut run = Self {
            model,
            derived,
            world,
            timetable,
            schedule,
            position,
            regime: schedule.regime(position),
            end: model.study.end_time(),
            standings: vec![Standing::default(); model.hospitals.len()],
            moment,
            body,
            recorder,
        };
        run.renew_standings();
        run
    }

    /// The state as it is now.
    pub(crate) fn into_state(self) -> State {
        State {
            moment: self.moment,
            body: self.body,
        }
    }

    /// Moves the clock. What holds can change with the day.
    pub(crate) fn move_to(&mut self, time: SimTime) {
        self.moment.now = time;
        if time >= self.moment.midnight {
            self.moment.today = time.day();
            self.moment.midnight = time.day().plus(1).start();
            self.renew_regime();
        }
    }

    /// Finds anew what holds: after a change of day or phase.
    pub(crate) fn renew_regime(&mut self) {
        self.position = (self.schedule).position(self.moment.today, self.body.nation.phase);
        self.regime = self.schedule.regime(self.position);
        self.renew_standings();
    }

    /// Finds anew how hospitals stand: after a change of day, phase or escalation.
    pub(crate) fn renew_standings(&mut self) {
        if self.today() >= self.model.study.end() {
            return;
        }
        let (compliance, tired) = (self.regime.compliance(), self.tired());
        for region in regions(self) {
            let bonus = self.body.regions[region.idx()].escalation.bonus;
            let page = self.page(region);
            for hospital in hospitals_of(self, region) {
                let mark = self.world.marks.compliance[hospital.idx()];
                let presence = self.presence_on(hospital, tired);
                self.standings[hospital.idx()] = Standing {
                    presence,
                    nursed_milli: presence
                        .of(self.derived.hospitals[hospital.idx()].workforce_milli),
                    complies: u32::from(mark) < compliance.0 + bonus.0,
                    page,
                };
            }
        }
    }

    /// Staff present today relative to normal times: sick leave, those whom fatigue keeps at home, and those
    /// who dropped out where nurses were stretched.
    fn presence_on(&self, hospital: HospitalIdx, tired: u32) -> PerMille {
        let absent = self.world.absence.at(hospital, self.today()).0;
        let dropped_out = if self.regime.staff_tire {
            self.body.hospitals[hospital.idx()].dropped_out / 1_000
        } else {
            0
        };
        let absent = (absent + tired + dropped_out).min(1_000);
        PerMille((1_000 - absent) * 1_000 / self.derived.normal_presence.0)
    }

    /// Part of the staff whom fatigue keeps at home, in thousandths: it grows while heavy phases last
    /// (A17).
    pub(crate) fn tired(&self) -> u32 {
        if self.regime.staff_tire {
            self.model.staff.fatigue_per_week.0 * u32::from(self.strained_days() / DAYS_PER_WEEK)
        } else {
            0
        }
    }

    /// Days for which heavy phases have lasted.
    pub(crate) fn strained_days(&self) -> u16 {
        let since = self.body.nation.strained_since;
        since.map_or(0, |since| self.today().0.saturating_sub(since.0))
    }
}

/// What handlers ask of a run, whatever they handle.
impl<R: Recorder> Run<'_, R> {
    pub(crate) const fn now(&self) -> SimTime {
        self.moment.now
    }

    pub(crate) const fn today(&self) -> Day {
        self.moment.today
    }

    /// Schedules a pending event. What lies past the end never happens, and may lie beyond what a
    /// key can hold.
    pub(crate) fn schedule(&mut self, kind: Pending, at: SimTime, rank: Rank, who: (u16, u32)) {
        if at >= self.end {
            return;
        }
        let (tie, subject) = who;
        self.moment.calendar.push(kind.key(at, rank, tie, subject));
    }

    pub(crate) fn region_of(&self, hospital: HospitalIdx) -> RegionIdx {
        self.derived.region_of[hospital.idx()]
    }

    /// What holds for a region that has come to an agreement, today.
    pub(crate) fn regional(&self, region: RegionIdx) -> &Regional {
        self.schedule.regional(self.position, region)
    }

    /// Whether a hospital does what was agreed: its own mark against the probability of its region.
    pub(crate) fn complies(&self, hospital: HospitalIdx) -> bool {
        self.standings[hospital.idx()].complies
    }

    /// Staff present relative to normal times.
    pub(crate) fn presence(&self, hospital: HospitalIdx) -> PerMille {
        self.standings[hospital.idx()].presence
    }

    /// Beds that the hospital's own nurses staff as in normal times, in thousandths.
    pub(crate) fn nursed_milli(&self, hospital: HospitalIdx) -> u32 {
        self.standings[hospital.idx()].nursed_milli
    }

    /// Whether a region offers what is asked of it. Authorities act on this only when they watch
    /// over the spreading of patients (A10).
    pub(crate) fn region_complies(&self, region: RegionIdx) -> bool {
        let bonus = self.body.regions[region.idx()].escalation.bonus;
        let supervised = self.regime.is_supervised;
        let mark = self.world.marks.region_compliance[region.idx()];
        u32::from(mark) < self.regime.compliance().0 + if supervised { bonus.0 } else { 0 }
    }

    /// The order in which classes are cut, or restored once phases become lighter.
    pub(crate) fn scaling_order(&self) -> Because<ScalingOrder> {
        if self.body.nation.falling {
            self.regime.restart_order
        } else {
            self.regime.scaling_order
        }
    }

    /// Whether the region's agreement on critical plannable care holds by now.
    pub(crate) fn has_agreed(&self, region: RegionIdx) -> bool {
        let from = self.body.regions[region.idx()].agreed_from;
        from.is_some_and(|from| from <= self.today())
    }

    /// The region's share of the national task in millionths; `None` when patients stay where they are.
    pub(crate) fn task_share(&self, region: RegionIdx) -> Option<u32> {
        let weights = &self.model.regions[region.idx()].fair_share;
        fair_share::share(self.regime.fair_share, weights)
    }

    /// How strongly the region concentrates COVID patients in some hospitals, once it agreed (A29).
    pub(crate) fn concentration(&self, region: RegionIdx) -> Option<PerMille> {
        self.regional(region)
            .concentrates
            .filter(|_| self.has_agreed(region))
    }

    /// Counts `n` in this week for the region of `hospital`.
    pub(crate) fn count(&mut self, hospital: HospitalIdx, measure: WeekMeasure, n: i64) {
        let page = self.standings[hospital.idx()].page;
        self.body.weeks.add_on(page, measure, n);
    }

    /// Counts `n` in this week for `region`.
    pub(crate) fn count_region(&mut self, region: RegionIdx, measure: WeekMeasure, n: i64) {
        let page = self.page(region);
        self.body.weeks.add_on(page, measure, n);
    }

    fn page(&self, region: RegionIdx) -> Page {
        self.body
            .weeks
            .page(region, self.model.study.week(self.today()))
    }

    /// Tells the recorder about something in a hospital.
    pub(crate) fn tell(
        &mut self,
        what: Word,
        hospital: HospitalIdx,
        subject: Option<u32>,
        value: i64,
    ) {
        self.tell_because((what, value), hospital, subject, None);
    }

    /// As [`Self::tell`], with the sentence that caused it.
    pub(crate) fn tell_because(
        &mut self,
        what: (Word, i64),
        hospital: HospitalIdx,
        subject: Option<u32>,
        sentence: Option<Sentence>,
    ) {
        if R::LISTENS {
            let place = (Some(self.region_of(hospital)), Some(hospital));
            self.record(what, place, subject, (sentence, None));
        }
    }

    /// Tells the recorder about a planned patient of a hospital who loses a date, because of what was
    /// lacking and the sentence behind it.
    pub(crate) fn tell_lost_date(
        &mut self,
        what: (Word, i64),
        (hospital, patient): (HospitalIdx, u32),
        lack: Lack,
        sentence: Sentence,
    ) {
        if R::LISTENS {
            let place = (Some(self.region_of(hospital)), Some(hospital));
            self.record(what, place, Some(patient), (Some(sentence), Some(lack)));
        }
    }

    /// Tells the recorder about a decision by `sentence`.
    pub(crate) fn decided(
        &mut self,
        what: Word,
        sentence: impl Into<Option<Sentence>>,
        (region, hospital): (Option<RegionIdx>, Option<HospitalIdx>),
        value: i64,
    ) {
        if R::LISTENS {
            let region = region.or_else(|| hospital.map(|hospital| self.region_of(hospital)));
            let why = (sentence.into(), None);
            self.record((what, value), (region, hospital), None, why);
        }
    }

    /// Hands an entry over. What happens although its sentence is struck out is told without it.
    fn record(
        &mut self,
        (what, value): (Word, i64),
        (region, hospital): (Option<RegionIdx>, Option<HospitalIdx>),
        subject: Option<u32>,
        (sentence, lack): (Option<Sentence>, Option<Lack>),
    ) {
        let struck = self.schedule.struck;
        self.recorder.record(Entry {
            time: self.moment.now,
            what,
            rule: sentence.filter(|sentence| !struck.contains(*sentence)),
            region,
            hospital,
            subject,
            value,
            lack,
        });
    }
}

/// All hospitals of a model with `n` of them.
pub(crate) fn hospitals(n: usize) -> impl Iterator<Item = HospitalIdx> {
    (0..n).map(HospitalIdx::at)
}

/// All regions of the model.
pub(crate) fn regions<R>(run: &Run<'_, R>) -> impl Iterator<Item = RegionIdx> + use<R> {
    (0..run.model.regions.len()).map(RegionIdx::at)
}

/// The hospitals of a region.
pub(crate) fn hospitals_of<R>(
    run: &Run<'_, R>,
    region: RegionIdx,
) -> impl Iterator<Item = HospitalIdx> + use<R> {
    run.model.hospitals_of(region).map(HospitalIdx::at)
}
