//! Selection of the best of several systems that are simulated in the same worlds.

use serde::{Deserialize, Serialize};

use crate::statistics::accumulate::PowerSums;
use crate::statistics::best::Best;
use crate::statistics::confidence::Confidence;

/// The indifference zone: the smallest difference worth detecting, in outcome units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Zone {
    /// This difference; positive.
    Of(f64),
    /// The smallest difference that so many replications are sure to tell, at least 2, given the
    /// variances of the first stage. Those are independent of the means, so the guarantee stands.
    ToldBy(u64),
}

/// What a selection is asked to guarantee.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SelectionGoal {
    /// Which end of the scale is good.
    pub best: Best,
    /// The smallest difference worth detecting.
    pub indifference: Zone,
    /// Probability of selecting the best when it leads by at least the indifference zone.
    pub confidence: Confidence,
    /// Replications before the first screening, at least 2; they fix the variances.
    pub first_stage: u64,
    /// Replications between screenings, at least 1.
    pub round: u64,
}

/// State of a Kim-Nelson selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// More replications of the surviving systems are needed.
    Continue,
    /// This system is selected.
    Selected(usize),
}

/// Fully sequential elimination with the variances of *differences*, fed one replication at a time.
///
/// Under common random numbers those variances are small, which is where the saving comes from: with
/// correlation 0.9 about a sixth of the replications of independent runs. The guarantee is exact for
/// normal outcomes.
///
/// Source: S.-H. Kim and B. L. Nelson, ACM TOMACS 11 (2001) 251-273, with `c = 1`.
#[derive(Debug, Clone)]
pub struct KimNelson {
    goal: SelectionGoal,
    h_squared: f64,
    /// In outcome units; zero until it follows from the first stage.
    indifference: f64,
    n: u64,
    totals: Vec<i128>,
    alive: Vec<bool>,
    first_stage: Differences,
}

impl KimNelson {
    /// A selection among `systems` systems, numbered from 0.
    ///
    /// # Panics
    /// When there is no system, or the goal breaks a limit stated at its fields.
    pub fn new(systems: usize, goal: SelectionGoal) -> Self {
        assert!(systems > 0, "nothing to select from");
        let indifference = match goal.indifference {
            Zone::Of(difference) => {
                assert!(
                    difference > 0.0,
                    "indifference zone {difference} is not positive"
                );
                difference
            }
            Zone::ToldBy(_) => 0.0,
        };
        assert!(
            goal.first_stage >= 2 && goal.round >= 1,
            "too short a stage"
        );
        Self {
            goal,
            h_squared: h_squared(systems, goal.first_stage, goal.confidence),
            indifference,
            n: 0,
            totals: vec![0; systems],
            alive: vec![true; systems],
            first_stage: Differences::new(systems),
        }
    }

    /// Adds one replication and screens when a round is complete.
    ///
    /// `row` holds one outcome per system, all from the same world; those of eliminated systems are
    /// not read. After a selection further rows change nothing.
    ///
    /// # Panics
    /// When the row does not hold one outcome per system.
    pub fn feed(&mut self, row: &[i64]) -> Verdict {
        assert_eq!(row.len(), self.totals.len(), "one outcome per system");
        if let selected @ Verdict::Selected(_) = self.verdict() {
            return selected;
        }
        if self.n < self.goal.first_stage {
            self.first_stage.add(row);
        }
        for (idx, total) in self
            .totals
            .iter_mut()
            .enumerate()
            .filter(|&(idx, _)| self.alive[idx])
        {
            *total += i128::from(row[idx]);
        }
        self.n += 1;
        if let (true, Zone::ToldBy(n)) = (self.n == self.goal.first_stage, self.goal.indifference) {
            self.indifference = self.told_by(n);
        }
        if self.at_round_end() {
            self.screen();
        }
        self.verdict()
    }

    /// Number of replications fed before the selection.
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// The indifference zone in outcome units; zero until it follows from the first stage, and where no
    /// difference varies.
    pub const fn indifference(&self) -> f64 {
        self.indifference
    }

    /// The smallest indifference zone with which `n` replications, at least 2, are sure to select one of
    /// the systems not yet eliminated; not a number before the first stage is over.
    pub fn told_by(&self, n: u64) -> f64 {
        let pairs = self
            .survivors()
            .flat_map(|a| self.survivors().map(move |b| (a, b)));
        let variances = pairs.map(|(a, b)| self.first_stage.variance(a, b));
        let largest = variances.fold(0.0, f64::max);
        // One less, so that rounding leaves no allowance after the last one.
        (self.h_squared * largest / (n as f64 - 1.0)).sqrt()
    }

