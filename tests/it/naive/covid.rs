//! COVID patients: ward, IC, ward; blocked exits, and moves between hospitals.

use zorgdruk::outcome::{WeekMeasure, Word};
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::Minutes;

use super::state::Place;
use super::{ARRIVAL, DISCHARGE, Due, Key, Naive, STEP_DOWN, TRANSFER_ARRIVAL, part};

impl Naive<'_> {
    pub(super) fn due_of_covid(&self, p: usize) -> impl Iterator<Item = (Key, Due)> + use<> {
        let record = &self.world.covid[p];
        let subject = u32::try_from(p).expect("few patients");
        let stage = match self.covid[p].at {
            Place::FirstWard(until) if record.needs_ic => Some((until, ARRIVAL)),
            Place::BetweenStays(until) => Some((until, ARRIVAL)),
            Place::Ic(until) if record.survives_ic => Some((until, STEP_DOWN)),
            Place::FirstWard(until) | Place::SecondWard(until) | Place::Ic(until) => {
                Some((until, DISCHARGE))
            }
            Place::Outside | Place::Blocked(_) | Place::AwaitsOutflow(_) | Place::Gone => None,
        };
        let tie = record.tie;
        let stage = stage.map(|(until, rank)| ((until.0, rank, tie, 0, subject), Due::CovidStage));
        let transfer = self.covid[p].moving.map(|(_, at)| {
            let key = (at.0, TRANSFER_ARRIVAL, tie, 1, subject);
            (key, Due::CovidTransfer)
        });
        stage.into_iter().chain(transfer)
    }

    pub(super) fn covid_arrives(&mut self, p: usize) {
        let record = self.world.covid[p];
        let h = record.hospital.idx();
        self.covid[p].hospital = h;
        self.tell(Word::CovidArrived, h, Some(p), 0);
        let Some(stay) = self.first_ward_stay(p) else {
            self.covid[p].at = Place::Gone;
            self.count_coming(h, WeekMeasure::CovidKeptAtHome);
            let who = i64::try_from(p).expect("few patients");
            self.decided_in_hospital(Word::KeptAtHome, Sentence::A06, h, who);
            return;
        };
        if record.needs_ic && record.first_ward == Minutes(0) {
            self.needs_ic(p);
        } else {
            self.covid[p].at = Place::FirstWard(self.now + stay);
        }
    }

    /// With A06 a part of those who never need the IC stays at home, and a part of the others goes
    /// home early.
    fn first_ward_stay(&self, p: usize) -> Option<Minutes> {
        let record = &self.world.covid[p];
        if record.needs_ic || !self.rules().framework(Sentence::A06) {
            return Some(record.first_ward);
        }
        let chain = &self.policy.chain;
        let mark = i64::from(record.home_mark);
        let come_in = i64::from(chain.inflow.0);
        let stay_home = 1_000 - come_in;
        let go_early = part(chain.home_oxygen, come_in);
        if mark < stay_home {
            return None;
        }
        let is_short = mark < stay_home + go_early;
        let short = Minutes(chain.home_oxygen_stay.of(record.first_ward.0));
        Some(if is_short { short } else { record.first_ward })
    }

    pub(super) fn covid_stage_ends(&mut self, p: usize) {
        let record = self.world.covid[p];
        let h = self.covid[p].hospital;
        match self.covid[p].at {
            Place::BetweenStays(_) => {
                self.covid[p].at = Place::Outside;
                self.ward_bed_is_free(h);
                self.needs_ic(p);
            }
            Place::FirstWard(_) if record.needs_ic => {
                self.covid[p].at = Place::Outside;
                self.ward_bed_is_free(h);
                self.needs_ic(p);
            }
            Place::FirstWard(_) | Place::SecondWard(_) => self.ready_to_go_home(p),
            Place::Ic(_) if record.survives_ic => {
                if self.ward_has_bed(h) {
                    self.steps_down(p);
                } else {
                    self.covid[p].at = Place::Blocked(self.draw_ticket());
                    self.count(h, WeekMeasure::StepDownsBlocked, 1);
                    self.tell(Word::StepDownBlocked, h, Some(p), 0);
                }
            }
            _ => {
                self.covid[p].at = Place::Gone;
                self.covid[p].moving = None;
                self.tell(Word::CovidDied, h, Some(p), 0);
            }
        }
    }

    /// From the IC to the ward of the same hospital; a move that was under way is off.
    fn steps_down(&mut self, p: usize) {
        let record = &self.world.covid[p];
        self.covid[p].at = match record.readmission {
            Some(again) if !self.covid[p].is_back => Place::BetweenStays(self.now + again.ward),
            _ => Place::SecondWard(self.now + record.second_ward),
        };
        self.covid[p].moving = None;
        self.tell(Word::CovidSteppedDown, self.covid[p].hospital, Some(p), 0);
    }

    pub(super) fn someone_waits_for_ward(&self, h: usize) -> bool {
        let waits = |patient: &super::state::Covid| {
            patient.hospital == h && matches!(patient.at, Place::Blocked(_))
        };
        self.covid.iter().any(waits)
    }

    /// Whoever waits longest on the IC for the ward takes the bed.
    pub(super) fn ward_bed_is_free(&mut self, h: usize) {
        if !self.ward_has_bed(h) {
            return;
        }
        let ticket = |p: &usize| match self.covid[*p].at {
            Place::Blocked(ticket) if self.covid[*p].hospital == h => Some(ticket),
            _ => None,
        };
        let waits = (0..self.covid.len()).filter(|p| ticket(p).is_some());
        if let Some(next) = waits.min_by_key(ticket) {
            self.steps_down(next);
        }
    }

    fn ready_to_go_home(&mut self, p: usize) {
        let h = self.covid[p].hospital;
        let r = self.region_of(h);
        let needs_place = u32::from(self.world.covid[p].vvt_mark) < self.model.covid.vvt_permille;
        let is_bounded = self.policy.chain.vvt_places_per_day.is_some();
        if !(is_bounded && needs_place) {
            self.goes_home(p);
        } else if self.next_for_place(r).is_none()
            && self.regions[r].places.is_none_or(|n| n >= 1_000)
        {
            self.regions[r].places = self.regions[r].places.map(|n| n - 1_000);
            self.goes_home(p);
        } else {
            self.covid[p].at = Place::AwaitsOutflow(self.draw_ticket());
            self.count(h, WeekMeasure::WardExitsBlocked, 1);
            self.tell(Word::WardExitBlocked, h, Some(p), 0);
        }
    }

    fn goes_home(&mut self, p: usize) {
        let h = self.covid[p].hospital;
        self.covid[p].at = Place::Gone;
        self.tell(Word::CovidDischarged, h, Some(p), 0);
        self.ward_bed_is_free(h);
    }

    /// Who has waited longest in the region for a nursing home or home care.
    fn next_for_place(&self, r: usize) -> Option<usize> {
        let ticket = |p: &usize| match self.covid[*p].at {
            Place::AwaitsOutflow(ticket) if self.region_of(self.covid[*p].hospital) == r => {
                Some(ticket)
            }
            _ => None,
        };
        let waits = (0..self.covid.len()).filter(|p| ticket(p).is_some());
        waits.min_by_key(ticket)
    }

    /// The places of a new day; whole places of yesterday are lost.
    pub(super) fn new_places(&mut self) {
        let Some(national) = self.policy.chain.vvt_places_per_day else {
            return;
        };
        for r in 0..self.regions.len() {
            let share = i64::from(self.model.regions[r].fair_share.population);
            let today = i64::from(national) * share / 1_000;
            let left = self.regions[r].places.unwrap_or(0) % 1_000;
            let mut places = left + today;
            while places >= 1_000
                && let Some(next) = self.next_for_place(r)
            {
                places -= 1_000;
                self.goes_home(next);
            }
            self.regions[r].places = Some(places);
        }
    }

    /// The IC stay that begins now.
    fn stay_to_come(&self, p: usize) -> Minutes {
        let record = self.world.covid[p];
        let again = record.readmission.filter(|_| self.covid[p].is_back);
        again.map_or(record.ic, |again| again.ic)
    }

    fn expected_stay(&self, p: usize) -> Minutes {
        let record = self.world.covid[p];
        let is_foreseen = u32::from(record.home_mark) < self.model.covid.foreseen_permille;
        let mean = self.model.covid.ic_stay.table.mean_ticks();
        if is_foreseen {
            self.stay_to_come(p)
        } else {
            Minutes(zorgdruk::numeric::clamp_to_u32(mean))
        }
    }

    fn is_refused(&self, p: usize) -> bool {
        let acts = self.rules().plan(Sentence::L05) && self.complies(self.covid[p].hospital);
        let longest = self.phase().longest_ic_stay.filter(|_| acts);
        longest.is_some_and(|longest| self.expected_stay(p) > longest)
    }

    fn needs_ic(&mut self, p: usize) {
        let h = self.covid[p].hospital;
        let record = self.world.covid[p];
        if self.covid[p].was_on_ic {
            self.covid[p].is_back = true;
            self.count(h, WeekMeasure::CovidReadmissions, 1);
            self.tell(Word::CovidNeedsIcAgain, h, Some(p), 0);
        }
        self.covid[p].was_on_ic = true;
        self.count_coming(h, WeekMeasure::CovidIcAdmissions);
        if self.is_past_start() && self.is_refused(p) {
            let survivors = i64::from(record.survives_ic);
            self.count(h, WeekMeasure::CovidNotAdmitted, 1);
            self.count(h, WeekMeasure::CovidNotAdmittedSurvivors, survivors);
            let expected = i64::from(self.expected_stay(p).0);
            self.record(
                Word::CovidNotAdmitted,
                Some(Sentence::L05),
                (h, Some(p)),
                expected,
            );
            self.covid[p].at = Place::SecondWard(self.now + self.model.covid.stay_without_ic);
            return;
        }
        if self.is_past_start() {
            self.needs.push((self.today(), h));
        }
        let is_coordinated = self.rules().plan(Sentence::L04);
        let mut elsewhere = None;
        if !self.has_bed_for_covid(h) {
            let r = self.region_of(h);
            let may_move = self.policy.levers.moves_per_patient > 0 && self.can_arrange(r);
            if is_coordinated && may_move && self.can_travel(p) {
                elsewhere = self.with_room(r).first().copied();
            }
            if elsewhere.is_none() {
                self.count_coming(h, WeekMeasure::CovidWithoutBed);
                self.tell(Word::CovidWithoutBed, h, Some(p), 0);
            }
        }
        let Some(place) = self.place_near(h) else {
            self.covid[p].at = Place::Gone;
            self.count(h, WeekMeasure::CovidExported, 1);
            self.tell(Word::CovidExported, h, Some(p), 0);
            return;
        };
        let stay = self.stay_to_come(p);
        self.covid[p].hospital = place;
        self.covid[p].at = Place::Ic(self.now + stay);
        self.tell(Word::CovidIcAdmitted, place, Some(p), i64::from(stay.0));
        if let Some(to) = elsewhere.filter(|to| *to != place) {
            self.starts_transfer(p, to);
        }
    }

    pub(super) fn can_travel(&self, p: usize) -> bool {
        let mark = u32::from(self.world.covid[p].transfer_mark);
        mark < self.model.covid.transferable_permille
    }

    pub(super) fn starts_transfer(&mut self, p: usize, to: usize) {
        let r = self.region_of(self.covid[p].hospital);
        if self.region_of(to) == r {
            let today = self.today();
            self.regions[r].arranged.push(today);
        }
        let [first, last] = self.model.covid.transport_minutes;
        let minute = self.now.0 % 1_440;
        let waits = match () {
            () if minute < first => first - minute,
            () if minute >= last => 1_440 - minute + first,
            () => 0,
        };
        let leaves = self.now + Minutes(waits);
        self.covid[p].moving = Some((to, leaves + self.model.covid.transfer_time));
    }

    /// Whether the center of a region has moves left for today.
    pub(super) fn can_arrange(&self, r: usize) -> bool {
        let today = self.today();
        let arranged = self.regions[r].arranged.iter().filter(|day| **day == today);
        let most = self.policy.levers.regional_moves_per_day;
        self.rules().plan(Sentence::L04) && super::length(arranged) < i64::from(most)
    }

    /// The stay goes on in the other hospital. Who waits for a ward bed waits for one there.
    pub(super) fn transfer_arrives(&mut self, p: usize) {
        let Some((to, _)) = self.covid[p].moving.take() else {
            return;
        };
        let from = self.covid[p].hospital;
        self.covid[p].hospital = to;
        self.covid[p].been.push(from);
        self.covid[p].moved_at = Some(self.now);
        if self.covid[p].been.len() == 1 {
            self.count(from, WeekMeasure::CovidMoved, 1);
        }
        if self.region_of(from) == self.region_of(to) {
            self.count(from, WeekMeasure::TransfersWithin, 1);
        } else {
            self.count(from, WeekMeasure::TransfersOut, 1);
            self.count(to, WeekMeasure::TransfersIn, 1);
        }
        let value = i64::try_from(from).expect("few hospitals");
        self.tell(Word::CovidTransferred, to, Some(p), value);
        if matches!(self.covid[p].at, Place::Blocked(_)) {
            if self.ward_has_bed(to) {
                self.steps_down(p);
            } else {
                self.covid[p].at = Place::Blocked(self.draw_ticket());
            }
        }
    }

    /// The patient of `h` who is moved to `to` first: fit for transport, not on the way, not moved too
    /// often or within a day, and never in `to` before; lowest mark.
    pub(super) fn first_to_move(&self, h: usize, to: usize) -> Option<usize> {
        let rules = self.rules();
        let may_move = rules.plan(Sentence::L04);
        let most = self.policy.levers.moves_per_patient;
        let goes = |p: &usize| {
            let patient = &self.covid[*p];
            let on_ic = matches!(patient.at, Place::Ic(_));
            let is_rested = |at: zorgdruk::units::SimTime| self.now.0 >= at.0 + 1_440;
            on_ic
                && patient.hospital == h
                && patient.moving.is_none()
                && patient.been.len() < usize::from(most)
                && patient.moved_at.is_none_or(is_rested)
                && !patient.been.contains(&to)
        };
        (0..self.covid.len())
            .filter(|_| may_move)
            .filter(goes)
            .filter(|p| self.can_travel(*p))
            .min_by_key(|p| (self.world.covid[*p].transfer_mark, *p))
    }
}
