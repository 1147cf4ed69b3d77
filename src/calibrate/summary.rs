//! Summaries of a window: what was observed and simulated, averaged over blocks of two weeks.

use jiff::civil::Date;

use crate::backtest::compared::{Compared, Slot};
use crate::experiment::{PolicyRecord, StudyFrame};
use crate::model::study::Study;
use crate::observed::{Observed, ObservedSeries};

/// Series in which behavior and the IC stay show; admissions depend on neither.
const SERIES: [Compared; 9] = [
    Compared::CovidIc,
    Compared::CovidIcWeek,
    Compared::OtherIc,
    Compared::OtherIcWeek,
    Compared::StaffedBeds,
    Compared::MovesBetweenRegions,
    Compared::HospitalsFailingNorm,
    Compared::HospitalsStopped,
    Compared::OperationsPercent,
];
/// Days of a block.
const BLOCK_DAYS: i32 = 14;

/// One summary: the mean of a series over the days or weeks of a block that were observed.
#[derive(Debug, Clone)]
pub(super) struct Summary {
    pub(super) compared: Compared,
    slots: Vec<Slot>,
    pub(super) observed: f64,
}

/// All summaries of the window in which something was observed.
pub(super) fn summaries(frame: &StudyFrame, observed: &Observed) -> Vec<Summary> {
    let study = frame.study();
    SERIES
        .into_iter()
        .filter(|compared| !is_told_by_week(*compared, observed))
        .flat_map(|compared| of_series(compared, &study, observed))
        .collect()
}

/// What is there by day and by week counts once; single days would not stand for their weeks.
fn is_told_by_week(compared: Compared, observed: &Observed) -> bool {
    let by_week = match compared {
        Compared::CovidIc => ObservedSeries::CovidIcWeek,
        Compared::OtherIc => ObservedSeries::OtherIcWeek,
        _ => return false,
    };
    observed.national(by_week).next().is_some()
}

fn of_series(compared: Compared, study: &Study, observed: &Observed) -> Vec<Summary> {
    let start = study.date(study.window_start());
    let end = study.window_end();
    let mut blocks: Vec<(i32, Vec<(Slot, f64)>)> = Vec::new();
    for (date, value) in compared.observed(observed) {
        let in_window = date >= start && study.day_of(date).is_some_and(|day| day < end);
        let Some(slot) = compared.slot(study, date).filter(|_| in_window) else {
            continue;
        };
        let block = days_between(start, date) / BLOCK_DAYS;
        match blocks.last_mut() {
            Some((last, numbers)) if *last == block => numbers.push((slot, value)),
            _ => blocks.push((block, vec![(slot, value)])),
        }
    }
    let summary = |(_, numbers): (i32, Vec<(Slot, f64)>)| Summary {
        compared,
        observed: mean(numbers.iter().map(|(_, value)| *value)),
        slots: numbers.iter().map(|(slot, _)| *slot).collect(),
    };
    blocks.into_iter().map(summary).collect()
}

fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

fn mean(numbers: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = numbers.len() as f64;
    numbers.sum::<f64>() / n
}

impl Summary {
    /// The summary of one world.
    pub(super) fn simulated(&self, frame: &StudyFrame, record: &PolicyRecord) -> f64 {
        let numbers = self.slots.iter();
        mean(numbers.map(|slot| self.compared.simulated(frame, record, *slot)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::study_frame::PolicyName;
    use crate::model::vocabulary::Vocabulary;

    #[test]
    fn blocks_average_what_was_observed_in_the_window() {
        let frame = StudyFrame {
            scenario: String::new(),
            title: "".into(),
            first_date: jiff::civil::date(2021, 10, 4),
            burn_in_days: 7,
            window_days: 35,
            follow_up_days: 42,
            regions: Vec::new(),
            policies: Vec::<PolicyName>::new(),
            baseline: 0,
            physical_beds: 0,
            agreed_beds: vec![0; 6],
            phases: vec![String::new(); 6],
            norm_days: 42,
            urgent_permille: 0,
            streams: Vec::new(),
            words: Vocabulary::default(),
        };
        // Before, on the first day, in the same block, in the next one, and after the window.
        let text = "date,series,value\n2021-10-10,other_ic,1\n2021-10-11,other_ic,10\n\
                    2021-10-20,other_ic,20\n2021-11-08,other_ic,30\n2021-11-15,other_ic,99\n";
        let observed = Observed::parse(text, "o.csv", &[]).expect("a sound file");
        let found: Vec<f64> = summaries(&frame, &observed)
            .iter()
            .map(|summary| summary.observed)
            .collect();
        assert_eq!(found, [15.0, 30.0], "two blocks");
    }
}
