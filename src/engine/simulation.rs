//! The main loop: burn-in once per world, then one run per policy from a copy of its state.

use crate::engine::calendar::{EventCalendar, EventKey};
use crate::engine::event::{Clockwork, Epoch, Pending, Rank, Timetable};
use crate::engine::fetch::fetch_after;
use crate::engine::handlers::{
    acute, agreements, clinics, closing, coordination, covid, hospitals_of, loans, planned,
    planning, regions, relocation, shifts, statistics, theater, transfers,
};
use crate::engine::state::Body;
use crate::model::Model;
use crate::model::derived::Derived;
use crate::outcome::{Entry, Outcome, Page, Recorder, Silent, WeekMeasure};
use crate::policy::levers::Policy;
use crate::policy::regime::{Regime, Regional};
use crate::policy::schedule::{Position, Schedule};
use crate::policy::sentence::Sentence;
use crate::units::{Day, HospitalIdx, PerMille, RegionIdx, SimTime};
use crate::world::{Arrival, ArrivalKind, World};

/// Simulates worlds of one model. Holds nothing that a simulation changes.
#[derive(Debug, Clone)]
pub struct Simulator<'a> {
    model: &'a Model,
    derived: Derived,
    timetable: Timetable,
    /// No document, ever.
    inert: Schedule,
}

/// The whole state of a simulation at a moment; copying it forks the simulation.
#[derive(Debug, Clone)]
pub struct State {
    moment: Moment,
    body: Body,
}

/// The moment, and what is still to come.
#[derive(Debug, Clone)]
struct Moment {
    now: SimTime,
    today: Day,
    /// The end of today.
    midnight: SimTime,
    calendar: EventCalendar,
    next_arrival: usize,
    clocks: Clockwork,
}

impl<'a> Simulator<'a> {
    /// A simulator for `model`.
    pub fn new(model: &'a Model) -> Self {
        Self {
            model,
            derived: Derived::new(model),
            timetable: Timetable::new(&model.clocks),
            inert: model.schedule(&Policy::inert()),
        }
    }

    /// Simulates `world` up to the start of the evaluation window with no policy in force.
    ///
    /// The state that comes out is where all policies part.
    pub fn burn_in(&self, world: &World) -> State {
        let moment = Moment {
            now: SimTime(0),
            today: Day(0),
            midnight: Day(1).start(),
            calendar: EventCalendar::new(),
            next_arrival: 0,
            clocks: Clockwork::new(&self.timetable, &self.model.study),
        };
        let body = Body::new(self.model, &self.derived, world);
        let state = State { moment, body };
        let end = self.model.study.window_start().start();
        self.run(world, &self.inert, state, &mut Silent).until(end)
    }

    /// Simulates on from `state` to the start of `day` under `policy`, from which other policies can go
    /// on that mean the same until then.
    pub fn simulate_until(
        &self,
        world: &World,
        policy: &Schedule,
        state: State,
        day: Day,
    ) -> State {
        self.run(world, policy, state, &mut Silent)
            .until(day.start())
    }

    /// Simulates on from `state` to the end of follow-up under `policy`.
    pub fn finish(&self, world: &World, policy: &Schedule, state: State) -> Outcome {
        self.advance_to_end(world, policy, state, &mut Silent)
    }

    /// As [`Self::finish`], from a copy of `state`.
    pub fn simulate(&self, world: &World, policy: &Schedule, state: &State) -> Outcome {
        self.simulate_recorded(world, policy, state, &mut Silent)
    }

    /// As [`Self::simulate`], telling `recorder` what happens.
    pub fn simulate_recorded<R: Recorder>(
        &self,
        world: &World,
        policy: &Schedule,
        state: &State,
        recorder: &mut R,
    ) -> Outcome {
        self.advance_to_end(world, policy, state.clone(), recorder)
    }

