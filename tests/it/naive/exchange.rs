//! Freed people go where they are lacking, for a week.

use zorgdruk::outcome::Word;
use zorgdruk::policy::sentence::Sentence;

use super::{Naive, part};

impl Naive<'_> {
    pub(super) fn exchange_staff(&mut self) {
        for r in 0..self.regions.len() {
            for h in self.in_region(r) {
                let hospital = &mut self.hospitals[h];
                hospital.idle += hospital.sent;
                hospital.sent = 0;
                hospital.received = 0;
            }
            self.exchange_within(r);
        }
    }

    fn exchange_within(&mut self, r: usize) {
        let mut short: Vec<(usize, i64)> = Vec::new();
        for h in self.in_region(r) {
            let planning = self.planning(h);
            let lacking = i64::from(self.need(&planning)) - i64::from(planning.capacity_milli());
            short.push((
                h,
                lacking.min(self.most_support(h) - self.hospitals[h].decided),
            ));
        }
        let per_team = i64::from(self.model.staff.milli_beds_per_team);
        loop {
            let senders = self
                .in_region(r)
                .into_iter()
                .filter(|h| self.hospitals[*h].received == 0 && self.people_to_spare(*h) >= 250);
            let senders = senders.map(|h| (self.people_to_spare(h), self.order_of_hospital(h), h));
            let sender = super::ranked(senders.collect()).first().copied();
            let receivers = short.iter().filter(|(h, _)| self.hospitals[*h].sent == 0);
            let receivers = receivers.map(|(h, n)| (*n, self.order_of_hospital(*h), *h));
            let receiver = super::ranked(receivers.collect()).first().copied();
            let (Some(from), Some(to)) = (sender, receiver) else {
                return;
            };
            let lacks = short
                .iter_mut()
                .find(|(h, _)| *h == to)
                .expect("one of them");
            let wanted = (lacks.1 * 1_000 / per_team.max(1)).max(250);
            let n = self.people_to_spare(from).min(wanted);
            lacks.1 -= n * per_team.max(1) / 1_000;
            self.hospitals[from].idle -= n;
            self.hospitals[from].sent += n;
            self.hospitals[to].received += n;
            self.decided_in_hospital(Word::StaffExchanged, Sentence::A13, to, n);
        }
    }

    /// People, in thousandths of a team, whom a hospital that keeps to agreements can still send.
    pub(super) fn people_to_spare(&self, h: usize) -> i64 {
        let hospital = &self.hospitals[h];
        if !self.rules().framework(Sentence::A13) || !self.complies(h) {
            return 0;
        }
        let most = part(
            self.policy.levers.exchange_share,
            hospital.idle + hospital.sent,
        );
        (most - hospital.sent).max(0)
    }

    /// Beds that rest on staff of other hospitals, in thousandths.
    pub(super) fn exchanged(&self, h: usize) -> i64 {
        self.hospitals[h].received * i64::from(self.model.staff.milli_beds_per_team) / 1_000
    }
}
