//! One way through the hospital: stays that follow each other.

use crate::census::grid::{Grid, Steps};
use crate::random::Distribution;

/// Where a patient can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On the ward, before or after the IC or without it.
    Ward,
    /// On the IC.
    Ic,
}

/// Stays in a row, on a grid of ages, for patients who go through all of them.
#[derive(Debug, Clone)]
pub(super) struct Route {
    places: Vec<Place>,
    /// By stay, from the second on: when it begins.
    begins: Vec<Steps>,
    /// By stay: probability of being in it, by age.
    on: Vec<Vec<f64>>,
    /// By stay from the second on, and by the same or a later one: probability of being in the later one,
    /// by the time since the earlier one began.
    then: Vec<Vec<Grid>>,
}

impl Route {
    /// The `stays`, on `n` steps of `step` days.
    pub(super) fn new(stays: &[(Place, Distribution)], n: usize, step: f64) -> Self {
        let ends: Vec<Grid> = (stays.iter())
            .map(|(_, stay)| Grid::of(n, step, |days| stay.cdf(days)))
            .collect();
        let left: Vec<Grid> = (stays.iter())
            .map(|(_, stay)| Grid::of(n, step, |days| 1.0 - stay.cdf(days)))
            .collect();
        let mut begins: Vec<Steps> = Vec::new();
        for end in &ends[..ends.len() - 1] {
            let next = begins.last().map(|begin| begin.then(end));
            begins.push(Steps::of(next.as_deref().unwrap_or(end.values())));
        }
        let on = (0..stays.len()).map(|stay| match stay {
            0 => left[0].values().to_vec(),
            later => begins[later - 1].then(&left[later]),
        });
        Self {
            places: stays.iter().map(|(place, _)| *place).collect(),
            on: on.collect(),
            then: (1..stays.len())
                .map(|first| chain(first, &ends, &left))
                .collect(),
            begins,
        }
    }

    /// Probability of being at `place` at the age of `step` steps.
    pub(super) fn at(&self, place: Place, step: usize) -> f64 {
        self.stays_at(place).map(|stay| self.on[stay][step]).sum()
    }

    /// Probability of being at `first` at the age of `a` steps and at `last` at the age of `b` steps, `a`
    /// at most `b`.
    pub(super) fn at_both(&self, (first, last): (Place, Place), (a, b): (usize, usize)) -> f64 {
        let stays = self.stays_at(first);
        stays
            .flat_map(|one| self.stays_at(last).map(move |two| (one, two)))
            .filter(|(one, two)| one <= two)
            .map(|(one, two)| self.in_both(one, two, (a, b)))
            .sum()
    }

    fn stays_at(&self, place: Place) -> impl Iterator<Item = usize> {
        (0..self.places.len()).filter(move |stay| self.places[*stay] == place)
    }

    /// Probability of being in stay `one` at age `a` and in `two`, the same or a later one, at age `b`.
    fn in_both(&self, one: usize, two: usize, (a, b): (usize, usize)) -> f64 {
        if one < two {
            let passed =
                self.begins_after(one + 1, two, (a, b)) - self.begins_after(one, two, (a, b));
            return passed.max(0.0);
        }
        match one {
            0 => self.on[0][b],
            later => self.begins[later - 1].expect(0..a, &self.then[later - 1][0], b),
        }
    }

    /// Probability that stay `one` begins after age `a`, and that the patient is in `two` at age `b`.
    fn begins_after(&self, one: usize, two: usize, (a, b): (usize, usize)) -> f64 {
        match one {
            0 => 0.0,
            later => self.begins[later - 1].expect_after(a, &self.then[later - 1][two - later], b),
        }
    }
}

/// Probability of being in stay `first`, the next one, and so on, by the time since `first` began.
fn chain(first: usize, ends: &[Grid], left: &[Grid]) -> Vec<Grid> {
    let in_last = |last: usize| {
        let before = ends[first..last].iter().rev();
        before.fold(left[last].clone(), |later, end| {
            Grid::between(Steps::of(end.values()).then(&later))
        })
    };
    (first..ends.len()).map(in_last).collect()
}
