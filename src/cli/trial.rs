//! What a run takes on this machine and how sure it will be, told by ten of its worlds.

use core::fmt::Write;

use crate::cli::arguments::ExecutionArguments;
use crate::cli::failure::Failure;
use crate::cli::machine::Clock;
use crate::run::plan::{plan, usual_uncertain};
use crate::run::{CheckedScenario, Results, Unobserved};
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::Estimate;

/// Worlds that are simulated.
const WORLDS: u32 = 10;

/// The estimand of the precision.
const SHARE: &str = "displaced_share";
const HEAD: &str =
    "  precision about, with 95 % intervals: % too late, and points from the baseline\n";

/// Simulates ten worlds, and says what a run of `n` takes and how wide its intervals will be.
pub(crate) fn trial(
    checked: &CheckedScenario,
    (n, seed): (u32, u64),
    execution: &ExecutionArguments,
) -> Result<String, Failure> {
    let mut plan = plan(checked)?;
    (plan.seed, plan.n_replications) = (seed, WORLDS);
    let pool = execution.pool()?;
    let clock = Clock::start();
    let simulated = pool.install(|| Results::simulate(checked, plan, &Unobserved))?;
    let seconds = clock.seconds();
    let Some(results) = simulated else {
        return Ok(String::new());
    };
    let each = seconds / f64::from(WORLDS);
    let uncertain = usual_uncertain(&checked.model, n);
    let all = each * (f64::from(n) + f64::from(uncertain));
    let threads = pool.current_num_threads();
    let mut text =
        format!("  trial     {WORLDS} worlds in {seconds:.1} s with {threads} threads\n");
    let _ = write!(text, "  time      about {} for {n} worlds", duration(all));
    if uncertain > 0 {
        let _ = write!(text, " and {uncertain} more with all that is uncertain");
    }
    text.push('\n');
    text.push_str(&precision(checked, &results, n));
    Ok(text)
}

/// Half the widths of the 95 % intervals of the share that comes too late, and of its differences to the baseline.
fn precision(checked: &CheckedScenario, results: &Results, n: u32) -> String {
    let evidence = results.evidence();
    if !evidence.has_patients() {
        return String::new();
    }
    let mut text = HEAD.to_owned();
    for (policy, one) in checked.model.policies.iter().enumerate() {
        let share = said(&evidence.estimate(policy, SHARE), n);
        let comparison = evidence.compare(policy, SHARE);
        let difference = if comparison.identical {
            "equal".to_owned()
        } else {
            said(&comparison.difference, n)
        };
        let _ = writeln!(text, "    {share}   {difference:>13}   {}", one.key);
    }
    text
}

/// An estimate with half the width that its interval will have with `n` worlds.
fn said(estimate: &Estimate, n: u32) -> String {
    format!(
        "{:6.1} ±{:5.2}",
        estimate.value,
        estimate.reach() * narrower(n)
    )
}

/// The width of an interval with `n` worlds as a part of that with ten.
fn narrower(n: u32) -> f64 {
    let quantile = |n: u32| Confidence::P95.t(f64::from(n.max(2) - 1));
    let [now, then] = [WORLDS, n].map(|n| quantile(n) / f64::from(n).sqrt());
    then / now
}

/// A duration in the unit that suits it.
fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 90.0 => format!("{s:.0} s"),
        s if s < 5_400.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3_600.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_times_as_many_worlds_halve_an_interval() {
        let ratio = narrower(4_000) / narrower(1_000);
        assert!((ratio - 0.5).abs() < 1e-3, "{ratio}");
        assert!((narrower(WORLDS) - 1.0).abs() < 1e-12, "the same");
    }

    #[test]
    fn a_duration_has_the_unit_that_suits_it() {
        let said = [12.4, 89.0, 600.0, 7_200.0].map(duration);
        assert_eq!(said, ["12 s", "89 s", "10 min", "2.0 h"], "rounded");
    }
}
