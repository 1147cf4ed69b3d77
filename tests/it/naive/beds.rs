//! IC and ward beds, counted patient by patient.

use zorgdruk::units::UrgencyClass;

use super::state::{Care, Place};
use super::{Naive, length};

impl Naive<'_> {
    pub(super) fn covid_on_ic(&self, h: usize) -> i64 {
        let there = self.covid.iter().filter(|patient| patient.hospital == h);
        length(there.filter(|patient| matches!(patient.at, Place::Ic(_) | Place::Blocked(_))))
    }

    pub(super) fn covid_coming(&self, h: usize) -> i64 {
        let moving = self.covid.iter().filter_map(|patient| patient.moving);
        length(moving.filter(|(to, _)| *to == h))
    }

    pub(super) fn acute_on_ic(&self, h: usize) -> i64 {
        let acute = self.acute.iter().filter_map(|patient| patient.on_ic);
        let own = length(acute.filter(|(at, _)| *at == h));
        let turned = self.planned.iter().filter(|patient| patient.hospital == h);
        own + length(turned.filter(|patient| matches!(patient.at, Care::OnIcAsAcute(_))))
    }

    pub(super) fn planned_on_ic(&self, h: usize) -> i64 {
        let there = self.planned.iter().filter(|patient| patient.hospital == h);
        length(there.filter(|patient| matches!(patient.at, Care::OnIc(_))))
    }

    pub(super) fn in_operation(&self, h: usize) -> i64 {
        let there = self.planned.iter().filter(|patient| patient.hospital == h);
        length(there.filter(|patient| matches!(patient.at, Care::InOperation(_))))
    }

    pub(super) fn occupied(&self, h: usize) -> i64 {
        self.covid_on_ic(h) + self.acute_on_ic(h) + self.planned_on_ic(h)
    }

    /// Patients in beds, and those for whom a bed is held.
    pub(super) fn committed(&self, h: usize) -> i64 {
        self.occupied(h) + self.in_operation(h) + self.covid_coming(h)
    }

    pub(super) fn overload(&self, h: usize) -> i64 {
        (self.occupied(h) - self.hospitals[h].staffed).max(0)
    }

    /// Patients beyond the beds of normal nursing whom stretched nurses look after.
    pub(super) fn stretched(&self, h: usize) -> i64 {
        let hospital = &self.hospitals[h];
        (self.occupied(h).min(hospital.staffed) - hospital.unstretched).max(0)
    }

    /// Beds that nurses look after.
    pub(super) fn staffed_in_use(&self, h: usize) -> i64 {
        self.hospitals[h].unstretched + self.stretched(h)
    }

    pub(super) fn free(&self, h: usize) -> i64 {
        (self.hospitals[h].staffed - self.committed(h)).max(0)
    }

    /// Protected beds that patients of classes 2 and 3 have not filled.
    pub(super) fn kept_empty(&self, h: usize) -> i64 {
        let fills = |p: &usize| {
            let is_critical = self.as_now(*p).class <= UrgencyClass::KritiekPlanbareZorg;
            let state = &self.planned[*p];
            let is_there = matches!(state.at, Care::OnIc(_) | Care::InOperation(_));
            state.hospital == h && is_critical && is_there
        };
        let filled = length((0..self.planned.len()).filter(fills));
        (self.hospitals[h].protected - filled).max(0)
    }

    /// Whether a COVID patient gets a staffed bed.
    pub(super) fn has_bed_for_covid(&self, h: usize) -> bool {
        self.free(h) > self.kept_empty(h)
    }

    pub(super) fn physical(&self, h: usize) -> i64 {
        i64::from(self.model.hospitals[h].physical_beds.0)
    }

    /// A hospital with a bed place: the own one, or the emptiest of the region.
    pub(super) fn place_near(&self, own: usize) -> Option<usize> {
        let room = |h: usize| self.physical(h) - self.committed(h);
        if room(own) > 0 {
            return Some(own);
        }
        let region = self.in_region(self.region_of(own)).into_iter();
        let ranked = super::ranked(
            region
                .map(|h| (room(h), self.order_of_hospital(h), h))
                .collect(),
        );
        ranked.first().copied()
    }

    /// Hospitals of a region with room for COVID patients that keep to agreements, roomiest first.
    pub(super) fn with_room(&self, r: usize) -> Vec<usize> {
        let ready = (self.in_region(r).into_iter())
            .filter(|h| self.has_bed_for_covid(*h) && self.complies(*h));
        let room = |h: usize| self.free(h) - self.kept_empty(h);
        super::ranked(
            ready
                .map(|h| (room(h), self.order_of_hospital(h), h))
                .collect(),
        )
    }

    /// COVID patients on the ward.
    pub(super) fn on_ward(&self, h: usize) -> i64 {
        let there = self.covid.iter().filter(|patient| patient.hospital == h);
        length(there.filter(|patient| {
            matches!(
                patient.at,
                Place::FirstWard(_)
                    | Place::BetweenStays(_)
                    | Place::SecondWard(_)
                    | Place::AwaitsOutflow(_)
            )
        }))
    }

    pub(super) fn ward_has_bed(&self, h: usize) -> bool {
        let beds = i64::from(self.model.hospitals[h].covid_ward_beds.0);
        self.on_ward(h) < beds + self.hospitals[h].extra_ward
    }

    pub(super) fn book_beds(&mut self, h: usize, span: i64) {
        let hospital = &self.hospitals[h];
        let beds = [
            self.covid_on_ic(h),
            self.acute_on_ic(h),
            self.planned_on_ic(h),
            self.staffed_in_use(h),
            self.stretched(h),
            self.overload(h),
            hospital.converted,
        ];
        for (booked, beds) in self.hospitals[h].bed_minutes.iter_mut().zip(beds) {
            *booked += beds * span;
        }
    }
}