    fn advance_to_end<R: Recorder>(
        &self,
        world: &World,
        policy: &Schedule,
        state: State,
        recorder: &mut R,
    ) -> Outcome {
        let mut run = self.run(world, policy, state, recorder);
        run.advance(self.model.study.end_time());
        closing::outcome(run)
    }

    /// What happens in `world` without the wave, from the first day on and with no policy in force:
    /// the twin against which displacement is measured.
    pub fn simulate_without_wave(&self, world: &World) -> Outcome {
        let twin = world.without_wave();
        let state = self.burn_in(&twin);
        self.finish(&twin, &self.inert, state)
    }

    fn run<'r, R: Recorder>(
        &'r self,
        world: &'r World,
        schedule: &'r Schedule,
        state: State,
        recorder: &'r mut R,
    ) -> Run<'r, R> {
        let State { moment, body } = state;
        let position = schedule.position(moment.today, body.nation.phase);
        let mut run = Run {
            model: self.model,
            derived: &self.derived,
            world,
            timetable: &self.timetable,
            schedule,
            position,
            regime: schedule.regime(position),
            end: self.model.study.end_time(),
            standings: vec![Standing::default(); self.model.hospitals.len()],
            moment,
            body,
            recorder,
        };
        run.renew_standings();
        run
    }
}

/// One simulation under way: what it reads, and the state that it changes.
pub(crate) struct Run<'r, R> {
    pub(crate) model: &'r Model,
    pub(crate) derived: &'r Derived,
    pub(crate) world: &'r World,
    timetable: &'r Timetable,
    schedule: &'r Schedule,
    position: Position,
    /// What holds today.
    pub(crate) regime: &'r Regime,
    /// The end of the study.
    end: SimTime,
    /// By hospital.
    standings: Vec<Standing>,
    moment: Moment,
    pub(crate) body: Body,
    recorder: &'r mut R,
}

/// How a hospital stands today, under the regime of the day.
#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    presence: PerMille,
    /// Beds that the hospital's own nurses staff, in thousandths.
    nursed_milli: u32,
    complies: bool,
    /// Where this week of its region is counted.
    page: Page,
}