    /// The systems not yet eliminated, in ascending order.
    pub fn survivors(&self) -> impl Iterator<Item = usize> + '_ {
        self.alive
            .iter()
            .enumerate()
            .filter(|&(_, &alive)| alive)
            .map(|(idx, _)| idx)
    }

    /// Whether a selection has been made.
    pub fn verdict(&self) -> Verdict {
        let mut survivors = self.survivors();
        match (survivors.next(), survivors.next()) {
            (Some(only), None) => Verdict::Selected(only),
            _ => Verdict::Continue,
        }
    }

    fn at_round_end(&self) -> bool {
        self.n >= self.goal.first_stage
            && (self.n - self.goal.first_stage).is_multiple_of(self.goal.round)
    }

    /// Eliminates every survivor that trails another one by more than their allowance.
    fn screen(&mut self) {
        let before: Vec<usize> = self.survivors().collect();
        for &idx in &before {
            self.alive[idx] = before.iter().all(|&rival| !self.is_beaten(idx, rival));
        }
        if before
            .iter()
            .all(|&a| before.iter().all(|&b| self.allowance(a, b) <= 0.0))
        {
            self.keep_only_the_leader();
        }
    }

    fn is_beaten(&self, idx: usize, rival: usize) -> bool {
        let trails = (self.score(rival) - self.score(idx)) as f64 / self.n as f64;
        trails > self.allowance(idx, rival)
    }

    /// `max(0, δ/(2r) (h² S²/δ² - r))` after `r` replications; zero where nothing varies.
    fn allowance(&self, a: usize, b: usize) -> f64 {
        let (r, delta) = (self.n as f64, self.indifference);
        if delta <= 0.0 {
            return 0.0;
        }
        let horizon = self.h_squared * self.first_stage.variance(a, b) / (delta * delta);
        (delta / (2.0 * r) * (horizon - r)).max(0.0)
    }

    /// After the last allowance is spent only a tie can remain; the lowest number wins it.
    fn keep_only_the_leader(&mut self) {
        let survivors = self.survivors();
        let leader = survivors.max_by_key(|&idx| (self.score(idx), core::cmp::Reverse(idx)));
        for (idx, alive) in self.alive.iter_mut().enumerate() {
            *alive = Some(idx) == leader;
        }
    }

    /// Sum of outcomes, signed so that more is better.
    fn score(&self, idx: usize) -> i128 {
        match self.goal.best {
            Best::Largest => self.totals[idx],
            Best::Smallest => -self.totals[idx],
        }
    }
}

/// The constant `h² = 2 η (n0 - 1)` with `η = ((2 alpha / (k-1))^(-2/(n0-1)) - 1) / 2` of Kim and Nelson,
/// for `k` systems and first stages of `n0` replications; 0 for a single system.
pub fn h_squared(systems: usize, first_stage: u64, confidence: Confidence) -> f64 {
    let df = first_stage as f64 - 1.0;
    let pairwise = 2.0 * confidence.alpha() / (systems as f64 - 1.0);
    (df * libm::expm1(-2.0 / df * libm::log(pairwise))).max(0.0)
}

/// Exact sums of all pairwise differences between systems in the same worlds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Differences {
    systems: usize,
    /// Pair (i, j), i < j, at `j (j-1) / 2 + i`: the outcome of i minus that of j.
    pairs: Vec<PowerSums>,
}

impl Differences {
    /// No replications yet of `systems` systems.
    pub fn new(systems: usize) -> Self {
        let pairs = systems * systems.saturating_sub(1) / 2;
        Self {
            systems,
            pairs: vec![PowerSums::EMPTY; pairs],
        }
    }

    /// Adds one replication: the outcome of each system in the same world.
    ///
    /// # Panics
    /// When the row does not hold one outcome per system.
    pub fn add(&mut self, row: &[i64]) {
        assert_eq!(row.len(), self.systems, "one outcome per system");
        let mut pairs = self.pairs.iter_mut();
        for j in 1..self.systems {
            for (pair, outcome) in pairs.by_ref().take(j).zip(row) {
                pair.add(outcome - row[j]);
            }
        }
    }

