//! A weekday in the clinics.

use zorgdruk::outcome::{WeekMeasure, Word};
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::PerMille;

use super::{Naive, part};

/// What one clinic does today, in thousandths of an operation.
struct Weekday {
    done: i64,
    lost: i64,
    followed_up: i64,
}

impl Naive<'_> {
    /// Hours that clinics have for operations of hospitals today.
    pub(super) fn clinics_offer_hours(&mut self) {
        let moves = self.rules().clinics(Sentence::Z28);
        for r in 0..self.regions.len() {
            self.regions[r].open_hours = 0;
        }
        for clinic in 0..self.model.clinics.clinics.len() {
            let r = self.model.clinics.clinics[clinic].region.idx();
            let open = part(
                self.policy.levers.moved_care_share,
                self.weekday(clinic).done,
            );
            self.regions[r].open_hours += if moves { open } else { 0 };
        }
    }

    /// Operations of class 3 without IC, then of class 4, go to clinics before the hospital operates.
    pub(super) fn clinics_take_over(&mut self, h: usize) -> [i64; 3] {
        let r = self.region_of(h);
        let mut moved = [0; 3];
        let measures = [
            WeekMeasure::OperationsMovedClass3,
            WeekMeasure::OperationsMovedClass4,
        ];
        for (class, measure) in measures.into_iter().enumerate() {
            let new = i64::from(self.tables.hospitals[h].operations_milli[class]);
            let n = (self.hospitals[h].backlog[class] + new).min(self.regions[r].open_hours);
            if n > 0 {
                moved[class] = n;
                self.regions[r].open_hours -= n;
                self.regions[r].taken_over += n;
                self.count(h, measure, n);
                self.decided_in_hospital(Word::CareMoved, Sentence::Z28, h, n);
            }
        }
        moved
    }

    pub(super) fn clinics_produce(&mut self) {
        for clinic in 0..self.model.clinics.clinics.len() {
            let day = self.weekday(clinic);
            let record = &self.model.clinics.clinics[clinic];
            let (r, price) = (record.region.idx(), record.price.0);
            let region = &mut self.regions[r];
            let for_hospitals = region.taken_over.min(day.done);
            region.taken_over -= for_hospitals;
            region.places = region.places.map(|n| (n - day.followed_up).max(0));
            self.count_region(r, WeekMeasure::ClinicOperations, day.done - for_hospitals);
            self.count_region(r, WeekMeasure::ClinicOperationsLost, day.lost);
            self.count_region(r, WeekMeasure::ClinicValueLost, day.lost * price / 1_000);
        }
    }

    fn weekday(&self, clinic: usize) -> Weekday {
        let record = &self.model.clinics.clinics[clinic];
        let rules = self.rules();
        let withholds = rules.clinics(Sentence::Z11);
        let offered = if withholds {
            1_000 - record.follow_up.0
        } else {
            1_000
        };
        let usual = part(
            self.clinic_activity(),
            record.milli_operations_per_block.into(),
        );
        let per_team = part(PerMille(offered), usual);
        let teams = usize::from(record.n_workers.div_ceil(record.workers_per_block.max(1)));
        let lent = (0..teams).map(|block| self.lent_by(clinic, block));
        let lost = if self.has(Sentence::Z26) {
            super::length(lent.filter(|n| *n > 0)) * per_team
        } else {
            lent.sum::<i64>() * per_team / i64::from(record.workers_per_block.max(1))
        };
        let all = i64::try_from(teams).expect("few teams") * per_team;
        let done = (all - lost).max(0);
        let spares_home_care = withholds || rules.clinics(Sentence::Z05);
        let followed_up = if spares_home_care {
            0
        } else {
            part(record.follow_up, done)
        };
        Weekday {
            done,
            lost,
            followed_up,
        }
    }

    /// Clinics go on, unless a rule that says so is off: then they follow hospitals' class 4.
    fn clinic_activity(&self) -> PerMille {
        let has_begun =
            |from: Option<zorgdruk::units::Day>| from.is_some_and(|from| from <= self.today());
        let goes_on = if self.is_heaviest_phase() {
            self.has(Sentence::Z27) || !has_begun(self.policy.clinic_policy_from)
        } else {
            self.has(Sentence::A43) || !has_begun(self.policy.supplement_from)
        };
        if goes_on {
            PerMille::ONE
        } else {
            self.phase().max_activity[1].min(PerMille::ONE)
        }
    }
}
