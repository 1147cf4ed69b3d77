//! From the IC to the ward, for patients without COVID.

use zorgdruk::units::SimTime;

use super::{Naive, part};

/// Somebody who waits on the IC for the ward.
#[derive(Debug, Clone, Copy)]
enum Waiting {
    Acute(usize),
    Planned(usize),
}

impl Naive<'_> {
    fn limits_step_downs(&self, h: usize) -> bool {
        let has_places = self.tables.hospitals[h].planned_inpatients_milli > 0;
        self.model.staff.ward.step_down.is_some() && has_places
    }

    /// Whether the ward takes somebody who is ready now. Who waits already goes first.
    pub(super) fn ward_takes_one(&mut self, h: usize) -> bool {
        if !self.limits_step_downs(h) {
            return true;
        }
        let goes = self.first_to_step_down(h).is_none() && self.hospitals[h].ward_room >= 1_000;
        if goes {
            self.hospitals[h].ward_room -= 1_000;
        }
        goes
    }

    /// Who has waited longest on the IC of `h` for the ward.
    fn first_to_step_down(&self, h: usize) -> Option<Waiting> {
        let acute = self.acute.iter().enumerate();
        let acute = acute
            .filter(|(_, patient)| patient.on_ic.is_some_and(|(at, _)| at == h))
            .filter_map(|(p, patient)| Some((patient.blocked?, Waiting::Acute(p))));
        let planned = self.planned.iter().enumerate();
        let planned = planned
            .filter(|(_, patient)| patient.hospital == h)
            .filter_map(|(p, patient)| Some((patient.blocked?, Waiting::Planned(p))));
        let first = acute.chain(planned).min_by_key(|(ticket, _)| *ticket);
        first.map(|(_, patient)| patient)
    }

    /// In the morning those who wait are first to get a place: of the new day's room, then of its operations.
    pub(super) fn step_down_in_the_morning(&mut self, h: usize) {
        let Some(share) = self.model.staff.ward.step_down else {
            return;
        };
        let usual = i64::from(self.tables.hospitals[h].step_downs_per_day_milli);
        let (free, places) = self.ward_places(h);
        let new = part(share, usual) * free / places;
        self.hospitals[h].ward_room = self.hospitals[h].ward_room.min(1_000) + new;
        self.hospitals[h].given_way = 0;
        while let Some(patient) = self.first_to_step_down(h) {
            if self.hospitals[h].ward_room >= 1_000 {
                self.hospitals[h].ward_room -= 1_000;
            } else if self.ward_capacity(h) >= 1_000 {
                self.hospitals[h].given_way += 1_000;
            } else {
                return;
            }
            // Wards have discharged others by then.
            let free = SimTime::on(self.today(), self.model.clocks.ward_discharge.minute);
            match patient {
                Waiting::Acute(p) => {
                    self.acute[p].blocked = None;
                    self.acute[p].promised = Some(free);
                }
                Waiting::Planned(p) => {
                    self.planned[p].blocked = None;
                    self.planned[p].promised = Some(free);
                }
            }
        }
    }
}