    /// Mean of `a` minus mean of `b`; zero for a system and itself.
    pub fn mean(&self, a: usize, b: usize) -> f64 {
        match a.cmp(&b) {
            core::cmp::Ordering::Less => self.pair(a, b).mean(),
            core::cmp::Ordering::Equal => 0.0,
            core::cmp::Ordering::Greater => -self.pair(b, a).mean(),
        }
    }

    /// Sample variance of the difference of two systems; zero for a system and itself, otherwise not
    /// a number below two replications.
    pub fn variance(&self, a: usize, b: usize) -> f64 {
        if a == b {
            0.0
        } else {
            self.pair(a.min(b), a.max(b)).variance()
        }
    }

    /// Number of replications; 0 for fewer than two systems.
    pub fn n(&self) -> u64 {
        self.pairs.first().map_or(0, PowerSums::n)
    }

    fn pair(&self, low: usize, high: usize) -> &PowerSums {
        &self.pairs[high * (high - 1) / 2 + low]
    }
}

/// For each system, whether it is *not distinguishable from the best*: the best one is among them with
/// at least the given confidence.
///
/// A system drops out when some other one leads it by more than `t S / sqrt n`, with `S` the standard
/// deviation of their difference and `t` one-sided at `alpha / (k-1)`. Below two replications all stay.
///
/// Source: B. L. Nelson, J. Swann, D. Goldsman and W. Song, Operations Research 49 (2001) 950-963, with
/// paired differences and Bonferroni for common random numbers.
pub fn not_distinguishable_from_best(
    differences: &Differences,
    best: Best,
    confidence: Confidence,
) -> Vec<bool> {
    let (k, n) = (differences.systems, differences.n());
    if k < 2 || n < 2 {
        return vec![true; k];
    }
    let t = confidence.one_sided().each_of(k - 1).t(n as f64 - 1.0);
    let sign = if best == Best::Largest { 1.0 } else { -1.0 };
    let is_beaten = |idx: usize, rival: usize| {
        let allowance = t * (differences.variance(idx, rival) / n as f64).sqrt();
        sign * differences.mean(rival, idx) > allowance
    };
    (0..k)
        .map(|idx| (0..k).all(|rival| !is_beaten(idx, rival)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOAL: SelectionGoal = SelectionGoal {
        best: Best::Smallest,
        indifference: Zone::Of(1.0),
        confidence: Confidence::P95,
        first_stage: 4,
        round: 1,
    };

    #[test]
    fn constants_match_the_table() {
        let table = [
            (20, [5.2112, 9.0151, 11.5115, 14.0082]),
            (64, [4.7777, 7.8271, 9.6742, 11.4187]),
            (256, [4.6470, 7.4855, 9.1603, 10.7130]),
        ];
        for (n0, row) in table {
            for (k, expected) in [2, 5, 10, 20].into_iter().zip(row) {
                let found = h_squared(k, n0, Confidence::P95);
                assert!((found - expected).abs() < 5.1e-5, "k={k}, n0={n0}: {found}");
            }
        }
    }

    /// Feeds rows until a selection; the number of rows needed.
    fn run(rows: impl Iterator<Item = Vec<i64>>, goal: SelectionGoal) -> (Verdict, u64) {
        let mut selection: Option<KimNelson> = None;
        for row in rows {
            let state = selection.get_or_insert_with(|| KimNelson::new(row.len(), goal));
            if let selected @ Verdict::Selected(_) = state.feed(&row) {
                return (selected, state.n());
            }
        }
        (Verdict::Continue, selection.map_or(0, |state| state.n()))
    }

    #[test]
    fn constant_differences_are_settled_at_the_first_screening() {
        let rows = (0..10).map(|world| vec![world * 7 + 3, world * 7 + 1, world * 7 + 2]);
        assert_eq!(run(rows, GOAL), (Verdict::Selected(1), 4), "smallest");
        let rows = (0..10).map(|world| vec![world * 7 + 3, world * 7 + 1, world * 7 + 2]);
        let goal = SelectionGoal {
            best: Best::Largest,
            ..GOAL
        };
        assert_eq!(run(rows, goal), (Verdict::Selected(0), 4), "largest");
    }

    #[test]
    fn equal_systems_end_in_a_tie_that_the_first_wins() {
        let rows = (0..10).map(|world| vec![world, world, world]);
        assert_eq!(run(rows, GOAL), (Verdict::Selected(0), 4), "tie");
    }

    #[test]
    fn a_lone_system_is_selected_without_any_row() {
        assert_eq!(
            KimNelson::new(1, GOAL).verdict(),
            Verdict::Selected(0),
            "nothing to compare"
        );
    }

    #[test]
    fn noise_delays_the_selection_and_rounds_delay_it_to_a_boundary() {
        // Differences alternate between -4 and +2: mean -1 against a spread of 3.
        let noisy = || (0..10_000).map(|world| vec![0, if world % 2 == 0 { -4 } else { 2 }]);
        let (verdict, n) = run(noisy(), GOAL);
        assert_eq!(verdict, Verdict::Selected(1), "smallest mean");
        assert!(n > 4, "not at the first screening");
        let (verdict, later) = run(noisy(), SelectionGoal { round: 50, ..GOAL });
        assert_eq!(verdict, Verdict::Selected(1), "same choice");
        assert!(
            later >= n && (later - 4) % 50 == 0,
            "{later} is the end of a round after {n}"
        );
    }

    #[test]
    fn the_last_allowance_is_spent_at_the_published_horizon() {
        // Differences -1, 1, -1, ...: after an odd number r the sums differ by 1, which exceeds the
        // allowance (h² S²/δ² - r) δ/2 of the sums once r > h² S²/δ² - 2/δ.
        let rows = || (0..10_000).map(|world| vec![0, if world % 2 == 0 { -1 } else { 1 }]);
        let goal = SelectionGoal {
            indifference: Zone::Of(0.5),
            ..GOAL
        };
        let horizon = h_squared(2, 4, Confidence::P95) * (4.0 / 3.0) / 0.25;
        assert!(horizon > 58.0 && horizon < 59.0, "horizon {horizon}");
        assert_eq!(
            run(rows(), goal),
            (Verdict::Selected(1), 55),
            "smaller by one at 55 > 54.3"
        );
        // After even numbers the sums are equal: only the spent allowance ends the study.
        let even = SelectionGoal { round: 2, ..goal };
        assert_eq!(
            run(rows(), even),
            (Verdict::Selected(0), 60),
            "tie at 60 > 58.3"
        );
    }

    #[test]
    fn a_zone_that_follows_from_the_spread_is_decided_in_time() {
        let noisy = |spread: i64| {
            (0..10_000).map(move |world| vec![0, if world % 2 == 0 { -spread } else { spread }])
        };
        for spread in [1, 40, 1_000_000] {
            let goal = SelectionGoal {
                indifference: Zone::ToldBy(100),
                ..GOAL
            };
            let (verdict, n) = run(noisy(spread), goal);
            assert_ne!(verdict, Verdict::Continue, "spread {spread}");
            assert!(n <= 100, "{n} with spread {spread}");
        }
        let goal = SelectionGoal {
            indifference: Zone::ToldBy(100),
            ..GOAL
        };
        let rows = (0..10).map(|world| vec![world, world + 1]);
        let found = run(rows, goal);
        assert_eq!(found, (Verdict::Selected(0), 4), "nothing varies");
    }

    #[test]
    fn screening_keeps_close_rivals_and_drops_clear_losers() {
        let mut differences = Differences::new(3);
        for world in 0..40_i64 {
            differences.add(&[world, world + (world % 3) - 1, world + 9]);
        }
        let kept = not_distinguishable_from_best(&differences, Best::Smallest, Confidence::P95);
        assert_eq!(kept, [true, true, false], "two close, one far");
        let kept = not_distinguishable_from_best(&differences, Best::Largest, Confidence::P95);
        assert_eq!(kept, [false, false, true], "the far one leads");
    }

    proptest! {
        #[test]
        fn the_leader_is_never_screened_out(rows in prop::collection::vec(prop::array::uniform4(-20_i64..20), 2..30)) {
            let mut differences = Differences::new(4);
            for row in &rows {
                differences.add(row);
            }
            let total = |idx: usize| rows.iter().map(|row| row[idx]).sum::<i64>();
            let leader = (0..4).max_by_key(|&idx| total(idx)).unwrap();
            let kept = not_distinguishable_from_best(&differences, Best::Largest, Confidence::P95);
            prop_assert!(kept[leader], "leader {} of {:?}", leader, kept);
        }
    }
}
