//! Patients who get a date in another hospital: by one waiting list for the region (A28, A30), or by
//! mediation of their insurer (A42).

use crate::engine::handlers::{planned, program};
use crate::engine::run::{Run, hospitals};
use crate::engine::state::OpenPlaces;
use crate::engine::waiting::WaitKey;
use crate::outcome::{Recorder, WeekMeasure, Word};
use crate::policy::agreement::Mediation;
use crate::policy::sentence::Sentence;
use crate::units::{Day, HospitalIdx, PerMille, UrgencyClass};

/// After each day's planning: class 3 patients without a date may go where there is a place.
pub(crate) fn relocate<R: Recorder>(run: &mut Run<'_, R>) {
    let mediation = run.regime.mediation;
    let mut is_counted = false;
    for hospital in hospitals(run.model.hospitals.len()) {
        let pools = is_pooled(run, hospital);
        if is_counted && run.body.open_places.is_empty() {
            return;
        }
        if pools || mediation.is_some() {
            let wait = run.body.hospitals[hospital.idx()].published.wait_days();
            let mut search = Search {
                hospital,
                wait,
                late_until: pools.then(|| late_until(run)),
                mediated_until: mediation.and_then(|terms| mediated_until(run, wait, terms)),
                mediation,
                is_counted: &mut is_counted,
            };
            search.offer_all(run);
        }
    }
}

fn is_pooled<R: Recorder>(run: &Run<'_, R>, hospital: HospitalIdx) -> bool {
    let region = run.region_of(hospital);
    run.regional(region).pools_lists && run.has_agreed(region)
}

/// The last due day of patients to whom no date can be offered in time.
fn late_until<R: Recorder>(run: &Run<'_, R>) -> Day {
    let planned = &run.model.planned;
    run.today()
        .plus(planned.planning_lead_days + planned.offer_days_before_norm)
}

/// The last due day of patients in a hospital with a `wait` of so many days who must expect to wait so
/// far beyond it that mediation is for them.
fn mediated_until<R: Recorder>(run: &Run<'_, R>, wait: u16, terms: Mediation) -> Option<Day> {
    let expected = run.today().0.saturating_add(wait);
    expected.checked_sub(terms.above_norm_days + 1).map(Day)
}

/// Counts the places for class 3 in the coming days.
fn count_places<R: Recorder>(run: &mut Run<'_, R>) {
    run.body.open_places.clear();
    for hospital in hospitals(run.model.hospitals.len()) {
        let beds = run.body.hospitals[hospital.idx()].expected_beds;
        let days = program::open_days(run, hospital, beds);
        if days.has_general_place() {
            run.body.open_places.push(OpenPlaces {
                hospital,
                region: run.region_of(hospital),
                wait: run.body.hospitals[hospital.idx()].published.wait_days(),
                performs: run.derived.hospitals[hospital.idx()].performs,
                days,
            });
        }
    }
}

/// The search for places for the waiting patients of one hospital.
struct Search<'a> {
    hospital: HospitalIdx,
    /// Days that patients are expected to wait there, as others see it.
    wait: u16,
    /// Patients who are due by then go elsewhere by the region's one waiting list.
    late_until: Option<Day>,
    /// Patients who are due by then are mediated.
    mediated_until: Option<Day>,
    mediation: Option<Mediation>,
    /// Whether open places were counted: when the first patient looks for one, and on most days nobody
    /// does.
    is_counted: &'a mut bool,
}

