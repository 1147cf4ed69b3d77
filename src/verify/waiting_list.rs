//! The hospital engine as a queue with priorities: the waiting list for operations behind COVID
//! patients.
//!
//! At 13:00 the most urgent waiting patients get tomorrow's places; at 07:30 as many of them are
//! operated on as there are beds without a COVID patient, the most urgent first, and the others wait
//! again. So COVID patients take beds from operations, and among planned patients a more urgent
//! class goes first. Class 3 sees nothing of classes 4 and 5, and classes 3 and 4 together nothing of
//! class 5: each of these is a queue by itself, solved exactly as a Markov chain by days.

use crate::model::Model;
use crate::numeric::poisson::pmf;
use crate::units::{DAYS_PER_WEEK, Day, SimTime, UrgencyClass};
use crate::verify::check::{Check, Effort};
use crate::verify::closed_forms::census_after_a_day;
use crate::verify::comparison::{Quantity, compare, model};

const LIST: &str = include_str!("../../scenarios/verify/list.toml");
const PRIORITY: &str = "priority by class";
const PREEMPTION: &str = "priority of COVID care";

/// Staffed beds, and places for operations on a weekday.
const BEDS: usize = 28;
const PLACES: usize = 6;
/// The last of the classes that are looked at together, with their share of all indications.
const CLASSES: [(UrgencyClass, f64); 3] = [
    (UrgencyClass::KritiekPlanbareZorg, 0.4),
    (UrgencyClass::Plannable, 0.7),
    (UrgencyClass::Deferrable, 1.0),
];
/// Part of a day's indications that are made before the planners meet: minutes 540 to 780 of the 480
/// from 540 on.
const BEFORE_PLANNING: f64 = 241.0 / 480.0;
/// Numbers of waiting patients and of COVID patients that the chain distinguishes; larger ones are
/// practically impossible.
const MOST_WAITING: usize = 300;
const MOST_COVID: usize = 50;
/// Days on which the list is looked at, the study beginning on a Monday.
const DAYS: [u16; 3] = [9, 30, 51];

/// Priority by class alone, and behind COVID patients.
pub(super) fn list(effort: &Effort) -> Vec<Check> {
    let nobody = "covid.weekly_admissions=[".to_owned() + &"0, ".repeat(71) + "]";
    // Nine tenths of the places are used, so that a line forms without COVID patients too.
    let busy = "planned.stream.planned.weekly_indications=27";
    let alone = model(LIST, &[&nobody, busy]);
    let mut checks = compare(&alone, effort, &quantities(PRIORITY, &alone));
    let behind = model(LIST, &[]);
    checks.extend(compare(&behind, effort, &quantities(PREEMPTION, &behind)));
    checks
}

fn quantities<'a>(test: &'static str, model: &Model) -> Vec<Quantity<'a>> {
    let mut quantities = Vec::new();
    for (last, share) in CLASSES {
        for (day, expected) in DAYS.into_iter().zip(Chain::new(model, share).on(&DAYS)) {
            let name = format!("waiting, classes 3 to {}, day {day}", last.number());
            let now = SimTime::on(Day(day), 13 * 60);
            quantities.push(Quantity::mean(
                test,
                name,
                expected.waiting,
                move |_, trace| trace.operations_waited_for(last, now) as f64,
            ));
            if last == UrgencyClass::Deferrable && expected.cancelled > 0.0 {
                let name = format!("cancelled in the morning, day {day}");
                quantities.push(Quantity::mean(
                    test,
                    name,
                    expected.cancelled,
                    move |_, trace| f64::from(trace.cancelled(usize::from(day))),
                ));
            }
        }
    }
    quantities
}

/// What is expected of a day.
#[derive(Debug, Clone, Copy)]
struct Expected {
    /// Patients waiting when the planners have met, those with a date included.
    waiting: f64,
    /// Dates withdrawn in the morning.
    cancelled: f64,
}

/// COVID patients in the morning, and patients waiting after the planners have met, those with a
/// date for the next day included.
struct Chain {
    /// By COVID patients: probabilities of tomorrow's number.
    covid: Vec<Vec<f64>>,
    /// By COVID patients and waiting patients.
    p: Vec<Vec<f64>>,
    /// Expected indications on a weekday.
    per_day: f64,
}

