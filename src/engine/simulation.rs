//! The main loop, above the handlers: burn-in once per world, then one run per policy from a copy of its
//! state.

use crate::engine::calendar::{EventCalendar, EventKey};
use crate::engine::event::{Clockwork, Epoch, Pending, Rank, Timetable};
use crate::engine::handlers::{
    acute, agreements, clinics, closing, coordination, covid, exchange, loans, planned, planning,
    relocation, shifts, statistics, stopping, theater, transfers, urgency,
};
use crate::engine::prefetch::prefetch_after;
use crate::engine::run::{Moment, Run, State};
use crate::engine::state::Body;
use crate::model::Model;
use crate::model::derived::Derived;
use crate::outcome::{Outcome, Recorder, Silent};
use crate::policy::levers::Policy;
use crate::policy::schedule::Schedule;
use crate::units::{Day, SimTime};
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
        let tables = (&self.derived, &self.timetable);
        Run::resume(self.model, tables, (world, schedule), state, recorder)
    }
}

impl<R: Recorder> Run<'_, R> {
    /// Processes all events before `end`, unless it has passed, and stops there.
    fn until(mut self, end: SimTime) -> State {
        if self.moment.now < end {
            self.advance(end);
        }
        self.into_state()
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

    fn next_arrival(&self) -> Option<&Arrival> {
        self.world.arrivals.get(self.moment.next_arrival)
    }

    fn arrival(&mut self) {
        self.recorder.event();
        let arrival = self.world.arrivals[self.moment.next_arrival];
        self.moment.next_arrival += 1;
        match arrival.kind {
            ArrivalKind::Covid => {
                prefetch_after(&self.world.covid, arrival.patient);
                covid::arrive(self, arrival.patient);
            }
            ArrivalKind::Acute => {
                prefetch_after(&self.world.acute, arrival.patient);
                acute::arrive(self, arrival.patient);
            }
            ArrivalKind::Planned => {
                prefetch_after(&self.world.planned, arrival.patient);
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
            Pending::AcuteExit => acute::end_stay(self, subject),
            Pending::PlannedCare => planned::end_care(self, subject),
            Pending::PlannedListExit => planned::end_wait(self, subject),
            Pending::AcuteStepDown => acute::leave(self, subject),
            Pending::PlannedStepDown => planned::leave_ic(self, subject),
            Pending::PlannedReclassification => urgency::reclassify(self, subject),
        }
    }

    fn epoch(&mut self, epoch: Epoch) {
        self.recorder.event();
        match epoch {
            Epoch::CloseWeek => statistics::close_week(self),
            Epoch::Shift => shifts::begin_day(self),
            Epoch::OperatingRooms => {
                clinics::open_to_hospitals(self);
                stopping::review(self);
                theater::run_program(self);
                clinics::produce(self);
            }
            Epoch::NationalCenter => coordination::national(self),
            Epoch::Statistics => statistics::record_day(self),
            Epoch::NationalMeeting => coordination::set_phase(self),
            Epoch::RegionalMeeting => {
                agreements::meet(self);
                exchange::exchange(self);
            }
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

fn key_of(arrival: &Arrival) -> EventKey {
    EventKey::of_parts(
        arrival.time.0,
        Rank::Arrival as u8,
        arrival.mark,
        arrival.patient,
    )
}