impl<R: Recorder> Run<'_, R> {
    /// Processes all events before `end`, unless it has passed, and stops there.
    fn until(mut self, end: SimTime) -> State {
        if self.moment.now < end {
            self.advance(end);
        }
        State {
            moment: self.moment,
            body: self.body,
        }
    }

    /// Processes all events before `end`, in order.
    fn advance(&mut self, end: SimTime) {
        let end = EventKey::new(end.0, 0, 0, 0);
        loop {
            let stop = self.moment.clocks.next().min(end);
            self.go_on_to(stop);
            self.move_to(SimTime(stop.time()));
            if stop == end {
                return;
            }
            let epoch = self.moment.clocks.take(self.timetable, &self.model.study);
            self.epoch(epoch);
        }
    }

    /// Processes arrivals and pending events before `stop`, in order.
    fn go_on_to(&mut self, stop: EventKey) {
        loop {
            let arrival = self.next_arrival().map_or(stop, key_of).min(stop);
            while let Some(key) = self.moment.calendar.pop_before(arrival) {
                self.move_to(SimTime(key.time()));
                self.pending(key);
            }
            if arrival == stop {
                return;
            }
            self.move_to(SimTime(arrival.time()));
            self.arrival();
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
        let (compliance, tired) = (self.regime.compliance(), shifts::tired(self));
        for region in regions(self) {
            let bonus = self.body.regions[region.idx()].escalation.bonus;
            let page = self.page(region);
            for hospital in hospitals_of(self, region) {
                let mark = self.world.marks.compliance[hospital.idx()];
                let presence = shifts::presence_on(self, hospital, tired);
                self.standings[hospital.idx()] = Standing {
                    presence,
                    nursed_milli: shifts::nursed_milli(self, hospital, presence),
                    complies: u32::from(mark) < compliance.0 + bonus.0,
                    page,
                };
            }
        }
    }

    fn next_arrival(&self) -> Option<&Arrival> {
        self.world.arrivals.get(self.moment.next_arrival)
    }

    fn arrival(&mut self) {
        self.recorder.event();
        let arrival = self.world.arrivals[self.moment.next_arrival];
        self.moment.next_arrival += 1;
        match arrival.kind {
            ArrivalKind::Covid => {
                fetch_after(&self.world.covid, arrival.patient);
                covid::arrive(self, arrival.patient);
            }
            ArrivalKind::Acute => {
                fetch_after(&self.world.acute, arrival.patient);
                acute::arrive(self, arrival.patient);
            }
            ArrivalKind::Planned => {
                fetch_after(&self.world.planned, arrival.patient);
                planned::indicate(self, arrival.patient);
            }
        }
    }

    fn pending(&mut self, key: EventKey) {
        self.recorder.event();
        let (kind, subject) = Pending::of(key);
        match kind {
            Pending::CovidStage => covid::end_stage(self, subject),
            Pending::CovidTransfer => covid::end_transfer(self, subject),
            Pending::AcuteExit => acute::leave(self, subject),
            Pending::PlannedCare => planned::end_care(self, subject),
            Pending::PlannedListExit => planned::end_wait(self, subject),
        }
    }

    fn epoch(&mut self, epoch: Epoch) {
        self.recorder.event();
        match epoch {
            Epoch::CloseWeek => statistics::close_week(self),
            Epoch::Shift => shifts::begin_day(self),
            Epoch::OperatingRooms => {
                clinics::open_to_hospitals(self);
                theater::run_program(self);
                clinics::produce(self);
            }
            Epoch::NationalCenter => coordination::national(self),
            Epoch::Statistics => statistics::record_day(self),
            Epoch::NationalMeeting => coordination::set_phase(self),
            Epoch::RegionalMeeting => agreements::meet(self),
            Epoch::RegionalCenter => {
                agreements::meet_on_demand(self);
                transfers::regional(self);
                planning::plan_day(self);
                relocation::relocate(self);
            }
            Epoch::LoanRound => loans::round(self),
        }
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

    /// Beds that the hospital's own nurses staff, in thousandths.
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

    /// Whether the region's agreement on critical plannable care holds by now.
    pub(crate) fn has_agreed(&self, region: RegionIdx) -> bool {
        let from = self.body.regions[region.idx()].agreed_from;
        from.is_some_and(|from| from <= self.today())
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
        what: &'static str,
        hospital: HospitalIdx,
        subject: Option<u32>,
        value: i64,
    ) {
        if R::LISTENS {
            let region = Some(self.region_of(hospital));
            let (time, hospital) = (self.moment.now, Some(hospital));
            self.recorder.record(Entry {
                time,
                what,
                rule: None,
                region,
                hospital,
                subject,
                value,
            });
        }
    }

    /// Tells the recorder about a decision by `sentence`. What happens although the sentence is struck
    /// out is told without it.
    pub(crate) fn decided(
        &mut self,
        what: &'static str,
        sentence: impl Into<Option<Sentence>>,
        place: (Option<RegionIdx>, Option<HospitalIdx>),
        value: i64,
    ) {
        if R::LISTENS {
            let (region, hospital) = place;
            let region = region.or_else(|| hospital.map(|hospital| self.region_of(hospital)));
            let struck = self.schedule.struck;
            let rule = sentence
                .into()
                .filter(|sentence| !struck.contains(*sentence));
            let time = self.moment.now;
            let entry = Entry {
                time,
                what,
                rule,
                region,
                hospital,
                subject: None,
                value,
            };
            self.recorder.record(entry);
        }
    }
}

fn key_of(arrival: &Arrival) -> EventKey {
    EventKey::of_parts(
        arrival.time.0,
        Rank::Arrival as u8,
        arrival.mark,
        arrival.patient,
    )
}