impl Chain {
    /// On the evening before day 0, for the classes that have `share` of all indications.
    fn new(model: &Model, share: f64) -> Self {
        let covid = &model.covid;
        let (rate, stay) = (covid.daily_admissions[0], covid.ic_stay.days.mean());
        // By 07:30 of day 0.
        let since = f64::from(covid.lookback_days) + 450.0 / 1_440.0;
        let mean = rate * stay * -libm::expm1(-since / stay);
        let p = (0..=MOST_COVID)
            .map(|n| {
                let mut by_waiting = vec![0.0; MOST_WAITING + 1];
                by_waiting[0] = poisson(n, mean);
                by_waiting
            })
            .collect();
        let stream = &model.planned.specialties[0];
        Self {
            covid: census_after_a_day(rate, stay, MOST_COVID),
            p,
            per_day: stream.daily_indications * share,
        }
    }

    /// What is expected of each of `days`, which rise.
    fn on(mut self, days: &[u16]) -> Vec<Expected> {
        let mut found = Vec::new();
        for day in 0..=days.last().copied().unwrap_or(0) {
            let cancelled = self.morning(day);
            self.indications(day);
            if days.contains(&day) {
                found.push(Expected {
                    waiting: self.mean_waiting(),
                    cancelled,
                });
            }
            self.night();
        }
        found
    }

    /// Operates on the patients for whom there is a bed; the expected number of others with a date for
    /// `day`.
    fn morning(&mut self, day: u16) -> f64 {
        let places = if is_weekday(day) { PLACES } else { 0 };
        let mut cancelled = 0.0;
        for (n, by_waiting) in self.p.iter_mut().enumerate() {
            let beds = BEDS.saturating_sub(n);
            let mut after = vec![0.0; by_waiting.len()];
            for (waiting, p) in by_waiting.iter().enumerate() {
                let dated = waiting.min(places);
                let operated = dated.min(beds);
                cancelled += p * (dated - operated) as f64;
                after[waiting - operated] += p;
            }
            *by_waiting = after;
        }
        cancelled
    }

    /// Indications between the planners' meeting of the day before `day` and that of `day`.
    fn indications(&mut self, day: u16) {
        let on = |is_weekday: bool, part: f64| if is_weekday { part } else { 0.0 };
        let yesterday = day.checked_sub(1).is_some_and(is_weekday);
        let part = on(yesterday, 1.0 - BEFORE_PLANNING) + on(is_weekday(day), BEFORE_PLANNING);
        let law: Vec<f64> = (0..40).map(|n| poisson(n, self.per_day * part)).collect();
        for by_waiting in &mut self.p {
            *by_waiting = convolved(by_waiting, &law);
        }
    }

    fn night(&mut self) {
        let mut next = vec![vec![0.0; MOST_WAITING + 1]; MOST_COVID + 1];
        for (by_waiting, row) in self.p.iter().zip(&self.covid) {
            for (to, step) in next.iter_mut().zip(row).filter(|(_, step)| **step > 1e-15) {
                to.iter_mut()
                    .zip(by_waiting)
                    .for_each(|(to, p)| *to += step * p);
            }
        }
        self.p = next;
    }

    fn mean_waiting(&self) -> f64 {
        let mean = |by_waiting: &Vec<f64>| -> f64 {
            let products = by_waiting.iter().enumerate().map(|(n, p)| n as f64 * p);
            products.sum()
        };
        self.p.iter().map(mean).sum()
    }
}

fn is_weekday(day: u16) -> bool {
    day % DAYS_PER_WEEK < 5
}

/// The distribution of a sum; what lies beyond the end is added at the end.
fn convolved(one: &[f64], other: &[f64]) -> Vec<f64> {
    let last = one.len() - 1;
    let mut sum = vec![0.0; one.len()];
    for (n, p) in one.iter().enumerate().filter(|(_, p)| **p > 0.0) {
        for (m, q) in other.iter().enumerate() {
            sum[(n + m).min(last)] += p * q;
        }
    }
    sum
}

fn poisson(n: usize, mean: f64) -> f64 {
    pmf(u32::try_from(n).unwrap_or(u32::MAX), mean)
}
