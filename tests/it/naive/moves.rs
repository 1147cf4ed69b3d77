//! Moves of COVID IC patients that the centers arrange.

use zorgdruk::outcome::Word;
use zorgdruk::policy::fair_share;
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::PerMille;

use super::Naive;

impl Naive<'_> {
    /// One by one from the region most above its share to the one most below it.
    pub(super) fn moves_between_regions(&mut self) {
        let nation = self.report_of_nation().covid_ic;
        let is_solidary = self.rules().framework(Sentence::A13);
        let solidarity = if is_solidary {
            self.policy.levers.solidarity_share
        } else {
            PerMille::ZERO
        };
        let mut above: Vec<i64> = (0..self.regions.len())
            .map(|r| {
                self.share_of_task(r).map_or(0, |share| {
                    let asked = fair_share::requested(share, nation);
                    let offered = self.regions[r].offered;
                    fair_share::surplus(&self.report_of_region(r), asked, offered, solidarity)
                })
            })
            .collect();
        for _ in 0..self.policy.levers.moves_per_day {
            let numbers = || above.iter().copied().zip(0..);
            let from = super::highest(numbers()).expect("a region");
            let to = super::highest(numbers().map(|(n, r)| (-n, r))).expect("a region");
            if above[from] <= 0 || above[to] >= 0 {
                return;
            }
            let Some(place) = self.roomiest(to) else {
                return;
            };
            let Some((_, patient)) = self.someone_to_move(from, None) else {
                return;
            };
            self.starts_transfer(patient, place);
            let is_beyond = self.report_of_region(to).covid_ic >= self.regions[to].requested;
            let (what, rule) = if is_beyond {
                (Word::MovedInSolidarity, Sentence::A13)
            } else {
                (Word::MovedForFairShare, Sentence::A15)
            };
            let value = i64::try_from(to).expect("few regions");
            self.decided_in_region(what, rule, from, value);
            above[from] -= 1;
            above[to] += 1;
        }
    }

    /// At midday each region helps its own hospitals that are over their staffed beds.
    pub(super) fn moves_within_regions(&mut self) {
        if !self.rules().framework(Sentence::A13) {
            return;
        }
        for r in 0..self.regions.len() {
            for _ in 0..self.policy.levers.regional_moves_per_day {
                if let Some((patient, to)) = self.relief(r) {
                    self.starts_transfer(patient, to);
                } else if let Some((patient, to)) = self.concentrating_move(r) {
                    self.starts_transfer(patient, to);
                    let who = i64::try_from(patient).expect("few patients");
                    self.decided_in_hospital(Word::MovedToConcentrate, Sentence::A29, to, who);
                } else {
                    break;
                }
            }
        }
    }

    fn relief(&self, r: usize) -> Option<(usize, usize)> {
        let (sender, patient) = self.someone_to_move(r, Some(0))?;
        let receiver = self.roomiest(r).filter(|receiver| *receiver != sender)?;
        Some((patient, receiver))
    }

    /// A patient of the fullest hospital that has one who can travel, among hospitals with more
    /// than `least` patients above their staffed beds.
    fn someone_to_move(&self, r: usize, least: Option<i64>) -> Option<(usize, usize)> {
        let pressure = |h: usize| self.committed(h) - self.hospitals[h].staffed;
        let senders = self
            .in_region(r)
            .into_iter()
            .filter(|h| least.is_none_or(|least| pressure(*h) > least))
            .filter(|h| self.first_to_move(*h).is_some());
        let sender = super::highest(senders.map(|h| (pressure(h), h)))?;
        Some((sender, self.first_to_move(sender)?))
    }

    fn concentrating_move(&self, r: usize) -> Option<(usize, usize)> {
        self.concentration(r)?;
        let above = |h: usize| {
            (self.covid_on_ic(h) + self.covid_coming(h)) * 1_000 - self.hospitals[h].allocation
        };
        let hospitals = self.in_region(r);
        let senders = hospitals.iter().map(|h| (above(*h), *h));
        let sender = super::highest(senders.filter(|(n, _)| *n > 1_000))?;
        let receivers = hospitals
            .iter()
            .filter(|h| self.complies(**h) && self.has_bed_for_covid(**h))
            .map(|h| (-above(*h), *h));
        let receiver = super::highest(receivers.filter(|(n, _)| *n > 1_000))?;
        Some((self.first_to_move(sender)?, receiver))
    }
}
