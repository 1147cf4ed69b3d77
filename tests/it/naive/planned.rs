//! IC-dependent planned patients.

use zorgdruk::outcome::{DisplacementEvent, FinalStatus, Lack, WeekMeasure, Word};
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{Day, SimTime, UrgencyClass};
use zorgdruk::world::{ListExit, PlannedPatient};

use super::state::Care;
use super::{DISCHARGE, Due, Key, Naive, PLANNED_ADMISSION, STEP_DOWN};

impl Naive<'_> {
    pub(super) fn due_of_planned(&self, p: usize) -> Option<(Key, Due)> {
        let record = self.as_now(p);
        let (until, rank, due) = match self.planned[p].at {
            Care::Outside | Care::Gone => return None,
            Care::Waiting | Care::Dated(_) => {
                let after = record.list_exit.1;
                (record.indicated + after, DISCHARGE, Due::PlannedListExit)
            }
            Care::InOperation(until) => (until, PLANNED_ADMISSION, Due::PlannedCare),
            Care::OnIc(_) | Care::OnIcAsAcute(_) if self.planned[p].blocked.is_some() => {
                return None;
            }
            Care::OnIc(until) | Care::OnIcAsAcute(until) => match self.planned[p].promised {
                Some(at) => (at, STEP_DOWN, Due::PlannedStepDown),
                None => (until, DISCHARGE, Due::PlannedCare),
            },
        };
        let subject = u32::try_from(p).expect("few patients");
        Some(((until.0, rank, record.tie, due as u32, subject), due))
    }

    /// Patients who wait in `h` without a date, most urgent first.
    pub(super) fn waiting(&self, h: usize) -> Vec<usize> {
        let waits = |p: &usize| self.planned[*p].at == Care::Waiting;
        let mut list: Vec<usize> = (0..self.planned.len())
            .filter(|p| self.planned[*p].hospital == h && waits(p))
            .collect();
        list.sort_by_key(|p| self.urgency(*p));
        list
    }

    /// Patients of `h` with a date on one of `days`, day by day and most urgent first.
    pub(super) fn dated(&self, h: usize, days: impl Fn(Day) -> bool) -> Vec<usize> {
        let mut list: Vec<(Day, usize)> = (0..self.planned.len())
            .filter(|p| self.planned[*p].hospital == h)
            .filter_map(|p| match self.planned[p].at {
                Care::Dated(day) if days(day) => Some((day, p)),
                _ => None,
            })
            .collect();
        list.sort_by_key(|(day, p)| (*day, self.urgency(*p)));
        list.into_iter().map(|(_, p)| p).collect()
    }

    /// A patient with the class of today and the last day within its norm.
    pub(super) fn as_now(&self, p: usize) -> PlannedPatient {
        let mut record = self.world.planned[p];
        if self.planned[p].is_class_3_now
            && let Some(change) = record.reclassification
        {
            record.class = UrgencyClass::KritiekPlanbareZorg;
            record.due = change.due;
        }
        record
    }

    /// The moment at which a waiting patient becomes more urgent.
    pub(super) fn due_of_change(&self, p: usize) -> Option<(Key, Due)> {
        let record = &self.world.planned[p];
        let waits = matches!(self.planned[p].at, Care::Waiting | Care::Dated(_));
        let is_open = waits && !self.planned[p].is_class_3_now;
        let change = record.reclassification.filter(|_| is_open)?;
        let at = record.indicated + change.after;
        let due = Due::PlannedReclassification;
        let subject = u32::try_from(p).expect("few patients");
        Some(((at.0, DISCHARGE, record.tie, due as u32, subject), due))
    }

    pub(super) fn becomes_class_3(&mut self, p: usize) {
        self.planned[p].is_class_3_now = true;
        let h = self.planned[p].hospital;
        self.count(h, WeekMeasure::ReclassifiedClass3, 1);
        let due = i64::from(self.as_now(p).due.0);
        self.tell(Word::PlannedReclassified, h, Some(p), due);
    }

    pub(super) fn urgency(&self, p: usize) -> (UrgencyClass, Day, usize) {
        let record = self.as_now(p);
        (record.class, record.due, p)
    }

    pub(super) fn planned_indicated(&mut self, p: usize) {
        let h = self.world.planned[p].hospital.idx();
        self.planned[p].at = Care::Waiting;
        self.tell(Word::PlannedIndicated, h, Some(p), 0);
    }

    pub(super) fn give_date(&mut self, p: usize, day: Day) {
        let record = self.as_now(p);
        let offer_days = self.model.planned.offer_days_before_norm;
        let is_late = self.today().0 > record.due.0.saturating_sub(offer_days);
        let events = self.planned[p].events;
        let is_first = !events.is_disrupted() && events.of(DisplacementEvent::NoDateOffered) == 0;
        if is_first && is_late && record.class != UrgencyClass::SemiAcute {
            self.planned[p].events.add(DisplacementEvent::NoDateOffered);
        }
        self.planned[p].at = Care::Dated(day);
        let value = i64::from(day.0);
        self.tell(Word::PlannedDated, self.planned[p].hospital, Some(p), value);
    }

    /// Back to the list without a date.
    pub(super) fn disrupt(&mut self, p: usize, event: DisplacementEvent, lack: Lack) {
        let today = self.today();
        let h = self.planned[p].hospital;
        self.planned[p].events.add(event);
        self.planned[p].first_disruption.get_or_insert(today);
        self.planned[p].at = Care::Waiting;
        if self.as_now(p).class == UrgencyClass::KritiekPlanbareZorg {
            let kind = match event {
                DisplacementEvent::MovedInTime => WeekMeasure::MovedInTimeClass3,
                DisplacementEvent::MovedLate => WeekMeasure::MovedLateClass3,
                _ => WeekMeasure::CancelledOnTheDayClass3,
            };
            self.count(h, WeekMeasure::DisruptionsClass3, 1);
            self.count(h, kind, 1);
            let r = self.region_of(h);
            self.regions[r].has_disrupted = true;
            let others = self.in_region(self.region_of(h));
            let runs = |h: &usize| self.hospitals[*h].last_activity[1..].iter().sum::<i64>() > 0;
            let could_help = match lack {
                Lack::Bed | Lack::KeptBed | Lack::ExpectedBed => {
                    let rest = self.hospitals[h].decided + self.exchanged(h);
                    self.most_support(h) - rest >= 1_000
                }
                Lack::Team => true,
                Lack::StreamTeam => self.hospitals[h].stream_teams_away,
                Lack::Class => false,
            };
            if could_help && others.iter().any(runs) {
                self.count(h, WeekMeasure::DisruptionsTooEarlyClass3, 1);
            }
        }
        let sentence = match lack {
            Lack::KeptBed => Sentence::A04,
            Lack::Class => Sentence::L03,
            Lack::ExpectedBed => Sentence::A20,
            Lack::Bed | Lack::Team | Lack::StreamTeam => Sentence::A18,
        };
        let what = (Word::PlannedDisrupted, event.number());
        self.record_lack(what, Some(sentence), (h, Some(p)), Some(lack));
    }

    /// The first incision is half an hour after the program is decided on; the IC bed is needed when the operation is over.
    pub(super) fn operation_begins(&mut self, p: usize) {
        let record = self.as_now(p);
        let (today, h) = (self.today(), self.planned[p].hospital);
        self.planned[p].resolved = Some((today, self.status_today(p)));
        let decided = self.model.clocks.operating_rooms.minute;
        let end = SimTime::on(today, decided + 30) + record.or_time;
        self.planned[p].at = Care::InOperation(end);
        self.operated.push((today, h, record.class));
        let measure = match record.class {
            UrgencyClass::SemiAcute => WeekMeasure::OperatedIcClass2,
            UrgencyClass::KritiekPlanbareZorg => WeekMeasure::OperatedIcClass3,
            _ => WeekMeasure::OperatedIcClass45,
        };
        self.count(h, measure, 1);
        if record.class == UrgencyClass::SemiAcute && today > record.due {
            self.count(h, WeekMeasure::OperatedLateIcClass2, 1);
        }
        self.tell(
            Word::PlannedOperated,
            h,
            Some(p),
            i64::from(record.or_time.0),
        );
    }

    fn status_today(&self, p: usize) -> FinalStatus {
        let record = self.as_now(p);
        let h = self.planned[p].hospital;
        let is_own = h == record.hospital.idx();
        let is_near = self.region_of(h) == record.region.idx();
        if self.today() <= record.due {
            match (is_own, is_near) {
                (true, _) => FinalStatus::OnTimeOwn,
                (false, true) => FinalStatus::OnTimeInRegion,
                (false, false) => FinalStatus::OnTimeElsewhere,
            }
        } else if is_own {
            FinalStatus::LateOwn
        } else {
            FinalStatus::LateElsewhere
        }
    }

    pub(super) fn planned_care_ends(&mut self, p: usize) {
        let h = self.planned[p].hospital;
        if let Care::InOperation(_) = self.planned[p].at {
            self.planned[p].at = Care::OnIc(self.now + self.world.planned[p].ic_stay);
            self.tell(Word::PlannedIcAdmitted, h, Some(p), 0);
        } else if self.ward_takes_one(h) {
            self.planned_leaves(p);
        } else {
            self.planned[p].blocked = Some(self.draw_ticket());
            self.count(h, WeekMeasure::OtherStepDownsBlocked, 1);
            self.tell(Word::PlannedStepDownBlocked, h, Some(p), 0);
        }
    }

    pub(super) fn planned_leaves(&mut self, p: usize) {
        self.planned[p].at = Care::Gone;
        self.planned[p].promised = None;
        self.tell(Word::PlannedLeft, self.planned[p].hospital, Some(p), 0);
    }

    pub(super) fn planned_wait_ends(&mut self, p: usize) {
        let record = self.as_now(p);
        let status = match record.list_exit.0 {
            ListExit::Deterioration => FinalStatus::BecameAcute,
            ListExit::Death => FinalStatus::DiedOrUnfit,
            ListExit::Withdrawal => FinalStatus::Withdrew,
        };
        let until = self.now + record.ic_stay;
        self.planned[p].resolved = Some((self.today(), status));
        self.planned[p].at = Care::Gone;
        if status == FinalStatus::BecameAcute {
            self.planned[p].at = Care::OnIcAsAcute(until);
            self.planned[p].events.add(DisplacementEvent::BecameAcute);
        }
        let h = self.planned[p].hospital;
        self.tell(Word::PlannedWaitEnded, h, Some(p), status.number());
    }

    /// A date in another hospital.
    pub(super) fn relocate(&mut self, p: usize, to: usize, day: Day) {
        let from = self.planned[p].hospital;
        let event = if self.region_of(from) == self.region_of(to) {
            DisplacementEvent::MovedHospital
        } else {
            DisplacementEvent::MovedRegion
        };
        self.planned[p].events.add(event);
        self.planned[p].hospital = to;
        self.count(from, WeekMeasure::RelocatedClass3, 1);
        let value = i64::try_from(from).expect("few hospitals");
        self.tell(Word::PlannedRelocated, to, Some(p), value);
        self.give_date(p, day);
    }
}