impl Search<'_> {
    fn offer_all<R: Recorder>(&mut self, run: &mut Run<'_, R>) {
        let hospital = self.hospital.idx();
        let Some(latest) = self.late_until.max(self.mediated_until) else {
            return;
        };
        let end = WaitKey::first(UrgencyClass::KritiekPlanbareZorg, latest.plus(1));
        let critical = |run: &Run<'_, R>, position| {
            let waiting = &run.body.hospitals[hospital].waiting;
            let list = waiting.of(UrgencyClass::KritiekPlanbareZorg);
            list.get(position).copied()
        };
        let mut position = 0;
        while let Some(key) = critical(run, position)
            && key < end
            && !(*self.is_counted && run.body.open_places.is_empty())
        {
            if !self.offer(run, key, position) {
                position += 1;
            }
        }
    }

    /// Offers a place elsewhere to one patient: by the region's list when no date can be given in
    /// time, by mediation when the wait is expected to exceed the norm.
    fn offer<R: Recorder>(&mut self, run: &mut Run<'_, R>, key: WaitKey, position: usize) -> bool {
        let planned = &run.model.planned;
        let (today, ready) = (run.today().0, key.ready().0);
        let is_late = Some(key.due()) <= self.late_until;
        let mediates = Some(key.due()) <= self.mediated_until;
        if ready > today + planned.planning_lead_days || !(is_late || mediates) {
            return false;
        }
        let record = &run.world.planned[key.patient()];
        let moved_before = self.hospital != record.hospital;
        // Who would decline an offer however near need not look for one.
        if moved_before || !self.accepts(0, record.mediation_mark) {
            return false;
        }
        let Some((entry, rule)) = self.best(run, key, (is_late, mediates)) else {
            return false;
        };
        let from = ready.saturating_sub(today);
        let from = from.max(planned.shortest_notice_days);
        let places = &mut run.body.open_places;
        let OpenPlaces {
            hospital: to,
            ref mut days,
            ..
        } = places[entry];
        let Some(ahead) = days.take(UrgencyClass::KritiekPlanbareZorg, from) else {
            return false;
        };
        if !days.has_general_place() {
            places.remove(entry);
        }
        let hospital = &mut run.body.hospitals[self.hospital.idx()];
        hospital.waiting.remove(key.class(), position);
        let value = i64::from(key.subject());
        run.decided(Word::OfferedElsewhere, rule, (None, Some(to)), value);
        if rule == Sentence::A42 {
            run.count(self.hospital, WeekMeasure::MediatedClass3, 1);
        }
        planned::relocate(run, key, to, Day(today + ahead));
        true
    }

    /// The nearest hospital with a shorter list that performs the operation and whose offer the
    /// patient accepts, and the rule by which it is made; of equally near ones that with the
    /// shortest wait.
    fn best<R: Recorder>(
        &mut self,
        run: &mut Run<'_, R>,
        key: WaitKey,
        (is_late, mediates): (bool, bool),
    ) -> Option<(usize, Sentence)> {
        if !*self.is_counted {
            count_places(run);
            *self.is_counted = true;
        }
        let record = &run.world.planned[key.patient()];
        let is_far = |to: &OpenPlaces| to.region != record.region;
        let distance = |to: &OpenPlaces| run.derived.distance(record.region, to.region);
        // One number in the order of its parts; of equal ones the first hospital is found.
        let order = |to: &OpenPlaces| {
            u32::from(is_far(to)) << 24 | u32::from(distance(to)) << 16 | u32::from(to.wait)
        };
        let (entry, nearest) = (run.body.open_places.iter().enumerate())
            .filter(|(_, to)| to.wait < self.wait && to.hospital != self.hospital)
            .filter(|(_, to)| to.performs >> record.specialty & 1 == 1)
            .filter(|(_, to)| planned::has_stream_time(run, to.hospital, key.stream))
            .filter(|(_, to)| is_late && to.region == record.region || mediates)
            .min_by_key(|(_, to)| order(to))?;
        let accepts = self.accepts(u32::from(distance(nearest)), record.mediation_mark);
        let rule = if is_late && !is_far(nearest) {
            Sentence::A28
        } else {
            Sentence::A42
        };
        accepts.then_some((entry, rule))
    }

    fn accepts(&self, distance: u32, mark: u16) -> bool {
        let probability = self.mediation.map_or(PerMille::ONE, |mediation| {
            let loss = mediation.loss_per_tile.0 * distance;
            PerMille(mediation.acceptance.0.saturating_sub(loss))
        });
        u32::from(mark) < probability.0
    }
}
