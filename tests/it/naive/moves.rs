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
                let report = self.report_of_region(r);
                let lacking = i64::from(report.overload) - i64::from(report.room);
                self.share_of_task(r).map_or(lacking, |share| {
                    let asked = fair_share::requested(share, nation);
                    let offered = self.regions[r].offered;
                    fair_share::surplus(&report, asked, offered, solidarity)
                })
            })
            .collect();
        for _ in 0..self.policy.levers.moves_per_day {
            let regions = |sign: i64| {
                let numbers = above.iter().zip(0..);
                super::ranked(
                    numbers
                        .map(|(n, r)| (sign * n, self.order_of_region(r), r))
                        .collect(),
                )
            };
            let mut pairs = regions(1)
                .into_iter()
                .flat_map(|from| regions(-1).into_iter().map(move |to| (from, to)));
            let served = pairs
                .find_map(|(from, to)| Some(((from, to), self.someone_to_move(from, None, to)?)));
            let Some(((from, to), (patient, place))) = served else {
                return;
            };
            self.starts_transfer(patient, place);
            let is_beyond = self.report_of_region(to).covid_ic >= self.regions[to].requested;
            let (what, rule) = if self.share_of_task(to).is_none() {
                (Word::MovedToRelieve, Sentence::L04)
            } else if is_beyond {
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
        if !self.rules().plan(Sentence::L04) {
            return;
        }
        for r in 0..self.regions.len() {
            while self.can_arrange(r) {
                if let Some((patient, to)) = self.someone_to_move(r, Some(0), r) {
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

    /// A patient of one region for a hospital of another (or the same): of the fullest hospital that has
    /// one for the roomiest, among hospitals with more than `least` patients above their staffed beds.
    fn someone_to_move(&self, r: usize, least: Option<i64>, to: usize) -> Option<(usize, usize)> {
        let pressure = |h: usize| self.committed(h) - self.hospitals[h].staffed;
        let mut senders = self.in_region(r);
        senders.retain(|h| least.is_none_or(|least| pressure(*h) > least));
        senders.sort_by_key(|h| (-pressure(*h), self.order_of_hospital(*h), *h));
        let receivers = self.with_room(to).into_iter();
        receivers
            .flat_map(|place| senders.iter().map(move |sender| (*sender, place)))
            .filter(|(sender, place)| sender != place)
            .find_map(|(sender, place)| Some((self.first_to_move(sender, place)?, place)))
    }

    fn concentrating_move(&self, r: usize) -> Option<(usize, usize)> {
        self.concentration(r)?;
        let above = |h: usize| {
            (self.covid_on_ic(h) + self.covid_coming(h)) * 1_000 - self.hospitals[h].allocation
        };
        let first = |candidates: Vec<usize>, sign: i64| {
            let beyond = candidates
                .into_iter()
                .filter(|h| sign * above(*h) > 1_000)
                .map(|h| (sign * above(h), self.order_of_hospital(h), h));
            super::ranked(beyond.collect()).first().copied()
        };
        let sender = first(self.in_region(r), 1)?;
        let mut receivers = self.in_region(r);
        receivers.retain(|h| self.complies(*h) && self.has_bed_for_covid(*h));
        let receiver = first(receivers, -1)?;
        Some((self.first_to_move(sender, receiver)?, receiver))
    }
}
